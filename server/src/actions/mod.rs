//! What people do. The only code that touches the store and the memory: commit first, then memory.
//!
//! One action per file. An action that writes runs to its end even if the connection that asked for it is
//! gone, so that what was committed is always brought into memory.

mod authenticate;
mod change_consent;
mod change_place;
pub mod clock;
mod code;
mod come_back;
mod delete_place;
mod diary;
mod edit_support;
mod error;
mod invitations;
mod join;
mod new_return_code;
mod no_release;
mod photos;
mod pictures;
mod preview_place;
pub mod recall;
pub mod release;
pub mod release_ground;
mod release_ledger;
mod save_place;
pub(crate) mod secrets;
mod sign_out;
pub mod snapshot;
pub mod staff;
pub mod stories;
mod withdraw;

use std::panic::resume_unwind;
use std::sync::Arc;

use sha2::{Digest, Sha256};

pub use authenticate::{SignedIn, authenticate};
pub use change_consent::change_consent;
pub use change_place::{Expected, change_place};
pub use come_back::come_back;
pub use delete_place::delete_place;
pub use diary::{MAX_DIARY, change_diary, delete_diary, write_diary};
pub use edit_support::{add_support, change_support, close_support, merge_support};
pub use error::ActionError;
pub use invitations::{MAX_INVITATIONS, MAX_USES, MadeInvitation, invitation_link, make_invitation};
pub use join::{Arrival, Joined, join};
pub use new_return_code::new_return_code;
pub use photos::{
    MAX_PHOTOS, Viewer, add_photo, change_photo, delete_photo, photo_of, photos_of, research_photos,
};
pub use pictures::{MyPictures, my_pictures, renew};
pub use preview_place::preview_place;
pub use save_place::{MAX_PLACES, save_place};
pub use sign_out::sign_out;
pub use withdraw::{Withdrawn, withdraw};

use crate::ambient::Ambient;
use crate::live::Live;
use crate::secret::Secret;
use crate::store::{Hash, Store};
use crate::texts::Texts;

/// What actions work on.
#[derive(Clone)]
pub struct Core {
    /// What survives.
    pub store: Arc<dyn Store>,
    /// What is in memory.
    pub live: Arc<Live>,
    /// Time and randomness.
    pub ambient: Ambient,
    /// What the database must not tell by itself is sealed with it.
    pub secret: Arc<Secret>,
    /// The agreement and whom to call.
    pub texts: Arc<Texts>,
    /// Turns at developing photos.
    pub developing: Arc<tokio::sync::Semaphore>,
}

/// Turns at developing photos: each takes up to some hundred megabytes.
pub fn developing() -> Arc<tokio::sync::Semaphore> {
    Arc::new(tokio::sync::Semaphore::new(2))
}

/// Runs a write and its update of the memory to the end, whatever becomes of the caller.
async fn to_the_end<T: Send + 'static>(work: impl Future<Output = T> + Send + 'static) -> T {
    match tokio::spawn(work).await {
        Ok(done) => done,
        // Nobody aborts these tasks: what ended one early is a panic, which goes on in the caller.
        Err(failed) => resume_unwind(failed.into_panic()),
    }
}

fn sha256(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}
