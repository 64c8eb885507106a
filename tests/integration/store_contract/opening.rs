//! Opening a database.

use stead::store::{self, StoreError};

use super::fixtures::*;
use crate::databases::{Database, Engine, on_both_engines};

on_both_engines!(
    what_was_saved_is_there_when_the_database_is_opened_again,
    several_processes_may_open_a_database_at_once,
);

async fn what_was_saved_is_there_when_the_database_is_opened_again(db: Database) {
    let community = kaldavere(&db).await;
    let owner = somebody(&db, &community).await;
    let place = saved(&db, &community, owner, "x").await;
    let again = store::open(&db.url).await.unwrap();
    assert_eq!(again.places(&community).await.unwrap(), [place]);
}

async fn several_processes_may_open_a_database_at_once(db: Database) {
    let opening: Vec<_> = (0..4)
        .map(|_| {
            let url = db.url.clone();
            tokio::spawn(async move { store::open(&url).await.map(drop) })
        })
        .collect();
    for opened in opening {
        opened.await.unwrap().unwrap();
    }
}

#[tokio::test]
async fn other_addresses_are_refused_without_repeating_their_passwords() {
    for url in [
        "mysql://me:hunter2@localhost/stead",
        "hunter2",
        "",
        "sqlite:",
        "postgres://me:hunter2@127.0.0.1:1/stead",
        "postgres://me:hunter2@127.0.0.1:notaport/stead",
        "sqlite:/no/such/folder/stead.db",
    ] {
        let Err(error) = store::open(url).await else { panic!("{url:?} was opened") };
        assert!(matches!(error, StoreError::Open(_)), "{url:?}: {error:?}");
        assert!(!format!("{error} {error:?}").contains("hunter2"), "{error}");
    }
}

#[cfg(unix)]
#[tokio::test]
async fn a_new_file_is_for_the_servers_account_alone() {
    use std::os::unix::fs::PermissionsExt;
    let db = Database::fresh(Engine::Sqlite).await;
    kaldavere(&db).await;
    let file = std::path::Path::new(db.url.strip_prefix("sqlite:").unwrap());
    for entry in std::fs::read_dir(file.parent().unwrap()).unwrap() {
        let entry = entry.unwrap();
        let mode = entry.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{:?}", entry.file_name());
    }
}
