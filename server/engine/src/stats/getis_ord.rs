//! The local statistics Gi and Gi* of Getis and Ord, in their analytic form.
//!
//! * A. Getis & J. K. Ord (1992) The analysis of spatial association by use of distance statistics.
//!   Geographical Analysis 24:189–206, [doi:10.1111/j.1538-4632.1992.tb00261.x](https://doi.org/10.1111/j.1538-4632.1992.tb00261.x)
//! * J. K. Ord & A. Getis (1995) Local spatial autocorrelation statistics: distributional issues and an
//!   application. Geographical Analysis 27:286–306, [doi:10.1111/j.1538-4632.1995.tb00912.x](https://doi.org/10.1111/j.1538-4632.1995.tb00912.x)

use std::borrow::Cow;

use super::each_unit::each_unit;
use super::float;
use super::normal::two_sided;
use super::weights::Weights;

/// Which of the two statistics.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// Gi*: the unit counts itself in, with weight 1 for binary rows and the row's maximum otherwise.
    GiStar,
    /// Gi: the unit is left out of its own neighbourhood, and of the mean and the variance.
    Gi,
}

/// How a row of weights is scaled. It changes the lag and the ratio, never z or p.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scaling {
    /// Weights as given.
    AsGiven,
    /// Each row, with its own weight under Gi*, divided by its sum: the lag is a weighted mean.
    RowStandardised,
}

/// What a unit's neighbourhood says.
///
/// Four numbers in 32 bytes: what is missing is kept as NaN inside and is `None` outside.
#[derive(Debug, Clone, Copy)]
pub struct LocalG {
    lag: f64,
    ratio: f64,
    z: f64,
    p: f64,
}

impl LocalG {
    /// The weighted sum of the neighbourhood's values, in the values' unit. Infinite, never NaN, when it
    /// exceeds the range of `f64`.
    pub const fn lag(&self) -> f64 {
        self.lag
    }

    /// The raw ratio: the lag as a share of the sum of all values (Gi*) or of all others (Gi). `None` when
    /// a value is negative or the sum is zero, where it has no meaning.
    pub fn ratio(&self) -> Option<f64> {
        known(self.ratio)
    }

    /// The standard score; `None` when the unit cannot be tested.
    pub fn z(&self) -> Option<f64> {
        known(self.z)
    }

    /// The two-sided normal probability of the score; `None` when the unit cannot be tested.
    pub fn p(&self) -> Option<f64> {
        known(self.p)
    }
}

/// A number unless it stands for a missing one.
fn known(number: f64) -> Option<f64> {
    (!number.is_nan()).then_some(number)
}

/// Why a statistic of values and weights could not be computed at all.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ValuesError {
    /// Values and weights are about different numbers of units.
    #[error("there are {values} values but weights for {units} units")]
    LengthMismatch {
        /// The number of values.
        values: usize,
        /// The number of units in the weights.
        units: usize,
    },
    /// A value is infinite or not a number.
    #[error("the value {value} of unit {unit} is not finite; leave units without a value out")]
    NotFinite {
        /// The unit.
        unit: usize,
        /// Its value.
        value: f64,
    },
}

