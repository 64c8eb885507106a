//! From a record of a study to a place, by the same rules as from a participant's own device.

use engine::Invalid;
use engine::place::{PlaceContent, PlaceError, PlaceRules};
use serde_json::{Value, json};

use super::mapping::Mapping;
use super::record::Record;
use crate::import::spreadsheet::{flag, number};

/// The strength of a feeling that is named without one: the middle of 1 to 3.
const STRENGTH: u8 = 2;
/// How exactly a place is kept if nobody says: nobody's doorstep.
const PRECISION: &str = "street";

/// Reads the place in a record.
///
/// # Errors
/// What keeps it from being a place.
pub fn place(record: &Record, mapping: &Mapping, rules: &PlaceRules) -> Result<PlaceContent, Invalid> {
    let cells = Cells { record, mapping };
    let geometry = match &record.geometry {
        Some(geometry) => geometry.clone(),
        None => cells.point()?,
    };
    let share = json!({
        "research": cells.yes("research")?, "published_maps": cells.yes("published_maps")?,
        "public_story": cells.yes("public_story")?,
    });
    let rhythm = match (cells.word("often"), cells.words("parts")) {
        (None, parts) if parts.is_empty() => Value::Null,
        (often, parts) => json!({"often": often, "parts": parts}),
    };
    let feature = json!({"type": "Feature", "geometry": geometry, "properties": {
        "name": cells.text("name"), "being": cells.yes("being")?, "doing": cells.yes("doing")?,
        "story": cells.text("story"), "feelings": cells.feelings()?, "chime": cells.words("chime"),
        "activities": cells.words("activities"), "company": cells.words("company"),
        "support": {"received": cells.words("received"), "given": cells.words("given")},
        "barriers": cells.words("barriers"), "rhythm": rhythm, "since": cells.text("since"),
        "home": cells.yes("home")?, "precision": cells.word("precision").unwrap_or_else(|| PRECISION.into()),
        "share": share,
    }});
    rules.parse(feature.to_string().as_bytes()).map_err(|e| match e {
        PlaceError::Malformed(mut e) | PlaceError::Invalid(mut e) => {
            e.field = e.field.trim_start_matches("properties.").to_owned();
            e
        }
    })
}

struct Cells<'a> {
    record: &'a Record,
    mapping: &'a Mapping,
}

impl Cells<'_> {
    fn text(&self, field: &str) -> Option<&str> {
        let cell = self.mapping.column(field).and_then(|column| self.record.get(column));
        cell.or_else(|| self.mapping.default(field))
    }

    /// Yes or no; nothing is no: what nobody agreed to is not agreed to.
    fn yes(&self, field: &str) -> Result<bool, Invalid> {
        self.text(field).map_or(Ok(false), |text| {
            let known = flag(text).or_else(|| flag(&self.mapping.word(text)));
            known.ok_or_else(|| Invalid::new(field, "is neither yes nor no"))
        })
    }

    fn word(&self, field: &str) -> Option<String> {
        self.text(field).map(|text| self.mapping.word(text))
    }

    fn words(&self, field: &str) -> Vec<String> {
        let mut words: Vec<String> = Vec::new();
        for word in self.text(field).map(parts).unwrap_or_default() {
            let word = self.mapping.word(word);
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words
    }

    fn feelings(&self) -> Result<Vec<Value>, Invalid> {
        let mut feelings: Vec<(String, u8)> = Vec::new();
        for part in self.text("feelings").map(parts).unwrap_or_default() {
            let (name, strength) = part.split_once(':').map_or((part, None), |(n, s)| (n, Some(s)));
            let strength = strength.map_or(Ok(Some(STRENGTH)), |s| self.strength("feelings", s))?;
            feelings.extend(strength.map(|s| (self.mapping.word(name), s)));
        }
        for (column, feeling) in self.mapping.feelings() {
            let Some(cell) = self.record.get(column) else { continue };
            let strength = self.strength(column, cell)?;
            if !feelings.iter().any(|(f, _)| f == feeling) {
                feelings.extend(strength.map(|s| (feeling.clone(), s)));
            }
        }
        Ok(feelings.into_iter().map(|(f, s)| json!({"feeling": f, "strength": s})).collect())
    }

    /// 1 to 3, or yes; 0 and no are no feeling at all.
    fn strength(&self, field: &str, cell: &str) -> Result<Option<u8>, Invalid> {
        let word = self.mapping.word(cell);
        match number(&word) {
            Some(0.0) => Ok(None),
            Some(1.0) => Ok(Some(1)),
            Some(2.0) => Ok(Some(2)),
            Some(3.0) => Ok(Some(3)),
            Some(_) => Err(Invalid::new(field, "is a strength that is not 0, 1, 2 or 3")),
            None => match flag(&word) {
                Some(true) => Ok(Some(STRENGTH)),
                Some(false) => Ok(None),
                None => Err(Invalid::new(field, "is not a strength: 0 to 3, yes or no")),
            },
        }
    }

    fn point(&self) -> Result<Value, Invalid> {
        let axis = |field: &str| match self.text(field) {
            None => Err(Invalid::new(field, "is empty: the place has no location")),
            Some(text) => number(text).ok_or_else(|| Invalid::new(field, "is not a number of degrees")),
        };
        Ok(json!({"type": "Point", "coordinates": [axis("lon")?, axis("lat")?]}))
    }
}

/// The items of a list in a cell.
fn parts(text: &str) -> Vec<&str> {
    text.split([';', ',', '|', '\n']).map(str::trim).filter(|part| !part.is_empty()).collect()
}
