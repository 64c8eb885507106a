//! Moran's I, permutation and exact probabilities, smoothed rates and densities against independent numbers.

mod fixtures;

use std::num::NonZeroU32;

use engine::random::Random;
use engine::stats::bayes::{empirical_bayes, spatial_empirical_bayes};
use engine::stats::conditional::lag_moments;
use engine::stats::exact::exact_test;
use engine::stats::getis_ord::{Scaling, Statistic};
use engine::stats::moran::{Variance, global_moran, local_moran};
use engine::stats::permutation::permutation_test;
use engine::stats::tails::Tails;
use engine::stats::weights::Weights;
use fixtures::{Table, assert_close, assert_within};

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

fn permutations(r: u32) -> NonZeroU32 {
    NonZeroU32::new(r).expect("at least one")
}

#[test]
fn the_moments_of_the_lag_agree_with_every_fixture() {
    for case in CASES {
        for (file, statistic, scaling) in [
            ("gistar_B.csv", Statistic::GiStar, Scaling::AsGiven),
            ("gistar_R.csv", Statistic::GiStar, Scaling::RowStandardised),
            ("gi_B.csv", Statistic::Gi, Scaling::AsGiven),
            ("gi_R.csv", Statistic::Gi, Scaling::RowStandardised),
        ] {
            let expected = Table::read(case, file);
            let values = expected.full("y");
            let found = lag_moments(&values, &weights_of(case, values.len()), statistic, scaling).unwrap();
            let mean: Vec<_> = found.iter().map(|unit| unit.map(|m| m.mean)).collect();
            let variance: Vec<_> = found.iter().map(|unit| unit.map(|m| m.variance)).collect();
            assert_close(&format!("{case}/{file} mean"), &mean, &expected.numbers("cond_mean_lag"));
            assert_close(&format!("{case}/{file} variance"), &variance, &expected.numbers("cond_var_lag"));
        }
    }
}

#[test]
fn local_moran_agrees_with_every_fixture_in_both_scalings() {
    for case in CASES {
        let expected = Table::read(case, "moran_local.csv");
        let values = expected.full("y");
        let weights = weights_of(case, values.len());
        let sample = local_moran(&values, &weights, Scaling::RowStandardised, Variance::Sample).unwrap();
        let population =
            local_moran(&values, &weights, Scaling::RowStandardised, Variance::Population).unwrap();
        let i = |found: &[Option<engine::stats::moran::LocalMoran>]| {
            found.iter().map(|unit| unit.map(|unit| unit.i)).collect::<Vec<_>>()
        };
        assert_close(&format!("{case} Is"), &i(&sample), &expected.numbers("Is"));
        assert_close(&format!("{case} Is_spdep"), &i(&population), &expected.numbers("Is_spdep"));
        let expectation: Vec<_> = population.iter().map(|unit| unit.map(|unit| unit.expected)).collect();
        let variance: Vec<_> = population.iter().map(|unit| unit.map(|unit| unit.variance)).collect();
        assert_close(&format!("{case} EIc"), &expectation, &expected.numbers("EIc"));
        assert_close(&format!("{case} VIc"), &variance, &expected.numbers("VIc"));
        // The score is the same in both scalings: statistic, mean and deviation are scaled together.
        let z = |found: &[Option<engine::stats::moran::LocalMoran>]| {
            found.iter().map(|unit| unit.and_then(|unit| unit.z)).collect::<Vec<_>>()
        };
        assert_close(&format!("{case} z"), &z(&sample), &z(&population));
        for (unit, quadrant) in expected.indices("q").into_iter().enumerate() {
            let ours = sample[unit].expect("no islands");
            assert_eq!(usize::from(u8::from(ours.quadrant)), quadrant, "{case} quadrant of unit {unit}");
        }
    }
}

