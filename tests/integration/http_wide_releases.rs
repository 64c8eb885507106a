//! What a release of many participants holds beyond one of few, over HTTP; and where neighbourhoods get no number.
//!
//! 5,200 people are enough for every layer there is: finer cells and the numbers by kind from 2,000 on, activities from
//! 5,000 on. The start gate's noise of σ = 24 leaves no doubt.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::community::{Community, Purposes};
use engine::feeling::Feeling;
use engine::grid::{Precision, cells_touching};
use engine::neighbourhood::Neighbourhood;
use engine::place::{Chime, Geometry, Place};
use engine::privacy::picture::{cell_hotspots, totals};
use engine::privacy::{ActivityTable, CellTable, NeighbourhoodTable, Published, TotalsTable};
use engine::synthetic::{Town, town};
use engine::{Bounds, LonLat, ParticipantId, PlaceId};
use h3o::Resolution;
use jiff::SignedDuration;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use stead::demo;
use stead::store::{NewPlace, Role, Store};
use uuid::Uuid;

use crate::attacks_known::joining;
use crate::bad_input::rectangle;
use crate::databases::{Database, Engine};
use crate::exports::session_at;
use crate::test_app::{TestApp, at, community_id, send};

const NOW: &str = "2026-11-23T10:00:00Z";

/// Somebody's place, old enough to be counted.
struct Pin {
    owner: usize,
    at: LonLat,
    warm: bool,
    activity: &'static str,
}

async fn populate(store: &dyn Store, people: usize, pattern: &Place, pins: impl IntoIterator<Item = Pin>) {
    let (now, id) = (at(NOW), community_id("kaldavere"));
    let mut owners = Vec::new();
    for n in 0..people {
        let joining = joining(n, now);
        owners.push(joining.participant.id);
        store.join(&joining).await.unwrap();
    }
    for (n, pin) in (1_000_000..).zip(pins) {
        let mut place = pattern.clone();
        place.id = PlaceId(Uuid::from_u128(n));
        place.owner = owners.get(pin.owner).copied().unwrap_or(ParticipantId(Uuid::nil()));
        let content = &mut place.content;
        content.geometry = Geometry::Point(pin.at);
        content.precision = Precision::Exact;
        content.home = false;
        content.share = Purposes { research: false, published_maps: true, public_story: false };
        content.feelings = vec![Feeling::new(if pin.warm { "joy" } else { "sadness" }, 3).unwrap()];
        content.chime =
            if pin.warm { vec![Chime::Hope, Chime::Meaning, Chime::Connectedness] } else { vec![] };
        // There are eighteen neighbourhoods in turn, so in each of them every other person.
        (content.being, content.doing) = (pin.warm || n / 18 % 2 == 0, pin.warm || n / 18 % 2 == 1);
        content.activities = vec![pin.activity.to_owned()];
        place.created_at = now - SignedDuration::from_hours(24 * 60);
        place.updated_at = place.created_at;
        let new = NewPlace { community: id.clone(), place, idempotency: None, most: 500 };
        store.insert_place(&new).await.unwrap();
    }
}

/// The made-up town without its people.
async fn emptied(store: &dyn Store, bounds: Option<Bounds>) -> (Town, Place) {
    let town = town(1, 5, at(NOW));
    let mut community = Community { demo: false, ..demo::community(&town, at(NOW)) };
    community.bounds = bounds.or(community.bounds);
    store.add_community(&community).await.unwrap();
    let pattern = town.participants().find_map(|person| person.places.first().cloned()).expect("a place");
    (town, pattern)
}

async fn publish(db: &Database, app: &TestApp) -> Value {
    let steward = session_at(db, Role::Steward, app.now()).await;
    let made = send(app.request("POST", "releases").bearer_auth(steward).json(&json!({}))).await;
    assert_eq!(made.status, 201, "{}", made.text());
    made.json()
}

/// The lines of the file that the release's hash is of.
async fn tables(app: &TestApp) -> Vec<String> {
    let release = app.get("releases/latest").await.json();
    let answer = app.get("releases/latest/download.jsonl").await;
    assert_eq!((answer.status.as_u16(), answer.header("content-type")), (200, "application/jsonl"));
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(&answer.body));
    assert_eq!(release["sha256"], hash, "the file is what the hash is of");
    answer.text().lines().map(str::to_owned).collect()
}

async fn rows(app: &TestApp, units: &str) -> Vec<Value> {
    let told = app.get("releases/latest/download.geojson").await.json();
    let all = told["features"].as_array().unwrap();
    all.iter().map(|f| f["properties"].clone()).filter(|p| p["units"] == units).collect()
}

