//! JSON bodies.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use engine::Invalid;
use serde::de::DeserializeOwned;

use crate::http::AppState;
use crate::http::problem::{Kind, Problem};

/// The bytes of a body that says it is JSON. Refuses with 415 for another type and with 413 beyond the limit.
pub struct RawJson(pub Bytes);

impl FromRequest<AppState> for RawJson {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            let detail = "send JSON, with Content-Type: application/json";
            let problem = Problem::new(Kind::InvalidInput, StatusCode::UNSUPPORTED_MEDIA_TYPE, detail);
            return Err(problem.of_field("Content-Type"));
        }
        match Bytes::from_request(request, state).await {
            Ok(bytes) => Ok(Self(bytes)),
            Err(e) if e.status() == StatusCode::PAYLOAD_TOO_LARGE => Err(Problem::too_large()),
            Err(_) => Err(Problem::bad_request(Invalid::new("", "the body did not arrive whole"))),
        }
    }
}

/// A browser's form cannot send JSON by its content type, which keeps forged forms out. Programs that name no
/// type at all are believed.
fn is_json(headers: &HeaderMap) -> bool {
    let Some(content_type) = headers.get(header::CONTENT_TYPE) else { return true };
    let content_type = content_type.to_str().unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// A body of a known shape. Refuses with 400 for what is not JSON and with 422 for JSON of another shape,
/// unknown and repeated members included.
///
/// Every body here is an object. An array is refused before it is read: serde would take one for a structure, its
/// items for the fields in their order.
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned> FromRequest<AppState> for JsonBody<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Problem> {
        let RawJson(bytes) = RawJson::from_request(request, state).await?;
        if bytes.trim_ascii_start().first() == Some(&b'[') {
            return Err(Problem::unprocessable(Invalid::new("", "send an object, not an array")));
        }
        let mut deserializer = serde_json::Deserializer::from_slice(&bytes);
        let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|e| {
            let path = e.path().to_string();
            let field = if path == "." { String::new() } else { path };
            let invalid = Invalid::new(field, plain(e.inner()));
            if e.inner().is_data() { Problem::unprocessable(invalid) } else { Problem::bad_request(invalid) }
        })?;
        deserializer.end().map_err(|e| Problem::bad_request(Invalid::new("", plain(&e))))?;
        Ok(Self(value))
    }
}

/// The error without its line and column, which mean nothing in a form.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rfind(" at line ") {
        Some(cut) if error.is_data() => text[..cut].to_owned(),
        _ => text,
    }
}
