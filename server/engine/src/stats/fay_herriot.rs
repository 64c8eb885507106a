//! Shrinkage of unit means whose precision differs, by the area-level model of Fay and Herriot.
//!
//! * R. Fay & R. Herriot (1979) JASA 74:269–277, [doi:10.1080/01621459.1979.10482505](https://doi.org/10.1080/01621459.1979.10482505)
//! * H. Li & P. Lahiri (2010) J. Multivariate Analysis 101:882–892,
//!   [doi:10.1016/j.jmva.2009.10.009](https://doi.org/10.1016/j.jmva.2009.10.009): an estimate of the variance
//!   between units that is never zero
//! * N. Prasad & J. Rao (1990) JASA 85:163–171, [doi:10.1080/01621459.1990.10475320](https://doi.org/10.1080/01621459.1990.10475320):
//!   the mean squared error

/// The fewest units: with fewer the adjusted likelihood has no maximum.
pub const LEAST_UNITS: usize = 4;

/// The model `y = θ + e`, `θ = β + v` with `e ~ N(0, ψ)` known and `v ~ N(0, A)`.
#[derive(Debug, Clone, PartialEq)]
pub struct Shrinkage {
    /// `β`: what a unit is expected to have.
    pub mean: f64,
    /// `A`: the variance between units, above zero.
    pub between: f64,
    /// Every unit, in order.
    pub units: Vec<Shrunk>,
}

/// A unit's best estimate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shrunk {
    /// `γ y + (1 − γ) β` with `γ = A / (A + ψ)`.
    pub estimate: f64,
    /// Its mean squared error.
    pub mse: f64,
}

/// Why nothing was shrunk.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ShrinkageError {
    /// Not one variance per value.
    #[error("there are {variances} variances for {values} values")]
    Lengths {
        /// The number of values.
        values: usize,
        /// The number of variances.
        variances: usize,
    },
    /// Too few units to tell what differs between them.
    #[error("there are {units} units; it takes {LEAST_UNITS} to tell how much they differ")]
    TooFew {
        /// The number of units.
        units: usize,
    },
    /// A value that is not finite, or a variance that is not above zero.
    #[error("unit {index} has the value {value} with the variance {variance}")]
    Unusable {
        /// Its position.
        index: usize,
        /// Its value.
        value: f64,
        /// Its variance.
        variance: f64,
    },
}

/// Shrinks the values of units towards their common mean, the more the less precise they are.
///
/// # Parameters
///
/// * `values`: `y`, one per unit, finite.
/// * `variances`: `ψ`, one per unit, above zero: of sampling and, for released numbers, of their noise.
///
/// # Returns
///
/// The estimates with their errors.
///
/// # Errors
///
/// [`ShrinkageError`] for fewer than four units, or numbers that are none.
///
/// # Algorithm
///
/// 1. `A` maximises `A · L(A)`, where `L` is the residual likelihood, on a logarithmic grid and then by ternary
///    search in the best interval. It is above zero, so that nothing is shrunk wholly.
/// 2. `β` is the mean weighted with `1 / (A + ψ)`.
/// 3. The error is Prasad and Rao's `g₁ + g₂ + 2 g₃`: of the prediction, of `β`, and of `A`.
pub fn fay_herriot(values: &[f64], variances: &[f64]) -> Result<Shrinkage, ShrinkageError> {
    if values.len() != variances.len() {
        return Err(ShrinkageError::Lengths { values: values.len(), variances: variances.len() });
    }
    for (index, (&value, &variance)) in values.iter().zip(variances).enumerate() {
        if !value.is_finite() || !variance.is_finite() || variance <= 0.0 {
            return Err(ShrinkageError::Unusable { index, value, variance });
        }
    }
    if values.len() < LEAST_UNITS {
        return Err(ShrinkageError::TooFew { units: values.len() });
    }
    let between = variance_between(values, variances);
    let precision: f64 = variances.iter().map(|psi| 1.0 / (between + psi)).sum();
    let squares: f64 = variances.iter().map(|psi| (between + psi).powi(-2)).sum();
    let mean = weighted_mean(values, variances, between);
    let units = values.iter().zip(variances).map(|(y, psi)| {
        let kept = between / (between + psi);
        let lost = psi / (between + psi);
        let g1 = kept * psi;
        let g2 = lost * lost / precision;
        let g3 = lost * lost / (between + psi) * 2.0 / squares;
        Shrunk { estimate: kept * y + lost * mean, mse: g1 + g2 + 2.0 * g3 }
    });
    Ok(Shrinkage { mean, between, units: units.collect() })
}

