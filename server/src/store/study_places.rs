//! The places of an earlier study, as they go into a store.

use engine::CommunityId;
use engine::community::Purposes;
use engine::place::Place;

use super::{Hash, Participant};

/// Everything that an earlier study brings.
#[derive(Debug, Clone)]
pub struct StudyImport {
    /// Into which community.
    pub community: CommunityId,
    /// The people.
    pub people: Vec<StudyPerson>,
    /// How many places a person may have at most.
    pub most: u32,
    /// Only count what would happen.
    pub dry_run: bool,
}

/// A person of an earlier study. The same person has the same ids and codes in each import.
#[derive(Debug, Clone)]
pub struct StudyPerson {
    /// Who, with what they agreed to in the study.
    pub participant: Participant,
    /// SHA-256 of the return code by which they can take charge of their places.
    pub return_code: Hash,
    /// How the erasure ledger names them if they left.
    pub erased: Hash,
    /// Their places.
    pub places: Vec<StudyPlace>,
}

/// A place of an earlier study.
#[derive(Debug, Clone)]
pub struct StudyPlace {
    /// The place, version 1.
    pub place: Place,
    /// How the erasure ledger names it if it was deleted.
    pub erased: Hash,
}

/// What became of an earlier study.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct StudyCounts {
    /// People who are new.
    pub people_added: usize,
    /// People who were there.
    pub people_known: usize,
    /// People who left and do not come back.
    pub people_withdrawn: usize,
    /// People who agree to less than before.
    pub consent_narrowed: usize,
    /// New places.
    pub added: usize,
    /// Places that were there and are the same.
    pub unchanged: usize,
    /// Places that were there, are not the same, and stay as their owner has them.
    pub kept: usize,
    /// Places that were withdrawn or deleted and do not come back.
    pub withdrawn: usize,
    /// Places beyond the most that a person may have.
    pub beyond_limit: usize,
    /// New places that are shared for research.
    pub research: usize,
    /// New places that may be counted in published maps.
    pub published_maps: usize,
    /// New places whose story may be shown.
    pub public_story: usize,
}

impl StudyCounts {
    /// Counts what a new place may be used for.
    pub(super) fn count_shares(&mut self, share: Purposes) {
        self.research += usize::from(share.research);
        self.published_maps += usize::from(share.published_maps);
        self.public_story += usize::from(share.public_story);
    }
}
