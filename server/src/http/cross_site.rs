//! Requests that change something must not come from another site's page.
//!
//! Browsers say where a request comes from, in `Sec-Fetch-Site` or `Origin`; programs say neither. A request
//! with an `Authorization` header cannot be forged by a page, which does not know the token.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::AppState;
use super::problem::Problem;

/// Refuses a change that a browser sends from another site's page.
pub(super) async fn refuse_cross_site(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || comes_from_here(request.headers(), &state.config.public_url) {
        next.run(request).await
    } else {
        Problem::forbidden("a page of another site may not do this").into_response()
    }
}

fn comes_from_here(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if headers.contains_key(header::AUTHORIZATION) {
        return true;
    }
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    // Browsers that reach us without https do not send Sec-Fetch-Site: compare where the page came from with
    // where the request went.
    let Some(origin) = headers.get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let origin_host = origin.split_once("://").map(|(_, host)| host);
    origin == public_url || (origin_host.is_some() && origin_host == text("host"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from_here(headers: &[(&'static str, &'static str)]) -> bool {
        let headers = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        comes_from_here(&headers.collect(), "https://map.example")
    }

    #[test]
    fn programs_and_our_own_pages_may_change_things_and_other_pages_may_not() {
        assert!(from_here(&[]));
        assert!(from_here(&[("sec-fetch-site", "same-origin")]));
        assert!(from_here(&[("origin", "https://map.example")]));
        assert!(from_here(&[("origin", "http://10.0.0.1:80"), ("host", "10.0.0.1:80")]));
        assert!(from_here(&[("authorization", "Bearer x"), ("origin", "https://evil.example")]));
        for site in ["cross-site", "same-site"] {
            assert!(!from_here(&[("sec-fetch-site", site)]));
        }
        assert!(!from_here(&[("origin", "https://evil.example"), ("host", "map.example")]));
        assert!(!from_here(&[("origin", "null"), ("host", "map.example")]));
    }
}
