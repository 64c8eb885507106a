//! The header by which a request that is sent twice is known to be one.

use axum::http::HeaderMap;
use engine::Invalid;

use crate::http::problem::Problem;

/// The value of `Idempotency-Key`.
///
/// # Errors
/// 400 for what is not one value of 1 to 200 visible ASCII characters.
pub fn idempotency_key(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let name = "Idempotency-Key";
    let mut values = headers.get_all(name).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let visible = |key: &&str| (1..=200).contains(&key.len()) && key.bytes().all(|b| b.is_ascii_graphic());
    let key = value.to_str().ok().filter(visible).filter(|_| values.next().is_none());
    let problem = Invalid::new(name, "must be one value of 1 to 200 visible ASCII characters");
    key.map(Some).ok_or_else(|| Problem::bad_request(problem))
}