fn weighted_mean(values: &[f64], variances: &[f64], between: f64) -> f64 {
    let (mut sum, mut weight) = (0.0, 0.0);
    for (y, psi) in values.iter().zip(variances) {
        sum += y / (between + psi);
        weight += 1.0 / (between + psi);
    }
    sum / weight
}

/// The `A` that maximises Li and Lahiri's adjusted residual likelihood.
fn variance_between(values: &[f64], variances: &[f64]) -> f64 {
    let log_likelihood = |log_between: f64| {
        let between = log_between.exp();
        let mean = weighted_mean(values, variances, between);
        let (mut precision, mut total) = (0.0, log_between);
        for (y, psi) in values.iter().zip(variances) {
            let variance = between + psi;
            precision += 1.0 / variance;
            total -= f64::midpoint(variance.ln(), (y - mean).powi(2) / variance);
        }
        total - precision.ln() / 2.0
    };
    let smallest = variances.iter().copied().fold(f64::INFINITY, f64::min);
    let largest = variances.iter().copied().fold(0.0, f64::max);
    let mean = weighted_mean(values, variances, largest);
    let spread: f64 = values.iter().map(|y| (y - mean).powi(2)).sum();
    let (low, high) = ((smallest * 1e-6).ln(), ((largest + spread) * 10.0).ln());
    let step = (high - low) / 256.0;
    let best = (0..=256)
        .map(|index| low + step * f64::from(index))
        .max_by(|a, b| log_likelihood(*a).total_cmp(&log_likelihood(*b)))
        .unwrap_or(low);
    let (mut low, mut high) = (best - step, best + step);
    for _ in 0..80 {
        let third = (high - low) / 3.0;
        if log_likelihood(low + third) < log_likelihood(high - third) {
            low += third;
        } else {
            high -= third;
        }
    }
    f64::midpoint(low, high).exp()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Random;

    fn near(a: f64, b: f64, tolerance: f64) {
        assert!((a - b).abs() <= tolerance * b.abs().max(1.0), "{a}, not {b}");
    }

    #[test]
    fn with_equal_variances_it_is_the_root_of_a_quadratic() {
        // ψ = 1 for all of m = 7 units with Σ(y − ȳ)² = 28. Then
        //   ln(A·L) = ln A − (m − 1)/2 · ln(A + 1) − 28 / (2(A + 1)),
        // whose derivative is zero where (2 − 6)A² + (4 − 6 + 28)A + 2 = 0: A = (26 + √(26² + 32)) / 8.
        let values = [-3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0].map(|y| y + 10.0);
        let found = fay_herriot(&values, &[1.0; 7]).unwrap();
        let a = (26.0 + f64::sqrt(26.0 * 26.0 + 32.0)) / 8.0;
        near(found.between, a, 1e-6);
        near(found.mean, 10.0, 1e-12);
        let b = 1.0 / (a + 1.0);
        near(found.units[6].estimate, 13.0 - 3.0 * b, 1e-6);
        // g₁ = Aψ/(A+ψ); g₂ = B²(A+ψ)/m; g₃ = B²/(A+ψ) · 2(A+ψ)²/m.
        near(found.units[0].mse, a * b + b / 7.0 + 2.0 * (b * b * 2.0 * (a + 1.0) / 7.0), 1e-6);
    }

    #[test]
    fn precise_units_stay_and_vague_ones_go_to_the_mean() {
        let values = [0.1, 0.2, 0.3, 0.4, 0.9];
        let found = fay_herriot(&values, &[1e-9, 1e-9, 1e-9, 1e-9, 1e3]).unwrap();
        for (unit, value) in found.units.iter().zip(values).take(4) {
            near(unit.estimate, value, 1e-6);
        }
        near(found.units[4].estimate, 0.25, 1e-3);
        assert!(found.units[4].mse > 1e6 * found.units[0].mse);
    }

    #[test]
    fn it_moves_and_scales_with_the_data() {
        let (values, variances) = ([0.3, -0.2, 0.5, 0.1, 0.0, 0.7], [0.02, 0.05, 0.01, 0.2, 0.03, 0.04]);
        let plain = fay_herriot(&values, &variances).unwrap();
        let moved = fay_herriot(&values.map(|y| 3.0 * y - 5.0), &variances.map(|v| 9.0 * v)).unwrap();
        near(moved.between, 9.0 * plain.between, 1e-5);
        for (a, b) in moved.units.iter().zip(&plain.units) {
            near(a.estimate, 3.0 * b.estimate - 5.0, 1e-6);
            near(a.mse, 9.0 * b.mse, 1e-5);
        }
    }

    #[test]
    fn ninety_percent_intervals_hold_ninety_percent_of_what_was_planted() {
        // The standard deviation between neighbourhoods and the noise are those of the specification's simulation.
        let mut random = Random::new(20_261_123);
        let (mut inside, mut all, mut shrunk_error, mut raw_error) = (0_u32, 0_u32, 0.0, 0.0);
        for _ in 0..300 {
            let truth: Vec<f64> = (0..20).map(|_| 0.2 + 0.15 * random.normal()).collect();
            let variances: Vec<f64> = (0..20).map(|_| random.between(0.005, 0.08)).collect();
            let values: Vec<f64> =
                truth.iter().zip(&variances).map(|(t, v)| t + v.sqrt() * random.normal()).collect();
            let found = fay_herriot(&values, &variances).unwrap();
            for ((unit, truth), raw) in found.units.iter().zip(&truth).zip(&values) {
                all += 1;
                inside += u32::from((unit.estimate - truth).abs() <= 1.645 * unit.mse.sqrt());
                shrunk_error += (unit.estimate - truth).powi(2);
                raw_error += (raw - truth).powi(2);
            }
        }
        let share = f64::from(inside) / f64::from(all);
        assert!((0.88..=0.95).contains(&share), "{share}");
        assert!(shrunk_error < 0.6 * raw_error, "{shrunk_error} against {raw_error}");
    }

    #[test]
    fn what_cannot_be_shrunk_is_refused_with_its_numbers() {
        assert_eq!(fay_herriot(&[1.0; 3], &[1.0; 3]), Err(ShrinkageError::TooFew { units: 3 }));
        assert_eq!(
            fay_herriot(&[1.0; 3], &[1.0; 4]),
            Err(ShrinkageError::Lengths { values: 3, variances: 4 })
        );
        for (value, variance) in [(1.0, 0.0), (1.0, -1.0), (1.0, f64::INFINITY), (f64::INFINITY, 1.0)] {
            let refused = fay_herriot(&[1.0, 1.0, value, 1.0], &[1.0, 1.0, variance, 1.0]);
            assert_eq!(refused, Err(ShrinkageError::Unusable { index: 2, value, variance }));
        }
        let same = fay_herriot(&[0.5; 9], &[0.1; 9]).unwrap();
        assert!(same.between > 0.0 && same.units.iter().all(|unit| (unit.estimate - 0.5).abs() < 1e-9));
    }
}
