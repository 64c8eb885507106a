//! The life of a place, from its pin to its end, over HTTP and on both databases.

use std::sync::Arc;

use engine::synthetic::town;
use jiff::SignedDuration;
use serde_json::{Value, json};
use stead::actions::release::make_release;
use stead::ambient::Ambient;
use stead::demo;
use stead::texts::Texts;

use crate::databases::{Database, on_both_engines};
use crate::test_app::{SeededGenerator, TestApp, at, eventually};

on_both_engines!(a_place_is_pinned_read_released_seen_and_gone);

async fn a_place_is_pinned_read_released_seen_and_gone(db: Database) {
    let town = town(1, 600, at("2026-11-23T10:00:00Z"));
    let seeding = Ambient { generator: Arc::new(SeededGenerator::new(5)), ..Ambient::system() };
    demo::seed(&*db.store, &seeding, &Texts::load(), &town).await.unwrap();
    let app = TestApp::on(Arc::clone(&db.store), 1, |config| config).await;
    let person = app.participant().await;
    let warm = town.warm().centre;

    // POST, and GET from memory: the answer is the middle of the street's cell, not the pin.
    let place = json!({"type": "Feature",
        "geometry": {"type": "Point", "coordinates": [warm.lon(), warm.lat()]},
        "properties": {"name": "Under the stage", "story": "We sing here.", "being": true, "doing": true,
            "precision": "street", "share": {"published_maps": true}}});
    let created = person.post("places", &place).await;
    assert_eq!(created.status, 201, "{}", created.text());
    let id = created.json()["id"].as_str().unwrap().to_owned();
    let own = person.get(&format!("places/{id}")).await;
    assert_eq!(own.json()["properties"]["name"], "Under the stage");
    assert_ne!(own.json()["geometry"]["coordinates"], place["geometry"]["coordinates"]);

    // A month later it is old enough, and a release is made by another process on the same database.
    app.clock.advance(SignedDuration::from_hours(31 * 24));
    let ambient = Ambient { clock: app.clock.clone(), generator: Arc::new(SeededGenerator::new(7)) };
    let release = make_release(&*db.store, &ambient, &demo::community_id(), true).await.unwrap();
    eventually("the release is followed", || async { app.get("releases/latest").await.status == 200 }).await;
    let latest = app.get("releases/latest").await.json();
    assert_eq!(latest["id"], release.id.to_string());
    assert_eq!(latest["on_demand"], true);

    // Everyone sees the planted hot spot, in the list and as a tile; nobody sees the place.
    let hotspots = app.get("releases/latest/hotspots?measure=concentration&units=cells").await.json();
    let hot: Vec<&Value> = hotspots["features"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|f| f["properties"]["class"] == "hot99" && f["properties"]["name"] == "Laululava")
        .collect();
    assert!(!hot.is_empty(), "the planted warm area is hot");
    for answer in [
        app.get("releases/latest/hotspots?measure=concentration&units=neighbourhoods").await,
        app.get("releases/latest/cells").await,
    ] {
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert!(!answer.text().contains(&id) && !answer.text().contains("Under the stage"));
    }
    let (z, x, y) = tile_of(warm.lon(), warm.lat());
    let tile = app.get(&format!("/tiles/kaldavere/releases/{}/cells/{z}/{x}/{y}", release.id)).await;
    assert_eq!(tile.status, 200);
    assert!(!tile.body.is_empty());

    // Deleted, it is gone from the list, the memory and the rows; what was published stays as it was.
    let etag = own.header("etag").to_owned();
    assert_eq!(person.delete(&format!("places/{id}"), &etag).await.status, 204);
    assert_eq!(person.get(&format!("places/{id}")).await.status, 404);
    assert_eq!(person.count_places().await, 0);
    assert!(db.store.places(&demo::community_id()).await.unwrap().iter().all(|p| p.id.to_string() != id));
    let again = app.get("releases/latest/hotspots?measure=concentration&units=cells").await.json();
    assert_eq!(again, hotspots, "a withdrawal changes nothing that can be compared");
}

/// The web-mercator tile of zoom 12 that holds a position.
fn tile_of(lon: f64, lat: f64) -> (u8, u32, u32) {
    let position = engine::LonLat::new(lon, lat).unwrap();
    let tile = engine::mercator::TileId::containing(position, 12).unwrap();
    (tile.z(), tile.x(), tile.y())
}

#[tokio::test]
async fn below_the_start_gate_nothing_is_released_and_the_try_is_charged() {
    let db = Database::fresh(crate::databases::Engine::Sqlite).await;
    let ambient = Ambient { generator: Arc::new(SeededGenerator::new(5)), ..Ambient::system() };
    let town = town(1, 20, ambient.now());
    demo::seed(&*db.store, &ambient, &Texts::load(), &town).await.unwrap();
    let id = demo::community_id();
    let refused = make_release(&*db.store, &ambient, &id, true).await.unwrap_err();
    assert!(refused.to_string().contains("releases start at about 300"), "{refused}");
    let ledger = db.store.ledger(&id).await.unwrap();
    assert_eq!(ledger.iter().map(|row| row.layer.as_str()).collect::<Vec<_>>(), ["start_gate"]);
    assert!(db.store.releases(&id).await.unwrap().is_empty());
}
