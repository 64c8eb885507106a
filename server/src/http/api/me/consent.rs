//! `PUT /api/communities/{c}/me/consent`

use axum::Json;
use axum::extract::State;

use super::MeAnswer;
use crate::actions;
use crate::http::AppState;
use crate::http::api::participants::ConsentBody;
use crate::http::extract::{InCommunity, JsonBody, NoQuery, Participant};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, ProblemBody, PublicProblems};

/// Changes what you agree to. A purpose that you turn off is turned off for every place, too.
#[utoipa::path(put, path = "/api/communities/{c}/me/consent", tag = "participants",
    params(("c" = String, Path, description = "the community")),
    security(("token" = []), ("cookie" = [])),
    request_body = ConsentBody,
    responses((status = 200, body = MeAnswer),
        (status = 409, body = ProblemBody, content_type = "application/problem+json",
            description = "The consent text is not the one in force."),
        PublicProblems, MemberProblems, BodyProblems))]
pub async fn change_consent(
    InCommunity(community): InCommunity,
    Participant(who): Participant,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<ConsentBody>,
) -> Result<Json<MeAnswer>, Problem> {
    let (version, purposes) = (&body.version, body.purposes());
    let changed = actions::change_consent(&state.core, community.clone(), &who, version, purposes).await?;
    Ok(Json(MeAnswer::of(&state.core, &changed, &community).await?))
}
