//! What stewards decided about the stories of places.

use async_trait::async_trait;
use engine::{CommunityId, PlaceId, StoryId};
use jiff::Timestamp;

use super::rows::{Columns, damaged, hash, instant};
use super::{Hash, Result};

/// What a steward said of a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Everyone may read it.
    Published,
    /// It may be published once this is mended.
    AskedBack(String),
    /// It is not published, and why.
    Declined(String),
}

/// A steward's decision on the story of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryDecision {
    /// The place.
    pub place: PlaceId,
    /// The story's name in public. It stays, whatever is decided later.
    pub id: StoryId,
    /// The hash of what the steward read: the decision is about nothing else.
    pub shown: Hash,
    /// What was decided.
    pub decision: Decision,
    /// Who did; the participant is not told.
    pub who: String,
    /// When.
    pub at: Timestamp,
}

/// What stewards decided, the last word for each place.
#[async_trait]
pub trait Stories {
    /// Keeps a decision in the place of the one before, whose public name stays; as it is kept, `None` when the
    /// community has no such place.
    async fn decide_story(
        &self,
        community: &CommunityId,
        decision: &StoryDecision,
    ) -> Result<Option<StoryDecision>>;
    /// The decisions of a community, the newest first.
    async fn story_decisions(&self, community: &CommunityId) -> Result<Vec<StoryDecision>>;
    /// The decisions on these places.
    async fn decisions_on(&self, places: &[PlaceId]) -> Result<Vec<StoryDecision>>;
    /// The decision on the story of this public name.
    async fn story(&self, community: &CommunityId, id: StoryId) -> Result<Option<StoryDecision>>;
}

impl Decision {
    /// The word and the reason, as they are stored.
    pub(super) fn columns(&self) -> (&'static str, Option<String>) {
        match self {
            Self::Published => ("published", None),
            Self::AskedBack(reason) => ("asked_back", Some(reason.clone())),
            Self::Declined(reason) => ("declined", Some(reason.clone())),
        }
    }
}

/// A decision from its row.
pub(super) fn story_decision(row: &impl Columns) -> Result<StoryDecision> {
    let decision = match (row.read::<String>("decision")?.as_str(), row.read("reason")?) {
        ("published", None) => Decision::Published,
        ("asked_back", Some(reason)) => Decision::AskedBack(reason),
        ("declined", Some(reason)) => Decision::Declined(reason),
        (other, _) => return Err(damaged("story", &other)),
    };
    Ok(StoryDecision {
        place: PlaceId(row.read("place")?),
        id: StoryId(row.read("id")?),
        shown: hash(row, "shown")?,
        decision,
        who: row.read("who")?,
        at: instant(row, "at")?,
    })
}
