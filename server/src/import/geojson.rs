//! GeoJSON (RFC 7946), read strictly: what is wrong is named with its path, and nothing is guessed.

use engine::{Invalid, LonLat};
use geo::{
    Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon,
};
use serde_json::{Map, Value};

use super::json::Strict;

/// What the numbers of a position are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coordinates {
    /// Longitude and latitude in WGS84 degrees, as RFC 7946 has it.
    Wgs84,
    /// Any plane: easting and northing in one unit. Only analysis reads such files.
    Plane,
}

/// A feature of a file.
#[derive(Debug, Clone)]
pub struct Feature {
    /// Its identifier as text.
    pub id: Option<String>,
    /// Its geometry; a feature may have none.
    pub geometry: Option<Geometry>,
    /// Its properties.
    pub properties: Map<String, Value>,
}

/// Members that change what an object is (RFC 7946 §7.1).
const FOREIGN_TO_COLLECTION: [&str; 4] = ["coordinates", "geometries", "geometry", "properties"];
const FOREIGN_TO_FEATURE: [&str; 3] = ["coordinates", "geometries", "features"];
const FOREIGN_TO_GEOMETRY: [&str; 3] = ["geometry", "properties", "features"];

/// Reads a Feature or a `FeatureCollection` in WGS84 degrees.
///
/// # Errors
/// What is wrong and where, such as `features[3].geometry.coordinates[0]`.
pub fn features(text: &[u8]) -> Result<Vec<Feature>, Invalid> {
    features_in(text, Coordinates::Wgs84)
}

/// Reads a Feature or a `FeatureCollection`.
///
/// # Errors
/// As [`features`].
pub fn features_in(text: &[u8], system: Coordinates) -> Result<Vec<Feature>, Invalid> {
    let value = object(text, system)?;
    match type_of(&value)? {
        "FeatureCollection" => {
            foreign(&value, &FOREIGN_TO_COLLECTION)?;
            let list = value
                .get("features")
                .and_then(Value::as_array)
                .ok_or_else(|| Invalid::new("features", "must be a list of features"))?;
            list.iter()
                .enumerate()
                .map(|(i, f)| feature(f, system).map_err(|e| e.under(&format!("features[{i}]"))))
                .collect()
        }
        "Feature" => Ok(vec![feature(&Value::Object(value), system)?]),
        "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon"
        | "GeometryCollection" => Err(Invalid::new(
            "type",
            "is a geometry alone, which has no properties: a FeatureCollection is needed",
        )),
        _ => Err(Invalid::new("type", "must be FeatureCollection or Feature")),
    }
}

/// Reads the geometries of any GeoJSON object, a bare geometry too.
///
/// # Errors
/// As [`features`].
pub fn geometries(text: &[u8]) -> Result<Vec<Geometry>, Invalid> {
    let value = object(text, Coordinates::Wgs84)?;
    if matches!(type_of(&value)?, "FeatureCollection" | "Feature") {
        Ok(features(text)?.into_iter().filter_map(|f| f.geometry).collect())
    } else {
        Ok(vec![geometry(&Value::Object(value), 0, Coordinates::Wgs84)?])
    }
}

fn object(text: &[u8], system: Coordinates) -> Result<Map<String, Value>, Invalid> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let text = std::str::from_utf8(text)
        .map_err(|e| Invalid::new("", format!("is not UTF-8 text (byte {})", e.valid_up_to())))?;
    let Strict(value) =
        serde_json::from_str(text).map_err(|e| Invalid::new("", format!("is not valid JSON: {e}")))?;
    let Value::Object(value) = value else { return Err(Invalid::new("", "must be a GeoJSON object")) };
    if system == Coordinates::Wgs84 {
        reference_system(&value)?;
    }
    bbox(&value)?;
    Ok(value)
}

/// Only WGS84 degrees are read; the obsolete `crs` member may say so, and nothing else.
fn reference_system(value: &Map<String, Value>) -> Result<(), Invalid> {
    let Some(crs) = value.get("crs").filter(|crs| !crs.is_null()) else { return Ok(()) };
    let name = crs.pointer("/properties/name").and_then(Value::as_str).unwrap_or_default();
    let upper = name.to_ascii_uppercase();
    if upper.ends_with("CRS84") || upper.ends_with(":4326") {
        return Ok(());
    }
    Err(Invalid::new(
        "crs",
        format!("is {name:?}; only WGS84 degrees are read: convert the file to EPSG:4326 first"),
    ))
}

fn type_of(value: &Map<String, Value>) -> Result<&str, Invalid> {
    value.get("type").and_then(Value::as_str).ok_or_else(|| Invalid::new("type", "must name a GeoJSON type"))
}

fn foreign(value: &Map<String, Value>, members: &[&str]) -> Result<(), Invalid> {
    match members.iter().find(|m| value.contains_key(**m)) {
        Some(member) => Err(Invalid::new(*member, "does not belong to an object of this type")),
        None => Ok(()),
    }
}

fn bbox(value: &Map<String, Value>) -> Result<(), Invalid> {
    let Some(bbox) = value.get("bbox").filter(|b| !b.is_null()) else { return Ok(()) };
    let valid = bbox.as_array().is_some_and(|b| matches!(b.len(), 4 | 6) && b.iter().all(Value::is_number));
    if valid { Ok(()) } else { Err(Invalid::new("bbox", "must be a list of 4 or 6 numbers")) }
}

