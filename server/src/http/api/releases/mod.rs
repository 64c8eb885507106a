//! Published snapshots: for anyone. Every number comes from a stored table.

pub mod cells;
pub mod create;
pub mod difference;
pub mod difference_file;
pub mod download;
mod geopackage;
pub mod heat;
pub mod heat_file;
pub mod hotspots;
pub mod hotspots_file;
pub mod list;
mod measures;
pub mod one;
pub mod recall;

use engine::community::PublicationPolicy;
use engine::privacy::picture::{Total, totals};
use engine::privacy::{Published, TotalsTable};
use serde::Serialize;
use utoipa::ToSchema;

use crate::actions::release_ground::LeftOut;
use crate::live::LiveRelease;
use crate::store::Recall;

/// A number of the whole community.
#[derive(Debug, Serialize, ToSchema)]
pub struct TotalAnswer {
    /// `being`, `doing`, `connectedness`, `hope`, `identity`, `meaning` or `empowerment`.
    kind: &'static str,
    /// Noisy; may be negative.
    people: i64,
    /// Lower end of its 90 % interval.
    low: f64,
    /// Upper end.
    high: f64,
    /// Whether there are enough people to say anything: 40 or more, with the noise.
    enough: bool,
}

/// The numbers of the whole community.
#[derive(Debug, Serialize, ToSchema)]
#[serde(transparent)]
pub struct TotalsAnswer(Vec<TotalAnswer>);

impl From<&Published<TotalsTable>> for TotalsAnswer {
    fn from(published: &Published<TotalsTable>) -> Self {
        let answer = |total: Total| TotalAnswer {
            kind: total.kind,
            people: total.people,
            low: total.low,
            high: total.high,
            enough: total.enough,
        };
        Self(totals(published).into_iter().map(answer).collect())
    }
}

/// That a release turned out to be defective.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecallAnswer {
    #[schema(format = DateTime)]
    at: String,
    /// What is wrong with it.
    reason: String,
}

impl From<&Recall> for RecallAnswer {
    fn from(recall: &Recall) -> Self {
        Self { at: recall.at.to_string(), reason: recall.reason.clone() }
    }
}

/// A release.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReleaseAnswer {
    #[schema(value_type = uuid::Uuid)]
    id: String,
    #[schema(format = DateTime)]
    made_at: String,
    /// `formal`: differential privacy.
    #[schema(value_type = String)]
    policy: PublicationPolicy,
    /// Made for a demonstration or a test, outside of the calendar.
    on_demand: bool,
    /// H3 resolution of its cells.
    cell_resolution: u8,
    /// What it cost of the privacy budget.
    rho: f64,
    /// The same as ε at `delta`.
    epsilon: f64,
    delta: f64,
    /// Standard deviation of the noise on each cell.
    sigma_cells: u64,
    /// Standard deviation of the noise on each neighbourhood's people.
    sigma_neighbourhoods: u64,
    /// Standard deviation of the noise on the numbers of the whole community, if there are any.
    sigma_totals: Option<u64>,
    /// Standard deviation of the noise on each neighbourhood's numbers by activity, if there are any.
    sigma_activities: Option<u64>,
    /// Neighbourhoods that have no number of their own, and why.
    left_out: Vec<LeftOut>,
    /// The noisy numbers of people with a place of each kind, in the whole community.
    totals: Option<TotalsAnswer>,
    /// SHA-256 of the stored tables: of the file `download.jsonl`.
    sha256: String,
    /// Set when its numbers are not given out any more.
    recalled: Option<RecallAnswer>,
    /// How many cells it has.
    cells: usize,
    /// How many neighbourhoods it has.
    neighbourhoods: usize,
    /// What it promises, in a sentence.
    guarantee: String,
}

impl From<&LiveRelease> for ReleaseAnswer {
    fn from(release: &LiveRelease) -> Self {
        let p = &release.parameters;
        Self {
            id: release.stored.id.to_string(),
            made_at: release.stored.made_at.to_string(),
            policy: p.policy,
            on_demand: release.stored.on_demand,
            cell_resolution: p.cell_resolution,
            rho: p.rho,
            epsilon: p.epsilon,
            delta: p.delta,
            sigma_cells: p.sigma_cells,
            sigma_neighbourhoods: p.sigma_neighbourhoods,
            sigma_totals: p.sigma_totals,
            sigma_activities: p.sigma_activities,
            left_out: p.left_out.clone(),
            totals: release
                .totals
                .as_ref()
                .filter(|_| release.stored.recalled.is_none())
                .map(TotalsAnswer::from),
            sha256: release.sha256.clone(),
            recalled: release.stored.recalled.as_ref().map(RecallAnswer::from),
            cells: release.cells.rows.len(),
            neighbourhoods: release.neighbourhoods.as_ref().map_or(0, |n| n.table().rows().len()),
            guarantee: p.guarantee(),
        }
    }
}
