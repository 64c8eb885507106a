//! Residents of neighbourhoods, from a table or from a grid of squares.

use std::collections::HashMap;

use engine::neighbourhood::Neighbourhood;
use engine::{LonLat, NeighbourhoodId};
use geo::{Area, BooleanOps, Geometry, InteriorPoint, MultiPolygon, Validation};
use serde_json::{Map, Value};

use super::geojson::{Feature, features};
use super::neighbourhoods::POPULATION_FIELDS;
use super::spreadsheet::Sheet;
use super::{ImportError, Report};

/// The most residents that are believed: everybody there is.
const MOST: f64 = 10e9;

/// Reads a table: one row a neighbourhood, which `neighbourhood` names or gives the identifier of, and `population`.
///
/// # Errors
/// A column that is missing, a number that is none, a neighbourhood that is there twice.
pub fn by_table(
    bytes: &[u8],
    known: &[Neighbourhood],
    report: &mut Report,
) -> Result<Vec<Neighbourhood>, ImportError> {
    let sheet = Sheet::read(bytes)?;
    let column = |name: &str| {
        let missing = || ImportError::Broken(format!("has no column {name:?}"));
        sheet.column(name).map(str::to_owned).ok_or_else(missing)
    };
    let (unit, people) = (column("neighbourhood")?, column("population")?);
    let mut by_name: HashMap<String, Vec<&Neighbourhood>> = HashMap::new();
    for one in known {
        let names = [Some(one.name.to_lowercase()), one.source_id.clone(), Some(one.id.to_string())];
        for name in names.into_iter().flatten() {
            by_name.entry(name).or_default().push(one);
        }
    }
    let mut found: HashMap<NeighbourhoodId, u32> = HashMap::new();
    for row in sheet.rows() {
        report.read += 1;
        let name = row.get(&unit).unwrap_or_default();
        let named = by_name.get(&name.to_lowercase()).or_else(|| by_name.get(name));
        let one = match named.map(Vec::as_slice) {
            None => {
                report.skip(name, "is no neighbourhood of the community");
                continue;
            }
            Some([one]) => one,
            Some(_) => return Err(row.wrong(&unit, "is the name of several: give its identifier").into()),
        };
        let residents = row.number(&people)?.and_then(whole);
        let residents = residents.ok_or_else(|| row.wrong(&people, "must be a whole number of residents"))?;
        if found.insert(one.id, residents).is_some() {
            return Err(row.wrong(&unit, "is there twice").into());
        }
    }
    Ok(with(known, |one| found.get(&one.id).copied()))
}

/// Reads a grid: polygons or points with a number of residents each. A square counts in every neighbourhood by the
/// share of its area there; where neighbourhoods overlap, nobody counts twice.
///
/// # Errors
/// When it is not GeoJSON, or no feature has a number of residents.
pub fn by_grid(
    bytes: &[u8],
    known: &[Neighbourhood],
    report: &mut Report,
) -> Result<Vec<Neighbourhood>, ImportError> {
    let grid = features(bytes)?;
    let field = grid.iter().find_map(|f| field_of(&f.properties)).ok_or_else(|| {
        ImportError::Broken(format!("no feature has residents in {}", POPULATION_FIELDS.join(", ")))
    })?;
    let mut sums: HashMap<NeighbourhoodId, f64> = HashMap::new();
    for (n, feature) in grid.iter().enumerate() {
        report.read += 1;
        let Some(people) = feature.properties.get(&field).and_then(number) else {
            report.skip(format!("features[{n}]"), "has no number of residents");
            continue;
        };
        let shares = shares(feature, known);
        let all: f64 = shares.iter().map(|(_, share)| share).sum();
        if all == 0.0 {
            report.skip(format!("features[{n}]"), "lies in no neighbourhood");
        }
        for (one, share) in shares {
            *sums.entry(one.id).or_default() += people * share / all.max(1.0);
        }
    }
    Ok(with(known, |one| sums.get(&one.id).copied().and_then(|sum| whole(sum.round()))))
}

