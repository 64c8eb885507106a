//! Participants' diaries.

use async_trait::async_trait;
use engine::diary::DiaryContent;
use engine::{DiaryId, ParticipantId, PlaceId};
use jiff::Timestamp;
use sqlx::PgConnection;

use super::{PgStore, participants};
use crate::store::diary::{diary_entry, diary_id, feelings_text};
use crate::store::rows::micros;
use crate::store::{Diaries, DiaryAdded, DiaryEntry, Erasure, NewDiaryEntry, Result};

const COUNT: &str = "SELECT count(*) FROM diary d JOIN place p ON p.id = d.place WHERE p.owner = $1";
const PLACE: &str = "SELECT count(*) FROM place WHERE id = $1 AND owner = $2";
const ADD: &str = "INSERT INTO diary (id, place, day, text, feelings, created_at, updated_at)
    VALUES ($1, $2, $3, $4, $5::text::jsonb, $6, $7)";
const ALL: &str =
    "SELECT d.id, d.place, d.day, d.text, d.feelings::text AS feelings, d.created_at, d.updated_at
    FROM diary d JOIN place p ON p.id = d.place WHERE p.owner = $1 AND d.place = $2
    ORDER BY d.day DESC, d.created_at DESC, d.id DESC";
const ONE: &str =
    "SELECT d.id, d.place, d.day, d.text, d.feelings::text AS feelings, d.created_at, d.updated_at
    FROM diary d JOIN place p ON p.id = d.place WHERE p.owner = $1 AND d.place = $2 AND d.id = $3";
const IDS: &str = "SELECT d.place, d.id FROM diary d JOIN place p ON p.id = d.place
    WHERE p.owner = $1 AND ($2::uuid IS NULL OR d.place = $2) ORDER BY d.day DESC, d.created_at DESC, d.id DESC";
const CHANGE: &str =
    "UPDATE diary SET day = $2, text = $3, feelings = $4::text::jsonb, updated_at = $5 WHERE id = $1";
const DELETE: &str =
    "DELETE FROM diary WHERE id = $3 AND place = (SELECT id FROM place WHERE owner = $1 AND id = $2)";

#[async_trait]
impl Diaries for PgStore {
    async fn add_diary(&self, new: &NewDiaryEntry) -> Result<DiaryAdded> {
        let new = new.clone();
        self.write(move |db| Box::pin(add(db, new))).await
    }

    async fn change_diary(
        &self,
        owner: ParticipantId,
        place: PlaceId,
        id: DiaryId,
        content: &DiaryContent,
        at: Timestamp,
    ) -> Result<Option<DiaryEntry>> {
        let content = content.clone();
        self.write(move |db| {
            Box::pin(async move {
                if participants::lock(db, owner).await?.is_none() {
                    return Ok(None);
                }
                let one = sqlx::query(ONE).bind(owner.0).bind(place.0).bind(id.0);
                let Some(row) = one.fetch_optional(&mut *db).await? else { return Ok(None) };
                let entry = DiaryEntry { content, updated_at: at, ..diary_entry(&row)? };
                let change = sqlx::query(CHANGE)
                    .bind(id.0)
                    .bind(entry.content.date.to_string())
                    .bind(entry.content.text.clone())
                    .bind(feelings_text(&entry.content)?)
                    .bind(micros(at));
                change.execute(db).await?;
                Ok(Some(entry))
            })
        })
        .await
    }

    async fn delete_diary(
        &self,
        owner: ParticipantId,
        place: PlaceId,
        id: DiaryId,
        erasure: &Erasure,
    ) -> Result<bool> {
        let erasure = *erasure;
        self.write(move |db| {
            Box::pin(async move {
                let delete = sqlx::query(DELETE).bind(owner.0).bind(place.0).bind(id.0);
                let gone = delete.execute(&mut *db).await?.rows_affected() > 0;
                if gone {
                    participants::record_erasure(db, erasure).await?;
                }
                Ok(gone)
            })
        })
        .await
    }

    async fn diary(&self, owner: ParticipantId, place: PlaceId) -> Result<Vec<DiaryEntry>> {
        let rows = sqlx::query(ALL).bind(owner.0).bind(place.0).fetch_all(&self.pool).await?;
        rows.iter().map(diary_entry).collect()
    }

    async fn diary_ids(
        &self,
        owner: ParticipantId,
        place: Option<PlaceId>,
    ) -> Result<Vec<(PlaceId, DiaryId)>> {
        let rows = sqlx::query(IDS).bind(owner.0).bind(place.map(|p| p.0)).fetch_all(&self.pool).await?;
        rows.iter().map(diary_id).collect()
    }
}

async fn add(db: &mut PgConnection, new: NewDiaryEntry) -> Result<DiaryAdded> {
    let (owner, entry) = (new.owner, new.entry);
    if participants::lock(db, owner).await?.is_none() {
        return Ok(DiaryAdded::NoSuchPlace);
    }
    let place = sqlx::query_scalar::<_, i64>(PLACE).bind(entry.place.0).bind(owner.0);
    if place.fetch_one(&mut *db).await? == 0 {
        return Ok(DiaryAdded::NoSuchPlace);
    }
    let before = sqlx::query(ONE).bind(owner.0).bind(entry.place.0).bind(entry.id.0);
    if let Some(row) = before.fetch_optional(&mut *db).await? {
        return Ok(DiaryAdded::Before(diary_entry(&row)?));
    }
    if participants::is_erased(db, new.erased).await? {
        return Ok(DiaryAdded::Gone);
    }
    let count = sqlx::query_scalar::<_, i64>(COUNT).bind(owner.0);
    if count.fetch_one(&mut *db).await? >= i64::from(new.most) {
        return Ok(DiaryAdded::LimitReached);
    }
    let insert = sqlx::query(ADD)
        .bind(entry.id.0)
        .bind(entry.place.0)
        .bind(entry.content.date.to_string())
        .bind(entry.content.text.clone())
        .bind(feelings_text(&entry.content)?)
        .bind(micros(entry.created_at))
        .bind(micros(entry.updated_at));
    insert.execute(db).await?;
    Ok(DiaryAdded::Written)
}
