//! Closed groups: counts for signed-in planners alone, with small ones hidden, and nothing for anybody else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::community::{Community, PublicationPolicy};
use engine::neighbourhood::Neighbourhood;
use engine::synthetic::{Town, town};
use geo::Translate as _;
use jiff::SignedDuration;
use serde_json::{Value, json};
use stead::ambient::Ambient;
use stead::demo;
use stead::store::{Role, Store};
use stead::texts::Texts;

use crate::databases::{Database, Engine, on_both_engines};
use crate::exports::{session, session_at};
use crate::test_app::{
    Answer, SeededGenerator, TestApp, at, bench, community, community_id, eventually, kaldavere, send,
};

on_both_engines![
    planners_alone_see_a_closed_group_and_everybody_else_nothing,
    a_snapshot_that_is_called_back_gives_no_numbers,
    of_two_snapshots_at_once_one_is_made,
];

const NOW: &str = "2026-11-23T10:00:00Z";

/// A closed group with so many made-up participants.
async fn closed(store: &dyn Store, participants: usize) -> Town {
    let town = town(1, participants, at(NOW));
    let seeding = Ambient { generator: Arc::new(SeededGenerator::new(5)), ..Ambient::system() };
    let policy = PublicationPolicy::ClosedGroup;
    let community = Community { demo: false, policy, ..demo::community(&town, at(NOW)) };
    demo::seed_as(store, &seeding, &Texts::load(), &town, community).await.unwrap();
    town
}

async fn snap(app: &TestApp, token: &str) -> Answer {
    send(app.request("POST", "snapshots").bearer_auth(token).json(&json!({}))).await
}

async fn as_staff(app: &TestApp, token: &str, path: &str) -> Answer {
    send(app.request("GET", path).bearer_auth(token)).await
}

/// How many people there truly are in each neighbourhood, by its identifier; also counted are people who may not be.
async fn truth(db: &Database) -> BTreeMap<String, BTreeSet<String>> {
    let id = community_id("kaldavere");
    let mut all = db.store.neighbourhoods(&id).await.unwrap();
    all.sort_by_key(|n| n.id);
    let map = engine::neighbourhood::Neighbourhoods::new(all);
    let mut people: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for place in db.store.places(&id).await.unwrap() {
        if let Some((_, here)) = map.find(place.content.geometry.anchor()) {
            people.entry(here.id.to_string()).or_default().insert(place.owner.to_string());
        }
    }
    people
}

