//! From the bytes of a GeoJSON feature to a place that keeps all rules, or the first rule it breaks.

mod geometry;
mod words;

use serde::Deserialize;
use serde::de::IgnoredAny;

use self::geometry::geometry;
use self::words::{feelings, since, tags, text};
use super::{Chime, Exchange, Geometry, PlaceContent, Rhythm};
use crate::community::Purposes;
use crate::grid::{Precision, snap};
use crate::question::{AnswerVersions, Answers};
use crate::{Bounds, Invalid, LonLat};

/// Longest story, in characters (design §5).
pub const MAX_STORY_CHARACTERS: usize = 20_000;
/// Most vertices of a walk or an area (design §5).
pub const MAX_VERTICES: usize = 2_000;
/// Longest name of a place, in characters.
pub const MAX_NAME_CHARACTERS: usize = 200;
/// Longest words about the photo that was not taken, in characters.
pub const MAX_UNTAKEN_CHARACTERS: usize = 2_000;
/// A device sends the centre of a cell of up to 920 m, which may lie outside of bounds that hold the place
/// itself; what is farther out than this is a mistake.
const BOUNDS_MARGIN_M: f64 = 1_000.0;

/// The rules of a community and of a participant's consent that a place must keep.
#[derive(Debug, Clone, Copy)]
pub struct PlaceRules {
    /// The community's box, if it has one.
    pub bounds: Option<Bounds>,
    /// The purposes that the participant agreed to.
    pub allowed: Purposes,
}

