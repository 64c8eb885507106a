//! Spatial weights: who is whose neighbour, and how much it counts.

use std::collections::HashMap;

use h3o::{CellIndex, Resolution};
use rstar::RTree;
use rstar::primitives::GeomWithData;

use super::kd_tree::KdTree;

/// Sparse spatial weights of `n` units in compressed rows.
///
/// A unit never neighbours itself: statistics that count the unit in (Gi*) add its own weight. Weights
/// are finite and positive; a row's neighbours ascend. Rows need not be symmetric.
///
/// # Examples
///
/// ```
/// use engine::stats::weights::Weights;
/// let chain = Weights::from_links(3, [(0, 1, 1.0), (1, 0, 1.0), (1, 2, 1.0)])?;
/// assert_eq!(chain.neighbours(1).collect::<Vec<_>>(), [(0, 1.0), (2, 1.0)]);
/// assert_eq!(chain.islands(), [2]);
/// # Ok::<(), engine::stats::weights::WeightsError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// Row `i` is `offsets[i]..offsets[i + 1]`.
    offsets: Vec<usize>,
    columns: Vec<u32>,
    /// `None` when every weight is 1.
    values: Option<Vec<f64>>,
}

/// Why weights could not be built.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum WeightsError {
    /// There are no units.
    #[error("there are no units to build weights for")]
    Empty,
    /// More units than a 32-bit index can name.
    #[error("{units} units are more than the {} that weights can index", u32::MAX)]
    TooMany {
        /// The number of units.
        units: usize,
    },
    /// A link names a unit that does not exist.
    #[error("the link {from} → {to} leaves the {units} units (numbered from 0)")]
    OutOfRange {
        /// The unit whose row it is.
        from: usize,
        /// Its neighbour.
        to: usize,
        /// The number of units.
        units: usize,
    },
    /// A link leads from a unit to itself.
    #[error("unit {unit} is its own neighbour; leave self-links out, Gi* adds them itself")]
    SelfLink {
        /// The unit.
        unit: usize,
    },
    /// A weight is negative, infinite or not a number.
    #[error("the weight {weight} of the link {from} → {to} is not a finite number of at least 0")]
    BadWeight {
        /// The unit whose row it is.
        from: usize,
        /// Its neighbour.
        to: usize,
        /// The weight given.
        weight: f64,
    },
    /// The same link is listed twice.
    #[error("the link {from} → {to} is listed more than once")]
    Duplicate {
        /// The unit whose row it is.
        from: usize,
        /// Its neighbour.
        to: usize,
    },
    /// A cell is listed twice.
    #[error("the cell {cell} is listed more than once")]
    DuplicateCell {
        /// The cell.
        cell: CellIndex,
    },
    /// Cells of two resolutions.
    #[error("cell {cell} has resolution {resolution}, the first has {first}; use one resolution")]
    MixedResolutions {
        /// The cell that differs.
        cell: CellIndex,
        /// Its resolution.
        resolution: Resolution,
        /// The resolution of the first cell.
        first: Resolution,
    },
    /// No neighbours were asked for.
    #[error("asked for {asked} rings or neighbours; ask for at least 1")]
    NoneAsked {
        /// What was asked for.
        asked: usize,
    },
    /// More neighbours than other units.
    #[error("{k} nearest neighbours need more than {units} units; ask for at most {}", units.saturating_sub(1))]
    TooFew {
        /// The neighbours asked for.
        k: usize,
        /// The number of units.
        units: usize,
    },
    /// A coordinate is not finite.
    #[error("point {index} is at ({x}, {y}); coordinates must be finite metres")]
    BadPoint {
        /// The point's index.
        index: usize,
        /// Its easting as given.
        x: f64,
        /// Its northing as given.
        y: f64,
    },
    /// A distance band that is negative, infinite or not a number.
    #[error("a distance band of {metres} m is not a finite distance of at least 0 m")]
    BadBand {
        /// The threshold as given.
        metres: f64,
    },
}

