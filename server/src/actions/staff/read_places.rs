//! Reading places that participants share for research: written down first, given out after.

use std::collections::HashSet;
use std::sync::Arc;

use engine::index::Keyset;
use engine::place::Place;
use engine::study::PlaceFilter;
use engine::{CommunityId, PlaceId};

use super::StaffMember;
use crate::actions::{ActionError, Core, to_the_end};
use crate::live::LiveCommunity;
use crate::store::Reading;

/// Writes down that somebody reads these places, and returns those of them that may be given out: the ones
/// that exist and are shared for research in the database at this moment, whatever the memory says.
///
/// `what` names the operation and its filters, such as `places within feelings`; never a filter's value, which
/// could locate somebody.
pub async fn log_reading(
    core: &Core,
    community: &CommunityId,
    reader: &StaffMember,
    what: &str,
    places: Vec<Arc<Place>>,
) -> Result<Vec<Arc<Place>>, ActionError> {
    let reading = Reading {
        community: community.clone(),
        staff: reader.account.id,
        who: reader.account.email.clone(),
        what: what.to_owned(),
        places: places.iter().map(|place| place.id).collect(),
        at: core.ambient.now(),
        fresh: core.ambient.bytes(),
    };
    if reading.places.is_empty() {
        return Ok(Vec::new());
    }
    let store = core.store.clone();
    let shared: HashSet<PlaceId> =
        to_the_end(async move { store.log_reading(&reading).await }).await?.into_iter().collect();
    Ok(places.into_iter().filter(|place| shared.contains(&place.id)).collect())
}

/// Which page of a list.
#[derive(Debug, Clone, Copy)]
pub struct Page {
    /// Behind this entry.
    pub after: Option<Keyset>,
    /// At most so many.
    pub limit: usize,
}

/// A page of the places that are shared for research and match, newest first, and where the next page begins.
///
/// `what` names the operation; the names of the filter's conditions are written down behind it.
pub async fn read_places_for_research(
    core: &Core,
    community: &LiveCommunity,
    reader: &StaffMember,
    what: &str,
    filter: &PlaceFilter,
    page: Page,
) -> Result<(Vec<Arc<Place>>, Option<Keyset>), ActionError> {
    let mut places = community.places_for_research(filter, page.after, page.limit + 1);
    let more = places.len() > page.limit;
    places.truncate(page.limit);
    let last = places.last().map(|place| Keyset { created_at: place.created_at, id: place.id });
    let what = [&[what], filter.names().as_slice()].concat().join(" ");
    let places = log_reading(core, community.id(), reader, &what, places).await?;
    Ok((places, last.filter(|_| more)))
}
