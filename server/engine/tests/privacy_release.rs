//! A release from end to end: charged, noisy, complete, and read back as the same bytes.

mod bits;

use bits::SplitMix;
use engine::privacy::accounting::Rho;
use engine::privacy::aggregate::Contribution;
use engine::privacy::bound::Key;
use engine::privacy::discrete_gaussian::Sigma;
use engine::privacy::domain::{Domain, DomainError};
use engine::privacy::ledger::{Charge, Layer, RELEASE_CAP, Request, Spend, charge};
use engine::privacy::picture::{cell_hotspots, neighbourhood_hotspots};
use engine::privacy::published::StoredError;
use engine::privacy::release::{Input, Plan, Release, ReleaseError, gate_spend, release, start_gate};
use engine::privacy::{ActivityTable, CellTable, NeighbourhoodTable, Published, TotalsTable};
use engine::stats::significance::Class;
use h3o::{CellIndex, LatLng, Resolution};
use uuid::Uuid;

fn centre() -> CellIndex {
    LatLng::new(58.38, 26.72).unwrap().to_cell(Resolution::Eight)
}

fn domain() -> Domain {
    let mut cells: Vec<CellIndex> = centre().grid_disk(9);
    cells.sort_unstable();
    Domain::new(cells, (0..12).map(Uuid::from_u128).collect()).unwrap()
}

fn charged(domain: &Domain, spends: Vec<Spend>) -> Charge {
    let request =
        Request { release: Uuid::from_u128(77), spends, domain: domain.hash(), at: 0, on_demand: false };
    charge(&[], &request).unwrap()
}

fn formal(domain: &Domain) -> Charge {
    charged(domain, Plan::formal(300).unwrap().spends(domain))
}

fn made(domain: &Domain, contributions: &[Contribution], seed: u64) -> Release {
    let input = Input { domain, contributions, key: &Key::new([9; 32]) };
    release(input, formal(domain), &mut SplitMix(seed)).unwrap()
}

/// So many participants, each with one pin in every cell around the centre and in neighbourhood 3.
fn crowd(participants: u128) -> Vec<Contribution> {
    let around: Vec<CellIndex> = centre().grid_disk(1);
    (0..participants)
        .flat_map(|participant| {
            around.iter().map(move |&cell| Contribution {
                participant: Uuid::from_u128(participant),
                cell,
                neighbourhood: Some(3),
                valence: Some(0.5),
                kinds: [true, participant % 2 == 0, false, false, false, false, participant < 3],
                activities: [
                    participant % 2 == 1,
                    false,
                    false,
                    false,
                    false,
                    false,
                    participant % 2 == 0,
                    false,
                ],
            })
        })
        .collect()
}

#[test]
fn an_empty_city_has_every_cell_and_every_neighbourhood_with_noise() {
    let domain = domain();
    let empty = made(&domain, &[], 1);
    let cells = empty.cells.unwrap();
    assert_eq!(cells.table().cells().iter().map(|&(cell, _)| cell).collect::<Vec<_>>(), domain.cells());
    let numbers: Vec<i64> = cells.table().cells().iter().map(|&(_, people)| people).collect();
    assert!(numbers.iter().any(|&number| number < 0) && numbers.iter().any(|&number| number > 0));
    assert!(numbers.iter().filter(|&&number| number == 0).count() < numbers.len() / 5);
    let neighbourhoods = empty.neighbourhoods.unwrap();
    let ids: Vec<Uuid> =
        neighbourhoods.table().rows().iter().map(engine::privacy::NeighbourhoodRow::id).collect();
    assert_eq!(ids, domain.neighbourhoods());
    assert!(neighbourhoods.table().rows().iter().any(|row| row.valence_sixteenths().abs() > 40));
}