async fn planners_alone_see_a_closed_group_and_everybody_else_nothing(db: Database) {
    closed(&*db.store, 60).await;
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    let [steward, planner, researcher, operator] = [
        session(&db, Role::Steward).await,
        session(&db, Role::Planner).await,
        session(&db, Role::Researcher).await,
        session(&db, Role::Operator).await,
    ];
    let told = app.get("/api/communities/kaldavere").await.json();
    assert_eq!(told["publication_policy"]["id"], "closed_group");
    assert_eq!(told["publication_policy"]["formal_guarantee"], false);
    assert_eq!(told["consent"]["version"], "2026-2-closed");
    assert_eq!(as_staff(&app, &planner, "snapshots").await.json(), json!({"snapshots": []}));
    as_staff(&app, &planner, "snapshots/latest").await.problem(404, "not-found");

    // Nobody publishes from here; the snapshot is the steward's to make.
    let release = send(app.request("POST", "releases").bearer_auth(&steward).json(&json!({}))).await;
    assert!(release.json()["detail"].as_str().unwrap().contains("closed group"), "{}", release.text());
    release.problem(409, "conflict");
    for token in [&planner, &researcher, &operator] {
        snap(&app, token).await.problem(403, "forbidden");
    }
    let made = snap(&app, &steward).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let location = made.header("location").to_owned();
    assert!(made.json()["label"].as_str().unwrap().starts_with("No formal guarantee"));
    assert!(made.json().get("people").is_none(), "who makes it gets no numbers: {}", made.text());

    // Its numbers are for planners who are signed in.
    let member = app.participant().await;
    let paths = [location.clone(), "snapshots/latest".to_owned(), "snapshots/latest/download.csv".to_owned()];
    for path in paths.iter().chain([&"snapshots".to_owned()]) {
        app.get(path).await.problem(401, "unauthorised");
        assert_eq!(member.get(path).await.status, 401);
        for token in [&steward, &researcher, &operator] {
            as_staff(&app, token, path).await.problem(403, "forbidden");
        }
        let answer = as_staff(&app, &planner, path).await;
        assert_eq!((answer.status.as_u16(), answer.header("cache-control")), (200, "no-store"));
    }
    // Nothing of it is public, whoever asks.
    let id = made.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(app.get("releases").await.json(), json!({"releases": []}));
    assert_eq!(app.get("/api/communities/kaldavere").await.json()["latest_release"], Value::Null);
    for release in [id.as_str(), "latest"] {
        for of in ["", "/cells", "/heat", "/hotspots", "/download.csv"] {
            for token in [None, Some(&planner)] {
                let request = app.request("GET", &format!("releases/{release}{of}"));
                let request = match token {
                    Some(token) => request.bearer_auth(token),
                    None => request,
                };
                send(request).await.problem(404, "not-found");
            }
        }
        app.get(&format!("/tiles/kaldavere/releases/{release}/cells/0/0/0")).await.problem(404, "not-found");
    }
    app.get("export/release.csv").await.problem(404, "not-found");
    let cells = app.get("/ogc/kaldavere/collections/cells/items?f=json").await;
    assert!(cells.status == 404 || cells.json()["features"] == json!([]), "{}", cells.text());

    // What planners see.
    let seen = as_staff(&app, &planner, "snapshots/latest").await.json();
    assert_eq!(seen["snapshot"], made.json());
    let truth = truth(&db).await;
    let features = seen["features"].as_array().unwrap();
    assert_eq!(seen["snapshot"]["units"], "neighbourhoods");
    let mut shown = 0;
    for feature in features {
        let p = &feature["properties"];
        let most = truth.get(p["unit"].as_str().unwrap()).map_or(0, BTreeSet::len);
        assert!(p["name"].is_string() && feature["geometry"].is_object());
        match p["value"].as_u64() {
            Some(value) => {
                shown += 1;
                assert!(value >= 10 && value % 5 == 0 && p["class"] == "shown", "{p}");
                assert!(value <= most as u64 + 2, "{p} of {most} people at most");
                assert!(p["low"].as_u64().unwrap() >= 10 && p["high"].as_u64().unwrap() >= value);
            }
            None => assert_eq!((&p["low"], &p["class"]), (&Value::Null, &json!("not_enough"))),
        }
        assert!(most >= 10 || p["value"].is_null(), "a small count is shown: {p}");
    }
    assert!(shown >= 3 && shown < features.len(), "{shown} of {} are shown", features.len());
    assert_eq!(seen["people"]["value"].as_u64().unwrap() % 5, 0);

    // The file says in every row that there is no guarantee.
    let csv = as_staff(&app, &planner, "snapshots/latest/download.csv").await.text();
    assert_eq!(csv.matches("No formal guarantee").count(), features.len(), "{csv}");
    let gpkg = as_staff(&app, &planner, "snapshots/latest/download.gpkg").await;
    assert!(gpkg.body.starts_with(b"SQLite format 3\0"));

    // Once in a half-year, and nothing of the budget is spent.
    snap(&app, &steward).await.problem(409, "conflict");
    let ledger = db.store.ledger(&community_id("kaldavere")).await.unwrap();
    assert_eq!(ledger.len(), 1);
    assert_eq!((ledger[0].layer.as_str(), ledger[0].rho_billionths), ("snapshot", 0));
}

