//! Backups: what is read comes back, on either engine, and what was erased since stays gone.

use std::collections::HashMap;

use stead::store::{BackupRow, BackupSource, BackupValue, NewPlace, Recall, Restored, Store, StoreError};

use super::fixtures::*;
use crate::databases::{Database, Engine, on_both_engines};

on_both_engines!(
    everything_comes_back_on_either_engine_as_it_was,
    who_was_erased_after_the_backup_is_erased_again,
    what_was_charged_released_entered_and_called_back_after_the_backup_stays_so,
    a_database_that_is_in_use_and_rows_that_are_not_known_are_refused,
);

async fn rows(store: &dyn Store) -> Vec<BackupRow> {
    let mut rows = Vec::new();
    let count = store
        .dump(&mut |row| {
            rows.push(row);
            Ok(())
        })
        .await
        .unwrap();
    assert_eq!(count, rows.len() as u64);
    rows
}

fn source(rows: Vec<BackupRow>) -> BackupSource {
    Box::new(rows.into_iter().map(Ok))
}

/// In an order that does not depend on the engine.
fn sorted(mut rows: Vec<BackupRow>) -> Vec<String> {
    for row in &mut rows {
        row.values.sort_by(|a, b| a.0.cmp(&b.0));
        for (_, value) in &mut row.values {
            // PostgreSQL keeps what JSON says and not how it was written.
            if let BackupValue::Text(text) = value
                && text.starts_with(['{', '['])
            {
                let said: serde_json::Value = serde_json::from_str(text).unwrap();
                *text = said.to_string();
            }
        }
    }
    let mut texts: Vec<_> = rows.iter().map(|row| serde_json::to_string(row).unwrap()).collect();
    texts.sort();
    texts
}

async fn a_life(db: &Database) -> engine::CommunityId {
    let community = kaldavere(db).await;
    db.store.set_bounds_once(&community, bounds(), at(2)).await.unwrap();
    let owner = somebody(db, &community).await;
    let place = saved(db, &community, owner, "Õhtu 🌙").await;
    let second = NewPlace { idempotency: Some(key(1, 1)), ..new_place(&community, owner, "b") };
    db.store.insert_place(&second).await.unwrap();
    let content = engine::diary::DiaryContent::parse("2026-05-17", "Päike.", &[("joy".into(), 2)]).unwrap();
    let entry = stead::store::DiaryEntry {
        id: engine::DiaryId(id()),
        place: place.id,
        content,
        created_at: at(3),
        updated_at: at(3),
    };
    db.store
        .add_diary(&stead::store::NewDiaryEntry { owner, entry, erased: [0; 32], most: 10 })
        .await
        .unwrap();
    let reading = stead::store::Reading {
        community: community.clone(),
        staff: engine::StaffId(id()),
        who: "liis@ulikool.example".into(),
        what: "places".into(),
        places: vec![place.id],
        at: at(50),
        fresh: new_hash(),
    };
    db.store.log_reading(&reading).await.unwrap();
    db.store.charge(&community, &[ledger_row(1)], &|_| Ok(())).await.unwrap();
    db.store.save_release(&release(&community, at(1))).await.unwrap();
    community
}

async fn everything_comes_back_on_either_engine_as_it_was(db: Database) {
    let community = a_life(&db).await;
    let kept = rows(&*db.store).await;
    for table in ["community", "participant", "consent", "place", "diary", "access_log", "ledger", "release"]
    {
        assert!(kept.iter().any(|row| row.table == table), "{table}");
    }
    assert!(kept.iter().all(|row| !["session", "change", "throttle"].contains(&row.table.as_str())));
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let other = Database::fresh(engine).await;
        let restored = other.store.load(source(kept.clone()), Vec::new()).await.unwrap();
        assert_eq!(restored, Restored { rows: kept.len() as u64, ..Restored::default() });
        assert_eq!(sorted(rows(&*other.store).await), sorted(kept.clone()));
        assert_eq!(other.store.places(&community).await.unwrap(), db.store.places(&community).await.unwrap());
        assert_eq!(other.store.communities().await.unwrap(), db.store.communities().await.unwrap());
        assert_eq!(
            other.store.verify_access_log(&community).await.unwrap(),
            db.store.verify_access_log(&community).await.unwrap()
        );
        // Sequences go on behind what came back.
        let newcomer = somebody(&other, &community).await;
        saved(&other, &community, newcomer, "new").await;
        other.store.charge(&community, &[ledger_row(2)], &|_| Ok(())).await.unwrap();
        assert_eq!(other.store.ledger(&community).await.unwrap().len(), 2);
    }
}

async fn who_was_erased_after_the_backup_is_erased_again(db: Database) {
    let community = a_life(&db).await;
    let (staying, leaving) = (somebody(&db, &community).await, somebody(&db, &community).await);
    let kept_place = saved(&db, &community, staying, "stays").await;
    let dropped = saved(&db, &community, staying, "dropped").await;
    saved(&db, &community, leaving, "goes").await;
    let backup = rows(&*db.store).await;
    // As actions do it: the ledger holds the hash of the id.
    let hashed = |id: uuid::Uuid| {
        let erased: [u8; 32] = <sha2::Sha256 as sha2::Digest>::digest(id.as_bytes()).into();
        stead::store::Erasure { erased, at: at(60) }
    };
    db.store.withdraw(leaving, &hashed(leaving.0)).await.unwrap();
    let removal = stead::store::PlaceRemoval { erasure: hashed(dropped.id.0), ..removal(&dropped, 1) };
    db.store.delete_place(&removal).await.unwrap();
    let ledger = db.store.erasures().await.unwrap();

    let restored = Database::fresh(Engine::Sqlite).await;
    assert_eq!(restored.store.load(source(backup.clone()), Vec::new()).await.unwrap().erased, 0);
    assert!(restored.store.participant(leaving).await.unwrap().is_some());
    let restored = Database::fresh(Engine::Sqlite).await;
    let newer = db.store.never_forgotten().await.unwrap();
    assert_eq!(restored.store.load(source(backup), newer).await.unwrap().erased, 2);
    assert_eq!(restored.store.erased_but_here().await.unwrap(), 0);
    assert_eq!(restored.store.participant(leaving).await.unwrap(), None);
    let places = restored.store.places(&community).await.unwrap();
    assert_eq!(places, db.store.places(&community).await.unwrap());
    assert!(places.contains(&kept_place));
    assert_eq!(restored.store.erasures().await.unwrap(), ledger);
}

