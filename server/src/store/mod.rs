//! What survives: communities, participants, places, the directory, releases, staff, the access log,
//! and the feed of changes.
//!
//! Small object-safe traits, one per aggregate, with domain types in and out. One method is one transaction
//! and one business fact; no transaction leaks out. "Not found" is `None`, never an error. The two engines,
//! [`sqlite`] and [`postgres`], implement the traits file by file and are held to one contract suite.

mod access_log;
mod backups;
mod detached;
mod diary;
mod error;
mod imports;
mod invitations;
mod map_names;
mod migrations;
mod open;
mod photos;
mod records;
mod renewals;
mod rows;
mod staff;
mod staff_rows;
mod stories;
mod studies;
mod study_places;
mod support_plan;
pub(crate) mod wkb;

pub mod postgres;
pub mod sqlite;

use std::collections::HashMap;

use async_trait::async_trait;
use engine::community::Community;
use engine::neighbourhood::Neighbourhood;
use engine::place::Place;
use engine::support::Support;
use engine::{Bounds, CommunityId, ParticipantId, PlaceId, ReleaseId, SupportId};
use jiff::Timestamp;

pub use access_log::{AccessLog, AccessRow, Chain, ReadOfMine, Reading};
pub use backups::{
    Backups, Restored, Row as BackupRow, Sink as BackupSink, Source as BackupSource, Value as BackupValue,
    never_forgotten_of,
};
pub use diary::{Diaries, DiaryAdded, DiaryEntry, NewDiaryEntry};
pub use error::StoreError;
pub use invitations::{Entered, Invitation, InvitationRefusal, Invitations};
pub use map_names::MapNames;
pub use open::open;
pub use photos::{NewPhoto, Photo, PhotoAdded, Photos, Size};
pub use records::*;
pub use renewals::{Pictures, Renewals};
pub use staff::*;
pub use stories::{Decision, Stories, StoryDecision};
pub use studies::{SavedQuery, Studies};
pub use study_places::{StudyCounts, StudyImport, StudyPerson, StudyPlace};

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
    /// Changes one thing about a community; whether there is such a community.
    async fn change_community(
        &self,
        id: &CommunityId,
        change: &CommunityChange,
        at: Timestamp,
    ) -> Result<bool>;
    /// Gives the community a box if it has none yet; whether it did.
    async fn set_bounds_once(&self, id: &CommunityId, bounds: Bounds, at: Timestamp) -> Result<bool>;
}

/// Participants, their consent and their sessions.
#[async_trait]
pub trait Participants {
    /// A person joins: participant, consent record and first session in one. Of an invitation a use is taken in
    /// the same transaction, so that its last use lets one person in and no more. Somebody whose answer was lost joins
    /// once more ([`Joining::again`]): their first return code and session stop working, no use is taken.
    async fn join(&self, joining: &Joining) -> Result<Entered>;
    /// A participant with the consent in force.
    async fn participant(&self, id: ParticipantId) -> Result<Option<Participant>>;
    /// All that a participant ever agreed to, from the first time on.
    async fn consents(&self, id: ParticipantId) -> Result<Vec<ConsentRecord>>;
    /// Who holds this return code in the community.
    async fn participant_by_return_code(
        &self,
        community: &CommunityId,
        hash: Hash,
    ) -> Result<Option<ParticipantId>>;
    /// Gives a participant another return code, in place of the one before; whether they are here.
    async fn change_return_code(&self, id: ParticipantId, hash: Hash) -> Result<bool>;
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
    /// Brings in the places of an earlier study with the people they are of, all or nothing. What is there
    /// already stays as it is, what was withdrawn or deleted does not come back, and a consent can only become
    /// narrower. A dry run counts the same and writes nothing.
    async fn import_places(&self, import: &StudyImport) -> Result<StudyCounts>;
    /// Replaces the content of version `expected`.
    async fn update_place(&self, change: &PlaceChange) -> Result<Updated>;
    /// Deletes version `expected` and writes the erasure ledger.
    async fn delete_place(&self, removal: &PlaceRemoval) -> Result<Deleted>;
    /// Every place of a community, for the index.
    async fn places(&self, community: &CommunityId) -> Result<Vec<Place>>;
    /// The places of these ids that still exist.
    async fn places_by_id(&self, ids: &[PlaceId]) -> Result<Vec<Place>>;
    /// A person's own place. Another's is never read, so it takes no longer to be refused than what was never there.
    async fn own_place(&self, owner: ParticipantId, id: PlaceId) -> Result<Option<Place>>;
}

/// The public directory.
#[async_trait]
pub trait Supports {
    /// Adds the supports, or updates those whose source and source id the community has already (keeping
    /// their ids and what a steward edited, leaving unchanged ones untouched), all or nothing. Of several with
    /// one source id the last one counts, once. Those of a complete source that are not among them are marked
    /// as missing since `at`.
    async fn upsert_supports(
        &self,
        community: &CommunityId,
        supports: &[Support],
        scope: &ImportScope,
        at: Timestamp,
    ) -> Result<ImportCounts>;
    /// Adds one support that a steward wrote down.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when its source and source id are taken.
    async fn add_support(&self, community: &CommunityId, support: &Support, who: &str) -> Result<()>;
    /// Edits version `expected` of a support; the fields that change are curated from now on.
    async fn edit_support(&self, edit: &SupportEdit) -> Result<SupportEdited>;
    /// Merges version `expected` of one support into another, which takes over what it does not know.
    async fn merge_supports(&self, merge: &SupportMerge) -> Result<SupportEdited>;
    /// What became of a support, the newest first.
    async fn support_history(&self, community: &CommunityId, id: SupportId) -> Result<Vec<SupportChange>>;
    /// Every support of a community, also missing, closed and merged ones.
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
    /// Says that a release is defective. Returns whether it is new: the first reason stays.
    async fn recall_release(&self, community: &CommunityId, id: ReleaseId, recall: &Recall) -> Result<bool>;
    /// How many releases each participant of a community entered; who entered none is not in it.
    async fn releases_entered(&self, community: &CommunityId) -> Result<HashMap<ParticipantId, u32>>;
    /// Writes down that these participants enter a release. Returns those whom it is written down for: not
    /// those who have entered `most` already (since they last renewed their agreement), nor those who are gone.
    async fn enter_release(
        &self,
        community: &CommunityId,
        release: ReleaseId,
        participants: &[ParticipantId],
        most: u32,
    ) -> Result<Vec<ParticipantId>>;
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
    Communities
    + Participants
    + Invitations
    + Places
    + Diaries
    + Photos
    + Stories
    + Supports
    + Neighbourhoods
    + MapNames
    + Releases
    + Renewals
    + Staff
    + StaffSignIns
    + AccessLog
    + Studies
    + ChangeFeed
    + Backups
    + Send
    + Sync
{
}

impl<T> Store for T where
    T: Communities
        + Participants
        + Invitations
        + Places
        + Diaries
        + Photos
        + Stories
        + Supports
        + Neighbourhoods
        + MapNames
        + Releases
        + Renewals
        + Staff
        + StaffSignIns
        + AccessLog
        + Studies
        + ChangeFeed
        + Backups
        + Send
        + Sync
{
}

/// What an import would do to these supports.
pub(crate) fn would_import(
    stored: Vec<engine::support::Support>,
    incoming: &[engine::support::Support],
    scope: &ImportScope,
    at: jiff::Timestamp,
) -> ImportCounts {
    support_plan::SupportPlan::import(stored, incoming, scope, at).counts()
}
