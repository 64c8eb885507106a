use std::collections::HashSet;

use geo::{Area, Validation};
use sha2::{Digest, Sha256};

use super::*;
use crate::neighbourhood::Neighbourhoods;
use crate::place::PlaceRules;

fn now() -> Timestamp {
    "2026-11-01T12:00:00Z".parse().unwrap()
}

fn digest(town: &Town) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(format!(
        "{:?}",
        (town.neighbourhoods(), town.supports(), town.water(), town.parks(), town.streets())
    ));
    for p in town.participants() {
        hash.update(format!("{p:?}"));
    }
    hash.finalize().into()
}

#[test]
fn the_same_seed_makes_the_same_town_and_another_seed_another() {
    assert_eq!(digest(&town(1, 60, now())), digest(&town(1, 60, now())));
    assert_ne!(digest(&town(1, 60, now())), digest(&town(2, 60, now())));
}

#[test]
fn a_participant_is_the_same_in_a_town_of_any_size() {
    let (small, large) = (town(1, 3, now()), town(1, 300, now()));
    assert!(small.participants().zip(large.participants()).all(|(a, b)| a == b));
}

#[test]
fn neighbourhoods_are_valid_and_fill_the_town_without_gap_or_overlap() {
    for seed in 0..20 {
        let town = town(seed, 0, now());
        let shapes = town.neighbourhoods();
        assert_eq!(shapes.len(), 20);
        assert!(shapes.iter().all(|n| n.shape.is_valid() && n.shape.signed_area() > 0.0));
        let b = town.bounds();
        let whole = (b.east - b.west) * (b.north - b.south);
        let sum: f64 = shapes.iter().map(|n| n.shape.unsigned_area()).sum();
        // Equal areas and no hole or doubly covered point among many: no gap makes up for an overlap.
        assert!((sum / whole - 1.0).abs() < 1e-9, "{sum} against {whole}");
        let mut random = Random::new(seed);
        for _ in 0..300 {
            let p = LonLat::new(random.between(b.west, b.east), random.between(b.south, b.north)).unwrap();
            assert_eq!(shapes.iter().filter(|n| n.contains(p)).count(), 1);
        }
    }
}

#[test]
fn water_and_parks_are_valid_and_everything_lies_in_the_bounds() {
    for seed in 0..20 {
        let town = town(seed, 20, now());
        assert!(town.water().is_valid() && town.parks().iter().all(|p| p.shape.is_valid()));
        let bounds = town.bounds();
        assert!(town.supports().iter().filter_map(|s| s.location).all(|at| bounds.contains(at)));
        let wide = bounds.widened(1_000.0);
        assert!(town.places().all(|p| p.content.geometry.positions().all(|q| wide.contains(q))));
    }
}

#[test]
fn the_directory_has_about_300_supports_of_many_kinds_with_names_hours_and_prices() {
    let town = town(7, 0, now());
    let supports = town.supports();
    assert!((280..=330).contains(&supports.len()), "{}", supports.len());
    let distinct = |f: fn(&Support) -> String| supports.iter().map(f).collect::<HashSet<_>>().len();
    assert_eq!(distinct(|s| s.details.source_id.clone()), supports.len());
    assert_eq!(distinct(|s| s.id.to_string()), supports.len());
    assert!(distinct(|s| s.details.category.clone()) >= 20);
    let named = |s: &Support| crate::category::category(&s.details.category).is_some();
    assert!(town.supports().iter().all(named), "every one has its words");
    assert_eq!(distinct(|s| s.details.price.as_str().to_owned()), 4);
    assert!(supports.iter().filter(|s| s.details.opening_hours.is_some()).count() > 200);
    assert!(supports.iter().any(Support::is_clinical));
    assert!(distinct(|s| s.details.form.as_str().to_owned()) >= 14);
    let many = |has: fn(&Support) -> bool| supports.iter().filter(|s| has(s)).count();
    assert_eq!(many(|s| s.location.is_none()), 5, "two lines, two forums and a shelter");
    assert!(
        supports.iter().all(|s| !s.details.confidential || (s.location, &s.details.address) == (None, &None))
    );
    assert_eq!(many(|s| s.details.confidential), 1);
    assert_eq!(many(|s| !s.details.schedules.is_empty()), 8);
    assert!(many(|s| s.details.languages.len() > 1) > 20);
    assert!(many(|s| s.details.lived_experience == Some(true)) > 12);
    assert!(many(|s| s.details.closeness.len() == 9) >= 2);
    assert!(supports.iter().all(|s| {
        s.details.opening_hours.as_deref().is_none_or(|h| crate::hours::Hours::parse(h, None).is_ok())
    }));
}

