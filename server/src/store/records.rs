//! The records that go in and out of a store, beside the domain's own types.

use engine::community::{Language, Purposes};
use engine::place::{Place, PlaceContent};
use engine::{CommunityId, ParticipantId, PlaceId, ReleaseId};
use jiff::Timestamp;
use uuid::Uuid;

/// SHA-256 of a secret or a name; secrets themselves are never stored.
pub type Hash = [u8; 32];

/// What somebody agreed to, when, and on which text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentRecord {
    /// The version of the consent text.
    pub version: String,
    /// The language in which it was read.
    pub language: Language,
    /// SHA-256 of the text that was shown.
    pub text_hash: Hash,
    /// The purposes agreed to.
    pub purposes: Purposes,
    /// When.
    pub given_at: Timestamp,
}

/// A participant with the consent in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    /// Who.
    pub id: ParticipantId,
    /// In which community.
    pub community: CommunityId,
    /// The language they chose.
    pub language: Language,
    /// When they joined.
    pub joined_at: Timestamp,
    /// The newest consent.
    pub consent: ConsentRecord,
}

/// A person who joins.
#[derive(Debug, Clone)]
pub struct Joining {
    /// The new participant.
    pub participant: Participant,
    /// SHA-256 of the return code.
    pub return_code: Hash,
    /// Their first session.
    pub session: Session,
}

/// An open session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the token.
    pub token: Hash,
    /// Whose it is.
    pub participant: ParticipantId,
    /// In which community.
    pub community: CommunityId,
    /// When it was opened.
    pub created_at: Timestamp,
    /// When it ends whatever happens.
    pub expires_at: Timestamp,
}

/// An entry of the erasure ledger: applied again after a restore, and names nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Erasure {
    /// SHA-256 of the erased id.
    pub erased: Hash,
    /// When.
    pub at: Timestamp,
}

/// A key by which a client may send the same request twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdempotencyKey {
    /// SHA-256 of the key.
    pub key: Hash,
    /// SHA-256 of the request's body.
    pub body: Hash,
}

/// A place to be saved.
#[derive(Debug, Clone)]
pub struct NewPlace {
    /// In which community.
    pub community: CommunityId,
    /// The place, version 1.
    pub place: Place,
    /// The client's key, if it sent one.
    pub idempotency: Option<IdempotencyKey>,
    /// How many places the owner may have at most.
    pub most: u32,
}

/// What became of a new place.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "returned once per request and taken apart at once")]
pub enum Inserted {
    /// It was saved.
    Created,
    /// The same key and body came before and made this place (as it is now, `None` if deleted since).
    Replayed(Option<Place>),
    /// The key came before with another body.
    KeyReused,
    /// The owner has as many places as anyone may.
    LimitReached,
}

/// A change of a place.
#[derive(Debug, Clone)]
pub struct PlaceChange {
    /// Which place.
    pub id: PlaceId,
    /// Whose; another's place is missing.
    pub owner: ParticipantId,
    /// The version that the client knows.
    pub expected: i64,
    /// The new content.
    pub content: PlaceContent,
    /// When.
    pub at: Timestamp,
}

/// What became of a change.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "returned once per request and taken apart at once")]
pub enum Updated {
    /// The place as it is now.
    Changed(Place),
    /// It has another version.
    Stale,
    /// The owner has no such place.
    Missing,
}

/// A removal of a place.
#[derive(Debug, Clone)]
pub struct PlaceRemoval {
    /// Which place.
    pub id: PlaceId,
    /// Whose; another's place is missing.
    pub owner: ParticipantId,
    /// The version that the client knows.
    pub expected: i64,
    /// For the erasure ledger.
    pub erasure: Erasure,
}

/// What became of a removal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deleted {
    /// It is gone.
    Gone,
    /// It has another version.
    Stale,
    /// The owner has no such place.
    Missing,
}

/// What an import did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ImportCounts {
    /// New records.
    pub added: usize,
    /// Records that changed.
    pub changed: usize,
    /// Records that were the same already.
    pub unchanged: usize,
}

/// A row of the privacy ledger; append only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRow {
    /// Its identifier.
    pub id: Uuid,
    /// The release that it pays for (an id is chosen before the release exists, which it may never do).
    pub release: ReleaseId,
    /// The layer: `gate`, `cells` or `neighbourhoods`.
    pub layer: String,
    /// Squared L2 sensitivity.
    pub sensitivity_squared: i64,
    /// Scale of the noise.
    pub sigma: i64,
    /// The cost in billionths of rho, rounded up.
    pub rho_billionths: i64,
    /// SHA-256 of the domain.
    pub domain: Hash,
    /// Version of the program.
    pub code: String,
    /// Made on demand for a demonstration or a test, outside of the calendar.
    pub on_demand: bool,
    /// When it was charged.
    pub at: Timestamp,
}

/// What became of a charge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Charged {
    /// It is in the ledger.
    Accepted,
    /// The rule refused it, for this reason; nothing was written.
    Refused(String),
}

/// A release as it is kept: tables as the stable JSON of `engine::privacy::Published`.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRelease {
    /// Its identifier.
    pub id: ReleaseId,
    /// Whose.
    pub community: CommunityId,
    /// When it was made.
    pub made_at: Timestamp,
    /// Made on demand for a demonstration or a test.
    pub on_demand: bool,
    /// Policy, sigmas, rho and the like.
    pub parameters: serde_json::Value,
    /// Layer H.
    pub cells: serde_json::Value,
    /// Layer N.
    pub neighbourhoods: serde_json::Value,
}

/// A position in the feed of changes; meaningful to the engine that gave it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FeedPosition {
    /// Transaction (PostgreSQL) or 0 (SQLite).
    pub transaction: i64,
    /// Sequence number.
    pub sequence: i64,
}

/// A change that a process must bring into its index by reading the current rows again. Carries no content,
/// so the feed is safe to apply twice and keeps nothing of what was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// In which community.
    pub community: CommunityId,
    /// What changed.
    pub what: Changed,
}

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Changed {
    /// The community itself was added or changed.
    Community,
    /// Its directory, as a whole.
    Supports,
    /// Its neighbourhoods, as a whole.
    Neighbourhoods,
    /// One place, saved, changed or deleted.
    Place(PlaceId),
    /// One release.
    Release(ReleaseId),
}
