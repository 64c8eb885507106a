//! Participants' places.

use async_trait::async_trait;
use engine::place::Place;
use engine::{CommunityId, ParticipantId, PlaceId};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};
use uuid::Uuid;

use super::{PgStore, changes, participants, study_places};
use crate::store::rows::{Columns, micros, place};
use crate::store::{
    Changed, Deleted, IdempotencyKey, Inserted, NewPlace, PlaceChange, PlaceRemoval, Places, Result,
    StoreError, StudyCounts, StudyImport, Updated,
};

/// Places read at a time: bounds the memory that a large community takes beside the places themselves.
const PAGE: i64 = 5_000;

const SNAPSHOT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
const ADD: &str = "INSERT INTO place (id, community, owner, content, created_at, updated_at, version)
    VALUES ($1, $2, $3, $4::text::jsonb, $5, $6, $7)";
const COUNT: &str = "SELECT COUNT(*) FROM place WHERE owner = $1";
const ADD_KEY: &str = "INSERT INTO idempotency (participant, key, body, place, at)
    VALUES ($1, $2, $3, $4, $5)";
const KEY: &str = "SELECT body, place FROM idempotency WHERE participant = $1 AND key = $2";
const OF_OWNER: &str =
    "SELECT id, owner, content::text AS content, created_at, updated_at, version FROM place
    WHERE owner = $1 ORDER BY id";
const ONE: &str = "SELECT id, owner, content::text AS content, created_at, updated_at, version FROM place
    WHERE id = $1 AND owner = $2";
const VERSION: &str = "SELECT version FROM place WHERE id = $1 AND owner = $2";
const UPDATE: &str = "UPDATE place SET content = $3::text::jsonb, updated_at = $4, version = $5
    WHERE id = $1 AND owner = $2";
const DELETE: &str = "DELETE FROM place WHERE id = $1 AND owner = $2";
const DELETE_OF_OWNER: &str = "DELETE FROM place WHERE owner = $1 RETURNING id";
const PAGE_AFTER: &str =
    "SELECT id, owner, content::text AS content, created_at, updated_at, version FROM place
    WHERE community = $1 AND id > $2 ORDER BY id LIMIT $3";
const BY_ID: &str = "SELECT id, owner, content::text AS content, created_at, updated_at, version FROM place
    WHERE id = ANY($1) ORDER BY id";
const OWN: &str = "SELECT id, owner, content::text AS content, created_at, updated_at, version FROM place
    WHERE id = $1 AND owner = $2";

/// Every place of a person.
pub(super) async fn of_owner(db: &mut PgConnection, owner: ParticipantId) -> Result<Vec<Place>> {
    sqlx::query(OF_OWNER).bind(owner.0).fetch_all(db).await?.iter().map(place).collect()
}

/// Writes content, version and time of a place that exists.
pub(super) async fn overwrite(db: &mut PgConnection, place: &Place) -> Result<()> {
    let update = sqlx::query(UPDATE)
        .bind(place.id.0)
        .bind(place.owner.0)
        .bind(place.content.to_feature().to_string())
        .bind(micros(place.updated_at))
        .bind(place.version);
    update.execute(db).await?;
    Ok(())
}

/// Deletes every place of a person and says which.
pub(super) async fn delete_of_owner(db: &mut PgConnection, owner: ParticipantId) -> Result<Vec<PlaceId>> {
    let rows = sqlx::query(DELETE_OF_OWNER).bind(owner.0).fetch_all(db).await?;
    let mut gone = rows.iter().map(|row| row.read("id").map(PlaceId)).collect::<Result<Vec<_>>>()?;
    gone.sort_unstable();
    Ok(gone)
}

#[async_trait]
impl Places for PgStore {
    async fn insert_place(&self, new: &NewPlace) -> Result<Inserted> {
        let new = new.clone();
        self.write(move |db| Box::pin(insert(db, new))).await
    }

    async fn import_places(&self, import: &StudyImport) -> Result<StudyCounts> {
        let import = import.clone();
        self.write(move |db| Box::pin(study_places::import(db, import))).await
    }

    async fn update_place(&self, change: &PlaceChange) -> Result<Updated> {
        let change = change.clone();
        self.write(move |db| Box::pin(update(db, change))).await
    }

    async fn delete_place(&self, removal: &PlaceRemoval) -> Result<Deleted> {
        let removal = removal.clone();
        self.write(move |db| Box::pin(delete(db, removal))).await
    }

    async fn places(&self, community: &CommunityId) -> Result<Vec<Place>> {
        let mut snapshot = self.pool.begin_with(SNAPSHOT).await?;
        let mut places = Vec::new();
        let mut after = Uuid::nil();
        loop {
            let page = sqlx::query(PAGE_AFTER).bind(community.as_str().to_owned()).bind(after).bind(PAGE);
            let rows = page.fetch_all(&mut *snapshot).await?;
            let Some(last) = rows.last() else { break };
            after = last.try_get("id")?;
            places.extend(parse(rows).await?);
        }
        snapshot.rollback().await?;
        Ok(places)
    }

    async fn places_by_id(&self, ids: &[PlaceId]) -> Result<Vec<Place>> {
        let rows = sqlx::query(BY_ID)
            .bind(ids.iter().map(|id| id.0).collect::<Vec<_>>())
            .fetch_all(&self.pool)
            .await?;
        parse(rows).await
    }

