//! What changed between two releases, over HTTP: computed from the published tables of both and from nothing else.

use std::collections::HashMap;
use std::sync::Arc;

use engine::LonLat;
use engine::grid::cell_at;
use h3o::Resolution;
use jiff::SignedDuration;
use serde_json::{Value, json};
use stead::ambient::Ambient;
use stead::demo;
use stead::store::{Recall, Role, StoredRelease};
use stead::texts::Texts;
use uuid::Uuid;

use crate::databases::{Database, Engine, on_both_engines};
use crate::exports::session;
use crate::test_app::{SeededGenerator, TestApp, TestClock, at, community_id, kaldavere, release, send};

on_both_engines![
    two_releases_are_compared_with_the_noise_of_both,
    rates_and_experience_are_compared_where_both_releases_have_enough_people,
    what_cannot_be_compared_is_refused_in_words,
    a_difference_with_a_release_that_was_called_back_is_gone,
    everybody_gets_the_same_difference_and_a_withdrawal_does_not_change_it,
];

pub fn id(n: u128) -> String {
    Uuid::from_u128(n).to_string()
}

/// The later release, of half a year after `release(7)`: sixty more people in one planted cell, ninety fewer in
/// another; and in the first neighbourhood eighty more.
fn later() -> StoredRelease {
    let mut later = release(8);
    later.made_at = at("2026-11-01T00:00:00Z");
    let cells = later.cells["cells"].as_array_mut().unwrap();
    let planted: Vec<usize> = (0..cells.len()).filter(|&row| cells[row][1].as_i64().unwrap() > 50).collect();
    for (row, by) in [(planted[0], 60), (planted[1], -90)] {
        cells[row][1] = json!(cells[row][1].as_i64().unwrap() + by);
    }
    later.neighbourhoods["neighbourhoods"][0]["people"] = json!(120);
    later
}

pub async fn two_releases(db: &Database) -> TestApp {
    kaldavere(&*db.store).await;
    db.store.save_release(&release(7)).await.unwrap();
    db.store.save_release(&later()).await.unwrap();
    TestApp::on(db.store.clone(), 4, |config| config).await
}

fn by_unit(collection: &Value) -> HashMap<String, Value> {
    let features = collection["features"].as_array().unwrap();
    features
        .iter()
        .map(|f| (f["properties"]["unit"].as_str().unwrap().to_owned(), f["properties"].clone()))
        .collect()
}

async fn two_releases_are_compared_with_the_noise_of_both(db: Database) {
    let app = two_releases(&db).await;
    let path = format!("releases/latest/difference?from={}", id(7));
    let answer = app.get(&path).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert!(answer.header("content-type").starts_with("application/geo+json"));
    let told = answer.json();
    assert_eq!((&told["release"], &told["from"]), (&json!(id(8)), &json!(id(7))));
    assert_eq!(
        (&told["made_at"], &told["from_made_at"]),
        (&json!("2026-11-01T00:00:00Z"), &json!("2026-06-01T00:00:00Z"))
    );
    assert_eq!(
        (&told["measure"], &told["stat"], &told["units"]),
        (&json!("concentration"), &json!("difference"), &json!("cells"))
    );
    assert_eq!(told["policy"], "formal");
    assert!(told["guarantee"].as_str().unwrap().contains("6.83"));
    // Nothing but what both releases publish.
    let (late, early) = (
        by_unit(&app.get("releases/latest/cells").await.json()),
        by_unit(&app.get(&format!("releases/{}/cells", id(7))).await.json()),
    );
    let changes = by_unit(&told);
    assert_eq!((changes.len(), told["n_tested"].as_u64()), (late.len(), u64::try_from(late.len()).ok()));
    let mut loud = Vec::new();
    for (unit, p) in &changes {
        let (a, b) = (late[unit]["value"].as_f64().unwrap(), early[unit]["value"].as_f64().unwrap());
        let number = |name: &str| p[name].as_f64();
        assert_eq!(
            (number("value"), number("people"), number("people_before")),
            (Some(a - b), Some(a), Some(b))
        );
        let half = 1.645 * 9.0 * 2.0_f64.sqrt();
        assert!((number("low").unwrap() - (a - b - half)).abs() < 1e-9);
        assert!((number("high").unwrap() - (a - b + half)).abs() < 1e-9);
        match p["class"].as_str().unwrap() {
            "not_enough" => assert_eq!((&p["z"], &p["q"]), (&Value::Null, &Value::Null)),
            "none" => assert!(number("q").unwrap() > 0.1),
            class => loud.push((class.to_owned(), a - b)),
        }
    }
    loud.sort_by(|a, b| a.1.total_cmp(&b.1));
    assert_eq!(loud, [("cold99".to_owned(), -90.0), ("hot99".to_owned(), 60.0)]);
    assert_eq!(told["significant"], 2);
    let again = app.request("GET", &path).header("If-None-Match", answer.header("etag"));
    assert_eq!(send(again).await.status, 304);
}

