//! PostgreSQL (13 or newer), for several server processes on one database.

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

use std::str::FromStr;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, PgRow};
use sqlx::{PgConnection, Row};

use super::detached::{Boxed, to_the_end};
use super::rows::{Column, Columns};
use super::{Result, StoreError, migrations};

/// Connections of one process. Ten processes stay within PostgreSQL's default of 100.
const CONNECTIONS: u32 = 8;
/// How long a call waits for its turn on a connection.
const TURN: Duration = Duration::from_secs(30);

/// A store in a PostgreSQL database.
pub struct PgStore {
    pool: PgPool,
}

impl PgStore {
    /// Connects and brings the schema up to date; several processes may start at once.
    ///
    /// # Errors
    /// [`StoreError::Open`] when the database cannot be reached; [`StoreError::Migrate`] when it is of a
    /// newer version of Stead.
    pub async fn connect(url: &str) -> Result<Self> {
        let options = PgConnectOptions::from_str(url)
            .map_err(|_| StoreError::Open("the address is no valid postgres://user@host:port/name".into()))?
            .application_name("stead")
            // A process that hangs within a transaction would hold up the feed of every other one.
            .options([("idle_in_transaction_session_timeout", "60s"), ("lock_timeout", "30s")]);
        // Without the password.
        let place = format!(
            "postgres://{}:{}/{}",
            options.get_host(),
            options.get_port(),
            options.get_database().unwrap_or_default()
        );
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(TURN)
            .connect_with(options)
            .await
            .map_err(|e| StoreError::Open(format!("{place}: {e}")))?;
        migrations::postgres().run(&pool).await?;
        Ok(Self { pool })
    }

    /// Runs a write as one transaction, to its end.
    async fn write<T, A>(&self, action: A) -> Result<T>
    where
        T: Send + 'static,
        A: for<'c> FnOnce(&'c mut PgConnection) -> Boxed<'c, T> + Send + 'static,
    {
        let pool = self.pool.clone();
        to_the_end(async move {
            let mut transaction = pool.begin().await?;
            let done = action(&mut transaction).await?;
            transaction.commit().await?;
            Ok(done)
        })
        .await
    }
}

impl Columns for PgRow {
    fn read<T: Column>(&self, column: &str) -> Result<T> {
        Ok(self.try_get(column)?)
    }
}
