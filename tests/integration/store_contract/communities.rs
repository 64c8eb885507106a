//! Community maps.

use stead::store::StoreError;

use super::fixtures::*;
use crate::databases::{Database, on_both_engines};

on_both_engines!(
    a_community_is_read_as_it_was_added,
    a_name_is_taken_once,
    communities_are_listed_by_name,
    bounds_are_set_once_and_never_moved,
);

async fn a_community_is_read_as_it_was_added(db: Database) {
    let added = community("tartu-2");
    db.store.add_community(&added).await.unwrap();
    assert_eq!(db.store.community(&added.id).await.unwrap(), Some(added));
    assert_eq!(db.store.community(&name("other")).await.unwrap(), None);
}

async fn a_name_is_taken_once(db: Database) {
    let added = community("tartu");
    db.store.add_community(&added).await.unwrap();
    let again = db.store.add_community(&engine::community::Community { demo: true, ..added.clone() }).await;
    assert!(matches!(&again, Err(StoreError::Exists(what)) if what.contains("tartu")), "{again:?}");
    assert_eq!(db.store.community(&added.id).await.unwrap(), Some(added));
}

async fn communities_are_listed_by_name(db: Database) {
    assert_eq!(db.store.communities().await.unwrap(), []);
    for text in ["b", "a2", "a-b", "c"] {
        db.store.add_community(&community(text)).await.unwrap();
    }
    let listed = db.store.communities().await.unwrap();
    assert_eq!(listed.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["a-b", "a2", "b", "c"]);
}

async fn bounds_are_set_once_and_never_moved(db: Database) {
    let id = kaldavere(&db).await;
    assert!(db.store.set_bounds_once(&id, bounds(), at(9)).await.unwrap());
    let wider = bounds().widened(1_000.0);
    assert!(!db.store.set_bounds_once(&id, wider, at(10)).await.unwrap());
    assert_eq!(db.store.community(&id).await.unwrap().unwrap().bounds, Some(bounds()));
    let nowhere = db.store.set_bounds_once(&name("nowhere"), wider, at(10)).await;
    assert!(matches!(nowhere, Err(StoreError::Missing(_))), "{nowhere:?}");
}