#[test]
fn local_moran_of_africa_is_that_of_anselin_1995() {
    let expected = Table::read("anselin1995_africa", "expected_moran_local.csv");
    let values = expected.full("totcon");
    let weights = weights_of("anselin1995_africa", values.len());
    let found = local_moran(&values, &weights, Scaling::RowStandardised, Variance::Population).unwrap();
    let column = |pick: fn(engine::stats::moran::LocalMoran) -> Option<f64>| {
        found.iter().map(|unit| unit.and_then(pick)).collect::<Vec<_>>()
    };
    assert_close("Ii", &column(|unit| Some(unit.i)), &expected.numbers("Ii_spdep"));
    assert_close("E", &column(|unit| Some(unit.expected)), &expected.numbers("E_cond"));
    assert_close("V", &column(|unit| Some(unit.variance)), &expected.numbers("Var_cond"));
    assert_close("Z", &column(|unit| unit.z), &expected.numbers("Z_cond"));
}

#[test]
fn the_mean_of_local_moran_is_global_moran() {
    let published = [
        ("columbus_crime_queen", 0.500_188_56),
        ("columbus_crime_rook", 0.523_670),
        ("hex_planted_ring1", 0.145_830),
        ("nc_sids74_queen", 0.230_910),
        ("georgia_pctbach_knn8", 0.196_640),
        ("georgia_pctpov_band", 0.581_602),
        ("baltim_price_knn8", 0.432_605),
    ];
    for (case, published) in published {
        let values = Table::read(case, "moran_local.csv").full("y");
        let weights = weights_of(case, values.len());
        let mut random = Random::new(1);
        let found = global_moran(&values, &weights, Scaling::RowStandardised, permutations(199), &mut random)
            .unwrap()
            .expect("it varies");
        assert!((found.i - published).abs() < 1e-6, "{case}: {}", found.i);
        assert!((found.tails.upper - 1.0 / 200.0).abs() < 1e-12, "{case} is far from chance");
        let local = local_moran(&values, &weights, Scaling::RowStandardised, Variance::Population).unwrap();
        let mean =
            local.iter().flatten().map(|unit| unit.i).sum::<f64>() / local.iter().map(|_| 1.0).sum::<f64>();
        assert!((mean - found.i).abs() < 1e-12, "{case}");
    }
}

#[test]
fn exact_probabilities_agree_with_the_fixture() {
    let expected = Table::read("hex_planted_ring1", "exact_perm_p.csv");
    let values = expected.full("y");
    let found = exact_test(&values, &weights_of("hex_planted_ring1", values.len())).unwrap();
    let column = |pick: fn(Tails) -> f64| found.iter().map(|unit| unit.map(pick)).collect::<Vec<_>>();
    assert_within("upper", &column(|t| t.upper), &expected.numbers("p_upper_exact"), 0.0, 1e-8);
    assert_within("lower", &column(|t| t.lower), &expected.numbers("p_lower_exact"), 0.0, 1e-8);
    assert_within("two-sided", &column(Tails::two_sided), &expected.numbers("p_two_exact"), 0.0, 1e-8);
}

#[test]
fn permutation_probabilities_approach_the_exact_ones() {
    let expected = Table::read("hex_planted_ring1", "exact_perm_p.csv");
    let values = expected.full("y");
    let weights = weights_of("hex_planted_ring1", values.len());
    let r = 9_999;
    let found = permutation_test(&values, &weights, permutations(r), &mut Random::new(7)).unwrap();
    for (side, pick) in
        [("p_upper_exact", (|t: Tails| t.upper) as fn(Tails) -> f64), ("p_lower_exact", |t| t.lower)]
    {
        for (unit, exact) in expected.full(side).into_iter().enumerate() {
            let ours = pick(found[unit].expect("no islands"));
            let allowed = 5.0 * (exact * (1.0 - exact) / f64::from(r + 1)).sqrt() + 2.0 / f64::from(r + 1);
            assert!((ours - exact).abs() <= allowed, "{side} of unit {unit}: {ours} is not {exact}");
        }
    }
}