fn feature(value: &Value, system: Coordinates) -> Result<Feature, Invalid> {
    let value = value.as_object().ok_or_else(|| Invalid::new("", "must be a Feature"))?;
    if type_of(value)? != "Feature" {
        return Err(Invalid::new("type", "must be Feature"));
    }
    foreign(value, &FOREIGN_TO_FEATURE)?;
    bbox(value)?;
    let id = match value.get("id") {
        None | Some(Value::Null) => None,
        Some(Value::String(id)) => Some(id.clone()),
        Some(Value::Number(id)) => Some(id.to_string()),
        Some(_) => return Err(Invalid::new("id", "must be a text or a number")),
    };
    let properties = match value.get("properties") {
        Some(Value::Object(properties)) => properties.clone(),
        Some(Value::Null) => Map::new(),
        _ => return Err(Invalid::new("properties", "must be an object or null")),
    };
    let geometry = match value.get("geometry") {
        None => return Err(Invalid::new("geometry", "must be a geometry or null")),
        Some(Value::Null) => None,
        Some(found) => Some(geometry(found, 0, system).map_err(|e| e.under("geometry"))?),
    };
    Ok(Feature { id, geometry, properties })
}

fn geometry(value: &Value, depth: usize, system: Coordinates) -> Result<Geometry, Invalid> {
    let value = value.as_object().ok_or_else(|| Invalid::new("", "must be a geometry"))?;
    let kind = type_of(value)?;
    foreign(value, &FOREIGN_TO_GEOMETRY)?;
    bbox(value)?;
    if kind == "GeometryCollection" {
        if depth > 0 {
            return Err(Invalid::new("geometries", "must not hold another GeometryCollection"));
        }
        let list =
            list(value.get("geometries").unwrap_or(&Value::Null), 0).map_err(|e| e.under("geometries"))?;
        let parts = each(list, |g| geometry(g, 1, system)).map_err(|e| e.under("geometries"))?;
        return Ok(Geometry::GeometryCollection(GeometryCollection(parts)));
    }
    let coordinates = value.get("coordinates").unwrap_or(&Value::Null);
    let read = || -> Result<Geometry, Invalid> {
        Ok(match kind {
            "Point" => Point::from(position(coordinates, system)?).into(),
            "MultiPoint" => MultiPoint::from(each(list(coordinates, 0)?, |v| position(v, system))?).into(),
            "LineString" => line(coordinates, system)?.into(),
            "MultiLineString" => MultiLineString(each(list(coordinates, 0)?, |v| line(v, system))?).into(),
            "Polygon" => polygon(coordinates, system)?.into(),
            "MultiPolygon" => MultiPolygon(each(list(coordinates, 0)?, |v| polygon(v, system))?).into(),
            _ => return Err(Invalid::new("", "unknown")),
        })
    };
    match kind {
        "Point" | "MultiPoint" | "LineString" | "MultiLineString" | "Polygon" | "MultiPolygon" => {
            read().map_err(|e| e.under("coordinates"))
        }
        _ => Err(Invalid::new("type", "is not a GeoJSON geometry")),
    }
}

fn list(value: &Value, least: usize) -> Result<&[Value], Invalid> {
    match value.as_array() {
        Some(values) if values.len() >= least => Ok(values),
        Some(_) => Err(Invalid::new("", format!("must have at least {least} positions"))),
        None => Err(Invalid::new("", "must be a list")),
    }
}

fn each<T>(values: &[Value], read: impl Fn(&Value) -> Result<T, Invalid>) -> Result<Vec<T>, Invalid> {
    values.iter().enumerate().map(|(i, v)| read(v).map_err(|e| e.under(&format!("[{i}]")))).collect()
}

fn position(value: &Value, system: Coordinates) -> Result<(f64, f64), Invalid> {
    let numbers = value
        .as_array()
        .filter(|numbers| (2..=3).contains(&numbers.len()))
        .and_then(|numbers| numbers.iter().map(Value::as_f64).collect::<Option<Vec<_>>>())
        .ok_or_else(|| Invalid::new("", "must be a position of two or three numbers"))?;
    if system == Coordinates::Plane {
        return Ok((numbers[0], numbers[1]));
    }
    LonLat::new(numbers[0], numbers[1]).map_err(|mut e| {
        e.problem.push_str("; is the file in WGS84 degrees?");
        e
    })?;
    Ok((numbers[0], numbers[1]))
}

fn line(value: &Value, system: Coordinates) -> Result<LineString, Invalid> {
    Ok(LineString::from(each(list(value, 2)?, |v| position(v, system))?))
}

fn ring(value: &Value, system: Coordinates) -> Result<LineString, Invalid> {
    let ring = LineString::from(each(list(value, 4)?, |v| position(v, system))?);
    if ring.is_closed() {
        Ok(ring)
    } else {
        Err(Invalid::new("", "is a ring that does not end where it starts"))
    }
}

fn polygon(value: &Value, system: Coordinates) -> Result<Polygon, Invalid> {
    let mut rings = each(list(value, 1)?, |v| ring(v, system))?.into_iter();
    let exterior = rings.next().ok_or_else(|| Invalid::new("", "must have a ring"))?;
    Ok(Polygon::new(exterior, rings.collect()))
}
