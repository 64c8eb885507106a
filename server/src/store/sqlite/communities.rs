//! Community maps.

use async_trait::async_trait;
use engine::community::Community;
use engine::{Bounds, CommunityId};
use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::{SqliteStore, changes};
use crate::store::rows::{community, languages_text, micros};
use crate::store::{Changed, Communities, Result, StoreError};

const ADD: &str = "INSERT INTO community
    (id, title, languages, west, south, east, north, policy, demo, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)";
const ONE: &str = "SELECT * FROM community WHERE id = $1";
const ALL: &str = "SELECT * FROM community ORDER BY id";
const SET_BOUNDS: &str = "UPDATE community SET west = $2, south = $3, east = $4, north = $5, updated_at = $6
    WHERE id = $1 AND west IS NULL";

/// Fails unless the community exists.
pub(super) async fn require(db: &mut SqliteConnection, id: &CommunityId) -> Result<()> {
    let found = sqlx::query(ONE).bind(id.as_str().to_owned()).fetch_optional(db).await?;
    found.map(drop).ok_or_else(|| StoreError::Missing(format!("the community {id}")))
}

#[async_trait]
impl Communities for SqliteStore {
    async fn add_community(&self, community: &Community) -> Result<()> {
        let community = community.clone();
        self.write(move |db| Box::pin(add(db, community))).await
    }

    async fn community(&self, id: &CommunityId) -> Result<Option<Community>> {
        let row = sqlx::query(ONE).bind(id.as_str().to_owned()).fetch_optional(&self.readers).await?;
        row.as_ref().map(community).transpose()
    }

    async fn communities(&self) -> Result<Vec<Community>> {
        sqlx::query(ALL).fetch_all(&self.readers).await?.iter().map(community).collect()
    }

    async fn set_bounds_once(&self, id: &CommunityId, bounds: Bounds, at: Timestamp) -> Result<bool> {
        let id = id.clone();
        self.write(move |db| Box::pin(set_bounds(db, id, bounds, at))).await
    }
}

async fn add(db: &mut SqliteConnection, c: Community) -> Result<()> {
    let insert = sqlx::query(ADD)
        .bind(c.id.as_str().to_owned())
        .bind(c.title)
        .bind(languages_text(&c.languages))
        .bind(c.bounds.map(|b| b.west))
        .bind(c.bounds.map(|b| b.south))
        .bind(c.bounds.map(|b| b.east))
        .bind(c.bounds.map(|b| b.north))
        .bind(c.policy.as_str())
        .bind(c.demo)
        .bind(micros(c.created_at));
    let exists = format!("the community {}", c.id);
    insert.execute(&mut *db).await.map_err(|e| StoreError::refused(e, &exists, ""))?;
    changes::record(db, &c.id, Changed::Community).await
}

async fn set_bounds(
    db: &mut SqliteConnection,
    id: CommunityId,
    bounds: Bounds,
    at: Timestamp,
) -> Result<bool> {
    require(db, &id).await?;
    let update = sqlx::query(SET_BOUNDS)
        .bind(id.as_str().to_owned())
        .bind(bounds.west)
        .bind(bounds.south)
        .bind(bounds.east)
        .bind(bounds.north)
        .bind(micros(at));
    let set = update.execute(&mut *db).await?.rows_affected() > 0;
    if set {
        changes::record(db, &id, Changed::Community).await?;
    }
    Ok(set)
}
