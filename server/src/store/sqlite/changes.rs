//! The feed of changes. There is one writer, so the sequence is the order of the commits.

use async_trait::async_trait;
use engine::CommunityId;
use sqlx::SqliteConnection;

use super::SqliteStore;
use crate::store::rows::{change, changed_columns};
use crate::store::{Change, ChangeFeed, Changed, FeedPosition, Result, StoreError};

const ADD: &str = "INSERT INTO change (community, what, item) VALUES ($1, $2, $3)";
const NEWEST: &str = "SELECT COALESCE(MAX(seq), 0) FROM change";
const AFTER: &str = "SELECT seq, 0 AS xid, community, what, item FROM change
    WHERE seq > $1 ORDER BY seq LIMIT $2";

/// Adds a change to the transaction that makes it.
pub(super) async fn record(db: &mut SqliteConnection, community: &CommunityId, what: Changed) -> Result<()> {
    let (kind, item) = changed_columns(what);
    let insert = sqlx::query(ADD).bind(community.as_str().to_owned()).bind(kind).bind(item);
    let missing = || format!("the community {community}");
    insert.execute(db).await.map_err(|e| StoreError::refused(e, "the change", &missing()))?;
    Ok(())
}

#[async_trait]
impl ChangeFeed for SqliteStore {
    async fn feed_position(&self) -> Result<FeedPosition> {
        let sequence = sqlx::query_scalar(NEWEST).fetch_one(&self.readers).await?;
        Ok(FeedPosition { transaction: 0, sequence })
    }

    async fn changes_after(&self, position: FeedPosition, limit: u32) -> Result<(Vec<Change>, FeedPosition)> {
        let rows = sqlx::query(AFTER)
            .bind(position.sequence)
            .bind(i64::from(limit))
            .fetch_all(&self.readers)
            .await?;
        let (changes, positions): (Vec<_>, Vec<_>) =
            rows.iter().map(change).collect::<Result<Vec<_>>>()?.into_iter().unzip();
        Ok((changes, positions.last().copied().unwrap_or(position)))
    }

    async fn ping(&self) -> Result<()> {
        sqlx::query("SELECT 1").execute(&self.readers).await?;
        Ok(())
    }
}
