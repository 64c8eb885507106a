//! Stewards at work in the directory: what they add, change, close and merge, who may, and what an import leaves.

use engine::StaffId;
use engine::support::Price;
use reqwest::RequestBuilder;
use serde_json::{Value, json};
use stead::actions::staff::new_api_token;
use stead::ambient::Ambient;
use stead::import::{self, Format};
use stead::store::{ApiToken, ImportScope, NewRole, Role, Scope};

use crate::databases::{Database, on_both_engines};
use crate::test_app::{Answer, TestApp, at, community_id, eventually, send, support};

on_both_engines![
    a_steward_adds_a_support_and_everybody_finds_it,
    a_change_needs_the_version_that_was_read_and_survives_an_import,
    a_support_is_closed_now_or_on_a_day,
    two_that_are_one_are_merged_and_the_old_address_leads_on,
    a_change_arrives_in_another_process,
    only_stewards_of_the_community_with_the_scope_may_write,
    what_breaks_a_rule_is_named,
    a_confidential_support_is_forgotten_by_its_history,
];

/// Somebody of the staff with an API token.
async fn token(db: &Database, role: Role, scope: Scope) -> String {
    let ambient = Ambient::system();
    let (email, community) = (format!("{}@example.org", role.as_str()), community_id("kaldavere"));
    let role = NewRole { id: StaffId(ambient.id()), email, community, role, at: at("2026-01-01T00:00:00Z") };
    let staff = db.store.add_role(&role).await.unwrap().id;
    let (token, hash) = new_api_token(&ambient);
    let token_row = ApiToken {
        token: hash,
        id: ambient.id(),
        staff,
        scopes: vec![scope],
        created_at: at("2026-01-01T00:00:00Z"),
        expires_at: at("2027-01-01T00:00:00Z"),
        last_used: None,
    };
    db.store.add_api_token(&token_row).await.unwrap();
    token
}

struct Desk<'a> {
    app: &'a TestApp,
    token: String,
}

impl Desk<'_> {
    fn request(&self, method: &str, path: &str) -> RequestBuilder {
        self.app.request(method, path).bearer_auth(&self.token)
    }

    async fn send(&self, method: &str, path: &str, version: &str, body: &Value) -> Answer {
        send(self.request(method, path).header("If-Match", version).json(body)).await
    }

    async fn history(&self, path: &str) -> Vec<Value> {
        let answer = send(self.request("GET", &format!("{path}/history"))).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["changes"].as_array().unwrap().clone()
    }
}

async fn desk<'a>(db: &Database, app: &'a TestApp) -> Desk<'a> {
    Desk { app, token: token(db, Role::Steward, Scope::SupportsWrite).await }
}

fn peer_group() -> Value {
    json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [26.7201, 58.3801]}, "properties": {
        "name": "Kogemusgrupp Aed", "form": "peer_group", "support_types": ["emotional"], "price": "free",
        "languages": ["et"], "lived_experience": true, "closeness": ["shared_experience", "outreach"],
        "schedules": [{"interval": 2, "byday": ["TU"], "dtstart": "2026-11-24", "opens_at": "17:00", "closes_at": "19:00"}]}})
}

fn path(n: u128) -> String {
    format!("supports/00000000-0000-0000-0000-{n:012x}")
}

async fn a_steward_adds_a_support_and_everybody_finds_it(db: Database) {
    let app = TestApp::start(&db).await;
    let desk = desk(&db, &app).await;
    let added = desk.send("POST", "supports", "*", &peer_group()).await;
    assert_eq!(added.status, 201, "{}", added.text());
    assert_eq!(added.header("etag"), "\"1\"");
    let properties = &added.json()["properties"];
    assert_eq!((&properties["source"], &properties["category"]), (&json!("steward"), &json!("peer_group")));
    assert_eq!(properties["next_change"], "2026-11-24T17:00:00+02:00");
    let shown = send(reqwest::Client::new().get(added.header("location"))).await.json();
    assert_eq!(shown["properties"]["name"], "Kogemusgrupp Aed");
    for query in
        ["form=peer_group", "q=kogemusgrup", "open_at=2026-12-08T18:00:00%2B02:00", "type=peer_group"]
    {
        assert_eq!(app.get(&format!("supports?{query}")).await.json()["number_matched"], 1, "{query}");
    }
    assert_eq!(app.get("supports?open_at=2026-12-01T18:00:00%2B02:00").await.json()["number_matched"], 0);
}

