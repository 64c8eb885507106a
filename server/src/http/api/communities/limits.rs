//! How much can be kept: the figures that the server itself checks, for forms that ask for it.

use engine::{diary, photo, place};
use serde::Serialize;
use utoipa::ToSchema;

use crate::actions::{MAX_DIARY, MAX_PHOTOS, MAX_PLACES};

/// How many characters a text may have, and how many things a participant may keep. Longer texts and further
/// things are refused.
#[derive(Debug, Serialize, ToSchema)]
pub struct Limits {
    /// Characters of a place's name.
    name: usize,
    /// Characters of a story.
    story: usize,
    /// Characters of the words about the photo that was not taken.
    photo_not_taken: usize,
    /// Characters of a photo's caption.
    caption: usize,
    /// Characters of a photo's words for those who cannot see it.
    alt: usize,
    /// Characters of an answer to a prompt of photovoice.
    prompt: usize,
    /// Characters of a diary entry.
    diary: usize,
    /// Places of a participant.
    places: u32,
    /// Photos of a participant, over all places.
    photos: u32,
    /// Diary entries of a participant, over all places.
    diary_entries: u32,
}

/// The limits of every community.
pub const LIMITS: Limits = Limits {
    name: place::MAX_NAME_CHARACTERS,
    story: place::MAX_STORY_CHARACTERS,
    photo_not_taken: place::MAX_UNTAKEN_CHARACTERS,
    caption: photo::MAX_LINE_CHARACTERS,
    alt: photo::MAX_LINE_CHARACTERS,
    prompt: photo::MAX_ANSWER_CHARACTERS,
    diary: diary::MAX_TEXT_CHARACTERS,
    places: MAX_PLACES,
    photos: MAX_PHOTOS,
    diary_entries: MAX_DIARY,
};
