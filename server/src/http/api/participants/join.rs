//! `POST /api/communities/{c}/participants`

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use engine::Invalid;
use engine::community::Language;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{ConsentBody, SignInAnswer, signed_in};
use crate::actions::{self, Arrival};
use crate::http::AppState;
use crate::http::extract::{Caller, InCommunity, JsonBody, NoQuery, idempotency_key};
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

/// Shortest key: it must be random, because whoever knows it is taken for the one who joined.
const SHORTEST_KEY: usize = 32;

/// Joins: no e-mail, no name. The return code is shown once. When the answer was lost, sending it again with the same
/// `Idempotency-Key` within an hour makes a new sign-in and return code in place of the first ones, for as long as
/// nothing was done with them; no second use of the invitation is taken.
#[utoipa::path(post, path = "/api/communities/{c}/participants", tag = "participants",
    params(("c" = String, Path, description = "the community"),
        ("Idempotency-Key" = Option<String>, Header,
            description = "32 to 200 visible ASCII characters, random and known to the device alone")),
    request_body = JoinBody,
    responses((status = 201, body = SignInAnswer),
        (status = 409, body = ProblemBody, content_type = "application/problem+json",
            description = "The consent text is not the one in force, or somebody joined with this Idempotency-Key before."),
        PublicProblems, BodyProblems, ThrottleProblems))]
pub async fn join_community(
    InCommunity(community): InCommunity,
    _: NoQuery,
    Caller(address): Caller,
    State(state): State<AppState>,
    headers: HeaderMap,
    JsonBody(body): JsonBody<JoinBody>,
) -> Result<Response, Problem> {
    if body.invitation.as_ref().is_some_and(|code| code.chars().count() > LONGEST_CODE) {
        let invalid = Invalid::new("invitation", format!("must have at most {LONGEST_CODE} characters"));
        return Err(Problem::unprocessable(invalid));
    }
    let key = idempotency_key(&headers)?;
    if key.is_some_and(|key| key.len() < SHORTEST_KEY) {
        let problem = format!("must be random, of at least {SHORTEST_KEY} characters");
        return Err(Problem::bad_request(Invalid::new("Idempotency-Key", problem)));
    }
    let (info, consent) = (community.info(), &body.consent);
    actions::staff::count_join(&state.core, &address).await?;
    let by = Arrival { invitation: body.invitation.as_deref(), address: &address, key };
    let joined =
        actions::join(&state.core, &info, body.language, &consent.version, consent.purposes(), by).await?;
    Ok(signed_in(StatusCode::CREATED, &state.config, joined))
}
