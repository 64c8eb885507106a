//! Participants, their consent and their sessions.

use async_trait::async_trait;
use engine::community::Purposes;
use engine::place::Place;
use engine::{CommunityId, ParticipantId, PlaceId};
use jiff::Timestamp;
use sqlx::SqliteConnection;

use super::{SqliteStore, changes, invitations, places};
use crate::store::invitations::Before;
use crate::store::rows::{Columns, consent, instant, micros, participant, purposes, session};
use crate::store::{
    Again, Changed, ConsentRecord, Entered, Erasure, Hash, Joining, Participant, Participants, Result,
    Session, StoreError,
};

const ADD: &str = "INSERT INTO participant (id, community, language, return_code, joined_at)
    VALUES ($1, $2, $3, $4, $5)";
const ADD_CONSENT: &str = "INSERT INTO consent
    (participant, version, language, text_hash, research, published_maps, public_story, given_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const ONE: &str = "SELECT p.id, p.community, p.language, p.joined_at, c.version,
        c.language AS consent_language, c.text_hash, c.research, c.published_maps, c.public_story, c.given_at
    FROM participant p JOIN consent c ON c.participant = p.id
    WHERE p.id = $1 ORDER BY c.seq DESC LIMIT 1";
const CONSENTS: &str =
    "SELECT version, language AS consent_language, text_hash, research, published_maps, public_story,
    given_at FROM consent WHERE participant = $1 ORDER BY seq";
const BY_RETURN_CODE: &str = "SELECT id FROM participant WHERE community = $1 AND return_code = $2";
const COMMUNITY: &str = "SELECT community FROM participant WHERE id = $1";
const CHANGE_RETURN_CODE: &str = "UPDATE participant SET return_code = $2 WHERE id = $1";
/// When somebody joined who has done nothing since: the session is the first one, and nothing hangs on them.
const UNTOUCHED: &str = "SELECT p.joined_at FROM participant p WHERE p.id = $1 AND p.joined_at >= $2
    AND (SELECT count(*) FROM consent c WHERE c.participant = p.id) = 1
    AND (SELECT count(*) FROM session s WHERE s.participant = p.id) = 1
    AND NOT EXISTS (SELECT 1 FROM place WHERE place.owner = p.id)
    AND NOT EXISTS (SELECT 1 FROM idempotency i WHERE i.participant = p.id)
    AND NOT EXISTS (SELECT 1 FROM access_key a WHERE a.participant = p.id)";
const CONSENT: &str = "SELECT research, published_maps, public_story FROM consent
    WHERE participant = $1 ORDER BY seq DESC LIMIT 1";
const DELETE: &str = "DELETE FROM participant WHERE id = $1";
const DELETE_CONSENT: &str = "DELETE FROM consent WHERE participant = $1";
const DELETE_SESSIONS: &str = "DELETE FROM session WHERE participant = $1";
const DELETE_KEYS: &str = "DELETE FROM idempotency WHERE participant = $1";
const DELETE_ACCESS_KEY: &str = "DELETE FROM access_key WHERE participant = $1";
const ADD_ERASURE: &str = "INSERT INTO erasure (erased, at) VALUES ($1, $2) ON CONFLICT DO NOTHING";
const ERASED: &str = "SELECT erased FROM erasure WHERE erased = $1";
const ADD_SESSION: &str = "INSERT INTO session (token, participant, community, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5)";
const SESSION: &str = "SELECT * FROM session WHERE token = $1 AND expires_at > $2";
const DELETE_SESSION: &str = "DELETE FROM session WHERE token = $1";
const DELETE_ENDED: &str = "DELETE FROM session WHERE participant = $1 AND expires_at <= $2";

/// The participant's community; `None` when there is nobody.
pub(super) async fn community_of(
    db: &mut SqliteConnection,
    id: ParticipantId,
) -> Result<Option<CommunityId>> {
    let Some(row) = sqlx::query(COMMUNITY).bind(id.0).fetch_optional(db).await? else { return Ok(None) };
    let name: String = row.read("community")?;
    name.parse()
        .map(Some)
        .map_err(|_| StoreError::Damaged { what: "participant", why: "has no valid community".into() })
}

/// The purposes that the participant agrees to now.
pub(super) async fn consent_in_force(db: &mut SqliteConnection, id: ParticipantId) -> Result<Purposes> {
    let row = sqlx::query(CONSENT).bind(id.0).fetch_optional(db).await?;
    row.as_ref().map_or(Ok(Purposes::default()), purposes)
}

/// The participant with the consent in force.
pub(super) async fn one(db: &mut SqliteConnection, id: ParticipantId) -> Result<Option<Participant>> {
    sqlx::query(ONE).bind(id.0).fetch_optional(db).await?.as_ref().map(participant).transpose()
}

/// Whether the erasure ledger names this.
pub(super) async fn is_erased(db: &mut SqliteConnection, erased: Hash) -> Result<bool> {
    let found = sqlx::query(ERASED).bind(erased.to_vec()).fetch_optional(db).await?;
    Ok(found.is_some())
}

/// Adds an entry to the erasure ledger.
pub(super) async fn record_erasure(db: &mut SqliteConnection, erasure: Erasure) -> Result<()> {
    sqlx::query(ADD_ERASURE).bind(erasure.erased.to_vec()).bind(micros(erasure.at)).execute(db).await?;
    Ok(())
}

#[async_trait]
impl Participants for SqliteStore {
    async fn join(&self, joining: &Joining) -> Result<Entered> {
        let joining = joining.clone();
        self.write(move |db| Box::pin(join(db, joining))).await
    }

    async fn participant(&self, id: ParticipantId) -> Result<Option<Participant>> {
        let row = sqlx::query(ONE).bind(id.0).fetch_optional(&self.readers).await?;
        row.as_ref().map(participant).transpose()
    }

    async fn consents(&self, id: ParticipantId) -> Result<Vec<ConsentRecord>> {
        let rows = sqlx::query(CONSENTS).bind(id.0).fetch_all(&self.readers).await?;
        rows.iter().map(consent).collect()
    }

    async fn participant_by_return_code(
        &self,
        community: &CommunityId,
        hash: Hash,
    ) -> Result<Option<ParticipantId>> {
        let select =
            sqlx::query_scalar(BY_RETURN_CODE).bind(community.as_str().to_owned()).bind(hash.to_vec());
        Ok(select.fetch_optional(&self.readers).await?.map(ParticipantId))
    }

    async fn change_return_code(&self, id: ParticipantId, hash: Hash) -> Result<bool> {
        self.write(move |db| {
            Box::pin(async move {
                let change = sqlx::query(CHANGE_RETURN_CODE).bind(id.0).bind(hash.to_vec());
                let changed = change.execute(db).await;
                let changed =
                    changed.map_err(|e| StoreError::refused(e, "the return code", "the participant"))?;
                Ok(changed.rows_affected() > 0)
            })
        })
        .await
    }

    async fn open_session(&self, session: &Session) -> Result<()> {
        let session = session.clone();
        self.write(move |db| Box::pin(open_session(db, session))).await
    }

    async fn session(&self, token: Hash, now: Timestamp) -> Result<Option<Session>> {
        let select = sqlx::query(SESSION).bind(token.to_vec()).bind(micros(now));
        select.fetch_optional(&self.readers).await?.as_ref().map(session).transpose()
    }

    async fn close_session(&self, token: Hash) -> Result<bool> {
        self.write(move |db| {
            Box::pin(async move {
                let closed = sqlx::query(DELETE_SESSION).bind(token.to_vec()).execute(db).await?;
                Ok(closed.rows_affected() > 0)
            })
        })
        .await
    }

    async fn change_consent(&self, id: ParticipantId, consent: &ConsentRecord) -> Result<Vec<Place>> {
        let consent = consent.clone();
        self.write(move |db| Box::pin(change_consent(db, id, consent))).await
    }

    async fn withdraw(&self, id: ParticipantId, erasure: &Erasure) -> Result<Option<Vec<PlaceId>>> {
        let erasure = *erasure;
        self.erase(move |db| Box::pin(withdraw(db, id, erasure))).await
    }
}

async fn join(db: &mut SqliteConnection, mut joining: Joining) -> Result<Entered> {
    let here = match joining.again {
        Some(again) => came_before(db, joining.participant.id, again).await?,
        None => Before::Never,
    };
    match here {
        Before::Never => {
            if let Some(code) = joining.invitation {
                let Participant { community, joined_at, .. } = &joining.participant;
                let taken = invitations::take(db, community, code, *joined_at).await?;
                if taken != Entered::In {
                    return Ok(taken);
                }
            }
        }
        // The time of the first joining stays, so that joining once more does not win time for another.
        Before::Untouched(joined_at) => {
            remove(db, joining.participant.id).await?;
            joining.participant.joined_at = joined_at;
        }
        Before::Settled => return Ok(Entered::Before),
    }
    add(db, joining.participant, joining.return_code).await?;
    open_session(db, joining.session).await?;
    Ok(Entered::In)
}

async fn came_before(db: &mut SqliteConnection, id: ParticipantId, again: Again) -> Result<Before> {
    if is_erased(db, again.erased).await? {
        return Ok(Before::Settled);
    }
    if community_of(db, id).await?.is_none() {
        return Ok(Before::Never);
    }
    let untouched = sqlx::query(UNTOUCHED).bind(id.0).bind(micros(again.since)).fetch_optional(db).await?;
    untouched.map_or(Ok(Before::Settled), |row| Ok(Before::Untouched(instant(&row, "joined_at")?)))
}

/// Removes the person with what hangs on them beside places.
async fn remove(db: &mut SqliteConnection, id: ParticipantId) -> Result<()> {
    for statement in [DELETE_KEYS, DELETE_ACCESS_KEY, DELETE_CONSENT, DELETE_SESSIONS, DELETE] {
        sqlx::query(statement).bind(id.0).execute(&mut *db).await?;
    }
    Ok(())
}

/// Adds a participant with their consent and no session.
pub(super) async fn add(db: &mut SqliteConnection, p: Participant, return_code: Hash) -> Result<()> {
    let insert = sqlx::query(ADD)
        .bind(p.id.0)
        .bind(p.community.as_str().to_owned())
        .bind(p.language.as_str())
        .bind(return_code.to_vec())
        .bind(micros(p.joined_at));
    let missing = format!("the community {}", p.community);
    insert
        .execute(&mut *db)
        .await
        .map_err(|e| StoreError::refused(e, "the participant or the return code", &missing))?;
    add_consent(db, p.id, p.consent).await
}

async fn add_consent(db: &mut SqliteConnection, id: ParticipantId, consent: ConsentRecord) -> Result<()> {
    let insert = sqlx::query(ADD_CONSENT)
        .bind(id.0)
        .bind(consent.version)
        .bind(consent.language.as_str())
        .bind(consent.text_hash.to_vec())
        .bind(consent.purposes.research)
        .bind(consent.purposes.published_maps)
        .bind(consent.purposes.public_story)
        .bind(micros(consent.given_at));
    insert
        .execute(db)
        .await
        .map_err(|e| StoreError::refused(e, "the consent", &format!("the participant {id}")))?;
    Ok(())
}

async fn open_session(db: &mut SqliteConnection, session: Session) -> Result<()> {
    let ended = sqlx::query(DELETE_ENDED).bind(session.participant.0).bind(micros(session.created_at));
    ended.execute(&mut *db).await?;
    let insert = sqlx::query(ADD_SESSION)
        .bind(session.token.to_vec())
        .bind(session.participant.0)
        .bind(session.community.as_str().to_owned())
        .bind(micros(session.created_at))
        .bind(micros(session.expires_at));
    let missing = format!("the participant {}", session.participant);
    insert.execute(db).await.map_err(|e| StoreError::refused(e, "the session", &missing))?;
    Ok(())
}

/// Records a new consent and turns off what it does not allow any more, place by place.
pub(super) async fn change_consent(
    db: &mut SqliteConnection,
    id: ParticipantId,
    consent: ConsentRecord,
) -> Result<Vec<Place>> {
    let community = community_of(db, id).await?;
    let community = community.ok_or_else(|| StoreError::Missing(format!("the participant {id}")))?;
    let (purposes, at) = (consent.purposes, consent.given_at);
    add_consent(db, id, consent).await?;
    let mut changed = Vec::new();
    for mut place in places::of_owner(db, id).await? {
        let share = place.content.share.and(purposes);
        if share == place.content.share {
            continue;
        }
        place.content.share = share;
        place.version += 1;
        place.updated_at = at;
        places::overwrite(db, &place).await?;
        changes::record(db, &community, Changed::Place(place.id)).await?;
        changed.push(place);
    }
    Ok(changed)
}

/// Deletes the person and all that is theirs.
pub(super) async fn withdraw(
    db: &mut SqliteConnection,
    id: ParticipantId,
    erasure: Erasure,
) -> Result<Option<Vec<PlaceId>>> {
    let Some(community) = community_of(db, id).await? else { return Ok(None) };
    let gone = places::delete_of_owner(db, id).await?;
    remove(db, id).await?;
    for place in &gone {
        changes::record(db, &community, Changed::Place(*place)).await?;
    }
    record_erasure(db, erasure).await?;
    Ok(Some(gone))
}
