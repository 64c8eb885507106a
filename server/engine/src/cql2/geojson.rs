//! Literal geometries in the JSON encoding.

use geo::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};
use serde_json::{Map, Value, json};

use super::Cql2Error;
use super::builder::Builder;
use super::geometry::{Literal, line, ring};

/// A geometry by its `type`.
pub(super) fn geometry(object: &Map<String, Value>, builder: &mut Builder) -> Result<Geometry, Cql2Error> {
    let kind = object.get("type").and_then(Value::as_str).unwrap_or_default();
    if kind == "GeometryCollection" {
        let members = array(object.get("geometries"), "`geometries`")?;
        let member = |value: &Value| match value {
            Value::Object(member) if member.get("type") != Some(&json!("GeometryCollection")) => {
                geometry(member, builder)
            }
            _ => Err(Cql2Error::geometry("a collection has geometries that are no collections")),
        };
        let all: Result<Vec<_>, _> = members.iter().map(member).collect();
        return Ok(Geometry::GeometryCollection(GeometryCollection(all?)));
    }
    let coordinates = object.get("coordinates");
    Ok(match kind {
        "Point" => Point(position(coordinates, builder)?).into(),
        "LineString" => line(each(coordinates, builder, position)?)?.into(),
        "Polygon" => polygon(coordinates, builder)?.into(),
        "MultiPoint" => MultiPoint(each(coordinates, builder, |c, b| position(c, b).map(Point))?).into(),
        "MultiLineString" => {
            MultiLineString(each(coordinates, builder, |c, b| line(each(c, b, position)?))?).into()
        }
        "MultiPolygon" => MultiPolygon(each(coordinates, builder, polygon)?).into(),
        _ => return Err(Cql2Error::geometry("`type` must be one of the geometry types of GeoJSON")),
    })
}

fn array<'a>(value: Option<&'a Value>, what: &str) -> Result<&'a Vec<Value>, Cql2Error> {
    match value {
        Some(Value::Array(all)) if !all.is_empty() => Ok(all),
        _ => Err(Cql2Error::Geometry(format!("{what} must be a list that is not empty"))),
    }
}

fn each<T>(
    value: Option<&Value>,
    builder: &mut Builder,
    mut one: impl FnMut(Option<&Value>, &mut Builder) -> Result<T, Cql2Error>,
) -> Result<Vec<T>, Cql2Error> {
    array(value, "`coordinates`")?.iter().map(|value| one(Some(value), builder)).collect()
}

fn position(value: Option<&Value>, builder: &mut Builder) -> Result<Coord, Cql2Error> {
    builder.vertex()?;
    let numbers = array(value, "a position")?;
    let number = |i: usize| numbers.get(i).and_then(Value::as_f64);
    match (number(0), number(1)) {
        (Some(x), Some(y)) if numbers.len() <= 4 => Ok(Coord { x, y }),
        _ => Err(Cql2Error::geometry("a position has two or three numbers")),
    }
}

fn polygon(value: Option<&Value>, builder: &mut Builder) -> Result<Polygon, Cql2Error> {
    let mut rings = each(value, builder, |c, b| ring(each(c, b, position)?))?.into_iter();
    let exterior = rings.next().unwrap_or_else(|| LineString(Vec::new()));
    Ok(Polygon::new(exterior, rings.collect()))
}

/// A literal as JSON.
pub(super) fn to_json(literal: &Literal) -> Value {
    match literal {
        Literal::Bbox(bbox) => json!({ "bbox": bbox }),
        Literal::Shape(shape) => shape_to_json(shape),
    }
}

fn shape_to_json(shape: &Geometry) -> Value {
    let at = |c: &Coord| json!([c.x, c.y]);
    let along = |l: &LineString| l.0.iter().map(at).collect::<Value>();
    let rings =
        |p: &Polygon| std::iter::once(p.exterior()).chain(p.interiors()).map(along).collect::<Value>();
    let typed = |kind: &str, coordinates: Value| json!({ "type": kind, "coordinates": coordinates });
    match shape {
        Geometry::Point(p) => typed("Point", at(&p.0)),
        Geometry::LineString(l) => typed("LineString", along(l)),
        Geometry::Polygon(p) => typed("Polygon", rings(p)),
        Geometry::MultiPoint(all) => typed("MultiPoint", all.0.iter().map(|p| at(&p.0)).collect()),
        Geometry::MultiLineString(all) => typed("MultiLineString", all.0.iter().map(along).collect()),
        Geometry::MultiPolygon(all) => typed("MultiPolygon", all.0.iter().map(rings).collect()),
        Geometry::GeometryCollection(all) => {
            json!({ "type": "GeometryCollection", "geometries": all.0.iter().map(shape_to_json).collect::<Value>() })
        }
        // No reader makes these.
        Geometry::Line(_) | Geometry::Rect(_) | Geometry::Triangle(_) => Value::Null,
    }
}
