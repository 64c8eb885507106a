//! Kernel density on a grid: a smooth surface from points, or from counts at points.
//!
//! * B. W. Silverman (1986) Density Estimation for Statistics and Data Analysis. Chapman & Hall, chapter 4.
//! * M. P. Wand (1994) Fast computation of multivariate kernel estimators. Journal of Computational and
//!   Graphical Statistics 3:433–445, [doi:10.1080/10618600.1994.10474656](https://doi.org/10.1080/10618600.1994.10474656): linear binning.
//!
//! What is cut off at the edge of what is studied: [`study_area`](super::study_area).
//!
//! A public surface is computed from released counts alone. From a surface of single points with a known
//! kernel the points can be read back.

use std::f64::consts::PI;

use super::each_unit::on_rows;
use super::{convolution, float};

/// The shape of the bump that each point becomes; `u` is the distance in bandwidths. Each integrates to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kernel {
    /// `exp(−u²/2)/2π`, everywhere above 0.
    Gaussian,
    /// `3/π·(1 − u²)²` within one bandwidth.
    Quartic,
    /// `2/π·(1 − u²)` within one bandwidth.
    Epanechnikov,
    /// `4/π·(1 − u²)³` within one bandwidth.
    Triweight,
    /// `1/π` within one bandwidth.
    Uniform,
}

impl Kernel {
    /// All kernels with the names used on the command line.
    pub const ALL: [(&'static str, Self); 5] = [
        ("gaussian", Self::Gaussian),
        ("quartic", Self::Quartic),
        ("epanechnikov", Self::Epanechnikov),
        ("triweight", Self::Triweight),
        ("uniform", Self::Uniform),
    ];

    /// The kernel of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, kernel)| kernel)
    }

    /// The density at a squared distance, in bandwidths squared.
    pub fn at(self, square: f64) -> f64 {
        let inside = 1.0 - square;
        match self {
            Self::Gaussian => (-0.5 * square).exp() / (2.0 * PI),
            _ if inside < 0.0 => 0.0,
            Self::Quartic => 3.0 / PI * inside * inside,
            Self::Epanechnikov => 2.0 / PI * inside,
            Self::Triweight => 4.0 / PI * inside * inside * inside,
            Self::Uniform => 1.0 / PI,
        }
    }

    /// How many cells a bandwidth needs for linear binning to stay within 1 % of the peak: more where the
    /// kernel has a kink or a jump at its rim.
    pub(super) const fn fineness(self) -> f64 {
        match self {
            Self::Gaussian | Self::Quartic | Self::Triweight => 12.0,
            Self::Epanechnikov | Self::Uniform => 36.0,
        }
    }

    /// Where the kernel ends, in bandwidths; what a Gaussian has beyond is below 2·10⁻⁹ of its peak.
    pub(super) const fn reach(self) -> f64 {
        match self {
            Self::Gaussian => 6.4,
            _ => 1.0,
        }
    }
}

/// A grid of square cells; densities are those at cell centres.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Raster {
    /// Easting of the south-west corner, in metres.
    pub west: f64,
    /// Northing of the south-west corner, in metres.
    pub south: f64,
    /// The side of a cell, in metres.
    pub cell: f64,
    /// Cells from west to east.
    pub columns: usize,
    /// Cells from south to north.
    pub rows: usize,
}

/// The most cells of a grid.
pub const MOST_CELLS: usize = 1 << 24;

/// Why no density could be computed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum KdeError {
    /// A bandwidth that is none.
    #[error("a bandwidth of {metres} m is not a finite distance above 0 m")]
    BadBandwidth {
        /// The bandwidth as given.
        metres: f64,
    },
    /// A cell that is none.
    #[error("a cell of {metres} m is not a finite length above 0 m")]
    BadCell {
        /// The side as given.
        metres: f64,
    },
    /// Too many cells, or none.
    #[error("a grid of {columns} × {rows} cells; ask for 1 to {MOST_CELLS}")]
    BadSize {
        /// Cells from west to east.
        columns: usize,
        /// Cells from south to north.
        rows: usize,
    },
    /// What has to be looked at around the grid is too much.
    #[error(
        "with the study area as far around it as the kernel reaches, the grid has {columns} × {rows} cells; there are \
         {MOST_CELLS} at most: ask for larger cells or for a narrower bandwidth"
    )]
    TooWide {
        /// Cells from west to east.
        columns: usize,
        /// Cells from south to north.
        rows: usize,
    },
    /// A point that is none.
    #[error("point {index} is not at finite metres, or its weight is not finite")]
    BadPoint {
        /// Its index.
        index: usize,
    },
}