/// Gi or Gi* of every unit.
///
/// # Parameters
///
/// * `values`: one finite number per unit, in any unit; `x → a·x + b` with `a > 0` changes no z.
/// * `weights`: neighbours without the unit itself.
/// * `statistic`, `scaling`: see there.
///
/// # Returns
///
/// One [`LocalG`] per unit, in order. Score and probability are `None`, never NaN, when the unit has no neighbours,
/// when there are at most two units, when the values do not vary, and when everyone is a neighbour with
/// the same weight.
///
/// # Errors
///
/// [`ValuesError`] when the lengths differ or a value is not finite.
///
/// # Algorithm
///
/// With `W = Σ w_ij`, `S = Σ w_ij²` and `lag = Σ w_ij x_j`:
///
/// 1. Gi*: mean and variance over all `n` units (dividing by `n`);
///    `z = (lag − W·mean) / √(variance · (n·S − W²) / (n − 1))`.
/// 2. Gi: mean and variance over the `n − 1` others;
///    `z = (lag − W·mean) / √(variance · ((n − 1)·S − W²) / (n − 2))`.
///
/// Values are brought into range by a power of two and centred on their mean before any lag is summed.
/// Where one unit makes up most of the sum of squares, Gi recomputes the moments of the others directly.
///
/// # Notes
///
/// `O(n + m)` time for `m` links; a million hexagons take about 50 ms on one core. With fewer than 30 units, or skewed values and fewer
/// than 8 neighbours, the normal distribution is a poor guide (Ord & Getis 1995).
///
/// # Examples
///
/// ```
/// use engine::stats::getis_ord::{Scaling, Statistic, getis_ord};
/// use engine::stats::weights::Weights;
///
/// let chain = Weights::from_links(
///     5,
///     (0..4).flat_map(|i| [(i, i + 1, 1.0), (i + 1, i, 1.0)]),
/// )?;
/// let found = getis_ord(&[9.0, 8.0, 1.0, 0.0, 0.0], &chain, Statistic::GiStar, Scaling::AsGiven)?;
/// assert_eq!(found[0].lag(), 17.0);
/// assert!(found[0].z() > found[4].z());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn getis_ord(
    values: &[f64],
    weights: &Weights,
    statistic: Statistic,
    scaling: Scaling,
) -> Result<Vec<LocalG>, ValuesError> {
    check(values, weights)?;
    let sample = Sample::new(values);
    let gather = |unit: usize| Lag::new(&sample, weights, unit, statistic);
    Ok(each_unit(values.len(), gather, |unit, lag| {
        let z = match statistic {
            Statistic::GiStar => sample.score(lag, sample.moments, sample.count),
            Statistic::Gi => sample.score(lag, sample.moments_without(unit), sample.count - 1.0),
        };
        let own = match statistic {
            Statistic::GiStar => 0.0,
            Statistic::Gi => sample.values[unit],
        };
        let scale = match scaling {
            Scaling::AsGiven => lag.unit,
            Scaling::RowStandardised if lag.sum > 0.0 => 1.0 / lag.sum,
            Scaling::RowStandardised => 1.0,
        };
        LocalG {
            lag: lag.total * scale / sample.factor,
            ratio: sample.ratio(lag.total * scale, own).unwrap_or(f64::NAN),
            z: z.unwrap_or(f64::NAN),
            p: z.map_or(f64::NAN, two_sided),
        }
    }))
}

/// One finite value for each unit.
pub(super) fn check(values: &[f64], weights: &Weights) -> Result<(), ValuesError> {
    if values.len() != weights.len() {
        return Err(ValuesError::LengthMismatch { values: values.len(), units: weights.len() });
    }
    match values.iter().enumerate().find(|(_, value)| !value.is_finite()) {
        Some((unit, &value)) => Err(ValuesError::NotFinite { unit, value }),
        None => Ok(()),
    }
}

/// The mean of the centred values, and their population variance.
#[derive(Debug, Clone, Copy)]
pub(super) struct Moments {
    pub(super) mean: f64,
    pub(super) variance: f64,
}

/// The values, brought into range, and what all units share.
pub(super) struct Sample<'a> {
    /// Values times `factor`.
    pub(super) values: Cow<'a, [f64]>,
    /// A power of two, so that scaling is exact.
    pub(super) factor: f64,
    count: f64,
    /// The first-pass mean on which values are centred.
    pub(super) centre: f64,
    /// Sums of the centred values and of their squares.
    sum: f64,
    squares: f64,
    moments: Option<Moments>,
    /// The sum of all values; `None` when one is negative.
    total: Option<f64>,
}

/// Beyond 2^400 squares could overflow, below 2^-400 they could vanish.
const LARGE: f64 = f64::from_bits((1023 + 400) << 52);
const SMALL: f64 = f64::from_bits((1023 - 400) << 52);

