//! `GET /api/communities/{c}/places/{id}`

use axum::extract::State;
use axum::response::Response;
use engine::PlaceId;

use super::feature::{PlaceAnswer, answer};
use crate::actions::ActionError;
use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, Participant, PathId};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};

/// One of your places. Another's place is not there.
#[utoipa::path(get, path = "/api/communities/{c}/places/{id}", tag = "places",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the place")),
    security(("token" = []), ("cookie" = [])),
    responses((status = 200, body = PlaceAnswer, headers(("ETag" = String))), PublicProblems, MemberProblems))]
pub async fn get_place(
    InCommunity(community): InCommunity,
    Participant(who): Participant,
    PathId(id): PathId<PlaceId>,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Response, Problem> {
    let place = community.place(who.participant.id, id).ok_or(ActionError::NoSuchPlace)?;
    Ok(answer(&*state.core.store, &community.info(), &place).await?)
}
