//! Joining a community: no e-mail, no name.

use engine::community::{Community, Language, Purposes};
use engine::{CommunityId, Invalid, ParticipantId};
use jiff::{SignedDuration, Timestamp};

use super::secrets::{ReturnCode, new_token, token_hash};
use super::{ActionError, Core, to_the_end};
use crate::store::{ConsentRecord, Joining, Participant, Session};

/// How long a session lasts, whatever happens: a season of visits without typing the return code again.
const SESSION: SignedDuration = SignedDuration::from_hours(90 * 24);

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

/// A person joins.
///
/// # Errors
/// A language that the community does not offer; an agreement on a text that is not in force.
pub async fn join(
    core: &Core,
    community: &Community,
    language: Language,
    version: &str,
    purposes: Purposes,
) -> Result<Joined, ActionError> {
    if !community.languages.contains(&language) {
        return Err(Invalid::new("language", "is not a language of this community").into());
    }
    let now = core.ambient.now();
    let consent = consent_record(core, language, version, purposes, now)?;
    let return_code = ReturnCode::new(&core.ambient);
    let id = ParticipantId(core.ambient.id());
    let (token, session) = new_session(core, id, &community.id);
    let participant = Participant { id, community: community.id.clone(), language, joined_at: now, consent };
    let joining = Joining { participant, return_code: return_code.hash(&community.id), session };
    let store = core.store.clone();
    to_the_end(async move { store.join(&joining).await }).await?;
    Ok(Joined { participant: id, token, return_code: Some(return_code.shown()) })
}

/// The record of an agreement on the text in force.
pub(super) fn consent_record(
    core: &Core,
    language: Language,
    version: &str,
    purposes: Purposes,
    given_at: Timestamp,
) -> Result<ConsentRecord, ActionError> {
    let consent = &core.texts.consent;
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
