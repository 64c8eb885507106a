//! The gazetteer over HTTP and on the command line.

use engine::LonLat;
use engine::gazetteer::{NameKind, Named};
use serde_json::{Value, json};

use crate::binary::run_well;
use crate::databases::{Database, on_both_engines};
use crate::test_app::{TestApp, community_id, eventually};

on_both_engines![
    streets_features_supports_and_neighbourhoods_are_found_by_name,
    what_is_nearest_is_named_with_its_distance,
    a_question_is_checked_by_its_field,
];

async fn town(db: &Database) -> TestApp {
    let app = TestApp::start(db).await;
    let line = |points: &[(f64, f64)]| points.iter().map(|(x, y)| LonLat::new(*x, *y).unwrap()).collect();
    let names = [
        Named {
            name: "Õie tänav".into(),
            kind: NameKind::Street,
            lines: vec![line(&[(26.65, 58.4), (26.69, 58.4)])],
        },
        Named {
            name: "Librariuse park".into(),
            kind: NameKind::Feature,
            lines: vec![line(&[(26.75, 58.4)])],
        },
    ];
    db.store.replace_names(&community_id("kaldavere"), "osm", &names).await.unwrap();
    eventually("the server follows", async || found(&app, "õie tänav").await.len() == 1).await;
    app
}

async fn found(app: &TestApp, q: &str) -> Vec<Value> {
    let answer = app.post("gazetteer", &json!({"q": q, "limit": 20})).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["results"].as_array().unwrap().clone()
}

async fn streets_features_supports_and_neighbourhoods_are_found_by_name(db: Database) {
    let app = town(&db).await;
    assert_eq!(
        found(&app, "oie 12").await,
        [json!({"name": "Õie tänav", "kind": "street", "detail": "West", "coordinates": [26.69, 58.4]})]
    );
    let names = |results: Vec<Value>| -> Vec<String> {
        results
            .iter()
            .map(|r| format!("{} {}", r["kind"].as_str().unwrap(), r["name"].as_str().unwrap()))
            .collect()
    };
    assert_eq!(
        names(found(&app, "librari").await),
        ["feature Librariuse park", "support Town library", "support Branch library"]
    );
    assert_eq!(names(found(&app, "libary").await), ["support Town library", "support Branch library"]);
    assert_eq!(names(found(&app, "east").await), ["neighbourhood East"]);
    assert_eq!(found(&app, "east").await[0]["detail"], Value::Null);
    assert_eq!(names(found(&app, "onne kohvik").await), [""; 0]);
    assert_eq!(names(found(&app, "!?").await), [""; 0]);
    let limited = app.post("gazetteer", &json!({"q": "library", "limit": 1})).await.json();
    assert_eq!(limited["results"].as_array().unwrap().len(), 1);
}

async fn what_is_nearest_is_named_with_its_distance(db: Database) {
    let app = town(&db).await;
    let answer = app.post("gazetteer/near", &json!({"near": [26.67, 58.401], "limit": 2})).await;
    assert_eq!(answer.header("cache-control"), "no-store");
    let results = answer.json()["results"].clone();
    assert_eq!((&results[0]["name"], &results[0]["detail"]), (&json!("Õie tänav"), &json!("West")));
    let metres = results[0]["distance_m"].as_f64().unwrap();
    assert!((111.0..112.0).contains(&metres), "{metres}");
    assert_eq!(results[1]["name"], "Town library");
    assert_eq!(results.as_array().unwrap().len(), 2);
}

async fn a_question_is_checked_by_its_field(db: Database) {
    let app = TestApp::start(&db).await;
    for (path, body, field) in [
        ("gazetteer", json!({"q": ""}), "q"),
        ("gazetteer", json!({"q": "x".repeat(101)}), "q"),
        ("gazetteer", json!({"q": "x", "limit": 0}), "limit"),
        ("gazetteer", json!({"q": "x", "limit": 21}), "limit"),
        ("gazetteer", json!({"q": "x", "near": [1, 2]}), "near"),
        ("gazetteer/near", json!({"near": [26.7, 91]}), "near[1]"),
        ("gazetteer/near", json!({"near": [26.7, 58.4], "limit": 21}), "limit"),
        ("gazetteer/near", json!({"near": [26.7]}), "near"),
    ] {
        let refused = app.post(path, &body).await;
        let named = refused.problem(422, "invalid-input");
        assert!(named.starts_with(field), "{named} for {body}");
    }
    assert_eq!(app.post("gazetteer", &json!({"q": "õ".repeat(100)})).await.status, 200);
}

#[test]
fn an_extract_brings_its_streets_parks_and_water_and_again_replaces_them() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().to_str().unwrap();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let extract = root.join("data/helsinki/helsinki-centre-2019.osm.pbf");
    let extract = extract.to_str().unwrap();
    run_well(&["community", "add", "helsinki", "--data-dir", at]);
    let said = run_well(&["import", "supports", extract, "--community", "helsinki", "--data-dir", at]);
    let line = said.lines().find(|line| line.contains("names of streets")).expect("it says how many");
    let again = run_well(&["import", "gazetteer", extract, "--community", "helsinki", "--data-dir", at]);
    assert_eq!(again.trim(), line);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let names = runtime.block_on(async {
        let store = stead::store::open(&format!("sqlite:{at}/stead.db")).await.unwrap();
        store.names(&community_id("helsinki")).await.unwrap()
    });
    assert!(line.starts_with(&format!("{} names", names.len())), "{line} {}", names.len());
    let kind = |name: &str| names.iter().filter(|n| n.name == name).map(|n| n.kind).collect::<Vec<_>>();
    assert_eq!(kind("Mannerheimintie"), [NameKind::Street]);
    assert_eq!(kind("Esplanadinpuisto"), [NameKind::Feature]);
}
