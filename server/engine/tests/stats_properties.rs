//! What must hold of the local statistics whatever the numbers.

use engine::stats::getis_ord::{LocalG, Scaling, Statistic, ValuesError, getis_ord};
use engine::stats::weights::{Weights, WeightsError};
use h3o::{CellIndex, LatLng, Resolution};
use proptest::prelude::*;

const BOTH: [Statistic; 2] = [Statistic::GiStar, Statistic::Gi];

/// Whole values, and links that may be weighted.
fn cases() -> impl Strategy<Value = (Vec<f64>, Vec<(usize, usize, f64)>)> {
    (3_usize..40).prop_flat_map(|units| {
        let values = prop::collection::vec((-50_i32..200).prop_map(f64::from), units);
        let links = prop::collection::btree_map((0..units, 0..units), 1_u32..9, 0..units * 5);
        let links = links.prop_map(|links| {
            links
                .into_iter()
                .filter(|((from, to), _)| from != to)
                .map(|((from, to), weight)| (from, to, f64::from(weight)))
                .collect()
        });
        (values, links)
    })
}

fn scores(values: &[f64], weights: &Weights, statistic: Statistic, scaling: Scaling) -> Vec<Option<f64>> {
    getis_ord(values, weights, statistic, scaling).unwrap().iter().map(LocalG::z).collect()
}

fn same(a: &[Option<f64>], b: &[Option<f64>]) -> bool {
    a.iter().zip(b).all(|(a, b)| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * (1.0 + a.abs()),
        (None, None) => true,
        _ => false,
    })
}

fn nothing_is_nan(found: &[LocalG]) -> bool {
    found.iter().all(|unit| {
        !unit.lag().is_nan()
            && [unit.ratio(), unit.z(), unit.p()].into_iter().flatten().all(f64::is_finite)
            && unit.z().is_some() == unit.p().is_some()
    })
}

proptest! {
    #[test]
    fn scores_do_not_change_when_a_row_is_scaled((values, links) in cases(), factors in prop::collection::vec(1e-3_f64..1e3, 40)) {
        let units = values.len();
        let plain = Weights::from_links(units, links.clone()).unwrap();
        let scaled = Weights::from_links(units, links.into_iter().map(|(i, j, w)| (i, j, w * factors[i]))).unwrap();
        for statistic in BOTH {
            let expected = scores(&values, &plain, statistic, Scaling::AsGiven);
            prop_assert!(same(&expected, &scores(&values, &scaled, statistic, Scaling::AsGiven)));
            prop_assert!(same(&expected, &scores(&values, &scaled, statistic, Scaling::RowStandardised)));
        }
    }

    #[test]
    fn scores_do_not_change_when_values_are_scaled_and_shifted((values, links) in cases(), a in 0.1_f64..10.0, b in -1e3_f64..1e3) {
        let weights = Weights::from_links(values.len(), links).unwrap();
        let moved: Vec<f64> = values.iter().map(|x| a * x + b).collect();
        for statistic in BOTH {
            let expected = scores(&values, &weights, statistic, Scaling::AsGiven);
            // Equal values stay equal under the map, so that "does not vary" is preserved exactly.
            prop_assert!(same(&expected, &scores(&moved, &weights, statistic, Scaling::AsGiven)));
        }
    }

    #[test]
    fn nothing_is_ever_nan(
        values in prop::collection::vec(prop_oneof![any::<f64>().prop_filter("finite", |x| x.is_finite()), Just(0.0), Just(1.0), Just(f64::MAX), Just(f64::MIN)], 1..20),
        links in prop::collection::btree_map((0_usize..20, 0_usize..20), prop_oneof![Just(1.0), 1e-300_f64..1e300], 0..60),
    ) {
        let units = values.len();
        let links = links.into_iter().filter(|((i, j), _)| i != j && *i < units && *j < units).map(|((i, j), w)| (i, j, w));
        let weights = Weights::from_links(units, links).unwrap();
        for statistic in BOTH {
            for scaling in [Scaling::AsGiven, Scaling::RowStandardised] {
                prop_assert!(nothing_is_nan(&getis_ord(&values, &weights, statistic, scaling).unwrap()));
            }
        }
    }

    #[test]
    fn nearest_neighbours_are_those_of_a_full_search(
        points in prop::collection::vec((0_i32..12, 0_i32..12).prop_map(|(x, y)| (f64::from(x), f64::from(y))), 2..60),
        k in 1_usize..8,
    ) {
        prop_assume!(k < points.len());
        let weights = Weights::k_nearest(&points, k).unwrap();
        for (unit, here) in points.iter().enumerate() {
            let mut others: Vec<(f64, usize)> = points
                .iter()
                .enumerate()
                .filter(|&(other, _)| other != unit)
                .map(|(other, there)| ((here.0 - there.0).powi(2) + (here.1 - there.1).powi(2), other))
                .collect();
            others.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let mut expected: Vec<usize> = others[..k].iter().map(|&(_, other)| other).collect();
            expected.sort_unstable();
            prop_assert_eq!(weights.neighbours(unit).map(|(other, _)| other).collect::<Vec<_>>(), expected);
        }
    }
}

fn ring(units: usize) -> Weights {
    Weights::from_links(
        units,
        (0..units).flat_map(|i| [(i, (i + 1) % units, 1.0), ((i + 1) % units, i, 1.0)]),
    )
    .unwrap()
}

