//! `POST /api/communities/{c}/snapshots`

use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::SnapshotAnswer;
use crate::actions::snapshot::publish;
use crate::http::AppState;
use crate::http::api::releases::create::NewReleaseBody;
use crate::http::extract::{InCommunity, JsonBody, NoQuery, Steward};
use crate::http::problem::{BodyProblems, ConflictProblems, MemberProblems, Problem, PublicProblems};

/// Makes a snapshot of a closed group for its planners, once in each half-year. Whoever makes it does not see its
/// numbers here.
#[utoipa::path(post, path = "/api/communities/{c}/snapshots", tag = "snapshots",
    params(("c" = String, Path, description = "the community")),
    security(("token" = []), ("cookie" = [])),
    request_body = NewReleaseBody,
    responses((status = 201, body = SnapshotAnswer, headers(("Location" = String))),
        PublicProblems, MemberProblems, BodyProblems, ConflictProblems))]
pub async fn make_snapshot(
    InCommunity(community): InCommunity,
    _: Steward,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<NewReleaseBody>,
) -> Result<Response, Problem> {
    let made = publish(&state.core, community.clone(), body.on_demand).await?;
    let location = format!("/api/communities/{}/snapshots/{}", community.id(), made.stored.id);
    let answer = Json(SnapshotAnswer::from(&*made));
    Ok((StatusCode::CREATED, [(header::LOCATION, location)], answer).into_response())
}
