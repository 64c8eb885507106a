//! Looking at a place before it is saved.

use std::sync::Arc;

use engine::PlaceId;
use engine::place::Place;

use super::save_place::parse;
use super::{ActionError, Core, SignedIn};
use crate::live::LiveCommunity;

/// The place as saving these bytes would make it, by the same rules; nothing is kept. With `of`, as a change of that
/// place of the person's.
///
/// # Errors
/// Those of saving; another's place is [`ActionError::NoSuchPlace`].
pub fn preview_place(
    core: &Core,
    community: &LiveCommunity,
    who: &SignedIn,
    of: Option<PlaceId>,
    json: &[u8],
) -> Result<Arc<Place>, ActionError> {
    let (owner, now) = (who.participant.id, core.ambient.now());
    let before = match of {
        Some(id) => Some(community.place(owner, id).ok_or(ActionError::NoSuchPlace)?),
        None => None,
    };
    let content = parse(community, who, json, before.as_ref().map(|place| &place.content))?;
    Ok(Arc::new(if let Some(before) = before {
        Place { content, updated_at: now, version: before.version + 1, ..(*before).clone() }
    } else {
        let id = PlaceId(core.ambient.id());
        Place { id, owner, content, created_at: now, updated_at: now, version: 1 }
    }))
}
