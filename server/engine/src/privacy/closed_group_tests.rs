//! Suppression holds against a solver: somebody who knows the algorithm, tries every world, and keeps those that
//! give exactly what is shown.

use h3o::{CellIndex, LatLng, Resolution};
use proptest::prelude::*;

use super::*;

type Shown = (Vec<Option<Number>>, Option<Number>);

/// What a rule shows of counts whose visible ones have a union of `all` people.
type Rule = fn(&[u32], u32) -> Shown;

fn ours(counts: &[u32], all: u32) -> Shown {
    after(counts, &vec![None; counts.len()], all, None)
}

fn after(counts: &[u32], before: &[Option<Number>], all: u32, all_before: Option<Number>) -> Shown {
    let units: Vec<Unit> = counts
        .iter()
        .zip(before)
        .map(|(count, before)| Unit { count: *count, before: *before, ..Unit::default() })
        .collect();
    suppress(&units, |_| all, all_before)
}

/// Hides small counts and tells everything else, as many a published table does.
fn naive(counts: &[u32], all: u32) -> Shown {
    (counts.iter().map(|count| (*count >= LEAST).then(|| Number::of(*count, None))).collect(), {
        (all >= LEAST).then(|| Number::of(all, None))
    })
}

/// Every table of so many counts up to `most`.
fn tables(units: usize, most: u32) -> impl Iterator<Item = Vec<u32>> {
    let base = most + 1;
    (0..base.pow(u32::try_from(units).unwrap()))
        .map(move |n| (0..units).map(|digit| n / base.pow(u32::try_from(digit).unwrap()) % base).collect())
}

/// For everything that a rule can show: the values that each count may have.
///
/// `of` picks the counts whose union is told. A union of sets has between the largest count and their sum of people,
/// and each number between is that of some sets.
fn solve(
    units: usize,
    most: u32,
    rule: Rule,
    of: fn(&[u32]) -> Vec<u32>,
) -> BTreeMap<Shown, Vec<BTreeSet<u32>>> {
    let mut possible: BTreeMap<Shown, Vec<BTreeSet<u32>>> = BTreeMap::new();
    for counts in tables(units, most) {
        let told = of(&counts);
        for all in told.iter().copied().max().unwrap_or(0)..=told.iter().sum() {
            let values = possible.entry(rule(&counts, all)).or_insert_with(|| vec![BTreeSet::new(); units]);
            for (values, count) in values.iter_mut().zip(&counts) {
                values.insert(*count);
            }
        }
    }
    possible
}

/// The smallest number of values that a hidden count may have, over everything that can be shown.
fn narrowest(possible: &BTreeMap<Shown, Vec<BTreeSet<u32>>>) -> usize {
    let hidden = possible.iter().flat_map(|((shown, _), values)| {
        shown.iter().zip(values).filter(|(shown, _)| shown.is_none()).map(|(_, values)| values.len())
    });
    hidden.min().expect("something is hidden")
}

fn visible(counts: &[u32]) -> Vec<u32> {
    counts.iter().copied().filter(|count| *count >= LEAST).collect()
}

#[test]
fn a_solver_that_tries_every_table_learns_no_more_of_a_hidden_count_than_that_it_is_small() {
    // With four units the number of all is told beside a hidden one.
    for (units, most) in [(1, 30), (2, 24), (3, 15), (4, 12)] {
        let possible = solve(units, most, ours, visible);
        for ((shown, all), values) in &possible {
            for (unit, _) in shown.iter().enumerate().filter(|(_, shown)| shown.is_none()) {
                let everything: BTreeSet<u32> = (0..LEAST).collect();
                assert_eq!(values[unit], everything, "{shown:?} of {all:?}");
            }
            for (number, values) in
                shown.iter().zip(values).filter_map(|(n, values)| Some((n.as_ref()?, values)))
            {
                assert!(
                    values.iter().all(|n| (number.low..=number.high).contains(n)),
                    "{number:?}: {values:?}"
                );
            }
        }
        let beside = |(shown, all): &Shown| all.is_some() && shown.iter().any(Option::is_none);
        assert_eq!(units == 4, possible.keys().any(beside), "a number of all beside a hidden one");
    }
}

