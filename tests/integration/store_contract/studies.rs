//! Questions that researchers keep.

use engine::StaffId;
use serde_json::json;
use stead::store::{NewRole, Role, SavedQuery, StoreError};

use super::fixtures::*;
use crate::databases::{Database, on_both_engines};

on_both_engines!(
    a_question_comes_back_as_it_was_kept_and_only_to_its_owner,
    a_name_is_taken_once_a_person_and_community,
    nobody_keeps_more_questions_than_allowed_not_even_at_once,
    nobody_forgets_anothers_question,
);

async fn researcher(db: &Database, email: &str) -> StaffId {
    let (community, role) = (name("kaldavere"), Role::Researcher);
    let new = NewRole { id: StaffId(id()), email: email.into(), community, role, at: at(1) };
    db.store.add_role(&new).await.unwrap().id
}

fn question(staff: StaffId, called: &str, seconds: i64) -> SavedQuery {
    SavedQuery {
        id: id(),
        community: name("kaldavere"),
        staff,
        name: called.into(),
        question: json!({"feeling": ["calm"], "within": {"type": "Polygon", "coordinates": [[[26.5, 58.25]]]}}),
        created_at: at(seconds),
    }
}

async fn a_question_comes_back_as_it_was_kept_and_only_to_its_owner(db: Database) {
    kaldavere(&db).await;
    let (liis, jaan) = (researcher(&db, "liis@x.example").await, researcher(&db, "jaan@x.example").await);
    let (first, second) = (question(liis, "Jõe ääres", 2), question(liis, "a", 3));
    for query in [&first, &second] {
        assert!(db.store.save_query(query, 10).await.unwrap());
    }
    let community = name("kaldavere");
    assert_eq!(db.store.saved_queries(&community, liis).await.unwrap(), [second, first]);
    assert_eq!(db.store.saved_queries(&community, jaan).await.unwrap(), []);
    assert_eq!(db.store.saved_queries(&name("elsewhere"), liis).await.unwrap(), []);
}

async fn a_name_is_taken_once_a_person_and_community(db: Database) {
    kaldavere(&db).await;
    let (liis, jaan) = (researcher(&db, "liis@x.example").await, researcher(&db, "jaan@x.example").await);
    assert!(db.store.save_query(&question(liis, "calm", 2), 10).await.unwrap());
    let again = db.store.save_query(&question(liis, "calm", 3), 10).await;
    assert!(matches!(again, Err(StoreError::Exists(_))), "{again:?}");
    assert!(db.store.save_query(&question(jaan, "calm", 3), 10).await.unwrap());
    let nobody = db.store.save_query(&question(StaffId(id()), "calm", 3), 10).await;
    assert!(matches!(nobody, Err(StoreError::Missing(_))), "{nobody:?}");
}

async fn nobody_keeps_more_questions_than_allowed_not_even_at_once(db: Database) {
    kaldavere(&db).await;
    let liis = researcher(&db, "liis@x.example").await;
    let saves = (0..6).map(|n| {
        let (store, query) = (db.store.clone(), question(liis, &n.to_string(), n));
        tokio::spawn(async move { store.save_query(&query, 3).await.unwrap() })
    });
    let mut kept = 0;
    for save in saves.collect::<Vec<_>>() {
        kept += u32::from(save.await.unwrap());
    }
    assert_eq!(kept, 3);
    assert_eq!(db.store.saved_queries(&name("kaldavere"), liis).await.unwrap().len(), 3);
}

async fn nobody_forgets_anothers_question(db: Database) {
    kaldavere(&db).await;
    let (liis, jaan) = (researcher(&db, "liis@x.example").await, researcher(&db, "jaan@x.example").await);
    let query = question(liis, "calm", 2);
    assert!(db.store.save_query(&query, 10).await.unwrap());
    let community = name("kaldavere");
    assert!(!db.store.forget_query(&community, jaan, query.id).await.unwrap());
    assert!(!db.store.forget_query(&name("elsewhere"), liis, query.id).await.unwrap());
    assert!(db.store.forget_query(&community, liis, query.id).await.unwrap());
    assert!(!db.store.forget_query(&community, liis, query.id).await.unwrap());
    assert_eq!(db.store.saved_queries(&community, liis).await.unwrap(), []);
}
