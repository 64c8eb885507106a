//! How many releases somebody was part of, and agreements to go on.

use std::collections::HashMap;

use async_trait::async_trait;
use engine::{CommunityId, ParticipantId};
use sqlx::PgConnection;

use super::{PgStore, participants};
use crate::store::rows::{count, micros, renewed};
use crate::store::{ConsentRecord, Pictures, Renewals, Result, StoreError};

const OF: &str = "SELECT (SELECT COUNT(*) FROM release_entry e WHERE e.participant = p.id) AS entered,
        COALESCE((SELECT MAX(c.renewed_at) FROM consent c WHERE c.participant = p.id), 0) AS renewed_at
    FROM participant p WHERE p.id = $1";
const ALL: &str = "SELECT c.participant, MAX(c.renewed_at) AS renewed_at
    FROM consent c JOIN participant p ON p.id = c.participant
    WHERE p.community = $1 AND c.renewed_at IS NOT NULL GROUP BY c.participant";
const RENEW: &str = "INSERT INTO consent
    (participant, version, language, text_hash, research, published_maps, public_story, given_at, renewed_at)
    SELECT p.id, $2::text, $3::text, $4::bytea, $5::boolean, $6::boolean, $7::boolean, $8::bigint, $9::bigint
    FROM participant p WHERE p.id = $1
        AND (SELECT COUNT(*) FROM release_entry e WHERE e.participant = p.id) = $9";

#[async_trait]
impl Renewals for PgStore {
    async fn pictures_of(&self, id: ParticipantId) -> Result<Pictures> {
        let row = sqlx::query(OF).bind(id.0).fetch_optional(&self.pool).await?;
        let row = row.ok_or_else(|| StoreError::Missing(format!("the participant {id}")))?;
        Ok(Pictures { entered: count(&row, "entered")?, renewed_at: count(&row, "renewed_at")? })
    }

    async fn renewals(&self, community: &CommunityId) -> Result<HashMap<ParticipantId, u32>> {
        let select = sqlx::query(ALL).bind(community.as_str().to_owned());
        select.fetch_all(&self.pool).await?.iter().map(renewed).collect()
    }

    async fn renew(&self, id: ParticipantId, consent: &ConsentRecord, shown: u32) -> Result<bool> {
        let consent = consent.clone();
        self.write(move |db| Box::pin(renew(db, id, consent, shown))).await
    }
}

async fn renew(db: &mut PgConnection, id: ParticipantId, consent: ConsentRecord, shown: u32) -> Result<bool> {
    let there = participants::lock(db, id).await?;
    there.ok_or_else(|| StoreError::Missing(format!("the participant {id}")))?;
    // What somebody turned off meanwhile stays off.
    let now = participants::consent_in_force(db, id).await?;
    if now != consent.purposes {
        return Ok(false);
    }
    let insert = sqlx::query(RENEW)
        .bind(id.0)
        .bind(consent.version)
        .bind(consent.language.as_str())
        .bind(consent.text_hash.to_vec())
        .bind(consent.purposes.research)
        .bind(consent.purposes.published_maps)
        .bind(consent.purposes.public_story)
        .bind(micros(consent.given_at))
        .bind(i64::from(shown));
    Ok(insert.execute(&mut *db).await?.rows_affected() > 0)
}
