//! Tiles that were asked for before. A cache belongs to one snapshot of the data and is dropped with it.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use engine::mercator::TileId;
use sha2::{Digest, Sha256};

use crate::texts::hex;

/// How many tiles of one snapshot are kept: all that a town has down to street level, at some 10 kB each.
const CAPACITY: usize = 1_024;

/// A tile as it is sent.
#[derive(Debug, PartialEq, Eq)]
pub struct Tile {
    /// The Mapbox vector tile; empty where there is nothing.
    pub bytes: Vec<u8>,
    /// An entity tag with its quotes: a hash of the bytes, so that every process gives the same.
    pub etag: String,
}

#[derive(Default)]
struct Entries {
    tiles: HashMap<TileId, Arc<Tile>>,
    order: VecDeque<TileId>,
}

/// Tiles by address; the oldest gives way.
#[derive(Default)]
pub struct TileCache(Mutex<Entries>);

impl TileCache {
    /// The tile, made now if it is not here.
    pub fn get_or_make(&self, address: TileId, make: impl FnOnce() -> Option<Vec<u8>>) -> Arc<Tile> {
        if let Some(tile) = self.lock().tiles.get(&address) {
            return Arc::clone(tile);
        }
        let bytes = make().unwrap_or_default();
        let etag = format!("\"{}\"", hex(&Sha256::digest(&bytes)[..16]));
        let tile = Arc::new(Tile { bytes, etag });
        let mut entries = self.lock();
        if entries.tiles.insert(address, Arc::clone(&tile)).is_none() {
            entries.order.push_back(address);
        }
        if entries.order.len() > CAPACITY
            && let Some(oldest) = entries.order.pop_front()
        {
            entries.tiles.remove(&oldest);
        }
        tile
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Entries> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_is_made_once_and_the_oldest_gives_way() {
        let cache = TileCache::default();
        let at = |z, x| TileId::parse(z, x, 0).unwrap();
        let first = cache.get_or_make(at(1, 0), || Some(vec![1]));
        assert_eq!(cache.get_or_make(at(1, 0), || unreachable!("it is kept")), first);
        for x in 0..u32::try_from(CAPACITY).unwrap() {
            cache.get_or_make(at(20, x), || None);
        }
        assert_eq!(cache.get_or_make(at(1, 0), || Some(vec![3])).bytes, [3]);
        assert!(cache.lock().tiles.len() <= CAPACITY);
    }
}
