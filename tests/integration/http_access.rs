//! How residents reach supports, and what closing or opening some would change.

use std::sync::Arc;

use engine::access::{metres_in, origins};
use engine::community::Community;
use engine::support::{Form, Price, Referral, Support};
use engine::synthetic::town;
use serde_json::{Value, json};
use stead::ambient::Ambient;
use stead::demo;
use stead::store::ImportScope;
use stead::texts::Texts;

use crate::databases::{Database, on_both_engines};
use crate::test_app::{SeededGenerator, TestApp, at, community_id, kaldavere, send, support};

on_both_engines![
    access_says_who_reaches_a_support_on_foot,
    places_are_shared_among_those_who_reach_them_where_both_are_known,
    closing_and_opening_supports_says_who_loses_and_who_gains,
    a_plan_is_answered_for_each_type_of_support_and_at_a_time,
    a_plan_keeps_the_kinds_of_its_openings_and_says_which_closings_are_gone,
    only_what_is_known_to_be_open_counts_at_a_time,
    closing_the_towns_clubhouses_shows_the_neighbourhoods_that_lose_them,
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
    // Nobody told how many places the libraries have: then there is nothing to share out.
    assert_eq!((&found["catchment"], &west["relative_access"]), (&Value::Null, &Value::Null));
    assert_eq!(found["hours"], Value::Null, "no time was asked about");
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

/// Changes some of the supports of [`kaldavere`] before the server starts.
async fn app_with(db: &Database, supports: Vec<Support>) -> TestApp {
    kaldavere(&*db.store).await;
    let scope = ImportScope { source: "osm".into(), complete: false };
    let id = community_id("kaldavere");
    db.store.upsert_supports(&id, &supports, &scope, at("2026-02-01T00:00:00Z")).await.unwrap();
    TestApp::on(Arc::clone(&db.store), 1, |config| config).await
}

fn with(mut support: Support, change: impl FnOnce(&mut Support)) -> Support {
    change(&mut support);
    support
}

/// The two libraries of [`kaldavere`]; one has 30 places, the other 70.
fn libraries() -> Vec<Support> {
    [(1, "Town library", 26.70, 30), (5, "Branch library", 26.74, 70)]
        .map(|(n, name, lon, places)| {
            with(support(n, Some(name), "library", Price::Free, lon, 58.38), |s| {
                s.details.capacity = Some(places);
            })
        })
        .into()
}

async fn places_are_shared_among_those_who_reach_them_where_both_are_known(db: Database) {
    let app = app_with(&db, libraries()).await;
    let found = app.get("access?type=library").await.json();
    let zone = |minutes: f64, weight: f64| json!({"minutes": minutes, "weight": weight});
    assert_eq!(
        found["catchment"],
        json!({"zones": [zone(10.0, 1.0), zone(20.0, 0.68), zone(30.0, 0.22)],
            "supports": 2, "unknown": 0, "places": 100})
    );
    // Places per 1,000 residents: over everybody, 6,000 in each half, they add up to the places.
    let areas = found["neighbourhoods"].as_array().unwrap();
    let places: f64 = areas.iter().map(|area| 6.0 * number(&area["relative_access"])).sum();
    assert!((places - 100.0).abs() < 0.02, "{places}");
    let everything = app.get("access").await.json();
    let catchment = &everything["catchment"];
    assert_eq!((&catchment["supports"], &catchment["unknown"]), (&json!(2), &json!(3)), "{catchment}");
    let places: f64 = everything["neighbourhoods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| 6.0 * number(&a["relative_access"]))
        .sum();
    assert!((places - 100.0).abs() < 0.02, "what nobody told is left out: {places}");
    let one = app.get("supports?type=library&q=branch").await.json();
    assert_eq!(one["features"][0]["properties"]["capacity"], 70);
}

async fn only_what_is_known_to_be_open_counts_at_a_time(db: Database) {
    let [town, branch] = <[Support; 2]>::try_from(libraries()).unwrap();
    let hours = |support, hours: &str| with(support, |s| s.details.opening_hours = Some(hours.into()));
    let app = app_with(&db, vec![hours(town, "Mo-Fr 10:00-18:00"), hours(branch, "Su 12:00-16:00")]).await;
    // Monday at noon in Tallinn: the town library; the cafés and the meeting place never said.
    let found = app.get("access?open_at=2026-11-23T12:00:00%2B02:00").await.json();
    assert_eq!(
        found["hours"],
        json!({"open_at": "2026-11-23T10:00:00Z", "open": 1, "closed": 1, "unknown": 3})
    );
    assert_eq!(found["total"]["supports"], 1);
    let same = app.get("access?open_at=now").await.json();
    assert_eq!(same, found, "the clock of the test stands at that time");
    let night = app.get("access?open_at=2026-11-23T22:00:00Z&type=library").await.json();
    assert_eq!(night["total"], json!({"residents": 12_000, "residents_within": 0, "supports": 0}));
    // Forms and a low threshold: nobody said of the libraries that no one must refer.
    assert_eq!(app.get("access?form=library").await.json()["total"]["supports"], 2);
    assert_eq!(app.get("access?low_threshold=true").await.json()["total"]["supports"], 0);
}

async fn a_plan_is_answered_for_each_type_of_support_and_at_a_time(db: Database) {
    let app = app_with(
        &db,
        vec![with(support(1, Some("Town library"), "library", Price::Free, 26.70, 58.38), |s| {
            s.details.opening_hours = Some("Mo-Fr 10:00-18:00".into());
            s.details.referral = Referral::None;
        })],
    )
    .await;
    let ask = async |body: Value| {
        let answer = send(app.request("POST", "what-if").json(&body)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    };
    let town_library = "00000000-0000-0000-0000-000000000001";
    let closed = ask(json!({"close": [town_library], "minutes": 30})).await;
    let types = closed["types"].as_array().unwrap();
    let named: Vec<_> = types.iter().map(|t| t["support"].as_str().unwrap()).collect();
    assert_eq!(named, ["emotional", "instrumental", "informational", "appraisal"]);
    let lost: Vec<_> = types.iter().map(|t| number(&t["residents_losing"]) > 0.0).collect();
    assert_eq!(lost, [false, false, true, false], "a library informs: {types:?}");
    let (before, after) = (&types[2]["before"]["supports"], &types[2]["after"]["supports"]);
    assert_eq!((before, after), (&json!(2), &json!(1)));
    // The west has that library alone: who loses there is who had it.
    let west = &types[2]["neighbourhoods"][1];
    assert_eq!((&west["share_losing"], &west["share_after"]), (&west["share_before"], &json!(0.0)), "{west}");
    let one = ask(json!({"close": [town_library], "support": ["informational"], "minutes": 30})).await;
    assert_eq!(one["types"].as_array().unwrap().len(), 1);
    assert_eq!(one["types"][0]["residents_losing"], one["residents_losing"]);

    // On Sunday it is closed anyway, and closing it takes nothing from anybody.
    let sunday = "2026-11-29T14:00:00+02:00";
    let nothing = ask(json!({"close": [town_library], "open_at": sunday, "minutes": 30})).await;
    assert_eq!((&nothing["residents_losing"], &nothing["closing"][0]["counts"]), (&json!(0), &json!(false)));
    assert_eq!(
        nothing["hours"],
        json!({"open_at": "2026-11-29T12:00:00Z", "open": 0, "closed": 1, "unknown": 4})
    );
    // One that opens counts by its own hours, and at any time without.
    let opened = |hours: Value| {
        json!({"open_at": sunday, "minutes": 30, "open": [{"type": "Feature",
            "geometry": {"type": "Point", "coordinates": [26.65, 58.38]},
            "properties": {"type": "library", "opening_hours": hours}}]})
    };
    for (hours, counts, any_time) in [
        (json!("Mo-Fr 10:00-18:00"), false, false),
        (json!("Sa,Su 10:00-18:00"), true, false),
        (Value::Null, true, true),
    ] {
        let answer = ask(opened(hours.clone())).await;
        let opening = json!([{"category": "library", "counts": counts, "any_time": any_time}]);
        assert_eq!(answer["opening"], opening, "{hours}");
        assert_eq!(number(&answer["residents_gaining"]) > 0.0, counts, "{hours}");
    }
}

async fn a_plan_keeps_the_kinds_of_its_openings_and_says_which_closings_are_gone(db: Database) {
    let app = app(&db).await;
    let ask = async |body: Value| {
        let answer = send(app.request("POST", "what-if").json(&body)).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    };
    let opened = |kind: &str, lon: f64| {
        json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [lon, 58.35]},
            "properties": {"type": kind, "free": true}})
    };
    let gone = "00000000-0000-0000-0000-00000000ffff";
    let cafe = "00000000-0000-0000-0000-000000000002";
    let plan = |kinds: Value| json!({"close": [gone, cafe, cafe], "open": [opened("library", 26.63), opened("cafe", 26.66)], "type": kinds});
    let any = ask(plan(json!([]))).await;
    assert_eq!(any["gone"], json!([gone]));
    assert_eq!(
        any["closing"],
        json!([{"id": cafe, "name": "Õnne café", "category": "cafe", "counts": true}])
    );
    assert_eq!((&any["before"]["supports"], &any["after"]["supports"]), (&json!(5), &json!(6)));
    let libraries = ask(plan(json!(["library"]))).await;
    assert_eq!(libraries["closing"][0]["counts"], false, "a café is no library");
    let counts: Vec<_> = libraries["opening"].as_array().unwrap().iter().map(|o| &o["counts"]).collect();
    assert_eq!(counts, [&json!(true), &json!(false)]);
    // What its category usually offers is what an opening offers unless told.
    let informing = ask(json!({"open": [opened("library", 26.63)], "support": ["informational"]})).await;
    assert!(number(&informing["residents_gaining"]) > 0.0);
    let alone = ask(json!({"close": [gone]})).await;
    assert_eq!((&alone["residents_losing"], &alone["gone"]), (&json!(0), &json!([gone])));
}

