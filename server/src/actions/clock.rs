//! Whether the clock can be right, before something is written that a wrong one makes irrevocable.
//!
//! A release that is charged years ahead of time takes up a half-year and a year of the privacy budget that nobody
//! reaches for years, and the ledger forgets nothing. So a moment that lies far behind everything public that is kept
//! is refused, until somebody who runs the machine says that it is right.

use engine::community::Community;
use jiff::{SignedDuration, Timestamp};

use crate::store::{Store, StoreError};

/// What was written within this time may have been written under the same wrong clock, and tells nothing.
const JUST_NOW: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Longer than between a community's releases and longer than any summer: 400 days without anything written.
pub const QUIET: SignedDuration = SignedDuration::from_hours(400 * 24);

/// The clock is far ahead of all that is kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "the clock says {now}, and the newest of this community's directory and ledger from before that week is of \
     {newest}: check the clock. If it is right, whoever runs the machine can say so: stead release --clock-is-right"
)]
pub struct ClockAhead {
    now: Timestamp,
    newest: Timestamp,
}

/// Why nothing is known of the clock.
#[derive(Debug, thiserror::Error)]
pub enum ClockError {
    /// It is ahead.
    #[error(transparent)]
    Ahead(#[from] ClockAhead),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Checks a moment against what is known of a community without its participants: itself, its directory, and what was
/// charged. What people wrote would tell more of the time, but a refusal that depends on it tells of them, for free.
///
/// # Errors
/// [`ClockAhead`] when nothing of the [`QUIET`] time before it was written, the last week not counted.
pub async fn check(store: &dyn Store, community: &Community, now: Timestamp) -> Result<(), ClockError> {
    let supports = store.supports(&community.id).await?;
    let ledger = store.ledger(&community.id).await?;
    let written = std::iter::once(community.created_at)
        .chain(supports.iter().map(|support| support.updated_at))
        .chain(ledger.iter().map(|row| row.at));
    Ok(check_against(written, now)?)
}

fn check_against(written: impl Iterator<Item = Timestamp>, now: Timestamp) -> Result<(), ClockAhead> {
    let newest = written.filter(|at| *at < now - JUST_NOW).max();
    match newest {
        Some(newest) if now.duration_since(newest) > QUIET => Err(ClockAhead { now, newest }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_moment_years_after_all_that_is_kept_is_refused_even_if_something_was_written_under_the_wrong_clock()
    {
        let kept = ["2026-03-01T00:00:00Z", "2026-11-20T10:00:00Z"].map(at);
        let refused = check_against(kept.into_iter(), at("2031-11-28T12:00:00Z"));
        let expected = ClockAhead { now: at("2031-11-28T12:00:00Z"), newest: kept[1] };
        assert_eq!(refused, Err(expected.clone()));
        let under_the_wrong_clock = kept.into_iter().chain([at("2031-11-27T12:00:00Z")]);
        assert_eq!(check_against(under_the_wrong_clock, at("2031-11-28T12:00:00Z")), Err(expected));
    }

    #[test]
    fn a_year_without_a_word_is_no_fault_of_the_clock() {
        let kept = ["2025-11-20T10:00:00Z"].map(at);
        assert_eq!(check_against(kept.into_iter(), at("2026-11-28T12:00:00Z")), Ok(()));
        assert_eq!(
            check_against(kept.into_iter(), at("2020-01-01T00:00:00Z")),
            Ok(()),
            "back is the ledger's to tell"
        );
        assert_eq!(check_against(std::iter::empty(), at("2026-11-28T12:00:00Z")), Ok(()));
    }
}