const EIGHT: [&str; 8] =
    ["sitting", "talking", "eating", "music", "walking", "nature", "learning", "shopping"];

#[tokio::test]
async fn a_release_of_very_many_participants_has_every_layer_and_can_be_rebuilt_from_its_download() {
    const PEOPLE: usize = 5_200;
    let db = Database::fresh(Engine::Sqlite).await;
    let (town, pattern) = emptied(&*db.store, None).await;
    let id = community_id("kaldavere");
    // Two of the neighbourhoods get no number.
    let mut neighbourhoods: Vec<Neighbourhood> = town.neighbourhoods().to_vec();
    neighbourhoods.sort_by_key(|n| n.id);
    neighbourhoods[0].population = None;
    neighbourhoods[1].population = Some(4_999);
    neighbourhoods[2].population = Some(5_000);
    db.store.upsert_neighbourhoods(&id, &neighbourhoods, at(NOW)).await.unwrap();
    let large = &neighbourhoods[2..];
    // The first is warm. In every other one people do all sorts of things, in the rest everybody does one: were a single
    // one diverse, shrinkage would rightly doubt it.
    let pins = (0..PEOPLE).map(|owner| {
        let here = owner % large.len();
        Pin {
            owner,
            at: large[here].label_point().unwrap(),
            warm: here == 0,
            activity: if here.is_multiple_of(2) { EIGHT[owner / large.len() % 8] } else { "shopping" },
        }
    });
    populate(&*db.store, PEOPLE, &pattern, pins).await;
    let app = TestApp::on(Arc::clone(&db.store), 1, |config| config).await;
    let release = publish(&db, &app).await;

    // What it costs, and that it is charged for the domain that is released.
    let number = |name: &str| release[name].as_u64().unwrap();
    let sigmas = ["sigma_cells", "sigma_neighbourhoods", "sigma_totals", "sigma_activities"].map(number);
    assert_eq!((sigmas, number("cell_resolution")), ([9, 22, 19, 27], 9));
    let rho = release["rho"].as_f64().unwrap();
    assert!(rho > 0.0998 && rho <= 0.1, "{rho}");
    let ledger = db.store.ledger(&id).await.unwrap();
    let layers: Vec<&str> = ledger.iter().map(|row| row.layer.as_str()).collect();
    assert_eq!(layers, ["start_gate", "cells", "neighbourhoods", "totals", "activities"]);
    assert_eq!(ledger[1..].iter().map(|row| row.domain).collect::<BTreeSet<_>>().len(), 1);
    assert_ne!(ledger[0].domain, ledger[1].domain, "the gate did not know yet how fine the cells are");
    let out: Vec<_> = release["left_out"]
        .as_array()
        .unwrap()
        .iter()
        .map(|out| (out["id"].clone(), out["why"].clone()))
        .collect();
    assert!(out.contains(&(json!(neighbourhoods[0].id.0), json!("unknown_residents"))), "{out:?}");
    assert!(
        out.contains(&(json!(neighbourhoods[1].id.0), json!("few_residents"))) && out.len() == 2,
        "{out:?}"
    );
    let policy = &app.get("/api/communities/kaldavere").await.json()["publication_policy"];
    assert_eq!((&policy["cell_resolution"], &policy["sigma_neighbourhoods"]), (&json!(9), &json!(22)));

    the_tables_are_whole(&app, &town, large).await;
    the_profile_has_both_domains(&app, large).await;
    a_later_import_changes_nothing(&db, &app, &neighbourhoods).await;
}

