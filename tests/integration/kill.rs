//! What was acknowledged survives a `kill -9`.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::binary::{Server, run_well};
use crate::databases::{Database, Engine};

/// How many acknowledged places to wait for before the process is killed in the middle of the next ones.
const ACKNOWLEDGED_BEFORE_THE_KILL: usize = 60;

async fn every_acknowledged_place_is_there(database: &str, data_dir: &str) {
    let place = ["--database", database, "--data-dir", data_dir];
    run_well(&[&["community", "add", "c", "--title", "C"], &place[..]].concat());
    let server = Server::start(&place);
    let base = format!("{}/api/communities/c", server.url);
    let client = reqwest::Client::new();
    let community: Value = client.get(&base).send().await.unwrap().json().await.unwrap();
    let consent = json!({"version": community["consent"]["version"], "research": false,
        "published_maps": false, "public_story": false});
    let joined: Value = client
        .post(format!("{base}/participants"))
        .json(&json!({"language": "en", "consent": consent}))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let token = joined["token"].as_str().expect("joining gives a token").to_owned();

    let acknowledged = Arc::new(Mutex::new(BTreeSet::new()));
    let count = Arc::new(AtomicUsize::new(0));
    let enough = Arc::new(tokio::sync::Notify::new());
    let writers: Vec<_> = (0..4)
        .map(|writer| {
            let (client, base, token) = (client.clone(), base.clone(), token.clone());
            let (acknowledged, count, enough) = (acknowledged.clone(), count.clone(), enough.clone());
            tokio::spawn(async move {
                for i in 0..100 {
                    let body = json!({"type": "Feature",
                        "geometry": {"type": "Point", "coordinates": [26.7 + f64::from(i) / 1e4, 58.38]},
                        "properties": {"name": format!("{writer}/{i}"), "being": true, "doing": false,
                            "precision": "exact"}});
                    let sent =
                        client.post(format!("{base}/places")).bearer_auth(&token).json(&body).send().await;
                    let Ok(answer) = sent else { return };
                    if answer.status() != 201 {
                        return;
                    }
                    let Ok(place) = answer.json::<Value>().await else { return };
                    acknowledged.lock().unwrap().insert(place["id"].as_str().unwrap().to_owned());
                    if count.fetch_add(1, Ordering::SeqCst) + 1 == ACKNOWLEDGED_BEFORE_THE_KILL {
                        enough.notify_one();
                    }
                }
            })
        })
        .collect();
    enough.notified().await;
    server.kill();
    for writer in writers {
        writer.await.unwrap();
    }

    let again = Server::start(&place);
    let listed: Value = client
        .get(format!("{}/api/communities/c/places?limit=10000", again.url))
        .bearer_auth(&token)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let there: BTreeSet<String> = listed["features"]
        .as_array()
        .expect("a collection of places")
        .iter()
        .map(|f| f["id"].as_str().unwrap().to_owned())
        .collect();
    let acknowledged = acknowledged.lock().unwrap();
    let lost: Vec<_> = acknowledged.difference(&there).collect();
    assert!(acknowledged.len() >= ACKNOWLEDGED_BEFORE_THE_KILL);
    assert!(lost.is_empty(), "{} acknowledged places were lost: {lost:?}", lost.len());
}

#[tokio::test]
async fn every_acknowledged_place_survives_a_kill_on_sqlite() {
    let dir = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", dir.path().join("stead.db").display());
    every_acknowledged_place_is_there(&database, dir.path().to_str().unwrap()).await;
}

#[tokio::test]
async fn every_acknowledged_place_survives_a_kill_on_postgres() {
    let dir = tempfile::tempdir().unwrap();
    let database = Database::fresh(Engine::Postgres).await;
    every_acknowledged_place_is_there(&database.url, dir.path().to_str().unwrap()).await;
}
