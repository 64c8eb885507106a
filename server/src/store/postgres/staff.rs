//! Accounts of the staff, their roles, one-time links and credentials.

use async_trait::async_trait;
use engine::{CommunityId, StaffId};
use jiff::Timestamp;
use sqlx::PgConnection;

use super::PgStore;
use crate::store::rows::{Columns, micros};
use crate::store::staff_rows::{account, credentials, joined, link};
use crate::store::{Credentials, Hash, NewRole, Result, Role, Staff, StaffAccount, StaffLink, StoreError};

const ADD: &str = "INSERT INTO staff (id, email, totp_step, created_at) VALUES ($1, $2, 0, $3)
    ON CONFLICT (email) DO NOTHING";
const ADD_ROLE: &str = "INSERT INTO staff_role (staff, community, role, added_at)
    SELECT id, $2, $3, $4 FROM staff WHERE email = $1 ON CONFLICT DO NOTHING";
const NAME: &str = "UPDATE staff SET name = $2 WHERE email = $1";
const IS_NAMED: &str = "SELECT 1 FROM staff WHERE email = $1 AND name IS NOT NULL";
const RESEARCHERS: &str = "SELECT s.name FROM staff s JOIN staff_role r ON r.staff = s.id
    WHERE r.community = $1 AND r.role = 'researcher' ORDER BY s.name, s.id";
const WHO: &str = "SELECT id FROM staff WHERE email = $1 FOR UPDATE";
const DROP_ROLE: &str = "DELETE FROM staff_role WHERE staff = $1 AND community = $2 AND role = $3";
const ROLES_LEFT: &str = "SELECT count(*) FROM staff_role WHERE staff = $1";
const FORGET: &str = "UPDATE staff SET password = NULL, totp = NULL WHERE id = $1";
const DROP_TOKENS: &str = "DELETE FROM staff_token WHERE staff = $1";
const BY_ID: &str =
    "SELECT s.id, s.email, s.password IS NOT NULL AS active, s.created_at, r.community, r.role
    FROM staff s JOIN staff_role r ON r.staff = s.id WHERE s.id = $1";
const BY_EMAIL: &str =
    "SELECT s.id, s.email, s.password IS NOT NULL AS active, s.created_at, r.community, r.role
    FROM staff s JOIN staff_role r ON r.staff = s.id WHERE s.email = $1";
const CREDENTIALS: &str = "SELECT password, totp FROM staff WHERE id = $1";
const CODES: &str = "SELECT code FROM staff_recovery WHERE staff = $1 ORDER BY code";
const REHASH: &str = "UPDATE staff SET password = $2 WHERE id = $1 AND password IS NOT NULL";
const DROP_LINKS: &str = "DELETE FROM staff_link WHERE staff = $1";
const ADD_LINK: &str =
    "INSERT INTO staff_link (token, staff, created_at, expires_at) VALUES ($1, $2, $3, $4)";
const LINK: &str = "SELECT * FROM staff_link WHERE token = $1 AND expires_at > $2";
const CHOOSE: &str = "UPDATE staff_link SET password = $3, totp = $4, recovery = $5
    WHERE token = $1 AND expires_at > $2";
const TAKE_LINK: &str = "DELETE FROM staff_link WHERE token = $1 AND expires_at > $2 AND password IS NOT NULL
    RETURNING staff, password, totp, recovery";
const ACTIVATE: &str = "UPDATE staff SET password = $2, totp = $3, totp_step = $4 WHERE id = $1";
const SPEND_STEP: &str = "UPDATE staff SET totp_step = $2 WHERE id = $1 AND totp_step < $2";
const SPEND_CODE: &str = "DELETE FROM staff_recovery WHERE staff = $1 AND code = $2";
const DROP_CODES: &str = "DELETE FROM staff_recovery WHERE staff = $1";
const ADD_CODE: &str = "INSERT INTO staff_recovery (staff, code) VALUES ($1, $2)";
const END_SESSIONS: &str = "DELETE FROM staff_session WHERE staff = $1";

