//! Conditional permutation tests of neighbourhood sums: each unit keeps its value, the others are shuffled.
//!
//! Gi, Gi* and local Moran's I are monotone in the sum over a unit's neighbours, so one test serves all.
//!
//! * L. Anselin (1995) Local indicators of spatial association: LISA. Geographical Analysis 27:93–115,
//!   [doi:10.1111/j.1538-4632.1995.tb00338.x](https://doi.org/10.1111/j.1538-4632.1995.tb00338.x)

use std::num::NonZeroU32;

use super::conditional::LagMoments;
use super::each_unit::each_unit;
use super::float;
use super::getis_ord::{ValuesError, check};
use super::tails::Tails;
use super::weights::Weights;
use crate::random::Random;

/// Sums that differ by less than this share of their size are ties: they were added in another order.
const TIE: f64 = 1e-9;
/// Where large values cancel, what rounding may leave, as a share of their size.
const CANCELLED: f64 = 1e-13;

/// What the shuffles say of a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Permuted {
    /// How often they reach what was observed.
    pub tails: Tails,
    /// Mean and variance of the simulated sums over the neighbours, the unit itself left out: those of
    /// [`lag_moments`](super::conditional::lag_moments) but for chance. The variance divides by `R`.
    pub simulated: LagMoments,
}

/// Conditional permutation probabilities of every unit's neighbourhood sum.
///
/// # Parameters
///
/// * `values`: one finite number per unit.
/// * `weights`: neighbours without the unit itself.
/// * `permutations`: how many, `R`; the smallest two-sided probability is `2/(R + 1)`.
/// * `random`: the generator; the same one gives the same answer.
///
/// # Returns
///
/// One per unit: `(#{simulated ≥ observed} + 1)/(R + 1)` and likewise below, ties within 10⁻⁹ counting on
/// both sides. `None` for a unit without neighbours or with fewer than two others.
///
/// # Errors
///
/// [`ValuesError`] when the lengths differ or a value is not finite.
///
/// # Algorithm
///
/// Binary rows of `k` neighbours share one reference: `R` ordered draws of `k + 1` units without replacement,
/// whose first `k` values are summed and sorted. A unit's counts are found by bisection; in the draws
/// that hold the unit itself it is replaced by the `(k + 1)`-th, which makes each unit's reference exactly its
/// conditional one. `O(R·(k + log R))` for each distinct `k` and `O(k + log R)` a unit. Rows with other
/// weights draw for themselves, `O(R·k)` a row.
///
/// # Notes
///
/// Units share draws, so their probabilities depend on each other while each is valid on its own. Integer
/// values have an exact answer in [`exact`](super::exact).
pub fn permutation_test(
    values: &[f64],
    weights: &Weights,
    permutations: NonZeroU32,
    random: &mut Random,
) -> Result<Vec<Option<Tails>>, ValuesError> {
    let found = permuted(values, weights, permutations, random)?;
    Ok(found.into_iter().map(|unit| unit.map(|unit| unit.tails)).collect())
}

/// The same with the moments of what was simulated, by which the shuffles themselves can be checked.
///
/// # Errors
///
/// As [`permutation_test`].
pub fn permuted(
    values: &[f64],
    weights: &Weights,
    permutations: NonZeroU32,
    random: &mut Random,
) -> Result<Vec<Option<Permuted>>, ValuesError> {
    check(values, weights)?;
    if values.len() < 3 {
        return Ok(vec![None; values.len()]);
    }
    let mut draws = Draws::new(values.len());
    if !weights.is_binary() {
        let mut alone = |unit| alone(values, weights, unit, permutations, &mut draws, random);
        return Ok((0..values.len()).map(|unit| (weights.degree(unit) > 0).then(|| alone(unit))).collect());
    }
    let most = (0..values.len()).map(|unit| weights.degree(unit)).max().unwrap_or(0);
    let mut there_is = vec![false; most + 1];
    for unit in 0..values.len() {
        there_is[weights.degree(unit)] = true;
    }
    let references: Vec<Option<Reference>> = there_is
        .iter()
        .enumerate()
        .map(|(k, there_is)| {
            (k > 0 && *there_is)
                .then(|| Reference::draw(k, values, weights, permutations, &mut draws, random))
        })
        .collect();
    let mut found = each_unit(
        values.len(),
        |unit| tied(values, weights, unit),
        |unit, &tied| {
            references[weights.degree(unit)].as_ref().map(|reference| reference.permuted(tied, &[]))
        },
    );
    for reference in references.iter().flatten() {
        // Few units were drawn themselves; theirs are counted once more, and put right.
        for own in reference.own.chunk_by(|a, b| a.unit == b.unit) {
            let unit = own[0].unit;
            found[unit] = Some(reference.permuted(tied(values, weights, unit), own));
        }
    }
    Ok(found)
}

/// What the units of one degree are compared with.
struct Reference {
    /// From the smallest.
    sums: Vec<f64>,
    moments: Sums,
    /// The draws that hold a unit of this degree, by unit.
    own: Vec<Own>,
}

/// A draw that holds the unit itself.
struct Own {
    unit: usize,
    /// The sum with it among the first `k`.
    with: f64,
    /// The sum that counts for it: with the one after them in its stead.
    without: f64,
}