async fn closing_the_towns_clubhouses_shows_the_neighbourhoods_that_lose_them(db: Database) {
    let town = town(1, 0, at("2026-11-23T10:00:00Z"));
    let seeding = Ambient { generator: Arc::new(SeededGenerator::new(5)), ..Ambient::system() };
    let community = Community { demo: false, ..demo::community(&town, at("2026-11-23T10:00:00Z")) };
    demo::seed_as(&*db.store, &seeding, &Texts::load(), &town, community).await.unwrap();
    let app = TestApp::on(Arc::clone(&db.store), 1, |config| config).await;
    let clubhouses: Vec<_> = town.supports().iter().filter(|s| s.details.form == Form::Clubhouse).collect();
    assert!(!clubhouses.is_empty());
    let close: Vec<_> = clubhouses.iter().map(|s| s.id.to_string()).collect();
    let body = json!({"close": close, "form": ["clubhouse"], "minutes": 15});
    let answer = send(app.request("POST", "what-if").json(&body)).await.json();
    assert_eq!(
        answer["after"],
        json!({"residents": answer["after"]["residents"], "residents_within": 0, "supports": 0})
    );
    // By hand, with no index: the share of points from which one is within 15 minutes.
    let within = |at: &engine::LonLat| {
        clubhouses.iter().any(|s| s.location.is_some_and(|c| at.distance_m(c) <= metres_in(15.0)))
    };
    let mut by_hand: Vec<(String, f64)> = town
        .neighbourhoods()
        .iter()
        .zip(origins(town.neighbourhoods()))
        .map(|(area, origins)| {
            let near = origins.points.iter().filter(|at| within(at)).count();
            (
                area.name.clone(),
                f64::from(u32::try_from(near).unwrap())
                    / f64::from(u32::try_from(origins.points.len()).unwrap()),
            )
        })
        .collect();
    by_hand.sort_by(|a, b| a.0.cmp(&b.0));
    let mut told: Vec<(String, f64)> = answer["neighbourhoods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|area| (area["name"].as_str().unwrap().to_owned(), number(&area["share_losing"])))
        .collect();
    told.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(told.len(), by_hand.len());
    for ((name, told), (other, by_hand)) in told.iter().zip(&by_hand) {
        assert_eq!(name, other);
        assert!((told - by_hand).abs() <= 5e-5, "{name}: {told} is not {by_hand}");
    }
    let losing = told.iter().filter(|(_, share)| *share > 0.0).count();
    assert!(losing > 0 && losing < told.len(), "some lose them and some are too far away: {losing}");
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
        ("form=castle", "form"),
        ("low_threshold=perhaps", "low_threshold"),
        ("open_at=tomorrow", "open_at"),
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
    let opening = |properties: Value| {
        json!({"open": [{"type": "Feature", "geometry": {"type": "Point", "coordinates": [26.7, 58.38]},
            "properties": properties}]})
    };
    for (body, field) in [
        (json!({}), "close"),
        (json!({"close": vec!["00000000-0000-0000-0000-000000000001"; 201]}), "close"),
        (feature(json!([200, 58]), "library"), "open[0].geometry.coordinates"),
        (feature(json!([26.7, 58.38]), "castle"), "open[0].properties.type"),
        (opening(json!({"type": "library", "form": "castle"})), "open[0].properties.form"),
        (
            opening(json!({"type": "library", "opening_hours": "sometimes"})),
            "open[0].properties.opening_hours",
        ),
        (json!({"close": ["00000000-0000-0000-0000-000000000001"], "minutes": 90}), "minutes"),
    ] {
        let answer = send(app.request("POST", "/api/communities/kaldavere/what-if").json(&body)).await;
        let problem = answer.problem(422, "invalid-input");
        assert!(problem.starts_with(field), "{body}: {problem}");
    }
}
