//! Writing, changing and deleting the entries of a diary.

use engine::diary::DiaryContent;
use engine::{DiaryId, PlaceId};

use super::photos::id_by_key;
use super::{ActionError, Core, SignedIn, sha256, to_the_end};
use crate::store::{DiaryAdded, DiaryEntry, Erasure, NewDiaryEntry};

/// How many diary entries a participant may keep, over all places.
pub const MAX_DIARY: u32 = 2_000;

/// Writes an entry on a person's place. With a key, sending the same again gives the same entry.
///
/// # Errors
/// Another's place is [`ActionError::NoSuchPlace`]; [`ActionError::DiaryFull`]; [`ActionError::ReplayGone`] when the entry
/// of this key was deleted since.
pub async fn write_diary(
    core: &Core,
    who: &SignedIn,
    place: PlaceId,
    content: DiaryContent,
    key: Option<&str>,
) -> Result<DiaryEntry, ActionError> {
    let owner = who.participant.id;
    let id = key.map_or_else(|| core.ambient.id(), |key| id_by_key(owner, "diary", key));
    let (id, now) = (DiaryId(id), core.ambient.now());
    let entry = DiaryEntry { id, place, content, created_at: now, updated_at: now };
    let erased = sha256(id.0.as_bytes());
    let new = NewDiaryEntry { owner, entry: entry.clone(), erased, most: MAX_DIARY };
    let store = core.store.clone();
    match to_the_end(async move { store.add_diary(&new).await }).await? {
        DiaryAdded::Written => Ok(entry),
        DiaryAdded::Before(entry) => Ok(entry),
        DiaryAdded::Gone => Err(ActionError::ReplayGone),
        DiaryAdded::NoSuchPlace => Err(ActionError::NoSuchPlace),
        DiaryAdded::LimitReached => Err(ActionError::DiaryFull { most: MAX_DIARY }),
    }
}

/// Replaces what an entry of a person's says.
///
/// # Errors
/// Another's entry, or one on another place, is [`ActionError::NoSuchEntry`].
pub async fn change_diary(
    core: &Core,
    who: &SignedIn,
    place: PlaceId,
    id: DiaryId,
    content: DiaryContent,
) -> Result<DiaryEntry, ActionError> {
    let (store, owner, now) = (core.store.clone(), who.participant.id, core.ambient.now());
    let changed = to_the_end(async move { store.change_diary(owner, place, id, &content, now).await });
    changed.await?.ok_or(ActionError::NoSuchEntry)
}

/// Deletes an entry of a person's and notes it in the erasure ledger.
///
/// # Errors
/// Another's entry, or one on another place, is [`ActionError::NoSuchEntry`].
pub async fn delete_diary(
    core: &Core,
    who: &SignedIn,
    place: PlaceId,
    id: DiaryId,
) -> Result<(), ActionError> {
    let (store, owner) = (core.store.clone(), who.participant.id);
    let erasure = Erasure { erased: sha256(id.0.as_bytes()), at: core.ambient.now() };
    let gone = to_the_end(async move { store.delete_diary(owner, place, id, &erasure).await }).await?;
    if gone { Ok(()) } else { Err(ActionError::NoSuchEntry) }
}
