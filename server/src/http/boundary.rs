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

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::{Arc, Mutex};
    use std::time::Duration;

    use axum::Router;
    use axum::body::{Body, to_bytes};
    use axum::routing::get;
    use tower::ServiceExt as _;
    use tracing_subscriber::fmt::MakeWriter;

    use super::*;
    use crate::actions::Core;
    use crate::ambient::Ambient;
    use crate::app_config::AppConfig;
    use crate::http::guarded;
    use crate::live::Live;
    use crate::texts::Texts;

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Log {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl<'a> MakeWriter<'a> for Log {
        type Writer = Self;

        fn make_writer(&'a self) -> Self {
            self.clone()
        }
    }

    /// What a handler's answer looks like from outside, and what the log says of it.
    async fn ask(routes: Router<AppState>, address: &str) -> (Response, String) {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("stead.db");
        let store = crate::store::open(&format!("sqlite:{}", file.display())).await.unwrap();
        let (live, texts) = (Arc::new(Live::default()), Arc::new(Texts::load()));
        let ambient = Ambient::system();
        let secret = Arc::new(crate::secret::Secret::passing(&ambient));
        let core = Core { store, live, ambient, secret, texts, developing: crate::actions::developing() };
        let config = AppConfig { deadline: Duration::from_millis(50), ..AppConfig::new("http://localhost") };
        let state = AppState { core, config: Arc::new(config), in_step: Arc::default() };
        let log = Log::default();
        let subscriber = tracing_subscriber::fmt().with_writer(log.clone()).with_ansi(false).finish();
        let _guard = tracing::subscriber::set_default(subscriber);
        let request = Request::get(address).body(Body::empty()).unwrap();
        let response = guarded(routes, state).oneshot(request).await.unwrap();
        let text = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
        (response, text)
    }

    #[tokio::test]
    async fn a_panic_is_an_internal_problem_that_is_logged_once_and_tells_nothing() {
        async fn panics() -> StatusCode {
            panic!("an inner secret");
        }
        let address = "/places/58.3806?near=26.7225";
        let (response, log) = ask(Router::new().route("/places/{id}", get(panics)), address).await;
        assert_eq!(response.status(), 500);
        let id = response.headers()["x-request-id"].to_str().unwrap().to_owned();
        let body = String::from_utf8(to_bytes(response.into_body(), 10_000).await.unwrap().to_vec()).unwrap();
        assert!(body.contains("urn:stead:problem:internal") && body.contains(&id), "{body}");
        assert!(!body.contains("secret"), "{body}");
        assert_eq!(log.lines().count(), 1, "{log}");
        assert!(
            log.contains(&id) && log.contains("an inner secret") && log.contains("/places/{id}"),
            "{log}"
        );
        assert!(!log.contains("58.3806") && !log.contains("26.7225"), "{log}");
    }

    #[tokio::test]
    async fn a_handler_that_takes_too_long_is_unavailable() {
        let (response, log) =
            ask(Router::new().route("/slow", get(std::future::pending::<()>)), "/slow").await;
        assert_eq!(response.status(), 503);
        assert!(log.contains("the deadline passed"), "{log}");
    }

    #[tokio::test]
    async fn a_refusal_of_the_frameworks_own_is_a_problem_and_is_not_logged_as_a_failure() {
        let (response, log) = ask(Router::new().route("/here", get(|| async {})), "/there").await;
        assert_eq!(response.status(), 404);
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        assert_eq!(log, "");
    }
}