#[async_trait]
impl Staff for PgStore {
    async fn add_role(&self, new: &NewRole) -> Result<StaffAccount> {
        let new = new.clone();
        self.write(move |db| Box::pin(add_role(db, new))).await
    }

    async fn name_staff(&self, email: &str, name: &str) -> Result<bool> {
        let (email, name) = (email.to_owned(), name.to_owned());
        self.write(move |db| {
            Box::pin(async move {
                Ok(sqlx::query(NAME).bind(email).bind(name).execute(db).await?.rows_affected() > 0)
            })
        })
        .await
    }

    async fn is_named(&self, email: &str) -> Result<bool> {
        let select = sqlx::query(IS_NAMED).bind(email.to_owned());
        Ok(select.fetch_optional(&self.pool).await?.is_some())
    }

    async fn researchers(&self, community: &CommunityId) -> Result<Vec<Option<String>>> {
        let select = sqlx::query(RESEARCHERS).bind(community.as_str().to_owned());
        select.fetch_all(&self.pool).await?.iter().map(|row| row.read("name")).collect()
    }

    async fn remove_role(&self, email: &str, community: &CommunityId, role: Role) -> Result<Option<i64>> {
        let (email, community) = (email.to_owned(), community.as_str().to_owned());
        self.write(move |db| Box::pin(remove_role(db, email, community, role))).await
    }

    async fn staff(&self, id: StaffId) -> Result<Option<StaffAccount>> {
        account(&sqlx::query(BY_ID).bind(id.0).fetch_all(&self.pool).await?)
    }

    async fn staff_by_email(&self, email: &str) -> Result<Option<StaffAccount>> {
        account(&sqlx::query(BY_EMAIL).bind(email.to_owned()).fetch_all(&self.pool).await?)
    }

    async fn credentials(&self, id: StaffId) -> Result<Option<Credentials>> {
        let row = sqlx::query(CREDENTIALS).bind(id.0).fetch_optional(&self.pool).await?;
        let Some(row) = row else { return Ok(None) };
        let codes: Vec<Vec<u8>> = sqlx::query_scalar(CODES).bind(id.0).fetch_all(&self.pool).await?;
        credentials(&row, Some(codes.concat()))
    }

    async fn rehash_password(&self, id: StaffId, password: &str) -> Result<()> {
        let password = password.to_owned();
        self.write(move |db| {
            Box::pin(async move {
                sqlx::query(REHASH).bind(id.0).bind(password).execute(db).await?;
                Ok(())
            })
        })
        .await
    }

    async fn put_link(&self, link: &StaffLink) -> Result<()> {
        let link = link.clone();
        self.write(move |db| Box::pin(put_link(db, link))).await
    }

    async fn link(&self, token: Hash, now: Timestamp) -> Result<Option<(StaffLink, Option<Credentials>)>> {
        let select = sqlx::query(LINK).bind(token.to_vec()).bind(micros(now));
        let Some(row) = select.fetch_optional(&self.pool).await? else { return Ok(None) };
        Ok(Some((link(&row)?, credentials(&row, row.read("recovery")?)?)))
    }

    async fn choose_credentials(&self, token: Hash, now: Timestamp, chosen: &Credentials) -> Result<bool> {
        let chosen = chosen.clone();
        self.write(move |db| {
            Box::pin(async move {
                let update = sqlx::query(CHOOSE)
                    .bind(token.to_vec())
                    .bind(micros(now))
                    .bind(chosen.password)
                    .bind(chosen.totp)
                    .bind(joined(&chosen.recovery));
                Ok(update.execute(db).await?.rows_affected() > 0)
            })
        })
        .await
    }

    async fn confirm_credentials(&self, token: Hash, now: Timestamp, step: i64) -> Result<bool> {
        self.write(move |db| Box::pin(confirm(db, token, now, step))).await
    }

    async fn spend_totp_step(&self, id: StaffId, step: i64) -> Result<bool> {
        self.write(move |db| {
            Box::pin(async move {
                let spent = sqlx::query(SPEND_STEP).bind(id.0).bind(step).execute(db).await?;
                Ok(spent.rows_affected() > 0)
            })
        })
        .await
    }

