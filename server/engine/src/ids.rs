//! Identifiers. Each is a type of its own, so that a place can never be looked up by a participant's id.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::Invalid;

macro_rules! uuid_newtype {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = Invalid;

            fn from_str(s: &str) -> Result<Self, Invalid> {
                s.parse().map(Self).map_err(|_| Invalid::new("id", "is not a UUID"))
            }
        }
    };
}

uuid_newtype!(/// A participant's place.
    PlaceId);
uuid_newtype!(/// An entry of a diary.
    DiaryId);
uuid_newtype!(/// A photo of a place.
    PhotoId);
uuid_newtype!(/// A story in public, which tells nobody the place's own identifier.
    StoryId);
uuid_newtype!(/// A participant: a random number, never linked to a name or an address.
    ParticipantId);
uuid_newtype!(/// A support of the public directory.
    SupportId);
uuid_newtype!(/// A neighbourhood of a community.
    NeighbourhoodId);
uuid_newtype!(/// A published release.
    ReleaseId);
uuid_newtype!(/// Somebody of the staff: a researcher, planner, steward or operator.
    StaffId);

/// The name of a community in URLs and on the command line: 1 to 40 of `a-z`, `0-9` and inner hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct CommunityId(String);

impl CommunityId {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for CommunityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for CommunityId {
    type Err = Invalid;

    fn from_str(s: &str) -> Result<Self, Invalid> {
        let inner = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let valid =
            (1..=40).contains(&s.len()) && s.chars().all(inner) && !s.starts_with('-') && !s.ends_with('-');
        if valid {
            Ok(Self(s.to_owned()))
        } else {
            Err(Invalid::new(
                "community",
                "must be 1 to 40 of a-z, 0-9 and hyphens, neither starting nor ending with a hyphen",
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_community_name_is_a_short_lower_case_slug() {
        for good in ["kaldavere", "tartu-2", "a"] {
            assert_eq!(good.parse::<CommunityId>().unwrap().as_str(), good);
        }
        for bad in ["", "Tartu", "-a", "a-", "a b", "õ", "a/b", &"x".repeat(41)] {
            assert!(bad.parse::<CommunityId>().is_err(), "{bad:?}");
        }
    }
}
