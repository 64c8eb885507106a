//! `POST /api/communities/{c}/supports/search`

use axum::Json;
use axum::extract::State;
use engine::Invalid;
use serde::Deserialize;
use utoipa::ToSchema;

use super::area::AreaBody;
use super::feature::SupportPage;
use super::query::{Ground, Raw, SupportQuery};
use crate::http::AppState;
use crate::http::api::schema;
use crate::http::extract::{InCommunity, JsonBody, NoQuery};
use crate::http::problem::{BodyProblems, Problem, PublicProblems};

/// Which supports; all conditions must hold, and of several values of one condition one.
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
    /// Forms.
    #[serde(default)]
    #[schema(value_type = Vec<super::schema::FormName>)]
    form: Vec<String>,
    /// Support types: at least one is offered.
    #[serde(default)]
    #[schema(value_type = Vec<schema::SupportType>)]
    support: Vec<String>,
    /// `true`: known to be free. `false`: known to cost something.
    free: Option<bool>,
    /// `true`: known to have a low threshold, which is a place to walk into, free of charge, where nobody must refer.
    /// `false`: known not to.
    low_threshold: Option<bool>,
    /// Known to be open at this time (RFC 3339; without an offset on the community's clocks), or `now`.
    open_at: Option<String>,
    /// Known to be open all the time from one such time to another, with a slash between.
    open_during: Option<String>,
    /// Languages by ISO 639: at least one is spoken.
    #[serde(default)]
    language: Vec<String>,
    /// `true`: known to be accessible with a wheelchair, if only in part. `false`: known not to be.
    accessible: Option<bool>,
    /// Neighbourhoods.
    #[serde(default)]
    #[schema(value_type = Vec<uuid::Uuid>)]
    neighbourhood: Vec<String>,
    /// All that are not closed unless told.
    #[serde(default)]
    #[schema(value_type = Vec<super::schema::StatusName>)]
    status: Vec<String>,
    /// With those that their source does not have any more; without them unless told.
    #[schema(value_type = Option<super::schema::MissingName>)]
    missing: Option<String>,
    /// Inside of this area, of at most 2,000 vertices.
    within: Option<AreaBody>,
    /// Words of its name, organisation, address, category or form; a typing mistake is forgiven.
    #[schema(max_length = 200)]
    q: Option<String>,
    /// Count what was found by kind.
    #[serde(default)]
    facets: bool,
    /// `next` of the page before.
    cursor: Option<String>,
}

impl SearchBody {
    fn raw(self) -> Result<Raw, Invalid> {
        Ok(Raw {
            near: self.near,
            radius: self.radius,
            limit: self.limit,
            bbox: self.bbox,
            r#type: self.r#type,
            form: self.form,
            support: self.support,
            free: self.free,
            low_threshold: self.low_threshold,
            open_at: self.open_at,
            open_during: self.open_during,
            language: self.language,
            accessible: self.accessible,
            neighbourhood: self.neighbourhood,
            status: self.status,
            missing: self.missing,
            q: self.q,
            within: self.within.map(AreaBody::parse).transpose()?,
            facets: self.facets,
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
    State(state): State<AppState>,
    JsonBody(body): JsonBody<SearchBody>,
) -> Result<Json<SupportPage>, Problem> {
    let ground = Ground::new(&community, state.core.ambient.now());
    let raw = body.raw().map_err(Problem::unprocessable)?;
    let query = SupportQuery::parse(raw, &ground).map_err(Problem::unprocessable)?;
    Ok(Json(SupportPage::answer(&query, &ground)))
}
