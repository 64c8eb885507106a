//! Who read the places that participants share for research.

use engine::{CommunityId, PlaceId, StaffId};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};
use stead::ambient::Ambient;
use stead::store::{Chain, Reading};

use super::fixtures::*;
use crate::databases::{Database, on_both_engines};

on_both_engines!(
    a_reading_is_written_down_and_its_owner_finds_it,
    only_what_is_shared_at_this_moment_is_given_out,
    readings_at_once_keep_one_chain,
    each_community_has_a_chain_of_its_own,
    who_withdraws_leaves_no_trace_in_the_log_and_the_chain_stays_whole,
    a_place_deleted_since_is_still_counted_for_its_owner,
    a_row_that_was_altered_breaks_the_chain,
);

fn reading(community: &CommunityId, places: &[PlaceId], seconds: i64) -> Reading {
    Reading {
        community: community.clone(),
        staff: StaffId(id()),
        who: "liis@ulikool.example".into(),
        what: "places".into(),
        places: places.to_vec(),
        at: at(seconds),
        fresh: Ambient::system().bytes(),
    }
}

async fn a_reading_is_written_down_and_its_owner_finds_it(db: Database) {
    let community = kaldavere(&db).await;
    let (anna, juhan) = (somebody(&db, &community).await, somebody(&db, &community).await);
    let (bench, garden) =
        (saved(&db, &community, anna, "Bench").await.id, saved(&db, &community, anna, "Garden").await.id);
    let kitchen = saved(&db, &community, juhan, "Kitchen").await.id;
    let first = reading(&community, &[kitchen, bench], 60);
    assert_eq!(db.store.log_reading(&first).await.unwrap(), [bench, kitchen]);
    db.store.log_reading(&reading(&community, &[garden, bench, PlaceId(id())], 70)).await.unwrap();

    let log = db.store.access_log(&community, None, 10).await.unwrap();
    assert_eq!(log.iter().map(|row| (row.seq, row.places)).collect::<Vec<_>>(), [(2, 2), (1, 2)]);
    assert_eq!((log[1].at, log[1].staff, log[1].who.as_str()), (at(60), first.staff, "liis@ulikool.example"));
    assert_eq!(log[0].previous, log[1].hash);
    assert_eq!(db.store.access_log(&community, Some(2), 10).await.unwrap(), log[1..]);
    assert_eq!(db.store.access_log(&community, None, 1).await.unwrap(), log[..1]);

    let mine = db.store.reads_of(anna, 10).await.unwrap();
    assert_eq!(mine.iter().map(|read| (read.seq, read.count)).collect::<Vec<_>>(), [(2, 2), (1, 1)]);
    assert_eq!((mine[1].places.as_slice(), mine[1].at), (&[bench][..], at(60)));
    assert_eq!(db.store.reads_of(anna, 1).await.unwrap(), mine[..1]);
    assert_eq!(db.store.reads_of(juhan, 10).await.unwrap().len(), 1);
    assert!(db.store.reads_of(somebody(&db, &community).await, 10).await.unwrap().is_empty());
    assert_eq!(db.store.verify_access_log(&community).await.unwrap(), Chain::Whole(2, log[0].hash));
}

async fn only_what_is_shared_at_this_moment_is_given_out(db: Database) {
    let community = kaldavere(&db).await;
    let (anna, juhan) = (somebody(&db, &community).await, somebody(&db, &community).await);
    let bench = saved(&db, &community, anna, "Bench").await.id;
    let kitchen = saved(&db, &community, juhan, "Kitchen").await.id;
    let mut private = new_place(&community, juhan, "Attic");
    private.place.content = content("Attic", NONE);
    db.store.insert_place(&private).await.unwrap();
    db.store.change_consent(anna, &consent(NONE, 50)).await.unwrap();
    let asked = [bench, kitchen, private.place.id];
    assert_eq!(db.store.log_reading(&reading(&community, &asked, 60)).await.unwrap(), [kitchen]);
    db.store.withdraw(juhan, &erasure()).await.unwrap();
    assert!(db.store.log_reading(&reading(&community, &asked, 61)).await.unwrap().is_empty());
    db.store.add_community(&super::fixtures::community("elsewhere")).await.unwrap();
    let from_elsewhere = reading(&name("elsewhere"), &asked, 62);
    assert!(db.store.log_reading(&from_elsewhere).await.unwrap().is_empty());
    assert_eq!(
        db.store.access_log(&community, None, 10).await.unwrap().len(),
        1,
        "nothing read, nothing logged"
    );
}

async fn readings_at_once_keep_one_chain(db: Database) {
    let community = kaldavere(&db).await;
    let mut places = Vec::new();
    for n in 0..4 {
        let owner = somebody(&db, &community).await;
        places.push(saved(&db, &community, owner, &format!("Place {n}")).await.id);
    }
    let readers = (0..16).map(|n| {
        let (store, reading) = (db.store.clone(), reading(&community, &places[n % 3..], 60));
        tokio::spawn(async move { store.log_reading(&reading).await.unwrap().len() })
    });
    for (n, reader) in readers.collect::<Vec<_>>().into_iter().enumerate() {
        assert_eq!(reader.await.unwrap(), 4 - n % 3);
    }
    let head = db.store.access_log(&community, None, 1).await.unwrap().remove(0);
    assert_eq!(db.store.verify_access_log(&community).await.unwrap(), Chain::Whole(16, head.hash));
}

