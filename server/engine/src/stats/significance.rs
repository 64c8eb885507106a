//! From probabilities to what may be said: q values, signed bins and published classes.
//!
//! * Y. Benjamini & Y. Hochberg (1995) Controlling the false discovery rate. Journal of the Royal
//!   Statistical Society B 57:289–300, [doi:10.1111/j.2517-6161.1995.tb02031.x](https://doi.org/10.1111/j.2517-6161.1995.tb02031.x)
//! * Y. Benjamini & D. Yekutieli (2001) The control of the false discovery rate in multiple testing under
//!   dependency. Annals of Statistics 29:1165–1188, [doi:10.1214/aos/1013699998](https://doi.org/10.1214/aos/1013699998)

use serde::{Deserialize, Serialize};

use super::float;

/// Probabilities adjusted for the number of tests.
#[derive(Debug, Clone, PartialEq)]
pub struct Adjusted {
    /// One per unit, in order; `None` where there was no test.
    pub q: Vec<Option<f64>>,
    /// How many units were tested.
    pub tested: usize,
}

/// Benjamini-Hochberg q values over the units that could be tested.
///
/// # Parameters
///
/// * `p`: two-sided probabilities in 0..=1; `None` (or NaN) for a unit that was not tested, which does not
///   count among the tests.
///
/// # Returns
///
/// `q_(r) = min over s ≥ r of p_(s)·m/s`, at most 1, in the order of `p`, and the number of tests `m`.
///
/// # Notes
///
/// Proven under independence and positive regression dependence; neighbouring Gi* are positively
/// dependent, so it is usually conservative. [`benjamini_yekutieli`] holds under any dependence.
/// `O(n log n)`.
///
/// # Examples
///
/// ```
/// use engine::stats::significance::benjamini_hochberg;
/// let adjusted = benjamini_hochberg(&[Some(0.01), None, Some(0.04), Some(0.03)]);
/// assert_eq!(adjusted.q, [Some(0.03), None, Some(0.04), Some(0.04)]);
/// assert_eq!(adjusted.tested, 3);
/// ```
pub fn benjamini_hochberg(p: &[Option<f64>]) -> Adjusted {
    step_up(p, |_| 1.0)
}

/// Benjamini-Yekutieli q values: valid under any dependence, and stricter by `1 + 1/2 + … + 1/m`.
///
/// # Parameters, Returns
///
/// As for [`benjamini_hochberg`].
pub fn benjamini_yekutieli(p: &[Option<f64>]) -> Adjusted {
    step_up(p, |tested| (1..=tested).map(|rank| 1.0 / float(rank)).sum())
}

fn step_up(p: &[Option<f64>], penalty: impl FnOnce(usize) -> f64) -> Adjusted {
    let mut order: Vec<(f64, usize)> =
        p.iter().enumerate().filter_map(|(unit, p)| p.filter(|p| !p.is_nan()).map(|p| (p, unit))).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let tested = order.len();
    let factor = float(tested) * penalty(tested);
    let mut q = vec![None; p.len()];
    let mut least = 1.0_f64;
    for (rank, (p, unit)) in order.into_iter().enumerate().rev() {
        least = least.min(p * factor / float(rank + 1));
        q[unit] = Some(least);
    }
    Adjusted { q, tested }
}

/// What a map may say of a unit: hot or cold at 99, 95 or 90% confidence after correction, neither, or
/// that there is not enough information.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// High among high, q ≤ 0.01.
    Hot99,
    /// High among high, q ≤ 0.05.
    Hot95,
    /// High among high, q ≤ 0.10.
    Hot90,
    /// Tested, and neither hot nor cold.
    None,
    /// Low among low, q ≤ 0.10.
    Cold90,
    /// Low among low, q ≤ 0.05.
    Cold95,
    /// Low among low, q ≤ 0.01.
    Cold99,
    /// Not tested, or too little to go by: unknown, never "low".
    NotEnough,
}

