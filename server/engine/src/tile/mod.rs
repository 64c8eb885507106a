//! Mapbox Vector Tiles 2.1, written by hand: supports, neighbourhoods, and anything else as points, lines and
//! polygons with attributes.
//!
//! Specification: <https://github.com/mapbox/vector-tile-spec/tree/master/2.1>. The tests decode every kind of tile
//! with an independent library.

mod clip;
mod dictionary;
mod layer;
mod protobuf;

use std::collections::HashSet;

use geo::MultiPolygon;

use crate::mercator::{BUFFER, EXTENT, TileId};
use crate::neighbourhood::Neighbourhood;
use crate::support::Support;

pub use layer::{Attribute, Layer, Value};

/// Above this, in bytes, a tile of supports below [`ALL_SUPPORTS_ZOOM`] is thinned: about a second on a slow
/// mobile connection.
pub const MAX_THINNED_BYTES: usize = 100_000;
/// From this zoom level on a tile has every support.
pub const ALL_SUPPORTS_ZOOM: u8 = 14;
/// The side of the finest cell that keeps one support below that zoom: 2 pixels of a tile shown at 512.
const FINEST_CELL: u32 = 16;

/// A tile of some layers, the empty ones left out; `None` when all are.
pub fn encode(layers: impl IntoIterator<Item = Layer>) -> Option<Vec<u8>> {
    let mut tile = Vec::new();
    for layer in layers.into_iter().filter(|l| !l.is_empty()) {
        protobuf::message(&mut tile, 3, &layer.finish());
    }
    (!tile.is_empty()).then_some(tile)
}

/// The layer `supports` of a tile, with `id`, `name` (if any), `category` and `price`; `None` when empty.
///
/// Supports elsewhere may be among those given; [`TileId::buffered_bounds`] is the box of those that matter.
///
/// # Algorithm
/// From [`ALL_SUPPORTS_ZOOM`] on, everything is drawn. Below, one support is kept in each cell of a grid, the one
/// with the smallest identifier, so that the answer does not depend on the order; the cells start at 2 pixels and
/// double until the tile has at most [`MAX_THINNED_BYTES`].
pub fn supports_tile<'a>(supports: impl IntoIterator<Item = &'a Support>, tile: TileId) -> Option<Vec<u8>> {
    let mut kept: Vec<([i32; 2], &Support)> =
        supports.into_iter().filter_map(|s| Some((in_tile(tile.project(s.location?))?, s))).collect();
    kept.sort_unstable_by_key(|(_, s)| s.id);
    if tile.z() >= ALL_SUPPORTS_ZOOM {
        return encode([supports_layer(&kept)]);
    }
    let mut cell = FINEST_CELL;
    loop {
        kept = one_per_cell(kept, cell);
        let bytes = encode([supports_layer(&kept)])?;
        if bytes.len() <= MAX_THINNED_BYTES || cell > 2 * EXTENT {
            return Some(bytes);
        }
        cell *= 2;
    }
}

/// The layer `neighbourhoods` of a tile, with `id` and `name`; `None` when empty.
pub fn neighbourhoods_tile<'a>(
    neighbourhoods: impl IntoIterator<Item = &'a Neighbourhood>,
    tile: TileId,
) -> Option<Vec<u8>> {
    let mut layer = Layer::new("neighbourhoods");
    for n in neighbourhoods {
        let id = n.id.to_string();
        layer.polygons(tile, &n.shape, &[("id", Value::Unique(&id)), ("name", n.name.as_str().into())]);
    }
    encode([layer])
}

/// A tile of one layer of polygons with attributes, such as the cells of a release; `None` when empty.
pub fn polygons_tile<'a, A: AsRef<[Attribute<'a>]>>(
    name: &str,
    polygons: impl IntoIterator<Item = (&'a MultiPolygon, A)>,
    tile: TileId,
) -> Option<Vec<u8>> {
    let mut layer = Layer::new(name);
    for (polygon, attributes) in polygons {
        layer.polygons(tile, polygon, attributes.as_ref());
    }
    encode([layer])
}

fn supports_layer(supports: &[([i32; 2], &Support)]) -> Layer {
    let mut layer = Layer::new("supports");
    let mut id = [0; uuid::fmt::Hyphenated::LENGTH];
    for (at, s) in supports {
        let id: &str = s.id.0.hyphenated().encode_lower(&mut id);
        let (category, price) = (s.details.category.as_str(), s.details.price.as_str());
        let rest = [("id", Value::Unique(id)), ("category", category.into()), ("price", price.into())];
        match s.details.name.as_deref() {
            Some(name) => layer.point_at(*at, rest.into_iter().chain([("name", name.into())])),
            None => layer.point_at(*at, rest),
        }
    }
    layer
}

/// The first in each cell stays.
fn one_per_cell(points: Vec<([i32; 2], &Support)>, cell: u32) -> Vec<([i32; 2], &Support)> {
    let cell = i32::try_from(cell).expect("a cell is a small part of a tile");
    let mut taken: HashSet<[i32; 2]> = HashSet::with_capacity(points.len());
    points.into_iter().filter(|(at, _)| taken.insert(at.map(|v| v.div_euclid(cell)))).collect()
}

/// Whole tile units, if the position is in the tile or its buffer.
fn in_tile(at: [f64; 2]) -> Option<[i32; 2]> {
    let (low, high) = (-f64::from(BUFFER), f64::from(EXTENT + BUFFER));
    at.iter().all(|v| (low..=high).contains(v)).then(|| at.map(whole))
}

/// The nearest whole number of tile units.
#[expect(clippy::cast_possible_truncation, reason = "clipped to a tile and its buffer before")]
fn whole(v: f64) -> i32 {
    v.round() as i32
}

#[cfg(test)]
mod tests;
