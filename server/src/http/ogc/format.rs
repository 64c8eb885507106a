//! Which representation a client wants: `f`, else the `Accept` header; JSON unless a page is asked for.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::Invalid;
use serde_json::Value;

use super::html;
use crate::http::AppState;
use crate::http::etag;
use crate::http::extract::Params;
use crate::http::problem::{Kind, Problem};
use crate::texts::hex;
use sha2::{Digest, Sha256};

/// A representation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For programs.
    Json,
    /// For people.
    Html,
}

impl Format {
    /// By the parameter, else by the header.
    ///
    /// # Errors
    /// 400 for an unknown `f`; 406 when `Accept` takes none of ours.
    pub fn of(params: &Params, headers: &HeaderMap) -> Result<Self, Problem> {
        match params.given("f") {
            Some("json" | "geojson") => Ok(Self::Json),
            Some("html") => Ok(Self::Html),
            Some(_) => Err(Problem::bad_request(Invalid::new("f", "must be json or html"))),
            None => Self::accepted(headers),
        }
    }

    fn accepted(headers: &HeaderMap) -> Result<Self, Problem> {
        let Some(accept) = headers.get(header::ACCEPT) else { return Ok(Self::Json) };
        let accept = accept.to_str().unwrap_or("*/*").to_ascii_lowercase();
        let mut best: Option<(f32, Self)> = None;
        for range in accept.split(',') {
            let mut parts = range.split(';').map(str::trim);
            let essence = parts.next().unwrap_or_default();
            let quality =
                parts.find_map(|p| p.strip_prefix("q=")).and_then(|q| q.parse().ok()).unwrap_or(1.0);
            let format = match essence {
                "text/html" | "application/xhtml+xml" => Self::Html,
                "*/*" | "" => Self::Json,
                json if json.starts_with("application/") || json == "text/json" => {
                    if json.ends_with("/*") || json.contains("json") { Self::Json } else { continue }
                }
                _ => continue,
            };
            if quality > 0.0 && best.is_none_or(|(of_best, _)| quality > of_best) {
                best = Some((quality, format));
            }
        }
        best.map(|(_, format)| format).ok_or_else(|| {
            let detail =
                "there are JSON and HTML; ask for application/json, application/geo+json or text/html";
            Problem::new(Kind::NotAcceptable, StatusCode::NOT_ACCEPTABLE, detail).of_field("Accept")
        })
    }
}

/// The parameter `f` alone. Refuses with 400 and 406.
pub struct OnlyFormat(pub Format);

impl FromRequestParts<AppState> for OnlyFormat {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let params =
            Params::parse(parts.uri.query().unwrap_or_default(), &["f"]).map_err(Problem::bad_request)?;
        Format::of(&params, &parts.headers).map(Self)
    }
}

/// An answer in the representation that was asked for; documents for programs have an entity tag.
pub fn answer(
    format: Format,
    media_type: &'static str,
    title: &str,
    body: &Value,
    request: &HeaderMap,
) -> Response {
    let vary = (header::VARY, HeaderValue::from_static("accept"));
    if format == Format::Html {
        // Whom to call is added to the page later, so no tag of ours would name what is sent.
        let kind = (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8"));
        let policy = (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(html::POLICY));
        return ([kind, policy, vary], html::page(title, body)).into_response();
    }
    let bytes = body.to_string().into_bytes();
    let tag = format!("\"{}\"", hex(&Sha256::digest(&bytes)[..16]));
    let mut response = if etag::is_known(request, &tag) {
        (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response()
    } else {
        ([(header::CONTENT_TYPE, media_type.to_owned()), (header::ETAG, tag)], bytes).into_response()
    };
    response.headers_mut().insert(vary.0, vary.1);
    response
}
