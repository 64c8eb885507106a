//! Places over HTTP.

use serde_json::{Value, json};

use crate::databases::{Database, on_both_engines};
use crate::test_app::{TestApp, bench, send};

on_both_engines![
    a_place_is_saved_read_changed_and_deleted_by_its_owner,
    a_place_comes_back_at_the_precision_that_was_chosen_and_no_finer,
    nobody_reaches_anothers_place_in_any_way,
    the_same_key_and_body_give_the_same_place_and_another_body_is_refused,
    a_change_needs_the_version_that_is_there,
    a_list_is_paged_newest_first_without_gap_or_repetition,
    the_five_hundred_and_first_place_is_refused,
    bad_input_is_refused_by_its_field_and_stores_nothing,
    a_restarted_server_has_every_place,
];

async fn a_place_is_saved_read_changed_and_deleted_by_its_owner(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let created = member.post("places", &bench()).await;
    assert_eq!(created.status, 201, "{}", created.text());
    assert_eq!(created.header("etag"), "\"1\"");
    assert_eq!(created.header("cache-control"), "no-store");
    let location = created.header("location").strip_prefix(&app.url).unwrap().to_owned();
    let read = member.get(&location).await;
    assert_eq!(read.json(), created.json());
    let properties = &read.json()["properties"];
    assert_eq!(properties["name"], "Bench by the river");
    assert_eq!(properties["created_at"], "2026-11-23T10:00:00Z");
    assert_eq!((&properties["photos"], &properties["diary"]), (&json!([]), &json!([])));

    // What was read can be sent back as it is, with a change.
    let mut changed = read.json();
    changed["properties"]["name"] = json!("Bench by the pond");
    let answer = member.put(&location, "\"1\"", &changed).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("etag"), "\"2\"");
    assert_eq!(member.get(&location).await.json()["properties"]["name"], "Bench by the pond");
    assert_eq!(member.get("places").await.json()["features"][0]["properties"]["name"], "Bench by the pond");
    assert_eq!(member.get("me").await.json()["places"], 1);

    assert_eq!(member.delete(&location, "\"2\"").await.status, 204);
    member.get(&location).await.problem(404, "not-found");
    member.delete(&location, "*").await.problem(404, "not-found");
    assert_eq!(member.count_places().await, 0);
}

async fn a_place_comes_back_at_the_precision_that_was_chosen_and_no_finer(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let mut seen = Vec::new();
    for point in [[26.7225, 58.3806], [26.72251, 58.38061]] {
        let mut place = bench();
        place["geometry"]["coordinates"] = json!(point);
        place["properties"]["precision"] = json!("area");
        seen.push(member.post("places", &place).await.json()["geometry"].clone());
    }
    assert_eq!(seen[0], seen[1]);
    assert_ne!(seen[0]["coordinates"], json!([26.7225, 58.3806]));
    let mut walk = bench();
    walk["geometry"] = json!({"type":"LineString","coordinates":[[26.72,58.38],[26.73,58.39],[26.74,58.38]]});
    assert_eq!(member.post("places", &walk).await.json()["geometry"]["type"], "LineString");
    let mut area = bench();
    area["geometry"] = json!({"type":"Polygon","coordinates":
        [[[26.70,58.37],[26.74,58.37],[26.74,58.39],[26.70,58.37]]]});
    assert_eq!(member.post("places", &area).await.json()["geometry"]["type"], "Polygon");
}

async fn nobody_reaches_anothers_place_in_any_way(db: Database) {
    let app = TestApp::start(&db).await;
    let (owner, other) = (app.participant().await, app.participant().await);
    let path = owner.save_bench().await;
    for (method, body) in [("GET", None), ("DELETE", None), ("PUT", Some(bench()))] {
        let mut request = other.request(method, &path).header("If-Match", "*");
        if let Some(body) = &body {
            request = request.json(body);
        }
        send(request).await.problem(404, "not-found");
        let mut nobody = app.request(method, &path).header("If-Match", "*");
        if let Some(body) = &body {
            nobody = nobody.json(body);
        }
        send(nobody).await.problem(401, "unauthorised");
    }
    assert_eq!(other.count_places().await, 0);
    app.get("places").await.problem(401, "unauthorised");
    assert_eq!(owner.get(&path).await.header("etag"), "\"1\"");
}

