//! Hostile participants cannot change more than the noise is made for.

use h3o::{LatLng, Resolution};
use proptest::prelude::*;

use super::*;

fn domain() -> Domain {
    let centre = LatLng::new(58.38, 26.72).unwrap().to_cell(Resolution::Eight);
    let mut cells: Vec<CellIndex> = centre.grid_disk(3);
    cells.sort_unstable();
    Domain::new(cells, (0..9).map(Uuid::from_u128).collect()).unwrap()
}

/// A cell of the domain or, now and then, far outside.
fn cell(domain: &Domain, draw: usize) -> CellIndex {
    let outside = LatLng::new(-33.0, 151.0).unwrap().to_cell(Resolution::Eight);
    domain.cells().get(draw).copied().unwrap_or(outside)
}

/// The places of one participant: 1 to 500 of them, with duplicates and numbers that are no valences.
fn places(participant: u128, most: usize) -> impl Strategy<Value = Vec<Contribution>> {
    let valence = prop_oneof![
        Just(None),
        (-1.0_f64..=1.0).prop_map(Some),
        any::<f64>().prop_map(Some),
        prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e308, -1e308, 1.0, -1.0])
            .prop_map(Some),
    ];
    let neighbourhood =
        prop_oneof![4 => (0_usize..9).prop_map(Some), 1 => Just(None), 1 => Just(Some(usize::MAX))];
    prop::collection::vec((0_usize..40, neighbourhood, valence, any::<([bool; 7], [bool; 8])>()), 1..=most)
        .prop_map(move |places| {
            let domain = domain();
            places
                .into_iter()
                .map(|(draw, neighbourhood, valence, (kinds, activities))| Contribution {
                    participant: Uuid::from_u128(participant),
                    cell: cell(&domain, draw),
                    neighbourhood,
                    valence,
                    kinds,
                    activities,
                })
                .collect()
        })
}

fn differences(a: &[i64], b: &[i64]) -> Vec<i64> {
    a.iter().zip(b).map(|(a, b)| a - b).filter(|&difference| difference != 0).collect()
}

fn squares(differences: &[i64]) -> i64 {
    differences.iter().map(|difference| difference * difference).sum()
}

proptest! {
    #[test]
    fn one_participant_changes_no_more_than_the_sensitivity(
        mut others in prop::collection::vec(places(1, 20), 0..6),
        target in places(99, 500),
        key in any::<[u8; 32]>(),
    ) {
        for (index, places) in others.iter_mut().enumerate() {
            for place in places {
                place.participant = Uuid::from_u128(index as u128);
            }
        }
        let (domain, key) = (domain(), Key::new(key));
        let without = others.concat();
        // Mixed into the others' places rather than put at their end.
        let mut with = target.clone();
        with.extend(&without);
        with.reverse();

        let (a, b) = (CellCounts::count(&domain, &with, &key), CellCounts::count(&domain, &without, &key));
        let changed = differences(a.people(), b.people());
        prop_assert!(changed.len() <= 8 && squares(&changed) <= 8);

        let (a, b) = (NeighbourhoodSums::sum(&domain, &with, &key), NeighbourhoodSums::sum(&domain, &without, &key));
        let people = differences(a.people(), b.people());
        let valence = differences(a.valence_sixteenths(), b.valence_sixteenths());
        prop_assert!(people.len() <= 4 && valence.len() <= 4);
        // In sixteenths, 256 to the whole: people² + valence² ≤ 8 in units of 1.
        prop_assert!(256 * squares(&people) + squares(&valence) <= 8 * 256);
        prop_assert_eq!(participants(&with) - participants(&without), 1);
        let (a, b): (Vec<i64>, Vec<i64>) = (a.kinds().concat(), b.kinds().concat());
        let kinds = differences(&a, &b);
        prop_assert!(kinds.len() <= 4 * 7);
        prop_assert!(256 * (squares(&people) + squares(&kinds)) + squares(&valence) <= 36 * 256);
        let (with_all, without_all) = (
            NeighbourhoodSums::sum(&domain, &with, &key), NeighbourhoodSums::sum(&domain, &without, &key),
        );
        let activities =
            differences(&with_all.activities().concat(), &without_all.activities().concat());
        prop_assert!(activities.iter().all(|change| *change == 1) && squares(&activities) <= 4);

        let (a, b) = (Totals::count(&with), Totals::count(&without));
        prop_assert!(squares(&differences(a.people(), b.people())) <= 7);
    }

    #[test]
    fn the_order_and_repetition_of_places_change_nothing(target in places(7, 60), key in any::<[u8; 32]>()) {
        let (domain, key) = (domain(), Key::new(key));
        let mut reversed = target.clone();
        reversed.reverse();
        let (a, b) = (NeighbourhoodSums::sum(&domain, &target, &key), NeighbourhoodSums::sum(&domain, &reversed, &key));
        prop_assert_eq!(a.valence_sixteenths(), b.valence_sixteenths());
        prop_assert_eq!(a.people(), b.people());
        let twice = [target.clone(), reversed].concat();
        let (a, b) = (CellCounts::count(&domain, &target, &key), CellCounts::count(&domain, &twice, &key));
        prop_assert_eq!(a.people(), b.people());
    }
}

