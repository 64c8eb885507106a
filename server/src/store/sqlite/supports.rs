//! The public directory.

use async_trait::async_trait;
use engine::support::Support;
use engine::{CommunityId, SupportId};
use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::{SqliteStore, changes, communities};
use crate::store::rows::{support, support_change};
use crate::store::support_plan::SupportPlan;
use crate::store::{
    Changed, ImportCounts, ImportScope, Result, StoreError, SupportChange, SupportEdit, SupportEdited,
    SupportMerge, Supports,
};

const INSERT: &str = "INSERT INTO support (id, community, source, source_id, lon, lat, name, category,
        support_types, price, opening_hours, address, phone, website, wheelchair, updated_at, more, curated,
        missing_since, merged_into, version)
    SELECT unhex(value ->> 'id'), $1, value ->> 'source', value ->> 'source_id', value ->> 'lon',
        value ->> 'lat', value ->> 'name', value ->> 'category', value ->> 'support_types',
        value ->> 'price', value ->> 'opening_hours', value ->> 'address', value ->> 'phone',
        value ->> 'website', value ->> 'wheelchair', value ->> 'updated_at', value -> 'more',
        value -> 'curated', value ->> 'missing_since', unhex(value ->> 'merged_into'), value ->> 'version'
    FROM json_each($2)";
const UPDATE: &str = "UPDATE support SET lon = r.value ->> 'lon', lat = r.value ->> 'lat',
        name = r.value ->> 'name', category = r.value ->> 'category',
        support_types = r.value ->> 'support_types', price = r.value ->> 'price',
        opening_hours = r.value ->> 'opening_hours', address = r.value ->> 'address',
        phone = r.value ->> 'phone', website = r.value ->> 'website',
        wheelchair = r.value ->> 'wheelchair', updated_at = r.value ->> 'updated_at',
        more = r.value -> 'more', curated = r.value -> 'curated',
        missing_since = r.value ->> 'missing_since', merged_into = unhex(r.value ->> 'merged_into'),
        version = r.value ->> 'version'
    FROM json_each($2) AS r WHERE support.id = unhex(r.value ->> 'id') AND support.community = $1";
const RECORD: &str = "INSERT INTO support_change (community, support, at, who, op, before, after)
    SELECT $1, unhex(value ->> 'support'), value ->> 'at', value ->> 'who', value ->> 'op',
        NULLIF(value -> 'before', 'null'), value -> 'after'
    FROM json_each($2) ORDER BY key";
const HIDE: &str = "UPDATE support_change SET before = json_remove(before, '$.location', '$.address'),
        after = json_remove(after, '$.location', '$.address')
    WHERE support = $1";
const REPOINT: &str = "UPDATE support SET merged_into = $2 WHERE community = $3 AND merged_into = $1";
const ALL: &str = "SELECT * FROM support WHERE community = $1 ORDER BY id";
const ONE: &str = "SELECT * FROM support WHERE community = $1 AND id = $2";
const HISTORY: &str = "SELECT * FROM support_change WHERE community = $1 AND support = $2 ORDER BY seq DESC";

#[async_trait]
impl Supports for SqliteStore {
    async fn upsert_supports(
        &self,
        community: &CommunityId,
        supports: &[Support],
        scope: &ImportScope,
        at: Timestamp,
    ) -> Result<ImportCounts> {
        let (community, supports, scope) = (community.clone(), supports.to_vec(), scope.clone());
        self.erase(move |db| Box::pin(upsert(db, community, supports, scope, at))).await
    }

    async fn add_support(&self, community: &CommunityId, support: &Support, who: &str) -> Result<()> {
        let (community, plan) = (community.clone(), SupportPlan::addition(support, who));
        self.erase(move |db| Box::pin(add(db, community, plan))).await
    }

    async fn edit_support(&self, edit: &SupportEdit) -> Result<SupportEdited> {
        let edit = edit.clone();
        self.erase(move |db| Box::pin(change(db, edit))).await
    }