#[test]
fn what_cannot_be_tested_has_no_score() {
    let none = |values: &[f64], weights: &Weights| {
        BOTH.iter().all(|&statistic| {
            scores(values, weights, statistic, Scaling::AsGiven).iter().all(Option::is_none)
        })
    };
    assert!(none(&[0.1; 6], &ring(6)), "values do not vary");
    let pair = Weights::from_links(2, [(0, 1, 1.0), (1, 0, 1.0)]).unwrap();
    assert!(none(&[1.0, 2.0], &pair), "two units");
    assert!(none(&[1.0, 2.0, 4.0], &ring(3)), "everyone is a neighbour");
    assert!(none(&[1.0, 2.0, 4.0], &Weights::from_links(3, []).unwrap()), "nobody is");
}

#[test]
fn an_island_is_not_tested_and_does_not_disturb_the_others() {
    let weights = Weights::from_links(4, [(0, 1, 1.0), (1, 0, 1.0), (1, 2, 1.0), (2, 1, 1.0)]).unwrap();
    assert_eq!(weights.islands(), [3]);
    let found = scores(&[1.0, 5.0, 2.0, 7.0], &weights, Statistic::GiStar, Scaling::AsGiven);
    assert_eq!(found.iter().map(Option::is_some).collect::<Vec<_>>(), [true, true, true, false]);
}

#[test]
fn the_outlier_itself_is_not_tested_when_all_others_are_equal() {
    let found = scores(&[0.1, 0.1, 0.1, 0.1, 1e9], &ring(5), Statistic::Gi, Scaling::AsGiven);
    assert_eq!(found[4], None);
    assert!(found[0].is_some());
}

#[test]
fn unusable_values_are_named() {
    assert_eq!(
        getis_ord(&[1.0], &ring(4), Statistic::Gi, Scaling::AsGiven).unwrap_err(),
        ValuesError::LengthMismatch { values: 1, units: 4 }
    );
    let error =
        getis_ord(&[1.0, f64::INFINITY, 0.0, 0.0], &ring(4), Statistic::Gi, Scaling::AsGiven).unwrap_err();
    assert_eq!(error.to_string(), "the value inf of unit 1 is not finite; leave units without a value out");
}

#[test]
fn unusable_weights_are_named() {
    let links = |links: &[(usize, usize, f64)]| Weights::from_links(3, links.iter().copied()).unwrap_err();
    assert_eq!(Weights::from_links(0, []), Err(WeightsError::Empty));
    assert_eq!(links(&[(0, 3, 1.0)]), WeightsError::OutOfRange { from: 0, to: 3, units: 3 });
    assert_eq!(links(&[(1, 1, 1.0)]), WeightsError::SelfLink { unit: 1 });
    assert_eq!(links(&[(0, 1, -2.0)]), WeightsError::BadWeight { from: 0, to: 1, weight: -2.0 });
    assert!(matches!(links(&[(0, 1, f64::NAN)]), WeightsError::BadWeight { .. }));
    assert_eq!(links(&[(0, 1, 1.0), (2, 1, 1.0), (0, 1, 2.0)]), WeightsError::Duplicate { from: 0, to: 1 });
    let points = [(0.0, 0.0), (1.0, 0.0)];
    assert_eq!(Weights::k_nearest(&points, 2), Err(WeightsError::TooFew { k: 2, units: 2 }));
    assert_eq!(Weights::k_nearest(&points, 0), Err(WeightsError::NoneAsked { asked: 0 }));
    assert_eq!(Weights::k_nearest(&[], 1), Err(WeightsError::Empty));
    assert!(matches!(
        Weights::k_nearest(&[(0.0, f64::NAN), (0.0, 0.0)], 1),
        Err(WeightsError::BadPoint { index: 0, .. })
    ));
    assert!(matches!(Weights::distance_band(&points, f64::NAN), Err(WeightsError::BadBand { .. })));
}

#[test]
fn a_distance_band_includes_its_threshold() {
    let weights = Weights::distance_band(&[(0.0, 0.0), (30.0, 0.0), (60.5, 0.0)], 30.0).unwrap();
    assert_eq!((weights.degree(0), weights.degree(1), weights.degree(2)), (1, 1, 0));
}

#[test]
fn cells_neighbour_only_cells_of_the_list_in_one_or_two_rings() {
    let centre = LatLng::new(58.38, 26.72).unwrap().to_cell(Resolution::Eight);
    let disk: Vec<CellIndex> = centre.grid_disk(4);
    let one = Weights::h3_rings(&disk, 1).unwrap();
    let two = Weights::h3_rings(&disk, 2).unwrap();
    let unit = disk.iter().position(|&cell| cell == centre).unwrap();
    assert_eq!((one.degree(unit), two.degree(unit)), (6, 18));
    for (unit, &cell) in disk.iter().enumerate() {
        for (other, weight) in one.neighbours(unit) {
            assert_eq!(cell.grid_distance(disk[other]), Ok(1));
            assert_eq!(weight.to_bits(), 1.0_f64.to_bits());
        }
    }
    let twice = [centre, centre];
    assert_eq!(Weights::h3_rings(&twice, 1), Err(WeightsError::DuplicateCell { cell: centre }));
    let mixed = [centre, centre.parent(Resolution::Seven).unwrap()];
    assert!(matches!(Weights::h3_rings(&mixed, 1), Err(WeightsError::MixedResolutions { .. })));
    assert_eq!(Weights::h3_rings(&disk, 0), Err(WeightsError::NoneAsked { asked: 0 }));
    assert_eq!(Weights::h3_rings(&[], 1), Err(WeightsError::Empty));
}
