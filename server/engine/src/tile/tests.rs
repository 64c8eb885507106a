use std::collections::HashMap;

use geo::{Area, Geometry, LineString, Polygon, polygon};
use mvt_reader::Reader;
use mvt_reader::feature::{Feature, Value as Read};

use super::*;
use crate::synthetic::town;
use crate::{LonLat, NeighbourhoodId, SupportId};

/// The features of the only layer of a tile, decoded by the independent library.
fn decoded(bytes: &[u8], layer: &str) -> Vec<Feature> {
    let reader = Reader::new(bytes.to_vec()).expect("protobuf");
    let layers = reader.get_layer_metadata().expect("layers");
    assert_eq!(layers.len(), 1);
    assert_eq!((layers[0].name.as_str(), layers[0].version, layers[0].extent), (layer, 2, EXTENT));
    let features = reader.get_features(0).expect("features");
    assert_eq!(features.len(), layers[0].feature_count);
    features
}

fn text<'a>(feature: &'a Feature, key: &str) -> Option<&'a str> {
    match feature.properties.as_ref()?.get(key)? {
        Read::String(text) => Some(text),
        other => panic!("{key} is {other:?}"),
    }
}

/// The only point of a feature; the library reads every point as a multipoint.
fn point(feature: &Feature) -> geo::Point<f32> {
    match &feature.geometry {
        Geometry::MultiPoint(points) if points.0.len() == 1 => points.0[0],
        other => panic!("{other:?}"),
    }
}

fn at(lon: f64, lat: f64) -> LonLat {
    LonLat::new(lon, lat).unwrap()
}

fn now() -> jiff::Timestamp {
    "2026-11-01T12:00:00Z".parse().unwrap()
}

fn tile(z: u32, x: u32, y: u32) -> TileId {
    TileId::parse(z, x, y).unwrap()
}

#[test]
fn a_tile_has_exactly_the_supports_in_it_with_their_positions_and_attributes() {
    let town = town(1, 0, now());
    let middle = TileId::containing(at(24.35, 58.9), 14).unwrap();
    let features = decoded(&supports_tile(town.supports(), middle).unwrap(), "supports");
    let box_ = middle.buffered_bounds();
    let expected: HashMap<String, &Support> = town
        .supports()
        .iter()
        .filter(|s| s.location.is_some_and(|at| box_.contains(at)))
        .map(|s| (s.id.to_string(), s))
        .collect();
    assert_eq!(features.len(), expected.len());
    assert!(features.len() > 5);
    for feature in &features {
        let support = expected[text(feature, "id").unwrap()];
        assert_eq!(text(feature, "name"), support.details.name.as_deref());
        assert_eq!(text(feature, "category"), Some(support.details.category.as_str()));
        assert_eq!(text(feature, "price"), Some(support.details.price.as_str()));
        let p = point(feature);
        let [x, y] = middle.project(support.location.unwrap());
        assert!((f64::from(p.x()) - x).abs() <= 0.5 && (f64::from(p.y()) - y).abs() <= 0.5);
    }
}

#[test]
fn a_tile_without_a_support_is_none() {
    assert_eq!(supports_tile(town(1, 0, now()).supports(), tile(14, 0, 0)), None);
    assert_eq!(supports_tile([], tile(0, 0, 0)), None);
    assert_eq!(encode([Layer::new("empty")]), None);
}

/// Many supports over the world, from a few that are copied.
fn crowd(n: u32) -> Vec<Support> {
    let town = town(1, 0, now());
    let mut random = crate::synthetic::Random::new(4);
    town.supports()
        .iter()
        .cycle()
        .zip(0..n)
        .map(|(s, _)| {
            let location = at(random.between(-180.0, 180.0), random.between(-85.0, 85.0));
            Support { id: SupportId(random.uuid()), location: Some(location), ..s.clone() }
        })
        .collect()
}

#[test]
fn the_whole_world_in_one_tile_stays_below_the_limit_in_any_order() {
    let mut crowd = crowd(30_000);
    let bytes = supports_tile(&crowd, tile(0, 0, 0)).unwrap();
    assert!((20_000..=MAX_THINNED_BYTES).contains(&bytes.len()), "{}", bytes.len());
    assert!(decoded(&bytes, "supports").len() > 200);
    crowd.reverse();
    assert_eq!(supports_tile(&crowd, tile(0, 0, 0)).unwrap(), bytes);
}

#[test]
fn values_and_keys_are_written_once() {
    let crowd = crowd(2_000);
    let bytes = supports_tile(&crowd, tile(0, 0, 0)).unwrap();
    let occurrences = |needle: &str| bytes.windows(needle.len()).filter(|w| *w == needle.as_bytes()).count();
    assert_eq!(occurrences("community_centre"), 1);
    assert_eq!(occurrences("category"), 1);
}

