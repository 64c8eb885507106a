//! SQLite, the embedded default.
//!
//! One connection writes, several read; nobody waits for a reader. What was acknowledged survives a power
//! cut (`synchronous=FULL`), and what was deleted is overwritten with zeros (`secure_delete`).

mod access_log;
mod backups;
mod changes;
mod communities;
mod diary;
mod invitations;
mod map_names;
mod neighbourhoods;
mod participants;
mod photos;
mod places;
mod releases;
mod renewals;
mod staff;
mod staff_sign_in;
mod stories;
mod studies;
mod study_places;
mod supports;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{Row, SqliteConnection};

use super::detached::{Boxed, to_the_end};
use super::rows::{Column, Columns};
use super::{Result, StoreError, migrations};

/// Reading connections. More than the cores of a small server gains nothing.
const READERS: u32 = 4;
/// How long a connection waits for another process, such as a backup, to let go of the file.
const BUSY: Duration = Duration::from_secs(5);
/// How long a call waits for its turn on a connection.
const TURN: Duration = Duration::from_secs(30);

/// A store in one SQLite file.
pub struct SqliteStore {
    writer: SqlitePool,
    readers: SqlitePool,
    /// Deleted content may still be in the write-ahead log.
    unwiped: Arc<AtomicBool>,
}

impl SqliteStore {
    /// Opens the file, or makes it, and brings its schema up to date.
    ///
    /// # Errors
    /// [`StoreError::Open`] when the file cannot be opened; [`StoreError::Migrate`] when it is of a newer
    /// version of Stead.
    pub async fn open(path: &Path) -> Result<Self> {
        let cannot = |e: &dyn std::fmt::Display| StoreError::Open(format!("{}: {e}", path.display()));
        create_private(path).map_err(|e| cannot(&e))?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY)
            .foreign_keys(true)
            .pragma("secure_delete", "ON")
            .pragma("trusted_schema", "OFF")
            .pragma("temp_store", "MEMORY")
            .pragma("cache_size", "-65536")
            .pragma("journal_size_limit", "67108864");
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(TURN)
            .connect_with(options.clone())
            .await
            .map_err(|e| cannot(&e))?;
        migrations::sqlite().run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .acquire_timeout(TURN)
            .connect_with(options.pragma("query_only", "ON"))
            .await
            .map_err(|e| cannot(&e))?;
        Ok(Self { writer, readers, unwiped: Arc::new(AtomicBool::new(false)) })
    }

    /// Runs a write as one transaction, to its end.
    async fn write<T, A>(&self, action: A) -> Result<T>
    where
        T: Send + 'static,
        A: for<'c> FnOnce(&'c mut SqliteConnection) -> Boxed<'c, T> + Send + 'static,
    {
        let (writer, unwiped) = (self.writer.clone(), self.unwiped.clone());
        to_the_end(async move {
            // Not deferred: a transaction that reads first and then writes is refused at once when another
            // process wrote in between, whatever the busy timeout says.
            let mut transaction = writer.begin_with("BEGIN IMMEDIATE").await?;
            let done = action(&mut transaction).await?;
            transaction.commit().await?;
            if unwiped.load(Ordering::Relaxed) {
                wipe(&writer, &unwiped).await;
            }
            Ok(done)
        })
        .await
    }

    /// Like [`Self::write`] for what deletes: its old content is gone from the write-ahead log too.
    async fn erase<T, A>(&self, action: A) -> Result<T>
    where
        T: Send + 'static,
        A: for<'c> FnOnce(&'c mut SqliteConnection) -> Boxed<'c, T> + Send + 'static,
    {
        self.unwiped.store(true, Ordering::Relaxed);
        self.write(action).await
    }
}

/// Makes the file for the server's account alone; SQLite gives its companions the same permissions.
fn create_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop)
}

/// Moves the write-ahead log into the file and empties it. The deletion itself is committed already, so a
/// failure is no error of the call: a reader may hold the log, and the next write tries again.
async fn wipe(writer: &SqlitePool, unwiped: &AtomicBool) {
    let outcome = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(writer).await;
    match outcome.and_then(|row| row.try_get::<i64, _>("busy")) {
        Ok(0) => unwiped.store(false, Ordering::Relaxed),
        Ok(_) => tracing::debug!("the write-ahead log is in use and will be emptied after the next write"),
        Err(error) => tracing::warn!(%error, "the write-ahead log could not be emptied"),
    }
}

impl Columns for SqliteRow {
    fn read<T: Column>(&self, column: &str) -> Result<T> {
        Ok(self.try_get(column)?)
    }
}
