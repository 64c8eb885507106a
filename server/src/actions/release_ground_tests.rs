//! Which neighbourhoods and cells a release has, and where a place counts.

use std::collections::BTreeSet;

use engine::NeighbourhoodId;
use engine::grid::cell_centre;
use geo::{MultiPolygon, polygon};

use super::*;

fn square(n: u128, name: &str, west: f64, population: Option<u32>) -> Neighbourhood {
    Neighbourhood {
        id: NeighbourhoodId(Uuid::from_u128(n)),
        name: name.to_owned(),
        source_id: None,
        population,
        shape: MultiPolygon(vec![polygon![
            (x: west, y: 58.3), (x: west + 0.2, y: 58.3), (x: west + 0.2, y: 58.5), (x: west, y: 58.5),
        ]]),
    }
}

fn at(lon: f64, lat: f64) -> LonLat {
    LonLat::new(lon, lat).unwrap()
}

#[test]
fn a_neighbourhood_has_numbers_from_five_thousand_residents_on_and_never_when_they_are_unknown() {
    let (large, left_out) = large_enough(vec![
        square(4, "Unknown", 26.0, None),
        square(3, "Large enough", 26.2, Some(5_000)),
        square(2, "A little too small", 26.4, Some(4_999)),
        square(1, "Large", 26.6, Some(80_000)),
    ]);
    let names: Vec<&str> = large.iter().map(|n| n.name.as_str()).collect();
    assert_eq!(names, ["Large", "Large enough"], "ascending by identifier");
    let told: Vec<_> = left_out.iter().map(|out| (out.name.as_str(), out.why)).collect();
    assert_eq!(
        told,
        [("A little too small", WhyLeftOut::FewResidents), ("Unknown", WhyLeftOut::UnknownResidents)]
    );
    assert!(left_out[1].told().contains("stead import population"), "{}", left_out[1].told());
    assert!(left_out[0].told().contains("fewer than 5000"), "{}", left_out[0].told());
}

#[test]
fn cells_are_fine_from_two_thousand_participants_on_unless_there_would_be_too_many() {
    let town = Bounds::new(26.6, 58.3, 26.8, 58.45).unwrap();
    assert_eq!(resolution(&town, 1_999), Resolution::Eight);
    assert_eq!(resolution(&town, 2_000), Resolution::Nine);
    assert_eq!(resolution(&town, -5), Resolution::Eight);
    // All of Estonia.
    let country = Bounds::new(21.7, 57.5, 28.2, 59.7).unwrap();
    assert_eq!(resolution(&country, 1_000_000), Resolution::Eight);
}

fn entering(participant: u128, at: LonLat, precision: Precision) -> Entering {
    Entering {
        participant: Uuid::from_u128(participant),
        at,
        precision,
        neighbourhood: None,
        valence: None,
        kinds: [false; 7],
        activities: [false; 8],
    }
}

#[test]
fn a_place_known_to_a_coarse_cell_counts_in_any_fine_cell_of_it_and_its_owner_in_one() {
    let coarse = cell_at(at(26.7, 58.38), Resolution::Eight);
    let within: BTreeSet<CellIndex> = coarse.children(Resolution::Nine).collect();
    let mut counts = std::collections::BTreeMap::new();
    for participant in 0..700 {
        let place = entering(participant, cell_centre(coarse), Precision::Area);
        let cell = place.contribution(Resolution::Nine).cell;
        assert_eq!(place.contribution(Resolution::Nine).cell, cell, "the same in every release");
        assert_eq!(place.contribution(Resolution::Eight).cell, coarse, "as known");
        *counts.entry(cell).or_insert(0) += 1;
    }
    // 100 each, give or take four standard deviations of √(700 · 1/7 · 6/7) = 9.3.
    assert_eq!(counts.keys().copied().collect::<BTreeSet<_>>(), within);
    assert!(counts.values().all(|people| (63..=137).contains(people)), "{counts:?}");
    // What is known more exactly counts where it is.
    for precision in [Precision::Exact, Precision::Street, Precision::Block] {
        let place = entering(1, at(26.701, 58.381), precision);
        let here = cell_at(at(26.701, 58.381), Resolution::Nine);
        assert_eq!(place.contribution(Resolution::Nine).cell, here);
    }
}

#[test]
fn the_ground_of_a_release_has_a_position_inside_and_the_residents_of_each_neighbourhood() {
    let ground = Ground::of(&[square(1, "A", 26.0, Some(6_000)), square(2, "B", 26.2, Some(7_000))]);
    assert_eq!(ground.neighbourhoods[0].at, Some([26.1, 58.4]));
    let residents: Vec<_> = ground.neighbourhoods.iter().map(|unit| unit.residents).collect();
    assert_eq!(residents, [Some(6_000), Some(7_000)]);
    let json = serde_json::to_value(&ground).unwrap();
    assert_eq!(serde_json::from_value::<Ground>(json).unwrap(), ground);
}