impl Class {
    /// The name used in JSON, in tiles and in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Hot99 => "hot99",
            Self::Hot95 => "hot95",
            Self::Hot90 => "hot90",
            Self::None => "none",
            Self::Cold90 => "cold90",
            Self::Cold95 => "cold95",
            Self::Cold99 => "cold99",
            Self::NotEnough => "not_enough",
        }
    }

    /// The class of a score `z` with adjusted probability `q`; [`Class::NotEnough`] where either is missing.
    ///
    /// # Examples
    ///
    /// ```
    /// use engine::stats::significance::Class;
    /// assert_eq!(Class::new(Some(-3.0), Some(0.05)), Class::Cold95);
    /// assert_eq!(Class::new(None, None), Class::NotEnough);
    /// assert_eq!(serde_json::to_string(&Class::NotEnough)?, "\"not_enough\"");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub const fn new(z: Option<f64>, q: Option<f64>) -> Self {
        match (z, q) {
            (Some(z), Some(q)) => match signed_bin(z, q) {
                3 => Self::Hot99,
                2 => Self::Hot95,
                1 => Self::Hot90,
                -1 => Self::Cold90,
                -2 => Self::Cold95,
                -3 => Self::Cold99,
                _ => Self::None,
            },
            _ => Self::NotEnough,
        }
    }

    /// The bin −3..=3; `None` for [`Class::NotEnough`].
    pub const fn bin(self) -> Option<i8> {
        Some(match self {
            Self::Hot99 => 3,
            Self::Hot95 => 2,
            Self::Hot90 => 1,
            Self::None => 0,
            Self::Cold90 => -1,
            Self::Cold95 => -2,
            Self::Cold99 => -3,
            Self::NotEnough => return None,
        })
    }
}

/// The sign of `z` times 3, 2 or 1 for q ≤ 0.01, 0.05 or 0.10, and 0 otherwise.
pub const fn signed_bin(z: f64, q: f64) -> i8 {
    let level = if q <= 0.01 {
        3
    } else if q <= 0.05 {
        2
    } else if q <= 0.10 {
        1
    } else {
        0
    };
    if z > 0.0 {
        level
    } else if z < 0.0 {
        -level
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn q_values_agree_with_a_hand_computed_example() {
        // Benjamini & Hochberg 1995, section 3.2: fifteen p values, four rejected at 0.05.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
            0.6528, 0.7590, 1.0,
        ];
        let adjusted = benjamini_hochberg(&p.map(Some));
        assert_eq!(adjusted.tested, 15);
        assert_eq!(adjusted.q.iter().filter(|q| q.is_some_and(|q| q <= 0.05)).count(), 4);
        assert!((adjusted.q[3].unwrap() - 0.0095 * 15.0 / 4.0).abs() < 1e-15);
        let strict = benjamini_yekutieli(&p.map(Some));
        assert!(strict.q.iter().zip(&adjusted.q).all(|(strict, q)| strict >= q));
    }

    #[test]
    fn units_without_a_test_do_not_count() {
        let adjusted = benjamini_hochberg(&[None, Some(f64::NAN), Some(0.02), None]);
        assert_eq!(adjusted, Adjusted { q: vec![None, None, Some(0.02), None], tested: 1 });
        assert_eq!(benjamini_hochberg(&[]).tested, 0);
    }

    #[test]
    fn classes_and_bins_name_the_same_seven_levels() {
        for (z, q, bin) in [
            (2.0, 0.01, 3),
            (2.0, 0.05, 2),
            (2.0, 0.1, 1),
            (2.0, 0.11, 0),
            (-2.0, 0.1, -1),
            (-2.0, 0.02, -2),
            (-2.0, 0.0, -3),
            (0.0, 0.0, 0),
        ] {
            assert_eq!(signed_bin(z, q), bin);
            assert_eq!(Class::new(Some(z), Some(q)).bin(), Some(bin));
        }
        assert_eq!(Class::new(Some(1.0), None).bin(), None);
        assert_eq!(serde_json::to_string(&Class::Hot99).unwrap(), "\"hot99\"");
    }
}
