//! GeoJSON (RFC 7946) answers, and public answers with an entity tag.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use geo::{LineString, MultiPolygon, Polygon};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::etag;
use crate::texts::hex;

/// GeoJSON's own media type.
pub(super) const GEO_JSON: &str = "application/geo+json";
/// Plain JSON.
pub(super) const JSON: &str = "application/json";

/// A public answer: with an entity tag, and 304 for who has it already.
pub(super) fn public(request: &HeaderMap, content_type: &'static str, body: &impl Serialize) -> Response {
    let bytes = serde_json::to_vec(body).expect("an answer is plain data");
    let tag = format!("\"{}\"", hex(&Sha256::digest(&bytes)[..16]));
    if etag::is_known(request, &tag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    ([(header::CONTENT_TYPE, content_type.to_owned()), (header::ETAG, tag)], bytes).into_response()
}

/// A shape as `Polygon` if it has one part, else as `MultiPolygon`.
pub(super) fn shape(shape: &MultiPolygon) -> Value {
    match shape.0.as_slice() {
        [one] => json!({"type": "Polygon", "coordinates": polygon(one)}),
        many => json!({
            "type": "MultiPolygon", "coordinates": many.iter().map(polygon).collect::<Vec<_>>()
        }),
    }
}

fn polygon(polygon: &Polygon) -> Value {
    let ring = |ring: &LineString| ring.coords().map(|c| [c.x, c.y]).collect::<Vec<_>>();
    let rings: Vec<_> = std::iter::once(polygon.exterior()).chain(polygon.interiors()).map(ring).collect();
    json!(rings)
}