#[test]
fn permutation_probabilities_agree_with_an_independent_implementation() {
    for case in CASES {
        let expected = Table::read(case, "gi_B.csv");
        let values = expected.full("y");
        let weights = weights_of(case, values.len());
        let r = 4_999;
        let found = permutation_test(&values, &weights, permutations(r), &mut Random::new(11)).unwrap();
        for (unit, theirs) in expected.numbers("perm_p_upper").into_iter().enumerate() {
            let (Some(theirs), Some(ours)) = (theirs, found[unit]) else { panic!("{case} unit {unit}") };
            let noise = (theirs * (1.0 - theirs) * (1.0 / f64::from(r + 1) + 1.0 / 9_999.0)).sqrt();
            let allowed = 5.0 * noise + 2.0 / f64::from(r + 1);
            assert!(
                (ours.upper - theirs).abs() <= allowed,
                "{case} unit {unit}: {} is not {theirs}",
                ours.upper
            );
        }
    }
}

#[test]
fn rows_with_weights_of_their_own_give_the_same_probabilities_as_shared_draws() {
    let values = Table::read("columbus_crime_queen", "gi_B.csv").full("y");
    let binary = weights_of("columbus_crime_queen", values.len());
    // Weights of 2 change no order of sums, and are not binary: each row draws for itself.
    let doubled = Weights::from_links(
        values.len(),
        (0..values.len())
            .flat_map(|i| binary.neighbours(i).map(move |(j, _)| (i, j, 2.0)).collect::<Vec<_>>()),
    )
    .unwrap();
    let r = 4_999;
    let shared = permutation_test(&values, &binary, permutations(r), &mut Random::new(3)).unwrap();
    let alone = permutation_test(&values, &doubled, permutations(r), &mut Random::new(4)).unwrap();
    for (unit, (a, b)) in shared.iter().zip(&alone).enumerate() {
        let (a, b) = (a.unwrap().upper, b.unwrap().upper);
        let allowed =
            5.0 * (2.0 * a.max(1e-3) * (1.0 - a).max(1e-3) / f64::from(r + 1)).sqrt() + 4.0 / f64::from(r);
        assert!((a - b).abs() <= allowed, "unit {unit}: {a} and {b}");
    }
}

#[test]
fn smoothed_rates_agree_with_marshall_1991_and_with_an_independent_implementation() {
    let auckland = Table::read("eb_auckland", "expected.csv");
    let (prior, rates) = empirical_bayes(&auckland.full("M77_85"), &auckland.full("base_9xUnd5_81")).unwrap();
    let prior = prior.expect("there are children");
    assert_close(
        "variance and mean",
        &[Some(prior.variance), Some(prior.mean)],
        &[Some(7.284_172_900_975_149e-7), Some(0.002_633_436_193_136_172_7)],
    );
    let smoothed: Vec<_> = rates.iter().map(|rate| rate.map(|rate| rate.smoothed)).collect();
    assert_close("smoothed", &smoothed, &auckland.numbers("eb_marshall"));
    let kept: Vec<_> = rates.iter().map(|rate| rate.map(|rate| rate.kept)).collect();
    assert_close("kept", &kept, &auckland.numbers("shrink_w"));

    let carolina = Table::read("nc_sids74_queen", "eb.csv");
    let (events, bases) = (carolina.full("e"), carolina.full("b"));
    let smoothed: Vec<_> = empirical_bayes(&events, &bases)
        .unwrap()
        .1
        .iter()
        .map(|rate| rate.map(|rate| rate.smoothed))
        .collect();
    assert_close("Carolina", &smoothed, &carolina.numbers("eb_marshall"));
}

#[test]
fn rates_are_smoothed_towards_their_neighbours() {
    let carolina = Table::read("nc_sids74_queen", "eb.csv");
    let (events, bases) = (carolina.full("e"), carolina.full("b"));
    let weights = weights_of("nc_sids74_queen", events.len());
    let ours = spatial_empirical_bayes(&events, &bases, &weights).unwrap();
    let mut equal = 0;
    for (unit, theirs) in carolina.full("esda_Spatial_Empirical_Bayes").into_iter().enumerate() {
        let ours = ours[unit].expect("every county has births");
        // esda does not floor the variance at 0 (specification, section 1.4): compare where there is none.
        if ours.kept > 0.0 {
            assert!(
                (ours.smoothed - theirs).abs() <= 1e-9 * theirs.abs(),
                "county {unit}: {ours:?} is not {theirs}"
            );
            equal += 1;
        }
    }
    assert!(equal > 40, "{equal} counties could be compared");
}

