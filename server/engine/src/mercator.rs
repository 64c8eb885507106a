//! Web Mercator tiles: identifiers, and positions within them (EPSG:3857 in the XYZ scheme, y from the north).

use std::f64::consts::PI;

use crate::{Bounds, LonLat};

/// Tile units along a tile's side, in every layer that Stead writes.
pub const EXTENT: u32 = 4096;
/// Tile units around a tile in which features are kept too, so that symbols and outlines are not cut at its edge:
/// 8 pixels of a tile shown at 512.
pub const BUFFER: u32 = 64;
/// The deepest zoom level.
pub const MAX_ZOOM: u8 = 22;
/// The latitude at which the square of the projection ends, degrees.
pub const MAX_LATITUDE: f64 = 85.051_128_779_806_59;

/// Why three numbers name no tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// The zoom level is too deep.
    #[error("zoom {0} is deeper than {MAX_ZOOM}")]
    Zoom(u32),
    /// The column does not exist at this zoom level.
    #[error("column {x} does not exist at zoom {z}; it has 0 to {last}", last = (1_u32 << z) - 1)]
    Column {
        /// The zoom level.
        z: u8,
        /// The column asked for.
        x: u32,
    },
    /// The row does not exist at this zoom level.
    #[error("row {y} does not exist at zoom {z}; it has 0 to {last}", last = (1_u32 << z) - 1)]
    Row {
        /// The zoom level.
        z: u8,
        /// The row asked for.
        y: u32,
    },
}

/// A tile that exists: zoom at most [`MAX_ZOOM`], column and row below 2^zoom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TileId {
    z: u8,
    x: u32,
    y: u32,
}

impl TileId {
    /// Parses a tile from zoom, column (from the west) and row (from the north).
    ///
    /// # Errors
    /// [`TileError`] for what is out of range.
    pub fn parse(z: u32, x: u32, y: u32) -> Result<Self, TileError> {
        let zoom = u8::try_from(z).ok().filter(|z| *z <= MAX_ZOOM).ok_or(TileError::Zoom(z))?;
        if x >= 1 << zoom {
            return Err(TileError::Column { z: zoom, x });
        }
        if y >= 1 << zoom {
            return Err(TileError::Row { z: zoom, y });
        }
        Ok(Self { z: zoom, x, y })
    }

    /// The tile that holds a position; beyond [`MAX_LATITUDE`] the one at the edge.
    ///
    /// # Errors
    /// [`TileError::Zoom`] for a zoom deeper than [`MAX_ZOOM`].
    pub fn containing(p: LonLat, z: u8) -> Result<Self, TileError> {
        if z > MAX_ZOOM {
            return Err(TileError::Zoom(u32::from(z)));
        }
        let (x, y) = world(p);
        Ok(Self { z, x: column(x, z), y: column(y, z) })
    }

    /// All tiles of a zoom level that touch a box, row by row.
    ///
    /// # Errors
    /// [`TileError::Zoom`] for a zoom deeper than [`MAX_ZOOM`].
    pub fn covering(bounds: Bounds, z: u8) -> Result<impl Iterator<Item = Self>, TileError> {
        let corner = |lon: f64, lat: f64| (world_x(lon), world_y(lat));
        if z > MAX_ZOOM {
            return Err(TileError::Zoom(u32::from(z)));
        }
        let (west, north) = corner(bounds.west, bounds.north);
        let (east, south) = corner(bounds.east, bounds.south);
        let columns = column(west, z)..=column(east, z);
        let rows = column(north, z)..=column(south, z);
        Ok(rows.flat_map(move |y| columns.clone().map(move |x| Self { z, x, y })))
    }

    /// Zoom level.
    pub fn z(self) -> u8 {
        self.z
    }

    /// Column from the west.
    pub fn x(self) -> u32 {
        self.x
    }

    /// Row from the north.
    pub fn y(self) -> u32 {
        self.y
    }

    /// The tile's box in degrees.
    pub fn bounds(self) -> Bounds {
        self.bounds_with(0)
    }

    /// The box of the tile and [`BUFFER`] around it: what to look up for drawing it.
    pub fn buffered_bounds(self) -> Bounds {
        self.bounds_with(BUFFER)
    }

    fn bounds_with(self, buffer: u32) -> Bounds {
        let tiles = self.tiles();
        let margin = f64::from(buffer) / f64::from(EXTENT);
        let lon = |x: f64| (x / tiles * 360.0 - 180.0).clamp(-180.0, 180.0);
        let lat = |y: f64| latitude((y / tiles).clamp(0.0, 1.0));
        let (x, y) = (f64::from(self.x), f64::from(self.y));
        Bounds {
            west: lon(x - margin),
            south: lat(y + 1.0 + margin),
            east: lon(x + 1.0 + margin),
            north: lat(y - margin),
        }
    }

