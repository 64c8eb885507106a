//! What readers should be told before they believe a local statistic.
//!
//! J. K. Ord & A. Getis (1995) Local spatial autocorrelation statistics: distributional issues and an application.
//! Geographical Analysis 27:286–306,
//! [doi:10.1111/j.1538-4632.1995.tb00912.x](https://doi.org/10.1111/j.1538-4632.1995.tb00912.x): the scores are close to
//! normal only with enough units, and with enough neighbours for how skewed the values are.

use std::fmt;

use super::float;
use super::weights::Weights;

/// Fewer units than this are too few for the normal distribution.
pub const FEW_UNITS: usize = 30;
/// With this many neighbours a sum is close to normal even where values are somewhat skewed.
pub const ENOUGH_NEIGHBOURS: usize = 8;
/// The most skew of a sum that is still called close to normal. The skewness of a sum of `k` independent draws is that
/// of the values by `√k`. At a half one tail holds some four times what the other does beyond two standard deviations
/// (3.4 % and 0.8 % of a gamma distribution, 2.3 % each of a normal one).
pub const MOST_SKEW: f64 = 0.5;

/// A reason for care with z, and with p and q where they come from the normal distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Caution {
    /// Fewer units than [`FEW_UNITS`].
    FewUnits {
        /// How many there are.
        units: usize,
    },
    /// Some unit has fewer neighbours than [`ENOUGH_NEIGHBOURS`], and too few for how skewed the values are.
    Skewed {
        /// The skewness of the values: the third central moment by the third power of the standard deviation.
        skew: f64,
        /// The fewest neighbours of a unit that has any.
        fewest: usize,
    },
}

impl Caution {
    /// The name used in JSON and in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FewUnits { .. } => "few_units",
            Self::Skewed { .. } => "skewed_values",
        }
    }

    /// The caution with what it means for probabilities that are `exact`, or that come from the normal distribution.
    pub fn with_meaning(self, exact: bool) -> String {
        let meaning = match (self, exact) {
            (_, false) => "z, p and q are rough",
            (Self::FewUnits { .. }, true) => "z is rough, and only what stands out far can be found",
            (Self::Skewed { .. }, true) => {
                "z is rough; what is hot or cold follows from exact probabilities, which allow for it"
            }
        };
        format!("{self}: {meaning}")
    }
}

impl fmt::Display for Caution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FewUnits { units } => write!(f, "there are {units} units, fewer than {FEW_UNITS}"),
            Self::Skewed { skew, fewest } => write!(
                f,
                "values are skewed ({skew:.1}) and some units have only {fewest} neighbours, fewer than \
                 {ENOUGH_NEIGHBOURS}"
            ),
        }
    }
}

/// What to be careful about with Gi, Gi* or local Moran's I of these values.
///
/// # Parameters
///
/// * `values`: finite, one per unit.
/// * `weights`: neighbours without the unit itself. Units without any are not tested and have no say.
///
/// # Returns
///
/// [`Caution::FewUnits`] below [`FEW_UNITS`]; [`Caution::Skewed`] when, of the unit with the fewest neighbours `k`,
/// `k` is below [`ENOUGH_NEIGHBOURS`] and `|skewness| / √k` above [`MOST_SKEW`]. A pure function of values and weights.
///
/// # Notes
///
/// `O(n)`. The rule for skew is that by which analytic scores are flagged where exact probabilities are not to be had.
///
/// # Examples
///
/// ```
/// use engine::stats::cautions::{Caution, cautions};
/// use engine::stats::weights::Weights;
/// let links = (0..40_usize).flat_map(|unit| [(unit, (unit + 1) % 40, 1.0), (unit, (unit + 39) % 40, 1.0)]);
/// let ring = Weights::from_links(40, links)?;
/// let even: Vec<f64> = (0..40).map(f64::from).collect();
/// assert_eq!(cautions(&even, &ring), []);
/// let mut skewed = vec![0.0; 40];
/// skewed[7] = 100.0;
/// assert!(matches!(cautions(&skewed, &ring)[..], [Caution::Skewed { fewest: 2, .. }]));
/// # Ok::<(), engine::stats::weights::WeightsError>(())
/// ```
pub fn cautions(values: &[f64], weights: &Weights) -> Vec<Caution> {
    let mut found = Vec::new();
    let units = weights.len();
    if units < FEW_UNITS {
        found.push(Caution::FewUnits { units });
    }
    let fewest = (0..units).map(|unit| weights.degree(unit)).filter(|k| *k > 0).min();
    if let Some(fewest) = fewest.filter(|k| *k < ENOUGH_NEIGHBOURS) {
        let skew = skewness(values);
        if skew.abs() > MOST_SKEW * float(fewest).sqrt() {
            found.push(Caution::Skewed { skew, fewest });
        }
    }
    found
}

