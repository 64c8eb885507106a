//! Making a release: the only way in which anything computed from places leaves a community.
//!
//! In order: the clock is looked at; what is eligible is gathered in memory; before a community's first release the
//! start gate is charged and tried; the layers are charged; the noise is drawn; the tables are stored. Each charge is
//! committed before its noise is drawn and stays charged whatever happens afterwards.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use engine::community::PublicationPolicy;
use engine::privacy::accounting::{DELTA, Rho, epsilon};
use engine::privacy::aggregate::Contribution;
use engine::privacy::bound::Key;
use engine::privacy::discrete_gaussian::{RandomBits, Sigma};
use engine::privacy::domain::Domain;
use engine::privacy::ledger::{self, RELEASE_CAP, Request, Spend, lifetime_releases};
use engine::privacy::release::{self as privacy, Input, Plan, ReleaseError};
use engine::privacy::{Published, TotalsTable};
use engine::{CommunityId, ParticipantId, ReleaseId};
use h3o::Resolution;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::clock;
pub use super::no_release::NoRelease;
use super::release_ground::{
    CELL_RESOLUTION, Entering, Ground, LeftOut, bounds, domain, entering, large_enough, resolution,
};
use super::release_ledger::{Limits, charge, entries};
use super::{Core, to_the_end};
use crate::ambient::Ambient;
use crate::live::{LiveCommunity, LiveRelease};
use crate::store::{Store, StoreError, StoredRelease};

/// What a release says of itself, stored beside its tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReleaseParameters {
    /// The policy it was made under.
    pub policy: PublicationPolicy,
    /// H3 resolution of its cells.
    pub cell_resolution: u8,
    /// What it cost of the privacy budget, a try of the start gate included: zero-concentrated differential privacy.
    pub rho: f64,
    /// The same as ε at `delta`.
    pub epsilon: f64,
    /// δ.
    pub delta: f64,
    /// Standard deviation of the noise on each cell.
    pub sigma_cells: u64,
    /// Standard deviation of the noise on each neighbourhood's people.
    pub sigma_neighbourhoods: u64,
    /// Standard deviation of the noise on the numbers of the whole community; releases made before there were
    /// any have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sigma_totals: Option<u64>,
    /// Standard deviation of the noise on each neighbourhood's numbers by activity, in releases that have them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sigma_activities: Option<u64>,
    /// Neighbourhoods that got no number of their own, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LeftOut>,
    /// The noisy number of participants that decided what is in it: what the start gate found before the first
    /// release, later at least as many as the release before it tells of. Older releases have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub participants: Option<i64>,
}

impl ReleaseParameters {
    /// What every release promises, exactly: what one may cost at most, as the consent text says. A release without a try
    /// of the start gate costs a little less; its own cost is [`Self::epsilon`].
    pub fn guarantee(&self) -> String {
        let delta = self.delta;
        let epsilon = epsilon(RELEASE_CAP, delta).max(self.epsilon);
        format!(
            "For any participant, any two databases that differ in all of this participant's data, and any set of \
             outcomes of this release: the probability of the set under the one is at most e^ε times its \
             probability under the other, plus δ, where ε = {epsilon:.2} and δ = {delta:e}. For the two releases of a year the exponent is at most \
             3.13, for the eight of a lifetime 6.83. This holds against any side information and any number of \
             requests. It does not hide that the service exists in a place, nor what would be learned of places or \
             groups without the participant just as well, nor anything in account, support-query, backup or log \
             channels, nor what friends know of who takes part; for a group of g people who take part together the privacy loss is up to g² times as large."
        )
    }
}

/// Makes a release and brings it into memory. It runs to its end whoever asked: what was charged is not wasted
/// because a connection broke.
///
/// # Errors
/// [`NoRelease`]. What was charged before stays charged.
pub async fn publish(
    core: &Core,
    community: Arc<LiveCommunity>,
    on_demand: bool,
) -> Result<Arc<LiveRelease>, NoRelease> {
    let core = core.clone();
    to_the_end(async move {
        let id = community.id();
        let stored = make_release(&*core.store, &core.ambient, id, on_demand).await?;
        let release = stored.id;
        community.take_release(stored)?;
        community.release(release).ok_or_else(|| StoreError::Missing(format!("the release {release}")).into())
    })
    .await
}

/// What is asked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Asked {
    /// Out of turn, for a demonstration.
    pub on_demand: bool,
    /// Somebody who runs the machine says that its clock is right, however long nothing was written.
    pub clock_is_right: bool,
}

/// Makes a release of a community and stores it.
///
/// # Errors
/// [`NoRelease`]. What was charged before stays charged.
pub async fn make_release(
    store: &dyn Store,
    ambient: &Ambient,
    id: &CommunityId,
    on_demand: bool,
) -> Result<StoredRelease, NoRelease> {
    make_release_as(store, ambient, id, Asked { on_demand, clock_is_right: false }).await
}

