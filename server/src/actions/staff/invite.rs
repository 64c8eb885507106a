//! Roles with one-time links, and API tokens: made on the command line.

use engine::{CommunityId, Invalid, StaffId};
use jiff::SignedDuration;

use super::authenticate::new_api_token;
use crate::actions::ActionError;
use crate::actions::secrets::{new_token, token_hash};
use crate::ambient::Ambient;
use crate::store::{ApiToken, NewRole, Role, Scope, StaffAccount, StaffLink, Store};

/// How long a one-time link works.
const LINK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Reads an e-mail address: one `@` with something on both sides, and nothing that could not be in one. It is
/// a name to sign in with; nothing is ever sent to it.
///
/// # Errors
/// Field `email`.
pub fn read_email(typed: &str) -> Result<String, Invalid> {
    let email = typed.trim().to_lowercase();
    let parts = email.split_once('@');
    let fine = parts.is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'));
    let plain = |c: char| !c.is_whitespace() && !c.is_control() && !"<>\"',;:\\".contains(c);
    if fine && email.chars().count() <= 254 && email.chars().all(plain) {
        Ok(email)
    } else {
        Err(Invalid::new("email", "must be an e-mail address"))
    }
}

/// Gives a role, and a one-time link to whoever has no password yet or is to choose a new one.
pub async fn invite(
    store: &dyn Store,
    ambient: &Ambient,
    email: &str,
    role: Role,
    community: &CommunityId,
    anew: bool,
) -> Result<(StaffAccount, Option<String>), ActionError> {
    let (email, now) = (read_email(email)?, ambient.now());
    let new = NewRole { id: StaffId(ambient.id()), email, community: community.clone(), role, at: now };
    let account = store.add_role(&new).await?;
    if account.active && !anew {
        return Ok((account, None));
    }
    let link = new_token(ambient);
    let token = token_hash(&link);
    store.put_link(&StaffLink { token, staff: account.id, created_at: now, expires_at: now + LINK }).await?;
    Ok((account, Some(link)))
}

/// An API token that was made; the token is shown this once.
#[derive(Debug, Clone)]
pub struct MadeToken {
    /// The token.
    pub token: String,
    /// What the store keeps.
    pub kept: ApiToken,
}

/// Makes an API token for somebody of the staff; `None` when there is no such account.
pub async fn make_token(
    store: &dyn Store,
    ambient: &Ambient,
    email: &str,
    mut scopes: Vec<Scope>,
    lasts: SignedDuration,
) -> Result<Option<MadeToken>, ActionError> {
    let Some(account) = store.staff_by_email(&read_email(email)?).await? else { return Ok(None) };
    scopes.sort_unstable();
    scopes.dedup();
    let (token, hash) = new_api_token(ambient);
    let created_at = ambient.now();
    let expires_at = created_at + lasts;
    let id = ambient.id();
    let kept =
        ApiToken { token: hash, id, staff: account.id, scopes, created_at, expires_at, last_used: None };
    store.add_api_token(&kept).await?;
    Ok(Some(MadeToken { token, kept }))
}
