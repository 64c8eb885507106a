//! `stead analyse` as its users run it, against the fixtures computed independently.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::Output;

use crate::binary;
use crate::shared::stats;

/// A table read back: the named columns, row by row.
pub struct Table {
    columns: HashMap<String, usize>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn parse(text: &str) -> Self {
        let mut lines = text.lines().map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        let columns = lines.next().expect("a header").into_iter().enumerate().map(|(i, c)| (c, i)).collect();
        Self { columns, rows: lines.collect() }
    }

    pub fn fixture(case: &str, name: &str) -> Self {
        Self::parse(&std::fs::read_to_string(stats(case).join(name)).unwrap())
    }

    pub fn column(&self, name: &str) -> Vec<&str> {
        let index = *self.columns.get(name).unwrap_or_else(|| panic!("no column {name}"));
        self.rows.iter().map(|row| row[index].as_str()).collect()
    }

    pub fn agrees(&self, ours: &str, theirs: &Self, column: &str, relative: f64, absolute: f64) {
        let (a, b) = (self.column(ours), theirs.column(column));
        assert_eq!(a.len(), b.len());
        for (row, (a, b)) in a.into_iter().zip(b).enumerate() {
            match (a.parse::<f64>(), b.parse::<f64>()) {
                (Ok(a), Ok(b)) => {
                    assert!(
                        (a - b).abs() <= (relative * b.abs()).max(absolute),
                        "{ours} in row {row}: {a} is not {b}"
                    );
                }
                _ => assert_eq!(a, b, "{ours} in row {row}"),
            }
        }
    }
}

pub fn analyse(arguments: &[&str]) -> Output {
    let mut all = vec!["analyse"];
    all.extend_from_slice(arguments);
    binary::run(&all)
}

pub fn table(arguments: &[&str]) -> Table {
    let output = analyse(arguments);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Table::parse(&String::from_utf8(output.stdout).unwrap())
}

pub fn input(case: &str) -> String {
    stats(case).join("input.geojson").display().to_string()
}

#[test]
fn gi_star_and_gi_of_files_are_those_of_the_fixtures_with_weights_built_here() {
    for (case, value, weights) in [
        ("columbus_crime_queen", "CRIME", "queen"),
        ("columbus_crime_rook", "CRIME", "rook"),
        ("georgia_pctbach_knn8", "PctBach", "knn:8"),
        ("georgia_pctpov_band", "PctPov", "band:50866.116020"),
    ] {
        for (stat, file) in [("gi-star", "gistar"), ("gi", "gi")] {
            for (standardised, scaling) in [(None, "B"), (Some("--row-standardised"), "R")] {
                let file_name = input(case);
                let mut arguments =
                    vec![&*file_name, "--planar", "--value", value, "--stat", stat, "--weights", weights];
                arguments.extend(["--snap", "0.000001", "--id-field", "id"]);
                arguments.extend(standardised);
                let ours = table(&arguments);
                let theirs = Table::fixture(case, &format!("{file}_{scaling}.csv"));
                for (ours_name, theirs_name, relative, absolute) in [
                    ("id", "id", 0.0, 0.0),
                    ("value", "y", 1e-9, 1e-12),
                    ("lag", "lag", 1e-9, 1e-12),
                    ("g", "G", 1e-9, 1e-12),
                    ("z", "z", 1e-9, 1e-12),
                    ("p", "p_two_sided", 0.0, 1e-9),
                    ("q", "q_bh", 0.0, 1e-9),
                    ("bin", "gi_bin", 0.0, 0.0),
                ] {
                    ours.agrees(ours_name, &theirs, theirs_name, relative, absolute);
                }
            }
        }
    }
}

#[test]
fn weights_from_a_file_give_every_fixture() {
    for (case, value) in
        [("hex_planted_ring1", "COUNT"), ("nc_sids74_queen", "R74"), ("baltim_price_knn8", "PRICE")]
    {
        let weights = format!("file:{}", stats(case).join("weights.csv").display());
        let file = input(case);
        let ours = table(&[&file, "--planar", "--value", value, "--stat", "gi-star", "--weights", &weights]);
        let theirs = Table::fixture(case, "gistar_B.csv");
        ours.agrees("z", &theirs, "z", 1e-9, 1e-12);
        ours.agrees("bin", &theirs, "gi_bin", 0.0, 0.0);
        let moran = table(&[
            &file,
            "--planar",
            "--value",
            value,
            "--stat",
            "local-moran",
            "--weights",
            &weights,
            "--row-standardised",
        ]);
        let theirs = Table::fixture(case, "moran_local.csv");
        moran.agrees("i", &theirs, "Is", 1e-9, 1e-12);
        moran.agrees("quadrant", &theirs, "q", 0.0, 0.0);
        let anselin = table(&[
            &file,
            "--planar",
            "--value",
            value,
            "--stat",
            "local-moran",
            "--weights",
            &weights,
            "--row-standardised",
            "--moran-scale",
            "population",
        ]);
        anselin.agrees("i", &theirs, "Is_spdep", 1e-9, 1e-12);
        anselin.agrees("expected", &theirs, "EIc", 1e-9, 1e-12);
        anselin.agrees("variance", &theirs, "VIc", 1e-9, 1e-12);
    }
}

