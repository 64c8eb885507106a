//! The public directory.

use async_trait::async_trait;
use engine::support::Support;
use engine::{CommunityId, SupportId};
use jiff::Timestamp;
use sqlx::PgConnection;

use super::{PgStore, changes, communities};
use crate::store::rows::{support, support_change};
use crate::store::support_plan::SupportPlan;
use crate::store::{
    Changed, ImportCounts, ImportScope, Result, StoreError, SupportChange, SupportEdit, SupportEdited,
    SupportMerge, Supports,
};

const INSERT: &str = "INSERT INTO support (id, community, source, source_id, lon, lat, name, category,
        support_types, price, opening_hours, address, phone, website, wheelchair, updated_at, more, curated,
        missing_since, merged_into, version)
    SELECT id, $1, source, source_id, lon, lat, name, category, support_types, price, opening_hours,
        address, phone, website, wheelchair, updated_at, more, curated, missing_since, merged_into, version
    FROM jsonb_to_recordset($2::text::jsonb) AS r (id uuid, source text, source_id text,
        lon double precision, lat double precision, name text, category text, support_types bigint,
        price text, opening_hours text, address text, phone text, website text, wheelchair text,
        updated_at bigint, more jsonb, curated jsonb, missing_since bigint, merged_into uuid, version bigint)";
const UPDATE: &str = "UPDATE support SET lon = r.lon, lat = r.lat, name = r.name, category = r.category,
        support_types = r.support_types, price = r.price, opening_hours = r.opening_hours,
        address = r.address, phone = r.phone, website = r.website, wheelchair = r.wheelchair,
        updated_at = r.updated_at, more = r.more, curated = r.curated, missing_since = r.missing_since,
        merged_into = r.merged_into, version = r.version
    FROM jsonb_to_recordset($2::text::jsonb) AS r (id uuid, lon double precision, lat double precision,
        name text, category text, support_types bigint, price text, opening_hours text, address text,
        phone text, website text, wheelchair text, updated_at bigint, more jsonb, curated jsonb,
        missing_since bigint, merged_into uuid, version bigint)
    WHERE support.id = r.id AND support.community = $1";
const RECORD: &str = "INSERT INTO support_change (community, support, at, who, op, before, after)
    SELECT $1, (value ->> 'support')::uuid, (value ->> 'at')::bigint, value ->> 'who', value ->> 'op',
        NULLIF(value -> 'before', 'null'), value -> 'after'
    FROM jsonb_array_elements($2::text::jsonb) WITH ORDINALITY AS r (value, n) ORDER BY n";
const HIDE: &str = "UPDATE support_change SET before = before - 'location' - 'address',
        after = after - 'location' - 'address'
    WHERE support = $1";
const REPOINT: &str = "UPDATE support SET merged_into = $2 WHERE community = $3 AND merged_into = $1";
const ALL: &str = "SELECT id, source, source_id, lon, lat, name, category, support_types, price,
        opening_hours, address, phone, website, wheelchair, updated_at, more::text AS more,
        curated::text AS curated, missing_since, merged_into, version
    FROM support WHERE community = $1 ORDER BY id";
const ONE: &str = "SELECT id, source, source_id, lon, lat, name, category, support_types, price,
        opening_hours, address, phone, website, wheelchair, updated_at, more::text AS more,
        curated::text AS curated, missing_since, merged_into, version
    FROM support WHERE community = $1 AND id = $2";
const HISTORY: &str = "SELECT at, who, op, before::text AS before, after::text AS after FROM support_change
    WHERE community = $1 AND support = $2 ORDER BY seq DESC";

#[async_trait]
impl Supports for PgStore {
    async fn upsert_supports(
        &self,
        community: &CommunityId,
        supports: &[Support],
        scope: &ImportScope,
        at: Timestamp,
    ) -> Result<ImportCounts> {
        let (community, supports, scope) = (community.clone(), supports.to_vec(), scope.clone());
        self.write(move |db| Box::pin(upsert(db, community, supports, scope, at))).await
    }

    async fn add_support(&self, community: &CommunityId, support: &Support, who: &str) -> Result<()> {
        let (community, plan) = (community.clone(), SupportPlan::addition(support, who));
        self.write(move |db| Box::pin(add(db, community, plan))).await
    }

    async fn edit_support(&self, edit: &SupportEdit) -> Result<SupportEdited> {
        let edit = edit.clone();
        self.write(move |db| Box::pin(change(db, edit))).await
    }

    async fn merge_supports(&self, merge: &SupportMerge) -> Result<SupportEdited> {
        let merge = merge.clone();
        self.write(move |db| Box::pin(unite(db, merge))).await
    }

    async fn support_history(&self, community: &CommunityId, id: SupportId) -> Result<Vec<SupportChange>> {
        let select = sqlx::query(HISTORY).bind(community.as_str().to_owned()).bind(id.0);
        select.fetch_all(&self.pool).await?.iter().map(support_change).collect()
    }

    async fn supports(&self, community: &CommunityId) -> Result<Vec<Support>> {
        let rows = sqlx::query(ALL).bind(community.as_str().to_owned()).fetch_all(&self.pool).await?;
        rows.iter().map(support).collect()
    }

    async fn support(&self, community: &CommunityId, id: SupportId) -> Result<Option<Support>> {
        let select = sqlx::query(ONE).bind(community.as_str().to_owned()).bind(id.0);
        select.fetch_optional(&self.pool).await?.as_ref().map(support).transpose()
    }
}

async fn upsert(
    db: &mut PgConnection,
    community: CommunityId,
    supports: Vec<Support>,
    scope: ImportScope,
    at: Timestamp,
) -> Result<ImportCounts> {
    communities::lock(db, &community).await?;
    let rows = sqlx::query(ALL).bind(community.as_str().to_owned()).fetch_all(&mut *db).await?;
    let stored = rows.iter().map(support).collect::<Result<_>>()?;
    let plan = SupportPlan::import(stored, &supports, &scope, at);
    carry_out(db, &community, &plan).await?;
    Ok(plan.counts())
}

async fn add(db: &mut PgConnection, community: CommunityId, plan: SupportPlan) -> Result<()> {
    communities::lock(db, &community).await?;
    carry_out(db, &community, &plan).await
}

async fn change(db: &mut PgConnection, edit: SupportEdit) -> Result<SupportEdited> {
    communities::lock(db, &edit.community).await?;
    let Some(before) = one(db, &edit.community, edit.id).await? else { return Ok(SupportEdited::Missing) };
    if before.version != edit.expected {
        return Ok(SupportEdited::Stale);
    }
    let (plan, after) = SupportPlan::edit(&before, &edit);
    carry_out(db, &edit.community, &plan).await?;
    Ok(SupportEdited::Changed(after))
}

async fn unite(db: &mut PgConnection, merge: SupportMerge) -> Result<SupportEdited> {
    communities::lock(db, &merge.community).await?;
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
async fn one(db: &mut PgConnection, community: &CommunityId, id: SupportId) -> Result<Option<Support>> {
    let select = sqlx::query(ONE).bind(community.as_str().to_owned()).bind(id.0);
    let found = select.fetch_optional(db).await?.as_ref().map(support).transpose()?;
    Ok(found.filter(|s| s.merged_into.is_none()))
}

async fn carry_out(db: &mut PgConnection, community: &CommunityId, plan: &SupportPlan) -> Result<()> {
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
