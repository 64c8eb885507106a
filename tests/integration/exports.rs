//! Exports: every format says the same, is safe to open, and holds nothing that is nobody's business.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use engine::StaffId;
use engine::support::{Channel, Price, Support, SupportDetails};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sqlx::{Connection as _, Row as _, SqliteConnection};
use stead::actions::staff::new_session_token;
use stead::ambient::Ambient;
use stead::export::{Format, supports, write_file};
use stead::store::{ImportScope, NewRole, Role, StaffSession};

use crate::binary;
use crate::databases::{Database, Engine, on_both_engines};
use crate::http_releases::{publish, seeded};
use crate::test_app::{TestApp, at, community, community_id, kaldavere, release, send, support};

on_both_engines![
    anybody_takes_home_supports_neighbourhoods_and_the_release,
    places_need_a_researcher_with_a_fresh_second_factor_and_name_nobody,
];

const FORMATS: [&str; 5] = ["geojson", "csv", "gpkg", "fgb", "parquet"];

/// What `ogrinfo` says of a file that GDAL of this machine can open, as JSON of its features by GeoJSON.
pub fn by_gdal(file: &Path) -> Value {
    let output = Command::new("ogr2ogr")
        .args(["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=15", "-lco", "RFC7946=NO", "/vsistdout/"])
        .arg(file)
        .args(if file.extension().is_some_and(|e| e == "csv") {
            &["-oo", "X_POSSIBLE_NAMES=lon", "-oo", "Y_POSSIBLE_NAMES=lat", "-oo", "KEEP_GEOM_COLUMNS=NO"][..]
        } else {
            &[]
        })
        .output()
        .expect("ogr2ogr is installed: apt-get install gdal-bin, or tests/run");
    assert!(output.status.success(), "{}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
    assert!(output.stderr.is_empty(), "{}: {}", file.display(), String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("GDAL writes JSON")
}

/// What an independent reader of GeoParquet says (geopandas): the same shape as [`by_gdal`].
fn by_python(file: &Path) -> Value {
    let python = python();
    let output = Command::new(python)
        .args(["tests/integration/exports/read_parquet.py"])
        .arg(file)
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap())
        .output()
        .expect("Python starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("it writes JSON")
}

fn python() -> std::path::PathBuf {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("target/venv/bin/python");
    assert!(python.exists(), "{} is missing: run tests/run, which makes it", python.display());
    python
}

/// Rows by `key`: coordinates rounded to 1e-7, and every value as text, so that formats can be compared.
fn rows(
    collection: &Value,
    key: &str,
) -> std::collections::BTreeMap<String, (String, Vec<(String, String)>)> {
    let features = collection["features"].as_array().unwrap();
    let one = |feature: &Value| {
        let properties = feature["properties"].as_object().unwrap();
        let mut values: Vec<_> = properties
            .iter()
            .map(|(name, value)| (name.clone(), plain(value)))
            .filter(|(_, v)| !v.is_empty())
            .collect();
        values.sort();
        // GDAL takes the identifier of GeoJSON for the feature's own.
        let id = properties.get(key).unwrap_or(&feature["id"]);
        values.retain(|(name, _)| name != key);
        (plain(id), (numbers(&feature["geometry"]["coordinates"]), values))
    };
    features.iter().map(one).collect()
}

fn numbers(coordinates: &Value) -> String {
    match coordinates {
        Value::Array(parts) => parts.iter().map(numbers).collect::<Vec<_>>().join(" "),
        Value::Number(n) => format!("{:.7}", n.as_f64().unwrap()),
        _ => String::new(),
    }
}

/// A value as one text, whatever a format makes of it.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => {
            // A phone number in CSV has an apostrophe in front; an instant is written in several ways.
            let text = text.strip_prefix('\'').unwrap_or(text);
            if let Ok(json) = serde_json::from_str::<Value>(text)
                && (json.is_array() || json.is_object())
            {
                return plain(&json);
            }
            let instant = text
                .replace('/', "-")
                .replacen(' ', "T", 1)
                .replace("+00:00", "Z")
                .replace("+00", "Z")
                .replace(":00Z", "Z");
            instant
                .parse::<jiff::Timestamp>()
                .or_else(|_| format!("{instant}Z").parse())
                .map_or_else(|_| text.to_owned(), |at| at.to_string())
        }
        Value::Bool(yes) => yes.to_string(),
        Value::Number(n) => n.as_f64().map(|n| n.to_string()).unwrap_or_default(),
        Value::Array(parts) if parts.iter().all(Value::is_string) => {
            parts.iter().map(|p| p.as_str().unwrap()).collect::<Vec<_>>().join(";")
        }
        other => other.to_string(),
    }
}

