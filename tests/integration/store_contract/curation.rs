//! What stewards and sources each know of a support, and what became of it.

use engine::SupportId;
use engine::support::{Status, Support, SupportDetails};
use stead::store::{ImportCounts, StoreError, SupportEdit, SupportEdited, SupportMerge, SupportOp};

use super::fixtures::*;
use crate::databases::{Database, on_both_engines};

on_both_engines!(
    what_a_complete_source_does_not_have_any_more_is_marked_and_comes_back,
    what_a_steward_edited_survives_an_import,
    an_edit_needs_the_version_that_is_there,
    a_support_that_a_steward_added_is_there_once,
    of_two_that_are_one_the_other_takes_over_and_an_import_does_not_bring_it_back,
    every_change_is_in_the_history,
    a_confidential_address_is_forgotten_in_the_history_too,
    what_comes_back_confidential_under_another_identifier_is_hidden_under_the_old_one_too,
    a_merger_with_a_confidential_support_hides_both,
);

fn edit(of: &Support, change: impl FnOnce(&mut SupportDetails)) -> SupportEdit {
    let mut details = of.details.clone();
    change(&mut details);
    SupportEdit {
        community: name("kaldavere"),
        id: of.id,
        expected: of.version,
        location: of.location,
        details,
        op: SupportOp::Edit,
        who: "mari@example.org".into(),
        at: at(50),
    }
}

fn merge(from: &Support, into: &Support) -> SupportMerge {
    let (community, who) = (name("kaldavere"), "mari@example.org".to_owned());
    SupportMerge { community, from: from.id, expected: from.version, into: into.id, who, at: at(51) }
}

fn changed(edited: SupportEdited) -> Support {
    match edited {
        SupportEdited::Changed(support) => support,
        other => panic!("{other:?}"),
    }
}

async fn what_a_complete_source_does_not_have_any_more_is_marked_and_comes_back(db: Database) {
    let community = kaldavere(&db).await;
    let mut other = support("1");
    other.details.source = "city".into();
    let both = [support("node/1"), support("node/2")];
    db.store.upsert_supports(&community, &both, &all_of_osm(), at(1)).await.unwrap();
    db.store.upsert_supports(&community, &[other.clone()], &some_of_osm(), at(1)).await.unwrap();
    for (scope, missing) in [(some_of_osm(), 0), (all_of_osm(), 1), (all_of_osm(), 0)] {
        let counts = db.store.upsert_supports(&community, &both[..1], &scope, at(9)).await.unwrap();
        assert_eq!(counts, ImportCounts { unchanged: 1, missing, ..ImportCounts::default() });
    }
    let now = db.store.supports(&community).await.unwrap();
    let since: Vec<_> = now.iter().map(|s| (s.details.source_id.as_str(), s.missing_since)).collect();
    assert!(since.contains(&("node/2", Some(at(9)))) && since.contains(&("1", None)), "{since:?}");
    let counts = db.store.upsert_supports(&community, &both, &all_of_osm(), at(10)).await.unwrap();
    assert_eq!((counts.changed, counts.unchanged), (1, 1));
    let back = db.store.support(&community, both[1].id).await.unwrap().unwrap();
    assert_eq!((back.missing_since, back.version), (None, 3));
}

async fn what_a_steward_edited_survives_an_import(db: Database) {
    let community = kaldavere(&db).await;
    let first = support("node/1");
    db.store.upsert_supports(&community, std::slice::from_ref(&first), &all_of_osm(), at(1)).await.unwrap();
    let edit = edit(&first, |d| {
        d.name = Some("Õdus maja".into());
        d.lived_experience = Some(true);
        d.phone = None;
    });
    let edited = changed(db.store.edit_support(&edit).await.unwrap());
    assert_eq!(edited.curated, ["name", "lived_experience"].map(String::from).into());
    assert_eq!((edited.version, edited.updated_at), (2, at(50)));
    assert_eq!(db.store.support(&community, first.id).await.unwrap(), Some(edited.clone()));
    let mut again = support("node/1");
    again.details.address = Some("Jõe 1".into());
    again.details.name = Some("OSM's name".into());
    let counts = db.store.upsert_supports(&community, &[again], &all_of_osm(), at(60)).await.unwrap();
    assert_eq!(counts.changed, 1);
    let now = db.store.support(&community, first.id).await.unwrap().unwrap();
    assert_eq!(now.details.name.as_deref(), Some("Õdus maja"));
    assert_eq!(now.details.lived_experience, Some(true));
    assert_eq!(now.details.address.as_deref(), Some("Jõe 1"));
    assert_eq!((now.curated, now.version), (edited.curated, 3));
}

