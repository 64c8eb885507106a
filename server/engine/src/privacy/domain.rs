//! The domain of a release: every unit that gets a number, whether anybody is there or not.

use h3o::{CellIndex, Resolution};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The cells and neighbourhoods of a community, from public data alone. A domain taken from the places
/// would tell where there are none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Domain {
    cells: Vec<CellIndex>,
    neighbourhoods: Vec<Uuid>,
}

/// Why a domain is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DomainError {
    /// Cells that do not strictly ascend.
    #[error(
        "cell {cell}, number {index} of the domain, does not come after the one before it; sort them, each once"
    )]
    CellsNotAscending {
        /// Its position.
        index: usize,
        /// The cell.
        cell: CellIndex,
    },
    /// Cells of two resolutions, which would overlap.
    #[error("cell {cell} has resolution {resolution}, the first has {first}; a domain has one resolution")]
    MixedResolutions {
        /// The cell that differs.
        cell: CellIndex,
        /// Its resolution.
        resolution: Resolution,
        /// The resolution of the first cell.
        first: Resolution,
    },
    /// Neighbourhoods that do not strictly ascend.
    #[error(
        "neighbourhood {neighbourhood}, number {index} of the domain, does not come after the one before it; sort them, each once"
    )]
    NeighbourhoodsNotAscending {
        /// Its position.
        index: usize,
        /// The neighbourhood.
        neighbourhood: Uuid,
    },
}

impl Domain {
    /// A domain of strictly ascending cells of one resolution and strictly ascending neighbourhoods.
    /// Either may be empty.
    ///
    /// # Errors
    ///
    /// [`DomainError`] names the first unit out of order, repeated, or of another resolution.
    pub fn new(cells: Vec<CellIndex>, neighbourhoods: Vec<Uuid>) -> Result<Self, DomainError> {
        if let Some(first) = cells.first().map(|cell| cell.resolution())
            && let Some(&cell) = cells.iter().find(|cell| cell.resolution() != first)
        {
            return Err(DomainError::MixedResolutions { cell, resolution: cell.resolution(), first });
        }
        if let Some(index) = first_out_of_order(&cells) {
            return Err(DomainError::CellsNotAscending { index, cell: cells[index] });
        }
        if let Some(index) = first_out_of_order(&neighbourhoods) {
            let neighbourhood = neighbourhoods[index];
            return Err(DomainError::NeighbourhoodsNotAscending { index, neighbourhood });
        }
        Ok(Self { cells, neighbourhoods })
    }

    /// The cells, ascending.
    pub fn cells(&self) -> &[CellIndex] {
        &self.cells
    }

    /// The neighbourhoods, ascending. A contribution names one by its position here.
    pub fn neighbourhoods(&self) -> &[Uuid] {
        &self.neighbourhoods
    }

    /// SHA-256 of both lists with their lengths, for the ledger.
    pub fn hash(&self) -> [u8; 32] {
        let mut hash = Sha256::new();
        hash.update((self.cells.len() as u64).to_be_bytes());
        for &cell in &self.cells {
            hash.update(u64::from(cell).to_be_bytes());
        }
        hash.update((self.neighbourhoods.len() as u64).to_be_bytes());
        for neighbourhood in &self.neighbourhoods {
            hash.update(neighbourhood.as_bytes());
        }
        hash.finalize().into()
    }
}

/// The position of the first element that is not greater than the one before it.
pub(super) fn first_out_of_order<T: Ord>(elements: &[T]) -> Option<usize> {
    elements.windows(2).position(|pair| pair[0] >= pair[1]).map(|position| position + 1)
}
