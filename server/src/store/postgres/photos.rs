//! Participants' photos.

use async_trait::async_trait;
use engine::photo::PhotoContent;
use engine::{ParticipantId, PhotoId, PlaceId};
use sqlx::PgConnection;
use sqlx::Row;

use super::{PgStore, participants};
use crate::store::photos::{photo, photo_id, said_text};
use crate::store::rows::micros;
use crate::store::{Erasure, NewPhoto, Photo, PhotoAdded, Photos, Result, Size};

const COUNT: &str = "SELECT count(*) FROM photo h JOIN place p ON p.id = h.place WHERE p.owner = $1";
const PLACE: &str = "SELECT count(*) FROM place WHERE id = $1 AND owner = $2";
const ADD: &str = "INSERT INTO photo (id, place, said, width, height, jpeg, thumb, created_at)
    VALUES ($1, $2, $3::text::jsonb, $4, $5, $6, $7, $8)";
const ONE: &str = "SELECT h.id, h.place, h.said::text AS said, h.width, h.height, h.created_at
    FROM photo h JOIN place p ON p.id = h.place WHERE p.owner = $1 AND h.place = $2 AND h.id = $3";
const OF_PLACES: &str = "SELECT h.id, h.place, h.said::text AS said, h.width, h.height, h.created_at
    FROM photo h WHERE h.place = ANY($1) ORDER BY h.created_at, h.id";
const IDS: &str = "SELECT h.place, h.id FROM photo h JOIN place p ON p.id = h.place
    WHERE p.owner = $1 ORDER BY h.created_at, h.id";
const FULL: &str =
    "SELECT h.id, h.place, h.said::text AS said, h.width, h.height, h.created_at, h.jpeg AS picture
    FROM photo h WHERE h.place = $1 AND h.id = $2";
const THUMB: &str =
    "SELECT h.id, h.place, h.said::text AS said, h.width, h.height, h.created_at, h.thumb AS picture
    FROM photo h WHERE h.place = $1 AND h.id = $2";
const CHANGE: &str = "UPDATE photo SET said = $2::text::jsonb WHERE id = $1";
const DELETE: &str =
    "DELETE FROM photo WHERE id = $3 AND place = (SELECT id FROM place WHERE owner = $1 AND id = $2)";

#[async_trait]
impl Photos for PgStore {
    async fn add_photo(&self, new: &NewPhoto) -> Result<PhotoAdded> {
        let new = new.clone();
        self.write(move |db| Box::pin(add(db, new))).await
    }

    async fn change_photo(
        &self,
        owner: ParticipantId,
        place: PlaceId,
        id: PhotoId,
        content: &PhotoContent,
    ) -> Result<Option<Photo>> {
        let content = content.clone();
        self.write(move |db| {
            Box::pin(async move {
                if participants::lock(db, owner).await?.is_none() {
                    return Ok(None);
                }
                let one = sqlx::query(ONE).bind(owner.0).bind(place.0).bind(id.0);
                let Some(row) = one.fetch_optional(&mut *db).await? else { return Ok(None) };
                let changed = Photo { content, ..photo(&row)? };
                let change = sqlx::query(CHANGE).bind(id.0).bind(said_text(&changed.content)?);
                change.execute(db).await?;
                Ok(Some(changed))
            })
        })
        .await
    }

    async fn delete_photo(
        &self,
        owner: ParticipantId,
        place: PlaceId,
        id: PhotoId,
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

    async fn photos(&self, places: &[PlaceId]) -> Result<Vec<Photo>> {
        let ids: Vec<_> = places.iter().map(|place| place.0).collect();
        let rows = sqlx::query(OF_PLACES).bind(ids).fetch_all(&self.pool).await?;
        rows.iter().map(photo).collect()
    }

    async fn photo_ids(&self, owner: ParticipantId) -> Result<Vec<(PlaceId, PhotoId)>> {
        let rows = sqlx::query(IDS).bind(owner.0).fetch_all(&self.pool).await?;
        rows.iter().map(photo_id).collect()
    }

    async fn photo(&self, place: PlaceId, id: PhotoId, size: Size) -> Result<Option<(Photo, Vec<u8>)>> {
        let query = match size {
            Size::Full => FULL,
            Size::Thumb => THUMB,
        };
        let row = sqlx::query(query).bind(place.0).bind(id.0).fetch_optional(&self.pool).await?;
        row.map(|row| Ok((photo(&row)?, row.try_get("picture")?))).transpose()
    }
}

async fn add(db: &mut PgConnection, new: NewPhoto) -> Result<PhotoAdded> {
    let NewPhoto { owner, photo: kept, jpeg, thumb, erased, most } = new;
    if participants::lock(db, owner).await?.is_none() {
        return Ok(PhotoAdded::NoSuchPlace);
    }
    let place = sqlx::query_scalar::<_, i64>(PLACE).bind(kept.place.0).bind(owner.0);
    if place.fetch_one(&mut *db).await? == 0 {
        return Ok(PhotoAdded::NoSuchPlace);
    }
    let before = sqlx::query(ONE).bind(owner.0).bind(kept.place.0).bind(kept.id.0);
    if let Some(row) = before.fetch_optional(&mut *db).await? {
        return Ok(PhotoAdded::Before(Box::new(photo(&row)?)));
    }
    if participants::is_erased(db, erased).await? {
        return Ok(PhotoAdded::Gone);
    }
    let count = sqlx::query_scalar::<_, i64>(COUNT).bind(owner.0);
    if count.fetch_one(&mut *db).await? >= i64::from(most) {
        return Ok(PhotoAdded::LimitReached);
    }
    let side = |side: u32| i32::try_from(side).unwrap_or(i32::MAX);
    let insert = sqlx::query(ADD)
        .bind(kept.id.0)
        .bind(kept.place.0)
        .bind(said_text(&kept.content)?)
        .bind(side(kept.width))
        .bind(side(kept.height))
        .bind(jpeg)
        .bind(thumb)
        .bind(micros(kept.created_at));
    insert.execute(db).await?;
    Ok(PhotoAdded::Kept)
}
