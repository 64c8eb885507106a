//! Keeping a question to ask it again.

use engine::{CommunityId, Invalid};
use serde_json::Value;
use uuid::Uuid;

use super::StaffMember;
use crate::actions::{ActionError, Core, to_the_end};
use crate::store::{SavedQuery, StoreError};

/// Most questions a person keeps in a community.
pub const MAX_QUERIES: u32 = 100;
const LONGEST_NAME: usize = 200;

/// Keeps a question that was checked. Only the question is kept, never what it found.
///
/// # Errors
/// Field `name`; [`ActionError::TooManyQueries`].
pub async fn save_query(
    core: &Core,
    community: &CommunityId,
    who: &StaffMember,
    name: &str,
    question: Value,
) -> Result<SavedQuery, ActionError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > LONGEST_NAME || name.chars().any(char::is_control) {
        return Err(Invalid::new("name", "must have 1 to 200 characters on one line").into());
    }
    let query = SavedQuery {
        id: core.ambient.id(),
        community: community.clone(),
        staff: who.account.id,
        name: name.to_owned(),
        question,
        created_at: core.ambient.now(),
    };
    let (store, kept) = (core.store.clone(), query.clone());
    match to_the_end(async move { store.save_query(&kept, MAX_QUERIES).await }).await {
        Ok(true) => Ok(query),
        Ok(false) => Err(ActionError::TooManyQueries { most: MAX_QUERIES }),
        Err(StoreError::Exists(_)) => {
            Err(Invalid::new("name", "you keep a question of this name already; take another one").into())
        }
        Err(error) => Err(error.into()),
    }
}

/// Forgets a question; whether there was one of this person's.
pub async fn forget_query(
    core: &Core,
    community: &CommunityId,
    who: &StaffMember,
    id: Uuid,
) -> Result<bool, ActionError> {
    let (store, community, staff) = (core.store.clone(), community.clone(), who.account.id);
    Ok(to_the_end(async move { store.forget_query(&community, staff, id).await }).await?)
}
