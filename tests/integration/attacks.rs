//! Attacks on a published release over HTTP, by somebody with the public interface, accounts of their own and
//! sign-ins of staff, on a server whose truth is known. Names and thresholds are those of the specification,
//! fixed in advance. A3, A7 and A8 need people with units of their own: `attacks_known`.

mod small_group;
mod subsets;
mod table;
mod traces;

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use engine::community::Community;
use engine::synthetic::{Town, town};
use jiff::SignedDuration;
use serde_json::{Value, json};
use stead::ambient::Ambient;
use stead::demo;
use stead::store::Role;
use stead::texts::Texts;

use crate::databases::{Database, Engine};
use crate::exports::session;
use crate::test_app::{Answer, Member, SeededGenerator, TestApp, at, bench, community_id, send};

/// Everything that is published, in every form and view.
const PUBLISHED: &[&str] = &[
    "releases",
    "releases/latest",
    "releases/latest/cells",
    "releases/latest/heat",
    "releases/latest/heat?bandwidth=1000",
    "releases/latest/heat?bandwidth=2000",
    "releases/latest/hotspots",
    "releases/latest/hotspots?units=neighbourhoods",
    "releases/latest/hotspots?measure=relative",
    "releases/latest/hotspots?measure=quality",
    "releases/latest/hotspots?measure=profile",
    "releases/latest/download.csv",
    "releases/latest/download.geojson",
    "releases/latest/download.jsonl",
    "export/release.csv",
    "export/release.geojson",
    "/api/communities",
    "/api/communities/kaldavere",
    "/ogc/kaldavere/collections/cells?f=json",
    "/ogc/kaldavere/collections/cells/items?f=json&limit=1000",
    "/tiles/kaldavere/releases/latest/cells",
    "/tiles/kaldavere/releases/latest/cells/0/0/0",
];

/// A server with a release of so many made-up participants, old enough to be counted.
async fn attacked(participants: usize) -> (Database, TestApp, Town) {
    let db = Database::fresh(Engine::Sqlite).await;
    let now = at("2026-11-23T10:00:00Z");
    let town = town(1, participants, now);
    let seeding = Ambient { generator: std::sync::Arc::new(SeededGenerator::new(5)), ..Ambient::system() };
    let community = Community { demo: false, ..demo::community(&town, now) };
    demo::seed_as(&*db.store, &seeding, &Texts::load(), &town, community).await.unwrap();
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    (db, app, town)
}

async fn publish(db: &Database, app: &TestApp) -> Answer {
    let steward = session(db, Role::Steward).await;
    send(app.request("POST", "releases").bearer_auth(steward).json(&json!({}))).await
}

async fn released(participants: usize) -> (Database, TestApp, Town) {
    let (db, app, town) = attacked(participants).await;
    let made = publish(&db, &app).await;
    assert_eq!(made.status, 201, "{}", made.text());
    (db, app, town)
}

/// Every answer to everybody, to the byte.
async fn snapshot(app: &TestApp) -> BTreeMap<&'static str, Vec<u8>> {
    let mut all = BTreeMap::new();
    for path in PUBLISHED {
        let answer = app.get(path).await;
        assert!(matches!(answer.status.as_u16(), 200 | 204), "{path}: {}", answer.text());
        all.insert(*path, answer.body);
    }
    all
}

/// A place in the middle of the town's warm area.
async fn own_cell(member: &Member<'_>, town: &Town) {
    let mut place = bench();
    let middle = town.warm().centre;
    place["geometry"]["coordinates"] = json!([middle.lon(), middle.lat()]);
    let saved = member.post("places", &place).await;
    assert_eq!(saved.status, 201, "{}", saved.text());
}

