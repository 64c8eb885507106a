//! Two-dimensional convolution by the fast Fourier transform.

use realfft::RealFftPlanner;
use realfft::num_complex::Complex;
use realfft::num_traits::Zero;
use rustfft::FftPlanner;

use super::float;

/// A grid convolved with a bump that looks the same in all four quadrants; outside the grid there is nothing.
///
/// # Parameters
///
/// * `grid`: row by row, `columns` wide.
/// * `reach`: the bump is 0 at more than this many cells across or up.
/// * `bump`: its height so many cells across and up.
pub(super) fn symmetric(
    grid: &[f64],
    columns: usize,
    reach: usize,
    bump: impl Fn(usize, usize) -> f64,
) -> Vec<f64> {
    let rows = grid.len() / columns;
    // Padded by the reach, what leaves on one side does not come in on the other.
    let (width, height) = (fast(columns + reach), fast(rows + reach));
    let mut mask = vec![0.0; width * height];
    for up in 0..=reach {
        for across in 0..=reach {
            let value = bump(across, up);
            for row in [up, (height - up) % height] {
                for column in [across, (width - across) % width] {
                    mask[row * width + column] = value;
                }
            }
        }
    }
    let mut padded = vec![0.0; width * height];
    for (into, from) in padded.chunks_exact_mut(width).zip(grid.chunks_exact(columns)) {
        into[..columns].copy_from_slice(from);
    }
    let plane = Plane::new(width, height);
    let mut product = plane.forward(&mut padded);
    for (a, b) in product.iter_mut().zip(plane.forward(&mut mask)) {
        *a *= b;
    }
    let whole = plane.backward(product);
    let norm = 1.0 / (float(width) * float(height));
    whole.chunks_exact(width).take(rows).flat_map(|row| row[..columns].iter().map(|v| v * norm)).collect()
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

/// Transforms of real grids of one size. Spectra are kept column by column.
struct Plane {
    width: usize,
    height: usize,
}

impl Plane {
    const fn new(width: usize, height: usize) -> Self {
        Self { width, height }
    }

    const fn spectrum(&self) -> usize {
        self.width / 2 + 1
    }

    fn forward(&self, grid: &mut [f64]) -> Vec<Complex<f64>> {
        let rows = RealFftPlanner::new().plan_fft_forward(self.width);
        let mut line = rows.make_output_vec();
        let mut columns = vec![Complex::zero(); self.spectrum() * self.height];
        for (y, row) in grid.chunks_exact_mut(self.width).enumerate() {
            rows.process(row, &mut line).expect("buffers come from the plan");
            for (x, value) in line.iter().enumerate() {
                columns[x * self.height + y] = *value;
            }
        }
        FftPlanner::new().plan_fft_forward(self.height).process(&mut columns);
        columns
    }

    fn backward(&self, mut columns: Vec<Complex<f64>>) -> Vec<f64> {
        FftPlanner::new().plan_fft_inverse(self.height).process(&mut columns);
        let rows = RealFftPlanner::new().plan_fft_inverse(self.width);
        let mut line = rows.make_input_vec();
        let mut grid = vec![0.0; self.width * self.height];
        for (y, row) in grid.chunks_exact_mut(self.width).enumerate() {
            for (x, value) in line.iter_mut().enumerate() {
                *value = columns[x * self.height + y];
            }
            // The first and the last of a real row's spectrum are real; rounding leaves a trace beside them.
            line[0].im = 0.0;
            line[self.width / 2].im = 0.0;
            rows.process(&mut line, row).expect("buffers come from the plan");
        }
        grid
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_transform_gives_the_sum_written_out() {
        let (columns, rows, reach) = (7, 5, 2);
        let grid: Vec<f64> = (0..35).map(|i| f64::from(i * i % 11)).collect();
        let bump = |across: usize, up: usize| 1.0 / float(1 + across + 3 * up);
        let found = symmetric(&grid, columns, reach, bump);
        for y in 0..rows {
            for x in 0..columns {
                let mut sum = 0.0;
                for (v, row) in grid.chunks_exact(columns).enumerate().filter(|(v, _)| v.abs_diff(y) <= reach)
                {
                    for (u, value) in row.iter().enumerate().filter(|(u, _)| u.abs_diff(x) <= reach) {
                        sum += value * bump(u.abs_diff(x), v.abs_diff(y));
                    }
                }
                assert!((found[y * columns + x] - sum).abs() < 1e-12);
            }
        }
    }
}
