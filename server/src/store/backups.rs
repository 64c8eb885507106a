//! Everything in a database as rows that either engine can take up again, and what was erased since.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use sha2::{Digest as _, Sha256};

use super::rows::damaged;
use super::{Erasure, Hash, Result};

/// Tables that no backup has: what moves on by itself, and sign-ins, so that a backup signs nobody in again.
pub(super) const LEFT_OUT: [&str; 4] = ["change", "throttle", "session", "staff_session"];

/// A value of a column, the same whichever engine it comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// Nothing.
    Null,
    /// A whole number, or yes (1) and no (0).
    Whole(i64),
    /// Words; also a number with a fraction, in the shortest digits that are exactly it, and bytes in hexadecimal.
    Text(String),
}

/// A row of a table: its values by column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Which table.
    pub table: String,
    /// The values.
    pub values: Vec<(String, Value)>,
}

impl Row {
    /// The entry of the erasure ledger that the row is; `None` when it is none.
    pub fn as_erasure(&self) -> Option<Erasure> {
        let (Value::Text(erased), Value::Whole(at)) = (self.value("erased")?, self.value("at")?) else {
            return None;
        };
        let erased = data_encoding::HEXLOWER.decode(erased.as_bytes()).ok()?.try_into().ok()?;
        Some(Erasure { erased, at: jiff::Timestamp::from_microsecond(*at).ok()? })
    }

    /// The SHA-256 of a participant's id, and a release that they entered; `None` for another row.
    pub(super) fn as_entry(&self) -> Option<(Hash, uuid::Uuid)> {
        let (Value::Text(participant), Value::Text(release)) =
            (self.value("participant")?, self.value("release")?)
        else {
            return None;
        };
        let bytes = |text: &str| data_encoding::HEXLOWER.decode(text.as_bytes()).ok();
        Some((bytes(participant)?.try_into().ok()?, uuid::Uuid::from_slice(&bytes(release)?).ok()?))
    }

    fn value(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(column, _)| column == name).map(|(_, value)| value)
    }

    fn community(&self) -> Option<&Value> {
        self.value(if self.table == "community" { "id" } else { "community" })
    }
}

/// What a restore must not forget, whichever backup it is of: who was erased, and what the privacy budget was spent
/// on (the ledger, its releases with their recalls, and how many of them each participant entered).
pub(super) const NEVER_FORGOTTEN: [&str; 6] =
    ["community", "erasure", "ledger", "release", "recall", ENTRIES];
const ENTRIES: &str = "release_entry";

/// The rows of [`NEVER_FORGOTTEN`] tables as they are kept apart from a backup: communities only as far as something
/// was charged or released there, participants as hashes.
pub(super) fn never_forgotten(rows: Vec<Row>) -> Vec<Row> {
    let spent = ["ledger", "release"];
    let communities: Vec<Value> = rows
        .iter()
        .filter(|row| spent.contains(&row.table.as_str()))
        .filter_map(|row| row.community().cloned())
        .collect();
    rows.into_iter()
        .filter(|row| row.table != "community" || row.community().is_some_and(|id| communities.contains(id)))
        .map(|mut row| {
            if row.table == ENTRIES {
                for (_, value) in row.values.iter_mut().filter(|(column, _)| column == "participant") {
                    *value = hashed(value);
                }
            }
            row
        })
        .collect()
}

/// What a whole backup, or one of what no restore may forget, has of the latter.
///
/// # Errors
/// When a row cannot be read.
pub fn never_forgotten_of(rows: Source) -> std::io::Result<Vec<Row>> {
    let mut kept = Vec::new();
    for row in rows {
        let row = row?;
        if NEVER_FORGOTTEN.contains(&row.table.as_str()) {
            kept.push(row);
        }
    }
    Ok(never_forgotten(kept))
}

/// The hash of a participant's id; a hash stays as it is.
fn hashed(id: &Value) -> Value {
    let bytes = match id {
        Value::Text(hex) => data_encoding::HEXLOWER.decode(hex.as_bytes()).unwrap_or_default(),
        _ => Vec::new(),
    };
    if bytes.len() == size_of::<Hash>() {
        return id.clone();
    }
    Value::Text(crate::texts::hex(&Sha256::digest(bytes)))
}

/// Rows of [`Backups::never_forgotten`] in the order in which they are taken up again.
pub(super) struct Newer {
    /// Who was erased.
    pub(super) erasures: Vec<Erasure>,
    /// Rows as they are in their tables: communities, then releases, then what refers to them. Without their
    /// place in the order, which is behind what is there.
    pub(super) rows: Vec<Row>,
    /// Who entered which release.
    pub(super) entries: Vec<(Hash, uuid::Uuid)>,
}

