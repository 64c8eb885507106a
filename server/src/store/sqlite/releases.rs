//! Releases and the privacy ledger.

use std::collections::HashMap;

use async_trait::async_trait;
use engine::{CommunityId, ParticipantId, ReleaseId};
use sqlx::SqliteConnection;

use super::{SqliteStore, changes, communities};
use crate::store::detached::{Judge, judged};
use crate::store::rows::{entered, ledger, micros, release};
use crate::store::{
    Changed, Charged, LedgerRow, LedgerRule, Recall, Releases, Result, StoreError, StoredRelease,
};

const CHARGE: &str = "INSERT INTO ledger (id, community, release, layer, sensitivity_squared, sigma,
        rho_billionths, domain, code, on_demand, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const LEDGER: &str = "SELECT * FROM ledger WHERE community = $1 ORDER BY seq";
const SAVE: &str = "INSERT INTO release
    (id, community, made_at, on_demand, parameters, cells, neighbourhoods, totals, activities, ground)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const ALL: &str = "SELECT r.*, c.reason, c.at AS recalled_at
    FROM release r LEFT JOIN recall c ON c.release = r.id
    WHERE r.community = $1 ORDER BY r.made_at DESC, r.id DESC";
const ONE: &str = "SELECT r.*, c.reason, c.at AS recalled_at
    FROM release r LEFT JOIN recall c ON c.release = r.id WHERE r.community = $1 AND r.id = $2";

const KNOWN: &str = "SELECT id FROM release WHERE community = $1 AND id = $2";
const RECALL: &str = "INSERT INTO recall (release, reason, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
const ENTERED: &str = "SELECT e.participant, COUNT(*) AS releases
    FROM release_entry e JOIN participant p ON p.id = e.participant
    WHERE p.community = $1 GROUP BY e.participant";
const ENTER: &str = "INSERT INTO release_entry (participant, release)
    SELECT p.id, $2 FROM participant p WHERE p.id = $1 AND p.community = $3
        AND (SELECT COUNT(*) FROM release_entry e WHERE e.participant = p.id)
            < $4 + COALESCE((SELECT MAX(c.renewed_at) FROM consent c WHERE c.participant = p.id), 0)
    ON CONFLICT DO NOTHING";

#[async_trait]
impl Releases for SqliteStore {
    async fn charge(
        &self,
        community: &CommunityId,
        rows: &[LedgerRow],
        rule: LedgerRule<'_>,
    ) -> Result<Charged> {
        let (community, rows) = (community.clone(), rows.to_vec());
        judged(rule, |judge| self.write(move |db| Box::pin(charge(db, community, rows, judge)))).await
    }

    async fn ledger(&self, community: &CommunityId) -> Result<Vec<LedgerRow>> {
        let rows = sqlx::query(LEDGER).bind(community.as_str().to_owned()).fetch_all(&self.readers).await?;
        rows.iter().map(ledger).collect()
    }

    async fn save_release(&self, release: &StoredRelease) -> Result<()> {
        let release = release.clone();
        self.write(move |db| Box::pin(save(db, release))).await
    }

    async fn releases(&self, community: &CommunityId) -> Result<Vec<StoredRelease>> {
        let rows = sqlx::query(ALL).bind(community.as_str().to_owned()).fetch_all(&self.readers).await?;
        rows.iter().map(release).collect()
    }

    async fn recall_release(&self, community: &CommunityId, id: ReleaseId, recall: &Recall) -> Result<bool> {
        let (community, recall) = (community.clone(), recall.clone());
        self.write(move |db| Box::pin(recall_release(db, community, id, recall))).await
    }

    async fn releases_entered(&self, community: &CommunityId) -> Result<HashMap<ParticipantId, u32>> {
        let select = sqlx::query(ENTERED).bind(community.as_str().to_owned());
        let rows = select.fetch_all(&self.readers).await?;
        rows.iter().map(entered).collect()
    }

