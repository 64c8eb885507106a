//! A smooth surface computed from a release's cells, and from nothing else.
//!
//! Smoothing published numbers publishes nothing new (post-processing), so any bandwidth is safe; the list is
//! closed because a surface finer than its cells would only pretend to know more.

use std::collections::HashMap;

use h3o::{CellIndex, Resolution};

use super::legible::legible_cells;
use super::published::{CellTable, Published};
use crate::Bounds;
use crate::LonLat;
use crate::grid::{cell_at, cell_centre};
use crate::lonlat::metres_per_degree;
use crate::stats::kde::Kernel;

/// The bandwidths there are, in metres.
pub const BANDWIDTHS: [u32; 3] = [500, 1_000, 2_000];

/// The bandwidths offered of a release's cells: none that is less than a cell across. Those of resolution 8 are some
/// 920 m across, the fine ones of resolution 9 some 350 m.
pub fn offered(cells: Resolution) -> &'static [u32] {
    if cells >= Resolution::Nine { &BANDWIDTHS } else { &BANDWIDTHS[1..] }
}

/// Grid steps a bandwidth.
const STEPS: f64 = 4.0;
/// Where less of the kernel than this lies over the release's cells, nothing is said.
const LEAST: f64 = 0.3;
/// Cells farther than so many bandwidths add less than a hundred-millionth of what one in the middle does.
const REACH: f64 = 6.0;
/// The most steps along a side; a larger area gets larger steps.
const MOST: f64 = 256.0;

/// A surface on a grid, row by row from the south-west.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// The outer edges of the grid.
    pub bounds: Bounds,
    /// Steps from west to east.
    pub columns: usize,
    /// Steps from south to north.
    pub rows: usize,
    /// The side of a step, in metres.
    pub step: f64,
    /// Per step; `None` too far from the release's cells.
    pub values: Vec<Option<Spot>>,
}

/// One step of a surface.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// People counted in cells, per square kilometre. It may be negative.
    pub density: f64,
    /// The standard error that the noise alone gives it.
    pub error: f64,
    /// Whether the cell that it lies in may show a class: a smooth picture shows nothing where the cells may not.
    pub enough: bool,
}

/// The surface of a release with a Gaussian kernel. `None` for a release without cells.
///
/// # Algorithm
///
/// `Σ c_i K(d_i/h) / Σ a_i K(d_i/h)` over cells of noisy count `c_i` and area `a_i`: a density that needs no
/// correction at the edge, with the standard error `σ·√Σ K² / Σ a_i K`. Counts are neither clamped nor rounded.
///
/// # Notes
///
/// `O(steps · cells within 6 bandwidths)`; a town of 700 fine cells has some 30,000 steps.
pub fn heat(published: &Published<CellTable>, bandwidth: u32) -> Option<Heat> {
    let table = published.table();
    #[expect(clippy::cast_precision_loss, reason = "at most 2^20")]
    let sigma = table.sigma().get() as f64;
    let mut cells: Vec<(LonLat, f64, f64)> = table
        .cells()
        .iter()
        .map(|&(cell, people)| {
            #[expect(clippy::cast_precision_loss, reason = "counts of people stay far below 2^53")]
            let people = people as f64;
            (cell_centre(cell), people, cell.area_km2())
        })
        .collect();
    let resolution = table.cells().first()?.0.resolution();
    let legible: HashMap<CellIndex, bool> =
        table.cells().iter().map(|(cell, _)| *cell).zip(legible_cells(table)).collect();
    cells.sort_by(|a, b| a.0.lat().total_cmp(&b.0.lat()));
    let around = Bounds::around(cells.iter().map(|(at, ..)| *at))?;
    let h = f64::from(bandwidth);
    let bounds = around.widened(h);
    let [west, south, east, north] = bounds.to_array();
    let (per_lon, per_lat) = metres_per_degree(bounds.centre().lat());
    let (width, height) = ((east - west) * per_lon, (north - south) * per_lat);
    let step = (h / STEPS).max(width.max(height) / MOST);
    let (columns, rows) = (steps(width / step), steps(height / step));
    let total: f64 = cells.iter().map(|(.., area)| area).sum();
    #[expect(clippy::cast_precision_loss, reason = "at most some ten thousand cells")]
    let mean_area = total / cells.len() as f64;
    // What the kernel's weights would sum to if cells lay all around.
    let whole = 1e-6 * h * h / mean_area;
    let mut values = Vec::with_capacity(columns * rows);
    for row in 0..rows {
        let lat = south + (north - south) * middle(row, rows);
        let reach = REACH * h / per_lat;
        let from = cells.partition_point(|(at, ..)| at.lat() < lat - reach);
        let to = cells.partition_point(|(at, ..)| at.lat() <= lat + reach);
        for column in 0..columns {
            let lon = west + (east - west) * middle(column, columns);
            let (mut people, mut area, mut squares, mut weight) = (0.0, 0.0, 0.0, 0.0);
            for (at, count, square_km) in &cells[from..to] {
                let (dx, dy) = ((at.lon() - lon) * per_lon / h, (at.lat() - lat) * per_lat / h);
                if dx.abs() > REACH {
                    continue;
                }
                let k = Kernel::Gaussian.at(dx * dx + dy * dy);
                people += count * k;
                area += square_km * k;
                squares += k * k;
                weight += k;
            }
            values.push((weight >= LEAST * whole).then(|| {
                Spot {
                    density: people / area,
                    error: sigma * f64::sqrt(squares) / area,
                    enough: LonLat::new(lon, lat).is_ok_and(|at| {
                        legible.get(&cell_at(at, resolution)).is_some_and(|legible| *legible)
                    }),
                }
            }));
        }
    }
    Some(Heat { bounds, columns, rows, step, values })
}

/// The middle of a step as a share of the side.
#[expect(clippy::cast_precision_loss, reason = "a few hundred steps")]
fn middle(index: usize, of: usize) -> f64 {
    (index as f64 + 0.5) / of as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few hundred steps")]
fn steps(count: f64) -> usize {
    count.ceil().max(1.0) as usize
}
