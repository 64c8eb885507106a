//! What the other fixtures of the reference hold, and numbers worked out by hand.

mod fixtures;

use std::num::NonZeroU32;

use engine::random::Random;
use engine::stats::bandwidth::{Rule, adaptive};
use engine::stats::bayes::{spatial_empirical_bayes, standardised_rates};
use engine::stats::conditional::lag_moments;
use engine::stats::getis_ord::{LocalG, Scaling, Statistic, getis_ord};
use engine::stats::kde::{KdeError, Kernel, Mass, Raster, binned, density, direct};
use engine::stats::moran::{Variance, total_moments};
use engine::stats::permutation::{permutation_test, permuted};
use engine::stats::significance::{benjamini_hochberg, benjamini_yekutieli};
use engine::stats::tails::Tails;
use engine::stats::weights::Weights;
use fixtures::{Table, assert_close, folder};

const CASES: [&str; 7] = [
    "columbus_crime_queen",
    "columbus_crime_rook",
    "hex_planted_ring1",
    "nc_sids74_queen",
    "georgia_pctbach_knn8",
    "georgia_pctpov_band",
    "baltim_price_knn8",
];

fn weights_of(case: &str, units: usize) -> Weights {
    let table = Table::read(case, "weights.csv");
    let links = table.indices("i").into_iter().zip(table.indices("j")).zip(table.full("w"));
    Weights::from_links(units, links.map(|((i, j), w)| (i, j, w))).expect("the fixture's weights are valid")
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}

#[test]
fn the_moments_of_local_moran_under_total_randomisation_agree_with_every_fixture() {
    for case in CASES {
        let expected = Table::read(case, "moran_local.csv");
        let values = expected.full("y");
        let weights = weights_of(case, values.len());
        let found = total_moments(&values, &weights, Scaling::RowStandardised, Variance::Population).unwrap();
        let mean: Vec<_> = found.iter().map(|unit| unit.map(|m| m.mean)).collect();
        let variance: Vec<_> = found.iter().map(|unit| unit.map(|m| m.variance)).collect();
        assert_close(&format!("{case} EI"), &mean, &expected.numbers("EI"));
        assert_close(&format!("{case} VI"), &variance, &expected.numbers("VI"));
        let share = (count(values.len()) - 1.0) / count(values.len());
        let sample = total_moments(&values, &weights, Scaling::RowStandardised, Variance::Sample).unwrap();
        let scaled: Vec<_> = variance.iter().map(|v| v.map(|v| v * share * share)).collect();
        assert_close(case, &sample.iter().map(|unit| unit.map(|m| m.variance)).collect::<Vec<_>>(), &scaled);
    }
}

#[test]
fn every_tail_of_every_fixture_agrees_with_an_independent_permutation_test() {
    let r = 4_999;
    for case in CASES {
        let values = Table::read(case, "gi_B.csv").full("y");
        let weights = weights_of(case, values.len());
        let permutations = NonZeroU32::new(r).unwrap();
        let ours = permutation_test(&values, &weights, permutations, &mut Random::new(11)).unwrap();
        // Gi, Gi* and local Moran's I are one test, and the reference has it under each name.
        for (file, column, pick) in [
            ("gi_B.csv", "perm_p_upper", (|t: Tails| t.upper) as fn(Tails) -> f64),
            ("gi_B.csv", "perm_p_lower", |t| t.lower),
            ("gi_B.csv", "perm_p_two_sided", Tails::two_sided),
            ("gistar_B.csv", "perm_p_upper", |t| t.upper),
            ("gistar_B.csv", "perm_p_lower", |t| t.lower),
            ("gistar_B.csv", "perm_p_two_sided", Tails::two_sided),
            ("moran_local.csv", "perm_p_two_sided", Tails::two_sided),
        ] {
            for (unit, theirs) in Table::read(case, file).full(column).into_iter().enumerate() {
                let ours = pick(ours[unit].expect("no islands"));
                // A two-sided probability is twice a tail, and so is its error.
                let (tail, sides) =
                    if column.ends_with("sided") { (theirs / 2.0, 2.0) } else { (theirs, 1.0) };
                let noise = (tail * (1.0 - tail) * (1.0 / f64::from(r) + 1.0 / 9_999.0)).sqrt();
                let allowed = sides * (5.0 * noise + 2.0 / f64::from(r + 1));
                assert!(
                    (ours - theirs).abs() <= allowed,
                    "{case}/{file} {column} of {unit}: {ours}, not {theirs}"
                );
            }
        }
    }
}

