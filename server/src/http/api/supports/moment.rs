//! The time that a search asks about, by the community's clocks.

use engine::Invalid;
use engine::community::{Community, Zone};
use engine::filter::OpenWhen;
use engine::hours::Timetable;
use jiff::civil::{Date, DateTime};
use jiff::{SignedDuration, Timestamp};

/// Longest time during which a support must be open.
const LONGEST: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The instants that can be asked about.
const YEARS: std::ops::RangeInclusive<i16> = 1900..=2200;

/// A moment by the community's clocks.
#[derive(Debug, Clone)]
pub struct Moment {
    zone: Option<Zone>,
    at: Timestamp,
}

impl Moment {
    /// The moment in a community.
    pub fn new(community: &Community, at: Timestamp) -> Self {
        Self { zone: community.time_zone.clone(), at }
    }

    /// The instant.
    pub fn instant(&self) -> Timestamp {
        self.at
    }

    /// The time on the community's clocks; without a time zone nobody knows.
    pub fn local(&self) -> Option<DateTime> {
        self.local_of(self.at)
    }

    /// The day on the community's clocks, or else in UTC.
    pub fn day(&self) -> Date {
        self.local().unwrap_or_else(|| self.at.to_zoned(jiff::tz::TimeZone::UTC).datetime()).date()
    }

    fn local_of(&self, at: Timestamp) -> Option<DateTime> {
        Some(at.to_zoned(self.zone.as_ref()?.rules().clone()).datetime())
    }

    /// Whether it is open, if somebody knows, and when that changes.
    pub fn look_up(&self, timetable: &Timetable) -> (Option<bool>, Option<String>) {
        let (Some(zone), Some(local)) = (&self.zone, self.local()) else { return (None, None) };
        let written = |change: DateTime| {
            // A time that summer time skips or repeats is the one that the clocks show.
            let zoned = change.to_zoned(zone.rules().clone()).ok()?;
            Some(zoned.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
        };
        (timetable.state_at(local).known(), timetable.next_change(local).and_then(written))
    }

    /// The moment of `open_at`: an instant, or `now`.
    ///
    /// # Errors
    /// Field `open_at`.
    pub fn at(self, open_at: &str) -> Result<Self, Invalid> {
        match open_at {
            "now" => Ok(self),
            text => Ok(Self { at: instant("open_at", text)?, ..self }),
        }
    }

    /// The condition of being open at this moment; without a time zone nothing is known to be open.
    pub fn open(&self) -> Option<OpenWhen> {
        self.local().map(OpenWhen::At)
    }

    /// The condition of `open_during`: two instants with a slash between, at most a week; and the first of them.
    ///
    /// # Errors
    /// Field `open_during`.
    pub fn during(self, text: &str) -> Result<(Self, Option<OpenWhen>), Invalid> {
        let wrong = |problem: &str| Invalid::new("open_during", problem);
        let (from, to) =
            text.split_once('/').ok_or_else(|| wrong("must be two times with a slash between"))?;
        let (from, to) = (instant("open_during", from)?, instant("open_during", to)?);
        let lasts = from.duration_until(to);
        if lasts <= SignedDuration::ZERO || lasts > LONGEST {
            return Err(wrong("must end after it begins, within seven days"));
        }
        let first = Self { at: from, ..self };
        let when = first.local().zip(first.local_of(to)).map(|(from, to)| OpenWhen::During(from, to));
        Ok((first, when))
    }
}

fn instant(field: &str, text: &str) -> Result<Timestamp, Invalid> {
    // A plus sign that was not percent-encoded arrives as a space.
    let parsed = text.parse::<Timestamp>().or_else(|_| text.replace(' ', "+").parse());
    let within = |at: &Timestamp| YEARS.contains(&at.to_zoned(jiff::tz::TimeZone::UTC).year());
    parsed.ok().filter(within).ok_or_else(|| {
        Invalid::new(field, "must be a time such as 2026-03-01T18:00:00+02:00 (RFC 3339), from 1900 to 2200")
    })
}
