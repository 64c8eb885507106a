//! The statistics on a file of points, timed, for `tests/peers/compare.py`, which times Python's on the same file.
//!
//! `cargo run --release -p engine --example peers -- POINTS OUT`: `POINTS` holds x, y and a count of each point as
//! little-endian `f64`; `OUT` gets what was found, likewise: Gi* and the upper permutation tail of each point, then the
//! density of each cell. Prints the median seconds of each task as one line of JSON.

use std::num::NonZeroU32;
use std::time::Instant;

use engine::random::Random;
use engine::stats::getis_ord::{LocalG, Scaling, Statistic, getis_ord};
use engine::stats::kde::{Kernel, Mass, Raster, binned};
use engine::stats::permutation::permutation_test;
use engine::stats::weights::Weights;

const NEIGHBOURS: usize = 8;
const SIDE_M: f64 = 10_000.0;
const CELLS: usize = 1_024;
/// 25.6 cells.
const BANDWIDTH_M: f64 = 250.0;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(input), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("usage: peers POINTS OUT".into());
    };
    let numbers: Vec<f64> = std::fs::read(input)?
        .chunks_exact(8)
        .map(|bytes| bytes.try_into().map(f64::from_le_bytes))
        .collect::<Result<_, _>>()?;
    let points: Vec<(f64, f64)> = numbers.chunks_exact(3).map(|p| (p[0], p[1])).collect();
    let values: Vec<f64> = numbers.chunks_exact(3).map(|p| p[2]).collect();
    let masses: Vec<Mass> = points.iter().map(|&(x, y)| Mass { x, y, weight: 1.0 }).collect();
    let cell = SIDE_M / f64::from(u32::try_from(CELLS)?);
    let raster = Raster { west: 0.0, south: 0.0, cell, columns: CELLS, rows: CELLS };
    let r = NonZeroU32::new(999).ok_or("not zero")?;

    let (weights, nearest_s) = timed(|| Weights::k_nearest(&points, NEIGHBOURS));
    let weights = weights?;
    let (local, gi_star_s) = timed(|| getis_ord(&values, &weights, Statistic::GiStar, Scaling::AsGiven));
    let (tails, permutations_s) = timed(|| permutation_test(&values, &weights, r, &mut Random::new(1)));
    let (density, density_s) = timed(|| binned(&masses, raster, Kernel::Gaussian, BANDWIDTH_M));
    let found = local?.iter().map(LocalG::z).map(|z| z.unwrap_or(f64::NAN)).collect::<Vec<_>>();
    let upper = tails?.iter().map(|tails| tails.map_or(f64::NAN, |tails| tails.upper)).collect::<Vec<_>>();
    let all = found.into_iter().chain(upper).chain(density?);
    std::fs::write(output, all.flat_map(f64::to_le_bytes).collect::<Vec<u8>>())?;
    println!(
        "{{\"nearest\": {nearest_s}, \"gi_star\": {gi_star_s}, \"permutations\": {permutations_s}, \
         \"density\": {density_s}}}"
    );
    Ok(())
}

/// The answer and the median of five runs, in seconds.
#[expect(clippy::disallowed_methods, reason = "a watch is what this program is for")]
fn timed<T>(work: impl Fn() -> T) -> (T, f64) {
    let mut runs: Vec<f64> = Vec::new();
    for _ in 0..4 {
        let started = Instant::now();
        std::hint::black_box(work());
        runs.push(started.elapsed().as_secs_f64());
    }
    let started = Instant::now();
    let answer = work();
    runs.push(started.elapsed().as_secs_f64());
    runs.sort_unstable_by(f64::total_cmp);
    (answer, runs[2])
}
