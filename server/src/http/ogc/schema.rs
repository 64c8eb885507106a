//! Queryables (Part 3, OGC 19-079r2, 7) and the schema of an item (Part 5), as JSON Schema.

use axum::http::request::Parts;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::collection::Collection;
use super::format::{self, Format};
use super::links::{Base, SCHEMA};
use crate::export::{Kind, Shapes};
use crate::http::AppState;
use crate::live::LiveCommunity;

/// The answer with one of the two documents, `queryables` or `schema`.
pub fn answer(
    collection: &Collection,
    which: &str,
    state: &AppState,
    community: &LiveCommunity,
    format: Format,
    parts: &Parts,
) -> Response {
    let id = Base::new(state, community).at(&format!("/collections/{}/{which}", collection.about.id));
    let body = schema(collection, which, &id);
    format::answer(format, SCHEMA, &collection.about.title, &body, &parts.headers)
}

fn schema(collection: &Collection, which: &str, id: &str) -> Value {
    let mut properties = Map::new();
    let shape = match collection.about.shapes {
        Shapes::Points => "geometry-point",
        Shapes::Areas => "geometry-multipolygon",
        Shapes::Mixed => "geometry-any",
    };
    properties.insert(
        "geometry".into(),
        json!({"format": shape, "title": "where it is", "x-ogc-role": "primary-geometry"}),
    );
    for column in &collection.columns {
        if which == "queryables" && !Collection::is_simple(column) {
            continue;
        }
        let mut property = match column.kind {
            Kind::Text | Kind::Day => json!({"type": "string"}),
            Kind::List => json!({"type": "array", "items": {"type": "string"}}),
            Kind::Json => json!({"type": "array", "items": {}}),
            Kind::Whole => json!({"type": "integer"}),
            Kind::Real => json!({"type": "number"}),
            Kind::Flag => json!({"type": "boolean"}),
            Kind::Instant => json!({"type": "string", "format": "date-time"}),
        };
        if collection.about.time == Some(column.name) && column.kind == Kind::Day {
            property["format"] = "date".into();
        }
        if collection.about.time == Some(column.name) {
            property["x-ogc-role"] = "primary-instant".into();
        }
        property["title"] = column.text.into();
        if let Some(unit) = column.unit {
            property["x-ogc-unit"] = unit.into();
        }
        properties.insert(column.name.to_owned(), property);
    }
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": id, "type": "object",
        "title": collection.about.title, "description": collection.about.description,
        "properties": properties, "additionalProperties": false,
    })
}