#[test]
fn the_noise_lies_on_the_exact_numbers() {
    let domain = domain();
    let (with, without) = (made(&domain, &crowd(400), 5), made(&domain, &[], 5));
    let cells = |release: &Release| release.cells.clone().unwrap().table().cells().to_vec();
    let around: Vec<CellIndex> = centre().grid_disk(1);
    for ((cell, with), (_, without)) in cells(&with).into_iter().zip(cells(&without)) {
        assert_eq!(with - without, if around.contains(&cell) { 400 } else { 0 });
    }
    let rows = |release: &Release| release.neighbourhoods.clone().unwrap().table().rows().to_vec();
    let (with, without) = (rows(&with)[3], rows(&without)[3]);
    assert_eq!(with.people() - without.people(), 400);
    assert_eq!(with.valence_sixteenths() - without.valence_sixteenths(), 400 * 8);
    assert_eq!(with.kinds(), None);
}

#[test]
fn the_community_is_counted_by_kind_each_participant_once() {
    let domain = domain();
    let people = |crowd: &[Contribution]| *made(&domain, crowd, 5).totals.table().people();
    let (with, without) = (people(&crowd(400)), people(&[]));
    let differences: Vec<i64> = with.iter().zip(without).map(|(with, without)| with - without).collect();
    assert_eq!(differences, [400, 200, 0, 0, 0, 0, 3]);
    assert!(without.iter().any(|noisy| *noisy != 0), "an empty community has noise, too");
    let totals = made(&domain, &crowd(9), 5).totals;
    let stored = serde_json::to_string(&totals).unwrap();
    assert_eq!(Published::<TotalsTable>::from_stored(&stored).unwrap(), totals);
    assert_eq!(totals.table().sigma().get(), 19);
}

#[test]
fn neighbourhoods_are_counted_by_kind_from_two_thousand_participants_on() {
    assert!(!Plan::formal(1_999).unwrap().wide);
    let plan = Plan::formal(2_000).unwrap();
    assert!(plan.wide);
    let domain = domain();
    let made = |crowd: &[Contribution]| {
        let input = Input { domain: &domain, contributions: crowd, key: &Key::new([9; 32]) };
        release(input, charged(&domain, plan.spends(&domain)), &mut SplitMix(4)).unwrap()
    };
    let rows = |made: Release| made.neighbourhoods.unwrap();
    let (with, without) = (rows(made(&crowd(50))), rows(made(&[])));
    assert_eq!(with.table().sigma().get(), 22);
    let stored = serde_json::to_string(&with).unwrap();
    assert_eq!(Published::<NeighbourhoodTable>::from_stored(&stored).unwrap(), with);
    for (position, (with, without)) in with.table().rows().iter().zip(without.table().rows()).enumerate() {
        let pairs = with.kinds().unwrap().iter().zip(without.kinds().unwrap());
        let differences: Vec<i64> = pairs.map(|(with, without)| with - without).collect();
        let expected = if position == 3 { [50, 25, 0, 0, 0, 0, 3] } else { [0; 7] };
        assert_eq!(differences, expected);
    }
}

