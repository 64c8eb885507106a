//! Staff: accounts with their roles, one-time links, sessions, API tokens, and how often one may try.

use async_trait::async_trait;
use engine::{CommunityId, StaffId};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::{Hash, Result};

/// What somebody of the staff may do in a community.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, clap::ValueEnum, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads the places that participants share for research.
    Researcher,
    /// Sees what is for planners alone.
    Planner,
    /// Runs the community.
    Steward,
    /// Runs the machine.
    Operator,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Researcher, Self::Planner, Self::Steward, Self::Operator];

    /// The name, as it is stored and answered.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Researcher => "researcher",
            Self::Planner => "planner",
            Self::Steward => "steward",
            Self::Operator => "operator",
        }
    }

    /// The role of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == name)
    }
}

/// What an API token may be used for, within the roles of its holder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// `places:read`
    PlacesRead,
    /// `releases:read`
    ReleasesRead,
    /// `supports:write`
    SupportsWrite,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::PlacesRead, Self::ReleasesRead, Self::SupportsWrite];

    /// The name, as it is stored and answered.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::PlacesRead => "places:read",
            Self::ReleasesRead => "releases:read",
            Self::SupportsWrite => "supports:write",
        }
    }

    /// The scope of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.as_str() == name)
    }
}

/// Somebody of the staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffAccount {
    /// Who.
    pub id: StaffId,
    /// Their e-mail address in lower case.
    pub email: String,
    /// Whether a password was chosen and a second factor set up.
    pub active: bool,
    /// When the account was made.
    pub created_at: Timestamp,
    /// What they may do where, in the order of communities and roles.
    pub roles: Vec<(CommunityId, Role)>,
}

impl StaffAccount {
    /// Whether they have a role in a community.
    pub fn has(&self, community: &CommunityId, role: Role) -> bool {
        self.roles.iter().any(|(c, r)| c == community && *r == role)
    }

    /// Whether they have any role in a community.
    pub fn is_of(&self, community: &CommunityId) -> bool {
        self.roles.iter().any(|(c, _)| c == community)
    }
}

/// A role for somebody who may or may not have an account yet.
#[derive(Debug, Clone)]
pub struct NewRole {
    /// The account's id if there is none yet.
    pub id: StaffId,
    /// The e-mail address in lower case.
    pub email: String,
    /// In which community.
    pub community: CommunityId,
    /// The role.
    pub role: Role,
    /// When.
    pub at: Timestamp,
}

/// A password and second factors. `Debug` shows none of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Argon2id, in the PHC format.
    pub password: String,
    /// The sealed TOTP secret.
    pub totp: Vec<u8>,
    /// Hashes of the recovery codes.
    pub recovery: Vec<Hash>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Credentials(…)")
    }
}

/// A one-time link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffLink {
    /// SHA-256 of its token.
    pub token: Hash,
    /// Whose.
    pub staff: StaffId,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
}

/// A session of the staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffSession {
    /// SHA-256 of the token.
    pub token: Hash,
    /// Names the session to its holder.
    pub id: Uuid,
    /// Whose.
    pub staff: StaffId,
    /// The browser in a few words.
    pub device: String,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it was last used, to the minute.
    pub seen_at: Timestamp,
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
    /// When the second factor was last shown.
    pub confirmed_at: Timestamp,
}

/// A token for programs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiToken {
    /// SHA-256 of the token.
    pub token: Hash,
    /// Names the token to its holder.
    pub id: Uuid,
    /// Whose.
    pub staff: StaffId,
    /// What for.
    pub scopes: Vec<Scope>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it ends.
    pub expires_at: Timestamp,
    /// The day on which it was last used.
    pub last_used: Option<Date>,
}

/// How often something may be tried: `burst` times at once, then once every `every`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// At once.
    pub burst: i32,
    /// Then once in this time.
    pub every: SignedDuration,
}

/// Accounts of the staff, their roles, one-time links and credentials.
#[async_trait]
pub trait Staff {
    /// Gives a role, and makes the account if there is none of this address.
    ///
    /// # Errors
    /// [`super::StoreError::Missing`] when there is no such community.
    async fn add_role(&self, new: &NewRole) -> Result<StaffAccount>;
    /// Gives the name by which participants are told of somebody; whether there is such an account.
    async fn name_staff(&self, email: &str, name: &str) -> Result<bool>;
    /// Whether there is such an account, and it has a name.
    async fn is_named(&self, email: &str) -> Result<bool>;
    /// The names of the researchers of a community; `None` for one who has none yet.
    async fn researchers(&self, community: &CommunityId) -> Result<Vec<Option<String>>>;
    /// Takes a role away, and says how many are left to the account anywhere; `None` when it had no such role.
    /// With the last one go password, second factor, recovery codes, links, sessions and API tokens: whoever
    /// gets a role again begins with a new link.
    async fn remove_role(&self, email: &str, community: &CommunityId, role: Role) -> Result<Option<i64>>;
    /// An account.
    async fn staff(&self, id: StaffId) -> Result<Option<StaffAccount>>;
    /// The account of an address in lower case.
    async fn staff_by_email(&self, email: &str) -> Result<Option<StaffAccount>>;
    /// The credentials in force; `None` before the account is active.
    async fn credentials(&self, id: StaffId) -> Result<Option<Credentials>>;
    /// Replaces the password's hash, such as by one of newer parameters.
    async fn rehash_password(&self, id: StaffId, password: &str) -> Result<()>;

