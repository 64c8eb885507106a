//! What survives: communities, participants, places, the directory, releases, and the feed of changes.
//!
//! Small object-safe traits, one per aggregate, with domain types in and out. One method is one transaction
//! and one business fact; no transaction leaks out. "Not found" is `None`, never an error. The two engines,
//! [`sqlite`] and [`postgres`], implement the traits file by file and are held to one contract suite.

mod detached;
mod error;
mod imports;
mod migrations;
mod open;
mod records;
mod rows;
mod wkb;

pub mod postgres;
pub mod sqlite;

use async_trait::async_trait;
use engine::community::Community;
use engine::neighbourhood::Neighbourhood;
use engine::place::Place;
use engine::support::Support;
use engine::{Bounds, CommunityId, ParticipantId, PlaceId, ReleaseId, SupportId};
use jiff::Timestamp;

pub use error::StoreError;
pub use open::open;
pub use records::*;

type Result<T> = std::result::Result<T, StoreError>;

/// Community maps.
#[async_trait]
pub trait Communities {
    /// Adds a community.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when the name is taken.
    async fn add_community(&self, community: &Community) -> Result<()>;
    /// One community.
    async fn community(&self, id: &CommunityId) -> Result<Option<Community>>;
    /// All communities by name.
    async fn communities(&self) -> Result<Vec<Community>>;
    /// Gives the community a box if it has none yet; whether it did.
    async fn set_bounds_once(&self, id: &CommunityId, bounds: Bounds, at: Timestamp) -> Result<bool>;
}

/// Participants, their consent and their sessions.
#[async_trait]
pub trait Participants {
    /// A person joins: participant, consent record and first session in one.
    async fn join(&self, joining: &Joining) -> Result<()>;
    /// A participant with the consent in force.
    async fn participant(&self, id: ParticipantId) -> Result<Option<Participant>>;
    /// Who holds this return code in the community.
    async fn participant_by_return_code(
        &self,
        community: &CommunityId,
        hash: Hash,
    ) -> Result<Option<ParticipantId>>;
    /// Opens a session.
    async fn open_session(&self, session: &Session) -> Result<()>;
    /// The session of this token if it is open at `now`.
    async fn session(&self, token: Hash, now: Timestamp) -> Result<Option<Session>>;
    /// Closes a session; whether it was open.
    async fn close_session(&self, token: Hash) -> Result<bool>;
    /// Records a new consent. Purposes that it turns off are turned off in every place of the person, whose
    /// versions rise; returns the places that changed.
    async fn change_consent(&self, id: ParticipantId, consent: &ConsentRecord) -> Result<Vec<Place>>;
    /// Deletes the person and all that is theirs at once (places, consent, sessions, idempotency keys),
    /// writes the erasure ledger, and returns the places that are gone. `None` if there is nobody.
    async fn withdraw(&self, id: ParticipantId, erasure: &Erasure) -> Result<Option<Vec<PlaceId>>>;
}

/// Participants' places. Everything is by owner, so that nobody can reach another's place by its id.
///
/// A place never shares more than its owner's consent in force: saving or changing one that would fails with
/// [`StoreError::Missing`], because the consent was withdrawn after the request had been checked.
#[async_trait]
pub trait Places {
    /// Saves a new place, unless the owner has `most` places already, or the idempotency key was used.
    async fn insert_place(&self, new: &NewPlace) -> Result<Inserted>;
    /// Replaces the content of version `expected`.
    async fn update_place(&self, change: &PlaceChange) -> Result<Updated>;
    /// Deletes version `expected` and writes the erasure ledger.
    async fn delete_place(&self, removal: &PlaceRemoval) -> Result<Deleted>;
    /// Every place of a community, for the index.
    async fn places(&self, community: &CommunityId) -> Result<Vec<Place>>;
    /// The places of these ids that still exist.
    async fn places_by_id(&self, ids: &[PlaceId]) -> Result<Vec<Place>>;
}

/// The public directory.
#[async_trait]
pub trait Supports {
    /// Adds the supports, or updates those whose source and source id the community has already (keeping
    /// their ids, leaving unchanged ones untouched), all or nothing. Of several with one source id the last
    /// one counts, once.
    async fn upsert_supports(&self, community: &CommunityId, supports: &[Support]) -> Result<ImportCounts>;
    /// Every support of a community.
    async fn supports(&self, community: &CommunityId) -> Result<Vec<Support>>;
    /// One support.
    async fn support(&self, community: &CommunityId, id: SupportId) -> Result<Option<Support>>;
}

/// Neighbourhoods.
#[async_trait]
pub trait Neighbourhoods {
    /// Adds the neighbourhoods, or updates those of the same source id (or, without one, the same name),
    /// all or nothing. Of several with one key the last one counts, once.
    async fn upsert_neighbourhoods(
        &self,
        community: &CommunityId,
        neighbourhoods: &[Neighbourhood],
        at: Timestamp,
    ) -> Result<ImportCounts>;
    /// Every neighbourhood of a community, by name.
    async fn neighbourhoods(&self, community: &CommunityId) -> Result<Vec<Neighbourhood>>;
}

/// The rule that decides, from the entries so far, whether new ones may be charged; the text says why not.
pub type LedgerRule<'a> = &'a (dyn Fn(&[LedgerRow]) -> std::result::Result<(), String> + Send + Sync);

/// Releases and the privacy ledger.
#[async_trait]
pub trait Releases {
    /// Appends rows to the community's ledger if the rule allows them given all rows so far. Two callers
    /// never both pass on the same remaining budget. Committed before any noise is drawn.
    async fn charge(
        &self,
        community: &CommunityId,
        rows: &[LedgerRow],
        rule: LedgerRule<'_>,
    ) -> Result<Charged>;
    /// The community's ledger in the order of charging.
    async fn ledger(&self, community: &CommunityId) -> Result<Vec<LedgerRow>>;
    /// Stores a release; it is never changed afterwards.
    async fn save_release(&self, release: &StoredRelease) -> Result<()>;
    /// All releases of a community, newest first.
    async fn releases(&self, community: &CommunityId) -> Result<Vec<StoredRelease>>;
    /// One release.
    async fn release(&self, community: &CommunityId, id: ReleaseId) -> Result<Option<StoredRelease>>;
}

/// The feed by which each process keeps its index in step with the database.
#[async_trait]
pub trait ChangeFeed {
    /// Where the feed stands now: read it BEFORE loading the rows, then follow from there.
    async fn feed_position(&self) -> Result<FeedPosition>;
    /// The changes after a position, in a safe order, at most `limit`, and the position after them.
    async fn changes_after(&self, position: FeedPosition, limit: u32) -> Result<(Vec<Change>, FeedPosition)>;
    /// Whether the database answers.
    async fn ping(&self) -> Result<()>;
}

/// All of it.
pub trait Store:
    Communities + Participants + Places + Supports + Neighbourhoods + Releases + ChangeFeed + Send + Sync
{
}

impl<T> Store for T where
    T: Communities + Participants + Places + Supports + Neighbourhoods + Releases + ChangeFeed + Send + Sync
{
}
