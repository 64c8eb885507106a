//! Invitations to a community: made by a steward on the pages, or on the command line.

use engine::Invalid;
use engine::community::Community;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::secrets::InvitationCode;
use super::{ActionError, to_the_end};
use crate::ambient::Ambient;
use crate::store::{Invitation, Store, StoreError};

/// How many people may join by one invitation at most: a poster for a whole town.
pub const MAX_USES: u32 = 10_000;
/// How many invitations a community keeps at most.
pub const MAX_INVITATIONS: u32 = 1_000;
/// How long an invitation works unless told, and at most.
const USUAL: SignedDuration = SignedDuration::from_hours(30 * 24);
const LONGEST: SignedDuration = SignedDuration::from_hours(366 * 24);

/// An invitation that was made; the code is shown this once.
#[derive(Debug, Clone)]
pub struct MadeInvitation {
    /// The code, in groups.
    pub code: String,
    /// What the store keeps.
    pub kept: Invitation,
}

/// Makes an invitation for so many people, up to the end of a day by the community's clocks, or for thirty days.
///
/// # Errors
/// Fields `uses` and `expires_on`; [`ActionError::TooManyInvitations`].
pub async fn make_invitation(
    store: &std::sync::Arc<dyn Store>,
    ambient: &Ambient,
    community: &Community,
    uses: u32,
    expires_on: Option<Date>,
) -> Result<MadeInvitation, ActionError> {
    if !(1..=MAX_USES).contains(&uses) {
        return Err(Invalid::new("uses", format!("must be a whole number from 1 to {MAX_USES}")).into());
    }
    let now = ambient.now();
    let expires_at = expires_on.map_or(Ok(now + USUAL), |day| end_of(day, community, now))?;
    let code = InvitationCode::new(ambient);
    let kept = Invitation {
        id: ambient.id(),
        community: community.id.clone(),
        code: code.hash(&community.id),
        uses,
        used: 0,
        created_at: now,
        expires_at,
    };
    let (store, new) = (store.clone(), kept.clone());
    match to_the_end(async move { store.add_invitation(&new, MAX_INVITATIONS).await }).await {
        Ok(true) => Ok(MadeInvitation { code: code.shown(), kept }),
        Ok(false) => Err(ActionError::TooManyInvitations { most: MAX_INVITATIONS }),
        Err(error) => Err(StoreError::into(error)),
    }
}

/// The end of a day by the community's clocks, if it is ahead and within a year.
fn end_of(day: Date, community: &Community, now: Timestamp) -> Result<Timestamp, Invalid> {
    let zone = community.time_zone.as_ref().map_or(TimeZone::UTC, |zone| zone.rules().clone());
    let end = day.tomorrow().and_then(|next| next.to_zoned(zone)).map(|next| next.timestamp());
    end.ok()
        .filter(|end| *end > now && *end <= now + LONGEST)
        .ok_or_else(|| Invalid::new("expires_on", "must be a day from today on and within a year"))
}

/// The address by which somebody joins.
pub fn invitation_link(public_url: &str, community: &str, code: &str) -> String {
    format!("{}/{community}/share/join#invitation={code}", public_url.trim_end_matches('/'))
}
