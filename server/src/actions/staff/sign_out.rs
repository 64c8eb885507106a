//! Signing out.

use super::{Means, StaffMember};
use crate::actions::{ActionError, Core, to_the_end};

/// Closes the session by which somebody came. An API token stays: it is revoked, not signed out.
pub async fn sign_out(core: &Core, who: &StaffMember) -> Result<(), ActionError> {
    if let Means::Session(session) = &who.by {
        let (store, staff, id) = (core.store.clone(), who.account.id, session.id);
        to_the_end(async move { store.close_staff_session(staff, id).await }).await?;
    }
    Ok(())
}