/// Every published number stands in every file, and what is shown can be worked out from the raw one.
async fn the_tables_are_whole(app: &TestApp, town: &Town, large: &[Neighbourhood]) {
    let lines = tables(app).await;
    assert_eq!(lines.len(), 5);
    let cells = Published::<CellTable>::from_stored(&lines[0]).unwrap();
    let layer_n = Published::<NeighbourhoodTable>::from_stored(&lines[1]).unwrap();
    let layer_c = Published::<TotalsTable>::from_stored(&lines[2]).unwrap();
    let activities = Published::<ActivityTable>::from_stored(&lines[3]).unwrap();
    let ground: Value = serde_json::from_str(&lines[4]).unwrap();
    let domain = cells_touching(&town.bounds(), Resolution::Nine);
    assert!(cells.table().cells().iter().map(|(cell, _)| *cell).eq(domain));
    let ids: Vec<Uuid> = layer_n.table().rows().iter().map(engine::privacy::NeighbourhoodRow::id).collect();
    assert_eq!(ids, large.iter().map(|n| n.id.0).collect::<Vec<_>>());
    assert_eq!(ground["neighbourhoods"][0]["residents"], 5_000);
    let picture = cell_hotspots(&cells).unwrap();
    let told = app.get("releases/latest/hotspots").await.json();
    assert_eq!(told["n_tested"], picture.n_tested);
    for (served, own) in told["features"].as_array().unwrap().iter().zip(&picture.rows) {
        let p = &served["properties"];
        assert_eq!((&p["unit"], &p["class"]), (&json!(own.unit.to_string()), &json!(own.class.as_str())));
        assert_eq!((&p["people"], &p["q"], &p["z"]), (&json!(own.people), &json!(own.q), &json!(own.z)));
    }
    let served = app.get("releases/latest").await.json()["totals"].clone();
    for (served, own) in served.as_array().unwrap().iter().zip(totals(&layer_c)) {
        assert_eq!((&served["kind"], &served["people"]), (&json!(own.kind), &json!(own.people)));
    }

    // The same numbers in the files for spreadsheets and maps.
    let kinds = ["being", "doing", "connectedness", "hope", "identity", "meaning", "empowerment"];
    let by_id: BTreeMap<String, Value> = rows(app, "neighbourhoods")
        .await
        .into_iter()
        .map(|p| (p["unit"].as_str().unwrap().to_owned(), p))
        .collect();
    assert_eq!(by_id.len(), large.len());
    for (row, by_activity) in layer_n.table().rows().iter().zip(activities.table().rows()) {
        let p = &by_id[&row.id().to_string()];
        let of =
            |names: &[&str]| -> Vec<i64> { names.iter().map(|name| p[*name].as_i64().unwrap()).collect() };
        assert_eq!(
            of(&["people", "valence_sixteenths", "sigma"]),
            [row.people(), row.valence_sixteenths(), 22]
        );
        assert_eq!(of(&kinds), row.kinds().unwrap());
        let names = ["rest", "company", "food", "creating", "moving", "nature", "work", "errands"];
        let names = names.map(|name| format!("activity_{name}"));
        assert_eq!(of(&names.each_ref().map(String::as_str)), by_activity.people());
        assert_eq!((row.id(), p["sigma_activities"].as_i64()), (by_activity.id(), Some(27)));
    }
    let community = rows(app, "community").await;
    assert_eq!(
        (community.len(), &community[0]["people"], &community[0]["sigma"]),
        (1, &Value::Null, &json!(19))
    );
    for (kind, people) in kinds.iter().zip(layer_c.table().people()) {
        assert_eq!(community[0][*kind], *people);
    }
    assert!(
        rows(app, "cells")
            .await
            .iter()
            .all(|cell| cell["being"].is_null() && cell["activity_rest"].is_null())
    );
    let fine = app.get("releases/latest/heat?bandwidth=500").await;
    assert_eq!(fine.status, 200);
    assert_eq!(fine.json()["bandwidths"], json!([500, 1_000, 2_000]));
}

/// Experience and support side by side, with intervals, the mix and the diversity that were planted.
async fn the_profile_has_both_domains(app: &TestApp, large: &[Neighbourhood]) {
    let told = app.get("releases/latest/hotspots?measure=profile").await.json();
    let of = |n: &Neighbourhood| -> Value {
        let features = told["features"].as_array().unwrap();
        features.iter().find(|f| f["id"] == json!(n.id.0)).unwrap()["properties"].clone()
    };
    let (warm, other) = (of(&large[0]), of(&large[1]));
    let value = |p: &Value, name: &str| {
        let found = &p["experience"][name];
        let [value, low, high] = ["value", "low", "high"].map(|part| found[part].as_f64().unwrap());
        assert!(low <= value && value <= high && (0.0..=1.0).contains(&value), "{name}: {found}");
        value
    };
    assert!(value(&warm, "score") > value(&other, "score") + 0.2, "{warm} {other}");
    assert!(value(&warm, "diversity") > value(&other, "diversity") + 0.2, "{warm} {other}");
    assert!((value(&warm, "mix") - 0.5).abs() < 0.1 && (value(&other, "mix") - 0.5).abs() < 0.15);
    assert!(value(&warm, "valence") > value(&other, "valence"));
    for p in [&warm, &other] {
        assert_eq!(p["experience"]["kinds"].as_object().unwrap().len(), 7);
        assert!((0.0..=1.0).contains(&p["opportunity"]["mean"].as_f64().unwrap()));
    }
    let shown: Vec<&Value> = told["features"].as_array().unwrap().iter().map(|f| &f["properties"]).collect();
    for p in shown {
        let Some(index) = p["index"].as_object() else { continue };
        let [value, low, high] = ["value", "low", "high"].map(|part| index[part].as_f64().unwrap());
        assert!(low <= value && value <= high && low < high && high - low <= 20.0, "{p}");
        assert_eq!((&p["value_is"], p["value"].as_f64()), (&json!("index"), Some(value)));
    }
    assert!(!told["features"][0]["properties"]["class"].is_null());
}

