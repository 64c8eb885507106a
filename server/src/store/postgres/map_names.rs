//! Names of streets and of what else is on the map.

use async_trait::async_trait;
use engine::CommunityId;
use engine::gazetteer::Named;
use sqlx::PgConnection;

use super::{PgStore, changes, communities};
use crate::store::map_names::{BATCH, lines_text, named};
use crate::store::{Changed, MapNames, Result};

const DELETE: &str = "DELETE FROM map_name WHERE community = $1 AND source = $2";
const ADD: &str = "INSERT INTO map_name (community, source, seq, kind, name, lines)
    SELECT $1, $2, * FROM UNNEST($3::bigint[], $4::text[], $5::text[], $6::text[])";
const ALL: &str =
    "SELECT kind, name, lines FROM map_name WHERE community = $1 ORDER BY source COLLATE \"C\", seq";

#[async_trait]
impl MapNames for PgStore {
    async fn replace_names(&self, community: &CommunityId, source: &str, names: &[Named]) -> Result<()> {
        let (community, source, names) = (community.clone(), source.to_owned(), names.to_vec());
        self.write(move |db| Box::pin(replace(db, community, source, names))).await
    }

    async fn names(&self, community: &CommunityId) -> Result<Vec<Named>> {
        let select = sqlx::query(ALL).bind(community.as_str().to_owned());
        select.fetch_all(&self.pool).await?.iter().map(named).collect()
    }
}

async fn replace(
    db: &mut PgConnection,
    community: CommunityId,
    source: String,
    names: Vec<Named>,
) -> Result<()> {
    communities::lock(db, &community).await?;
    let id = community.as_str().to_owned();
    sqlx::query(DELETE).bind(id.clone()).bind(source.clone()).execute(&mut *db).await?;
    let mut seq = 0_i64..;
    for batch in names.chunks(BATCH) {
        let insert = sqlx::query(ADD)
            .bind(id.clone())
            .bind(source.clone())
            .bind(seq.by_ref().take(batch.len()).collect::<Vec<_>>())
            .bind(batch.iter().map(|n| n.kind.as_str()).collect::<Vec<_>>())
            .bind(batch.iter().map(|n| n.name.clone()).collect::<Vec<_>>())
            .bind(batch.iter().map(lines_text).collect::<Vec<_>>());
        insert.execute(&mut *db).await?;
    }
    changes::record(db, &community, Changed::Names).await
}
