//! `GET /api/communities/{c}/places/{id}/photos/{p}`

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use engine::{Invalid, PlaceId};
use utoipa::{IntoParams, ToSchema};

use crate::actions::photo_of;
use crate::http::AppState;
use crate::http::api::places::list::{Purpose, purpose};
use crate::http::extract::{InCommunity, Params, PathId, PathPhoto, PlaceReader, Query, StrictQuery};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};
use crate::store::Size;

/// Which picture of a photo.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the parameter to the OpenAPI document")]
pub enum PictureSize {
    Full,
    Thumb,
}

/// Which picture, and as whom.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct PhotoQuery {
    /// At most 400 pixels long, or as it is kept.
    #[param(inline, value_type = Option<PictureSize>, default = "full")]
    size: Size,
    /// As a researcher, if you are signed in as a participant, too.
    #[param(inline, value_type = Option<Purpose>)]
    #[expect(dead_code, reason = "the table of authority looks at it before")]
    purpose: (),
}

impl Query for PhotoQuery {
    const NAMES: &'static [&'static str] = &["size", "purpose"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        Ok(Self { size: size(params)?, purpose: purpose(params)? })
    }
}

/// The parameter `size`.
///
/// # Errors
/// Field `size`.
pub fn size(params: &Params) -> Result<Size, Invalid> {
    match params.given("size") {
        None | Some("full") => Ok(Size::Full),
        Some("thumb") => Ok(Size::Thumb),
        Some(_) => Err(Invalid::new("size", "must be full or thumb")),
    }
}

/// A picture of a photo of yours; a researcher sees one that is shared for research with its place, and that is
/// written down.
#[utoipa::path(get, path = "/api/communities/{c}/places/{id}/photos/{p}", tag = "places",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the place"),
        ("p" = uuid::Uuid, Path, description = "the photo"), PhotoQuery),
    security(("token" = []), ("cookie" = []), ("staff" = []), ("api_token" = [])),
    responses((status = 200, body = Vec<u8>, content_type = "image/jpeg"), PublicProblems, MemberProblems))]
pub async fn get_place_photo(
    InCommunity(community): InCommunity,
    reader: PlaceReader,
    PathId(id): PathId<PlaceId>,
    PathPhoto(photo): PathPhoto,
    StrictQuery(query): StrictQuery<PhotoQuery>,
    State(state): State<AppState>,
) -> Result<Response, Problem> {
    let picture = photo_of(&state.core, &community, &reader.viewer(), id, photo, query.size).await?;
    Ok(jpeg(picture))
}

/// A picture as an answer: opened by itself it is a download, never a page.
pub fn jpeg(picture: Vec<u8>) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "image/jpeg"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"photo.jpg\""),
    ];
    (headers, picture).into_response()
}
