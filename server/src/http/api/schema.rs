//! Names and shapes that several operations share, for the OpenAPI document.
#![expect(dead_code, reason = "these describe what the engine's own types read and write")]

use serde::Serialize;
use utoipa::ToSchema;

/// How exactly others may know where a place is.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    Exact,
    Street,
    Block,
    Area,
}

/// Social support by kind (House 1981).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SupportType {
    Emotional,
    Instrumental,
    Informational,
    Appraisal,
}

/// What a visit costs.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Price {
    Free,
    Low,
    Paid,
    Unknown,
}

/// The languages that Stead speaks.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    En,
    Et,
    Nb,
}

/// Who may join a community.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Joining {
    Open,
    Invited,
}

/// How a question is answered.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    Single,
    Multiple,
    Scale,
    Number,
    Text,
}

/// What an answer serves.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuestionPurpose {
    Research,
    PublishedMaps,
    PublicStory,
}

/// One of the answers to choose from.
#[derive(Serialize, ToSchema)]
pub struct ChoiceOption {
    id: String,
    /// By language.
    text: std::collections::BTreeMap<String, String>,
}

/// When a question is asked.
#[derive(Serialize, ToSchema)]
pub struct ShowIf {
    /// A question before it.
    question: String,
    /// At least one of these was chosen there.
    is: Vec<String>,
}

/// A question of a community.
#[derive(Serialize, ToSchema)]
pub struct Question {
    id: String,
    kind: QuestionKind,
    /// By language.
    text: std::collections::BTreeMap<String, String>,
    #[schema(required = false)]
    options: Vec<ChoiceOption>,
    #[schema(required = false)]
    min: Option<f64>,
    #[schema(required = false)]
    max: Option<f64>,
    /// Always false.
    required: bool,
    #[schema(required = false)]
    show_if: Option<ShowIf>,
    purpose: QuestionPurpose,
}

/// What a community asks about a place beside the usual.
#[derive(Serialize, ToSchema)]
pub struct Questions {
    version: String,
    items: Vec<Question>,
}

/// What a server may keep or answer beside the places themselves.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Offer {
    /// Diaries on places.
    Diary,
    /// Photos of places.
    Photos,
    /// Names of streets and of what is on the map.
    Names,
    /// What researchers, planners and everybody see of a place.
    SeenAs,
    /// The same of a place before it is saved.
    Preview,
    /// Everything of one's own as one file.
    Export,
}

/// Always `Feature`.
#[derive(Serialize, ToSchema)]
pub enum FeatureType {
    Feature,
}

/// Always `FeatureCollection`.
#[derive(Serialize, ToSchema)]
pub enum FeatureCollectionType {
    FeatureCollection,
}

/// Always `Point`.
#[derive(Serialize, ToSchema)]
pub enum PointType {
    Point,
}

/// Always `Polygon`.
#[derive(Serialize, ToSchema)]
pub enum PolygonType {
    Polygon,
}

/// A GeoJSON point.
#[derive(Serialize, ToSchema)]
pub struct Point {
    pub r#type: PointType,
    /// Longitude and latitude.
    pub coordinates: [f64; 2],
}

/// A GeoJSON polygon.
#[derive(Serialize, ToSchema)]
pub struct Polygon {
    pub r#type: PolygonType,
    pub coordinates: Vec<Vec<[f64; 2]>>,
}

/// A GeoJSON polygon or multipolygon.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum Area {
    Polygon(Polygon),
    MultiPolygon(MultiPolygon),
}

/// `Polygon` or `MultiPolygon`.
#[derive(Serialize, ToSchema)]
pub enum AreaType {
    Polygon,
    MultiPolygon,
}

/// Always `MultiPolygon`.
#[derive(Serialize, ToSchema)]
pub enum MultiPolygonType {
    MultiPolygon,
}

/// A GeoJSON multipolygon.
#[derive(Serialize, ToSchema)]
pub struct MultiPolygon {
    pub r#type: MultiPolygonType,
    pub coordinates: Vec<Vec<Vec<[f64; 2]>>>,
}

/// Always `LineString`.
#[derive(Serialize, ToSchema)]
pub enum LineStringType {
    LineString,
}

/// A GeoJSON line.
#[derive(Serialize, ToSchema)]
pub struct LineString {
    pub r#type: LineStringType,
    pub coordinates: Vec<[f64; 2]>,
}

/// A pinned point, a walk or an area.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum PlaceGeometry {
    Point(Point),
    LineString(LineString),
    Polygon(Polygon),
}
