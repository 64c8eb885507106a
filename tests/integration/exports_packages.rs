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
    the_smooth_surface_is_a_geopackage_of_the_steps_that_say_something,
    the_difference_of_two_releases_is_a_geopackage_that_names_both,
    access_and_rhythm_by_neighbourhood_are_geopackages_that_say_what_was_asked,
    a_plan_is_a_geopackage_that_says_what_would_close_and_open_and_is_kept_nowhere_else,
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
        Self::of(&app.get(path).await, path, table).await
    }

    /// What was answered to `asked`.
    async fn of(answer: &Answer, asked: &str, table: &str) -> Self {
        assert_eq!(answer.status, 200, "{asked}: {}", answer.text());
        assert_eq!(answer.header("content-type"), "application/geopackage+sqlite3");
        let name = answer.header("content-disposition");
        assert!(name.contains(&format!("kaldavere-{table}-")) && name.contains(".gpkg"), "{name}");
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

async fn the_smooth_surface_is_a_geopackage_of_the_steps_that_say_something(db: Database) {
    let app = two_releases(&db).await;
    let told = app.get("releases/latest/heat?bandwidth=2000").await.json();
    let package = Package::get(&app, "releases/latest/heat.gpkg?bandwidth=2000", "heat").await;
    let [west, south, east, north] = [0, 1, 2, 3].map(|side| told["bounds"][side].as_f64().unwrap());
    let side = |name: &str| u32::try_from(told[name].as_u64().unwrap()).unwrap();
    let (columns, rows) = (side("columns"), side("rows"));
    // The edge after so many of all steps between two sides.
    let edge = |from: f64, to: f64, at: u32, of: u32| from + (to - from) * f64::from(at) / f64::from(of);
    let values = told["values"].as_array().unwrap();
    let said: Vec<usize> = (0..values.len()).filter(|step| !values[*step].is_null()).collect();
    assert_eq!(package.rows.len(), said.len());
    assert!(said.len() < values.len(), "far from the cells nothing is said");
    let near = |one: f64, other: f64, off: f64| assert!((one - other).abs() <= off, "{one}, not {other}");
    for (row, step) in package.rows.iter().zip(said) {
        let number = |name: &str| row["properties"][name].as_f64().unwrap();
        let error = told["standard_errors"][step].as_f64().unwrap();
        near(number("value"), values[step].as_f64().unwrap(), 1e-9);
        // Each end is rounded, and the error that the answer tells is, too.
        near(number("low"), number("value") - 1.645 * error, 0.02);
        near(number("high"), number("value") + 1.645 * error, 0.02);
        assert_eq!(row["properties"]["enough"], told["enough"][step]);
        let corners: Vec<[f64; 2]> =
            serde_json::from_value(row["geometry"]["coordinates"][0][0].clone()).unwrap();
        let outer = |side: usize, least: bool| {
            let all = corners.iter().map(|corner| corner[side]);
            if least { all.fold(f64::MAX, f64::min) } else { all.fold(f64::MIN, f64::max) }
        };
        let step = u32::try_from(step).unwrap();
        let (column, line) = (step % columns, step / columns);
        near(outer(0, true), edge(west, east, column, columns), 1e-6);
        near(outer(0, false), edge(west, east, column + 1, columns), 1e-6);
        near(outer(1, true), edge(south, north, line, rows), 1e-6);
        near(outer(1, false), edge(south, north, line + 1, rows), 1e-6);
    }
    let about = &package.codebook;
    assert_eq!((&about["release"], &about["query"]), (&told["release"], &json!("bandwidth=2000")));
    assert_eq!(package.rows[0]["properties"]["bandwidth"], 2000);
    assert!(package.rows[0]["properties"]["guarantee"].as_str().unwrap().contains("ε = 2.30"));
    assert!(package.notes().contains("never finer"), "{}", package.notes());
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

async fn a_plan_is_a_geopackage_that_says_what_would_close_and_open_and_is_kept_nowhere_else(db: Database) {
    let app = TestApp::start(&db).await;
    let supports = app.get("supports?type=library&limit=1").await.json();
    let closing = &supports["features"][0];
    let plan = json!({
        "close": [closing["id"], id(999)],
        "open": [{ "type": "Feature", "geometry": closing["geometry"], "properties": { "type": "cafe" } }],
        "type": ["library"], "minutes": 15,
    });
    let told = send(app.request("POST", "what-if").json(&plan)).await.json();
    let package =
        Package::of(&send(app.request("POST", "what-if.gpkg").json(&plan)).await, "a plan", "what_if").await;
    let areas = told["neighbourhoods"].as_array().unwrap();
    let company =
        ["id", "name", "residents", "share_losing", "residents_losing", "share_gaining", "residents_gaining"];
    package.has_numbers_of(areas, &company);
    for (mine, theirs) in package.rows.iter().zip(areas) {
        let mine = &mine["properties"];
        for (when, kind) in [("before", "before"), ("after", "after")] {
            for (column, name) in [
                ("share", "share_within"),
                ("residents", "residents_within"),
                ("nearest", "nearest_minutes"),
                ("supports", "supports_within"),
            ] {
                assert_eq!(
                    mine[format!("{column}_{when}")].as_f64(),
                    theirs[kind][name].as_f64(),
                    "{column} {when}"
                );
            }
        }
        let types = match &mine["types"] {
            Value::String(text) => serde_json::from_str(text).unwrap(),
            other => other.clone(),
        };
        for one in told["types"].as_array().unwrap() {
            let area =
                one["neighbourhoods"].as_array().unwrap().iter().find(|n| n["id"] == theirs["id"]).unwrap();
            let support = one["support"].as_str().unwrap();
            assert_eq!(types[support]["share_before"], area["share_before"]);
            assert_eq!(types[support]["residents_losing"], area["residents_losing"]);
        }
        assert_eq!(types.as_object().unwrap().len(), told["types"].as_array().unwrap().len());
    }
    assert!(package.rows.iter().all(|row| row["geometry"]["type"] == "MultiPolygon"));
    assert_eq!(package.rows[0]["properties"]["minutes"], 15);
    let asked: Value = serde_json::from_str(package.codebook["query"].as_str().unwrap()).unwrap();
    assert_eq!(asked, plan, "what was not asked is not said");
    let notes = package.notes();
    let name = closing["properties"]["name"].as_str().unwrap();
    for said in [
        format!("would close: {name} (library), which counts"),
        "would open: cafe, which is not among those that count, at any time".to_owned(),
        format!("not here any more, and changes nothing: {}", id(999)),
        format!("over all neighbourhoods {} residents would lose", told["residents_losing"]),
        "straight-line distances times 1.3 at 80".to_owned(),
        "it is not kept".to_owned(),
    ] {
        assert!(notes.contains(&said), "{said} is not in {notes}");
    }

    for (body, field) in [(json!({}), "close"), (json!({ "close": [id(1)], "minutes": 0 }), "minutes")] {
        let answer = send(app.request("POST", "what-if.gpkg").json(&body)).await;
        assert_eq!(answer.problem(422, "invalid-input"), field);
    }
    assert_eq!(app.get("what-if.gpkg").await.status, 405);
}

async fn what_has_no_answer_has_no_file(db: Database) {
    let app = two_releases(&db).await;
    for (path, field) in [
        ("releases/latest/hotspots.gpkg?measure=income", "measure"),
        ("releases/latest/hotspots.gpkg?bom=true", "bom"),
        ("releases/latest/difference.gpkg", "from"),
        ("releases/latest/difference.gpkg?from=latest", "from"),
        ("releases/latest/heat.gpkg?bandwidth=750", "bandwidth"),
        ("releases/latest/heat.gpkg?bandwidth=500", "bandwidth"),
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
