//! Bringing in public data (supports and neighbourhoods) and the places of an earlier study, from files, all or
//! nothing.

mod basemap;
mod csv_supports;
mod fields;
pub(crate) mod geojson;
mod geojson_supports;
pub(crate) mod hsds;
mod json;
mod neighbourhoods;
mod ohana;
mod osm_names;
mod osm_pbf;
mod osm_tags;
mod outline;
mod places;
mod population;
pub mod spreadsheet;
mod tables;
mod terms;

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::path::Path;

use engine::community::Community;
use engine::support::{Support, SupportDetails};
use engine::{Bounds, CommunityId, Invalid, LonLat, SupportId};
use geo::BoundingRect;

use crate::ambient::Ambient;
use crate::store::{ImportCounts, ImportScope, Store, StoreError};

use tables::Tables;

pub use basemap::{BasemapSummary, basemap};
pub use csv_supports::Mapping;
pub use places::{CONSENT_VERSION, MappingFile, PlacesOptions, PlacesReport, places};

/// A format of a file of supports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// An OpenStreetMap extract, `.osm.pbf`.
    OsmPbf,
    /// GeoJSON with OpenStreetMap tags or our own properties.
    Geojson,
    /// HSDS 3.x: JSON, or a folder or zip of its CSV tables.
    Hsds,
    /// A folder or zip of an Ohana API's CSV tables.
    Ohana,
    /// One CSV table; `--mapping` says which column is what.
    Csv,
}