impl Reference {
    fn draw(
        k: usize,
        values: &[f64],
        weights: &Weights,
        permutations: NonZeroU32,
        draws: &mut Draws,
        random: &mut Random,
    ) -> Self {
        let mut sums = Vec::with_capacity(permutations.get() as usize);
        let mut own: Vec<Own> = Vec::new();
        for _ in 0..permutations.get() {
            // A unit is never its own neighbour: k is below the number of units, and k + 1 can be drawn.
            let order = draws.draw(k + 1, random);
            let with: f64 = order[..k].iter().map(|&unit| values[unit as usize]).sum();
            for &unit in &order[..k] {
                if weights.degree(unit as usize) == k {
                    let others = order.iter().filter(|&&other| other != unit);
                    let without = others.map(|&other| values[other as usize]).sum();
                    own.push(Own { unit: unit as usize, with, without });
                }
            }
            sums.push(with);
        }
        own.sort_by_key(|own| own.unit);
        let mut moments = Sums::about(sums[0]);
        for &sum in &sums {
            moments.add(sum, 1.0);
        }
        sums.sort_unstable_by(f64::total_cmp);
        Self { sums, moments, own }
    }

    /// What the draws say of a unit, given its own.
    fn permuted(&self, (least, most): (f64, f64), own: &[Own]) -> Permuted {
        let below = self.sums.partition_point(|&sum| sum < least);
        let (mut upper, mut lower) =
            (float(self.sums.len() - below), float(self.sums.partition_point(|&sum| sum <= most)));
        let mut moments = self.moments;
        for Own { with, without, .. } in own {
            upper += f64::from(*without >= least) - f64::from(*with >= least);
            lower += f64::from(*without <= most) - f64::from(*with <= most);
            moments.add(*with, -1.0);
            moments.add(*without, 1.0);
        }
        let total = float(self.sums.len());
        let tails = Tails { upper: (upper + 1.0) / (total + 1.0), lower: (lower + 1.0) / (total + 1.0) };
        Permuted { tails, simulated: moments.moments(total) }
    }
}

/// Sums of numbers and of their squares, about a number near their mean so that little cancels.
#[derive(Debug, Clone, Copy)]
struct Sums {
    about: f64,
    sum: f64,
    squares: f64,
}

impl Sums {
    const fn about(about: f64) -> Self {
        Self { about, sum: 0.0, squares: 0.0 }
    }

    fn add(&mut self, number: f64, times: f64) {
        let off = number - self.about;
        self.sum += times * off;
        self.squares += times * off * off;
    }

    fn moments(self, count: f64) -> LagMoments {
        let mean = self.sum / count;
        LagMoments { mean: self.about + mean, variance: (self.squares / count - mean * mean).max(0.0) }
    }
}

/// One unit with weights of its own.
fn alone(
    values: &[f64],
    weights: &Weights,
    unit: usize,
    permutations: NonZeroU32,
    draws: &mut Draws,
    random: &mut Random,
) -> Permuted {
    let k = weights.degree(unit);
    let (least, most) = tied(values, weights, unit);
    let (mut upper, mut lower) = (1_u32, 1_u32);
    let mut sums = Sums::about(f64::midpoint(least, most));
    for _ in 0..permutations.get() {
        let order = draws.draw(k + 1, random);
        let mut others = order.iter().map(|&other| other as usize).filter(|&other| other != unit);
        let sum: f64 = weights
            .neighbours(unit)
            .map(|(_, weight)| weight * others.next().map_or(0.0, |other| values[other]))
            .sum();
        upper += u32::from(sum >= least);
        lower += u32::from(sum <= most);
        sums.add(sum, 1.0);
    }
    let total = f64::from(permutations.get()) + 1.0;
    let tails = Tails { upper: f64::from(upper) / total, lower: f64::from(lower) / total };
    Permuted { tails, simulated: sums.moments(total - 1.0) }
}

/// The smallest and the largest sum that counts as equal to the observed one.
fn tied(values: &[f64], weights: &Weights, unit: usize) -> (f64, f64) {
    let (mut sum, mut magnitude) = (0.0, 0.0_f64);
    for (other, weight) in weights.neighbours(unit) {
        sum += weight * values[other];
        magnitude += (weight * values[other]).abs();
    }
    let slack = TIE * sum.abs() + CANCELLED * magnitude;
    (sum - slack, sum + slack)
}

/// Ordered draws without replacement, by a shuffle that is undone after each draw.
struct Draws {
    order: Vec<u32>,
    swaps: Vec<(usize, usize)>,
}

impl Draws {
    fn new(units: usize) -> Self {
        let last = u32::try_from(units).expect("weights index units by 32 bits");
        Self { order: (0..last).collect(), swaps: Vec::new() }
    }

    /// The first `k` of a random order of all units.
    fn draw(&mut self, k: usize, random: &mut Random) -> &[u32] {
        for (a, b) in self.swaps.drain(..).rev() {
            self.order.swap(a, b);
        }
        for position in 0..k {
            let other = position + random.below(self.order.len() - position);
            self.order.swap(position, other);
            self.swaps.push((position, other));
        }
        &self.order[..k]
    }
}
