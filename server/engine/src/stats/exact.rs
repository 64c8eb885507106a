//! The exact conditional distribution of a neighbourhood sum, for whole numbers such as counts.
//!
//! A permutation test only estimates these probabilities; here no number is random.

use std::collections::{BTreeMap, HashMap};

use super::getis_ord::{ValuesError, check};
use super::tails::Tails;
use super::weights::Weights;

/// The largest range of values times neighbours that is tabulated.
const MOST_SUMS: usize = 20_000;
/// The most products that one table may take: about a second.
const MOST_WORK: usize = 400_000_000;

/// Why exact probabilities are not to be had.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ExactError {
    /// Values and weights do not fit.
    #[error(transparent)]
    Values(#[from] ValuesError),
    /// A value is no whole number.
    #[error("the value {value} of unit {unit} is not a whole number; use permutations or the normal form")]
    NotWhole {
        /// The unit.
        unit: usize,
        /// Its value.
        value: f64,
    },
    /// A weight is not 1.
    #[error("exact probabilities need weights of 1; use permutations or the normal form")]
    NotBinary,
    /// The tables would be too large.
    #[error(
        "values over a range of {range} with up to {neighbours} neighbours need too large a table; use \
         permutations or the normal form"
    )]
    TooLarge {
        /// The largest value less the smallest.
        range: f64,
        /// The most neighbours of a unit.
        neighbours: usize,
    },
}

/// The exact conditional probabilities of every unit's neighbourhood sum.
///
/// # Parameters
///
/// * `values`: one whole number per unit, such as a count; negative ones may be among them.
/// * `weights`: binary, without the unit itself. Gi and Gi* have the same probabilities.
///
/// # Returns
///
/// One per unit: the probability that the sum of `k` of the other `n − 1` values, drawn without replacement,
/// is at least (at most) the observed one. `None` for a unit without neighbours or with fewer than two others.
///
/// # Errors
///
/// [`ExactError`] for values that are not whole, weights that are not 1, and tables that would be too large.
///
/// # Algorithm
///
/// Dynamic programming over the distinct values: the chance that `j` draws so far sum to `s`, multiplied by
/// the hypergeometric chance that `c` of the draws have the next value. One table for every number of draws from all
/// values; each distinct own value is then divided out of it.
pub fn exact_test(values: &[f64], weights: &Weights) -> Result<Vec<Option<Tails>>, ExactError> {
    check(values, weights)?;
    if !weights.is_binary() {
        return Err(ExactError::NotBinary);
    }
    if let Some((unit, &value)) = values.iter().enumerate().find(|(_, value)| value.fract() != 0.0) {
        return Err(ExactError::NotWhole { unit, value });
    }
    if values.len() < 3 {
        return Ok(vec![None; values.len()]);
    }
    let (low, high) =
        values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), &v| (l.min(v), h.max(v)));
    let neighbours = (0..values.len()).map(|unit| weights.degree(unit)).max().unwrap_or(0);
    let too_large = || ExactError::TooLarge { range: high - low, neighbours };
    if (high - low) * super::float(neighbours.max(1)) > super::float(MOST_SUMS) {
        return Err(too_large());
    }
    let steps: Vec<usize> = values.iter().map(|&value| above(value, low)).collect();
    let mut population: BTreeMap<usize, usize> = BTreeMap::new();
    for &step in &steps {
        *population.entry(step).or_default() += 1;
    }
    let work = population.len() * neighbours * (above(high, low) * neighbours + 1);
    if work.saturating_mul(neighbours) > MOST_WORK {
        return Err(too_large());
    }
    // With more than half of the units as neighbours the division below would lose digits.
    let shared = (0..values.len()).map(|unit| weights.degree(unit)).filter(|k| 2 * k <= values.len());
    let all = sums_of_draws(&population, shared.max().unwrap_or(0));
    let mut shared: HashMap<usize, Vec<Vec<f64>>> = HashMap::new();
    let mut single: HashMap<(usize, usize), Vec<f64>> = HashMap::new();
    Ok((0..values.len())
        .map(|unit| {
            let (k, own) = (weights.degree(unit), steps[unit]);
            if k == 0 {
                return None;
            }
            let sums = if 2 * k <= values.len() {
                &shared.entry(own).or_insert_with(|| without(&all, own, values.len()))[k]
            } else {
                single.entry((k, own)).or_insert_with(|| sum_distribution(&population, own, k))
            };
            let observed: usize = weights.neighbours(unit).map(|(other, _)| steps[other]).sum();
            Some(Tails {
                upper: sums[observed..].iter().sum::<f64>().min(1.0),
                lower: sums[..=observed].iter().sum::<f64>().min(1.0),
            })
        })
        .collect())
}

