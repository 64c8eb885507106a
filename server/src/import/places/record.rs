//! The records of a study's file, whatever its format: a place where to look, cells as text, a geometry.

use std::path::Path;

use engine::Invalid;
use geo::Geometry;
use serde_json::{Map, Value, json};

use crate::import::spreadsheet::Sheet;
use crate::import::{ImportError, content, geojson};

/// A record.
#[derive(Debug, Clone)]
pub struct Record {
    /// Where it is in the file, such as `line 4`.
    pub at: String,
    /// The file's identifier, if its format has one.
    pub id: Option<String>,
    /// The geometry; in a table it is in the cells.
    pub geometry: Option<Value>,
    cells: Vec<(String, String)>,
}

impl Record {
    /// The text of a cell that holds something.
    pub fn get(&self, column: &str) -> Option<&str> {
        let found = self.cells.iter().find(|(name, _)| name == column)?;
        Some(found.1.trim()).filter(|text| !text.is_empty())
    }

    /// All of it as bytes: what tells a record without an identifier from others.
    pub fn bytes(&self) -> Vec<u8> {
        json!([self.geometry, self.cells]).to_string().into_bytes()
    }
}

/// Reads a table or GeoJSON, by the ending of the file's name: the columns, and the records.
///
/// # Errors
/// When the file is not what its ending says.
pub fn read(path: &Path) -> Result<(Vec<String>, Vec<Record>), ImportError> {
    let ending = path.extension().and_then(|e| e.to_str()).unwrap_or_default().to_ascii_lowercase();
    match ending.as_str() {
        "geojson" | "json" => Ok(features(geojson::features(&content(path)?)?)),
        "csv" | "tsv" | "txt" => table(&Sheet::read(&content(path)?)?),
        _ => Err(Invalid::new("", "is neither GeoJSON (.geojson, .json) nor a table (.csv, .tsv)").into()),
    }
}

fn table(sheet: &Sheet) -> Result<(Vec<String>, Vec<Record>), ImportError> {
    let own = |(name, cell): (&str, &str)| (name.to_owned(), cell.to_owned());
    let records: Vec<Record> = sheet
        .rows()
        .map(|row| Record {
            at: format!("line {}", row.line),
            id: None,
            geometry: None,
            cells: row.cells().map(own).collect(),
        })
        .collect();
    if records.is_empty() {
        return Err(Invalid::new("", "names columns and holds nothing else").into());
    }
    Ok((sheet.columns().to_vec(), records))
}

fn features(features: Vec<geojson::Feature>) -> (Vec<String>, Vec<Record>) {
    let mut columns: Vec<String> = Vec::new();
    let mut records = Vec::with_capacity(features.len());
    for (i, feature) in features.into_iter().enumerate() {
        let mut cells = Vec::new();
        flatten("", &feature.properties, &mut cells);
        for (name, _) in &cells {
            if !columns.contains(name) {
                columns.push(name.clone());
            }
        }
        let geometry = feature.geometry.as_ref().map(as_json);
        records.push(Record { at: format!("features[{i}]"), id: feature.id, geometry, cells });
    }
    (columns, records)
}

/// Nested properties as `share.research`; lists as text with semicolons.
fn flatten(under: &str, properties: &Map<String, Value>, cells: &mut Vec<(String, String)>) {
    for (name, value) in properties {
        let name = if under.is_empty() { name.clone() } else { format!("{under}.{name}") };
        match value {
            Value::Object(inner) if under.is_empty() => flatten(&name, inner, cells),
            Value::Array(items) => {
                cells.push((name, items.iter().map(item).collect::<Vec<_>>().join(";")));
            }
            other => cells.push((name, item(other))),
        }
    }
}

fn item(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Object(o) => match (o.get("feeling").and_then(Value::as_str), o.get("strength")) {
            (Some(feeling), Some(strength)) => format!("{feeling}:{strength}"),
            _ => value.to_string(),
        },
        other => other.to_string(),
    }
}

/// The geometry again as GeoJSON. What no place can be keeps its name alone, by which it is refused.
fn as_json(geometry: &Geometry) -> Value {
    let line = |l: &geo::LineString| l.coords().map(|c| json!([c.x, c.y])).collect::<Vec<_>>();
    match geometry {
        Geometry::Point(p) => json!({"type": "Point", "coordinates": [p.x(), p.y()]}),
        Geometry::LineString(l) => json!({"type": "LineString", "coordinates": line(l)}),
        Geometry::Polygon(p) => {
            let rings: Vec<_> = std::iter::once(p.exterior()).chain(p.interiors()).map(line).collect();
            json!({"type": "Polygon", "coordinates": rings})
        }
        _ => json!({"type": "of several parts", "coordinates": []}),
    }
}
