//! `POST /api/communities/{c}/me/renewal`

use axum::Json;
use axum::extract::State;
use serde::Deserialize;
use utoipa::ToSchema;

use super::MeAnswer;
use crate::actions;
use crate::http::AppState;
use crate::http::extract::{InCommunity, JsonBody, NoQuery, Participant};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, ProblemBody, PublicProblems};

/// An agreement to be part of more pictures.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RenewalBody {
    /// The version of the consent text that was read.
    version: String,
    /// How many pictures your places have been part of, as it was shown to you.
    pictures: u32,
}

/// Agrees that your places may be part of eight more published pictures, after as many as a lifetime has. It is kept
/// with the other agreements; the purposes stay as they are.
#[utoipa::path(post, path = "/api/communities/{c}/me/renewal", tag = "participants",
    params(("c" = String, Path, description = "the community")),
    security(("token" = []), ("cookie" = [])),
    request_body = RenewalBody,
    responses((status = 200, body = MeAnswer),
        (status = 409, body = ProblemBody, content_type = "application/problem+json",
            description = "There is nothing to renew, or the number or the consent text is not the present one."),
        PublicProblems, MemberProblems, BodyProblems))]
pub async fn renew_consent(
    InCommunity(community): InCommunity,
    Participant(who): Participant,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<RenewalBody>,
) -> Result<Json<MeAnswer>, Problem> {
    actions::renew(&state.core, community.clone(), &who, &body.version, body.pictures).await?;
    Ok(Json(MeAnswer::of(&state.core, &who.participant, &community).await?))
}