async fn each_community_has_a_chain_of_its_own(db: Database) {
    let here = kaldavere(&db).await;
    db.store.add_community(&community("elsewhere")).await.unwrap();
    let there = name("elsewhere");
    for community in [&here, &there] {
        let owner = somebody(&db, community).await;
        let place = saved(&db, community, owner, "Bench").await.id;
        db.store.log_reading(&reading(community, &[place], 60)).await.unwrap();
        let log = db.store.access_log(community, None, 10).await.unwrap();
        assert_eq!((log.len(), log[0].seq), (1, 1));
        assert_eq!(db.store.verify_access_log(community).await.unwrap(), Chain::Whole(1, log[0].hash));
    }
    assert!(matches!(db.store.verify_access_log(&name("nowhere")).await.unwrap(), Chain::Whole(0, _)));
}

/// Everything that the database knows of entries and keys, as text.
async fn traces(db: &Database) -> (i64, i64) {
    let count = |table: &str| AssertSqlSafe(format!("SELECT COUNT(*) AS n FROM {table}"));
    if db.url.starts_with("sqlite") {
        let mut c = SqliteConnection::connect(&db.url).await.unwrap();
        let entries = sqlx::query(count("access_entry")).fetch_one(&mut c).await.unwrap().get("n");
        (entries, sqlx::query(count("access_key")).fetch_one(&mut c).await.unwrap().get("n"))
    } else {
        let mut c = PgConnection::connect(&db.url).await.unwrap();
        let entries = sqlx::query(count("access_entry")).fetch_one(&mut c).await.unwrap().get("n");
        (entries, sqlx::query(count("access_key")).fetch_one(&mut c).await.unwrap().get("n"))
    }
}

async fn who_withdraws_leaves_no_trace_in_the_log_and_the_chain_stays_whole(db: Database) {
    let community = kaldavere(&db).await;
    let (anna, juhan) = (somebody(&db, &community).await, somebody(&db, &community).await);
    let bench = saved(&db, &community, anna, "Bench").await.id;
    let kitchen = saved(&db, &community, juhan, "Kitchen").await.id;
    db.store.log_reading(&reading(&community, &[bench, kitchen], 60)).await.unwrap();
    let whole = db.store.verify_access_log(&community).await.unwrap();
    assert_eq!(traces(&db).await, (2, 2));
    db.store.withdraw(anna, &erasure()).await.unwrap();
    // What is left of Anna is two hashes under a key that is gone.
    assert_eq!(traces(&db).await, (2, 1));
    assert!(db.store.reads_of(anna, 10).await.unwrap().is_empty());
    assert_eq!(db.store.reads_of(juhan, 10).await.unwrap().len(), 1);
    assert_eq!(db.store.verify_access_log(&community).await.unwrap(), whole);
}

async fn a_place_deleted_since_is_still_counted_for_its_owner(db: Database) {
    let community = kaldavere(&db).await;
    let anna = somebody(&db, &community).await;
    let bench = saved(&db, &community, anna, "Bench").await;
    db.store.log_reading(&reading(&community, &[bench.id], 60)).await.unwrap();
    db.store.delete_place(&removal(&bench, 1)).await.unwrap();
    let mine = db.store.reads_of(anna, 10).await.unwrap();
    assert_eq!((mine[0].count, mine[0].places.len()), (1, 0));
}

async fn a_row_that_was_altered_breaks_the_chain(db: Database) {
    let community = kaldavere(&db).await;
    let anna = somebody(&db, &community).await;
    let bench = saved(&db, &community, anna, "Bench").await.id;
    for n in 0..3 {
        db.store.log_reading(&reading(&community, &[bench], 60 + n)).await.unwrap();
    }
    // Somebody who may do anything with the database takes the triggers away first.
    let alter = "UPDATE access_log SET who = 'nobody@ulikool.example' WHERE seq = 2";
    if db.url.starts_with("sqlite") {
        let mut c = SqliteConnection::connect(&db.url).await.unwrap();
        assert!(sqlx::query(alter).execute(&mut c).await.is_err());
        for sql in ["DROP TRIGGER access_log_is_never_changed", alter] {
            sqlx::query(sql).execute(&mut c).await.unwrap();
        }
    } else {
        let mut c = PgConnection::connect(&db.url).await.unwrap();
        assert!(sqlx::query(alter).execute(&mut c).await.is_err());
        for sql in ["DROP TRIGGER access_log_is_never_changed ON access_log", alter] {
            sqlx::query(sql).execute(&mut c).await.unwrap();
        }
    }
    assert_eq!(db.store.verify_access_log(&community).await.unwrap(), Chain::Broken(2));
}
