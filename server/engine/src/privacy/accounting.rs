//! What a budget promises: zero-concentrated differential privacy, and its reading as (ε, δ).
//!
//! * M. Bun & T. Steinke (2016) Concentrated differential privacy. TCC 2016-B,
//!   [doi:10.1007/978-3-662-53641-4_24](https://doi.org/10.1007/978-3-662-53641-4_24)
//! * C. Canonne, G. Kamath & T. Steinke (2020), [arXiv:2004.00010](https://arxiv.org/abs/2004.00010):
//!   theorem 4 (ρ of the discrete Gaussian) and corollary 13 (the conversion).

use std::fmt;
use std::iter::Sum;
use std::ops::Add;

use serde::{Deserialize, Serialize};

use super::discrete_gaussian::Sigma;

/// The probability with which the promise of ε may fail: one in a million.
pub const DELTA: f64 = 1e-6;

/// A privacy loss ρ (zCDP) in whole billionths, rounded up wherever it is computed, so that sums are
/// exact and never too small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Rho(u64);

impl Rho {
    /// No loss.
    pub const ZERO: Self = Self(0);

    /// So many billionths.
    pub const fn from_billionths(billionths: u64) -> Self {
        Self(billionths)
    }

    /// The loss in billionths.
    pub const fn billionths(self) -> u64 {
        self.0
    }

    /// The loss of the discrete Gaussian mechanism: `Δ² / 2σ²`, rounded up.
    ///
    /// # Parameters
    ///
    /// * `sensitivity_squared`: `Δ²`, the largest squared Euclidean distance that one participant's coming
    ///   or going makes in the exact integers.
    /// * `sigma`: the noise's standard deviation in the same unit.
    ///
    /// # Returns
    ///
    /// The loss; saturated at `u64::MAX` billionths, far beyond any cap.
    ///
    /// # Examples
    ///
    /// ```
    /// use engine::privacy::accounting::Rho;
    /// use engine::privacy::discrete_gaussian::Sigma;
    /// assert_eq!(Rho::of_gaussian(8, Sigma::new(9)?).billionths(), 49_382_717);
    /// assert_eq!(Rho::of_gaussian(8, Sigma::new(10)?).to_string(), "0.040000000");
    /// # Ok::<(), engine::privacy::discrete_gaussian::SigmaError>(())
    /// ```
    pub fn of_gaussian(sensitivity_squared: u64, sigma: Sigma) -> Self {
        let twice_variance = 2 * u128::from(sigma.get()) * u128::from(sigma.get());
        let billionths = (u128::from(sensitivity_squared) * 1_000_000_000).div_ceil(twice_variance);
        Self(u64::try_from(billionths).unwrap_or(u64::MAX))
    }
}

impl Add for Rho {
    type Output = Self;

    /// The loss of both together, saturated.
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Rho {
    fn sum<I: Iterator<Item = Self>>(losses: I) -> Self {
        losses.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Rho {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:09}", self.0 / 1_000_000_000, self.0 % 1_000_000_000)
    }
}

/// The ε of an (ε, δ) promise that a loss of `rho` keeps.
///
/// # Parameters
///
/// * `rho`: the whole loss: sums over layers, over releases, or over a year.
/// * `delta`: the failure probability, in 0..1; [`DELTA`] unless there is a reason.
///
/// # Returns
///
/// ε ≥ 0, for display; 0 for no loss. Infinite for a `delta` that is not in 0..1.
///
/// # Algorithm
///
/// The least over `α > 1` of `ρα + (ln(1/δ) + (α − 1)·ln(1 − 1/α) − ln α) / (α − 1)`, on a logarithmic grid
/// and then by ternary search. Any α gives a valid bound, so the search errs on the safe side.
///
/// # Examples
///
/// ```
/// use engine::privacy::accounting::{DELTA, Rho, epsilon};
/// let release = epsilon(Rho::from_billionths(100_000_000), DELTA);
/// assert!((release - 2.14).abs() < 0.01);
/// ```
pub fn epsilon(rho: Rho, delta: f64) -> f64 {
    if rho == Rho::ZERO {
        return 0.0;
    }
    if !(delta > 0.0 && delta < 1.0) {
        return f64::INFINITY;
    }
    #[expect(clippy::cast_precision_loss, reason = "for display; losses of interest are far below 2^53")]
    let loss = rho.0 as f64 / 1e9;
    let bound = |log_excess: f64| {
        let excess = log_excess.exp();
        let alpha = 1.0 + excess;
        loss * alpha + (excess * (excess / alpha).ln() - delta.ln() - alpha.ln()) / excess
    };
    let step = 0.1;
    let start = (-150..250)
        .map(|index| f64::from(index) * step)
        .min_by(|a, b| bound(*a).total_cmp(&bound(*b)))
        .unwrap_or(0.0);
    let (mut low, mut high) = (start - step, start + step);
    for _ in 0..60 {
        let third = (high - low) / 3.0;
        if bound(low + third) < bound(high - third) {
            high -= third;
        } else {
            low += third;
        }
    }
    bound(low).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_conversion_gives_the_specified_epsilons() {
        for (thousandths, expected) in [(50, 1.47), (100, 2.14), (200, 3.13), (400, 4.60), (800, 6.83)] {
            let found = epsilon(Rho::from_billionths(thousandths * 1_000_000), DELTA);
            assert!((found - expected).abs() < 0.01, "ρ {thousandths}/1000: {found}, not {expected}");
        }
        // One release of layers H and N and a try of the gate.
        assert!(epsilon(Rho::from_billionths(90_250_773), DELTA) < 2.14);
    }

    #[test]
    fn losses_are_rounded_up_and_add_exactly() {
        let gate = Rho::of_gaussian(1, Sigma::new(24).unwrap());
        let cells = Rho::of_gaussian(8, Sigma::new(9).unwrap());
        let neighbourhoods = Rho::of_gaussian(8, Sigma::new(10).unwrap());
        assert_eq!(gate.billionths(), 868_056);
        let sum: Rho = [gate, cells, neighbourhoods].into_iter().sum();
        assert_eq!(sum.to_string(), "0.090250773");
        assert_eq!(Rho::of_gaussian(u64::MAX, Sigma::new(1).unwrap()).billionths(), u64::MAX);
    }

    #[test]
    fn no_loss_is_no_epsilon_and_a_meaningless_delta_promises_nothing() {
        assert_eq!(epsilon(Rho::ZERO, DELTA).to_bits(), 0.0_f64.to_bits());
        assert!(epsilon(Rho::from_billionths(1), 0.0).is_infinite());
        assert!(epsilon(Rho::from_billionths(1), f64::NAN).is_infinite());
        assert!(epsilon(Rho::from_billionths(1), DELTA) < 0.001);
    }
}