/// For each number of draws up to `most`, the probabilities of the sums of so many values drawn without replacement
/// from `population` (value to multiplicity).
fn sums_of_draws(population: &BTreeMap<usize, usize>, most: usize) -> Vec<Vec<f64>> {
    let largest = population.keys().next_back().copied().unwrap_or(0);
    let empty: Vec<Vec<f64>> = (0..=most).map(|draws| vec![0.0; draws * largest + 1]).collect();
    let (mut state, mut seen) = (empty.clone(), 0);
    state[0][0] = 1.0;
    for (&value, &count) in population {
        seen += count;
        let mut next = empty.clone();
        for (draws, into) in next.iter_mut().enumerate().take(seen + 1) {
            for (taken, chance) in hypergeometric(seen, count, draws).into_iter().enumerate() {
                if chance == 0.0 {
                    continue;
                }
                for (to, from) in into[taken * value..].iter_mut().zip(&state[draws - taken]) {
                    *to += from * chance;
                }
            }
        }
        state = next;
    }
    state
}

/// The same without one of the `n` values, `own`: of `j` draws from all, one is `own` with probability `j/n`, so
/// `P_j(s) = j/n · Q_{j−1}(s − own) + (n − j)/n · Q_j(s)`.
fn without(all: &[Vec<f64>], own: usize, n: usize) -> Vec<Vec<f64>> {
    let n = super::float(n);
    let mut found: Vec<Vec<f64>> = Vec::with_capacity(all.len());
    for (draws, sums) in all.iter().enumerate() {
        let j = super::float(draws);
        let mut left: Vec<f64> = sums.iter().map(|chance| chance * n / (n - j)).collect();
        if let Some(before) = found.last() {
            for (to, with_own) in left[own.min(sums.len())..].iter_mut().zip(before) {
                // Rounding may leave a little less than nothing.
                *to = (*to - with_own * j / (n - j)).max(0.0);
            }
        }
        found.push(left);
    }
    found
}

/// The probabilities of the sums `0..=k·largest` of `k` values drawn without replacement from `population`
/// (value to multiplicity) less one `own`.
fn sum_distribution(population: &BTreeMap<usize, usize>, own: usize, k: usize) -> Vec<f64> {
    let largest = population.keys().next_back().copied().unwrap_or(0);
    let width = k * largest + 1;
    let mut left: usize = population.values().sum::<usize>() - 1;
    // state[j * width + s]: the chance that j draws have been made and sum to s.
    let mut state = vec![0.0; (k + 1) * width];
    state[0] = 1.0;
    for (&value, &count) in population {
        let count = count - usize::from(value == own);
        let mut next = vec![0.0; (k + 1) * width];
        for drawn in 0..=k {
            let from = &state[drawn * width..(drawn + 1) * width];
            if from.iter().all(|&chance| chance == 0.0) {
                continue;
            }
            for (taken, chance) in hypergeometric(left, count, k - drawn).into_iter().enumerate() {
                if chance == 0.0 {
                    continue;
                }
                let shift = taken * value;
                let into = &mut next[(drawn + taken) * width..(drawn + taken + 1) * width];
                for (to, from) in into[shift..].iter_mut().zip(from) {
                    *to += from * chance;
                }
            }
        }
        state = next;
        left -= count;
    }
    state.split_off(k * width)
}

/// The probabilities of taking `0, 1, …` of `marked` among `all` in `draws` without replacement.
fn hypergeometric(all: usize, marked: usize, draws: usize) -> Vec<f64> {
    let plain = all - marked;
    let least = draws.saturating_sub(plain);
    let most = draws.min(marked);
    if least > most {
        return Vec::new();
    }
    // Ratios of neighbouring terms, from the mode outwards, so that nothing overflows.
    let ratio = |c: usize| {
        super::float(marked - c) * super::float(draws - c)
            / (super::float(c + 1) * super::float(plain + c + 1 - draws))
    };
    let mode = ((draws + 1) * (marked + 1) / (all + 2)).clamp(least, most);
    let mut chances = vec![0.0; most + 1];
    chances[mode] = 1.0;
    for c in mode..most {
        chances[c + 1] = chances[c] * ratio(c);
    }
    for c in (least..mode).rev() {
        chances[c] = chances[c + 1] / ratio(c);
    }
    let total: f64 = chances.iter().sum();
    for chance in &mut chances {
        *chance /= total;
    }
    chances
}

/// How many whole steps a value lies above the smallest.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "whole, at least 0, and below MOST_SUMS"
)]
fn above(value: f64, low: f64) -> usize {
    (value - low) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hypergeometric_chances_are_those_of_the_textbook() {
        // Two red among five balls, two drawn: 3/10, 6/10, 1/10.
        let chances = hypergeometric(5, 2, 2);
        for (ours, exact) in chances.iter().zip([0.3, 0.6, 0.1]) {
            assert!((ours - exact).abs() < 1e-15);
        }
        assert_eq!(hypergeometric(3, 3, 2), [0.0, 0.0, 1.0]);
        assert!(hypergeometric(1_000_000, 400_000, 60).iter().all(|chance| chance.is_finite()));
    }
}
