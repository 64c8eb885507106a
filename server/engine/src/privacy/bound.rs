//! Contribution bounding: how much one participant can change.
//!
//! Without a bound one person with five hundred pins would change five hundred cells, and no noise of
//! useful size would hide them. Each participant counts in at most 8 cells and 4 neighbourhoods.

use std::collections::BTreeSet;

use h3o::CellIndex;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The most cells one participant counts in: layer H's squared sensitivity.
pub const CELLS_PER_PARTICIPANT: usize = 8;
/// The most neighbourhoods one participant counts in; each with one person and a valence of at most 1.
pub const NEIGHBOURHOODS_PER_PARTICIPANT: usize = 4;

/// The key of one release: 32 bytes from the operating system's generator, kept secret and thrown away
/// with the run. It decides which of somebody's many units count, so that nobody can arrange it.
#[derive(Clone, Copy)]
pub struct Key([u8; 32]);

impl Key {
    /// A key from random bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(secret)")
    }
}

/// Something a participant can count in.
pub trait Unit: Copy + Ord {
    /// The unit as bytes, equally many for all units of its kind.
    fn bytes(self) -> impl AsRef<[u8]>;
}

impl Unit for CellIndex {
    fn bytes(self) -> impl AsRef<[u8]> {
        u64::from(self).to_be_bytes()
    }
}

impl Unit for Uuid {
    fn bytes(self) -> impl AsRef<[u8]> {
        self.into_bytes()
    }
}

/// The units in which a participant counts.
///
/// # Parameters
///
/// * `key`: the release's key.
/// * `participant`: whose units they are.
/// * `units`: any number, in any order; duplicates collapse.
/// * `most`: how many may count.
///
/// # Returns
///
/// At most `most` distinct units, ascending: those with the smallest SHA-256 of key, participant and unit.
/// The choice depends on this participant's units alone, never on anybody else's.
///
/// # Examples
///
/// ```
/// use engine::privacy::bound::{Key, chosen};
/// use uuid::Uuid;
/// let units = (0..100).map(|n| Uuid::from_u128(n % 10));
/// let kept = chosen(&Key::new([7; 32]), Uuid::from_u128(1), units, 4);
/// assert_eq!(kept.len(), 4);
/// ```
pub fn chosen<U: Unit>(
    key: &Key,
    participant: Uuid,
    units: impl IntoIterator<Item = U>,
    most: usize,
) -> Vec<U> {
    let distinct: BTreeSet<U> = units.into_iter().collect();
    if distinct.len() <= most {
        return distinct.into_iter().collect();
    }
    let mut drawn: Vec<([u8; 32], U)> = distinct
        .into_iter()
        .map(|unit| {
            let hash = Sha256::new()
                .chain_update(key.0)
                .chain_update(participant.as_bytes())
                .chain_update(unit.bytes());
            (hash.finalize().into(), unit)
        })
        .collect();
    drawn.sort_unstable();
    let mut kept: Vec<U> = drawn.into_iter().take(most).map(|(_, unit)| unit).collect();
    kept.sort_unstable();
    kept
}
