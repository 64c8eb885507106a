//! `POST /api/communities/{c}/stories/queue/{id}/decision`

use axum::Json;
use axum::extract::State;
use engine::{Invalid, PlaceId};
use serde::Deserialize;
use utoipa::ToSchema;

use super::ReviewAnswer;
use crate::actions::stories::{Review, decide_story};
use crate::http::AppState;
use crate::http::extract::{InCommunity, JsonBody, NoQuery, PathId, Steward};
use crate::http::problem::{BodyProblems, ConflictProblems, MemberProblems, Problem, PublicProblems};
use crate::store::{Decision, Hash};
use crate::texts::unhex;

/// A decision on a story.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(tag = "decision", rename_all = "snake_case", deny_unknown_fields)]
pub enum DecisionBody {
    /// Everyone may read it.
    Approve {
        /// The `etag` of what you read.
        etag: String,
    },
    /// It may be published after a change.
    AskBack {
        /// The `etag` of what you read.
        etag: String,
        /// Which change; the person who shared reads it.
        #[schema(min_length = 1, max_length = 1000)]
        reason: String,
    },
    /// It is not published.
    Decline {
        /// The `etag` of what you read.
        etag: String,
        /// Why; the person who shared reads it.
        #[schema(min_length = 1, max_length = 1000)]
        reason: String,
    },
}

impl DecisionBody {
    fn parse(self) -> Result<(Hash, Decision), Invalid> {
        let (etag, decision) = match self {
            Self::Approve { etag } => (etag, Decision::Published),
            Self::AskBack { etag, reason } => (etag, Decision::AskedBack(reason)),
            Self::Decline { etag, reason } => (etag, Decision::Declined(reason)),
        };
        let shown = unhex(&etag).and_then(|bytes| bytes.try_into().ok());
        let shown = shown.ok_or_else(|| Invalid::new("etag", "is not an etag; take it from the story"))?;
        Ok((shown, decision))
    }
}

/// Decides on a story. It holds for exactly what you read: after any change the story waits again.
#[utoipa::path(post, path = "/api/communities/{c}/stories/queue/{id}/decision", tag = "stories",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the place")),
    security(("staff" = []), ("token" = [])),
    request_body = DecisionBody,
    responses((status = 200, body = ReviewAnswer), PublicProblems, MemberProblems, BodyProblems, ConflictProblems))]
pub async fn decide_on_story(
    InCommunity(community): InCommunity,
    Steward(who): Steward,
    PathId(id): PathId<PlaceId>,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<DecisionBody>,
) -> Result<Json<ReviewAnswer>, Problem> {
    let (shown, decision) = body.parse().map_err(Problem::unprocessable)?;
    let kept = decide_story(&state.core, &community, &who, id, shown, decision).await?;
    Ok(Json(Review::Decided(kept.decision, kept.at).into()))
}