async fn a_change_needs_the_version_that_was_read_and_survives_an_import(db: Database) {
    let app = TestApp::start(&db).await;
    let desk = desk(&db, &app).await;
    let mut feature = app.get(&path(1)).await.json();
    feature["properties"]["name"] = "Õnne raamatukogu".into();
    feature["properties"]["opening_hours"] = "Mo-Th, Su 10:00-20:00".into();
    let changed = desk.send("PUT", &path(1), "\"1\"", &feature).await;
    assert_eq!((changed.status.as_u16(), changed.header("etag")), (200, "\"2\""), "{}", changed.text());
    assert_eq!(changed.json()["properties"]["open"], true);
    desk.send("PUT", &path(1), "\"1\"", &feature).await.problem(412, "stale");
    send(desk.request("PUT", &path(1)).json(&feature)).await.problem(428, "precondition-required");
    desk.send("PUT", &path(99), "*", &feature).await.problem(404, "not-found");
    let file = json!({"type": "FeatureCollection", "features": [{"type": "Feature", "id": "node/1",
        "geometry": {"type": "Point", "coordinates": [26.7, 58.38]},
        "properties": {"amenity": "library", "name": "OSM's name", "phone": "+372 5555"}}]});
    let folder = tempfile::tempdir().unwrap();
    let name = folder.path().join("osm.geojson");
    std::fs::write(&name, file.to_string()).unwrap();
    let ambient = Ambient::system();
    import::supports(&*db.store, &ambient, &community_id("kaldavere"), &name, Format::Geojson).await.unwrap();
    let now = || async { app.get(&path(1)).await.json()["properties"].clone() };
    eventually("the import arrives", || async { now().await["phone"] == "+372 5555" }).await;
    let now = now().await;
    assert_eq!(
        (&now["name"], &now["opening_hours"]),
        (&json!("Õnne raamatukogu"), &json!("Mo-Th, Su 10:00-20:00"))
    );
    assert_eq!(now["version"], 3);
    let ops: Vec<_> =
        desk.history(&path(1)).await.iter().map(|c| (c["op"].clone(), c["who"].clone())).collect();
    assert_eq!(
        ops,
        [
            (json!("import"), Value::Null),
            (json!("edit"), json!("steward@example.org")),
            (json!("import"), Value::Null)
        ]
    );
    // The file had no others, which are missing there now: not listed, not gone.
    assert_eq!(app.get("supports").await.json()["number_matched"], 1);
    assert!(app.get(&path(2)).await.json()["properties"]["missing_since"].is_string());
    for (which, count) in [("also", 5), ("only", 4)] {
        let found = app.get(&format!("supports?missing={which}")).await.json();
        assert_eq!(found["number_matched"], count, "{which}");
        let searched = app.post("supports/search", &json!({"missing": which})).await.json();
        assert_eq!(searched["number_matched"], count, "{which}");
    }
    assert_eq!(app.get("supports?missing=perhaps").await.problem(400, "invalid-input"), "missing");
}

