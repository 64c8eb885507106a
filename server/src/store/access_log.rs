//! The access log: who read the places that participants share for research.
//!
//! Each community has a chain of its own. A row holds the hash of the row before and SHA-256 over that hash and
//! its own content, so that no row can be altered, left out or put in between without every later hash
//! changing. (Rows cut off at the end do not show in the chain itself: note the head that `stead check` prints.)
//!
//! The log names no place and no participant. An entry holds two HMAC-SHA-256 values under a random key of the
//! owner's: one of the owner, the same in all their entries, and one of the place. The owner finds their
//! entries by the key. Withdrawing deletes the key with the person; the entries then are random numbers that
//! nobody can connect to anyone, not even who knows the identifiers, and the chain over them stays whole.

use async_trait::async_trait;
use engine::{CommunityId, ParticipantId, PlaceId, StaffId};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use super::{Hash, Result};

/// What somebody of the staff is about to read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// In which community.
    pub community: CommunityId,
    /// Who.
    pub staff: StaffId,
    /// Their e-mail address: participants have a right to know who.
    pub who: String,
    /// What for: the operation and the NAMES of its filters. Never a value, which could locate somebody.
    pub what: String,
    /// The places that fit.
    pub places: Vec<PlaceId>,
    /// When.
    pub at: Timestamp,
    /// Random; keys for owners who have none yet are made of it.
    pub fresh: Hash,
}

/// A row of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessRow {
    /// Its number in the community, from 1.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub staff: StaffId,
    /// Their e-mail address at that time.
    pub who: String,
    /// What for.
    pub what: String,
    /// How many places.
    pub places: i64,
    /// SHA-256 of the entries.
    pub entries: Hash,
    /// The hash of the row before.
    pub previous: Hash,
    /// SHA-256 of all this.
    pub hash: Hash,
}

/// A reading of a participant's places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadOfMine {
    /// The row.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub who: String,
    /// What for.
    pub what: String,
    /// Which of the person's places, as far as they still exist.
    pub places: Vec<PlaceId>,
    /// How many of the person's places, those deleted since included.
    pub count: usize,
}

/// What checking a chain found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chain {
    /// Nothing was altered; how many rows there are, and the newest one's hash.
    Whole(i64, Hash),
    /// This row, or what is before it, is not what was written.
    Broken(i64),
}

/// The access log.
#[async_trait]
pub trait AccessLog {
    /// Writes a reading down, of those places that exist and are shared for research at this moment, and
    /// returns which those are: only they may be given out. Nothing is written of no places.
    async fn log_reading(&self, reading: &Reading) -> Result<Vec<PlaceId>>;
    /// The newest rows before a number, newest first, at most `limit`.
    async fn access_log(
        &self,
        community: &CommunityId,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<AccessRow>>;
    /// Who read this person's places, newest first, at most `limit`.
    async fn reads_of(&self, participant: ParticipantId, limit: u32) -> Result<Vec<ReadOfMine>>;
    /// Goes over the whole chain of a community.
    async fn verify_access_log(&self, community: &CommunityId) -> Result<Chain>;
}

/// An entry: the owner's and the place's keyed hash.
pub(super) type Entry = (Hash, Hash);

/// What the first row follows.
pub(super) fn beginning(community: &CommunityId) -> Hash {
    Sha256::digest(format!("stead access log 1 {community}")).into()
}

/// A new key of an owner.
pub(super) fn new_key(fresh: &Hash, owner: ParticipantId) -> Hash {
    keyed(fresh, b"key", owner.0.as_bytes())
}

/// How the log knows an owner.
pub(super) fn owner_tag(key: &Hash) -> Hash {
    keyed(key, b"owner", &[])
}

/// How the log knows a place.
pub(super) fn place_tag(key: &Hash, place: PlaceId) -> Hash {
    keyed(key, b"place", place.0.as_bytes())
}

fn keyed(key: &Hash, what: &[u8], text: &[u8]) -> Hash {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length is a key");
    mac.update(what);
    mac.update(text);
    mac.finalize().into_bytes().into()
}

/// SHA-256 of a row's entries, in the order of the places' hashes.
pub(super) fn digest_entries(entries: &mut [Entry]) -> Hash {
    entries.sort_unstable_by_key(|(_, place)| *place);
    let mut digest = Sha256::new();
    for (owner, place) in entries {
        digest.update(owner);
        digest.update(place);
    }
    digest.finalize().into()
}

impl AccessRow {
    /// The hash that this row should have: of the row before, and of every column, each behind its length.
    pub(super) fn expected_hash(&self) -> Hash {
        let mut digest = Sha256::new();
        let mut add = |bytes: &[u8]| {
            digest.update((bytes.len() as u64).to_be_bytes());
            digest.update(bytes);
        };
        add(&self.previous);
        add(&self.seq.to_be_bytes());
        add(&self.at.as_microsecond().to_be_bytes());
        add(self.staff.0.as_bytes());
        add(self.who.as_bytes());
        add(self.what.as_bytes());
        add(&self.places.to_be_bytes());
        add(&self.entries);
        digest.finalize().into()
    }
}

/// Goes over a chain piece by piece.
pub(super) struct Verifier {
    last: i64,
    hash: Hash,
}

impl Verifier {
    pub(super) fn new(community: &CommunityId) -> Self {
        Self { last: 0, hash: beginning(community) }
    }

    /// Checks the next row and its entries; `false` when it is not what was written.
    pub(super) fn follows(&mut self, row: &AccessRow, mut entries: Vec<Entry>) -> bool {
        let right = row.seq == self.last + 1
            && row.previous == self.hash
            && row.places == i64::try_from(entries.len()).unwrap_or(-1)
            && row.entries == digest_entries(&mut entries)
            && row.hash == row.expected_hash();
        self.last = row.seq;
        self.hash = row.hash;
        right
    }

    pub(super) fn last(&self) -> i64 {
        self.last
    }

    pub(super) fn whole(self) -> Chain {
        Chain::Whole(self.last, self.hash)
    }
}
