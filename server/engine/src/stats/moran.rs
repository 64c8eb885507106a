//! Moran's I, local and global.
//!
//! * L. Anselin (1995) Local indicators of spatial association: LISA. Geographical Analysis 27:93–115,
//!   [doi:10.1111/j.1538-4632.1995.tb00338.x](https://doi.org/10.1111/j.1538-4632.1995.tb00338.x)
//! * R. R. Sokal, N. L. Oden & B. A. Thomson (1998) Local spatial autocorrelation in a biological model.
//!   Geographical Analysis 30:331–354, [doi:10.1111/j.1538-4632.1998.tb00406.x](https://doi.org/10.1111/j.1538-4632.1998.tb00406.x)

use std::num::NonZeroU32;

use serde::{Deserialize, Serialize};

use super::float;
use super::getis_ord::{Scaling, ValuesError, check};
use super::normal::two_sided;
use super::tails::Tails;
use super::weights::Weights;
use crate::random::Random;

/// By what the squares are divided. The two forms differ by the factor `n/(n − 1)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Variance {
    /// `Σz²/(n − 1)`, as `PySAL` and `GeoDa` do. The project's choice.
    Sample,
    /// `Σz²/n`, as Anselin (1995) and R's spdep do.
    Population,
}

impl Variance {
    /// What the statistic is multiplied by, compared with that by `Σz²/n`.
    fn scale(self, n: f64) -> f64 {
        match self {
            Self::Population => 1.0,
            Self::Sample => (n - 1.0) / n,
        }
    }
}

/// What a unit is among its neighbours. The numbers are the conventional ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(into = "u8")]
#[serde(try_from = "u8")]
pub enum Quadrant {
    /// A high value among high ones.
    HighHigh = 1,
    /// A low value among high ones.
    LowHigh = 2,
    /// A low value among low ones.
    LowLow = 3,
    /// A high value among low ones.
    HighLow = 4,
}

impl From<Quadrant> for u8 {
    fn from(quadrant: Quadrant) -> Self {
        quadrant as Self
    }
}

impl TryFrom<u8> for Quadrant {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, String> {
        match number {
            1 => Ok(Self::HighHigh),
            2 => Ok(Self::LowHigh),
            3 => Ok(Self::LowLow),
            4 => Ok(Self::HighLow),
            _ => Err(format!("{number} is no quadrant; use 1 to 4")),
        }
    }
}

/// Local Moran's I of one unit, with its moments under conditional permutation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LocalMoran {
    /// The statistic: positive among like values.
    pub i: f64,
    /// Its expectation when the unit's value stays and the others are shuffled.
    pub expected: f64,
    /// The variance of that.
    pub variance: f64,
    /// The standard score; `None` when the variance is 0.
    pub z: Option<f64>,
    /// The two-sided normal probability of the score.
    pub p: Option<f64>,
    /// Which of the four it is.
    pub quadrant: Quadrant,
}

/// Local Moran's I of every unit.
///
/// # Parameters
///
/// As for [`getis_ord`](super::getis_ord::getis_ord); `variance` says by what the squares are divided.
///
/// # Returns
///
/// One per unit; `None` for units without neighbours, for fewer than three units and where no value differs.
///
/// # Errors
///
/// [`ValuesError`] when the lengths differ or a value is not finite.
///
/// # Algorithm
///
/// `I_i = z_i Σ w_ij z_j / m` with `z = x − mean`. With `W`, `S` the sums of the row's weights and their
/// squares and `m₂ = Σz²/n`: `E = −z_i² W / ((n − 1) m₂)` and
/// `V = (z_i/m₂)² · n/(n − 2) · (S − W²/(n − 1)) · (m₂ − z_i²/(n − 1))` (Sokal et al. 1998, A7 and A8), both
/// scaled as the statistic is.
pub fn local_moran(
    values: &[f64],
    weights: &Weights,
    scaling: Scaling,
    variance: Variance,
) -> Result<Vec<Option<LocalMoran>>, ValuesError> {
    check(values, weights)?;
    let n = float(values.len());
    let Some((centred, squares)) = centre(values) else { return Ok(vec![None; values.len()]) };
    let m2 = squares / n;
    let scale = variance.scale(n);
    Ok((0..values.len())
        .map(|unit| {
            let row = Row::new(&centred, weights, unit, scaling)?;
            let own = centred[unit];
            let i = scale * own * row.lag / m2;
            let expected = -scale * own * own * row.sum / ((n - 1.0) * m2);
            let spread = (row.squares - row.sum * row.sum / (n - 1.0)).max(0.0);
            let others = (m2 - own * own / (n - 1.0)).max(0.0);
            let variance = (scale * own / m2).powi(2) * (n / (n - 2.0)) * spread * others;
            let known = own != 0.0 && spread > 1e-12 * row.squares && others > 1e-12 * m2;
            let z = known.then(|| (i - expected) / variance.sqrt()).filter(|z| z.is_finite());
            let quadrant = match (own > 0.0, row.lag > 0.0) {
                (true, true) => Quadrant::HighHigh,
                (false, true) => Quadrant::LowHigh,
                (false, false) => Quadrant::LowLow,
                (true, false) => Quadrant::HighLow,
            };
            Some(LocalMoran { i, expected, variance, z, p: z.map(two_sided), quadrant })
        })
        .collect())
}

/// Mean and variance of local Moran's I when all values are shuffled, the unit's own among them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TotalMoments {
    /// The expectation.
    pub mean: f64,
    /// The variance.
    pub variance: f64,
}

