//! Attacks A3, A7 and A8 over HTTP: by somebody who knows everything about everybody but one, and reads releases.
//!
//! Everybody has eight cells and four neighbourhoods to themself, so that the attack on each target is an experiment
//! of its own: what others do in these units is known (nothing), and what is published there is the target and noise.
//! Layer C is left out, for its noise is the same for all targets. Thresholds are those of the specification, fixed
//! in advance: with a privacy loss of ρ the best attack has the area Φ(√ρ) under its curve.

use std::collections::BTreeMap;
use std::sync::Arc;

use engine::community::{Community, Language, Purposes};
use engine::grid::{cell_centre, cells_touching};
use engine::neighbourhood::Neighbourhood;
use engine::place::{Geometry, Place};
use engine::privacy::heat::heat;
use engine::privacy::{CellTable, Published};
use engine::stats::normal::survival;
use engine::synthetic::town;
use engine::{Bounds, LonLat, NeighbourhoodId, ParticipantId, PlaceId};
use geo::{MultiPolygon, polygon};
use h3o::{CellIndex, Resolution};
use jiff::SignedDuration;
use serde_json::{Value, json};
use stead::ambient::Ambient;
use stead::demo;
use stead::store::{ConsentRecord, Erasure, Joining, NewPlace, Participant, Role, Session};
use stead::texts::Texts;
use tokio::task::JoinSet;
use uuid::Uuid;

use crate::databases::{Database, Engine};
use crate::exports::session_at;
use crate::test_app::{SeededGenerator, TestApp, at, community_id, send};

/// In each of two towns, 2,000 as the specification has it: from 2,000 in one town on a release has other layers. Half
/// of them withdraw; more than 300 stay, so that there are releases.
const TARGETS: usize = 1_000;
/// The towns, by the seeds of their noise.
const TOWNS: [u64; 2] = [7, 8];
const CELLS: usize = 8;
const NEIGHBOURHOODS: usize = 4;
/// Joy, 0.9, in whole sixteenths.
const VALENCE: f64 = 14.0 / 16.0;

/// What is published, by unit: people and, of neighbourhoods, the sum of valences in whole steps.
type Table = BTreeMap<String, (f64, f64)>;

struct Islands {
    db: Database,
    app: TestApp,
    people: Vec<ParticipantId>,
    cells: Vec<CellIndex>,
}

impl Islands {
    async fn new(seed: u64) -> Self {
        let now = at("2026-11-23T10:00:00Z");
        let db = Database::fresh(Engine::Sqlite).await;
        let bounds = Bounds::new(26.0, 58.0, 27.6, 58.8).unwrap();
        let made_up = town(1, 5, now);
        let community = Community { demo: false, bounds: Some(bounds), ..demo::community(&made_up, now) };
        db.store.add_community(&community).await.unwrap();
        let pattern = made_up.participants().find_map(|p| p.places.first().cloned()).expect("a place");
        let mut people = Vec::new();
        for n in 0..TARGETS {
            let joining = joining(n, now);
            people.push(joining.participant.id);
            db.store.join(&joining).await.unwrap();
        }
        let cells = cells_touching(&bounds, Resolution::Eight);
        assert!(cells.len() >= TARGETS * CELLS, "{} cells", cells.len());
        let neighbourhoods: Vec<_> = (0..TARGETS)
            .flat_map(|target| (0..NEIGHBOURHOODS).map(move |n| (target, n)))
            .map(|(target, n)| square(target, n, cell_centre(cells[target * CELLS + n])))
            .collect();
        let id = community_id("kaldavere");
        db.store.upsert_neighbourhoods(&id, &neighbourhoods, now).await.unwrap();
        let mut inserts = JoinSet::new();
        for (n, cell) in cells[..TARGETS * CELLS].iter().enumerate() {
            let owner = people[n / CELLS];
            let place = joyful(&pattern, n, owner, cell_centre(*cell), now);
            let (store, community) = (Arc::clone(&db.store), id.clone());
            inserts.spawn(async move {
                let new = NewPlace { community, place, idempotency: None, most: 500 };
                store.insert_place(&new).await.unwrap();
            });
        }
        while let Some(done) = inserts.join_next().await {
            done.unwrap();
        }
        let app = TestApp::on(Arc::clone(&db.store), seed, |config| config).await;
        Self { db, app, people, cells }
    }

    /// A release, and its whole table as anybody downloads it.
    async fn publish(&self) -> Table {
        let steward = session_at(&self.db, Role::Steward, self.app.now()).await;
        let made = send(self.app.request("POST", "releases").bearer_auth(steward).json(&json!({}))).await;
        assert_eq!(made.status, 201, "{}", made.text());
        let told = self.app.get("releases/latest/download.geojson").await.json();
        let number = |p: &Value, name: &str| p[name].as_f64().unwrap_or_default();
        let rows = told["features"].as_array().unwrap().iter().map(|f| &f["properties"]);
        rows.map(|p| {
            let values = (number(p, "people"), number(p, "valence_sixteenths") / 16.0);
            (p["unit"].as_str().unwrap().to_owned(), values)
        })
        .collect()
    }