impl Weights {
    /// Weights from a list of links `(unit, neighbour, weight)`.
    ///
    /// # Parameters
    ///
    /// * `units`: their number `n`; units are numbered `0..n`.
    /// * `links`: in any order. A weight of 0 is no link and is left out.
    ///
    /// # Errors
    ///
    /// [`WeightsError`] for no units, units out of range, self-links, links listed twice, and weights that
    /// are negative or not finite.
    ///
    /// # Notes
    ///
    /// `O(n + m log d)` for `m` links and at most `d` in a row.
    pub fn from_links(
        units: usize,
        links: impl IntoIterator<Item = (usize, usize, f64)>,
    ) -> Result<Self, WeightsError> {
        countable(units)?;
        let mut rows: Vec<(u32, u32, f64)> = Vec::new();
        let mut offsets = vec![0_usize; units + 1];
        for (from, to, weight) in links {
            if from >= units || to >= units {
                return Err(WeightsError::OutOfRange { from, to, units });
            }
            if from == to {
                return Err(WeightsError::SelfLink { unit: from });
            }
            if !(weight.is_finite() && weight >= 0.0) {
                return Err(WeightsError::BadWeight { from, to, weight });
            }
            if weight > 0.0 {
                offsets[from + 1] += 1;
                rows.push((narrow(from), narrow(to), weight));
            }
        }
        rows.sort_unstable_by_key(|&(from, to, _)| (from, to));
        if let Some(pair) = rows.windows(2).find(|pair| (pair[0].0, pair[0].1) == (pair[1].0, pair[1].1)) {
            let (from, to) = (pair[0].0 as usize, pair[0].1 as usize);
            return Err(WeightsError::Duplicate { from, to });
        }
        for row in 0..units {
            offsets[row + 1] += offsets[row];
        }
        let binary = rows.iter().all(|&(_, _, weight)| weight.to_bits() == 1.0_f64.to_bits());
        Ok(Self {
            offsets,
            columns: rows.iter().map(|&(_, to, _)| to).collect(),
            values: (!binary).then(|| rows.iter().map(|&(_, _, weight)| weight).collect()),
        })
    }