async fn a_snapshot_that_is_called_back_gives_no_numbers(db: Database) {
    closed(&*db.store, 60).await;
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    let other = TestApp::on(stead::store::open(&db.url).await.unwrap(), 2, |config| config).await;
    let (steward, planner) = (session(&db, Role::Steward).await, session(&db, Role::Planner).await);
    let id = snap(&app, &steward).await.json()["id"].as_str().unwrap().to_owned();
    let path = format!("snapshots/{id}");
    eventually("the other process follows", || async {
        as_staff(&other, &planner, &path).await.status == 200
    })
    .await;
    let recall = async |token: &str, body: Value| {
        send(app.request("POST", &format!("{path}/recall")).bearer_auth(token).json(&body)).await
    };
    recall(&planner, json!({"reason": "no"})).await.problem(403, "forbidden");
    assert_eq!(recall(&steward, json!({"reason": " "})).await.problem(422, "invalid-input"), "reason");
    let recalled = recall(&steward, json!({"reason": "an outline was wrong"})).await;
    assert_eq!(recalled.json()["recalled"]["reason"], "an outline was wrong");
    assert_eq!(recall(&steward, json!({"reason": "another"})).await.json(), recalled.json());
    eventually("the other process follows", || async {
        as_staff(&other, &planner, &path).await.status == 410
    })
    .await;
    for path in [path.clone(), format!("{path}/download.csv")] {
        as_staff(&app, &planner, &path).await.problem(410, "gone");
        app.get(&path).await.problem(401, "unauthorised");
    }
    as_staff(&app, &planner, "snapshots/latest").await.problem(404, "not-found");
    let listed = as_staff(&app, &planner, "snapshots").await.json();
    assert_eq!(listed["snapshots"], json!([recalled.json()]));
}

async fn of_two_snapshots_at_once_one_is_made(db: Database) {
    closed(&*db.store, 30).await;
    let apps = [
        TestApp::on(db.store.clone(), 1, |config| config).await,
        TestApp::on(stead::store::open(&db.url).await.unwrap(), 2, |config| config).await,
    ];
    let steward = session(&db, Role::Steward).await;
    let (a, b, c) =
        tokio::join!(snap(&apps[0], &steward), snap(&apps[1], &steward), snap(&apps[0], &steward));
    let mut answers = [a, b, c].map(|answer| answer.status.as_u16());
    answers.sort_unstable();
    assert_eq!(answers, [201, 409, 409]);
    assert_eq!(db.store.releases(&community_id("kaldavere")).await.unwrap().len(), 1);
}

#[tokio::test]
async fn joining_a_closed_group_needs_its_own_agreement() {
    let db = Database::fresh(Engine::Sqlite).await;
    closed(&*db.store, 0).await;
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    let agree = async |version: &str| {
        let consent =
            json!({"version": version, "research": false, "published_maps": true, "public_story": false});
        app.post("participants", &json!({"language": "en", "consent": consent})).await
    };
    assert_eq!(agree("2026-1").await.problem(409, "conflict"), "consent.version");
    assert_eq!(agree("2026-2-closed").await.status, 201);
    let texts = app.get("/api/communities/kaldavere").await.json();
    let said = texts["consent"]["texts"]["en"]["purposes"]["published_maps"].as_str().unwrap().to_owned();
    assert!(said.contains("no formal guarantee") && said.contains("never public"), "{said}");
}

#[tokio::test]
async fn communities_with_a_formal_guarantee_have_no_snapshots() {
    let db = Database::fresh(Engine::Sqlite).await;
    kaldavere(&*db.store).await;
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    let (steward, planner) = (session(&db, Role::Steward).await, session(&db, Role::Planner).await);
    let refused = snap(&app, &steward).await;
    assert!(refused.json()["detail"].as_str().unwrap().contains("no closed group"), "{}", refused.text());
    refused.problem(409, "conflict");
    assert!(db.store.ledger(&community_id("kaldavere")).await.unwrap().is_empty());
    assert_eq!(as_staff(&app, &planner, "snapshots").await.json(), json!({"snapshots": []}));
    let told = app.get("/api/communities/kaldavere").await.json();
    assert_eq!(told["publication_policy"]["formal_guarantee"], true);
}

