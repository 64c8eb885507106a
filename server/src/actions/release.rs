//! Making a release: the only way in which anything computed from places leaves a community.
//!
//! In order: the clock is looked at; what is eligible is gathered in memory; before a community's first release the
//! start gate is charged and tried; the layers are charged; the noise is drawn; the tables are stored. Each charge is
//! committed before its noise is drawn and stays charged whatever happens afterwards.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, Mutex};

use engine::community::PublicationPolicy;
use engine::privacy::accounting::{DELTA, Rho, epsilon};
use engine::privacy::aggregate::Contribution;
use engine::privacy::bound::Key;
use engine::privacy::calendar;
use engine::privacy::discrete_gaussian::{RandomBits, Sigma};
use engine::privacy::domain::{Domain, DomainError};
use engine::privacy::ledger::{
    self, Charge, Entry, GATE_PARTICIPANTS, GATE_TRIES_A_YEAR, Layer, LedgerRefusal, Request, Spend,
    lifetime_releases,
};
use engine::privacy::release::{self as privacy, Input, Plan, ReleaseError};
use engine::privacy::{Published, TotalsTable};
use engine::{CommunityId, Invalid, ParticipantId, ReleaseId};
use h3o::Resolution;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::clock::{self, ClockAhead, ClockError};
use super::code::code;
use super::release_ground::{
    CELL_RESOLUTION, Entering, Ground, LeftOut, bounds, domain, entering, large_enough, resolution,
};
use super::{Core, to_the_end};
use crate::ambient::Ambient;
use crate::live::{LiveCommunity, LiveRelease};
use crate::store::{Charged, LedgerRow, Recall, Store, StoreError, StoredRelease};

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
    /// What the release promises, exactly.
    pub fn guarantee(&self) -> String {
        let Self { epsilon, delta, .. } = self;
        format!(
            "For any participant, any two databases that differ in all of this participant's data, and any set of \
             outcomes of this release: the probability of the set under the one is at most e^ε times its \
             probability under the other, plus δ, where ε = {epsilon:.2} and δ = {delta:e}. For the two releases of a year the exponent is at most \
             3.13, for the eight of a lifetime 6.83. This holds against any side information and any number of \
             requests. It does not hide that the service exists in a place, nor what would be learned of places or \
             groups without the participant just as well, nor what friends know of who takes part; for a group of \
             g people who take part together the privacy loss is up to g² times as large."
        )
    }
}

