//! Withdrawal deletes.

use engine::ParticipantId;
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};
use stead::store::{Deleted, Inserted, NewPlace, StoreError};

use super::fixtures::*;
use crate::databases::{Database, Engine, on_both_engines};

on_both_engines!(
    whoever_withdraws_is_gone_with_everything_that_is_theirs,
    nobody_withdraws_twice,
    nothing_is_saved_for_somebody_who_withdraws_meanwhile,
    erasures_are_remembered_by_their_hash_alone,
);

async fn whoever_withdraws_is_gone_with_everything_that_is_theirs(db: Database) {
    let community = kaldavere(&db).await;
    let leaving = joining(&community, ALL);
    let id = leaving.participant.id;
    db.store.join(&leaving).await.unwrap();
    let staying = somebody(&db, &community).await;
    let theirs = saved(&db, &community, staying, "stays").await;
    let a = saved(&db, &community, id, "a").await;
    let b = NewPlace { idempotency: Some(key(1, 1)), ..new_place(&community, id, "b") };
    assert_eq!(db.store.insert_place(&b).await.unwrap(), Inserted::Created);

    let gone = db.store.withdraw(id, &erasure()).await.unwrap();

    assert_eq!(gone, Some(vec![a.id, b.place.id]));
    assert_eq!(db.store.places(&community).await.unwrap(), [theirs]);
    assert_eq!(db.store.participant(id).await.unwrap(), None);
    assert_eq!(db.store.session(leaving.session.token, at(5)).await.unwrap(), None);
    let by_code = db.store.participant_by_return_code(&community, leaving.return_code).await.unwrap();
    assert_eq!(by_code, None);
    for table in ["participant", "consent", "session"] {
        assert_eq!(count(&db, table).await, 1, "{table}");
    }
    assert_eq!(count(&db, "idempotency").await, 0);
    let comes_back = db.store.insert_place(&new_place(&community, id, "c")).await;
    assert!(matches!(comes_back, Err(StoreError::Missing(_))), "{comes_back:?}");
}

async fn nobody_withdraws_twice(db: Database) {
    let community = kaldavere(&db).await;
    let owner = somebody(&db, &community).await;
    assert_eq!(db.store.withdraw(owner, &erasure()).await.unwrap(), Some(vec![]));
    assert_eq!(db.store.withdraw(owner, &erasure()).await.unwrap(), None);
    assert_eq!(db.store.withdraw(ParticipantId(id()), &erasure()).await.unwrap(), None);
    assert_eq!(count(&db, "erasure").await, 1);
}

async fn nothing_is_saved_for_somebody_who_withdraws_meanwhile(db: Database) {
    let community = kaldavere(&db).await;
    for _ in 0..5 {
        let owner = somebody(&db, &community).await;
        let saves: Vec<_> = (0..4)
            .map(|_| {
                let (store, new) = (db.store.clone(), new_place(&community, owner, "x"));
                tokio::spawn(async move { store.insert_place(&new).await.is_ok() })
            })
            .collect();
        let gone = db.store.withdraw(owner, &erasure()).await.unwrap().unwrap();
        let mut made = 0;
        for save in saves {
            made += usize::from(save.await.unwrap());
        }
        assert_eq!(gone.len(), made);
        assert_eq!(db.store.places(&community).await.unwrap(), []);
    }
}

async fn erasures_are_remembered_by_their_hash_alone(db: Database) {
    let community = kaldavere(&db).await;
    let owner = somebody(&db, &community).await;
    let place = saved(&db, &community, owner, "x").await;
    assert_eq!(db.store.delete_place(&removal(&place, 1)).await.unwrap(), Deleted::Gone);
    db.store.withdraw(owner, &erasure()).await.unwrap();
    assert_eq!(count(&db, "erasure").await, 2);
}

pub async fn count(db: &Database, table: &str) -> i64 {
    let sql = AssertSqlSafe(format!("SELECT COUNT(*) AS n FROM {table}"));
    if db.url.starts_with("sqlite:") {
        let mut connection = SqliteConnection::connect(&db.url).await.unwrap();
        sqlx::query(sql).fetch_one(&mut connection).await.unwrap().get("n")
    } else {
        let mut connection = PgConnection::connect(&db.url).await.unwrap();
        sqlx::query(sql).fetch_one(&mut connection).await.unwrap().get("n")
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_withdrawn_leaves_no_bytes_in_the_sqlite_files() {
    let db = Database::fresh(Engine::Sqlite).await;
    let community = kaldavere(&db).await;
    let leaving = somebody(&db, &community).await;
    let staying = somebody(&db, &community).await;
    // Mixed with another's and of all sizes, so that pages split, overflow and move.
    let mut last = None;
    for i in 0..300_usize {
        for (owner, mark) in [(leaving, "verysecretword"), (staying, "ordinaryword")] {
            let mut new = new_place(&community, owner, &format!("{mark}{i}"));
            let size = if i % 20 == 0 { 900 } else { i % 37 };
            new.place.content.story = Some(format!("{mark} ").repeat(size + 1).trim().to_owned());
            assert_eq!(db.store.insert_place(&new).await.unwrap(), Inserted::Created);
            if owner == leaving {
                last = Some(new.place);
            }
        }
    }
    let mut place = last.unwrap();
    for i in 0..100_usize {
        // Content that was replaced is no more readable than what was deleted.
        place.content.story = Some("verysecretword ".repeat(i * 7 % 500 + 1).trim().to_owned());
        let change =
            stead::store::PlaceChange { content: place.content.clone(), ..change(&place, place.version, "") };
        db.store.update_place(&change).await.unwrap();
        place.version += 1;
    }
    assert!(occurrences(&db, "verysecretword") > 0);
    db.store.withdraw(leaving, &erasure()).await.unwrap();
    assert_eq!(occurrences(&db, "verysecretword"), 0);
    assert!(occurrences(&db, "ordinaryword") > 0);
    assert_eq!(db.store.places(&community).await.unwrap().len(), 300);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_place_leaves_no_bytes_in_the_sqlite_files() {
    let db = Database::fresh(Engine::Sqlite).await;
    let community = kaldavere(&db).await;
    let owner = somebody(&db, &community).await;
    let place = saved(&db, &community, owner, "verysecretword").await;
    assert!(occurrences(&db, "verysecretword") > 0);
    db.store.delete_place(&removal(&place, 1)).await.unwrap();
    assert_eq!(occurrences(&db, "verysecretword"), 0);
}

/// How often a word occurs in the database's files: the file itself and its write-ahead log.
fn occurrences(db: &Database, word: &str) -> usize {
    let file = std::path::Path::new(db.url.strip_prefix("sqlite:").unwrap());
    let files = std::fs::read_dir(file.parent().unwrap()).unwrap();
    let found = files.map(|entry| {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        bytes.windows(word.len()).filter(|window| *window == word.as_bytes()).count()
    });
    found.sum()
}
