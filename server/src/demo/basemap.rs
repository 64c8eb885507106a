//! The town's basemap, cut into a PMTiles archive as an operator would bring one.

use std::fs::File;
use std::path::Path;

use engine::mercator::TileId;
use engine::synthetic::{Town, basemap_tile};
use pmtiles::{PmTilesWriter, PmtError, TileCoord, TileType};

/// From the whole town on a phone to single streets; the map overzooms beyond.
const ZOOMS: std::ops::RangeInclusive<u8> = 10..=15;

/// Writes every tile of the town, in the schema of `OpenMapTiles`.
///
/// # Errors
/// When the file cannot be written.
pub fn write_basemap(town: &Town, path: &Path) -> Result<(), PmtError> {
    let bounds = town.bounds();
    let centre = bounds.centre();
    let mut archive = PmTilesWriter::new(TileType::Mvt)
        .min_zoom(*ZOOMS.start())
        .max_zoom(*ZOOMS.end())
        .bounds(bounds.west, bounds.south, bounds.east, bounds.north)
        .center(centre.lon(), centre.lat())
        .center_zoom(12)
        .metadata(METADATA)
        .create(File::create(path)?)?;
    for zoom in ZOOMS {
        for tile in TileId::covering(bounds, zoom).expect("the zooms are small") {
            if let Some(bytes) = basemap_tile(town, tile) {
                archive.add_tile(TileCoord::new(tile.z(), tile.x(), tile.y())?, &bytes)?;
            }
        }
    }
    archive.finalize()
}

const METADATA: &str = r#"{"name":"Kaldavere","description":"A made-up town","attribution":"A made-up town",
"vector_layers":[{"id":"water","fields":{"class":"String"}},{"id":"park","fields":{"class":"String","name":"String"}},
{"id":"landuse","fields":{"class":"String"}},{"id":"transportation","fields":{"class":"String"}},
{"id":"transportation_name","fields":{"name":"String","class":"String"}},
{"id":"place","fields":{"name":"String","class":"String"}}]}"#;
