//! From the rows about staff and the access log to the records and back.

use engine::StaffId;
use jiff::civil::Date;

use super::access_log::Entry;
use super::rows::{Columns, community_id, damaged, hash, instant};
use super::{
    AccessRow, ApiToken, Credentials, Hash, Result, Role, Scope, StaffAccount, StaffLink, StaffSession,
};

/// An account from the rows of its join with its roles: at least one row, as an account has a role.
pub(super) fn account<R: Columns>(rows: &[R]) -> Result<Option<StaffAccount>> {
    let Some(first) = rows.first() else { return Ok(None) };
    let role = |row: &R| {
        let name: String = row.read("role")?;
        let role = Role::parse(&name).ok_or_else(|| damaged("role", &format!("is the unknown {name}")))?;
        Ok((community_id(row, "community")?, role))
    };
    let mut roles = rows.iter().map(role).collect::<Result<Vec<_>>>()?;
    roles.sort();
    Ok(Some(StaffAccount {
        id: StaffId(first.read("id")?),
        email: first.read("email")?,
        active: first.read("active")?,
        created_at: instant(first, "created_at")?,
        roles,
    }))
}

/// A one-time link.
pub(super) fn link(row: &impl Columns) -> Result<StaffLink> {
    Ok(StaffLink {
        token: hash(row, "token")?,
        staff: StaffId(row.read("staff")?),
        created_at: instant(row, "created_at")?,
        expires_at: instant(row, "expires_at")?,
    })
}

/// Credentials, if the row has any; `recovery` holds the codes one behind the other.
pub(super) fn credentials(row: &impl Columns, recovery: Option<Vec<u8>>) -> Result<Option<Credentials>> {
    let (Some(password), Some(totp)) =
        (row.read::<Option<String>>("password")?, row.read::<Option<Vec<u8>>>("totp")?)
    else {
        return Ok(None);
    };
    Ok(Some(Credentials { password, totp, recovery: codes(&recovery.unwrap_or_default())? }))
}

/// Hashes one behind the other.
pub(super) fn joined(codes: &[Hash]) -> Vec<u8> {
    codes.concat()
}

/// What [`joined`] joined.
pub(super) fn codes(joined: &[u8]) -> Result<Vec<Hash>> {
    let (codes, rest) = joined.as_chunks::<32>();
    if rest.is_empty() { Ok(codes.to_vec()) } else { Err(damaged("recovery code", &"is cut off")) }
}

/// A session of the staff.
pub(super) fn staff_session(row: &impl Columns) -> Result<StaffSession> {
    Ok(StaffSession {
        token: hash(row, "token")?,
        id: row.read("id")?,
        staff: StaffId(row.read("staff")?),
        device: row.read("device")?,
        created_at: instant(row, "created_at")?,
        seen_at: instant(row, "seen_at")?,
        expires_at: instant(row, "expires_at")?,
        confirmed_at: instant(row, "confirmed_at")?,
    })
}

/// The scopes, separated by commas.
pub(super) fn scopes_text(scopes: &[Scope]) -> String {
    scopes.iter().map(|scope| scope.as_str()).collect::<Vec<_>>().join(",")
}

/// An API token.
pub(super) fn api_token(row: &impl Columns) -> Result<ApiToken> {
    let scopes: String = row.read("scopes")?;
    let scope = |name| Scope::parse(name).ok_or_else(|| damaged("scope", &format!("is the unknown {name}")));
    let last_used: Option<String> = row.read("last_used")?;
    let day = |text: String| text.parse::<Date>().map_err(|e| damaged("day", &e));
    Ok(ApiToken {
        token: hash(row, "token")?,
        id: row.read("id")?,
        staff: StaffId(row.read("staff")?),
        scopes: scopes.split(',').filter(|name| !name.is_empty()).map(scope).collect::<Result<_>>()?,
        created_at: instant(row, "created_at")?,
        expires_at: instant(row, "expires_at")?,
        last_used: last_used.map(day).transpose()?,
    })
}

/// A row of the access log.
pub(super) fn access_row(row: &impl Columns) -> Result<AccessRow> {
    Ok(AccessRow {
        seq: row.read("seq")?,
        at: instant(row, "at")?,
        staff: StaffId(row.read("staff")?),
        who: row.read("who")?,
        what: row.read("what")?,
        places: row.read("places")?,
        entries: hash(row, "entries")?,
        previous: hash(row, "previous")?,
        hash: hash(row, "hash")?,
    })
}

/// An entry of the access log.
pub(super) fn entry(row: &impl Columns) -> Result<Entry> {
    Ok((hash(row, "owner")?, hash(row, "place")?))
}
