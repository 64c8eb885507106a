//! GeoParquet 1.1: a column of well-known binary beside the others, and `geo` and `codebook` in the metadata.

use std::io::Write;
use std::sync::Arc;

use geo::{BoundingRect as _, Geometry};
use jiff::Timestamp;
use jiff::civil::{Date, date};
use parquet::basic::Compression;
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use serde_json::json;

use super::wkb::wkb;
use super::{Cell, Kind, Row, Shapes, Table, codebook};

/// How many rows are held in memory at a time.
const GROUP: usize = 10_000;

/// Writes a table.
pub(super) fn write(table: Table, out: &mut (impl Write + Send)) -> Result<()> {
    let book = codebook(&table).to_string();
    let columns: Vec<_> =
        table.columns.iter().map(|c| format!("optional {};", physical(c.kind, c.name))).collect();
    let columns = columns.concat();
    let schema = format!("message {} {{ {columns} optional binary geometry; }}", table.name);
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(format!("stead {}", env!("CARGO_PKG_VERSION")))
        .build();
    let schema = Arc::new(parse_message_type(&schema)?);
    let mut file = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    let mut extent = Extent::default();
    let mut rows = table.rows.peekable();
    while rows.peek().is_some() {
        let group: Vec<Row> = rows.by_ref().take(GROUP).collect();
        group.iter().filter_map(|row| row.geometry.as_ref()).for_each(|g| extent.take(g));
        write_group(&mut file, &group, &table.columns.iter().map(|c| c.kind).collect::<Vec<_>>())?;
    }
    file.append_key_value_metadata(KeyValue::new("geo".to_owned(), extent.metadata(table.shapes)));
    file.append_key_value_metadata(KeyValue::new("codebook".to_owned(), book));
    file.close()?;
    Ok(())
}

fn physical(kind: Kind, name: &str) -> String {
    match kind {
        Kind::Text | Kind::List => format!("binary {name} (STRING)"),
        Kind::Json => format!("binary {name} (JSON)"),
        Kind::Whole => format!("int64 {name}"),
        Kind::Real => format!("double {name}"),
        Kind::Flag => format!("boolean {name}"),
        Kind::Instant => format!("int64 {name} (TIMESTAMP(MICROS,true))"),
        Kind::Day => format!("int32 {name} (DATE)"),
    }
}

fn write_group<W: Write + Send>(
    file: &mut SerializedFileWriter<W>,
    rows: &[Row],
    kinds: &[Kind],
) -> Result<()> {
    let mut group = file.next_row_group()?;
    let mut at = 0;
    while let Some(mut column) = group.next_column()? {
        let cells = rows.iter().map(|row| &row.cells);
        match column.untyped() {
            ColumnWriter::BoolColumnWriter(w) => {
                let (values, levels) =
                    split(cells.map(|c| if let Cell::Flag(yes) = c[at] { Some(yes) } else { None }));
                w.write_batch(&values, Some(&levels), None)?;
            }
            ColumnWriter::DoubleColumnWriter(w) => {
                let (values, levels) =
                    split(cells.map(|c| if let Cell::Real(n) = c[at] { Some(n) } else { None }));
                w.write_batch(&values, Some(&levels), None)?;
            }
            ColumnWriter::Int32ColumnWriter(w) => {
                let (values, levels) = split(cells.map(|c| day(&c[at])));
                w.write_batch(&values, Some(&levels), None)?;
            }
            ColumnWriter::Int64ColumnWriter(w) => {
                let instant = kinds[at] == Kind::Instant;
                let (values, levels) = split(cells.map(|c| whole(&c[at], instant)));
                w.write_batch(&values, Some(&levels), None)?;
            }
            ColumnWriter::ByteArrayColumnWriter(w) => {
                let bytes = |row: &Row| match row.cells.get(at) {
                    Some(cell) => cell.flat().map(|text| ByteArray::from(text.into_bytes())),
                    None => row.geometry.as_ref().map(|g| ByteArray::from(wkb(g))),
                };
                let (values, levels) = split(rows.iter().map(bytes));
                w.write_batch(&values, Some(&levels), None)?;
            }
            _ => return Err(ParquetError::General("a column of a type that no table has".to_owned())),
        }
        column.close()?;
        at += 1;
    }
    group.close()?;
    Ok(())
}

/// The values that are there, and for each row whether one is.
fn split<T>(values: impl Iterator<Item = Option<T>>) -> (Vec<T>, Vec<i16>) {
    let (mut there, mut levels) = (Vec::new(), Vec::new());
    for value in values {
        levels.push(i16::from(value.is_some()));
        there.extend(value);
    }
    (there, levels)
}

/// Days since 1970.
fn day(cell: &Cell) -> Option<i32> {
    let Cell::Text(text) = cell else { return None };
    let day: Date = text.parse().ok()?;
    (day - date(1970, 1, 1)).get_days().into()
}

/// A whole number, or microseconds since 1970.
fn whole(cell: &Cell, instant: bool) -> Option<i64> {
    match cell {
        Cell::Whole(n) => Some(*n),
        Cell::Text(text) if instant => text.parse::<Timestamp>().ok().map(Timestamp::as_microsecond),
        _ => None,
    }
}

/// What the `geo` metadata say of the rows.
#[derive(Default)]
struct Extent {
    bounds: Option<[f64; 4]>,
    lines: bool,
    points: bool,
    areas: bool,
}

impl Extent {
    fn take(&mut self, geometry: &Geometry) {
        match geometry {
            Geometry::Point(_) => self.points = true,
            Geometry::LineString(_) => self.lines = true,
            _ => self.areas = true,
        }
        let Some(around) = geometry.bounding_rect() else { return };
        let (min, max) = (around.min(), around.max());
        let [west, south, east, north] = self.bounds.unwrap_or([min.x, min.y, max.x, max.y]);
        self.bounds = Some([west.min(min.x), south.min(min.y), east.max(max.x), north.max(max.y)]);
    }

    fn metadata(&self, shapes: Shapes) -> String {
        let area = if shapes == Shapes::Areas { "MultiPolygon" } else { "Polygon" };
        let types = [(self.points, "Point"), (self.lines, "LineString"), (self.areas, area)];
        let types: Vec<_> = types.into_iter().filter_map(|(there, name)| there.then_some(name)).collect();
        // Without a `crs` it is OGC:CRS84.
        let mut column = json!({"encoding": "WKB", "geometry_types": types});
        if let Some(bounds) = self.bounds {
            column["bbox"] = json!(bounds);
        }
        json!({"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}).to_string()
    }
}
