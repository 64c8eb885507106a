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

    /// The moment of `open_at`: an instant, a time on the community's clocks, or `now`.
    ///
    /// # Errors
    /// Field `open_at`.
    pub fn at(self, open_at: &str) -> Result<Self, Invalid> {
        match open_at {
            "now" => Ok(self),
            text => Ok(Self { at: self.told("open_at", text)?, ..self }),
        }
    }

    /// The condition of being open at this moment; without a time zone nothing is known to be open.
    pub fn open(&self) -> Option<OpenWhen> {
        self.local().map(OpenWhen::At)
    }

    /// The condition of `open_during`: two such times with a slash between, at most a week; and the first of them.
    ///
    /// # Errors
    /// Field `open_during`.
    pub fn during(self, text: &str) -> Result<(Self, Option<OpenWhen>), Invalid> {
        let wrong = |problem: &str| Invalid::new("open_during", problem);
        let (from, to) =
            text.split_once('/').ok_or_else(|| wrong("must be two times with a slash between"))?;
        let (from, to) = (self.told("open_during", from)?, self.told("open_during", to)?);
        let lasts = from.duration_until(to);
        if lasts <= SignedDuration::ZERO || lasts > LONGEST {
            return Err(wrong("must end after it begins, within seven days"));
        }
        let first = Self { at: from, ..self };
        let when = first.local().zip(first.local_of(to)).map(|(from, to)| OpenWhen::During(from, to));
        Ok((first, when))
    }

    /// The instant that somebody tells. Without an offset it is what the community's clocks show: a time that
    /// summer time skips is the one an hour on, of one that comes twice it is the first.
    fn told(&self, field: &str, text: &str) -> Result<Timestamp, Invalid> {
        // A plus sign that was not percent-encoded arrives as a space.
        let parsed = text.parse::<Timestamp>().or_else(|_| text.replace(' ', "+").parse()).ok();
        let local = || text.contains('T').then(|| text.parse::<DateTime>().ok()).flatten();
        let at = match (parsed, local()) {
            (Some(instant), _) => Some(instant),
            (None, Some(local)) => match &self.zone {
                Some(zone) => local.to_zoned(zone.rules().clone()).ok().map(|zoned| zoned.timestamp()),
                None => {
                    return Err(Invalid::new(
                        field,
                        "must end with an offset such as Z or +02:00: this community has no time zone",
                    ));
                }
            },
            (None, None) => None,
        };
        let within = |at: &Timestamp| YEARS.contains(&at.to_zoned(jiff::tz::TimeZone::UTC).year());
        at.filter(within).ok_or_else(|| {
            Invalid::new(
                field,
                "must be a time such as 2026-03-01T18:00:00+02:00 (RFC 3339), or without its offset a time on the \
                 community's clocks, from 1900 to 2200",
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(zone: Option<&str>, text: &str) -> Result<String, String> {
        let zone = zone.map(|name| name.parse().expect("a zone"));
        let found = Moment { zone, at: Timestamp::UNIX_EPOCH }.at(text);
        found.map(|moment| moment.instant().to_string()).map_err(|wrong| wrong.to_string())
    }

    #[test]
    fn a_time_without_an_offset_is_what_the_communitys_clocks_show() {
        let tallinn = |text| told(Some("Europe/Tallinn"), text).unwrap();
        assert_eq!(tallinn("2026-11-29T03:00"), "2026-11-29T01:00:00Z");
        assert_eq!(tallinn("2026-07-01T18:30:00"), "2026-07-01T15:30:00Z");
        assert_eq!(tallinn("2026-11-29T03:00:00+05:00"), "2026-11-28T22:00:00Z", "an offset counts");
        assert_eq!(tallinn("2026-11-29T03:00:00 05:00"), "2026-11-28T22:00:00Z", "a plus sign unencoded");
        // On 29 March 2026 the hour from three to four is skipped, on 25 October it comes twice.
        assert_eq!(tallinn("2026-03-29T03:30"), "2026-03-29T01:30:00Z");
        assert_eq!(tallinn("2026-10-25T03:30"), "2026-10-25T00:30:00Z");
    }

    #[test]
    fn what_is_no_time_or_cannot_be_known_is_refused_with_the_reason() {
        for text in ["tomorrow", "2026-11-29", "1850-01-01T00:00", "2026-11-29T25:00", "T", ""] {
            let wrong = told(Some("Europe/Tallinn"), text).unwrap_err();
            assert!(wrong.contains("must be a time such as"), "{text}: {wrong}");
        }
        let wrong = told(None, "2026-11-29T03:00").unwrap_err();
        assert!(wrong.contains("this community has no time zone"), "{wrong}");
        assert_eq!(told(None, "2026-11-29T03:00:00Z").unwrap(), "2026-11-29T03:00:00Z");
    }
}
