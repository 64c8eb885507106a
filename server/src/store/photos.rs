//! Participants' photos.

use async_trait::async_trait;
use engine::photo::PhotoContent;
use engine::{ParticipantId, PhotoId, PlaceId};
use jiff::Timestamp;

use super::rows::{Columns, damaged, instant};
use super::{Erasure, Result};

/// A photo, without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// Its identifier.
    pub id: PhotoId,
    /// The place that it is of.
    pub place: PlaceId,
    /// What is said of it.
    pub content: PhotoContent,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// When it was sent.
    pub created_at: Timestamp,
}

/// A photo to be kept.
#[derive(Debug, Clone)]
pub struct NewPhoto {
    /// Whose it is.
    pub owner: ParticipantId,
    /// The photo.
    pub photo: Photo,
    /// The JPEG.
    pub jpeg: Vec<u8>,
    /// The small JPEG.
    pub thumb: Vec<u8>,
    /// The erasure ledger's name of the photo: one that was deleted does not come back by being sent again.
    pub erased: super::Hash,
    /// How many photos the owner may have at most, over all places.
    pub most: u32,
}

/// What became of a new photo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhotoAdded {
    /// It is kept.
    Kept,
    /// It was sent before; this is what is there.
    Before(Box<Photo>),
    /// It was sent before, and deleted since.
    Gone,
    /// The owner has no such place.
    NoSuchPlace,
    /// The owner has as many photos as anyone may.
    LimitReached,
}

/// Which of a photo's pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// As it is kept.
    Full,
    /// Small.
    Thumb,
}

/// Participants' photos. Everything of an owner's is by owner and place, so that nobody can reach another's photo by
/// its id. Photos go with their place and with their owner.
#[async_trait]
pub trait Photos {
    /// Keeps a photo.
    async fn add_photo(&self, new: &NewPhoto) -> Result<PhotoAdded>;
    /// Replaces what is said of a photo; the photo as it is now, `None` if the owner has none such on this place.
    async fn change_photo(
        &self,
        owner: ParticipantId,
        place: PlaceId,
        id: PhotoId,
        content: &PhotoContent,
    ) -> Result<Option<Photo>>;
    /// Deletes a photo and writes the erasure ledger; whether the owner had it on this place.
    async fn delete_photo(
        &self,
        owner: ParticipantId,
        place: PlaceId,
        id: PhotoId,
        erasure: &Erasure,
    ) -> Result<bool>;
    /// The photos of these places, the oldest first.
    async fn photos(&self, places: &[PlaceId]) -> Result<Vec<Photo>>;
    /// Which photos a person has on all places, the oldest first.
    async fn photo_ids(&self, owner: ParticipantId) -> Result<Vec<(PlaceId, PhotoId)>>;
    /// A photo of a place with one of its pictures.
    async fn photo(&self, place: PlaceId, id: PhotoId, size: Size) -> Result<Option<(Photo, Vec<u8>)>>;
}

/// What is said, as it is stored.
pub(super) fn said_text(content: &PhotoContent) -> Result<String> {
    serde_json::to_string(content).map_err(|e| damaged("photo", &e))
}

/// A photo from its row, what is said as text.
pub(super) fn photo(row: &impl Columns) -> Result<Photo> {
    let side = |side: i32| u32::try_from(side).map_err(|e| damaged("photo", &e));
    Ok(Photo {
        id: PhotoId(row.read("id")?),
        place: PlaceId(row.read("place")?),
        content: serde_json::from_str(&row.read::<String>("said")?).map_err(|e| damaged("photo", &e))?,
        width: side(row.read("width")?)?,
        height: side(row.read("height")?)?,
        created_at: instant(row, "created_at")?,
    })
}

/// The place and the id of a photo from its row.
pub(super) fn photo_id(row: &impl Columns) -> Result<(PlaceId, PhotoId)> {
    Ok((PlaceId(row.read("place")?), PhotoId(row.read("id")?)))
}
