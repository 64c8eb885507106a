//! What changed between two releases, from their published tables alone.
//!
//! Two releases are two independent draws of noise over two states of a community, so their difference costs no
//! privacy and its noise is known: a standard deviation of `√(σ₁² + σ₂²)`, which for equal noise is `σ√2`
//! (specification §1.6). Every unit is tested for itself, and the probabilities are corrected over all units that
//! could be tested (Benjamini and Hochberg 1995,
//! [doi:10.1111/j.2517-6161.1995.tb02031.x](https://doi.org/10.1111/j.2517-6161.1995.tb02031.x)). The legibility gate
//! afterwards only hides: it never changes a q value.
//!
//! # What is not in the standard error
//!
//! A participant with places in more units than a release counts for one person is entered in some of them, drawn
//! anew for each release ([`bound`](super::bound)). Where many have so many, numbers move a little without anything
//! having changed.

use std::collections::HashMap;
use std::hash::Hash;

use h3o::{CellIndex, Resolution};
use uuid::Uuid;

use crate::stats::normal::two_sided;
use crate::stats::significance::{Class, benjamini_hochberg};

use super::legible::{LEGIBLE_PEOPLE, legible_cells};
use super::measures::{Raw, quality_raw, relative_raw, sigma};
use super::picture::{NINETY_PERCENT, plain};
use super::published::{CellTable, NeighbourhoodRow, NeighbourhoodTable, Published};

/// The differences of one measure between two releases.
#[derive(Debug, Clone, PartialEq)]
pub struct DifferenceTable<U> {
    /// How many units were tested: what the q values are corrected for.
    pub n_tested: usize,
    /// Every unit that is in both releases, in the later table's order.
    pub rows: Vec<Difference<U>>,
}

/// One unit. What has a change may still have too few people to be called more or fewer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference<U> {
    /// The cell or neighbourhood.
    pub unit: U,
    /// The noisy number of participants in the later release.
    pub people: i64,
    /// The noisy number of participants in the earlier one.
    pub people_before: i64,
    /// Later minus earlier; `None` where a measure has no number in both.
    pub change: Option<Change>,
    /// The difference in standard errors; `None` when there is not enough information.
    pub z: Option<f64>,
    /// Its probability after Benjamini-Hochberg; `None` when there is not enough information.
    pub q: Option<f64>,
    /// Hot: more than before. Cold: less.
    pub class: Class,
}

/// A difference with its 90% interval, in the measure's own unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// Later minus earlier.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// What two releases cannot be compared by.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DifferenceError {
    /// Cells of two sizes.
    #[error(
        "the later release has cells of H3 resolution {later}, the earlier one of {earlier}; cells of two sizes cannot be compared, neighbourhoods can"
    )]
    Resolutions {
        /// Of the later release.
        later: Resolution,
        /// Of the earlier one.
        earlier: Resolution,
    },
    /// Not one unit is in both.
    #[error(
        "the two releases have no unit in common: the later one has {later}, the earlier one {earlier}, none of them the same"
    )]
    NoCommonUnits {
        /// Units of the later release.
        later: usize,
        /// Units of the earlier one.
        earlier: usize,
    },
}

/// Where participants mapped more or less than before, by cell.
///
/// # Parameters
///
/// * `later`, `earlier`: layer H of two releases.
///
/// # Returns
///
/// A row per cell of both. A cell shows z, q and a class only where it is legible in at least one of the two: where
/// the noisy sum over itself and its touching cells is at least `2σ√7`, as in
/// [`cell_hotspots`](super::picture::cell_hotspots).
///
/// # Errors
///
/// [`DifferenceError`] for cells of two sizes and for none in common.
pub fn cell_difference(
    later: &Published<CellTable>,
    earlier: &Published<CellTable>,
) -> Result<DifferenceTable<CellIndex>, DifferenceError> {
    let (late, early) = (later.table(), earlier.table());
    if let (Some(a), Some(b)) = (late.cells().first(), early.cells().first())
        && a.0.resolution() != b.0.resolution()
    {
        return Err(DifferenceError::Resolutions { later: a.0.resolution(), earlier: b.0.resolution() });
    }
    let (legible_late, legible_early) = (legible_cells(late), legible_cells(early));
    let sum = variance(late) + variance(early);
    let pairs = common(late.cells(), early.cells(), |row| row.0)?;
    let people = pairs.iter().map(|&(a, b)| (late.cells()[a].1, early.cells()[b].1));
    let tested: Vec<_> = pairs
        .iter()
        .zip(people)
        .map(|(&(a, b), (people, before))| Tested {
            unit: late.cells()[a].0,
            people,
            people_before: before,
            raw: Some(Raw { value: plain(people) - plain(before), variance: sum }),
            legible: legible_late[a] || legible_early[b],
        })
        .collect();
    Ok(differences(tested))
}

