//! Why an action was not done.

use engine::Invalid;
use engine::place::PlaceError;

use crate::store::{InvitationRefusal, StoreError};

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
    /// An agreement to be part of more pictures that is not needed, or not on what is.
    #[error("{0}")]
    NoRenewal(&'static str),
    /// Nobody holds this return code.
    #[error("nobody here holds this return code")]
    UnknownReturnCode,
    /// The community is not open, and the person brought no invitation.
    #[error("this community is joined with an invitation; ask the people who run it for one")]
    InvitationMissing,
    /// The invitation lets nobody in.
    #[error("{}", invitation_words(*.0))]
    InvitationRefused(InvitationRefusal),
    /// Somebody joined with this key before, and the answer is not to be had any more.
    #[error(
        "somebody joined with this Idempotency-Key before; come back with the return code, or take a new key"
    )]
    JoinedBefore,
    /// As many invitations as a community may have.
    #[error("a community may have {most} invitations; take one back first")]
    TooManyInvitations {
        /// How many.
        most: u32,
    },
    /// E-mail address, password or second factor are wrong; which one is not said.
    #[error("the address, the password or the code is wrong")]
    WrongSignIn,
    /// The code of the authenticator is wrong, too old or was used before.
    #[error("the code is wrong, too old or was used before; wait for the next one")]
    WrongCode,
    /// The one-time link does not work (any more).
    #[error("this link was used or has ended; ask for a new one")]
    UnknownLink,
    /// One attempt too many.
    #[error("too many attempts")]
    TooManyAttempts {
        /// How long to wait.
        wait: jiff::SignedDuration,
    },
    /// The person is gone: they withdrew while this was under way.
    #[error("this participant is not here any more")]
    NobodyThere,
    /// The idempotency key came with another body before.
    #[error("this Idempotency-Key was used for another request; take a new one")]
    KeyReused,
    /// The idempotency key made a place that was deleted since.
    #[error("what this Idempotency-Key made was deleted since")]
    ReplayGone,
    /// As many places as anyone may have.
    #[error("a participant may keep {most} places; delete one first")]
    LimitReached {
        /// How many.
        most: u32,
    },
    /// As many saved questions as anyone may have.
    #[error("you may keep {most} questions; delete one first")]
    TooManyQueries {
        /// How many.
        most: u32,
    },
    /// There is no such place of this person's.
    #[error("there is no such place of yours")]
    NoSuchPlace,
    /// As many diary entries as anyone may have.
    #[error("a participant may keep {most} diary entries; delete one first")]
    DiaryFull {
        /// How many.
        most: u32,
    },
    /// As many photos as anyone may have.
    #[error("a participant may keep {most} photos; delete one first")]
    PhotosFull {
        /// How many.
        most: u32,
    },
    /// What was sent is no photo that can be kept.
    #[error("{0}")]
    NotAPhoto(crate::develop::Undeveloped),
    /// There is no such photo of this person's.
    #[error("there is no such photo of yours")]
    NoSuchPhoto,
    /// There is no such diary entry of this person's.
    #[error("there is no such diary entry of yours")]
    NoSuchEntry,
    /// There is no such story: it was never shared, not approved, or taken back.
    #[error("there is no such story here")]
    NoSuchStory,
    /// The story is not what the steward read.
    #[error("the story changed since you read it; read it again")]
    StoryChanged,
    /// There is no such support.
    #[error("there is no such support here")]
    NoSuchSupport,
    /// It changed since it was read.
    #[error("it changed since you read it; read it again")]
    Stale,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn invitation_words(refusal: InvitationRefusal) -> &'static str {
    match refusal {
        InvitationRefusal::Unknown => "there is no such invitation here; look whether each sign is right",
        InvitationRefusal::UsedUp => "this invitation was used as often as it may; ask for a new one",
        InvitationRefusal::Expired => "the time of this invitation is over; ask for a new one",
    }
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
