//! `POST /api/staff/recovery-codes`

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::actions::staff::renew_recovery_codes;
use crate::http::AppState;
use crate::http::extract::{FreshSecondFactor, NoQuery};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};

/// New recovery codes, shown once.
#[derive(Serialize, ToSchema)]
pub struct RecoveryCodesAnswer {
    recovery_codes: Vec<String>,
}

/// Makes new recovery codes; those from before are worth nothing afterwards. Needs a code of the authenticator
/// within the last ten minutes.
#[utoipa::path(post, path = "/api/staff/recovery-codes", tag = "staff",
    security(("staff" = []), ("token" = [])),
    responses((status = 200, body = RecoveryCodesAnswer), PublicProblems, MemberProblems))]
pub async fn renew_staff_recovery_codes(
    FreshSecondFactor(who): FreshSecondFactor,
    _: NoQuery,
    State(state): State<AppState>,
) -> Result<Json<RecoveryCodesAnswer>, Problem> {
    let recovery_codes = renew_recovery_codes(&state.core, &who).await?;
    Ok(Json(RecoveryCodesAnswer { recovery_codes }))
}
