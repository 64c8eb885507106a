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
