//! Why no release was made.

use engine::CommunityId;
use engine::privacy::domain::DomainError;
use engine::privacy::ledger::{GATE_PARTICIPANTS, GATE_TRIES_A_YEAR};
use engine::privacy::release::ReleaseError;

use super::clock::{ClockAhead, ClockError};
use crate::store::StoreError;

/// Why no release was made.
#[derive(Debug, thiserror::Error)]
pub enum NoRelease {
    /// There is no such community.
    #[error("there is no community {0}")]
    NoCommunity(CommunityId),
    /// Nothing says how large the community is.
    #[error("community {0} has no bounds yet: add them, or import supports or neighbourhoods first")]
    NoBounds(CommunityId),
    /// Too few people share places; the number carries noise and may be shown.
    #[error(
        "about {people} people share places for published maps; releases start at about {GATE_PARTICIPANTS}. This \
         may be tried {GATE_TRIES_A_YEAR} times a year, for each try tells a little"
    )]
    TooFew {
        /// The noisy number of people, at least 0.
        people: i64,
    },
    /// The privacy budget does not allow it; the text says what was spent and when it would fit.
    #[error("{0}")]
    Budget(String),
    /// It is not the time.
    #[error("{0}")]
    NotDue(String),
    /// The clock is far ahead of everything that is kept.
    #[error(transparent)]
    Clock(#[from] ClockAhead),
    /// The community publishes in another way.
    #[error("{0}")]
    OtherPolicy(&'static str),
    /// Only communities with made-up data have releases out of turn.
    #[error("only a demonstration has releases on demand")]
    OnDemand,
    /// The units cannot be a domain.
    #[error(transparent)]
    Domain(#[from] DomainError),
    /// The noise cannot be drawn.
    #[error(transparent)]
    Noise(#[from] ReleaseError),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ClockError> for NoRelease {
    fn from(error: ClockError) -> Self {
        match error {
            ClockError::Ahead(ahead) => ahead.into(),
            ClockError::Store(error) => error.into(),
        }
    }
}