async fn the_same_key_and_body_give_the_same_place_and_another_body_is_refused(db: Database) {
    let app = TestApp::start(&db).await;
    let (member, other) = (app.participant().await, app.participant().await);
    let with_key = |key: &'static str, body: &Value| {
        send(member.request("POST", "places").header("Idempotency-Key", key).json(body))
    };
    let first = with_key("a-1", &bench()).await;
    let again = with_key("a-1", &bench()).await;
    assert_eq!((first.status, again.status), (again.status, reqwest::StatusCode::CREATED));
    assert_eq!(first.json(), again.json());
    assert_eq!(first.header("location"), again.header("location"));
    let mut different = bench();
    different["properties"]["name"] = json!("Elsewhere");
    assert_eq!(with_key("a-1", &different).await.problem(422, "invalid-input"), "Idempotency-Key");
    assert_eq!(member.count_places().await, 1);
    let request = other.request("POST", "places").header("Idempotency-Key", "a-1").json(&bench());
    let theirs = send(request).await;
    assert_ne!(theirs.json()["id"], first.json()["id"]);
    for wrong in ["", "two words", &"k".repeat(201)] {
        let request = member.request("POST", "places").header("Idempotency-Key", wrong).json(&bench());
        assert_eq!(send(request).await.problem(400, "invalid-input"), "Idempotency-Key");
    }
    let path = format!("places/{}", first.json()["id"].as_str().unwrap());
    assert_eq!(member.delete(&path, "*").await.status, 204);
    with_key("a-1", &bench()).await.problem(409, "conflict");
}

async fn a_change_needs_the_version_that_is_there(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let path = member.save_bench().await;
    let without = send(member.request("PUT", &path).json(&bench())).await;
    assert_eq!(without.problem(428, "precondition-required"), "If-Match");
    send(member.request("DELETE", &path)).await.problem(428, "precondition-required");
    for stale in ["\"2\"", "W/\"1\"", "\"x\"", "\"0\", \"7\""] {
        member.put(&path, stale, &bench()).await.problem(412, "stale");
        member.delete(&path, stale).await.problem(412, "stale");
    }
    assert_eq!(member.put(&path, "1", &bench()).await.problem(400, "invalid-input"), "If-Match");
    assert_eq!(member.put(&path, "\"9\", \"1\"", &bench()).await.status, 200);
    assert_eq!(member.put(&path, "*", &bench()).await.header("etag"), "\"3\"");
    assert_eq!(member.get("places/not-a-uuid").await.problem(400, "invalid-input"), "id");
}

