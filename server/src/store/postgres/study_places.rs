//! Places of an earlier study, brought in all or nothing.

use std::collections::HashMap;

use engine::community::Purposes;
use engine::{CommunityId, PlaceId};
use sqlx::PgConnection;

use super::{participants, places};
use crate::store::{ConsentRecord, Result, StoreError, StudyCounts, StudyImport, StudyPerson, StudyPlace};

pub(super) async fn import(db: &mut PgConnection, import: StudyImport) -> Result<StudyCounts> {
    let StudyImport { community, people, most, dry_run } = import;
    let mut counts = StudyCounts::default();
    for person in people {
        if participants::is_erased(db, person.erased).await? {
            counts.people_withdrawn += 1;
            counts.withdrawn += person.places.len();
            continue;
        }
        let owner = person.participant.id;
        let places = person.places.clone();
        let allowed = agree(db, &community, person, dry_run, &mut counts).await?;
        let mut there: HashMap<PlaceId, _> =
            places::of_owner(db, owner).await?.into_iter().map(|p| (p.id, p.content)).collect();
        for StudyPlace { mut place, erased } in places {
            place.content.share = place.content.share.and(allowed);
            if participants::is_erased(db, erased).await? {
                counts.withdrawn += 1;
            } else if let Some(content) = there.get(&place.id) {
                place.content.share = content.share;
                if *content == place.content { counts.unchanged += 1 } else { counts.kept += 1 }
            } else if there.len() >= most as usize {
                counts.beyond_limit += 1;
            } else {
                if !dry_run {
                    places::add(db, &community, &place).await?;
                }
                counts.added += 1;
                counts.count_shares(place.content.share);
                there.insert(place.id, place.content);
            }
        }
    }
    Ok(counts)
}

/// Makes sure that the person is there, and says what they agree to: never more than the study's file says, nor
/// than they said here.
async fn agree(
    db: &mut PgConnection,
    community: &CommunityId,
    person: StudyPerson,
    dry_run: bool,
    counts: &mut StudyCounts,
) -> Result<Purposes> {
    let owner = person.participant.id;
    let consent = person.participant.consent.clone();
    // Until the transaction ends nobody else gets past this: see there.
    participants::lock(db, owner).await?;
    let Some(known) = participants::one(db, owner).await? else {
        counts.people_added += 1;
        if !dry_run {
            participants::add(db, person.participant, person.return_code).await?;
        }
        return Ok(consent.purposes);
    };
    if known.community != *community {
        return Err(StoreError::Missing(format!("the participant {owner} of {community}")));
    }
    counts.people_known += 1;
    // Who came and agreed here decides alone; the study's file does not overrule them.
    if known.consent.version != consent.version {
        return Ok(known.consent.purposes);
    }
    let allowed = known.consent.purposes.and(consent.purposes);
    if allowed != known.consent.purposes {
        counts.consent_narrowed += 1;
        if !dry_run {
            participants::change_consent(db, owner, ConsentRecord { purposes: allowed, ..consent }).await?;
        }
    }
    Ok(allowed)
}
