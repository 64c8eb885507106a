//! The session cookie.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::app_config::AppConfig;

/// As long as a session lasts: 90 days, in seconds.
const MAX_AGE: u32 = 90 * 24 * 60 * 60;

/// The cookie's name. The prefix makes browsers insist on https, on the whole site and on no other host.
fn name(config: &AppConfig) -> &'static str {
    if config.is_secure() { "__Host-stead" } else { "stead" }
}

/// The cookie's name for the staff: a participant and a researcher may share a browser.
fn staff_name(config: &AppConfig) -> &'static str {
    if config.is_secure() { "__Host-stead-staff" } else { "stead-staff" }
}

/// As long as a session of the staff lasts: 14 days, in seconds.
const STAFF_MAX_AGE: u32 = 14 * 24 * 60 * 60;

/// The cookie that keeps somebody of the staff signed in; never sent along from another site.
pub(super) fn set_staff(config: &AppConfig, token: &str) -> HeaderValue {
    write(config, staff_name(config), token, STAFF_MAX_AGE, "Strict")
}

/// The cookie that signs somebody of the staff out.
pub(super) fn clear_staff(config: &AppConfig) -> HeaderValue {
    write(config, staff_name(config), "", 0, "Strict")
}

/// The cookie that keeps a person signed in.
pub(super) fn set(config: &AppConfig, token: &str) -> HeaderValue {
    write(config, name(config), token, MAX_AGE, "Lax")
}

/// The cookie that signs a person out.
pub(super) fn clear(config: &AppConfig) -> HeaderValue {
    write(config, name(config), "", 0, "Lax")
}

fn write(config: &AppConfig, name: &str, value: &str, max_age: u32, same_site: &str) -> HeaderValue {
    let secure = if config.is_secure() { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={max_age}; HttpOnly; SameSite={same_site}{secure}");
    HeaderValue::from_str(&text).expect("a token is made of visible characters")
}

/// The participant's token in the request's cookies.
pub(super) fn token<'a>(config: &AppConfig, headers: &'a HeaderMap) -> Option<&'a str> {
    value(name(config), headers)
}

/// The staff's token in the request's cookies.
pub(super) fn staff_token<'a>(config: &AppConfig, headers: &'a HeaderMap) -> Option<&'a str> {
    value(staff_name(config), headers)
}

fn value<'a>(name: &str, headers: &'a HeaderMap) -> Option<&'a str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|v| v.to_str().ok());
    let mut pairs = cookies.flat_map(|c| c.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(n, _)| *n == name).map(|(_, token)| token).filter(|t| !t.is_empty())
}
