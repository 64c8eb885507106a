//! What is checked, from outside.

use std::collections::{BTreeMap, BTreeSet};

use engine::privacy::accounting::DELTA;
use engine::privacy::aggregate::Contribution;
use engine::privacy::domain::Domain;
use engine::privacy::release::{
    ACTIVITIES_SIGMA, CELLS_SIGMA, NEIGHBOURHOODS_SIGMA, TOTALS_SIGMA, WIDE_NEIGHBOURHOODS_SIGMA,
};

use crate::bits::SplitMix;
use crate::clopper_pearson::{lower, upper};
use crate::databases::{TARGET, hostile, small_domain, target_everywhere, town, worst_target};
use crate::mechanism::{Answer, Mechanism, Size, float};

/// What is wrong with a mechanism.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Finding {
    /// A unit of the domain is missing, or there is one too many.
    Domain,
    /// A number is not whole.
    Lattice,
    /// Empty units are zero more or less often than the noise makes them.
    Zeros,
    /// The noise of empty units has another mean or spread than promised.
    Distribution,
    /// Somebody changes more than the noise is made for.
    Sensitivity,
    /// Two requests get different answers.
    RequestsDiffer,
    /// The noise of two releases is related.
    NoiseRepeats,
}

const EMPTY_RELEASES: usize = 120;
/// Standard errors; one in two million for a single test.
const FAR: f64 = 5.0;

/// Everything that is wrong.
pub fn findings(mechanism: &dyn Mechanism) -> BTreeSet<Finding> {
    let mut found = BTreeSet::new();
    let mut random = SplitMix(20_261_123);
    let town = town();
    let empty: Vec<Answer> =
        (0..EMPTY_RELEASES).map(|_| mechanism.publish(&town, &[], &mut random)(0)).collect();
    for answer in &empty {
        units(&town, answer, mechanism.size(), &mut found);
    }
    let cells: Vec<Vec<f64>> = empty.iter().map(|a| a.cells.iter().map(|(_, n)| *n).collect()).collect();
    let people: Vec<Vec<f64>> = empty.iter().map(|a| a.people.iter().map(|(_, n)| *n).collect()).collect();
    let valence: Vec<Vec<f64>> = empty.iter().map(|a| a.valence.clone()).collect();
    let totals: Vec<Vec<f64>> = empty.iter().map(|a| a.totals.clone()).collect();
    let kinds: Vec<Vec<f64>> = empty.iter().map(|a| a.kinds.concat()).collect();
    let activities: Vec<Vec<f64>> = empty.iter().map(|a| a.activities.concat()).collect();
    let sigma = neighbourhoods_sigma(mechanism);
    let sigmas = [CELLS_SIGMA, sigma, 16 * sigma, TOTALS_SIGMA, sigma, ACTIVITIES_SIGMA];
    let layers = [cells, people, valence, totals, kinds, activities];
    for (releases, sigma) in layers.iter().zip(sigmas).filter(|(releases, _)| !releases[0].is_empty()) {
        let sigma = float(sigma.cast_signed());
        noise(&releases.concat(), sigma, &mut found);
        if related(releases) {
            found.insert(Finding::NoiseRepeats);
        }
    }
    sensitivity(mechanism, &mut found);
    let release = mechanism.publish(&small_domain(), &worst_target(), &mut random);
    let first = release(0);
    if (1..10_000).any(|request| release(request) != first) {
        found.insert(Finding::RequestsDiffer);
    }
    found
}

/// The noise that layer N has.
fn neighbourhoods_sigma(mechanism: &dyn Mechanism) -> u64 {
    if mechanism.is_wide() { WIDE_NEIGHBOURHOODS_SIGMA } else { NEIGHBOURHOODS_SIGMA }
}

fn units(domain: &Domain, answer: &Answer, size: Size, found: &mut BTreeSet<Finding>) {
    if !answer.cells.iter().map(|(cell, _)| cell).eq(domain.cells())
        || !answer.people.iter().map(|(id, _)| id).eq(domain.neighbourhoods())
        || answer.valence.len() != domain.neighbourhoods().len()
        || answer.totals.len() != 7
        || answer.kinds.len() != if size.is_wide() { domain.neighbourhoods().len() } else { 0 }
        || answer.activities.len() != if size == Size::Diverse { domain.neighbourhoods().len() } else { 0 }
    {
        found.insert(Finding::Domain);
    }
    if numbers(answer).any(|number| number.fract() != 0.0) {
        found.insert(Finding::Lattice);
    }
}

