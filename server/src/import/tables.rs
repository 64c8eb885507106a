//! A set of tables: a folder or a zip of CSV files, or one JSON object that holds them by name.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::Path;

use engine::Invalid;
use serde_json::{Map, Value};

use super::ImportError;
use super::spreadsheet::Sheet;

/// A row by the names of its columns in small letters; empty cells are left out.
pub type Record = Map<String, Value>;

/// Largest content of a zip, bytes: what a country's directory has, and a bomb has not.
const MOST: u64 = 256 * 1024 * 1024;
/// Most files in a zip.
const FILES: usize = 1_000;

/// Tables by name, without `.csv`.
#[derive(Debug, Default)]
pub struct Tables(BTreeMap<String, Vec<Record>>);

impl Tables {
    /// Reads a folder or a zip.
    ///
    /// # Errors
    /// When it cannot be read, or which table is wrong and where.
    pub fn read(path: &Path) -> Result<Self, ImportError> {
        if path.is_dir() { Self::folder(path) } else { Self::zip(path) }
    }

    fn folder(path: &Path) -> Result<Self, ImportError> {
        let mut tables = Self::default();
        for entry in std::fs::read_dir(path).map_err(ImportError::Unreadable)? {
            let file = entry.map_err(ImportError::Unreadable)?.path();
            let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if stem(&name).is_some() && file.is_file() {
                tables.add(&name, &std::fs::read(&file).map_err(ImportError::Unreadable)?)?;
            }
        }
        Ok(tables)
    }

    fn zip(path: &Path) -> Result<Self, ImportError> {
        let bytes = std::fs::read(path).map_err(ImportError::Unreadable)?;
        let broken =
            |e: zip::result::ZipError| ImportError::Broken(format!("is not a zip that can be read: {e}"));
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
        let mut tables = Self::default();
        let mut left = MOST;
        for i in 0..archive.len() {
            let mut file = archive.by_index(i).map_err(broken)?;
            let name = file.name().map_err(broken)?.rsplit('/').next().unwrap_or_default().to_owned();
            if stem(&name).is_none() || !file.is_file() {
                continue;
            }
            let mut content = Vec::new();
            let read =
                file.by_ref().take(left + 1).read_to_end(&mut content).map_err(ImportError::Unreadable)?;
            left = left.checked_sub(read as u64).filter(|_| i < FILES).ok_or_else(|| {
                ImportError::Broken("unpacks to more than 256 MiB or 1000 files".to_owned())
            })?;
            tables.add(&name, &content)?;
        }
        Ok(tables)
    }

    /// Takes tables out of one JSON object, as HSDS' example `tabular.json` has them.
    ///
    /// # Errors
    /// When a row is no object.
    pub fn from_json(tables: &Map<String, Value>) -> Result<Self, ImportError> {
        let table = |(name, rows): (&String, &Value)| {
            let rows = rows.as_array().into_iter().flatten().map(|row| row.as_object().map(as_text));
            let rows: Option<Vec<Record>> = rows.collect();
            let wrong = || Invalid::new(name, "must be a list of rows");
            Ok((stem(name).unwrap_or(name).to_owned(), rows.ok_or_else(wrong)?))
        };
        tables.iter().map(table).collect::<Result<_, ImportError>>().map(Self)
    }

    fn add(&mut self, file: &str, content: &[u8]) -> Result<(), ImportError> {
        let Some(name) = stem(file) else { return Ok(()) };
        // A table without even a header has nothing to say.
        if content.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        let sheet = Sheet::read(content).map_err(|e| e.under(file))?;
        let row = |row: super::spreadsheet::Row| {
            let cells = row.cells().filter(|(name, cell)| !name.is_empty() && !cell.is_empty());
            cells.map(|(name, cell)| (name.to_lowercase(), Value::from(cell))).collect()
        };
        self.0.insert(name.to_lowercase(), sheet.rows().map(row).collect());
        Ok(())
    }

    /// The first table of these names; empty if there is none.
    pub fn get(&self, names: &[&str]) -> &[Record] {
        names.iter().find_map(|name| self.0.get(*name)).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether there is such a table.
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether these are the tables of an Ohana API rather than of HSDS 3: services name their location, and
    /// schedules are called otherwise.
    pub fn are_ohana(&self) -> bool {
        let names_location = self.get(&["services"]).iter().any(|row| row.contains_key("location_id"));
        !self.has("service_at_location")
            && !self.has("service_at_locations")
            && (names_location || self.has("regular_schedules"))
    }
}

/// Numbers of a JSON table as the text that a CSV would have.
fn as_text(row: &Map<String, Value>) -> Record {
    let cell = |value: &Value| match value {
        Value::Number(number) => Value::from(number.to_string()),
        other => other.clone(),
    };
    row.iter().filter(|(_, v)| !v.is_null()).map(|(name, value)| (name.clone(), cell(value))).collect()
}

/// The name of a table's file without its ending.
pub fn stem(name: &str) -> Option<&str> {
    let cut = name.len().checked_sub(4)?;
    let ending = name.get(cut..)?;
    (ending.eq_ignore_ascii_case(".csv") && !name.starts_with('.')).then(|| &name[..cut])
}
