//! Communities: one map each, with its own members, area, languages, consent text and publication policy.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Bounds, CommunityId, Invalid};

/// A language that Stead speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Estonian.
    Et,
    /// Norwegian bokmål.
    Nb,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::En, Self::Et, Self::Nb];

    /// The language's BCP 47 tag.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Et => "et",
            Self::Nb => "nb",
        }
    }

    /// Parses a tag.
    ///
    /// # Errors
    /// Field `language` for any other tag.
    pub fn parse(tag: &str) -> Result<Self, Invalid> {
        Self::ALL
            .into_iter()
            .find(|l| l.as_str() == tag)
            .ok_or_else(|| Invalid::new("language", "must be en, et or nb"))
    }
}

/// How anything computed from places may leave the community.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicationPolicy {
    /// User-level zero-concentrated differential privacy (design §6).
    Formal,
}

impl PublicationPolicy {
    /// The name used in JSON and in the databases.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Formal => "formal",
        }
    }
}

/// A community map.
#[derive(Debug, Clone, PartialEq)]
pub struct Community {
    /// Its name in URLs.
    pub id: CommunityId,
    /// Its name for people.
    pub title: String,
    /// The languages it offers, the first one by default.
    pub languages: Vec<Language>,
    /// The box that holds all of it: from its bounds file, or from the first public data imported. The
    /// domain of every release follows from it, so it never depends on places.
    pub bounds: Option<Bounds>,
    /// How it publishes.
    pub policy: PublicationPolicy,
    /// Whether its data are made up, which the pages then say, and releases may be made on demand.
    pub demo: bool,
    /// When it was added.
    pub created_at: Timestamp,
}

/// The purposes that somebody agreed to. All off is fine: a private map of one's own. What is not named is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Purposes {
    /// Named researchers may read single places.
    pub research: bool,
    /// Places may be counted in published maps.
    pub published_maps: bool,
    /// A place's story may be shown to everyone.
    pub public_story: bool,
}

impl Purposes {
    /// The purposes agreed to in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            research: self.research && other.research,
            published_maps: self.published_maps && other.published_maps,
            public_story: self.public_story && other.public_story,
        }
    }

    /// The name of the first purpose that is on here and off in `allowed`.
    pub fn first_beyond(self, allowed: Self) -> Option<&'static str> {
        if self.research && !allowed.research {
            Some("research")
        } else if self.published_maps && !allowed.published_maps {
            Some("published_maps")
        } else if self.public_story && !allowed.public_story {
            Some("public_story")
        } else {
            None
        }
    }
}
