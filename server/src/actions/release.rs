//! Making a release: the only way in which anything computed from places leaves a community.
//!
//! In order: what is eligible is gathered in memory; the start gate is charged and tried; the layers are
//! charged; the noise is drawn; the tables are stored. Each charge is committed before its noise is drawn
//! and stays charged whatever happens afterwards.

use std::sync::Mutex;

use engine::community::{Community, PublicationPolicy};
use engine::feeling::mean_valence;
use engine::grid::{cell_at, cells_touching};
use engine::neighbourhood::{Neighbourhood, Neighbourhoods};
use engine::privacy::accounting::{DELTA, Rho, epsilon};
use engine::privacy::aggregate::Contribution;
use engine::privacy::bound::Key;
use engine::privacy::discrete_gaussian::RandomBits;
use engine::privacy::domain::{Domain, DomainError};
use engine::privacy::eligible::{self, Candidate, Eligibility};
use engine::privacy::ledger::{self, Charge, Entry, GATE_PARTICIPANTS, Layer, Request, Spend};
use engine::privacy::release::{
    self as privacy, CELLS_SIGMA, Input, NEIGHBOURHOODS_SIGMA, Plan, ReleaseError,
};
use engine::{CommunityId, LonLat, ReleaseId};
use h3o::Resolution;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::ambient::Ambient;
use crate::store::{Charged, LedgerRow, Store, StoreError, StoredRelease};

/// The size of a release's cells: H3 resolution 8, about 0.74 km² (design §6).
pub const CELL_RESOLUTION: Resolution = Resolution::Eight;
/// Neighbourhoods that are known to have fewer residents than this get no number of their own.
pub const LEAST_RESIDENTS: u32 = 5_000;

/// What a release says of itself, stored beside its tables.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ReleaseParameters {
    /// The policy it was made under.
    pub policy: PublicationPolicy,
    /// H3 resolution of its cells.
    pub cell_resolution: u8,
    /// What it cost of the privacy budget, the start gate included: zero-concentrated differential privacy.
    pub rho: f64,
    /// The same as ε at `delta`.
    pub epsilon: f64,
    /// δ.
    pub delta: f64,
    /// Standard deviation of the noise on each cell.
    pub sigma_cells: u64,
    /// Standard deviation of the noise on each neighbourhood's people.
    pub sigma_neighbourhoods: u64,
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
        "about {people} people share places for published maps; releases start at about {GATE_PARTICIPANTS}"
    )]
    TooFew {
        /// The noisy number of people, at least 0.
        people: i64,
    },
    /// The privacy budget does not allow it; the text says what was spent and when it would fit.
    #[error("{0}")]
    Budget(String),
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
    let community = store.community(id).await?.ok_or_else(|| NoRelease::NoCommunity(id.clone()))?;
    let neighbourhoods = large_enough(store.neighbourhoods(id).await?);
    let domain = domain(&community, &neighbourhoods)?;
    let at = ambient.now();
    let contributions = contributions(store, id, &domain, neighbourhoods, at).await?;
    let release = ReleaseId(ambient.id());
    let ask = |spends| Request {
        release: release.0,
        spends,
        domain: domain.hash(),
        at: at.as_microsecond(),
        on_demand,
    };
    let mut noise = Noise(ambient);

    let gate_spend = privacy::gate_spend().map_err(ReleaseError::from)?;
    let gate = charge(store, ambient, id, &ask(vec![gate_spend])).await?;
    let found = privacy::start_gate(&contributions, gate, &mut noise)?;
    if !found.is_open() {
        return Err(NoRelease::TooFew { people: found.participants.max(0) });
    }

    let plan = Plan::new(CELLS_SIGMA, NEIGHBOURHOODS_SIGMA).map_err(ReleaseError::from)?;
    let spends = plan.spends(&domain);
    let rho = spends.iter().chain([&gate_spend]).map(Spend::rho).sum();
    let charge = charge(store, ambient, id, &ask(spends)).await?;
    let key = Key::new(ambient.bytes());
    let input = Input { domain: &domain, contributions: &contributions, key: &key };
    let tables = privacy::release(input, charge, &mut noise)?;

    let json = |value| serde_json::to_value(value).expect("a table of numbers is JSON");
    let stored = StoredRelease {
        id: release,
        community: id.clone(),
        made_at: at,
        on_demand,
        parameters: json(&parameters(community.policy, rho)),
        cells: serde_json::to_value(&tables.cells).expect("a table of numbers is JSON"),
        neighbourhoods: serde_json::to_value(&tables.neighbourhoods).expect("a table of numbers is JSON"),
    };
    store.save_release(&stored).await?;
    Ok(stored)
}

