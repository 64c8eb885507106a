//! The edge of what is studied: what a kernel loses beyond a coast or a border is not missing density.
//!
//! P. J. Diggle (1985) A kernel method for smoothing point process data. Applied Statistics 34:138–147,
//! [doi:10.2307/2347366](https://doi.org/10.2307/2347366).

use geo::{BoundingRect, MultiPolygon};

use super::coverage::{centres_inside, shares_inside};
use super::float;
use super::kde::{KdeError, Kernel, MOST_CELLS, Raster, check, spread};
use super::normal::survival;

/// What an edge is the edge of.
#[derive(Debug, Clone, Copy)]
pub enum StudyArea<'a> {
    /// The whole grid, and nothing beyond: exact for the Gaussian kernel, summed over cells for the others.
    Grid,
    /// Part of it, and nothing beyond: for each cell 1 inside, 0 outside, or the share that lies inside.
    Cells(&'a [f64]),
    /// Polygons in the grid's plane, which may have holes and may reach beyond the grid; they must not overlap. Summed
    /// over the shares of cells that lie inside. A cell whose centre lies outside has no density.
    Within(&'a MultiPolygon),
}

/// Divides a density by the share of the kernel that lies inside the study area: what is cut off at a coast
/// or a border is not missing density (Diggle 1985, the uniform correction).
///
/// # Parameters
///
/// * `density`: per cell of the grid, from points inside the study area alone.
/// * `area`: what is studied.
/// * `least`: where less of the kernel than this share lies inside, the answer is `None`; 0.3 is customary.
///
/// # Errors
///
/// [`KdeError`] for an unusable bandwidth or grid, and for a grid that would be too large with what the kernel reaches
/// of the study area around it.
///
/// # Algorithm
///
/// The convolution of the area's mask with the kernel, as for the density itself. The mask of polygons is the exact share
/// of each cell; it reaches as far around the grid as the kernel and the area do, and is finer than the grid where
/// the kernel needs it.
pub fn edge_corrected(
    density: &[f64],
    area: StudyArea<'_>,
    raster: Raster,
    kernel: Kernel,
    bandwidth: f64,
    least: f64,
) -> Result<Vec<Option<f64>>, KdeError> {
    check(&[], raster, bandwidth)?;
    let mass = match (area, kernel) {
        (StudyArea::Grid, Kernel::Gaussian) => gaussian_inside(raster, bandwidth),
        (StudyArea::Grid, _) => summed(&vec![1.0; raster.columns * raster.rows], raster, kernel, bandwidth),
        (StudyArea::Cells(inside), _) => summed(inside, raster, kernel, bandwidth),
        (StudyArea::Within(polygons), _) => polygons_inside(polygons, raster, kernel, bandwidth)?,
    };
    Ok(density
        .iter()
        .zip(mass)
        .map(|(density, mass)| (mass >= least && mass > 0.0).then(|| density / mass))
        .collect())
}

/// The share of the kernel at each cell's centre that lies in these shares of cells.
fn summed(shares: &[f64], raster: Raster, kernel: Kernel, bandwidth: f64) -> Vec<f64> {
    let mut mass = spread(shares, raster, kernel, bandwidth);
    for mass in &mut mass {
        *mass *= raster.cell * raster.cell;
    }
    mass
}

/// The share of the kernel at each cell's centre that lies inside the polygons; 0 where the centre itself does not.
fn polygons_inside(
    area: &MultiPolygon,
    raster: Raster,
    kernel: Kernel,
    bandwidth: f64,
) -> Result<Vec<f64>, KdeError> {
    let Some(around) = Around::new(area, raster, kernel.reach() * bandwidth)? else {
        return Ok(vec![0.0; raster.columns * raster.rows]);
    };
    let wide = around.raster;
    let mut times = 1;
    while wide.cell / float(times) > bandwidth / kernel.fineness() && wide.refined(times + 2).is_some() {
        times += 2;
    }
    let fine = wide.refined(times).unwrap_or(wide);
    let mass = summed(&shares_inside(area, fine), fine, kernel, bandwidth);
    // An odd number of fine cells a side: the middle one has the centre of the coarse one.
    let place = |before: usize, cell: usize| (before + cell) * times + times / 2;
    let centres = centres_inside(area, raster);
    Ok(centres
        .iter()
        .enumerate()
        .map(|(cell, inside)| {
            let (row, column) = (cell / raster.columns, cell % raster.columns);
            let there = place(around.below, row) * fine.columns + place(around.left, column);
            if *inside { mass[there] } else { 0.0 }
        })
        .collect())
}

/// A grid with as much around it as the kernel reaches of the study area.
struct Around {
    raster: Raster,
    /// Columns that were put before the first.
    left: usize,
    /// Rows that were put before the first.
    below: usize,
}

impl Around {
    /// `None` for an area without any extent.
    fn new(area: &MultiPolygon, raster: Raster, reach: f64) -> Result<Option<Self>, KdeError> {
        let Some(bounds) = area.bounding_rect() else { return Ok(None) };
        let (min, max) = (bounds.min(), bounds.max());
        let (east, north) = (
            raster.west + float(raster.columns) * raster.cell,
            raster.south + float(raster.rows) * raster.cell,
        );
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
        let cells = |beyond: f64| (beyond.clamp(0.0, reach) / raster.cell).ceil() as usize;
        let (left, right) = (cells(raster.west - min.x), cells(max.x - east));
        let (below, above) = (cells(raster.south - min.y), cells(max.y - north));
        let columns = raster.columns.saturating_add(left).saturating_add(right);
        let rows = raster.rows.saturating_add(below).saturating_add(above);
        if columns.checked_mul(rows).is_none_or(|cells| cells > MOST_CELLS) {
            return Err(KdeError::TooWide { columns, rows });
        }
        let raster = Raster {
            west: raster.west - float(left) * raster.cell,
            south: raster.south - float(below) * raster.cell,
            columns,
            rows,
            ..raster
        };
        Ok(Some(Self { raster, left, below }))
    }
}

/// The share of a Gaussian kernel at each cell's centre that lies inside the grid: the product of those across and up.
fn gaussian_inside(raster: Raster, bandwidth: f64) -> Vec<f64> {
    let along = |cells: usize| -> Vec<f64> {
        let far = |cells: f64| survival(cells * raster.cell / bandwidth);
        let inside = |cell: usize| 1.0 - far(float(cell) + 0.5) - far(float(cells - cell) - 0.5);
        (0..cells).map(inside).collect()
    };
    let across = along(raster.columns);
    along(raster.rows)
        .into_iter()
        .flat_map(|up| across.iter().map(move |across| across * up).collect::<Vec<_>>())
        .collect()
}
