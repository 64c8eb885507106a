//! Weights, permutation tests and densities of a million units, and a release's worth of everything.
//!
//! `cargo bench -p engine --bench inference`. Inputs are fixed functions of an index, made before the clock
//! starts.

use std::num::NonZeroU32;

use divan::{Bencher, black_box};
use engine::random::Random;
use engine::stats::exact::exact_test;
use engine::stats::getis_ord::{Scaling, Statistic, getis_ord};
use engine::stats::kde::{Kernel, Mass, Raster, binned};
use engine::stats::moran::{Variance, local_moran};
use engine::stats::permutation::permutation_test;
use engine::stats::significance::benjamini_hochberg;
use engine::stats::weights::Weights;

fn main() {
    divan::main();
}

/// Points without order in a square of 10 km.
fn points(n: usize) -> Vec<(f64, f64)> {
    let mut random = Random::new(1);
    (0..n).map(|_| (random.between(0.0, 10_000.0), random.between(0.0, 10_000.0))).collect()
}

/// Small counts without order.
fn counts(n: usize) -> Vec<f64> {
    let mut random = Random::new(2);
    (0..n).map(|_| random.between(0.0, 16.0).floor()).collect()
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 5)]
fn eight_nearest_neighbours(bencher: Bencher, n: usize) {
    let points = points(n);
    bencher.bench_local(|| Weights::k_nearest(black_box(&points), 8));
}

#[divan::bench(args = [100_000, 1_000_000], sample_count = 10)]
fn permutations_999(bencher: Bencher, n: usize) {
    let weights = Weights::k_nearest(&points(n), 8).expect("enough points");
    let values = counts(n);
    let r = NonZeroU32::new(999).expect("not zero");
    bencher.bench_local(|| permutation_test(black_box(&values), &weights, r, &mut Random::new(3)));
}

#[divan::bench(args = [500])]
fn a_request_for_hot_spots_with_moran_and_exact_probabilities(bencher: Bencher, n: usize) {
    let weights = Weights::k_nearest(&points(n), 6).expect("enough points");
    let values = counts(n);
    bencher.bench_local(|| {
        let values = black_box(&values);
        let found = getis_ord(values, &weights, Statistic::GiStar, Scaling::AsGiven).expect("finite");
        let p: Vec<_> = found.iter().map(engine::stats::getis_ord::LocalG::p).collect();
        let moran = local_moran(values, &weights, Scaling::RowStandardised, Variance::Sample);
        (benjamini_hochberg(&p), moran, exact_test(values, &weights))
    });
}

#[divan::bench(args = [Kernel::Gaussian, Kernel::Quartic], sample_count = 10)]
fn density_of_a_million_points_on_1024_by_1024(bencher: Bencher, kernel: Kernel) {
    let masses: Vec<Mass> = points(1_000_000).into_iter().map(|(x, y)| Mass { x, y, weight: 1.0 }).collect();
    let raster = Raster { west: 0.0, south: 0.0, cell: 10_000.0 / 1_024.0, columns: 1_024, rows: 1_024 };
    bencher.bench_local(|| binned(black_box(&masses), raster, kernel, 150.0));
}
