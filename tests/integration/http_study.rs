//! What a researcher asks of the places that participants share for research.

use jiff::SignedDuration;
use serde_json::{Value, json};
use stead::store::Role;

use crate::databases::{Database, on_both_engines};
use crate::http_staff::Colleague;
use crate::test_app::{Member, TestApp, bench, send};

on_both_engines![
    a_researcher_finds_shared_places_by_meaning_and_area_and_owners_see_that,
    pages_of_a_search_follow_each_other,
    the_nearest_supports_of_each_kind_stand_beside_each_place,
    neighbourhoods_have_their_nearest_supports_without_anybody_being_read,
    questions_are_kept_asked_again_and_forgotten,
    what_cannot_be_asked_is_refused_by_name,
];

const WEST: &str = "00000000-0000-0000-0000-000000000001";

/// A place with other answers than the bench's.
async fn save(app: &TestApp, member: &Member<'_>, lon: f64, properties: Value) -> String {
    app.clock.advance(SignedDuration::from_secs(1));
    let mut place = bench();
    place["geometry"]["coordinates"] = json!([lon, 58.38]);
    let changed = place["properties"].as_object_mut().unwrap();
    changed.extend(properties.as_object().unwrap().clone());
    let saved = member.post("places", &place).await;
    assert_eq!(saved.status, 201, "{}", saved.text());
    saved.json()["id"].as_str().unwrap().to_owned()
}

async fn found(liis: &Colleague<'_>, places: Value) -> Vec<String> {
    let answer = liis.post("places/search", &json!({ "places": places })).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    let id = |feature: &Value| feature["id"].as_str().unwrap().to_owned();
    answer.json()["features"].as_array().unwrap().iter().map(id).collect()
}

async fn a_researcher_finds_shared_places_by_meaning_and_area_and_owners_see_that(db: Database) {
    let app = TestApp::start(&db).await;
    let (anna, juhan) = (app.participant().await, app.participant().await);
    let east = save(&app, &anna, 26.75, json!({})).await;
    let joyful = json!({"feelings": [{"feeling": "joy", "strength": 1}], "doing": true, "barriers": ["noise"],
        "chime": ["meaning"]});
    let west = save(&app, &juhan, 26.65, joyful).await;
    let private = json!({"share": {"research": false, "published_maps": true, "public_story": false}});
    save(&app, &juhan, 26.65, private).await;
    let liis = Colleague::new(&app, &db, Role::Researcher).await;

    let both = [west.clone(), east.clone()];
    let square = |w: f64, e: f64| {
        json!({"type": "Polygon",
        "coordinates": [[[w, 58.3], [e, 58.3], [e, 58.4], [w, 58.4], [w, 58.3]]]})
    };
    for (places, expected) in [
        (json!({}), &both[..]),
        (json!({"feeling": ["calm", "joy"]}), &both[..]),
        (json!({"feeling": ["joy"]}), &both[..1]),
        (json!({"chime": ["identity", "connectedness"]}), &both[1..]),
        (json!({"barrier": ["noise"]}), &both[..1]),
        (json!({"doing": false, "being": true}), &both[1..]),
        (json!({"neighbourhood": [WEST]}), &both[..1]),
        (json!({"within": square(26.7, 26.8)}), &both[1..]),
        (json!({"within": square(26.7, 26.8), "neighbourhood": [WEST]}), &[]),
        (json!({"feeling": ["anger"]}), &[]),
    ] {
        assert_eq!(found(&liis, places.clone()).await, expected, "{places}");
    }
    let feature = liis.post("places/search", &json!({"places": {"feeling": ["joy"]}})).await.json();
    for private in ["home", "share", "diary"] {
        assert_eq!(feature["features"][0]["properties"].get(private), None, "{private}");
    }
    let reads = juhan.get("me/reads").await.json();
    let reads = reads["reads"].as_array().unwrap();
    assert_eq!(
        (reads[0]["who"].as_str(), reads[0]["places"][0].as_str()),
        (Some(&*liis.email), Some(&*west))
    );
    assert_eq!(reads[0]["what"], "search feeling", "what for, without the value that was asked about");
    assert!(reads.iter().all(|read| read["places"].as_array().unwrap().len() == 1));
    // What found nothing was no reading.
    assert!(reads.iter().all(|read| read["what"] != "search within neighbourhood"));

    let steward = Colleague::new(&app, &db, Role::Steward).await;
    steward.post("places/search", &json!({})).await.problem(403, "forbidden");
    juhan.post("places/search", &json!({})).await.problem(401, "unauthorised");
    assert_eq!(send(juhan.request("DELETE", "me")).await.status, 200);
    assert_eq!(found(&liis, json!({})).await, [east]);
}