mod density {
    use super::fixtures::{Table, folder};
    use engine::random::Random;
    use engine::stats::kde::{Kernel, Mass, Raster, binned, density, direct};
    use engine::stats::study_area::{StudyArea, edge_corrected};
    use geo::{Area, MultiPolygon, Rect, polygon};

    fn crimes() -> (Vec<Mass>, Raster) {
        let table = Table::read("kde_crimes", "points.csv");
        let points =
            table.full("x").into_iter().zip(table.full("y")).map(|(x, y)| Mass { x, y, weight: 1.0 });
        let raster = Raster { west: 722_525.0, south: 875_153.0, cell: 142.0, columns: 48, rows: 0 };
        let text = std::fs::read_to_string(folder("kde_crimes").join("kde_gaussian_h1000.csv")).unwrap();
        (points.collect(), Raster { rows: text.lines().count(), ..raster })
    }

    fn expected(name: &str) -> Vec<f64> {
        let text = std::fs::read_to_string(folder("kde_crimes").join(name)).unwrap();
        text.lines().flat_map(|line| line.split(',').map(|field| field.parse().unwrap())).collect()
    }

    fn worst(ours: &[f64], theirs: &[f64]) -> f64 {
        assert_eq!(ours.len(), theirs.len());
        let peak = theirs.iter().copied().fold(0.0, f64::max);
        ours.iter().zip(theirs).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max) / peak
    }

    #[test]
    fn densities_agree_with_the_fixtures_evaluated_directly_and_binned() {
        let (points, raster) = crimes();
        for (name, kernel) in [
            ("gaussian", Kernel::Gaussian),
            ("quartic", Kernel::Quartic),
            ("epanechnikov", Kernel::Epanechnikov),
        ] {
            for h in [1_000.0, 2_500.0] {
                let theirs = expected(&format!("kde_{name}_h{h}.csv"));
                let exact = worst(&direct(&points, raster, kernel, h).unwrap(), &theirs);
                assert!(exact <= 1e-6, "{name} at {h} m, direct: {exact}");
                let chosen = worst(&density(&points, raster, kernel, h).unwrap(), &theirs);
                assert!(chosen <= 1e-6, "{name} at {h} m, as chosen: {chosen}");
                let fast = worst(&binned(&points, raster, kernel, h).unwrap(), &theirs);
                assert!(fast <= 0.01, "{name} at {h} m, binned: {fast}");
            }
        }
    }

    #[test]
    fn densities_at_the_edge_are_divided_by_the_kernel_inside() {
        let (points, raster) = crimes();
        for h in [1_000.0, 2_500.0] {
            let theirs = expected(&format!("kde_gaussian_edge_uniform_h{h}.csv"));
            let plain = direct(&points, raster, Kernel::Gaussian, h).unwrap();
            let off = |area: StudyArea<'_>| {
                let ours = edge_corrected(&plain, area, raster, Kernel::Gaussian, h, 0.0).unwrap();
                let ours: Vec<f64> =
                    ours.into_iter().map(|density| density.expect("every cell is inside")).collect();
                worst(&ours, &theirs)
            };
            let (exact, summed) = (off(StudyArea::Grid), off(StudyArea::Cells(&vec![1.0; plain.len()])));
            assert!(exact <= 1e-6, "edge at {h} m: {exact}");
            assert!(summed <= 0.01, "edge at {h} m, summed over cells: {summed}");
        }
    }

    /// What a kernel at a place has inside, by the midpoints of a fine mesh of its own.
    fn by_brute_force(area: &MultiPolygon, at: (f64, f64), kernel: Kernel, h: f64, reach: f64) -> f64 {
        use geo::{Contains, Point};
        let steps = 400;
        let step = 2.0 * reach / f64::from(steps);
        let mut mass = 0.0;
        for row in 0..steps {
            for column in 0..steps {
                let place = |n: i32| -reach + (f64::from(n) + 0.5) * step;
                let (dx, dy) = (place(column), place(row));
                if area.contains(&Point::new(at.0 + dx, at.1 + dy)) {
                    mass += kernel.at((dx * dx + dy * dy) / (h * h)) / (h * h) * step * step;
                }
            }
        }
        mass
    }

    /// A coast that slants, with a lake in it, which reaches beyond the grid in the south and the west.
    fn coast() -> MultiPolygon {
        let land = polygon!(
            exterior: [(x: -900.0, y: -700.0), (x: 1_800.0, y: -500.0), (x: 1_500.0, y: 900.0), (x: 700.0, y: 1_600.0), (x: -400.0, y: 1_300.0)],
            interiors: [[(x: 500.0, y: 400.0), (x: 1_000.0, y: 500.0), (x: 900.0, y: 900.0), (x: 450.0, y: 800.0)]],
        );
        MultiPolygon::new(vec![land])
    }

    #[test]
    fn what_a_kernel_has_inside_a_coast_with_a_lake_is_what_brute_force_finds() {
        let (area, h) = (coast(), 300.0);
        let raster = Raster { west: 0.0, south: 0.0, cell: 100.0, columns: 20, rows: 18 };
        let ones = vec![1.0; raster.columns * raster.rows];
        for (kernel, reach) in [
            (Kernel::Gaussian, 6.0),
            (Kernel::Quartic, 1.0),
            (Kernel::Epanechnikov, 1.0),
            (Kernel::Uniform, 1.0),
        ] {
            // Of a density of 1 everywhere what comes back is one by the mass.
            let found = edge_corrected(&ones, StudyArea::Within(&area), raster, kernel, h, 0.0).unwrap();
            for (column, row) in
                [(0, 0), (3, 4), (4, 5), (9, 10), (10, 6), (7, 15), (14, 3), (16, 0), (12, 10)]
            {
                let at = raster.centre(column, row);
                let mass = 1.0 / found[row * raster.columns + column].expect("a centre inside");
                let expected = by_brute_force(&area, at, kernel, h, reach * h);
                assert!((mass - expected).abs() < 0.01, "{kernel:?} at {at:?}: {mass}, not {expected}");
            }
            for (column, row) in [(7, 6), (8, 7), (19, 17), (19, 0), (15, 15)] {
                assert_eq!(found[row * raster.columns + column], None, "the lake and the sea");
            }
        }
    }

    #[test]
    fn what_is_corrected_adds_up_to_the_points_when_they_are_spread_evenly_inside() {
        let (area, h) = (coast(), 200.0);
        let raster = Raster { west: -1_000.0, south: -800.0, cell: 50.0, columns: 60, rows: 50 };
        let every = 20.0;
        let lattice = (0..150).flat_map(|x| (0..130).map(move |y| (f64::from(x), f64::from(y))));
        let points: Vec<Mass> = lattice
            .map(|(x, y)| Mass { x: -990.0 + x * every, y: -790.0 + y * every, weight: 1.0 })
            .filter(|p| geo::Contains::contains(&area, &geo::Point::new(p.x, p.y)))
            .collect();
        let plain = density(&points, raster, Kernel::Quartic, h).unwrap();
        let even = 1.0 / (every * every);
        let found =
            edge_corrected(&plain, StudyArea::Within(&area), raster, Kernel::Quartic, h, 0.3).unwrap();
        let known: Vec<f64> = found.iter().copied().flatten().collect();
        assert!(known.iter().all(|density| (density - even).abs() < 0.05 * even), "even up to the coast");
        let land = area.unsigned_area() / (raster.cell * raster.cell);
        #[expect(clippy::cast_precision_loss, reason = "some thousand cells")]
        let cells = known.len() as f64;
        assert!((cells - land).abs() < 0.02 * land, "{cells} cells of {land}: none is lost along the coast");
        assert!(plain.iter().filter(|density| **density > 0.0 && **density < 0.9 * even).count() > 100);
    }

    #[test]
    fn a_rectangle_that_is_the_grid_is_the_grid() {
        let (points, raster) = crimes();
        let plain = direct(&points, raster, Kernel::Gaussian, 1_000.0).unwrap();
        let corner = raster.centre(raster.columns - 1, raster.rows - 1);
        let whole = Rect::new((raster.west, raster.south), (corner.0 + 71.0, corner.1 + 71.0)).to_polygon();
        let within = MultiPolygon::new(vec![whole]);
        let of = |area| edge_corrected(&plain, area, raster, Kernel::Gaussian, 1_000.0, 0.3).unwrap();
        let mut compared = 0;
        for (polygon, grid) in of(StudyArea::Within(&within)).into_iter().zip(of(StudyArea::Grid)) {
            if let (Some(polygon), Some(grid)) = (polygon, grid) {
                assert!((polygon - grid).abs() <= 1e-3 * grid, "{polygon}, not {grid}");
                compared += 1;
            }
        }
        assert!(compared > 2_000, "{compared}");
    }

    #[test]
    fn a_study_area_too_wide_for_the_kernel_is_refused_and_one_elsewhere_has_no_density() {
        let raster = Raster { west: 0.0, south: 0.0, cell: 1.0, columns: 100, rows: 100 };
        let ones = vec![1.0; 10_000];
        let wide = MultiPolygon::new(vec![Rect::new((-1e6, -1e6), (1e6, 1e6)).to_polygon()]);
        let refused = edge_corrected(&ones, StudyArea::Within(&wide), raster, Kernel::Quartic, 5_000.0, 0.3);
        assert!(refused.unwrap_err().to_string().contains("10100 × 10100 cells"));
        let far = MultiPolygon::new(vec![Rect::new((5_000.0, 0.0), (6_000.0, 9.0)).to_polygon()]);
        for area in [far, MultiPolygon::new(Vec::new())] {
            let found = edge_corrected(&ones, StudyArea::Within(&area), raster, Kernel::Quartic, 50.0, 0.3);
            assert!(found.unwrap().iter().all(Option::is_none));
        }
    }

    #[test]
    fn every_kernel_integrates_to_one_per_point() {
        let raster = Raster { west: 0.0, south: 0.0, cell: 10.0, columns: 400, rows: 400 };
        let point = [Mass { x: 2_003.0, y: 1_996.0, weight: 1.0 }];
        for (name, kernel) in Kernel::ALL {
            for density in [direct(&point, raster, kernel, 250.0), binned(&point, raster, kernel, 250.0)] {
                let total: f64 = density.unwrap().iter().sum::<f64>() * 100.0;
                assert!((total - 1.0).abs() < 5e-3, "{name}: {total}");
            }
        }
    }

    #[test]
    fn points_anywhere_on_a_grid_that_all_cores_share_are_found_where_they_are() {
        let raster = Raster { west: -500.0, south: 200.0, cell: 10.0, columns: 401, rows: 399 };
        let mut random = Random::new(11);
        let points: Vec<Mass> = (0..400)
            .map(|_| Mass {
                x: random.between(-495.0, 3_505.0),
                y: random.between(205.0, 4_185.0),
                weight: random.between(0.5, 3.0),
            })
            .collect();
        let exact = direct(&points, raster, Kernel::Quartic, 250.0).unwrap();
        let off = worst(&binned(&points, raster, Kernel::Quartic, 250.0).unwrap(), &exact);
        assert!(off <= 0.01, "{off}");
    }

    #[test]
    fn what_no_density_can_be_computed_from_is_refused_by_name() {
        let raster = Raster { west: 0.0, south: 0.0, cell: 10.0, columns: 4, rows: 4 };
        let refused =
            |points: &[Mass], raster, h| direct(points, raster, Kernel::Quartic, h).unwrap_err().to_string();
        assert!(refused(&[], raster, 0.0).contains("bandwidth of 0 m"));
        assert!(refused(&[], Raster { cell: f64::NAN, ..raster }, 1.0).contains("cell of NaN m"));
        assert!(refused(&[], Raster { columns: 0, ..raster }, 1.0).contains("0 × 4 cells"));
        assert!(refused(&[Mass { x: f64::INFINITY, y: 0.0, weight: 1.0 }], raster, 1.0).contains("point 0"));
    }
}