/// Makes a release as it is asked for; see [`make_release`].
///
/// # Errors
/// [`NoRelease`]. What was charged before stays charged.
pub async fn make_release_as(
    store: &dyn Store,
    ambient: &Ambient,
    id: &CommunityId,
    asked: Asked,
) -> Result<StoredRelease, NoRelease> {
    let on_demand = asked.on_demand;
    let community = store.community(id).await?.ok_or_else(|| NoRelease::NoCommunity(id.clone()))?;
    if community.policy != PublicationPolicy::Formal {
        return Err(NoRelease::OtherPolicy(
            "this community is a closed group: it has snapshots for its planners and publishes nothing",
        ));
    }
    if on_demand && !community.demo {
        return Err(NoRelease::OnDemand);
    }
    let (neighbourhoods, left_out) = large_enough(store.neighbourhoods(id).await?);
    let ground = Ground::of(&neighbourhoods);
    let units = || ground.neighbourhoods.iter().map(|unit| unit.id);
    // How fine the cells are depends on what the start gate finds, so it is charged for the usual ones.
    let usual = domain(&community, CELL_RESOLUTION, units())?;
    let at = ambient.now();
    if !asked.clock_is_right {
        clock::check(store, &community, at).await?;
    }
    let mut places = entering(store, id, neighbourhoods, at).await?;
    let so_far = entries(&store.ledger(id).await?).map_err(NoRelease::Budget)?;
    let limits = Limits::read(store, id, lifetime_releases(&so_far)).await?;
    places.retain(|place| limits.may_enter(ParticipantId(place.participant)));
    let release = ReleaseId(ambient.id());
    let ask = |spends, domain: &Domain| Request {
        release: release.0,
        spends,
        domain: domain.hash(),
        at: at.as_microsecond(),
        on_demand,
    };
    let mut noise = Noise(ambient);

    let started = ledger::has_started(&so_far);
    let (participants, gate) = if started {
        (known_participants(&store.releases(id).await?), None)
    } else {
        let spend = privacy::gate_spend().map_err(ReleaseError::from)?;
        let (leave, _) = charge(store, ambient, id, &ask(vec![spend], &usual)).await?;
        let counted = as_counted(&places, CELL_RESOLUTION);
        let found = privacy::start_gate(&counted, leave, &mut noise)?;
        if !found.is_open() {
            return Err(NoRelease::TooFew { people: found.participants.max(0) });
        }
        (found.participants, Some(spend))
    };

    let plan = Plan::formal(participants).map_err(ReleaseError::from)?;
    let resolution = resolution(bounds(&community)?, participants);
    let domain = domain(&community, resolution, units())?;
    let spends = plan.spends(&domain);
    let rho = spends.iter().chain(gate.as_ref()).map(Spend::rho).sum();
    let (charge, most) = charge(store, ambient, id, &ask(spends, &domain)).await?;
    // Written down before the noise is drawn, as the charge is: who entered has entered.
    let who: BTreeSet<Uuid> = places.iter().map(|place| place.participant).collect();
    let who: Vec<_> = who.into_iter().map(ParticipantId).collect();
    let entered = store.enter_release(id, release, &who, most).await?;
    let entered: HashSet<Uuid> = entered.into_iter().map(|participant| participant.0).collect();
    places.retain(|place| entered.contains(&place.participant));
    let key = Key::new(ambient.bytes());
    let contributions = as_counted(&places, resolution);
    let input = Input { domain: &domain, contributions: &contributions, key: &key };
    let tables = privacy::release(input, charge, &mut noise)?;

    let json = |value| serde_json::to_value(value).expect("a table of numbers is JSON");
    let stored = StoredRelease {
        id: release,
        community: id.clone(),
        made_at: at,
        on_demand,
        parameters: json(&parameters(community.policy, rho, &plan, resolution, left_out, participants)),
        cells: serde_json::to_value(&tables.cells).expect("a table of numbers is JSON"),
        neighbourhoods: serde_json::to_value(&tables.neighbourhoods).expect("a table of numbers is JSON"),
        totals: serde_json::to_value(&tables.totals).expect("a table of numbers is JSON"),
        activities: serde_json::to_value(&tables.activities).expect("a table of numbers is JSON"),
        ground: serde_json::to_value(&ground).expect("a table of numbers is JSON"),
        recalled: None,
    };
    store.save_release(&stored).await?;
    Ok(stored)
}

/// About how many take part, as far as the newest release tells that stands: at least those whom the largest of its
/// noisy totals counts, and as many as it went by itself. Nothing is drawn for it, so it costs nothing; 0 when
/// nothing is published.
fn known_participants(releases: &[StoredRelease]) -> i64 {
    let Some(newest) = releases.iter().find(|release| release.recalled.is_none()) else { return 0 };
    let parameters: Option<ReleaseParameters> = serde_json::from_value(newest.parameters.clone()).ok();
    let totals = Published::<TotalsTable>::from_stored(&newest.totals.to_string()).ok();
    let counted = totals.and_then(|totals| totals.table().people().iter().copied().max());
    parameters.and_then(|p| p.participants).max(counted).unwrap_or(0)
}

fn parameters(
    policy: PublicationPolicy,
    rho: Rho,
    plan: &Plan,
    resolution: Resolution,
    left_out: Vec<LeftOut>,
    participants: i64,
) -> ReleaseParameters {
    #[expect(clippy::cast_precision_loss, reason = "billionths of at most 1 are exact in 53 bits")]
    let cost = rho.billionths() as f64 / 1e9;
    ReleaseParameters {
        policy,
        cell_resolution: resolution.into(),
        rho: cost,
        epsilon: epsilon(rho, DELTA),
        delta: DELTA,
        sigma_cells: plan.cells.get(),
        sigma_neighbourhoods: plan.neighbourhoods.get(),
        sigma_totals: Some(plan.totals.get()),
        sigma_activities: plan.activities.map(Sigma::get),
        left_out,
        participants: Some(participants),
    }
}

/// Places as the engine counts them.
fn as_counted(places: &[Entering], resolution: Resolution) -> Vec<Contribution> {
    places.iter().map(|place| place.contribution(resolution)).collect()
}

/// The generator as a source of bits for the noise.
struct Noise<'a>(&'a Ambient);

impl RandomBits for Noise<'_> {
    fn next_u64(&mut self) -> u64 {
        u64::from_le_bytes(self.0.bytes())
    }
}
