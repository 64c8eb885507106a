//! Tail areas of the standard normal distribution.
//!
//! # Algorithm
//!
//! W. J. Cody's rational Chebyshev approximations, in the arrangement of his `ANORM`: one polynomial
//! quotient near zero, one to `√32`, one in `1/x²` beyond. The exponential is taken in two factors, over
//! `x` cut to sixteenths and over the rest, so that the rounding of `x²` does not spoil the far tail.
//!
//! * W. J. Cody (1969) Rational Chebyshev approximations for the error function. Mathematics of
//!   Computation 23:631–637, [doi:10.1090/S0025-5718-1969-0247736-4](https://doi.org/10.1090/S0025-5718-1969-0247736-4)
//! * W. J. Cody (1993) Algorithm 715: SPECFUN. ACM Transactions on Mathematical Software 19:22–32,
//!   [doi:10.1145/151271.151273](https://doi.org/10.1145/151271.151273)

/// Up to here the quotient of the centre is used: the 75% quantile, nearly.
const CENTRE: f64 = 0.674_489_75;
/// `√32`, from where on the asymptotic quotient is used.
const FAR: f64 = 5.656_854_249_492_381;
/// `1/√(2π)`.
const INVERSE_ROOT_TWO_PI: f64 = 0.398_942_280_401_432_7;

const A: [f64; 5] = [
    2.235_252_035_460_683_8,
    161.028_231_068_555_87,
    1_067.689_485_460_371,
    18_154.981_253_343_56,
    0.065_682_337_918_207_45,
];
const B: [f64; 4] =
    [47.202_581_904_688_245, 976.098_551_737_776_7, 10_260.932_208_618_979, 45_507.789_335_026_73];
const C: [f64; 9] = [
    0.398_941_512_088_138_5,
    8.883_149_794_388_377,
    93.506_656_132_177_85,
    597.270_276_394_800_3,
    2_494.537_585_290_372_6,
    6_848.190_450_536_283,
    11_602.651_437_647_35,
    9_842.714_838_383_978,
    1.076_557_677_372_019_2e-8,
];
const D: [f64; 8] = [
    22.266_688_044_328_117,
    235.387_901_782_625,
    1_519.377_599_407_554_7,
    6_485.558_298_266_761,
    18_615.571_640_885_097,
    34_900.952_721_145_98,
    38_912.003_286_093_27,
    19_685.429_676_859_992,
];
const P: [f64; 6] = [
    0.215_898_534_057_957,
    0.127_401_161_160_247_36,
    0.022_235_277_870_649_807,
    0.001_421_619_193_227_893_4,
    2.911_287_495_116_879_3e-5,
    0.023_073_441_764_940_174,
];
const Q: [f64; 5] = [
    1.284_260_096_144_911,
    0.468_238_212_480_865_1,
    0.065_988_137_868_928_56,
    0.003_782_396_332_027_582_4,
    7.297_515_550_839_662e-5,
];

/// The probability that a standard normal variable exceeds `z`.
///
/// # Returns
///
/// A probability in 0..=1, to a relative error of about 1e-15 down to the smallest normal number
/// (`z` ≈ 37.5), 0 beyond about 38.5, and NaN for NaN alone.
///
/// # Examples
///
/// ```
/// use engine::stats::normal::survival;
/// assert!((survival(1.959_963_984_540_054) - 0.025).abs() < 1e-15);
/// assert_eq!(survival(0.0), 0.5);
/// assert_eq!(survival(f64::NEG_INFINITY), 1.0);
/// ```
pub fn survival(z: f64) -> f64 {
    let distance = z.abs();
    if distance <= CENTRE {
        return 0.5 - centre(z);
    }
    let tail = tail(distance);
    if z > 0.0 { tail } else { 1.0 - tail }
}

/// The two-sided probability of a standard normal variable at least as far from zero as `z`.
///
/// # Returns
///
/// `2 · survival(|z|)` in 0..=1; NaN for NaN alone.
///
/// # Examples
///
/// ```
/// use engine::stats::normal::two_sided;
/// assert!((two_sided(-10.0) / 1.523_970_604_832_105e-23 - 1.0).abs() < 1e-14);
/// assert_eq!(two_sided(0.0), 1.0);
/// ```
pub fn two_sided(z: f64) -> f64 {
    2.0 * survival(z.abs())
}

