//! Participants' diaries.

use async_trait::async_trait;
use engine::diary::DiaryContent;
use engine::{DiaryId, ParticipantId, PlaceId};
use jiff::Timestamp;
use serde::Deserialize;

use super::rows::{Columns, damaged, instant};
use super::{Erasure, Result};

/// An entry of a diary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiaryEntry {
    /// Its identifier.
    pub id: DiaryId,
    /// The place that it is about.
    pub place: PlaceId,
    /// What it says.
    pub content: DiaryContent,
    /// When it was written.
    pub created_at: Timestamp,
    /// When it was changed last.
    pub updated_at: Timestamp,
}

/// An entry to be written.
#[derive(Debug, Clone)]
pub struct NewDiaryEntry {
    /// Whose it is.
    pub owner: ParticipantId,
    /// The entry.
    pub entry: DiaryEntry,
    /// The erasure ledger's name of the entry: one that was deleted does not come back by being sent again.
    pub erased: super::Hash,
    /// How many entries the owner may have at most, over all places.
    pub most: u32,
}

/// What became of a new entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DiaryAdded {
    /// It was written.
    Written,
    /// It was sent before; this is what is there.
    Before(DiaryEntry),
    /// It was sent before, and deleted since.
    Gone,
    /// The owner has no such place.
    NoSuchPlace,
    /// The owner has as many entries as anyone may.
    LimitReached,
}

/// Participants' diaries. Everything is by owner and place, so that nobody can reach another's entry by its id.
/// Entries go with their place and with their owner.
#[async_trait]
pub trait Diaries {
    /// Writes an entry.
    async fn add_diary(&self, new: &NewDiaryEntry) -> Result<DiaryAdded>;
    /// Replaces the content of an entry and its time of change; the entry as it is now, `None` if the owner has
    /// no such entry on this place.
    async fn change_diary(
        &self,
        owner: ParticipantId,
        place: PlaceId,
        id: DiaryId,
        content: &DiaryContent,
        at: Timestamp,
    ) -> Result<Option<DiaryEntry>>;
    /// Deletes an entry and writes the erasure ledger; whether the owner had it on this place.
    async fn delete_diary(
        &self,
        owner: ParticipantId,
        place: PlaceId,
        id: DiaryId,
        erasure: &Erasure,
    ) -> Result<bool>;
    /// A person's entries on a place, the newest day first.
    async fn diary(&self, owner: ParticipantId, place: PlaceId) -> Result<Vec<DiaryEntry>>;
    /// Which entries a person has, on one place or on all, the newest day first.
    async fn diary_ids(
        &self,
        owner: ParticipantId,
        place: Option<PlaceId>,
    ) -> Result<Vec<(PlaceId, DiaryId)>>;
}

/// The feelings of an entry, as they are stored.
pub(super) fn feelings_text(content: &DiaryContent) -> Result<String> {
    serde_json::to_string(&content.feelings).map_err(|e| damaged("diary entry", &e))
}

#[derive(Deserialize)]
struct StoredFeeling {
    feeling: String,
    strength: u8,
}

/// An entry from its row, the feelings as text.
pub(super) fn diary_entry(row: &impl Columns) -> Result<DiaryEntry> {
    let feelings: Vec<StoredFeeling> =
        serde_json::from_str(&row.read::<String>("feelings")?).map_err(|e| damaged("diary entry", &e))?;
    let feelings: Vec<_> = feelings.into_iter().map(|f| (f.feeling, f.strength)).collect();
    let (day, text): (String, String) = (row.read("day")?, row.read("text")?);
    Ok(DiaryEntry {
        id: DiaryId(row.read("id")?),
        place: PlaceId(row.read("place")?),
        content: DiaryContent::parse(&day, &text, &feelings).map_err(|e| damaged("diary entry", &e))?,
        created_at: instant(row, "created_at")?,
        updated_at: instant(row, "updated_at")?,
    })
}

/// The place and the id of an entry from its row.
pub(super) fn diary_id(row: &impl Columns) -> Result<(PlaceId, DiaryId)> {
    Ok((PlaceId(row.read("place")?), DiaryId(row.read("id")?)))
}