    /// Binary weights between H3 cells at most `rings` steps apart.
    ///
    /// # Parameters
    ///
    /// * `cells`: the units, of one resolution, each once. Only these become neighbours.
    /// * `rings`: 1 for the six touching cells, 2 for eighteen, and so on.
    ///
    /// # Errors
    ///
    /// [`WeightsError`] for no cells, no rings, repeated cells and mixed resolutions.
    ///
    /// # Examples
    ///
    /// ```
    /// use engine::stats::weights::Weights;
    /// use h3o::{CellIndex, LatLng, Resolution};
    /// let centre = LatLng::new(58.38, 26.72)?.to_cell(Resolution::Eight);
    /// let cells: Vec<CellIndex> = centre.grid_disk(1);
    /// let weights = Weights::h3_rings(&cells, 1)?;
    /// assert_eq!(weights.links(), 6 * 2 + 6 * 2);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn h3_rings(cells: &[CellIndex], rings: u32) -> Result<Self, WeightsError> {
        countable(cells.len())?;
        if rings == 0 {
            return Err(WeightsError::NoneAsked { asked: 0 });
        }
        let first = cells[0].resolution();
        let mut units = HashMap::with_capacity(cells.len());
        for (unit, &cell) in cells.iter().enumerate() {
            let resolution = cell.resolution();
            if resolution != first {
                return Err(WeightsError::MixedResolutions { cell, resolution, first });
            }
            if units.insert(cell, narrow(unit)).is_some() {
                return Err(WeightsError::DuplicateCell { cell });
            }
        }
        Ok(Self::from_rows(cells.len(), |unit, row| {
            let around = cells[unit].grid_disk::<Vec<_>>(rings);
            row.extend(around.iter().filter_map(|cell| units.get(cell).copied()));
            row.retain(|&other| other as usize != unit);
        }))
    }

    /// Binary weights to the `k` nearest other points.
    ///
    /// # Parameters
    ///
    /// * `points`: `(easting, northing)` in metres of a projected plane, never degrees.
    /// * `k`: neighbours of each point, `1..n`.
    ///
    /// # Errors
    ///
    /// [`WeightsError`] for no points, `k = 0`, `k ≥ n` and coordinates that are not finite.
    ///
    /// # Notes
    ///
    /// Ties are broken by distance, then by index, so the result is deterministic; the relation is
    /// asymmetric by design. `O(n k log n)` with a k-d tree; a million points take about a second.
    pub fn k_nearest(points: &[(f64, f64)], k: usize) -> Result<Self, WeightsError> {
        plane(points)?;
        if k == 0 {
            return Err(WeightsError::NoneAsked { asked: k });
        }
        if k >= points.len() {
            return Err(WeightsError::TooFew { k, units: points.len() });
        }
        let columns = KdTree::new(points).nearest(k);
        Ok(Self { offsets: (0..=points.len()).map(|unit| unit * k).collect(), columns, values: None })
    }

    /// Binary weights to every other point within a distance, the threshold included.
    ///
    /// # Parameters
    ///
    /// * `points`: `(easting, northing)` in metres of a projected plane, never degrees.
    /// * `metres`: the threshold. Points farther from all others become [islands](Self::islands).
    ///
    /// # Errors
    ///
    /// [`WeightsError`] for no points, coordinates that are not finite and a band that is negative or not
    /// finite.
    ///
    /// # Notes
    ///
    /// Squared distances are compared with the squared threshold. `O(m + n log n)` for `m` links.
    pub fn distance_band(points: &[(f64, f64)], metres: f64) -> Result<Self, WeightsError> {
        plane(points)?;
        let tree = tree(points);
        if !(metres.is_finite() && metres >= 0.0) {
            return Err(WeightsError::BadBand { metres });
        }
        Ok(Self::from_rows(points.len(), |unit, row| {
            let (x, y) = points[unit];
            let within = tree.locate_within_distance([x, y], metres * metres);
            row.extend(within.map(|found| found.data).filter(|&other| other as usize != unit));
        }))
    }

    /// The number of units.
    #[expect(clippy::len_without_is_empty, reason = "weights of no units cannot be built")]
    pub const fn len(&self) -> usize {
        self.offsets.len() - 1
    }

    /// The number of links, all rows together.
    pub const fn links(&self) -> usize {
        self.columns.len()
    }

    /// How many neighbours `unit` has.
    ///
    /// # Panics
    ///
    /// When `unit` is not below [`len`](Self::len).
    pub fn degree(&self, unit: usize) -> usize {
        self.offsets[unit + 1] - self.offsets[unit]
    }

    /// The neighbours of `unit`, ascending, with their weights.
    ///
    /// # Panics
    ///
    /// When `unit` is not below [`len`](Self::len).
    pub fn neighbours(&self, unit: usize) -> impl ExactSizeIterator<Item = (usize, f64)> {
        let (columns, values) = self.row(unit);
        columns
            .iter()
            .enumerate()
            .map(move |(position, &column)| (column as usize, values.map_or(1.0, |values| values[position])))
    }

    /// Whether every weight is 1.
    pub const fn is_binary(&self) -> bool {
        self.values.is_none()
    }

    /// The units without any neighbour, ascending.
    pub fn islands(&self) -> Vec<usize> {
        (0..self.len()).filter(|&unit| self.degree(unit) == 0).collect()
    }

    /// Columns and, unless all are 1, weights of a row.
    pub(crate) fn row(&self, unit: usize) -> (&[u32], Option<&[f64]>) {
        let range = self.offsets[unit]..self.offsets[unit + 1];
        (&self.columns[range.clone()], self.values.as_ref().map(|values| &values[range]))
    }

    /// Binary weights, row by row; `fill` gets the unit and an empty row. The rows are sorted here.
    fn from_rows(units: usize, mut fill: impl FnMut(usize, &mut Vec<u32>)) -> Self {
        let mut offsets = Vec::with_capacity(units + 1);
        let mut columns = Vec::new();
        let mut row = Vec::new();
        offsets.push(0);
        for unit in 0..units {
            row.clear();
            fill(unit, &mut row);
            row.sort_unstable();
            columns.extend_from_slice(&row);
            offsets.push(columns.len());
        }
        Self { offsets, columns, values: None }
    }
}

/// At least one unit, and each has a 32-bit index.
fn countable(units: usize) -> Result<(), WeightsError> {
    match units {
        0 => Err(WeightsError::Empty),
        _ if u32::try_from(units).is_err() => Err(WeightsError::TooMany { units }),
        _ => Ok(()),
    }
}

/// An index below a number of units that [`countable`] has accepted.
#[expect(clippy::cast_possible_truncation, reason = "`countable` has refused more units")]
const fn narrow(unit: usize) -> u32 {
    unit as u32
}

/// At least one point, all of them finite.
pub(super) fn plane(points: &[(f64, f64)]) -> Result<(), WeightsError> {
    countable(points.len())?;
    match points.iter().enumerate().find(|(_, (x, y))| !(x.is_finite() && y.is_finite())) {
        Some((index, &(x, y))) => Err(WeightsError::BadPoint { index, x, y }),
        None => Ok(()),
    }
}

/// The points in a tree, each with its index.
fn tree(points: &[(f64, f64)]) -> RTree<GeomWithData<[f64; 2], u32>> {
    let indexed = points.iter().enumerate().map(|(index, &(x, y))| GeomWithData::new([x, y], narrow(index)));
    RTree::bulk_load(indexed.collect())
}
