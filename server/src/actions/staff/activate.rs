//! Choosing a password and setting up a second factor, by a one-time link.

use engine::{Invalid, StaffId};

use super::sign_in::{StaffSignIn, open};
use super::throttle::{Address, count_link};
use super::{StaffMember, password, totp};
use crate::actions::secrets::{RecoveryCode, token_hash};
use crate::actions::{ActionError, Core, to_the_end};
use crate::store::{Credentials, Hash};

/// How many recovery codes there are.
const CODES: usize = 8;

/// What somebody takes away from choosing a password. Shown once; in force when a first code confirms it.
#[derive(Debug, Clone)]
pub struct Enrolment {
    /// Whose account.
    pub email: String,
    /// For authenticators, as a picture.
    pub totp_uri: String,
    /// The same secret, to type.
    pub totp_secret: String,
    /// Each opens the account once, if the authenticator is lost.
    pub recovery_codes: Vec<String>,
}

/// Chooses a password by a one-time link. May be done again until it is confirmed.
///
/// # Errors
/// [`ActionError::UnknownLink`]; field `password`; [`ActionError::TooManyAttempts`].
pub async fn activate(
    core: &Core,
    link: &str,
    password: &str,
    address: &Address,
) -> Result<Enrolment, ActionError> {
    count_link(core, address).await?;
    let (token, now) = (token_hash(link), core.ambient.now());
    let (link, _) = core.store.link(token, now).await?.ok_or(ActionError::UnknownLink)?;
    let account = core.store.staff(link.staff).await?.ok_or(ActionError::UnknownLink)?;
    let communities = account.roles.iter().map(|(community, _)| community.as_str());
    password::check(password, &password::context(&account.email, communities))?;
    let secret = core.ambient.bytes::<{ totp::SECRET }>();
    let (recovery_codes, recovery) = new_codes(core, account.id);
    let chosen = Credentials {
        password: password::hash(&core.ambient, password).await,
        totp: core.secret.seal(&core.ambient, account.id.0.as_bytes(), &secret),
        recovery,
    };
    let store = core.store.clone();
    let kept = to_the_end(async move { store.choose_credentials(token, now, &chosen).await }).await?;
    if !kept {
        return Err(ActionError::UnknownLink);
    }
    let (totp_uri, totp_secret) = (totp::uri(&secret, &account.email), totp::shown(&secret));
    Ok(Enrolment { email: account.email, totp_uri, totp_secret, recovery_codes })
}

/// Shows that the authenticator works: the chosen credentials are in force, the link is used up, and a session
/// is open.
///
/// # Errors
/// [`ActionError::UnknownLink`]; field `totp`; [`ActionError::TooManyAttempts`].
pub async fn confirm_activation(
    core: &Core,
    link: &str,
    typed: &str,
    device: &str,
    address: &Address,
) -> Result<StaffSignIn, ActionError> {
    count_link(core, address).await?;
    let (token, now) = (token_hash(link), core.ambient.now());
    let (link, chosen) = core.store.link(token, now).await?.ok_or(ActionError::UnknownLink)?;
    let chosen = chosen.ok_or_else(|| Invalid::new("link_token", "choose a password first"))?;
    let secret = core.secret.open(link.staff.0.as_bytes(), &chosen.totp).ok_or(ActionError::UnknownLink)?;
    let step = totp::step_of(&secret, typed, now).ok_or(ActionError::WrongCode)?;
    let store = core.store.clone();
    let done = to_the_end(async move { store.confirm_credentials(token, now, step).await }).await?;
    let account = core.store.staff(link.staff).await?.filter(|_| done).ok_or(ActionError::UnknownLink)?;
    open(core, account, device).await
}

/// Replaces all recovery codes; the new ones are shown this once.
pub async fn renew_recovery_codes(core: &Core, who: &StaffMember) -> Result<Vec<String>, ActionError> {
    let (shown, hashes) = new_codes(core, who.account.id);
    let (store, id) = (core.store.clone(), who.account.id);
    to_the_end(async move { store.replace_recovery_codes(id, &hashes).await }).await?;
    Ok(shown)
}

fn new_codes(core: &Core, id: StaffId) -> (Vec<String>, Vec<Hash>) {
    let codes = (0..CODES).map(|_| RecoveryCode::new(&core.ambient));
    codes.map(|code| (code.shown(), code.hash(id))).unzip()
}
