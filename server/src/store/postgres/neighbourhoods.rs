//! Neighbourhoods.

use async_trait::async_trait;
use engine::CommunityId;
use engine::neighbourhood::Neighbourhood;
use jiff::Timestamp;
use sqlx::PgConnection;

use super::{PgStore, changes, communities};
use crate::store::imports::NeighbourhoodPlan;
use crate::store::rows::{micros, neighbourhood};
use crate::store::{Changed, ImportCounts, Neighbourhoods, Result, StoreError};

const ALL: &str = "SELECT * FROM neighbourhood WHERE community = $1 ORDER BY name COLLATE \"C\", id";
const ADD: &str = "INSERT INTO neighbourhood (id, community, name, source_id, population, shape, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const UPDATE: &str = "UPDATE neighbourhood
    SET name = $3, source_id = $4, population = $5, shape = $6, updated_at = $7
    WHERE id = $1 AND community = $2";

#[async_trait]
impl Neighbourhoods for PgStore {
    async fn upsert_neighbourhoods(
        &self,
        community: &CommunityId,
        neighbourhoods: &[Neighbourhood],
        at: Timestamp,
    ) -> Result<ImportCounts> {
        let (community, incoming) = (community.clone(), neighbourhoods.to_vec());
        self.write(move |db| Box::pin(upsert(db, community, incoming, at))).await
    }

    async fn neighbourhoods(&self, community: &CommunityId) -> Result<Vec<Neighbourhood>> {
        let rows = sqlx::query(ALL).bind(community.as_str().to_owned()).fetch_all(&self.pool).await?;
        rows.iter().map(neighbourhood).collect()
    }
}

async fn upsert(
    db: &mut PgConnection,
    community: CommunityId,
    incoming: Vec<Neighbourhood>,
    at: Timestamp,
) -> Result<ImportCounts> {
    communities::lock(db, &community).await?;
    let rows = sqlx::query(ALL).bind(community.as_str().to_owned()).fetch_all(&mut *db).await?;
    let stored = rows.iter().map(neighbourhood).collect::<Result<Vec<_>>>()?;
    let plan = NeighbourhoodPlan::new(stored, &incoming);
    let writes = plan.added.iter().map(|n| (ADD, n)).chain(plan.changed.iter().map(|n| (UPDATE, n)));
    for (statement, n) in writes {
        let write = sqlx::query(statement)
            .bind(n.id.0)
            .bind(community.as_str().to_owned())
            .bind(n.name.clone())
            .bind(n.source_id.clone())
            .bind(n.population.map(i64::from))
            .bind(NeighbourhoodPlan::shape(n))
            .bind(micros(at));
        let exists = format!("the neighbourhood {}", n.id);
        write.execute(&mut *db).await.map_err(|e| StoreError::refused(e, &exists, ""))?;
    }
    if !plan.is_empty() {
        changes::record(db, &community, Changed::Neighbourhoods).await?;
    }
    Ok(plan.counts())
}
