//! `POST /api/communities/{c}/what-if.gpkg`

use axum::extract::State;
use axum::response::Response;

use super::what_if::{WhatIfBody, answer};
use crate::export::{self, Format};
use crate::http::AppState;
use crate::http::api::export::{Kind, send, take_areas};
use crate::http::extract::{InCommunity, JsonBody, NoQuery};
use crate::http::problem::{BodyProblems, Problem, PublicProblems};

/// Takes a plan home as a GeoPackage: the numbers of `what-if` by neighbourhood, with the outlines, and the plan itself, how
/// it was worked out and whom to credit in its metadata. Nothing is kept here.
#[utoipa::path(post, path = "/api/communities/{c}/what-if.gpkg", tag = "access",
    params(("c" = String, Path, description = "the community")),
    request_body = WhatIfBody,
    responses((status = 200, description = "the file", content(("application/geopackage+sqlite3"))),
        PublicProblems, BodyProblems))]
pub async fn download_what_if(
    InCommunity(community): InCommunity,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<WhatIfBody>,
) -> Result<Response, Problem> {
    let internal = |e: serde_json::Error| Problem::internal(e.to_string());
    let plan = serde_json::to_value(&body).map_err(internal)?;
    let mut found = serde_json::to_value(answer(&community, body, &state).await?).map_err(internal)?;
    let items = take_areas(&mut found, &community.neighbourhoods());
    let (credit, now) = (community.directory().attribution, state.core.ambient.now());
    let table = export::what_if::table(&community.info(), &found, plan, items, credit, now);
    send(Kind::Table(Format::Gpkg), table, false).await
}
