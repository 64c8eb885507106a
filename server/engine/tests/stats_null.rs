//! Where nothing is planted nothing is found beyond the stated rate, and what is planted is found, hot and cold: by
//! every statistic and every inference, on counts on a grid.
//!
//! Under the null the false discovery rate of Benjamini-Hochberg at 5 % is the chance that a grid shows anything at
//! all. Bounds are the stated rate and three standard errors of so many grids.

use std::num::NonZeroU32;

use engine::random::Random;
use engine::stats::exact::exact_test;
use engine::stats::getis_ord::{LocalG, Scaling, Statistic, getis_ord};
use engine::stats::moran::{Variance, local_moran};
use engine::stats::permutation::permutation_test;
use engine::stats::significance::benjamini_hochberg;
use engine::stats::tails::Tails;
use engine::stats::weights::Weights;

const SIDE: usize = 10;
const GRIDS: u32 = 400;
const LEVEL: f64 = 0.05;

/// A square grid that closes on itself, each cell with its eight neighbours.
fn torus() -> Weights {
    let links = (0..SIDE * SIDE).flat_map(|cell| {
        let (x, y) = (cell % SIDE, cell / SIDE);
        let around = (0..9).filter(|step| *step != 4);
        around.map(move |step| {
            let (east, north) = ((x + SIDE + step % 3 - 1) % SIDE, (y + SIDE + step / 3 - 1) % SIDE);
            (cell, north * SIDE + east, 1.0)
        })
    });
    Weights::from_links(SIDE * SIDE, links.collect::<Vec<_>>()).unwrap()
}

/// Counts of so many people who stand anywhere with the same chance, and others by a planted factor.
fn counts(random: &mut Random, planted: impl Fn(usize) -> f64) -> Vec<f64> {
    (0..SIDE * SIDE)
        .map(|cell| (0..60).map(|_| f64::from(u8::from(random.chance(0.2 * planted(cell))))).sum())
        .collect()
}

/// What a procedure says of each cell: its probability, and whether it lies high.
type Verdict = Vec<(Option<f64>, bool)>;
type Procedure = fn(&[f64], &Weights, &mut Random) -> Verdict;

fn gi_star(values: &[f64], weights: &Weights, _: &mut Random) -> Verdict {
    let found = getis_ord(values, weights, Statistic::GiStar, Scaling::AsGiven).unwrap();
    found.iter().map(|unit: &LocalG| (unit.p(), unit.z().is_some_and(|z| z > 0.0))).collect()
}

fn moran(values: &[f64], weights: &Weights, _: &mut Random) -> Verdict {
    let found = local_moran(values, weights, Scaling::RowStandardised, Variance::Sample).unwrap();
    let mean = values.iter().sum::<f64>() / f64::from(u32::try_from(values.len()).unwrap());
    let around = |unit| weights.neighbours(unit).map(|(other, _)| values[other] - mean).sum::<f64>() > 0.0;
    found.iter().enumerate().map(|(unit, row)| (row.and_then(|row| row.p), around(unit))).collect()
}

fn by_tails(tails: &[Option<Tails>]) -> Verdict {
    tails.iter().map(|t| (t.map(Tails::two_sided), t.is_some_and(|t| t.upper < t.lower))).collect()
}

fn permutations(values: &[f64], weights: &Weights, random: &mut Random) -> Verdict {
    // 2/(R + 1) must reach 5 % of a hundredth.
    let r = NonZeroU32::new(3_999).unwrap();
    by_tails(&permutation_test(values, weights, r, random).unwrap())
}

fn exact(values: &[f64], weights: &Weights, _: &mut Random) -> Verdict {
    by_tails(&exact_test(values, weights).unwrap())
}

const PROCEDURES: [(&str, Procedure); 4] =
    [("Gi*", gi_star), ("local Moran's I", moran), ("permutations", permutations), ("exact", exact)];

/// Which cells are found, high and low.
fn found(verdict: &Verdict) -> [Vec<usize>; 2] {
    let p: Vec<_> = verdict.iter().map(|(p, _)| *p).collect();
    let q = benjamini_hochberg(&p).q;
    [true, false].map(|side| {
        let on_this_side = |cell: &usize| q[*cell].is_some_and(|q| q <= LEVEL) && verdict[*cell].1 == side;
        (0..verdict.len()).filter(on_this_side).collect()
    })
}

/// At most so often, with three standard errors of so many grids.
fn at_most(rate: f64) -> f64 {
    rate + 3.0 * (rate * (1.0 - rate) / f64::from(GRIDS)).sqrt()
}

#[test]
fn nothing_is_found_on_null_grids_beyond_the_stated_rate_hot_or_cold() {
    let weights = torus();
    for (name, procedure) in PROCEDURES {
        let mut random = Random::new(20_261_128);
        let (mut any, mut hot, mut cold, mut raw) = (0, 0, 0, 0);
        for _ in 0..GRIDS {
            let values = counts(&mut random, |_| 1.0);
            let verdict = procedure(&values, &weights, &mut random);
            let [high, low] = found(&verdict);
            hot += u32::from(!high.is_empty());
            cold += u32::from(!low.is_empty());
            any += u32::from(!(high.is_empty() && low.is_empty()));
            raw += verdict.iter().filter(|(p, _)| p.is_some_and(|p| p <= LEVEL)).count();
        }
        let share = |grids: u32| f64::from(grids) / f64::from(GRIDS);
        assert!(share(any) <= at_most(LEVEL), "{name}: {any} of {GRIDS} grids show something");
        for (side, grids) in [("hot", hot), ("cold", cold)] {
            assert!(share(grids) <= at_most(LEVEL), "{name}: {grids} grids show something {side}");
        }
        // Cell by cell the probabilities are what they say: at a level of 5 % one in twenty, or a little fewer, as
        // counts have ties.
        let cells = f64::from(GRIDS) * f64::from(u32::try_from(SIDE * SIDE).unwrap());
        let raw = f64::from(u32::try_from(raw).unwrap()) / cells;
        assert!((0.03..=0.055).contains(&raw), "{name}: {raw} of cells have p of at most 5 %");
    }
}

#[test]
fn planted_areas_are_found_hot_and_cold_by_every_procedure() {
    let weights = torus();
    let warm = [22, 23, 24, 32, 33, 34, 42, 43, 44];
    let cold = [66, 67, 68, 76, 77, 78, 86, 87, 88];
    for (name, procedure) in PROCEDURES {
        let mut random = Random::new(7);
        let (mut power, mut wrong) = ([0, 0], 0);
        for _ in 0..40 {
            let planted = |cell: usize| match cell {
                cell if warm.contains(&cell) => 1.7,
                cell if cold.contains(&cell) => 0.4,
                _ => 1.0,
            };
            let values = counts(&mut random, planted);
            let [high, low] = found(&procedure(&values, &weights, &mut random));
            power[0] += usize::from(high.contains(&33));
            power[1] += usize::from(low.contains(&77));
            // Cells that touch neither area.
            wrong += high.iter().chain(&low).filter(|cell| [0, 5, 9, 60, 90].contains(*cell)).count();
        }
        assert!(power.iter().all(|found| *found >= 38), "{name}: of 40 each, hot and cold: {power:?}");
        assert!(wrong <= 20, "{name}: {wrong} of 200 quiet cells");
    }
}
