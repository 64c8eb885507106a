//! Who of the staff is asking.

use engine::CommunityId;
use jiff::{SignedDuration, Timestamp};
use std::sync::Arc;

use crate::actions::secrets::{new_token, token_hash};
use crate::actions::{ActionError, Core};
use crate::ambient::Ambient;
use crate::store::{ApiToken, Hash, Role, Scope, StaffAccount, StaffSession};

/// How long a session lasts without being used.
pub const IDLE: SignedDuration = SignedDuration::from_hours(12);
/// How long a session lasts whatever happens.
pub(super) const SESSION: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How often the use of a session is noted.
const SEEN: SignedDuration = SignedDuration::from_secs(60);
/// How long a shown second factor counts as fresh.
const FRESH: SignedDuration = SignedDuration::from_mins(10);

/// What the token of a session begins with, so that it is known from other tokens at a glance.
const SESSION_PREFIX: &str = "sts_";
/// What an API token begins with.
const TOKEN_PREFIX: &str = "stk_";

/// How somebody came in.
#[derive(Debug, Clone)]
pub enum Means {
    /// By signing in with password and second factor.
    Session(StaffSession),
    /// A program, by an API token.
    Token(ApiToken),
}

/// Somebody of the staff who came in.
#[derive(Debug, Clone)]
pub struct StaffMember {
    /// Who.
    pub account: StaffAccount,
    /// How.
    pub by: Means,
}

impl StaffMember {
    /// Whether they have one of these roles in a community.
    pub fn has_any(&self, community: &CommunityId, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.account.has(community, *role))
    }

    /// Whether what they came in by covers a use: a session everything, a token its scopes.
    pub fn covers(&self, scope: Option<Scope>) -> bool {
        match &self.by {
            Means::Session(_) => true,
            Means::Token(token) => scope.is_some_and(|scope| token.scopes.contains(&scope)),
        }
    }

    /// Whether they showed their second factor within the last ten minutes.
    pub fn is_fresh(&self, now: Timestamp) -> bool {
        matches!(&self.by, Means::Session(session) if now < session.confirmed_at + FRESH)
    }
}

/// A new token of a session, and its hash.
pub fn new_session_token(ambient: &Ambient) -> (String, Hash) {
    prefixed(SESSION_PREFIX, ambient)
}

/// A new API token, and its hash.
pub fn new_api_token(ambient: &Ambient) -> (String, Hash) {
    prefixed(TOKEN_PREFIX, ambient)
}

fn prefixed(prefix: &str, ambient: &Ambient) -> (String, Hash) {
    let token = format!("{prefix}{}", new_token(ambient));
    let hash = token_hash(&token);
    (token, hash)
}

/// Finds who of the staff holds a token; `None` when it is unknown, closed, idle or has run out.
pub async fn authenticate_staff(core: &Core, token: &str) -> Result<Option<Arc<StaffMember>>, ActionError> {
    let by = if token.starts_with(SESSION_PREFIX) {
        session(core, token_hash(token)).await?
    } else if token.starts_with(TOKEN_PREFIX) {
        api_token(core, token_hash(token)).await?
    } else {
        None
    };
    let Some(by) = by else { return Ok(None) };
    let staff = match &by {
        Means::Session(session) => session.staff,
        Means::Token(token) => token.staff,
    };
    let account = core.store.staff(staff).await?;
    Ok(account.map(|account| Arc::new(StaffMember { account, by })))
}

async fn session(core: &Core, hash: Hash) -> Result<Option<Means>, ActionError> {
    let now = core.ambient.now();
    let Some(session) = core.store.staff_session(hash, now, now - IDLE).await? else { return Ok(None) };
    if now >= session.seen_at + SEEN {
        core.store.touch_staff_session(hash, now).await?;
    }
    Ok(Some(Means::Session(session)))
}

async fn api_token(core: &Core, hash: Hash) -> Result<Option<Means>, ActionError> {
    let now = core.ambient.now();
    let Some(token) = core.store.api_token(hash, now).await? else { return Ok(None) };
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    if token.last_used != Some(today) {
        core.store.touch_api_token(hash, today).await?;
    }
    Ok(Some(Means::Token(token)))
}
