//! Keeping, changing and deleting the photos of places, and reading those that are shared for research.

use engine::photo::PhotoContent;
use engine::{ParticipantId, PhotoId, PlaceId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::staff::{StaffMember, log_reading};
use super::{ActionError, Core, SignedIn, sha256, to_the_end};
use crate::develop::develop;
use crate::live::LiveCommunity;
use crate::store::{Erasure, NewPhoto, Photo, PhotoAdded, Size, Store, StoreError};

/// How many photos a participant may keep, over all places.
pub const MAX_PHOTOS: u32 = 200;

/// The identifier of what is made with an idempotency key: the same for the same person and key, so that sending it
/// again finds what is there.
pub(super) fn id_by_key(owner: ParticipantId, what: &str, key: &str) -> Uuid {
    let hash =
        Sha256::new().chain_update(owner.0).chain_update(what).chain_update([0]).chain_update(key).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// Keeps a photo of a person's place: decoded, upright, smaller, and encoded anew. With a key, sending the same again
/// gives the same photo.
///
/// # Errors
/// Another's place is [`ActionError::NoSuchPlace`]; [`ActionError::NotAPhoto`]; [`ActionError::PhotosFull`];
/// [`ActionError::ReplayGone`] when the photo of this key was deleted since.
pub async fn add_photo(
    core: &Core,
    who: &SignedIn,
    place: PlaceId,
    bytes: axum::body::Bytes,
    key: Option<&str>,
) -> Result<Photo, ActionError> {
    let owner = who.participant.id;
    let id = PhotoId(key.map_or_else(|| core.ambient.id(), |key| id_by_key(owner, "photo", key)));
    // Pictures take memory: a few at a time.
    let turn = core.developing.clone().acquire_owned().await;
    let developed = tokio::task::spawn_blocking(move || (develop(&bytes), turn)).await;
    let (developed, _) =
        developed.map_err(|_| ActionError::NotAPhoto(crate::develop::Undeveloped::Broken))?;
    let developed = developed.map_err(ActionError::NotAPhoto)?;
    let photo = Photo {
        id,
        place,
        content: PhotoContent::default(),
        width: developed.width,
        height: developed.height,
        created_at: core.ambient.now(),
    };
    let new = NewPhoto {
        owner,
        photo: photo.clone(),
        jpeg: developed.full,
        thumb: developed.thumb,
        erased: sha256(id.0.as_bytes()),
        most: MAX_PHOTOS,
    };
    let store = core.store.clone();
    match to_the_end(async move { store.add_photo(&new).await }).await? {
        PhotoAdded::Kept => Ok(photo),
        PhotoAdded::Before(photo) => Ok(*photo),
        PhotoAdded::Gone => Err(ActionError::ReplayGone),
        PhotoAdded::NoSuchPlace => Err(ActionError::NoSuchPlace),
        PhotoAdded::LimitReached => Err(ActionError::PhotosFull { most: MAX_PHOTOS }),
    }
}

/// Replaces what is said of a photo of a person's.
///
/// # Errors
/// Another's photo, or one of another place, is [`ActionError::NoSuchPhoto`].
pub async fn change_photo(
    core: &Core,
    who: &SignedIn,
    place: PlaceId,
    id: PhotoId,
    content: PhotoContent,
) -> Result<Photo, ActionError> {
    let (store, owner) = (core.store.clone(), who.participant.id);
    let changed = to_the_end(async move { store.change_photo(owner, place, id, &content).await });
    changed.await?.ok_or(ActionError::NoSuchPhoto)
}

/// Deletes a photo of a person's and notes it in the erasure ledger.
///
/// # Errors
/// Another's photo, or one of another place, is [`ActionError::NoSuchPhoto`].
pub async fn delete_photo(
    core: &Core,
    who: &SignedIn,
    place: PlaceId,
    id: PhotoId,
) -> Result<(), ActionError> {
    let (store, owner) = (core.store.clone(), who.participant.id);
    let erasure = Erasure { erased: sha256(id.0.as_bytes()), at: core.ambient.now() };
    let gone = to_the_end(async move { store.delete_photo(owner, place, id, &erasure).await }).await?;
    if gone { Ok(()) } else { Err(ActionError::NoSuchPhoto) }
}

/// The photos of a place that researchers see if the place is shared with them, the oldest first.
///
/// # Errors
/// Those of the store.
pub async fn research_photos(store: &dyn Store, place: PlaceId) -> Result<Vec<Photo>, StoreError> {
    let photos = store.photos(&[place]).await?;
    Ok(photos.into_iter().filter(shared_for_research).collect())
}

fn shared_for_research(photo: &Photo) -> bool {
    photo.content.share.research
}

/// Who looks at a photo.
pub enum Viewer<'a> {
    /// Whose it is.
    Owner(ParticipantId),
    /// A researcher, for whom the reading is written down first.
    Researcher(&'a StaffMember),
}

/// The photos of a place that somebody may see.
///
/// # Errors
/// [`ActionError::NoSuchPlace`] for a place that is not theirs, or not shared for research.
pub async fn photos_of(
    core: &Core,
    community: &LiveCommunity,
    viewer: &Viewer<'_>,
    place: PlaceId,
) -> Result<Vec<Photo>, ActionError> {
    let shown = may_see(core, community, viewer, place, "photos").await?;
    let photos = core.store.photos(&[place]).await?;
    Ok(photos.into_iter().filter(shown).collect())
}

/// One photo with a picture of it.
///
/// # Errors
/// [`ActionError::NoSuchPhoto`] for one that is not theirs, or not shared for research with its place.
pub async fn photo_of(
    core: &Core,
    community: &LiveCommunity,
    viewer: &Viewer<'_>,
    place: PlaceId,
    id: PhotoId,
    size: Size,
) -> Result<Vec<u8>, ActionError> {
    let shown = may_see(core, community, viewer, place, "photo").await?;
    let found = core.store.photo(place, id, size).await?;
    found.filter(|(photo, _)| shown(photo)).map(|(_, picture)| picture).ok_or(ActionError::NoSuchPhoto)
}

type Shown = fn(&Photo) -> bool;

async fn may_see(
    core: &Core,
    community: &LiveCommunity,
    viewer: &Viewer<'_>,
    place: PlaceId,
    what: &str,
) -> Result<Shown, ActionError> {
    match viewer {
        Viewer::Owner(owner) => {
            community.place(*owner, place).ok_or(ActionError::NoSuchPlace)?;
            Ok(|_| true)
        }
        Viewer::Researcher(member) => {
            let shared = community.place_for_research(place).ok_or(ActionError::NoSuchPlace)?;
            let given = log_reading(core, community.id(), member, what, vec![shared]).await?;
            if given.is_empty() {
                return Err(ActionError::NoSuchPlace);
            }
            Ok(shared_for_research)
        }
    }
}
