//! The two schemas are one, and keep what must never change.

use std::collections::BTreeMap;

use sqlx::{AssertSqlSafe, Connection, PgConnection, Row, SqliteConnection};

use super::fixtures::*;
use crate::databases::{Database, Engine};

type Schema = BTreeMap<String, Vec<String>>;

/// The engines' own tables, and the migrations'.
fn is_ours(table: &str) -> bool {
    !table.starts_with("sqlite_") && !table.starts_with("_sqlx")
}

async fn sqlite_schema(url: &str) -> Schema {
    let mut connection = SqliteConnection::connect(url).await.unwrap();
    let columns = "SELECT t.name AS t, c.name AS c FROM sqlite_schema t, pragma_table_info(t.name) c
        WHERE t.type = 'table' ORDER BY t.name, c.name";
    let rows = sqlx::query(columns).fetch_all(&mut connection).await.unwrap();
    collect(rows.iter().map(|row| (row.get("t"), row.get("c"))))
}

async fn postgres_schema(url: &str) -> Schema {
    let mut connection = PgConnection::connect(url).await.unwrap();
    let columns = "SELECT table_name::text AS t, column_name::text AS c FROM information_schema.columns
        WHERE table_schema = 'public' ORDER BY table_name COLLATE \"C\", column_name COLLATE \"C\"";
    let rows = sqlx::query(columns).fetch_all(&mut connection).await.unwrap();
    collect(rows.iter().map(|row| (row.get("t"), row.get("c"))))
}

fn collect(columns: impl Iterator<Item = (String, String)>) -> Schema {
    let mut schema = Schema::new();
    for (table, column) in columns.filter(|(table, _)| is_ours(table)) {
        schema.entry(table).or_default().push(column);
    }
    schema
}

#[tokio::test]
async fn both_engines_have_the_same_tables_and_columns() {
    let sqlite = sqlite_schema(&Database::fresh(Engine::Sqlite).await.url).await;
    let mut postgres = postgres_schema(&Database::fresh(Engine::Postgres).await.url).await;
    assert_eq!(sqlite.len(), 31, "{:?}", sqlite.keys());
    // The one difference: with a single writer, the order of the sequence is the order of the commits.
    postgres.get_mut("change").unwrap().retain(|column| column != "xid");
    assert_eq!(sqlite, postgres);
}

#[tokio::test]
async fn sqlites_tables_are_strict() {
    let db = Database::fresh(Engine::Sqlite).await;
    let mut connection = SqliteConnection::connect(&db.url).await.unwrap();
    let tables = "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'";
    for row in sqlx::query(tables).fetch_all(&mut connection).await.unwrap() {
        let (name, strict): (String, bool) = (row.get("name"), row.get("strict"));
        assert!(strict || !is_ours(&name), "{name}");
    }
}

#[test]
fn both_engines_have_the_same_migrations_and_every_one_is_applied() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let files = |engine: &str| {
        let folder = std::fs::read_dir(root.join("migrations").join(engine)).unwrap();
        let mut names: Vec<_> = folder.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    let sqlite = files("sqlite");
    assert_eq!(sqlite, files("postgres"));
    let applied = std::fs::read_to_string(root.join("server/src/store/migrations.rs")).unwrap();
    let number = |file: &String| file[..4].parse::<u32>().unwrap_or_else(|_| panic!("{file} has no number"));
    assert!(sqlite.is_sorted_by(|a, b| number(a) < number(b)), "two have one number: {sqlite:?}");
    for file in &sqlite {
        assert!(applied.contains(file.as_str()), "{file} is not in the history");
    }
}

/// What tries to rewrite history.
const REWRITES: [&str; 15] = [
    "UPDATE ledger SET rho_billionths = 0",
    "DELETE FROM ledger",
    "UPDATE release SET on_demand = NOT on_demand",
    "DELETE FROM release",
    "UPDATE recall SET reason = 'none'",
    "DELETE FROM recall",
    "UPDATE erasure SET at = 0",
    "DELETE FROM erasure",
    "UPDATE access_log SET places = 0",
    "DELETE FROM access_log",
    "UPDATE access_entry SET seq = 1",
    "DELETE FROM access_entry",
    "UPDATE consent SET given_at = 0",
    "INSERT INTO change (community, what, item) VALUES ('kaldavere', 'place', NULL)",
    "INSERT INTO change (community, what, item) VALUES ('kaldavere', 'fish', NULL)",
];

async fn with_a_history(engine: Engine) -> Database {
    let db = Database::fresh(engine).await;
    let community = kaldavere(&db).await;
    let (leaving, staying) = (somebody(&db, &community).await, somebody(&db, &community).await);
    db.store.withdraw(leaving, &erasure()).await.unwrap();
    let place = saved(&db, &community, staying, "Bench").await.id;
    let reading = stead::store::Reading {
        community: community.clone(),
        staff: engine::StaffId(id()),
        who: "liis@ulikool.example".into(),
        what: "places".into(),
        places: vec![place],
        at: at(50),
        fresh: new_hash(),
    };
    db.store.log_reading(&reading).await.unwrap();
    db.store.charge(&community, &[ledger_row(1)], &|_| Ok(())).await.unwrap();
    let made = release(&community, at(1));
    db.store.save_release(&made).await.unwrap();
    let recall = stead::store::Recall { reason: "wrong noise".into(), at: at(2) };
    db.store.recall_release(&community, made.id, &recall).await.unwrap();
    db
}

#[tokio::test]
async fn ledgers_releases_and_consent_cannot_be_rewritten_on_sqlite() {
    let db = with_a_history(Engine::Sqlite).await;
    let mut connection = SqliteConnection::connect(&db.url).await.unwrap();
    for rewrite in REWRITES {
        let refused = sqlx::query(AssertSqlSafe(rewrite)).execute(&mut connection).await;
        assert!(refused.is_err(), "{rewrite}");
    }
    assert_eq!(db.store.ledger(&name("kaldavere")).await.unwrap().len(), 1);
}

#[tokio::test]
async fn ledgers_releases_and_consent_cannot_be_rewritten_on_postgresql() {
    let db = with_a_history(Engine::Postgres).await;
    let mut connection = PgConnection::connect(&db.url).await.unwrap();
    let truncate = ["TRUNCATE ledger", "TRUNCATE release", "TRUNCATE erasure", "TRUNCATE access_entry"];
    for rewrite in REWRITES.into_iter().chain(truncate) {
        let refused = sqlx::query(AssertSqlSafe(rewrite)).execute(&mut connection).await;
        assert!(refused.is_err(), "{rewrite}");
    }
    assert_eq!(db.store.ledger(&name("kaldavere")).await.unwrap().len(), 1);
}
