//! Everything as rows, and rows as everything.

use std::collections::HashMap;

use async_trait::async_trait;
use engine::ParticipantId;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, PgConnection, Row as _};

use super::{PgStore, participants};
use crate::store::backups::{
    Bound, Kind, LEFT_OUT, NEVER_FORGOTTEN, Newer, Restored, Row, Sink, Source, Value, bound, bytes_text,
    never_forgotten, real_text,
};
use crate::store::rows::{Columns, damaged, hash, instant};
use crate::store::{Backups, Erasure, Hash, Result, StoreError};

const COLUMNS: &str = "SELECT c.relname::text AS t, a.attname::text AS c, format_type(a.atttypid, NULL) AS k
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname NOT LIKE '!_sqlx%' ESCAPE '!'
        AND a.attnum > 0 AND NOT a.attisdropped
    ORDER BY c.oid, a.attnum";
const ONE_MOMENT: &str = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY";
const ANY: &str = "SELECT count(*) FROM community";
const ERASURES: &str = "SELECT erased, at FROM erasure ORDER BY at, erased";
const PARTICIPANTS: &str = "SELECT id FROM participant";
const ENTER: &str = "INSERT INTO release_entry (participant, release) VALUES ($1, $2) ON CONFLICT DO NOTHING";
/// What is erased by itself: its ids, and how one goes.
const PARTS: [(&str, &str); 3] = [
    ("SELECT id FROM diary", "DELETE FROM diary WHERE id = $1"),
    ("SELECT id FROM photo", "DELETE FROM photo WHERE id = $1"),
    ("SELECT id FROM place", "DELETE FROM place WHERE id = $1"),
];

type Table = (String, Vec<(String, Kind)>);

/// The tables with their columns, each after those that it refers to.
async fn tables(db: &mut PgConnection) -> Result<Vec<Table>> {
    let mut tables: Vec<Table> = Vec::new();
    for row in sqlx::query(COLUMNS).fetch_all(db).await? {
        let (table, column, kind): (String, String, String) =
            (row.read("t")?, row.read("c")?, row.read("k")?);
        if LEFT_OUT.contains(&table.as_str()) {
            continue;
        }
        let kind =
            Kind::of(&kind).ok_or_else(|| damaged("column", &format!("{table}.{column} is a {kind}")))?;
        match tables.last_mut() {
            Some((last, columns)) if *last == table => columns.push((column, kind)),
            _ => tables.push((table, vec![(column, kind)])),
        }
    }
    Ok(tables)
}

fn failed(error: &std::io::Error) -> StoreError {
    damaged("backup", error)
}

#[async_trait]
impl Backups for PgStore {
    async fn dump(&self, sink: Sink<'_>) -> Result<u64> {
        let mut db = self.pool.begin().await?;
        sqlx::query(ONE_MOMENT).execute(&mut *db).await?;
        read(&mut db, |_| true, sink).await
    }

    async fn never_forgotten(&self) -> Result<Vec<Row>> {
        let mut db = self.pool.begin().await?;
        sqlx::query(ONE_MOMENT).execute(&mut *db).await?;
        let mut rows = Vec::new();
        let sink = &mut |row| {
            rows.push(row);
            Ok(())
        };
        read(&mut db, |table| NEVER_FORGOTTEN.contains(&table), sink).await?;
        Ok(never_forgotten(rows))
    }

    async fn load(&self, rows: Source, newer: Vec<Row>) -> Result<Restored> {
        let newer = Newer::of(newer)?;
        self.write(move |db| Box::pin(restore(db, rows, newer))).await
    }

    async fn erased_but_here(&self) -> Result<u64> {
        let mut db = self.pool.acquire().await?;
        Ok(u64::try_from(found(&mut db).await?.len()).unwrap_or(u64::MAX))
    }

    async fn close(&self) {
        self.pool.close().await;
    }

    async fn erasures(&self) -> Result<Vec<Erasure>> {
        let rows = sqlx::query(ERASURES).fetch_all(&self.pool).await?;
        rows.iter().map(|row| Ok(Erasure { erased: hash(row, "erased")?, at: instant(row, "at")? })).collect()
    }
}