/// A point with its weight: 1, or the count that it stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mass {
    /// Easting in metres.
    pub x: f64,
    /// Northing in metres.
    pub y: f64,
    /// How much there is; noisy counts may be negative.
    pub weight: f64,
}

/// Density per square metre at every cell centre, each point evaluated exactly.
///
/// # Returns
///
/// `columns × rows` numbers, row by row from the south, each row from the west.
///
/// # Errors
///
/// [`KdeError`] for an unusable bandwidth, grid or point.
///
/// # Notes
///
/// `O(points × cells in reach)`: right for some thousands of points. [`binned`] is for more.
pub fn direct(points: &[Mass], raster: Raster, kernel: Kernel, bandwidth: f64) -> Result<Vec<f64>, KdeError> {
    check(points, raster, bandwidth)?;
    let mut density = vec![0.0; raster.columns * raster.rows];
    let scale = 1.0 / (bandwidth * bandwidth);
    let whole = kernel == Kernel::Gaussian;
    for point in points {
        let across = raster.span(point.x - raster.west, kernel.reach() * bandwidth, raster.columns, whole);
        let up = raster.span(point.y - raster.south, kernel.reach() * bandwidth, raster.rows, whole);
        for row in up {
            let dy = raster.south + (float(row) + 0.5) * raster.cell - point.y;
            for column in across.clone() {
                let dx = raster.west + (float(column) + 0.5) * raster.cell - point.x;
                density[row * raster.columns + column] +=
                    point.weight * scale * kernel.at((dx * dx + dy * dy) * scale);
            }
        }
    }
    Ok(density)
}

/// Density per square metre at every cell centre: [`direct`] where that is the shorter way, else [`binned`].
///
/// # Errors
///
/// [`KdeError`] for an unusable bandwidth, grid or point.
pub fn density(
    points: &[Mass],
    raster: Raster,
    kernel: Kernel,
    bandwidth: f64,
) -> Result<Vec<f64>, KdeError> {
    check(points, raster, bandwidth)?;
    let cells = float(raster.columns) * float(raster.rows);
    let reached = match kernel {
        Kernel::Gaussian => cells,
        _ => cells.min((2.0 * bandwidth / raster.cell + 1.0).powi(2)),
    };
    // An evaluation of the kernel costs several steps of a convolution.
    if float(points.len()) * reached <= 50e6 {
        direct(points, raster, kernel, bandwidth)
    } else {
        binned(points, raster, kernel, bandwidth)
    }
}

/// Density per square metre at every cell centre, points shared out to the four nearest centres first.
///
/// # Returns
///
/// As [`direct`]. Points farther than one cell outside the grid are left out.
///
/// # Errors
///
/// [`KdeError`] for an unusable bandwidth, grid or point.
///
/// # Notes
///
/// The error of linear binning is of the order of `(cell/bandwidth)²`. Where cells are too large for
/// that, points are shared out on a grid 3, 5, … times as fine, which keeps the error below 1 % of the peak
/// (except at the rim of a uniform kernel, where the density jumps). By the Fourier transform,
/// `O(points + cells × log cells)`.
pub fn binned(points: &[Mass], raster: Raster, kernel: Kernel, bandwidth: f64) -> Result<Vec<f64>, KdeError> {
    check(points, raster, bandwidth)?;
    let mut times = 1;
    while raster.cell / float(times) > bandwidth / kernel.fineness() && raster.refined(times + 2).is_some() {
        times += 2;
    }
    let fine = raster.refined(times).unwrap_or(raster);
    let density = spread(&shared_out(points, fine), fine, kernel, bandwidth);
    if times == 1 {
        return Ok(density);
    }
    // An odd number of fine cells a side: the middle one has the centre of the coarse one.
    let middle = times / 2;
    Ok((0..raster.rows)
        .flat_map(|row| {
            (0..raster.columns).map(move |column| (row * times + middle, column * times + middle))
        })
        .map(|(row, column)| density[row * fine.columns + column])
        .collect())
}

