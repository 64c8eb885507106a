//! GeoPackage 1.3 (OGC 12-128r17): features with an R-tree, the codebook as metadata, descriptions of columns.

use std::path::Path;

use geo::{BoundingRect as _, Geometry, Rect};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, SqliteConnection, query};

use super::wkb::wkb;
use super::{Cell, Column, ExportError, Kind, Row, Shapes, Table, codebook, codebook_text};

const SCHEMA: &str = include_str!("gpkg.sql");

/// Writes a table into a new or empty file.
pub(super) async fn write(table: Table, path: &Path) -> Result<(), ExportError> {
    let mut db = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Off)
        .synchronous(SqliteSynchronous::Off)
        // "GPKG" and the version, 1.3.0.
        .pragma("application_id", "1196444487")
        .pragma("user_version", "10300")
        .connect()
        .await?;
    let mut tx = db.begin().await?;
    sqlx::raw_sql(SCHEMA).execute(&mut *tx).await?;
    describe(&mut tx, &table).await?;
    features(&mut tx, table).await?;
    tx.commit().await?;
    db.close().await?;
    Ok(())
}

/// A statement made of a table's and its columns' names, which are constants of this program.
fn ours(sql: String) -> AssertSqlSafe<String> {
    AssertSqlSafe(sql)
}

fn instant(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
}

/// Everything but the features: what stands where, and what it means.
async fn describe(tx: &mut SqliteConnection, table: &Table) -> Result<(), sqlx::Error> {
    let (name, about) = (table.name, &table.about);
    let shapes = match table.shapes {
        Shapes::Points => "POINT",
        Shapes::Areas => "MULTIPOLYGON",
        Shapes::Mixed => "GEOMETRY",
    };
    let columns: Vec<_> = table.columns.iter().map(|c| format!(", \"{}\" {}", c.name, sql_type(c))).collect();
    let columns = columns.concat();
    let create = format!(
        "CREATE TABLE \"{name}\" (\"fid\" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, \"geom\" {shapes}{columns})"
    );
    query(ours(create)).execute(&mut *tx).await?;
    let made_at = instant(about.made_at);
    query(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
        VALUES ($1, 'features', $1, $2, $3, 4326)",
    )
    .bind(name)
    .bind(about.citation())
    .bind(&made_at)
    .execute(&mut *tx)
    .await?;
    query("INSERT INTO gpkg_geometry_columns VALUES ($1, 'geom', $2, 4326, 0, 0)")
        .bind(name)
        .bind(shapes)
        .execute(&mut *tx)
        .await?;
    query(
        "INSERT INTO gpkg_extensions VALUES ($1, 'geom', 'gpkg_rtree_index',
        'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
    )
    .bind(name)
    .execute(&mut *tx)
    .await?;
    for column in &table.columns {
        let text = column.unit.map_or(column.text.to_owned(), |unit| format!("{} [{unit}]", column.text));
        query("INSERT INTO gpkg_data_columns (table_name, column_name, description) VALUES ($1, $2, $3)")
            .bind(name)
            .bind(column.name)
            .bind(text)
            .execute(&mut *tx)
            .await?;
    }
    let books =
        [(1, "application/json", codebook(table).to_string()), (2, "text/markdown", codebook_text(table))];
    for (id, media_type, text) in books {
        query("INSERT INTO gpkg_metadata VALUES ($1, 'dataset', 'https://www.rfc-editor.org/rfc/rfc8259', $2, $3)")
            .bind(id)
            .bind(media_type)
            .bind(text)
            .execute(&mut *tx)
            .await?;
        query("INSERT INTO gpkg_metadata_reference VALUES ('table', $1, NULL, NULL, $2, $3, NULL)")
            .bind(name)
            .bind(&made_at)
            .bind(id)
            .execute(&mut *tx)
            .await?;
    }
    Ok(())
}

