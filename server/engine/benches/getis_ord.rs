//! Gi* with its probabilities, given the weights, on lattices of hexagons.
//!
//! `cargo bench -p engine --bench getis_ord`. The lattice is built before the clock starts; values are a
//! fixed function of the position, so that every run computes the same.

use divan::{Bencher, black_box};
use engine::stats::getis_ord::{Scaling, Statistic, getis_ord};
use engine::stats::weights::Weights;

fn main() {
    divan::main();
}

/// A square of `side` × `side` hexagons in offset rows, each linked to its (up to) six neighbours.
fn lattice(side: usize) -> Weights {
    const EVEN: [(isize, isize); 6] = [(-1, -1), (0, -1), (-1, 0), (1, 0), (-1, 1), (0, 1)];
    const ODD: [(isize, isize); 6] = [(0, -1), (1, -1), (-1, 0), (1, 0), (0, 1), (1, 1)];
    let links = (0..side * side).flat_map(move |unit| {
        let (column, row) = (unit % side, unit / side);
        let steps = if row % 2 == 0 { EVEN } else { ODD };
        steps.into_iter().filter_map(move |(across, down)| {
            let column = column.checked_add_signed(across).filter(|&column| column < side)?;
            let row = row.checked_add_signed(down).filter(|&row| row < side)?;
            Some((unit, row * side + column, 1.0))
        })
    });
    Weights::from_links(side * side, links).expect("a lattice has valid links")
}

/// Small counts without visible order, by a multiplicative hash of the index.
fn counts(units: usize) -> Vec<f64> {
    (0..units as u64)
        .map(|unit| {
            let hash = unit.wrapping_add(1).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            f64::from(u8::try_from(hash >> 60).expect("four bits"))
        })
        .collect()
}

#[divan::bench(args = [100, 316, 1_000])]
fn gi_star_of_a_square_with_side(bencher: Bencher, side: usize) {
    let (weights, values) = (lattice(side), counts(side * side));
    bencher.counter(divan::counter::ItemsCount::new(side * side)).bench_local(|| {
        getis_ord(black_box(&values), black_box(&weights), Statistic::GiStar, Scaling::AsGiven)
    });
}

#[divan::bench(args = [100, 316, 1_000])]
fn gi_of_a_square_with_side(bencher: Bencher, side: usize) {
    let (weights, values) = (lattice(side), counts(side * side));
    bencher
        .counter(divan::counter::ItemsCount::new(side * side))
        .bench_local(|| getis_ord(black_box(&values), black_box(&weights), Statistic::Gi, Scaling::AsGiven));
}
