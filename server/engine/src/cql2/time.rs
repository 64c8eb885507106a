//! Instants and intervals: how they are read and how they relate.

use std::cmp::Ordering;

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

use super::{Expr, TemporalFunction};

/// A date by RFC 3339.
pub(super) fn date(text: &str) -> Option<Date> {
    let b = text.as_bytes();
    let shape = b.len() == 10 && b[4] == b'-' && b[7] == b'-';
    if shape { text.parse().ok() } else { None }
}

/// A timestamp by RFC 3339.
pub(super) fn timestamp(text: &str) -> Option<Timestamp> {
    let b = text.as_bytes();
    let shape = b.len() > 10 && b.len() <= 40 && b[4] == b'-' && b[7] == b'-' && matches!(b[10], b'T' | b't');
    if shape { text.parse().ok() } else { None }
}

/// A date, a timestamp or `..`.
pub(super) fn end_of_interval(text: &str) -> Option<Expr> {
    if text == ".." {
        return Some(Expr::Open);
    }
    date(text).map(Expr::Date).or_else(|| timestamp(text).map(Expr::Timestamp))
}

/// A stretch of time that is one instant for the one who named it: a point, or a day in UTC. Nanoseconds since
/// 1970, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Instant {
    first: i128,
    last: i128,
}

impl From<Timestamp> for Instant {
    fn from(at: Timestamp) -> Self {
        Self { first: at.as_nanosecond(), last: at.as_nanosecond() }
    }
}

impl From<Date> for Instant {
    fn from(day: Date) -> Self {
        const DAY: i128 = 86_400_000_000_000;
        // The first and last days that there are may not begin within what a timestamp can be.
        let first = match day.to_zoned(TimeZone::UTC) {
            Ok(zoned) => zoned.timestamp().as_nanosecond(),
            Err(_) if day.year() < 0 => i128::MIN / 2,
            Err(_) => i128::MAX / 2,
        };
        Self { first, last: first + DAY - 1 }
    }
}

impl Instant {
    /// Before the beginning of all others.
    pub(super) const EVER: Self = Self { first: i128::MIN, last: i128::MIN };
    /// After the end of all others.
    pub(super) const NEVER: Self = Self { first: i128::MAX, last: i128::MAX };

    /// Before, after, or at the same time as far as the coarser of them can tell.
    pub(super) fn order(self, other: Self) -> Ordering {
        if self.last < other.first {
            Ordering::Less
        } else if self.first > other.last {
            Ordering::Greater
        } else {
            Ordering::Equal
        }
    }
}

impl TemporalFunction {
    /// Whether it is defined for instants too, not for intervals alone.
    pub(super) fn takes_instants(self) -> bool {
        matches!(self, Self::After | Self::Before | Self::Disjoint | Self::Equals | Self::Intersects)
    }

    /// Whether it holds for two intervals, both with their ends; an instant is one that ends as it begins.
    ///
    /// # Notes
    /// The relations of intervals of the Time Ontology in OWL (Allen 1983, doi:10.1145/182.358434).
    pub(super) fn holds(self, a: [Instant; 2], b: [Instant; 2]) -> bool {
        use Ordering::{Equal, Greater, Less};
        let starts = a[0].order(b[0]);
        let ends = a[1].order(b[1]);
        let before = a[1].order(b[0]);
        let after = a[0].order(b[1]);
        match self {
            Self::After => after == Greater,
            Self::Before => before == Less,
            Self::Disjoint => after == Greater || before == Less,
            Self::Intersects => after != Greater && before != Less,
            Self::Equals => starts == Equal && ends == Equal,
            Self::Contains => starts == Less && ends == Greater,
            Self::During => starts == Greater && ends == Less,
            Self::FinishedBy => starts == Less && ends == Equal,
            Self::Finishes => starts == Greater && ends == Equal,
            Self::Meets => before == Equal,
            Self::MetBy => after == Equal,
            Self::OverlappedBy => starts == Greater && after == Less && ends == Greater,
            Self::Overlaps => starts == Less && before == Greater && ends == Less,
            Self::StartedBy => starts == Equal && ends == Greater,
            Self::Starts => starts == Equal && ends == Less,
        }
    }
}