fn parameters(policy: PublicationPolicy, rho: Rho) -> ReleaseParameters {
    #[expect(clippy::cast_precision_loss, reason = "billionths of at most 1 are exact in 53 bits")]
    let plain = rho.billionths() as f64 / 1e9;
    ReleaseParameters {
        policy,
        cell_resolution: CELL_RESOLUTION.into(),
        rho: plain,
        epsilon: epsilon(rho, DELTA),
        delta: DELTA,
        sigma_cells: CELLS_SIGMA,
        sigma_neighbourhoods: NEIGHBOURHOODS_SIGMA,
    }
}

/// Neighbourhoods of unknown population count as large enough: the guarantee does not depend on it, only
/// how much the numbers say.
fn large_enough(neighbourhoods: Vec<Neighbourhood>) -> Vec<Neighbourhood> {
    let mut large: Vec<_> =
        neighbourhoods.into_iter().filter(|n| n.population.is_none_or(|p| p >= LEAST_RESIDENTS)).collect();
    large.sort_by_key(|n| n.id);
    large
}

fn domain(community: &Community, neighbourhoods: &[Neighbourhood]) -> Result<Domain, NoRelease> {
    let bounds = community.bounds.as_ref().ok_or_else(|| NoRelease::NoBounds(community.id.clone()))?;
    let cells = cells_touching(bounds, CELL_RESOLUTION);
    Ok(Domain::new(cells, neighbourhoods.iter().map(|n| n.id.0).collect())?)
}

/// One contribution a place that may enter.
async fn contributions(
    store: &dyn Store,
    id: &CommunityId,
    domain: &Domain,
    neighbourhoods: Vec<Neighbourhood>,
    at: Timestamp,
) -> Result<Vec<Contribution>, NoRelease> {
    let degrees = |p: LonLat| (p.lon(), p.lat());
    let clinical: Vec<_> =
        store.supports(id).await?.iter().filter(|s| s.is_clinical()).map(|s| degrees(s.location)).collect();
    let places = store.places(id).await?;
    let candidates: Vec<Candidate> = places
        .iter()
        .map(|place| {
            let (lon, lat) = degrees(place.content.geometry.anchor());
            Candidate {
                participant: place.owner.0,
                lon,
                lat,
                home: place.content.home,
                published_maps: place.content.share.published_maps,
                created_at: place.created_at.as_microsecond(),
            }
        })
        .collect();
    let eligible = eligible::eligible(&candidates, &clinical, at.as_microsecond());
    let neighbourhoods = Neighbourhoods::new(neighbourhoods);
    let index_of = |p: LonLat| {
        let (_, found) = neighbourhoods.find(p)?;
        domain.neighbourhoods().binary_search(&found.id.0).ok()
    };
    Ok(places
        .iter()
        .zip(eligible)
        .filter(|(_, eligibility)| *eligibility == Eligibility::Eligible)
        .map(|(place, _)| {
            let location = place.content.geometry.anchor();
            Contribution {
                participant: place.owner.0,
                cell: cell_at(location, CELL_RESOLUTION),
                neighbourhood: index_of(location),
                valence: mean_valence(&place.content.feelings),
            }
        })
        .collect())
}

/// Puts a request into the ledger if its rules allow it.
async fn charge(
    store: &dyn Store,
    ambient: &Ambient,
    community: &CommunityId,
    request: &Request,
) -> Result<Charge, NoRelease> {
    let rows: Vec<LedgerRow> = request.spends.iter().map(|spend| row(ambient, request, spend)).collect();
    // The rule runs inside the store's exclusive transaction and leaves the charge here.
    let granted = Mutex::new(None);
    let rule = |existing: &[LedgerRow]| {
        let entries: Vec<Entry> = existing.iter().map(entry).collect::<Result<_, String>>()?;
        let charge = ledger::charge(&entries, request).map_err(|refusal| refusal.to_string())?;
        *granted.lock().expect("nobody panics while holding it") = Some(charge);
        Ok(())
    };
    match store.charge(community, &rows, &rule).await? {
        Charged::Refused(why) => Err(NoRelease::Budget(why)),
        Charged::Accepted => {
            let charge = granted.into_inner().expect("nobody panics while holding it");
            Ok(charge.expect("the store accepts only what the rule allowed"))
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
        code: env!("CARGO_PKG_VERSION").to_owned(),
        on_demand: request.on_demand,
        at: Timestamp::from_microsecond(request.at).expect("it came from a timestamp"),
    }
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

const LAYERS: [Layer; 3] = [Layer::StartGate, Layer::Cells, Layer::Neighbourhoods];

fn layer_name(layer: Layer) -> &'static str {
    match layer {
        Layer::StartGate => "start_gate",
        Layer::Cells => "cells",
        Layer::Neighbourhoods => "neighbourhoods",
    }
}

/// The generator as a source of bits for the noise.
struct Noise<'a>(&'a Ambient);

impl RandomBits for Noise<'_> {
    fn next_u64(&mut self) -> u64 {
        u64::from_le_bytes(self.0.bytes())
    }
}
