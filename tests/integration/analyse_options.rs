//! The options of `stead analyse`, as its users combine them.

use engine::stats::weights::Weights;
use h3o::{CellIndex, LatLng, Resolution};

use crate::analyse::{Table, analyse, collection, input, table};
use crate::shared::stats;

/// A feature at a position, by its own id.
fn point(id: &str, lon: f64, lat: f64, value: f64) -> String {
    format!(
        r#"{{"type":"Feature","id":"{id}","properties":{{"v":{value}}},"geometry":{{"type":"Point","coordinates":[{lon},{lat}]}}}}"#
    )
}

/// Numbers of a column; what is missing is `None`.
fn numbers(table: &Table, column: &str) -> Vec<Option<f64>> {
    table.column(column).into_iter().map(|field| field.parse().ok()).collect()
}

#[test]
fn strict_is_stricter_by_one_and_a_half_and_a_third_and_so_on() {
    let file = input("columbus_crime_queen");
    let usual =
        ["--planar", "--value", "CRIME", "--stat", "gi-star", "--weights", "queen", "--snap", "0.000001"];
    let arguments = [&[&*file][..], &usual].concat();
    let (plain, strict) = (table(&arguments), table(&[&arguments[..], &["--strict"]].concat()));
    assert_eq!(plain.column("p"), strict.column("p"), "the tests are the same");
    let penalty: f64 = (1..=49).map(|rank| 1.0 / f64::from(rank)).sum();
    let mut below_one = 0;
    for (usual, strict) in numbers(&plain, "q").into_iter().zip(numbers(&strict, "q")) {
        let (usual, strict) = (usual.unwrap(), strict.unwrap());
        assert!((strict - (usual * penalty).min(1.0)).abs() < 1e-12, "{usual} becomes {strict}");
        below_one += usize::from(strict < 1.0);
    }
    let hot = |t: &Table| t.column("bin").into_iter().filter(|bin| *bin != "0").count();
    assert!(below_one > 3 && hot(&strict) < hot(&plain), "{} and {}", hot(&strict), hot(&plain));
}