#[test]
fn activities_have_a_layer_of_their_own_from_five_thousand_participants_on() {
    let domain = domain();
    assert_eq!(Plan::formal(4_999).unwrap().activities, None);
    let plan = Plan::formal(5_000).unwrap();
    assert_eq!(plan.activities.map(Sigma::get), Some(27));
    let layers: Vec<Layer> = plan.spends(&domain).iter().map(|spend| spend.layer).collect();
    assert_eq!(layers, [Layer::Cells, Layer::Neighbourhoods, Layer::Totals, Layer::Activities]);
    let made = |crowd: &[Contribution]| {
        let input = Input { domain: &domain, contributions: crowd, key: &Key::new([9; 32]) };
        release(input, charged(&domain, plan.spends(&domain)), &mut SplitMix(4)).unwrap()
    };
    let (with, without) = (made(&crowd(50)).activities.unwrap(), made(&[]).activities.unwrap());
    for (position, (with, without)) in with.table().rows().iter().zip(without.table().rows()).enumerate() {
        assert_eq!(
            (with.id(), without.id()),
            (domain.neighbourhoods()[position], domain.neighbourhoods()[position])
        );
        let pairs = with.people().iter().zip(without.people());
        let differences: Vec<i64> = pairs.map(|(with, without)| with - without).collect();
        assert_eq!(differences, if position == 3 { [25, 0, 0, 0, 0, 0, 25, 0] } else { [0; 8] });
    }
    let stored = serde_json::to_string(&with).unwrap();
    assert!(stored.contains(r#""sigma":27,"activities":[{"id""#), "{stored}");
    assert_eq!(Published::<ActivityTable>::from_stored(&stored).unwrap(), with);
    // No neighbourhoods, no layer and no cost; not charged, not drawn.
    let nowhere = Domain::new(vec![centre()], vec![]).unwrap();
    assert!(plan.spends(&nowhere).iter().all(|spend| spend.layer != Layer::Activities));
    let input = Input { domain: &domain, contributions: &crowd(50), key: &Key::new([9; 32]) };
    let narrow = release(input, formal(&domain), &mut SplitMix(4)).unwrap();
    assert!(narrow.activities.is_none());
}

#[test]
fn one_crowded_cell_makes_no_hot_spot_of_its_empty_neighbours() {
    // Two hundred people in one cell, nobody anywhere else: Gi* alone would find seven hot cells.
    let alone: Vec<Contribution> =
        crowd(200).into_iter().map(|place| Contribution { cell: centre(), ..place }).collect();
    let domain = domain();
    let picture = cell_hotspots(made(&domain, &alone, 11).cells.as_ref().unwrap()).unwrap();
    assert!(picture.exact, "counts of this size are tabulated");
    let around: Vec<_> =
        picture.rows.iter().filter(|row| row.unit.grid_distance(centre()) == Ok(1)).collect();
    assert!(around.iter().all(|row| row.z.unwrap() > 3.29), "the normal distribution would say 99 %");
    assert!(picture.rows.iter().all(|row| !matches!(row.class, Class::Hot99 | Class::Hot95 | Class::Hot90)));
}

#[test]
fn a_release_costs_what_the_specification_says_and_never_more_than_it_may() {
    let domain = domain();
    // H 8/162, N 8/200 or 36/968, C 7/722, E4 4/1458, the start gate 1/1152.
    for (participants, expected) in [
        (300, 0.049_383 + 0.04 + 0.009_695),
        (2_000, 0.049_383 + 0.037_190 + 0.009_695),
        (5_000, 0.049_383 + 0.037_190 + 0.009_695 + 0.002_743),
    ] {
        let spends = Plan::formal(participants).unwrap().spends(&domain);
        let rho: Rho = spends.iter().chain([&gate_spend().unwrap()]).map(Spend::rho).sum();
        let billionths = (expected + 0.000_868) * 1e9;
        assert!((f64::from(u32::try_from(rho.billionths()).unwrap()) - billionths).abs() < 3e3, "{rho}");
        assert!(rho <= RELEASE_CAP);
    }
}

#[test]
fn two_releases_of_one_database_have_unrelated_noise() {
    let domain = domain();
    let numbers = |seed| -> Vec<f64> {
        let release = made(&domain, &[], seed);
        let cells = release.cells.unwrap();
        cells.table().cells().iter().map(|&(_, people)| f64::from(i32::try_from(people).unwrap())).collect()
    };
    let (a, b) = (numbers(1), numbers(2));
    let product: f64 = a.iter().zip(&b).map(|(a, b)| a * b).sum();
    let correlation =
        product / (a.iter().map(|a| a * a).sum::<f64>() * b.iter().map(|b| b * b).sum::<f64>()).sqrt();
    assert!(correlation.abs() < 4.0 / 16.0, "{correlation}");
}

#[test]
fn nothing_is_drawn_that_the_ledger_does_not_know() {
    let domain = domain();
    let input = Input { domain: &domain, contributions: &[], key: &Key::new([0; 32]) };
    let refused = |charge| release(input, charge, &mut SplitMix(0)).unwrap_err();

    let half = Spend { layer: Layer::Cells, sensitivity_squared: 8, sigma: Sigma::new(9).unwrap() };
    assert_eq!(
        refused(charged(&domain, vec![half])),
        ReleaseError::NotCharged { layer: Layer::Neighbourhoods }
    );
    let cheap = Spend { sensitivity_squared: 1, ..half };
    assert_eq!(
        refused(charged(&domain, vec![cheap])),
        ReleaseError::OtherSensitivity { layer: Layer::Cells, charged: 1, actual: 8 }
    );
    let elsewhere = Domain::new(vec![centre()], vec![]).unwrap();
    assert_eq!(refused(formal(&elsewhere)), ReleaseError::OtherDomain { layer: Layer::Cells });
    let gate = start_gate(&[], formal(&domain), &mut SplitMix(0));
    assert_eq!(gate, Err(ReleaseError::NotCharged { layer: Layer::StartGate }));
}

#[test]
fn a_domain_without_neighbourhoods_has_no_layer_n_and_pays_for_none() {
    let domain = Domain::new(vec![centre()], vec![]).unwrap();
    let layers: Vec<Layer> = formal(&domain).entries().iter().map(|entry| entry.layer).collect();
    assert_eq!(layers, [Layer::Cells, Layer::Totals]);
    let made = made(&domain, &crowd(3), 1);
    assert!(made.neighbourhoods.is_none());
    assert_eq!(made.cells.unwrap().table().cells().len(), 1);
}

#[test]
fn the_start_gate_opens_for_many_and_stays_shut_for_few() {
    let domain = domain();
    let tried = |participants| {
        let charge = charged(&domain, vec![gate_spend().unwrap()]);
        start_gate(&crowd(participants), charge, &mut SplitMix(3)).unwrap()
    };
    assert!(!tried(100).is_open());
    assert!(tried(500).is_open());
    assert_eq!(tried(500).participants - tried(100).participants, 400);
}

#[test]
fn a_stored_table_reads_back_as_the_same_bytes() {
    let made = made(&domain(), &crowd(50), 8);
    let cells = serde_json::to_string(&made.cells).unwrap();
    assert!(
        cells.starts_with(r#"{"release":"00000000-0000-0000-0000-00000000004d","sigma":9,"cells":[["88"#)
    );
    let back = Published::<CellTable>::from_stored(&cells).unwrap();
    assert_eq!(Some(&back), made.cells.as_ref());
    assert_eq!(serde_json::to_string(&back).unwrap(), cells);

    let neighbourhoods = serde_json::to_string(&made.neighbourhoods).unwrap();
    let back = Published::<NeighbourhoodTable>::from_stored(&neighbourhoods).unwrap();
    assert_eq!(serde_json::to_string(&back).unwrap(), neighbourhoods);
}

#[test]
fn what_was_not_stored_by_us_is_refused() {
    let read = |cells: &str| {
        let json =
            format!(r#"{{"release":"00000000-0000-0000-0000-000000000000","sigma":9,"cells":{cells}}}"#);
        Published::<CellTable>::from_stored(&json).unwrap_err()
    };
    assert!(matches!(read(r#"[["nonsense",1]]"#), StoredError::Cell { row: 0, .. }));
    assert!(matches!(
        read(r#"[["881126d0d1fffff",1],["881126d0d1fffff",1]]"#),
        StoredError::NotAscending { row: 1 }
    ));
    assert!(matches!(read(r#"[["881126d0d1fffff",0.5]]"#), StoredError::Json(_)));
    let json = r#"{"release":"00000000-0000-0000-0000-000000000000","sigma":0,"cells":[]}"#;
    assert!(matches!(Published::<CellTable>::from_stored(json), Err(StoredError::Sigma(_))));
}

#[test]
fn domains_are_sorted_and_of_one_resolution() {
    let (a, b) = (domain().cells()[0], domain().cells()[1]);
    assert_eq!(Domain::new(vec![b, a], vec![]), Err(DomainError::CellsNotAscending { index: 1, cell: a }));
    assert!(matches!(Domain::new(vec![a, a], vec![]), Err(DomainError::CellsNotAscending { .. })));
    let parent = a.parent(Resolution::Seven).unwrap();
    assert!(matches!(Domain::new(vec![a, parent], vec![]), Err(DomainError::MixedResolutions { .. })));
    let twice = vec![Uuid::nil(), Uuid::nil()];
    assert!(matches!(Domain::new(vec![], twice), Err(DomainError::NeighbourhoodsNotAscending { .. })));
    assert_ne!(domain().hash(), Domain::new(vec![a], vec![]).unwrap().hash());
}

#[test]
fn a_planted_crowd_is_hot_and_the_empty_rest_is_not_enough() {
    let made = made(&domain(), &crowd(200), 11);
    let picture = cell_hotspots(made.cells.as_ref().unwrap()).unwrap();
    assert_eq!(picture.n_tested, picture.rows.len());
    for row in &picture.rows {
        let distance = row.unit.grid_distance(centre()).unwrap();
        match distance {
            0 | 1 => assert_eq!(row.class, Class::Hot99, "{row:?}"),
            3.. => assert!(matches!(row.class, Class::NotEnough | Class::None), "{row:?}"),
            _ => {}
        }
        assert_eq!(row.class == Class::NotEnough, row.q.is_none() && row.z.is_none());
        assert!((row.high - row.low - 2.0 * 1.645 * 9.0).abs() < 1e-9);
    }
    let hidden = picture.rows.iter().filter(|row| row.class == Class::NotEnough).count();
    assert!(hidden > picture.rows.len() / 2);
}

#[test]
fn an_empty_city_has_no_hot_spots() {
    let domain = domain();
    let hot = (0..40).filter(|&seed| {
        let picture = cell_hotspots(made(&domain, &[], seed).cells.as_ref().unwrap()).unwrap();
        picture.rows.iter().any(|row| row.class.bin().is_some_and(|bin| bin > 0))
    });
    assert!(hot.count() <= 4, "at most one in ten, at a false discovery rate of 10%");
}

#[test]
fn neighbourhoods_need_thirty_noisy_people_and_a_centroid_each() {
    let made = made(&domain(), &crowd(200), 2);
    let table = made.neighbourhoods.unwrap();
    let centroids: Vec<(f64, f64)> =
        (0..12).map(|i| (f64::from(i % 4) * 900.0, f64::from(i / 4) * 700.0)).collect();
    let picture = neighbourhood_hotspots(&table, &centroids).unwrap();
    assert_eq!(picture.n_tested, 12);
    for row in &picture.rows {
        assert_eq!(row.class == Class::NotEnough, row.people < 30, "{row:?}");
    }
    assert_ne!(picture.rows[3].class, Class::NotEnough);
    let error = neighbourhood_hotspots(&table, &centroids[1..]).unwrap_err();
    assert_eq!(error.to_string(), "there are 11 centroids for 12 neighbourhoods");
}

#[test]
fn a_community_of_one_neighbourhood_is_never_tested() {
    let domain = Domain::new(vec![], vec![Uuid::nil()]).unwrap();
    let crowd: Vec<_> =
        crowd(200).into_iter().map(|place| Contribution { neighbourhood: Some(0), ..place }).collect();
    let made = made(&domain, &crowd, 2);
    let picture = neighbourhood_hotspots(&made.neighbourhoods.unwrap(), &[(0.0, 0.0)]).unwrap();
    assert_eq!((picture.n_tested, picture.rows[0].class), (0, Class::NotEnough));
}