/// Where participants mapped more or less than before, by neighbourhood.
///
/// # Parameters
///
/// * `later`, `earlier`: layer N of two releases.
///
/// # Returns
///
/// A row per neighbourhood of both. A neighbourhood shows z, q and a class only where the noisy number of participants
/// is at least [`LEGIBLE_PEOPLE`] in one of the two.
///
/// # Errors
///
/// [`DifferenceError::NoCommonUnits`].
pub fn concentration_difference(
    later: &Published<NeighbourhoodTable>,
    earlier: &Published<NeighbourhoodTable>,
) -> Result<DifferenceTable<Uuid>, DifferenceError> {
    let noise = sigma(later).powi(2) + sigma(earlier).powi(2);
    let number =
        |table: &Published<NeighbourhoodTable>, index: usize| plain(table.table().rows()[index].people());
    by_neighbourhood(
        later,
        earlier,
        |people, before| people.max(before) >= LEGIBLE_PEOPLE,
        |a, b| Some(Raw { value: number(later, a) - number(earlier, b), variance: noise }),
    )
}

/// More or fewer participants per 1,000 residents than before.
///
/// # Parameters
///
/// * `later`, `earlier`: layer N of two releases.
/// * `residents`: how many live in a neighbourhood, the same for both releases, so that the difference is one of
///   participants and never of two countings of residents; `None` where nobody knows.
///
/// # Returns
///
/// A row per neighbourhood of both, with a number only where its residents are known and the noisy number of
/// participants is at least [`LEGIBLE_PEOPLE`] in both releases.
///
/// # Errors
///
/// [`DifferenceError::NoCommonUnits`].
///
/// # Algorithm
///
/// The difference of the rates as they were counted, NOT of the shrunken ones: each release is shrunk towards its own
/// mean by its own measure, so that their difference would mix the change of the neighbourhood with that of the town.
/// The variances of both, of taking part and of the noise ([`relative`](super::measures::relative)), are added. That
/// holds for two groups of people who have nothing to do with one another. Where many are in both, they make the two
/// rates alike (their covariance is positive), the difference varies less than the sum says, and the interval is
/// rather too wide than too narrow.
pub fn relative_difference(
    later: &Published<NeighbourhoodTable>,
    earlier: &Published<NeighbourhoodTable>,
    residents: impl Fn(Uuid) -> Option<u32>,
) -> Result<DifferenceTable<Uuid>, DifferenceError> {
    let of = |table: &Published<NeighbourhoodTable>| -> Vec<_> {
        table.table().rows().iter().map(|row| residents(row.id())).collect()
    };
    let (of_later, of_earlier) = (of(later), of(earlier));
    let (late, early) = (relative_raw(later, &of_later), relative_raw(earlier, &of_earlier));
    ratios(later, earlier, |a, b| late(a).zip(early(b)).map(minus))
}

/// Places experienced as better or worse than before: the difference of the means of valence, −2..=2.
///
/// # Parameters
///
/// * `later`, `earlier`: layer N of two releases.
///
/// # Returns
///
/// A row per neighbourhood of both, with a number only where the noisy number of participants is at least
/// [`LEGIBLE_PEOPLE`] in both releases.
///
/// # Errors
///
/// [`DifferenceError::NoCommonUnits`].
///
/// # Algorithm
///
/// Unshrunk, with the variances of both ([`quality`](super::measures::quality)) added, for the reasons of
/// [`relative_difference`]: conservative where the same people are in both.
pub fn quality_difference(
    later: &Published<NeighbourhoodTable>,
    earlier: &Published<NeighbourhoodTable>,
) -> Result<DifferenceTable<Uuid>, DifferenceError> {
    let (late, early) = (quality_raw(later), quality_raw(earlier));
    ratios(later, earlier, |a, b| Some(minus((late(a), early(b)))))
}

