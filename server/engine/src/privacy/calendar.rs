//! When a release may be made: once in each half-year, from 1 March and from 1 September on.
//!
//! The specification refreshes on 1 March and on 1 September (§2.2), so that the date of a refresh tells of nothing
//! that has just happened, such as a withdrawal (§2.4). Here those days begin a half-year, and its one release may be
//! made on any day of it, because:
//!
//! * a steward presses the button. Nothing makes a release by itself, least of all a withdrawal. What a steward sees of
//!   people, how many invitations were used and which stories wait, could move them to choose a day: then the day tells
//!   of that, as other things do that are not drawn from a release (§2.3, "account channels"). Of who mapped what a
//!   steward sees nothing, and what was mapped in the last 30 days is in no release whatever its day;
//! * a window of some days would let a machine that was off, or a gate that a few people more would have opened, cost a
//!   whole half-year, and would tempt to hurry;
//! * the budget does not depend on the day: any 365 days hold at most ρ 0.20 (see [`ledger`](super::ledger)), so that
//!   a release late in one half-year puts off the next but one, never the other way round.
//!
//! Dates are in UTC.

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::ledger::{Entry, Layer, Request};

/// Why it is not time for a release.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotDue {
    /// The half-year has its release.
    #[error("the half-year from {since} has its release already; the next one may be made from {next}")]
    HalfYearTaken {
        /// When the half-year began.
        since: Date,
        /// When the next one begins.
        next: Date,
    },
    /// The ledger knows of a release in a half-year to come.
    #[error("the privacy ledger has a release of {ahead}, which is later than now, {now}; check the clock")]
    ClockWentBack {
        /// The half-year of that release.
        ahead: Date,
        /// What the clock says.
        now: Date,
    },
    /// The clock says what no calendar has.
    #[error("the clock is beyond the calendar; check it")]
    NoDate,
}

/// Whether it is time for a release.
///
/// # Parameters
///
/// * `existing`: every entry of the community's ledger, in any order.
/// * `request`: what is wanted. What is asked for on demand is not held to the calendar, only to the budget,
///   and does not take up a half-year.
///
/// # Errors
///
/// [`NotDue`] when another release was charged in this half-year, whether or not it came to be, or in a later
/// one. Tries of the start gate do not count.
pub fn due(existing: &[Entry], request: &Request) -> Result<(), NotDue> {
    if request.on_demand {
        return Ok(());
    }
    let now = day(request.at)?;
    let since = half_year(now);
    let drawn = |entry: &&Entry| {
        !entry.on_demand && entry.layer != Layer::StartGate && entry.release != request.release
    };
    let mut latest = None;
    for entry in existing.iter().filter(drawn) {
        latest = latest.max(Some(half_year(day(entry.at)?)));
    }
    match latest {
        Some(ahead) if ahead > since => Err(NotDue::ClockWentBack { ahead, now }),
        Some(taken) if taken == since => {
            let next = since.checked_add(6.months()).map_err(|_| NotDue::NoDate)?;
            Err(NotDue::HalfYearTaken { since, next })
        }
        _ => Ok(()),
    }
}

/// The first day of the half-year that a day is in.
fn half_year(day: Date) -> Date {
    match day.month() {
        1 | 2 => date(day.year() - 1, 9, 1),
        3..=8 => date(day.year(), 3, 1),
        _ => date(day.year(), 9, 1),
    }
}

fn day(microseconds: i64) -> Result<Date, NotDue> {
    let instant = Timestamp::from_microsecond(microseconds).map_err(|_| NotDue::NoDate)?;
    let day = instant.to_zoned(TimeZone::UTC).date();
    // The half-year of the first days of the calendar would begin before it.
    if day.year() > -9_999 { Ok(day) } else { Err(NotDue::NoDate) }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::privacy::accounting::Rho;

    fn micros(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_microsecond()
    }

    fn entry(release: u128, layer: Layer, at: &str, on_demand: bool) -> Entry {
        Entry {
            release: Uuid::from_u128(release),
            layer,
            sensitivity_squared: 8,
            sigma: 9,
            rho: Rho::ZERO,
            domain: [0; 32],
            at: micros(at),
            on_demand,
        }
    }

    fn ask(at: &str) -> Request {
        let release = Uuid::from_u128(99);
        Request { release, spends: Vec::new(), domain: [0; 32], at: micros(at), on_demand: false }
    }

    #[test]
    fn one_release_a_half_year_from_march_and_from_september() {
        let made = [entry(1, Layer::Cells, "2026-11-23T10:00:00Z", false)];
        let taken = Err(NotDue::HalfYearTaken { since: date(2026, 9, 1), next: date(2027, 3, 1) });
        for (at, expected) in [
            ("2026-09-01T00:00:00Z", taken.clone()),
            ("2027-01-15T00:00:00Z", taken.clone()),
            ("2027-02-28T23:59:59.999999Z", taken),
            ("2027-03-01T00:00:00Z", Ok(())),
            ("2030-01-01T00:00:00Z", Ok(())),
        ] {
            assert_eq!(due(&made, &ask(at)), expected, "{at}");
        }
    }

    #[test]
    fn tries_of_the_gate_and_what_was_made_on_demand_take_no_half_year() {
        let now = "2026-11-23T10:00:00Z";
        let others = [entry(1, Layer::StartGate, now, false), entry(2, Layer::Cells, now, true)];
        assert_eq!(due(&others, &ask(now)), Ok(()));
        let same = [entry(99, Layer::Totals, now, false)];
        assert_eq!(due(&same, &ask(now)), Ok(()), "one release has several layers");
        let scheduled = [entry(1, Layer::Totals, now, false)];
        assert_eq!(due(&scheduled, &Request { on_demand: true, ..ask(now) }), Ok(()));
    }

    #[test]
    fn a_clock_that_went_back_makes_nothing() {
        let made = [
            entry(1, Layer::Cells, "2026-10-01T00:00:00Z", false),
            entry(2, Layer::Cells, "2031-04-01T00:00:00Z", false),
        ];
        let refused = due(&made, &ask("2026-11-23T10:00:00Z"));
        assert_eq!(refused, Err(NotDue::ClockWentBack { ahead: date(2031, 3, 1), now: date(2026, 11, 23) }));
        let beyond = Request { at: i64::MAX, ..ask("2026-11-23T10:00:00Z") };
        assert_eq!(due(&[], &beyond), Err(NotDue::NoDate));
    }
}
