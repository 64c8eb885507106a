//! Signing in with e-mail address, password and second factor.

use engine::StaffId;

use super::authenticate::{SESSION, new_session_token};
use super::throttle::{Address, check_sign_in, count_code, count_wrong_sign_in};
use super::{password, totp};
use crate::actions::secrets::RecoveryCode;
use crate::actions::{ActionError, Core, to_the_end};
use crate::store::{Credentials, StaffAccount, StaffSession};

/// What is shown beside the password.
#[derive(Debug, Clone)]
pub enum SecondFactor {
    /// A code of the authenticator.
    Totp(String),
    /// One of the recovery codes.
    Recovery(String),
}

/// A session that was opened.
#[derive(Debug, Clone)]
pub struct StaffSignIn {
    /// The token.
    pub token: String,
    /// Who.
    pub account: StaffAccount,
    /// The session.
    pub session: StaffSession,
}

/// Signs in. Whoever it is not, for whatever reason, is told the same after the same time.
///
/// # Errors
/// [`ActionError::WrongSignIn`]; [`ActionError::TooManyAttempts`].
pub async fn sign_in(
    core: &Core,
    email: &str,
    typed: &str,
    second: &SecondFactor,
    device: &str,
    address: &Address,
) -> Result<StaffSignIn, ActionError> {
    let email = email.trim().to_lowercase();
    check_sign_in(core, &email, address).await?;
    let account = core.store.staff_by_email(&email).await?;
    let known = match &account {
        Some(account) => core.store.credentials(account.id).await?,
        None => None,
    };
    let right = password::matches(typed, known.as_ref().map(|c| c.password.clone())).await;
    let (Some(account), Some(known), true) = (account, known, right) else {
        count_wrong_sign_in(core, &email, address).await?;
        return Err(ActionError::WrongSignIn);
    };
    count_code(core, &email).await?;
    if !spend(core, account.id, &known, second).await? {
        count_wrong_sign_in(core, &email, address).await?;
        return Err(ActionError::WrongSignIn);
    }
    if password::is_outdated(&known.password) {
        let hash = password::hash(&core.ambient, typed).await;
        core.store.rehash_password(account.id, &hash).await?;
    }
    open(core, account, device).await
}

/// Uses a second factor; whether it was right and not used before.
pub(super) async fn spend(
    core: &Core,
    id: StaffId,
    known: &Credentials,
    second: &SecondFactor,
) -> Result<bool, ActionError> {
    match second {
        SecondFactor::Totp(typed) => {
            let Some(secret) = core.secret.open(id.0.as_bytes(), &known.totp) else {
                tracing::error!("a second factor was sealed with another secret file; make a new link");
                return Ok(false);
            };
            let Some(step) = totp::step_of(&secret, typed, core.ambient.now()) else { return Ok(false) };
            Ok(core.store.spend_totp_step(id, step).await?)
        }
        SecondFactor::Recovery(typed) => {
            let Some(recovery) = RecoveryCode::read(typed) else { return Ok(false) };
            Ok(core.store.spend_recovery_code(id, recovery.hash(id)).await?)
        }
    }
}

/// Opens a session for somebody who showed who they are.
pub(super) async fn open(
    core: &Core,
    account: StaffAccount,
    device: &str,
) -> Result<StaffSignIn, ActionError> {
    let (token, hash) = new_session_token(&core.ambient);
    let now = core.ambient.now();
    let session = StaffSession {
        token: hash,
        id: core.ambient.id(),
        staff: account.id,
        device: device.to_owned(),
        created_at: now,
        seen_at: now,
        expires_at: now + SESSION,
        confirmed_at: now,
    };
    let (store, opened) = (core.store.clone(), session.clone());
    to_the_end(async move { store.open_staff_session(&opened).await }).await?;
    Ok(StaffSignIn { token, account, session })
}