    async fn own_place(&self, owner: ParticipantId, id: PlaceId) -> Result<Option<Place>> {
        let row = sqlx::query(OWN).bind(id.0).bind(owner.0).fetch_optional(&self.pool).await?;
        row.as_ref().map(place).transpose()
    }
}

/// Parsing thousands of places takes long enough to hold up others, so it happens beside the event loop.
async fn parse(rows: Vec<PgRow>) -> Result<Vec<Place>> {
    let parsed = tokio::task::spawn_blocking(move || rows.iter().map(place).collect());
    parsed.await.map_err(|_| StoreError::Database(sqlx::Error::WorkerCrashed))?
}

async fn insert(db: &mut PgConnection, new: NewPlace) -> Result<Inserted> {
    let owner = new.place.owner;
    if participants::lock(db, owner).await?.as_ref() != Some(&new.community) {
        return Err(StoreError::Missing(format!("the participant {owner} of {}", new.community)));
    }
    if let Some(key) = &new.idempotency
        && let Some(answer) = replay(db, owner, key).await?
    {
        return Ok(answer);
    }
    let count: i64 = sqlx::query_scalar(COUNT).bind(owner.0).fetch_one(&mut *db).await?;
    if count >= i64::from(new.most) {
        return Ok(Inserted::LimitReached);
    }
    check_consent(db, owner, &new.place.content).await?;
    add(db, &new.community, &new.place).await?;
    if let Some(key) = &new.idempotency {
        let insert = sqlx::query(ADD_KEY)
            .bind(owner.0)
            .bind(key.key.to_vec())
            .bind(key.body.to_vec())
            .bind(new.place.id.0)
            .bind(micros(new.place.created_at));
        insert.execute(&mut *db).await?;
    }
    Ok(Inserted::Created)
}

/// Adds a place whose owner is there, and tells the feed.
pub(super) async fn add(db: &mut PgConnection, community: &CommunityId, place: &Place) -> Result<()> {
    let insert = sqlx::query(ADD)
        .bind(place.id.0)
        .bind(community.as_str().to_owned())
        .bind(place.owner.0)
        .bind(place.content.to_feature().to_string())
        .bind(micros(place.created_at))
        .bind(micros(place.updated_at))
        .bind(place.version);
    let exists = format!("the place {}", place.id);
    insert.execute(&mut *db).await.map_err(|e| StoreError::refused(e, &exists, "the participant"))?;
    changes::record(db, community, Changed::Place(place.id)).await
}

/// What a request that came before is answered; `None` for a new one.
async fn replay(
    db: &mut PgConnection,
    owner: ParticipantId,
    key: &IdempotencyKey,
) -> Result<Option<Inserted>> {
    let select = sqlx::query(KEY).bind(owner.0).bind(key.key.to_vec());
    let Some(row) = select.fetch_optional(&mut *db).await? else { return Ok(None) };
    if row.try_get::<&[u8], _>("body")? != key.body {
        return Ok(Some(Inserted::KeyReused));
    }
    let id: Uuid = row.try_get("place")?;
    let now = sqlx::query(ONE).bind(id).bind(owner.0).fetch_optional(db).await?;
    Ok(Some(Inserted::Replayed(now.as_ref().map(place).transpose()?)))
}

async fn check_consent(
    db: &mut PgConnection,
    owner: ParticipantId,
    content: &engine::place::PlaceContent,
) -> Result<()> {
    let allowed = participants::consent_in_force(db, owner).await?;
    match content.share.first_beyond(allowed) {
        Some(purpose) => Err(StoreError::Missing(format!("the consent to {purpose}"))),
        None => Ok(()),
    }
}

async fn update(db: &mut PgConnection, change: PlaceChange) -> Result<Updated> {
    let Some(community) = participants::lock(db, change.owner).await? else {
        return Ok(Updated::Missing);
    };
    let select = sqlx::query(ONE).bind(change.id.0).bind(change.owner.0);
    let Some(row) = select.fetch_optional(&mut *db).await? else { return Ok(Updated::Missing) };
    let mut place = place(&row)?;
    if place.version != change.expected {
        return Ok(Updated::Stale);
    }
    check_consent(db, change.owner, &change.content).await?;
    place.content = change.content;
    place.updated_at = change.at;
    place.version += 1;
    overwrite(db, &place).await?;
    changes::record(db, &community, Changed::Place(place.id)).await?;
    Ok(Updated::Changed(place))
}

async fn delete(db: &mut PgConnection, removal: PlaceRemoval) -> Result<Deleted> {
    let Some(community) = participants::lock(db, removal.owner).await? else {
        return Ok(Deleted::Missing);
    };
    let select = sqlx::query_scalar(VERSION).bind(removal.id.0).bind(removal.owner.0);
    let version: Option<i64> = select.fetch_optional(&mut *db).await?;
    match version {
        None => return Ok(Deleted::Missing),
        Some(version) if version != removal.expected => return Ok(Deleted::Stale),
        Some(_) => {}
    }
    sqlx::query(DELETE).bind(removal.id.0).bind(removal.owner.0).execute(&mut *db).await?;
    participants::record_erasure(db, removal.erasure).await?;
    changes::record(db, &community, Changed::Place(removal.id)).await?;
    Ok(Deleted::Gone)
}