    async fn enter_release(
        &self,
        community: &CommunityId,
        release: ReleaseId,
        participants: &[ParticipantId],
        most: u32,
    ) -> Result<Vec<ParticipantId>> {
        let (community, participants) = (community.clone(), participants.to_vec());
        self.write(move |db| Box::pin(enter(db, community, release, participants, most))).await
    }

    async fn release(&self, community: &CommunityId, id: ReleaseId) -> Result<Option<StoredRelease>> {
        let select = sqlx::query(ONE).bind(community.as_str().to_owned()).bind(id.0);
        select.fetch_optional(&self.readers).await?.as_ref().map(release).transpose()
    }
}

async fn charge(
    db: &mut SqliteConnection,
    community: CommunityId,
    rows: Vec<LedgerRow>,
    judge: Judge,
) -> Result<Charged> {
    communities::require(db, &community).await?;
    let so_far = sqlx::query(LEDGER).bind(community.as_str().to_owned()).fetch_all(&mut *db).await?;
    let so_far = so_far.iter().map(ledger).collect::<Result<Vec<_>>>()?;
    if let Err(reason) = judge.decide(so_far).await {
        return Ok(Charged::Refused(reason));
    }
    for row in rows {
        let exists = format!("the ledger row {}", row.id);
        let insert = sqlx::query(CHARGE)
            .bind(row.id)
            .bind(community.as_str().to_owned())
            .bind(row.release.0)
            .bind(row.layer)
            .bind(row.sensitivity_squared)
            .bind(row.sigma)
            .bind(row.rho_billionths)
            .bind(row.domain.to_vec())
            .bind(row.code)
            .bind(row.on_demand)
            .bind(micros(row.at));
        insert.execute(&mut *db).await.map_err(|e| StoreError::refused(e, &exists, ""))?;
    }
    Ok(Charged::Accepted)
}

async fn save(db: &mut SqliteConnection, release: StoredRelease) -> Result<()> {
    let insert = sqlx::query(SAVE)
        .bind(release.id.0)
        .bind(release.community.as_str().to_owned())
        .bind(micros(release.made_at))
        .bind(release.on_demand)
        .bind(release.parameters.to_string())
        .bind(release.cells.to_string())
        .bind(release.neighbourhoods.to_string())
        .bind(release.totals.to_string())
        .bind(release.activities.to_string())
        .bind(release.ground.to_string());
    let (exists, missing) =
        (format!("the release {}", release.id), format!("the community {}", release.community));
    insert.execute(&mut *db).await.map_err(|e| StoreError::refused(e, &exists, &missing))?;
    changes::record(db, &release.community, Changed::Release(release.id)).await
}

async fn recall_release(
    db: &mut SqliteConnection,
    community: CommunityId,
    id: ReleaseId,
    recall: Recall,
) -> Result<bool> {
    let known = sqlx::query(KNOWN).bind(community.as_str().to_owned()).bind(id.0);
    if known.fetch_optional(&mut *db).await?.is_none() {
        return Err(StoreError::Missing(format!("the release {id}")));
    }
    let insert = sqlx::query(RECALL).bind(id.0).bind(recall.reason).bind(micros(recall.at));
    let new = insert.execute(&mut *db).await?.rows_affected() > 0;
    if new {
        changes::record(db, &community, Changed::Release(id)).await?;
    }
    Ok(new)
}

async fn enter(
    db: &mut SqliteConnection,
    community: CommunityId,
    release: ReleaseId,
    participants: Vec<ParticipantId>,
    most: u32,
) -> Result<Vec<ParticipantId>> {
    communities::require(db, &community).await?;
    let mut entered = Vec::with_capacity(participants.len());
    for participant in participants {
        let insert = sqlx::query(ENTER)
            .bind(participant.0)
            .bind(release.0)
            .bind(community.as_str().to_owned())
            .bind(i64::from(most));
        if insert.execute(&mut *db).await?.rows_affected() > 0 {
            entered.push(participant);
        }
    }
    Ok(entered)
}
