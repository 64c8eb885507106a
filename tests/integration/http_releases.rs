//! Stewards who publish, releases that are called back, and the tables that anybody takes home.

use std::sync::Arc;

use engine::community::Community;
use engine::synthetic::{Town, town};
use jiff::SignedDuration;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use sqlx::Connection as _;
use stead::ambient::Ambient;
use stead::demo;
use stead::store::{Role, Store};
use stead::texts::Texts;

use crate::databases::{Database, Engine, on_both_engines};
use crate::exports::{session, session_at};
use crate::test_app::{
    Answer, SeededGenerator, TestApp, at, community, community_id, kaldavere, release, send,
};

on_both_engines![
    a_steward_publishes_once_a_half_year_and_the_ledger_says_what_it_cost,
    of_two_releases_at_once_one_is_made_and_one_is_refused,
    a_release_that_is_called_back_says_why_and_gives_no_numbers,
    whoever_has_entered_eight_releases_is_counted_in_no_ninth,
    who_was_in_eight_pictures_is_told_so_and_goes_on_only_by_a_renewed_agreement,
    what_cannot_be_stored_stays_charged_and_is_not_made_again,
    only_stewards_publish_and_call_back,
];

/// A community with so many made-up participants; not a demonstration, so it is held to the calendar.
pub async fn seeded(store: &dyn Store, participants: usize) -> Town {
    let town = town(1, participants, at("2026-11-23T10:00:00Z"));
    let seeding = Ambient { generator: Arc::new(SeededGenerator::new(5)), ..Ambient::system() };
    let community = Community { demo: false, ..demo::community(&town, at("2026-11-23T10:00:00Z")) };
    demo::seed_as(store, &seeding, &Texts::load(), &town, community).await.unwrap();
    town
}

pub async fn publish(app: &TestApp, token: &str, body: &Value) -> Answer {
    send(app.request("POST", "releases").bearer_auth(token).json(body)).await
}

async fn layers(db: &Database) -> Vec<String> {
    let ledger = db.store.ledger(&community_id("kaldavere")).await.unwrap();
    ledger.into_iter().map(|row| row.layer).collect()
}

