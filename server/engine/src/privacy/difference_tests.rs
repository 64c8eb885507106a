use super::*;
use crate::grid::cell_at;
use crate::random::Random;

/// A stored layer N: people and the sum of valences in sixteenths, of neighbourhoods from an id on.
fn towns(sigma: u64, from: u128, rows: &[(i64, i64)]) -> Published<NeighbourhoodTable> {
    let rows: Vec<_> = (from..)
        .zip(rows)
        .map(|(id, (people, valence))| {
            serde_json::json!({"id": Uuid::from_u128(id), "people": people, "valence_sixteenths": valence})
        })
        .collect();
    let json = serde_json::json!({"release": Uuid::nil(), "sigma": sigma, "neighbourhoods": rows});
    Published::<NeighbourhoodTable>::from_stored(&json.to_string()).unwrap()
}

/// A stored layer H.
fn cells(sigma: u64, of: &[(CellIndex, i64)]) -> Published<CellTable> {
    let mut of = of.to_vec();
    of.sort_unstable();
    let rows: Vec<_> = of.iter().map(|(cell, people)| (cell.to_string(), people)).collect();
    let json = serde_json::json!({"release": Uuid::nil(), "sigma": sigma, "cells": rows});
    Published::<CellTable>::from_stored(&json.to_string()).unwrap()
}

fn disk(resolution: Resolution, radius: u32) -> Vec<CellIndex> {
    cell_at(crate::LonLat::new(26.7, 58.4).unwrap(), resolution).grid_disk(radius)
}

fn near(a: f64, b: f64) {
    assert!((a - b).abs() < 1e-9 * b.abs().max(1.0), "{a}, not {b}");
}

#[expect(clippy::cast_possible_truncation, reason = "small numbers")]
fn noisy(random: &mut Random, exact: f64, sigma: f64) -> i64 {
    (exact + sigma * random.normal()).round() as i64
}

#[test]
fn the_noise_of_a_difference_is_that_of_both_releases() {
    // σ = 3 and 4: the difference varies by 5.
    let found =
        concentration_difference(&towns(3, 0, &[(60, 0), (40, 0)]), &towns(4, 0, &[(40, 0), (45, 0)]));
    let found = found.unwrap();
    let first = found.rows[0];
    let change = first.change.unwrap();
    near(change.value, 20.0);
    near(change.low, 20.0 - 1.645 * 5.0);
    near(change.high, 20.0 + 1.645 * 5.0);
    near(first.z.unwrap(), 4.0);
    // Two-sided p of 4 is 6.334e-5; of −1 it is 0.3173, the larger of two tests.
    assert!((first.q.unwrap() - 1.266_8e-4).abs() < 1e-8, "{:?}", first.q);
    assert!((found.rows[1].q.unwrap() - 0.317_31).abs() < 1e-5);
    assert_eq!((first.people, first.people_before, found.n_tested), (60, 40, 2));
    assert_eq!((first.class, found.rows[1].class), (Class::Hot99, Class::None));
}

#[test]
fn only_what_is_legible_in_one_of_two_releases_has_a_class_and_the_others_still_count_as_tests() {
    let later = towns(3, 0, &[(29, 0), (80, 0), (-2, 0)]);
    let earlier = towns(3, 0, &[(1, 0), (2, 0), (30, 0)]);
    let found = concentration_difference(&later, &earlier).unwrap();
    let classes: Vec<_> = found.rows.iter().map(|row| row.class).collect();
    assert_eq!(classes, [Class::NotEnough, Class::Hot99, Class::Cold99]);
    assert_eq!(found.n_tested, 3);
    let hidden = found.rows[0];
    assert_eq!((hidden.z, hidden.q), (None, None));
    near(hidden.change.unwrap().value, 28.0);
}

#[test]
fn a_cell_is_legible_by_the_sum_over_itself_and_its_ring_in_either_release() {
    // Nineteen cells, and 2σ√7 = 47.62: 48 people in the middle make the middle and its ring legible, 47 nothing.
    let all = disk(Resolution::Eight, 2);
    let with = |people: i64| -> Vec<_> {
        all.iter().map(|&cell| (cell, if cell == all[0] { people } else { 0 })).collect()
    };
    let shown = |later: i64, earlier: i64| {
        let found = cell_difference(&cells(9, &with(later)), &cells(9, &with(earlier))).unwrap();
        assert_eq!(found.n_tested, 19);
        found.rows.iter().filter(|row| row.class != Class::NotEnough).count()
    };
    assert_eq!((shown(48, 0), shown(0, 48), shown(47, 47)), (7, 7, 0));
}

#[test]
fn rates_are_compared_as_they_were_counted_and_with_the_variance_of_both() {
    let later = towns(10, 0, &[(100, 0), (200, 0), (29, 0), (90, 0)]);
    let earlier = towns(10, 0, &[(40, 0), (80, 0), (60, 0), (60, 0)]);
    let residents = |id: Uuid| (id != Uuid::from_u128(3)).then_some(10_000);
    let found = relative_difference(&later, &earlier, residents).unwrap();
    // R = 329/30,000 and 180/30,000; ψ = 10⁶ (R (1 − R) 10⁴ + 100) / 10⁸ each.
    let psi = |people: f64| {
        let rate = people / 30_000.0;
        (rate * (1.0 - rate) * 1e4 + 100.0) / 100.0
    };
    let first = found.rows[0];
    let change = first.change.unwrap();
    near(change.value, 6.0);
    near(first.z.unwrap(), 6.0 / (psi(329.0) + psi(180.0)).sqrt());
    near(change.high - change.value, 1.645 * (psi(329.0) + psi(180.0)).sqrt());
    // Too few in one of the two, and unknown residents: no number and no test.
    assert!(found.rows[2..].iter().all(|row| row.change.is_none() && row.class == Class::NotEnough));
    assert_eq!(found.n_tested, 2);
}