impl Newer {
    /// Sorts them.
    ///
    /// # Errors
    /// [`super::StoreError::Damaged`] for a row that is none of those.
    pub(super) fn of(kept: Vec<Row>) -> Result<Self> {
        let mut newer = Self { erasures: Vec::new(), rows: Vec::new(), entries: Vec::new() };
        for mut row in kept {
            let unreadable = || damaged("backup", &format!("a row of {} cannot be read", row.table));
            match row.table.as_str() {
                "erasure" => newer.erasures.push(row.as_erasure().ok_or_else(unreadable)?),
                ENTRIES => newer.entries.push(row.as_entry().ok_or_else(unreadable)?),
                "community" | "release" | "recall" | "ledger" => {
                    row.values.retain(|(column, _)| column != "seq");
                    newer.rows.push(row);
                }
                other => return Err(damaged("backup", &format!("{other} is not kept apart"))),
            }
        }
        let order = ["community", "release", "recall", "ledger"];
        newer.rows.sort_by_key(|row| order.iter().position(|table| *table == row.table));
        Ok(newer)
    }
}

/// What a restore did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Restored {
    /// Rows of the backup.
    pub rows: u64,
    /// People and what was theirs that were erased since and were erased again.
    pub erased: u64,
    /// Entries of the privacy ledger that were charged since.
    pub charged: u64,
    /// Releases made since.
    pub released: u64,
    /// Recalls since.
    pub recalled: u64,
    /// How often somebody entered a release since.
    pub entered: u64,
}

impl Restored {
    /// Counts a row that was taken up.
    pub(super) fn count(&mut self, table: &str, new: u64) {
        match table {
            "ledger" => self.charged += new,
            "release" => self.released += new,
            "recall" => self.recalled += new,
            _ => {}
        }
    }
}

/// Where rows go to; an error stops the reading.
pub type Sink<'a> = &'a mut (dyn FnMut(Row) -> std::io::Result<()> + Send);
/// Where rows come from.
pub type Source = Box<dyn Iterator<Item = std::io::Result<Row>> + Send>;

/// Backups.
#[async_trait]
pub trait Backups {
    /// Reads every row at one moment, whatever is written meanwhile, in an order in which they can be written
    /// again; how many there are.
    async fn dump(&self, sink: Sink<'_>) -> Result<u64>;
    /// What a restore of an older backup must not forget: the erasure ledger, the privacy ledger, releases, recalls,
    /// and who entered which release, by hashes.
    async fn never_forgotten(&self) -> Result<Vec<Row>>;
    /// Writes the rows of a backup into a database that is empty, adds what is newer and must not be forgotten (see
    /// [`Backups::never_forgotten`]), and erases whatever the erasure ledger names and is here all the same. All or
    /// nothing.
    ///
    /// # Errors
    /// [`super::StoreError::Exists`] when it has a community already; [`super::StoreError::Damaged`] for a row of
    /// a table or a column that is not known here.
    async fn load(&self, rows: Source, newer: Vec<Row>) -> Result<Restored>;
    /// How much is here that the erasure ledger names: nothing, unless a restore went wrong.
    async fn erased_but_here(&self) -> Result<u64>;
    /// Lets go of the database.
    async fn close(&self);
    /// The erasure ledger.
    async fn erasures(&self) -> Result<Vec<Erasure>>;
}

/// What kind of values a column has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Whole,
    Flag,
    Real,
    Text,
    Json,
    Bytes,
    Uuid,
}

impl Kind {
    /// The kind of a type's name, as either engine calls it.
    pub(super) fn of(name: &str) -> Option<Self> {
        Some(match name.to_ascii_lowercase().as_str() {
            "integer" | "bigint" => Self::Whole,
            "boolean" => Self::Flag,
            "real" | "double precision" => Self::Real,
            "text" => Self::Text,
            "json" | "jsonb" => Self::Json,
            "blob" | "bytea" => Self::Bytes,
            "uuid" => Self::Uuid,
            _ => return None,
        })
    }
}

/// A number with a fraction as text.
pub(super) fn real_text(number: Option<f64>) -> Value {
    number.map_or(Value::Null, |n| Value::Text(format!("{n:?}")))
}

/// Bytes as text.
pub(super) fn bytes_text(bytes: Option<Vec<u8>>) -> Value {
    bytes.map_or(Value::Null, |bytes| Value::Text(crate::texts::hex(&bytes)))
}

/// A value on its way into a column.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Bound {
    Whole(Option<i64>),
    Real(Option<f64>),
    Text(Option<String>),
    Bytes(Option<Vec<u8>>),
}

/// What goes into a column of a kind; `None` for what does not fit it.
pub(super) fn bound(kind: Kind, value: Value) -> Option<Bound> {
    Some(match (kind, value) {
        (Kind::Whole | Kind::Flag, Value::Null) => Bound::Whole(None),
        (Kind::Whole | Kind::Flag, Value::Whole(n)) => Bound::Whole(Some(n)),
        (Kind::Real, Value::Null) => Bound::Real(None),
        (Kind::Real, Value::Text(text)) => Bound::Real(Some(text.parse().ok()?)),
        (Kind::Text | Kind::Json, Value::Null) => Bound::Text(None),
        (Kind::Text | Kind::Json, Value::Text(text)) => Bound::Text(Some(text)),
        (Kind::Bytes | Kind::Uuid, Value::Null) => Bound::Bytes(None),
        (Kind::Bytes | Kind::Uuid, Value::Text(text)) => {
            Bound::Bytes(Some(data_encoding::HEXLOWER.decode(text.as_bytes()).ok()?))
        }
        _ => return None,
    })
}