impl Format {
    /// The format of a file by its ending and, where that leaves it open, by what is in it.
    pub fn of(path: &Path) -> Option<Self> {
        let of_tables = || Some(if Tables::read(path).ok()?.are_ohana() { Self::Ohana } else { Self::Hsds });
        if path.is_dir() {
            return of_tables();
        }
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "pbf" => Some(Self::OsmPbf),
            "geojson" => Some(Self::Geojson),
            "json" => {
                let is_hsds = std::fs::read(path).is_ok_and(|bytes| hsds::looks_like(&bytes));
                Some(if is_hsds { Self::Hsds } else { Self::Geojson })
            }
            "ndjson" => Some(Self::Hsds),
            "zip" => of_tables(),
            "csv" | "txt" | "tsv" => Some(Self::Csv),
            _ => None,
        }
    }

    /// What records are called that name no source themselves.
    fn source(self) -> &'static str {
        match self {
            Self::OsmPbf => "osm",
            Self::Geojson => "geojson",
            Self::Hsds => "hsds",
            Self::Ohana => "ohana",
            Self::Csv => "csv",
        }
    }
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be opened or read.
    #[error("cannot be read: {0}")]
    Unreadable(std::io::Error),
    /// The file was fine, but the data folder cannot be written.
    #[error("cannot be copied into the data folder: {0}")]
    Unwritable(std::io::Error),
    /// The file is not what it should be.
    #[error("{0}")]
    Broken(String),
    /// The file breaks a rule of its format.
    #[error("{}", plain(.0))]
    Invalid(#[from] Invalid),
    /// There is no such community.
    #[error("there is no community {0}: add it first")]
    NoCommunity(CommunityId),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

fn plain(invalid: &Invalid) -> String {
    if invalid.field.is_empty() { format!("the file {}", invalid.problem) } else { invalid.to_string() }
}

/// A support that a file holds.
struct Found {
    details: SupportDetails,
    location: Option<LonLat>,
}

/// What an import read, wrote and left out.
#[derive(Debug, Clone, Default)]
pub struct Report {
    /// Elements or features in the file.
    pub read: usize,
    /// Of these, how many are no supports.
    pub no_support: usize,
    /// What the store did.
    pub counts: ImportCounts,
    /// What was left out, and why.
    pub skipped: Vec<(String, &'static str)>,
    /// What was taken over in part, and why.
    pub noted: Vec<(String, &'static str)>,
    /// Nothing was written: this is what would have been.
    pub dry_run: bool,
    /// Neighbourhoods whose outlines were repaired.
    pub repaired: Vec<String>,
    /// Records by category.
    pub categories: BTreeMap<String, usize>,
    /// The bounds that the community got from this import.
    pub bounds: Option<Bounds>,
    /// How many names of streets and of what else is on the map came along.
    pub names: Option<usize>,
    /// The line that must stand with these data.
    pub attribution: Option<&'static str>,
}

impl Report {
    fn skip(&mut self, what: impl Into<String>, why: &'static str) {
        self.skipped.push((what.into(), why));
    }

    fn note(&mut self, what: impl Into<String>, why: &'static str) {
        self.noted.push((what.into(), why));
    }
}

/// How many skipped records a printed report names.
const NAMED: usize = 20;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ImportCounts { added, changed, unchanged, missing } = self.counts;
        if self.dry_run {
            writeln!(f, "a dry run: nothing was written")?;
        }
        writeln!(f, "{} read: {added} added, {changed} changed, {unchanged} unchanged", self.read)?;
        if missing > 0 {
            writeln!(f, "{missing} are not in the file any more: marked as missing, not deleted")?;
        }
        for (category, n) in &self.categories {
            writeln!(f, "  {n:6} {category}")?;
        }
        if let Some(names) = self.names {
            writeln!(f, "{names} names of streets and of what else is on the map")?;
        }
        for name in &self.repaired {
            writeln!(f, "repaired the outline of {name}")?;
        }
        for (what, why) in self.skipped.iter().take(NAMED) {
            writeln!(f, "skipped {what}: {why}")?;
        }
        if self.skipped.len() > NAMED {
            writeln!(f, "skipped {} more", self.skipped.len() - NAMED)?;
        }
        let mut kinds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (what, why) in &self.noted {
            kinds.entry(why).or_default().push(what);
        }
        for (why, which) in kinds {
            let shown = which.iter().take(3).copied().collect::<Vec<_>>().join(", ");
            writeln!(
                f,
                "{} taken over in part: {why} ({shown}{})",
                which.len(),
                if which.len() > 3 { ", …" } else { "" }
            )?;
        }
        if let Some(b) = self.bounds {
            writeln!(f, "the community's bounds are now {},{},{},{}", b.west, b.south, b.east, b.north)?;
        }
        if let Some(line) = self.attribution {
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
}

/// What an import of supports is told beside the file.
#[derive(Debug, Default)]
pub struct Options {
    /// Which column of a table is what.
    pub mapping: Option<Mapping>,
    /// Whose records these are, where they do not say it themselves.
    pub source: Option<String>,
    /// Find out what would happen and write nothing.
    pub dry_run: bool,
}

/// Imports supports; again changes only what changed in the file.
///
/// # Errors
/// [`ImportError`]; nothing is written then.
pub async fn supports(
    store: &dyn Store,
    ambient: &Ambient,
    id: &CommunityId,
    path: &Path,
    format: Format,
) -> Result<Report, ImportError> {
    supports_with(store, ambient, id, path, format, Options::default()).await
}

/// Imports supports as told.
///
/// # Errors
/// [`ImportError`]; nothing is written then.
pub async fn supports_with(
    store: &dyn Store,
    ambient: &Ambient,
    id: &CommunityId,
    path: &Path,
    format: Format,
    options: Options,
) -> Result<Report, ImportError> {
    let community = community(store, id).await?;
    let mut report = Report { dry_run: options.dry_run, ..Report::default() };
    let updated_at = ambient.now();
    let today = updated_at.to_zoned(jiff::tz::TimeZone::UTC).date();
    let mut header = None;
    let found = match format {
        Format::OsmPbf => {
            let (found, bounds) = osm_pbf::read(path, &mut report)?;
            header = bounds;
            found
        }
        Format::Geojson => geojson_supports::read(&content(path)?, &mut report)?,
        Format::Hsds if path.is_dir() || is_zip(path) => {
            hsds::tables(&Tables::read(path)?, today, &mut report)?
        }
        Format::Hsds => hsds::json(&content(path)?, today, &mut report)?,
        Format::Ohana => ohana::read(&Tables::read(path)?, today, &mut report)?,
        Format::Csv => csv_supports::read(&content(path)?, options.mapping, &mut report)?,
    };
    let source = options.source.unwrap_or_else(|| format.source().to_owned());
    let mut seen = HashSet::new();
    let mut records = Vec::with_capacity(found.len());
    for Found { mut details, location } in found {
        if details.source.is_empty() {
            details.source.clone_from(&source);
        }
        if !seen.insert((details.source.clone(), details.source_id.clone())) {
            report.skip(details.source_id, "comes twice in the file");
            continue;
        }
        *report.categories.entry(details.category.clone()).or_default() += 1;
        if details.source == "osm" {
            report.attribution = Some("© OpenStreetMap contributors, Open Database License 1.0");
        }
        records.push(Support::new(SupportId(ambient.id()), location, details, updated_at));
    }
    if format == Format::OsmPbf {
        report.no_support = report.read - records.len() - report.skipped.len();
    }
    let scope = scope(&records);
    if options.dry_run {
        report.counts = crate::store::would_import(store.supports(id).await?, &records, &scope, updated_at);
        return Ok(report);
    }
    report.counts = store.upsert_supports(id, &records, &scope, updated_at).await?;
    let bounds = header.or_else(|| Bounds::around(records.iter().filter_map(|s| s.location)));
    give_bounds(store, ambient, &community, bounds, &mut report).await?;
    if format == Format::OsmPbf {
        report.names = Some(gazetteer(store, id, path).await?);
    }
    Ok(report)
}

fn is_zip(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("zip"))
}

/// Imports the names of an extract's streets and of what else is on its map, instead of those from before; how many
/// there are.
///
/// # Errors
/// [`ImportError`]; nothing is written then.
pub async fn gazetteer(store: &dyn Store, id: &CommunityId, path: &Path) -> Result<usize, ImportError> {
    community(store, id).await?;
    let names = osm_names::read(path)?;
    store.replace_names(id, "osm", &names).await?;
    Ok(names.len())
}

/// Imports neighbourhoods; again changes only what changed in the file.
///
/// # Errors
/// [`ImportError`]; nothing is written then.
pub async fn neighbourhoods(
    store: &dyn Store,
    ambient: &Ambient,
    id: &CommunityId,
    path: &Path,
    name_field: Option<&str>,
) -> Result<Report, ImportError> {
    let community = community(store, id).await?;
    let mut report = Report::default();
    let found = neighbourhoods::read(&content(path)?, name_field, || ambient.id(), &mut report)?;
    report.counts = store.upsert_neighbourhoods(id, &found, ambient.now()).await?;
    let corners = found.iter().filter_map(engine::neighbourhood::Neighbourhood::bounds).flat_map(|b| {
        [LonLat::new(b.west, b.south), LonLat::new(b.east, b.north)].into_iter().filter_map(Result::ok)
    });
    let bounds = Bounds::around(corners);
    give_bounds(store, ambient, &community, bounds, &mut report).await?;
    Ok(report)
}

/// The box around all geometries of a GeoJSON file.
///
/// # Errors
/// When the file is not GeoJSON or holds no geometry.
pub fn bounds(path: &Path) -> Result<Bounds, ImportError> {
    let geometries = geojson::geometries(&content(path)?)?;
    let corners = geometries.iter().filter_map(BoundingRect::bounding_rect).flat_map(|r| [r.min(), r.max()]);
    Bounds::around(corners.filter_map(|c| LonLat::new(c.x, c.y).ok()))
        .ok_or_else(|| ImportError::Broken("holds no geometry".to_owned()))
}

/// A file that speaks for one source is all that this source has; one of several sources says nothing of
/// what they do not have any more.
fn scope(records: &[Support]) -> ImportScope {
    let source = records.first().map(|s| s.details.source.clone()).unwrap_or_default();
    let complete = !records.is_empty() && records.iter().all(|s| s.details.source == source);
    ImportScope { source, complete }
}

/// Imports residents of neighbourhoods: a GeoJSON grid, or else a table with the columns `neighbourhood` and
/// `population`. Neighbourhoods that the file says nothing of keep what they have.
///
/// # Errors
/// When the file is not what it should be, or the community has no neighbourhoods; nothing is written then.
pub async fn population(
    store: &dyn Store,
    ambient: &Ambient,
    id: &CommunityId,
    path: &Path,
) -> Result<Report, ImportError> {
    community(store, id).await?;
    let known = store.neighbourhoods(id).await?;
    if known.is_empty() {
        return Err(ImportError::Broken(format!("{id} has no neighbourhoods yet: import them first")));
    }
    let (bytes, mut report) = (content(path)?, Report::default());
    let grid =
        path.extension().is_some_and(|e| e.eq_ignore_ascii_case("geojson") || e.eq_ignore_ascii_case("json"));
    let found = if grid {
        population::by_grid(&bytes, &known, &mut report)?
    } else {
        population::by_table(&bytes, &known, &mut report)?
    };
    report.counts = store.upsert_neighbourhoods(id, &found, ambient.now()).await?;
    Ok(report)
}

async fn community(store: &dyn Store, id: &CommunityId) -> Result<Community, ImportError> {
    store.community(id).await?.ok_or_else(|| ImportError::NoCommunity(id.clone()))
}

fn content(path: &Path) -> Result<Vec<u8>, ImportError> {
    std::fs::read(path).map_err(ImportError::Unreadable)
}

async fn give_bounds(
    store: &dyn Store,
    ambient: &Ambient,
    community: &Community,
    bounds: Option<Bounds>,
    report: &mut Report,
) -> Result<(), ImportError> {
    if let (None, Some(bounds)) = (community.bounds, bounds)
        && store.set_bounds_once(&community.id, bounds, ambient.now()).await?
    {
        report.bounds = Some(bounds);
    }
    Ok(())
}
