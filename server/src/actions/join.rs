//! Joining a community: no e-mail, no name.

use engine::community::{Admission, Community, Language, Purposes};
use engine::{CommunityId, Invalid, ParticipantId};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};

use super::secrets::{InvitationCode, ReturnCode, new_token, token_hash};
use super::staff::{Address, check_invitation, count_wrong_invitation};
use super::{ActionError, Core, sha256, to_the_end};
use crate::store::{
    Again, ConsentRecord, Entered, Hash, InvitationRefusal, Joining, Participant, Session, StoreError,
};

/// How long a session lasts, whatever happens: a season of visits without typing the return code again.
const SESSION: SignedDuration = SignedDuration::from_hours(90 * 24);

/// For how long somebody whose answer was lost may ask for it once more.
const LOST_ANSWER: SignedDuration = SignedDuration::from_hours(1);

/// What a person takes away from joining or coming back.
#[derive(Debug, Clone)]
pub struct Joined {
    /// Who they are here.
    pub participant: ParticipantId,
    /// The session token.
    pub token: String,
    /// The return code, on joining; shown this once.
    pub return_code: Option<String>,
}

/// By what somebody comes, and from where.
#[derive(Debug, Clone, Copy)]
pub struct Arrival<'a> {
    /// The code of an invitation, as it was typed.
    pub invitation: Option<&'a str>,
    /// Wrong codes are counted for it.
    pub address: &'a Address,
    /// A secret of the device that makes the same joining known when it comes twice.
    pub key: Option<&'a str>,
}

/// A person joins.
///
/// # Errors
/// A language that the community does not offer; an agreement on a text that is not in force; an invitation
/// that is missing, wrong, used up or over. An open community asks for none and looks at none. With a key that
/// somebody joined by before: [`ActionError::JoinedBefore`], unless their answer may have been lost just now.
pub async fn join(
    core: &Core,
    community: &Community,
    language: Language,
    version: &str,
    purposes: Purposes,
    arrival: Arrival<'_>,
) -> Result<Joined, ActionError> {
    if !community.languages.contains(&language) {
        return Err(Invalid::new("language", "is not a language of this community").into());
    }
    let now = core.ambient.now();
    let consent = consent_record(core, community, language, version, purposes, now)?;
    let invitation = match community.joining {
        Admission::Open => None,
        Admission::Invited => Some(read_invitation(core, community, arrival).await?),
    };
    let return_code = ReturnCode::new(&core.ambient);
    // Whoever knows the invitation alone cannot find it: it follows from the secret key.
    let id =
        ParticipantId(arrival.key.map_or_else(|| core.ambient.id(), |key| id_by_key(&community.id, key)));
    let (token, session) = new_session(core, id, &community.id);
    let participant = Participant { id, community: community.id.clone(), language, joined_at: now, consent };
    let again = arrival.key.map(|_| Again { since: now - LOST_ANSWER, erased: sha256(id.0.as_bytes()) });
    let return_hash = return_code.hash(&community.id);
    let joining = Joining { participant, return_code: return_hash, session, invitation, again };
    let store = core.store.clone();
    let entered = to_the_end(async move {
        match store.join(&joining).await {
            // The same joining at the same moment was first: now it is found.
            Err(StoreError::Exists(_)) if again.is_some() => store.join(&joining).await,
            entered => entered,
        }
    });
    match entered.await? {
        Entered::In => Ok(Joined { participant: id, token, return_code: Some(return_code.shown()) }),
        Entered::Before => Err(ActionError::JoinedBefore),
        Entered::Refused(refusal) => {
            count_wrong_invitation(core, arrival.address).await?;
            Err(ActionError::InvitationRefused(refusal))
        }
    }
}

/// The identifier of whoever joins with a key.
fn id_by_key(community: &CommunityId, key: &str) -> uuid::Uuid {
    let hash = Sha256::new().chain_update("join\0").chain_update(community.as_str()).chain_update([0]);
    let hash = hash.chain_update(key).finalize();
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}

/// What the store keeps of an invitation that was typed.
async fn read_invitation(
    core: &Core,
    community: &Community,
    Arrival { invitation, address, .. }: Arrival<'_>,
) -> Result<Hash, ActionError> {
    let typed = invitation.filter(|typed| !typed.trim().is_empty()).ok_or(ActionError::InvitationMissing)?;
    check_invitation(core, address).await?;
    if let Some(code) = InvitationCode::read(typed) {
        return Ok(code.hash(&community.id));
    }
    count_wrong_invitation(core, address).await?;
    Err(ActionError::InvitationRefused(InvitationRefusal::Unknown))
}

/// The record of an agreement on the text in force.
pub(super) fn consent_record(
    core: &Core,
    community: &Community,
    language: Language,
    version: &str,
    purposes: Purposes,
    given_at: Timestamp,
) -> Result<ConsentRecord, ActionError> {
    let consent = core.texts.consent_to(community.policy);
    if version != consent.version {
        return Err(ActionError::ConsentOutdated { current: consent.version.clone() });
    }
    let text_hash = consent.hash(language);
    Ok(ConsentRecord { version: version.to_owned(), language, text_hash, purposes, given_at })
}

/// A new session and its token.
pub(super) fn new_session(
    core: &Core,
    participant: ParticipantId,
    community: &CommunityId,
) -> (String, Session) {
    let token = new_token(&core.ambient);
    let created_at = core.ambient.now();
    let session = Session {
        token: token_hash(&token),
        participant,
        community: community.clone(),
        created_at,
        expires_at: created_at + SESSION,
    };
    (token, session)
}