async fn pages_of_a_search_follow_each_other(db: Database) {
    let app = TestApp::start(&db).await;
    let anna = app.participant().await;
    let mut saved = Vec::new();
    for n in 0..5 {
        saved.push(save(&app, &anna, 26.65 + 0.01 * f64::from(n), json!({})).await);
    }
    save(&app, &anna, 26.65, json!({"feelings": []})).await;
    let liis = Colleague::new(&app, &db, Role::Researcher).await;
    let mut ask = json!({"places": {"feeling": ["calm"]}, "limit": 2});
    let mut read = Vec::new();
    for expected in [2, 2, 1] {
        let page = liis.post("places/search", &ask).await.json();
        assert_eq!(page["number_returned"], expected);
        read.extend(
            page["features"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap().to_owned()),
        );
        ask["cursor"] = page["next"].clone();
    }
    assert_eq!(ask["cursor"], Value::Null);
    saved.reverse();
    assert_eq!(read, saved, "the newest first, each once");
}

async fn the_nearest_supports_of_each_kind_stand_beside_each_place(db: Database) {
    let app = TestApp::start(&db).await;
    let anna = app.participant().await;
    let exact = save(&app, &anna, 26.721, json!({"precision": "exact"})).await;
    save(&app, &anna, 26.65, json!({"feelings": []})).await;
    let liis = Colleague::new(&app, &db, Role::Researcher).await;
    let ask = json!({"of": "places", "places": {"feeling": ["calm"]}, "type": ["library", "cafe", "hospital"],
        "k": 1, "open_at": "2026-11-23T12:00:00+02:00"});
    let answer = liis.post("study/proximity", &ask).await.json();
    assert_eq!((&answer["of"], &answer["next"]), (&json!("places"), &Value::Null));
    assert_eq!(answer["open_at"], "2026-11-23T10:00:00Z");
    let rows = answer["rows"].as_array().unwrap();
    let short = |row: &Value| {
        ["of", "kind", "rank", "support_name", "walking_minutes", "open"].map(|field| row[field].clone())
    };
    // 0.019° of longitude at 58.38° north are 1,110 m; 0.009° are 526 m; nobody wrote hours down.
    let (none, name) = (Value::Null, json!(exact));
    assert_eq!(
        rows.iter().map(short).collect::<Vec<_>>(),
        [
            [name.clone(), json!("library"), json!(1), json!("Branch library"), json!(19), none.clone()],
            [name.clone(), json!("cafe"), json!(1), none.clone(), json!(9), none.clone()],
            [name.clone(), json!("hospital"), none.clone(), none.clone(), none.clone(), none.clone()],
        ]
    );
    let metres = rows[0]["distance_m"].as_f64().unwrap();
    assert!((metres - 1_112.0).abs() < 8.0, "{metres}");
    assert_eq!(rows[0]["precision_m"], 0);

    let all = liis.post("study/proximity", &json!({"of": "places", "k": 2, "limit": 1})).await.json();
    assert_eq!(all["rows"].as_array().unwrap().len(), 2, "one kind: all supports");
    assert_eq!((&all["rows"][0]["kind"], &all["rows"][0]["precision_m"]), (&none, &json!(130)));
    let next = json!({"of": "places", "k": 2, "limit": 1, "cursor": all["next"]});
    let next = liis.post("study/proximity", &next).await.json();
    assert_eq!((&next["rows"][0]["of"], &next["next"]), (&name, &none));
    let reads = anna.get("me/reads").await.json();
    assert_eq!(reads["reads"].as_array().unwrap().len(), 3);
    assert_eq!(reads["reads"][2]["what"], "proximity feeling");
}

async fn neighbourhoods_have_their_nearest_supports_without_anybody_being_read(db: Database) {
    let app = TestApp::start(&db).await;
    let anna = app.participant().await;
    anna.save_bench().await;
    let liis = Colleague::new(&app, &db, Role::Researcher).await;
    let answer =
        liis.post("study/proximity", &json!({"of": "neighbourhoods", "free": true, "k": 1})).await.json();
    let rows = answer["rows"].as_array().unwrap();
    let names = |row: &Value| (row["name"].clone(), row["support_name"].clone());
    assert_eq!(
        rows.iter().map(names).collect::<Vec<_>>(),
        [(json!("East"), json!("Branch library")), (json!("West"), json!("Town library")),]
    );
    assert_eq!(anna.get("me/reads").await.json()["reads"], json!([]));
}

