//! The discrete Gaussian, sampled exactly with integers alone.
//!
//! Noise from floating-point samplers leaks the exact value through its low bits (Mironov 2012,
//! [doi:10.1145/2382196.2382264](https://doi.org/10.1145/2382196.2382264)). Here every decision compares
//! uniformly drawn integers, so the distribution is the one the proof is about. A test reads this file
//! and fails on any floating-point type.
//!
//! * C. Canonne, G. Kamath & T. Steinke (2020) The discrete Gaussian for differential privacy. `NeurIPS` 33,
//!   [arXiv:2004.00010](https://arxiv.org/abs/2004.00010), algorithms 1 to 3.
//!
//! Sampling takes a random time that depends on the noise: draw in a batch, never while a request waits.

/// A source of independent, uniform bits. For a release it must be the operating system's generator;
/// nothing that can be seeded may reach it outside tests.
pub trait RandomBits {
    /// The next 64 bits.
    fn next_u64(&mut self) -> u64;
}

/// The largest standard deviation: 2^20. Products of it stay within 128 bits.
pub const SIGMA_MAX: u64 = 1 << 20;

/// A standard deviation that noise can be drawn with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sigma(u64);

/// A standard deviation of zero, or beyond [`SIGMA_MAX`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a standard deviation of {given} is not within 1..={SIGMA_MAX}")]
pub struct SigmaError {
    /// What was asked for.
    pub given: u64,
}

impl Sigma {
    /// Parses a standard deviation in whole units of what is counted, `1..=SIGMA_MAX`.
    ///
    /// # Errors
    ///
    /// [`SigmaError`] outside that range.
    pub const fn new(given: u64) -> Result<Self, SigmaError> {
        if given == 0 || given > SIGMA_MAX { Err(SigmaError { given }) } else { Ok(Self(given)) }
    }

    /// The standard deviation in whole units.
    pub const fn get(self) -> u64 {
        self.0
    }
}

/// One draw from the discrete Gaussian `P(x) ∝ exp(−x² / 2σ²)` over all integers.
///
/// # Parameters
///
/// * `sigma`: `σ`. The variance of the draw is less than `σ²` by less than a millionth of it.
/// * `random`: independent uniform bits.
///
/// # Algorithm
///
/// With `t = σ + 1`:
///
/// 1. Draw `y` from the discrete Laplace distribution `P(y) ∝ exp(−|y| / t)`.
/// 2. Keep it with probability `exp(−(|y| − σ²/t)² / 2σ²)`, that is
///    `exp(−(|y|·t − σ²)² / 2σ²t²)` in integers; else start again.
///
/// # Notes
///
/// About three quarters of the candidates are kept, whatever `σ`.
///
/// # Examples
///
/// ```
/// use engine::privacy::discrete_gaussian::{RandomBits, Sigma, sample};
/// # struct Counter(u64);
/// # impl RandomBits for Counter {
/// #     fn next_u64(&mut self) -> u64 {
/// #         self.0 = self.0.wrapping_add(1);
/// #         let mixed = self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15);
/// #         let mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
/// #         mixed ^ (mixed >> 27)
/// #     }
/// # }
/// # let mut random = Counter(0);
/// let noise = sample(Sigma::new(9)?, &mut random);
/// assert!(noise.abs() < 9 * 20);
/// # Ok::<(), engine::privacy::discrete_gaussian::SigmaError>(())
/// ```
pub fn sample(sigma: Sigma, random: &mut impl RandomBits) -> i64 {
    let variance = u128::from(sigma.0) * u128::from(sigma.0);
    let t = sigma.0 + 1;
    let denominator = 2 * variance * u128::from(t) * u128::from(t);
    loop {
        let candidate = discrete_laplace(t, random);
        // Below 2^63 · (2^20 + 1): cannot overflow. Its square can, for candidates that are kept with a
        // probability of less than exp(−2^40), which is taken to be 0.
        let away = (u128::from(candidate.unsigned_abs()) * u128::from(t)).abs_diff(variance);
        if let Some(numerator) = away.checked_mul(away)
            && bernoulli_exp(numerator, denominator, random)
        {
            return candidate;
        }
    }
}

