//! Data and moments that nobody plans for: each has the right answer or a clear refusal, and the budget is intact.

use std::collections::BTreeSet;
use std::sync::Arc;

use engine::community::{Community, PublicationPolicy};
use engine::neighbourhood::Neighbourhood;
use engine::synthetic::{Town, town};
use engine::{LonLat, NeighbourhoodId};
use geo::{MultiPolygon, polygon};
use jiff::SignedDuration;
use serde_json::{Value, json};
use stead::actions::release::{Asked, make_release_as};
use stead::ambient::Ambient;
use stead::demo;
use stead::store::{NewPlace, Role, Store};
use stead::texts::Texts;
use uuid::Uuid;

use crate::databases::{Database, Engine, on_both_engines};
use crate::exports::session_at;
use crate::test_app::{Answer, SeededGenerator, TestApp, at, bench, community_id, send};

on_both_engines![a_release_during_an_import_is_of_the_old_neighbourhoods_or_of_the_new];

const NOW: &str = "2026-11-23T10:00:00Z";

async fn seeded(store: &dyn Store, participants: usize, policy: PublicationPolicy) -> Town {
    let town = town(1, participants, at(NOW));
    let seeding = Ambient { generator: Arc::new(SeededGenerator::new(5)), ..Ambient::system() };
    let community = Community { demo: false, policy, ..demo::community(&town, at(NOW)) };
    demo::seed_as(store, &seeding, &Texts::load(), &town, community).await.unwrap();
    town
}

async fn publish(db: &Database, app: &TestApp, what: &str) -> Answer {
    let steward = session_at(db, Role::Steward, app.now()).await;
    send(app.request("POST", what).bearer_auth(steward).json(&json!({}))).await
}

async fn rho(db: &Database) -> i64 {
    let ledger = db.store.ledger(&community_id("kaldavere")).await.unwrap();
    ledger.iter().map(|row| row.rho_billionths).sum()
}

pub(crate) fn rectangle(n: u128, name: &str, west: f64, east: f64, population: Option<u32>) -> Neighbourhood {
    let (south, north) = (58.0, 59.0);
    Neighbourhood {
        id: NeighbourhoodId(Uuid::from_u128(n)),
        name: name.to_owned(),
        source_id: None,
        population,
        shape: MultiPolygon(vec![polygon![
            (x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north),
        ]]),
    }
}

