//! Questions that researchers keep to ask again.

use async_trait::async_trait;
use engine::{CommunityId, StaffId};
use jiff::Timestamp;
use serde_json::Value;
use uuid::Uuid;

use super::Result;
use super::rows::{Columns, instant};

/// A question that somebody keeps under a name.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedQuery {
    /// Its identifier.
    pub id: Uuid,
    /// In which community.
    pub community: CommunityId,
    /// Whose it is; nobody else sees it.
    pub staff: StaffId,
    /// What they call it, 1 to 200 characters.
    pub name: String,
    /// The question as it is asked over HTTP.
    pub question: Value,
    /// When it was kept.
    pub created_at: Timestamp,
}

/// Questions that researchers keep.
#[async_trait]
pub trait Studies {
    /// Keeps a question, unless the person has `most` of them in the community already; whether it did.
    ///
    /// # Errors
    /// [`super::StoreError::Exists`] when the person has one of this name.
    async fn save_query(&self, query: &SavedQuery, most: u32) -> Result<bool>;
    /// A person's questions in a community, the newest first.
    async fn saved_queries(&self, community: &CommunityId, staff: StaffId) -> Result<Vec<SavedQuery>>;
    /// Forgets a question; whether it was there.
    async fn forget_query(&self, community: &CommunityId, staff: StaffId, id: Uuid) -> Result<bool>;
}

/// A question from its row.
pub(super) fn saved_query(row: &impl Columns, question: Value) -> Result<SavedQuery> {
    Ok(SavedQuery {
        id: row.read("id")?,
        community: super::rows::community_id(row, "community")?,
        staff: StaffId(row.read("staff")?),
        name: row.read("name")?,
        question,
        created_at: instant(row, "created_at")?,
    })
}
