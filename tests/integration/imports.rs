//! Imports of real files, and of files that are not what they should be.

use std::collections::{HashMap, HashSet};
use std::path::Path;

use engine::LonLat;
use engine::support::Support;
use serde_json::Value;
use stead::ambient::Ambient;
use stead::import::{self, Format, ImportError, Report};

use crate::binary;
use crate::databases::{Database, Engine, on_both_engines};
use crate::shared::{checkout, data, text};
use crate::test_app::{community, community_id};

on_both_engines!(helsinki_is_imported_once_however_often_it_is_imported);

async fn helsinki_is_imported_once_however_often_it_is_imported(db: Database) {
    let first = helsinki(&db).await;
    assert_eq!(first.counts.added, first.categories.values().sum::<usize>());
    for (category, at_least) in
        [("library", 7), ("cafe", 85), ("place_of_worship", 8), ("community_centre", 3)]
    {
        assert!(first.categories[category] >= at_least, "{category}: {:?}", first.categories);
    }
    assert_eq!(first.attribution, Some("© OpenStreetMap contributors, Open Database License 1.0"));
    let before = db.store.supports(&community_id("c")).await.unwrap();
    let again = helsinki(&db).await;
    assert_eq!((again.counts.added, again.counts.changed), (0, 0));
    assert_eq!(db.store.supports(&community_id("c")).await.unwrap(), before);
}

async fn helsinki(db: &Database) -> Report {
    let id = community_id("c");
    if db.store.community(&id).await.unwrap().is_none() {
        db.store.add_community(&community("c")).await.unwrap();
    }
    let file = checkout("data/helsinki/helsinki-centre-2019.osm.pbf");
    import::supports(&*db.store, &Ambient::system(), &id, &file, Format::OsmPbf).await.unwrap()
}

#[tokio::test]
async fn the_nearest_of_every_kind_are_those_of_an_independent_computation() {
    let db = Database::fresh(Engine::Sqlite).await;
    helsinki(&db).await;
    let supports = db.store.supports(&community_id("c")).await.unwrap();
    let expected: Value = serde_json::from_str(&text("expected/nearest-helsinki-centre-2019.json")).unwrap();
    let mut compared = 0;
    for probe in expected["probes"].as_array().unwrap() {
        let origin = LonLat::new(probe["lon"].as_f64().unwrap(), probe["lat"].as_f64().unwrap()).unwrap();
        for kind in ["library", "cafe", "community_centre", "place_of_worship"] {
            let ours = distances(&supports, kind, origin);
            for neighbour in probe[format!("nearest_{kind}")].as_array().unwrap() {
                let id = neighbour["id"].as_str().unwrap();
                let metres = neighbour["m"].as_f64().unwrap();
                let found = ours.get(id).unwrap_or_else(|| panic!("{kind} {id} was not imported"));
                // The reference measures to the middle of the box of a way or a relation, we to a point on it:
                // half the size of a large building apart.
                let tolerance = if id.starts_with("node/") { metres * 0.005 + 1.0 } else { 40.0 };
                assert!((found - metres).abs() <= tolerance, "{kind} {id}: {found} against {metres}");
                compared += 1;
            }
            let mut nodes: Vec<_> = ours.iter().filter(|(id, _)| id.starts_with("node/")).collect();
            nodes.sort_by(|a, b| a.1.total_cmp(b.1));
            let order: Vec<&str> = nodes.iter().map(|(id, _)| id.as_str()).collect();
            let expected: Vec<&str> = probe[format!("nearest_{kind}")]
                .as_array()
                .unwrap()
                .iter()
                .map(|n| n["id"].as_str().unwrap())
                .filter(|id| id.starts_with("node/"))
                .collect();
            assert_eq!(order[..expected.len()], expected, "the nearest {kind} that are nodes, in order");
        }
    }
    assert!(compared > 100, "{compared} neighbours were compared");
}

fn distances(supports: &[Support], kind: &str, origin: LonLat) -> HashMap<String, f64> {
    supports
        .iter()
        .filter(|s| s.details.category == kind)
        .map(|s| (s.details.source_id.clone(), origin.distance_m(s.location.unwrap())))
        .collect()
}

