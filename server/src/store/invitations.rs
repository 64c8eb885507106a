//! Invitations: who may join a community that is not open.

use async_trait::async_trait;
use engine::CommunityId;
use jiff::Timestamp;
use uuid::Uuid;

use super::rows::{Columns, community_id, damaged, hash, instant};
use super::{Hash, Result};

/// An invitation. The code itself is with whoever was invited; who joined by it is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its identifier.
    pub id: Uuid,
    /// Where to.
    pub community: CommunityId,
    /// SHA-256 of the code.
    pub code: Hash,
    /// How many people may join by it, 1 or more.
    pub uses: u32,
    /// How many have.
    pub used: u32,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it works no more.
    pub expires_at: Timestamp,
}

/// Why an invitation lets nobody in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InvitationRefusal {
    /// The community knows no such invitation, or not any more.
    Unknown,
    /// As many have joined by it as may.
    UsedUp,
    /// Its time is over.
    Expired,
}

/// What became of joining.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entered {
    /// The person has joined.
    In,
    /// The invitation did not let them in; nothing was written.
    Refused(InvitationRefusal),
    /// Somebody joined under this identifier before, too long ago, or did something since, or left; nothing was
    /// written.
    Before,
}

/// Whether somebody joined under an identifier before.
pub(super) enum Before {
    /// Nobody did.
    Never,
    /// Somebody did at this instant, and nothing since.
    Untouched(Timestamp),
    /// Somebody did, and made it theirs, or left.
    Settled,
}

/// Invitations to communities.
#[async_trait]
pub trait Invitations {
    /// Keeps an invitation, unless the community has `most` of them already; whether it did.
    async fn add_invitation(&self, invitation: &Invitation, most: u32) -> Result<bool>;
    /// A community's invitations, the newest first.
    async fn invitations(&self, community: &CommunityId) -> Result<Vec<Invitation>>;
    /// Takes an invitation back: nobody joins by it any more. Whether it was there.
    async fn delete_invitation(&self, community: &CommunityId, id: Uuid) -> Result<bool>;
}

/// Why an invitation as it is now lets nobody in at an instant; `None` when it was not found.
pub(super) fn refusal(found: Option<&Invitation>, at: Timestamp) -> InvitationRefusal {
    match found {
        None => InvitationRefusal::Unknown,
        Some(invitation) if invitation.expires_at <= at => InvitationRefusal::Expired,
        Some(_) => InvitationRefusal::UsedUp,
    }
}

/// An invitation from its row.
pub(super) fn invitation(row: &impl Columns) -> Result<Invitation> {
    let count = |column: &str| {
        u32::try_from(row.read::<i64>(column)?)
            .map_err(|_| damaged("invitation", &"has a count out of range"))
    };
    Ok(Invitation {
        id: row.read("id")?,
        community: community_id(row, "community")?,
        code: hash(row, "code")?,
        uses: count("uses")?,
        used: count("used")?,
        created_at: instant(row, "created_at")?,
        expires_at: instant(row, "expires_at")?,
    })
}
