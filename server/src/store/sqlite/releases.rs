//! Releases and the privacy ledger.

use async_trait::async_trait;
use engine::{CommunityId, ReleaseId};
use sqlx::SqliteConnection;

use super::{SqliteStore, changes, communities};
use crate::store::detached::{Judge, judged};
use crate::store::rows::{ledger, micros, release};
use crate::store::{Changed, Charged, LedgerRow, LedgerRule, Releases, Result, StoreError, StoredRelease};

const CHARGE: &str = "INSERT INTO ledger (id, community, release, layer, sensitivity_squared, sigma,
        rho_billionths, domain, code, on_demand, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const LEDGER: &str = "SELECT * FROM ledger WHERE community = $1 ORDER BY seq";
const SAVE: &str = "INSERT INTO release
    (id, community, made_at, on_demand, parameters, cells, neighbourhoods)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const ALL: &str = "SELECT * FROM release WHERE community = $1 ORDER BY made_at DESC, id DESC";
const ONE: &str = "SELECT * FROM release WHERE community = $1 AND id = $2";

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
        .bind(release.neighbourhoods.to_string());
    let (exists, missing) =
        (format!("the release {}", release.id), format!("the community {}", release.community));
    insert.execute(&mut *db).await.map_err(|e| StoreError::refused(e, &exists, &missing))?;
    changes::record(db, &release.community, Changed::Release(release.id)).await
}
