//! The ledger's rules: what a release costs, and when it may not be made.
//!
//! The ledger is append-only and one for all releases of a community. A layer is charged before its noise
//! is drawn, and stays charged whatever happens afterwards: a crash, a refusal of the start gate, a recall,
//! a withdrawal. The store must read the entries, call [`charge`] and append
//! [`Charge::entries`] in one exclusive transaction, so that two releases cannot both pass.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::accounting::Rho;
use super::discrete_gaussian::Sigma;

/// The most one release may cost: ρ = 0.10, ε = 2.14 at δ = 10⁻⁶.
pub const RELEASE_CAP: Rho = Rho::from_billionths(100_000_000);
/// The most any rolling year may cost: ρ = 0.20, ε = 3.13.
pub const YEAR_CAP: Rho = Rho::from_billionths(200_000_000);
/// A rolling year, in microseconds: 365 days, so that yearly dates never fall within one year.
pub const YEAR_MICROSECONDS: i64 = 365 * 24 * 3_600 * 1_000_000;
/// The most one participant's lifetime may cost without renewed consent: ρ = 0.8, ε = 6.83.
pub const LIFETIME_CAP: Rho = Rho::from_billionths(800_000_000);
/// The most releases one participant enters without renewed consent; see [`lifetime_releases`].
pub const LIFETIME_RELEASES: u32 = 8;

/// Noise of the start gate: it counts participants, of whom one changes it by 1; ρ = 1/1152 ≈ 0.0009.
pub const GATE_SIGMA: u64 = 24;
/// What one try of the start gate costs: 1/1152, rounded up.
pub const GATE_COST: Rho = Rho::from_billionths(868_056);
/// The most tries of the start gate in any 365 days. With two the year still has room for two releases, so a try
/// that fails blocks none.
pub const GATE_TRIES_A_YEAR: usize = 2;
/// The most the layers of a release may cost without a try of the gate: what the caps leave when each release is held
/// to have had one. So two releases and two tries fit into a year (2 · 0.10), and eight of each into a lifetime (8 · 0.10).
pub const LAYERS_CAP: Rho = Rho::from_billionths(RELEASE_CAP.billionths() - GATE_COST.billionths());
/// The noisy number of participants from which on a community has releases.
pub const GATE_PARTICIPANTS: i64 = 300;

/// Part of a release that is charged by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    /// One try of the start gate: the noisy number of participants.
    StartGate,
    /// Layer H: participants per H3 cell.
    Cells,
    /// Layer N: participants and sum of valences per neighbourhood; from many participants on also by kind.
    Neighbourhoods,
    /// Layer C: participants of the whole community by kind.
    Totals,
    /// Layer E4: participants per neighbourhood by one activity each; from very many participants on.
    Activities,
    /// A closed group's snapshot: no noise, no cost and no guarantee; it takes up its half-year.
    Snapshot,
}

/// What a layer spends: noise against sensitivity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spend {
    /// The layer.
    pub layer: Layer,
    /// The squared L2 sensitivity in units of one participant (and one whole step of valence).
    pub sensitivity_squared: u64,
    /// The noise's standard deviation in the same units.
    pub sigma: Sigma,
}

impl Spend {
    /// What the layer costs.
    pub fn rho(&self) -> Rho {
        Rho::of_gaussian(self.sensitivity_squared, self.sigma)
    }
}

/// A line of the ledger, as stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The release it was charged for.
    pub release: Uuid,
    /// The layer.
    pub layer: Layer,
    /// The squared L2 sensitivity in units of one participant.
    pub sensitivity_squared: u64,
    /// The noise's standard deviation in the same units.
    pub sigma: u64,
    /// The cost, which is what counts against the caps.
    pub rho: Rho,
    /// SHA-256 of the domain that the noise was drawn for.
    pub domain: [u8; 32],
    /// When, in microseconds since 1970 UTC.
    pub at: i64,
    /// Whether someone asked for the release out of turn (as the demo does). It is charged all the same.
    pub on_demand: bool,
}

/// What somebody wants to charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The release.
    pub release: Uuid,
    /// Its layers, each once.
    pub spends: Vec<Spend>,
    /// SHA-256 of the domain, [`Domain::hash`](super::domain::Domain::hash).
    pub domain: [u8; 32],
    /// When, in microseconds since 1970 UTC.
    pub at: i64,
    /// Whether it is out of turn.
    pub on_demand: bool,
}

/// Leave to draw noise once, for the layers it lists. It cannot be copied, and drawing consumes it.
#[derive(Debug, PartialEq, Eq)]
pub struct Charge {
    entries: Vec<Entry>,
}

