//! How many releases somebody was part of, and agreements to go on beyond what a lifetime has.

use std::collections::HashMap;

use async_trait::async_trait;
use engine::{CommunityId, ParticipantId};

use super::{ConsentRecord, Result};

/// How many releases a participant was part of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pictures {
    /// So many were charged with the participant in them.
    pub entered: u32,
    /// How many they were at the newest renewal; 0 without one. From there on it is counted anew.
    pub renewed_at: u32,
}

/// Renewed agreements.
#[async_trait]
pub trait Renewals {
    /// How many releases a participant entered.
    ///
    /// # Errors
    /// [`super::StoreError::Missing`] when there is nobody.
    async fn pictures_of(&self, id: ParticipantId) -> Result<Pictures>;
    /// How many releases each participant of a community had entered when they last renewed; who never did is not
    /// in it.
    async fn renewals(&self, community: &CommunityId) -> Result<HashMap<ParticipantId, u32>>;
    /// Adds an agreement that goes on beyond `shown` releases. Whether it did: not when the participant has entered
    /// another number meanwhile, or agrees to other purposes.
    async fn renew(&self, id: ParticipantId, consent: &ConsentRecord, shown: u32) -> Result<bool>;
}