async fn a_steward_publishes_once_a_half_year_and_the_ledger_says_what_it_cost(db: Database) {
    seeded(&*db.store, 600).await;
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    let steward = session(&db, Role::Steward).await;
    let made = publish(&app, &steward, &json!({})).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let release = made.json();
    let location = made.header("location").to_owned();
    assert_eq!(app.get(&location).await.json(), release);
    assert_eq!(app.get("releases/latest").await.json(), release);
    assert_eq!((&release["on_demand"], &release["recalled"]), (&json!(false), &Value::Null));
    assert_eq!((&release["sigma_totals"], &release["sigma_cells"]), (&json!(19), &json!(9)));
    let rho = release["rho"].as_f64().unwrap();
    assert!(rho > 0.0995 && rho <= 0.1, "{rho}");
    let kinds: Vec<&str> =
        release["totals"].as_array().unwrap().iter().map(|t| t["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["being", "doing", "connectedness", "hope", "identity", "meaning", "empowerment"]);
    for total in release["totals"].as_array().unwrap() {
        let number = |name: &str| total[name].as_f64().unwrap();
        assert!((number("high") - number("low") - 2.0 * 1.645 * 19.0).abs() < 1e-9);
        assert_eq!(total["enough"], number("people") >= 40.0);
    }
    assert_eq!(layers(&db).await, ["start_gate", "cells", "neighbourhoods", "totals"]);
    let file = app.get("releases/latest/download.jsonl").await;
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&file.body));
    assert_eq!(release["sha256"], hash, "the published hash is that of the file");
    assert_eq!(file.text().lines().nth(3), Some("null"), "too few for activities");

    // Again in the same half-year: refused before anything is charged.
    let again = publish(&app, &steward, &json!({})).await;
    let why = again.json()["detail"].as_str().unwrap().to_owned();
    again.problem(409, "conflict");
    assert!(why.contains("2026-09-01") && why.contains("2027-03-01"), "{why}");
    assert_eq!(layers(&db).await.len(), 4, "a refusal of the calendar costs nothing");

    // From March on, and with the clock gone back not at all.
    app.clock.advance(SignedDuration::from_hours(24 * 99));
    let later = session_at(&db, Role::Steward, app.now()).await;
    let second = publish(&app, &later, &json!({})).await;
    assert_eq!(second.status, 201, "{}", second.text());
    // The start gate guards the first release alone.
    let layers = ["start_gate", "cells", "neighbourhoods", "totals", "cells", "neighbourhoods", "totals"];
    assert_eq!(self::layers(&db).await, layers);
    assert!(second.json()["rho"].as_f64().unwrap() < rho);
    let ledger = db.store.ledger(&community_id("kaldavere")).await.unwrap();
    for row in &ledger {
        let (version, hash) = row.code.split_once("+sha256.").unwrap();
        assert_eq!((version, hash.len(), &row.code), (env!("CARGO_PKG_VERSION"), 64, &ledger[0].code));
    }
    app.clock.advance(SignedDuration::from_hours(-24 * 99));
    let back = publish(&app, &steward, &json!({})).await;
    assert!(back.json()["detail"].as_str().unwrap().contains("check the clock"), "{}", back.text());
    back.problem(409, "conflict");
    // Two releases cost ρ 0.1990 of the year's 0.20: September lies within a year of November.
    app.clock.advance(SignedDuration::from_hours(24 * 300));
    let latest = session_at(&db, Role::Steward, app.now()).await;
    let spent = publish(&app, &latest, &json!({})).await;
    assert!(spent.json()["detail"].as_str().unwrap().contains("a year may cost 0.2"), "{}", spent.text());
    spent.problem(409, "conflict");
    assert_eq!(app.get("releases").await.json()["releases"].as_array().unwrap().len(), 2);
}

async fn of_two_releases_at_once_one_is_made_and_one_is_refused(db: Database) {
    seeded(&*db.store, 600).await;
    // Two servers on one database.
    let apps = [
        TestApp::on(db.store.clone(), 1, |config| config).await,
        TestApp::on(stead::store::open(&db.url).await.unwrap(), 2, |config| config).await,
    ];
    let steward = session(&db, Role::Steward).await;
    let body = json!({});
    let (a, b, c, d) = tokio::join!(
        publish(&apps[0], &steward, &body),
        publish(&apps[1], &steward, &body),
        publish(&apps[0], &steward, &body),
        publish(&apps[1], &steward, &body),
    );
    let mut answers = [a, b, c, d].map(|answer| answer.status.as_u16());
    answers.sort_unstable();
    assert_eq!(answers, [201, 409, 409, 409]);
    let community = community_id("kaldavere");
    assert_eq!(db.store.releases(&community).await.unwrap().len(), 1);
    let charged = layers(&db).await;
    assert_eq!(charged.iter().filter(|layer| *layer != "start_gate").count(), 3, "{charged:?}");
    let entered = db.store.releases_entered(&community).await.unwrap();
    assert!(!entered.is_empty() && entered.values().all(|releases| *releases == 1));
}