/// Where the reference distribution itself is right, every probability taken from it is.
#[test]
fn the_shuffles_have_the_exact_moments_within_three_standard_errors() {
    let r = 9_999;
    let kurtosis = |values: &[f64]| {
        let n = count(values.len());
        let mean = values.iter().sum::<f64>() / n;
        let moment = |power: i32| values.iter().map(|v| (v - mean).powi(power)).sum::<f64>() / n;
        moment(4) / moment(2).powi(2)
    };
    for case in CASES {
        let values = Table::read(case, "gi_B.csv").full("y");
        let binary = weights_of(case, values.len());
        // Rows of other weights draw for themselves, by other code.
        let weighted = Weights::from_links(
            values.len(),
            (0..values.len()).flat_map(|i| {
                binary.neighbours(i).map(|(j, _)| (i, j, 1.0 + count((i + j) % 3))).collect::<Vec<_>>()
            }),
        )
        .unwrap();
        for (weights, how) in [(&binary, "shared"), (&weighted, "alone")] {
            let exact = lag_moments(&values, weights, Statistic::Gi, Scaling::AsGiven).unwrap();
            let permutations = NonZeroU32::new(r).unwrap();
            let ours = permuted(&values, weights, permutations, &mut Random::new(2_026)).unwrap();
            let (mut means, mut variances) = (Vec::new(), Vec::new());
            for (unit, (exact, ours)) in exact.iter().zip(&ours).enumerate() {
                let (exact, ours) = (exact.unwrap(), ours.unwrap().simulated);
                means.push((ours.mean - exact.mean) / (exact.variance / f64::from(r)).sqrt());
                // The fourth moment of a sum of k draws is nearer to the normal one than that of a value.
                let shape = 2.0 + (kurtosis(&values) - 3.0).max(0.0) / count(weights.degree(unit));
                variances.push((ours.variance / exact.variance - 1.0) / (shape / f64::from(r)).sqrt());
            }
            for (what, off) in [("mean", means), ("variance", variances)] {
                let worst = off.iter().copied().fold(0.0, |worst: f64, z| worst.max(z.abs()));
                // Shared draws are a handful of experiments, rows that draw alone one each.
                let allowed = if how == "shared" { 3.0 } else { 4.5 };
                assert!(worst <= allowed, "{case}, {how}: a {what} is {worst} standard errors off");
                let beyond = off.iter().filter(|z| z.abs() > 3.0).count();
                assert!(beyond <= 1.max(off.len() / 50), "{case}, {how}: {beyond} {what}s are far off");
            }
        }
    }
}

#[test]
fn with_the_variance_that_getis_and_ord_printed_the_score_is_the_one_they_printed() {
    let input = Table::read("getisord1996", "input.csv");
    let points: Vec<_> = input.full("x").into_iter().zip(input.full("y")).collect();
    let values = input.full("val");
    let expected = Table::read("getisord1996", "expected.csv");
    let row = expected.text("stat").iter().position(|name| name.contains("n-1 variance")).expect("the row");
    let weights = Weights::distance_band(&points, expected.full("distance")[row]).unwrap();
    let found = getis_ord(&values, &weights, Statistic::GiStar, Scaling::AsGiven).unwrap();
    let n = count(values.len());
    let z = found[expected.indices("cell_id")[row]].z().map(|z| z * ((n - 1.0) / n).sqrt());
    assert_close("Gi* by n − 1", &[z], &[expected.numbers("z")[row]]);
    assert!((z.unwrap() - 1.447_943).abs() < 1e-6, "page 267");
}

#[test]
fn rates_are_standardised_as_assuncao_and_reis_do() {
    let carolina = Table::read("nc_sids74_queen", "eb.csv");
    let found = standardised_rates(&carolina.full("e"), &carolina.full("b")).unwrap();
    assert_close("Carolina", &found, &carolina.numbers("assuncao_reis_z"));
    // By hand: the large base is as the mean, so that the variance between comes out below what its own chance makes up
    // for, and its own chance alone remains.
    let found = standardised_rates(&[1.0, 101.0, 0.0], &[10.0, 1_000.0, 0.0]).unwrap();
    let mean = 102.0 / 1_010.0;
    let spread: f64 = (10.0 * (0.1_f64 - mean).powi(2) + 1_000.0 * (0.101_f64 - mean).powi(2)) / 1_010.0;
    let between = spread - mean / (1_010.0 / 3.0);
    assert!(between + mean / 1_000.0 < 0.0);
    let small = (0.1 - mean) / (between + mean / 10.0).sqrt();
    assert_close("by hand", &found, &[Some(small), Some((0.101 - mean) / (mean / 1_000.0).sqrt()), None]);
    assert_eq!(standardised_rates(&[0.0, 0.0], &[5.0, 5.0]).unwrap(), [None, None]);
}

