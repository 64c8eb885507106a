//! `…/places/{id}/photos`: photos of a place, in the manner of photovoice.

pub mod add;
pub mod change;
pub mod list;
pub mod remove;
pub mod show;

use engine::Invalid;
use engine::photo::{People, PhotoContent, PhotoShare, Showed};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::actions::Viewer;
use crate::http::extract::PlaceReader;
use crate::store::Photo;

/// Answers to the prompts of photovoice.
#[derive(Serialize, ToSchema)]
#[schema(as = Showed)]
pub struct ShowedShape {
    /// What do you see here?
    #[schema(required = false, max_length = 2000)]
    see: String,
    /// What is really happening here?
    #[schema(required = false, max_length = 2000)]
    happening: String,
    /// How does this relate to our lives?
    #[schema(required = false, max_length = 2000)]
    our_lives: String,
    /// Why does this situation exist?
    #[schema(required = false, max_length = 2000)]
    why: String,
    /// What can we do about it?
    #[schema(required = false, max_length = 2000)]
    do_about: String,
}

/// Who is in a picture: nobody one could recognise, somebody who agreed, or somebody who did not.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = People)]
#[expect(dead_code, reason = "describes what the engine's own types read and write")]
pub enum PeopleName {
    None,
    Agreed,
    Private,
}

/// Who else may see a photo, at most what its place is shared for.
#[derive(Serialize, ToSchema)]
#[schema(as = PhotoShare)]
pub struct PhotoShareShape {
    #[schema(required = false)]
    research: bool,
    #[schema(required = false)]
    public_story: bool,
}

/// What is said about a photo; what is not named is empty.
#[derive(Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = PhotoBody)]
pub struct PhotoBody {
    #[schema(required = false, max_length = 500)]
    caption: String,
    /// For those who cannot see it.
    #[schema(required = false, max_length = 500)]
    alt: String,
    #[schema(required = false, value_type = ShowedShape)]
    showed: Showed,
    /// Whoever shares a photo says so. `private` keeps it with its owner, whatever `share` says.
    #[schema(required = false, value_type = PeopleName)]
    people: Option<People>,
    #[schema(required = false, value_type = PhotoShareShape)]
    share: PhotoShare,
}

impl PhotoBody {
    /// What it says, if it may be said.
    ///
    /// # Errors
    /// `people` for a photo that is shared without a word of who is in it; a text that is too long.
    fn content(self) -> Result<PhotoContent, Invalid> {
        let Self { caption, alt, showed, people, share } = self;
        if people.is_none() && share != PhotoShare::default() {
            return Err(Invalid::new("people", "say who is in the photo before you share it"));
        }
        PhotoContent { caption, alt, showed, people: people.unwrap_or_default(), share }.checked()
    }
}

/// What was said about a photo.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct PhotoSaid {
    caption: String,
    /// For those who cannot see it.
    alt: String,
    showed: ShowedShape,
    people: PeopleName,
    share: PhotoShareShape,
}

/// A photo of a place.
#[derive(Debug, Serialize, ToSchema)]
pub struct PhotoAnswer {
    id: Uuid,
    /// Pixels.
    width: u32,
    /// Pixels.
    height: u32,
    #[schema(format = DateTime)]
    created_at: String,
    #[serde(flatten)]
    #[schema(value_type = PhotoSaid)]
    content: PhotoContent,
}

impl From<Photo> for PhotoAnswer {
    fn from(photo: Photo) -> Self {
        Self {
            id: photo.id.0,
            width: photo.width,
            height: photo.height,
            created_at: photo.created_at.to_string(),
            content: photo.content,
        }
    }
}

impl PlaceReader {
    /// As whom they look at photos.
    pub(super) fn viewer(&self) -> Viewer<'_> {
        match self {
            Self::Owner(who) => Viewer::Owner(who.participant.id),
            Self::Researcher(member) => Viewer::Researcher(member),
        }
    }
}