/// The probability between 0 and `z`, with the sign of `z`, for `|z| ≤ CENTRE`.
fn centre(z: f64) -> f64 {
    let square = z * z;
    let mut numerator = A[4] * square;
    let mut denominator = square;
    for (a, b) in A.iter().zip(&B).take(3) {
        numerator = (numerator + a) * square;
        denominator = (denominator + b) * square;
    }
    z * (numerator + A[3]) / (denominator + B[3])
}

/// The upper tail for `x > CENTRE`.
fn tail(x: f64) -> f64 {
    let quotient = if x <= FAR {
        let mut numerator = C[8] * x;
        let mut denominator = x;
        for (c, d) in C.iter().zip(&D).take(7) {
            numerator = (numerator + c) * x;
            denominator = (denominator + d) * x;
        }
        (numerator + C[7]) / (denominator + D[7])
    } else if x < 50.0 {
        let inverse = 1.0 / (x * x);
        let mut numerator = P[5] * inverse;
        let mut denominator = inverse;
        for (p, q) in P.iter().zip(&Q).take(4) {
            numerator = (numerator + p) * inverse;
            denominator = (denominator + q) * inverse;
        }
        let correction = inverse * (numerator + P[4]) / (denominator + Q[4]);
        (INVERSE_ROOT_TWO_PI - correction) / x
    } else if x.is_nan() {
        return x;
    } else {
        return 0.0;
    };
    let sixteenths = (x * 16.0).trunc() / 16.0;
    let rest = (x - sixteenths) * (x + sixteenths);
    (-sixteenths * sixteenths * 0.5).exp() * (-rest * 0.5).exp() * quotient
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `2·Q(z)` from a Taylor series (z < 5) and a continued fraction (z ≥ 5) in 60-digit decimals.
    const TWO_SIDED: [(f64, f64); 18] = [
        (0.1, 9.203_443_254_459_421e-1),
        (0.5, 6.170_750_774_519_738e-1),
        (0.67, 5.028_577_901_906_202e-1),
        (1.0, 3.173_105_078_629_141e-1),
        (1.5, 1.336_144_025_377_161_3e-1),
        (1.96, 4.999_579_029_644_087e-2),
        (2.5, 1.241_933_065_155_227e-2),
        (3.0, 2.699_796_063_260_189e-3),
        (4.0, 6.334_248_366_623_984e-5),
        (5.0, 5.733_031_437_583_878e-7),
        (5.7, 1.198_074_280_212_705_6e-8),
        (6.0, 1.973_175_290_075_396e-9),
        (8.0, 1.244_192_114_854_356_8e-15),
        (10.0, 1.523_970_604_832_105e-23),
        (15.0, 7.341_932_398_625_502e-51),
        (20.0, 5.507_248_237_212_467e-89),
        (30.0, 9.813_427_854_296_374e-198),
        (37.0, 1.145_114_244_504_915_4e-299),
    ];

    #[test]
    fn tails_agree_with_sixty_digit_arithmetic() {
        for (z, expected) in TWO_SIDED {
            let relative = two_sided(z) / expected - 1.0;
            assert!(relative.abs() < 2e-15, "z {z}: relative error {relative:e}");
        }
    }

    #[test]
    fn the_pieces_meet_and_never_rise() {
        let mut last = 1.0;
        for step in 0..40_000 {
            let z = f64::from(step) / 1_000.0;
            let p = two_sided(z);
            assert!(p <= last, "rises at {z}");
            assert!((survival(z) + survival(-z) - 1.0).abs() < 1e-15);
            last = p;
        }
        assert!(last <= f64::MIN_POSITIVE);
    }

    #[test]
    fn infinities_are_certain_and_nan_stays_nan() {
        assert_eq!(two_sided(f64::INFINITY).to_bits(), 0.0_f64.to_bits());
        assert!(survival(f64::NAN).is_nan());
    }
}