fn numbers(answer: &Answer) -> impl Iterator<Item = f64> {
    let cells = answer.cells.iter().map(|(_, people)| *people);
    cells
        .chain(answer.people.iter().map(|(_, people)| *people))
        .chain(answer.valence.iter().copied())
        .chain(answer.totals.iter().copied())
        .chain(answer.kinds.iter().flatten().copied())
        .chain(answer.activities.iter().flatten().copied())
}

/// The noise alone, of units where nobody is.
fn noise(drawn: &[f64], sigma: f64, found: &mut BTreeSet<Finding>) {
    let n = drawn.iter().map(|_| 1.0).sum::<f64>();
    let zero = 1.0 / (-2_000..=2_000).map(|x| (-(f64::from(x) / sigma).powi(2) / 2.0).exp()).sum::<f64>();
    let zeros = drawn.iter().filter(|number| **number == 0.0).map(|_| 1.0).sum::<f64>() / n;
    // One more in n, where zeros are few.
    if (zeros - zero).abs() > FAR * (zero * (1.0 - zero) / n).sqrt() + 1.0 / n {
        found.insert(Finding::Zeros);
    }
    let mean = drawn.iter().sum::<f64>() / n;
    let variance = drawn.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
    if mean.abs() > FAR * sigma / n.sqrt() || (variance / sigma.powi(2) - 1.0).abs() > FAR * (2.0 / n).sqrt()
    {
        found.insert(Finding::Distribution);
    }
}

/// Whether one release tells something of the next one's noise.
fn related(releases: &[Vec<f64>]) -> bool {
    let pairs = releases.windows(2).flat_map(|pair| pair[0].iter().zip(&pair[1]));
    let (mut both, mut first, mut second, mut n) = (0.0, 0.0, 0.0, 0.0);
    for (a, b) in pairs {
        both += a * b;
        first += a * a;
        second += b * b;
        n += 1.0;
    }
    let scale = f64::sqrt(first * second);
    scale > 0.0 && (both / scale).abs() > FAR / f64::sqrt(n)
}

/// The same bits with and without somebody: the noise falls out, and what the person changes is left.
fn sensitivity(mechanism: &dyn Mechanism, found: &mut BTreeSet<Finding>) {
    let town = town();
    let databases = (0..40).map(|seed| hostile(seed, 5)).chain([worst_target(), target_everywhere()]);
    for (seed, with) in (1_000..).zip(databases) {
        let without: Vec<Contribution> = with.iter().filter(|p| p.participant != TARGET).copied().collect();
        let a = mechanism.publish(&town, &with, &mut SplitMix(seed))(0);
        let b = mechanism.publish(&town, &without, &mut SplitMix(seed))(0);
        units(&town, &a, mechanism.size(), found);
        units(&town, &b, mechanism.size(), found);
        let cells = changes(&a.cells, &b.cells);
        let people = changes(&a.people, &b.people);
        let sums = |answer: &Answer| -> Vec<_> {
            answer.people.iter().zip(&answer.valence).map(|((id, _), sum)| (*id, *sum)).collect()
        };
        let valence = changes(&sums(&a), &sums(&b));
        let kinds: Vec<f64> = a.kinds.concat().iter().zip(&b.kinds.concat()).map(|(a, b)| a - b).collect();
        let totals: Vec<f64> = a.totals.iter().zip(&b.totals).map(|(a, b)| a - b).collect();
        let activities: Vec<f64> =
            a.activities.concat().iter().zip(&b.activities.concat()).map(|(a, b)| a - b).collect();
        let squares = |changes: &[f64]| changes.iter().map(|change| change * change).sum::<f64>();
        // In sixteenths, 256 to the square of a whole step.
        if cells.len() > 8
            || squares(&cells) > 8.0
            || squares(&totals) > 7.0
            || people.len() > 4
            || valence.len() > 4
            || squares(&kinds) > 28.0
            || squares(&activities) > 4.0
            || 256.0 * squares(&people) + squares(&valence) > 8.0 * 256.0
        {
            found.insert(Finding::Sensitivity);
        }
    }
}

