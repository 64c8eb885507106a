//! `POST /api/communities/{c}/me/return-code`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;
use utoipa::ToSchema;

use crate::actions;
use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, Participant};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};

/// A new return code.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReturnCodeAnswer {
    /// Shown this once: by it you come back on another device.
    #[schema(example = "7KQ2-9ZXW-1M4T-0RAH")]
    return_code: String,
}

/// Makes a new return code for you, shown once. The one before stops working.
#[utoipa::path(post, path = "/api/communities/{c}/me/return-code", tag = "participants",
    params(("c" = String, Path, description = "the community")),
    security(("token" = []), ("cookie" = [])),
    responses((status = 201, body = ReturnCodeAnswer), PublicProblems, MemberProblems))]
pub async fn make_return_code(
    InCommunity(_): InCommunity,
    Participant(who): Participant,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<(StatusCode, Json<ReturnCodeAnswer>), Problem> {
    let return_code = actions::new_return_code(&state.core, &who).await?;
    Ok((StatusCode::CREATED, Json(ReturnCodeAnswer { return_code })))
}
