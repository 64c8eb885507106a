//! `POST /api/communities/{c}/supports/{id}/merge`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use engine::{Invalid, SupportId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::answer;
use crate::actions;
use crate::http::api::supports::feature::SupportFeature;
use crate::http::extract::{InCommunity, JsonBody, NoQuery, PathId, Steward};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, PublicProblems, VersionProblems};
use crate::http::{AppState, etag};

/// Which one stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MergeBody {
    /// The support that stays.
    into: uuid::Uuid,
}

/// Merges a support into another one, which takes over what it does not know and answers for both from then on.
#[utoipa::path(post, path = "/api/communities/{c}/supports/{id}/merge", tag = "supports",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the support that goes"),
        ("If-Match" = String, Header, description = "the ETag of it that you read, or `*`")),
    security(("token" = []), ("cookie" = [])),
    request_body = MergeBody,
    responses((status = 200, body = SupportFeature, description = "the support that stays",
            headers(("ETag" = String))),
        PublicProblems, MemberProblems, BodyProblems, VersionProblems))]
pub async fn merge_support(
    InCommunity(community): InCommunity,
    Steward(who): Steward,
    PathId(id): PathId<SupportId>,
    _: NoQuery,
    State(state): State<AppState>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<MergeBody>,
) -> Result<Response, Problem> {
    let expected = etag::expected(&headers)?;
    let into = SupportId(body.into);
    if into == id || community.directory().index.get(into).is_none() {
        let problem = "must be another support of this community";
        return Err(Problem::unprocessable(Invalid::new("into", problem)));
    }
    let merged = actions::merge_support(&state.core, community.clone(), &who, id, &expected, into).await?;
    Ok(answer(&state, &community, &merged))
}