#[test]
fn the_same_solver_undoes_the_usual_table_with_a_total_of_everybody() {
    let possible = solve(2, 24, naive, <[u32]>::to_vec);
    assert!(narrowest(&possible) < 10, "without complementary suppression a hidden count is told closer");
    // 14 people, 10 of them in the first unit: the hidden one has some of them for sure.
    let shown = naive(&[10, 4], 14);
    assert!(possible[&shown][1].first() > Some(&0), "{shown:?}");
    assert_eq!(ours(&[10, 4], 10).1, None);
}

#[test]
fn from_snapshot_to_snapshot_nobody_learns_that_a_few_came_or_went() {
    let mut changes: BTreeMap<Vec<Option<Number>>, BTreeSet<i64>> = BTreeMap::new();
    let mut latest: BTreeMap<Vec<Option<Number>>, BTreeSet<u32>> = BTreeMap::new();
    for counts in tables(3, 36) {
        let mut shown: Vec<Option<Number>> = Vec::new();
        for (step, count) in counts.iter().enumerate() {
            let before = shown.last().copied().flatten();
            shown.push(after(&[*count], &[before], 0, None).0[0]);
            if step > 0 {
                let change = i64::from(*count) - i64::from(counts[step - 1]);
                changes.entry(shown.clone()).or_default().insert(change);
            }
            latest.entry(shown.clone()).or_default().insert(*count);
        }
    }
    for (shown, changes) in &changes {
        // At the end of the tried counts there are fewer worlds than there would be.
        if shown.iter().flatten().any(|number| number.high > 36) {
            continue;
        }
        let least = changes.iter().map(|change| change.abs()).min().unwrap();
        assert!(
            changes.contains(&0) || least >= i64::from(LEAST) || changes.len() >= 10,
            "{shown:?} tells that {changes:?} came"
        );
    }
    for (shown, counts) in latest.iter().filter(|(shown, _)| shown.last().unwrap().is_none()) {
        assert_eq!(counts, &(0..LEAST).collect(), "{shown:?}");
    }
}

#[test]
fn a_number_stays_until_it_is_off_by_twelve() {
    let first = Number::of(12, None);
    assert_eq!((first.shown, first.low, first.high), (10, 10, 12));
    let few = Number::of(21, Some(first));
    assert_eq!((few.shown, few.low, few.high), (10, 10, 21));
    let many = Number::of(22, Some(few));
    assert_eq!((many.shown, many.low, many.high), (20, 18, 22));
    assert_eq!(after(&[9], &[Some(many)], 0, None).0, [None], "what is small is hidden all the same");
}

fn ring() -> Vec<CellIndex> {
    let mut cells: Vec<_> = LatLng::new(58.38, 26.72).unwrap().to_cell(Resolution::Eight).grid_disk(1);
    cells.sort_unstable();
    cells
}

fn place(participant: u128, cell: CellIndex, neighbourhood: Option<usize>) -> Contribution {
    Contribution {
        participant: Uuid::from_u128(participant),
        cell,
        neighbourhood,
        valence: Some(f64::NAN),
        kinds: [true; 7],
        activities: [true; 8],
    }
}

fn numbers(made: &Published<Snapshot>) -> Vec<Option<u32>> {
    made.table().units().iter().map(|row| row.people().map(Number::shown)).collect()
}

fn json(made: &Published<Snapshot>) -> String {
    serde_json::to_string(made).unwrap()
}

#[test]
fn counts_are_of_people_rounded_to_five_and_small_ones_are_hidden_with_zeros() {
    let cells = ring();
    let domain = Domain::new(cells.clone(), vec![]).unwrap();
    // 23 people in cell 0, each five times; 12 of them in cell 1, 9 of them in cell 2.
    let mut places: Vec<_> = (0..23).flat_map(|p| std::iter::repeat_n(place(p, cells[0], None), 5)).collect();
    places.extend((0..12).map(|p| place(p, cells[1], None)));
    places.extend((0..9).map(|p| place(p, cells[2], None)));
    let made = snapshot(Uuid::nil(), &domain, &[], &places, None);
    assert_eq!(numbers(&made), [Some(25), Some(10), None, None, None, None, None]);
    assert_eq!(made.table().people(), None, "of two units nobody is told how many are in both");
    assert_eq!(Published::<Snapshot>::from_stored(&json(&made)).unwrap(), made);
    // A third unit: those in it and in no other make the 23 to 38.
    places.extend((100..115).map(|p| place(p, cells[3], None)));
    let made = snapshot(Uuid::nil(), &domain, &[], &places, None);
    assert_eq!(made.table().people().map(Number::shown), Some(40));
}