/// Supports that try a format: every field, no location, letters of everywhere.
fn demanding(n: u32) -> Vec<Support> {
    (1..=n)
        .map(|i| {
            let angle = f64::from(i) / f64::from(n);
            let name =
                if i % 7 == 0 { None } else { Some(format!("Õnne \"{i}\", šahh; 茶館\nand more")) };
            let mut one = support(
                i.into(),
                name.as_deref(),
                "cafe",
                Price::Low,
                26.6 + angle / 5.0,
                58.3 + angle / 7.0,
            );
            one.details.phone = Some(format!("+372 {i}"));
            one.details.languages = vec!["et".into(), "ru".into()];
            one.details.capacity = (i % 4 == 0).then_some(i);
            one.details.lived_experience = (i % 3 == 0).then_some(i % 2 == 0);
            one.details.last_checked = "2026-05-17".parse().ok();
            one.details.description = (i % 5 == 0).then(|| "=1+1".to_owned());
            if i % 11 == 0 {
                one.details.channel = Channel::Online;
            }
            one.without_secrets()
        })
        .collect()
}

fn table(supports: Vec<Support>) -> stead::export::Table {
    let now = at("2026-11-23T10:00:00Z");
    let items = supports
        .into_iter()
        .map(|s| supports::Item { support: Arc::new(s), distance: None, today: supports::day(now) })
        .collect();
    supports::table(&community("kaldavere"), items, None, now)
}

#[tokio::test]
async fn ten_thousand_supports_are_the_same_in_every_format() {
    let folder = tempfile::tempdir().unwrap();
    let mut expected = None;
    for format in Format::ALL {
        let file = folder.path().join(format!("supports.{}", format.ending()));
        write_file(format, table(demanding(10_000)), false, &file).await.unwrap();
        let read = if format == Format::Parquet { by_python(&file) } else { by_gdal(&file) };
        let read = rows(&read, "id");
        assert_eq!(read.len(), 10_000, "{format:?}");
        let expected = expected.get_or_insert_with(|| read.clone());
        for (id, row) in &read {
            assert_eq!(row, &expected[id], "{format:?} {id}");
        }
    }
}

