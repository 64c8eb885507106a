//! Attacks A10 and A13: what answers, tiles, pages and logs carry besides what was asked.

use std::collections::BTreeSet;

use engine::mercator::TileId;
use mvt_reader::feature::Value as Attribute;
use serde_json::json;

use super::{PUBLISHED, attacked, own_cell, released, table};
use crate::binary::{Server, run_well};
use crate::databases::Database;
use crate::test_app::{bench, community_id, joining, send};

/// The identifiers of all places and participants.
async fn identifiers(db: &Database) -> BTreeSet<String> {
    let places = db.store.places(&community_id("kaldavere")).await.unwrap();
    places.iter().flat_map(|place| [place.id.to_string(), place.owner.to_string()]).collect()
}

/// The first identifier in a text. Identifiers are 36 characters between others.
fn named<'a>(text: &'a str, secrets: &BTreeSet<String>) -> Option<&'a str> {
    text.split(|c: char| !c.is_ascii_hexdigit() && c != '-').find(|word| secrets.contains(*word))
}

#[tokio::test]
async fn a10_no_answer_carries_a_place_or_a_participant_whoever_asks() {
    let (db, app, town) = released(600).await;
    let secrets = identifiers(&db).await;
    assert!(secrets.len() > 1_000);
    let member = app.participant().await;
    own_cell(&member, &town).await;
    let reads = PUBLISHED.iter().copied().chain([
        "places",
        "me",
        "me/reads",
        "stories?limit=1000",
        "supports?limit=10000",
        "neighbourhoods",
        "access?minutes=15",
        "export/places.csv",
        "export/supports.csv",
        "releases/none/cells",
        "/ogc/kaldavere/collections/places/items",
        "/ogc/kaldavere/collections?f=json",
        "/hsds/kaldavere/services",
        "/api/openapi.json",
    ]);
    let asks = [
        ("gazetteer", json!({"q": "ka", "limit": 20})),
        ("gazetteer", json!({"q": "home", "limit": 20})),
        ("gazetteer/near", json!({"near": [26.72, 58.38], "limit": 20})),
        ("supports/search", json!({"near": [26.72, 58.38], "limit": 100})),
        ("places/search", json!({})),
        ("study/proximity", json!({"of": "places"})),
    ];
    for signed_in in [false, true] {
        let request = |method: &str, path: &str| {
            if signed_in { member.request(method, path) } else { app.request(method, path) }
        };
        let reads = reads.clone().map(|path| (path.to_owned(), request("GET", path)));
        let asks = asks.iter().map(|(path, body)| ((*path).to_owned(), request("POST", path).json(body)));
        for (path, asked) in reads.chain(asks) {
            let answer = send(asked).await;
            let told = format!("{:?} {}", answer.headers, answer.text());
            assert_eq!(named(&told, &secrets), None, "{path}, signed in: {signed_in}");
        }
    }
    let secret = secrets.first().unwrap();
    assert_eq!(named(&format!("{{\"id\":\"{secret}\"}}"), &secrets), Some(secret.as_str()));
}

#[tokio::test]
async fn a10_tiles_number_and_order_nothing_by_who_is_where() {
    let (db, app, town) = released(600).await;
    let secrets = identifiers(&db).await;
    let order: Vec<String> = {
        let cells = app.get("releases/latest/cells").await.json();
        cells["features"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap().to_owned()).collect()
    };
    assert!(order.is_sorted(), "cells come by their names, not by what is in them");
    let mut decoded = 0;
    for zoom in [9, 12, 14] {
        let tile = TileId::containing(town.warm().centre, zoom).unwrap();
        for layer in ["releases/latest/cells", "supports", "neighbourhoods"] {
            let path = format!("/tiles/kaldavere/{layer}/{zoom}/{}/{}", tile.x(), tile.y());
            let features = table::features_of_tile(&app.get(&path).await.body);
            let mut units = Vec::new();
            for feature in features {
                assert_eq!(feature.id, None, "{path}: a number says when something came");
                for (key, value) in feature.properties.expect("attributes") {
                    let Attribute::String(text) = value else { continue };
                    assert_eq!(named(&text, &secrets), None, "{path}: {key}");
                    if key == "unit" {
                        units.push(text);
                    }
                }
                decoded += 1;
            }
            let place =
                |unit: &String| order.iter().position(|other| other == unit).expect("a published cell");
            assert!(units.iter().map(place).is_sorted(), "{path}: in the order of the table");
        }
    }
    assert!(decoded > 100, "{decoded}");
}

#[tokio::test]
async fn a10_pages_come_without_source_maps() {
    let (_db, app, _) = attacked(0).await;
    let page = app.get("/").await;
    assert_eq!((page.status.as_u16(), page.header("referrer-policy")), (200, "no-referrer"));
    let mut waiting = scripts_in(&page.text());
    let mut seen = BTreeSet::new();
    while let Some(path) = waiting.pop() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let script = app.get(&path).await;
        assert_eq!(script.status, 200, "{path}");
        assert!(!script.text().contains("sourceMappingURL"), "{path} names its source map");
        assert_eq!(app.get(&format!("{path}.map")).await.status, 404, "{path}.map");
        waiting.extend(scripts_in(&script.text()));
    }
    // A build without the web app has one page and no scripts.
    assert!(seen.len() > 3 || page.text().contains("This build of Stead has no pages"), "{seen:?}");
}

