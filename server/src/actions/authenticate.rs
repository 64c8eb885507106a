//! Who is asking.

use super::{ActionError, Core, secrets};
use crate::store::{Hash, Participant};

/// Somebody who signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// Who, with the consent in force.
    pub participant: Participant,
    /// The session by which they came.
    pub session: Hash,
}

/// Finds who holds a session token; `None` when it is unknown, closed or has run out.
pub async fn authenticate(core: &Core, token: &str) -> Result<Option<SignedIn>, ActionError> {
    let hash = secrets::token_hash(token);
    let Some(session) = core.store.session(hash, core.ambient.now()).await? else { return Ok(None) };
    let participant = core.store.participant(session.participant).await?;
    Ok(participant.map(|participant| SignedIn { participant, session: hash }))
}
