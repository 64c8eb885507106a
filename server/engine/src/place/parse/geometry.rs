//! Where a place is: a point, a walk or an area, as GeoJSON says it (RFC 7946 §3.1).

use geo::Validation;

use super::{MAX_VERTICES, RawGeometry};
use crate::place::Geometry;
use crate::{Invalid, LonLat};

/// The geometry, or what is wrong with it and where.
pub(super) fn geometry(raw: &RawGeometry) -> Result<Geometry, Invalid> {
    let root = "geometry.coordinates";
    match raw.r#type.as_str() {
        "Point" => Ok(Geometry::Point(position(&raw.coordinates).map_err(|e| e.under(root))?)),
        "LineString" => {
            let line = positions(&raw.coordinates, 2).map_err(|e| e.under(root))?;
            limit_vertices(line.len())?;
            Ok(Geometry::Walk(line))
        }
        "Polygon" => area(&raw.coordinates).map_err(|e| e.under(root)),
        _ => Err(Invalid::new("geometry.type", "must be Point, LineString or Polygon")),
    }
}

fn limit_vertices(n: usize) -> Result<(), Invalid> {
    if n > MAX_VERTICES {
        return Err(Invalid::new(
            "geometry.coordinates",
            format!("has {n} vertices; at most {MAX_VERTICES} are kept"),
        ));
    }
    Ok(())
}

fn position(value: &serde_json::Value) -> Result<LonLat, Invalid> {
    let numbers = value
        .as_array()
        .filter(|a| (2..=3).contains(&a.len()))
        .and_then(|a| a.iter().map(serde_json::Value::as_f64).collect::<Option<Vec<f64>>>())
        .ok_or_else(|| Invalid::new("", "must be [longitude, latitude] in numbers"))?;
    LonLat::new(numbers[0], numbers[1])
}

fn positions(value: &serde_json::Value, least: usize) -> Result<Vec<LonLat>, Invalid> {
    let list = value
        .as_array()
        .filter(|a| a.len() >= least)
        .ok_or_else(|| Invalid::new("", format!("must be a list of at least {least} positions")))?;
    list.iter().enumerate().map(|(i, p)| position(p).map_err(|e| e.under(&format!("[{i}]")))).collect()
}

fn area(value: &serde_json::Value) -> Result<Geometry, Invalid> {
    let rings = value
        .as_array()
        .filter(|a| !a.is_empty())
        .ok_or_else(|| Invalid::new("", "must be a list of at least one ring"))?;
    let rings: Vec<Vec<LonLat>> = rings
        .iter()
        .enumerate()
        .map(|(i, ring)| {
            let ring = positions(ring, 4).map_err(|e| e.under(&format!("[{i}]")))?;
            if ring.first() == ring.last() {
                Ok(ring)
            } else {
                Err(Invalid::new(format!("[{i}]"), "must end where it starts"))
            }
        })
        .collect::<Result<_, _>>()?;
    limit_vertices(rings.iter().map(Vec::len).sum())?;
    let line = |ring: &Vec<LonLat>| ring.iter().map(|p| (p.lon(), p.lat())).collect::<geo::LineString>();
    let polygon = geo::Polygon::new(line(&rings[0]), rings[1..].iter().map(line).collect());
    if !polygon.is_valid() {
        return Err(Invalid::new("", "the outline crosses itself or has no area"));
    }
    Ok(Geometry::Area(rings))
}