/// Reads the rows of the wanted tables.
async fn read(db: &mut PgConnection, wanted: impl Fn(&str) -> bool + Send, sink: Sink<'_>) -> Result<u64> {
    let mut count = 0;
    let wanted = tables(&mut *db).await?.into_iter().filter(|(table, _)| wanted(table));
    for (table, columns) in wanted {
        let names: Vec<_> = columns.iter().map(|(column, kind)| read_as(column, *kind)).collect();
        let ordered = columns.iter().any(|(column, _)| column == "seq");
        let order = if ordered { " ORDER BY seq" } else { "" };
        let select = format!("SELECT {} FROM \"{table}\"{order}", names.join(", "));
        // Page by page would not be one moment; a table is what fits into memory anyway.
        for row in sqlx::query(AssertSqlSafe(select)).fetch_all(&mut *db).await? {
            let mut values = Vec::with_capacity(columns.len());
            for (i, (column, kind)) in columns.iter().enumerate() {
                let value = match kind {
                    Kind::Whole | Kind::Flag => {
                        row.try_get::<Option<i64>, _>(i)?.map_or(Value::Null, Value::Whole)
                    }
                    Kind::Real => real_text(row.try_get(i)?),
                    Kind::Text | Kind::Json => {
                        row.try_get::<Option<String>, _>(i)?.map_or(Value::Null, Value::Text)
                    }
                    Kind::Bytes | Kind::Uuid => bytes_text(row.try_get(i)?),
                };
                values.push((column.clone(), value));
            }
            sink(Row { table: table.clone(), values }).map_err(|e| failed(&e))?;
            count += 1;
        }
    }
    Ok(count)
}

/// Loads a backup, then what is newer, then erases again.
async fn restore(db: &mut PgConnection, rows: Source, newer: Newer) -> Result<Restored> {
    let (tables, rows) = load(db, rows).await?;
    let mut restored = Restored { rows, ..Restored::default() };
    let known = known(&tables);
    for row in newer.rows {
        let table = row.table.clone();
        restored.count(&table, insert(db, &known, row, " ON CONFLICT DO NOTHING").await?);
    }
    restored.entered = enter(db, &newer.entries).await?;
    restored.erased = erase_again(db, newer.erasures).await?;
    Ok(restored)
}

/// Into an empty database; its tables, and how many rows there were.
async fn load(db: &mut PgConnection, rows: Source) -> Result<(Vec<Table>, u64)> {
    if sqlx::query_scalar::<_, i64>(ANY).fetch_one(&mut *db).await? > 0 {
        return Err(StoreError::Exists("a community in the database".to_owned()));
    }
    let tables = tables(db).await?;
    let known = known(&tables);
    let mut count = 0;
    for row in rows {
        count += insert(db, &known, row.map_err(|e| failed(&e))?, "").await?;
    }
    for (table, columns) in &tables {
        if columns.iter().any(|(column, _)| column == "seq") {
            let go_on = format!(
                "SELECT setval(s, (SELECT coalesce(max(seq), 0) + 1 FROM \"{table}\"), false)
                FROM (SELECT pg_get_serial_sequence('{table}', 'seq') AS s) found WHERE s IS NOT NULL"
            );
            sqlx::query(AssertSqlSafe(go_on)).execute(&mut *db).await?;
        }
    }
    Ok((tables, count))
}

type Known<'a> = HashMap<&'a str, HashMap<&'a str, Kind>>;

fn known(tables: &[Table]) -> Known<'_> {
    tables
        .iter()
        .map(|(table, columns)| (table.as_str(), columns.iter().map(|(c, k)| (c.as_str(), *k)).collect()))
        .collect()
}