/// Why no release was made.
#[derive(Debug, thiserror::Error)]
pub enum NoRelease {
    /// There is no such community.
    #[error("there is no community {0}")]
    NoCommunity(CommunityId),
    /// Nothing says how large the community is.
    #[error("community {0} has no bounds yet: add them, or import supports or neighbourhoods first")]
    NoBounds(CommunityId),
    /// Too few people share places; the number carries noise and may be shown.
    #[error(
        "about {people} people share places for published maps; releases start at about {GATE_PARTICIPANTS}. This \
         may be tried {GATE_TRIES_A_YEAR} times a year, for each try tells a little"
    )]
    TooFew {
        /// The noisy number of people, at least 0.
        people: i64,
    },
    /// The privacy budget does not allow it; the text says what was spent and when it would fit.
    #[error("{0}")]
    Budget(String),
    /// It is not the time.
    #[error("{0}")]
    NotDue(String),
    /// The clock is far ahead of everything that is kept.
    #[error(transparent)]
    Clock(#[from] ClockAhead),
    /// The community publishes in another way.
    #[error("{0}")]
    OtherPolicy(&'static str),
    /// Only communities with made-up data have releases out of turn.
    #[error("only a demonstration has releases on demand")]
    OnDemand,
    /// The units cannot be a domain.
    #[error(transparent)]
    Domain(#[from] DomainError),
    /// The noise cannot be drawn.
    #[error(transparent)]
    Noise(#[from] ReleaseError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ClockError> for NoRelease {
    fn from(error: ClockError) -> Self {
        match error {
            ClockError::Ahead(ahead) => ahead.into(),
            ClockError::Store(error) => error.into(),
        }
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

/// The most characters of a reason.
const REASON: usize = 2_000;

/// Checks why a release is called back: everyone reads it.
///
/// # Errors
/// Field `reason` when it is blank, too long, or holds U+0000.
pub fn check_reason(reason: &str) -> Result<(), Invalid> {
    let problem = if reason.chars().count() > REASON {
        "must have at most 2,000 characters"
    } else if reason.trim().is_empty() {
        "must say what is wrong"
    } else if reason.contains('\u{0}') {
        "must not contain the character U+0000"
    } else {
        return Ok(());
    };
    Err(Invalid::new("reason", problem))
}

/// Calls a release or a snapshot back and takes its numbers out of memory. The first reason stays.
///
/// # Errors
/// When there is no such release, or the store failed.
pub async fn recall(
    core: &Core,
    community: Arc<LiveCommunity>,
    release: ReleaseId,
    reason: String,
) -> Result<(), StoreError> {
    let core = core.clone();
    to_the_end(async move {
        let missing = || StoreError::Missing(format!("the release {release}"));
        let recall = Recall { reason, at: core.ambient.now() };
        core.store.recall_release(community.id(), release, &recall).await?;
        let stored = core.store.release(community.id(), release).await?.ok_or_else(missing)?;
        community.take_release(stored)
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
        let counted = as_counted(&places, CELL_RESOLUTION, &Key::new([0; 32]));
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
    let contributions = as_counted(&places, resolution, &key);
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

/// How many releases anybody may enter without a renewed agreement.
///
/// # Errors
/// When the store failed, or the ledger is damaged.
pub async fn most_releases(store: &dyn Store, id: &CommunityId) -> Result<u32, StoreError> {
    let ledger = entries(&store.ledger(id).await?);
    let ledger = ledger.map_err(|why| StoreError::Damaged { what: "ledger", why })?;
    Ok(lifetime_releases(&ledger))
}

/// How many releases who may enter.
struct Limits {
    entered: HashMap<ParticipantId, u32>,
    renewed: HashMap<ParticipantId, u32>,
    most: u32,
}

impl Limits {
    async fn read(store: &dyn Store, id: &CommunityId, most: u32) -> Result<Self, StoreError> {
        let (entered, renewed) = (store.releases_entered(id).await?, store.renewals(id).await?);
        Ok(Self { entered, renewed, most })
    }

    /// As [`crate::store::Releases::enter_release`] decides it once more when it writes.
    fn may_enter(&self, who: ParticipantId) -> bool {
        let of = |counts: &HashMap<ParticipantId, u32>| counts.get(&who).copied().unwrap_or_default();
        of(&self.entered) < of(&self.renewed).saturating_add(self.most)
    }
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
fn as_counted(places: &[Entering], resolution: Resolution, key: &Key) -> Vec<Contribution> {
    places.iter().map(|place| place.contribution(resolution, key)).collect()
}

/// Puts a request into the ledger if its rules allow it; also how many releases anybody may enter then.
async fn charge(
    store: &dyn Store,
    ambient: &Ambient,
    community: &CommunityId,
    request: &Request,
) -> Result<(Charge, u32), NoRelease> {
    let rows: Vec<LedgerRow> = request.spends.iter().map(|spend| row(ambient, request, spend)).collect();
    let judge = |entries: &[Entry]| {
        Ok::<_, LedgerRefusal>((ledger::charge(entries, request)?, lifetime_releases(entries)))
    };
    judged(store, community, &rows, request, &judge).await
}

/// Writes rows into the ledger if it is time and the judge, who sees what is in it, allows them.
pub(super) async fn judged<T: Send, E: std::fmt::Display>(
    store: &dyn Store,
    community: &CommunityId,
    rows: &[LedgerRow],
    request: &Request,
    judge: &(dyn Fn(&[Entry]) -> Result<T, E> + Sync),
) -> Result<T, NoRelease> {
    // The rule runs inside the store's exclusive transaction and leaves what it grants here.
    let granted = Mutex::new(None);
    let not_due = Mutex::new(false);
    let rule = |existing: &[LedgerRow]| {
        let entries = entries(existing)?;
        calendar::due(&entries, request).map_err(|refusal| {
            *not_due.lock().expect("nobody panics while holding it") = true;
            refusal.to_string()
        })?;
        let leave = judge(&entries).map_err(|refusal| refusal.to_string())?;
        *granted.lock().expect("nobody panics while holding it") = Some(leave);
        Ok(())
    };
    match store.charge(community, rows, &rule).await? {
        Charged::Refused(why) if not_due.into_inner().expect("nobody panicked") => {
            Err(NoRelease::NotDue(why))
        }
        Charged::Refused(why) => Err(NoRelease::Budget(why)),
        Charged::Accepted => {
            let leave = granted.into_inner().expect("nobody panics while holding it");
            Ok(leave.expect("the store accepts only what the rule allowed"))
        }
    }
}

fn row(ambient: &Ambient, request: &Request, spend: &Spend) -> LedgerRow {
    let whole = |n: u64| i64::try_from(n).expect("sensitivities, sigmas and costs are small");
    LedgerRow {
        id: ambient.id(),
        release: ReleaseId(request.release),
        layer: layer_name(spend.layer).to_owned(),
        sensitivity_squared: whole(spend.sensitivity_squared),
        sigma: whole(spend.sigma.get()),
        rho_billionths: whole(spend.rho().billionths()),
        domain: request.domain,
        code: code(),
        on_demand: request.on_demand,
        at: Timestamp::from_microsecond(request.at).expect("it came from a timestamp"),
    }
}

fn entries(rows: &[LedgerRow]) -> Result<Vec<Entry>, String> {
    rows.iter().map(entry).collect()
}

fn entry(row: &LedgerRow) -> Result<Entry, String> {
    let damaged = |what: &str| format!("ledger row {} has a damaged {what}; nothing is released", row.id);
    let whole = |n: i64, what| u64::try_from(n).map_err(|_| damaged(what));
    Ok(Entry {
        release: row.release.0,
        layer: LAYERS
            .into_iter()
            .find(|layer| layer_name(*layer) == row.layer)
            .ok_or_else(|| damaged("layer"))?,
        sensitivity_squared: whole(row.sensitivity_squared, "sensitivity")?,
        sigma: whole(row.sigma, "sigma")?,
        rho: Rho::from_billionths(whole(row.rho_billionths, "cost")?),
        domain: row.domain,
        at: row.at.as_microsecond(),
        on_demand: row.on_demand,
    })
}

const LAYERS: [Layer; 6] = [
    Layer::StartGate,
    Layer::Cells,
    Layer::Neighbourhoods,
    Layer::Totals,
    Layer::Activities,
    Layer::Snapshot,
];

pub(super) fn layer_name(layer: Layer) -> &'static str {
    match layer {
        Layer::StartGate => "start_gate",
        Layer::Cells => "cells",
        Layer::Neighbourhoods => "neighbourhoods",
        Layer::Totals => "totals",
        Layer::Activities => "activities",
        Layer::Snapshot => "snapshot",
    }
}

/// The generator as a source of bits for the noise.
struct Noise<'a>(&'a Ambient);

impl RandomBits for Noise<'_> {
    fn next_u64(&mut self) -> u64 {
        u64::from_le_bytes(self.0.bytes())
    }
}