#[test]
fn where_neighbours_differ_no_more_than_chance_a_rate_becomes_theirs() {
    let carolina = Table::read("nc_sids74_queen", "eb.csv");
    let (events, bases) = (carolina.full("e"), carolina.full("b"));
    let weights = weights_of("nc_sids74_queen", events.len());
    let ours = spatial_empirical_bayes(&events, &bases, &weights).unwrap();
    let theirs = carolina.full("esda_Spatial_Empirical_Bayes");
    let mut floored = 0;
    for (unit, rate) in ours.iter().enumerate() {
        let rate = rate.expect("every county has births");
        let around = || std::iter::once(unit).chain(weights.neighbours(unit).map(|(other, _)| other));
        let (e, b) = (around().map(|i| events[i]).sum::<f64>(), around().map(|i| bases[i]).sum::<f64>());
        if rate.kept > 0.0 {
            continue;
        }
        assert!((rate.smoothed - e / b).abs() <= 1e-12 * (e / b), "county {unit}");
        assert!(
            (rate.smoothed - theirs[unit]).abs() <= 1e-9 * theirs[unit],
            "county {unit}: not {}",
            theirs[unit]
        );
        floored += 1;
    }
    assert_eq!(floored, 55, "counties whose neighbours differ by chance alone");
}

#[test]
fn the_eight_nearest_of_baltimore_are_those_of_the_fixture_but_for_ties() {
    let text = std::fs::read_to_string(folder("baltim_price_knn8").join("input.geojson")).unwrap();
    let json: serde_json::Value = serde_json::from_str(&text).unwrap();
    let points: Vec<(f64, f64)> = json["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|feature| {
            let at = &feature["geometry"]["coordinates"];
            (at[0].as_f64().unwrap(), at[1].as_f64().unwrap())
        })
        .collect();
    let ours = Weights::k_nearest(&points, 8).unwrap();
    let theirs = weights_of("baltim_price_knn8", points.len());
    let mut tied = 0;
    for unit in 0..points.len() {
        let square = |other: usize| {
            (points[unit].0 - points[other].0).powi(2) + (points[unit].1 - points[other].1).powi(2)
        };
        let sorted = |weights: &Weights| {
            let mut all: Vec<f64> = weights.neighbours(unit).map(|(other, _)| square(other)).collect();
            all.sort_by(f64::total_cmp);
            all
        };
        let (a, b) = (sorted(&ours), sorted(&theirs));
        assert!(a.iter().zip(&b).all(|(a, b)| a.total_cmp(b).is_eq()), "house {unit}: the same distances");
        let theirs: Vec<usize> = theirs.neighbours(unit).map(|(other, _)| other).collect();
        let only: Vec<usize> =
            ours.neighbours(unit).map(|(o, _)| o).filter(|o| !theirs.contains(o)).collect();
        assert!(
            only.iter().all(|other| square(*other).total_cmp(&a[7]).is_eq()),
            "house {unit}: ties alone differ"
        );
        tied += usize::from(!only.is_empty());
    }
    assert_eq!(tied, 6, "houses whose eighth neighbour is one of several");
}

#[test]
fn benjamini_yekutieli_gives_the_numbers_worked_out_by_hand() {
    // Four tests: 1 + 1/2 + 1/3 + 1/4 = 25/12.
    let p = [Some(0.01), None, Some(0.04), Some(0.03), Some(0.005), Some(f64::NAN)];
    let found = benjamini_yekutieli(&p);
    assert_eq!(found.tested, 4);
    let close =
        |unit: usize, q: f64| assert!((found.q[unit].unwrap() - q).abs() < 1e-15, "{:?}", found.q[unit]);
    close(4, 0.005 * 4.0 / 1.0 * 25.0 / 12.0);
    close(0, 0.01 * 4.0 / 2.0 * 25.0 / 12.0);
    // 0.03 · 4/3 is 0.04 · 4/4: the larger rank decides for both.
    close(3, 0.04 * 25.0 / 12.0);
    close(2, 0.04 * 25.0 / 12.0);
    assert_eq!((found.q[1], found.q[5]), (None, None));
    // As R: p.adjust(c(0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216), "BY").
    let p = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216].map(Some);
    let harmonic = (1..=10).map(|rank| 1.0 / f64::from(rank)).sum::<f64>();
    let expected = [0.01, 0.04, 0.084, 0.084, 0.084, 0.1, 0.105_714_285_714_285_7, 0.216, 0.216, 0.216];
    for ((strict, usual), hochberg) in
        benjamini_yekutieli(&p).q.iter().zip(benjamini_hochberg(&p).q).zip(expected)
    {
        assert!((usual.unwrap() - hochberg).abs() < 1e-12);
        assert!((strict.unwrap() - (hochberg * harmonic).min(1.0)).abs() < 1e-12);
    }
}

