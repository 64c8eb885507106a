//! The public directory.

use async_trait::async_trait;
use engine::support::Support;
use engine::{CommunityId, SupportId};
use sqlx::SqliteConnection;

use super::{SqliteStore, changes, communities};
use crate::store::imports::{counts, support_batches};
use crate::store::rows::support;
use crate::store::{Changed, ImportCounts, Result, Supports};

const COUNT: &str = "SELECT COUNT(*) FROM support WHERE community = $1";
const UPSERT: &str = "INSERT INTO support (id, community, source, source_id, lon, lat, name, category,
        support_types, price, opening_hours, address, phone, website, wheelchair, updated_at)
    SELECT unhex(value ->> 'id'), $1, value ->> 'source', value ->> 'source_id', value ->> 'lon',
        value ->> 'lat', value ->> 'name', value ->> 'category', value ->> 'support_types',
        value ->> 'price', value ->> 'opening_hours', value ->> 'address', value ->> 'phone',
        value ->> 'website', value ->> 'wheelchair', value ->> 'updated_at'
    FROM json_each($2) WHERE true
    ON CONFLICT (community, source, source_id) DO UPDATE SET lon = excluded.lon, lat = excluded.lat,
        name = excluded.name, category = excluded.category, support_types = excluded.support_types,
        price = excluded.price, opening_hours = excluded.opening_hours, address = excluded.address,
        phone = excluded.phone, website = excluded.website, wheelchair = excluded.wheelchair,
        updated_at = excluded.updated_at
    WHERE (support.lon, support.lat, support.name, support.category, support.support_types, support.price,
        support.opening_hours, support.address, support.phone, support.website, support.wheelchair)
      IS NOT (excluded.lon, excluded.lat, excluded.name, excluded.category, excluded.support_types,
        excluded.price, excluded.opening_hours, excluded.address, excluded.phone, excluded.website,
        excluded.wheelchair)";
const ALL: &str = "SELECT * FROM support WHERE community = $1 ORDER BY id";
const ONE: &str = "SELECT * FROM support WHERE community = $1 AND id = $2";

#[async_trait]
impl Supports for SqliteStore {
    async fn upsert_supports(&self, community: &CommunityId, supports: &[Support]) -> Result<ImportCounts> {
        let community = community.clone();
        let (distinct, batches) = support_batches(supports);
        self.write(move |db| Box::pin(upsert(db, community, distinct, batches))).await
    }

    async fn supports(&self, community: &CommunityId) -> Result<Vec<Support>> {
        let rows = sqlx::query(ALL).bind(community.as_str().to_owned()).fetch_all(&self.readers).await?;
        rows.iter().map(support).collect()
    }

    async fn support(&self, community: &CommunityId, id: SupportId) -> Result<Option<Support>> {
        let select = sqlx::query(ONE).bind(community.as_str().to_owned()).bind(id.0);
        select.fetch_optional(&self.readers).await?.as_ref().map(support).transpose()
    }
}

async fn upsert(
    db: &mut SqliteConnection,
    community: CommunityId,
    distinct: usize,
    batches: Vec<String>,
) -> Result<ImportCounts> {
    communities::require(db, &community).await?;
    let name = community.as_str();
    let before = sqlx::query_scalar(COUNT).bind(name.to_owned()).fetch_one(&mut *db).await?;
    let mut written = 0;
    for batch in batches {
        let upsert = sqlx::query(UPSERT).bind(name.to_owned()).bind(batch);
        written += upsert.execute(&mut *db).await?.rows_affected();
    }
    let after = sqlx::query_scalar(COUNT).bind(name.to_owned()).fetch_one(&mut *db).await?;
    if written > 0 {
        changes::record(db, &community, Changed::Supports).await?;
    }
    Ok(counts(distinct, written, before, after))
}