    /// The likelihood ratio of "is in" against "is not", by layer H and by layer N.
    fn ratios(&self, table: &Table, target: usize) -> (f64, f64) {
        let cells = &self.cells[target * CELLS..(target + 1) * CELLS];
        let by_cells = cells.iter().map(|cell| table[&cell.to_string()].0 / 81.0).sum();
        let by_neighbourhoods = (0..NEIGHBOURHOODS)
            .map(|n| {
                let (people, valence) = table[&neighbourhood(target, n).to_string()];
                (people + VALENCE * valence) / 100.0
            })
            .sum();
        (by_cells, by_neighbourhoods)
    }
}

fn neighbourhood(target: usize, n: usize) -> Uuid {
    Uuid::from_u128(u128::try_from(1 + target * NEIGHBOURHOODS + n).unwrap())
}

/// Somebody with a number, who agreed to published maps.
pub fn joining(n: usize, now: jiff::Timestamp) -> Joining {
    let (number, community) = (u128::try_from(1 + n).unwrap(), community_id("kaldavere"));
    let id = ParticipantId(Uuid::from_u128(number));
    let mut hash = [0; 32];
    hash[..16].copy_from_slice(&number.to_be_bytes());
    let all = Purposes { research: false, published_maps: true, public_story: false };
    let consent = ConsentRecord {
        version: "2026-3".to_owned(),
        language: Language::En,
        text_hash: [1; 32],
        purposes: all,
        given_at: now,
    };
    let participant =
        Participant { id, community: community.clone(), language: Language::En, joined_at: now, consent };
    let session = Session { token: hash, participant: id, community, created_at: now, expires_at: now };
    Joining { participant, return_code: hash, session, invitation: None, again: None }
}

fn square(target: usize, n: usize, middle: LonLat) -> Neighbourhood {
    let (lon, lat, half) = (middle.lon(), middle.lat(), 0.0005);
    Neighbourhood {
        id: NeighbourhoodId(neighbourhood(target, n)),
        name: format!("{target}/{n}"),
        source_id: None,
        population: Some(5_000),
        shape: MultiPolygon(vec![polygon![
            (x: lon - half, y: lat - half), (x: lon + half, y: lat - half),
            (x: lon + half, y: lat + half), (x: lon - half, y: lat + half),
        ]]),
    }
}

/// A place of joy, old enough to be counted.
pub fn joyful(pattern: &Place, n: usize, owner: ParticipantId, at: LonLat, now: jiff::Timestamp) -> Place {
    let mut place = pattern.clone();
    place.id = PlaceId(Uuid::from_u128(u128::try_from(1_000_000 + n).unwrap()));
    place.owner = owner;
    place.content.geometry = Geometry::Point(at);
    place.content.home = false;
    place.content.share = Purposes { research: false, published_maps: true, public_story: false };
    place.content.feelings = vec![engine::feeling::Feeling::new("joy", 3).unwrap()];
    place.created_at = now - SignedDuration::from_hours(24 * 60);
    place.updated_at = place.created_at;
    place
}

/// The area under the curve: how often a random member looks more like one than a random stranger.
pub fn area(members: &[f64], strangers: &[f64]) -> f64 {
    let wins: f64 = members
        .iter()
        .flat_map(|member| {
            strangers.iter().map(move |stranger| match member.total_cmp(stranger) {
                std::cmp::Ordering::Greater => 1.0,
                std::cmp::Ordering::Equal => 0.5,
                std::cmp::Ordering::Less => 0.0,
            })
        })
        .sum();
    wins / (count(members.len()) * count(strangers.len()))
}

/// A small number.
pub fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap())
}

/// The best that an attacker can reach at a privacy loss of ρ.
fn best(rho: f64) -> f64 {
    1.0 - survival(rho.sqrt())
}

