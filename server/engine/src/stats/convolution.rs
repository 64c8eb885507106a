//! Two-dimensional convolution by the fast Fourier transform.

use std::sync::Arc;

use realfft::num_complex::Complex;
use realfft::num_traits::Zero;
use realfft::{ComplexToReal, RealFftPlanner, RealToComplex};
use rustfft::{Fft, FftPlanner};

use super::each_unit::on_rows;
use super::float;

/// So many lines are turned over at once: their neighbouring numbers share what memory hands over in one piece.
const BLOCK: usize = 8;

/// A grid convolved with a bump that looks the same in all four quadrants; outside the grid there is nothing.
///
/// # Parameters
///
/// * `grid`: row by row, `columns` wide.
/// * `reach`: the bump is 0 at more than this many cells across or up.
/// * `bump`: its height so many cells across and up.
///
/// # Algorithm
///
/// The product of the two spectra. Rows that hold nothing are not transformed, nor those whose result is not
/// asked for; of the bump, whose spectrum is real, one quadrant is. Grids of more than 131,072 cells are
/// worked on by all cores, and the answer does not depend on how many there are.
pub(super) fn symmetric(
    grid: &[f64],
    columns: usize,
    reach: usize,
    bump: impl Fn(usize, usize) -> f64 + Sync,
) -> Vec<f64> {
    let rows = grid.len() / columns;
    // Padded by the reach, what leaves on one side does not come in on the other.
    let plane = Plane::new(fast(columns + reach), fast(rows + reach));
    let spectra = plane
        .rows_forward(rows, |row, line| line[..columns].copy_from_slice(&grid[row * columns..][..columns]));
    let bumps = plane.rows_forward(reach + 1, |up, line| {
        for across in 0..=reach {
            let height = bump(across, up);
            line[across] = height;
            line[(plane.width - across) % plane.width] = height;
        }
    });
    plane.rows_backward(&plane.multiplied(&spectra, &bumps), rows, columns)
}

/// The next length of which the transform is fast: a product of 2, 3 and 5, and even.
fn fast(least: usize) -> usize {
    (least.max(2)..=least.max(2).next_power_of_two())
        .find(|&length| {
            let mut rest = length;
            for prime in [2, 3, 5] {
                while rest % prime == 0 {
                    rest /= prime;
                }
            }
            rest == 1 && length % 2 == 0
        })
        .expect("powers of two are such products")
}

/// Transforms of real grids of one size.
struct Plane {
    width: usize,
    height: usize,
    /// Numbers in the spectrum of a row: the others mirror them.
    spectrum: usize,
    across: Arc<dyn RealToComplex<f64>>,
    back_across: Arc<dyn ComplexToReal<f64>>,
    up: Arc<dyn Fft<f64>>,
    back_up: Arc<dyn Fft<f64>>,
    mirrored_up: Arc<dyn RealToComplex<f64>>,
}

impl Plane {
    fn new(width: usize, height: usize) -> Self {
        let (mut real, mut complex) = (RealFftPlanner::new(), FftPlanner::new());
        Self {
            width,
            height,
            spectrum: width / 2 + 1,
            across: real.plan_fft_forward(width),
            back_across: real.plan_fft_inverse(width),
            up: complex.plan_fft_forward(height),
            back_up: complex.plan_fft_inverse(height),
            mirrored_up: real.plan_fft_forward(height),
        }
    }

    /// The spectra of so many rows, row by row. `fill` writes a row into a line of zeros.
    fn rows_forward(&self, rows: usize, fill: impl Fn(usize, &mut [f64]) + Sync) -> Vec<Complex<f64>> {
        let mut spectra = vec![Complex::zero(); rows * self.spectrum];
        on_rows(&mut spectra, self.spectrum, |first, spectra| {
            let (mut line, mut scratch) = (self.across.make_input_vec(), self.across.make_scratch_vec());
            for (row, spectrum) in (first..).zip(spectra.chunks_exact_mut(self.spectrum)) {
                line.fill(0.0);
                fill(row, &mut line);
                self.across
                    .process_with_scratch(&mut line, spectrum, &mut scratch)
                    .expect("buffers come from the plan");
            }
        });
        spectra
    }