#[tokio::test]
async fn a_geopackage_keeps_the_requirements_of_the_standard() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("supports.gpkg");
    write_file(Format::Gpkg, table(demanding(500)), false, &file).await.unwrap();
    let mut db = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.unwrap();
    let checks: &[(&str, &str)] = &[
        ("PRAGMA application_id", "1196444487"),
        ("PRAGMA user_version", "10300"),
        ("PRAGMA integrity_check", "ok"),
        ("SELECT count(*) FROM pragma_foreign_key_check()", "0"),
        ("SELECT count(*) FROM gpkg_spatial_ref_sys WHERE srs_id IN (-1, 0, 4326)", "3"),
        ("SELECT data_type || srs_id FROM gpkg_contents", "features4326"),
        ("SELECT geometry_type_name || z || m FROM gpkg_geometry_columns", "POINT00"),
        (
            "SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_rtree_index' AND column_name = 'geom'",
            "1",
        ),
        ("SELECT count(*) FROM gpkg_extensions WHERE extension_name = 'gpkg_metadata'", "2"),
        (
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'rtree_supports_geom_%'",
            "6",
        ),
        ("SELECT count(*) FROM rtree_supports_geom", "455"),
        ("SELECT count(*) FROM supports WHERE geom IS NULL", "45"),
        ("SELECT count(*) FROM supports WHERE substr(geom, 1, 2) = x'4750'", "455"),
        ("SELECT rtreecheck('rtree_supports_geom')", "ok"),
        ("SELECT count(*) FROM gpkg_data_columns", "36"),
        (
            "SELECT md_scope || mime_type FROM gpkg_metadata JOIN gpkg_metadata_reference ON md_file_id = id ORDER BY id",
            "datasetapplication/json",
        ),
        ("SELECT json_extract(metadata, '$.rows') FROM gpkg_metadata WHERE id = 1", "500"),
        ("SELECT last_change FROM gpkg_contents", "2026-11-23T10:00:00.000Z"),
    ];
    for (sql, expected) in checks {
        let row = sqlx::query(sqlx::AssertSqlSafe((*sql).to_owned())).fetch_one(&mut db).await.unwrap();
        let said = row.try_get::<String, _>(0).unwrap_or_else(|_| row.get::<i64, _>(0).to_string());
        assert_eq!(said, *expected, "{sql}");
    }
}

async fn anybody_takes_home_supports_neighbourhoods_and_the_release(db: Database) {
    let app = TestApp::start(&db).await;
    app.get("export/release.csv").await.problem(404, "not-found");
    for (what, count) in [("supports", 5), ("neighbourhoods", 2)] {
        let json = app.get(&format!("export/{what}.geojson")).await;
        assert_eq!(json.status, 200, "{}", json.text());
        assert_eq!(json.json()["features"].as_array().unwrap().len(), count);
        assert_eq!(json.header("access-control-allow-origin"), "*");
        for format in FORMATS {
            let answer = app.get(&format!("export/{what}.{format}")).await;
            assert_eq!(answer.status, 200, "{what}.{format}");
            let name = format!("attachment; filename=\"kaldavere-{what}-2026-11-23.{format}\"");
            assert_eq!(answer.header("content-disposition"), name);
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join(format!("x.{format}"));
            std::fs::write(&file, &answer.body).unwrap();
            if format == "parquet" {
                assert!(answer.body.starts_with(b"PAR1"));
            } else {
                assert_eq!(by_gdal(&file)["features"].as_array().unwrap().len(), count, "{what}.{format}");
            }
        }
    }
    let few = app.get("export/supports.csv?type=library&bom=true").await.text();
    assert!(few.starts_with('\u{feff}') && few.lines().count() == 3, "{few}");
    let near = app.get("export/supports.geojson?near=26.72,58.38&radius=700").await.json();
    assert_eq!(near["features"][0]["properties"]["distance_m"], 0.0);
    assert_eq!(near["codebook"]["query"], "near=26.72,58.38&radius=700");
    let book = app.get("export/supports.codebook.json").await.json();
    assert_eq!((&book["rows"], &book["columns"][0]["name"]), (&json!(5), &json!("id")));
    assert!(app.get("export/supports.codebook.md").await.text().starts_with("# Supports of kaldavere"));
    for (path, status, field) in [
        ("export/supports.csv?type=spaceport", 400, "type"),
        ("export/supports.csv?limit=3", 400, "limit"),
        ("export/supports.csv?bom=perhaps", 400, "bom"),
        ("export/neighbourhoods.csv?q=x", 400, "q"),
    ] {
        assert_eq!(app.get(path).await.problem(status, "invalid-input"), field, "{path}");
    }
    for path in ["export/supports.shp", "export/supports", "export/secrets.csv"] {
        app.get(path).await.problem(404, "not-found");
    }
}