/// The third central moment by the third power of the standard deviation, both over all values; 0 where values do not
/// vary.
fn skewness(values: &[f64]) -> f64 {
    let n = float(values.len());
    let mean = values.iter().sum::<f64>() / n;
    let moment = |power: i32| values.iter().map(|value| (value - mean).powi(power)).sum::<f64>() / n;
    let spread = moment(2);
    if spread > 0.0 { moment(3) / spread.powf(1.5) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Units in a ring, each beside the `reach` next on either side.
    fn ring(units: usize, reach: usize) -> Weights {
        let links = (0..units).flat_map(|unit| {
            (1..=reach).flat_map(move |far| {
                [(unit, (unit + far) % units, 1.0), (unit, (unit + units - far) % units, 1.0)]
            })
        });
        Weights::from_links(units, links).unwrap()
    }

    /// Values of which a share is 1 and the rest 0: their skewness is `(1 − 2p)/√(p(1 − p))`.
    fn ones(units: usize, ones: usize) -> Vec<f64> {
        (0..units).map(|unit| f64::from(u8::from(unit < ones))).collect()
    }

    #[test]
    fn few_units_are_fewer_than_thirty() {
        assert_eq!(cautions(&ones(29, 14), &ring(29, 4)), [Caution::FewUnits { units: 29 }]);
        assert_eq!(cautions(&ones(30, 15), &ring(30, 4)), []);
    }

    #[test]
    fn skew_counts_against_the_root_of_the_fewest_neighbours_and_only_below_eight() {
        // A fifth of ones: skewness 0.6/0.4 = 1.5. By the root of 8 neighbours that is 0.53, of 6 it is 0.61.
        let values = ones(100, 20);
        assert!((skewness(&values) - 1.5).abs() < 1e-12);
        assert_eq!(cautions(&values, &ring(100, 4)), [], "eight neighbours are enough");
        let found = cautions(&values, &ring(100, 3));
        assert!(matches!(found[..], [Caution::Skewed { fewest: 6, .. }]), "{found:?}");
        // 30 of 100 ones: 0.87 by the root of 6 is 0.36, by that of 2 it is 0.62.
        assert_eq!(cautions(&ones(100, 30), &ring(100, 3)), []);
        assert!(matches!(cautions(&ones(100, 30), &ring(100, 1))[..], [Caution::Skewed { fewest: 2, .. }]));
        let turned: Vec<f64> = values.iter().map(|value| -value).collect();
        assert_eq!(cautions(&turned, &ring(100, 3)).len(), 1, "to the left as to the right");
    }

    #[test]
    fn values_that_do_not_vary_are_not_skewed_and_units_alone_have_no_say() {
        assert_eq!(cautions(&[3.0; 40], &ring(40, 1)), []);
        let alone = Weights::from_links(40, []).unwrap();
        assert_eq!(cautions(&ones(40, 2), &alone), []);
    }

    #[test]
    fn what_a_caution_means_depends_on_where_probabilities_come_from() {
        let few = Caution::FewUnits { units: 12 };
        assert_eq!(few.with_meaning(false), "there are 12 units, fewer than 30: z, p and q are rough");
        assert!(few.with_meaning(true).contains("z is rough, and only"));
        let skewed = Caution::Skewed { skew: 2.04, fewest: 6 };
        assert_eq!(
            skewed.with_meaning(false),
            "values are skewed (2.0) and some units have only 6 neighbours, fewer than 8: z, p and q are rough"
        );
        assert!(skewed.with_meaning(true).contains("exact probabilities, which allow for it"));
    }
}