async fn a_release_during_an_import_is_of_the_old_neighbourhoods_or_of_the_new(db: Database) {
    let town = seeded(&*db.store, 600, PublicationPolicy::Formal).await;
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    let other = stead::store::open(&db.url).await.unwrap();
    let id = community_id("kaldavere");
    let ids = |all: Vec<Neighbourhood>| -> BTreeSet<String> {
        all.into_iter()
            .filter(|n| n.population.is_some_and(|p| p >= 5_000))
            .map(|n| n.id.to_string())
            .collect()
    };
    let before = ids(db.store.neighbourhoods(&id).await.unwrap());
    let [west, _, east, _] = town.bounds().to_array();
    let more: Vec<_> = (0..40_u32)
        .map(|n| {
            let width = (east - west) / 40.0;
            let from = west + f64::from(n) * width;
            rectangle(u128::from(n) + 1, &format!("Strip {n}"), from, from + width, Some(6_000))
        })
        .collect();
    let now = app.now();
    let (made, imported) =
        tokio::join!(publish(&db, &app, "releases"), other.upsert_neighbourhoods(&id, &more, now));
    imported.unwrap();
    assert_eq!(made.status, 201, "{}", made.text());
    let after = ids(db.store.neighbourhoods(&id).await.unwrap());
    assert_eq!(after.len(), before.len() + 40);
    let stored = db.store.releases(&id).await.unwrap().remove(0);
    let released: BTreeSet<String> = stored.neighbourhoods["neighbourhoods"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect();
    assert!(released == before || released == after, "neither before nor after: {}", released.len());
    // All layers were charged for the one domain that was released, and once.
    let ledger = db.store.ledger(&id).await.unwrap();
    assert_eq!(ledger.iter().map(|row| row.domain).collect::<BTreeSet<_>>().len(), 1);
    assert_eq!(ledger.len(), 4);
    for path in ["releases/latest/hotspots?units=neighbourhoods", "releases/latest/hotspots?measure=relative"]
    {
        assert_eq!(app.get(path).await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn who_is_where_two_neighbourhoods_overlap_counts_in_one_of_them() {
    let db = Database::fresh(Engine::Sqlite).await;
    let town = seeded(&*db.store, 40, PublicationPolicy::ClosedGroup).await;
    let id = community_id("kaldavere");
    let [west, _, east, _] = town.bounds().to_array();
    // Two that cover everything, and a third that is a copy of the first.
    let all = db.store.neighbourhoods(&id).await.unwrap();
    let mut changed: Vec<_> = all
        .iter()
        .map(|n| Neighbourhood { shape: rectangle(1, "x", 10.0, 10.1, None).shape, ..n.clone() })
        .collect();
    for (n, name) in [(1, "One"), (2, "Two"), (3, "Three")] {
        changed.push(rectangle(n, name, west - 1.0, east + 1.0, None));
    }
    db.store.upsert_neighbourhoods(&id, &changed, at(NOW)).await.unwrap();
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    assert_eq!(publish(&db, &app, "snapshots").await.status, 201);
    let planner = session_at(&db, Role::Planner, app.now()).await;
    let seen = send(app.request("GET", "snapshots/latest").bearer_auth(planner)).await.json();
    let shown: Vec<&Value> =
        seen["features"].as_array().unwrap().iter().filter(|f| f["properties"]["value"].is_u64()).collect();
    assert_eq!(shown.len(), 1, "everybody counts once: {shown:?}");
    assert!(["One", "Two", "Three"].contains(&shown[0]["properties"]["name"].as_str().unwrap()));
}

#[tokio::test]
async fn slivers_and_neighbourhoods_without_residents_have_answers() {
    let db = Database::fresh(Engine::Sqlite).await;
    let town = seeded(&*db.store, 600, PublicationPolicy::Formal).await;
    let id = community_id("kaldavere");
    let middle = town.warm().centre.lon();
    let odd = [
        rectangle(1, "Sliver", middle, middle + 1e-9, Some(5_000)),
        rectangle(2, "Nobody lives here", 20.0, 20.1, Some(0)),
        rectangle(3, "Far away", 20.2, 20.3, Some(u32::MAX)),
    ];
    db.store.upsert_neighbourhoods(&id, &odd, at(NOW)).await.unwrap();
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    let made = publish(&db, &app, "releases").await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert!(rho(&db).await <= 100_000_000);
    for path in [
        "releases/latest/hotspots?units=neighbourhoods",
        "releases/latest/hotspots?measure=relative",
        "releases/latest/hotspots?measure=quality",
        "releases/latest/hotspots?measure=profile",
        "access?minutes=15",
        "neighbourhoods",
    ] {
        let answer = app.get(path).await;
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    }
    let told = app.get("releases/latest/hotspots?measure=relative").await.json();
    let of = |name: &str| {
        told["features"].as_array().unwrap().iter().find(|f| f["properties"]["name"] == name).cloned()
    };
    assert!(of("Nobody lives here").is_none(), "too few residents for a number of its own");
    let far = of("Far away").expect("it is in the domain");
    assert!(
        ["none", "not_enough", "cold90", "cold95", "cold99"]
            .contains(&far["properties"]["class"].as_str().unwrap())
    );
    let access = app.get("access?minutes=15").await.json();
    let nobody =
        access["neighbourhoods"].as_array().unwrap().iter().find(|n| n["name"] == "Nobody lives here");
    assert_eq!(nobody.unwrap()["residents"], 0);
}

#[tokio::test]
async fn five_hundred_places_of_one_person_in_a_cell_are_one_person() {
    let db = Database::fresh(Engine::Sqlite).await;
    let town = seeded(&*db.store, 0, PublicationPolicy::ClosedGroup).await;
    let id = community_id("kaldavere");
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    let pattern =
        engine::synthetic::town(1, 5, at(NOW)).participants().find_map(|p| p.places.first().cloned());
    let mut people = Vec::new();
    for _ in 0..10 {
        people.push(app.participant().await.id.parse().unwrap());
    }
    let centre = town.warm().centre;
    let mut number = 0_u128;
    for (n, owner) in people.into_iter().enumerate() {
        for _ in 0..if n == 0 { 500 } else { 1 } {
            number += 1;
            let mut place = pattern.clone().unwrap();
            place.id = engine::PlaceId(Uuid::from_u128(number));
            place.owner = owner;
            place.content.geometry =
                engine::place::Geometry::Point(LonLat::new(centre.lon(), centre.lat()).unwrap());
            place.content.home = false;
            place.content.share.published_maps = true;
            place.created_at = at(NOW) - SignedDuration::from_hours(24 * 60);
            let new = NewPlace { community: id.clone(), place, idempotency: None, most: 500 };
            db.store.insert_place(&new).await.unwrap();
        }
    }
    assert_eq!(publish(&db, &app, "snapshots").await.status, 201);
    let planner = session_at(&db, Role::Planner, app.now()).await;
    let seen = send(app.request("GET", "snapshots/latest").bearer_auth(planner)).await.json();
    let shown: Vec<u64> = seen["features"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|f| f["properties"]["value"].as_u64())
        .collect();
    assert_eq!(shown, [10], "509 places of ten people");
}

#[tokio::test]
async fn an_empty_community_is_refused_for_the_price_of_the_gate() {
    let db = Database::fresh(Engine::Sqlite).await;
    seeded(&*db.store, 0, PublicationPolicy::Formal).await;
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    let refused = publish(&db, &app, "releases").await;
    assert!(refused.json()["detail"].as_str().unwrap().contains("start at about 300"), "{}", refused.text());
    refused.problem(409, "conflict");
    assert_eq!(rho(&db).await, 868_056);
    assert_eq!(app.get("releases").await.json(), json!({"releases": []}));
    assert_eq!(app.get("access?minutes=15").await.status, 200);
}

#[tokio::test]
async fn a_clock_that_jumps_costs_nothing_and_gains_nothing() {
    let db = Database::fresh(Engine::Sqlite).await;
    seeded(&*db.store, 600, PublicationPolicy::Formal).await;
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    // Ten years ahead by mistake, and somebody maps a place meanwhile: nothing is charged at a time that never was.
    let ten_years = SignedDuration::from_hours(24 * 3_652);
    app.clock.advance(ten_years);
    let bounds = app.get("/api/communities/kaldavere").await.json()["bounds"].clone();
    let middle =
        |side: usize| f64::midpoint(bounds[side].as_f64().unwrap(), bounds[side + 2].as_f64().unwrap());
    let mut place = bench();
    place["geometry"]["coordinates"] = json!([middle(0), middle(1)]);
    assert_eq!(app.participant().await.post("places", &place).await.status, 201);
    app.clock.advance(SignedDuration::from_hours(24));
    let refused = publish(&db, &app, "releases").await;
    let why = refused.json()["detail"].as_str().unwrap().to_owned();
    assert!(why.contains("check the clock") && why.contains("--clock-is-right"), "{why}");
    refused.problem(409, "conflict");
    assert_eq!(rho(&db).await, 0, "a wrong clock spends nothing");
    // As if nothing had been, once it is right again.
    app.clock.advance(-ten_years - SignedDuration::from_hours(24));
    assert_eq!(publish(&db, &app, "releases").await.status, 201);
    let spent = rho(&db).await;
    for back in [SignedDuration::from_hours(24 * 365), SignedDuration::from_hours(24 * 365)] {
        app.clock.advance(-back);
        let refused = publish(&db, &app, "releases").await;
        assert!(refused.json()["detail"].as_str().unwrap().contains("check the clock"), "{}", refused.text());
        refused.problem(409, "conflict");
    }
    assert_eq!(rho(&db).await, spent, "a refusal of the calendar costs nothing");
    assert_eq!(db.store.releases(&community_id("kaldavere")).await.unwrap().len(), 1);
    assert_eq!(app.get("releases/latest/cells").await.status, 200, "what is published stays");
}

#[tokio::test]
async fn who_runs_the_machine_can_say_that_a_late_clock_is_right() {
    let db = Database::fresh(Engine::Sqlite).await;
    seeded(&*db.store, 600, PublicationPolicy::Formal).await;
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    app.clock.advance(SignedDuration::from_hours(24 * 3_652));
    let ambient = Ambient { clock: app.clock.clone(), generator: Arc::new(SeededGenerator::new(7)) };
    let id = community_id("kaldavere");
    let asked = Asked { on_demand: false, clock_is_right: true };
    let made = make_release_as(&*db.store, &ambient, &id, asked).await.unwrap();
    assert_eq!(made.made_at, app.now());
}
