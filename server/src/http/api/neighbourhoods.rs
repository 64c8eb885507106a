//! `GET /api/communities/{c}/neighbourhoods`

use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::schema::{Area, FeatureCollectionType, FeatureType};
use crate::http::extract::{InCommunity, NoQuery};
use crate::http::geojson::{GEO_JSON, public, shape};
use crate::http::problem::PublicProblems;

/// What is known of a neighbourhood.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct NeighbourhoodProperties {
    name: String,
    source_id: Option<String>,
    /// Residents, if known.
    population: Option<u32>,
}

/// A neighbourhood.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct NeighbourhoodFeature {
    r#type: FeatureType,
    #[schema(value_type = uuid::Uuid)]
    id: String,
    geometry: Area,
    properties: NeighbourhoodProperties,
}

/// The neighbourhoods of a community.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct NeighbourhoodCollection {
    r#type: FeatureCollectionType,
    features: Vec<NeighbourhoodFeature>,
}

/// The neighbourhoods of a community, by name.
#[utoipa::path(get, path = "/api/communities/{c}/neighbourhoods", tag = "communities",
    params(("c" = String, Path, description = "the community")),
    responses((status = 200, body = NeighbourhoodCollection, content_type = "application/geo+json"),
        PublicProblems))]
pub async fn list_neighbourhoods(
    InCommunity(community): InCommunity,
    _: NoQuery,
    headers: HeaderMap,
) -> Response {
    let neighbourhoods = community.neighbourhoods();
    let features: Vec<Value> = neighbourhoods
        .all
        .iter()
        .map(|n| {
            json!({
                "type": "Feature", "id": n.id, "geometry": shape(&n.shape),
                "properties": {"name": n.name, "source_id": n.source_id, "population": n.population},
            })
        })
        .collect();
    public(&headers, GEO_JSON, &json!({"type": "FeatureCollection", "features": features}))
}
