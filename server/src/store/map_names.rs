//! Names of streets and of what else is on the map.

use async_trait::async_trait;
use engine::gazetteer::{NameKind, Named};
use engine::{CommunityId, LonLat};

use super::Result;
use super::rows::{Columns, damaged};

/// How many names go to the database at once.
pub(super) const BATCH: usize = 2_000;
/// Parts of a degree that are stored: about a centimetre.
const PER_DEGREE: f64 = 1e7;

/// Names of streets and of what else is on the map, by the source that they come from.
#[async_trait]
pub trait MapNames {
    /// Takes these as all the names of a source, instead of those from before.
    ///
    /// # Errors
    /// [`super::StoreError::Missing`] when there is no such community.
    async fn replace_names(&self, community: &CommunityId, source: &str, names: &[Named]) -> Result<()>;
    /// All names of a community, in the order of their sources.
    async fn names(&self, community: &CommunityId) -> Result<Vec<Named>>;
}

/// The lines of something as they are stored.
#[expect(clippy::cast_possible_truncation, reason = "degrees times ten million are within 64 bits")]
pub(super) fn lines_text(named: &Named) -> String {
    let part = |degrees: f64| (degrees * PER_DEGREE).round() as i64;
    let line = |line: &Vec<LonLat>| line.iter().map(|p| [part(p.lon()), part(p.lat())]).collect::<Vec<_>>();
    let lines: Vec<_> = named.lines.iter().map(line).collect();
    serde_json::to_string(&lines).unwrap_or_default()
}

/// A name from its row.
#[expect(clippy::cast_precision_loss, reason = "a position in ten-millionths of a degree has 31 bits")]
pub(super) fn named(row: &impl Columns) -> Result<Named> {
    let kind: String = row.read("kind")?;
    let lines: Vec<Vec<[i64; 2]>> =
        serde_json::from_str(&row.read::<String>("lines")?).map_err(|e| damaged("name", &e))?;
    let position = |[lon, lat]: [i64; 2]| {
        LonLat::new(lon as f64 / PER_DEGREE, lat as f64 / PER_DEGREE).map_err(|e| damaged("name", &e))
    };
    let lines = lines.into_iter().map(|line| line.into_iter().map(position).collect());
    Ok(Named {
        name: row.read("name")?,
        kind: NameKind::parse(&kind).ok_or_else(|| damaged("name", &"is of an unknown kind"))?,
        lines: lines.collect::<Result<_>>()?,
    })
}