#[test]
fn every_kernel_has_the_values_of_its_formula() {
    let pi = std::f64::consts::PI;
    for (kernel, at_centre, at_half, at_rim) in [
        (Kernel::Triweight, 4.0 / pi, 27.0 / 16.0 / pi, 0.0),
        (Kernel::Uniform, 1.0 / pi, 1.0 / pi, 1.0 / pi),
        (Kernel::Quartic, 3.0 / pi, 27.0 / 16.0 / pi, 0.0),
        (Kernel::Epanechnikov, 2.0 / pi, 1.5 / pi, 0.0),
        (Kernel::Gaussian, 0.5 / pi, 0.5 / pi * (-0.125_f64).exp(), 0.5 / pi * (-0.5_f64).exp()),
    ] {
        // u = 0, 1/2 and 1, by their squares.
        for (square, value) in [(0.0, at_centre), (0.25, at_half), (1.0, at_rim)] {
            assert!((kernel.at(square) - value).abs() < 1e-15, "{kernel:?} at {square}");
        }
        let beyond = kernel.at(1.000_001);
        assert!(if kernel == Kernel::Gaussian { beyond > 0.0 } else { beyond.abs() < f64::EPSILON });
    }
}

#[test]
fn triweight_and_uniform_densities_are_the_sums_of_their_formula() {
    let table = Table::read("kde_crimes", "points.csv");
    let points: Vec<Mass> =
        table.full("x").into_iter().zip(table.full("y")).map(|(x, y)| Mass { x, y, weight: 1.0 }).collect();
    let raster = Raster { west: 722_525.0, south: 875_153.0, cell: 500.0, columns: 14, rows: 14 };
    for (kernel, formula) in [
        (Kernel::Triweight, (|u| 4.0 / std::f64::consts::PI * (1.0 - u * u).powi(3)) as fn(f64) -> f64),
        (Kernel::Uniform, |_| 1.0 / std::f64::consts::PI),
    ] {
        for h in [1_000.0, 2_500.0_f64] {
            let found = direct(&points, raster, kernel, h).unwrap();
            let fast = binned(&points, raster, kernel, h).unwrap();
            let mut summed = Vec::new();
            for row in 0..raster.rows {
                for column in 0..raster.columns {
                    let (x, y) = raster.centre(column, row);
                    let near = points.iter().map(|p| (p.x - x).hypot(p.y - y) / h).filter(|u| *u <= 1.0);
                    summed.push(near.map(formula).sum::<f64>() / (h * h));
                }
            }
            let peak = summed.iter().copied().fold(0.0, f64::max);
            for ((found, fast), summed) in found.iter().zip(&fast).zip(&summed) {
                assert!((found - summed).abs() <= 1e-9 * peak, "{kernel:?} at {h} m: {found}, not {summed}");
                // Linear binning blurs the rim, at which the uniform kernel jumps.
                let binned_well = kernel == Kernel::Uniform || (fast - summed).abs() <= 0.01 * peak;
                assert!(binned_well, "{kernel:?} at {h} m, binned: {fast}, not {summed}");
            }
        }
    }
}

#[test]
fn gi_of_the_planted_grid_is_found_by_every_inference() {
    let values = Table::read("hex_planted_ring1", "gi_B.csv").full("y");
    let weights = weights_of("hex_planted_ring1", values.len());
    let analytic = getis_ord(&values, &weights, Statistic::Gi, Scaling::AsGiven).unwrap();
    let analytic: Vec<_> = analytic.iter().map(LocalG::p).collect();
    let r = NonZeroU32::new(49_999).unwrap();
    let permuted = permutation_test(&values, &weights, r, &mut Random::new(5)).unwrap();
    let permuted: Vec<_> = permuted.iter().map(|unit| unit.map(Tails::two_sided)).collect();
    for p in [analytic, permuted] {
        let hot = benjamini_hochberg(&p).q.iter().flatten().filter(|q| **q <= 0.05).count();
        let strict = benjamini_yekutieli(&p).q.iter().flatten().filter(|q| **q <= 0.05).count();
        assert!(hot > 10 && strict <= hot, "{hot} and {strict}");
    }
}

