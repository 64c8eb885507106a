//! A support as a steward writes it: a GeoJSON feature, read strictly.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::{Amount, Channel, Frequency, Schedule, Status, SupportDetails};
use crate::category::category;
use crate::hours::Hours;
use crate::{Invalid, LonLat};

/// What a steward wrote down.
#[derive(Debug, Clone, PartialEq)]
pub struct WrittenSupport {
    /// Where it is.
    pub location: Option<LonLat>,
    /// Everything else, without a source.
    pub details: SupportDetails,
}

/// Properties that answers have and nobody writes: whoever reads a feature may send it back changed.
const NOT_WRITTEN: [&str; 9] = [
    "source",
    "source_id",
    "updated_at",
    "missing_since",
    "version",
    "open",
    "next_change",
    "distance_m",
    "walking_minutes",
];
/// Longest name and other line, and longest description, in characters.
const LINE: usize = 300;
const TEXT: usize = 5_000;
/// Most places in a week: more is a slip of the finger.
const MOST_PLACES: u32 = 1_000_000;
/// How many schedules, languages and terms it may have.
const MANY: usize = 50;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Feature {
    r#type: String,
    #[serde(default)]
    id: Option<String>,
    geometry: Option<Value>,
    properties: Map<String, Value>,
}

/// Reads a feature.
///
/// # Errors
/// The first member that breaks a rule, with its path. A field that is not named has nothing said in it.
pub fn parse(json: &[u8]) -> Result<WrittenSupport, ParseError> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let feature: Feature = serde_path_to_error::deserialize(&mut deserializer).map_err(|e| wrong(&e))?;
    deserializer.end().map_err(|e| ParseError::Malformed(Invalid::new("", e.to_string())))?;
    drop(feature.id);
    if feature.r#type != "Feature" {
        return Err(Invalid::new("type", "must be Feature").into());
    }
    let mut properties = feature.properties;
    properties.retain(|name, _| !NOT_WRITTEN.contains(&name.as_str()));
    let known = fields();
    if let Some(unknown) = properties.keys().find(|name| !known.contains_key(*name)) {
        return Err(Invalid::new(format!("properties.{unknown}"), "is not a property of a support").into());
    }
    let names_form = properties.contains_key("form");
    let details = serde_path_to_error::deserialize::<_, SupportDetails>(Value::Object(properties));
    let mut details =
        details.map_err(|e| Invalid::new(e.path().to_string(), e.inner().to_string()).under("properties"))?;
    check(&details).map_err(|e| e.under("properties"))?;
    if details.category.is_empty() {
        details.form.as_str().clone_into(&mut details.category);
    } else if let (false, Some(category)) = (names_form, category(&details.category)) {
        details.form = category.form;
    }
    let location = feature.geometry.as_ref().map(position).transpose()?;
    if location.is_none() && details.channel == Channel::Place && !details.confidential {
        return Err(Invalid::new(
            "geometry",
            "is needed unless it is online, on the telephone or confidential",
        )
        .into());
    }
    Ok(WrittenSupport { location, details })
}

/// What is wrong with a feature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ParseError {
    /// It is not JSON.
    #[error(transparent)]
    Malformed(Invalid),
    /// It is JSON and breaks a rule.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

fn wrong(error: &serde_path_to_error::Error<serde_json::Error>) -> ParseError {
    let path = error.path().to_string();
    let text = error.inner().to_string();
    let text = text.split(" at line ").next().unwrap_or_default();
    let invalid = Invalid::new(if path == "." { String::new() } else { path }, text);
    if error.inner().is_data() { ParseError::Invalid(invalid) } else { ParseError::Malformed(invalid) }
}

/// The fields that there are.
/// Every name that may stand among the properties of what [`parse`] reads: what it keeps, and what answers say besides.
#[must_use]
pub fn property_names() -> BTreeSet<String> {
    fields().into_iter().map(|(name, _)| name).chain(NOT_WRITTEN.map(str::to_owned)).collect()
}

