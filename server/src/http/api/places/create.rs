//! `POST /api/communities/{c}/places`

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::Response;

use super::feature::{PlaceAnswer, PlaceBody, answer};
use crate::actions;
use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, Participant, RawJson, idempotency_key};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, ProblemBody, PublicProblems};

/// Saves a place. With `Idempotency-Key`, sending the same again gives the same answer and saves nothing.
#[utoipa::path(post, path = "/api/communities/{c}/places", tag = "places",
    params(("c" = String, Path, description = "the community"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 200 visible ASCII characters")),
    security(("token" = []), ("cookie" = [])),
    request_body(content = PlaceBody, content_type = "application/json"),
    responses((status = 201, body = PlaceAnswer, headers(("ETag" = String), ("Location" = String))),
        (status = 409, body = ProblemBody, content_type = "application/problem+json",
            description = "The place that this Idempotency-Key made was deleted since."),
        PublicProblems, MemberProblems, BodyProblems))]
pub async fn create_place(
    InCommunity(community): InCommunity,
    Participant(who): Participant,
    _: NoQuery,
    State(state): State<AppState>,
    headers: HeaderMap,
    RawJson(json): RawJson,
) -> Result<Response, Problem> {
    let key = idempotency_key(&headers)?;
    let place = actions::save_place(&state.core, community.clone(), &who, &json, key).await?;
    let location =
        format!("{}/api/communities/{}/places/{}", state.config.public_url, community.id(), place.id);
    let location = HeaderValue::try_from(location).map_err(|e| Problem::internal(e.to_string()))?;
    let mut response = answer(&*state.core.store, &community.info(), &place).await?;
    *response.status_mut() = StatusCode::CREATED;
    response.headers_mut().insert(header::LOCATION, location);
    Ok(response)
}