async fn rates_and_experience_are_compared_where_both_releases_have_enough_people(db: Database) {
    let app = two_releases(&db).await;
    let base = format!("releases/latest/difference?from={}", id(7));
    let people = app.get(&format!("{base}&units=neighbourhoods")).await.json();
    let first = &by_unit(&people)[&id(1)];
    assert_eq!(
        (&first["value"], &first["people"], &first["people_before"]),
        (&json!(80.0), &json!(120), &json!(40))
    );
    assert_eq!(first["class"], "hot99");
    let quality = app.get(&format!("{base}&measure=quality")).await.json();
    assert_eq!((&quality["units"], &quality["n_tested"]), (&json!("neighbourhoods"), &json!(2)));
    // The same sum of valences for three times as many people.
    let first = &by_unit(&quality)[&id(1)];
    let expected = 12.0 / 16.0 / 120.0 - 12.0 / 16.0 / 40.0;
    assert!((first["value"].as_f64().unwrap() - expected).abs() < 1e-12, "{first}");
    // The residents of today, for both.
    let areas = app.get("neighbourhoods").await.json();
    let residents = |unit: &str| {
        let all = areas["features"].as_array().unwrap();
        all.iter().find(|area| area["id"] == unit).unwrap()["properties"]["population"].as_f64().unwrap()
    };
    let relative = app.get(&format!("{base}&measure=relative")).await.json();
    assert_eq!(relative["n_tested"], 2);
    let first = &by_unit(&relative)[&id(1)];
    let expected = 1_000.0 * 80.0 / residents(&id(1));
    assert!((first["value"].as_f64().unwrap() - expected).abs() < 1e-9, "{first}");
}

async fn what_cannot_be_compared_is_refused_in_words(db: Database) {
    let app = two_releases(&db).await;
    let smaller = cell_at(LonLat::new(26.70, 58.38).unwrap(), Resolution::Nine);
    let finer = StoredRelease {
        id: "00000000-0000-0000-0000-000000000006".parse().unwrap(),
        made_at: at("2026-01-01T00:00:00Z"),
        cells: json!({"release": id(6), "sigma": 9, "cells": [[smaller.to_string(), 4]]}),
        neighbourhoods: Value::Null,
        ..release(6)
    };
    db.store.save_release(&finer).await.unwrap();
    let app = {
        drop(app);
        TestApp::on(db.store.clone(), 5, |config| config).await
    };
    let (seven, eight) = (id(7), id(8));
    for (path, says) in [
        ("latest/difference".to_owned(), "must be an earlier release"),
        ("latest/difference?from=".to_owned(), "must be an earlier release"),
        ("latest/difference?from=last".to_owned(), "must be an earlier release"),
        ("latest/difference?from=latest".to_owned(), "another release"),
        (format!("{eight}/difference?from={eight}"), "another release"),
        (format!("{seven}/difference?from=latest"), "earlier of the two"),
        (format!("{seven}/difference?from={eight}"), "earlier of the two"),
        (format!("latest/difference?from={}", id(6)), "cells of two sizes"),
        (format!("latest/difference?from={}&units=neighbourhoods", id(6)), "no unit in common"),
        (format!("latest/difference?from={seven}&measure=profile"), "measure"),
        (format!("latest/difference?from={seven}&measure=relative&units=cells"), "units"),
        (format!("latest/difference?from={seven}&stat=gi-star"), "stat"),
        (format!("latest/difference?from={seven}&from={seven}"), "twice"),
    ] {
        let answer = app.get(&format!("releases/{path}")).await;
        let detail = answer.json()["detail"].as_str().unwrap_or_default().to_owned();
        answer.problem(400, "invalid-input");
        assert!(detail.contains(says), "{path}: {detail}");
    }
    app.get(&format!("releases/latest/difference?from={}", id(99))).await.problem(404, "not-found");
    app.get(&format!("releases/{}/difference?from={seven}", id(99))).await.problem(404, "not-found");
}