/// Inserts a row; how many that made.
async fn insert(db: &mut PgConnection, known: &Known<'_>, row: Row, conflict: &str) -> Result<u64> {
    let Row { table, values } = row;
    let unknown = |what: &str| damaged("backup", &format!("{what} is not known here"));
    let (table, columns) = known.get_key_value(table.as_str()).ok_or_else(|| unknown(&table))?;
    let (mut names, mut marks, mut bounds) = (Vec::new(), Vec::new(), Vec::new());
    for (column, value) in values {
        // Only names that the schema itself knows become part of a statement.
        let (name, kind) =
            columns.get_key_value(column.as_str()).ok_or_else(|| unknown(&format!("{table}.{column}")))?;
        marks.push(mark(*kind, names.len() + 1));
        names.push(format!("\"{name}\""));
        bounds.push(
            bound(*kind, value)
                .ok_or_else(|| damaged("backup", &format!("{table}.{column} does not fit")))?,
        );
    }
    let insert = format!(
        "INSERT INTO \"{table}\" ({}) OVERRIDING SYSTEM VALUE VALUES ({}){conflict}",
        names.join(", "),
        marks.join(", ")
    );
    let mut insert = sqlx::query(AssertSqlSafe(insert));
    for bound in bounds {
        insert = match bound {
            Bound::Whole(n) => insert.bind(n),
            Bound::Real(n) => insert.bind(n),
            Bound::Text(text) => insert.bind(text),
            Bound::Bytes(bytes) => insert.bind(bytes),
        };
    }
    Ok(insert.execute(&mut *db).await?.rows_affected())
}

/// Notes who entered which release, as far as they are here.
async fn enter(db: &mut PgConnection, entries: &[(Hash, uuid::Uuid)]) -> Result<u64> {
    let mut people = HashMap::new();
    for id in sqlx::query_scalar::<_, uuid::Uuid>(PARTICIPANTS).fetch_all(&mut *db).await? {
        let hash: Hash = Sha256::digest(id.as_bytes()).into();
        people.insert(hash, id);
    }
    let mut new = 0;
    for (participant, release) in entries {
        if let Some(id) = people.get(participant) {
            new += sqlx::query(ENTER).bind(id).bind(release).execute(&mut *db).await?.rows_affected();
        }
    }
    Ok(new)
}

/// How a column of a kind is read.
fn read_as(column: &str, kind: Kind) -> String {
    match kind {
        Kind::Whole => format!("\"{column}\"::bigint"),
        Kind::Flag => format!("\"{column}\"::int::bigint"),
        Kind::Text | Kind::Json => format!("\"{column}\"::text"),
        Kind::Uuid => format!("uuid_send(\"{column}\")"),
        Kind::Real | Kind::Bytes => format!("\"{column}\""),
    }
}

/// How a value of a kind stands in a statement.
fn mark(kind: Kind, n: usize) -> String {
    match kind {
        Kind::Whole => format!("${n}::bigint"),
        Kind::Flag => format!("${n}::bigint::int::boolean"),
        Kind::Real => format!("${n}::float8"),
        Kind::Text => format!("${n}::text"),
        Kind::Json => format!("${n}::text::jsonb"),
        Kind::Bytes => format!("${n}::bytea"),
        Kind::Uuid => format!("encode(${n}::bytea, 'hex')::uuid"),
    }
}

/// What the erasure ledger names and is here, with how it goes; people have no statement of their own.
async fn found(db: &mut PgConnection) -> Result<Vec<(uuid::Uuid, Erasure, Option<&'static str>)>> {
    let mut ledger = HashMap::new();
    for row in &sqlx::query(ERASURES).fetch_all(&mut *db).await? {
        ledger.insert(hash(row, "erased")?, instant(row, "at")?);
    }
    let mut found = Vec::new();
    let people = std::iter::once((PARTICIPANTS, None));
    for (ids, delete) in people.chain(PARTS.map(|(ids, delete)| (ids, Some(delete)))) {
        for id in sqlx::query_scalar::<_, uuid::Uuid>(ids).fetch_all(&mut *db).await? {
            let erased: [u8; 32] = Sha256::digest(id.as_bytes()).into();
            if let Some(at) = ledger.get(&erased) {
                found.push((id, Erasure { erased, at: *at }, delete));
            }
        }
    }
    Ok(found)
}

async fn erase_again(db: &mut PgConnection, erasures: Vec<Erasure>) -> Result<u64> {
    for erasure in erasures {
        participants::record_erasure(db, erasure).await?;
    }
    let mut gone = 0;
    for (id, erasure, delete) in found(db).await? {
        gone += match delete {
            None => u64::from(participants::withdraw(db, ParticipantId(id), erasure).await?.is_some()),
            Some(delete) => sqlx::query(delete).bind(id).execute(&mut *db).await?.rows_affected(),
        };
    }
    Ok(gone)
}
