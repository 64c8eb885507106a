//! The feed of changes.

use std::collections::HashSet;

use engine::PlaceId;
use sqlx::{Connection, PgConnection};
use stead::store::{Changed, FeedPosition};

use super::fixtures::*;
use crate::databases::{Database, Engine, on_both_engines};

on_both_engines!(
    the_store_answers,
    every_write_is_in_the_feed_and_what_changes_nothing_is_not,
    the_feed_goes_on_from_where_it_was_left,
    a_refused_write_is_not_in_the_feed,
    a_follower_misses_no_write_of_many_at_once,
);

async fn the_store_answers(db: Database) {
    db.store.ping().await.unwrap();
}

async fn every_write_is_in_the_feed_and_what_changes_nothing_is_not(db: Database) {
    let start = db.store.feed_position().await.unwrap();
    let community = kaldavere(&db).await;
    db.store.set_bounds_once(&community, bounds(), at(1)).await.unwrap();
    db.store.set_bounds_once(&community, bounds(), at(1)).await.unwrap();
    let owner = somebody(&db, &community).await;
    let place = saved(&db, &community, owner, "x").await;
    let other = saved(&db, &community, owner, "y").await;
    db.store.update_place(&change(&place, 1, "z")).await.unwrap();
    for _ in 0..2 {
        db.store.upsert_supports(&community, &[support("node/1")], &some_of_osm(), at(4)).await.unwrap();
        db.store.upsert_neighbourhoods(&community, &[neighbourhood("A", None)], at(1)).await.unwrap();
        db.store.change_consent(owner, &consent(NONE, 20)).await.unwrap();
    }
    let made = release(&community, at(50));
    db.store.save_release(&made).await.unwrap();
    db.store.delete_place(&removal(&place, 3)).await.unwrap();
    db.store.withdraw(owner, &erasure()).await.unwrap();

    let expected = [
        Changed::Community,
        Changed::Community,
        Changed::Place(place.id),
        Changed::Place(other.id),
        Changed::Place(place.id),
        Changed::Supports,
        Changed::Neighbourhoods,
        Changed::Place(place.id),
        Changed::Place(other.id),
        Changed::Release(made.id),
        Changed::Place(place.id),
        Changed::Place(other.id),
    ];
    let (seen, _) = db.changes_since(start).await;
    assert_eq!(seen.iter().map(|c| c.what).collect::<Vec<_>>(), expected);
    assert!(seen.iter().all(|c| c.community == community));
}

async fn the_feed_goes_on_from_where_it_was_left(db: Database) {
    let community = kaldavere(&db).await;
    let owner = somebody(&db, &community).await;
    let (_, start) = db.changes_since(FeedPosition::default()).await;
    let mut expected = Vec::new();
    for i in 0..5 {
        expected.push(Changed::Place(saved(&db, &community, owner, &i.to_string()).await.id));
    }
    let (all, end) = db.changes_since(start).await;
    assert_eq!(all.iter().map(|c| c.what).collect::<Vec<_>>(), expected);
    let mut position = start;
    for change in &all {
        let (changes, next) = db.store.changes_after(position, 1).await.unwrap();
        assert_eq!(changes, std::slice::from_ref(change));
        position = next;
    }
    assert_eq!(db.store.changes_after(end, 1).await.unwrap(), (vec![], end));
}

async fn a_refused_write_is_not_in_the_feed(db: Database) {
    let community = kaldavere(&db).await;
    let owner = somebody(&db, &community).await;
    let place = saved(&db, &community, owner, "x").await;
    let (before, position) = db.changes_since(FeedPosition::default()).await;
    assert_eq!(before.len(), 2);
    db.store.update_place(&change(&place, 7, "y")).await.unwrap();
    db.store.delete_place(&removal(&place, 7)).await.unwrap();
    db.store.save_release(&release(&name("nowhere"), at(1))).await.unwrap_err();
    db.store
        .insert_place(&stead::store::NewPlace { most: 1, ..new_place(&community, owner, "y") })
        .await
        .unwrap();
    assert_eq!(db.changes_since(position).await.0, []);
}

async fn a_follower_misses_no_write_of_many_at_once(db: Database) {
    const WRITERS: usize = 6;
    const EACH: usize = 25;
    let community = kaldavere(&db).await;
    let mut position = db.store.feed_position().await.unwrap();
    let mut writers = Vec::new();
    for _ in 0..WRITERS {
        let owner = somebody(&db, &community).await;
        let (store, community) = (db.store.clone(), community.clone());
        writers.push(tokio::spawn(async move {
            let mut ids = Vec::new();
            for i in 0..EACH {
                let new = new_place(&community, owner, &i.to_string());
                store.insert_place(&new).await.unwrap();
                ids.push(new.place.id);
            }
            ids
        }));
    }
    let mut seen: HashSet<PlaceId> = HashSet::new();
    eventually(async || {
        let (changes, next) = db.store.changes_after(position, 7).await.unwrap();
        position = next;
        seen.extend(changes.iter().filter_map(|c| match c.what {
            Changed::Place(id) => Some(id),
            _ => None,
        }));
        (seen.len() == WRITERS * EACH).then_some(())
    })
    .await;
    for writer in writers {
        assert!(writer.await.unwrap().iter().all(|id| seen.contains(id)));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_feed_never_loses_a_late_commit_on_postgresql() {
    const WRITE: &str = "INSERT INTO change (community, what, item) VALUES ('kaldavere', 'place', $1)";
    let db = Database::fresh(Engine::Postgres).await;
    kaldavere(&db).await;
    let (_, position) = db.changes_since(FeedPosition::default()).await;

    let (early, late) = (id(), id());
    let mut first = PgConnection::connect(&db.url).await.unwrap();
    let mut second = PgConnection::connect(&db.url).await.unwrap();
    let mut writes_first = first.begin().await.unwrap();
    sqlx::query(WRITE).bind(late).execute(&mut *writes_first).await.unwrap();
    let mut commits_first = second.begin().await.unwrap();
    sqlx::query(WRITE).bind(early).execute(&mut *commits_first).await.unwrap();
    commits_first.commit().await.unwrap();

    // A follower now must not go past the one that is still open, or it would never see it.
    let (changes, next) = db.store.changes_after(position, 10).await.unwrap();
    assert_eq!((changes, next), (vec![], position));
    // Nor may an index that is loaded now start after it.
    let loading = db.store.feed_position().await.unwrap();
    writes_first.commit().await.unwrap();
    for from in [position, loading] {
        let (seen, _) = db.changes_since(from).await;
        let seen: Vec<_> = seen.iter().map(|c| c.what).collect();
        assert_eq!(seen, [Changed::Place(PlaceId(late)), Changed::Place(PlaceId(early))]);
    }
}