    async fn spend_recovery_code(&self, id: StaffId, code: Hash) -> Result<bool> {
        self.write(move |db| {
            Box::pin(async move {
                let spent = sqlx::query(SPEND_CODE).bind(id.0).bind(code.to_vec()).execute(db).await?;
                Ok(spent.rows_affected() > 0)
            })
        })
        .await
    }

    async fn replace_recovery_codes(&self, id: StaffId, codes: &[Hash]) -> Result<()> {
        let codes = codes.to_vec();
        self.write(move |db| Box::pin(replace_codes(db, id, codes))).await
    }
}

async fn add_role(db: &mut PgConnection, new: NewRole) -> Result<StaffAccount> {
    let add = sqlx::query(ADD).bind(new.id.0).bind(new.email.clone()).bind(micros(new.at));
    add.execute(&mut *db).await?;
    let add = sqlx::query(ADD_ROLE)
        .bind(new.email.clone())
        .bind(new.community.as_str().to_owned())
        .bind(new.role.as_str())
        .bind(micros(new.at));
    let missing = format!("the community {}", new.community);
    add.execute(&mut *db).await.map_err(|e| StoreError::refused(e, "the role", &missing))?;
    let rows = sqlx::query(BY_EMAIL).bind(new.email.clone()).fetch_all(db).await?;
    account(&rows)?.ok_or_else(|| StoreError::Missing(format!("the account {}", new.email)))
}

async fn remove_role(
    db: &mut PgConnection,
    email: String,
    community: String,
    role: Role,
) -> Result<Option<i64>> {
    let Some(row) = sqlx::query(WHO).bind(email).fetch_optional(&mut *db).await? else { return Ok(None) };
    let id = StaffId(row.read("id")?);
    let drop = sqlx::query(DROP_ROLE).bind(id.0).bind(community).bind(role.as_str());
    if drop.execute(&mut *db).await?.rows_affected() == 0 {
        return Ok(None);
    }
    let left: i64 = sqlx::query_scalar(ROLES_LEFT).bind(id.0).fetch_one(&mut *db).await?;
    if left == 0 {
        for forget in [FORGET, DROP_CODES, DROP_LINKS, END_SESSIONS, DROP_TOKENS] {
            sqlx::query(forget).bind(id.0).execute(&mut *db).await?;
        }
    }
    Ok(Some(left))
}

async fn put_link(db: &mut PgConnection, link: StaffLink) -> Result<()> {
    sqlx::query(DROP_LINKS).bind(link.staff.0).execute(&mut *db).await?;
    let add = sqlx::query(ADD_LINK)
        .bind(link.token.to_vec())
        .bind(link.staff.0)
        .bind(micros(link.created_at))
        .bind(micros(link.expires_at));
    add.execute(db).await.map_err(|e| StoreError::refused(e, "the link", "the account"))?;
    Ok(())
}

async fn confirm(db: &mut PgConnection, token: Hash, now: Timestamp, step: i64) -> Result<bool> {
    let take = sqlx::query(TAKE_LINK).bind(token.to_vec()).bind(micros(now));
    let Some(row) = take.fetch_optional(&mut *db).await? else { return Ok(false) };
    let Some(chosen) = credentials(&row, row.read("recovery")?)? else { return Ok(false) };
    let id = StaffId(row.read("staff")?);
    let activate = sqlx::query(ACTIVATE).bind(id.0).bind(chosen.password).bind(chosen.totp).bind(step);
    activate.execute(&mut *db).await?;
    replace_codes(db, id, chosen.recovery).await?;
    sqlx::query(END_SESSIONS).bind(id.0).execute(db).await?;
    Ok(true)
}

async fn replace_codes(db: &mut PgConnection, id: StaffId, codes: Vec<Hash>) -> Result<()> {
    sqlx::query(DROP_CODES).bind(id.0).execute(&mut *db).await?;
    for code in codes {
        sqlx::query(ADD_CODE).bind(id.0).bind(code.to_vec()).execute(&mut *db).await?;
    }
    Ok(())
}