/// From one snapshot to the next: few people change nothing, and an outline that moved shows nothing.
#[tokio::test]
async fn neither_a_few_who_come_or_go_nor_a_line_that_moved_tells_of_people() {
    let db = Database::fresh(Engine::Sqlite).await;
    let town = closed(&*db.store, 60).await;
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    let steward = session(&db, Role::Steward).await;
    assert_eq!(snap(&app, &steward).await.status, 201);
    let planner = session(&db, Role::Planner).await;
    let numbers = async |token: &str| -> BTreeMap<String, Value> {
        let seen = as_staff(&app, token, "snapshots/latest").await.json();
        let features = seen["features"].as_array().unwrap().iter();
        features.map(|f| (f["id"].as_str().unwrap().to_owned(), f["properties"]["value"].clone())).collect()
    };
    let first = numbers(&planner).await;
    // Five people come to the warm area.
    for _ in 0..5 {
        let middle = town.warm().centre;
        let mut place = bench();
        place["geometry"]["coordinates"] = json!([middle.lon(), middle.lat()]);
        assert_eq!(app.participant().await.post("places", &place).await.status, 201);
    }
    app.clock.advance(SignedDuration::from_hours(24 * 120));
    let (steward, planner) =
        (session_at(&db, Role::Steward, app.now()).await, session_at(&db, Role::Planner, app.now()).await);
    assert_eq!(snap(&app, &steward).await.status, 201);
    let second = numbers(&planner).await;
    for (unit, value) in &first {
        let stays = second[unit] == *value || value.is_null();
        assert!(stays, "{unit}: {value} became {}", second[unit]);
    }
    // One outline moves: it and its neighbours rest for a snapshot.
    let id = community_id("kaldavere");
    let mut all = db.store.neighbourhoods(&id).await.unwrap();
    all.sort_by_key(|n| n.name.clone());
    let shown = all.iter().position(|n| second[&n.id.to_string()].is_u64()).expect("one is shown");
    let moved = all[shown].id.to_string();
    all[shown] = Neighbourhood { shape: all[shown].shape.translate(0.0005, 0.0), ..all[shown].clone() };
    db.store.upsert_neighbourhoods(&id, &all, app.now()).await.unwrap();
    app.clock.advance(SignedDuration::from_hours(24 * 183));
    let (steward, planner) =
        (session_at(&db, Role::Steward, app.now()).await, session_at(&db, Role::Planner, app.now()).await);
    assert_eq!(snap(&app, &steward).await.status, 201);
    let third = numbers(&planner).await;
    assert_eq!(third[&moved], Value::Null, "the sliver between the lines could be told");
    assert!(third.values().any(Value::is_u64), "others are shown as before");
}

#[tokio::test]
async fn the_command_line_makes_whichever_the_policy_says() {
    let policy = |name: &str| name.parse::<PublicationPolicy>();
    assert_eq!(policy("closed_group").unwrap(), PublicationPolicy::ClosedGroup);
    assert!(policy("open").is_err());
    let db = Database::fresh(Engine::Sqlite).await;
    db.store
        .add_community(&Community { policy: PublicationPolicy::ClosedGroup, ..community("kaldavere") })
        .await
        .unwrap();
    let kept = db.store.community(&community_id("kaldavere")).await.unwrap().unwrap();
    assert_eq!(kept.policy, PublicationPolicy::ClosedGroup);
    // An empty community has a snapshot that shows nothing; a refusal would tell when there is something.
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    let (steward, planner) = (session(&db, Role::Steward).await, session(&db, Role::Planner).await);
    assert_eq!(snap(&app, &steward).await.status, 201);
    let seen = as_staff(&app, &planner, "snapshots/latest").await.json();
    assert_eq!((&seen["people"], &seen["snapshot"]["units"]), (&Value::Null, &json!("cells")));
    let features = seen["features"].as_array().unwrap();
    assert!(!features.is_empty() && features.iter().all(|f| f["properties"]["value"].is_null()));
}