#[test]
fn every_place_keeps_the_rules_of_places_in_the_community() {
    let town = town(3, 150, now());
    let rules = PlaceRules { bounds: Some(town.bounds()), ..PlaceRules::STORED };
    for place in town.places() {
        let feature = place.content.to_feature().to_string();
        assert_eq!(rules.parse(feature.as_bytes()).expect("a valid place"), place.content);
    }
}

#[test]
fn participants_have_the_number_the_time_and_the_consent_that_were_promised() {
    let town = town(5, 2_000, now());
    let people: Vec<Participant> = town.participants().collect();
    let counts: Vec<usize> = people.iter().map(|p| p.places.len()).collect();
    let mean = f64::from(u32::try_from(counts.iter().sum::<usize>()).unwrap()) / 2_000.0;
    assert!((7.0..9.0).contains(&mean), "{mean}");
    assert!(counts.iter().all(|n| (1..=40).contains(n)) && counts.contains(&40));
    let share = people.iter().filter(|p| p.consent.published_maps).count();
    assert!((1_640..1_760).contains(&share), "{share}");
    let day = jiff::SignedDuration::from_hours(24);
    let times = people.iter().flat_map(|p| &p.places).map(|p| p.created_at);
    assert!(times.into_iter().all(|t| t >= now() - day * 801 && t <= now() - day * 31));
    let homes = people.iter().filter(|p| p.places.iter().any(|q| q.content.home)).count();
    assert!((500..900).contains(&homes), "{homes}");
    let ids: HashSet<_> = people.iter().flat_map(|p| &p.places).map(|p| p.id).collect();
    assert_eq!(ids.len(), counts.iter().sum::<usize>());
}

/// Participants with a place in a ring around a position, by square kilometre.
fn density(people: &[Participant], area: PlantedArea, from: f64, to: f64) -> f64 {
    let inside = |p: &Place| {
        let metres = area.centre.distance_m(p.content.geometry.anchor());
        metres >= from * area.radius_m && metres < to * area.radius_m
    };
    let n = people.iter().filter(|p| p.places.iter().any(inside)).count();
    let km2 = std::f64::consts::PI * (to * to - from * from) * area.radius_m * area.radius_m / 1e6;
    f64::from(u32::try_from(n).unwrap()) / km2
}

#[test]
fn the_warm_area_has_clearly_more_participants_than_around_it() {
    for seed in [1, 2, 42] {
        let town = town(seed, 600, now());
        let people: Vec<Participant> = town.participants().collect();
        let warm = density(&people, town.warm(), 0.0, 1.0) / density(&people, town.warm(), 1.0, 2.0);
        assert!(warm > 2.0, "seed {seed}: warm {warm}");
    }
}

#[test]
fn people_feel_better_in_the_warm_area_than_in_the_cold_one() {
    let town = town(9, 1_500, now());
    let mean = |area: PlantedArea| {
        let valences: Vec<f64> = town
            .places()
            .filter(|p| area.contains(p.content.geometry.anchor()))
            .filter_map(|p| crate::feeling::mean_valence(&p.content.feelings))
            .collect();
        valences.iter().sum::<f64>() / f64::from(u32::try_from(valences.len()).unwrap())
    };
    assert!(mean(town.warm()) > mean(town.cold()) + 0.6, "{} {}", mean(town.warm()), mean(town.cold()));
}

#[test]
fn every_neighbourhood_and_only_the_town_holds_places() {
    let town = town(11, 400, now());
    let all = Neighbourhoods::new(town.neighbourhoods().to_vec());
    let found: HashSet<usize> =
        town.places().filter_map(|p| all.find(p.content.geometry.anchor()).map(|(i, _)| i)).collect();
    assert_eq!(found.len(), 20);
}