    /// The product of the spectra of a grid and of a bump, back in rows but not yet in columns: column by
    /// column, as many numbers in each as the grid has rows.
    fn multiplied(&self, grid: &[Complex<f64>], bump: &[Complex<f64>]) -> Vec<Complex<f64>> {
        let Self { height, spectrum, .. } = *self;
        let rows = grid.len() / spectrum;
        let mut product = vec![Complex::zero(); spectrum * rows];
        on_rows(&mut product, rows, |first, product| {
            let mut lines = vec![Complex::zero(); BLOCK * height];
            let mut mirrored = vec![0.0; BLOCK * height];
            let mut bump_spectrum = self.mirrored_up.make_output_vec();
            let mut real_scratch = self.mirrored_up.make_scratch_vec();
            let scratch = self.up.get_inplace_scratch_len().max(self.back_up.get_inplace_scratch_len());
            let mut scratch = vec![Complex::zero(); scratch];
            for (from, block) in (first..).step_by(BLOCK).zip(product.chunks_mut(BLOCK * rows)) {
                let columns = from..from + block.len() / rows;
                let lines = &mut lines[..columns.len() * height];
                lines.fill(Complex::zero());
                for (row, spectrum) in grid.chunks_exact(spectrum).enumerate() {
                    for (line, value) in lines.chunks_exact_mut(height).zip(&spectrum[columns.clone()]) {
                        line[row] = *value;
                    }
                }
                mirrored.fill(0.0);
                for (up, spectrum) in bump.chunks_exact(spectrum).enumerate() {
                    for (line, value) in mirrored.chunks_exact_mut(height).zip(&spectrum[columns.clone()]) {
                        line[up] = value.re;
                        line[(height - up) % height] = value.re;
                    }
                }
                self.up.process_with_scratch(lines, &mut scratch);
                for (line, mirrored) in lines.chunks_exact_mut(height).zip(mirrored.chunks_exact_mut(height))
                {
                    self.mirrored_up
                        .process_with_scratch(mirrored, &mut bump_spectrum, &mut real_scratch)
                        .expect("buffers come from the plan");
                    for (up, value) in line.iter_mut().enumerate() {
                        *value *= bump_spectrum[up.min(height - up)].re;
                    }
                }
                self.back_up.process_with_scratch(lines, &mut scratch);
                for (into, line) in block.chunks_exact_mut(rows).zip(lines.chunks_exact(height)) {
                    into.copy_from_slice(&line[..rows]);
                }
            }
        });
        product
    }

    /// The first columns of the rows of a spectrum that is kept column by column.
    fn rows_backward(&self, spectra: &[Complex<f64>], rows: usize, columns: usize) -> Vec<f64> {
        let norm = 1.0 / (float(self.width) * float(self.height));
        let mut grid = vec![0.0; rows * columns];
        on_rows(&mut grid, columns, |first, grid| {
            let mut lines = vec![Complex::zero(); BLOCK * self.spectrum];
            let (mut whole, mut scratch) =
                (self.back_across.make_output_vec(), self.back_across.make_scratch_vec());
            for (from, block) in (first..).step_by(BLOCK).zip(grid.chunks_mut(BLOCK * columns)) {
                let block_rows = from..from + block.len() / columns;
                for (x, column) in spectra.chunks_exact(rows).enumerate() {
                    for (line, value) in
                        lines.chunks_exact_mut(self.spectrum).zip(&column[block_rows.clone()])
                    {
                        line[x] = *value;
                    }
                }
                for (row, line) in block.chunks_exact_mut(columns).zip(lines.chunks_exact_mut(self.spectrum))
                {
                    // The first and the last of a real row's spectrum are real; rounding leaves a trace
                    // beside them.
                    line[0].im = 0.0;
                    line[self.width / 2].im = 0.0;
                    self.back_across
                        .process_with_scratch(line, &mut whole, &mut scratch)
                        .expect("buffers come from the plan");
                    for (cell, value) in row.iter_mut().zip(&whole) {
                        *cell = value * norm;
                    }
                }
            }
        });
        grid
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_transform_gives_the_sum_written_out_for_a_small_grid_and_one_for_all_cores() {
        for (columns, rows, reach) in [(7, 5, 2), (1, 1, 0), (3, 4, 4), (499, 601, 3)] {
            let grid: Vec<f64> = (0..columns * rows).map(|i| float(i * i % 11)).collect();
            let bump = |across: usize, up: usize| 1.0 / float(1 + across + 3 * up);
            let found = symmetric(&grid, columns, reach, bump);
            let near = |place: usize, cells: usize| place.saturating_sub(reach)..cells.min(place + reach + 1);
            for (y, x) in (0..rows).flat_map(|y| (0..columns).map(move |x| (y, x))) {
                let mut sum = 0.0;
                for v in near(y, rows) {
                    for u in near(x, columns) {
                        sum += grid[v * columns + u] * bump(u.abs_diff(x), v.abs_diff(y));
                    }
                }
                assert!((found[y * columns + x] - sum).abs() < 1e-11, "{columns} × {rows} at {x}, {y}");
            }
        }
    }
}
