//! `POST /api/communities/{c}/releases/{r}/recall`

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::ReleaseAnswer;
use crate::actions::recall::{check_reason, recall};
use crate::http::AppState;
use crate::http::extract::{AnyRelease, InCommunity, JsonBody, NoQuery, Steward};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, PublicProblems};

/// What is wrong with it.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RecallBody {
    /// For everyone to read; not only blanks.
    #[schema(min_length = 1, max_length = 2_000, pattern = r"\S")]
    reason: String,
}

/// Calls a defective release back: its numbers are not given out any more, and everybody reads why. What it cost
/// of the privacy budget is not given back. The first reason stays.
#[utoipa::path(post, path = "/api/communities/{c}/releases/{r}/recall", tag = "releases",
    params(("c" = String, Path, description = "the community"),
        ("r" = String, Path, description = "the release, or `latest`")),
    security(("token" = []), ("cookie" = [])),
    request_body = RecallBody,
    responses((status = 200, body = ReleaseAnswer), PublicProblems, MemberProblems, BodyProblems))]
pub async fn recall_release(
    InCommunity(community): InCommunity,
    _: Steward,
    AnyRelease(release): AnyRelease,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<RecallBody>,
) -> Result<Json<ReleaseAnswer>, Problem> {
    let id = release.stored.id;
    recall(&state.core, community.clone(), id, body.checked()?).await?;
    let live = community.release(id).ok_or_else(|| Problem::not_found("there is no such release"))?;
    Ok(Json(ReleaseAnswer::from(&*live)))
}

impl RecallBody {
    /// The reason, if it is one.
    pub(in crate::http::api) fn checked(self) -> Result<String, Problem> {
        let Self { reason } = self;
        check_reason(&reason).map_err(Problem::unprocessable)?;
        Ok(reason)
    }
}
