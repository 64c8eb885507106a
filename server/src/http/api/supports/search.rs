//! `POST /api/communities/{c}/supports/search`

use axum::Json;
use engine::Invalid;
use serde::Deserialize;
use utoipa::ToSchema;

use super::feature::SupportPage;
use super::query::{Raw, SupportQuery};
use crate::http::api::schema;
use crate::http::extract::{InCommunity, JsonBody, NoQuery};
use crate::http::problem::{BodyProblems, Problem, PublicProblems};

/// A GeoJSON polygon.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PolygonBody {
    #[schema(value_type = schema::PolygonType)]
    r#type: String,
    coordinates: Vec<Vec<[f64; 2]>>,
}

/// Which supports.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SearchBody {
    /// Longitude and latitude; the nearest come first.
    near: Option<[f64; 2]>,
    /// Metres around `near`.
    #[schema(minimum = 1, maximum = 200_000)]
    radius: Option<f64>,
    /// At most so many; 100 unless told.
    #[schema(minimum = 1, maximum = 10000)]
    limit: Option<u32>,
    /// West, south, east, north.
    bbox: Option<[f64; 4]>,
    /// Categories.
    #[serde(default)]
    r#type: Vec<String>,
    /// Support types: at least one is offered.
    #[serde(default)]
    #[schema(value_type = Vec<schema::SupportType>)]
    support: Vec<String>,
    /// `true`: known to be free. `false`: known to cost something.
    free: Option<bool>,
    /// Inside of this polygon.
    within: Option<PolygonBody>,
    /// Part of the name, the address or the category.
    #[schema(max_length = 200)]
    q: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
}

impl SearchBody {
    fn raw(self) -> Result<Raw, Invalid> {
        if self.within.as_ref().is_some_and(|w| w.r#type != "Polygon") {
            return Err(Invalid::new("within.type", "must be Polygon"));
        }
        Ok(Raw {
            near: self.near,
            radius: self.radius,
            limit: self.limit,
            bbox: self.bbox,
            r#type: self.r#type,
            support: self.support,
            free: self.free,
            q: self.q,
            within: self.within.map(|w| w.coordinates),
            cursor: self.cursor,
        })
    }
}

/// Finds supports like the address does, with the question in the body: a person's own location is not kept
/// in histories and logs.
#[utoipa::path(post, path = "/api/communities/{c}/supports/search", tag = "supports",
    params(("c" = String, Path, description = "the community")),
    request_body = SearchBody,
    responses((status = 200, body = SupportPage), PublicProblems, BodyProblems))]
pub async fn search_supports(
    InCommunity(community): InCommunity,
    _: NoQuery,
    JsonBody(body): JsonBody<SearchBody>,
) -> Result<Json<SupportPage>, Problem> {
    let directory = community.directory();
    let raw = body.raw().map_err(Problem::unprocessable)?;
    let query = SupportQuery::parse(raw, &directory).map_err(Problem::unprocessable)?;
    Ok(Json(SupportPage::new(&query.run(&directory), directory.attribution)))
}