fn crimes() -> Vec<Mass> {
    let table = Table::read("kde_crimes", "points.csv");
    table.full("x").into_iter().zip(table.full("y")).map(|(x, y)| Mass { x, y, weight: 1.0 }).collect()
}

/// Worked out with numpy from the formulae of each rule.
#[test]
fn bandwidths_are_those_of_their_rules() {
    let mut points = crimes();
    for (rule, metres) in [
        (Rule::Scott, 577.004_375_590_756_8),
        (Rule::Robust, 577.004_375_590_756_8),
        (Rule::StandardDistance, 667.920_230_346_139_1),
    ] {
        let found = rule.bandwidth(&points).unwrap();
        assert!((found - metres).abs() < 1e-9 * metres, "{rule:?}: {found}, not {metres}");
    }
    // One point on the other side of the earth widens all rules but the robust one.
    points.push(Mass { x: 1e7, y: 1e7, weight: 1.0 });
    let wide = |rule: Rule| rule.bandwidth(&points).unwrap();
    assert!(wide(Rule::Scott) > 50_000.0 && wide(Rule::Robust) < 700.0);
    // By hand: of 0, 1, 2, 3 and 10 the quartiles are 1 and 3, the deviation is √15.7.
    let five: Vec<Mass> = [0.0, 1.0, 2.0, 3.0, 10.0].map(|x| Mass { x, y: -x, weight: 1.0 }).to_vec();
    let by = 5.0_f64.powf(-1.0 / 6.0);
    assert!((Rule::Scott.bandwidth(&five).unwrap() - 15.7_f64.sqrt() * by).abs() < 1e-12);
    assert!((Rule::Robust.bandwidth(&five).unwrap() - 2.0 / 1.349 * by).abs() < 1e-12);
    for without_spread in [&five[..1], &[five[0]; 4], &[]] {
        assert!(Rule::ALL.iter().all(|(_, rule)| rule.bandwidth(without_spread).is_none()));
    }
}

/// Against Abramson's formula with each point's own bandwidth, worked out with numpy.
#[test]
fn an_adaptive_density_is_abramsons_but_for_the_steps_between_widths() {
    let points = crimes();
    let raster = Raster { west: 722_525.0, south: 875_153.0, cell: 142.0, columns: 48, rows: 48 };
    let found = adaptive(&points, raster, Kernel::Gaussian, 1_000.0).unwrap();
    let peak = 1.738_608_917_696_42e-5;
    for (row, column, exact) in [
        (0, 0, 3.954_575_734_424_066e-7),
        (10, 30, 4.183_496_002_690_29e-6),
        (24, 24, 7.029_400_182_097_81e-6),
        (30, 10, 1.676_213_059_100_607_7e-5),
        (40, 20, 3.728_057_949_142_336e-6),
        (47, 47, 7.161_557_607_033_386e-7),
        (29, 12, peak),
    ] {
        let found = found[row * 48 + column];
        assert!((found - exact).abs() < 0.02 * peak, "{row} {column}: {found}, not {exact}");
    }
    // It sharpens the peak that a fixed bandwidth flattens.
    let fixed = density(&points, raster, Kernel::Gaussian, 1_000.0).unwrap();
    assert!(fixed.iter().copied().fold(0.0, f64::max) < 0.95 * peak);
    // Where all points are alike each has the bandwidth itself; nothing is lost or made.
    let alike: Vec<Mass> = [0.0, 1e5].map(|x| Mass { x, y: 5e3, weight: 2.0 }).to_vec();
    let around = Raster { west: -5e3, south: 0.0, cell: 100.0, columns: 100, rows: 100 };
    let (own, fixed) = (
        adaptive(&alike, around, Kernel::Quartic, 900.0).unwrap(),
        density(&alike, around, Kernel::Quartic, 900.0).unwrap(),
    );
    assert!(own.iter().zip(&fixed).all(|(a, b)| (a - b).abs() <= 1e-18));
    // Counts below 0, none at all, and what cannot be used.
    assert!(adaptive(&[], raster, Kernel::Gaussian, 1_000.0).unwrap().iter().all(|d| d.abs() < f64::EPSILON));
    let below = [Mass { x: 722_600.0, y: 875_200.0, weight: -3.0 }];
    assert!(adaptive(&below, raster, Kernel::Gaussian, 1_000.0).unwrap().iter().all(|d| *d <= 0.0));
    let nowhere = [Mass { x: f64::NAN, y: 0.0, weight: 1.0 }];
    assert_eq!(adaptive(&nowhere, raster, Kernel::Gaussian, 1.0), Err(KdeError::BadPoint { index: 0 }));
    assert!(adaptive(&points, raster, Kernel::Gaussian, -1.0).is_err());
}