#[tokio::test]
async fn a1_a2_neither_who_leaves_nor_who_joins_changes_a_byte_until_the_next_release() {
    let (db, app, town) = released(600).await;
    let member = app.participant().await;
    own_cell(&member, &town).await;
    let before = snapshot(&app).await;
    // A1: somebody who is in the release goes, with all places.
    let id = community_id("kaldavere");
    let entered = db.store.releases_entered(&id).await.unwrap();
    let gone = *entered.keys().next().unwrap();
    let erasure = stead::store::Erasure { erased: [9; 32], at: app.now() };
    db.store.withdraw(gone, &erasure).await.unwrap();
    assert_eq!(send(member.request("DELETE", "me")).await.status.as_u16() / 100, 2);
    assert!(snapshot(&app).await == before, "a byte changed with who left");
    // A2: people join and map, and a month passes.
    for _ in 0..5 {
        own_cell(&app.participant().await, &town).await;
    }
    assert!(snapshot(&app).await == before, "a byte changed with who joined");
    app.clock.advance(SignedDuration::from_hours(24 * 40));
    let after = snapshot(&app).await;
    for (path, body) in &before {
        // Citations and time stamps say the day; what is open in reach is this week's, and public.
        if !["download", "export", "items", "profile"].iter().any(|dated| path.contains(dated)) {
            assert!(&after[path] == body, "{path} changed within a month");
        }
    }
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "the attacker's own watch")]
async fn a9_an_occupied_cell_answers_as_an_empty_one_does() {
    const ROUNDS: usize = 2_000;
    let (db, app, _) = released(600).await;
    let places = db.store.places(&community_id("kaldavere")).await.unwrap();
    let occupied: BTreeSet<String> = places
        .iter()
        .map(|p| engine::grid::cell_at(p.content.geometry.anchor(), h3o::Resolution::Eight).to_string())
        .collect();
    let cells = app.get("releases/latest/cells").await.json();
    let units: Vec<String> =
        cells["features"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap().to_owned()).collect();
    let full = units.iter().find(|unit| occupied.contains(*unit)).expect("somebody is somewhere");
    let empty = units.iter().find(|unit| !occupied.contains(*unit)).expect("somewhere is nobody");
    let path = |unit: &str| format!("/ogc/kaldavere/collections/cells/items/{unit}?f=json");
    let (a, b) = (app.get(&path(full)).await, app.get(&path(empty)).await);
    assert_eq!(a.status, b.status);
    let names =
        |answer: &Answer| answer.headers.keys().map(|k| k.as_str().to_owned()).collect::<BTreeSet<_>>();
    assert_eq!(names(&a), names(&b), "the same headers");
    let keys = |answer: &Answer| -> Vec<String> {
        answer.json()["properties"].as_object().unwrap().keys().cloned().collect()
    };
    assert_eq!(keys(&a), keys(&b));
    // Of every cell: without its numbers and what is public of it, one answer is the other.
    let mut forms = BTreeSet::new();
    for unit in &units {
        let answer = app.get(&path(unit)).await;
        assert!(answer.headers.get("last-modified").is_none(), "when a cell changed says that it did");
        let mut form = answer.json();
        let cell = &cells["features"].as_array().unwrap()[units.iter().position(|u| u == unit).unwrap()];
        assert_eq!(form["properties"]["people"], cell["properties"]["value"]);
        form["id"] = Value::Null;
        form["geometry"]["coordinates"] = Value::Null;
        form["links"] = Value::Null;
        for (_, value) in form["properties"].as_object_mut().unwrap() {
            *value = Value::Null;
        }
        forms.insert(format!("{} {:?} {form}", answer.status, names(&answer)));
    }
    assert_eq!(forms.len(), 1, "{forms:?}");
    let slower = seen_every_time(async || {
        let (mut times_full, mut times_empty) = (Vec::new(), Vec::new());
        for round in 0..ROUNDS {
            let mut pair = [(full, &mut times_full), (empty, &mut times_empty)];
            // Who is asked second finds the way warm: each is as often.
            if round % 2 == 1 {
                pair.reverse();
            }
            for (unit, times) in pair {
                let asked = Instant::now();
                app.get(&path(unit)).await;
                times.push(asked.elapsed());
            }
        }
        // Two-sided p < 0.001.
        (mann_whitney(&times_full, &times_empty).abs() > 3.29).then(|| full.clone()).into_iter().collect()
    });
    assert_eq!(slower.await, BTreeSet::new(), "latencies differ");
}

