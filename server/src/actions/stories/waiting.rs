//! What stewards have to read.

use std::collections::HashMap;

use engine::{PhotoId, PlaceId};

use super::{Review, Story, shared_picture};
use crate::actions::{ActionError, Core};
use crate::live::LiveCommunity;
use crate::store::{Size, StoreError, StoryDecision};

/// How many stories a steward is given at a time.
pub const MAX_WAITING: usize = 50;

/// A story that waits for a steward.
#[derive(Debug)]
pub struct Waiting {
    /// What is told.
    pub story: Story,
    /// What was decided before it changed.
    pub before: Option<StoryDecision>,
}

/// The stories that wait.
#[derive(Debug)]
pub struct WaitingStories {
    /// Those that wait longest, at most [`MAX_WAITING`].
    pub first: Vec<Waiting>,
    /// How many wait.
    pub number: usize,
}

/// The stories of a community that wait for a steward, those that wait longest first.
///
/// # Errors
/// Those of the store.
pub async fn waiting_stories(core: &Core, community: &LiveCommunity) -> Result<WaitingStories, StoreError> {
    let mut places = community.places_sharing_a_story();
    places.sort_unstable_by_key(|place| (place.updated_at, place.id));
    let ids: Vec<_> = places.iter().map(|place| place.id).collect();
    let mut photos: HashMap<PlaceId, Vec<_>> = HashMap::new();
    for photo in core.store.photos(&ids).await? {
        photos.entry(photo.place).or_default().push(photo);
    }
    let decisions = core.store.story_decisions(community.id()).await?;
    let mut decisions: HashMap<_, _> = decisions.into_iter().map(|d| (d.place, d)).collect();
    let info = community.info();
    let mut first: Vec<_> = places
        .into_iter()
        .filter_map(|place| {
            let before = decisions.remove(&place.id);
            let photos = photos.get(&place.id).map_or(&[][..], Vec::as_slice);
            let story = Story::new(place.clone(), photos, &info);
            (story.review(before.as_ref()) == Review::Waiting).then_some(Waiting { story, before })
        })
        .collect();
    let number = first.len();
    first.truncate(MAX_WAITING);
    Ok(WaitingStories { first, number })
}

/// A picture of a photo of a story, for a steward who is to read it.
///
/// # Errors
/// [`ActionError::NoSuchStory`] for a place that shares no story, and for a photo that is not shared with it.
pub async fn photo_waiting(
    core: &Core,
    community: &LiveCommunity,
    place: PlaceId,
    photo: PhotoId,
    size: Size,
) -> Result<Vec<u8>, ActionError> {
    let place = community.place_sharing_a_story(place).ok_or(ActionError::NoSuchStory)?;
    shared_picture(core, place.id, photo, size).await
}
