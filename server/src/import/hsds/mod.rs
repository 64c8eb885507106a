//! Supports from HSDS 3.x (Human Services Data Specification): JSON as its API answers it, and tables of CSV.
//!
//! Tables are first put together as the JSON would nest them, so that `service` alone knows what a record says.

mod document;
mod nest;
mod schedule;
mod service;

use jiff::civil::Date;
use serde_json::Value;

use super::tables::Tables;
use super::{Found, ImportError, Report};

pub use document::looks_like;
pub(super) use schedule::weekday;

/// The prefix of the names of our profile's own taxonomies.
pub const PROFILE: &str = "stead:";

/// Reads JSON: a service, a service at a location, an organisation with services, a list or a page of these, one
/// a line, or tables in one object.
///
/// # Errors
/// When it is not JSON or none of these.
pub(super) fn json(text: &[u8], today: Date, report: &mut Report) -> Result<Vec<Found>, ImportError> {
    Ok(services(&document::services(text, report)?, today, report))
}

/// Reads tables.
///
/// # Errors
/// When there is no table of services.
pub(super) fn tables(tables: &Tables, today: Date, report: &mut Report) -> Result<Vec<Found>, ImportError> {
    Ok(services(&nest::services(tables)?, today, report))
}

/// Reads services that are nested as HSDS does it.
pub(super) fn services(services: &[Value], today: Date, report: &mut Report) -> Vec<Found> {
    report.read += services.len();
    services.iter().flat_map(|one| service::read(one, today, report)).collect()
}

/// The text of a member, if there is any.
fn text<'a>(value: &'a Value, name: &str) -> Option<&'a str> {
    value.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty())
}

/// The members of a list; none if there is no list.
fn list<'a>(value: &'a Value, name: &str) -> &'a [Value] {
    value.get(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}

/// A number, also one that is written as a text.
fn number(value: &Value, name: &str) -> Option<f64> {
    match value.get(name)? {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => super::spreadsheet::number(text),
        _ => None,
    }
}
