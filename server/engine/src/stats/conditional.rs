//! The exact moments of a lag under conditional permutation: what a permutation test converges to.
//!
//! * R. R. Sokal, N. L. Oden & B. A. Thomson (1998) Local spatial autocorrelation in a biological model.
//!   Geographical Analysis 30:331–354, [doi:10.1111/j.1538-4632.1998.tb00406.x](https://doi.org/10.1111/j.1538-4632.1998.tb00406.x)

use super::getis_ord::{Lag, Sample, Scaling, Statistic, ValuesError, check};
use super::weights::Weights;

/// Mean and variance of a unit's lag when its own value stays and the others are shuffled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LagMoments {
    /// The expected lag, in the values' unit.
    pub mean: f64,
    /// Its variance, in the values' unit squared.
    pub variance: f64,
}

/// The conditional moments of every unit's lag.
///
/// # Parameters
///
/// As for [`getis_ord`](super::getis_ord::getis_ord).
///
/// # Returns
///
/// One per unit; `None` where there are no neighbours, at most two units, or no variation among the others.
///
/// # Errors
///
/// [`ValuesError`] when the lengths differ or a value is not finite.
///
/// # Algorithm
///
/// With `W`, `S` the sums of the row's weights and of their squares, the unit itself left out, and mean and
/// variance over the other `n − 1` units: `E = w_ii·x_i + W·mean`, `V = variance·((n − 1)·S − W²)/(n − 2)`.
pub fn lag_moments(
    values: &[f64],
    weights: &Weights,
    statistic: Statistic,
    scaling: Scaling,
) -> Result<Vec<Option<LagMoments>>, ValuesError> {
    check(values, weights)?;
    let sample = Sample::new(values);
    let others = super::float(values.len().saturating_sub(1));
    Ok((0..values.len())
        .map(|unit| {
            let lag = Lag::new(&sample, weights, unit, Statistic::Gi);
            if weights.degree(unit) == 0 || others <= 1.0 {
                return None;
            }
            let moments = sample.moments_without(unit)?;
            // Rows are divided by their largest weight; under Gi* the unit's own is as large.
            let own = match statistic {
                Statistic::GiStar => 1.0,
                Statistic::Gi => 0.0,
            };
            let scale = match scaling {
                Scaling::AsGiven => lag.unit,
                Scaling::RowStandardised => 1.0 / (lag.sum + own),
            };
            let mean = own * sample.values[unit] + lag.sum * (moments.mean + sample.centre);
            let spread = (others * lag.squares - lag.sum * lag.sum).max(0.0) / (others - 1.0);
            let factor = scale / sample.factor;
            Some(LagMoments { mean: mean * factor, variance: moments.variance * spread * factor * factor })
        })
        .collect())
}
