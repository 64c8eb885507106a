//! Published tables: noisy whole numbers that anyone may see.

use h3o::CellIndex;
use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

use super::activity::PerActivity;
use super::aggregate::PerKind;
use super::discrete_gaussian::Sigma;
use super::domain::first_out_of_order;

/// A table that has been released. Only [`release`](super::release::release) makes one from places; it is
/// immutable and the only aggregate that implements `Serialize`.
///
/// The JSON is stable: keys in a fixed order, cells and neighbourhoods ascending. The same table is the same
/// bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published<T> {
    table: T,
}

impl<T> Published<T> {
    /// Publishes a table; the noise is in it.
    pub(super) const fn new(table: T) -> Self {
        Self { table }
    }

    /// The table.
    pub const fn table(&self) -> &T {
        &self.table
    }
}

/// Layer H: the noisy number of distinct participants per cell of the domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellTable {
    pub(super) release: Uuid,
    pub(super) sigma: Sigma,
    pub(super) cells: Vec<(CellIndex, i64)>,
}

impl CellTable {
    /// The release it belongs to.
    pub const fn release(&self) -> Uuid {
        self.release
    }

    /// The standard deviation of the noise in every number, in participants.
    pub const fn sigma(&self) -> Sigma {
        self.sigma
    }

    /// Every cell of the domain, ascending, with its noisy number of participants: unclamped, so it may be
    /// negative.
    pub fn cells(&self) -> &[(CellIndex, i64)] {
        &self.cells
    }
}

/// Layer N: people and valence per neighbourhood of the domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeighbourhoodTable {
    pub(super) release: Uuid,
    pub(super) sigma: Sigma,
    pub(super) rows: Vec<NeighbourhoodRow>,
}

/// One neighbourhood's noisy numbers, unclamped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct NeighbourhoodRow {
    /// The neighbourhood.
    id: Uuid,
    /// Distinct participants.
    people: i64,
    /// The sum over participants of their mean valence, in sixteenths.
    valence_sixteenths: i64,
    /// Distinct participants by kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kinds: Option<PerKind>,
}

impl NeighbourhoodRow {
    pub(super) const fn new(id: Uuid, people: i64, valence_sixteenths: i64, kinds: Option<PerKind>) -> Self {
        Self { id, people, valence_sixteenths, kinds }
    }

    /// The neighbourhood.
    pub const fn id(&self) -> Uuid {
        self.id
    }

    /// The noisy number of distinct participants.
    pub const fn people(&self) -> i64 {
        self.people
    }

    /// The noisy sum over participants of their mean valence, in sixteenths; participants without feelings
    /// add 0 to it.
    pub const fn valence_sixteenths(&self) -> i64 {
        self.valence_sixteenths
    }

    /// The noisy numbers of distinct participants with a place of each of the
    /// [`KINDS`](super::aggregate::KINDS) here; only in releases of many participants.
    pub const fn kinds(&self) -> Option<&PerKind> {
        self.kinds.as_ref()
    }
}

impl NeighbourhoodTable {
    /// The release it belongs to.
    pub const fn release(&self) -> Uuid {
        self.release
    }

    /// The standard deviation of the noise in the numbers of people and, in whole steps of valence, in the
    /// sums; in sixteenths it is 16 times as large.
    pub const fn sigma(&self) -> Sigma {
        self.sigma
    }

    /// Every neighbourhood of the domain, ascending.
    pub fn rows(&self) -> &[NeighbourhoodRow] {
        &self.rows
    }
}

/// Layer C: the whole community by kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotalsTable {
    pub(super) release: Uuid,
    pub(super) sigma: Sigma,
    pub(super) people: PerKind,
}

impl TotalsTable {
    /// The release it belongs to.
    pub const fn release(&self) -> Uuid {
        self.release
    }

    /// The standard deviation of the noise in every number, in participants.
    pub const fn sigma(&self) -> Sigma {
        self.sigma
    }

    /// The noisy number of participants with a place of each of the [`KINDS`](super::aggregate::KINDS),
    /// unclamped.
    pub const fn people(&self) -> &PerKind {
        &self.people
    }
}

/// Layer E4: every neighbourhood by activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActivityTable {
    pub(super) release: Uuid,
    pub(super) sigma: Sigma,
    pub(super) rows: Vec<ActivityRow>,
}

/// One neighbourhood's noisy numbers by activity, unclamped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActivityRow {
    /// The neighbourhood.
    id: Uuid,
    /// Distinct participants by activity, each in one of them.
    people: PerActivity,
}

impl ActivityRow {
    pub(super) const fn new(id: Uuid, people: PerActivity) -> Self {
        Self { id, people }
    }

    /// The neighbourhood.
    pub const fn id(&self) -> Uuid {
        self.id
    }

    /// The noisy number of participants with each of the [`ACTIVITIES`](super::activity::ACTIVITIES) here; each
    /// participant counts with one of theirs.
    pub const fn people(&self) -> &PerActivity {
        &self.people
    }
}

impl ActivityTable {
    /// The release it belongs to.
    pub const fn release(&self) -> Uuid {
        self.release
    }

    /// The standard deviation of the noise in every number, in participants.
    pub const fn sigma(&self) -> Sigma {
        self.sigma
    }

    /// Every neighbourhood of the domain, ascending.
    pub fn rows(&self) -> &[ActivityRow] {
        &self.rows
    }
}

