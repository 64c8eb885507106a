//! The local statistics against published numbers and an independent implementation.

mod fixtures;

use engine::stats::contiguity::{Contiguity, contiguity};
use engine::stats::getis_ord::{LocalG, Scaling, Statistic, getis_ord};
use engine::stats::significance::{Class, benjamini_hochberg};
use engine::stats::weights::Weights;
use fixtures::{Table, assert_close, assert_within, folder};
use geo::{Coord, LineString, MultiPolygon, Polygon};

const CASES: [&str; 7] = [
    "columbus_crime_queen",
    "columbus_crime_rook",
    "hex_planted_ring1",
    "nc_sids74_queen",
    "georgia_pctbach_knn8",
    "georgia_pctpov_band",
    "baltim_price_knn8",
];

fn weights_of(case: &str, units: usize) -> Weights {
    let table = Table::read(case, "weights.csv");
    let links = table.indices("i").into_iter().zip(table.indices("j")).zip(table.full("w"));
    Weights::from_links(units, links.map(|((i, j), w)| (i, j, w))).expect("the fixture's weights are valid")
}

fn check(case: &str, file: &str, statistic: Statistic, scaling: Scaling) {
    let expected = Table::read(case, file);
    let values = expected.full("y");
    let weights = weights_of(case, values.len());
    let found = getis_ord(&values, &weights, statistic, scaling).expect("finite values");
    let what = |column: &str| format!("{case}/{file} {column}");
    let column = |pick: fn(&LocalG) -> Option<f64>| found.iter().map(pick).collect::<Vec<_>>();

    assert_close(&what("lag"), &column(|unit| Some(unit.lag())), &expected.numbers("lag"));
    assert_close(&what("G"), &column(LocalG::ratio), &expected.numbers("G"));
    assert_close(&what("z"), &column(LocalG::z), &expected.numbers("z"));
    let p = column(LocalG::p);
    assert_within(&what("p"), &p, &expected.numbers("p_two_sided"), 0.0, 1e-9);
    let adjusted = benjamini_hochberg(&p);
    assert_within(&what("q"), &adjusted.q, &expected.numbers("q_bh"), 0.0, 1e-9);
    for (unit, bin) in expected.text("gi_bin").into_iter().enumerate() {
        let class = Class::new(found[unit].z(), adjusted.q[unit]);
        assert_eq!(class.bin().unwrap_or(0).to_string(), bin, "{case}/{file} bin of unit {unit}");
    }
}

#[test]
fn gi_star_agrees_with_every_fixture() {
    for case in CASES {
        check(case, "gistar_B.csv", Statistic::GiStar, Scaling::AsGiven);
        check(case, "gistar_R.csv", Statistic::GiStar, Scaling::RowStandardised);
    }
}

#[test]
fn gi_agrees_with_every_fixture() {
    for case in CASES {
        check(case, "gi_B.csv", Statistic::Gi, Scaling::AsGiven);
        check(case, "gi_R.csv", Statistic::Gi, Scaling::RowStandardised);
    }
}

#[test]
fn the_lattice_of_getis_and_ord_1996_gives_the_published_scores() {
    let input = Table::read("getisord1996", "input.csv");
    let points: Vec<_> = input.full("x").into_iter().zip(input.full("y")).collect();
    let values = input.full("val");
    let expected = Table::read("getisord1996", "expected.csv");
    let mut checked = 0;
    for (row, name) in expected.text("stat").into_iter().enumerate() {
        let statistic = match name {
            "Gi" => Statistic::Gi,
            "Gi*" => Statistic::GiStar,
            // Printed with another variance; ours is the population's.
            _ => continue,
        };
        let weights = Weights::distance_band(&points, expected.full("distance")[row]).unwrap();
        let found = getis_ord(&values, &weights, statistic, Scaling::AsGiven).unwrap();
        let unit = expected.indices("cell_id")[row];
        assert_close(name, &[found[unit].z()], &[expected.numbers("z")[row]]);
        assert_within(name, &[found[unit].z()], &[expected.numbers("spdep_docs")[row]], 0.0, 1e-5);
        checked += 1;
    }
    assert_eq!(checked, 6);
}

