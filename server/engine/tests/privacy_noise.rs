//! The noise has the distribution that the guarantee is about.

mod bits;

use std::collections::HashMap;

use bits::SplitMix;
use engine::privacy::discrete_gaussian::{Sigma, sample};
use engine::stats::normal::survival;

const DRAWS: u32 = 1_000_000;

fn draws(sigma: u64, seed: u64) -> Vec<i64> {
    let sigma = Sigma::new(sigma).unwrap();
    let mut random = SplitMix(seed);
    (0..DRAWS).map(|_| sample(sigma, &mut random)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "small numbers")]
fn float(number: i64) -> f64 {
    number as f64
}

/// `exp(−x²/2σ²)`, not normalised.
fn density(x: i64, sigma: f64) -> f64 {
    (-(float(x) / sigma).powi(2) / 2.0).exp()
}

/// The probability of a larger chi-square, by Wilson and Hilferty's cube root.
fn chi_square_tail(statistic: f64, freedom: f64) -> f64 {
    let variance = 2.0 / (9.0 * freedom);
    survival(((statistic / freedom).cbrt() - (1.0 - variance)) / variance.sqrt())
}

/// The chi-square probability of draws against the exact distribution, in bins of at least 25 expected.
fn goodness_of_fit(draws: &[i64], sigma: f64) -> f64 {
    #[expect(clippy::cast_possible_truncation, reason = "twelve standard deviations")]
    let reach = (12.0 * sigma) as i64;
    let total: f64 = (-reach..=reach).map(|x| density(x, sigma)).sum();
    let mut tally = HashMap::new();
    for draw in draws {
        *tally.entry(*draw).or_insert(0_u32) += 1;
    }
    let mut bins: Vec<(f64, f64)> = vec![(0.0, 0.0)];
    for x in -reach..=reach {
        let bin = bins.last_mut().unwrap();
        bin.0 += f64::from(DRAWS) * density(x, sigma) / total;
        bin.1 += f64::from(tally.get(&x).copied().unwrap_or(0));
        if bin.0 >= 25.0 {
            bins.push((0.0, 0.0));
        }
    }
    let rest = bins.pop().unwrap();
    let last = bins.last_mut().unwrap();
    *last = (last.0 + rest.0, last.1 + rest.1);
    let statistic: f64 =
        bins.iter().map(|(expected, observed)| (observed - expected).powi(2) / expected).sum();
    chi_square_tail(statistic, float(i64::try_from(bins.len()).unwrap()) - 1.0)
}

/// Every standard deviation that a release draws with: layer H 9, layer N 10 or 22 and 16 times as much for its
/// valence, layer C 19, the start gate 24, layer E4 27.
#[test]
fn draws_follow_the_discrete_gaussian() {
    for sigma in [1, 9, 10, 19, 22, 24, 27, 160, 352] {
        let drawn = draws(sigma, 20_261_122 + sigma);
        let spread = float(sigma.cast_signed());
        let p = goodness_of_fit(&drawn, spread);
        assert!(p > 1e-4, "σ {sigma}: chi-square p = {p:e}");

        let n = f64::from(DRAWS);
        let mean = drawn.iter().copied().map(float).sum::<f64>() / n;
        assert!(mean.abs() < 4.0 * spread / n.sqrt(), "σ {sigma}: mean {mean}");
        let variance = drawn.iter().map(|&x| (float(x) - mean).powi(2)).sum::<f64>() / n;
        assert!(
            (variance / spread.powi(2) - 1.0).abs() < 4.0 * (2.0 / n).sqrt(),
            "σ {sigma}: variance {variance}"
        );
        let lagged =
            drawn.windows(2).map(|pair| (float(pair[0]) - mean) * (float(pair[1]) - mean)).sum::<f64>();
        let correlation = lagged / n / variance;
        assert!(correlation.abs() < 4.0 / n.sqrt(), "σ {sigma}: lag-1 correlation {correlation}");
        // Beyond six standard deviations lie two in a thousand million.
        let far = drawn.iter().filter(|x| x.unsigned_abs() > 6 * sigma).count();
        assert!(far <= 1, "σ {sigma}: {far} draws beyond six standard deviations");
    }
}

#[test]
fn the_test_would_notice_a_wrong_standard_deviation() {
    let drawn = draws(9, 5);
    assert!(goodness_of_fit(&drawn, 9.0) > 1e-4);
    assert!(goodness_of_fit(&drawn, 9.1) < 1e-4);
    assert!(goodness_of_fit(&drawn, 8.9) < 1e-4);
    let shifted: Vec<i64> = drawn.iter().map(|x| x + i64::from(*x >= 0)).collect();
    assert!(goodness_of_fit(&shifted, 9.0) < 1e-4);
}

#[test]
fn the_largest_standard_deviation_stays_within_integers() {
    let mut random = SplitMix(1);
    let sigma = Sigma::new(engine::privacy::discrete_gaussian::SIGMA_MAX).unwrap();
    assert!((0..200).all(|_| sample(sigma, &mut random).unsigned_abs() < 12 * sigma.get()));
}

#[test]
fn no_floating_point_touches_the_noise() {
    for source in
        [include_str!("../src/privacy/discrete_gaussian.rs"), include_str!("../src/privacy/release.rs")]
    {
        for (number, line) in source.lines().enumerate() {
            assert!(!line.contains("f64") && !line.contains("f32"), "line {}: {line}", number + 1);
        }
    }
}
