//! The directory as HSDS over HTTP: valid by the pinned schemas, and read back by our own importer.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use engine::support::{Amount, Channel, Closeness, Price, Referral, Schedule, Support, SupportDetails, Term};
use serde_json::{Value, json};
use stead::store::ImportScope;

use crate::binary;
use crate::databases::{Database, Engine, on_both_engines};
use crate::test_app::{TestApp, at, community_id, support};

on_both_engines![
    lists_page_and_conditions_add_up,
    every_answer_is_valid_by_the_pinned_schemas,
    a_confidential_address_is_in_no_answer,
    what_cannot_be_asked_is_refused_by_name,
];

const BASE: &str = "/hsds/kaldavere";

/// A support that tries everything there is to say.
fn demanding() -> Support {
    let mut one = support(20, Some("Õnne «kodu»"), "community_centre", Price::Paid, 26.705, 58.385);
    let schedule: Schedule = serde_json::from_value(json!({
        "freq": "MONTHLY", "interval": 2, "byday": ["2TU", "-1FR"], "dtstart": "2026-01-01", "opens_at": "10:00",
        "closes_at": "12:30", "description": "cooking together",
    }))
    .unwrap();
    one.details = SupportDetails {
        organisation: Some("Õnne MTÜ".into()),
        description: Some("A house\nfor everybody.".into()),
        direct: Some(true),
        referral: Referral::None,
        eligibility: Some("everybody over 16".into()),
        price_amount: Some(Amount { amount: "2.5".into(), currency: "EUR".into() }),
        capacity: Some(40),
        lived_experience: Some(true),
        closeness: [Closeness::ALL[0], Closeness::ALL[1]].into(),
        since: Some("2019-05".into()),
        last_checked: "2026-05-17".parse().ok(),
        languages: vec!["et".into(), "ru".into()],
        opening_hours: Some("Mo-Fr 10:00-18:00; PH off".into()),
        schedules: vec![schedule],
        address: Some("Kooli 3, 50401 Kaldavere".into()),
        phone: Some("+372 555 1234".into()),
        email: Some("onn@example.org".into()),
        website: Some("https://onn.example.org/".into()),
        wheelchair: Some("limited".into()),
        terms: vec![Term {
            taxonomy: "openeligibility".into(),
            id: "1102".into(),
            name: "Support groups".into(),
        }],
        ..one.details
    };
    one
}

fn secret() -> Support {
    let mut one = support(21, Some("Shelter"), "social_facility", Price::Free, 26.7077, 58.3811);
    one.details.address = Some("Salajane 7".into());
    one.details.confidential = true;
    one
}

async fn town(db: &Database) -> TestApp {
    drop(TestApp::start(db).await);
    let mut online = support(22, Some("Line"), "community_centre", Price::Unknown, 26.7, 58.38);
    online.details.channel = Channel::Online;
    let scope = ImportScope { source: "own".into(), complete: false };
    let mut more = [demanding(), secret().without_secrets(), online.without_secrets()];
    for one in &mut more {
        one.updated_at = at("2026-03-01T00:00:00Z");
    }
    db.store
        .upsert_supports(&community_id("kaldavere"), &more, &scope, at("2026-03-01T00:00:00Z"))
        .await
        .unwrap();
    TestApp::on(Arc::clone(&db.store), 1, |config| config).await
}

async fn get(app: &TestApp, path: &str) -> Value {
    let answer = app.get(&format!("{BASE}{path}")).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    answer.json()
}

async fn lists_page_and_conditions_add_up(db: Database) {
    let app = town(&db).await;
    assert_eq!(get(&app, "").await["version"], "3.0");
    let first = get(&app, "/services?per_page=3").await;
    let figures = ["total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty"];
    assert_eq!(
        figures.map(|f| first[f].clone()),
        [json!(8), json!(3), json!(1), json!(3), json!(true), json!(false), json!(false)]
    );
    let mut names = Vec::new();
    for page in 1..=3 {
        let page = get(&app, &format!("/services?per_page=3&page={page}")).await;
        names.extend(page["contents"].as_array().unwrap().iter().map(|s| s["id"].to_string()));
    }
    names.sort();
    names.dedup();
    assert_eq!(names.len(), 8);
    let beyond = get(&app, "/services?page=9").await;
    assert_eq!((&beyond["empty"], &beyond["total_items"]), (&json!(true), &json!(8)));
    let lines = app.get(&format!("{BASE}/services?format=ndjson")).await;
    assert_eq!((lines.header("content-type"), lines.text().lines().count()), ("application/x-ndjson", 8));

    let terms = get(&app, "/taxonomy_terms?per_page=1000").await;
    let term = |code: &str| {
        terms["contents"].as_array().unwrap().iter().find(|t| t["code"] == code).unwrap().clone()
    };
    let (emotional, library) = (term("emotional"), term("library"));
    let library = terms["contents"]
        .as_array()
        .unwrap()
        .iter()
        .find(|t| t["code"] == "library" && t["taxonomy"] == "stead:category")
        .unwrap_or(&library);
    let organization = &get(&app, "/organizations").await["contents"][0];
    assert_eq!(organization["name"], "Õnne MTÜ");
    let count =
        async |query: &str| get(&app, &format!("/services?{query}")).await["total_items"].as_u64().unwrap();
    let id = |value: &Value| value["id"].as_str().unwrap().to_owned();
    for (query, expected) in [
        (format!("taxonomy_term_id={}", id(library)), 2),
        (format!("taxonomy_term_id={}", id(&emotional)), 6),
        (format!("taxonomy_term_id={}&search=onne", id(&emotional)), 2),
        (format!("taxonomy_id={}", library["taxonomy_id"].as_str().unwrap()), 8),
        (format!("organization_id={}", id(organization)), 1),
        ("search=raamatukgu".to_owned(), 2),
        ("modified_after=2026-02-15".to_owned(), 3),
        ("modified_after=2026-02-15&search=line".to_owned(), 1),
        ("support_type=informational".to_owned(), 2),
        ("latitude=58.38&longitude=26.70&radius_m=100".to_owned(), 1),
        ("open_at=2026-11-23T12:00:00%2B02:00".to_owned(), 1),
        ("open_at=2026-11-23T20:00:00%2B02:00".to_owned(), 0),
        ("language=ru".to_owned(), 1),
    ] {
        assert_eq!(count(&query).await, expected, "{query}");
    }
    let near =
        async |query: &str| get(&app, &format!("/service_at_locations?{query}")).await["total_items"].clone();
    assert_eq!(near("postcode=50401").await, 1);
    assert_eq!(near("postcode=50401&proximity=700").await, 3);
    assert_eq!(near("postcode=99999&proximity=700").await, 0);
    let minimal = get(&app, "/services?minimal=true").await;
    assert_eq!(minimal["contents"][0].as_object().unwrap().len(), 2);
}

