//! Hours that repeat by a rule, beside opening hours by the week: every second Tuesday, the first of a month.

use std::fmt;
use std::str::FromStr;

use jiff::civil::{Date, Time, Weekday};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::named::named;
use crate::Invalid;

named! {
    /// In which unit a schedule repeats.
    #[derive(Default)]
    Frequency {
        /// By weeks.
        #[default]
        Weekly = "WEEKLY",
        /// By months.
        Monthly = "MONTHLY",
    }
}

/// A weekday, in a month perhaps the nth or the nth from the end: `MO`, `2TU`, `-1FR`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ByDay {
    /// 1 to 5 from the beginning of the month, −1 to −5 from its end; without it every one.
    pub nth: Option<i8>,
    /// The weekday.
    pub weekday: Weekday,
}

const WEEKDAYS: [(&str, Weekday); 7] = [
    ("MO", Weekday::Monday),
    ("TU", Weekday::Tuesday),
    ("WE", Weekday::Wednesday),
    ("TH", Weekday::Thursday),
    ("FR", Weekday::Friday),
    ("SA", Weekday::Saturday),
    ("SU", Weekday::Sunday),
];

impl fmt::Display for ByDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(nth) = self.nth {
            write!(f, "{nth}")?;
        }
        let (name, _) = WEEKDAYS[usize::from(self.weekday.to_monday_zero_offset().unsigned_abs())];
        f.write_str(name)
    }
}

impl FromStr for ByDay {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        let wrong =
            || Invalid::new("", "must be a weekday such as MO, or the nth of a month such as 2TU or -1FR");
        let split = text.len().checked_sub(2).filter(|at| text.is_char_boundary(*at)).ok_or_else(wrong)?;
        let (nth, name) = text.split_at(split);
        let (_, weekday) = WEEKDAYS.into_iter().find(|(known, _)| *known == name).ok_or_else(wrong)?;
        let nth = match nth {
            "" => None,
            nth => Some(nth.parse::<i8>().ok().filter(|n| matches!(n.abs(), 1..=5)).ok_or_else(wrong)?),
        };
        Ok(Self { nth, weekday })
    }
}

impl Serialize for ByDay {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ByDay {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|e: Invalid| serde::de::Error::custom(e.problem))
    }
}

/// Hours that repeat by a rule in the manner of an iCalendar recurrence, as HSDS schedules do. The times are
/// the community's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Schedule {
    /// In which unit it repeats.
    pub freq: Frequency,
    /// Every so many units, counted from `dtstart`.
    pub interval: u16,
    /// On these weekdays; without them on the weekday of `dtstart`, or in a month on `bymonthday`.
    pub byday: Vec<ByDay>,
    /// On these days of the month, −1 the last.
    pub bymonthday: Vec<i8>,
    /// The first day on which it may happen.
    pub dtstart: Option<Date>,
    /// The last day on which it may happen.
    pub until: Option<Date>,
    /// When it begins.
    #[serde(with = "clock")]
    pub opens_at: Option<Time>,
    /// When it ends; not after the beginning means the next day.
    #[serde(with = "clock")]
    pub closes_at: Option<Time>,
    /// In words.
    pub description: Option<String>,
}

impl Default for Schedule {
    fn default() -> Self {
        Self {
            freq: Frequency::Weekly,
            interval: 1,
            byday: Vec::new(),
            bymonthday: Vec::new(),
            dtstart: None,
            until: None,
            opens_at: None,
            closes_at: None,
            description: None,
        }
    }
}

/// Times of day as `HH:MM`.
mod clock {
    use super::{Deserialize, Deserializer, Serializer, Time};

    #[expect(clippy::ref_option, reason = "serde's `with` calls it so")]
    pub fn serialize<S: Serializer>(time: &Option<Time>, serializer: S) -> Result<S::Ok, S::Error> {
        match time {
            Some(time) => serializer.collect_str(&time.strftime("%H:%M")),
            None => serializer.serialize_none(),
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Time>, D::Error> {
        let Some(text) = Option::<String>::deserialize(deserializer)? else { return Ok(None) };
        // The end of a day is the beginning of the next one.
        let text = if text.starts_with("24:00") { "00:00" } else { &text };
        let wrong = |_| serde::de::Error::custom("must be a time of day such as 09:30");
        text.parse().map(Some).map_err(wrong)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schedule_is_read_and_written_alike() {
        let json = r#"{"freq":"MONTHLY","interval":2,"byday":["2TU","-1FR"],"bymonthday":[],"dtstart":"2026-01-13","until":null,"opens_at":"17:00","closes_at":"19:30","description":"Every other month"}"#;
        let schedule: Schedule = serde_json::from_str(json).unwrap();
        assert_eq!(schedule.byday[0], ByDay { nth: Some(2), weekday: Weekday::Tuesday });
        assert_eq!(serde_json::to_string(&schedule).unwrap(), json);
        let ends: Schedule = serde_json::from_str(r#"{"closes_at":"24:00"}"#).unwrap();
        assert_eq!(ends.closes_at, Some(Time::midnight()));
    }

    #[test]
    fn what_is_no_weekday_is_refused() {
        for wrong in ["", "M", "XX", "6MO", "0MO", "2tu", "õMO", "--1MO"] {
            assert!(wrong.parse::<ByDay>().is_err(), "{wrong}");
        }
    }
}