    async fn merge_supports(&self, merge: &SupportMerge) -> Result<SupportEdited> {
        let merge = merge.clone();
        self.erase(move |db| Box::pin(unite(db, merge))).await
    }

    async fn support_history(&self, community: &CommunityId, id: SupportId) -> Result<Vec<SupportChange>> {
        let select = sqlx::query(HISTORY).bind(community.as_str().to_owned()).bind(id.0);
        select.fetch_all(&self.readers).await?.iter().map(support_change).collect()
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
    supports: Vec<Support>,
    scope: ImportScope,
    at: Timestamp,
) -> Result<ImportCounts> {
    communities::require(db, &community).await?;
    let rows = sqlx::query(ALL).bind(community.as_str().to_owned()).fetch_all(&mut *db).await?;
    let stored = rows.iter().map(support).collect::<Result<_>>()?;
    let plan = SupportPlan::import(stored, &supports, &scope, at);
    carry_out(db, &community, &plan).await?;
    Ok(plan.counts())
}

async fn add(db: &mut SqliteConnection, community: CommunityId, plan: SupportPlan) -> Result<()> {
    communities::require(db, &community).await?;
    carry_out(db, &community, &plan).await
}

async fn change(db: &mut SqliteConnection, edit: SupportEdit) -> Result<SupportEdited> {
    communities::require(db, &edit.community).await?;
    let Some(before) = one(db, &edit.community, edit.id).await? else { return Ok(SupportEdited::Missing) };
    if before.version != edit.expected {
        return Ok(SupportEdited::Stale);
    }
    let (plan, after) = SupportPlan::edit(&before, &edit);
    carry_out(db, &edit.community, &plan).await?;
    Ok(SupportEdited::Changed(after))
}

async fn unite(db: &mut SqliteConnection, merge: SupportMerge) -> Result<SupportEdited> {
    communities::require(db, &merge.community).await?;
    let from = one(db, &merge.community, merge.from).await?;
    let into = one(db, &merge.community, merge.into).await?;
    let (Some(from), Some(into)) = (from, into) else { return Ok(SupportEdited::Missing) };
    if from.version != merge.expected {
        return Ok(SupportEdited::Stale);
    }
    let (plan, after) = SupportPlan::merge(&from, &into, &merge);
    let repoint = sqlx::query(REPOINT).bind(from.id.0).bind(into.id.0);
    repoint.bind(merge.community.as_str().to_owned()).execute(&mut *db).await?;
    carry_out(db, &merge.community, &plan).await?;
    Ok(SupportEdited::Changed(after))
}

/// A support that stands for itself.
async fn one(db: &mut SqliteConnection, community: &CommunityId, id: SupportId) -> Result<Option<Support>> {
    let select = sqlx::query(ONE).bind(community.as_str().to_owned()).bind(id.0);
    let found = select.fetch_optional(db).await?.as_ref().map(support).transpose()?;
    Ok(found.filter(|s| s.merged_into.is_none()))
}

async fn carry_out(db: &mut SqliteConnection, community: &CommunityId, plan: &SupportPlan) -> Result<()> {
    let name = community.as_str();
    let batches = [(INSERT, plan.insertions()), (UPDATE, plan.updates()), (RECORD, plan.history())];
    for (sql, batch) in
        batches.into_iter().flat_map(|(sql, batches)| batches.into_iter().map(move |b| (sql, b)))
    {
        let write = sqlx::query(sql).bind(name.to_owned()).bind(batch).execute(&mut *db).await;
        write.map_err(|e| StoreError::refused(e, "a support of this source and source id", ""))?;
    }
    for id in &plan.hidden {
        sqlx::query(HIDE).bind(id.0).execute(&mut *db).await?;
    }
    if !plan.is_empty() {
        changes::record(db, community, Changed::Supports).await?;
    }
    Ok(())
}