async fn an_edit_needs_the_version_that_is_there(db: Database) {
    let community = kaldavere(&db).await;
    let first = support("node/1");
    db.store.upsert_supports(&community, std::slice::from_ref(&first), &all_of_osm(), at(1)).await.unwrap();
    let stale = SupportEdit { expected: 2, ..edit(&first, |_| ()) };
    assert_eq!(db.store.edit_support(&stale).await.unwrap(), SupportEdited::Stale);
    let missing = SupportEdit { id: SupportId(id()), ..edit(&first, |_| ()) };
    assert_eq!(db.store.edit_support(&missing).await.unwrap(), SupportEdited::Missing);
    let elsewhere = SupportEdit { community: name("nowhere"), ..edit(&first, |_| ()) };
    let refused = db.store.edit_support(&elsewhere).await;
    assert!(matches!(refused, Err(StoreError::Missing(_))), "{refused:?}");
    assert_eq!(db.store.supports(&community).await.unwrap(), [first]);
}

async fn a_support_that_a_steward_added_is_there_once(db: Database) {
    let community = kaldavere(&db).await;
    let mut own = full_support("own-1");
    own.details.source = "steward".into();
    db.store.add_support(&community, &own, "mari@example.org").await.unwrap();
    assert_eq!(db.store.supports(&community).await.unwrap(), [own.clone()]);
    let again = Support { id: SupportId(id()), ..own.clone() };
    let refused = db.store.add_support(&community, &again, "mari@example.org").await;
    assert!(matches!(refused, Err(StoreError::Exists(_))), "{refused:?}");
    let refused = db.store.add_support(&name("nowhere"), &again, "mari@example.org").await;
    assert!(matches!(refused, Err(StoreError::Missing(_))), "{refused:?}");
    db.store.upsert_supports(&community, &[], &all_of_osm(), at(9)).await.unwrap();
    assert_eq!(db.store.supports(&community).await.unwrap(), [own]);
}

async fn of_two_that_are_one_the_other_takes_over_and_an_import_does_not_bring_it_back(db: Database) {
    let community = kaldavere(&db).await;
    let (bare, full) = (support("node/1"), full_support("way/2"));
    db.store.upsert_supports(&community, &[bare.clone(), full.clone()], &all_of_osm(), at(1)).await.unwrap();
    let stale = SupportMerge { expected: 7, ..merge(&full, &bare) };
    assert_eq!(db.store.merge_supports(&stale).await.unwrap(), SupportEdited::Stale);
    let stays = changed(db.store.merge_supports(&merge(&full, &bare)).await.unwrap());
    assert_eq!((stays.id, stays.version), (bare.id, 2));
    assert_eq!(stays.details.source_id, "node/1");
    assert_eq!(stays.details.phone, full.details.phone);
    assert_eq!(stays.details.price, bare.details.price, "what was known stays");
    assert_eq!(stays.details.closeness, full.details.closeness);
    assert!(stays.curated.contains("phone") && !stays.curated.contains("name"));
    let twins = [support("node/1"), full_support("way/2")];
    db.store.upsert_supports(&community, &twins, &all_of_osm(), at(60)).await.unwrap();
    let now = db.store.supports(&community).await.unwrap();
    assert_eq!(now.iter().filter(|s| s.merged_into.is_none()).collect::<Vec<_>>(), [&stays]);
    assert_eq!(db.store.edit_support(&edit(&full, |_| ())).await.unwrap(), SupportEdited::Missing);
    assert_eq!(db.store.merge_supports(&merge(&bare, &full)).await.unwrap(), SupportEdited::Missing);
}

