//! Saving a new place.

use std::sync::Arc;

use engine::PlaceId;
use engine::community::Answered;
use engine::place::{Place, PlaceContent, PlaceRules};
use engine::question::{AnswerVersions, Answers};

use super::{ActionError, Core, SignedIn, sha256, to_the_end};
use crate::live::LiveCommunity;
use crate::store::{IdempotencyKey, Inserted, NewPlace, StoreError};

/// How many places a participant may keep (design §5).
pub const MAX_PLACES: u32 = 500;

/// Saves a place from the bytes of its GeoJSON. With the same idempotency key and the same bytes, the place
/// that was saved the first time.
pub async fn save_place(
    core: &Core,
    community: Arc<LiveCommunity>,
    who: &SignedIn,
    json: &[u8],
    key: Option<&str>,
) -> Result<Arc<Place>, ActionError> {
    let content = parse(&community, who, json, None)?;
    let now = core.ambient.now();
    let owner = who.participant.id;
    let id = PlaceId(core.ambient.id());
    let place = Place { id, owner, content, created_at: now, updated_at: now, version: 1 };
    let new = NewPlace {
        community: community.id().clone(),
        place,
        idempotency: key.map(|key| IdempotencyKey {
            // Keys of different people never meet, even if they choose the same.
            key: sha256(&[owner.0.as_bytes(), key.as_bytes()].concat()),
            body: sha256(json),
        }),
        most: MAX_PLACES,
    };
    let (store, refused) = (core.store.clone(), Refused::of(core, &community, who, json, None));
    to_the_end(async move {
        let inserted = match store.insert_place(&new).await {
            Err(StoreError::Missing(_)) => return Err(refused.why().await),
            inserted => inserted?,
        };
        let saved = match inserted {
            Inserted::Created => new.place,
            Inserted::Replayed(Some(place)) => place,
            Inserted::Replayed(None) => return Err(ActionError::ReplayGone),
            Inserted::KeyReused => return Err(ActionError::KeyReused),
            Inserted::LimitReached => return Err(ActionError::LimitReached { most: MAX_PLACES }),
        };
        let saved = Arc::new(saved);
        community.put_place(Arc::clone(&saved));
        Ok(saved)
    })
    .await
}

/// Reads a place by the rules of its community and of its owner's consent. Answers to earlier questions are taken as
/// they were `before`.
pub(super) fn parse(
    community: &LiveCommunity,
    who: &SignedIn,
    json: &[u8],
    before: Option<&PlaceContent>,
) -> Result<PlaceContent, ActionError> {
    let rules = PlaceRules { bounds: community.info().bounds, allowed: who.participant.consent.purposes };
    let mut content = rules.parse(json)?;
    let (none, nothing) = (Answers::new(), AnswerVersions::new());
    let before = before.map_or(Answered { answers: &none, versions: &nothing }, PlaceContent::answered);
    content.answer_versions = community.info().check_answers(&content.answers, before)?;
    Ok(content)
}

/// A write that the store refused because something that it needs went away after the request was checked:
/// the person, or their consent to a purpose.
pub(super) struct Refused {
    core: Core,
    community: Arc<LiveCommunity>,
    who: SignedIn,
    json: Vec<u8>,
    before: Option<PlaceContent>,
}

impl Refused {
    /// Remembers what was asked.
    pub(super) fn of(
        core: &Core,
        community: &Arc<LiveCommunity>,
        who: &SignedIn,
        json: &[u8],
        before: Option<PlaceContent>,
    ) -> Self {
        let (core, community, who) = (core.clone(), Arc::clone(community), who.clone());
        Self { core, community, who, json: json.to_vec(), before }
    }

    /// Checks once more against what is there now.
    pub(super) async fn why(self) -> ActionError {
        match self.core.store.participant(self.who.participant.id).await {
            Err(error) => error.into(),
            Ok(None) => ActionError::NobodyThere,
            Ok(Some(participant)) => {
                let who = SignedIn { participant, ..self.who };
                // If it would pass now, the consent came and went meanwhile: the client may try again.
                parse(&self.community, &who, &self.json, self.before.as_ref())
                    .err()
                    .unwrap_or(ActionError::Stale)
            }
        }
    }
}
