//! `PUT /api/communities/{c}/me/consent`

use axum::Json;
use axum::extract::State;
use engine::community::{Language, Purposes};
use serde::Deserialize;
use utoipa::ToSchema;

use super::MeAnswer;
use crate::actions;
use crate::http::AppState;
use crate::http::extract::{InCommunity, JsonBody, NoQuery, Participant};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, ProblemBody, PublicProblems};

/// A new answer to the consent text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentChangeBody {
    /// The version that was read.
    version: String,
    /// The language in which it was read: kept with the hash of the text in it. Without it, the participant's own.
    #[schema(value_type = Option<crate::http::api::schema::Language>)]
    language: Option<Language>,
    /// Named researchers may read single places.
    research: bool,
    /// Places may be counted in published maps.
    published_maps: bool,
    /// A story may be shown to everyone.
    public_story: bool,
}

/// Changes what you agree to. A purpose that you turn off is turned off for every place, too.
#[utoipa::path(put, path = "/api/communities/{c}/me/consent", tag = "participants",
    params(("c" = String, Path, description = "the community")),
    security(("token" = []), ("cookie" = [])),
    request_body = ConsentChangeBody,
    responses((status = 200, body = MeAnswer),
        (status = 409, body = ProblemBody, content_type = "application/problem+json",
            description = "The consent text is not the one in force."),
        PublicProblems, MemberProblems, BodyProblems))]
pub async fn change_consent(
    InCommunity(community): InCommunity,
    Participant(who): Participant,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<ConsentChangeBody>,
) -> Result<Json<MeAnswer>, Problem> {
    let ConsentChangeBody { version, language, research, published_maps, public_story } = body;
    let language = language.unwrap_or(who.participant.language);
    let purposes = Purposes { research, published_maps, public_story };
    let to = community.clone();
    let changed = actions::change_consent(&state.core, to, &who, language, &version, purposes).await?;
    Ok(Json(MeAnswer::of(&state.core, &changed, &community).await?))
}