async fn a_support_is_closed_now_or_on_a_day(db: Database) {
    let app = TestApp::start(&db).await;
    let desk = desk(&db, &app).await;
    let closed = desk.send("POST", &format!("{}/close", path(1)), "\"1\"", &json!({})).await.json();
    assert_eq!(
        (&closed["properties"]["status"], &closed["properties"]["closing_on"]),
        (&json!("closed"), &json!("2026-11-23"))
    );
    let closing =
        desk.send("POST", &format!("{}/close", path(2)), "\"1\"", &json!({"on": "2026-11-24"})).await.json();
    assert_eq!(closing["properties"]["status"], "closing");
    assert_eq!(app.get("supports").await.json()["number_matched"], 4);
    assert_eq!(app.get("supports?status=closed").await.json()["number_matched"], 1);
    // Two days later it is closed without anybody doing anything.
    app.clock.advance(jiff::SignedDuration::from_hours(48));
    assert_eq!(app.get("supports").await.json()["number_matched"], 3);
    assert_eq!(app.get("supports?status=closed").await.json()["number_matched"], 2);
    assert_eq!(desk.history(&path(1)).await[0]["op"], "close");
    let wrong = desk.send("POST", &format!("{}/close", path(3)), "*", &json!({"on": "soon"})).await;
    assert_eq!(wrong.problem(422, "invalid-input"), "on");
}

async fn two_that_are_one_are_merged_and_the_old_address_leads_on(db: Database) {
    let app = TestApp::start(&db).await;
    let desk = desk(&db, &app).await;
    let into = |n: u128| json!({"into": path(n).trim_start_matches("supports/")});
    let merge = format!("{}/merge", path(4));
    let merged = desk.send("POST", &merge, "\"1\"", &into(2)).await;
    assert_eq!((merged.status.as_u16(), merged.header("etag")), (200, "\"2\""), "{}", merged.text());
    assert_eq!(app.get(&path(4)).await.json()["properties"]["name"], "Õnne café", "by way of the redirect");
    assert_eq!(app.get("supports").await.json()["number_matched"], 4);
    desk.send("POST", &merge, "*", &into(2)).await.problem(404, "not-found");
    for itself_or_nobody in [2, 4, 99] {
        let answer = desk.send("POST", &format!("{}/merge", path(2)), "*", &into(itself_or_nobody)).await;
        assert_eq!(answer.problem(422, "invalid-input"), "into");
    }
    desk.send("POST", &format!("{}/merge", path(1)), "\"9\"", &into(2)).await.problem(412, "stale");
    assert_eq!(
        desk.history(&path(4)).await[0]["after"]["merged_into"],
        path(2).trim_start_matches("supports/")
    );
}

async fn a_change_arrives_in_another_process(db: Database) {
    let app = TestApp::start(&db).await;
    let other = TestApp::on(db.store.clone(), 2, |config| config).await;
    let desk = desk(&db, &app).await;
    desk.send("POST", "supports", "*", &peer_group()).await;
    eventually("the other process finds it", || async {
        other.get("supports?form=peer_group").await.json()["number_matched"] == 1
    })
    .await;
}

async fn only_stewards_of_the_community_with_the_scope_may_write(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let close = format!("{}/close", path(1));
    let history = format!("{}/history", path(1));
    for (role, scope) in [
        (Role::Researcher, Scope::SupportsWrite),
        (Role::Planner, Scope::SupportsWrite),
        (Role::Steward, Scope::PlacesRead),
    ] {
        let desk = Desk { app: &app, token: token(&db, role, scope).await };
        let answer = desk.send("POST", "supports", "*", &peer_group()).await;
        assert_eq!(answer.status, 403, "{role:?}: {}", answer.text());
        assert_eq!(desk.send("POST", &close, "*", &json!({})).await.status, 403);
        assert_eq!(send(desk.request("GET", &history)).await.status, 403);
    }
    for request in [
        app.request("POST", "supports").json(&peer_group()),
        app.request("PUT", &path(1)).header("If-Match", "*").json(&peer_group()),
        app.request("GET", &history),
        member.request("POST", "supports").json(&peer_group()),
        member.request("GET", &history),
    ] {
        let answer = send(request).await;
        assert!(matches!(answer.status.as_u16(), 401 | 403), "{}", answer.text());
    }
    assert_eq!(app.get("supports").await.json()["number_matched"], 5);
}