#[test]
fn experience_is_compared_by_means_with_the_variance_of_both() {
    // 400 people each: means 0.5 and 0.25, so m is the same, and a third with nobody in it.
    let later = towns(10, 0, &[(400, 3_200), (0, 99)]);
    let earlier = towns(10, 0, &[(400, 1_600), (-3, 5)]);
    let found = quality_difference(&later, &earlier).unwrap();
    let psi = |m: f64| (1.0 - m * m) / 400.0 + 100.0 * (1.0 + m * m) / 160_000.0;
    let first = found.rows[0];
    near(first.change.unwrap().value, 0.25);
    near(first.z.unwrap(), 0.25 / (psi(0.5) + psi(0.25)).sqrt());
    assert_eq!(found.rows[1].change, None, "nobody is no experience");
    assert_eq!(found.n_tested, 1);
}

#[test]
fn nothing_is_found_between_two_releases_of_one_truth_beyond_the_stated_rate() {
    let mut random = Random::new(11);
    let all = disk(Resolution::Eight, 6);
    let truth: Vec<f64> = all.iter().map(|_| random.between(10.0, 90.0)).collect();
    let mut draw = || -> Published<CellTable> {
        let of: Vec<_> =
            all.iter().zip(&truth).map(|(&cell, &n)| (cell, noisy(&mut random, n, 9.0))).collect();
        cells(9, &of)
    };
    let mut wrong = 0;
    for _ in 0..200 {
        let found = cell_difference(&draw(), &draw()).unwrap();
        wrong += usize::from(found.rows.iter().any(|r| !matches!(r.class, Class::None | Class::NotEnough)));
    }
    // At a false discovery rate of 10 % it is 20 on average with a standard deviation of 4.2.
    assert!((5..=33).contains(&wrong), "in {wrong} of 200 pairs");
}

#[test]
fn a_planted_change_is_found_with_its_sign() {
    let mut random = Random::new(5);
    let all = disk(Resolution::Eight, 5);
    let mut draw = |middle: f64, other: f64| -> Published<CellTable> {
        let exact = |place: usize| match place {
            0 => middle,
            1 => other,
            _ => 30.0,
        };
        let of: Vec<_> =
            all.iter().enumerate().map(|(at, &cell)| (cell, noisy(&mut random, exact(at), 9.0))).collect();
        cells(9, &of)
    };
    let (mut hot, mut cold, mut others) = (0, 0, 0);
    for _ in 0..20 {
        let (later, earlier) = (draw(100.0, 5.0), draw(30.0, 75.0));
        let found = cell_difference(&later, &earlier).unwrap();
        let class = |cell: CellIndex| found.rows.iter().find(|row| row.unit == cell).unwrap().class;
        hot += usize::from(matches!(class(all[0]), Class::Hot90 | Class::Hot95 | Class::Hot99));
        cold += usize::from(matches!(class(all[1]), Class::Cold90 | Class::Cold95 | Class::Cold99));
        let changed = found.rows.iter().filter(|row| row.class.bin().is_some_and(|bin| bin != 0)).count();
        others += changed.saturating_sub(2);
    }
    // Changes of five and a half standard errors.
    assert!(hot >= 18 && cold >= 18, "{hot} and {cold} of 20");
    assert!(others <= 12, "{others} elsewhere in 20 times 89 cells");
}

#[test]
fn units_of_both_releases_are_compared_and_no_others() {
    let (later, earlier) = (towns(3, 2, &[(50, 0), (60, 0)]), towns(3, 1, &[(1, 0), (70, 0)]));
    let found = concentration_difference(&later, &earlier).unwrap();
    assert_eq!(found.rows.len(), 1);
    let row = found.rows[0];
    assert_eq!((row.unit, row.people, row.people_before), (Uuid::from_u128(2), 50, 70));
}

#[test]
fn what_cannot_be_compared_is_refused_with_the_numbers() {
    let apart = concentration_difference(&towns(3, 0, &[(1, 0)]), &towns(3, 9, &[(1, 0), (2, 0)]));
    assert_eq!(apart, Err(DifferenceError::NoCommonUnits { later: 1, earlier: 2 }));
    assert_eq!(
        quality_difference(&towns(3, 0, &[]), &towns(3, 0, &[])),
        Err(DifferenceError::NoCommonUnits { later: 0, earlier: 0 })
    );
    let of = |resolution| cells(9, &disk(resolution, 1).into_iter().map(|c| (c, 1)).collect::<Vec<_>>());
    assert_eq!(
        cell_difference(&of(Resolution::Nine), &of(Resolution::Eight)),
        Err(DifferenceError::Resolutions { later: Resolution::Nine, earlier: Resolution::Eight })
    );
}
