//! `GET /api/communities/{c}/releases/{r}/cells`

use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::http::api::schema::{FeatureCollectionType, FeatureType, Polygon};
use crate::http::extract::{InRelease, NoQuery};
use crate::http::geojson::{GEO_JSON, public, shape};
use crate::http::problem::{PublicProblems, ReleaseProblems};

/// A published number.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct CellProperties {
    /// H3 index.
    unit: String,
    /// Noisy number of people; may be negative.
    value: f64,
    /// Lower end of its 90 % interval.
    low: f64,
    /// Upper end.
    high: f64,
}

/// A cell.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct CellFeature {
    r#type: FeatureType,
    /// H3 index.
    id: String,
    geometry: Polygon,
    properties: CellProperties,
}

/// Every cell of the community's bounds.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct CellCollection {
    r#type: FeatureCollectionType,
    #[schema(value_type = uuid::Uuid)]
    release: String,
    /// Standard deviation of the noise on each value.
    sigma: u64,
    policy: String,
    features: Vec<CellFeature>,
}

/// The noisy number of people in each cell.
#[utoipa::path(get, path = "/api/communities/{c}/releases/{r}/cells", tag = "releases",
    params(("c" = String, Path, description = "the community"),
        ("r" = String, Path, description = "the release, or `latest`")),
    responses((status = 200, body = CellCollection, content_type = "application/geo+json"), PublicProblems, ReleaseProblems))]
pub async fn get_release_cells(InRelease(release): InRelease, _: NoQuery, headers: HeaderMap) -> Response {
    let rows = release.cells.rows.iter().zip(&release.outlines);
    let features: Vec<Value> = rows
        .map(|(row, outline)| {
            let unit = row.unit.to_string();
            json!({
                "type": "Feature", "id": unit, "geometry": shape(outline),
                "properties": {"unit": unit, "value": row.people, "low": row.low, "high": row.high},
            })
        })
        .collect();
    let (id, parameters) = (release.stored.id, &release.parameters);
    let answer = json!({
        "type": "FeatureCollection", "release": id, "sigma": parameters.sigma_cells,
        "policy": parameters.policy, "features": features,
    });
    public(&headers, GEO_JSON, &answer)
}
