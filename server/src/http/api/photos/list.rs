//! `GET /api/communities/{c}/places/{id}/photos`

use axum::Json;
use axum::extract::State;
use engine::{Invalid, PlaceId};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::PhotoAnswer;
use crate::actions::photos_of;
use crate::http::AppState;
use crate::http::api::places::list::{Purpose, purpose};
use crate::http::extract::{InCommunity, Params, PathId, PlaceReader, Query, StrictQuery};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};

/// The photos of a place, the oldest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhotoList {
    photos: Vec<PhotoAnswer>,
}

/// As whom. The table of authority looks at `purpose`.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PhotosQuery {
    /// As a researcher, if you are signed in as a participant, too.
    #[param(inline, value_type = Option<Purpose>)]
    #[expect(dead_code, reason = "the table of authority looks at it before")]
    purpose: (),
}

impl Query for PhotosQuery {
    const NAMES: &'static [&'static str] = &["purpose"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        Ok(Self { purpose: purpose(params)? })
    }
}

/// The photos of a place of yours; a researcher sees those that are shared for research with their place. What a
/// researcher reads is written down, and the participant sees it.
#[utoipa::path(get, path = "/api/communities/{c}/places/{id}/photos", tag = "places",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the place"), PhotosQuery),
    security(("token" = []), ("cookie" = []), ("staff" = []), ("api_token" = [])),
    responses((status = 200, body = PhotoList), PublicProblems, MemberProblems))]
pub async fn list_place_photos(
    InCommunity(community): InCommunity,
    reader: PlaceReader,
    PathId(id): PathId<PlaceId>,
    StrictQuery(_): StrictQuery<PhotosQuery>,
    State(state): State<AppState>,
) -> Result<Json<PhotoList>, Problem> {
    let photos = photos_of(&state.core, &community, &reader.viewer(), id).await?;
    Ok(Json(PhotoList { photos: photos.into_iter().map(PhotoAnswer::from).collect() }))
}
