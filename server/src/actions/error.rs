//! Why an action was not done.

use engine::Invalid;
use engine::place::PlaceError;

use crate::store::StoreError;

/// Why an action was not done; nothing was stored.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// The input cannot be read at all.
    #[error(transparent)]
    Malformed(Invalid),
    /// The input breaks a rule.
    #[error(transparent)]
    Invalid(Invalid),
    /// The agreement was made on a text that is not in force.
    #[error("the consent text in force is version {current}; read it and answer again")]
    ConsentOutdated {
        /// The version in force.
        current: String,
    },
    /// Nobody holds this return code.
    #[error("nobody here holds this return code")]
    UnknownReturnCode,
    /// The person is gone: they withdrew while this was under way.
    #[error("this participant is not here any more")]
    NobodyThere,
    /// The idempotency key came with another body before.
    #[error("this Idempotency-Key was used for another request; take a new one")]
    KeyReused,
    /// The idempotency key made a place that was deleted since.
    #[error("the place that this Idempotency-Key made was deleted since")]
    ReplayGone,
    /// As many places as anyone may have.
    #[error("a participant may keep {most} places; delete one first")]
    LimitReached {
        /// How many.
        most: u32,
    },
    /// There is no such place of this person's.
    #[error("there is no such place of yours")]
    NoSuchPlace,
    /// The place changed since it was read.
    #[error("the place changed since you read it; read it again")]
    Stale,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<PlaceError> for ActionError {
    fn from(error: PlaceError) -> Self {
        match error {
            PlaceError::Malformed(invalid) => Self::Malformed(invalid),
            PlaceError::Invalid(invalid) => Self::Invalid(invalid),
        }
    }
}

impl From<Invalid> for ActionError {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl ActionError {
    /// The failure of a write that needs nothing but the person: if something is missing, it is they.
    pub(super) fn without_the_person(error: StoreError) -> Self {
        match error {
            StoreError::Missing(_) => Self::NobodyThere,
            other => Self::Store(other),
        }
    }
}