/// What three measurements by the watch all find. Whatever else the machine does disturbs one or another of them; what the
/// server itself does differently shows each time.
pub async fn seen_every_time(mut measured: impl AsyncFnMut() -> BTreeSet<String>) -> BTreeSet<String> {
    let mut suspects = measured().await;
    for _ in 1..3 {
        if suspects.is_empty() {
            break;
        }
        suspects = &suspects & &measured().await;
    }
    suspects
}

/// The standardised rank sum of two samples.
pub fn mann_whitney(a: &[Duration], b: &[Duration]) -> f64 {
    let mut wins = 0.0;
    for x in a {
        for y in b {
            wins += match x.cmp(y) {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 0.0,
            };
        }
    }
    let (n, m) = (f64::from(u32::try_from(a.len()).unwrap()), f64::from(u32::try_from(b.len()).unwrap()));
    (wins - n * m / 2.0) / (n * m * (n + m + 1.0) / 12.0).sqrt()
}

#[test]
fn the_rank_sum_finds_what_is_slower() {
    let times = |from: u64| (0..500).map(|n| Duration::from_micros(from + n)).collect::<Vec<_>>();
    assert!(mann_whitney(&times(0), &times(0)).abs() < 1e-9);
    assert!(mann_whitney(&times(60), &times(0)) > 3.29);
    // By hand: 2 and 4 against 1 and 3 win three of four pairs: (3 − 2) / √(4 · 5 / 12).
    let of = |numbers: [u64; 2]| numbers.map(Duration::from_micros);
    assert!((mann_whitney(&of([2, 4]), &of([1, 3])) - 1.0 / (20.0_f64 / 12.0).sqrt()).abs() < 1e-12);
}

#[tokio::test]
async fn a11_five_people_in_one_cell_are_not_published_at_all() {
    let (db, app, town) = attacked(0).await;
    for _ in 0..5 {
        own_cell(&app.participant().await, &town).await;
    }
    app.clock.advance(SignedDuration::from_hours(24 * 40));
    let steward = crate::exports::session_at(&db, Role::Steward, app.now()).await;
    let mut told = BTreeSet::new();
    for _ in 0..10 {
        let refused = send(app.request("POST", "releases").bearer_auth(&steward).json(&json!({}))).await;
        assert_eq!(refused.status, 409);
        told.insert(refused.json()["detail"].as_str().unwrap().to_owned());
    }
    assert!(told.len() > 1, "what is told of their number is noise: {told:?}");
    assert_eq!(app.get("releases").await.json(), json!({"releases": []}));
    app.get("releases/latest/cells").await.problem(404, "not-found");
    // Every try was charged, and a year has two.
    let ledger = db.store.ledger(&community_id("kaldavere")).await.unwrap();
    assert_eq!(ledger.len(), 2);
    assert!(ledger.iter().all(|row| row.rho_billionths == 868_056));
}

#[tokio::test]
async fn a12_researchers_and_planners_get_exactly_the_public_table() {
    let (db, app, _) = released(600).await;
    let member = app.participant().await;
    // Everybody is told of researchers, so they are there before anything is asked.
    let mut tokens = Vec::new();
    for role in [Role::Researcher, Role::Planner, Role::Steward, Role::Operator] {
        let token = crate::exports::session_at(&db, role, app.now() - SignedDuration::from_secs(1)).await;
        tokens.push((role, token));
    }
    let public = snapshot(&app).await;
    for (role, token) in tokens {
        for (path, body) in &public {
            let answer = send(app.request("GET", path).bearer_auth(&token)).await;
            assert!(&answer.body == body, "{path} as {}", role.as_str());
        }
    }
    for (path, body) in &public {
        assert!(&member.get(path).await.body == body, "{path} as a participant");
    }
}
