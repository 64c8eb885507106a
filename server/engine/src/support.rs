//! Supports: the public directory of organisations' offers at a location.

use std::fmt;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{LonLat, SupportId};

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

/// A support as it comes from a source, before the directory gave it an identifier.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SupportDetails {
    /// Where the record comes from, `osm` or the importer's own name; with `source_id` unique in a community.
    pub source: String,
    /// The record's identifier there, for OpenStreetMap `node/1`, `way/1` or `relation/1`.
    pub source_id: String,
    /// Its name; many small ones have none.
    pub name: Option<String>,
    /// Its form, an OSM value such as `library`, from `data/mappings/osm-supports.json`.
    pub category: String,
    /// What it offers.
    pub support_types: SupportTypes,
    /// What a visit costs.
    pub price: Price,
    /// Opening hours in the OpenStreetMap syntax.
    pub opening_hours: Option<String>,
    /// Postal address on one line.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// Web address (http or https only).
    pub website: Option<String>,
    /// Wheelchair access: `yes`, `limited` or `no`.
    pub wheelchair: Option<String>,
}

/// A support of a community's directory.
#[derive(Debug, Clone, PartialEq)]
pub struct Support {
    /// Its identifier, kept when it is imported again.
    pub id: SupportId,
    /// Where it is; for a way or a relation a point on its surface.
    pub location: LonLat,
    /// Everything else.
    pub details: SupportDetails,
    /// When it last changed here.
    pub updated_at: Timestamp,
}

impl Support {
    /// Whether this is a hospital, a clinic or a doctor's: places beside one never enter a release.
    pub fn is_clinical(&self) -> bool {
        matches!(self.details.category.as_str(), "hospital" | "clinic" | "doctors")
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