fn fields() -> Map<String, Value> {
    match serde_json::to_value(SupportDetails::default()) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Point {
    r#type: String,
    coordinates: [f64; 2],
}

fn position(geometry: &Value) -> Result<LonLat, Invalid> {
    let point = Point::deserialize(geometry).ok().filter(|p| p.r#type == "Point");
    let point = point.ok_or_else(|| Invalid::new("geometry", "must be null or a Point"))?;
    let [lon, lat] = point.coordinates;
    LonLat::new(lon, lat).map_err(|e| e.under("geometry.coordinates"))
}

fn check(details: &SupportDetails) -> Result<(), Invalid> {
    let d = details;
    for (name, text, most) in [
        ("name", &d.name, LINE),
        ("organisation", &d.organisation, LINE),
        ("description", &d.description, TEXT),
        ("eligibility", &d.eligibility, TEXT),
        ("opening_hours", &d.opening_hours, 2_000),
        ("address", &d.address, LINE),
        ("phone", &d.phone, LINE),
        ("email", &d.email, LINE),
        ("website", &d.website, 1_000),
    ] {
        if let Some(text) = text {
            fits(name, text, most)?;
        }
    }
    fits_name("category", &d.category)?;
    let url = d.website.as_deref().is_none_or(|u| u.starts_with("https://") || u.starts_with("http://"));
    let email = d
        .email
        .as_deref()
        .is_none_or(|e| e.split_once('@').is_some_and(|(a, b)| !a.is_empty() && !b.is_empty()));
    let wheelchair = d.wheelchair.as_deref().is_none_or(|w| matches!(w, "yes" | "limited" | "no"));
    let hours = d.opening_hours.as_deref().is_none_or(|hours| Hours::parse(hours, None).is_ok());
    for (good, field, problem) in [
        (url, "website", "must begin with https:// or http://"),
        (email, "email", "must be an e-mail address"),
        (wheelchair, "wheelchair", "must be yes, limited or no"),
        (hours, "opening_hours", "is not in the OpenStreetMap syntax, such as Mo-Fr 10:00-18:00"),
        (
            d.since.as_deref().is_none_or(is_since),
            "since",
            "must be a year, a month or a day such as 2019-05",
        ),
        (
            d.price_amount.as_ref().is_none_or(is_amount),
            "price_amount",
            "must be a decimal number and a currency such as EUR",
        ),
        (
            d.capacity.is_none_or(|places| places <= MOST_PLACES),
            "capacity",
            "must be at most 1000000 places in a week",
        ),
        (
            d.closing_on.is_none() || matches!(d.status, Status::Closing | Status::Closed),
            "closing_on",
            "needs the status closing or closed",
        ),
    ] {
        if !good {
            return Err(Invalid::new(field, problem));
        }
    }
    check_lists(d)
}

fn check_lists(d: &SupportDetails) -> Result<(), Invalid> {
    for (name, count) in
        [("languages", d.languages.len()), ("schedules", d.schedules.len()), ("terms", d.terms.len())]
    {
        if count > MANY {
            return Err(Invalid::new(name, "has too many entries; at most 50"));
        }
    }
    for (i, code) in d.languages.iter().enumerate() {
        if !matches!(code.len(), 2 | 3) || !code.bytes().all(|b| b.is_ascii_lowercase()) {
            return Err(Invalid::new(
                format!("languages[{i}]"),
                "must be a language's code such as et (ISO 639)",
            ));
        }
    }
    for (i, term) in d.terms.iter().enumerate() {
        for (name, text) in [("taxonomy", &term.taxonomy), ("id", &term.id), ("name", &term.name)] {
            fits(name, text, LINE).map_err(|e| e.under(&format!("terms[{i}]")))?;
        }
    }
    for (i, schedule) in d.schedules.iter().enumerate() {
        check_schedule(schedule).map_err(|e| e.under(&format!("schedules[{i}]")))?;
    }
    Ok(())
}

fn check_schedule(schedule: &Schedule) -> Result<(), Invalid> {
    let s = schedule;
    let weekly_nth = s.freq == Frequency::Weekly && s.byday.iter().any(|day| day.nth.is_some());
    for (good, field, problem) in [
        ((1..=520).contains(&s.interval), "interval", "must be a whole number from 1 to 520"),
        (s.byday.len() <= MANY, "byday", "has too many entries; at most 50"),
        (!weekly_nth, "byday", "names the nth weekday of a month, which needs freq MONTHLY"),
        (
            s.bymonthday.len() <= 31 && s.bymonthday.iter().all(|n| (1..=31).contains(&n.abs())),
            "bymonthday",
            "must be days of a month, from 1 or from its end −1",
        ),
        (s.dtstart.zip(s.until).is_none_or(|(a, b)| a <= b), "until", "must not be before dtstart"),
        (s.opens_at.is_some() == s.closes_at.is_some(), "closes_at", "is given together with opens_at"),
    ] {
        if !good {
            return Err(Invalid::new(field, problem));
        }
    }
    s.description.as_deref().map_or(Ok(()), |text| fits("description", text, TEXT))
}

fn fits(field: &str, text: &str, most: usize) -> Result<(), Invalid> {
    if text.trim().is_empty() {
        return Err(Invalid::new(field, "must say something, or be null"));
    }
    if text.chars().count() > most {
        return Err(Invalid::new(field, format!("must have at most {most} characters")));
    }
    if text.chars().any(|c| c.is_control() && c != '\n') {
        return Err(Invalid::new(field, "must not contain control characters"));
    }
    Ok(())
}

fn fits_name(field: &str, name: &str) -> Result<(), Invalid> {
    let letters = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
    if letters && name.len() <= 60 { Ok(()) } else { Err(Invalid::new(field, "must be a-z, 0-9 and _")) }
}

/// Whether this is a year, a month or a day.
pub fn is_since(date: &str) -> bool {
    let full = match date.len() {
        4 => format!("{date}-01-01"),
        7 => format!("{date}-01"),
        _ => date.to_owned(),
    };
    date.is_ascii() && full.len() == 10 && full.parse::<jiff::civil::Date>().is_ok()
}

/// Whether this is a decimal number and the code of a currency.
pub fn is_amount(amount: &Amount) -> bool {
    let digits = |part: &str| (1..=9).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let decimal = match amount.amount.split_once('.') {
        Some((whole, part)) => digits(whole) && digits(part),
        None => digits(&amount.amount),
    };
    decimal && amount.currency.len() == 3 && amount.currency.bytes().all(|b| b.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::support::Form;

    fn feature(properties: &Value) -> Value {
        json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [24.3, 58.9]}, "properties": properties})
    }

    fn read(feature: &Value) -> Result<WrittenSupport, ParseError> {
        parse(feature.to_string().as_bytes())
    }

    #[test]
    fn a_feature_that_was_read_may_be_sent_back() {
        let written =
            read(&feature(&json!({"name": "Õnne maja", "category": "library", "open": true, "version": 3,
            "languages": ["et"], "opening_hours": "Mo-Th, Su 10:00-18:00", "distance_m": 7.5})))
            .unwrap();
        assert_eq!(
            (written.details.form, written.details.name.as_deref()),
            (Form::Library, Some("Õnne maja"))
        );
        let own = read(&feature(&json!({"form": "peer_group"}))).unwrap();
        assert_eq!(own.details.category, "peer_group");
    }

    #[test]
    fn what_is_wrong_is_named() {
        for (properties, field) in [
            (json!({"colour": "red"}), "properties.colour"),
            (json!({"name": ""}), "properties.name"),
            (json!({"name": "a\u{0}"}), "properties.name"),
            (json!({"name": "x".repeat(301)}), "properties.name"),
            (json!({"form": "castle"}), "properties.form"),
            (json!({"website": "javascript:alert(1)"}), "properties.website"),
            (json!({"email": "nobody"}), "properties.email"),
            (json!({"wheelchair": "maybe"}), "properties.wheelchair"),
            (json!({"opening_hours": "sometimes"}), "properties.opening_hours"),
            (json!({"since": "long ago"}), "properties.since"),
            (json!({"price_amount": {"amount": "2,5", "currency": "EUR"}}), "properties.price_amount"),
            (json!({"capacity": 1_000_001}), "properties.capacity"),
            (json!({"capacity": 2.5}), "properties.capacity"),
            (json!({"closing_on": "2026-12-31"}), "properties.closing_on"),
            (json!({"languages": ["Estonian"]}), "properties.languages[0]"),
            (json!({"schedules": [{"freq": "DAILY"}]}), "properties.schedules[0].freq"),
            (json!({"schedules": [{"interval": 0}]}), "properties.schedules[0].interval"),
            (json!({"schedules": [{"byday": ["2TU"]}]}), "properties.schedules[0].byday"),
            (json!({"schedules": [{"opens_at": "10:00"}]}), "properties.schedules[0].closes_at"),
            (json!({"category": "Café"}), "properties.category"),
        ] {
            match read(&feature(&properties)).unwrap_err() {
                ParseError::Invalid(invalid) => assert_eq!(invalid.field, field, "{properties}"),
                ParseError::Malformed(invalid) => panic!("{properties}: {invalid}"),
            }
        }
        assert!(matches!(parse(b"{"), Err(ParseError::Malformed(_))));
        let nowhere = json!({"type": "Feature", "geometry": null, "properties": {}});
        assert!(matches!(read(&nowhere), Err(ParseError::Invalid(i)) if i.field == "geometry"));
        let line = json!({"type": "Feature", "geometry": null, "properties": {"channel": "telephone"}});
        assert_eq!(read(&line).unwrap().location, None);
    }
}