impl Charge {
    /// What to append to the ledger, durably, before the charge is spent.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry of a layer, if it was charged.
    pub fn entry(&self, layer: Layer) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.layer == layer)
    }
}

/// Why a charge is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerRefusal {
    /// Nothing was asked for.
    #[error("release {release} asks for no layer")]
    NothingAsked {
        /// The release.
        release: Uuid,
    },
    /// A layer is asked for twice in one request, or has been drawn for this release before. Only the
    /// start gate may be tried again.
    #[error("layer {layer:?} of release {release} is already charged; a layer is drawn once")]
    LayerAgain {
        /// The release.
        release: Uuid,
        /// The layer.
        layer: Layer,
    },
    /// The start gate opened before, so no try is needed any more: it guards a community's first release.
    #[error("the start gate opened before; release {release} needs no try of it")]
    GateOpen {
        /// The release.
        release: Uuid,
    },
    /// The start gate was tried as often as a year allows.
    #[error(
        "the start gate was tried {GATE_TRIES_A_YEAR} times within a year already, and each try costs; the next one \
         may be made from {}",
        day(*.free_at)
    )]
    GateTries {
        /// The release.
        release: Uuid,
        /// From when on another try fits, in microseconds since 1970 UTC.
        free_at: i64,
    },
    /// The layers of the release, without the start gate, would cost more than they may.
    #[error(
        "the layers of release {release} cost ρ {spent} so far and {asked} more; they may cost {LAYERS_CAP}, for \
         the start gate is part of what a release may cost"
    )]
    LayersCap {
        /// The release.
        release: Uuid,
        /// What its layers have cost so far.
        spent: Rho,
        /// What it asks for.
        asked: Rho,
    },
    /// The release would cost more than a release may.
    #[error(
        "release {release} has cost ρ {spent} and asks for {asked} more; a release may cost {RELEASE_CAP}"
    )]
    ReleaseCap {
        /// The release.
        release: Uuid,
        /// What it has cost so far.
        spent: Rho,
        /// What it asks for.
        asked: Rho,
    },
    /// A year would cost more than a year may.
    #[error(
        "the year has cost ρ {spent} and release {release} asks for {asked} more; a year may cost {YEAR_CAP}"
    )]
    YearCap {
        /// The release.
        release: Uuid,
        /// The cost of the dearest 365 days that contain the request, without it.
        spent: Rho,
        /// What it asks for.
        asked: Rho,
        /// When the same request would fit, in microseconds since 1970 UTC, if nothing else is charged.
        free_at: i64,
    },
}

/// Charges a request to the ledger, or refuses.
///
/// # Parameters
///
/// * `existing`: every entry of the community's ledger, in any order.
/// * `request`: what is wanted.
///
/// # Returns
///
/// A [`Charge`], to be stored and then spent.
///
/// # Errors
///
/// [`LedgerRefusal`] with the numbers: more than [`RELEASE_CAP`] for the release or [`LAYERS_CAP`] for its layers
/// without the gate, more than [`YEAR_CAP`] in any 365 days that contain the request (also such as end later, should
/// clocks disagree), a layer drawn twice, nothing asked, or a try of the start gate where it has opened already or
/// was tried [`GATE_TRIES_A_YEAR`] times in such a year.
pub fn charge(existing: &[Entry], request: &Request) -> Result<Charge, LedgerRefusal> {
    let release = request.release;
    if request.spends.is_empty() {
        return Err(LedgerRefusal::NothingAsked { release });
    }
    for (index, &Spend { layer, .. }) in request.spends.iter().enumerate() {
        let again = request.spends[..index].iter().any(|earlier| earlier.layer == layer);
        let drawn = layer != Layer::StartGate
            && existing.iter().any(|entry| entry.release == release && entry.layer == layer);
        if again || drawn {
            return Err(LedgerRefusal::LayerAgain { release, layer });
        }
    }
    let asked: Rho = request.spends.iter().map(Spend::rho).sum();
    let spent: Rho = existing.iter().filter(|entry| entry.release == release).map(|entry| entry.rho).sum();
    if spent + asked > RELEASE_CAP {
        return Err(LedgerRefusal::ReleaseCap { release, spent, asked });
    }
    layers_fit(existing, request)?;
    gate_may_be_tried(existing, request)?;
    let spent = dearest_year(existing, request.at);
    if spent + asked > YEAR_CAP {
        let free_at = free_at(existing, request.at, asked);
        return Err(LedgerRefusal::YearCap { release, spent, asked, free_at });
    }
    let entries = request.spends.iter().map(|spend| Entry {
        release,
        layer: spend.layer,
        sensitivity_squared: spend.sensitivity_squared,
        sigma: spend.sigma.get(),
        rho: spend.rho(),
        domain: request.domain,
        at: request.at,
        on_demand: request.on_demand,
    });
    Ok(Charge { entries: entries.collect() })
}

