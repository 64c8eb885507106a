//! Community maps.

use engine::community::Community;
use engine::crisis::{CrisisContact, CrisisContacts};
use stead::store::{CommunityChange, StoreError};

use super::fixtures::*;
use crate::databases::{Database, on_both_engines};

on_both_engines!(
    a_community_is_read_as_it_was_added,
    a_name_is_taken_once,
    who_runs_it_and_whom_to_call_are_changed_one_by_one,
    communities_are_listed_by_name,
    bounds_are_set_once_and_never_moved,
);

async fn a_community_is_read_as_it_was_added(db: Database) {
    let added = community("tartu-2");
    db.store.add_community(&added).await.unwrap();
    assert_eq!(db.store.community(&added.id).await.unwrap(), Some(added));
    assert_eq!(db.store.community(&name("other")).await.unwrap(), None);
}

async fn who_runs_it_and_whom_to_call_are_changed_one_by_one(db: Database) {
    let id = kaldavere(&db).await;
    let change = async |change| assert!(db.store.change_community(&id, &change, at(3)).await.unwrap());
    change(CommunityChange::CrisisConfirmed).await;
    let runners = |run_by: Option<&str>, contact: Option<&str>| CommunityChange::Runners {
        run_by: run_by.map(str::to_owned),
        contact: contact.map(str::to_owned),
    };
    change(runners(Some("Aed MTÜ"), Some("112"))).await;
    change(runners(None, Some("116 123"))).await;
    let contact = CrisisContact {
        name: "Eluliin".into(),
        phone: "655 8088".into(),
        note: [("et".to_owned(), "Keegi kuulab".to_owned())].into(),
        hours: [("et".to_owned(), "õhtuti".to_owned())].into(),
        source: Some("eluliin.ee".into()),
    };
    let told = CrisisContacts { contacts: vec![contact] };
    let before = db.store.community(&id).await.unwrap().unwrap();
    assert!(before.crisis_confirmed);
    assert_eq!((before.run_by.as_deref(), before.contact.as_deref()), (Some("Aed MTÜ"), Some("116 123")));
    change(CommunityChange::CrisisContacts(told.clone())).await;
    let expected = Community { crisis_contacts: Some(told.contacts), crisis_confirmed: false, ..before };
    assert_eq!(db.store.community(&id).await.unwrap(), Some(expected.clone()));
    // As it is added, so it is read: all of it.
    let copy = Community { id: name("copy"), ..expected };
    db.store.add_community(&copy).await.unwrap();
    assert_eq!(db.store.community(&copy.id).await.unwrap(), Some(copy));
    assert!(!db.store.change_community(&name("nowhere"), &runners(None, None), at(4)).await.unwrap());
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
