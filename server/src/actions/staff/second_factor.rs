//! Showing the second factor again, before something that asks for it.

use super::authenticate::new_session_token;
use super::sign_in::spend;
use super::throttle::count_code;
use super::{Means, SecondFactor, StaffMember};
use crate::actions::{ActionError, Core};

/// Notes that somebody showed their second factor again, and gives their session a new token.
///
/// # Errors
/// [`ActionError::WrongCode`]; [`ActionError::TooManyAttempts`].
pub async fn confirm_second_factor(
    core: &Core,
    who: &StaffMember,
    totp: &str,
) -> Result<String, ActionError> {
    let Means::Session(session) = &who.by else { return Err(ActionError::WrongCode) };
    count_code(core, &who.account.email).await?;
    let known = core.store.credentials(who.account.id).await?.ok_or(ActionError::WrongCode)?;
    if !spend(core, who.account.id, &known, &SecondFactor::Totp(totp.to_owned())).await? {
        return Err(ActionError::WrongCode);
    }
    let (token, hash) = new_session_token(&core.ambient);
    let renewed = core.store.confirm_staff_session(session.token, hash, core.ambient.now()).await?;
    if renewed { Ok(token) } else { Err(ActionError::WrongCode) }
}