/// The scripts and styles that a page or a script names.
fn scripts_in(text: &str) -> Vec<String> {
    text.split(['"', '\'', '`', '(', ')'])
        .map(|word| word.trim_start_matches("./"))
        .filter(|word| {
            let named = word.rsplit_once('.').filter(|(name, _)| !name.is_empty());
            named.is_some_and(|(_, ending)| matches!(ending, "js" | "css"))
        })
        .filter(|word| word.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_./".contains(&b)))
        // From the top, from the page, or beside the script that names it.
        .map(|word| match word {
            _ if word.starts_with('/') => word.to_owned(),
            _ if word.starts_with("assets/") => format!("/{word}"),
            _ => format!("/assets/{word}"),
        })
        .collect()
}

/// Where somebody is who looks for support, and writes of it.
const TELLING: [f64; 2] = [26.712_345, 58.376_543];
const STORY: &str = "Siin ootan ma oma ema";

/// Everything that somebody does on a server of its own, with what must not be written down of it.
async fn a_life(server: &Server) -> Vec<String> {
    let client = reqwest::Client::new();
    let at = |path: &str| match path.strip_prefix('/') {
        Some(path) => format!("{}/{path}", server.url),
        None => format!("{}/api/communities/kaldavere/{path}", server.url),
    };
    let community = send(client.get(at("/api/communities/kaldavere"))).await.json();
    let mut asked = joining(true);
    asked["consent"]["version"] = community["consent"]["version"].clone();
    let joined = send(client.post(at("participants")).json(&asked)).await.json();
    let text = |name: &str| joined[name].as_str().unwrap().to_owned();
    let token = text("token");
    let mut place = bench();
    place["geometry"]["coordinates"] = json!(TELLING);
    place["properties"]["precision"] = json!("exact");
    place["properties"]["story"] = json!(STORY);
    let saved = send(client.post(at("places")).bearer_auth(&token).json(&place)).await;
    assert_eq!(saved.status, 201, "{}", saved.text());
    let id = saved.json()["id"].as_str().unwrap().to_owned();
    for path in [&format!("places/{id}"), &format!("places/{id}/as/researcher"), "places", "me", "me/reads"] {
        assert_eq!(send(client.get(at(path)).bearer_auth(&token)).await.status, 200, "{path}");
    }
    let [lon, lat] = TELLING;
    for body in
        [json!({"near": TELLING, "limit": 3}), json!({"near": [lon, 98.376_543]}), json!({"near": "x"})]
    {
        for path in ["supports/search", "gazetteer/near"] {
            let answer = send(client.post(at(path)).json(&body)).await;
            assert!(matches!(answer.status.as_u16(), 200 | 422), "{path} {body}: {}", answer.text());
            assert_eq!(answer.header("referrer-policy"), "no-referrer");
        }
    }
    for path in [
        format!("supports?near={lon},{lat}"),
        format!("supports?near={lon},{lat}&wrong={lat}"),
        format!("places/{id}?near={lon},{lat}"),
        format!("/ogc/kaldavere/collections/supports/items?bbox={lon},{lat},27,59"),
        format!("/nowhere/{lon}/{lat}"),
        format!("/api/communities/kaldavere/places/{lat}"),
    ] {
        let answer = send(client.get(at(&path)).header("Referer", at(&path))).await;
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{path}");
    }
    assert_eq!(send(client.delete(at("me")).bearer_auth(&token)).await.status.as_u16() / 100, 2);
    vec![
        id,
        text("participant"),
        token,
        text("return_code"),
        STORY.to_owned(),
        "26.712345".to_owned(),
        "26.71234".to_owned(),
        "58.376543".to_owned(),
        "58.37654".to_owned(),
        "98.376543".to_owned(),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a10_a13_the_most_talkative_log_names_nobody_and_no_place_that_anybody_looked_from() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().to_str().unwrap();
    run_well(&["community", "add", "kaldavere", "--title", "Kaldavere", "--data-dir", data]);
    let server = Server::start_logging(&["--data-dir", data], "debug");
    let secrets = a_life(&server).await;
    let log = server.stop_and_read();
    assert!(log.lines().count() > 20, "a server that says nothing at all is not the one to look at: {log}");
    for secret in secrets {
        assert!(!log.contains(&secret), "the log holds {secret}: {}", around(&log, &secret));
    }
}

fn around(log: &str, what: &str) -> String {
    log.lines().find(|line| line.contains(what)).unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a13_where_somebody_looks_for_support_is_in_no_referrer_and_no_answer() {
    let (_db, app, _) = attacked(0).await;
    let found = app.post("supports/search", &json!({"near": TELLING, "limit": 3})).await;
    assert_eq!(found.status, 200);
    assert_eq!(found.header("referrer-policy"), "no-referrer");
    let told = format!("{:?} {}", found.headers, found.text());
    assert!(!told.contains("26.712345") && !told.contains("58.376543"), "the origin is not sent back");
    let wrong = app.post("supports/search", &json!({"near": [26.712_345, 98.376_543]})).await;
    assert!(!wrong.text().contains("98.376543"), "an error does not repeat it either: {}", wrong.text());
}
