//! What planners see as `GeoPackage`: the numbers of the answer beside it, opened by GDAL, with what they mean, what is
//! promised and whom to credit in its own tables.

use std::process::Command;

use serde_json::{Value, json};
use sqlx::{Connection as _, Row as _, SqliteConnection};

use crate::databases::{Database, on_both_engines};
use crate::exports::by_gdal;
use crate::http_difference::{id, two_releases};
use crate::test_app::{Answer, TestApp, send};

on_both_engines![
    every_measure_of_a_release_is_a_geopackage_with_the_numbers_of_its_answer,
    the_difference_of_two_releases_is_a_geopackage_that_names_both,
    access_and_rhythm_by_neighbourhood_are_geopackages_that_say_what_was_asked,
    what_has_no_answer_has_no_file,
];

/// A file as it was sent: its rows by GDAL, and its codebook.
struct Package {
    rows: Vec<Value>,
    codebook: Value,
    text: String,
}

impl Package {
    async fn get(app: &TestApp, path: &str, table: &str) -> Self {
        let answer = app.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "application/geopackage+sqlite3");
        let name = answer.header("content-disposition");
        assert!(name.contains(&format!("kaldavere-{table}-")) && name.contains(".gpkg"), "{name}");
        Self::read(&answer, table).await
    }

    async fn read(answer: &Answer, table: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("taken.gpkg");
        std::fs::write(&file, &answer.body).unwrap();
        let rows = by_gdal(&file)["features"].as_array().unwrap().clone();
        let info = Command::new("ogrinfo").args(["-so", "-al"]).arg(&file).output().expect("gdal-bin");
        let said = String::from_utf8(info.stdout).unwrap();
        assert!(info.status.success() && info.stderr.is_empty(), "{}", String::from_utf8_lossy(&info.stderr));
        assert!(said.contains(&format!("Layer name: {table}")) && said.contains("Multi Polygon"), "{said}");
        let mut db = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
        let rows_of = "SELECT metadata, reference_scope, table_name FROM gpkg_metadata
            JOIN gpkg_metadata_reference ON md_file_id = id ORDER BY id";
        let books = sqlx::query(rows_of).fetch_all(&mut db).await.unwrap();
        assert_eq!(books.len(), 2);
        for book in &books {
            assert_eq!(book.get::<String, _>(1), "table");
            assert_eq!(book.get::<String, _>(2), table);
        }
        let codebook = serde_json::from_str(&books[0].get::<String, _>(0)).unwrap();
        Self { rows, codebook, text: books[1].get(0) }
    }

    /// Asserts that each row has the numbers of the feature, or of the neighbourhood, of the answer.
    fn has_numbers_of(&self, told: &[Value], fields: &[&str]) {
        assert_eq!(self.rows.len(), told.len());
        for (mine, theirs) in self.rows.iter().zip(told) {
            for field in fields {
                let (mine, theirs) = (&mine["properties"][field], &theirs[field]);
                match (mine.as_f64(), theirs.as_f64()) {
                    // GDAL writes numbers with fifteen digits.
                    (Some(mine), Some(theirs)) => {
                        assert!(
                            (mine - theirs).abs() <= 1e-13 * theirs.abs(),
                            "{field}: {mine}, not {theirs}"
                        );
                    }
                    _ => assert_eq!(mine, theirs, "{field}"),
                }
            }
        }
    }

    fn notes(&self) -> String {
        self.codebook["notes"].as_array().unwrap().iter().map(|note| note.as_str().unwrap()).collect()
    }
}

fn properties(told: &Value) -> Vec<Value> {
    told["features"].as_array().unwrap().iter().map(|f| f["properties"].clone()).collect()
}

const COMPANY: &[&str] = &["unit", "name", "value", "low", "high", "people", "z", "q", "class"];

async fn every_measure_of_a_release_is_a_geopackage_with_the_numbers_of_its_answer(db: Database) {
    let app = two_releases(&db).await;
    for asked in [
        "measure=concentration&units=cells",
        "measure=concentration&units=neighbourhoods",
        "measure=relative",
        "measure=quality",
        "measure=profile",
    ] {
        let told = app.get(&format!("releases/latest/hotspots?{asked}")).await.json();
        let package = Package::get(&app, &format!("releases/latest/hotspots.gpkg?{asked}"), "hotspots").await;
        package.has_numbers_of(&properties(&told), COMPANY);
        for (mine, theirs) in package.rows.iter().zip(told["features"].as_array().unwrap()) {
            assert_eq!(mine["geometry"].is_null(), theirs["geometry"].is_null());
            let all = &mine["properties"];
            for field in
                ["measure", "stat", "units", "n_tested", "p_method", "release", "policy", "guarantee"]
            {
                assert_eq!(all[field], told[field], "{asked}: {field}");
            }
            for field in ["value_is", "experience", "opportunity", "profile_index"] {
                assert_eq!(all.get(field).is_some(), asked == "measure=profile", "{asked}: {field}");
            }
        }
        let about = &package.codebook;
        assert_eq!((&about["release"], &about["released_at"]), (&told["release"], &told["made_at"]));
        assert_eq!((&about["policy"], &about["guarantee"]), (&told["policy"], &told["guarantee"]));
        assert_eq!(about["licence"], told["attribution"]);
        let notes = package.notes();
        assert!(notes.contains("participants chose themselves"), "{notes}");
        assert_eq!(notes.contains("experimental"), asked == "measure=profile");
        for warning in told["warnings"].as_array().unwrap() {
            assert!(notes.contains(warning["detail"].as_str().unwrap()), "{notes}");
        }
        assert!(package.text.contains("- **Released at**: 2026-11-01T00:00:00Z"), "{}", package.text);
        assert!(package.text.contains("- **Note**: participants chose themselves"), "{}", package.text);
    }
}