async fn questions_are_kept_asked_again_and_forgotten(db: Database) {
    let app = TestApp::start(&db).await;
    app.participant().await.save_bench().await;
    let liis = Colleague::new(&app, &db, Role::Researcher).await;
    let places = json!({"feeling": ["calm"], "neighbourhood": [WEST.replace("01", "02")]});
    let kept = liis.post("study/queries", &json!({"name": " Rahulik ida ", "places": places})).await;
    assert_eq!(kept.status, 201, "{}", kept.text());
    let all = liis.ask("GET", "study/queries").await.json();
    assert_eq!(all["queries"], json!([kept.json()]));
    assert_eq!((&all["queries"][0]["name"], &all["queries"][0]["places"]), (&json!("Rahulik ida"), &places));
    assert_eq!(found(&liis, all["queries"][0]["places"].clone()).await.len(), 1);
    let again = liis.post("study/queries", &json!({"name": "Rahulik ida", "places": {}})).await;
    assert_eq!(again.problem(422, "invalid-input"), "name");
    for (name, places, field) in [
        ("", json!({}), "name"),
        ("a\nb", json!({}), "name"),
        ("b", json!({"feeling": ["nothing"]}), "places.feeling"),
        ("b", json!({"mood": []}), "places.mood"),
        ("b", json!({"being": "yes"}), "places.being"),
    ] {
        let refused = liis.post("study/queries", &json!({"name": name, "places": places})).await;
        assert_eq!(refused.problem(422, "invalid-input"), field);
    }
    let path = format!("study/queries/{}", kept.json()["id"].as_str().unwrap());
    assert_eq!(liis.ask("DELETE", &path).await.status, 204);
    liis.ask("DELETE", &path).await.problem(404, "not-found");
    assert_eq!(liis.ask("GET", "study/queries").await.json(), json!({"queries": []}));
    for n in 0..100 {
        assert_eq!(
            liis.post("study/queries", &json!({"name": n.to_string(), "places": {}})).await.status,
            201
        );
    }
    let more = liis.post("study/queries", &json!({"name": "101", "places": {}})).await;
    more.problem(422, "limit-reached");
}

async fn what_cannot_be_asked_is_refused_by_name(db: Database) {
    let app = TestApp::start(&db).await;
    let liis = Colleague::new(&app, &db, Role::Researcher).await;
    let bow = json!({"type": "Polygon", "coordinates": [[[26.6, 58.3], [26.7, 58.4], [26.7, 58.3], [26.6, 58.4],
        [26.6, 58.3]]]});
    let ring: Vec<_> = (0..=2001)
        .map(|n| {
            let angle = f64::from(n % 2001) * std::f64::consts::TAU / 2001.0;
            json!([26.7 + 0.05 * angle.cos(), 58.38 + 0.05 * angle.sin()])
        })
        .collect();
    let many = json!({"type": "Polygon", "coordinates": [ring]});
    for (path, body, field) in [
        ("places/search", json!({"places": {"within": bow}}), "places.within.coordinates"),
        ("places/search", json!({"places": {"within": many}}), "places.within.coordinates"),
        ("places/search", json!({"places": {"neighbourhood": ["nowhere"]}}), "places.neighbourhood"),
        ("places/search", json!({"places": {"chime": ["luck"]}}), "places.chime"),
        ("places/search", json!({"limit": 0}), "limit"),
        ("places/search", json!({"limit": 10_001}), "limit"),
        ("places/search", json!({"cursor": "x"}), "cursor"),
        ("places/search", json!({"place": {}}), "place"),
        ("study/proximity", json!({}), ""),
        ("study/proximity", json!({"of": "people"}), "of"),
        ("study/proximity", json!({"of": "places", "k": 21}), "k"),
        ("study/proximity", json!({"of": "places", "type": ["casino"]}), "type"),
        ("study/proximity", json!({"of": "places", "type": vec!["cafe"; 11]}), "type"),
        ("study/proximity", json!({"of": "places", "open_at": "noon"}), "open_at"),
        ("study/proximity", json!({"of": "neighbourhoods", "places": {}}), "places"),
        ("study/proximity", json!({"of": "neighbourhoods", "cursor": "x"}), "cursor"),
    ] {
        assert_eq!(liis.post(path, &body).await.problem(422, "invalid-input"), field, "{path} {body}");
    }
    for (method, path) in [
        ("POST", "places/search"),
        ("POST", "study/proximity"),
        ("GET", "study/queries"),
        ("POST", "study/queries"),
    ] {
        send(app.request(method, path).json(&json!({}))).await.problem(401, "unauthorised");
    }
}
