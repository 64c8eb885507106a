//! Attack A11: five accounts in one hexagon, and nobody else near it.
//!
//! Half of the hexagons hold five people of their own and the others nobody, far enough apart that no hexagon is
//! another's neighbour: each is an experiment of its own, with the same noise. Five people with a place each move the
//! expected number by five, so the best that anybody can tell a full hexagon from an empty one by one release is an
//! area of Φ(5 / (σ√2)) under the curve, and no class can be shown more often by more than the total variation
//! between the two distributions, 2Φ(5 / 2σ) − 1. Both are fixed by the stated σ = 9.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use engine::Bounds;
use engine::community::Community;
use engine::grid::{cell_centre, cells_touching};
use engine::stats::normal::survival;
use engine::synthetic::town;
use h3o::{CellIndex, Resolution};
use jiff::SignedDuration;
use serde_json::{Value, json};
use stead::demo;
use stead::store::{NewPlace, Role};
use tokio::task::JoinSet;

use crate::attacks_known::{area, count, joining, joyful};
use crate::databases::{Database, Engine};
use crate::exports::session_at;
use crate::test_app::{TestApp, at, community_id, send};

const HEXAGONS: usize = 300;
const TOGETHER: usize = 5;
/// Between each and the next release, two a year.
const DAYS: [i64; 4] = [0, 99, 268, 99];
const SIGMA: f64 = 9.0;

/// A community with so many hexagons apart from each other, every other one with five people.
async fn hamlets() -> (Database, TestApp, Vec<CellIndex>) {
    let now = at("2026-11-23T10:00:00Z");
    let db = Database::fresh(Engine::Sqlite).await;
    let bounds = Bounds::new(26.0, 58.0, 26.9, 58.45).unwrap();
    let made_up = town(1, 5, now);
    let community = Community { demo: false, bounds: Some(bounds), ..demo::community(&made_up, now) };
    db.store.add_community(&community).await.unwrap();
    let pattern = made_up.participants().find_map(|p| p.places.first().cloned()).expect("a place");
    let hexagons = apart(&cells_touching(&bounds, Resolution::Eight));
    let mut inserts = JoinSet::new();
    for (n, hexagon) in (0..).step_by(TOGETHER).zip(hexagons.iter().step_by(2)) {
        for person in n..n + TOGETHER {
            let joining = joining(person, now);
            let place = joyful(&pattern, person, joining.participant.id, cell_centre(*hexagon), now);
            db.store.join(&joining).await.unwrap();
            let (store, community) = (Arc::clone(&db.store), community_id("kaldavere"));
            inserts.spawn(async move {
                let new = NewPlace { community, place, idempotency: None, most: 500 };
                store.insert_place(&new).await.unwrap();
            });
        }
    }
    while let Some(done) = inserts.join_next().await {
        done.unwrap();
    }
    let app = TestApp::on(Arc::clone(&db.store), 11, |config| config).await;
    (db, app, hexagons)
}

/// Hexagons of which no two have a neighbour in common.
fn apart(cells: &[CellIndex]) -> Vec<CellIndex> {
    let (mut taken, mut near) = (Vec::new(), BTreeSet::new());
    for cell in cells {
        if taken.len() < HEXAGONS && !near.contains(cell) {
            near.extend(cell.grid_disk::<Vec<_>>(2));
            taken.push(*cell);
        }
    }
    assert_eq!(taken.len(), HEXAGONS, "the bounds have room for them");
    taken
}

#[tokio::test]
async fn a11_a_hexagon_with_five_people_is_told_from_an_empty_one_no_better_than_the_noise_allows() {
    let (db, app, hexagons) = hamlets().await;
    let (mut full, mut empty) = (Vec::new(), Vec::new());
    let (mut shown_full, mut shown_empty) = (BTreeMap::<String, f64>::new(), BTreeMap::<String, f64>::new());
    for days in DAYS {
        app.clock.advance(SignedDuration::from_hours(24 * days));
        let steward = session_at(&db, Role::Steward, app.now()).await;
        let made = send(app.request("POST", "releases").bearer_auth(steward).json(&json!({}))).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let told = app.get("releases/latest/hotspots").await.json();
        let rows: BTreeMap<&str, &Value> = told["features"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| (f["properties"]["unit"].as_str().unwrap(), &f["properties"]))
            .collect();
        for (n, hexagon) in hexagons.iter().enumerate() {
            let row = rows[hexagon.to_string().as_str()];
            let (values, shown) =
                if n % 2 == 0 { (&mut full, &mut shown_full) } else { (&mut empty, &mut shown_empty) };
            values.push(row["people"].as_f64().unwrap());
            *shown.entry(row["class"].as_str().unwrap().to_owned()).or_default() += 1.0;
        }
    }
    let best = 1.0 - survival(5.0 / (SIGMA * 2.0_f64.sqrt()));
    let found = area(&full, &empty);
    assert!(found <= best + 0.03, "five people show: {found}, and at best {best}");
    // An attack that finds nothing at all looks at the wrong numbers.
    assert!(found > best - 0.05, "the attack is broken: {found} of {best}");

    let variation = 2.0 * (1.0 - survival(5.0 / (2.0 * SIGMA))) - 1.0;
    let n = count(full.len());
    let classes: BTreeSet<_> = shown_full.keys().chain(shown_empty.keys()).cloned().collect();
    for class in classes {
        let share = |shown: &BTreeMap<String, f64>| shown.get(&class).copied().unwrap_or_default() / n;
        let (with, without) = (share(&shown_full), share(&shown_empty));
        let error = 3.0 * ((with * (1.0 - with) + without * (1.0 - without)) / n).sqrt();
        assert!(
            (with - without).abs() <= variation + error,
            "{class}: {with} with five and {without} without"
        );
    }
    let hidden = shown_full["not_enough"] / n;
    assert!(hidden > 0.9, "five people alone are not enough for a class, in {hidden} of cases");
}
