//! `GET /api/communities/{c}/me/reads`

use axum::Json;
use axum::extract::State;
use engine::ParticipantId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, Participant};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};
use crate::store::{ReadOfMine, Store, StoreError};

/// As many as are listed; the newest ones.
const LIMIT: u32 = 200;

/// A reading of your places.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadAnswer {
    #[schema(format = DateTime)]
    at: String,
    /// The e-mail address of who read.
    who: String,
    /// The operation and the names of its filters: `places` is the list, `export csv` a download.
    what: String,
    /// How many of your places.
    count: usize,
    /// Which ones, as far as you still keep them.
    places: Vec<Uuid>,
}

/// Readings of your places.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReadsAnswer {
    reads: Vec<ReadAnswer>,
}

/// Who read your places, when and for what: the newest 200 times.
#[utoipa::path(get, path = "/api/communities/{c}/me/reads", tag = "participants",
    params(("c" = String, Path, description = "the community")),
    security(("token" = []), ("cookie" = [])),
    responses((status = 200, body = ReadsAnswer), PublicProblems, MemberProblems))]
pub async fn get_reads(
    InCommunity(_): InCommunity,
    Participant(who): Participant,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Json<ReadsAnswer>, Problem> {
    Ok(Json(ReadsAnswer { reads: reads_of(&*state.core.store, who.participant.id, LIMIT).await? }))
}

/// The newest readings of somebody's places.
pub(super) async fn reads_of(
    store: &dyn Store,
    owner: ParticipantId,
    most: u32,
) -> Result<Vec<ReadAnswer>, StoreError> {
    let answer = |read: ReadOfMine| ReadAnswer {
        at: read.at.to_string(),
        who: read.who,
        what: read.what,
        count: read.count,
        places: read.places.into_iter().map(|id| id.0).collect(),
    };
    Ok(store.reads_of(owner, most).await?.into_iter().map(answer).collect())
}