#[tokio::test]
async fn a_release_is_exported_as_it_was_published_with_its_promise() {
    let db = Database::fresh(Engine::Sqlite).await;
    kaldavere(&*db.store).await;
    db.store.save_release(&release(7)).await.unwrap();
    let app = TestApp::on(Arc::clone(&db.store), 1, |config| config).await;
    let answer = app.get("export/release.geojson").await;
    let exported = answer.json();
    assert!(exported["codebook"]["guarantee"].as_str().unwrap().contains("ε = 2.30"));
    assert_eq!(exported["codebook"]["released_at"], "2026-06-01T00:00:00Z");
    let rows = exported["features"].as_array().unwrap();
    for units in ["cells", "neighbourhoods"] {
        let published = app.get(&format!("releases/latest/hotspots?units={units}")).await.json();
        let published = published["features"].as_array().unwrap();
        let mine: Vec<_> = rows.iter().filter(|r| r["properties"]["units"] == units).collect();
        assert_eq!(mine.len(), published.len());
        for (mine, theirs) in mine.iter().zip(published) {
            for field in ["unit", "name", "value", "low", "high", "people", "z", "q", "class"] {
                assert_eq!(mine["properties"][field], theirs["properties"][field], "{units} {field}");
            }
        }
    }
    let again = app.request("GET", "export/release.geojson").header("If-None-Match", answer.header("etag"));
    assert_eq!(send(again).await.status, 304);
    for format in ["csv", "gpkg", "fgb"] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(format!("release.{format}"));
        std::fs::write(&file, app.get(&format!("export/release.{format}")).await.body).unwrap();
        assert_eq!(by_gdal(&file)["features"].as_array().unwrap().len(), rows.len(), "{format}");
    }
}

/// The community as a whole has numbers and no outline: its row must open everywhere, too.
#[tokio::test]
async fn the_numbers_of_the_whole_community_are_in_a_release_in_every_format() {
    let db = Database::fresh(Engine::Sqlite).await;
    seeded(&*db.store, 600).await;
    let app = TestApp::on(Arc::clone(&db.store), 1, |config| config).await;
    let steward = session(&db, Role::Steward).await;
    assert_eq!(publish(&app, &steward, &json!({})).await.status, 201);
    let folder = tempfile::tempdir().unwrap();
    let mut told = Vec::new();
    for format in FORMATS {
        let answer = app.get(&format!("export/release.{format}")).await;
        assert_eq!(answer.status, 200, "{format}: {}", answer.text());
        let file = folder.path().join(format!("release.{format}"));
        std::fs::write(&file, answer.body).unwrap();
        let read = if format == "parquet" { by_python(&file) } else { by_gdal(&file) };
        let features = read["features"].as_array().unwrap();
        let whole: Vec<_> = features.iter().filter(|f| f["properties"]["units"] == "community").collect();
        assert_eq!(whole.len(), 1, "{format}");
        let outline = whole[0]["geometry"]["coordinates"].to_string();
        assert!(!outline.contains(|c: char| c.is_ascii_digit()), "{format}: {outline}");
        told.push((features.len(), plain(&whole[0]["properties"]["hope"])));
    }
    assert!(told[0].0 > 100 && told.iter().all(|one| *one == told[0]), "{told:?}");
}

/// Somebody of the staff who signed in with a second factor just now.
pub async fn session(db: &Database, role: Role) -> String {
    session_at(db, role, at("2026-11-23T10:00:00Z")).await
}

/// The same at another time.
pub async fn session_at(db: &Database, role: Role, now: Timestamp) -> String {
    let ambient = Ambient::system();
    let email = format!("{}-{}@example.org", role.as_str(), now.as_second());
    let community = community_id("kaldavere");
    let role = NewRole { id: StaffId(ambient.id()), email, community, role, at: now };
    let staff = db.store.add_role(&role).await.unwrap().id;
    let (token, hash) = new_session_token(&ambient);
    let session = StaffSession {
        token: hash,
        id: ambient.id(),
        staff,
        device: String::new(),
        created_at: now,
        seen_at: now,
        expires_at: now + SignedDuration::from_hours(8),
        confirmed_at: now,
    };
    db.store.open_staff_session(&session).await.unwrap();
    token
}

