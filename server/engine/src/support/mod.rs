//! Supports: the public directory of what organisations offer, at a location, online or by telephone.

mod form;
mod named;
mod parse;
mod record;
mod schedule;
mod words;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use form::{Form, FormTerm, forms};
pub use parse::{ParseError, WrittenSupport, is_amount, is_since, parse, property_names};
pub use record::{Amount, Support, SupportDetails, Term};
pub use schedule::{ByDay, Frequency, Schedule};
pub use words::{Channel, Closeness, Referral, Status};

/// Social support by kind (House 1981): received or given at a place, offered by a support.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SupportType {
    /// Care, listening, belonging.
    Emotional,
    /// Practical help: food, money, a lift, a room.
    Instrumental,
    /// Advice and knowledge.
    Informational,
    /// Feedback that helps to see oneself.
    Appraisal,
}

impl SupportType {
    /// All four, in House's order.
    pub const ALL: [Self; 4] = [Self::Emotional, Self::Instrumental, Self::Informational, Self::Appraisal];

    /// The name used in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Emotional => "emotional",
            Self::Instrumental => "instrumental",
            Self::Informational => "informational",
            Self::Appraisal => "appraisal",
        }
    }

    /// The type of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|t| t.as_str() == name)
    }
}

/// A set of support types; serialises as a sorted list of names.
#[derive(Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct SupportTypes(u8);

impl SupportTypes {
    /// The set with these members.
    pub fn of(types: impl IntoIterator<Item = SupportType>) -> Self {
        Self(types.into_iter().fold(0, |bits, t| bits | (1 << t as u8)))
    }

    /// Whether the type is a member.
    pub fn contains(self, t: SupportType) -> bool {
        self.0 & (1 << t as u8) != 0
    }

    /// Whether the two sets share a member.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether there is no member.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The members in House's order.
    pub fn iter(self) -> impl Iterator<Item = SupportType> {
        SupportType::ALL.into_iter().filter(move |t| self.contains(*t))
    }

    /// One bit a type, lowest first in House's order: the form kept in the databases.
    pub fn bits(self) -> u8 {
        self.0
    }

    /// The set with these bits; other bits are dropped.
    pub fn from_bits(bits: u8) -> Self {
        Self(bits & 0b1111)
    }
}

impl fmt::Debug for SupportTypes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

impl Serialize for SupportTypes {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

impl<'de> Deserialize<'de> for SupportTypes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Vec::<SupportType>::deserialize(deserializer).map(Self::of)
    }
}

/// What a visit costs. Unknown is not free.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Price {
    /// Nothing.
    Free,
    /// Little: a coffee, a small fee.
    Low,
    /// More than that.
    Paid,
    /// Nobody said.
    #[default]
    Unknown,
}

impl Price {
    /// The name used in JSON and in the databases.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Low => "low",
            Self::Paid => "paid",
            Self::Unknown => "unknown",
        }
    }

    /// The price of this name.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Free, Self::Low, Self::Paid, Self::Unknown].into_iter().find(|p| p.as_str() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_of_support_types_survives_its_bits_and_its_json() {
        let set = SupportTypes::of([SupportType::Appraisal, SupportType::Emotional]);
        assert_eq!(SupportTypes::from_bits(set.bits()), set);
        assert_eq!(serde_json::to_string(&set).unwrap(), r#"["emotional","appraisal"]"#);
        assert_eq!(serde_json::from_str::<SupportTypes>(r#"["emotional","appraisal"]"#).unwrap(), set);
        assert!(!set.contains(SupportType::Instrumental));
    }
}