#[tokio::test]
async fn every_bad_file_is_refused_in_one_line_and_nothing_is_written() {
    let db = Database::fresh(Engine::Sqlite).await;
    let id = community_id("c");
    db.store.add_community(&community("c")).await.unwrap();
    let ambient = Ambient::system();
    let mut refused = 0;
    for entry in std::fs::read_dir(data("geojson-suite/geojsonhint/bad")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "geojson") {
            continue;
        }
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let error =
            one_line(import::supports(&*db.store, &ambient, &id, &path, Format::Geojson).await, &name);
        assert!(!error.is_empty());
        one_line(import::neighbourhoods(&*db.store, &ambient, &id, &path, None).await, &name);
        refused += 1;
    }
    assert_eq!(refused, 44);
    assert!(db.store.supports(&id).await.unwrap().is_empty());
    assert!(db.store.neighbourhoods(&id).await.unwrap().is_empty());
}

fn one_line(result: Result<Report, ImportError>, name: &str) -> String {
    match result {
        Ok(report) => panic!("{name} was accepted: {report}"),
        Err(error) => {
            let line = error.to_string();
            assert!(!line.contains('\n'), "{name}: {line}");
            line
        }
    }
}

#[tokio::test]
async fn cut_empty_and_foreign_files_are_refused() {
    let db = Database::fresh(Engine::Sqlite).await;
    let id = community_id("c");
    db.store.add_community(&community("c")).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let whole = std::fs::read(checkout("data/helsinki/helsinki-centre-2019.osm.pbf")).unwrap();
    for cut in [0, 1, 3, 100, 5_000, whole.len() / 2, whole.len() - 1] {
        let path = folder.path().join(format!("{cut}.osm.pbf"));
        std::fs::write(&path, &whole[..cut]).unwrap();
        one_line(
            import::supports(&*db.store, &Ambient::system(), &id, &path, Format::OsmPbf).await,
            &format!("cut at {cut}"),
        );
    }
    for (name, content, said) in [
        ("empty", String::new(), "JSON"),
        ("cut", r#"{"type":"FeatureCollection","features":[{"type":"Fea"#.to_owned(), "JSON"),
        ("deep", "[".repeat(100_000), "JSON"),
        ("crs", r#"{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3301"}},"features":[]}"#.to_owned(), "EPSG:3301"),
        ("metres", r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[659000,6474000]}}]}"#.to_owned(), "WGS84"),
    ] {
        let path = folder.path().join(format!("{name}.geojson"));
        std::fs::write(&path, content).unwrap();
        let line =
            one_line(import::supports(&*db.store, &Ambient::system(), &id, &path, Format::Geojson).await, name);
        assert!(line.contains(said), "{name}: {line}");
    }
    assert!(db.store.supports(&id).await.unwrap().is_empty());
}

