//! Addresses and links. They are made of the public address, never of a request's `Host`.

use std::fmt::Write as _;

use serde_json::{Value, json};

use crate::http::AppState;
use crate::live::LiveCommunity;

/// GeoJSON.
pub const GEO_JSON: &str = "application/geo+json";
/// JSON.
pub const JSON: &str = "application/json";
/// Pages.
pub const HTML: &str = "text/html";
/// JSON Schema.
pub const SCHEMA: &str = "application/schema+json";
/// OpenAPI 3.0.
pub const OPENAPI: &str = "application/vnd.oai.openapi+json;version=3.0";

/// Where the OGC API of a community is.
pub struct Base {
    /// Without a slash at its end.
    pub url: String,
    /// The server's own address.
    pub server: String,
    /// The community's name in addresses.
    pub community: String,
}

impl Base {
    /// Of a community.
    pub fn new(state: &AppState, community: &LiveCommunity) -> Self {
        let server = state.config.public_url.clone();
        Self {
            url: format!("{server}/ogc/{}", community.id()),
            server,
            community: community.id().to_string(),
        }
    }

    /// An address below.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.url)
    }
}

/// A link.
pub fn link(rel: &str, media_type: &str, title: &str, href: &str) -> Value {
    json!({"rel": rel, "type": media_type, "title": title, "href": href})
}

/// The links of a resource to itself and to its other representation.
pub fn own_links(href: &str, media_type: &str, html: bool) -> Vec<Value> {
    let as_html = format!("{href}{}f=html", if href.contains('?') { '&' } else { '?' });
    let as_json = format!("{href}{}f=json", if href.contains('?') { '&' } else { '?' });
    if html {
        vec![link("self", HTML, "this page", &as_html), link("alternate", media_type, "as JSON", &as_json)]
    } else {
        vec![link("self", media_type, "this document", href), link("alternate", HTML, "as a page", &as_html)]
    }
}

/// A text in an address.
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~' | b',' | b':' | b'/') {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a text takes everything");
        }
    }
    out
}