async fn a_list_is_paged_newest_first_without_gap_or_repetition(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    for i in 0..5 {
        let mut place = bench();
        place["properties"]["name"] = json!(format!("place {i}"));
        member.post("places", &place).await;
        app.clock.advance(jiff::SignedDuration::from_micros(1));
    }
    let (mut names, mut cursor) = (Vec::new(), None::<String>);
    loop {
        let query = cursor.map(|c| format!("&cursor={c}")).unwrap_or_default();
        let page = member.get(&format!("places?limit=2{query}")).await.json();
        let features = page["features"].as_array().unwrap();
        assert_eq!(page["number_returned"], features.len());
        names.extend(features.iter().map(|f| f["properties"]["name"].as_str().unwrap().to_owned()));
        cursor = page["next"].as_str().map(str::to_owned);
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(names, ["place 4", "place 3", "place 2", "place 1", "place 0"]);
    for (query, field) in [
        ("limit=0", "limit"),
        ("limit=10001", "limit"),
        ("limit=x", "limit"),
        ("cursor=x", "cursor"),
        ("x=1", "x"),
    ] {
        assert_eq!(member.get(&format!("places?{query}")).await.problem(400, "invalid-input"), field);
    }
}

async fn the_five_hundred_and_first_place_is_refused(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    for _ in 0..500 {
        member.save_bench().await;
    }
    member.post("places", &bench()).await.problem(422, "limit-reached");
    let page = member.get("places?limit=500").await.json();
    assert_eq!((&page["number_returned"], &page["next"]), (&json!(500), &Value::Null));
}

async fn bad_input_is_refused_by_its_field_and_stores_nothing(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let cases: &[(&str, Value, &str)] = &[
        ("/geometry/coordinates", json!([58.3806, 26.7225]), "geometry.coordinates"),
        ("/geometry/coordinates", json!([200, 58.38]), "geometry.coordinates[0]"),
        ("/geometry/coordinates", json!([26.7, "58"]), "geometry.coordinates"),
        ("/geometry/coordinates", json!([26.7]), "geometry.coordinates"),
        ("/geometry/coordinates", json!([null, null]), "geometry.coordinates"),
        ("/geometry", Value::Null, "geometry"),
        ("/properties/name", json!("a\u{0}b"), "properties.name"),
        ("/properties/story", json!("x".repeat(20_001)), "properties.story"),
        ("/properties/feelings/0/strength", json!(4), "properties.feelings[0].strength"),
        ("/properties/feelings/0/strength", json!(-1), "properties.feelings[0].strength"),
        ("/properties/being", json!(false), "properties.being"),
        ("/properties/precision", json!("metre"), "properties.precision"),
    ];
    for (pointer, value, field) in cases {
        let mut place = bench();
        *place.pointer_mut(pointer).unwrap() = value.clone();
        let answer = member.post("places", &place).await;
        assert_eq!(answer.problem(422, "invalid-input"), *field, "{pointer} = {value}");
    }
    let mut unknown = bench();
    unknown["properties"]["diagnosis"] = json!("none of anybody's business");
    let answer = member.post("places", &unknown).await;
    assert_eq!(answer.problem(422, "invalid-input"), "properties.diagnosis");
    assert!(!answer.text().contains("business"));

    let text = bench().to_string();
    let raw = |body: Vec<u8>| {
        send(member.request("POST", "places").header("Content-Type", "application/geo+json").body(body))
    };
    let malformed: [Vec<u8>; 8] = [
        b"".to_vec(),
        b"{".to_vec(),
        text.replace("26.7225", "NaN").into_bytes(),
        text.replace("26.7225", "Infinity").into_bytes(),
        text.replace("26.7225", "1e999").into_bytes(),
        format!("{text}{text}").into_bytes(),
        text.replace("26.7225", &"[".repeat(100_000)).into_bytes(),
        [b"{\"type\":\"\xff\xfe\"".to_vec(), text.into_bytes()].concat(),
    ];
    for body in malformed {
        let shown = String::from_utf8_lossy(&body[..body.len().min(60)]).into_owned();
        let answer = raw(body).await;
        assert_eq!(answer.status, 400, "{shown}: {}", answer.text());
        answer.problem(400, "invalid-input");
    }
    let twice = bench().to_string().replacen(r#""being":true"#, r#""being":true,"being":true"#, 1);
    raw(twice.into_bytes()).await.problem(422, "invalid-input");
    raw(vec![b' '; 1024 * 1024 + 1]).await.problem(413, "too-large");
    let form =
        member.request("POST", "places").header("Content-Type", "text/plain").body(bench().to_string());
    assert_eq!(send(form).await.problem(415, "invalid-input"), "Content-Type");

    assert_eq!(member.count_places().await, 0);
    assert!(db.store.places(&"kaldavere".parse().unwrap()).await.unwrap().is_empty());
}

async fn a_restarted_server_has_every_place(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let path = member.save_bench().await;
    let before = member.get(&path).await.json();
    let restarted = TestApp::on(db.store.clone(), 7, |config| config).await;
    let after = send(restarted.request("GET", &path).bearer_auth(&member.token)).await;
    assert_eq!(after.json(), before);
}
