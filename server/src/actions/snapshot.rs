//! Making a snapshot of a closed group: counts with small ones hidden, for its planners alone (design §6).
//!
//! In order: the half-year is taken in the ledger; what is eligible is counted and suppressed; the table is stored.
//! It costs nothing of the privacy budget, for it promises nothing of that kind.

use std::convert::Infallible;
use std::sync::Arc;

use engine::community::PublicationPolicy;
use engine::neighbourhood::Neighbourhood;
use engine::privacy::Published;
use engine::privacy::closed_group::{BASE, LEAST, Snapshot, snapshot};
use engine::privacy::ledger::{Layer, Request};
use engine::{CommunityId, ReleaseId};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::code::code;
use super::release::{Asked, NoRelease};
use super::release_ground::{CELL_RESOLUTION, domain, entering};
use super::release_ledger::{judged, layer_name};
use super::{Core, clock, to_the_end};
use crate::ambient::Ambient;
use crate::live::{LiveCommunity, LiveSnapshot};
use crate::store::wkb;
use crate::store::{LedgerRow, Store, StoreError, StoredRelease};

/// What is said wherever a snapshot's numbers are.
pub const NO_GUARANTEE: &str = "No formal guarantee. Units with fewer than 10 people are not shown, the others are \
    rounded to 5 and keep their number until 12 or more people make a difference. Somebody who already knows almost \
    everything about the others could learn from the counts whether a person took part. For signed-in planners of \
    this community alone: do not pass them on.";

/// Makes a snapshot and brings it into memory. It runs to its end whoever asked.
///
/// # Errors
/// [`NoRelease`].
pub async fn publish(
    core: &Core,
    community: Arc<LiveCommunity>,
    on_demand: bool,
) -> Result<Arc<LiveSnapshot>, NoRelease> {
    let core = core.clone();
    to_the_end(async move {
        let id = community.id();
        let stored =
            make_snapshot(&*core.store, &core.ambient, id, Asked { on_demand, clock_is_right: false })
                .await?;
        let made = stored.id;
        community.take_release(stored)?;
        community.snapshot(made).ok_or_else(|| StoreError::Missing(format!("the snapshot {made}")).into())
    })
    .await
}

/// Makes a snapshot of a closed group and stores it.
///
/// # Errors
/// [`NoRelease`]. How many take part is no reason: a refusal would tell when they become enough.
pub async fn make_snapshot(
    store: &dyn Store,
    ambient: &Ambient,
    id: &CommunityId,
    Asked { on_demand, clock_is_right }: Asked,
) -> Result<StoredRelease, NoRelease> {
    let community = store.community(id).await?.ok_or_else(|| NoRelease::NoCommunity(id.clone()))?;
    if community.policy != PublicationPolicy::ClosedGroup {
        return Err(NoRelease::OtherPolicy(
            "this community is no closed group: it publishes releases with a formal guarantee",
        ));
    }
    if on_demand && !community.demo {
        return Err(NoRelease::OnDemand);
    }
    let mut neighbourhoods = store.neighbourhoods(id).await?;
    neighbourhoods.sort_by_key(|n| n.id);
    let domain = domain(&community, CELL_RESOLUTION, neighbourhoods.iter().map(|n| n.id.0))?;
    let outlines = outlines(&neighbourhoods);
    let at = ambient.now();
    if !clock_is_right {
        clock::check(store, &community, at).await?;
    }
    let release = ReleaseId(ambient.id());
    let request = Request {
        release: release.0,
        spends: Vec::new(),
        domain: domain.hash(),
        at: at.as_microsecond(),
        on_demand,
    };
    let row = LedgerRow {
        id: ambient.id(),
        release,
        layer: layer_name(Layer::Snapshot).to_owned(),
        sensitivity_squared: 0,
        sigma: 0,
        rho_billionths: 0,
        domain: request.domain,
        code: code(),
        on_demand,
        at,
    };
    judged(store, id, &[row], &request, &|_| Ok::<_, Infallible>(())).await?;
    let places = entering(store, id, neighbourhoods, at).await?;
    let contributions: Vec<_> = places.iter().map(|place| place.contribution(CELL_RESOLUTION)).collect();
    let before = last(store, id).await?;
    let made = snapshot(release.0, &domain, &outlines, &contributions, before.as_ref());
    let stored = StoredRelease {
        id: release,
        community: id.clone(),
        made_at: at,
        on_demand,
        parameters: json!({
            "policy": community.policy, "cell_resolution": u8::from(CELL_RESOLUTION), "least": LEAST, "base": BASE,
        }),
        cells: serde_json::to_value(&made).expect("a table of numbers is JSON"),
        neighbourhoods: Value::Null,
        totals: Value::Null,
        activities: Value::Null,
        ground: Value::Null,
        recalled: None,
    };
    store.save_release(&stored).await?;
    Ok(stored)
}

/// The newest snapshot, also one that was called back: somebody may have seen it.
async fn last(store: &dyn Store, id: &CommunityId) -> Result<Option<Published<Snapshot>>, StoreError> {
    let newest = store.releases(id).await?.into_iter().find(LiveSnapshot::is_one);
    newest.map(|stored| Ok(LiveSnapshot::prepare(stored)?.table)).transpose()
}

/// For each neighbourhood a hash of its outline and of those around it: where two overlap, both decide which of them
/// a place is in.
fn outlines(neighbourhoods: &[Neighbourhood]) -> Vec<[u8; 32]> {
    let touch = |a: &Neighbourhood, b: &Neighbourhood| match (a.bounds(), b.bounds()) {
        (Some(a), Some(b)) => {
            a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north
        }
        _ => false,
    };
    let shapes: Vec<Vec<u8>> = neighbourhoods.iter().map(|n| wkb::write(&n.shape)).collect();
    neighbourhoods
        .iter()
        .map(|here| {
            let mut hash = Sha256::new();
            for (other, shape) in neighbourhoods.iter().zip(&shapes) {
                if other.id == here.id || touch(here, other) {
                    hash.update(other.id.0.as_bytes());
                    hash.update((shape.len() as u64).to_be_bytes());
                    hash.update(shape);
                }
            }
            hash.finalize().into()
        })
        .collect()
}
