//! `…/invitations`: who may join a community that is not open; for stewards.

pub mod list;
pub mod make;
pub mod take_back;

use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::store::Invitation;

/// An invitation; its code was shown once. Who joined by it is not kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct InvitationAnswer {
    id: Uuid,
    /// How many people may join by it.
    uses: u32,
    /// How many have.
    used: u32,
    #[schema(format = DateTime)]
    created_at: String,
    /// From when on it works no more.
    #[schema(format = DateTime)]
    expires_at: String,
}

impl From<Invitation> for InvitationAnswer {
    fn from(kept: Invitation) -> Self {
        Self {
            id: kept.id,
            uses: kept.uses,
            used: kept.used,
            created_at: kept.created_at.to_string(),
            expires_at: kept.expires_at.to_string(),
        }
    }
}