async fn a_difference_with_a_release_that_was_called_back_is_gone(db: Database) {
    kaldavere(&*db.store).await;
    for stored in [release(7), later()] {
        db.store.save_release(&stored).await.unwrap();
    }
    let recall = Recall { reason: "too little noise".to_owned(), at: at("2026-11-02T00:00:00Z") };
    db.store.recall_release(&community_id("kaldavere"), release(7).id, &recall).await.unwrap();
    let app = TestApp::on(db.store.clone(), 4, |config| config).await;
    let answer = app.get(&format!("releases/latest/difference?from={}", id(7))).await;
    assert!(answer.text().contains("too little noise"));
    answer.problem(410, "gone");
}

async fn everybody_gets_the_same_difference_and_a_withdrawal_does_not_change_it(db: Database) {
    let app = two_releases(&db).await;
    let member = app.participant().await;
    member.save_bench().await;
    let path = format!("releases/latest/difference?from={}&units=neighbourhoods", id(7));
    let public = app.get(&path).await.body;
    for role in [Role::Researcher, Role::Planner, Role::Steward] {
        let token = session(&db, role).await;
        assert_eq!(send(app.request("GET", &path).bearer_auth(&token)).await.body, public, "{role:?}");
    }
    assert_eq!(member.delete("me", "*").await.status.as_u16() / 100, 2);
    assert_eq!(app.get(&path).await.body, public);
}

/// Half a year ago and now, with more places everywhere and one neighbourhood that people turned away from.
#[tokio::test]
async fn the_demonstration_has_two_releases_and_the_planted_change_is_found() {
    let db = Database::fresh(Engine::Sqlite).await;
    let now = at("2026-11-23T10:00:00Z");
    let town = engine::synthetic::town(1, 600, now);
    let ambient =
        Ambient { clock: Arc::new(TestClock::at(now)), generator: Arc::new(SeededGenerator::new(5)) };
    demo::seed(&*db.store, &ambient, &Texts::load(), &town).await.unwrap();
    let made = demo::publish_twice(&*db.store, &ambient, &town).await.map(Result::unwrap);
    assert!(made.iter().all(|release| release.on_demand));
    let between = made[1].made_at.duration_since(made[0].made_at);
    assert_eq!(between, SignedDuration::from_hours(24 * 380));
    let app = TestApp::on(db.store.clone(), 4, |config| config).await;
    assert_eq!(app.get("releases/latest").await.json()["id"], made[1].id.to_string());
    let path = format!("releases/latest/difference?from={}&units=neighbourhoods", made[0].id);
    let told = app.get(&path).await.json();
    let left = demo::left_by_people(&town).id.to_string();
    let class = |unit: &str| by_unit(&told)[unit]["class"].as_str().unwrap().to_owned();
    assert!(class(&left).starts_with("cold9"), "{told}");
    let warm = town.neighbourhoods().iter().find(|n| n.contains(town.warm().centre)).unwrap();
    assert!(class(&warm.id.to_string()).starts_with("hot9"), "{told}");
    let fewer: Vec<_> =
        by_unit(&told).into_values().filter(|p| p["class"].as_str().unwrap().starts_with("cold")).collect();
    assert_eq!(fewer.len(), 1, "fewer people nowhere else");
    // People feel worse in the cold area, and nowhere else.
    let feel = app.get("releases/latest/hotspots?measure=quality&units=neighbourhoods").await.json();
    let worse: Vec<_> = by_unit(&feel)
        .into_iter()
        .filter(|(_, p)| p["class"].as_str().unwrap().starts_with("cold"))
        .collect();
    let cold = town.neighbourhoods().iter().find(|n| n.contains(town.cold().centre)).unwrap();
    assert_eq!(worse.iter().map(|(unit, _)| unit).collect::<Vec<_>>(), [&cold.id.to_string()], "{feel}");
}