    /// Stores a one-time link in place of an earlier one.
    async fn put_link(&self, link: &StaffLink) -> Result<()>;
    /// The link of a token if it works at `now`, with the credentials that were chosen by it.
    async fn link(&self, token: Hash, now: Timestamp) -> Result<Option<(StaffLink, Option<Credentials>)>>;
    /// Keeps chosen credentials beside the link until a first code confirms them; whether the link works.
    async fn choose_credentials(&self, token: Hash, now: Timestamp, chosen: &Credentials) -> Result<bool>;
    /// Puts the chosen credentials in force: uses up the link and the code of `step`, and ends the account's
    /// earlier sessions. Whether the link worked.
    async fn confirm_credentials(&self, token: Hash, now: Timestamp, step: i64) -> Result<bool>;

    /// Uses the TOTP code of a time step; `false` when it or a later one was used before.
    async fn spend_totp_step(&self, id: StaffId, step: i64) -> Result<bool>;
    /// Uses a recovery code; `false` when there is no such code (any more).
    async fn spend_recovery_code(&self, id: StaffId, code: Hash) -> Result<bool>;
    /// Replaces all recovery codes.
    async fn replace_recovery_codes(&self, id: StaffId, codes: &[Hash]) -> Result<()>;
}

/// Sessions and API tokens of the staff, and how often anyone may try to come in.
#[async_trait]
pub trait StaffSignIns {
    /// Opens a session, and forgets those of the account that ended.
    async fn open_staff_session(&self, session: &StaffSession) -> Result<()>;
    /// The session of a token if it is open at `now` and was used after `idle_since`.
    async fn staff_session(
        &self,
        token: Hash,
        now: Timestamp,
        idle_since: Timestamp,
    ) -> Result<Option<StaffSession>>;
    /// The sessions of an account that are open, the newest first.
    async fn staff_sessions(
        &self,
        id: StaffId,
        now: Timestamp,
        idle_since: Timestamp,
    ) -> Result<Vec<StaffSession>>;
    /// Notes that a session was used.
    async fn touch_staff_session(&self, token: Hash, at: Timestamp) -> Result<()>;
    /// Gives a session a new token on showing the second factor again; whether it was there.
    async fn confirm_staff_session(&self, token: Hash, renewed: Hash, at: Timestamp) -> Result<bool>;
    /// Closes a session of an account; whether it was there.
    async fn close_staff_session(&self, staff: StaffId, id: Uuid) -> Result<bool>;

    /// Stores an API token.
    async fn add_api_token(&self, token: &ApiToken) -> Result<()>;
    /// The API token if it is valid at `now`.
    async fn api_token(&self, token: Hash, now: Timestamp) -> Result<Option<ApiToken>>;
    /// The API tokens of an account, the newest first, those that ended included.
    async fn api_tokens(&self, id: StaffId) -> Result<Vec<ApiToken>>;
    /// Notes the day of use.
    async fn touch_api_token(&self, token: Hash, day: Date) -> Result<()>;
    /// Revokes an API token of an account; whether it was there.
    async fn revoke_api_token(&self, staff: StaffId, id: Uuid) -> Result<bool>;

    /// Counts an attempt. `None` when it may be made; otherwise how long to wait, and nothing is counted.
    ///
    /// The generic cell rate algorithm (ITU-T I.371): one number per key, the time at which the next attempt
    /// would be due if they came at an even pace.
    async fn attempt(&self, key: Hash, pace: Pace, now: Timestamp) -> Result<Option<SignedDuration>>;
    /// How long to wait before an attempt may be made, without counting one.
    async fn wait(&self, key: Hash, pace: Pace, now: Timestamp) -> Result<Option<SignedDuration>>;
}

impl Pace {
    /// How far ahead of an even pace attempts may be, in microseconds.
    fn tolerance(self) -> i64 {
        self.micros() * i64::from(self.burst - 1)
    }

    fn micros(self) -> i64 {
        i64::try_from(self.every.as_micros()).unwrap_or(i64::MAX / 1_000_000)
    }

    /// The wait that a stored time stands for.
    pub(super) fn wait(self, due: Option<i64>, now: i64) -> Option<SignedDuration> {
        let wait = due.unwrap_or(now) - self.tolerance() - now;
        (wait > 0).then(|| SignedDuration::from_micros(wait))
    }

    /// The time to store after an attempt that may be made.
    pub(super) fn next(self, due: Option<i64>, now: i64) -> i64 {
        due.unwrap_or(now).max(now) + self.micros()
    }
}
