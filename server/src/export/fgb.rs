//! FlatGeobuf, with a packed Hilbert R-tree. The crate keeps the features in a temporary file until they are in
//! order, so memory holds the tree alone.

use std::io::Write;

use flatgeobuf::geozero::error::Result as GeoResult;
use flatgeobuf::geozero::{ColumnValue, GeomProcessor, GeozeroGeometry, PropertyProcessor as _};
use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geo::{Geometry, LineString, Polygon};

use super::{Cell, ExportError, Kind, Row, Shapes, Table, codebook};

/// Writes a table.
pub(super) fn write(table: Table, out: &mut impl Write) -> Result<(), ExportError> {
    let wrong = |e: flatgeobuf::Error| ExportError::Fgb(e.to_string());
    let (metadata, citation) = (codebook(&table).to_string(), table.about.citation());
    let shapes = match table.shapes {
        Shapes::Points => GeometryType::Point,
        Shapes::Areas => GeometryType::MultiPolygon,
        Shapes::Mixed => GeometryType::Unknown,
    };
    let options = FgbWriterOptions {
        detect_type: false,
        promote_to_multi: false,
        crs: FgbCrs { org: Some("EPSG"), code: 4326, name: Some("WGS 84"), ..FgbCrs::default() },
        title: Some(&table.about.title),
        description: Some(&citation),
        metadata: Some(&metadata),
        ..FgbWriterOptions::default()
    };
    let mut fgb = FgbWriter::create_with_options(table.name, shapes, options).map_err(wrong)?;
    for column in &table.columns {
        fgb.add_column(column.name, column_type(column.kind), |fbb, c| {
            c.description = Some(fbb.create_string(column.text));
        });
    }
    let names: Vec<&str> = table.columns.iter().map(|c| c.name).collect();
    for row in table.rows {
        feature(&mut fgb, shapes, &names, &row).map_err(|e| ExportError::Fgb(e.to_string()))?;
    }
    fgb.write(out).map_err(wrong)
}

fn column_type(kind: Kind) -> ColumnType {
    match kind {
        Kind::Text | Kind::List | Kind::Day => ColumnType::String,
        Kind::Json => ColumnType::Json,
        Kind::Whole => ColumnType::Long,
        Kind::Real => ColumnType::Double,
        Kind::Flag => ColumnType::Bool,
        Kind::Instant => ColumnType::DateTime,
    }
}

fn feature(fgb: &mut FgbWriter<'_>, of: GeometryType, names: &[&str], row: &Row) -> GeoResult<()> {
    let shape = Shape { of, geometry: row.geometry.as_ref() };
    let mut refused = Ok(());
    fgb.add_feature_geom(shape, |feature| {
        for (i, (name, cell)) in names.iter().zip(&row.cells).enumerate() {
            let flat =
                if let Cell::Whole(_) | Cell::Real(_) | Cell::Flag(_) = cell { None } else { cell.flat() };
            let value = match cell {
                Cell::Nothing => continue,
                Cell::Whole(n) => ColumnValue::Long(*n),
                Cell::Real(n) => ColumnValue::Double(*n),
                Cell::Flag(yes) => ColumnValue::Bool(*yes),
                Cell::Text(_) | Cell::List(_) | Cell::Json(_) => {
                    ColumnValue::String(flat.as_deref().unwrap_or_default())
                }
            };
            if let Err(why) = feature.property(i, name, &value) {
                refused = Err(why);
            }
        }
    })?;
    refused
}

/// A geometry as the crate takes it in.
struct Shape<'a> {
    /// The file's type.
    of: GeometryType,
    geometry: Option<&'a Geometry>,
}

impl GeozeroGeometry for Shape<'_> {
    fn process_geom<P: GeomProcessor>(&self, to: &mut P) -> GeoResult<()> {
        match self.geometry {
            // The whole community stands among areas and has none of its own. GDAL wants one part at least: an empty one.
            None if self.of == GeometryType::MultiPolygon => {
                to.multipolygon_begin(1, 0)?;
                to.polygon_begin(false, 0, 0)?;
                to.polygon_end(false, 0)?;
                to.multipolygon_end(0)
            }
            // An empty point, as GDAL writes it; it grows no box of the tree.
            None => {
                to.point_begin(0)?;
                to.xy(f64::NAN, f64::NAN, 0)?;
                to.point_end(0)
            }
            Some(Geometry::Point(p)) => {
                to.point_begin(0)?;
                to.xy(p.x(), p.y(), 0)?;
                to.point_end(0)
            }
            Some(Geometry::LineString(l)) => line(to, l, true, 0),
            Some(Geometry::Polygon(p)) => area(to, p, true, 0),
            Some(Geometry::MultiPolygon(m)) => {
                to.multipolygon_begin(m.0.len(), 0)?;
                for (i, p) in m.iter().enumerate() {
                    area(to, p, false, i)?;
                }
                to.multipolygon_end(0)
            }
            Some(other) => unreachable!("tables hold no {other:?}"),
        }
    }
}

fn line<P: GeomProcessor>(to: &mut P, line: &LineString, alone: bool, i: usize) -> GeoResult<()> {
    to.linestring_begin(alone, line.0.len(), i)?;
    for (i, c) in line.coords().enumerate() {
        to.xy(c.x, c.y, i)?;
    }
    to.linestring_end(alone, i)
}

fn area<P: GeomProcessor>(to: &mut P, polygon: &Polygon, alone: bool, i: usize) -> GeoResult<()> {
    to.polygon_begin(alone, 1 + polygon.interiors().len(), i)?;
    for (i, ring) in std::iter::once(polygon.exterior()).chain(polygon.interiors()).enumerate() {
        line(to, ring, false, i)?;
    }
    to.polygon_end(alone, i)
}