    /// A position in tile units: 0 to [`EXTENT`] from the west and from the north within the tile, beyond it
    /// less or more.
    pub fn project(self, p: LonLat) -> [f64; 2] {
        self.project_degrees(p.lon(), p.lat())
    }

    /// The same for degrees that are no [`LonLat`] yet, such as a vertex of a polygon.
    pub fn project_degrees(self, lon: f64, lat: f64) -> [f64; 2] {
        let (tiles, extent) = (self.tiles(), f64::from(EXTENT));
        [
            (world_x(lon) * tiles - f64::from(self.x)) * extent,
            (world_y(lat) * tiles - f64::from(self.y)) * extent,
        ]
    }

    fn tiles(self) -> f64 {
        f64::from(1_u32 << self.z)
    }
}

/// A position on the square of the projection: 0 to 1 from the west and from the north.
pub fn world(p: LonLat) -> (f64, f64) {
    (world_x(p.lon()), world_y(p.lat()))
}

fn world_x(lon: f64) -> f64 {
    (lon + 180.0) / 360.0
}

fn world_y(lat: f64) -> f64 {
    let lat = lat.clamp(-MAX_LATITUDE, MAX_LATITUDE).to_radians();
    0.5 - lat.sin().atanh() / (2.0 * PI)
}

fn latitude(y: f64) -> f64 {
    (PI * (1.0 - 2.0 * y)).sinh().atan().to_degrees()
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to what a tile can be")]
fn column(world: f64, z: u8) -> u32 {
    let tiles = 1_u32 << z;
    (world * f64::from(tiles)).floor().clamp(0.0, f64::from(tiles - 1)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    #[test]
    fn tiles_agree_with_the_published_scheme() {
        // Computed by mercantile 1.2.1: mercantile.tile(lon, lat, zoom) and mercantile.bounds(x, y, zoom).
        let cases = [
            (26.7225, 58.3806, 14, 9408, 4901),
            (-0.1276, 51.5072, 10, 511, 340),
            (24.35, 58.9, 13, 4650, 2428),
            (-179.9, -84.9, 5, 0, 31),
            (151.2, -33.86, 22, 3_858_759, 2_516_845),
        ];
        for (lon, lat, z, x, y) in cases {
            let expected = TileId::parse(u32::from(z), x, y).unwrap();
            assert_eq!(TileId::containing(at(lon, lat), z).unwrap(), expected);
        }
        let found = TileId::parse(14, 9400, 4940).unwrap().bounds().to_array();
        let expected = [26.542_968_75, 57.926_517_285_371_11, 26.564_941_406_25, 57.938_183_012_205_315];
        assert!(found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 1e-12), "{found:?}");
        let whole = TileId::parse(0, 0, 0).unwrap().bounds();
        assert!((whole.north - MAX_LATITUDE).abs() < 1e-9 && (whole.west + 180.0).abs() < 1e-9);
    }

    #[test]
    fn tiles_out_of_range_are_refused_with_the_number_at_fault() {
        assert_eq!(TileId::parse(23, 0, 0), Err(TileError::Zoom(23)));
        assert_eq!(TileId::parse(1_000, 0, 0), Err(TileError::Zoom(1_000)));
        assert_eq!(TileId::parse(3, 8, 0), Err(TileError::Column { z: 3, x: 8 }));
        assert_eq!(
            TileId::parse(0, 0, 1).unwrap_err().to_string(),
            "row 1 does not exist at zoom 0; it has 0 to 0"
        );
        assert!(TileId::parse(22, (1 << 22) - 1, (1 << 22) - 1).is_ok());
    }

    #[test]
    fn a_tile_holds_the_positions_of_its_box() {
        let tile = TileId::parse(14, 9400, 4940).unwrap();
        let b = tile.bounds();
        let near = |found: [f64; 2], expected: [f64; 2]| {
            found.iter().zip(expected).all(|(f, e)| (f - e).abs() < 1e-4)
        };
        assert!(near(tile.project_degrees(b.west, b.north), [0.0, 0.0]));
        assert!(near(tile.project_degrees(b.east, b.south), [4096.0, 4096.0]));
        assert_eq!(TileId::containing(b.centre(), 14).unwrap(), tile);
        let wide = tile.buffered_bounds();
        assert!(near(tile.project_degrees(wide.west, wide.south), [-64.0, 4160.0]));
    }

    #[test]
    fn the_tiles_over_a_box_are_the_tiles_of_its_positions() {
        let b = Bounds::new(24.2, 58.8, 24.5, 59.0).unwrap();
        let tiles: Vec<TileId> = TileId::covering(b, 13).unwrap().collect();
        for lon in [24.2, 24.31, 24.5] {
            for lat in [58.8, 58.93, 59.0] {
                assert!(tiles.contains(&TileId::containing(at(lon, lat), 13).unwrap()));
            }
        }
        assert_eq!(TileId::covering(b, 0).unwrap().count(), 1);
    }
}
