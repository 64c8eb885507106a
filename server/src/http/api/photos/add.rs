//! `POST /api/communities/{c}/places/{id}/photos`

use axum::Json;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use engine::{Invalid, PlaceId};

use super::PhotoAnswer;
use crate::actions::add_photo;
use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, Participant, PathId, idempotency_key};
use crate::http::problem::{BodyProblems, Kind, MemberProblems, Problem, ProblemBody, PublicProblems};

const MEDIA: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];

/// The bytes of a picture. Refuses with 415 for another type and with 413 beyond the limit.
pub struct PictureBody(Bytes);

impl FromRequest<AppState> for PictureBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let media = request.headers().get(header::CONTENT_TYPE).and_then(|media| media.to_str().ok());
        if !media.is_some_and(|media| MEDIA.contains(&media.trim().to_ascii_lowercase().as_str())) {
            let detail = "send the picture itself, with Content-Type image/jpeg, image/png or image/webp";
            let problem = Problem::new(Kind::InvalidInput, StatusCode::UNSUPPORTED_MEDIA_TYPE, detail);
            return Err(problem.of_field("Content-Type"));
        }
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(Self(bytes)),
            Err(e) if e.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(Problem::too_large()),
            Err(_) => Err(Problem::bad_request(Invalid::new("", "the photo did not arrive whole"))),
        }
    }
}

/// Keeps a photo of a place of yours: turned upright, at most 2,048 pixels long, and without anything that the file
/// said beside the picture. JPEG, PNG or WebP, at most 12 MiB and 40 megapixels; you may keep 200. With
/// `Idempotency-Key`, sending the same again gives the same photo. What is said of it comes by `PUT`.
#[utoipa::path(post, path = "/api/communities/{c}/places/{id}/photos", tag = "places",
    params(("c" = String, Path, description = "the community"),
        ("id" = uuid::Uuid, Path, description = "the place"),
        ("Idempotency-Key" = Option<String>, Header, description = "1 to 200 visible ASCII characters")),
    security(("token" = []), ("cookie" = [])),
    request_body(content(
        (Vec<u8> = "image/jpeg"), (Vec<u8> = "image/png"), (Vec<u8> = "image/webp"))),
    responses((status = 201, body = PhotoAnswer),
        (status = 409, body = ProblemBody, content_type = "application/problem+json",
            description = "The photo that this Idempotency-Key made was deleted since."),
        PublicProblems, MemberProblems, BodyProblems))]
pub async fn add_place_photo(
    InCommunity(community): InCommunity,
    Participant(who): Participant,
    PathId(id): PathId<PlaceId>,
    _: NoQuery,
    State(state): State<AppState>,
    headers: HeaderMap,
    PictureBody(bytes): PictureBody,
) -> Result<(StatusCode, Json<PhotoAnswer>), Problem> {
    let key = idempotency_key(&headers)?;
    community.place(who.participant.id, id).ok_or(crate::actions::ActionError::NoSuchPlace)?;
    let photo = add_photo(&state.core, &who, id, bytes, key).await?;
    Ok((StatusCode::CREATED, Json(photo.into())))
}
