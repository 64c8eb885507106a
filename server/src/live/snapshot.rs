//! A closed group's snapshot in memory.

use engine::community::PublicationPolicy;
use engine::privacy::Published;
use engine::privacy::closed_group::Snapshot;

use crate::store::{StoreError, StoredRelease};

/// A snapshot, read once from its stored table.
#[derive(Debug)]
pub struct LiveSnapshot {
    /// As it is stored.
    pub stored: StoredRelease,
    /// Its numbers.
    pub table: Published<Snapshot>,
}

impl LiveSnapshot {
    /// Whether what is stored is a snapshot rather than a release for everybody.
    pub fn is_one(stored: &StoredRelease) -> bool {
        stored.parameters["policy"] == PublicationPolicy::ClosedGroup.as_str()
    }

    /// Reads the stored table.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when it cannot be read back.
    pub fn prepare(stored: StoredRelease) -> Result<Self, StoreError> {
        let table = Published::<Snapshot>::from_stored(&stored.cells.to_string())
            .map_err(|error| StoreError::Damaged { what: "snapshot", why: error.to_string() })?;
        Ok(Self { stored, table })
    }
}
