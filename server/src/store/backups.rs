//! Everything in a database as rows that either engine can take up again, and what was erased since.

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{Erasure, Result};

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
        let of = |name: &str| self.values.iter().find(|(column, _)| column == name).map(|(_, value)| value);
        let (Value::Text(erased), Value::Whole(at)) = (of("erased")?, of("at")?) else { return None };
        let erased = data_encoding::HEXLOWER.decode(erased.as_bytes()).ok()?.try_into().ok()?;
        Some(Erasure { erased, at: jiff::Timestamp::from_microsecond(*at).ok()? })
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
    /// Writes rows into a database that is empty, all or nothing; how many there were.
    ///
    /// # Errors
    /// [`super::StoreError::Exists`] when it has a community already; [`super::StoreError::Damaged`] for a row of
    /// a table or a column that is not known here.
    async fn load(&self, rows: Source) -> Result<u64>;
    /// How much is here that the erasure ledger names: nothing, unless a restore went wrong.
    async fn erased_but_here(&self) -> Result<u64>;
    /// Lets go of the database.
    async fn close(&self);
    /// The erasure ledger.
    async fn erasures(&self) -> Result<Vec<Erasure>>;
    /// Adds these to the erasure ledger, and erases whatever it names and is here all the same; how much that was.
    async fn erase_again(&self, erasures: &[Erasure]) -> Result<u64>;
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
