//! Another return code, for whoever lost theirs while they are still signed in.

use super::secrets::ReturnCode;
use super::{ActionError, Core, SignedIn, to_the_end};

/// Gives a person another return code; the one before stops working. It is shown this once.
///
/// # Errors
/// [`ActionError::NobodyThere`] for somebody who withdrew meanwhile.
pub async fn new_return_code(core: &Core, who: &SignedIn) -> Result<String, ActionError> {
    let made = ReturnCode::new(&core.ambient);
    let (store, id, hash) = (core.store.clone(), who.participant.id, made.hash(&who.participant.community));
    let changed = to_the_end(async move { store.change_return_code(id, hash).await }).await?;
    if changed { Ok(made.shown()) } else { Err(ActionError::NobodyThere) }
}