async fn every_answer_is_valid_by_the_pinned_schemas(db: Database) {
    let app = town(&db).await;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("integration/hsds/validate.py");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let python = root.join("target/venv/bin/python");
    assert!(python.exists(), "{} is missing: run tests/run, which makes it", python.display());
    let schemas = crate::shared::data("directory/hsds-3.0");
    let url = format!("{}{BASE}", app.url);
    let run = move || Command::new(python).arg(script).arg(url).arg(schemas).output().unwrap();
    let output = tokio::task::spawn_blocking(run).await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    assert!(said.trim().ends_with("documents are valid"), "{said}");
}

async fn a_confidential_address_is_in_no_answer(db: Database) {
    let app = town(&db).await;
    for path in
        ["/services?full=true", "/service_at_locations?full=true", "/services?format=ndjson&full=true"]
    {
        let text = app.get(&format!("{BASE}{path}")).await.text();
        assert!(
            text.contains("Shelter") && !text.contains("Salajane") && !text.contains("26.7077"),
            "{path}"
        );
    }
    let id = get(&app, "/services?search=shelter").await["contents"][0]["id"].as_str().unwrap().to_owned();
    let shelter = get(&app, &format!("/services/{id}")).await;
    let location = &shelter["service_at_locations"][0]["location"];
    assert_eq!((location.get("latitude"), location.get("addresses")), (None, None));
    let line = get(&app, "/services?search=line&full=true").await["contents"][0].clone();
    assert_eq!(line["service_at_locations"][0]["location"]["location_type"], "virtual");
    assert_eq!(line["cost_options"], json!([]), "an unknown price is no free one");
}

async fn what_cannot_be_asked_is_refused_by_name(db: Database) {
    let app = town(&db).await;
    for (path, field) in [
        ("/services?page=0", "page"),
        ("/services?per_page=many", "per_page"),
        ("/services?format=xml", "format"),
        ("/services?colour=red", "colour"),
        ("/services?postcode=1", "postcode"),
        ("/services?taxonomy_term_id=1", "taxonomy_term_id"),
        ("/services?modified_after=soon", "modified_after"),
        ("/services?latitude=58", "longitude"),
        ("/services?latitude=98&longitude=1", "latitude"),
        ("/services?radius_m=1", "radius_m"),
        ("/services?latitude=58&longitude=26&radius_m=-1", "radius_m"),
        ("/services?support_type=money", "support_type"),
        ("/services?full=perhaps", "full"),
        ("/services/1", "id"),
        ("/service_at_locations?proximity=5", "proximity"),
        ("/taxonomy_terms?parent_id=x", "parent_id"),
    ] {
        assert_eq!(app.get(&format!("{BASE}{path}")).await.problem(400, "invalid-input"), field, "{path}");
    }
    let nobody = "00000000-0000-4000-8000-00000000000a";
    for list in ["services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms"] {
        app.get(&format!("{BASE}/{list}/{nobody}")).await.problem(404, "not-found");
    }
    app.get("/hsds/nowhere").await.problem(404, "not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_served_comes_back_by_the_importer() {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = town(&db).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hsds.json");
    std::fs::write(&file, app.get(&format!("{BASE}/services?full=true&per_page=1000")).await.body).unwrap();
    let data = folder.path().join("data");
    let (data, file) = (data.display().to_string(), file.display().to_string());
    let stead = |arguments: &[&str]| {
        let output = binary::run(&[&["--data-dir", &data], arguments].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    stead(&["community", "add", "copy", "--language", "et"]);
    stead(&["import", "supports", &file, "--community", "copy", "--format", "hsds"]);
    let copy = stead::store::open(&format!("sqlite:{data}/stead.db")).await.unwrap();
    let copied = copy.supports(&community_id("copy")).await.unwrap();
    let originals = db.store.supports(&community_id("kaldavere")).await.unwrap();
    assert_eq!(copied.len(), originals.len());
    for original in &originals {
        // A service without a name is called by its category.
        let name = original.details.name.clone().or(Some(original.details.category.clone()));
        let same = copied.iter().find(|c| c.details.name == name).unwrap_or_else(|| panic!("{name:?}"));
        let plain = |details: &SupportDetails| SupportDetails {
            source: String::new(),
            source_id: String::new(),
            name: name.clone(),
            ..details.clone()
        };
        assert_eq!(plain(&same.details), plain(&original.details), "{name:?}");
        assert_eq!(same.location, original.location, "{name:?}");
    }
}
