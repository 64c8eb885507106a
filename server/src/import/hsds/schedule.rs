//! Schedules of HSDS as ours. What cannot be said in ours is not said at all: half a rule would be a wrong one.

use engine::support::Schedule;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::text;

/// Members that narrow a rule in ways that we do not know.
const NARROWER: [&str; 3] = ["byweekno", "byyearday", "count"];

/// Reads a schedule.
///
/// # Returns
/// Nothing for one that ended or says no time.
///
/// # Errors
/// Why it is left out.
pub fn read(value: &Value, today: Date) -> Result<Option<Schedule>, &'static str> {
    if NARROWER.iter().any(|name| value.get(*name).is_some_and(|v| !v.is_null() && v != "")) {
        return Err(
            "a schedule by week or day of the year, or by count, cannot be kept: its hours are unknown",
        );
    }
    let end = text(value, "until").or_else(|| text(value, "valid_to"));
    if end.and_then(day).is_some_and(|end| end < today) {
        return Ok(None);
    }
    let byday = text(value, "byday").map(|days| days.split(',').map(str::trim).collect::<Vec<_>>());
    if text(value, "opens_at").is_none() || (text(value, "freq").is_none() && byday.is_none()) {
        return Ok(None);
    }
    let mut members = Map::new();
    if let Some(freq) = text(value, "freq") {
        members.insert("freq".to_owned(), json!(freq.to_ascii_uppercase()));
    }
    if let Some(interval) = super::number(value, "interval") {
        members.insert("interval".to_owned(), json!(whole(interval)));
    }
    if let Some(days) = byday {
        members.insert("byday".to_owned(), json!(days));
    }
    if let Some(days) = text(value, "bymonthday") {
        let days: Option<Vec<i8>> = days.split(',').map(|day| day.trim().parse().ok()).collect();
        members.insert("bymonthday".to_owned(), json!(days));
    }
    let start = text(value, "dtstart").or_else(|| text(value, "valid_from")).and_then(day);
    members.insert("dtstart".to_owned(), json!(start));
    members.insert("until".to_owned(), json!(end.and_then(day)));
    for name in ["opens_at", "closes_at"] {
        members.insert(name.to_owned(), json!(text(value, name).map(clock)));
    }
    members.insert("description".to_owned(), json!(text(value, "description")));
    let wrong = "a schedule is not by the rules of HSDS: its hours are unknown";
    let schedule = Schedule::deserialize(Value::Object(members)).map_err(|_| wrong)?;
    let nothing_said =
        schedule.byday.is_empty() && schedule.bymonthday.is_empty() && schedule.dtstart.is_none();
    let right = schedule.opens_at.is_some() == schedule.closes_at.is_some()
        && (1..=520).contains(&schedule.interval)
        && schedule.bymonthday.iter().all(|n| (1..=31).contains(&n.abs()));
    match (nothing_said, right) {
        (true, _) => Ok(None),
        (_, false) => Err(wrong),
        _ => Ok(Some(schedule)),
    }
}

/// A whole number of at most three digits; 0, which no schedule may have, for any other one.
fn whole(number: f64) -> u16 {
    (1..=520_u16).find(|n| (f64::from(*n) - number).abs() < f64::EPSILON).unwrap_or_default()
}

/// The day of a date, or of a date with a time.
fn day(text: &str) -> Option<Date> {
    text.get(..10).unwrap_or(text).parse().ok()
}

/// `HH:MM` of a time with seconds or an offset: all schedules keep the community's clocks.
fn clock(text: &str) -> &str {
    text.get(..5).unwrap_or(text)
}

/// The code of a weekday by its English name or its number from Monday.
pub fn weekday(name: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 7] = [
        ("mon", "MO"),
        ("tue", "TU"),
        ("wed", "WE"),
        ("thu", "TH"),
        ("fri", "FR"),
        ("sat", "SA"),
        ("sun", "SU"),
    ];
    let name = name.trim().to_ascii_lowercase();
    let number = name.parse::<usize>().ok().and_then(|n| NAMES.get(n.checked_sub(1)?));
    number.or_else(|| NAMES.iter().find(|(start, _)| name.starts_with(start))).map(|(_, code)| *code)
}