#[tokio::test]
async fn a3_a7_a8_who_knows_everybody_else_learns_no_more_than_was_promised() {
    let rho_cells = 8.0 / 162.0;
    let rho_neighbourhoods = (4.0 + 4.0 * VALENCE * VALENCE) / 200.0;
    let (mut pooled, mut by_cells, mut together) = ([vec![], vec![]], [vec![], vec![]], [vec![], vec![]]);
    for seed in TOWNS {
        let islands = Islands::new(seed).await;
        let first = islands.publish().await;
        reconstruct(&islands, &first);

        // Every other one withdraws.
        for (n, person) in islands.people.iter().enumerate().filter(|(n, _)| n % 2 == 1) {
            let erased = [u8::try_from(n % 251).unwrap(); 32];
            let erasure = Erasure { erased, at: islands.app.now() };
            islands.db.store.withdraw(*person, &erasure).await.unwrap();
        }
        let mut sums = vec![0.0; 2 * TARGETS];
        // Six releases after it, as a year has room for two: 12,000 experiments on one release, 4,000 on three together.
        for (n, days) in [99, 268, 99, 268, 99, 268].into_iter().enumerate() {
            islands.app.clock.advance(SignedDuration::from_hours(24 * days));
            let table = islands.publish().await;
            for target in 0..TARGETS {
                let (cells, neighbourhoods) = islands.ratios(&table, target);
                pooled[target % 2].push(cells + neighbourhoods);
                by_cells[target % 2].push(cells);
                sums[n / 3 * TARGETS + target] += cells;
            }
        }
        for (target, sum) in sums.into_iter().enumerate() {
            together[target % 2].push(sum);
        }
    }
    // A3: who was in the release before, was it the one that is gone? What the earlier release says of the target's
    // units is the same either way, so the best statistic is the later one's.
    let a3 = area(&pooled[0], &pooled[1]);
    assert!(a3 <= 0.66, "two releases around a withdrawal tell too much: {a3}");
    // An attack that finds nothing at all looks at the wrong numbers.
    assert!(a3 > best(rho_cells + rho_neighbourhoods) - 0.05, "the attack is broken: {a3}");
    // A8: by layer H of one release, and of three together.
    let a8 = area(&by_cells[0], &by_cells[1]);
    assert!((best(rho_cells) - 0.04..=best(rho_cells) + 0.03).contains(&a8), "membership shows: {a8}");
    let three = area(&together[0], &together[1]);
    assert!(three <= best(3.0 * rho_cells) + 0.03, "membership shows over releases: {three}");
    assert!(three > a8, "three releases tell more than one: {three}");
}

/// A7: generalised least squares over the layers. Where cell and neighbourhood hold the same one person, the two
/// measurements weigh as their variances, and no attack may come closer than that.
fn reconstruct(islands: &Islands, table: &Table) {
    let (of_cell, of_neighbourhood) = (1.0 / 81.0, 1.0 / 100.0);
    let predicted = 1.0 / (of_cell + of_neighbourhood);
    let errors: Vec<f64> = (0..TARGETS)
        .flat_map(|target| (0..NEIGHBOURHOODS).map(move |n| (target, n)))
        .map(|(target, n)| {
            let cell = table[&islands.cells[target * CELLS + n].to_string()].0;
            let people = table[&neighbourhood(target, n).to_string()].0;
            (cell * of_cell + people * of_neighbourhood) * predicted - 1.0
        })
        .collect();
    let n = count(errors.len());
    let square = errors.iter().map(|error| error * error).sum::<f64>() / n;
    let far = 4.0 * (2.0 / n).sqrt();
    assert!(
        square >= predicted * (1.0 - far),
        "reconstructed closer than the noise allows: {square} of {predicted}"
    );
    assert!(square <= predicted * (1.0 + far), "more noise than was promised: {square} of {predicted}");
    let mean = errors.iter().sum::<f64>() / n;
    assert!(mean.abs() < 4.0 * (predicted / n).sqrt(), "the numbers are off by {mean}");
}

/// A published number, which is whole however it is written.
fn whole(number: &Value) -> Value {
    let text = number.to_string();
    json!(text.trim_end_matches(".0").parse::<i64>().unwrap())
}

/// A7, the other resolutions: they are functions of the one table that is downloaded, so they add nothing to it.
#[tokio::test]
async fn a7_the_smooth_surface_is_a_function_of_the_table() {
    let db = Database::fresh(Engine::Sqlite).await;
    let now = at("2026-11-23T10:00:00Z");
    let made_up = town(1, 600, now);
    let seeding = Ambient { generator: Arc::new(SeededGenerator::new(5)), ..Ambient::system() };
    let community = Community { demo: false, ..demo::community(&made_up, now) };
    demo::seed_as(&*db.store, &seeding, &Texts::load(), &made_up, community).await.unwrap();
    let app = TestApp::on(db.store.clone(), 1, |config| config).await;
    let steward = session_at(&db, Role::Steward, app.now()).await;
    let made = send(app.request("POST", "releases").bearer_auth(steward).json(&json!({}))).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let told = app.get("releases/latest/cells").await.json();
    let cells: Vec<Value> = told["features"]
        .as_array()
        .unwrap()
        .iter()
        .map(|f| json!([f["id"], whole(&f["properties"]["value"])]))
        .collect();
    let rebuilt = json!({"release": told["release"], "sigma": told["sigma"], "cells": cells}).to_string();
    let rebuilt = Published::<CellTable>::from_stored(&rebuilt).unwrap();
    for bandwidth in [1_000, 2_000] {
        let surface = heat(&rebuilt, bandwidth).unwrap();
        let served = app.get(&format!("releases/latest/heat?bandwidth={bandwidth}")).await.json();
        let enough = served["enough"].as_array().unwrap();
        let served = served["values"].as_array().unwrap();
        assert_eq!((served.len(), enough.len()), (surface.values.len(), surface.values.len()));
        for ((served, enough), own) in served.iter().zip(enough).zip(&surface.values) {
            assert_eq!(enough.as_bool(), own.map(|own| own.enough));
            match (served.as_f64(), own) {
                (Some(served), Some(own)) => assert!((served - own.density).abs() <= 0.005_000_1),
                (served, own) => assert!(served.is_none() && own.is_none()),
            }
        }
    }
}