/// Those whose residents are known, with them.
fn with(known: &[Neighbourhood], residents: impl Fn(&Neighbourhood) -> Option<u32>) -> Vec<Neighbourhood> {
    let changed =
        |one: &Neighbourhood| Some(Neighbourhood { population: Some(residents(one)?), ..one.clone() });
    known.iter().filter_map(changed).collect()
}

/// In which neighbourhoods a feature lies, and which part of it.
fn shares<'a>(feature: &Feature, known: &'a [Neighbourhood]) -> Vec<(&'a Neighbourhood, f64)> {
    let shape = match &feature.geometry {
        Some(Geometry::Polygon(polygon)) => MultiPolygon(vec![polygon.clone()]),
        Some(Geometry::MultiPolygon(polygons)) => polygons.clone(),
        Some(Geometry::Point(point)) => return at_point(point.x(), point.y(), known),
        _ => return Vec::new(),
    };
    let area = shape.unsigned_area();
    if area <= 0.0 || !shape.is_valid() {
        let inside = shape.interior_point();
        return inside.map(|point| at_point(point.x(), point.y(), known)).unwrap_or_default();
    }
    let around = Neighbourhood {
        id: NeighbourhoodId(uuid::Uuid::nil()),
        name: String::new(),
        source_id: None,
        population: None,
        shape,
    };
    let touches = |one: &&Neighbourhood| match (one.bounds(), around.bounds()) {
        (Some(a), Some(b)) => {
            a.west <= b.east && b.west <= a.east && a.south <= b.north && b.south <= a.north
        }
        _ => false,
    };
    known
        .iter()
        .filter(touches)
        .map(|one| (one, one.shape.intersection(&around.shape).unsigned_area() / area))
        .filter(|(_, share)| *share > 0.0)
        .collect()
}

fn at_point(lon: f64, lat: f64, known: &[Neighbourhood]) -> Vec<(&Neighbourhood, f64)> {
    let Ok(point) = LonLat::new(lon, lat) else { return Vec::new() };
    known.iter().find(|one| one.contains(point)).map(|one| (one, 1.0)).into_iter().collect()
}

fn field_of(properties: &Map<String, Value>) -> Option<String> {
    let usual = |key: &&String| POPULATION_FIELDS.contains(&key.to_lowercase().as_str());
    properties.iter().find(|(key, value)| usual(key) && number(value).is_some()).map(|(key, _)| key.clone())
}

fn number(value: &Value) -> Option<f64> {
    let number = match value {
        Value::Number(number) => number.as_f64()?,
        Value::String(text) => super::spreadsheet::number(text)?,
        _ => return None,
    };
    (0.0..=MOST).contains(&number).then_some(number)
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and within the range")]
fn whole(number: f64) -> Option<u32> {
    (number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number)).then_some(number as u32)
}

#[cfg(test)]
mod tests {
    use geo::polygon;
    use uuid::Uuid;

    use super::*;

    fn neighbourhood(n: u128, name: &str, west: f64, east: f64) -> Neighbourhood {
        Neighbourhood {
            id: engine::NeighbourhoodId(Uuid::from_u128(n)),
            name: name.to_owned(),
            source_id: Some(format!("code-{n}")),
            population: None,
            shape: MultiPolygon(vec![polygon![
                (x: west, y: 58.0), (x: east, y: 58.0), (x: east, y: 59.0), (x: west, y: 59.0),
            ]]),
        }
    }

    fn two() -> Vec<Neighbourhood> {
        vec![neighbourhood(1, "Karlova", 26.0, 27.0), neighbourhood(2, "Ülejõe", 27.0, 28.0)]
    }

    fn residents(found: &[Neighbourhood]) -> Vec<(&str, Option<u32>)> {
        found.iter().map(|n| (n.name.as_str(), n.population)).collect()
    }