/// Each point's weight on the four cells whose centres are nearest, by their closeness.
fn shared_out(points: &[Mass], raster: Raster) -> Vec<f64> {
    let mut bins = vec![0.0; raster.columns * raster.rows];
    // Each share of the rows takes what is its own from all points: sums are made in one order, whatever the
    // number of cores.
    on_rows(&mut bins, raster.columns, |first, bins| {
        let rows = bins.len() / raster.columns;
        for point in points {
            let x = (point.x - raster.west) / raster.cell - 0.5;
            let y = (point.y - raster.south) / raster.cell - 0.5;
            let (Some((left, right_share)), Some((low, up_share))) =
                (parted(x, raster.columns), parted(y, raster.rows))
            else {
                continue;
            };
            for (row, up) in [(low, 1.0 - up_share), (low + 1, up_share)] {
                for (column, across) in [(left, 1.0 - right_share), (left + 1, right_share)] {
                    // What is before the first goes round to the largest number.
                    let (row, column) = (row.wrapping_sub(1 + first), column.wrapping_sub(1));
                    if row < rows && column < raster.columns {
                        bins[row * raster.columns + column] += point.weight * across * up;
                    }
                }
            }
        }
    });
    bins
}

/// The whole part of a place between −1 and the number of cells, counted from −1, and what is above it.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "within 0..=cells")]
fn parted(place: f64, cells: usize) -> Option<(usize, f64)> {
    let from_before = place + 1.0;
    (from_before >= 0.0 && from_before < float(cells) + 1.0).then(|| {
        let whole = from_before as usize;
        (whole, from_before - float(whole))
    })
}

/// The convolution of binned masses with the kernel.
pub(super) fn spread(bins: &[f64], raster: Raster, kernel: Kernel, bandwidth: f64) -> Vec<f64> {
    let (columns, rows) = (raster.columns, raster.rows);
    let step = raster.cell / bandwidth;
    let reach = reach_in_cells(kernel.reach() / step, columns.max(rows));
    let scale = 1.0 / (bandwidth * bandwidth);
    let bump = |across: usize, up: usize| {
        scale * kernel.at((float(across) * step).powi(2) + (float(up) * step).powi(2))
    };
    convolution::symmetric(bins, columns, reach, bump)
}

impl Raster {
    /// The centre of a cell, in metres.
    pub fn centre(&self, column: usize, row: usize) -> (f64, f64) {
        (self.west + (float(column) + 0.5) * self.cell, self.south + (float(row) + 0.5) * self.cell)
    }

    /// The grid with each side of a cell cut in so many; `None` if that would be too many cells.
    pub(super) fn refined(self, times: usize) -> Option<Self> {
        let (columns, rows) = (self.columns.checked_mul(times)?, self.rows.checked_mul(times)?);
        (columns.checked_mul(rows)? <= MOST_CELLS).then_some(Self {
            cell: self.cell / float(times),
            columns,
            rows,
            ..self
        })
    }

    /// The cells whose centres may lie within `reach` metres of an offset from the first edge.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the grid")]
    fn span(&self, offset: f64, reach: f64, cells: usize, whole: bool) -> std::ops::Range<usize> {
        if whole {
            return 0..cells;
        }
        let first = ((offset - reach) / self.cell - 0.5).floor().clamp(0.0, float(cells)) as usize;
        let last = ((offset + reach) / self.cell + 0.5).ceil().clamp(0.0, float(cells)) as usize;
        first..last
    }
}

/// A reach in cells, no longer than the grid.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most the grid's side")]
fn reach_in_cells(reach: f64, cells: usize) -> usize {
    reach.ceil().min(float(cells)) as usize
}

/// Whether points, grid and bandwidth can be used.
pub(super) fn check(points: &[Mass], raster: Raster, bandwidth: f64) -> Result<(), KdeError> {
    if !(bandwidth.is_finite() && bandwidth > 0.0) {
        return Err(KdeError::BadBandwidth { metres: bandwidth });
    }
    if !(raster.cell.is_finite() && raster.cell > 0.0) {
        return Err(KdeError::BadCell { metres: raster.cell });
    }
    let Raster { columns, rows, .. } = raster;
    if columns == 0 || rows == 0 || columns.checked_mul(rows).is_none_or(|cells| cells > MOST_CELLS) {
        return Err(KdeError::BadSize { columns, rows });
    }
    let finite = |point: &Mass| point.x.is_finite() && point.y.is_finite() && point.weight.is_finite();
    match points.iter().position(|point| !finite(point)) {
        Some(index) => Err(KdeError::BadPoint { index }),
        None => Ok(()),
    }
}
