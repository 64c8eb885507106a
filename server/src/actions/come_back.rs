//! Coming back on another device.

use engine::CommunityId;

use super::join::{Joined, new_session};
use super::secrets::ReturnCode;
use super::{ActionError, Core, to_the_end};

/// Opens a session for whoever holds the return code.
///
/// # Errors
/// [`ActionError::UnknownReturnCode`], the same for a code that nobody could hold.
pub async fn come_back(core: &Core, community: &CommunityId, typed: &str) -> Result<Joined, ActionError> {
    let return_code = ReturnCode::read(typed).ok_or(ActionError::UnknownReturnCode)?;
    let holder = core.store.participant_by_return_code(community, return_code.hash(community)).await?;
    let participant = holder.ok_or(ActionError::UnknownReturnCode)?;
    let (token, session) = new_session(core, participant, community);
    let store = core.store.clone();
    let opened = to_the_end(async move { store.open_session(&session).await }).await;
    opened.map_err(ActionError::without_the_person)?;
    Ok(Joined { participant, token, return_code: None })
}
