//! `POST /api/communities/{c}/participants`

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use engine::Invalid;
use engine::community::Language;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ConsentBody, SignInAnswer, signed_in};
use crate::actions::{self, Arrival};
use crate::http::AppState;
use crate::http::extract::{Caller, InCommunity, JsonBody, NoQuery};
use crate::http::problem::{BodyProblems, Problem, ProblemBody, PublicProblems, ThrottleProblems};

/// Joining.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct JoinBody {
    /// The language in which the consent text was read.
    #[schema(value_type = crate::http::api::schema::Language)]
    language: Language,
    consent: ConsentBody,
    /// The code of an invitation, for a community that is joined with one; case, spaces and dashes do not matter.
    #[serde(default)]
    #[schema(max_length = 64)]
    invitation: Option<String>,
}

/// Longest text that is looked at as a code.
const LONGEST_CODE: usize = 64;

/// Joins: no e-mail, no name. The return code is shown once.
#[utoipa::path(post, path = "/api/communities/{c}/participants", tag = "participants",
    params(("c" = String, Path, description = "the community")),
    request_body = JoinBody,
    responses((status = 201, body = SignInAnswer),
        (status = 409, body = ProblemBody, content_type = "application/problem+json",
            description = "The consent text is not the one in force."),
        PublicProblems, BodyProblems, ThrottleProblems))]
pub async fn join_community(
    InCommunity(community): InCommunity,
    _: NoQuery,
    Caller(address): Caller,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<JoinBody>,
) -> Result<Response, Problem> {
    if body.invitation.as_ref().is_some_and(|code| code.chars().count() > LONGEST_CODE) {
        let invalid = Invalid::new("invitation", format!("must have at most {LONGEST_CODE} characters"));
        return Err(Problem::unprocessable(invalid));
    }
    let (info, consent) = (community.info(), &body.consent);
    actions::staff::count_join(&state.core, &address).await?;
    let by = Arrival { invitation: body.invitation.as_deref(), address: &address };
    let joined =
        actions::join(&state.core, &info, body.language, &consent.version, consent.purposes(), by).await?;
    Ok(signed_in(StatusCode::CREATED, &state.config, joined))
}