impl<'a> Sample<'a> {
    pub(super) fn new(values: &'a [f64]) -> Self {
        let (low, high) = extent(values.iter().copied());
        let magnitude = high.max(-low);
        let factor = if magnitude > LARGE {
            f64::from_bits((1023 - 700) << 52)
        } else if magnitude > 0.0 && magnitude < SMALL {
            f64::from_bits((1023 + 600) << 52)
        } else {
            1.0
        };
        let values = match factor {
            1.0 => Cow::Borrowed(values),
            _ => values.iter().map(|value| value * factor).collect(),
        };
        let count = float(values.len());
        let plain: f64 = values.iter().sum();
        let centre = plain / count;
        let (mut sum, mut squares) = (0.0, 0.0);
        for value in &*values {
            let centred = value - centre;
            sum += centred;
            squares += centred * centred;
        }
        let mean = sum / count;
        Self {
            factor,
            count,
            centre,
            sum,
            squares,
            moments: (low < high).then_some(Moments { mean, variance: squares / count - mean * mean }),
            total: (low >= 0.0).then_some(plain),
            values,
        }
    }

    /// Mean and variance of all units but one; `None` when the others do not vary.
    pub(super) fn moments_without(&self, unit: usize) -> Option<Moments> {
        self.moments?;
        let others = self.count - 1.0;
        let own = self.values[unit] - self.centre;
        let mean = (self.sum - own) / others;
        let squares = self.squares - own * own - others * mean * mean;
        if squares > 0.25 * self.squares {
            return Some(Moments { mean, variance: squares / others });
        }
        // One unit dominates: subtracting its square would leave rounding alone. This happens at most
        // once in a sample of more than a few units.
        let rest = || {
            self.values
                .iter()
                .enumerate()
                .filter(|&(other, _)| other != unit)
                .map(|(_, value)| value - self.centre)
        };
        let (low, high) = extent(rest());
        if low >= high {
            return None;
        }
        let mean = rest().sum::<f64>() / others;
        let variance = rest().map(|value| (value - mean).powi(2)).sum::<f64>() / others;
        Some(Moments { mean, variance })
    }

    /// The standard score among `among` units; `None` when it is not defined.
    fn score(&self, lag: &Lag, moments: Option<Moments>, among: f64) -> Option<f64> {
        let Moments { mean, variance } = moments?;
        let spread = among * lag.squares - lag.sum * lag.sum;
        // By Cauchy and Schwarz zero only when all weights are equal and nobody is missing; the smallest
        // other value for binary weights is a share of 1/n.
        if self.count <= 2.0 || lag.alone || spread <= 1e-12 * among * lag.squares {
            return None;
        }
        let z = (lag.centred - lag.sum * mean) / (variance * spread / (among - 1.0)).sqrt();
        z.is_finite().then_some(z)
    }

    /// The lag as a share of the sum of all values less `own`.
    fn ratio(&self, lag: f64, own: f64) -> Option<f64> {
        let rest = self.total? - own;
        let ratio = lag / rest;
        (rest > 0.0 && ratio.is_finite()).then_some(ratio)
    }
}

/// The sums over one row, in which the largest weight is 1.
pub(super) struct Lag {
    /// The largest weight as given: what the row was divided by.
    pub(super) unit: f64,
    pub(super) sum: f64,
    pub(super) squares: f64,
    total: f64,
    centred: f64,
    alone: bool,
}

impl Lag {
    pub(super) fn new(sample: &Sample<'_>, weights: &Weights, unit: usize, statistic: Statistic) -> Self {
        let (columns, row) = weights.row(unit);
        let values: &[f64] = &sample.values;
        let mut lag = Self {
            unit: row.map_or(1.0, |row| row.iter().copied().fold(0.0, f64::max)),
            sum: 0.0,
            squares: 0.0,
            total: 0.0,
            centred: 0.0,
            alone: columns.is_empty(),
        };
        if lag.alone {
            lag.unit = 1.0;
        }
        if let Some(row) = row {
            for (&column, weight) in columns.iter().zip(row) {
                lag.add(values[column as usize], sample.centre, weight / lag.unit);
            }
        } else {
            for &column in columns {
                lag.add(values[column as usize], sample.centre, 1.0);
            }
        }
        if statistic == Statistic::GiStar {
            lag.add(values[unit], sample.centre, 1.0);
        }
        lag
    }

    #[inline]
    fn add(&mut self, value: f64, centre: f64, weight: f64) {
        self.sum += weight;
        self.squares += weight * weight;
        self.total += weight * value;
        self.centred += weight * (value - centre);
    }
}

/// The smallest and the largest of some numbers.
fn extent(numbers: impl Iterator<Item = f64>) -> (f64, f64) {
    numbers
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), number| (low.min(number), high.max(number)))
}
