//! Community maps.

use async_trait::async_trait;
use engine::community::Community;
use engine::question::Questions;
use engine::{Bounds, CommunityId};
use jiff::Timestamp;
use sqlx::PgConnection;

use super::{PgStore, changes};
use crate::store::rows::{community, json_text, languages_text, micros};
use crate::store::{Changed, Communities, CommunityChange, Result, StoreError};

const ADD: &str = "INSERT INTO community
    (id, title, languages, west, south, east, north, policy, demo, created_at, updated_at,
        country, time_zone, joining, crisis_confirmed_at, questions, earlier_questions, crisis_contacts, run_by, contact)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)";
const ONE: &str = "SELECT * FROM community WHERE id = $1";
const ONE_LOCKED: &str = "SELECT * FROM community WHERE id = $1 FOR UPDATE";
const ALL: &str = "SELECT * FROM community ORDER BY id COLLATE \"C\"";
const LOCK: &str = "SELECT id FROM community WHERE id = $1 FOR NO KEY UPDATE";
const SET_JOINING: &str = "UPDATE community SET joining = $3, updated_at = $2 WHERE id = $1";
const SET_QUESTIONS: &str =
    "UPDATE community SET questions = $3, earlier_questions = $4, updated_at = $2 WHERE id = $1";
const CONFIRM_CRISIS: &str = "UPDATE community SET crisis_confirmed_at = $2, updated_at = $2 WHERE id = $1";
const SET_CRISIS: &str =
    "UPDATE community SET crisis_contacts = $3, crisis_confirmed_at = NULL, updated_at = $2
    WHERE id = $1";
const SET_RUNNERS: &str =
    "UPDATE community SET run_by = coalesce($3, run_by), contact = coalesce($4, contact),
    updated_at = $2 WHERE id = $1";
const SET_BOUNDS: &str = "UPDATE community SET west = $2, south = $3, east = $4, north = $5, updated_at = $6
    WHERE id = $1 AND west IS NULL";

/// Fails unless the community exists; until the transaction ends, nobody else gets past this.
pub(super) async fn lock(db: &mut PgConnection, id: &CommunityId) -> Result<()> {
    let found = sqlx::query(LOCK).bind(id.as_str().to_owned()).fetch_optional(db).await?;
    found.map(drop).ok_or_else(|| StoreError::Missing(format!("the community {id}")))
}

#[async_trait]
impl Communities for PgStore {
    async fn add_community(&self, community: &Community) -> Result<()> {
        let community = community.clone();
        self.write(move |db| Box::pin(add(db, community))).await
    }

    async fn community(&self, id: &CommunityId) -> Result<Option<Community>> {
        let row = sqlx::query(ONE).bind(id.as_str().to_owned()).fetch_optional(&self.pool).await?;
        row.as_ref().map(community).transpose()
    }

    async fn communities(&self) -> Result<Vec<Community>> {
        sqlx::query(ALL).fetch_all(&self.pool).await?.iter().map(community).collect()
    }

    async fn change_community(
        &self,
        id: &CommunityId,
        change: &CommunityChange,
        at: Timestamp,
    ) -> Result<bool> {
        let (id, change) = (id.clone(), change.clone());
        self.write(move |db| Box::pin(change_one(db, id, change, at))).await
    }

    async fn set_bounds_once(&self, id: &CommunityId, bounds: Bounds, at: Timestamp) -> Result<bool> {
        let id = id.clone();
        self.write(move |db| Box::pin(set_bounds(db, id, bounds, at))).await
    }
}

async fn add(db: &mut PgConnection, c: Community) -> Result<()> {
    let insert = sqlx::query(ADD)
        .bind(c.id.as_str().to_owned())
        .bind(c.title)
        .bind(languages_text(&c.languages))
        .bind(c.bounds.map(|b| b.west))
        .bind(c.bounds.map(|b| b.south))
        .bind(c.bounds.map(|b| b.east))
        .bind(c.bounds.map(|b| b.north))
        .bind(c.policy.as_str())
        .bind(c.demo)
        .bind(micros(c.created_at))
        .bind(c.country.map(|country| country.as_str().to_owned()))
        .bind(c.time_zone.map(|zone| zone.to_string()))
        .bind(c.joining.as_str())
        .bind(c.crisis_confirmed.then(|| micros(c.created_at)))
        .bind(c.questions.as_ref().map(json_text).transpose()?)
        .bind(json_text(&c.earlier_questions)?)
        .bind(c.crisis_contacts.as_ref().map(json_text).transpose()?)
        .bind(c.run_by)
        .bind(c.contact);
    let exists = format!("the community {}", c.id);
    insert.execute(&mut *db).await.map_err(|e| StoreError::refused(e, &exists, ""))?;
    changes::record(db, &c.id, Changed::Community).await
}

async fn change_one(
    db: &mut PgConnection,
    id: CommunityId,
    change: CommunityChange,
    at: Timestamp,
) -> Result<bool> {
    let update = match change {
        CommunityChange::Joining(joining) => {
            sqlx::query(SET_JOINING).bind(id.as_str().to_owned()).bind(micros(at)).bind(joining.as_str())
        }
        CommunityChange::Questions(questions) => {
            let Some(asking) = asking(db, &id, questions).await? else { return Ok(false) };
            sqlx::query(SET_QUESTIONS)
                .bind(id.as_str().to_owned())
                .bind(micros(at))
                .bind(asking.questions.as_ref().map(json_text).transpose()?)
                .bind(json_text(&asking.earlier_questions)?)
        }
        CommunityChange::CrisisContacts(told) => sqlx::query(SET_CRISIS)
            .bind(id.as_str().to_owned())
            .bind(micros(at))
            .bind(json_text(&told.contacts)?),
        CommunityChange::Runners { run_by, contact } => {
            sqlx::query(SET_RUNNERS).bind(id.as_str().to_owned()).bind(micros(at)).bind(run_by).bind(contact)
        }
        CommunityChange::CrisisConfirmed => {
            sqlx::query(CONFIRM_CRISIS).bind(id.as_str().to_owned()).bind(micros(at))
        }
    };
    let changed = update.execute(&mut *db).await?.rows_affected() > 0;
    if changed {
        changes::record(db, &id, Changed::Community).await?;
    }
    Ok(changed)
}

/// The community when it asks new questions; `None` when there is no such community.
async fn asking(db: &mut PgConnection, id: &CommunityId, questions: Questions) -> Result<Option<Community>> {
    let Some(row) = sqlx::query(ONE_LOCKED).bind(id.as_str().to_owned()).fetch_optional(db).await? else {
        return Ok(None);
    };
    let mut asking = community(&row)?;
    let version = questions.version.clone();
    asking.ask(questions).map_err(|_| StoreError::Exists(format!("version {version} of other questions")))?;
    Ok(Some(asking))
}

async fn set_bounds(db: &mut PgConnection, id: CommunityId, bounds: Bounds, at: Timestamp) -> Result<bool> {
    lock(db, &id).await?;
    let update = sqlx::query(SET_BOUNDS)
        .bind(id.as_str().to_owned())
        .bind(bounds.west)
        .bind(bounds.south)
        .bind(bounds.east)
        .bind(bounds.north)
        .bind(micros(at));
    let set = update.execute(&mut *db).await?.rows_affected() > 0;
    if set {
        changes::record(db, &id, Changed::Community).await?;
    }
    Ok(set)
}