    #[test]
    fn two_neighbourhoods_of_one_name_keep_their_own_residents() {
        let twins = [neighbourhood(1, "Centre", 26.0, 27.0), neighbourhood(2, "Centre", 27.0, 28.0)];
        let table = "neighbourhood,population\ncode-1,6000\ncode-2,40\n";
        let found = by_table(table.as_bytes(), &twins, &mut Report::default()).unwrap();
        assert_eq!(residents(&found), [("Centre", Some(6_000)), ("Centre", Some(40))]);
        let named = "neighbourhood,population\ncentre,6000\n";
        let refused = by_table(named.as_bytes(), &twins, &mut Report::default()).unwrap_err();
        assert!(refused.to_string().contains("is the name of several"), "{refused}");
        let grid = r#"{"type":"FeatureCollection","features":[
            {"type":"Feature","properties":{"population":6000},"geometry":{"type":"Point","coordinates":[26.5,58.5]}},
            {"type":"Feature","properties":{"population":40},"geometry":{"type":"Point","coordinates":[27.5,58.5]}}]}"#;
        let found = by_grid(grid.as_bytes(), &twins, &mut Report::default()).unwrap();
        assert_eq!(residents(&found), [("Centre", Some(6_000)), ("Centre", Some(40))]);
    }

    #[test]
    fn a_table_names_neighbourhoods_by_name_or_by_identifier() {
        let mut report = Report::default();
        let table = "Neighbourhood;Population\nkarlova;9012\ncode-2;0\nNowhere;5\n";
        let found = by_table(table.as_bytes(), &two(), &mut report).unwrap();
        assert_eq!(residents(&found), [("Karlova", Some(9_012)), ("Ülejõe", Some(0))]);
        assert_eq!(report.skipped, [("Nowhere".to_owned(), "is no neighbourhood of the community")]);
        for (wrong, says) in [
            ("neighbourhood,people\nKarlova,1\n", "has no column \"population\""),
            ("neighbourhood,population\nKarlova,1\nkarlova,2\n", "is there twice"),
            ("neighbourhood,population\nKarlova,some\n", "population"),
            ("neighbourhood,population\nKarlova,1.5\n", "must be a whole number of residents"),
            ("neighbourhood,population\nKarlova,-1\n", "must be a whole number of residents"),
        ] {
            let error = by_table(wrong.as_bytes(), &two(), &mut Report::default()).unwrap_err().to_string();
            assert!(error.contains(says), "{wrong}: {error}");
        }
    }

    #[test]
    fn a_grid_counts_by_the_share_of_each_square_and_nobody_twice() {
        let square = |west: f64, east: f64, people: &str| {
            format!(
                r#"{{"type":"Feature","properties":{{"Population":{people}}},"geometry":{{"type":"Polygon",
                "coordinates":[[[{west},58.2],[{east},58.2],[{east},58.3],[{west},58.3],[{west},58.2]]]}}}}"#
            )
        };
        let point = r#"{"type":"Feature","properties":{"Population":"7"},"geometry":{"type":"Point","coordinates":[27.5,58.5]}}"#;
        let grid =
            [square(26.2, 26.4, "100"), square(26.9, 27.3, "40"), square(28.5, 28.6, "9"), point.to_owned()];
        let json = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, grid.join(","));
        let mut report = Report::default();
        let found = by_grid(json.as_bytes(), &two(), &mut report).unwrap();
        // A quarter of the 40 west of the line, three quarters and the 7 east of it.
        assert_eq!(residents(&found), [("Karlova", Some(110)), ("Ülejõe", Some(37))]);
        assert_eq!(report.skipped, [("features[2]".to_owned(), "lies in no neighbourhood")]);
        // Two that overlap share what is in both.
        let same = [neighbourhood(1, "A", 26.0, 28.0), neighbourhood(2, "B", 26.0, 28.0)];
        let found = by_grid(json.as_bytes(), &same, &mut Report::default()).unwrap();
        assert_eq!(residents(&found), [("A", Some(77)), ("B", Some(70))]);
        let none = br#"{"type":"FeatureCollection","features":[]}"#;
        assert!(by_grid(none, &two(), &mut Report::default()).is_err());
    }
}