/// Why bytes are no place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlaceError {
    /// Not JSON at all, or nested too deep.
    #[error(transparent)]
    Malformed(Invalid),
    /// JSON that breaks a rule.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFeature {
    r#type: String,
    geometry: RawGeometry,
    properties: RawProperties,
    // Sent back by clients that change what they were given; the path decides, not the body.
    #[serde(default, rename = "id")]
    _id: IgnoredAny,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGeometry {
    r#type: String,
    coordinates: serde_json::Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFeeling {
    feeling: String,
    strength: u8,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawProperties {
    #[serde(default)]
    name: Option<String>,
    being: bool,
    doing: bool,
    #[serde(default)]
    story: Option<String>,
    #[serde(default)]
    photo_not_taken: Option<String>,
    #[serde(default)]
    feelings: Vec<RawFeeling>,
    #[serde(default)]
    chime: Vec<Chime>,
    #[serde(default)]
    activities: Vec<String>,
    #[serde(default)]
    company: Vec<String>,
    #[serde(default)]
    support: Exchange,
    #[serde(default)]
    barriers: Vec<String>,
    #[serde(default)]
    rhythm: Option<Rhythm>,
    #[serde(default)]
    since: Option<String>,
    #[serde(default)]
    home: bool,
    #[serde(default)]
    answers: Answers,
    #[serde(default)]
    answer_versions: AnswerVersions,
    precision: Precision,
    #[serde(default)]
    share: Purposes,
    // Added by the server and sent back by clients; ignored.
    #[serde(default, rename = "created_at")]
    _created_at: IgnoredAny,
    #[serde(default, rename = "updated_at")]
    _updated_at: IgnoredAny,
    #[serde(default, rename = "photos")]
    _photos: IgnoredAny,
    #[serde(default, rename = "diary")]
    _diary: IgnoredAny,
    #[serde(default, rename = "story_review")]
    _story_review: IgnoredAny,
}

impl PlaceRules {
    /// No rules of a community or a consent: for records that were checked when they were stored.
    pub const STORED: Self =
        Self { bounds: None, allowed: Purposes { research: true, published_maps: true, public_story: true } };

    /// Parses a place and reduces its geometry to its precision.
    ///
    /// # Errors
    /// [`PlaceError::Malformed`] for bytes that are not JSON; [`PlaceError::Invalid`] with the path of the
    /// first field that breaks a rule.
    pub fn parse(&self, json: &[u8]) -> Result<PlaceContent, PlaceError> {
        let mut deserializer = serde_json::Deserializer::from_slice(json);
        let raw: RawFeature = serde_path_to_error::deserialize(&mut deserializer).map_err(|e| {
            let path = e.path().to_string();
            let invalid = Invalid::new(if path == "." { String::new() } else { path }, plain(e.inner()));
            if e.inner().is_data() { PlaceError::Invalid(invalid) } else { PlaceError::Malformed(invalid) }
        })?;
        deserializer.end().map_err(|e| PlaceError::Malformed(Invalid::new("", plain(&e))))?;
        Ok(self.check(raw)?)
    }

    fn check(&self, raw: RawFeature) -> Result<PlaceContent, Invalid> {
        if raw.r#type != "Feature" {
            return Err(Invalid::new("type", "must be Feature"));
        }
        let geometry = geometry(&raw.geometry)?;
        self.check_bounds(&geometry)?;
        let p = raw.properties;
        if !p.being && !p.doing {
            return Err(Invalid::new(
                "properties.being",
                "a place is for being, for doing or for both: one must be true",
            ));
        }
        if let Some(purpose) = p.share.first_beyond(self.allowed) {
            return Err(Invalid::new(
                format!("properties.share.{purpose}"),
                "you have not agreed to this purpose; change your consent first",
            ));
        }
        let mut chime = p.chime;
        chime.sort_unstable();
        chime.dedup();
        let rhythm = p.rhythm.map(|mut r| {
            r.parts.sort_unstable();
            r.parts.dedup();
            r
        });
        Ok(PlaceContent {
            geometry: snap(&geometry, p.precision),
            name: text("properties.name", p.name, MAX_NAME_CHARACTERS)?,
            being: p.being,
            doing: p.doing,
            story: text("properties.story", p.story, MAX_STORY_CHARACTERS)?,
            photo_not_taken: text("properties.photo_not_taken", p.photo_not_taken, MAX_UNTAKEN_CHARACTERS)?,
            feelings: feelings(&p.feelings)?,
            chime,
            activities: tags("properties.activities", p.activities)?,
            company: tags("properties.company", p.company)?,
            support: p.support,
            barriers: tags("properties.barriers", p.barriers)?,
            rhythm,
            since: since(p.since)?,
            home: p.home,
            answers: p.answers,
            answer_versions: p.answer_versions,
            precision: p.precision,
            share: p.share,
        })
    }

    fn check_bounds(&self, geometry: &Geometry) -> Result<(), Invalid> {
        let Some(bounds) = self.bounds else { return Ok(()) };
        let wide = bounds.widened(BOUNDS_MARGIN_M);
        let Some(outside) = geometry.positions().find(|p| !wide.contains(*p)) else { return Ok(()) };
        let swapped = LonLat::new(outside.lat(), outside.lon()).is_ok_and(|p| wide.contains(p));
        Err(Invalid::new(
            "geometry.coordinates",
            if swapped {
                "lies outside of the community's bounds: longitude comes first, then latitude; they look swapped"
            } else {
                "lies outside of the community's bounds"
            },
        ))
    }
}

/// A JSON error without its line and column, which mean nothing in a form.
fn plain(e: &serde_json::Error) -> String {
    let text = e.to_string();
    match text.rfind(" at line ") {
        Some(cut) if e.is_data() => text[..cut].to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn example() -> Value {
        json!({"type":"Feature","geometry":{"type":"Point","coordinates":[26.7225,58.3806]},
         "properties":{"name":"Bench by the river","being":true,"doing":false,"story":"…","photo_not_taken":"The door.",
          "feelings":[{"feeling":"calm","strength":3}],"chime":["hope","identity"],
          "activities":["walking"],"company":["alone"],
          "support":{"received":["emotional"],"given":[]},"barriers":["money"],
          "rhythm":{"often":"weekly","parts":["morning"]},"since":"2024","home":false,
          "precision":"street","share":{"research":true,"published_maps":true,"public_story":false}}})
    }

    fn rules() -> PlaceRules {
        PlaceRules { bounds: Bounds::new(26.6, 58.3, 26.8, 58.45).ok(), ..PlaceRules::STORED }
    }

    fn parse(value: &Value) -> Result<PlaceContent, PlaceError> {
        rules().parse(value.to_string().as_bytes())
    }

    fn field_of(value: &Value) -> String {
        match parse(value).unwrap_err() {
            PlaceError::Invalid(e) | PlaceError::Malformed(e) => e.field,
        }
    }

    #[test]
    fn the_example_of_the_design_is_a_place_and_survives_being_stored() {
        let place = parse(&example()).unwrap();
        assert_eq!(place.name.as_deref(), Some("Bench by the river"));
        assert_eq!(place.chime, [Chime::Hope, Chime::Identity]);
        let stored = place.to_feature().to_string();
        assert_eq!(PlaceRules::STORED.parse(stored.as_bytes()).unwrap(), place);
    }

    #[test]
    fn only_location_kind_and_precision_are_required() {
        let least = json!({"type":"Feature","geometry":{"type":"Point","coordinates":[26.7225,58.3806]},
            "properties":{"being":false,"doing":true,"precision":"area"}});
        assert!(parse(&least).is_ok());
    }

    #[test]
    fn each_broken_rule_names_its_field() {
        let cases: &[(&str, Value, &str)] = &[
            ("/type", json!("Fish"), "type"),
            ("/geometry/type", json!("Circle"), "geometry.type"),
            ("/geometry/coordinates", json!(["a", 2]), "geometry.coordinates"),
            ("/geometry/coordinates", json!([26.7, 91]), "geometry.coordinates[1]"),
            ("/geometry/coordinates", json!([58.3806, 26.7225]), "geometry.coordinates"),
            ("/properties/being", json!(false), "properties.being"),
            ("/properties/being", json!("yes"), "properties.being"),
            ("/properties/name", json!("a\u{0}b"), "properties.name"),
            ("/properties/story", json!("x".repeat(20_001)), "properties.story"),
            ("/properties/photo_not_taken", json!("x".repeat(2_001)), "properties.photo_not_taken"),
            ("/properties/feelings/0/strength", json!(4), "properties.feelings[0].strength"),
            ("/properties/feelings/0/feeling", json!("meh"), "properties.feelings[0].feeling"),
            ("/properties/chime", json!(["joy"]), "properties.chime[0]"),
            ("/properties/activities", json!(["Two words"]), "properties.activities[0]"),
            ("/properties/support", json!({"taken":[]}), "properties.support.taken"),
            ("/properties/rhythm/often", json!("hourly"), "properties.rhythm.often"),
            ("/properties/since", json!("last year"), "properties.since"),
            ("/properties/since", json!("2024-13"), "properties.since"),
            ("/properties/precision", json!("street_name"), "properties.precision"),
            ("/properties/share", json!({"everyone":true}), "properties.share.everyone"),
        ];
        for (pointer, value, field) in cases {
            let mut place = example();
            *place.pointer_mut(pointer).unwrap() = value.clone();
            assert_eq!(field_of(&place), *field, "{pointer} = {value}");
        }
    }

    #[test]
    fn unknown_and_repeated_properties_are_refused_by_name() {
        let mut place = example();
        place["properties"]["diagnosis"] = json!("x");
        assert_eq!(field_of(&place), "properties.diagnosis");
        let twice = example().to_string().replacen(r#""being":true"#, r#""being":true,"being":true"#, 1);
        assert!(matches!(rules().parse(twice.as_bytes()), Err(PlaceError::Invalid(_))));
    }

    #[test]
    fn swapped_coordinates_are_named_as_swapped() {
        let mut place = example();
        place["geometry"]["coordinates"] = json!([58.3806, 26.7225]);
        assert!(parse(&place).unwrap_err().to_string().contains("swapped"));
    }

    #[test]
    fn depth_and_cut_json_are_malformed_without_a_panic() {
        let deep = "[".repeat(100_000);
        assert!(rules().parse(deep.as_bytes()).is_err());
        let geometry = format!(
            r#"{{"type":"Feature","geometry":{{"type":"Polygon","coordinates":{}"#,
            "[".repeat(100_000)
        );
        assert!(matches!(rules().parse(geometry.as_bytes()), Err(PlaceError::Malformed(_))));
        assert!(matches!(rules().parse(br#"{"type":"Fea"#), Err(PlaceError::Malformed(_))));
    }

    #[test]
    fn a_purpose_beyond_the_consent_is_refused() {
        let none = PlaceRules { allowed: Purposes::default(), ..rules() };
        let error = none.parse(example().to_string().as_bytes()).unwrap_err();
        assert!(error.to_string().starts_with("properties.share.research"), "{error}");
    }

    #[test]
    fn an_outline_that_crosses_itself_is_refused() {
        let mut place = example();
        place["geometry"] = json!({"type":"Polygon","coordinates":
            [[[26.70,58.37],[26.72,58.39],[26.72,58.37],[26.70,58.39],[26.70,58.37]]]});
        assert_eq!(field_of(&place), "geometry.coordinates");
    }
}