async fn the_difference_of_two_releases_is_a_geopackage_that_names_both(db: Database) {
    let app = two_releases(&db).await;
    for more in ["", "&units=neighbourhoods", "&measure=quality"] {
        let asked = format!("from={}{more}", id(7));
        let told = app.get(&format!("releases/latest/difference?{asked}")).await.json();
        let package =
            Package::get(&app, &format!("releases/latest/difference.gpkg?{asked}"), "difference").await;
        package.has_numbers_of(&properties(&told), &[COMPANY, &["people_before"]].concat());
        let row = &package.rows[0]["properties"];
        assert_eq!((&row["release"], &row["earlier_release"]), (&told["release"], &told["from"]));
        assert!(row["earlier_released_at"].as_str().unwrap().starts_with("2026"), "{row}");
        let about = &package.codebook;
        assert_eq!((&about["release"], &about["guarantee"]), (&told["release"], &told["guarantee"]));
        assert!(package.notes().contains("the earlier release promises: "), "{}", package.notes());
    }
}

async fn access_and_rhythm_by_neighbourhood_are_geopackages_that_say_what_was_asked(db: Database) {
    let app = TestApp::start(&db).await;
    let asked = "support=emotional&minutes=15";
    let told = app.get(&format!("access?{asked}")).await.json();
    let package = Package::get(&app, &format!("access.gpkg?{asked}"), "access").await;
    let fields = [
        "id",
        "name",
        "residents",
        "share_within",
        "residents_within",
        "nearest_minutes",
        "supports_within",
        "relative_access",
    ];
    package.has_numbers_of(told["neighbourhoods"].as_array().unwrap(), &fields);
    assert!(package.rows.iter().all(|row| row["geometry"]["type"] == "MultiPolygon"));
    assert_eq!(package.rows[0]["properties"]["minutes"], 15);
    assert_eq!(package.codebook["query"], asked);
    let notes = package.notes();
    assert!(notes.contains("straight-line distances times 1.3 at 80"), "{notes}");
    assert!(notes.contains("relative access"), "{notes}");

    let told = app.get("rhythm?type=library&by=neighbourhood").await.json();
    let package = Package::get(&app, "rhythm.gpkg?type=library", "rhythm").await;
    package.has_numbers_of(told["neighbourhoods"].as_array().unwrap(), &["id", "name", "supports"]);
    for (mine, theirs) in package.rows.iter().zip(told["neighbourhoods"].as_array().unwrap()) {
        // GDAL tells a column of JSON as JSON or as its text, by its version.
        let open = match &mine["properties"]["open"] {
            Value::String(text) => serde_json::from_str(text).unwrap(),
            other => other.clone(),
        };
        assert_eq!(open, theirs["open"]);
        assert!(
            mine["properties"]["week"]
                .as_str()
                .unwrap()
                .replace('/', "-")
                .starts_with(told["week"].as_str().unwrap())
        );
    }
    assert_eq!(package.codebook["query"], "type=library");

    // Some supports are from OpenStreetMap, whose contributors are credited in the data and in what is said of it.
    let credit = "© OpenStreetMap contributors, ODbL 1.0";
    assert_eq!(package.codebook["licence"], credit);
    assert!(package.text.contains(&format!("- **Licence**: {credit}")), "{}", package.text);
    let attribution = package.rows[0]["properties"]["attribution"].as_str().unwrap().to_owned();
    assert!(attribution.contains(credit) && attribution.contains("Weekly rhythm"), "{attribution}");
}

async fn what_has_no_answer_has_no_file(db: Database) {
    let app = two_releases(&db).await;
    for (path, field) in [
        ("releases/latest/hotspots.gpkg?measure=income", "measure"),
        ("releases/latest/hotspots.gpkg?bom=true", "bom"),
        ("releases/latest/difference.gpkg", "from"),
        ("releases/latest/difference.gpkg?from=latest", "from"),
        ("access.gpkg?minutes=0", "minutes"),
        ("rhythm.gpkg?by=day", "by"),
    ] {
        assert_eq!(app.get(path).await.problem(400, "invalid-input"), field, "{path}");
    }
    let unknown = format!("releases/{}/hotspots.gpkg", id(99));
    app.get(&unknown).await.problem(404, "not-found");
    let posted = app.request("POST", "access.gpkg").json(&json!({}));
    assert_eq!(send(posted).await.status, 405);
}
