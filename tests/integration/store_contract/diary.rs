//! Participants' diaries.

use engine::diary::DiaryContent;
use engine::place::Place;
use engine::{DiaryId, ParticipantId, PlaceId};
use stead::store::{DiaryAdded, DiaryEntry, NewDiaryEntry};

use super::fixtures::*;
use crate::databases::{Database, on_both_engines};

on_both_engines!(
    an_entry_comes_back_as_it_was_written_the_newest_day_first,
    nobody_reaches_anothers_entry_or_one_of_another_place,
    nobody_writes_more_entries_than_allowed_not_even_at_once,
    a_diary_goes_with_its_place_and_with_its_owner,
);

fn says(day: &str, text: &str) -> DiaryContent {
    DiaryContent::parse(day, text, &[("joy".into(), 1), ("calm".into(), 3)]).unwrap()
}

fn entry(place: &Place, day: &str, seconds: i64) -> NewDiaryEntry {
    let (id, content) = (DiaryId(id()), says(day, "Täna oli «soe». 🌞"));
    let entry = DiaryEntry { id, place: place.id, content, created_at: at(seconds), updated_at: at(seconds) };
    NewDiaryEntry {
        owner: place.owner,
        entry,
        erased: id.0.into_bytes().repeat(2).try_into().unwrap(),
        most: 100,
    }
}

async fn written(db: &Database, place: &Place, day: &str, seconds: i64) -> DiaryEntry {
    let new = entry(place, day, seconds);
    assert_eq!(db.store.add_diary(&new).await.unwrap(), DiaryAdded::Written);
    new.entry
}

async fn an_entry_comes_back_as_it_was_written_the_newest_day_first(db: Database) {
    let community = kaldavere(&db).await;
    let owner = somebody(&db, &community).await;
    let place = saved(&db, &community, owner, "a").await;
    let other = saved(&db, &community, owner, "b").await;
    let old = written(&db, &place, "2026-01-05", 9).await;
    let morning = written(&db, &place, "2026-05-17", 3).await;
    let evening = written(&db, &place, "2026-05-17", 4).await;
    let elsewhere = written(&db, &other, "2026-03-01", 5).await;
    let all = [evening.clone(), morning.clone(), old.clone()];
    assert_eq!(db.store.diary(owner, place.id).await.unwrap(), all);
    let ids = db.store.diary_ids(owner, None).await.unwrap();
    let expected = [&evening, &morning, &elsewhere, &old].map(|e| (e.place, e.id));
    assert_eq!(ids, expected);
    assert_eq!(db.store.diary_ids(owner, Some(other.id)).await.unwrap(), [(other.id, elsewhere.id)]);

    let content = DiaryContent::parse("2026-06-01", "", &[]).unwrap();
    let changed = db.store.change_diary(owner, place.id, old.id, &content, at(50)).await.unwrap().unwrap();
    assert_eq!(changed, DiaryEntry { content, updated_at: at(50), ..old });
    assert_eq!(db.store.diary(owner, place.id).await.unwrap(), [changed.clone(), evening, morning.clone()]);
    assert!(db.store.delete_diary(owner, place.id, changed.id, &erasure()).await.unwrap());
    assert!(!db.store.delete_diary(owner, place.id, changed.id, &erasure()).await.unwrap());
    assert_eq!(db.store.diary(owner, place.id).await.unwrap().len(), 2);
}

async fn nobody_reaches_anothers_entry_or_one_of_another_place(db: Database) {
    let community = kaldavere(&db).await;
    let (owner, other) = (somebody(&db, &community).await, somebody(&db, &community).await);
    let place = saved(&db, &community, owner, "a").await;
    let mine = saved(&db, &community, owner, "b").await;
    let theirs = saved(&db, &community, other, "c").await;
    let kept = written(&db, &place, "2026-01-05", 9).await;
    let content = says("2026-01-06", "x");
    let nobody = ParticipantId(id());
    for (who, at_place) in
        [(other, place.id), (other, theirs.id), (owner, mine.id), (nobody, place.id), (owner, PlaceId(id()))]
    {
        assert_eq!(db.store.change_diary(who, at_place, kept.id, &content, at(9)).await.unwrap(), None);
        assert!(!db.store.delete_diary(who, at_place, kept.id, &erasure()).await.unwrap());
        assert_eq!(db.store.diary(who, at_place).await.unwrap(), []);
    }
    assert_eq!(db.store.diary_ids(other, None).await.unwrap(), []);
    let forged = NewDiaryEntry { owner: other, ..entry(&place, "2026-01-07", 10) };
    assert_eq!(db.store.add_diary(&forged).await.unwrap(), DiaryAdded::NoSuchPlace);
    assert_eq!(db.store.diary(owner, place.id).await.unwrap(), [kept]);
}

async fn nobody_writes_more_entries_than_allowed_not_even_at_once(db: Database) {
    let community = kaldavere(&db).await;
    let owner = somebody(&db, &community).await;
    let place = saved(&db, &community, owner, "a").await;
    let writes = (1..=6).map(|n| {
        let new = NewDiaryEntry { most: 3, ..entry(&place, "2026-01-05", n) };
        let store = db.store.clone();
        tokio::spawn(async move { store.add_diary(&new).await.unwrap() == DiaryAdded::Written })
    });
    let mut written = 0;
    for write in writes.collect::<Vec<_>>() {
        written += u32::from(write.await.unwrap());
    }
    assert_eq!(written, 3);
    assert_eq!(db.store.diary_ids(owner, None).await.unwrap().len(), 3);
}

async fn a_diary_goes_with_its_place_and_with_its_owner(db: Database) {
    let community = kaldavere(&db).await;
    let (owner, staying) = (somebody(&db, &community).await, somebody(&db, &community).await);
    let first = saved(&db, &community, owner, "a").await;
    let second = saved(&db, &community, owner, "b").await;
    let theirs = saved(&db, &community, staying, "c").await;
    for place in [&first, &second, &theirs] {
        written(&db, place, "2026-01-05", 9).await;
    }
    db.store.delete_place(&removal(&first, 1)).await.unwrap();
    assert_eq!(super::erasure::count(&db, "diary").await, 2);
    db.store.withdraw(owner, &erasure()).await.unwrap();
    assert_eq!(super::erasure::count(&db, "diary").await, 1);
    assert_eq!(db.store.diary(staying, theirs.id).await.unwrap().len(), 1);
}
