//! `GET /api/communities/{c}/access-log`

use axum::Json;
use axum::extract::State;
use engine::Invalid;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::http::AppState;
use crate::http::extract::{InCommunity, Params, Query, Staff, StrictQuery};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};
use crate::texts::hex;

/// Which part of the log.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AccessLogQuery {
    /// At most so many.
    #[param(minimum = 1, maximum = 1000, default = 100)]
    limit: Option<u32>,
    /// Rows before this number: `next` of the page before.
    #[param(value_type = Option<i64>, minimum = 1, maximum = 4_294_967_295_i64)]
    before: Option<u32>,
}

impl Query for AccessLogQuery {
    const NAMES: &'static [&'static str] = &["limit", "before"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        let (limit, before) = (params.whole("limit", 1..=1000)?, params.whole("before", 1..=u32::MAX)?);
        Ok(Self { limit, before })
    }
}

/// A reading of places that participants share.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessLogRow {
    /// Its number, from 1.
    seq: i64,
    #[schema(format = DateTime)]
    at: String,
    /// The e-mail address of who read.
    who: String,
    /// The operation and the names of its filters.
    what: String,
    /// How many places.
    places: i64,
    /// The hash of the row before.
    previous: String,
    /// SHA-256 of the row and of `previous`.
    hash: String,
}

/// A page of the access log, newest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct AccessLogPage {
    rows: Vec<AccessLogRow>,
    /// For `before` of the next page; null on the last one.
    next: Option<i64>,
}

/// Who read the places that participants share. It names no place and no participant.
#[utoipa::path(get, path = "/api/communities/{c}/access-log", tag = "staff",
    params(("c" = String, Path, description = "the community"), AccessLogQuery),
    security(("staff" = []), ("token" = [])),
    responses((status = 200, body = AccessLogPage), PublicProblems, MemberProblems))]
pub async fn get_access_log(
    InCommunity(community): InCommunity,
    _: Staff,
    StrictQuery(query): StrictQuery<AccessLogQuery>,
    State(state): State<AppState>,
) -> Result<Json<AccessLogPage>, Problem> {
    let limit = query.limit.unwrap_or(100);
    let before = query.before.map(i64::from);
    let rows = state.core.store.access_log(community.id(), before, limit).await?;
    let next = rows.last().map(|row| row.seq).filter(|seq| *seq > 1);
    let rows = rows.into_iter().map(|row| AccessLogRow {
        seq: row.seq,
        at: row.at.to_string(),
        who: row.who,
        what: row.what,
        places: row.places,
        previous: hex(&row.previous),
        hash: hex(&row.hash),
    });
    Ok(Json(AccessLogPage { rows: rows.collect(), next }))
}
