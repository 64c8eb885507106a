//! Participants, their consent and their sessions.

use engine::ParticipantId;
use engine::community::Purposes;
use stead::store::{Joining, StoreError};

use super::fixtures::*;
use crate::databases::{Database, on_both_engines};

on_both_engines!(
    whoever_joins_is_found_by_id_by_return_code_and_by_session,
    nobody_joins_a_community_that_is_not_there,
    a_return_code_opens_one_account,
    a_session_ends_at_its_time_and_when_it_is_closed,
    further_sessions_open_and_nobodys_do_not,
    opening_a_session_forgets_the_ones_that_ended,
    the_newest_consent_is_in_force,
    purposes_turned_off_are_turned_off_in_every_place_at_once,
    a_place_never_shares_what_its_owner_no_longer_consents_to,
    nobody_elses_places_change_with_a_consent,
);

async fn joined(db: &Database) -> Joining {
    let joining = joining(&kaldavere(db).await, ALL);
    db.store.join(&joining).await.unwrap();
    joining
}

async fn whoever_joins_is_found_by_id_by_return_code_and_by_session(db: Database) {
    let joining = joined(&db).await;
    let Joining { participant, return_code, session, .. } = joining;
    assert_eq!(db.store.participant(participant.id).await.unwrap().as_ref(), Some(&participant));
    assert_eq!(db.store.participant(ParticipantId(id())).await.unwrap(), None);
    let by_code = |c: &'static str, hash| {
        let store = db.store.clone();
        async move { store.participant_by_return_code(&name(c), hash).await.unwrap() }
    };
    assert_eq!(by_code("kaldavere", return_code).await, Some(participant.id));
    assert_eq!(by_code("kaldavere", hash(1)).await, None);
    assert_eq!(by_code("elsewhere", return_code).await, None);
    assert_eq!(db.store.session(session.token, at(50)).await.unwrap().as_ref(), Some(&session));
}

async fn nobody_joins_a_community_that_is_not_there(db: Database) {
    let joining = joining(&name("nowhere"), ALL);
    let refused = db.store.join(&joining).await;
    assert!(matches!(refused, Err(StoreError::Missing(_))), "{refused:?}");
    assert_eq!(db.store.participant(joining.participant.id).await.unwrap(), None);
}

async fn a_return_code_opens_one_account(db: Database) {
    let first = joined(&db).await;
    let second = Joining { return_code: first.return_code, ..joining(&first.participant.community, ALL) };
    let refused = db.store.join(&second).await;
    assert!(matches!(refused, Err(StoreError::Exists(_))), "{refused:?}");
    assert_eq!(db.store.session(second.session.token, at(2)).await.unwrap(), None);
}

async fn a_session_ends_at_its_time_and_when_it_is_closed(db: Database) {
    let session = joined(&db).await.session;
    let open_at = |seconds| {
        let (store, token) = (db.store.clone(), session.token);
        async move { store.session(token, at(seconds)).await.unwrap().is_some() }
    };
    assert!(open_at(99).await);
    assert!(!open_at(100).await);
    assert!(db.store.close_session(session.token).await.unwrap());
    assert!(!open_at(50).await);
    assert!(!db.store.close_session(session.token).await.unwrap());
}

async fn further_sessions_open_and_nobodys_do_not(db: Database) {
    let participant = joined(&db).await.participant;
    let other_device = session(&participant.community, participant.id, hash(2));
    db.store.open_session(&other_device).await.unwrap();
    assert_eq!(db.store.session(hash(2), at(5)).await.unwrap(), Some(other_device.clone()));
    let again = db.store.open_session(&other_device).await;
    assert!(matches!(again, Err(StoreError::Exists(_))), "{again:?}");
    let nobodys = session(&participant.community, ParticipantId(id()), hash(3));
    let refused = db.store.open_session(&nobodys).await;
    assert!(matches!(refused, Err(StoreError::Missing(_))), "{refused:?}");
}

