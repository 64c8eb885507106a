//! Invitations.

use async_trait::async_trait;
use engine::CommunityId;
use jiff::Timestamp;
use sqlx::PgConnection;
use uuid::Uuid;

use super::{PgStore, communities};
use crate::store::invitations::{invitation, refusal};
use crate::store::rows::micros;
use crate::store::{Entered, Hash, Invitation, Invitations, Result, StoreError};

const COUNT: &str = "SELECT count(*) FROM invitation WHERE community = $1";
const ADD: &str = "INSERT INTO invitation (id, community, code, uses, used, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const ALL: &str = "SELECT * FROM invitation WHERE community = $1 ORDER BY created_at DESC, id";
const BY_CODE: &str = "SELECT * FROM invitation WHERE community = $1 AND code = $2";
const TAKE: &str = "UPDATE invitation SET used = used + 1
    WHERE community = $1 AND code = $2 AND used < uses AND expires_at > $3";
const DELETE: &str = "DELETE FROM invitation WHERE community = $1 AND id = $2";

#[async_trait]
impl Invitations for PgStore {
    async fn add_invitation(&self, invitation: &Invitation, most: u32) -> Result<bool> {
        let invitation = invitation.clone();
        self.write(move |db| Box::pin(add(db, invitation, most))).await
    }

    async fn invitations(&self, community: &CommunityId) -> Result<Vec<Invitation>> {
        let select = sqlx::query(ALL).bind(community.as_str().to_owned());
        select.fetch_all(&self.pool).await?.iter().map(invitation).collect()
    }

    async fn delete_invitation(&self, community: &CommunityId, id: Uuid) -> Result<bool> {
        let community = community.as_str().to_owned();
        self.write(move |db| {
            Box::pin(async move {
                let delete = sqlx::query(DELETE).bind(community).bind(id);
                Ok(delete.execute(db).await?.rows_affected() > 0)
            })
        })
        .await
    }
}

async fn add(db: &mut PgConnection, new: Invitation, most: u32) -> Result<bool> {
    communities::lock(db, &new.community).await?;
    let community = new.community.as_str().to_owned();
    let count = sqlx::query_scalar::<_, i64>(COUNT).bind(community.clone());
    if count.fetch_one(&mut *db).await? >= i64::from(most) {
        return Ok(false);
    }
    let insert = sqlx::query(ADD)
        .bind(new.id)
        .bind(community)
        .bind(new.code.to_vec())
        .bind(i64::from(new.uses))
        .bind(i64::from(new.used))
        .bind(micros(new.created_at))
        .bind(micros(new.expires_at));
    insert.execute(db).await.map_err(|e| StoreError::refused(e, "the invitation", "the community"))?;
    Ok(true)
}

/// Takes a use of an invitation for somebody who joins.
pub(super) async fn take(
    db: &mut PgConnection,
    community: &CommunityId,
    code: Hash,
    at: Timestamp,
) -> Result<Entered> {
    let community = community.as_str().to_owned();
    let take = sqlx::query(TAKE).bind(community.clone()).bind(code.to_vec()).bind(micros(at));
    if take.execute(&mut *db).await?.rows_affected() > 0 {
        return Ok(Entered::In);
    }
    let row = sqlx::query(BY_CODE).bind(community).bind(code.to_vec()).fetch_optional(db).await?;
    let found = row.as_ref().map(invitation).transpose()?;
    Ok(Entered::Refused(refusal(found.as_ref(), at)))
}
