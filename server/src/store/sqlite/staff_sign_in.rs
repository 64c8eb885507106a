//! Sessions and API tokens of the staff, and how often anyone may try to come in.

use async_trait::async_trait;
use engine::StaffId;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::SqliteStore;
use crate::store::rows::micros;
use crate::store::staff_rows::{api_token, scopes_text, staff_session};
use crate::store::{ApiToken, Hash, Pace, Result, StaffSession, StaffSignIns, StoreError};

const DROP_ENDED: &str = "DELETE FROM staff_session WHERE staff = $1 AND expires_at <= $2";
const OPEN: &str = "INSERT INTO staff_session
    (token, id, staff, device, created_at, seen_at, expires_at, confirmed_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const SESSION: &str = "SELECT * FROM staff_session WHERE token = $1 AND expires_at > $2 AND seen_at > $3";
const SESSIONS: &str = "SELECT * FROM staff_session WHERE staff = $1 AND expires_at > $2 AND seen_at > $3
    ORDER BY created_at DESC, id";
const TOUCH: &str = "UPDATE staff_session SET seen_at = $2 WHERE token = $1 AND seen_at < $2";
const CONFIRM: &str = "UPDATE staff_session SET token = $2, confirmed_at = $3, seen_at = $3 WHERE token = $1";
const CLOSE: &str = "DELETE FROM staff_session WHERE staff = $1 AND id = $2";
const ADD_TOKEN: &str =
    "INSERT INTO staff_token (token, id, staff, scopes, created_at, expires_at, last_used)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const TOKEN: &str = "SELECT * FROM staff_token WHERE token = $1 AND expires_at > $2";
const TOKENS: &str = "SELECT * FROM staff_token WHERE staff = $1 ORDER BY created_at DESC, id";
const TOUCH_TOKEN: &str = "UPDATE staff_token SET last_used = $2 WHERE token = $1";
const REVOKE: &str = "DELETE FROM staff_token WHERE staff = $1 AND id = $2";
const DUE: &str = "SELECT due FROM throttle WHERE key = $1";
const SET_DUE: &str = "INSERT INTO throttle (key, due) VALUES ($1, $2)
    ON CONFLICT (key) DO UPDATE SET due = excluded.due";
const FORGET: &str = "DELETE FROM throttle WHERE due < $1";

#[async_trait]
impl StaffSignIns for SqliteStore {
    async fn open_staff_session(&self, session: &StaffSession) -> Result<()> {
        let session = session.clone();
        self.write(move |db| Box::pin(open(db, session))).await
    }

    async fn staff_session(
        &self,
        token: Hash,
        now: Timestamp,
        idle_since: Timestamp,
    ) -> Result<Option<StaffSession>> {
        let select = sqlx::query(SESSION).bind(token.to_vec()).bind(micros(now)).bind(micros(idle_since));
        select.fetch_optional(&self.readers).await?.as_ref().map(staff_session).transpose()
    }

    async fn staff_sessions(
        &self,
        id: StaffId,
        now: Timestamp,
        idle_since: Timestamp,
    ) -> Result<Vec<StaffSession>> {
        let select = sqlx::query(SESSIONS).bind(id.0).bind(micros(now)).bind(micros(idle_since));
        select.fetch_all(&self.readers).await?.iter().map(staff_session).collect()
    }

    async fn touch_staff_session(&self, token: Hash, at: Timestamp) -> Result<()> {
        self.write(move |db| {
            Box::pin(async move {
                sqlx::query(TOUCH).bind(token.to_vec()).bind(micros(at)).execute(db).await?;
                Ok(())
            })
        })
        .await
    }

    async fn confirm_staff_session(&self, token: Hash, renewed: Hash, at: Timestamp) -> Result<bool> {
        self.write(move |db| {
            Box::pin(async move {
                let update =
                    sqlx::query(CONFIRM).bind(token.to_vec()).bind(renewed.to_vec()).bind(micros(at));
                Ok(update.execute(db).await?.rows_affected() > 0)
            })
        })
        .await
    }

    async fn close_staff_session(&self, staff: StaffId, id: Uuid) -> Result<bool> {
        self.write(move |db| {
            Box::pin(async move {
                let closed = sqlx::query(CLOSE).bind(staff.0).bind(id).execute(db).await?;
                Ok(closed.rows_affected() > 0)
            })
        })
        .await
    }

    async fn add_api_token(&self, token: &ApiToken) -> Result<()> {
        let token = token.clone();
        self.write(move |db| Box::pin(add_token(db, token))).await
    }

    async fn api_token(&self, token: Hash, now: Timestamp) -> Result<Option<ApiToken>> {
        let select = sqlx::query(TOKEN).bind(token.to_vec()).bind(micros(now));
        select.fetch_optional(&self.readers).await?.as_ref().map(api_token).transpose()
    }

    async fn api_tokens(&self, id: StaffId) -> Result<Vec<ApiToken>> {
        sqlx::query(TOKENS).bind(id.0).fetch_all(&self.readers).await?.iter().map(api_token).collect()
    }

    async fn touch_api_token(&self, token: Hash, day: Date) -> Result<()> {
        self.write(move |db| {
            Box::pin(async move {
                sqlx::query(TOUCH_TOKEN).bind(token.to_vec()).bind(day.to_string()).execute(db).await?;
                Ok(())
            })
        })
        .await
    }

    async fn revoke_api_token(&self, staff: StaffId, id: Uuid) -> Result<bool> {
        self.write(move |db| {
            Box::pin(async move {
                let revoked = sqlx::query(REVOKE).bind(staff.0).bind(id).execute(db).await?;
                Ok(revoked.rows_affected() > 0)
            })
        })
        .await
    }

    async fn attempt(&self, key: Hash, pace: Pace, now: Timestamp) -> Result<Option<SignedDuration>> {
        self.write(move |db| Box::pin(attempt(db, key, pace, micros(now)))).await
    }

    async fn wait(&self, key: Hash, pace: Pace, now: Timestamp) -> Result<Option<SignedDuration>> {
        let due = sqlx::query_scalar(DUE).bind(key.to_vec()).fetch_optional(&self.readers).await?;
        Ok(pace.wait(due, micros(now)))
    }
}

async fn open(db: &mut SqliteConnection, session: StaffSession) -> Result<()> {
    let ended = sqlx::query(DROP_ENDED).bind(session.staff.0).bind(micros(session.created_at));
    ended.execute(&mut *db).await?;
    let insert = sqlx::query(OPEN)
        .bind(session.token.to_vec())
        .bind(session.id)
        .bind(session.staff.0)
        .bind(session.device)
        .bind(micros(session.created_at))
        .bind(micros(session.seen_at))
        .bind(micros(session.expires_at))
        .bind(micros(session.confirmed_at));
    insert.execute(db).await.map_err(|e| StoreError::refused(e, "the session", "the account"))?;
    Ok(())
}

async fn add_token(db: &mut SqliteConnection, token: ApiToken) -> Result<()> {
    let insert = sqlx::query(ADD_TOKEN)
        .bind(token.token.to_vec())
        .bind(token.id)
        .bind(token.staff.0)
        .bind(scopes_text(&token.scopes))
        .bind(micros(token.created_at))
        .bind(micros(token.expires_at))
        .bind(token.last_used.map(|day| day.to_string()));
    insert.execute(db).await.map_err(|e| StoreError::refused(e, "the token", "the account"))?;
    Ok(())
}

async fn attempt(
    db: &mut SqliteConnection,
    key: Hash,
    pace: Pace,
    now: i64,
) -> Result<Option<SignedDuration>> {
    // A key whose time has come is as good as none.
    sqlx::query(FORGET).bind(now).execute(&mut *db).await?;
    let due: Option<i64> = sqlx::query_scalar(DUE).bind(key.to_vec()).fetch_optional(&mut *db).await?;
    let wait = pace.wait(due, now);
    if wait.is_none() {
        sqlx::query(SET_DUE).bind(key.to_vec()).bind(pace.next(due, now)).execute(db).await?;
    }
    Ok(wait)
}
