//! How residents reach supports, and what closing or opening some would change.

use serde_json::{Value, json};

use crate::databases::{Database, on_both_engines};
use crate::test_app::{TestApp, send};

on_both_engines![
    access_says_who_reaches_a_support_on_foot,
    closing_and_opening_supports_says_who_loses_and_who_gains,
    what_cannot_be_asked_about_access_is_refused_by_name,
];

/// Each neighbourhood of the test community: 0.1° by 0.15° at 58.4° north, in square kilometres.
const AREA_KM2: f64 = 5.85 * 16.7;
/// The disc that half an hour on foot reaches: 30 · 80 / 1.3 metres around.
const DISC_KM2: f64 = std::f64::consts::PI * 1.846 * 1.846;

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is not a number"))
}

async fn app(db: &Database) -> TestApp {
    TestApp::start(db).await
}

async fn access_says_who_reaches_a_support_on_foot(db: Database) {
    let app = app(&db).await;
    let answer = app.get("/api/communities/kaldavere/access?type=library&minutes=30").await;
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let found = answer.json();
    assert_eq!(
        found["walking"],
        json!({"method": "straight_line", "detour": 1.3, "metres_per_minute": 80.0, "minutes": 30})
    );
    let areas = found["neighbourhoods"].as_array().unwrap();
    assert_eq!(areas.iter().map(|area| &area["name"]).collect::<Vec<_>>(), ["East", "West"]);
    let west = &areas[1];
    // A library stands on the border: half of its disc lies in the west.
    assert!((number(&west["share_within"]) - DISC_KM2 / 2.0 / AREA_KM2).abs() < 0.006, "{west}");
    assert!((number(&west["residents_within"]) - 6_000.0 * number(&west["share_within"])).abs() <= 1.0);
    assert!(
        (number(&west["supports_within"]) - number(&west["share_within"])).abs() < 0.01,
        "one each at most"
    );
    let nearest = number(&west["nearest_minutes"]);
    assert!(nearest > 30.0 && nearest < 200.0, "most of the west is far from any library: {nearest}");
    let within: f64 = areas.iter().map(|area| number(&area["residents_within"])).sum();
    assert_eq!(found["total"]["residents"], 12_000);
    assert!((number(&found["total"]["residents_within"]) - within).abs() <= 1.0);
    assert_eq!(found["total"]["supports"], 2);
    // Relative access is places per 1,000 residents: over everybody it adds up to the two libraries.
    let places: f64 = areas.iter().map(|area| 6.0 * number(&area["relative_access"])).sum();
    assert!((places - 2.0).abs() < 0.02, "{places}");
    let usual = app.get("/api/communities/kaldavere/access").await.json();
    assert_eq!((&usual["walking"]["minutes"], &usual["total"]["supports"]), (&json!(10), &json!(5)));
    let none = app.get("/api/communities/kaldavere/access?type=hospital").await.json();
    assert_eq!(none["neighbourhoods"][0]["nearest_minutes"], Value::Null);
    assert_eq!(none["total"]["residents_within"], 0);
}

async fn closing_and_opening_supports_says_who_loses_and_who_gains(db: Database) {
    let app = app(&db).await;
    let ask = async |body: Value| {
        let answer = send(app.request("POST", "/api/communities/kaldavere/what-if").json(&body)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    };
    let town_library = "00000000-0000-0000-0000-000000000001";
    let closed = ask(json!({"close": [town_library], "type": ["library"], "minutes": 30})).await;
    let west = &closed["neighbourhoods"][1];
    assert_eq!(west["residents_losing"], west["before"]["residents_within"], "it was the only one: {west}");
    assert_eq!((&west["after"]["share_within"], &west["share_gaining"]), (&json!(0.0), &json!(0.0)));
    assert_eq!((&closed["before"]["supports"], &closed["after"]["supports"]), (&json!(2), &json!(1)));
    let change = |side: &str| number(&closed[side]["residents_within"]);
    let net = number(&closed["residents_gaining"]) - number(&closed["residents_losing"]);
    assert!((change("after") - change("before") - net).abs() <= 1.0, "{closed}");

    let opened = |kind: &str| {
        json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [26.632, 58.375]},
            "properties": {"type": kind, "free": true}})
    };
    let won =
        ask(json!({"open": [opened("library")], "type": ["library"], "free": true, "minutes": 30})).await;
    let west = &won["neighbourhoods"][1];
    assert!((number(&west["share_gaining"]) - DISC_KM2 / AREA_KM2).abs() < 0.01, "{west}");
    assert_eq!(west["share_losing"], 0.0);
    let other = ask(json!({"open": [opened("cafe")], "type": ["library"], "minutes": 30})).await;
    assert_eq!((&other["residents_gaining"], &other["after"]["supports"]), (&json!(0), &json!(2)));
    let moved = ask(json!({"close": [town_library], "open": [opened("library")], "minutes": 30})).await;
    assert!(number(&moved["residents_gaining"]) > 0.0);
    // Nothing was stored.
    let still = app.get("/api/communities/kaldavere/access?type=library").await.json();
    assert_eq!(still["total"]["supports"], 2);
}

async fn what_cannot_be_asked_about_access_is_refused_by_name(db: Database) {
    let app = app(&db).await;
    for (query, field) in [
        ("minutes=0", "minutes"),
        ("minutes=61", "minutes"),
        ("minutes=ten", "minutes"),
        ("type=castle", "type"),
        ("support=love", "support"),
        ("free=maybe", "free"),
        ("colour=red", "colour"),
    ] {
        let problem = app.get(&format!("/api/communities/kaldavere/access?{query}")).await;
        assert_eq!(problem.problem(400, "invalid-input"), field, "{query}");
    }
    app.get("/api/communities/nowhere/access").await.problem(404, "not-found");
    let feature = |coordinates: Value, kind: &str| {
        json!({"open": [{"type": "Feature", "geometry": {"type": "Point", "coordinates": coordinates},
            "properties": {"type": kind}}]})
    };
    for (body, field) in [
        (json!({}), "close"),
        (json!({"close": ["00000000-0000-0000-0000-00000000ffff"]}), "close[0]"),
        (json!({"close": vec!["00000000-0000-0000-0000-000000000001"; 201]}), "close"),
        (feature(json!([200, 58]), "library"), "open[0].geometry.coordinates"),
        (feature(json!([26.7, 58.38]), "castle"), "open[0].properties.type"),
        (json!({"close": ["00000000-0000-0000-0000-000000000001"], "minutes": 90}), "minutes"),
    ] {
        let answer = send(app.request("POST", "/api/communities/kaldavere/what-if").json(&body)).await;
        let problem = answer.problem(422, "invalid-input");
        assert!(problem.starts_with(field), "{body}: {problem}");
    }
}