#[test]
fn cells_of_h3_are_neighbours_by_rings() {
    let centre = LatLng::new(58.38, 26.72).unwrap().to_cell(Resolution::Eight);
    let cells: Vec<CellIndex> = centre.grid_disk(3);
    let value = |n: usize| f64::from(u32::try_from(n * n % 11).unwrap());
    let features: Vec<String> = cells
        .iter()
        .enumerate()
        .map(|(n, cell)| {
            let at = LatLng::from(*cell);
            point(&cell.to_string(), at.lng(), at.lat(), value(n))
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let file = collection(&folder, "cells.geojson", &features);
    for rings in [1, 2] {
        let found = table(&[&file, "--stat", "gi", "--value", "v", "--weights", &format!("h3:{rings}")]);
        let weights = Weights::h3_rings(&cells, rings).unwrap();
        let lag = |unit: usize| weights.neighbours(unit).map(|(other, _)| value(other)).sum::<f64>();
        let expected: Vec<_> = (0..cells.len()).map(|unit| Some(lag(unit))).collect();
        assert_eq!(numbers(&found, "lag"), expected, "{rings} rings");
    }
}

#[test]
fn the_nearest_are_the_same_in_whatever_order_the_file_is() {
    // A square, whose corners are each as far from one neighbour as from the other, and its middle.
    let corners = [("10", 1.0, 0.0), ("9", 0.0, 1.0), ("b", -1.0, 0.0), ("a", 0.0, -1.0), ("1", 0.0, 0.0)];
    let value = |id: &str| match id {
        "10" => 1.0,
        "9" => 10.0,
        "b" => 100.0,
        "a" => 1_000.0,
        _ => 10_000.0,
    };
    let folder = tempfile::tempdir().unwrap();
    let mut told = Vec::new();
    for turn in 0..5 {
        let mut order = corners;
        order.rotate_left(turn);
        if turn % 2 == 1 {
            order.reverse();
        }
        let features: Vec<_> = order.iter().map(|(id, x, y)| point(id, *x, *y, value(id))).collect();
        let file = collection(&folder, &format!("{turn}.geojson"), &features);
        let found = table(&[&file, "--planar", "--stat", "gi", "--value", "v", "--weights", "knn:2"]);
        let ids = found.column("id").into_iter().map(str::to_owned);
        let mut rows: Vec<_> = ids.zip(numbers(&found, "lag")).collect();
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        told.push(rows);
    }
    // The middle has four at the same distance, and takes those with the lowest ids: whole numbers first, by size.
    let middle = told[0].iter().find(|(id, _)| id == "1").unwrap();
    assert_eq!(middle.1, Some(value("9") + value("10")));
    // A corner has the middle, then the lower of two corners.
    let corner = told[0].iter().find(|(id, _)| id == "a").unwrap();
    assert_eq!(corner.1, Some(value("1") + value("10")));
    assert!(told.iter().all(|rows| *rows == told[0]), "{told:?}");
}

#[test]
fn a_band_without_a_distance_just_leaves_nobody_alone_and_says_how_far_it_reaches() {
    // The farthest from its neighbour is the last one, by √2 thirds, whose square is no number of the machine.
    let third = 1.0 / 3.0;
    let at = [(0.0, 0.0), (0.1, 0.0), (0.3, 0.0), (0.3 + third, third)];
    let features: Vec<_> =
        at.iter().enumerate().map(|(n, (x, y))| point(&n.to_string(), *x, *y, 1.0)).collect();
    let folder = tempfile::tempdir().unwrap();
    let file = collection(&folder, "apart.geojson", &features);
    let arguments = [&*file, "--planar", "--stat", "gi", "--value", "v", "--weights", "band"];
    let found = table(&arguments);
    assert_eq!(numbers(&found, "lag"), [Some(2.0), Some(2.0), Some(3.0), Some(1.0)]);
    let said = String::from_utf8(analyse(&arguments).stderr).unwrap();
    assert!(!said.contains("no neighbours"), "{said}");
    let told = said.split("up to ").nth(1).unwrap().split(" m apart").next().unwrap();
    assert!((told.parse::<f64>().unwrap() - 2.0_f64.sqrt() / 3.0).abs() < 1e-12, "{said}");
    // The same when the distance that was said is given, and somebody is alone when it is any shorter.
    let given = |metres: &str| {
        let band = format!("band:{metres}");
        let output = analyse(&[&arguments[..7], &[&*band]].concat());
        (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(given(told).0, String::from_utf8(analyse(&arguments).stdout).unwrap());
    let shorter = told.parse::<f64>().unwrap() * (1.0 - 1e-12);
    assert!(given(&shorter.to_string()).1.contains("1 of 4 units have no neighbours"));
    // Georgia's counties, whose fixture has one and a quarter of the largest such distance, worked out elsewhere.
    let file = input("georgia_pctpov_band");
    let said = analyse(&[&*file, "--planar", "--value", "PctPov", "--stat", "gi-star", "--weights", "band"]);
    let said = String::from_utf8(said.stderr).unwrap();
    let told: f64 = said.split("up to ").nth(1).unwrap().split(" m apart").next().unwrap().parse().unwrap();
    assert!((told * 1.25 - 50_866.116_020).abs() < 1e-6, "{said}");
    // One unit has no nearest neighbour.
    let file = collection(&folder, "one.geojson", &features[..1]);
    let alone = analyse(&[&*file, "--planar", "--stat", "gi", "--value", "v", "--weights", "band"]);
    let said = String::from_utf8(alone.stderr).unwrap();
    assert!(
        !alone.status.success() && said.contains("1 nearest neighbours need more than 1 units"),
        "{said}"
    );
}

#[test]
fn weights_from_a_table_may_be_other_than_one() {
    let folder = tempfile::tempdir().unwrap();
    let features: Vec<_> =
        (0..4).map(|n| point(&format!("p{n}"), f64::from(n), 0.0, 10_f64.powi(n))).collect();
    let file = collection(&folder, "line.geojson", &features);
    let weights = folder.path().join("w.csv");
    std::fs::write(
        &weights,
        "\u{feff}j, i ,w,why\np1,p0,2,near\n\"p2\",p0,0.5,far\np0,p1,1,\np3,p2,0,none\n",
    )
    .unwrap();
    let asked = format!("file:{}", weights.display());
    let arguments = [&*file, "--planar", "--stat", "gi", "--value", "v", "--weights", &asked];
    let found = table(&arguments);
    assert_eq!(numbers(&found, "lag"), [Some(70.0), Some(1.0), Some(0.0), Some(0.0)]);
    assert_eq!(found.column("z")[2..], ["", ""], "a weight of 0 is no neighbour");
    let standardised = table(&[&arguments[..], &["--row-standardised"]].concat());
    assert_eq!(numbers(&standardised, "lag")[0], Some(28.0));
    let said = String::from_utf8(analyse(&arguments).stderr).unwrap();
    assert!(said.contains("2 of 4 units have no neighbours and are not tested"), "{said}");
}

#[test]
fn rates_are_smoothed_towards_neighbours_when_weights_are_given() {
    let theirs = Table::fixture("nc_sids74_queen", "eb.csv");
    let (events, bases) = (numbers(&theirs, "e"), numbers(&theirs, "b"));
    let features: Vec<_> = events
        .iter()
        .zip(&bases)
        .enumerate()
        .map(|(id, (e, b))| {
            format!(
                r#"{{"type":"Feature","id":"{id}","properties":{{"e":{},"b":{}}},"geometry":{{"type":"Point","coordinates":[0,0]}}}}"#,
                e.unwrap(),
                b.unwrap()
            )
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let file = collection(&folder, "rates.geojson", &features);
    let weights = format!("file:{}", stats("nc_sids74_queen").join("weights.csv").display());
    let ours = table(&[&file, "--stat", "eb", "--events", "e", "--base", "b", "--weights", &weights]);
    ours.agrees("smoothed", &theirs, "eb_marshall", 1e-9, 1e-12);
    let mut equal = 0;
    let spatial = numbers(&ours, "smoothed_spatial");
    for (ours, theirs) in spatial.into_iter().zip(numbers(&theirs, "esda_Spatial_Empirical_Bayes")) {
        // esda does not floor the variance at 0; where it need not, both are the same.
        let (ours, theirs) = (ours.unwrap(), theirs.unwrap());
        equal += usize::from((ours - theirs).abs() <= 1e-9 * theirs);
    }
    assert!(equal > 40, "{equal}");
}

#[test]
fn local_moran_brings_permutations_exact_probabilities_and_the_global_structure() {
    let case = "hex_planted_ring1";
    let weights = format!("file:{}", stats(case).join("weights.csv").display());
    let file = input(case);
    let arguments = [
        &*file,
        "--planar",
        "--value",
        "COUNT",
        "--stat",
        "local-moran",
        "--weights",
        &weights,
        "--permutations",
        "9999",
    ];
    let ours = table(&arguments);
    let theirs = Table::fixture(case, "moran_local.csv");
    ours.agrees("p_exact", &Table::fixture(case, "exact_perm_p.csv"), "p_two_exact", 0.0, 1e-8);
    let pairs = numbers(&ours, "p_permutation").into_iter().zip(numbers(&theirs, "perm_p_two_sided"));
    for (unit, (ours, theirs)) in pairs.enumerate() {
        let (ours, theirs) = (ours.unwrap(), theirs.unwrap());
        let tail = theirs / 2.0;
        let allowed = 2.0 * (5.0 * (tail * (1.0 - tail) * 2.0 / 9_999.0).sqrt() + 2.0 / 10_000.0);
        assert!((ours - theirs).abs() <= allowed, "unit {unit}: {ours}, not {theirs}");
    }
    let said = String::from_utf8(analyse(&arguments).stderr).unwrap();
    assert!(said.contains("global Moran's I is 0.") && !said.contains("weak global structure"), "{said}");
}

#[test]
fn without_a_bandwidth_it_is_scotts_and_said() {
    let folder = tempfile::tempdir().unwrap();
    let at = |n: i32| (f64::from(n * 7 % 64) * 10.0, f64::from(n * 11 % 64) * 20.0);
    let features: Vec<_> = (0..64).map(|n| point(&n.to_string(), at(n).0, at(n).1, 1.0)).collect();
    let file = collection(&folder, "points.geojson", &features);
    let arguments = [&*file, "--planar", "--stat", "kde"];
    // The easting is 0, 10, … 630: of the deviation and the quartile range by 1.349 the smaller is the deviation.
    let n = 64.0_f64;
    let deviation = 10.0 * ((n * n - 1.0) / 12.0 * n / (n - 1.0)).sqrt();
    let bandwidth = deviation * n.powf(-1.0 / 6.0);
    let said = String::from_utf8(analyse(&arguments).stderr).unwrap();
    let told: f64 = said.split("bandwidth ").nth(1).unwrap().split(" m").next().unwrap().parse().unwrap();
    assert!((told - bandwidth).abs() < 1e-9 * bandwidth, "{told}, not {bandwidth}: {said}");
    let given = table(&[&arguments[..], &["--bandwidth", &told.to_string()]].concat());
    assert_eq!(table(&arguments).column("density"), given.column("density"));
}

#[test]
fn a_bandwidth_may_be_a_rule_and_may_follow_the_points() {
    let folder = tempfile::tempdir().unwrap();
    // Half of them in one street, half all over the place.
    let at = |n: i32| {
        if n < 32 {
            (f64::from(n), 0.0)
        } else {
            (f64::from(n * 7 % 32) * 90.0, f64::from(n * 11 % 32) * 70.0)
        }
    };
    let features: Vec<_> = (0..64).map(|n| point(&n.to_string(), at(n).0, at(n).1, 1.0)).collect();
    let file = collection(&folder, "points.geojson", &features);
    let grid = ["--planar", "--stat", "kde", "--cell", "50", "--origin=-1000,-1000", "--size", "120x120"];
    let of = |more: &[&'static str]| [&[&*file][..], &grid, more].concat();
    let told = |more: &[&'static str]| {
        let said = String::from_utf8(analyse(&of(more)).stderr).unwrap();
        let metres = said.split("bandwidth ").nth(1).unwrap_or_else(|| panic!("{said}"));
        (metres.split(" m").next().unwrap().parse::<f64>().unwrap(), said)
    };
    let bandwidths = ["robust", "scott", "standard-distance"].map(|rule| told(&["--bandwidth", rule]).0);
    assert!((told(&[]).0 - bandwidths[0]).abs() < f64::EPSILON);
    assert!(bandwidths[0] <= bandwidths[1] && bandwidths[0] > 0.0 && bandwidths[2] > 0.0, "{bandwidths:?}");
    let peak = |more: &[&'static str]| {
        numbers(&table(&of(more)), "density").into_iter().flatten().fold(0.0, f64::max)
    };
    assert!(peak(&["--bandwidth", "400", "--adaptive"]) > 1.5 * peak(&["--bandwidth", "400"]));
    assert!(told(&["--bandwidth", "400", "--adaptive"]).1.contains("between half and twice that"));
    for (wrong, why) in [
        (&["--bandwidth", "wide"][..], "must be metres, or one of scott, robust, standard-distance"),
        (&["--bandwidth", "NaN"], "not a finite distance"),
        (&["--adaptive", "--edge-corrected"], "cannot be used with"),
    ] {
        let answer = analyse(&of(wrong));
        let said = String::from_utf8(answer.stderr).unwrap();
        assert!(!answer.status.success() && said.contains(why), "{wrong:?}: {said}");
    }
}

#[test]
fn densities_are_corrected_at_the_edge_of_the_grid_on_wish() {
    let points = Table::fixture("kde_crimes", "points.csv");
    let at = numbers(&points, "x").into_iter().zip(numbers(&points, "y"));
    let features: Vec<_> =
        at.enumerate().map(|(n, (x, y))| point(&n.to_string(), x.unwrap(), y.unwrap(), 1.0)).collect();
    let folder = tempfile::tempdir().unwrap();
    let file = collection(&folder, "crimes.geojson", &features);
    for h in ["1000", "2500"] {
        let grid =
            ["--planar", "--stat", "kde", "--bandwidth", h, "--cell", "142", "--origin", "722525,875153"];
        let arguments = [&[&*file][..], &grid, &["--size", "48x48"]].concat();
        let plain = numbers(&table(&arguments), "density");
        let corrected = table(&[&arguments[..], &["--edge-corrected"]].concat());
        let name = format!("kde_gaussian_edge_uniform_h{h}.csv");
        let text = std::fs::read_to_string(stats("kde_crimes").join(name)).unwrap();
        let theirs: Vec<f64> = text.lines().flat_map(|l| l.split(',').map(|f| f.parse().unwrap())).collect();
        let peak = theirs.iter().copied().fold(0.0, f64::max);
        let ours = numbers(&corrected, "density");
        assert_eq!((ours.len(), corrected.column("density_per_km2").len()), (theirs.len(), theirs.len()));
        for ((ours, theirs), plain) in ours.iter().zip(&theirs).zip(plain) {
            match ours {
                Some(ours) => assert!((ours - theirs).abs() <= 0.01 * peak, "{ours}, not {theirs}"),
                // In the corners only a quarter of the kernel lies inside.
                None => assert!(plain.unwrap() / theirs < 0.3 + 1e-3),
            }
        }
        let missing = ours.iter().filter(|density| density.is_none()).count();
        assert!(missing > 0 && missing < ours.len() / 10, "{missing} corners");
    }
}

#[test]
fn the_study_area_may_be_polygons_with_holes_and_points_outside_are_left_out_and_counted() {
    let folder = tempfile::tempdir().unwrap();
    // A lattice over a square kilometre; the study area is its western half, without a lake in the middle of that.
    let every = 20.0;
    let at = |n: i32| (10.0 + f64::from(n % 50) * every, 10.0 + f64::from(n / 50) * every);
    let features: Vec<_> = (0..2_500).map(|n| point(&n.to_string(), at(n).0, at(n).1, 1.0)).collect();
    let file = collection(&folder, "points.geojson", &features);
    let polygon = |rings: &str| {
        format!(
            r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Polygon","coordinates":[{rings}]}}}}"#
        )
    };
    let shore = "[[0,0],[500,0],[500,1000],[0,1000],[0,0]]";
    let lake = "[[200,400],[300,400],[300,600],[200,600],[200,400]]";
    let land = collection(&folder, "land.geojson", &[polygon(&format!("{shore},{lake}"))]);
    let arguments = [
        &*file,
        "--planar",
        "--stat",
        "kde",
        "--kernel",
        "quartic",
        "--bandwidth",
        "120",
        "--cell",
        "20",
        "--edge-corrected",
        "--inside",
    ];
    let inside = [&arguments[..], &[&*land]].concat();
    let found = table(&inside);
    assert_eq!(found.column("x").len(), 25 * 50, "the grid is as large as the area");
    let cells = numbers(&found, "x").into_iter().zip(numbers(&found, "y")).zip(numbers(&found, "density"));
    let even = 1.0 / (every * every);
    for ((x, y), density) in cells {
        let (x, y) = (x.unwrap(), y.unwrap());
        if (200.0..300.0).contains(&x) && (400.0..600.0).contains(&y) {
            assert_eq!(density, None, "in the lake at {x}, {y}");
        } else {
            let density = density.unwrap();
            assert!((density - even).abs() < 0.03 * even, "{density} at {x}, {y}, not {even}");
        }
    }
    let said = String::from_utf8(analyse(&inside).stderr).unwrap();
    assert!(said.contains("1300 of 2500 points lie outside of the study area and are left out"), "{said}");
    assert!(
        said.contains("corrected at the edge of the study area; empty where the centre lies outside"),
        "{said}"
    );

    // Polygons that overlap count once, and a grid may be given.
    let halves = collection(
        &folder,
        "halves.geojson",
        &[
            polygon("[[0,0],[500,0],[500,600],[0,600],[0,0]]"),
            polygon("[[0,500],[500,500],[500,1000],[0,1000],[0,500]]"),
        ],
    );
    let whole = collection(&folder, "whole.geojson", &[polygon(shore)]);
    let grid = ["--origin", "0,0", "--size", "50x50"];
    let of = |area: &str| numbers(&table(&[&arguments[..], &[area], &grid].concat()), "density");
    for (halves, whole) in of(&halves).into_iter().zip(of(&whole)) {
        assert_eq!(halves.is_some(), whole.is_some());
        assert!((halves.unwrap_or(0.0) - whole.unwrap_or(0.0)).abs() < 1e-6 * even);
    }

    let far = collection(&folder, "far.geojson", &[polygon("[[5000,0],[6000,0],[6000,9],[5000,0]]")]);
    let crossed =
        collection(&folder, "crossed.geojson", &[polygon("[[0,0],[500,500],[500,0],[0,500],[0,0]]")]);
    for (area, why) in [
        (&*far, "none of the 2500 points lies inside"),
        (&*crossed, "features[0] is no valid polygon"),
        (&*file, "features[0] is no polygon; --inside takes polygons alone"),
        (&*collection(&folder, "none.geojson", &[]), "has no polygon"),
        ("/nowhere.geojson", "reading /nowhere.geojson"),
    ] {
        let answer = analyse(&[&arguments[..], &[area]].concat());
        let said = String::from_utf8(answer.stderr).unwrap();
        assert_eq!((answer.status.code(), said.lines().count()), (Some(1), 1), "{area}: {said}");
        assert!(said.contains(why), "{area}: {said}");
    }
    let alone = analyse(&[&*file, "--planar", "--stat", "kde", "--inside", &land]);
    assert_eq!(alone.status.code(), Some(2), "it needs --edge-corrected");
}

#[test]
fn a_study_area_in_degrees_lies_in_the_plane_of_the_points() {
    let folder = tempfile::tempdir().unwrap();
    let at = |n: i32| (24.0 + f64::from(n % 8) * 0.002, 60.0 + f64::from(n / 8) * 0.001);
    let features: Vec<_> = (0..64).map(|n| point(&n.to_string(), at(n).0, at(n).1, 1.0)).collect();
    let file = collection(&folder, "points.geojson", &features);
    let west = r#"{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":
        [[[23.999,59.999],[24.007,59.999],[24.007,60.008],[23.999,60.008],[23.999,59.999]]]}}"#;
    let west = collection(&folder, "west.geojson", &[west.to_owned()]);
    let arguments = [&*file, "--stat", "kde", "--bandwidth", "200", "--edge-corrected", "--inside", &west];
    let found = table(&arguments);
    let cells = numbers(&found, "lon").into_iter().zip(numbers(&found, "density"));
    let east: Vec<f64> =
        cells.filter(|(_, density)| density.is_some()).map(|(lon, _)| lon.unwrap()).collect();
    assert!(!east.is_empty() && east.iter().all(|lon| (23.999..24.007).contains(lon)), "{east:?}");
    let said = String::from_utf8(analyse(&arguments).stderr).unwrap();
    assert!(said.contains("32 of 64 points lie outside"), "{said}");
}

#[test]
fn few_units_and_skewed_values_with_few_neighbours_are_warned_of_whatever_p_is() {
    let folder = tempfile::tempdir().unwrap();
    let line = |units: i32, value: &dyn Fn(i32) -> f64| -> String {
        let features: Vec<_> =
            (0..units).map(|n| point(&n.to_string(), f64::from(n), 0.0, value(n))).collect();
        collection(&folder, "line.geojson", &features)
    };
    let said = |file: &str, stat: &str, weights: &str, more: &[&str]| {
        let arguments = [file, "--planar", "--stat", stat, "--value", "v", "--weights", weights];
        let output = analyse(&[&arguments[..], more].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stderr).unwrap()
    };
    let skewed = line(40, &|n| if n == 7 { 100.0 } else { f64::from(n % 2) });
    for stat in ["gi-star", "gi", "local-moran"] {
        let told = said(&skewed, stat, "knn:6", &[]);
        assert!(told.contains("values are skewed (6.1) and some units have only 6 neighbours, fewer than 8: z, p and q are rough; --exact"), "{told}");
        let told = said(&skewed, stat, "knn:6", &["--exact"]);
        assert!(
            told.contains("values are skewed (6.1)") && told.contains("exact probabilities, which allow"),
            "{told}"
        );
        assert!(!said(&skewed, stat, "knn:8", &[]).contains("skewed"), "eight neighbours are enough");
    }
    let even = line(30, &|n| f64::from(n % 5));
    assert_eq!(said(&even, "gi-star", "knn:6", &[]), "");
    let few = line(29, &|n| f64::from(n % 5));
    assert!(
        said(&few, "gi-star", "knn:6", &[])
            .contains("there are 29 units, fewer than 30: z, p and q are rough")
    );
    assert!(said(&few, "gi-star", "knn:6", &["--exact"]).contains("fewer than 30: z is rough"));
}
