//! A fresh database for every test, on either engine, gone when the test is over.

use std::sync::{Arc, Mutex};

use sqlx::{AssertSqlSafe, Connection, PgConnection};
use stead::ambient::Ambient;
use stead::store::{self, Change, FeedPosition, Store};
use tokio::sync::OnceCell;

use crate::test_app::{community, eventually};

/// Which engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// The embedded default.
    Sqlite,
    /// A database of its own in the cluster of `STEAD_TEST_POSTGRES`.
    Postgres,
}

/// An empty, migrated database and a store on it.
pub struct Database {
    /// The store.
    pub store: Arc<dyn Store>,
    /// Its address, for further stores on the same database and for looking behind the store's back.
    pub url: String,
    /// Which engine it is on, to make another like it.
    pub engine: Engine,
    _home: Home,
}

/// What disappears with the database.
enum Home {
    Folder { _folder: tempfile::TempDir },
    Cluster { admin: String, name: String },
}

impl Database {
    /// Makes one.
    pub async fn fresh(engine: Engine) -> Self {
        let (url, home) = match engine {
            Engine::Sqlite => {
                let folder = tempfile::tempdir().expect("a temporary folder can be made");
                (
                    format!("sqlite:{}", folder.path().join("stead.db").display()),
                    Home::Folder { _folder: folder },
                )
            }
            Engine::Postgres => {
                let admin = cluster();
                let name = format!("stead_test_{}", Ambient::system().id().simple());
                let migrated = migrated(&admin).await;
                on_cluster(&admin, &format!("CREATE DATABASE {name} TEMPLATE {migrated}")).await;
                (address(&admin, &name), Home::Cluster { admin, name })
            }
        };
        let store = store::open(&url).await.expect("a fresh database opens");
        Self { store, url, engine, _home: home }
    }

    /// All changes since a position, and the position after them. On PostgreSQL the feed stops before the oldest open
    /// transaction of the whole cluster: another test's may hide for a moment what is written, and let a
    /// position lie before what was. So a community is written last: when it is told, all before it was.
    pub async fn changes_since(&self, position: FeedPosition) -> (Vec<Change>, FeedPosition) {
        const LAST: &str = "last-";
        let last = community(&format!("{LAST}{}", Ambient::system().id().simple()));
        self.store.add_community(&last).await.expect("a community of another name can be added");
        let told = Mutex::new((Vec::new(), position));
        eventually("the feed tells what was written", async || {
            let from = told.lock().unwrap().1;
            let (changes, next) = self.store.changes_after(from, 100).await.expect("the feed answers");
            let mut told = told.lock().unwrap();
            told.0.extend(changes);
            told.1 = next;
            told.0.last().is_some_and(|change: &Change| change.community == last.id)
        })
        .await;
        let (mut changes, position) = told.into_inner().unwrap();
        changes.retain(|change| !change.community.as_str().starts_with(LAST));
        (changes, position)
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        let Self::Cluster { admin, name } = self else { return };
        let (admin, sql) = (admin.clone(), format!("DROP DATABASE {name} WITH (FORCE)"));
        // The test's own runtime may be ending, so this one is another's.
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime starts").block_on(on_cluster(&admin, &sql));
        });
        let dropped = dropping.join().is_ok();
        assert!(dropped || std::thread::panicking(), "the test's database could not be dropped");
    }
}

/// The database in the cluster that all others are copies of: to migrate each by itself takes longer than most tests.
async fn migrated(admin: &str) -> &'static str {
    static NAME: OnceCell<String> = OnceCell::const_new();
    let make = || async {
        let name = format!("stead_migrated_{}", Ambient::system().id().simple());
        on_cluster(admin, &format!("CREATE DATABASE {name} TEMPLATE template0")).await;
        drop(store::open(&address(admin, &name)).await.expect("a fresh database opens"));
        // Copied is only what nobody is connected to.
        on_cluster(admin, &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false")).await;
        let connected = format!("FROM pg_stat_activity WHERE datname = '{name}'");
        on_cluster(admin, &format!("SELECT pg_terminate_backend(pid) {connected}")).await;
        name
    };
    NAME.get_or_init(make).await
}

fn address(admin: &str, database: &str) -> String {
    let (server, _) = admin.rsplit_once('/').expect("STEAD_TEST_POSTGRES names a database");
    format!("{server}/{database}")
}

/// The address of the cluster for tests.
#[expect(clippy::disallowed_methods, reason = "tests/run says by the environment where its cluster listens")]
fn cluster() -> String {
    std::env::var("STEAD_TEST_POSTGRES").expect(
        "the tests need PostgreSQL: run tests/run, or start PostgreSQL (tests/postgres-cluster start DIR) and \
         set STEAD_TEST_POSTGRES to its postgres://user@host:port/postgres",
    )
}

async fn on_cluster(admin: &str, sql: &str) {
    let mut connection = PgConnection::connect(admin).await.expect("STEAD_TEST_POSTGRES answers");
    sqlx::query(AssertSqlSafe(sql))
        .execute(&mut connection)
        .await
        .expect("STEAD_TEST_POSTGRES is an admin's");
}

/// Turns `async fn name(db: Database)` into one test for each engine: `sqlite::name` and `postgres::name`.
macro_rules! on_both_engines {
    ($($test:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                let engine = $crate::databases::Engine::Sqlite;
                super::$test($crate::databases::Database::fresh(engine).await).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $test() {
                let engine = $crate::databases::Engine::Postgres;
                super::$test($crate::databases::Database::fresh(engine).await).await;
            })*
        }
    };
}
pub(crate) use on_both_engines;
