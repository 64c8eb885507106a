//! `…/stories`: what participants wish everyone to read, once a steward approved it.

pub mod decide;
pub mod list;
pub mod photo;
pub mod queue;
pub mod queue_photo;
pub mod show;

use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use super::places::feature::FeelingBody;
use super::schema::{FeatureType, PlaceGeometry, Precision};
use crate::actions::stories::{Published, Review};
use crate::store::Decision;

/// A photo that is told with a story.
#[derive(Serialize, ToSchema)]
pub struct StoryPhoto {
    id: Uuid,
    /// Pixels.
    width: u32,
    /// Pixels.
    height: u32,
    caption: String,
    /// For those who cannot see it.
    alt: String,
}

/// What everyone is told of a place.
#[derive(Serialize, ToSchema)]
pub struct StoryProperties {
    name: Option<String>,
    /// A place to be.
    being: bool,
    /// A place to do something.
    doing: bool,
    story: String,
    /// The photo that was not taken, in words.
    photo_not_taken: Option<String>,
    feelings: Vec<FeelingBody>,
    chime: Vec<String>,
    activities: Vec<String>,
    /// Answers to those of the community's questions that serve public stories; left out where there are none.
    #[schema(required = false)]
    answers: std::collections::BTreeMap<String, Value>,
    /// By question the version that the answer was given to.
    #[schema(required = false)]
    answer_versions: std::collections::BTreeMap<String, String>,
    precision: Precision,
    photos: Vec<StoryPhoto>,
}

/// What everyone is told of a place, and since when.
#[derive(Serialize, ToSchema)]
pub struct PublishedProperties {
    #[serde(flatten)]
    told: StoryProperties,
    #[schema(format = DateTime)]
    published_at: String,
}

/// A published story.
#[derive(Serialize, ToSchema)]
pub struct StoryAnswer {
    r#type: FeatureType,
    /// The story's own name, not the place's.
    id: Uuid,
    /// At the precision that the person chose.
    geometry: PlaceGeometry,
    properties: PublishedProperties,
}

/// How far a story has come.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum StoryState {
    /// No steward has read it, as it is now.
    Waiting,
    /// Everyone may read it.
    Published,
    /// The steward asks for a change first; `reason` says for which.
    AskedBack,
    /// It is not published; `reason` says why.
    Declined,
}

/// What became of a story.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReviewAnswer {
    state: StoryState,
    /// What the steward says to the person who shared.
    reason: Option<String>,
    /// When a steward decided; null while it waits.
    #[schema(format = DateTime)]
    at: Option<String>,
}

impl ReviewAnswer {
    /// How far it has come.
    pub fn state(&self) -> StoryState {
        self.state
    }
}

impl From<Review> for ReviewAnswer {
    fn from(review: Review) -> Self {
        let (decision, at) = match review {
            Review::Waiting => return Self { state: StoryState::Waiting, reason: None, at: None },
            Review::Decided(decision, at) => (decision, Some(at.to_string())),
        };
        let (state, reason) = match decision {
            Decision::Published => (StoryState::Published, None),
            Decision::AskedBack(reason) => (StoryState::AskedBack, Some(reason)),
            Decision::Declined(reason) => (StoryState::Declined, Some(reason)),
        };
        Self { state, reason, at }
    }
}

/// The feature that everyone is given.
pub fn feature(published: &Published) -> Value {
    let mut feature = published.story.feature();
    feature["id"] = json!(published.id);
    feature["properties"]["published_at"] = json!(published.at.to_string());
    feature
}
