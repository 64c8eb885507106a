//! A place as a GeoJSON feature.

use axum::Json;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use engine::place::Place;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::http::api::schema::{FeatureType, PlaceGeometry, Precision, SupportType};
use crate::http::etag;

/// The feature that is answered.
pub fn feature(place: &Place) -> Value {
    let mut properties = place.content.properties();
    properties.insert("created_at".into(), json!(place.created_at.to_string()));
    properties.insert("updated_at".into(), json!(place.updated_at.to_string()));
    properties.insert("photos".into(), json!([]));
    properties.insert("diary".into(), json!([]));
    json!({
        "type": "Feature", "id": place.id, "geometry": place.content.geometry.to_geojson(),
        "properties": properties,
    })
}

/// The answer with one place, with its entity tag.
pub fn answer(place: &Place) -> Response {
    ([(ETAG, etag::of_version(place.version))], Json(feature(place))).into_response()
}

/// A feeling with its strength.
#[derive(Serialize, ToSchema)]
pub struct FeelingBody {
    /// A term of the vocabulary.
    #[schema(example = "calm")]
    feeling: String,
    #[schema(minimum = 1, maximum = 3)]
    strength: u8,
}

/// Support that goes both ways.
#[derive(Serialize, ToSchema)]
pub struct ExchangeBody {
    #[schema(required = false)]
    received: Vec<SupportType>,
    #[schema(required = false)]
    given: Vec<SupportType>,
}

/// When a place is visited.
#[derive(Serialize, ToSchema)]
pub struct RhythmBody {
    /// `daily`, `weekly`, `monthly` or `rarely`.
    often: Option<String>,
    /// Of `morning`, `afternoon`, `evening` and `night`.
    #[schema(required = false)]
    parts: Vec<String>,
}

/// Who else may use a place, at most what the participant agreed to.
#[derive(Serialize, ToSchema)]
pub struct ShareBody {
    research: bool,
    published_maps: bool,
    public_story: bool,
}

/// What a participant says of a place.
#[derive(Serialize, ToSchema)]
pub struct PlaceProperties {
    #[schema(max_length = 200)]
    name: Option<String>,
    /// A place to be. One of `being` and `doing` is true at least.
    being: bool,
    /// A place to do something.
    doing: bool,
    #[schema(max_length = 20000)]
    story: Option<String>,
    #[schema(required = false)]
    feelings: Vec<FeelingBody>,
    /// Of `connectedness`, `hope`, `identity`, `meaning` and `empowerment`.
    #[schema(required = false)]
    chime: Vec<String>,
    #[schema(required = false)]
    activities: Vec<String>,
    #[schema(required = false)]
    company: Vec<String>,
    #[schema(required = false)]
    support: ExchangeBody,
    #[schema(required = false)]
    barriers: Vec<String>,
    rhythm: Option<RhythmBody>,
    /// `2024`, `2024-05` or `2024-05-17`.
    since: Option<String>,
    /// Keeps this place, and your others within 300 m, out of every release.
    #[schema(required = false)]
    home: bool,
    precision: Precision,
    #[schema(required = false)]
    share: ShareBody,
}

/// A place to save.
#[derive(Serialize, ToSchema)]
pub struct PlaceBody {
    r#type: FeatureType,
    geometry: PlaceGeometry,
    properties: PlaceProperties,
}

/// What a place is answered with beside what the participant said.
#[derive(Serialize, ToSchema)]
pub struct PlaceAnswerProperties {
    #[serde(flatten)]
    said: PlaceProperties,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
    photos: Vec<Value>,
    diary: Vec<Value>,
}

/// A place of yours.
#[derive(Serialize, ToSchema)]
pub struct PlaceAnswer {
    r#type: FeatureType,
    #[schema(value_type = uuid::Uuid)]
    id: String,
    /// At the chosen precision.
    geometry: PlaceGeometry,
    properties: PlaceAnswerProperties,
}