async fn places_need_a_researcher_with_a_fresh_second_factor_and_name_nobody(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let shared = member.save_bench().await;
    member.save_bench().await;
    let mut home = crate::test_app::bench();
    home["properties"]["home"] = json!(true);
    home["properties"]["share"] = json!({"research": false, "published_maps": false, "public_story": false});
    home["properties"]["name"] = json!("not for research");
    assert_eq!(member.post("places", &home).await.status, 201);
    app.get("export/places.csv").await.problem(401, "unauthorised");
    member.get("export/places.csv").await.problem(401, "unauthorised");
    let planner = session(&db, Role::Planner).await;
    send(app.request("GET", "export/places.csv").bearer_auth(planner)).await.problem(403, "forbidden");

    let researcher = session(&db, Role::Researcher).await;
    let export = |format: &'static str| {
        send(app.request("GET", &format!("export/places.{format}")).bearer_auth(&researcher))
    };
    let answer = export("geojson").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    let text = answer.text();
    let id = shared.trim_start_matches("places/");
    assert!(!text.contains(id) && !text.contains(&member.id) && !text.contains("not for research"));
    let first = answer.json();
    let names: BTreeSet<_> = first["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| f["properties"]["participant"].to_string())
        .collect();
    assert_eq!((first["features"].as_array().unwrap().len(), names.len()), (2, 1), "one person, one name");
    let properties = first["features"][0]["properties"].as_object().unwrap();
    assert!(!properties.contains_key("home") && !properties.contains_key("share"));
    assert_eq!(properties["consent_scope"], "research");
    assert_eq!(properties["created_on"], "2026-11-23");
    let second = export("geojson").await.json();
    assert_ne!(second["features"][0]["properties"]["participant"], properties["participant"]);
    for format in ["csv", "gpkg", "fgb"] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(format!("places.{format}"));
        std::fs::write(&file, export(format).await.body).unwrap();
        assert_eq!(by_gdal(&file)["features"].as_array().unwrap().len(), 2, "{format}");
    }
    let log = db.store.access_log(&community_id("kaldavere"), None, 100).await.unwrap();
    let said: Vec<_> = log.iter().map(|row| (row.what.as_str(), row.places)).collect();
    assert!(
        said.contains(&("export of places as geojson", 2)) && said.contains(&("export of places as fgb", 2))
    );
    app.clock.advance(SignedDuration::from_mins(11));
    export("csv").await.problem(403, "second-factor-needed");
    // What the columns mean is no reading: it needs no second factor, and nothing is written down.
    let book = export("codebook.json").await.json();
    assert_eq!((&book["rows"], &book["columns"][0]["name"]), (&json!(2), &json!("participant")));
    assert!(export("codebook.md").await.text().starts_with("# Places of kaldavere"));
    let after = db.store.access_log(&community_id("kaldavere"), None, 100).await.unwrap();
    assert_eq!(after.len(), log.len());
    for path in ["export/places.codebook.json", "export/places.codebook.md"] {
        app.get(path).await.problem(401, "unauthorised");
        member.get(path).await.problem(401, "unauthorised");
    }
}

#[tokio::test]
async fn an_export_while_an_import_runs_is_of_one_moment() {
    let db = Database::fresh(Engine::Sqlite).await;
    kaldavere(&*db.store).await;
    let app = TestApp::on(Arc::clone(&db.store), 1, |config| config).await;
    let id = community_id("kaldavere");
    let store = Arc::clone(&db.store);
    let importing = tokio::spawn(async move {
        for round in 0..12_u128 {
            let mut supports = demanding(300);
            for one in &mut supports {
                one.details =
                    SupportDetails { organisation: Some(format!("round {round}")), ..one.details.clone() };
            }
            let scope = ImportScope { source: "osm".into(), complete: true };
            store.upsert_supports(&id, &supports, &scope, at("2026-03-01T00:00:00Z")).await.unwrap();
        }
    });
    let mut seen = 0;
    while !importing.is_finished() || seen == 0 {
        let json = app.get("export/supports.geojson").await.json();
        let rounds: BTreeSet<_> = json["features"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["properties"]["organisation"].to_string())
            .collect();
        assert_eq!(rounds.len(), 1, "{rounds:?}");
        seen += 1;
    }
    importing.await.unwrap();
}

