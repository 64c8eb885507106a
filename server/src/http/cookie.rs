//! The session cookie.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::app_config::AppConfig;

/// As long as a session lasts: 90 days, in seconds.
const MAX_AGE: u32 = 90 * 24 * 60 * 60;

/// The cookie's name. The prefix makes browsers insist on https, on the whole site and on no other host.
fn name(config: &AppConfig) -> &'static str {
    if config.is_secure() { "__Host-stead" } else { "stead" }
}

/// The cookie that keeps a person signed in.
pub(super) fn set(config: &AppConfig, token: &str) -> HeaderValue {
    write(config, token, MAX_AGE)
}

/// The cookie that signs a person out.
pub(super) fn clear(config: &AppConfig) -> HeaderValue {
    write(config, "", 0)
}

fn write(config: &AppConfig, value: &str, max_age: u32) -> HeaderValue {
    let secure = if config.is_secure() { "; Secure" } else { "" };
    let name = name(config);
    let text = format!("{name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).expect("a token is made of visible characters")
}

/// The token in the request's cookies.
pub(super) fn token<'a>(config: &AppConfig, headers: &'a HeaderMap) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = cookies.flat_map(|c| c.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(n, _)| *n == name(config)).map(|(_, token)| token).filter(|t| !t.is_empty())
}
