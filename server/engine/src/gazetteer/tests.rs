use proptest::prelude::*;

use super::*;

fn at(lon: f64, lat: f64) -> LonLat {
    LonLat::new(lon, lat).unwrap()
}

fn street(name: &str, line: &[(f64, f64)]) -> Named {
    let line = line.iter().map(|(lon, lat)| at(*lon, *lat)).collect();
    Named { name: name.to_owned(), kind: NameKind::Street, lines: vec![line] }
}

fn town() -> Gazetteer {
    let point = |name: &str, kind, lon| Named::point(name.to_owned(), kind, at(lon, 58.38));
    let park = [(26.70, 58.37), (26.71, 58.37), (26.71, 58.375), (26.70, 58.375), (26.70, 58.37)];
    Gazetteer::new([
        street("Õie tänav", &[(26.70, 58.38), (26.71, 58.38)]),
        street("Pikk tänav", &[(26.70, 58.39), (26.72, 58.39), (26.74, 58.39)]),
        street("Pikk 5. jupp", &[(26.80, 58.39), (26.81, 58.39)]),
        Named { kind: NameKind::Feature, ..street("Toomemäe park", &park) },
        point("Linnaraamatukogu", NameKind::Support, 26.73),
        point("Raamatukoguhoidja tee", NameKind::Street, 26.74),
        point("Ülejõe", NameKind::Neighbourhood, 26.75),
        point("Bjørnsons gate", NameKind::Street, 26.76),
    ])
}

fn names<'a>(gazetteer: &'a Gazetteer, text: &str) -> Vec<&'a str> {
    gazetteer.find(text, 20).iter().map(|hit| hit.named.name.as_str()).collect()
}

#[test]
fn a_name_is_found_whatever_its_accents_case_and_typing_mistakes() {
    let town = town();
    for (typed, name) in [
        ("Õie", "Õie tänav"),
        ("oie tanav", "Õie tänav"),
        ("ÜLEJÕE", "Ülejõe"),
        ("ulejoe", "Ülejõe"),
        ("bjornson", "Bjørnsons gate"),
        ("bjørnsens gate", "Bjørnsons gate"),
        ("linaraamatukogu", "Linnaraamatukogu"),
        ("toomemae", "Toomemäe park"),
        ("tomemäe park", "Toomemäe park"),
        ("tänav pikk", "Pikk tänav"),
        ("O\u{303}ie ta\u{308}nav", "Õie tänav"),
    ] {
        assert_eq!(names(&town, typed).first(), Some(&name), "{typed}");
    }
    for typed in ["", "  !?", "xyz", "kuu", "õie park"] {
        assert_eq!(names(&town, typed), [""; 0], "{typed}");
    }
}

#[test]
fn a_house_number_that_nobody_knows_does_not_hide_its_street() {
    let town = town();
    assert_eq!(names(&town, "Õie 12"), ["Õie tänav"]);
    assert_eq!(names(&town, "pikk 12a"), ["Pikk tänav", "Pikk 5. jupp"]);
    assert_eq!(names(&town, "pikk 5"), ["Pikk 5. jupp", "Pikk tänav"], "a number that is there comes first");
    assert_eq!(names(&town, "12"), [""; 0]);
    assert_eq!(names(&town, "5"), ["Pikk 5. jupp"]);
}

#[test]
fn the_word_itself_comes_before_its_beginning_a_part_of_it_and_mistakes() {
    let point = |name: &str| Named::point(name.to_owned(), NameKind::Street, at(26.7, 58.4));
    let streets = Gazetteer::new(["Surapargi", "Pargi", "Parki", "Pargivahe", "Pargi põik"].map(point));
    assert_eq!(names(&streets, "pargi"), ["Pargi", "Pargi põik", "Pargivahe", "Surapargi", "Parki"]);
    assert_eq!(streets.find("pargi", 2).len(), 2);
    assert_eq!(streets.find("pargi", 0).len(), 0);
}

#[test]
fn the_nearest_position_of_a_street_counts_and_an_area_holds_what_is_in_it() {
    let town = town();
    let found = town.near(at(26.705, 58.3809), 2);
    assert_eq!(found[0].named.name, "Õie tänav");
    let metres = found[0].distance_m.unwrap();
    assert!((metres - 100.2).abs() < 0.5, "{metres}");
    assert!(found[0].at.distance_m(at(26.705, 58.38)) < 0.1);
    let inside = town.near(at(26.705, 58.3725), 1);
    assert_eq!((inside[0].named.name.as_str(), inside[0].distance_m), ("Toomemäe park", Some(0.0)));
    assert!(Gazetteer::default().near(at(0.0, 0.0), 5).is_empty());
}

#[test]
fn answers_of_several_sources_are_one_list() {
    let (a, b) = (town(), Gazetteer::new([street("Õie", &[(26.9, 58.4)])]));
    let found = merged([a.find("õie", 5), b.find("õie", 5)], 5);
    let names: Vec<_> = found.iter().map(|hit| hit.named.name.as_str()).collect();
    assert_eq!(names, ["Õie", "Õie tänav"]);
    let near = merged([a.near(at(26.9, 58.4), 1), b.near(at(26.9, 58.4), 1)], 1);
    assert_eq!(near[0].named.name, "Õie");
}

proptest! {
    #[test]
    fn every_name_finds_itself_first_or_one_that_reads_the_same(
        names in prop::collection::vec("[a-zõäöü]{1,8}( [a-zõäöü]{1,6}){0,2}", 1..40),
    ) {
        let point = |name: &String| Named::point(name.clone(), NameKind::Street, at(26.7, 58.4));
        let gazetteer = Gazetteer::new(names.iter().map(point));
        for name in &names {
            let found = gazetteer.find(name, 1);
            prop_assert_eq!(Folded::new(&found[0].named.name), Folded::new(name));
        }
    }

    #[test]
    fn letters_rule_out_only_what_is_not_meant(typed in "[a-e]{1,10}", word in "[a-e]{1,12}") {
        let gazetteer = Gazetteer::new([Named::point(word.clone(), NameKind::Street, at(26.7, 58.4))]);
        let meant = crate::search::is_meant(&typed, &word);
        let found = !gazetteer.find(&typed, 1).is_empty();
        // A part of fewer than three letters is looked for at the beginning alone.
        let short_part = typed.len() < 3 && !word.starts_with(&typed);
        prop_assert_eq!(found, meant && !short_part);
    }
}