/// The areal centroid of all rings together, about the first vertex. Holes run the other way round.
fn centroid(rings: &[&serde_json::Value]) -> (f64, f64) {
    let at = |vertex: &serde_json::Value| (vertex[0].as_f64().unwrap(), vertex[1].as_f64().unwrap());
    let origin = at(&rings[0][0]);
    let (mut area, mut east, mut north) = (0.0, 0.0, 0.0);
    for ring in rings {
        for pair in ring.as_array().unwrap().windows(2) {
            let (a, b) = (at(&pair[0]), at(&pair[1]));
            let (a, b) = ((a.0 - origin.0, a.1 - origin.1), (b.0 - origin.0, b.1 - origin.1));
            let cross = a.0 * b.1 - b.0 * a.1;
            area += cross;
            east += (a.0 + b.0) * cross;
            north += (a.1 + b.1) * cross;
        }
    }
    (origin.0 + east / (3.0 * area), origin.1 + north / (3.0 * area))
}

/// The centroids of a fixture's polygons.
fn centroids(case: &str) -> Vec<(f64, f64)> {
    let text = std::fs::read_to_string(fixtures::folder(case).join("input.geojson")).unwrap();
    let collection: serde_json::Value = serde_json::from_str(&text).unwrap();
    let features = collection["features"].as_array().unwrap();
    features
        .iter()
        .map(|feature| {
            let parts = feature["geometry"]["coordinates"].as_array().unwrap();
            let rings: Vec<_> = match feature["geometry"]["type"].as_str().unwrap() {
                "Polygon" => parts.iter().collect(),
                _ => parts.iter().flat_map(|part| part.as_array().unwrap()).collect(),
            };
            centroid(&rings)
        })
        .collect()
}

#[test]
fn our_distance_band_finds_the_touching_hexagons() {
    // Touching hexagons are 250 m apart, the next ones 433 m.
    let centres = centroids("hex_planted_ring1");
    let band = Weights::distance_band(&centres, 300.0).unwrap();
    assert_eq!(band, weights_of("hex_planted_ring1", centres.len()));
}

#[test]
fn our_eight_nearest_counties_are_those_of_the_fixture() {
    let centres = centroids("georgia_pctbach_knn8");
    let nearest = Weights::k_nearest(&centres, 8).unwrap();
    assert_eq!(nearest, weights_of("georgia_pctbach_knn8", centres.len()));
}

fn rings(value: &serde_json::Value) -> Polygon {
    let ring = |ring: &serde_json::Value| {
        let points = ring.as_array().expect("a ring").iter();
        let coord = |p: &serde_json::Value| Coord { x: p[0].as_f64().unwrap(), y: p[1].as_f64().unwrap() };
        LineString::new(points.map(coord).collect())
    };
    let mut all = value.as_array().expect("a polygon").iter().map(ring);
    Polygon::new(all.next().expect("an outline"), all.collect())
}

fn polygons(case: &str) -> Vec<MultiPolygon> {
    let text = std::fs::read_to_string(folder(case).join("input.geojson")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let geometry = |feature: &serde_json::Value| {
        let coordinates = &feature["geometry"]["coordinates"];
        match feature["geometry"]["type"].as_str() {
            Some("Polygon") => MultiPolygon::new(vec![rings(coordinates)]),
            Some("MultiPolygon") => {
                MultiPolygon::new(coordinates.as_array().unwrap().iter().map(rings).collect())
            }
            other => panic!("a geometry of type {other:?}"),
        }
    };
    json["features"].as_array().unwrap().iter().map(geometry).collect()
}

#[test]
fn polygons_that_touch_are_those_of_the_fixtures() {
    for (case, kind) in [
        ("columbus_crime_queen", Contiguity::Queen),
        ("columbus_crime_rook", Contiguity::Rook),
        ("nc_sids74_queen", Contiguity::Queen),
    ] {
        let polygons = polygons(case);
        let ours = contiguity(&polygons, kind, 1e-6).unwrap();
        let table = Table::read(case, "weights.csv");
        let links = table.indices("i").into_iter().zip(table.indices("j")).map(|(i, j)| (i, j, 1.0));
        let theirs = Weights::from_links(polygons.len(), links).unwrap();
        for unit in 0..polygons.len() {
            let ours: Vec<_> = ours.neighbours(unit).collect();
            let theirs: Vec<_> = theirs.neighbours(unit).collect();
            assert_eq!(ours, theirs, "{case}: the neighbours of unit {unit}");
        }
    }
}