#[test]
fn neighbourhoods_fill_a_tile_within_the_town_without_overlap() {
    let town = town(1, 0, now());
    let inner = TileId::containing(at(24.35, 58.9), 13).unwrap();
    let features = decoded(&neighbourhoods_tile(town.neighbourhoods(), inner).unwrap(), "neighbourhoods");
    let side = f64::from(EXTENT + 2 * BUFFER);
    let sum: f64 = features.iter().map(|f| f64::from(f.geometry.unsigned_area())).sum();
    assert!((sum / (side * side) - 1.0).abs() < 2e-3, "{sum}");
    for feature in &features {
        let id: NeighbourhoodId = text(feature, "id").unwrap().parse().unwrap();
        let n = town.neighbourhoods().iter().find(|n| n.id == id).unwrap();
        assert_eq!(text(feature, "name"), Some(n.name.as_str()));
    }
}

fn squares() -> MultiPolygon {
    // One with a hole, turned the wrong way round on purpose; one apart; and one too small to see.
    let ring = |w: f64, s: f64, size: f64| -> LineString {
        vec![(w, s), (w, s + size), (w + size, s + size), (w + size, s), (w, s)].into()
    };
    let holed = Polygon::new(ring(1.0, 1.0, 20.0), vec![ring(5.0, 5.0, 5.0), ring(15.0, 15.0, 1e-6)]);
    MultiPolygon(vec![
        holed,
        Polygon::new(ring(40.0, 10.0, 10.0), vec![]),
        Polygon::new(ring(80.0, 10.0, 1e-6), vec![]),
    ])
}

#[test]
fn exteriors_run_clockwise_on_the_screen_holes_the_other_way_and_specks_are_dropped() {
    let bytes = polygons_tile("cells", [(&squares(), [("value", Value::Int(-3))])], tile(0, 0, 0)).unwrap();
    let features = decoded(&bytes, "cells");
    // The reader tells exteriors from holes by their winding alone.
    let Geometry::MultiPolygon(read) = &features[0].geometry else { panic!("{:?}", features[0].geometry) };
    assert_eq!(read.0.len(), 2);
    assert_eq!(read.0[0].interiors().len(), 1);
    assert!(read.0[1].interiors().is_empty());
    let spec_area = |ring: &LineString<f32>| -> f32 {
        ring.lines().map(|l| l.start.x * l.end.y - l.end.x * l.start.y).sum()
    };
    assert!(spec_area(read.0[0].exterior()) > 0.0 && spec_area(read.0[1].exterior()) > 0.0);
    assert!(spec_area(&read.0[0].interiors()[0]) < 0.0);
}

#[test]
fn every_kind_of_value_survives() {
    let square = MultiPolygon(vec![polygon![(x: 0.0, y: 0.0), (x: 9.0, y: 0.0), (x: 9.0, y: 9.0)]]);
    let attributes: [Attribute<'_>; 6] = [
        ("text", "õun".into()),
        ("negative", (-3_i64).into()),
        ("large", i64::MAX.into()),
        ("number", 0.25.into()),
        ("yes", true.into()),
        ("no", false.into()),
    ];
    let bytes = polygons_tile("cells", [(&square, attributes)], tile(1, 1, 0)).unwrap();
    let features = decoded(&bytes, "cells");
    let read = features[0].properties.as_ref().unwrap();
    assert_eq!(read["text"], Read::String("õun".into()));
    assert_eq!(read["negative"], Read::SInt(-3));
    assert_eq!(read["large"], Read::UInt(i64::MAX.cast_unsigned()));
    assert_eq!(read["number"], Read::Double(0.25));
    assert_eq!((&read["yes"], &read["no"]), (&Read::Bool(true), &Read::Bool(false)));
}

#[test]
fn a_polygon_around_a_tile_covers_it_and_one_beside_it_is_left_out() {
    let town = polygon![(x: 20.0, y: 50.0), (x: 30.0, y: 50.0), (x: 30.0, y: 62.0), (x: 20.0, y: 62.0)];
    let shape = MultiPolygon(vec![town]);
    let inside = TileId::containing(at(24.35, 58.9), 12).unwrap();
    let bytes = polygons_tile("cells", [(&shape, [])], inside).unwrap();
    let side = f64::from(EXTENT + 2 * BUFFER);
    let area = f64::from(decoded(&bytes, "cells")[0].geometry.unsigned_area());
    assert!((area - side * side).abs() < 1.0);
    assert_eq!(polygons_tile("cells", [(&shape, [])], tile(12, 0, 0)), None);
}

#[test]
fn lines_and_points_are_decoded_as_such() {
    let mut layer = Layer::new("transportation");
    let line: LineString = vec![(0.0, 10.0), (90.0, 10.0), (90.0, 60.0)].into();
    layer.line(tile(0, 0, 0), &line, &[("class", "minor".into())]);
    layer.point(tile(0, 0, 0), at(0.0, 0.0), &[]);
    let features = decoded(&encode([layer]).unwrap(), "transportation");
    let Geometry::LineString(read) = &features[0].geometry else { panic!("{:?}", features[0].geometry) };
    assert_eq!(read.0.len(), 3);
    assert_eq!(point(&features[1]), (2048.0, 2048.0).into());
}
