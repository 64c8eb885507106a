//! Participants' places.

use engine::{ParticipantId, PlaceId};
use stead::store::{Deleted, Inserted, NewPlace, PlaceChange, PlaceRemoval, StoreError, Updated};

use super::fixtures::*;
use crate::databases::{Database, on_both_engines};

on_both_engines!(
    a_place_is_read_as_it_was_saved,
    a_place_is_ones_own_or_is_not_there,
    places_are_read_by_their_ids_as_far_as_they_exist,
    a_community_sees_its_own_places_alone,
    nobody_saves_a_place_where_they_are_not_at_home,
    an_id_is_saved_once,
    the_same_key_and_body_answer_with_the_place_of_before,
    a_replay_answers_with_the_place_as_it_is_now,
    the_same_key_with_another_body_is_refused,
    keys_of_two_people_do_not_meet,
    nobody_saves_more_than_the_limit_even_all_at_once,
    the_same_request_twice_at_once_makes_one_place,
    a_change_replaces_the_content_and_counts_the_version,
    a_stale_version_changes_and_deletes_nothing,
    of_two_changes_at_once_one_wins,
    nobody_reaches_anothers_place,
    a_deleted_place_is_gone,
    a_request_whose_caller_went_away_is_carried_out,
);

async fn at_home(db: &Database) -> (engine::CommunityId, ParticipantId) {
    let community = kaldavere(db).await;
    let owner = somebody(db, &community).await;
    (community, owner)
}

async fn a_place_is_read_as_it_was_saved(db: Database) {
    let (community, owner) = at_home(&db).await;
    let place = saved(&db, &community, owner, "Pink jõe ääres").await;
    assert_eq!(db.store.places(&community).await.unwrap(), [place]);
}

async fn places_are_read_by_their_ids_as_far_as_they_exist(db: Database) {
    let (community, owner) = at_home(&db).await;
    let a = saved(&db, &community, owner, "a").await;
    let b = saved(&db, &community, owner, "b").await;
    saved(&db, &community, owner, "c").await;
    let mut found = db.store.places_by_id(&[b.id, PlaceId(id()), a.id, a.id]).await.unwrap();
    found.sort_by_key(|p| p.content.name.clone());
    assert_eq!(found, [a, b]);
    assert_eq!(db.store.places_by_id(&[]).await.unwrap(), []);
}

async fn a_place_is_ones_own_or_is_not_there(db: Database) {
    let (community, owner) = at_home(&db).await;
    let place = saved(&db, &community, owner, "a").await;
    assert_eq!(db.store.own_place(owner, place.id).await.unwrap(), Some(place.clone()));
    assert_eq!(db.store.own_place(ParticipantId(id()), place.id).await.unwrap(), None);
    assert_eq!(db.store.own_place(owner, PlaceId(id())).await.unwrap(), None);
}

async fn a_community_sees_its_own_places_alone(db: Database) {
    let (community, owner) = at_home(&db).await;
    saved(&db, &community, owner, "here").await;
    db.store.add_community(&super::fixtures::community("tartu")).await.unwrap();
    assert_eq!(db.store.places(&name("tartu")).await.unwrap(), []);
    assert_eq!(db.store.places(&name("nowhere")).await.unwrap(), []);
}

async fn nobody_saves_a_place_where_they_are_not_at_home(db: Database) {
    let (_, owner) = at_home(&db).await;
    db.store.add_community(&super::fixtures::community("tartu")).await.unwrap();
    let elsewhere = db.store.insert_place(&new_place(&name("tartu"), owner, "x")).await;
    assert!(matches!(elsewhere, Err(StoreError::Missing(_))), "{elsewhere:?}");
    let nobodys = new_place(&name("kaldavere"), ParticipantId(id()), "x");
    let refused = db.store.insert_place(&nobodys).await;
    assert!(matches!(refused, Err(StoreError::Missing(_))), "{refused:?}");
}

async fn an_id_is_saved_once(db: Database) {
    let (community, owner) = at_home(&db).await;
    let new = new_place(&community, owner, "x");
    db.store.insert_place(&new).await.unwrap();
    let again = db.store.insert_place(&new).await;
    assert!(matches!(again, Err(StoreError::Exists(_))), "{again:?}");
}

