//! Bringing in public data: supports and neighbourhoods, from files, all or nothing.

mod geojson;
mod geojson_supports;
mod json;
mod neighbourhoods;
mod osm_pbf;
mod osm_tags;
mod outline;

use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::path::Path;

use engine::community::Community;
use engine::support::{Support, SupportDetails};
use engine::{Bounds, CommunityId, Invalid, LonLat, SupportId};
use geo::BoundingRect;

use crate::ambient::Ambient;
use crate::store::{ImportCounts, Store, StoreError};

/// A format of a file of supports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// An OpenStreetMap extract, `.osm.pbf`.
    OsmPbf,
    /// GeoJSON with OpenStreetMap tags or our own properties.
    Geojson,
}

impl Format {
    /// The format that a file's ending names.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "pbf" => Some(Self::OsmPbf),
            "geojson" | "json" => Some(Self::Geojson),
            _ => None,
        }
    }
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be opened or read.
    #[error("cannot be read: {0}")]
    Unreadable(std::io::Error),
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
    location: LonLat,
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
    /// Neighbourhoods whose outlines were repaired.
    pub repaired: Vec<String>,
    /// Records by category.
    pub categories: BTreeMap<String, usize>,
    /// The bounds that the community got from this import.
    pub bounds: Option<Bounds>,
    /// The line that must stand with these data.
    pub attribution: Option<&'static str>,
}

impl Report {
    fn skip(&mut self, what: impl Into<String>, why: &'static str) {
        self.skipped.push((what.into(), why));
    }
}

/// How many skipped records a printed report names.
const NAMED: usize = 20;

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ImportCounts { added, changed, unchanged } = self.counts;
        writeln!(f, "{} read: {added} added, {changed} changed, {unchanged} unchanged", self.read)?;
        for (category, n) in &self.categories {
            writeln!(f, "  {n:6} {category}")?;
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
        if let Some(b) = self.bounds {
            writeln!(f, "the community's bounds are now {},{},{},{}", b.west, b.south, b.east, b.north)?;
        }
        if let Some(line) = self.attribution {
            writeln!(f, "{line}")?;
        }
        Ok(())
    }
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
    let community = community(store, id).await?;
    let mut report = Report::default();
    let (found, header) = match format {
        Format::OsmPbf => osm_pbf::read(path, &mut report)?,
        Format::Geojson => (geojson_supports::read(&content(path)?, &mut report)?, None),
    };
    let mut seen = HashSet::new();
    let mut records = Vec::with_capacity(found.len());
    let updated_at = ambient.now();
    for Found { details, location } in found {
        if !seen.insert((details.source.clone(), details.source_id.clone())) {
            report.skip(details.source_id, "comes twice in the file");
            continue;
        }
        *report.categories.entry(details.category.clone()).or_default() += 1;
        if details.source == "osm" {
            report.attribution = Some("© OpenStreetMap contributors, Open Database License 1.0");
        }
        records.push(Support { id: SupportId(ambient.id()), location, details, updated_at });
    }
    if format == Format::OsmPbf {
        report.no_support = report.read - records.len() - report.skipped.len();
    }
    report.counts = store.upsert_supports(id, &records).await?;
    let bounds = header.or_else(|| Bounds::around(records.iter().map(|s| s.location)));
    give_bounds(store, ambient, &community, bounds, &mut report).await?;
    Ok(report)
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
