//! Backups: what is read comes back, on either engine, and what was erased since stays gone.

use stead::store::{BackupRow, BackupSource, BackupValue, NewPlace, Store, StoreError};

use super::fixtures::*;
use crate::databases::{Database, Engine, on_both_engines};

on_both_engines!(
    everything_comes_back_on_either_engine_as_it_was,
    who_was_erased_after_the_backup_is_erased_again,
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
        assert_eq!(other.store.load(source(kept.clone())).await.unwrap(), kept.len() as u64);
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
    restored.store.load(source(backup)).await.unwrap();
    assert!(restored.store.participant(leaving).await.unwrap().is_some());
    assert_eq!(restored.store.erase_again(&ledger).await.unwrap(), 2);
    assert_eq!(restored.store.erased_but_here().await.unwrap(), 0);
    assert_eq!(restored.store.participant(leaving).await.unwrap(), None);
    let places = restored.store.places(&community).await.unwrap();
    assert_eq!(places, db.store.places(&community).await.unwrap());
    assert!(places.contains(&kept_place));
    assert_eq!(restored.store.erasures().await.unwrap(), ledger);
    assert_eq!(restored.store.erase_again(&ledger).await.unwrap(), 0);
}

async fn a_database_that_is_in_use_and_rows_that_are_not_known_are_refused(db: Database) {
    let community = a_life(&db).await;
    let kept = rows(&*db.store).await;
    let before = sorted(kept.clone());
    let refused = db.store.load(source(kept.clone())).await;
    assert!(matches!(refused, Err(StoreError::Exists(_))), "{refused:?}");
    assert_eq!(sorted(rows(&*db.store).await), before);
    let empty = Database::fresh(Engine::Sqlite).await;
    let mut strange = kept.clone();
    strange[1].table = "participant; DROP TABLE place".into();
    assert!(matches!(empty.store.load(source(strange)).await, Err(StoreError::Damaged { .. })));
    let mut strange = kept.clone();
    strange[0].values[0].0 = "id\") --".into();
    assert!(matches!(empty.store.load(source(strange)).await, Err(StoreError::Damaged { .. })));
    // Nothing of it stayed.
    assert_eq!(empty.store.communities().await.unwrap(), []);
    assert_eq!(empty.store.load(source(kept)).await.unwrap(), before.len() as u64);
    assert_eq!(empty.store.places(&community).await.unwrap().len(), 2);
}