fn keyed(new: NewPlace, key_and_body: (u64, u64)) -> NewPlace {
    NewPlace { idempotency: Some(key(key_and_body.0, key_and_body.1)), ..new }
}

async fn the_same_key_and_body_answer_with_the_place_of_before(db: Database) {
    let (community, owner) = at_home(&db).await;
    let first = keyed(new_place(&community, owner, "x"), (1, 1));
    assert_eq!(db.store.insert_place(&first).await.unwrap(), Inserted::Created);
    // The second request of a client comes with an id of its own, and while the person is at the limit.
    let second = NewPlace { most: 1, ..keyed(new_place(&community, owner, "x"), (1, 1)) };
    let replayed = db.store.insert_place(&second).await.unwrap();
    assert_eq!(replayed, Inserted::Replayed(Some(first.place)));
    assert_eq!(db.store.places(&community).await.unwrap().len(), 1);
}

async fn a_replay_answers_with_the_place_as_it_is_now(db: Database) {
    let (community, owner) = at_home(&db).await;
    let new = keyed(new_place(&community, owner, "x"), (1, 1));
    db.store.insert_place(&new).await.unwrap();
    let updated = db.store.update_place(&change(&new.place, 1, "y")).await.unwrap();
    let Updated::Changed(now) = updated else { panic!("{updated:?}") };
    assert_eq!(db.store.insert_place(&new).await.unwrap(), Inserted::Replayed(Some(now)));
    db.store.delete_place(&removal(&new.place, 2)).await.unwrap();
    assert_eq!(db.store.insert_place(&new).await.unwrap(), Inserted::Replayed(None));
}

async fn the_same_key_with_another_body_is_refused(db: Database) {
    let (community, owner) = at_home(&db).await;
    db.store.insert_place(&keyed(new_place(&community, owner, "x"), (1, 1))).await.unwrap();
    let other = keyed(new_place(&community, owner, "y"), (1, 2));
    assert_eq!(db.store.insert_place(&other).await.unwrap(), Inserted::KeyReused);
    assert_eq!(db.store.places(&community).await.unwrap().len(), 1);
}

async fn keys_of_two_people_do_not_meet(db: Database) {
    let (community, owner) = at_home(&db).await;
    let other = somebody(&db, &community).await;
    for person in [owner, other] {
        let new = keyed(new_place(&community, person, "x"), (1, 1));
        assert_eq!(db.store.insert_place(&new).await.unwrap(), Inserted::Created);
    }
}

async fn nobody_saves_more_than_the_limit_even_all_at_once(db: Database) {
    const MOST: u32 = 500;
    let (community, owner) = at_home(&db).await;
    for i in 0..MOST - 3 {
        saved(&db, &community, owner, &i.to_string()).await;
    }
    let attempts: Vec<_> = (0..12)
        .map(|_| {
            let (store, new) = (db.store.clone(), new_place(&community, owner, "x"));
            tokio::spawn(async move { store.insert_place(&NewPlace { most: MOST, ..new }).await.unwrap() })
        })
        .collect();
    let mut created = 0;
    for attempt in attempts {
        match attempt.await.unwrap() {
            Inserted::Created => created += 1,
            other => assert_eq!(other, Inserted::LimitReached),
        }
    }
    assert_eq!(created, 3);
    assert_eq!(db.store.places(&community).await.unwrap().len(), MOST as usize);
}

async fn the_same_request_twice_at_once_makes_one_place(db: Database) {
    let (community, owner) = at_home(&db).await;
    let attempts: Vec<_> = (0..6)
        .map(|_| {
            let (store, new) = (db.store.clone(), keyed(new_place(&community, owner, "x"), (1, 1)));
            tokio::spawn(async move { store.insert_place(&new).await.unwrap() })
        })
        .collect();
    let mut created = 0;
    for attempt in attempts {
        match attempt.await.unwrap() {
            Inserted::Created => created += 1,
            other => assert!(matches!(other, Inserted::Replayed(Some(_))), "{other:?}"),
        }
    }
    assert_eq!((created, db.store.places(&community).await.unwrap().len()), (1, 1));
}