/// Ratios, which are noise alone on next to nobody: with no number, and no test, unless there are enough people in
/// both releases.
fn ratios(
    later: &Published<NeighbourhoodTable>,
    earlier: &Published<NeighbourhoodTable>,
    raw: impl Fn(usize, usize) -> Option<Raw>,
) -> Result<DifferenceTable<Uuid>, DifferenceError> {
    let in_both = |people: i64, before: i64| people.min(before) >= LEGIBLE_PEOPLE;
    let people = |table: &Published<NeighbourhoodTable>, index: usize| table.table().rows()[index].people();
    by_neighbourhood(later, earlier, in_both, |a, b| {
        if in_both(people(later, a), people(earlier, b)) { raw(a, b) } else { None }
    })
}

fn minus((late, early): (Raw, Raw)) -> Raw {
    Raw { value: late.value - early.value, variance: late.variance + early.variance }
}

fn variance(table: &CellTable) -> f64 {
    // A discrete Gaussian varies by at most σ² (Canonne, Kamath and Steinke 2020, arXiv:2004.00010, corollary 9).
    plain(table.sigma().get().cast_signed()).powi(2)
}

/// The places in both tables of what is in both, in the later one's order.
fn common<R, U: Eq + Hash>(
    later: &[R],
    earlier: &[R],
    unit: impl Fn(&R) -> U,
) -> Result<Vec<(usize, usize)>, DifferenceError> {
    let before: HashMap<U, usize> =
        earlier.iter().enumerate().map(|(index, row)| (unit(row), index)).collect();
    let pairs: Vec<_> =
        later.iter().enumerate().filter_map(|(index, row)| Some((index, *before.get(&unit(row))?))).collect();
    if pairs.is_empty() {
        return Err(DifferenceError::NoCommonUnits { later: later.len(), earlier: earlier.len() });
    }
    Ok(pairs)
}

fn by_neighbourhood(
    later: &Published<NeighbourhoodTable>,
    earlier: &Published<NeighbourhoodTable>,
    legible: impl Fn(i64, i64) -> bool,
    raw: impl Fn(usize, usize) -> Option<Raw>,
) -> Result<DifferenceTable<Uuid>, DifferenceError> {
    let (late, early) = (later.table().rows(), earlier.table().rows());
    let tested: Vec<_> = common(late, early, NeighbourhoodRow::id)?
        .into_iter()
        .map(|(a, b)| {
            let (people, people_before) = (late[a].people(), early[b].people());
            let legible = legible(people, people_before);
            Tested { unit: late[a].id(), people, people_before, raw: raw(a, b), legible }
        })
        .collect();
    Ok(differences(tested))
}

struct Tested<U> {
    unit: U,
    people: i64,
    people_before: i64,
    raw: Option<Raw>,
    legible: bool,
}

fn differences<U>(tested: Vec<Tested<U>>) -> DifferenceTable<U> {
    let score = |raw: &Raw| raw.value / raw.variance.sqrt();
    let p: Vec<_> = tested.iter().map(|unit| unit.raw.as_ref().map(|raw| two_sided(score(raw)))).collect();
    let adjusted = benjamini_hochberg(&p);
    let rows = tested.into_iter().zip(&adjusted.q).map(
        |(Tested { unit, people, people_before, raw, legible }, q)| {
            let change = raw.map(|raw| {
                let half = NINETY_PERCENT * raw.variance.sqrt();
                Change { value: raw.value, low: raw.value - half, high: raw.value + half }
            });
            let (z, q) = if legible { (raw.as_ref().map(score), *q) } else { (None, None) };
            Difference { unit, people, people_before, change, z, q, class: Class::new(z, q) }
        },
    );
    DifferenceTable { n_tested: adjusted.tested, rows: rows.collect() }
}

#[cfg(test)]
#[path = "difference_tests.rs"]
mod tests;