async fn what_was_charged_released_entered_and_called_back_after_the_backup_stays_so(db: Database) {
    let community = a_life(&db).await;
    let (staying, leaving) = (somebody(&db, &community).await, somebody(&db, &community).await);
    let before = db.store.releases(&community).await.unwrap().remove(0);
    db.store.enter_release(&community, before.id, &[staying, leaving], 8).await.unwrap();
    let backup = rows(&*db.store).await;

    // After it: a release is charged, entered and made, one is called back, and a community begins and spends.
    let made = release(&community, at(70));
    let rows_since = [ledger_row(4), stead::store::LedgerRow { release: made.id, ..ledger_row(5) }];
    db.store.charge(&community, &rows_since, &|_| Ok(())).await.unwrap();
    db.store.enter_release(&community, made.id, &[staying, leaving], 8).await.unwrap();
    db.store.save_release(&made).await.unwrap();
    let recall = Recall { reason: "wrong noise".into(), at: at(80) };
    db.store.recall_release(&community, before.id, &recall).await.unwrap();
    let erased: [u8; 32] = <sha2::Sha256 as sha2::Digest>::digest(leaving.0.as_bytes()).into();
    db.store.withdraw(leaving, &stead::store::Erasure { erased, at: at(90) }).await.unwrap();
    db.store.add_community(&super::fixtures::community("tartu")).await.unwrap();
    db.store.charge(&name("tartu"), &[ledger_row(6)], &|_| Ok(())).await.unwrap();
    db.store.add_community(&super::fixtures::community("narva")).await.unwrap();

    let newer = db.store.never_forgotten().await.unwrap();
    for person in [staying, leaving] {
        let id = person.0.simple().to_string();
        assert!(!serde_json::to_string(&newer).unwrap().contains(&id), "participants are hashes there");
    }
    // The same of a whole backup, and of itself.
    assert_eq!(stead::store::never_forgotten_of(source(newer.clone())).unwrap(), newer);
    assert_eq!(stead::store::never_forgotten_of(source(rows(&*db.store).await)).unwrap(), newer);
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let other = Database::fresh(engine).await;
        let restored = other.store.load(source(backup.clone()), newer.clone()).await.unwrap();
        let expected = Restored {
            rows: backup.len() as u64,
            erased: 1,
            charged: 3,
            released: 1,
            recalled: 1,
            entered: 1,
        };
        assert_eq!(restored, expected);
        for id in [&community, &name("tartu")] {
            assert_eq!(other.store.ledger(id).await.unwrap(), db.store.ledger(id).await.unwrap());
            assert_eq!(other.store.releases(id).await.unwrap(), db.store.releases(id).await.unwrap());
        }
        assert_eq!(other.store.community(&name("narva")).await.unwrap(), None, "it spent nothing");
        assert_eq!(other.store.releases_entered(&community).await.unwrap(), HashMap::from([(staying, 2)]));
        // The ledger goes on behind it.
        other.store.charge(&community, &[ledger_row(7)], &|_| Ok(())).await.unwrap();
        let charged = other.store.ledger(&community).await.unwrap();
        assert_eq!(charged.last().unwrap().rho_billionths, 7);
    }
    let strange = vec![BackupRow { table: "place".into(), values: Vec::new() }];
    let empty = Database::fresh(Engine::Sqlite).await;
    let refused = empty.store.load(source(backup), strange).await;
    assert!(matches!(refused, Err(StoreError::Damaged { .. })), "{refused:?}");
    assert_eq!(empty.store.communities().await.unwrap(), [], "all or nothing");
}

async fn a_database_that_is_in_use_and_rows_that_are_not_known_are_refused(db: Database) {
    let community = a_life(&db).await;
    let kept = rows(&*db.store).await;
    let before = sorted(kept.clone());
    let refused = db.store.load(source(kept.clone()), Vec::new()).await;
    assert!(matches!(refused, Err(StoreError::Exists(_))), "{refused:?}");
    assert_eq!(sorted(rows(&*db.store).await), before);
    let empty = Database::fresh(Engine::Sqlite).await;
    let mut strange = kept.clone();
    strange[1].table = "participant; DROP TABLE place".into();
    assert!(matches!(empty.store.load(source(strange), Vec::new()).await, Err(StoreError::Damaged { .. })));
    let mut strange = kept.clone();
    strange[0].values[0].0 = "id\") --".into();
    assert!(matches!(empty.store.load(source(strange), Vec::new()).await, Err(StoreError::Damaged { .. })));
    // Nothing of it stayed.
    assert_eq!(empty.store.communities().await.unwrap(), []);
    assert_eq!(empty.store.load(source(kept), Vec::new()).await.unwrap().rows, before.len() as u64);
    assert_eq!(empty.store.places(&community).await.unwrap().len(), 2);
}