#[test]
fn one_participant_with_500_places_in_a_unit_counts_once() {
    let domain = Domain::new(vec![], vec![Uuid::nil()]).unwrap();
    let cell = ring()[0];
    let alone: Vec<_> = (0..500).map(|_| place(1, cell, Some(0))).collect();
    let of = |places: &[Contribution]| numbers(&snapshot(Uuid::nil(), &domain, &[[1; 32]], places, None));
    assert_eq!(of(&alone), [None]);
    assert_eq!(of(&(0..10).map(|p| place(p, cell, Some(0))).chain(alone).collect::<Vec<_>>()), [Some(10)]);
    assert_eq!(of(&[]), [None], "an empty community looks like a small one");
    assert_eq!(
        of(&[place(1, cell, Some(7)), place(2, cell, None)]),
        [None],
        "places in no unit are left out"
    );
}

#[test]
fn a_unit_whose_outline_changed_rests_for_a_snapshot() {
    let domain = Domain::new(vec![], vec![Uuid::nil(), Uuid::max()]).unwrap();
    let places: Vec<_> = (0..40).map(|p| place(p, ring()[0], Some(usize::from(p < 20)))).collect();
    let of = |outlines: [[u8; 32]; 2], before: Option<&Published<Snapshot>>| {
        snapshot(Uuid::nil(), &domain, &outlines, &places, before)
    };
    let first = of([[1; 32], [2; 32]], None);
    assert_eq!(numbers(&first), [Some(20), Some(20)]);
    let moved = of([[1; 32], [3; 32]], Some(&first));
    assert_eq!(
        numbers(&moved),
        [Some(20), None],
        "the old line against the new one would tell of the sliver"
    );
    assert_eq!(numbers(&of([[1; 32], [3; 32]], Some(&moved))), [Some(20), Some(20)]);
    // Cells instead of neighbourhoods, which they overlap.
    let cells = Domain::new(ring(), vec![]).unwrap();
    let by_cell = snapshot(Uuid::nil(), &cells, &[], &places, Some(&first));
    assert!(numbers(&by_cell).iter().all(Option::is_none));
    assert_eq!(numbers(&snapshot(Uuid::nil(), &cells, &[], &places, Some(&by_cell)))[0], Some(40));
}

proptest! {
    /// The strongest statement: what goes on in hidden units changes no byte.
    #[test]
    fn whoever_is_in_hidden_units_alone_leaves_no_trace(
        shown in proptest::collection::vec((0..60_u128, 0..3_usize), 0..200),
        hidden in proptest::collection::vec((0..90_u128, 3..7_usize), 0..40),
        others in proptest::collection::vec((0..90_u128, 3..7_usize), 0..40),
    ) {
        let cells = ring();
        let domain = Domain::new(cells.clone(), vec![]).unwrap();
        let make = |small: &[(u128, usize)], before: Option<&Published<Snapshot>>| {
            // At most nine people in each of the hidden units.
            let mut in_unit: BTreeMap<usize, BTreeSet<u128>> = BTreeMap::new();
            for (person, unit) in small {
                let people = in_unit.entry(*unit).or_default();
                if people.len() < 9 {
                    people.insert(*person);
                }
            }
            let small = in_unit.iter().flat_map(|(unit, people)| people.iter().map(move |p| (*p, *unit)));
            let all = shown.iter().copied().chain(small);
            let places: Vec<_> = all.map(|(person, unit)| place(person, cells[unit], None)).collect();
            snapshot(Uuid::nil(), &domain, &[], &places, before)
        };
        let (one, other) = (make(&hidden, None), make(&others, None));
        prop_assert_eq!(json(&one), json(&other));
        prop_assert!(numbers(&one)[3..].iter().all(Option::is_none));
        prop_assert_eq!(json(&make(&others, Some(&one))), json(&make(&hidden, Some(&other))));
        prop_assert!(numbers(&one).iter().flatten().all(|n| *n >= LEAST && n % BASE == 0));
    }

    /// The bounds that are given hold, through any series of snapshots.
    #[test]
    fn the_true_count_lies_within_the_bounds(counts in proptest::collection::vec(0..80_u32, 1..8)) {
        let mut before = None;
        for count in counts {
            before = after(&[count], &[before], 0, None).0[0];
            match before {
                Some(number) => prop_assert!((number.low..=number.high).contains(&count)),
                None => prop_assert!(count < LEAST),
            }
        }
    }
}
