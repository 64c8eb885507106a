//! Exact confidence bounds of a proportion.
//!
//! C. Clopper & E. Pearson (1934) Biometrika 26:404–413,
//! [doi:10.1093/biomet/26.4.404](https://doi.org/10.1093/biomet/26.4.404).

use std::f64::consts::PI;

/// The largest proportion that is too small for `hits` of `runs`: true ones lie below it with probability
/// `miss` at most.
pub fn lower(hits: u64, runs: u64, miss: f64) -> f64 {
    if hits == 0 { 0.0 } else { bisect(|p| at_least(hits, runs, p) < miss) }
}

/// The smallest proportion that is too large for `hits` of `runs`.
pub fn upper(hits: u64, runs: u64, miss: f64) -> f64 {
    if hits == runs { 1.0 } else { bisect(|p| 1.0 - at_least(hits + 1, runs, p) > miss) }
}

/// Where a property of proportions that holds for small ones alone ends.
fn bisect(holds: impl Fn(f64) -> bool) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if holds(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// The probability of at least `hits` (1 or more) of `runs`: the regularised incomplete beta function.
fn at_least(hits: u64, runs: u64, p: f64) -> f64 {
    beta(float(hits), float(runs - hits + 1), p)
}

/// `I_x(a, b)` by its continued fraction (DLMF 8.17.22), evaluated after Lentz.
fn beta(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 || x >= 1.0 {
        return x.clamp(0.0, 1.0);
    }
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta(b, a, 1.0 - x);
    }
    let front = (ln_gamma(a + b) - ln_gamma(a) - ln_gamma(b) + a * x.ln() + b * (-x).ln_1p()).exp() / a;
    let away = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let (mut fraction, mut numerator, mut denominator) =
        (1.0, 1.0, 1.0 / away(1.0 - (a + b) * x / (a + 1.0)));
    fraction *= denominator;
    for step in 1..100_000_u32 {
        let step = f64::from(step);
        let even = step * (b - step) * x / ((a + 2.0 * step - 1.0) * (a + 2.0 * step));
        let odd = -(a + step) * (a + b + step) * x / ((a + 2.0 * step) * (a + 2.0 * step + 1.0));
        let before: f64 = fraction;
        for term in [even, odd] {
            denominator = 1.0 / away(1.0 + term * denominator);
            numerator = away(1.0 + term / numerator);
            fraction *= numerator * denominator;
        }
        if (fraction / before - 1.0).abs() < 1e-14 {
            return front * fraction;
        }
    }
    panic!("the continued fraction of I_{x}({a}, {b}) does not settle")
}

/// `ln Γ(x)` for `x ≥ 1`: Stirling's series after moving beyond 10.
fn ln_gamma(x: f64) -> f64 {
    let (mut x, mut moved) = (x, 0.0);
    while x < 10.0 {
        moved -= x.ln();
        x += 1.0;
    }
    let square = x * x;
    let series =
        (1.0 / 12.0 - (1.0 / 360.0 - (1.0 / 1_260.0 - 1.0 / (1_680.0 * square)) / square) / square) / x;
    moved + (x - 0.5) * x.ln() - x + 0.5 * (2.0 * PI).ln() + series
}

#[expect(clippy::cast_precision_loss, reason = "numbers of runs")]
fn float(count: u64) -> f64 {
    count as f64
}

#[test]
fn bounds_agree_with_the_cases_that_have_a_formula() {
    // ln Γ(10⁶) is 10⁷, of which floats keep nine places after the point.
    let near = |a: f64, b: f64| assert!((a / b - 1.0).abs() < 1e-7, "{a}, not {b}");
    for (runs, n) in [(10_u64, 10.0), (1_000, 1_000.0), (1_000_000, 1_000_000.0)] {
        near(upper(0, runs, 1e-3), 1.0 - 1e-3_f64.powf(1.0 / n));
        near(lower(runs, runs, 1e-3), 1e-3_f64.powf(1.0 / n));
        near(lower(1, runs, 1e-3), 1.0 - 0.999_f64.powf(1.0 / n));
        assert_eq!((lower(0, runs, 1e-3), upper(runs, runs, 1e-3)), (0.0, 1.0));
    }
    // The sum of binomial probabilities by hand: P[X ≥ 2 of 3] = 3p²(1 − p) + p³.
    let p = lower(2, 3, 0.01);
    near(3.0 * p * p * (1.0 - p) + p.powi(3), 0.01);
}