#[tokio::test]
async fn the_command_writes_whole_files_with_codebooks_and_replaces_nothing_unasked() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let path = |name: &str| folder.path().join(name).display().to_string();
    let stead = |arguments: &[&str]| {
        let mut all = vec!["--data-dir", data.to_str().unwrap()];
        all.extend(arguments);
        binary::run(&all)
    };
    std::fs::create_dir(&data).unwrap();
    let url = format!("sqlite:{}", data.join("stead.db").display());
    let store = stead::store::open(&url).await.unwrap();
    kaldavere(&*store).await;
    store.save_release(&release(7)).await.unwrap();
    drop(store);
    for what in ["supports", "neighbourhoods", "release"] {
        for format in FORMATS {
            let output = path(&format!("{what}-{format}.{format}"));
            let done =
                stead(&["export", what, "--community", "kaldavere", "--format", format, "--output", &output]);
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
            let book = std::fs::read(path(&format!("{what}-{format}.codebook.json"))).unwrap();
            let book: Value = serde_json::from_slice(&book).unwrap();
            assert!(book["citation"].as_str().unwrap().contains("Exported from Stead"));
            if format != "parquet" {
                let read = by_gdal(Path::new(&output))["features"].as_array().unwrap().len();
                assert_eq!(json!(read), book["rows"], "{what}.{format}");
            }
        }
    }
    let there = path("supports-csv.csv");
    let refused = |arguments: &[&str], words: &str| {
        let output = stead(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(words) && said.trim_end().lines().count() == 1, "{said}");
    };
    let supports = ["export", "supports", "--community", "kaldavere", "--output"];
    let with = |rest: &[&'static str], output: &str| {
        let mut all: Vec<String> = supports.iter().map(|s| (*s).to_owned()).collect();
        all.push(output.to_owned());
        all.extend(rest.iter().map(|s| (*s).to_owned()));
        all
    };
    let strs = |all: &[String]| {
        all.iter().map(|s| &**s).collect::<Vec<_>>().iter().map(|s| (*s).to_owned()).collect::<Vec<String>>()
    };
    for (arguments, words) in [
        (with(&[], &there), "--force"),
        (with(&[], &path("nowhere/x.csv")), "its folder is not there"),
        (with(&["--format", "csv"], &folder.path().display().to_string()), "is a folder"),
        (with(&[], &path("x.shp")), "say --format"),
    ] {
        let arguments = strs(&arguments);
        refused(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), words);
    }
    refused(
        &["export", "supports", "--community", "nowhere", "--output", &path("n.csv")],
        "there is no community nowhere",
    );
    let forced = with(&["--force", "--bom"], &there);
    assert!(stead(&forced.iter().map(String::as_str).collect::<Vec<_>>()).status.success());
    assert!(std::fs::read(&there).unwrap().starts_with("\u{feff}id,".as_bytes()));
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().filter_map(Result::ok).collect();
    assert!(left.iter().all(|entry| !entry.file_name().to_string_lossy().starts_with(".stead-")), "{left:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_example_for_python_runs_as_it_is_written() {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = TestApp::start(&db).await;
    let text = include_str!("../../docs/python.md");
    let example = text.split("```python\n").nth(1).unwrap().split("```").next().unwrap().to_owned();
    let url = app.url.clone();
    let run = move || {
        let mut python = Command::new(python());
        python
            .args(["-c", &example])
            .env("STEAD_URL", url)
            .env("STEAD_COMMUNITY", "kaldavere")
            .output()
            .unwrap()
    };
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("West") && said.contains("library"), "{said}");
}
