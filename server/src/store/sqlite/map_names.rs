//! Names of streets and of what else is on the map.

use async_trait::async_trait;
use engine::CommunityId;
use engine::gazetteer::Named;
use sqlx::SqliteConnection;

use super::{SqliteStore, changes, communities};
use crate::store::map_names::{lines_text, named};
use crate::store::{Changed, MapNames, Result};

const DELETE: &str = "DELETE FROM map_name WHERE community = $1 AND source = $2";
const ADD: &str =
    "INSERT INTO map_name (community, source, seq, kind, name, lines) VALUES ($1, $2, $3, $4, $5, $6)";
const ALL: &str = "SELECT kind, name, lines FROM map_name WHERE community = $1 ORDER BY source, seq";

#[async_trait]
impl MapNames for SqliteStore {
    async fn replace_names(&self, community: &CommunityId, source: &str, names: &[Named]) -> Result<()> {
        let (community, source, names) = (community.clone(), source.to_owned(), names.to_vec());
        self.write(move |db| Box::pin(replace(db, community, source, names))).await
    }

    async fn names(&self, community: &CommunityId) -> Result<Vec<Named>> {
        let select = sqlx::query(ALL).bind(community.as_str().to_owned());
        select.fetch_all(&self.readers).await?.iter().map(named).collect()
    }
}

async fn replace(
    db: &mut SqliteConnection,
    community: CommunityId,
    source: String,
    names: Vec<Named>,
) -> Result<()> {
    communities::require(db, &community).await?;
    let id = community.as_str().to_owned();
    sqlx::query(DELETE).bind(id.clone()).bind(source.clone()).execute(&mut *db).await?;
    for (seq, named) in (0_i64..).zip(&names) {
        let insert = sqlx::query(ADD)
            .bind(id.clone())
            .bind(source.clone())
            .bind(seq)
            .bind(named.kind.as_str())
            .bind(named.name.clone())
            .bind(lines_text(named));
        insert.execute(&mut *db).await?;
    }
    changes::record(db, &community, Changed::Names).await
}
