//! Coming back on another device.

use engine::CommunityId;

use super::join::{Joined, new_session};
use super::secrets::ReturnCode;
use super::staff::{Address, check_return, count_wrong_return};
use super::{ActionError, Core, to_the_end};

/// Opens a session for whoever holds the return code.
///
/// # Errors
/// [`ActionError::UnknownReturnCode`], the same for a code that nobody could hold.
pub async fn come_back(
    core: &Core,
    community: &CommunityId,
    typed: &str,
    address: &Address,
) -> Result<Joined, ActionError> {
    check_return(core, address).await?;
    let holder = match ReturnCode::read(typed) {
        Some(read) => core.store.participant_by_return_code(community, read.hash(community)).await?,
        None => None,
    };
    let Some(participant) = holder else {
        count_wrong_return(core, address).await?;
        return Err(ActionError::UnknownReturnCode);
    };
    let (token, session) = new_session(core, participant, community);
    let store = core.store.clone();
    let opened = to_the_end(async move { store.open_session(&session).await }).await;
    opened.map_err(ActionError::without_the_person)?;
    Ok(Joined { participant, token, return_code: None })
}
