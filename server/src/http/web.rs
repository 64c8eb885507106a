//! The web app: the pages that are compiled into the program.

use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use super::boundary::nothing_here;
use super::etag::is_known;
use crate::texts::hex;

// The files of `web/dist`, or a page that says there are none: `static ASSETS: &[(&str, &[u8])]`, by name.
include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// What a page may load and talk to: our own host alone (design rule 6).
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; \
     img-src 'self' blob: data:; style-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; \
     form-action 'self'; frame-ancestors 'none'";
/// Addresses under these are never pages.
const NO_PAGES: [&str; 4] = ["/api", "/tiles", "/ogc", "/hsds"];

/// Whatever no route answers: a file of the web app, its page for an address that the app itself
/// understands, or nothing.
pub(super) async fn page_or_asset(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    let reads = method == Method::GET || method == Method::HEAD;
    let name = uri.path().trim_start_matches('/');
    match asset(name) {
        Some(bytes) if reads => send(name, bytes, &headers),
        None if reads && is_page(uri.path(), &headers) => match asset("index.html") {
            Some(bytes) => send("index.html", bytes, &headers),
            None => nothing_here().await.into_response(),
        },
        Some(_) => (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET,HEAD")]).into_response(),
        None => nothing_here().await.into_response(),
    }
}

fn asset(name: &str) -> Option<&'static [u8]> {
    ASSETS.binary_search_by(|(other, _)| (*other).cmp(name)).ok().map(|i| ASSETS[i].1)
}

fn is_page(path: &str, headers: &HeaderMap) -> bool {
    let under =
        |root: &str| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let accept = headers.get(header::ACCEPT).and_then(|v| v.to_str().ok()).unwrap_or("*/*");
    // Who takes anything takes a page, unless the name is that of a file: a script that is gone is not a page.
    let is_file = path.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let wants_html = accept.contains("text/html") || (accept.contains("*/*") && !is_file);
    !NO_PAGES.iter().any(|root| under(root)) && wants_html && !path.starts_with("/assets/")
}

fn send(name: &str, bytes: &'static [u8], request: &HeaderMap) -> Response {
    // Names under assets/ carry a hash of their content.
    let cache = if name.starts_with("assets/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let etag = format!("\"{}\"", hex(&Sha256::digest(bytes)[..16]));
    // The policy on every answer: what is revalidated takes over the headers of the 304. And not on pages
    // alone: a worker is bound by the policy that its own script came with.
    let common = [
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::ETAG, etag.clone()),
        (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY.to_owned()),
    ];
    if is_known(request, &etag) {
        return (StatusCode::NOT_MODIFIED, common).into_response();
    }
    (common, [(header::CONTENT_TYPE, content_type(name))], bytes).into_response()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "pbf" => "application/x-protobuf",
        "txt" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}