/// One draw from the discrete Laplace distribution `P(y) ∝ exp(−|y| / scale)` over all integers.
///
/// `y = u + scale·v` with `u` below the scale kept with probability `exp(−u / scale)`, `v` geometric with
/// parameter `1 − 1/e`, a fair sign, and zero with a negative sign drawn again.
fn discrete_laplace(scale: u64, random: &mut impl RandomBits) -> i64 {
    loop {
        let fraction = below(u128::from(scale), random);
        if !bernoulli_exp(fraction, u128::from(scale), random) {
            continue;
        }
        let mut whole: u128 = 0;
        while bernoulli_exp(1, 1, random) {
            whole += 1;
        }
        let negative = random.next_u64() & 1 == 1;
        // `whole` counts successes drawn one by one, each with probability 1/e: it cannot reach 2^40.
        let Ok(magnitude) = i64::try_from(fraction + u128::from(scale) * whole) else {
            continue;
        };
        if negative && magnitude == 0 {
            continue;
        }
        return if negative { -magnitude } else { magnitude };
    }
}

/// True with probability `exp(−numerator / denominator)`; the denominator is below 2^100.
fn bernoulli_exp(mut numerator: u128, denominator: u128, random: &mut impl RandomBits) -> bool {
    while numerator > denominator {
        if !bernoulli_exp_unit(1, 1, random) {
            return false;
        }
        numerator -= denominator;
    }
    bernoulli_exp_unit(numerator, denominator, random)
}

/// True with probability `exp(−γ)` for `γ = numerator / denominator` in 0..=1.
///
/// Successes with probability `γ/1`, `γ/2`, `γ/3`, … are drawn until the first failure, the `k`-th draw; the
/// probability that `k` is odd is the alternating series of `exp(−γ)`.
fn bernoulli_exp_unit(numerator: u128, denominator: u128, random: &mut impl RandomBits) -> bool {
    let mut k: u128 = 1;
    // `k` grows by one with probability below 1/k a step: far below 2^28, so the product stays in range.
    while below(denominator * k, random) < numerator {
        k += 1;
    }
    k % 2 == 1
}

/// A uniform integer in `0..bound`, without modulo bias: draws beyond the last whole multiple of the bound
/// are drawn again.
fn below(bound: u128, random: &mut impl RandomBits) -> u128 {
    if let Ok(bound) = u64::try_from(bound) {
        // 2^64 mod bound: as many of the lowest draws are refused.
        let refused = bound.wrapping_neg() % bound;
        loop {
            let draw = random.next_u64();
            if draw >= refused {
                return u128::from(draw % bound);
            }
        }
    }
    let refused = bound.wrapping_neg() % bound;
    loop {
        let draw = u128::from(random.next_u64()) << 64 | u128::from(random.next_u64());
        if draw >= refused {
            return draw % bound;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Bits from a list.
    struct Listed(Vec<u64>);

    impl RandomBits for Listed {
        fn next_u64(&mut self) -> u64 {
            self.0.remove(0)
        }
    }

    #[test]
    fn biased_draws_are_drawn_again() {
        // 2^64 mod 10 = 6: the draws 0 to 5 would favour the digits 0 to 5.
        let mut random = Listed(vec![0, 5, 6, 27]);
        assert_eq!(below(10, &mut random), 6);
        assert_eq!(below(10, &mut random), 7);
        // 2^128 mod (2^64 + 2) = 4: two words make a draw.
        let mut random = Listed(vec![0, 3, 0, 4]);
        assert_eq!(below((1 << 64) + 2, &mut random), 4);
        assert!(random.0.is_empty());
    }

    #[test]
    fn a_certain_event_and_a_first_failure_need_no_luck() {
        assert!(bernoulli_exp(0, 7, &mut Listed(vec![99])));
        // γ = 1/2: success of 1/2, then failure of 1/4: k = 2 is even.
        assert!(!bernoulli_exp(1, 2, &mut Listed(vec![2, 7])));
    }

    #[test]
    fn standard_deviations_outside_the_range_are_named() {
        assert_eq!(Sigma::new(0), Err(SigmaError { given: 0 }));
        assert_eq!(Sigma::new(SIGMA_MAX).map(Sigma::get), Ok(SIGMA_MAX));
        let error = Sigma::new(SIGMA_MAX + 1).unwrap_err();
        assert_eq!(error.to_string(), "a standard deviation of 1048577 is not within 1..=1048576");
    }
}