#[test]
fn participants_count_once_where_they_have_many_pins() {
    let domain = domain();
    let pin = |participant: u128, draw: usize, valence: f64| Contribution {
        participant: Uuid::from_u128(participant),
        cell: cell(&domain, draw),
        neighbourhood: Some(2),
        valence: Some(valence),
        kinds: [true, participant == 2, draw == 99, false, false, false, true],
        activities: [
            false,
            participant == 2,
            participant == 2 && draw == 99,
            false,
            false,
            false,
            false,
            false,
        ],
    };
    let pins = [pin(1, 0, 1.0), pin(1, 0, 0.0), pin(1, 0, f64::NAN), pin(2, 0, -0.25), pin(2, 99, -0.25)];
    let key = Key::new([3; 32]);
    assert_eq!(CellCounts::count(&domain, &pins, &key).people()[0], 2);
    let sums = NeighbourhoodSums::sum(&domain, &pins, &key);
    assert_eq!(sums.people(), [0, 0, 2, 0, 0, 0, 0, 0, 0]);
    assert_eq!(sums.valence_sixteenths()[2], 8 - 4);
    assert_eq!(sums.kinds()[2], [2, 1, 1, 0, 0, 0, 2]);
    assert_eq!(sums.kinds()[3], [0; 7]);
    // The second has two activities here and counts with one of them; the first has none.
    assert_eq!(sums.activities()[2].iter().sum::<i64>(), 1);
    assert_eq!(sums.activities()[2][1] + sums.activities()[2][2], 1);
    assert_eq!(*Totals::count(&pins).people(), [2, 1, 1, 0, 0, 0, 2]);
    assert_eq!(*Totals::count(&[]).people(), [0; 7]);
}

#[test]
fn valences_are_rounded_to_sixteenths_with_halves_away_from_zero() {
    for (valences, expected) in [
        (vec![], 0),
        (vec![0.5 / 16.0], 1),
        (vec![-0.5 / 16.0], -1),
        (vec![0.49 / 16.0], 0),
        (vec![1e308, 1e308, 1e308], 16),
        (vec![-7.0], -16),
        (vec![1.0, -1e308], 0),
    ] {
        assert_eq!(mean_in_sixteenths(valences.clone()), expected, "{valences:?}");
    }
}

#[test]
fn everybody_counts_in_eight_cells_when_they_have_more() {
    let domain = domain();
    let pins: Vec<_> = (0..37)
        .map(|draw| Contribution {
            participant: Uuid::nil(),
            cell: cell(&domain, draw),
            neighbourhood: Some(draw % 9),
            valence: None,
            kinds: [true; 7],
            activities: [true; 8],
        })
        .collect();
    let counts = CellCounts::count(&domain, &pins, &Key::new([1; 32]));
    assert_eq!(counts.people().iter().sum::<i64>(), 8);
    let others = CellCounts::count(&domain, &pins, &Key::new([2; 32]));
    assert_ne!(counts.people(), others.people(), "another key chooses other cells");
    assert_eq!(NeighbourhoodSums::sum(&domain, &pins, &Key::new([1; 32])).people().iter().sum::<i64>(), 4);
    let activities = NeighbourhoodSums::sum(&domain, &pins, &Key::new([1; 32])).activities().concat();
    assert_eq!(activities.iter().sum::<i64>(), 4, "one activity in each of four neighbourhoods");
}

#[test]
fn the_activity_that_counts_is_any_of_ones_own_with_equal_chances() {
    let domain = domain();
    let pins: Vec<_> = (0..900)
        .map(|participant| Contribution {
            participant: Uuid::from_u128(participant),
            cell: cell(&domain, 0),
            neighbourhood: Some(4),
            valence: None,
            kinds: [false; 7],
            activities: [true, false, true, false, false, false, false, true],
        })
        .collect();
    let found = NeighbourhoodSums::sum(&domain, &pins, &Key::new([5; 32])).activities()[4];
    assert_eq!(found.iter().sum::<i64>(), 900);
    // 300 each, give or take four standard deviations of √(900 · 1/3 · 2/3) = 14.1.
    for (activity, people) in found.iter().enumerate() {
        let has = [0, 2, 7].contains(&activity);
        assert!(if has { (people - 300).abs() < 57 } else { *people == 0 }, "{found:?}");
    }
}