async fn a_change_replaces_the_content_and_counts_the_version(db: Database) {
    let (community, owner) = at_home(&db).await;
    let place = saved(&db, &community, owner, "before").await;
    let updated = db.store.update_place(&change(&place, 1, "after")).await.unwrap();
    let expected =
        engine::place::Place { content: content("after", ALL), updated_at: at(30), version: 2, ..place };
    assert_eq!(updated, Updated::Changed(expected.clone()));
    assert_eq!(db.store.places(&community).await.unwrap(), [expected]);
}

async fn a_stale_version_changes_and_deletes_nothing(db: Database) {
    let (community, owner) = at_home(&db).await;
    let place = saved(&db, &community, owner, "x").await;
    for expected in [0, 2, i64::MAX] {
        assert_eq!(db.store.update_place(&change(&place, expected, "y")).await.unwrap(), Updated::Stale);
        assert_eq!(db.store.delete_place(&removal(&place, expected)).await.unwrap(), Deleted::Stale);
    }
    assert_eq!(db.store.places(&community).await.unwrap(), [place]);
}

async fn of_two_changes_at_once_one_wins(db: Database) {
    let (community, owner) = at_home(&db).await;
    let place = saved(&db, &community, owner, "x").await;
    let attempts: Vec<_> = ["a", "b", "c", "d"]
        .map(|name| {
            let (store, change) = (db.store.clone(), change(&place, 1, name));
            tokio::spawn(async move { store.update_place(&change).await.unwrap() })
        })
        .into_iter()
        .collect();
    let mut won = Vec::new();
    for attempt in attempts {
        match attempt.await.unwrap() {
            Updated::Changed(place) => won.push(place),
            other => assert_eq!(other, Updated::Stale),
        }
    }
    assert_eq!(won.len(), 1);
    assert_eq!(db.store.places(&community).await.unwrap(), won);
}

async fn nobody_reaches_anothers_place(db: Database) {
    let (community, owner) = at_home(&db).await;
    let other = somebody(&db, &community).await;
    let place = saved(&db, &community, owner, "x").await;
    for stranger in [other, ParticipantId(id())] {
        let change = PlaceChange { owner: stranger, ..change(&place, 1, "y") };
        assert_eq!(db.store.update_place(&change).await.unwrap(), Updated::Missing);
        let removal = PlaceRemoval { owner: stranger, ..removal(&place, 1) };
        assert_eq!(db.store.delete_place(&removal).await.unwrap(), Deleted::Missing);
    }
    assert_eq!(db.store.places(&community).await.unwrap(), [place]);
}

async fn a_deleted_place_is_gone(db: Database) {
    let (community, owner) = at_home(&db).await;
    let place = saved(&db, &community, owner, "x").await;
    assert_eq!(db.store.delete_place(&removal(&place, 1)).await.unwrap(), Deleted::Gone);
    assert_eq!(db.store.places_by_id(&[place.id]).await.unwrap(), []);
    assert_eq!(db.store.delete_place(&removal(&place, 1)).await.unwrap(), Deleted::Missing);
    assert_eq!(db.store.update_place(&change(&place, 1, "y")).await.unwrap(), Updated::Missing);
}

async fn a_request_whose_caller_went_away_is_carried_out(db: Database) {
    let (community, owner) = at_home(&db).await;
    for i in 0..40 {
        let new = new_place(&community, owner, "x");
        let (store, other) = (db.store.clone(), new.clone());
        let request = tokio::spawn(async move { store.insert_place(&other).await });
        for _ in 0..i {
            tokio::task::yield_now().await;
        }
        request.abort();
        // Whatever became of that one, the store works on, and its connections are in order.
        saved(&db, &community, owner, "next").await;
    }
    let (store, new) = (db.store.clone(), new_place(&community, owner, "last"));
    let wanted = new.place.id;
    // Polled once, and then nobody waits for it any more.
    let mut insert = Box::pin(async move { store.insert_place(&new).await });
    std::future::poll_fn(|context| {
        let _ = insert.as_mut().poll(context);
        std::task::Poll::Ready(())
    })
    .await;
    drop(insert);
    let carried_out = super::fixtures::eventually(async || {
        let found = db.store.places_by_id(&[wanted]).await.unwrap();
        found.first().map(|_| ())
    });
    carried_out.await;
}