#[tokio::test]
async fn real_boundaries_are_read_and_the_invalid_one_is_repaired_or_named() {
    let db = Database::fresh(Engine::Sqlite).await;
    for (i, (file, n)) in [
        ("tartu-linnaosad", 19),
        ("oslo-bydeler", 16),
        ("norway-kommuner-sandnes-oslo", 13),
        ("us-bronx-neighborhoods", 59),
    ]
    .into_iter()
    .enumerate()
    {
        let name = format!("c{i}");
        db.store.add_community(&community(&name)).await.unwrap();
        let path = data(&format!("boundaries/{file}.geojson"));
        let report = neighbourhoods(&db, &name, &path).await;
        assert_eq!((report.counts.added, report.skipped.len()), (n, 0), "{file}: {report}");
        assert_eq!(neighbourhoods(&db, &name, &path).await.counts.unchanged, n, "{file}");
    }
    db.store.add_community(&community("ee")).await.unwrap();
    let report =
        neighbourhoods(&db, "ee", &data("boundaries/estonia-ehak-tallinn-tartu-parnu.geojson")).await;
    let invalid =
        report.repaired.len() + report.skipped.iter().filter(|(_, why)| why.contains("outline")).count();
    assert_eq!(invalid, 1, "{report}");
    let names: HashSet<String> =
        db.store.neighbourhoods(&community_id("ee")).await.unwrap().into_iter().map(|n| n.name).collect();
    let file: Value =
        serde_json::from_str(&text("boundaries/estonia-ehak-tallinn-tartu-parnu.geojson")).unwrap();
    let settlements: HashSet<String> = file["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["properties"]["ANIMI"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(settlements.len(), 75);
    assert_eq!(names, settlements, "settlements have their own names, not their municipality's");
}

/// The three suites hold 31 geometries alone, which have no properties and so can be no support; they are
/// refused by that reason and by no other. Everything else in them is accepted, with nothing to import.
#[tokio::test]
async fn every_good_feature_is_accepted_and_a_geometry_alone_is_told_what_it_lacks() {
    let db = Database::fresh(Engine::Sqlite).await;
    let id = community_id("c");
    db.store.add_community(&community("c")).await.unwrap();
    let (mut accepted, mut alone) = (0, 0);
    for folder in [
        "geojsonhint/good",
        "geojson-fixtures/feature",
        "geojson-fixtures/featurecollection",
        "geojson-fixtures/geometry",
        "georust-canonical",
    ] {
        for entry in std::fs::read_dir(data("geojson-suite").join(folder)).unwrap() {
            let path = entry.unwrap().path();
            match import::supports(&*db.store, &Ambient::system(), &id, &path, Format::Geojson).await {
                Ok(report) => {
                    assert_eq!(report.counts.added, 0, "{}", path.display());
                    accepted += 1;
                }
                Err(error) => {
                    let error = error.to_string();
                    assert!(error.contains("is a geometry alone"), "{}: {error}", path.display());
                    alone += 1;
                }
            }
        }
    }
    assert_eq!((accepted, alone), (19, 31));
}

async fn neighbourhoods(db: &Database, name: &str, path: &Path) -> Report {
    import::neighbourhoods(&*db.store, &Ambient::system(), &community_id(name), path, None).await.unwrap()
}

#[test]
fn the_command_line_ends_a_bad_import_with_one_line_and_exit_code_1() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    binary::run_well(&["community", "add", "c", "--data-dir", place]);
    let bad = data("geojson-suite/geojsonhint/bad/badcoord.geojson");
    for arguments in [
        vec!["import", "supports", bad.to_str().unwrap(), "--community", "c", "--data-dir", place],
        vec!["import", "supports", "missing.geojson", "--community", "c", "--data-dir", place],
        vec!["import", "supports", bad.to_str().unwrap(), "--community", "nowhere", "--data-dir", place],
        vec!["community", "add", "c", "--data-dir", place],
        vec!["release", "--community", "c", "--data-dir", place],
    ] {
        let output = binary::run(&arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(output.stdout.is_empty(), "{arguments:?}");
    }
    let cut = folder.path().join("cut.pmtiles");
    let basemap = std::fs::read(checkout("data/helsinki/helsinki-centre.pmtiles")).unwrap();
    std::fs::write(&cut, &basemap[..basemap.len() - 1]).unwrap();
    let output = binary::run(&["import", "basemap", cut.to_str().unwrap(), "--data-dir", place]);
    assert_eq!(output.status.code(), Some(1));
    assert!(!folder.path().join("basemap.pmtiles").exists(), "half a basemap is none");
    let whole = checkout("data/helsinki/helsinki-centre.pmtiles");
    binary::run_well(&["import", "basemap", whole.to_str().unwrap(), "--data-dir", place]);
    assert_eq!(std::fs::read(folder.path().join("basemap.pmtiles")).unwrap(), basemap);
    assert_eq!(binary::run(&["import", "nonsense"]).status.code(), Some(2));
}

#[tokio::test]
async fn a_community_has_the_country_and_the_clocks_of_its_first_language_unless_told() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    for (name, more) in [
        ("tartu", vec!["--language", "et", "--language", "en"]),
        ("sandnes", vec!["--language", "nb"]),
        ("leeds", vec!["--language", "en"]),
        ("turku", vec!["--language", "et", "--country", "FI", "--time-zone", "Europe/Helsinki"]),
        ("umea", vec!["--language", "nb", "--country", "SE"]),
    ] {
        let arguments = [vec!["community", "add", name, "--data-dir", place], more].concat();
        binary::run_well(&arguments);
    }
    for wrong in [["--country", "Estonia"], ["--time-zone", "Tartu"]] {
        let arguments = [vec!["community", "add", "x", "--data-dir", place], wrong.to_vec()].concat();
        assert_eq!(binary::run(&arguments).status.code(), Some(2), "{wrong:?}");
    }
    let store = stead::store::open(&format!("sqlite:{place}/stead.db")).await.unwrap();
    let found = |c: engine::community::Community| {
        let country = c.country.map(|country| country.as_str().to_owned()).unwrap_or_default();
        format!("{} {country} {}", c.id, c.time_zone.map(|zone| zone.to_string()).unwrap_or_default())
    };
    let found: Vec<String> = store.communities().await.unwrap().into_iter().map(found).collect();
    let expected = [
        "leeds  ",
        "sandnes NO Europe/Oslo",
        "tartu EE Europe/Tallinn",
        "turku FI Europe/Helsinki",
        "umea SE ",
    ];
    assert_eq!(found, expected);
}
