//! The `datetime` parameter (OGC API Features Part 1, 7.15.4): an instant, a day, or an interval that may be open
//! or measured by a duration.

use engine::Invalid;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp};

/// A time that is asked about; `None` is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    from: Option<Timestamp>,
    /// The end is part of it.
    to: Option<Timestamp>,
}

/// One end: where it begins and where it ends, since a day is no instant.
#[derive(Clone, Copy)]
struct End {
    first: Timestamp,
    last: Timestamp,
}

impl Interval {
    /// Reads an interval.
    ///
    /// # Errors
    /// Field `datetime`.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let Some((from, to)) = text.split_once('/') else {
            let end = end(text)?;
            return Ok(Self { from: Some(end.first), to: Some(end.last) });
        };
        let open = |text: &str| text.is_empty() || text == "..";
        let (from, to) = match (from, to) {
            (from, to) if open(from) && open(to) => (None, None),
            (from, to) if open(from) => (None, Some(end(to)?.last)),
            (from, to) if open(to) => (Some(end(from)?.first), None),
            (from, to) if to.starts_with('P') => {
                let first = end(from)?.first;
                (Some(first), Some(moved(first, to, 1)?))
            }
            (from, to) if from.starts_with('P') => {
                let end = end(to)?;
                (Some(moved(end.first, from, -1)?), Some(end.last))
            }
            (from, to) => (Some(end(from)?.first), Some(end(to)?.last)),
        };
        // One that ends before it begins holds nothing, which `meets` says by itself.
        Ok(Self { from, to })
    }

    /// Whether what lasts from one instant to another touches it.
    pub fn meets(&self, first: Timestamp, last: Timestamp) -> bool {
        let empty = self.from.zip(self.to).is_some_and(|(from, to)| from > to);
        !empty && self.from.is_none_or(|from| last >= from) && self.to.is_none_or(|to| first <= to)
    }
}

/// From the first to the last microsecond of an instant (`…T…Z`) or a day (`YYYY-MM-DD`, UTC); `None` for anything else.
pub fn span_of(text: &str) -> Option<(Timestamp, Timestamp)> {
    end(text).ok().map(|end| (end.first, end.last))
}

fn wrong(problem: &str) -> Invalid {
    Invalid::new("datetime", problem)
}

fn end(text: &str) -> Result<End, Invalid> {
    let unreadable =
        || wrong("must be a time such as 2026-03-01T18:00:00Z, a day, or two of them with a slash between");
    if text.len() == 10 {
        let day: Date = text.parse().map_err(|_| unreadable())?;
        let first = day.to_zoned(TimeZone::UTC).map_err(|_| unreadable())?.timestamp();
        let length = SignedDuration::from_hours(24) - SignedDuration::from_micros(1);
        return Ok(End { first, last: first.checked_add(length).map_err(|_| unreadable())? });
    }
    // A plus sign that was not percent-encoded arrives as a space.
    let instant: Timestamp =
        text.parse().or_else(|_| text.replace(' ', "+").parse()).map_err(|_| unreadable())?;
    Ok(End { first: instant, last: instant })
}

fn moved(from: Timestamp, duration: &str, sign: i64) -> Result<Timestamp, Invalid> {
    let span: Span =
        duration.parse().map_err(|_| wrong("has a duration that cannot be read, such as P2D"))?;
    let far = |_| wrong("reaches too far");
    let zoned = from.to_zoned(TimeZone::UTC);
    let moved = if sign < 0 { zoned.checked_sub(span) } else { zoned.checked_add(span) };
    Ok(moved.map_err(far)?.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn instants_days_open_intervals_and_durations_are_read() {
        let noon = at("2026-03-01T12:00:00Z");
        for (text, inside) in [
            ("2026-03-01T12:00:00Z", true),
            ("2026-03-01T14:00:00+02:00", true),
            ("2026-03-01", true),
            ("2026-03-02", false),
            ("2026-02-28/2026-03-01", true),
            ("../2026-02-28", false),
            ("../2026-03-01", true),
            ("/2026-03-01T12:00:00Z", true),
            ("2026-03-01T12:00:01Z/..", false),
            ("2026-02-28/", true),
            ("2026-02-27/P2D", false),
            ("2026-02-28/P2D", true),
            ("P2D/2026-03-03", true),
            ("../..", true),
            ("2026-03-02/2026-02-28", false),
        ] {
            assert_eq!(Interval::parse(text).unwrap().meets(noon, noon), inside, "{text}");
        }
    }

    #[test]
    fn what_is_no_interval_is_refused() {
        for text in ["", "now", "2026-13-01", "2026-03-01/P2X", "P1D/P1D", "a/b/c", "2026-03-01/P9999999Y"] {
            assert_eq!(Interval::parse(text).unwrap_err().field, "datetime", "{text}");
        }
    }
}
