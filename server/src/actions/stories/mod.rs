//! Stories that participants wish everyone to read, and what stewards decide about them.
//!
//! A decision holds for exactly what the steward read: its hash is kept, and whatever changes in it (words, feelings,
//! precision, photos) waits to be read anew. So nothing that nobody read is ever public, and no race of an edit with a
//! decision can make it so. What the participant takes back is gone with the next answer.

mod decide;
mod published;
mod waiting;

use std::sync::Arc;

use engine::community::Community;
use engine::place::Place;
use engine::question::{AnswerVersions, Answers, Purpose};
use engine::{PhotoId, PlaceId};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{ActionError, Core, sha256};
use crate::store::{Decision, Hash, Photo, Size, Store, StoreError, StoryDecision};

pub use decide::decide_story;
pub use published::{
    Published, StoryPage, StoryPosition, photo_of_story, published_stories, published_story,
};
pub use waiting::{MAX_WAITING, Waiting, WaitingStories, photo_waiting, waiting_stories};

/// A story as everyone would be shown it.
#[derive(Debug, Clone)]
pub struct Story {
    /// The place.
    pub place: Arc<Place>,
    /// Those of its photos that are shared with it, the oldest first.
    pub photos: Vec<Photo>,
    /// Those of its answers that serve public stories.
    answers: Answers,
    versions: AnswerVersions,
}

/// How far the stories of these places have come; those that share none are not in it.
///
/// # Errors
/// Those of the store.
pub async fn reviews(
    store: &dyn Store,
    community: &Community,
    places: &[Arc<Place>],
) -> Result<Vec<(PlaceId, Review)>, StoreError> {
    let sharing: Vec<_> = places.iter().filter(|place| place.shares_a_story()).cloned().collect();
    let ids: Vec<_> = sharing.iter().map(|place| place.id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let (photos, decisions) = (store.photos(&ids).await?, store.decisions_on(&ids).await?);
    let review = |place: Arc<Place>| {
        let decision = decisions.iter().find(|decision| decision.place == place.id);
        (place.id, Story::new(place, &photos, community).review(decision))
    };
    Ok(sharing.into_iter().map(review).collect())
}

/// How the story of one place stands.
#[derive(Debug)]
pub struct Standing {
    /// As everyone is shown it, or would be.
    pub story: Story,
    /// How far it has come.
    pub review: Review,
    /// As everyone is shown it, if they are.
    pub published: Option<Published>,
}

/// How the story of a place stands, be the place saved as it is here or not; `None` when it shares none.
///
/// # Errors
/// Those of the store.
pub async fn standing(
    store: &dyn Store,
    community: &Community,
    place: &Arc<Place>,
) -> Result<Option<Standing>, StoreError> {
    if !place.shares_a_story() {
        return Ok(None);
    }
    let told = Story::new(Arc::clone(place), &store.photos(&[place.id]).await?, community);
    let decision = store.decisions_on(&[place.id]).await?.pop();
    let review = told.review(decision.as_ref());
    let published = match (&review, decision) {
        (Review::Decided(Decision::Published, at), Some(decision)) => {
            Some(Published { id: decision.id, at: *at, story: told.clone() })
        }
        _ => None,
    };
    Ok(Some(Standing { story: told, review, published }))
}

/// A picture of a photo that is shared with the story of a place that shares one.
///
/// # Errors
/// [`ActionError::NoSuchStory`] for a photo that is not.
async fn shared_picture(
    core: &Core,
    place: PlaceId,
    id: PhotoId,
    size: Size,
) -> Result<Vec<u8>, ActionError> {
    let found = core.store.photo(place, id, size).await?;
    let shared = found.filter(|(photo, _)| photo.content.share.public_story);
    shared.map(|(_, picture)| picture).ok_or(ActionError::NoSuchStory)
}

/// How far a story has come on its way to the public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Review {
    /// No steward has read it, as it is now.
    Waiting,
    /// A steward decided on it, as it is now.
    Decided(Decision, Timestamp),
}

impl Story {
    /// The story of a place of a community with those of the photos that belong to it.
    pub fn new(place: Arc<Place>, photos: &[Photo], community: &Community) -> Self {
        let shown = |p: &&Photo| p.place == place.id && p.content.share.public_story;
        let photos = photos.iter().filter(shown).cloned().collect();
        let (answers, versions) = community.answers_for(Purpose::PublicStory, place.content.answered());
        Self { place, photos, answers, versions }
    }

    /// The GeoJSON feature without an `id`: what everyone is shown, at the chosen precision. Of what a person says of a
    /// place only what tells of it, not what tells of their life: no company, support, barriers or times, and of the
    /// answers those alone that the community asked for its public stories.
    pub fn feature(&self) -> Value {
        let said = &self.place.content;
        let photos = self.photos.iter().map(|photo| {
            json!({"id": photo.id, "width": photo.width, "height": photo.height,
                "caption": photo.content.caption, "alt": photo.content.alt})
        });
        let photos: Vec<_> = photos.collect();
        let mut feature = json!({
            "type": "Feature", "geometry": said.geometry.to_geojson(),
            "properties": {
                "name": said.name, "being": said.being, "doing": said.doing, "story": said.story,
                "photo_not_taken": said.photo_not_taken, "feelings": said.feelings, "chime": said.chime,
                "activities": said.activities, "precision": said.precision, "photos": photos,
            },
        });
        // Where there are none, a story is what it was before communities could ask: what was approved stays approved.
        if !self.answers.is_empty() {
            feature["properties"]["answers"] = json!(self.answers);
            feature["properties"]["answer_versions"] = json!(self.versions);
        }
        feature
    }

    /// SHA-256 of the feature.
    pub fn hash(&self) -> Hash {
        sha256(self.feature().to_string().as_bytes())
    }

    /// How far it has come, given the last decision on its place.
    pub fn review(&self, decision: Option<&StoryDecision>) -> Review {
        match decision.filter(|decision| decision.shown == self.hash()) {
            Some(decision) => Review::Decided(decision.decision.clone(), decision.at),
            None => Review::Waiting,
        }
    }
}