async fn a_release_that_is_called_back_says_why_and_gives_no_numbers(db: Database) {
    kaldavere(&*db.store).await;
    for n in [7, 8] {
        db.store.save_release(&release(n)).await.unwrap();
    }
    let app = TestApp::on(db.store.clone(), 4, |config| config).await;
    let other = TestApp::on(stead::store::open(&db.url).await.unwrap(), 5, |config| config).await;
    let before = app.get("releases/latest").await.json();
    let id = before["id"].as_str().unwrap().to_owned();
    let steward = session(&db, Role::Steward).await;
    let recall = async |reason: Value| {
        let path = format!("releases/{id}/recall");
        send(app.request("POST", &path).bearer_auth(&steward).json(&json!({"reason": reason}))).await
    };
    for wrong in [json!(""), json!("  "), json!("x".repeat(2_001)), json!("a\u{0}"), json!(7), Value::Null] {
        recall(wrong).await.problem(422, "invalid-input");
    }
    let recalled = recall(json!("the noise was half of what it should be")).await;
    assert_eq!(recalled.status, 200, "{}", recalled.text());
    assert_eq!(recall(json!("I changed my mind")).await.json(), recalled.json(), "the first reason stays");
    let after = recalled.json();
    assert_eq!(after["recalled"]["reason"], "the noise was half of what it should be");
    assert_eq!(after["sha256"], before["sha256"], "the hash of what was published stays published");
    let paths = ["cells", "heat", "hotspots", "download.csv", "download.jsonl"]
        .map(|path| format!("releases/{id}/{path}"));
    let tiles = [
        format!("/tiles/kaldavere/releases/{id}/cells"),
        format!("/tiles/kaldavere/releases/{id}/cells/0/0/0"),
    ];
    crate::test_app::eventually("the other process follows", || async {
        other.get(&format!("releases/{id}/cells")).await.status == 410
    })
    .await;
    for app in [&app, &other] {
        for path in paths.iter().chain(&tiles) {
            app.get(path).await.problem(410, "gone");
        }
        assert_eq!(app.get(&format!("releases/{id}")).await.json(), after);
        let latest = app.get("releases/latest").await.json();
        assert_ne!(latest["id"], id, "the newest that was not called back");
        assert_eq!(app.get("/api/communities/kaldavere").await.json()["latest_release"], latest["id"]);
        assert_eq!(app.get("releases").await.json()["releases"].as_array().unwrap().len(), 2);
    }
    let stored = db.store.release(&community_id("kaldavere"), id.parse().unwrap()).await.unwrap().unwrap();
    assert_eq!(stored.cells, release(8).cells, "the table stays in the database");
}

async fn whoever_has_entered_eight_releases_is_counted_in_no_ninth(db: Database) {
    seeded(&*db.store, 600).await;
    let community = community_id("kaldavere");
    let places = db.store.places(&community).await.unwrap();
    let mut everybody: Vec<_> = places.iter().map(|place| place.owner).collect();
    everybody.sort_unstable();
    everybody.dedup();
    for n in 0..8 {
        let entered = db.store.enter_release(&community, release(1_000 + n).id, &everybody, 8).await.unwrap();
        assert_eq!(entered.len(), everybody.len());
    }
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    let steward = session(&db, Role::Steward).await;
    let refused = publish(&app, &steward, &json!({})).await;
    assert!(refused.json()["detail"].as_str().unwrap().contains("releases start at about 300"));
    refused.problem(409, "conflict");
    assert!(db.store.releases_entered(&community).await.unwrap().values().all(|entered| *entered == 8));
}