async fn opening_a_session_forgets_the_ones_that_ended(db: Database) {
    let Joining { participant, session: first, .. } = joined(&db).await;
    let later = stead::store::Session {
        created_at: at(100),
        expires_at: at(200),
        ..session(&participant.community, participant.id, hash(2))
    };
    db.store.open_session(&later).await.unwrap();
    assert!(!db.store.close_session(first.token).await.unwrap());
    assert!(db.store.close_session(hash(2)).await.unwrap());
}

async fn the_newest_consent_is_in_force(db: Database) {
    let participant = joined(&db).await.participant;
    let none = consent(NONE, 20);
    assert_eq!(db.store.change_consent(participant.id, &none).await.unwrap(), []);
    // Its own time does not decide: what came in last is in force, even from a clock that goes back.
    let some = consent(Purposes { research: true, ..NONE }, 10);
    db.store.change_consent(participant.id, &some).await.unwrap();
    assert_eq!(db.store.participant(participant.id).await.unwrap().unwrap().consent, some);
    assert_eq!(db.store.consents(participant.id).await.unwrap(), [participant.consent, none.clone(), some]);
    assert_eq!(db.store.consents(ParticipantId(id())).await.unwrap(), []);
    let nobodys = db.store.change_consent(ParticipantId(id()), &none).await;
    assert!(matches!(nobodys, Err(StoreError::Missing(_))), "{nobodys:?}");
}

async fn purposes_turned_off_are_turned_off_in_every_place_at_once(db: Database) {
    let Joining { participant, .. } = joined(&db).await;
    let sharing = saved(&db, &participant.community, participant.id, "shared").await;
    let mut private = new_place(&participant.community, participant.id, "private");
    private.place.content.share = NONE;
    db.store.insert_place(&private).await.unwrap();

    let maps_only = Purposes { published_maps: true, ..NONE };
    let changed = db.store.change_consent(participant.id, &consent(maps_only, 20)).await.unwrap();

    let mut expected = sharing.clone();
    expected.content.share = maps_only;
    expected.version = 2;
    expected.updated_at = at(20);
    assert_eq!(changed, [expected.clone()]);
    assert_eq!(db.store.places_by_id(&[sharing.id]).await.unwrap(), [expected.clone()]);
    assert_eq!(db.store.places_by_id(&[private.place.id]).await.unwrap(), [private.place]);

    // Agreeing again gives nothing back: each place is the person's to share anew.
    assert_eq!(db.store.change_consent(participant.id, &consent(ALL, 30)).await.unwrap(), []);
    assert_eq!(db.store.places_by_id(&[sharing.id]).await.unwrap(), [expected]);
}

async fn a_place_never_shares_what_its_owner_no_longer_consents_to(db: Database) {
    let Joining { participant, .. } = joined(&db).await;
    let place = saved(&db, &participant.community, participant.id, "shared").await;
    let no_research = Purposes { research: false, ..ALL };
    db.store.change_consent(participant.id, &consent(no_research, 20)).await.unwrap();

    // Both requests were checked against the consent of before.
    let late = new_place(&participant.community, participant.id, "late");
    let refused = db.store.insert_place(&late).await;
    assert!(matches!(&refused, Err(StoreError::Missing(what)) if what.contains("research")), "{refused:?}");
    let refused = db.store.update_place(&change(&place, 2, "late")).await;
    assert!(matches!(&refused, Err(StoreError::Missing(what)) if what.contains("research")), "{refused:?}");
    assert_eq!(db.store.places(&participant.community).await.unwrap().len(), 1);
}

async fn nobody_elses_places_change_with_a_consent(db: Database) {
    let Joining { participant, .. } = joined(&db).await;
    let other = somebody(&db, &participant.community).await;
    let theirs = saved(&db, &participant.community, other, "theirs").await;
    assert_eq!(db.store.change_consent(participant.id, &consent(NONE, 20)).await.unwrap(), []);
    assert_eq!(db.store.places_by_id(&[theirs.id]).await.unwrap(), [theirs]);
}
