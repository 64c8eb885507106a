//! A steward decides on a story.

use engine::{Invalid, PlaceId, StoryId};

use super::Story;
use crate::actions::staff::StaffMember;
use crate::actions::{ActionError, Core, to_the_end};
use crate::live::LiveCommunity;
use crate::store::{Decision, Hash, StoryDecision};

/// Longest reason in characters.
const LONGEST_REASON: usize = 1_000;

/// Keeps a steward's decision on a story that they read as `shown`.
///
/// # Errors
/// Field `reason`; [`ActionError::NoSuchStory`] for a place that shares none; [`ActionError::StoryChanged`] when it is
/// not any more what they read.
pub async fn decide_story(
    core: &Core,
    community: &LiveCommunity,
    who: &StaffMember,
    place: PlaceId,
    shown: Hash,
    decision: Decision,
) -> Result<StoryDecision, ActionError> {
    let decision = checked(decision)?;
    let place = community.place_sharing_a_story(place).ok_or(ActionError::NoSuchStory)?;
    let photos = core.store.photos(&[place.id]).await?;
    let told = Story::new(place, &photos, &community.info());
    if told.hash() != shown {
        return Err(ActionError::StoryChanged);
    }
    let new = StoryDecision {
        place: told.place.id,
        id: StoryId(core.ambient.id()),
        shown,
        decision,
        who: who.account.email.clone(),
        at: core.ambient.now(),
    };
    let (store, id) = (core.store.clone(), community.id().clone());
    let kept = to_the_end(async move { store.decide_story(&id, &new).await }).await?;
    kept.ok_or(ActionError::NoSuchStory)
}

/// The decision with its reason trimmed: the participant reads it.
fn checked(decision: Decision) -> Result<Decision, Invalid> {
    let reason = |reason: String| {
        let reason = reason.trim().to_owned();
        if reason.is_empty() || reason.chars().count() > LONGEST_REASON {
            let problem =
                format!("must have 1 to {LONGEST_REASON} characters: the person who shared reads it");
            return Err(Invalid::new("reason", problem));
        }
        if reason.chars().any(|c| c.is_control() && c != '\n') {
            return Err(Invalid::new("reason", "must be plain text, without control characters"));
        }
        Ok(reason)
    };
    Ok(match decision {
        Decision::Published => Decision::Published,
        Decision::AskedBack(text) => Decision::AskedBack(reason(text)?),
        Decision::Declined(text) => Decision::Declined(reason(text)?),
    })
}
