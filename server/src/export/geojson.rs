//! GeoJSON (RFC 7946), with the codebook as a member of the collection.

use std::io::{self, Write};

use geo::{Geometry, LineString, Polygon};
use serde_json::{Map, Value, json};

use super::{Cell, Row, Table, codebook};

/// Writes a table.
pub(super) fn write(table: Table, out: &mut dyn Write) -> io::Result<()> {
    let head = json!(codebook(&table)).to_string();
    write!(out, "{{\"type\":\"FeatureCollection\",\"name\":\"{}\",\"codebook\":{head},", table.name)?;
    out.write_all(b"\"features\":[")?;
    let names: Vec<&str> = table.columns.iter().map(|c| c.name).collect();
    for (i, row) in table.rows.enumerate() {
        out.write_all(if i == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut *out, &feature(&names, row))?;
    }
    out.write_all(b"\n]}\n")
}

fn feature(names: &[&str], row: Row) -> Value {
    let geometry = row.geometry.as_ref().map_or(Value::Null, geometry);
    let properties: Map<String, Value> =
        names.iter().zip(row.cells).map(|(name, cell)| ((*name).to_owned(), value(cell))).collect();
    match properties.get("id").cloned() {
        Some(id) => json!({"type": "Feature", "id": id, "geometry": geometry, "properties": properties}),
        None => json!({"type": "Feature", "geometry": geometry, "properties": properties}),
    }
}

/// A value as JSON.
pub(crate) fn value(cell: Cell) -> Value {
    match cell {
        Cell::Nothing => Value::Null,
        Cell::Text(text) => text.into(),
        Cell::List(words) => words.into(),
        Cell::Json(value) => value,
        Cell::Whole(n) => n.into(),
        Cell::Real(n) => n.into(),
        Cell::Flag(yes) => yes.into(),
    }
}

/// A geometry as GeoJSON.
pub(crate) fn geometry(geometry: &Geometry) -> Value {
    let line = |l: &LineString| l.coords().map(|c| [c.x, c.y]).collect::<Vec<_>>();
    let area = |p: &Polygon| std::iter::once(p.exterior()).chain(p.interiors()).map(line).collect::<Vec<_>>();
    match geometry {
        Geometry::Point(p) => json!({"type": "Point", "coordinates": [p.x(), p.y()]}),
        Geometry::LineString(l) => json!({"type": "LineString", "coordinates": line(l)}),
        Geometry::Polygon(p) => json!({"type": "Polygon", "coordinates": area(p)}),
        Geometry::MultiPolygon(m) => {
            json!({"type": "MultiPolygon", "coordinates": m.iter().map(area).collect::<Vec<_>>()})
        }
        other => unreachable!("tables hold no {other:?}"),
    }
}
