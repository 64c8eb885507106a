//! `POST /api/communities/{c}/invitations`

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use engine::Invalid;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::InvitationAnswer;
use crate::actions::{invitation_link, make_invitation};
use crate::http::AppState;
use crate::http::extract::{InCommunity, JsonBody, NoQuery, Steward};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, PublicProblems};

/// An invitation to make.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInvitation {
    /// How many people may join by it; one unless told.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 10000, default = 1)]
    uses: u32,
    /// The last day on which it works, by the community's clocks, within a year; thirty days unless told.
    #[serde(default)]
    #[schema(format = Date, example = "2027-01-31")]
    expires_on: Option<String>,
}

const fn one() -> u32 {
    1
}

/// An invitation that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadeInvitationAnswer {
    #[serde(flatten)]
    kept: InvitationAnswer,
    /// The code to hand out; shown this once.
    #[schema(example = "7KQ2-9ZXW-1M4T")]
    code: String,
    /// The address that holds it, behind the `#`, where no server sees it.
    link: String,
}

/// Makes an invitation. The code is shown this once.
#[utoipa::path(post, path = "/api/communities/{c}/invitations", tag = "participants",
    params(("c" = String, Path, description = "the community")),
    security(("staff" = []), ("token" = [])),
    request_body = NewInvitation,
    responses((status = 201, body = MadeInvitationAnswer), PublicProblems, MemberProblems, BodyProblems))]
pub async fn make_community_invitation(
    InCommunity(community): InCommunity,
    Steward(_): Steward,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<NewInvitation>,
) -> Result<(StatusCode, Json<MadeInvitationAnswer>), Problem> {
    let day = body.expires_on.map(|day| day.parse()).transpose();
    let day = day.map_err(|_| {
        Problem::unprocessable(Invalid::new("expires_on", "must be a day such as 2027-01-31"))
    })?;
    let core = &state.core;
    let made = make_invitation(&core.store, &core.ambient, &community.info(), body.uses, day).await?;
    let link = invitation_link(&state.config.public_url, community.id().as_str(), &made.code);
    let answer = MadeInvitationAnswer { kept: made.kept.into(), code: made.code, link };
    Ok((StatusCode::CREATED, Json(answer)))
}
