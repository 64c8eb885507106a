//! Opening hours in the OpenStreetMap syntax, by the crate `opening-hours`.

use std::sync::Arc;

use jiff::civil::{Date, DateTime, Time};
use opening_hours::localization::Country as HolidayCountry;
use opening_hours::{Context, OpeningHours, RuleKind};
use opening_hours_syntax::rules::{OpeningHoursExpression, RuleOperator};

use super::repair::repaired;
use super::{Span, State};
use crate::Invalid;
use crate::community::Country;

/// Longest value that is read, in bytes; the longest in a whole country are around 700.
const MOST: usize = 2_000;
/// Values that depend on the sun are not evaluated: without the place's own sun they would be off by hours.
const SUN: [&str; 4] = ["sunrise", "sunset", "dawn", "dusk"];

/// Opening hours that were understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Hours {
    /// None when only words say when it is open.
    rules: Option<Arc<OpeningHours>>,
}

impl Hours {
    /// Reads a value with a country's public and school holidays.
    ///
    /// # Errors
    /// When it is not in the syntax and cannot be repaired.
    ///
    /// # Notes
    /// A comment without hours, such as `"by appointment"`, says that nobody knows, not that it is open.
    pub fn parse(value: &str, country: Option<Country>) -> Result<Self, Invalid> {
        let wrong = || Invalid::new("opening_hours", "is not in the OpenStreetMap syntax");
        if value.len() > MOST {
            return Err(wrong());
        }
        let rules: OpeningHours = repaired(value).parse().map_err(|_| wrong())?;
        if SUN.iter().any(|event| value.contains(event)) {
            return Ok(Self { rules: None });
        }
        let rules = as_meant(rules, value).ok_or_else(wrong)?;
        let country = country.and_then(|c| c.as_str().parse::<HolidayCountry>().ok());
        let context = country.map_or_else(Context::default, |country| {
            // School holidays differ within a country, and so do regional ones: whether those apply is unknown.
            Context::default()
                .with_holidays(country.holidays())
                .with_holidays_unknown(country.holidays_regional())
        });
        Ok(Self { rules: Some(Arc::new(rules.with_context(context))) })
    }

    /// What it is from an instant to another, without gaps.
    pub fn spans(&self, from: DateTime, to: DateTime) -> Vec<Span> {
        let (Some(rules), Some(start), Some(end)) = (&self.rules, naive(from), naive(to)) else {
            return vec![Span { start: from, end: to, state: State::Unknown }];
        };
        let spans = rules.iter_range(start, end).filter_map(|range| {
            let state = match range.kind {
                RuleKind::Open => State::Open,
                RuleKind::Unknown => State::Unknown,
                RuleKind::Closed => State::Closed,
            };
            Some(Span { start: civil(range.range.start)?, end: civil(range.range.end)?, state })
        });
        spans.collect()
    }
}

/// The rules as they are meant: see [`doubt_words`] and [`keep_nights_whole`].
fn as_meant(rules: OpeningHours, value: &str) -> Option<OpeningHours> {
    let mut expression = (*rules.get_expression()).clone();
    doubt_words(&mut expression, value);
    keep_nights_whole(&mut expression);
    if expression == *rules.get_expression() { Some(rules) } else { expression.to_string().parse().ok() }
}

/// A rule with a comment but neither hours nor the word `open` says that nobody knows.
fn doubt_words(expression: &mut OpeningHoursExpression, value: &str) {
    let said_open = value.split('"').step_by(2).any(|part| part.contains("open") || part.contains("24"));
    for rule in expression.rules.iter_mut().filter(|_| !said_open) {
        let words_alone = !rule.comment.is_empty() && rule.time_selector.to_string() == "00:00-24:00";
        if rule.kind == RuleKind::Open && words_alone {
            rule.kind = RuleKind::Unknown;
        }
    }
}

/// In `Mo-Fr 11:00-23:00; Sa,Su 12:00-02:00`, Sunday's night goes on until two on Monday, although another rule
/// has Monday. The crate cuts it off at midnight. Where no two rules speak of one weekday, adding them up means
/// the same and keeps the nights whole.
fn keep_nights_whole(expression: &mut OpeningHoursExpression) {
    let mut spoken_of = 0;
    for (i, rule) in expression.rules.iter_mut().enumerate() {
        let Some(days) = weekdays(&rule.day_selector.to_string()) else { return };
        let plain = rule.kind == RuleKind::Open && rule.operator == RuleOperator::Normal;
        if !plain || days & spoken_of != 0 {
            return;
        }
        spoken_of |= days;
        if i > 0 {
            rule.operator = RuleOperator::Additional;
        }
    }
}

/// The days of a selector such as `Mo-We,Fr`, one bit each; none when it says anything else.
fn weekdays(selector: &str) -> Option<u8> {
    let number =
        |day: &str| ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"].iter().position(|known| *known == day);
    selector.split(',').try_fold(0_u8, |days, part| {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let (first, last) = (number(first)?, number(last)?);
        let count = (last + 7 - first) % 7;
        Some((0..=count).fold(days, |days, n| days | 1 << ((first + n) % 7)))
    })
}

fn naive(at: DateTime) -> Option<chrono::NaiveDateTime> {
    let (date, time) = (at.date(), at.time());
    let part = |n: i8| u32::try_from(n).ok();
    chrono::NaiveDate::from_ymd_opt(i32::from(date.year()), part(date.month())?, part(date.day())?)?
        .and_hms_opt(part(time.hour())?, part(time.minute())?, part(time.second())?)
}

fn civil(at: chrono::NaiveDateTime) -> Option<DateTime> {
    use chrono::{Datelike, Timelike};
    let part = |n: u32| i8::try_from(n).ok();
    let date = Date::new(i16::try_from(at.year()).ok()?, part(at.month())?, part(at.day())?).ok()?;
    let time = Time::new(part(at.hour())?, part(at.minute())?, part(at.second())?, 0).ok()?;
    Some(date.to_datetime(time))
}
