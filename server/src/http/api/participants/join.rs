//! `POST /api/communities/{c}/participants`

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use engine::Invalid;
use engine::community::Language;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ConsentBody, SignInAnswer, signed_in};
use crate::actions;
use crate::http::AppState;
use crate::http::extract::{InCommunity, JsonBody, NoQuery};
use crate::http::problem::{BodyProblems, Problem, ProblemBody, PublicProblems};

/// Joining.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinBody {
    /// The language in which the consent text was read.
    #[schema(value_type = crate::http::api::schema::Language)]
    language: Language,
    consent: ConsentBody,
    /// Communities are open: null or left out.
    #[serde(default)]
    invitation: Option<String>,
}

/// Joins: no e-mail, no name. The return code is shown once.
#[utoipa::path(post, path = "/api/communities/{c}/participants", tag = "participants",
    params(("c" = String, Path, description = "the community")),
    request_body = JoinBody,
    responses((status = 201, body = SignInAnswer),
        (status = 409, body = ProblemBody, content_type = "application/problem+json",
            description = "The consent text is not the one in force."),
        PublicProblems, BodyProblems))]
pub async fn join_community(
    InCommunity(community): InCommunity,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<JoinBody>,
) -> Result<Response, Problem> {
    if body.invitation.is_some() {
        let invalid = Invalid::new("invitation", "this community is open and knows no invitations");
        return Err(Problem::unprocessable(invalid));
    }
    let (info, consent) = (community.info(), &body.consent);
    let joined =
        actions::join(&state.core, &info, body.language, &consent.version, consent.purposes()).await?;
    Ok(signed_in(StatusCode::CREATED, &state.config, joined))
}