/// The moments of every unit's local Moran's I under total randomisation (Anselin 1995). Those of [`local_moran`], where
/// the unit keeps its value, are what a map is tested by; these are for comparison with programs that print them.
///
/// # Parameters
///
/// As for [`local_moran`].
///
/// # Returns
///
/// One per unit; `None` for units without neighbours, for fewer than three units and where no value differs.
///
/// # Errors
///
/// [`ValuesError`] when the lengths differ or a value is not finite.
///
/// # Algorithm
///
/// With `W`, `S` the sums of the row's weights and their squares and `b = n Σz⁴ / (Σz²)²`: `E = −W/(n − 1)` and
/// `V = S (n − b)/(n − 1) + (W² − S)(2b − n)/((n − 1)(n − 2)) − W²/(n − 1)²`, both scaled as the statistic is.
pub fn total_moments(
    values: &[f64],
    weights: &Weights,
    scaling: Scaling,
    variance: Variance,
) -> Result<Vec<Option<TotalMoments>>, ValuesError> {
    check(values, weights)?;
    let n = float(values.len());
    let Some((centred, squares)) = centre(values) else { return Ok(vec![None; values.len()]) };
    let fourth: f64 = centred.iter().map(|value| (value * value / squares).powi(2)).sum();
    let b = n * fourth;
    let scale = variance.scale(n);
    Ok((0..values.len())
        .map(|unit| {
            let row = Row::new(&centred, weights, unit, scaling)?;
            let (w, s) = (row.sum, row.squares);
            let spread = s * (n - b) / (n - 1.0) + (w * w - s) * (2.0 * b - n) / ((n - 1.0) * (n - 2.0))
                - (w / (n - 1.0)).powi(2);
            Some(TotalMoments { mean: -scale * w / (n - 1.0), variance: scale * scale * spread })
        })
        .collect())
}

/// Global Moran's I: the correlation of values with those of their neighbours.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GlobalMoran {
    /// The statistic.
    pub i: f64,
    /// Its expectation without any structure, `−1/(n − 1)`.
    pub expected: f64,
    /// Permutation probabilities, all values shuffled.
    pub tails: Tails,
}

/// Global Moran's I with a permutation test, islands left out of the sums.
///
/// # Returns
///
/// `I = n/ΣW · Σ z_i w_ij z_j / Σ z²`; `None` where nobody has neighbours, for fewer than three units, or
/// where no value differs.
///
/// # Errors
///
/// [`ValuesError`] when the lengths differ or a value is not finite.
pub fn global_moran(
    values: &[f64],
    weights: &Weights,
    scaling: Scaling,
    permutations: NonZeroU32,
    random: &mut Random,
) -> Result<Option<GlobalMoran>, ValuesError> {
    check(values, weights)?;
    let Some((mut centred, squares)) = centre(values) else { return Ok(None) };
    let n = float(values.len());
    let statistic = |centred: &[f64]| {
        let (mut products, mut sum) = (0.0, 0.0);
        for unit in 0..centred.len() {
            if let Some(row) = Row::new(centred, weights, unit, scaling) {
                products += centred[unit] * row.lag;
                sum += row.sum;
            }
        }
        n / sum * products / squares
    };
    let i = statistic(&centred);
    if !i.is_finite() {
        return Ok(None);
    }
    let slack = 1e-9 * i.abs() + 1e-13;
    let (mut upper, mut lower) = (1_u32, 1_u32);
    for _ in 0..permutations.get() {
        for last in (1..centred.len()).rev() {
            centred.swap(last, random.below(last + 1));
        }
        let shuffled = statistic(&centred);
        upper += u32::from(shuffled >= i - slack);
        lower += u32::from(shuffled <= i + slack);
    }
    let total = f64::from(permutations.get()) + 1.0;
    let tails = Tails { upper: f64::from(upper) / total, lower: f64::from(lower) / total };
    Ok(Some(GlobalMoran { i, expected: -1.0 / (n - 1.0), tails }))
}

/// The centred values and the sum of their squares; `None` where nothing varies or there are too few.
fn centre(values: &[f64]) -> Option<(Vec<f64>, f64)> {
    if values.len() < 3 || values.iter().all(|value| value.total_cmp(&values[0]).is_eq()) {
        return None;
    }
    let n = float(values.len());
    let first = values.iter().sum::<f64>() / n;
    // A second pass takes out what rounding left of the mean.
    let left = values.iter().map(|value| value - first).sum::<f64>() / n;
    let centred: Vec<f64> = values.iter().map(|value| value - first - left).collect();
    let squares: f64 = centred.iter().map(|value| value * value).sum();
    (squares > 0.0 && squares.is_finite()).then_some((centred, squares))
}

/// The sums over a row without the unit itself.
struct Row {
    sum: f64,
    squares: f64,
    lag: f64,
}

impl Row {
    /// `None` for an island.
    fn new(centred: &[f64], weights: &Weights, unit: usize, scaling: Scaling) -> Option<Self> {
        let mut row = Self { sum: 0.0, squares: 0.0, lag: 0.0 };
        for (other, weight) in weights.neighbours(unit) {
            row.sum += weight;
            row.squares += weight * weight;
            row.lag += weight * centred[other];
        }
        if row.sum == 0.0 {
            return None;
        }
        if scaling == Scaling::RowStandardised {
            row.squares /= row.sum * row.sum;
            row.lag /= row.sum;
            row.sum = 1.0;
        }
        Some(row)
    }
}