async fn who_was_in_eight_pictures_is_told_so_and_goes_on_only_by_a_renewed_agreement(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.join(true).await;
    let pictures = async || member.get("me").await.json()["pictures"].clone();
    assert_eq!((&pictures().await["entered"], &pictures().await["most"]), (&json!(0), &json!(8)));
    let renew = async |version: &str, shown: u32| {
        member.post("me/renewal", &json!({"version": version, "pictures": shown})).await
    };
    let early = renew("2026-3", 0).await;
    assert!(early.text().contains("more pictures already"), "{}", early.text());
    early.problem(409, "conflict");
    let id = engine::ParticipantId(member.id.parse().unwrap());
    for n in 0..8 {
        let entered =
            db.store.enter_release(&community_id("kaldavere"), release(n).id, &[id], 8).await.unwrap();
        assert_eq!(entered, [id]);
    }
    let told = pictures().await;
    assert_eq!((&told["entered"], &told["most"]), (&json!(8), &json!(8)));
    assert!((told["epsilon"].as_f64().unwrap() - 6.83).abs() < 0.005, "{told}");
    assert!((told["epsilon_renewed"].as_f64().unwrap() - 10.23).abs() < 0.005, "{told}");
    // Deliberately: with the text and the number that are.
    renew("2026-1", 8).await.problem(409, "conflict");
    renew("2026-3", 7).await.problem(409, "conflict");
    app.post("me/renewal", &json!({"version": "2026-3", "pictures": 8})).await.problem(401, "unauthorised");
    assert_eq!(pictures().await["most"], 8);
    let renewed = renew("2026-3", 8).await;
    assert_eq!(renewed.status, 200, "{}", renewed.text());
    assert_eq!(renewed.json()["pictures"]["most"], 16);
    assert_eq!(db.store.consents(id).await.unwrap().len(), 2);
    renew("2026-3", 8).await.problem(409, "conflict");
    let next = db.store.enter_release(&community_id("kaldavere"), release(9).id, &[id], 8).await.unwrap();
    assert_eq!(next, [id]);
    // Not by somebody who does not agree to published maps.
    let other = app.join(false).await;
    let refused = other.post("me/renewal", &json!({"version": "2026-3", "pictures": 0})).await;
    refused.problem(409, "conflict");
}

/// The machine fails between the noise and the table: the database takes no release.
async fn what_cannot_be_stored_stays_charged_and_is_not_made_again(db: Database) {
    seeded(&*db.store, 600).await;
    let fail = if db.url.starts_with("sqlite") {
        "CREATE TRIGGER no_space BEFORE INSERT ON release BEGIN SELECT RAISE(ABORT, 'the disk is full'); END"
    } else {
        "CREATE TRIGGER no_space BEFORE INSERT ON release FOR EACH ROW EXECUTE FUNCTION refuse()"
    };
    execute(&db, fail).await;
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    let steward = session(&db, Role::Steward).await;
    assert_eq!(publish(&app, &steward, &json!({})).await.status.as_u16() / 100, 5);
    let charged = ["start_gate", "cells", "neighbourhoods", "totals"];
    assert_eq!(layers(&db).await, charged);
    let community = community_id("kaldavere");
    let entered = db.store.releases_entered(&community).await.unwrap();
    assert!(!entered.is_empty() && entered.values().all(|releases| *releases == 1));
    execute(
        &db,
        if db.url.starts_with("sqlite") {
            "DROP TRIGGER no_space"
        } else {
            "DROP TRIGGER no_space ON release"
        },
    )
    .await;

    // The noise was drawn and the half-year is taken, though nobody ever saw the numbers.
    let again = publish(&app, &steward, &json!({})).await;
    assert!(again.json()["detail"].as_str().unwrap().contains("has its release already"), "{}", again.text());
    again.problem(409, "conflict");
    assert_eq!(layers(&db).await, charged);
    // The next half-year's needs no gate, and counts as everybody's second.
    app.clock.advance(SignedDuration::from_hours(24 * 99));
    let later = session_at(&db, Role::Steward, app.now()).await;
    assert_eq!(publish(&app, &later, &json!({})).await.status, 201);
    let entered = db.store.releases_entered(&community).await.unwrap();
    assert!(entered.values().any(|releases| *releases == 2));
    assert_eq!(db.store.releases(&community).await.unwrap().len(), 1);
}

/// Looks behind the store's back.
async fn execute(db: &Database, sql: &'static str) {
    if db.url.starts_with("sqlite") {
        let mut connection = sqlx::SqliteConnection::connect(&db.url).await.unwrap();
        sqlx::query(sql).execute(&mut connection).await.unwrap();
    } else {
        let mut connection = sqlx::PgConnection::connect(&db.url).await.unwrap();
        sqlx::query(sql).execute(&mut connection).await.unwrap();
    }
}

