//! Signing out.

use super::{ActionError, Core, SignedIn, to_the_end};

/// Closes the session by which the person came.
pub async fn sign_out(core: &Core, who: &SignedIn) -> Result<(), ActionError> {
    let (store, session) = (core.store.clone(), who.session);
    to_the_end(async move { store.close_session(session).await }).await?;
    Ok(())
}