/// By how much units differ, where they do.
fn changes<U: Ord + Copy>(a: &[(U, f64)], b: &[(U, f64)]) -> Vec<f64> {
    let mut by_unit: BTreeMap<U, f64> = a.iter().copied().collect();
    for (unit, number) in b {
        *by_unit.entry(*unit).or_default() -= number;
    }
    by_unit.into_values().filter(|change| *change != 0.0).collect()
}

/// The largest ε that runs with and without somebody prove, with 99.9 % confidence for each threshold.
///
/// # Algorithm
///
/// 1. The attacker knows that nobody else is there, all of the target's places, and the mechanism.
/// 2. The statistic is the likelihood ratio of "in all units" against "in none": `Σ Δ·x / σ²`.
/// 3. For thresholds fixed in advance, in standard deviations of the statistic without the target:
///    `ln((lower bound of P − δ) / upper bound of P′)`, in both directions; the largest counts.
pub fn audit(mechanism: &dyn Mechanism, domain: &Domain, target: &[Contribution], runs: u64) -> f64 {
    let cells_variance = float((CELLS_SIGMA * CELLS_SIGMA).cast_signed());
    let variance = float(neighbourhoods_sigma(mechanism).pow(2).cast_signed());
    let totals_variance = float((TOTALS_SIGMA * TOTALS_SIGMA).cast_signed());
    let statistic = |answer: &Answer| {
        let cells: f64 = answer.cells.iter().map(|(_, people)| people).sum();
        let people: f64 = answer.people.iter().map(|(_, people)| people).sum();
        // 16 sixteenths against a variance of 256 times as many.
        let valence: f64 = answer.valence.iter().sum::<f64>() / 16.0;
        let totals: f64 = answer.totals.iter().sum();
        let kinds: f64 = answer.kinds.iter().flatten().sum();
        // The attacker does not know the key, so not which of the target's activities counts: only that one does.
        let activities: f64 = answer.activities.iter().map(likely).sum();
        cells / cells_variance + (people + valence + kinds) / variance + totals / totals_variance + activities
    };
    let float_len = |len: usize| float(i64::try_from(len).unwrap());
    let deviation = (float_len(domain.cells().len()) / cells_variance
        + if mechanism.is_wide() { 9.0 } else { 2.0 } * float_len(domain.neighbourhoods().len()) / variance
        + 7.0 / totals_variance
        + if mechanism.size() == Size::Diverse { float_len(domain.neighbourhoods().len()) } else { 0.0 }
            / float(ACTIVITIES_SIGMA.pow(2).cast_signed()))
    .sqrt();
    // Hits beyond each threshold, above and below.
    let thresholds: Vec<f64> = (2..=20).map(|quarter| f64::from(quarter) / 4.0).collect();
    let hits = |database: &[Contribution], seed: u64| -> Vec<[u64; 2]> {
        let mut random = SplitMix(seed);
        let mut hits = vec![[0; 2]; thresholds.len()];
        for _ in 0..runs {
            let z = statistic(&mechanism.publish(domain, database, &mut random)(0)) / deviation;
            for (hit, threshold) in hits.iter_mut().zip(&thresholds) {
                hit[0] += u64::from(z >= *threshold);
                hit[1] += u64::from(z <= -*threshold);
            }
        }
        hits
    };
    let (with, without) = std::thread::scope(|scope| {
        let with = scope.spawn(|| hits(target, 1));
        let without = hits(&[], 1 << 40);
        (with.join().unwrap(), without)
    });
    let shows = |of: u64, against: u64| ((lower(of, runs, 1e-3) - DELTA) / upper(against, runs, 1e-3)).ln();
    let bounds = with.iter().zip(&without).flat_map(|(with, without)| {
        // Above, the target shows by being there; below, by being away.
        [shows(with[0], without[0]), shows(without[1], with[1])]
    });
    bounds.filter(|bound| !bound.is_nan()).fold(0.0, f64::max)
}

/// The logarithm of the likelihood ratio of "one of the eight is one more" against "none is".
fn likely(people: &[f64; 8]) -> f64 {
    let variance = float(ACTIVITIES_SIGMA.pow(2).cast_signed());
    (people.iter().map(|n| ((n - 0.5) / variance).exp()).sum::<f64>() / 8.0).ln()
}
