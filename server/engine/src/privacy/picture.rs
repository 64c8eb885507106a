//! Hot spots of a release, from its published tables alone.
//!
//! Everything here is computed from numbers that are public already, so it costs no privacy. The statistics
//! run on the noisy integers unclamped: independent noise keeps units exchangeable under the null
//! hypothesis, while clamping at zero makes hot spots out of nothing.
//!
//! Probabilities are exact (specification §1.2): of each unit's neighbours, among all ways in which the other units'
//! numbers could lie around it, with its own number where it is. Counts are skewed where there are hot spots, and with
//! six neighbours the normal distribution then finds too many: one crowded cell alone would make seven hot ones.
//! A unit is hot only when its own score and its neighbours say the same, so that a crowded cell among empty ones is
//! none. Where the numbers are too large to tabulate (a range times neighbours beyond 20,000) the normal distribution
//! has to do, and the table says so.
//!
//! Tests are corrected over all units that can be tested. The legibility gate afterwards only hides: it never
//! changes a q value, so it does not depend on what one looks at.

use h3o::CellIndex;
use uuid::Uuid;

use crate::stats::cautions::{Caution, cautions};
use crate::stats::exact::exact_test;
use crate::stats::getis_ord::{LocalG, Scaling, Statistic, ValuesError, getis_ord};
use crate::stats::significance::{Class, benjamini_hochberg};
use crate::stats::tails::Tails;
use crate::stats::weights::{Weights, WeightsError};

use super::aggregate::KINDS;
use super::legible::{LEGIBLE_PEOPLE, LEGIBLE_TOTAL, legible_cells};
use super::published::{CellTable, NeighbourhoodTable, Published, TotalsTable};

/// Half the width of a 90% interval of normal noise, in standard deviations.
pub const NINETY_PERCENT: f64 = 1.645;
/// Neighbourhoods are compared with so many nearest ones.
pub const NEAREST: usize = 6;

/// Hot spots of one release and measure.
#[derive(Debug, Clone, PartialEq)]
pub struct HotspotTable<U> {
    /// How many units were tested: what the q values are corrected for.
    pub n_tested: usize,
    /// Whether q comes from exact probabilities rather than from the normal distribution.
    pub exact: bool,
    /// What readers should be careful about, worked out from the published numbers as everything here.
    pub cautions: Vec<Caution>,
    /// Every unit, in the published table's order.
    pub rows: Vec<Hotspot<U>>,
}

impl<U> Default for HotspotTable<U> {
    /// No unit at all.
    fn default() -> Self {
        Self { n_tested: 0, exact: true, cautions: Vec::new(), rows: Vec::new() }
    }
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
/// A row per cell. A cell shows z, q and a class only where it is legible with those that touch it:
/// [`legible`](super::legible).
///
/// # Errors
///
/// [`PictureError::Weights`] only for a stored table with cells of several resolutions. A table without
/// cells gives an empty picture.
pub fn cell_hotspots(published: &Published<CellTable>) -> Result<HotspotTable<CellIndex>, PictureError> {
    let table = published.table();
    let (cells, people): (Vec<_>, Vec<_>) = table.cells().iter().copied().unzip();
    if cells.is_empty() {
        return Ok(HotspotTable::default());
    }
    let weights = Weights::h3_rings(&cells, 1)?;
    let sigma = plain(table.sigma().get().cast_signed());
    let legible = legible_cells(table);
    picture(&cells, &people, &weights, sigma, |index| legible[index])
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
        0 => return Ok(HotspotTable::default()),
        1 => Weights::from_links(1, [])?,
        several => Weights::k_nearest(centroids, NEAREST.min(several - 1))?,
    };
    let sigma = plain(table.sigma().get().cast_signed());
    picture(&units, &people, &weights, sigma, |index| people[index] >= LEGIBLE_PEOPLE)
}

fn picture<U: Copy>(
    units: &[U],
    people: &[i64],
    weights: &Weights,
    sigma: f64,
    legible: impl Fn(usize) -> bool,
) -> Result<HotspotTable<U>, PictureError> {
    let values: Vec<f64> = people.iter().copied().map(plain).collect();
    let locals = getis_ord(&values, weights, Statistic::GiStar, Scaling::AsGiven)?;
    let exact = exact_p(&values, weights, &locals);
    let p = exact.clone().unwrap_or_else(|| locals.iter().map(LocalG::p).collect());
    let adjusted = benjamini_hochberg(&p);
    let rows = locals.iter().enumerate().map(|(index, local)| {
        let (value, people) = (values[index], people[index]);
        let (z, q) = if legible(index) { (local.z(), adjusted.q[index]) } else { (None, None) };
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
    Ok(HotspotTable {
        n_tested: adjusted.tested,
        exact: exact.is_some(),
        cautions: cautions(&values, weights),
        rows: rows.collect(),
    })
}

/// Twice the exact probability that the neighbours' sum lies as far out on the side of the unit's score; `None` where
/// the tables would be too large.
///
/// The side is that of Gi*, which holds the unit's own number, so under the null hypothesis this is at most `α` with
/// probability `α` at most.
fn exact_p(values: &[f64], weights: &Weights, locals: &[LocalG]) -> Option<Vec<Option<f64>>> {
    let tails = exact_test(values, weights).ok()?;
    let two_sided = |(local, tails): (&LocalG, Option<Tails>)| {
        let (z, tails) = (local.z()?, tails?);
        Some((2.0 * if z > 0.0 { tails.upper } else { tails.lower }).min(1.0))
    };
    Some(locals.iter().zip(tails).map(two_sided).collect())
}

/// A published number as a float.
#[expect(clippy::cast_precision_loss, reason = "numbers of people stay far below 2^53")]
pub(super) const fn plain(number: i64) -> f64 {
    number as f64
}
