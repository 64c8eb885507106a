//! Published snapshots: for anyone. Every number comes from a stored table.

pub mod cells;
pub mod hotspots;
pub mod list;
pub mod one;

use engine::community::PublicationPolicy;
use engine::stats::significance::Class;
use serde::Serialize;
use utoipa::ToSchema;

use crate::live::LiveRelease;

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
            cells: release.cells.rows.len(),
            neighbourhoods: release.neighbourhoods.as_ref().map_or(0, |n| n.table().rows().len()),
            guarantee: format!(
                "Random noise was added once, before publishing, so that the result would look almost the same \
                 without any one person and all of their places (ε = {:.2}, δ = {:e}).",
                p.epsilon, p.delta
            ),
        }
    }
}

/// The name of a class in JSON and in tiles.
pub fn class_name(class: Class) -> &'static str {
    match class {
        Class::Hot99 => "hot99",
        Class::Hot95 => "hot95",
        Class::Hot90 => "hot90",
        Class::None => "none",
        Class::Cold90 => "cold90",
        Class::Cold95 => "cold95",
        Class::Cold99 => "cold99",
        Class::NotEnough => "not_enough",
    }
}
