//! The demonstration: the made-up town of Kaldavere in a store of its own.

mod basemap;
mod releases;

use std::sync::Arc;

use engine::community::{Admission, Community, Language, PublicationPolicy};
use engine::place::Place;
use engine::synthetic::{Participant as MadeUp, Town};
use engine::{CommunityId, StoryId};
use jiff::{SignedDuration, Timestamp};

use crate::actions::secrets::{ReturnCode, new_token, token_hash};
use crate::actions::stories::Story;
use crate::ambient::Ambient;
use crate::store::{
    ConsentRecord, Decision, ImportScope, Joining, NewPlace, Participant, Session, Store, StoreError,
    StoryDecision,
};
use crate::texts::{Consent, Texts};

pub use basemap::write_basemap;
pub use releases::{left_by_people, publish_twice};

/// The community's name in URLs.
pub const COMMUNITY: &str = "kaldavere";

/// The demonstration's community.
pub fn community_id() -> CommunityId {
    COMMUNITY.parse().expect("a constant that is a valid name; a test parses it")
}

/// Who runs the made-up community; the name says that it is made up wherever it is shown.
const RUN_BY: &str = "Kaldavere Recovery College (made up)";
const CONTACT: &str = "desk@kaldavere.example, or the town library on any Tuesday";

/// Fills an empty store with a town.
///
/// # Returns
/// The return code of the first made-up participant, so that a visitor can see a map that is in use.
///
/// # Errors
/// When the store fails, or holds the community already.
pub async fn seed(
    store: &dyn Store,
    ambient: &Ambient,
    texts: &Texts,
    town: &Town,
) -> Result<String, StoreError> {
    seed_as(store, ambient, texts, town, community(town, ambient.now())).await
}

/// The demonstration's community.
pub fn community(town: &Town, now: Timestamp) -> Community {
    // An Estonian town, whatever its first language.
    let home = Language::Et.home();
    Community {
        id: community_id(),
        title: Town::NAME.to_owned(),
        languages: Language::ALL.to_vec(),
        bounds: Some(town.bounds()),
        country: home.as_ref().map(|(country, _)| *country),
        time_zone: home.map(|(_, zone)| zone),
        policy: PublicationPolicy::Formal,
        joining: Admission::Open,
        crisis_confirmed: true,
        crisis_contacts: None,
        questions: None,
        earlier_questions: Vec::new(),
        run_by: Some(RUN_BY.to_owned()),
        contact: Some(CONTACT.to_owned()),
        demo: true,
        created_at: now,
    }
}

/// The same for a community of one's own.
///
/// # Errors
/// As [`seed`].
pub async fn seed_as(
    store: &dyn Store,
    ambient: &Ambient,
    texts: &Texts,
    town: &Town,
    community: Community,
) -> Result<String, StoreError> {
    let (now, id) = (ambient.now(), community.id.clone());
    let consent = texts.consent_to(community.policy);
    store.add_community(&community).await?;
    store.upsert_neighbourhoods(&id, town.neighbourhoods(), now).await?;
    let scope = ImportScope { source: "synthetic".to_owned(), complete: true };
    store.upsert_supports(&id, town.supports(), &scope, now).await?;
    store.replace_names(&id, "synthetic", &town.names()).await?;
    let mut first = None;
    for made_up in town.participants() {
        let code = ReturnCode::new(ambient);
        store.join(&joining(ambient, consent, &id, &made_up, &code)).await?;
        for place in made_up.places {
            let new = NewPlace { community: id.clone(), place, idempotency: None, most: u32::MAX };
            store.insert_place(&new).await?;
        }
        first.get_or_insert_with(|| code.shown());
    }
    approve_stories(store, ambient, &community).await?;
    Ok(first.unwrap_or_default())
}

/// The stories that wait for a steward in the demonstration.
const LEFT_WAITING: usize = 4;

/// A steward has read all stories but the newest.
async fn approve_stories(
    store: &dyn Store,
    ambient: &Ambient,
    community: &Community,
) -> Result<(), StoreError> {
    let id = &community.id;
    let mut places = store.places(id).await?;
    places.retain(Place::shares_a_story);
    places.sort_unstable_by_key(|place| (place.updated_at, place.id));
    let read = places.len().saturating_sub(LEFT_WAITING);
    for place in places.into_iter().take(read) {
        let (place, at) = (Arc::new(place), ambient.now());
        let decision = StoryDecision {
            place: place.id,
            id: StoryId(ambient.id()),
            at: at.min(place.updated_at + SignedDuration::from_hours(20)),
            shown: Story::new(place, &[], community).hash(),
            decision: Decision::Published,
            who: "steward@kaldavere.example".to_owned(),
        };
        store.decide_story(id, &decision).await?;
    }
    Ok(())
}

/// A made-up participant joins; nobody holds the token of the session that comes with it.
fn joining(
    ambient: &Ambient,
    agreement: &Consent,
    id: &CommunityId,
    made_up: &MadeUp,
    code: &ReturnCode,
) -> Joining {
    let language = Language::En;
    let consent = ConsentRecord {
        version: agreement.version.clone(),
        language,
        text_hash: agreement.hash(language),
        purposes: made_up.consent,
        given_at: made_up.joined_at,
    };
    let participant = Participant {
        id: made_up.id,
        community: id.clone(),
        language,
        joined_at: made_up.joined_at,
        consent,
    };
    let session = Session {
        token: token_hash(&new_token(ambient)),
        participant: made_up.id,
        community: id.clone(),
        created_at: made_up.joined_at,
        expires_at: made_up.joined_at + SignedDuration::from_hours(1),
    };
    Joining { participant, return_code: code.hash(id), session, invitation: None, again: None }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_name_of_the_demonstration_is_a_valid_one() {
        assert_eq!(super::community_id().as_str(), super::COMMUNITY);
    }
}
