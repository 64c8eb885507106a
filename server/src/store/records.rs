//! The records that go in and out of a store, beside the domain's own types.

use engine::community::{Admission, Language, Purposes};
use engine::crisis::CrisisContacts;
use engine::place::{Place, PlaceContent};
use engine::question::Questions;
use engine::support::{Support, SupportDetails};
use engine::{CommunityId, LonLat, ParticipantId, PlaceId, ReleaseId, SupportId};
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
    /// SHA-256 of the invitation by which they come; one of its uses is taken with joining.
    pub invitation: Option<Hash>,
    /// Set when the participant's identifier follows from a key of the device, so that the same joining may come
    /// twice.
    pub again: Option<Again>,
}

/// When the same joining may come once more: its answer was perhaps lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Again {
    /// Whoever joined under this identifier since then, and did nothing yet, joins once more in place of the first
    /// time.
    pub since: Timestamp,
    /// How the erasure ledger would name them if they had left.
    pub erased: Hash,
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

/// What may be changed about a community.
#[derive(Debug, Clone, PartialEq)]
pub enum CommunityChange {
    /// Who may join.
    Joining(Admission),
    /// Somebody checked whom to call in a crisis.
    CrisisConfirmed,
    /// Whom to call in a crisis; nobody has checked that yet.
    CrisisContacts(CrisisContacts),
    /// Who runs it and how to reach them; what is `None` stays as it is.
    Runners {
        /// Who runs it.
        run_by: Option<String>,
        /// How to reach them.
        contact: Option<String>,
    },
    /// What it asks about a place beside the usual.
    Questions(Questions),
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
    /// Records that the source does not have any more: marked, not deleted.
    pub missing: usize,
}

/// Of which source an import is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportScope {
    /// The source, as in the records.
    pub source: String,
    /// Whether it is all that the source has, so that what is not in it is missing there.
    pub complete: bool,
}

/// A steward's edit of a support.
#[derive(Debug, Clone)]
pub struct SupportEdit {
    /// In which community.
    pub community: CommunityId,
    /// Which one.
    pub id: SupportId,
    /// The version that the steward knows.
    pub expected: i64,
    /// Where it is now.
    pub location: Option<LonLat>,
    /// Everything else; its source stays what it is.
    pub details: SupportDetails,
    /// Why: [`SupportOp::Edit`] or [`SupportOp::Close`].
    pub op: SupportOp,
    /// The steward.
    pub who: String,
    /// When.
    pub at: Timestamp,
}

/// A steward's finding that two supports are one.
#[derive(Debug, Clone)]
pub struct SupportMerge {
    /// In which community.
    pub community: CommunityId,
    /// Which one goes.
    pub from: SupportId,
    /// The version of it that the steward knows.
    pub expected: i64,
    /// Which one stays, and takes over what it does not know.
    pub into: SupportId,
    /// The steward.
    pub who: String,
    /// When.
    pub at: Timestamp,
}

/// What became of an edit or a merger.
#[derive(Debug, Clone, PartialEq)]
#[expect(clippy::large_enum_variant, reason = "returned once per request and taken apart at once")]
pub enum SupportEdited {
    /// The support as it is now; of a merger the one that stays.
    Changed(Support),
    /// It has another version.
    Stale,
    /// There is no such support, or it was merged into another.
    Missing,
}

/// What was done to a support.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SupportOp {
    /// A steward added it.
    Add,
    /// A steward edited it.
    Edit,
    /// A steward merged it into another, or another into it.
    Merge,
    /// A steward closed it.
    Close,
    /// An import added or changed it, or found it missing.
    Import,
}

impl SupportOp {
    const ALL: [Self; 5] = [Self::Add, Self::Edit, Self::Merge, Self::Close, Self::Import];

    /// The name used in JSON and in the databases.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Edit => "edit",
            Self::Merge => "merge",
            Self::Close => "close",
            Self::Import => "import",
        }
    }

    /// The operation of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|op| op.as_str() == name)
    }
}

/// An entry of a support's history. The location and address of a confidential support are in none.
#[derive(Debug, Clone, PartialEq)]
pub struct SupportChange {
    /// When.
    pub at: Timestamp,
    /// The steward; nobody for an import.
    pub who: Option<String>,
    /// What was done.
    pub op: SupportOp,
    /// The fields before; none before it was there.
    pub before: Option<serde_json::Value>,
    /// The fields after.
    pub after: serde_json::Value,
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
    /// Layer H; of a closed group the snapshot.
    pub cells: serde_json::Value,
    /// Layer N.
    pub neighbourhoods: serde_json::Value,
    /// Layer C.
    pub totals: serde_json::Value,
    /// Layer E4; null in releases of fewer than very many participants.
    pub activities: serde_json::Value,
    /// Where the neighbourhoods of layer N were and how many lived there; null in releases made before this was kept.
    pub ground: serde_json::Value,
    /// That it was called back; everything else stays as it was.
    pub recalled: Option<Recall>,
}

/// That a release turned out to be defective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recall {
    /// Why, for everyone to read.
    pub reason: String,
    /// When.
    pub at: Timestamp,
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
    /// The names of its streets and of what else is on the map, as a whole.
    Names,
    /// One place, saved, changed or deleted.
    Place(PlaceId),
    /// One release.
    Release(ReleaseId),
}
