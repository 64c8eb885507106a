//! The feed of changes.
//!
//! A transaction that took its sequence number first may commit last, and a reader that had gone past it by
//! then would never see it. So the feed is in the order of the transactions' numbers and stops before the
//! oldest one that is still open.

use async_trait::async_trait;
use engine::CommunityId;
use sqlx::PgConnection;

use super::PgStore;
use crate::store::rows::{change, changed_columns};
use crate::store::{Change, ChangeFeed, Changed, FeedPosition, Result, StoreError};

const ADD: &str = "INSERT INTO change (community, what, item) VALUES ($1, $2, $3)";
// Every transaction below this one has ended.
const OLDEST_OPEN: &str = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint";
const AFTER: &str = "SELECT seq, xid::text::bigint AS xid, community, what, item FROM change
    WHERE (xid, seq) > ($1::text::xid8, $2) AND xid < pg_snapshot_xmin(pg_current_snapshot())
    ORDER BY xid, seq LIMIT $3";

/// Adds a change to the transaction that makes it.
pub(super) async fn record(db: &mut PgConnection, community: &CommunityId, what: Changed) -> Result<()> {
    let (kind, item) = changed_columns(what);
    let insert = sqlx::query(ADD).bind(community.as_str().to_owned()).bind(kind).bind(item);
    let missing = || format!("the community {community}");
    insert.execute(db).await.map_err(|e| StoreError::refused(e, "the change", &missing()))?;
    Ok(())
}

#[async_trait]
impl ChangeFeed for PgStore {
    async fn feed_position(&self) -> Result<FeedPosition> {
        let transaction = sqlx::query_scalar(OLDEST_OPEN).fetch_one(&self.pool).await?;
        Ok(FeedPosition { transaction, sequence: 0 })
    }

    async fn changes_after(&self, position: FeedPosition, limit: u32) -> Result<(Vec<Change>, FeedPosition)> {
        let rows = sqlx::query(AFTER)
            .bind(position.transaction)
            .bind(position.sequence)
            .bind(i64::from(limit))
            .fetch_all(&self.pool)
            .await?;
        let (changes, positions): (Vec<_>, Vec<_>) =
            rows.iter().map(change).collect::<Result<Vec<_>>>()?.into_iter().unzip();
        Ok((changes, positions.last().copied().unwrap_or(position)))
    }

    async fn ping(&self) -> Result<()> {
        sqlx::query("SELECT 1").execute(&self.pool).await?;
        Ok(())
    }
}
