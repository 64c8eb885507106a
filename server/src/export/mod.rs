//! Tables in open formats, one format a file.
//!
//! A [`Table`] knows what it holds and nothing of formats; a format writes any table and knows nothing of what
//! it holds. What a table is made of stands in `supports`, `neighbourhoods`, `release`,
//! `places` and their like.

pub mod access;
mod answered;
mod codebook;
mod csv;
pub mod difference;
mod fgb;
pub(crate) mod geojson;
mod gpkg;
pub mod heat;
pub mod hotspots;
pub mod neighbourhoods;
pub mod own;
mod parquet;
pub mod places;
pub mod release;
pub mod rhythm;
pub mod snapshot;
pub mod supports;
mod table;
pub mod what_if;
mod wkb;

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;

pub use answered::Answered;
pub use codebook::{codebook, codebook_text};
pub use table::{About, Cell, Column, Field, Kind, Promise, Row, Shapes, Table};

/// An open format.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// GeoJSON (RFC 7946).
    Geojson,
    /// Comma-separated values, in UTF-8, safe to open in a spreadsheet.
    Csv,
    /// GeoPackage 1.3.
    Gpkg,
    /// FlatGeobuf 3.
    Fgb,
    /// GeoParquet 1.1.
    Parquet,
}

/// Why a table was not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The file system refused.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// SQLite refused.
    #[error("writing the GeoPackage: {0}")]
    Gpkg(#[from] sqlx::Error),
    /// The Parquet writer refused.
    #[error("writing Parquet: {0}")]
    Parquet(#[from] ::parquet::errors::ParquetError),
    /// The FlatGeobuf writer refused.
    #[error("writing FlatGeobuf: {0}")]
    Fgb(String),
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Geojson, Self::Csv, Self::Gpkg, Self::Fgb, Self::Parquet];

    /// The ending of its files.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Geojson => "geojson",
            Self::Csv => "csv",
            Self::Gpkg => "gpkg",
            Self::Fgb => "fgb",
            Self::Parquet => "parquet",
        }
    }

    /// The format of an ending.
    pub fn of_ending(ending: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.ending() == ending)
    }

    /// Its media type.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Geojson => "application/geo+json",
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Gpkg => "application/geopackage+sqlite3",
            Self::Fgb => "application/vnd.flatgeobuf",
            Self::Parquet => "application/vnd.apache.parquet",
        }
    }

    /// Whether it is written from front to back, so that it can be sent while it is written.
    pub const fn streams(self) -> bool {
        matches!(self, Self::Geojson | Self::Csv)
    }
}

/// Writes a table from front to back, in a format that [streams](Format::streams).
///
/// # Errors
/// When `out` does not take it.
pub fn write(format: Format, table: Table, bom: bool, out: &mut dyn Write) -> Result<(), ExportError> {
    match format {
        Format::Csv => csv::write(table, bom, out)?,
        Format::Geojson => geojson::write(table, out)?,
        Format::Gpkg | Format::Fgb | Format::Parquet => {
            return Err(std::io::Error::other("this format is not written from front to back").into());
        }
    }
    Ok(())
}

/// Writes a table into a new or empty file, in any format.
///
/// # Errors
/// When the file cannot be written.
pub async fn write_file(format: Format, table: Table, bom: bool, path: &Path) -> Result<(), ExportError> {
    if format == Format::Gpkg {
        return gpkg::write(table, path).await;
    }
    let path = path.to_owned();
    let work = move || {
        let mut out = BufWriter::new(File::create(path)?);
        match format {
            Format::Fgb => fgb::write(table, &mut out)?,
            Format::Parquet => parquet::write(table, &mut out)?,
            _ => write(format, table, bom, &mut out)?,
        }
        Ok(out.flush()?)
    };
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or_else(|panic| std::panic::resume_unwind(panic.into_panic()))
}