#[test]
fn permutations_bring_exact_probabilities_for_counts_and_a_warning_when_they_are_too_few() {
    let case = "hex_planted_ring1";
    let weights = format!("file:{}", stats(case).join("weights.csv").display());
    let file = input(case);
    let arguments = [
        &*file,
        "--planar",
        "--value",
        "COUNT",
        "--stat",
        "gi-star",
        "--weights",
        &weights,
        "--permutations",
        "999",
        "--seed",
        "5",
    ];
    let output = analyse(&arguments);
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("999 permutations cannot make a single one of 576 units significant"), "{said}");
    let ours = Table::parse(&String::from_utf8(output.stdout).unwrap());
    ours.agrees("p_exact", &Table::fixture(case, "exact_perm_p.csv"), "p_two_exact", 0.0, 1e-8);
    let same = analyse(&arguments);
    let ours: Vec<_> = ours.column("p_permutation").into_iter().map(str::to_owned).collect();
    assert_eq!(Table::parse(&String::from_utf8(same.stdout).unwrap()).column("p_permutation"), ours);
}

#[test]
fn q_comes_from_exact_probabilities_where_asked_for() {
    let case = "hex_planted_ring1";
    let weights = format!("file:{}", stats(case).join("weights.csv").display());
    let file = input(case);
    let with = |more: &[&str]| {
        let mut arguments =
            vec![&*file, "--planar", "--value", "COUNT", "--stat", "gi-star", "--weights", &weights];
        arguments.extend(more);
        let output = analyse(&arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Table::parse(&String::from_utf8(output.stdout).unwrap())
    };
    let (exact, normal) = (with(&["--exact"]), with(&[]));
    let numbers = |table: &Table, column: &str| -> Vec<f64> {
        table.column(column).into_iter().map(|text| text.parse().unwrap()).collect()
    };
    exact.agrees("p_exact", &Table::fixture(case, "exact_perm_p.csv"), "p_two_exact", 0.0, 1e-8);
    assert_eq!(numbers(&exact, "z"), numbers(&normal, "z"), "the score is the same");
    assert_ne!(numbers(&exact, "q"), numbers(&normal, "q"));
    // Where the neighbours and the score say the same, q is at least the exact p, and 576 times it at most.
    for (q, p) in numbers(&exact, "q").into_iter().zip(numbers(&exact, "p_exact")) {
        assert!(q >= p * (1.0 - 1e-9), "{q} {p}");
    }
    let bins = numbers(&exact, "bin");
    assert!(bins.contains(&3.0), "what was planted is found");
}

#[test]
fn rates_and_densities_of_files_are_those_of_the_fixtures() {
    let theirs = Table::fixture("nc_sids74_queen", "eb.csv");
    let features: Vec<_> = theirs
        .column("e")
        .into_iter()
        .zip(theirs.column("b"))
        .map(|(e, b)| {
            format!(
                r#"{{"type":"Feature","properties":{{"e":{e},"b":{b}}},"geometry":{{"type":"Point","coordinates":[0,0]}}}}"#
            )
        })
        .collect();
    let folder = tempfile::tempdir().unwrap();
    let file = collection(&folder, "rates.geojson", &features);
    let ours = table(&[&file, "--stat", "eb", "--events", "e", "--base", "b"]);
    ours.agrees("smoothed", &theirs, "eb_marshall", 1e-9, 1e-12);

    let points = Table::fixture("kde_crimes", "points.csv");
    let features: Vec<_> = points
        .column("x")
        .into_iter()
        .zip(points.column("y"))
        .map(|(x, y)| {
            format!(r#"{{"type":"Feature","properties":{{}},"geometry":{{"type":"Point","coordinates":[{x},{y}]}}}}"#)
        })
        .collect();
    let file = collection(&folder, "points.geojson", &features);
    for kernel in ["gaussian", "quartic", "epanechnikov"] {
        let ours = table(&[
            &file,
            "--planar",
            "--stat",
            "kde",
            "--kernel",
            kernel,
            "--bandwidth",
            "1000",
            "--cell",
            "142",
            "--origin",
            "722525,875153",
            "--size",
            "48x48",
        ]);
        let text =
            std::fs::read_to_string(stats("kde_crimes").join(format!("kde_{kernel}_h1000.csv"))).unwrap();
        let theirs: Vec<f64> = text.lines().flat_map(|l| l.split(',').map(|f| f.parse().unwrap())).collect();
        let peak = theirs.iter().copied().fold(0.0, f64::max);
        let ours = ours.column("density");
        assert_eq!(ours.len(), theirs.len());
        for (ours, theirs) in ours.into_iter().zip(theirs) {
            assert!(
                (ours.parse::<f64>().unwrap() - theirs).abs() <= 1e-6 * peak,
                "{kernel}: {ours} is not {theirs}"
            );
        }
    }
}

pub fn collection(folder: &tempfile::TempDir, name: &str, features: &[String]) -> String {
    let path: PathBuf = folder.path().join(name);
    let text = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn degrees_are_laid_flat_so_that_distances_are_metres() {
    let folder = tempfile::tempdir().unwrap();
    // Along the 60th parallel, 0.01° of longitude are 557.8 m on the WGS84 ellipsoid.
    let features: Vec<_> = (0..4)
        .map(|i| {
            format!(
                r#"{{"type":"Feature","id":"p{i}","properties":{{"v":{i}}},"geometry":{{"type":"Point","coordinates":[{},60.0]}}}}"#,
                24.0 + 0.01 * f64::from(i)
            )
        })
        .collect();
    let file = collection(&folder, "line.geojson", &features);
    let links = |band: &str| {
        let band = format!("band:{band}");
        let found = table(&[&file, "--value", "v", "--stat", "gi", "--weights", &band]);
        found.column("lag").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(links("557"), ["0", "0", "0", "0"]);
    assert_eq!(links("559"), ["1", "2", "4", "2"]);
}

#[test]
fn what_cannot_be_analysed_ends_with_one_line_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let point = |properties: &str| {
        format!(
            r#"{{"type":"Feature","properties":{properties},"geometry":{{"type":"Point","coordinates":[24,60]}}}}"#
        )
    };
    let good =
        collection(&folder, "good.geojson", &[point(r#"{"v":1}"#), point(r#"{"v":2}"#), point(r#"{"v":3}"#)]);
    let words = collection(&folder, "words.geojson", &[point(r#"{"v":"many"}"#)]);
    let twice =
        collection(&folder, "twice.geojson", &[point(r#"{"id":7,"v":1}"#), point(r#"{"id":7,"v":1}"#)]);
    let plane = collection(
        &folder,
        "plane.geojson",
        &[r#"{"type":"Feature","properties":{"v":1},"geometry":{"type":"Point","coordinates":[931869,3545540]}}"#.into()],
    );
    let weights = folder.path().join("w.csv");
    std::fs::write(&weights, "i,j,w\n0,99,1\n").unwrap();
    let from_file = format!("file:{}", weights.display());
    let output = folder.path().join("out.csv");
    let output = output.to_str().unwrap();
    for (arguments, says) in [
        (vec![&*good, "--stat", "gi"], "--stat gi needs --value"),
        (vec![&*good, "--stat", "gi", "--value", "v"], "--stat gi needs --weights"),
        (vec![&*good, "--stat", "gi", "--value", "v", "--weights", "kin"], "--weights kin: not understood"),
        (vec![&*good, "--stat", "gi", "--value", "v", "--weights", "knn:3"], "at most 2"),
        (vec![&*good, "--stat", "gi", "--value", "v", "--weights", "knn:-1"], "\"-1\" is not such a number"),
        (vec![&*good, "--stat", "gi", "--value", "v", "--weights", "queen"], "is no polygon"),
        (vec![&*good, "--stat", "gi", "--value", "v", "--weights", "h3:1"], "is no H3 index"),
        (
            vec![&*good, "--stat", "gi", "--value", "v", "--weights", &from_file],
            "line 2: there is no feature with the id \"99\"",
        ),
        (vec![&*words, "--stat", "gi", "--value", "v", "--weights", "knn:1"], "is not a number"),
        (vec![&*twice, "--stat", "gi", "--value", "v", "--weights", "knn:1"], "is used more than once"),
        (
            vec![&*plane, "--stat", "gi", "--value", "v", "--weights", "knn:1"],
            "is the file in WGS84 degrees?",
        ),
        (vec![&*good, "--stat", "kde", "--bandwidth", "0"], "bandwidth of 0 m"),
        (vec![&*good, "--stat", "kde"], "give --bandwidth"),
        (vec![&*good, "--stat", "kde", "--bandwidth", "1e9", "--cell", "0.001"], "cells; ask for"),
        (vec![&*good, "--stat", "kde", "--bandwidth", "9", "--kernel", "round"], "--kernel round: not known"),
        (vec![&*good, "--stat", "eb", "--events", "v", "--base", "w"], "\"w\" is missing"),
        (vec!["/nowhere.geojson", "--stat", "kde"], "reading /nowhere.geojson"),
    ] {
        let mut arguments = arguments;
        arguments.extend(["--output", output]);
        let found = analyse(&arguments);
        let said = String::from_utf8(found.stderr).unwrap();
        assert_eq!(found.status.code(), Some(1), "{arguments:?}: {said}");
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.contains(says), "{arguments:?} said {said}");
        assert!(!std::path::Path::new(output).exists(), "{arguments:?}");
    }
}
