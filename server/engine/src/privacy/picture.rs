//! Hot spots of a release, from its published tables alone.
//!
//! Everything here is computed from numbers that are public already, so it costs no privacy. The statistics
//! run on the noisy integers unclamped: independent noise keeps units exchangeable under the null
//! hypothesis, while clamping at zero makes hot spots out of nothing.
//!
//! Tests are corrected over all units that can be tested. The legibility gate afterwards only hides: it never
//! changes a q value, so it does not depend on what one looks at.

use h3o::CellIndex;
use uuid::Uuid;

use crate::stats::getis_ord::{LocalG, Scaling, Statistic, ValuesError, getis_ord};
use crate::stats::significance::{Class, benjamini_hochberg};
use crate::stats::weights::{Weights, WeightsError};

use super::aggregate::KINDS;
use super::published::{CellTable, NeighbourhoodTable, Published, TotalsTable};

/// Half the width of a 90% interval of normal noise, in standard deviations.
pub const NINETY_PERCENT: f64 = 1.645;
/// A neighbourhood shows a class from this noisy number of participants on.
pub const LEGIBLE_PEOPLE: i64 = 30;
/// A number of the whole community says something from this noisy number of participants on.
pub const LEGIBLE_TOTAL: i64 = 40;
/// Neighbourhoods are compared with so many nearest ones.
pub const NEAREST: usize = 6;

/// Hot spots of one release and measure.
#[derive(Debug, Clone, PartialEq)]
pub struct HotspotTable<U> {
    /// How many units were tested: what the q values are corrected for.
    pub n_tested: usize,
    /// Every unit, in the published table's order.
    pub rows: Vec<Hotspot<U>>,
}

/// One unit, with all that a value must never be shown without.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hotspot<U> {
    /// The cell or neighbourhood.
    pub unit: U,
    /// The noisy value: participants. It may be negative.
    pub value: f64,
    /// The lower end of its 90% interval from the noise.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The noisy number of participants.
    pub people: i64,
    /// The Gi* score; `None` when there is not enough information.
    pub z: Option<f64>,
    /// Its probability after Benjamini-Hochberg; `None` when there is not enough information.
    pub q: Option<f64>,
    /// What a map may say.
    pub class: Class,
}

/// Why there is no picture.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum PictureError {
    /// The units have no usable neighbourhood relation.
    #[error("the neighbourhood relation: {0}")]
    Weights(#[from] WeightsError),
    /// The statistic could not be computed.
    #[error("the statistic: {0}")]
    Statistic(#[from] ValuesError),
    /// Not one centroid per neighbourhood.
    #[error("there are {centroids} centroids for {rows} neighbourhoods")]
    Centroids {
        /// The number of centroids.
        centroids: usize,
        /// The number of neighbourhoods in the table.
        rows: usize,
    },
}

/// A number of the whole community.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Total {
    /// One of the [`KINDS`].
    pub kind: &'static str,
    /// The noisy number of participants with a place of the kind. It may be negative.
    pub people: i64,
    /// The lower end of its 90% interval from the noise.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Whether it says something: from [`LEGIBLE_TOTAL`] on.
    pub enough: bool,
}

/// The whole community by kind.
pub fn totals(published: &Published<TotalsTable>) -> Vec<Total> {
    let table = published.table();
    let half = NINETY_PERCENT * plain(table.sigma().get().cast_signed());
    let total = |(&kind, &people): (&&'static str, &i64)| {
        let value = plain(people);
        Total { kind, people, low: value - half, high: value + half, enough: people >= LEGIBLE_TOTAL }
    };
    KINDS.iter().zip(table.people()).map(total).collect()
}

/// Where participants mapped most: Gi* of the published numbers of participants per cell.
///
/// # Parameters
///
/// * `published`: layer H of a release.
///
/// # Returns
///
/// A row per cell. A cell shows z, q and a class only when the noisy sum over itself and its touching cells
/// is at least `2σ√7` (48 for σ = 9): two standard deviations of that sum's noise.
///
/// # Errors
///
/// [`PictureError::Weights`] only for a stored table with cells of several resolutions. A table without
/// cells gives an empty picture.
pub fn cell_hotspots(published: &Published<CellTable>) -> Result<HotspotTable<CellIndex>, PictureError> {
    let table = published.table();
    let (cells, people): (Vec<_>, Vec<_>) = table.cells().iter().copied().unzip();
    if cells.is_empty() {
        return Ok(HotspotTable { n_tested: 0, rows: Vec::new() });
    }
    let weights = Weights::h3_rings(&cells, 1)?;
    let sigma = plain(table.sigma().get().cast_signed());
    let legible = 2.0 * sigma * 7.0_f64.sqrt();
    // Binary weights as given: the lag of Gi* is the sum over the cell and its neighbours.
    picture(&cells, &people, &weights, sigma, |_, local| local.lag() >= legible)
}

/// Where participants mapped most: Gi* of the published numbers of participants per neighbourhood, compared
/// with the 6 nearest ones.
///
/// # Parameters
///
/// * `published`: layer N of a release.
/// * `centroids`: `(easting, northing)` in metres of a projected plane, in the table's order.
///
/// # Returns
///
/// A row per neighbourhood. One shows z, q and a class only from a noisy number of [`LEGIBLE_PEOPLE`] on.
///
/// # Errors
///
/// [`PictureError`] when centroids are missing or not finite. A table without neighbourhoods gives an
/// empty picture.
pub fn neighbourhood_hotspots(
    published: &Published<NeighbourhoodTable>,
    centroids: &[(f64, f64)],
) -> Result<HotspotTable<Uuid>, PictureError> {
    let table = published.table();
    let (units, people): (Vec<_>, Vec<_>) = table.rows().iter().map(|row| (row.id(), row.people())).unzip();
    if centroids.len() != units.len() {
        return Err(PictureError::Centroids { centroids: centroids.len(), rows: units.len() });
    }
    let weights = match units.len() {
        0 => return Ok(HotspotTable { n_tested: 0, rows: Vec::new() }),
        1 => Weights::from_links(1, [])?,
        several => Weights::k_nearest(centroids, NEAREST.min(several - 1))?,
    };
    let sigma = plain(table.sigma().get().cast_signed());
    picture(&units, &people, &weights, sigma, |people, _| people >= LEGIBLE_PEOPLE)
}

fn picture<U: Copy>(
    units: &[U],
    people: &[i64],
    weights: &Weights,
    sigma: f64,
    legible: impl Fn(i64, &LocalG) -> bool,
) -> Result<HotspotTable<U>, PictureError> {
    let values: Vec<f64> = people.iter().copied().map(plain).collect();
    let locals = getis_ord(&values, weights, Statistic::GiStar, Scaling::AsGiven)?;
    let adjusted = benjamini_hochberg(&locals.iter().map(LocalG::p).collect::<Vec<_>>());
    let rows = locals.iter().enumerate().map(|(index, local)| {
        let (value, people) = (values[index], people[index]);
        let (z, q) = if legible(people, local) { (local.z(), adjusted.q[index]) } else { (None, None) };
        Hotspot {
            unit: units[index],
            value,
            low: value - NINETY_PERCENT * sigma,
            high: value + NINETY_PERCENT * sigma,
            people,
            z,
            q,
            class: Class::new(z, q),
        }
    });
    Ok(HotspotTable { n_tested: adjusted.tested, rows: rows.collect() })
}

/// A published number as a float.
#[expect(clippy::cast_precision_loss, reason = "numbers of people stay far below 2^53")]
pub(super) const fn plain(number: i64) -> f64 {
    number as f64
}