fn sql_type(column: &Column) -> &'static str {
    match column.kind {
        Kind::Text | Kind::List | Kind::Json => "TEXT",
        Kind::Whole => "INTEGER",
        Kind::Real => "DOUBLE",
        Kind::Flag => "BOOLEAN",
        Kind::Instant => "DATETIME",
        Kind::Day => "DATE",
    }
}

async fn features(tx: &mut SqliteConnection, table: Table) -> Result<(), sqlx::Error> {
    let Table { name, columns, rows, .. } = table;
    let names = columns.iter().map(|c| format!(", \"{}\"", c.name)).collect::<Vec<_>>().concat();
    let values = (3..columns.len() + 3).map(|n| format!(", ${n}")).collect::<Vec<_>>().concat();
    let insert = format!("INSERT INTO \"{name}\" (\"fid\", \"geom\"{names}) VALUES ($1, $2{values})");
    let tree = format!("rtree_{name}_geom");
    let indexed = format!("INSERT INTO \"{tree}\" VALUES ($1, $2, $3, $4, $5)");
    let create = format!("CREATE VIRTUAL TABLE \"{tree}\" USING rtree(id, minx, maxx, miny, maxy)");
    query(ours(create)).execute(&mut *tx).await?;
    let mut extent: Option<Rect> = None;
    for (fid, row) in (1_i64..).zip(rows) {
        let bounds = row.geometry.as_ref().and_then(Geometry::bounding_rect);
        let mut statement = query(ours(insert.clone())).bind(fid).bind(geometry(&row, bounds));
        for (column, cell) in columns.iter().zip(row.cells) {
            statement = match cell {
                Cell::Whole(n) => statement.bind(n),
                Cell::Real(n) => statement.bind(n),
                Cell::Flag(yes) => statement.bind(yes),
                Cell::Text(text) if column.kind == Kind::Instant => statement.bind(canonical(text)),
                other => statement.bind(other.flat()),
            };
        }
        statement.execute(&mut *tx).await?;
        if let Some(b) = bounds {
            let (min, max) = (b.min(), b.max());
            let entry =
                query(ours(indexed.clone())).bind(fid).bind(min.x).bind(max.x).bind(min.y).bind(max.y);
            entry.execute(&mut *tx).await?;
            extent = Some(extent.map_or(b, |e| {
                let (low, high) = (e.min(), e.max());
                Rect::new((low.x.min(min.x), low.y.min(min.y)), (high.x.max(max.x), high.y.max(max.y)))
            }));
        }
    }
    if let Some(e) = extent {
        query("UPDATE gpkg_contents SET min_x = $1, min_y = $2, max_x = $3, max_y = $4")
            .bind(e.min().x)
            .bind(e.min().y)
            .bind(e.max().x)
            .bind(e.max().y)
            .execute(&mut *tx)
            .await?;
    }
    // The tree is filled: from now on it follows what others change.
    sqlx::raw_sql(ours(triggers(name))).execute(&mut *tx).await?;
    Ok(())
}

/// An instant as a GeoPackage has it: UTC with three places.
fn canonical(text: String) -> String {
    text.parse().map_or(text, instant)
}

/// The blob of a geometry (§2.1.3): a head, the box of what is not a point, well-known binary.
fn geometry(row: &Row, bounds: Option<Rect>) -> Option<Vec<u8>> {
    let geometry = row.geometry.as_ref()?;
    let bounds = bounds.filter(|_| !matches!(geometry, Geometry::Point(_)));
    let flags = 1 | u8::from(bounds.is_some()) << 1;
    let mut blob = vec![b'G', b'P', 0, flags];
    blob.extend(4326_i32.to_le_bytes());
    if let Some(b) = bounds {
        for n in [b.min().x, b.max().x, b.min().y, b.max().y] {
            blob.extend(n.to_le_bytes());
        }
    }
    blob.extend(wkb(geometry));
    Some(blob)
}

/// The triggers of the R-tree extension (annex F.3), word by word.
fn triggers(table: &str) -> String {
    include_str!("gpkg_rtree.sql").replace("<t>", table).replace("<c>", "geom").replace("<i>", "fid")
}