async fn what_breaks_a_rule_is_named(db: Database) {
    let app = TestApp::start(&db).await;
    let desk = desk(&db, &app).await;
    for (pointer, value, field) in [
        ("/properties/form", json!("castle"), "properties.form"),
        ("/properties/name", json!("a\u{0}b"), "properties.name"),
        ("/properties/colour", json!("red"), "properties.colour"),
        ("/geometry", json!({"type": "Point", "coordinates": [200, 0]}), "geometry.coordinates[0]"),
        ("/geometry", json!(null), "geometry"),
        ("/type", json!("FeatureCollection"), "type"),
        ("/properties/schedules", json!([{"byday": ["XX"]}]), "properties.schedules[0].byday[0]"),
    ] {
        let mut feature = peer_group();
        feature["properties"]["colour"] = Value::Null;
        *feature.pointer_mut(pointer).unwrap() = value;
        if pointer != "/properties/colour" {
            feature["properties"].as_object_mut().unwrap().remove("colour");
        }
        let answer = desk.send("POST", "supports", "*", &feature).await;
        assert_eq!(answer.problem(422, "invalid-input"), field);
    }
    let broken =
        send(desk.request("POST", "supports").header("Content-Type", "application/json").body("{")).await;
    broken.problem(400, "invalid-input");
}

async fn a_confidential_support_is_forgotten_by_its_history(db: Database) {
    let app = TestApp::start(&db).await;
    let desk = desk(&db, &app).await;
    let mut shelter = support(21, Some("Turvakodu"), "shelter", Price::Free, 26.712_345, 58.38);
    shelter.details.address = Some("Salajane 7".into());
    let scope = ImportScope { source: "osm".into(), complete: false };
    db.store
        .upsert_supports(&community_id("kaldavere"), &[shelter], &scope, at("2026-02-01T00:00:00Z"))
        .await
        .unwrap();
    eventually("the shelter arrives", || async { app.get(&path(21)).await.status == 200 }).await;
    let mut feature = app.get(&path(21)).await.json();
    assert_eq!(feature["properties"]["address"], "Salajane 7");
    feature["properties"]["confidential"] = true.into();
    let hidden = desk.send("PUT", &path(21), "\"1\"", &feature).await;
    assert_eq!(
        (&hidden.json()["geometry"], &hidden.json()["properties"]["address"]),
        (&Value::Null, &Value::Null)
    );
    let told = format!("{:?}", desk.history(&path(21)).await);
    assert!(
        told.contains("Turvakodu") && !told.contains("Salajane") && !told.contains("26.712345"),
        "{told}"
    );
    let tile =
        engine::mercator::TileId::containing(engine::LonLat::new(26.712_345, 58.38).unwrap(), 14).unwrap();
    let here = "/api/communities/kaldavere";
    let mut outputs: Vec<String> = ["supports", "supports?near=26.712345,58.38", "access", "rhythm"]
        .iter()
        .map(|output| format!("{here}/{output}"))
        .collect();
    for format in ["geojson", "csv", "gpkg", "fgb", "parquet"] {
        outputs.push(format!("{here}/export/supports.{format}"));
    }
    for output in ["items", "items?f=html", "items?crs=http://www.opengis.net/def/crs/EPSG/0/3301"] {
        outputs.push(format!("/ogc/kaldavere/collections/supports/{output}"));
    }
    for output in ["services", "service_at_locations", "organizations"] {
        outputs.push(format!("/hsds/kaldavere/{output}"));
    }
    outputs.push(format!("/tiles/kaldavere/supports/14/{}/{}", tile.x(), tile.y()));
    let mut named = 0;
    for output in outputs {
        let answer = app.get(&output).await;
        assert!(answer.status == 200 || answer.status == 204, "{output}: {}", answer.status);
        let bytes = &answer.body;
        let holds = |what: &[u8]| bytes.windows(what.len()).any(|window| window == what);
        named += usize::from(holds(b"Turvakodu"));
        assert!(!holds(b"Salajane"), "{output} tells the address");
        for told in ["26.712345".as_bytes(), &26.712_345_f64.to_le_bytes(), &26.712_345_f64.to_be_bytes()] {
            assert!(!holds(told), "{output} tells the position");
        }
    }
    assert!(named >= 8, "it is named in {named} outputs only: the test does not look where it is");
}
