//! A release in memory.

use engine::privacy::picture::{self, HotspotTable};
use engine::privacy::published::StoredError;
use engine::privacy::{CellTable, NeighbourhoodTable, Published};
use geo::{LineString, MultiPolygon, Polygon};
use h3o::CellIndex;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::TileCache;
use crate::actions::release::ReleaseParameters;
use crate::store::{StoreError, StoredRelease};

/// A release, read once from its stored tables. Nothing in it was computed from places after the release was
/// made.
pub struct LiveRelease {
    /// The release as it is stored.
    pub stored: StoredRelease,
    /// What it says of itself.
    pub parameters: ReleaseParameters,
    /// Layer H with its hot spots.
    pub cells: HotspotTable<CellIndex>,
    /// The outlines of the cells, in the same order.
    pub outlines: Vec<MultiPolygon>,
    /// Layer N, if there is one.
    pub neighbourhoods: Option<Published<NeighbourhoodTable>>,
    /// Tiles of its cells.
    pub tiles: TileCache,
}

impl LiveRelease {
    /// Reads the stored tables and computes the cells' hot spots from them.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when they cannot be read back.
    pub fn prepare(stored: StoredRelease) -> Result<Self, StoreError> {
        let parameters = read::<ReleaseParameters>(&stored.parameters)?;
        let cells = table(&stored.cells, Published::<CellTable>::from_stored)?;
        let cells = cells.as_ref().map(picture::cell_hotspots).transpose().map_err(damaged)?;
        let cells = cells.unwrap_or(HotspotTable { n_tested: 0, rows: Vec::new() });
        let neighbourhoods = table(&stored.neighbourhoods, Published::<NeighbourhoodTable>::from_stored)?;
        let outlines = cells.rows.iter().map(|row| outline(row.unit)).collect();
        Ok(Self { stored, parameters, cells, outlines, neighbourhoods, tiles: TileCache::default() })
    }
}

fn read<T: DeserializeOwned>(json: &Value) -> Result<T, StoreError> {
    T::deserialize(json).map_err(damaged)
}

/// A stored table; null stands for a layer that was not made.
fn table<T>(json: &Value, read: impl Fn(&str) -> Result<T, StoredError>) -> Result<Option<T>, StoreError> {
    if json.is_null() { Ok(None) } else { read(&json.to_string()).map(Some).map_err(damaged) }
}

fn damaged(error: impl std::fmt::Display) -> StoreError {
    StoreError::Damaged { what: "release", why: error.to_string() }
}

fn outline(cell: CellIndex) -> MultiPolygon {
    let corners = engine::grid::cell_boundary(cell);
    let ring: LineString = corners.iter().map(|p| (p.lon(), p.lat())).collect();
    MultiPolygon(vec![Polygon::new(ring, Vec::new())])
}