/// Whether the start gate has opened before: a release was charged.
pub fn has_started(existing: &[Entry]) -> bool {
    existing.iter().any(|entry| is_drawn(entry.layer))
}

/// How many releases a participant may enter without renewed consent.
///
/// # Parameters
///
/// * `existing`: every entry of the community's ledger.
///
/// # Returns
///
/// [`LIFETIME_RELEASES`]; fewer where the start gate was tried more than eight times, for whoever takes part in
/// releases is held to have taken part in every try, and both together must stay within [`LIFETIME_CAP`].
pub fn lifetime_releases(existing: &[Entry]) -> u32 {
    let tries: Rho =
        existing.iter().filter(|entry| entry.layer == Layer::StartGate).map(|entry| entry.rho).sum();
    let left = LIFETIME_CAP.billionths().saturating_sub(tries.billionths());
    u32::try_from(left / LAYERS_CAP.billionths()).unwrap_or(LIFETIME_RELEASES).min(LIFETIME_RELEASES)
}

/// Whether a layer is part of a published table with noise.
const fn is_drawn(layer: Layer) -> bool {
    !matches!(layer, Layer::StartGate | Layer::Snapshot)
}

fn layers_fit(existing: &[Entry], request: &Request) -> Result<(), LedgerRefusal> {
    let release = request.release;
    let own = existing.iter().filter(|entry| entry.release == release && is_drawn(entry.layer));
    let spent: Rho = own.map(|entry| entry.rho).sum();
    let asked: Rho = request.spends.iter().filter(|spend| is_drawn(spend.layer)).map(Spend::rho).sum();
    if spent + asked > LAYERS_CAP {
        return Err(LedgerRefusal::LayersCap { release, spent, asked });
    }
    Ok(())
}

/// Only before the first release, and [`GATE_TRIES_A_YEAR`] times in any 365 days that contain the request.
fn gate_may_be_tried(existing: &[Entry], request: &Request) -> Result<(), LedgerRefusal> {
    if request.spends.iter().all(|spend| spend.layer != Layer::StartGate) {
        return Ok(());
    }
    let release = request.release;
    if has_started(existing) {
        return Err(LedgerRefusal::GateOpen { release });
    }
    let mut tries: Vec<i64> =
        existing.iter().filter(|entry| entry.layer == Layer::StartGate).map(|entry| entry.at).collect();
    tries.sort_unstable();
    let in_year = |end: i64| tries.iter().filter(|&&at| contains(end, at)).count();
    let fits = |at: i64| {
        tries
            .iter()
            .copied()
            .chain([at])
            .filter(|&end| contains(end, at))
            .all(|end| in_year(end) < GATE_TRIES_A_YEAR)
    };
    if fits(request.at) {
        return Ok(());
    }
    let leaving = tries.iter().map(|at| at.saturating_add(YEAR_MICROSECONDS)).filter(|at| *at > request.at);
    let free_at = leaving.into_iter().find(|&at| fits(at)).unwrap_or(i64::MAX);
    Err(LedgerRefusal::GateTries { release, free_at })
}

/// The day in UTC, for words.
fn day(microseconds: i64) -> String {
    let instant = jiff::Timestamp::from_microsecond(microseconds);
    instant.map_or_else(
        |_| "a time that no calendar has".to_owned(),
        |at| at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string(),
    )
}

/// The cost of the dearest 365 days (start excluded, end included) that contain an instant.
fn dearest_year(existing: &[Entry], at: i64) -> Rho {
    let ends = existing.iter().map(|entry| entry.at).chain([at]);
    ends.filter(|&end| contains(end, at)).map(|end| cost_of_year(existing, end)).max().unwrap_or_default()
}

fn cost_of_year(existing: &[Entry], end: i64) -> Rho {
    existing.iter().filter(|entry| contains(end, entry.at)).map(|entry| entry.rho).sum()
}

/// Whether the year that ends at `end` contains `at`.
fn contains(end: i64, at: i64) -> bool {
    at <= end && end.saturating_sub(YEAR_MICROSECONDS) < at
}

/// The first instant from `at` on at which a cost fits; years only become cheaper as entries leave them.
fn free_at(existing: &[Entry], at: i64, asked: Rho) -> i64 {
    let mut instants: Vec<i64> = existing
        .iter()
        .map(|entry| entry.at.saturating_add(YEAR_MICROSECONDS))
        .filter(|&leaves| leaves > at)
        .collect();
    instants.sort_unstable();
    let fits = |&instant: &i64| dearest_year(existing, instant) + asked <= YEAR_CAP;
    instants.into_iter().find(fits).unwrap_or(i64::MAX)
}
