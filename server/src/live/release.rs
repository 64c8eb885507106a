//! A release in memory.

use std::collections::HashMap;
use std::sync::OnceLock;

use engine::LonLat;
use engine::lonlat::metres_per_degree;
use engine::neighbourhood::{Neighbourhood, Neighbourhoods};
use engine::privacy::heat::{BANDWIDTHS, Heat, heat, offered};
use engine::privacy::picture::{self, HotspotTable, PictureError};
use engine::privacy::published::StoredError;
use engine::privacy::{ActivityTable, CellTable, NeighbourhoodTable, Published, TotalsTable};
use geo::{LineString, MultiPolygon, Polygon};
use h3o::CellIndex;
use serde::de::DeserializeOwned;
use serde_json::Value;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::TileCache;
use super::profile::KeptProfiles;
use crate::actions::release::ReleaseParameters;
use crate::actions::release_ground::{Ground, GroundUnit};
use crate::store::{StoreError, StoredRelease};
use crate::texts::hex;

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
    /// Layer C, if there is one.
    pub totals: Option<Published<TotalsTable>>,
    /// Layer E4, if there is one.
    pub activities: Option<Published<ActivityTable>>,
    /// What was known of its neighbourhoods then, if it was kept.
    pub ground: Option<Ground>,
    /// SHA-256 of its [tables](tables), in hexadecimal digits.
    pub sha256: String,
    /// Tiles of its cells.
    pub tiles: TileCache,
    /// Layer H itself.
    published: Option<Published<CellTable>>,
    /// A surface for each bandwidth, worked out when first asked for.
    heats: [OnceLock<Option<Heat>>; BANDWIDTHS.len()],
    /// The inclusion profile, worked out when first asked for.
    pub(super) profiles: KeptProfiles,
}

impl LiveRelease {
    /// Reads the stored tables and computes the cells' hot spots from them.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when they cannot be read back.
    pub fn prepare(stored: StoredRelease) -> Result<Self, StoreError> {
        let parameters = read::<ReleaseParameters>(&stored.parameters)?;
        let published = table(&stored.cells, Published::<CellTable>::from_stored)?;
        let cells = published.as_ref().map(picture::cell_hotspots).transpose().map_err(damaged)?;
        let cells = cells.unwrap_or_default();
        let neighbourhoods = table(&stored.neighbourhoods, Published::<NeighbourhoodTable>::from_stored)?;
        let totals = table(&stored.totals, Published::<TotalsTable>::from_stored)?;
        let activities = table(&stored.activities, Published::<ActivityTable>::from_stored)?;
        let ground = read::<Option<Ground>>(&stored.ground)?;
        let sha256 = hex(&Sha256::digest(tables(&stored)));
        let outlines = cells.rows.iter().map(|row| outline(row.unit)).collect();
        Ok(Self {
            stored,
            parameters,
            cells,
            outlines,
            neighbourhoods,
            totals,
            activities,
            ground,
            sha256,
            tiles: TileCache::default(),
            published,
            heats: Default::default(),
            profiles: KeptProfiles::default(),
        })
    }

    /// Layer H itself, if there is one.
    pub const fn cell_table(&self) -> Option<&Published<CellTable>> {
        self.published.as_ref()
    }

    /// The bandwidths of its smooth surface, in metres.
    pub fn bandwidths(&self) -> &'static [u32] {
        let cells = self.published.as_ref().and_then(|published| published.table().cells().first());
        cells.map_or(&BANDWIDTHS[..], |(cell, _)| offered(cell.resolution()))
    }

    /// The smooth surface for one of [`BANDWIDTHS`]; `None` for another bandwidth or without cells.
    pub fn heat(&self, bandwidth: u32) -> Option<&Heat> {
        let place = BANDWIDTHS.iter().position(|offered| *offered == bandwidth)?;
        let published = self.published.as_ref()?;
        self.heats[place].get_or_init(|| heat(published, bandwidth)).as_ref()
    }

    /// Where participants mapped most, by neighbourhood: computed from the published numbers alone.
    ///
    /// # Errors
    /// When the neighbourhoods have no usable relation.
    pub fn neighbourhood_hotspots(&self, all: &Neighbourhoods) -> Result<HotspotTable<Uuid>, PictureError> {
        let Some(published) = &self.neighbourhoods else {
            return Ok(HotspotTable::default());
        };
        let by_id: HashMap<Uuid, &Neighbourhood> = all.iter().map(|n| (n.id.0, n)).collect();
        let then = self.ground_by_id();
        let middle = |id: Uuid| match then.get(&id) {
            Some(unit) => unit.at.and_then(|[lon, lat]| LonLat::new(lon, lat).ok()),
            None => by_id.get(&id)?.label_point(),
        };
        let middles: Vec<Option<LonLat>> =
            published.table().rows().iter().map(|row| middle(row.id())).collect();
        picture::neighbourhood_hotspots(published, &plane(&middles))
    }

    /// How many lived in each neighbourhood of layer N, in its order, when the release was made; of one made before
    /// this was kept, today.
    pub fn residents(&self, all: &Neighbourhoods) -> Vec<Option<u32>> {
        let today: HashMap<Uuid, Option<u32>> = all.iter().map(|n| (n.id.0, n.population)).collect();
        let then = self.ground_by_id();
        let of = |id: Uuid| match then.get(&id) {
            Some(unit) => unit.residents,
            None => today.get(&id).copied().flatten(),
        };
        let rows = self.neighbourhoods.as_ref().map_or(&[][..], |n| n.table().rows());
        rows.iter().map(|row| of(row.id())).collect()
    }

    fn ground_by_id(&self) -> HashMap<Uuid, &GroundUnit> {
        self.ground.iter().flat_map(|ground| &ground.neighbourhoods).map(|unit| (unit.id, unit)).collect()
    }
}

/// The published tables of a release to the byte, which its hash is of: JSON, a table a line. Layers H, N and C come in
/// this order, `null` for one that was not made; releases that keep their ground have two lines more, layer E4 and the
/// ground. With them everything that is shown of a release can be worked out again.
pub fn tables(stored: &StoredRelease) -> String {
    let mut lines = vec![&stored.cells, &stored.neighbourhoods, &stored.totals];
    if !stored.ground.is_null() {
        lines.extend([&stored.activities, &stored.ground]);
    }
    lines.into_iter().fold(String::new(), |all, table| all + &table.to_string() + "\n")
}

/// Positions in metres on a plane that touches the earth in their midst, which is exact enough across a town.
/// What has no position any more is put far away.
fn plane(positions: &[Option<LonLat>]) -> Vec<(f64, f64)> {
    const FAR: (f64, f64) = (1e7, 1e7);
    let around = engine::Bounds::around(positions.iter().flatten().copied());
    let Some(middle) = around.map(|b| b.centre()) else { return vec![FAR; positions.len()] };
    let (per_lon, per_lat) = metres_per_degree(middle.lat());
    let flat = |p: LonLat| ((p.lon() - middle.lon()) * per_lon, (p.lat() - middle.lat()) * per_lat);
    positions.iter().map(|p| p.map_or(FAR, flat)).collect()
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