/// Who imports other outlines and populations does not change what an old release says.
async fn a_later_import_changes_nothing(db: &Database, app: &TestApp, neighbourhoods: &[Neighbourhood]) {
    let measured = async || {
        let mut all = Vec::new();
        for query in ["units=neighbourhoods", "measure=relative", "measure=quality"] {
            let told = app.get(&format!("releases/latest/hotspots?{query}")).await.json();
            let features = told["features"].as_array().unwrap();
            all.extend(features.iter().map(|f| f["properties"].clone()));
        }
        all
    };
    let before = measured().await;
    // Each gets the outline of the next, and ten times as many residents.
    let shapes = neighbourhoods.iter().cycle().skip(1).map(|n| n.shape.clone());
    let changed: Vec<Neighbourhood> = neighbourhoods
        .iter()
        .zip(shapes)
        .map(|(n, shape)| Neighbourhood { shape, population: Some(90_000), ..n.clone() })
        .collect();
    db.store.upsert_neighbourhoods(&community_id("kaldavere"), &changed, app.now()).await.unwrap();
    crate::test_app::eventually("the new populations are there", || async {
        let told = app.get("neighbourhoods").await.json();
        told["features"].as_array().unwrap().iter().all(|f| f["properties"]["population"] == 90_000)
    })
    .await;
    assert_eq!(measured().await, before);
}

#[tokio::test]
async fn whoever_is_where_neighbourhoods_overlap_counts_within_the_bound_and_always_alike() {
    const PEOPLE: usize = 400;
    // The noise is the same in all three, so what differs is what the last participant changes.
    let made = async |reversed: bool, with_target: bool| -> Value {
        let db = Database::fresh(Engine::Sqlite).await;
        let (_, pattern) = emptied(&*db.store, Some(Bounds::new(26.6, 58.3, 26.9, 58.4).unwrap())).await;
        // Six strips, each over half of the next, and one over all of them.
        let mut overlapping: Vec<Neighbourhood> = (0..6_u32)
            .map(|n| {
                let west = 26.6 + 0.04 * f64::from(n);
                rectangle(u128::from(10 - n), &format!("Strip {n}"), west, west + 0.08, Some(5_000))
            })
            .collect();
        overlapping.push(rectangle(99, "All", 26.0, 27.0, Some(30_000)));
        if reversed {
            overlapping.reverse();
        }
        db.store.upsert_neighbourhoods(&community_id("kaldavere"), &overlapping, at(NOW)).await.unwrap();
        let place = |owner: usize, n: usize| Pin {
            owner,
            at: LonLat::new(26.605 + 0.009 * f64::from(u32::try_from(n % 30).unwrap()), 58.35).unwrap(),
            warm: true,
            activity: "walking",
        };
        let targets = if with_target { 30 } else { 0 };
        let pins = (0..PEOPLE - 1).map(|n| place(n, n)).chain((0..targets).map(|n| place(PEOPLE - 1, n)));
        populate(&*db.store, PEOPLE, &pattern, pins).await;
        let app = TestApp::on(Arc::clone(&db.store), 1, |config| config).await;
        publish(&db, &app).await;
        serde_json::from_str(&tables(&app).await[1]).unwrap()
    };
    let with = made(false, true).await;
    let people = |table: &Value| -> Vec<i64> {
        let rows = table["neighbourhoods"].as_array().unwrap();
        rows.iter().map(|row| row["people"].as_i64().unwrap()).collect()
    };
    let without = made(false, false).await;
    let changes: Vec<i64> = people(&with).iter().zip(people(&without)).map(|(a, b)| a - b).collect();
    assert_eq!(changes.len(), 7);
    assert!(changes.iter().all(|change| [0, 1].contains(change)), "{changes:?}");
    assert_eq!(
        changes.iter().sum::<i64>(),
        4,
        "in thirty places of six strips, counted in four: {changes:?}"
    );
    assert_eq!(made(true, true).await, with, "the order of the import does not matter");
}
