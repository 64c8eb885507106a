//! What every request passes on its way in and every answer on its way out.

use std::any::Any;

use axum::extract::{MatchedPath, Request, State};
use axum::http::header::{self, HeaderName, HeaderValue};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::AppState;
use super::problem::Problem;
use crate::texts::hex;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives the request an id and a deadline, writes problems out, logs failures once, and sets the headers that
/// every answer carries.
pub(super) async fn boundary(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let request_id = hex(&state.core.ambient.bytes::<12>());
    // The template, never the address itself: an address may hold an id or a coordinate.
    let route = request.extensions().get::<MatchedPath>().map(MatchedPath::as_str);
    let route = format!("{} {}", request.method(), route.unwrap_or("(no route)"));
    let answer = tokio::time::timeout(state.config.deadline, next.run(request)).await;
    let mut response = answer.unwrap_or_else(|_| Problem::unavailable("the deadline passed").into_response());
    if let Some(problem) = problem_of(&mut response) {
        problem.log(&request_id, &route);
        let headers = std::mem::take(response.headers_mut());
        response = problem.render(&request_id);
        // What layers inside said of the answer, such as who may read it, holds for the problem, too.
        for (name, value) in headers.iter().filter(|(name, _)| kept(name)) {
            response.headers_mut().entry(name).or_insert_with(|| value.clone());
        }
    }
    let id = HeaderValue::from_str(&request_id).expect("hexadecimal digits are visible");
    response.headers_mut().insert(X_REQUEST_ID, id);
    protect(response.headers_mut(), state.config.is_secure());
    response
}

/// The problem of a refusal, be it ours or the framework's.
fn problem_of(response: &mut Response) -> Option<Problem> {
    let status = response.status();
    let refused = status.is_client_error() || status.is_server_error();
    let ours = response.extensions_mut().remove::<Problem>();
    ours.or_else(|| refused.then(|| Problem::of_status(status)))
}

fn kept(name: &HeaderName) -> bool {
    *name == header::ACCESS_CONTROL_ALLOW_ORIGIN || *name == header::ALLOW || *name == header::SET_COOKIE
}

/// Headers for every answer; what a handler set stays.
fn protect(headers: &mut HeaderMap, secure: bool) {
    let mut default = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    default(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    default(header::REFERRER_POLICY, "no-referrer");
    default(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'");
    default(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    default(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    let permissions = "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), browsing-topics=()";
    default(HeaderName::from_static("permissions-policy"), permissions);
    // Whoever forgets to say how long an answer may be kept has a private answer.
    default(header::CACHE_CONTROL, "no-store");
    if secure {
        default(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
}

/// Everyone may read these answers from any page, without credentials. Only for public reads.
pub(super) async fn readable_by_all(request: Request, next: Next) -> Response {
    let reads = matches!(request.method().as_str(), "GET" | "HEAD");
    let mut response = next.run(request).await;
    if reads {
        let headers = response.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        let exposed = HeaderValue::from_static("ETag, X-Request-Id, Content-Range, Accept-Ranges");
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, exposed);
        let resource_policy = HeaderName::from_static("cross-origin-resource-policy");
        headers.insert(resource_policy, HeaderValue::from_static("cross-origin"));
        // Public, and asked for again each time: a change is seen at once.
        headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("public, no-cache"));
    }
    response
}

/// The answer in place of a handler that panicked.
pub(super) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let text = panic.downcast::<String>().map(|s| *s);
    let text = text.or_else(|p| p.downcast::<&'static str>().map(|s| (*s).to_owned()));
    Problem::internal(format!("a handler panicked: {}", text.unwrap_or_default())).into_response()
}

/// The answer for an address that nothing is at.
pub(super) async fn nothing_here() -> Problem {
    Problem::of_status(StatusCode::NOT_FOUND)
}