/// Why a stored table could not be read back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoredError {
    /// It is not the JSON that was written.
    #[error("the stored table is not readable: {0}")]
    Json(#[from] serde_json::Error),
    /// A noise outside the range.
    #[error("the stored table's noise: {0}")]
    Sigma(#[from] super::discrete_gaussian::SigmaError),
    /// Not an H3 cell.
    #[error("row {row} of the stored table names the cell {text:?}, which is not an H3 index")]
    Cell {
        /// The row, from 0.
        row: usize,
        /// What stands there.
        text: String,
    },
    /// Rows that do not strictly ascend.
    #[error("row {row} of the stored table does not come after the one before it")]
    NotAscending {
        /// The row, from 0.
        row: usize,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredCells {
    release: Uuid,
    sigma: u64,
    cells: Vec<(String, i64)>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredNeighbourhoods {
    release: Uuid,
    sigma: u64,
    neighbourhoods: Vec<NeighbourhoodRow>,
}

impl Serialize for Published<CellTable> {
    /// `{"release": …, "sigma": 9, "cells": [["881126d0d1fffff", 12], …]}`
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let cells = self.table.cells.iter().map(|(cell, people)| (cell.to_string(), *people));
        StoredCells { release: self.table.release, sigma: self.table.sigma.get(), cells: cells.collect() }
            .serialize(serializer)
    }
}

impl Serialize for Published<NeighbourhoodTable> {
    /// `{"release": …, "sigma": 10, "neighbourhoods": [{"id": …, "people": 31, "valence_sixteenths": 60}, …]}`
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let neighbourhoods = self.table.rows.clone();
        StoredNeighbourhoods { release: self.table.release, sigma: self.table.sigma.get(), neighbourhoods }
            .serialize(serializer)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredTotals {
    release: Uuid,
    sigma: u64,
    people: PerKind,
}

impl Serialize for Published<TotalsTable> {
    /// `{"release": …, "sigma": 19, "people": [412, 388, 120, 240, 96, 151, 77]}`
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let TotalsTable { release, sigma, people } = self.table;
        StoredTotals { release, sigma: sigma.get(), people }.serialize(serializer)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StoredActivities {
    release: Uuid,
    sigma: u64,
    activities: Vec<ActivityRow>,
}

impl Serialize for Published<ActivityTable> {
    /// `{"release": …, "sigma": 27, "activities": [{"id": …, "people": [112, 40, 67, 31, 150, 88, 12, -9]}, …]}`
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ActivityTable { release, sigma, rows } = &self.table;
        StoredActivities { release: *release, sigma: sigma.get(), activities: rows.clone() }
            .serialize(serializer)
    }
}

impl Published<ActivityTable> {
    /// Reads back a table that was serialised and stored, and nothing else: its numbers are noisy already.
    ///
    /// # Errors
    ///
    /// [`StoredError`] when the text is not what `Serialize` writes.
    pub fn from_stored(json: &str) -> Result<Self, StoredError> {
        let StoredActivities { release, sigma, activities: rows } = serde_json::from_str(json)?;
        let sigma = Sigma::new(sigma)?;
        let order: Vec<_> = rows.iter().map(|row| row.id).collect();
        match first_out_of_order(&order) {
            Some(row) => Err(StoredError::NotAscending { row }),
            None => Ok(Self::new(ActivityTable { release, sigma, rows })),
        }
    }
}

impl Published<TotalsTable> {
    /// Reads back a table that was serialised and stored, and nothing else: its numbers are noisy already.
    ///
    /// # Errors
    ///
    /// [`StoredError`] when the text is not what `Serialize` writes.
    pub fn from_stored(json: &str) -> Result<Self, StoredError> {
        let StoredTotals { release, sigma, people } = serde_json::from_str(json)?;
        Ok(Self::new(TotalsTable { release, sigma: Sigma::new(sigma)?, people }))
    }
}

impl Published<CellTable> {
    /// Reads back a table that was serialised and stored, and nothing else: its numbers are noisy already.
    ///
    /// # Errors
    ///
    /// [`StoredError`] when the text is not what `Serialize` writes.
    pub fn from_stored(json: &str) -> Result<Self, StoredError> {
        let StoredCells { release, sigma, cells } = serde_json::from_str(json)?;
        let sigma = Sigma::new(sigma)?;
        let cells = cells
            .into_iter()
            .enumerate()
            .map(|(row, (text, people))| match text.parse::<CellIndex>() {
                Ok(cell) => Ok((cell, people)),
                Err(_) => Err(StoredError::Cell { row, text }),
            })
            .collect::<Result<Vec<_>, _>>()?;
        let order: Vec<_> = cells.iter().map(|&(cell, _)| cell).collect();
        match first_out_of_order(&order) {
            Some(row) => Err(StoredError::NotAscending { row }),
            None => Ok(Self::new(CellTable { release, sigma, cells })),
        }
    }
}

impl Published<NeighbourhoodTable> {
    /// Reads back a table that was serialised and stored, and nothing else: its numbers are noisy already.
    ///
    /// # Errors
    ///
    /// [`StoredError`] when the text is not what `Serialize` writes.
    pub fn from_stored(json: &str) -> Result<Self, StoredError> {
        let StoredNeighbourhoods { release, sigma, neighbourhoods: rows } = serde_json::from_str(json)?;
        let sigma = Sigma::new(sigma)?;
        let order: Vec<_> = rows.iter().map(|row| row.id).collect();
        match first_out_of_order(&order) {
            Some(row) => Err(StoredError::NotAscending { row }),
            None => Ok(Self::new(NeighbourhoodTable { release, sigma, rows })),
        }
    }
}