async fn every_change_is_in_the_history(db: Database) {
    let community = kaldavere(&db).await;
    let first = support("node/1");
    db.store.upsert_supports(&community, std::slice::from_ref(&first), &all_of_osm(), at(1)).await.unwrap();
    let close = SupportEdit { op: SupportOp::Close, ..edit(&first, |d| d.status = Status::Closed) };
    db.store.edit_support(&close).await.unwrap();
    db.store.upsert_supports(&community, &[support("node/2")], &all_of_osm(), at(70)).await.unwrap();
    let history = db.store.support_history(&community, first.id).await.unwrap();
    let seen: Vec<_> = history.iter().map(|c| (c.op, c.who.as_deref(), c.at)).collect();
    let expected = [
        (SupportOp::Import, None, at(70)),
        (SupportOp::Close, Some("mari@example.org"), at(50)),
        (SupportOp::Import, None, at(1)),
    ];
    assert_eq!(seen, expected);
    assert!(history[0].after["missing_since"].is_string());
    let before = history[1].before.as_ref().unwrap();
    assert_eq!((&before["status"], &history[1].after["status"]), (&"active".into(), &"closed".into()));
    assert_eq!((&history[2].before, &history[2].after["name"]), (&None, &"Raamatukogu \"Õie\"".into()));
    assert_eq!(db.store.support_history(&community, SupportId(id())).await.unwrap(), []);
}

async fn a_confidential_address_is_forgotten_in_the_history_too(db: Database) {
    let community = kaldavere(&db).await;
    let first = full_support("node/1");
    db.store.upsert_supports(&community, std::slice::from_ref(&first), &all_of_osm(), at(1)).await.unwrap();
    let hidden = changed(db.store.edit_support(&edit(&first, |d| d.confidential = true)).await.unwrap());
    assert_eq!((hidden.location, hidden.details.address.as_deref()), (None, None));
    db.store.upsert_supports(&community, &[full_support("node/1")], &all_of_osm(), at(60)).await.unwrap();
    let now = db.store.support(&community, first.id).await.unwrap().unwrap();
    assert_eq!((now.location, now.details.address), (None, None));
    for change in db.store.support_history(&community, first.id).await.unwrap() {
        let told = format!("{:?}{}", change.before, change.after);
        assert!(!told.contains("petaja") && !told.contains("26.7225"), "{told}");
    }
}

/// That neither the record nor its history says where it is.
async fn is_nowhere(db: &Database, id: SupportId) {
    let community = name("kaldavere");
    let now = db.store.support(&community, id).await.unwrap().unwrap();
    assert_eq!((now.location, &now.details.address, now.details.confidential), (None, &None, true));
    for change in db.store.support_history(&community, id).await.unwrap() {
        let told = format!("{:?}{}", change.before, change.after);
        assert!(!told.contains("petaja") && !told.contains("26.7225"), "{told}");
    }
}

async fn what_comes_back_confidential_under_another_identifier_is_hidden_under_the_old_one_too(db: Database) {
    let community = kaldavere(&db).await;
    let at_its_location = full_support("service-at-location/1");
    let mut elsewhere = full_support("service-at-location/2");
    elsewhere.details.name = Some("Somewhere else".into());
    let before = [at_its_location.clone(), elsewhere.clone()];
    db.store.upsert_supports(&community, &before, &all_of_osm(), at(1)).await.unwrap();
    let mut hidden = full_support("service/1");
    hidden.details.confidential = true;
    let hidden = hidden.without_secrets();
    let counts = db.store.upsert_supports(&community, &[hidden], &some_of_osm(), at(2)).await.unwrap();
    assert_eq!((counts.added, counts.missing), (1, 1));
    is_nowhere(&db, at_its_location.id).await;
    let other = db.store.support(&community, elsewhere.id).await.unwrap().unwrap();
    assert!(other.location.is_some() && other.missing_since.is_none());
}

async fn a_merger_with_a_confidential_support_hides_both(db: Database) {
    let community = kaldavere(&db).await;
    let (open, mut secret) = (full_support("node/1"), full_support("node/2"));
    secret.details.confidential = true;
    let secret = secret.without_secrets();
    let both = [open.clone(), secret.clone()];
    db.store.upsert_supports(&community, &both, &all_of_osm(), at(1)).await.unwrap();
    db.store.merge_supports(&merge(&open, &secret)).await.unwrap();
    is_nowhere(&db, open.id).await;
    is_nowhere(&db, secret.id).await;
}
