//! Query parameters, strictly: an unknown, repeated or unreadable one is refused by name.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::str::FromStr;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use engine::Invalid;

use crate::http::AppState;
use crate::http::problem::Problem;

/// Parameters of a known set of names.
pub trait Query: Sized {
    /// The names.
    const NAMES: &'static [&'static str];

    /// Reads the values.
    ///
    /// # Errors
    /// The name of a parameter whose value is wrong.
    fn read(params: &Params) -> Result<Self, Invalid>;
}

/// The parameters of a request. Refuses with 400.
pub struct StrictQuery<T>(pub T);

/// No parameters at all. Refuses with 400.
pub struct NoQuery;

/// Parameters by name, each once.
pub struct Params(BTreeMap<String, String>);

impl<T: Query> FromRequestParts<AppState> for StrictQuery<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let params = Params::parse(parts.uri.query().unwrap_or_default(), T::NAMES);
        params.and_then(|p| T::read(&p)).map(Self).map_err(Problem::bad_request)
    }
}

impl FromRequestParts<AppState> for NoQuery {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let params = Params::parse(parts.uri.query().unwrap_or_default(), &[]);
        params.map(|_| Self).map_err(Problem::bad_request)
    }
}

impl Params {
    /// Reads parameters, each known and given once.
    ///
    /// # Errors
    /// The name of a parameter that is not.
    pub fn parse(query: &str, names: &[&str]) -> Result<Self, Invalid> {
        let mut params = BTreeMap::new();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let name =
                decode(name).ok_or_else(|| Invalid::new("", "the query is not percent-encoded UTF-8"))?;
            if !names.contains(&name.as_str()) {
                let known = names.join(", ");
                let known =
                    if known.is_empty() { "there are none".into() } else { format!("known are {known}") };
                return Err(Invalid::new(name, format!("is not a parameter of this address; {known}")));
            }
            let value = decode(value).ok_or_else(|| Invalid::new(&name, "is not percent-encoded UTF-8"))?;
            if value.contains('\0') {
                return Err(Invalid::new(name, "must not contain the NUL character"));
            }
            if params.insert(name.clone(), value).is_some() {
                return Err(Invalid::new(name, "is given twice; separate several values by commas"));
            }
        }
        Ok(Self(params))
    }

    /// The value of a parameter as it was given, be it empty.
    pub fn given(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    /// The text of a parameter; an empty one counts as not given.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|text| !text.is_empty())
    }

    /// The words of a parameter, separated by commas.
    pub fn words(&self, name: &str) -> Vec<&str> {
        self.text(name).map(|text| text.split(',').map(str::trim).collect()).unwrap_or_default()
    }

    /// One of some names; the first of them when it is not given.
    pub fn one_of(&self, name: &str, known: &[&'static str]) -> Result<&'static str, Invalid> {
        match self.text(name) {
            None => Ok(known[0]),
            Some(given) => known
                .iter()
                .find(|k| **k == given)
                .copied()
                .ok_or_else(|| Invalid::new(name, format!("must be {}", known.join(" or ")))),
        }
    }

    /// `true` or `false`.
    pub fn flag(&self, name: &str) -> Result<Option<bool>, Invalid> {
        self.parsed(name, "must be true or false")
    }

    /// A whole number in a range.
    pub fn whole(&self, name: &str, range: RangeInclusive<u32>) -> Result<Option<u32>, Invalid> {
        let problem = format!("must be a whole number from {} to {}", range.start(), range.end());
        match self.parsed(name, &problem)? {
            Some(n) if !range.contains(&n) => Err(Invalid::new(name, problem)),
            n => Ok(n),
        }
    }

    /// A number.
    pub fn number(&self, name: &str) -> Result<Option<f64>, Invalid> {
        self.parsed(name, "must be a number")
    }

    /// Exactly `N` numbers, separated by commas.
    pub fn numbers<const N: usize>(&self, name: &str) -> Result<Option<[f64; N]>, Invalid> {
        let Some(text) = self.text(name) else { return Ok(None) };
        let numbers: Result<Vec<f64>, _> = text.split(',').map(|part| part.trim().parse()).collect();
        let numbers = numbers.ok().and_then(|numbers| <[f64; N]>::try_from(numbers).ok());
        numbers
            .map(Some)
            .ok_or_else(|| Invalid::new(name, format!("must be {N} numbers, separated by commas")))
    }

    fn parsed<T: FromStr>(&self, name: &str, problem: &str) -> Result<Option<T>, Invalid> {
        let Some(text) = self.0.get(name) else { return Ok(None) };
        text.parse().map(Some).map_err(|_| Invalid::new(name, problem))
    }
}

/// Percent-decoding of a form (`+` is a space), strict about UTF-8.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |b: Option<u8>| char::from(b?).to_digit(16);
                let (high, low) = (digit(rest.next())?, digit(rest.next())?);
                u8::try_from(16 * high + low).ok()?
            }
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(query: &str) -> String {
        Params::parse(query, &["q", "limit"]).err().unwrap().field
    }

    #[test]
    fn unknown_repeated_and_unreadable_parameters_are_refused_by_name() {
        assert_eq!(field("limit=1&x=2"), "x");
        assert_eq!(field("limit=1&limit=1"), "limit");
        assert_eq!(field("q=%ff"), "q");
        assert_eq!(field("q=%zz"), "q");
        assert_eq!(field("q=a%00"), "q");
        assert_eq!(field("%71=a&q=b"), "q");
    }

    #[test]
    fn values_are_read_by_kind() {
        let params = Params::parse("q=J%C3%B5e+%C3%A4%C3%A4r&limit=7", &["q", "limit"]).unwrap();
        assert_eq!(params.text("q"), Some("Jõe äär"));
        assert_eq!(params.whole("limit", 1..=9).unwrap(), Some(7));
        assert!(params.whole("limit", 1..=5).is_err() && params.flag("limit").is_err());
    }
}
