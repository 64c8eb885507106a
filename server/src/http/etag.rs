//! Entity tags (RFC 9110 §8.8.3) and the conditions made with them.

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use engine::Invalid;

use super::problem::{Kind, Problem};
use crate::actions::Expected;

/// The tag of a place's version.
pub(super) fn of_version(version: i64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{version}\"")).expect("digits are visible")
}

/// What `If-Match` expects.
///
/// # Errors
/// 428 without the header, 400 when it is not made of entity tags.
pub(super) fn expected(headers: &HeaderMap) -> Result<Expected, Problem> {
    let Some(condition) = combined(headers, &header::IF_MATCH) else {
        let detail = "send If-Match with the ETag that you read, so that no change of yours is lost";
        let status = StatusCode::PRECONDITION_REQUIRED;
        return Err(Problem::new(Kind::PreconditionRequired, status, detail).of_field("If-Match"));
    };
    let condition = condition.map_err(|()| malformed())?;
    if condition.trim() == "*" {
        return Ok(Expected::Any);
    }
    // A weak or foreign tag is a tag that no version has.
    let versions = condition
        .split(',')
        .map(|tag| {
            let tag = tag.trim();
            let strong = tag.strip_prefix("W/").unwrap_or(tag);
            let inner = strong.strip_prefix('"').and_then(|t| t.strip_suffix('"')).ok_or_else(malformed)?;
            Ok((tag == strong).then(|| inner.parse().ok()).flatten())
        })
        .filter_map(Result::transpose)
        .collect::<Result<Vec<i64>, Problem>>()?;
    Ok(Expected::Versions(versions))
}

/// Whether `If-None-Match` says that the client has this already (weak comparison).
pub(super) fn is_known(headers: &HeaderMap, etag: &str) -> bool {
    let Some(Ok(condition)) = combined(headers, &header::IF_NONE_MATCH) else { return false };
    let weak = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    condition.trim() == "*" || condition.split(',').any(|tag| weak(tag) == weak(etag))
}

fn malformed() -> Problem {
    Problem::bad_request(Invalid::new("If-Match", "must be * or entity tags such as \"3\""))
}

fn combined(headers: &HeaderMap, name: &HeaderName) -> Option<Result<String, ()>> {
    let mut values = headers.get_all(name).iter().peekable();
    values.peek()?;
    let texts: Result<Vec<_>, ()> = values.map(|v| v.to_str().map_err(|_| ())).collect();
    Some(texts.map(|texts| texts.join(",")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(name: HeaderName, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(name, value.parse().unwrap())])
    }

    #[test]
    fn if_match_names_versions_or_any() {
        let of = |value| expected(&headers(header::IF_MATCH, value)).ok();
        assert_eq!(of("*"), Some(Expected::Any));
        assert_eq!(of("\"3\", \"4\""), Some(Expected::Versions(vec![3, 4])));
        assert_eq!(of("W/\"3\""), Some(Expected::Versions(vec![])));
        assert_eq!(of("\"abc\""), Some(Expected::Versions(vec![])));
        assert_eq!(of("3"), None);
        assert!(expected(&HeaderMap::new()).is_err());
    }

    #[test]
    fn if_none_match_compares_weakly() {
        for known in ["\"a\"", "W/\"a\"", "\"b\", \"a\"", "*"] {
            assert!(is_known(&headers(header::IF_NONE_MATCH, known), "\"a\""), "{known}");
        }
        assert!(!is_known(&headers(header::IF_NONE_MATCH, "\"b\""), "\"a\""));
    }
}
