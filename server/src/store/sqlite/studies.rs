//! Questions that researchers keep.

use async_trait::async_trait;
use engine::{CommunityId, StaffId};
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::SqliteStore;
use crate::store::rows::{Columns, damaged, micros};
use crate::store::studies::saved_query;
use crate::store::{Result, SavedQuery, StoreError, Studies};

const COUNT: &str = "SELECT count(*) FROM study_query WHERE community = $1 AND staff = $2";
const ADD: &str = "INSERT INTO study_query (id, community, staff, name, question, created_at)
    VALUES ($1, $2, $3, $4, $5, $6)";
const ALL: &str = "SELECT id, community, staff, name, question, created_at FROM study_query
    WHERE community = $1 AND staff = $2 ORDER BY created_at DESC, id";
const FORGET: &str = "DELETE FROM study_query WHERE community = $1 AND staff = $2 AND id = $3";

#[async_trait]
impl Studies for SqliteStore {
    async fn save_query(&self, query: &SavedQuery, most: u32) -> Result<bool> {
        let query = query.clone();
        self.write(move |db| Box::pin(save(db, query, most))).await
    }

    async fn saved_queries(&self, community: &CommunityId, staff: StaffId) -> Result<Vec<SavedQuery>> {
        let select = sqlx::query(ALL).bind(community.as_str().to_owned()).bind(staff.0);
        let rows = select.fetch_all(&self.readers).await?;
        let one = |row| {
            let question = serde_json::from_str(&Columns::read::<String>(row, "question")?);
            saved_query(row, question.map_err(|e| damaged("question", &e))?)
        };
        rows.iter().map(one).collect()
    }

    async fn forget_query(&self, community: &CommunityId, staff: StaffId, id: Uuid) -> Result<bool> {
        let community = community.as_str().to_owned();
        self.erase(move |db| {
            Box::pin(async move {
                let forget = sqlx::query(FORGET).bind(community).bind(staff.0).bind(id);
                Ok(forget.execute(db).await?.rows_affected() > 0)
            })
        })
        .await
    }
}

async fn save(db: &mut SqliteConnection, query: SavedQuery, most: u32) -> Result<bool> {
    let community = query.community.as_str().to_owned();
    let count = sqlx::query_scalar::<_, i64>(COUNT).bind(community.clone()).bind(query.staff.0);
    if count.fetch_one(&mut *db).await? >= i64::from(most) {
        return Ok(false);
    }
    let insert = sqlx::query(ADD)
        .bind(query.id)
        .bind(community)
        .bind(query.staff.0)
        .bind(query.name)
        .bind(query.question.to_string())
        .bind(micros(query.created_at));
    insert.execute(db).await.map_err(|e| StoreError::refused(e, "a question of this name", "the account"))?;
    Ok(true)
}
