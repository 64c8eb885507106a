//! What everyone may read.

use engine::{PhotoId, StoryId};
use jiff::Timestamp;

use super::{Review, Story, shared_picture};
use crate::actions::{ActionError, Core};
use crate::live::LiveCommunity;
use crate::store::{Decision, Size, StoreError, StoryDecision};

/// A story that a steward approved, as it is now.
#[derive(Debug, Clone)]
pub struct Published {
    /// Its name in public.
    pub id: StoryId,
    /// When it was approved.
    pub at: Timestamp,
    /// What is told.
    pub story: Story,
}

/// Where a story stands in the list: the newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoryPosition {
    /// When it was approved.
    pub at: Timestamp,
    /// Which it is.
    pub id: StoryId,
}

/// A page of stories.
#[derive(Debug)]
pub struct StoryPage {
    /// The newest first.
    pub stories: Vec<Published>,
    /// Behind which the next page begins; `None` on the last one.
    pub next: Option<StoryPosition>,
}

/// The published stories of a community from behind a position, at most `limit`.
///
/// # Errors
/// Those of the store.
pub async fn published_stories(
    core: &Core,
    community: &LiveCommunity,
    after: Option<StoryPosition>,
    limit: usize,
) -> Result<StoryPage, StoreError> {
    let mut decisions = core.store.story_decisions(community.id()).await?;
    let position = |d: &StoryDecision| StoryPosition { at: d.at, id: d.id };
    decisions.retain(|d| d.decision == Decision::Published && after.is_none_or(|after| position(d) < after));
    let mut stories = Vec::new();
    // Some may have changed since they were read, so a page may need more than so many decisions.
    for some in decisions.chunks(limit + 1) {
        stories.extend(as_approved(core, community, some).await?);
        if stories.len() > limit {
            break;
        }
    }
    let more = stories.len() > limit;
    stories.truncate(limit);
    let next = stories.last().filter(|_| more).map(|last| StoryPosition { at: last.at, id: last.id });
    Ok(StoryPage { stories, next })
}

/// One published story.
///
/// # Errors
/// [`ActionError::NoSuchStory`] also for one that was taken back or changed.
pub async fn published_story(
    core: &Core,
    community: &LiveCommunity,
    id: StoryId,
) -> Result<Published, ActionError> {
    let decision = core.store.story(community.id(), id).await?;
    let decision = decision.filter(|d| d.decision == Decision::Published).ok_or(ActionError::NoSuchStory)?;
    as_approved(core, community, &[decision]).await?.pop().ok_or(ActionError::NoSuchStory)
}

/// A picture of a photo of a published story.
///
/// # Errors
/// [`ActionError::NoSuchStory`] as for the story, and for a photo that is not shared with it.
pub async fn photo_of_story(
    core: &Core,
    community: &LiveCommunity,
    id: StoryId,
    photo: PhotoId,
    size: Size,
) -> Result<Vec<u8>, ActionError> {
    let published = published_story(core, community, id).await?;
    shared_picture(core, published.story.place.id, photo, size).await
}

/// Those of the stories decided on that are still as they were approved, in the same order.
async fn as_approved(
    core: &Core,
    community: &LiveCommunity,
    decisions: &[StoryDecision],
) -> Result<Vec<Published>, StoreError> {
    let shared = |d: &StoryDecision| Some((d.clone(), community.place_sharing_a_story(d.place)?));
    let shared: Vec<_> = decisions.iter().filter_map(shared).collect();
    let ids: Vec<_> = shared.iter().map(|(_, place)| place.id).collect();
    let photos = core.store.photos(&ids).await?;
    let info = community.info();
    let published = |(decision, place)| {
        let story = Story::new(place, &photos, &info);
        let approved = matches!(story.review(Some(&decision)), Review::Decided(Decision::Published, _));
        approved.then_some(Published { id: decision.id, at: decision.at, story })
    };
    Ok(shared.into_iter().filter_map(published).collect())
}