async fn only_stewards_publish_and_call_back(db: Database) {
    kaldavere(&*db.store).await;
    db.store.save_release(&release(7)).await.unwrap();
    let app = TestApp::on(db.store.clone(), 4, |config| config).await;
    let recall = json!({"reason": "no"});
    for (path, body) in [("releases", json!({})), ("releases/latest/recall", recall)] {
        app.post(path, &body).await.problem(401, "unauthorised");
        app.participant().await.post(path, &body).await.problem(401, "unauthorised");
    }
    for role in [Role::Planner, Role::Researcher] {
        let token = session(&db, role).await;
        publish(&app, &token, &json!({})).await.problem(403, "forbidden");
    }
    let steward = session(&db, Role::Steward).await;
    let refused = publish(&app, &steward, &json!({"on_demand": true})).await;
    assert!(refused.json()["detail"].as_str().unwrap().contains("demonstration"));
    refused.problem(409, "conflict");
    publish(&app, &steward, &json!({"seed": 7})).await.problem(422, "invalid-input");
    // Five people are not three hundred: the try costs a little, and says so.
    let few = publish(&app, &steward, &json!({})).await;
    assert!(few.json()["detail"].as_str().unwrap().contains("start at about 300"), "{}", few.text());
    few.problem(409, "conflict");
    assert_eq!(layers(&db).await, ["start_gate"]);
    assert_eq!(app.get("releases").await.json()["releases"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_community_without_bounds_is_refused_in_words() {
    let db = Database::fresh(Engine::Sqlite).await;
    let nowhere = Community { bounds: None, ..community("kaldavere") };
    db.store.add_community(&nowhere).await.unwrap();
    let app = TestApp::on(db.store.clone(), 4, |config| config).await;
    let steward = session(&db, Role::Steward).await;
    let refused = publish(&app, &steward, &json!({})).await;
    assert!(refused.json()["detail"].as_str().unwrap().contains("no bounds yet"), "{}", refused.text());
    refused.problem(409, "conflict");
    assert!(layers(&db).await.is_empty());
}

#[tokio::test]
async fn a_download_says_in_every_row_what_is_promised_and_whom_to_credit() {
    let db = Database::fresh(Engine::Sqlite).await;
    kaldavere(&*db.store).await;
    db.store.save_release(&release(7)).await.unwrap();
    let app = TestApp::on(db.store.clone(), 4, |config| config).await;
    let id = app.get("releases/latest").await.json()["id"].clone();
    let answer = app.get("releases/latest/download.geojson").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let told = answer.json();
    let cells = app.get("releases/latest/cells").await.json();
    let rows = told["features"].as_array().unwrap();
    assert_eq!(rows.len(), cells["features"].as_array().unwrap().len() + 2);
    for (row, cell) in rows.iter().zip(cells["features"].as_array().unwrap()) {
        assert_eq!(row["properties"]["people"], cell["properties"]["value"]);
        assert_eq!((&row["properties"]["release"], &row["properties"]["policy"]), (&id, &json!("formal")));
        assert_eq!(row["properties"]["released_at"], "2026-06-01T00:00:00Z");
        let guarantee = row["properties"]["guarantee"].as_str().unwrap();
        assert!(guarantee.contains("ε = 2.30") && guarantee.contains("6.83"), "{guarantee}");
        let attribution = row["properties"]["attribution"].as_str().unwrap();
        assert!(attribution.contains(id.as_str().unwrap()) && attribution.contains("OpenStreetMap"));
    }
    let csv = app.get("releases/latest/download.csv").await;
    assert!(csv.header("content-type").starts_with("text/csv"));
    let text = csv.text();
    let columns = text.lines().next().unwrap();
    assert!(columns.contains("sigma") && columns.contains("guarantee"), "{columns}");
    assert_eq!(text.trim_end().lines().count(), rows.len() + 1);
    let again =
        app.request("GET", "releases/latest/download.csv").header("If-None-Match", csv.header("etag"));
    assert_eq!(send(again).await.status, 304);
    let gpkg = app.get("releases/latest/download.gpkg").await;
    assert!(gpkg.body.starts_with(b"SQLite format 3\0"));
    // A release of before the ground was kept has three tables, and the hash that it always had.
    let file = app.get("releases/latest/download.jsonl").await;
    assert_eq!(file.header("content-type"), "application/jsonl");
    assert_eq!(file.text().lines().count(), 3);
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&file.body));
    assert_eq!(app.get("releases/latest").await.json()["sha256"], hash);
    let again =
        app.request("GET", "releases/latest/download.jsonl").header("If-None-Match", file.header("etag"));
    assert_eq!(send(again).await.status, 304);
    app.get("releases/latest/download.xlsx").await.problem(404, "not-found");
    app.get("releases/latest/download.csv?where=1").await.problem(400, "invalid-input");
}

#[tokio::test]
async fn measures_of_neighbourhoods_come_with_their_company_or_not_at_all() {
    let db = Database::fresh(Engine::Sqlite).await;
    seeded(&*db.store, 600).await;
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    let steward = session(&db, Role::Steward).await;
    let made = publish(&app, &steward, &json!({})).await;
    assert_eq!(made.status, 201);
    let made = made.json();
    for (measure, stat, quiet) in [
        ("relative", "fay-herriot", ["none", "not_enough"]),
        ("quality", "fay-herriot", ["none", "not_enough"]),
        ("profile", "monte-carlo", ["not_distinguishable", "not_enough"]),
    ] {
        let path = format!("releases/latest/hotspots?measure={measure}");
        let answer = app.get(&path).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        let told = answer.json();
        assert_eq!((&told["stat"], &told["units"]), (&json!(stat), &json!("neighbourhoods")));
        // What is taken home says by itself when it was made, what it promises and whom to credit.
        assert_eq!((&told["made_at"], &told["guarantee"]), (&made["made_at"], &made["guarantee"]));
        let guarantee = told["guarantee"].as_str().unwrap();
        // What it does not cover is told wherever it is told (specification §2.3).
        let limits =
            ["account, support-query, backup or log channels", "what friends know", "up to g² times"];
        assert!(
            guarantee.contains("ε = 2.14") && limits.iter().all(|limit| guarantee.contains(limit)),
            "{guarantee}"
        );
        assert!(told.as_object().unwrap().contains_key("attribution"));
        let features = told["features"].as_array().unwrap();
        assert!(!features.is_empty());
        let loud = features.iter().filter(|f| !quiet.contains(&f["properties"]["class"].as_str().unwrap()));
        assert_eq!(told["significant"], loud.count());
        for feature in features {
            let p = &feature["properties"];
            let number = |name: &str| p[name].as_f64();
            assert!(p["name"].is_string() && p["people"].is_i64());
            assert_eq!(p["value"].is_null(), number("low").is_none() && number("high").is_none());
            if number("people") < Some(30.0) {
                assert_eq!(
                    (&p["class"], &p["value"], &p["q"]),
                    (&json!("not_enough"), &Value::Null, &Value::Null)
                );
            }
            if let (Some(value), Some(low), Some(high)) = (number("value"), number("low"), number("high")) {
                assert!(low < value && value < high && number("q").is_some(), "{p}");
            }
            if measure == "profile" {
                assert_eq!(p["experimental"], true);
                assert!(p["index"].is_null(), "600 participants are too few for the composite");
                let rhythm = p["opportunity"]["rhythm"].as_f64().unwrap();
                assert!((0.0..=1.0).contains(&rhythm));
                assert!(p.get("rank").is_none());
            }
        }
        assert_eq!(app.get(&path).await.body, answer.body, "the same release says the same");
        app.get(&format!("{path}&units=cells")).await.problem(400, "invalid-input");
        app.get(&format!("{path}&stat=gi-star")).await.problem(400, "invalid-input");
    }
}
