//! Features of an answer on their way into a table: the very properties that the answer shows, so the same numbers.

use std::collections::HashMap;

use geo::{Geometry, MultiPolygon};
use serde_json::Value;

use super::table::Cell;

/// A unit as an answer has it.
pub struct Answered {
    /// Its properties, an object.
    pub properties: Value,
    /// Its outline, if that is known.
    pub shape: Option<MultiPolygon>,
}

impl Answered {
    /// Units by their ids, each with its outline.
    pub fn outlined(
        units: impl Iterator<Item = (String, Value)>,
        outlines: &HashMap<String, &MultiPolygon>,
    ) -> Vec<Self> {
        let shape = |id: &String| outlines.get(id).map(|shape| (*shape).clone());
        units.map(|(id, properties)| Self { shape: shape(&id), properties }).collect()
    }

    /// Words.
    pub(super) fn text(&self, name: &str) -> Cell {
        Cell::text(self.properties[name].as_str())
    }

    /// A whole number.
    pub(super) fn whole(&self, name: &str) -> Cell {
        self.properties[name].as_i64().map_or(Cell::Nothing, Cell::Whole)
    }

    /// A number.
    pub(super) fn real(&self, name: &str) -> Cell {
        Cell::real(self.properties[name].as_f64())
    }

    /// Something with parts.
    pub(super) fn json(&self, name: &str) -> Cell {
        match &self.properties[name] {
            Value::Null => Cell::Nothing,
            value => Cell::Json(value.clone()),
        }
    }

    /// Where it is.
    pub(super) fn place(&self) -> Option<Geometry> {
        self.shape.clone().map(Geometry::MultiPolygon)
    }
}
