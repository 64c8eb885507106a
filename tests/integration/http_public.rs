//! What anyone may read over HTTP: communities, supports, neighbourhoods, releases and tiles.

use serde_json::{Value, json};

use crate::databases::{Database, on_both_engines};
use crate::test_app::{Answer, TestApp, kaldavere, release, send};

on_both_engines![
    a_community_says_everything_that_its_pages_need,
    supports_are_found_by_distance_type_price_and_text,
    a_search_by_body_finds_the_same_and_knows_polygons,
    supports_are_paged_without_gap_or_repetition,
    wrong_searches_are_refused_by_name,
    neighbourhoods_are_polygons_with_names,
    releases_show_every_number_with_its_company,
    tiles_describe_themselves_and_are_asked_for_again_cheaply,
];

fn names(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let page = answer.json();
    let name = |f: &Value| f["properties"]["name"].as_str().unwrap_or("-").to_owned();
    page["features"].as_array().unwrap().iter().map(name).collect()
}

async fn a_community_says_everything_that_its_pages_need(db: Database) {
    let app = TestApp::start(&db).await;
    let list = app.get("/api/communities").await.json();
    assert_eq!(
        list["communities"][0],
        json!({"id": "kaldavere", "title": "kaldavere",
        "languages": ["en", "et", "nb"], "bounds": [26.6, 58.3, 26.8, 58.45]})
    );
    let answer = app.get("/api/communities/kaldavere").await;
    let c = answer.json();
    assert_eq!(c["vocabulary"]["feelings"].as_array().unwrap().len(), 28);
    assert_eq!(c["vocabulary"]["precisions"][1], json!({"id": "street", "h3_resolution": 10, "metres": 130}));
    let categories = c["vocabulary"]["categories"].as_array().unwrap();
    let library = categories.iter().find(|category| category["id"] == "library").unwrap();
    assert!(library["labels"]["et"].is_string() && library["support_types"][0].is_string());
    assert_eq!(c["consent"]["version"], "2026-3");
    for language in ["en", "et", "nb"] {
        assert_eq!(c["consent"]["texts"][language]["sha256"].as_str().unwrap().len(), 64);
        assert!(c["crisis_contacts"][0]["note"][language].is_string());
    }
    assert_eq!(c["publication_policy"]["id"], "formal");
    assert_eq!(c["counts"], json!({"supports": 5, "neighbourhoods": 2}));
    assert_eq!((&c["latest_release"], &c["has_basemap"]), (&Value::Null, &json!(false)));
    assert!(c["attribution"].as_str().unwrap().contains("OpenStreetMap"));
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let again =
        app.request("GET", "/api/communities/kaldavere").header("If-None-Match", answer.header("etag"));
    assert_eq!(send(again).await.status, 304);
    for unknown in ["nowhere", "Kaldavere", "%00", "%ff", "a%2Fb"] {
        app.get(&format!("/api/communities/{unknown}")).await.problem(404, "not-found");
    }
}

async fn supports_are_found_by_distance_type_price_and_text(db: Database) {
    let app = TestApp::start(&db).await;
    let near = app.get("supports?near=26.7201,58.38&limit=2").await;
    assert_eq!(names(&near), ["Meeting place Aed", "-"]);
    let page = near.json();
    assert_eq!((&page["number_matched"], &page["number_returned"]), (&json!(5), &json!(2)));
    let first = &page["features"][0];
    assert_eq!(first["id"], "00000000-0000-0000-0000-000000000003");
    assert_eq!(first["geometry"], json!({"type": "Point", "coordinates": [26.72, 58.38]}));
    let metres = first["properties"]["distance_m"].as_f64().unwrap();
    assert!((metres - 5.8).abs() < 0.2, "{metres}");
    assert_eq!(first["properties"]["price"], "free");

    let cases: &[(&str, &[&str])] = &[
        ("", &["Branch library", "Meeting place Aed", "Õnne café", "Town library", "-"]),
        ("?near=26.7001,58.38&radius=700", &["Town library", "Õnne café"]),
        ("?type=library", &["Branch library", "Town library"]),
        ("?type=library,cafe&near=26.70,58.38", &["Town library", "Õnne café", "-", "Branch library"]),
        ("?support=informational&free=true", &["Branch library", "Town library"]),
        ("?free=false", &["Õnne café"]),
        ("?type=park", &[]),
        ("?q=ONNE", &["Õnne café"]),
        ("?q=%C3%B5nne+cafe", &["Õnne café"]),
        ("?bbox=26.695,58.37,26.715,58.39", &["Õnne café", "Town library"]),
        ("?near=0,0&radius=1000", &[]),
    ];
    for (query, expected) in cases {
        assert_eq!(names(&app.get(&format!("supports{query}")).await), *expected, "{query}");
    }
}

async fn a_search_by_body_finds_the_same_and_knows_polygons(db: Database) {
    let app = TestApp::start(&db).await;
    let search = |body: Value| {
        let app = &app;
        async move { app.post("supports/search", &body).await }
    };
    let body = json!({"near": [26.7001, 58.38], "radius": 700, "limit": 10, "type": ["library"],
        "support": ["informational"], "free": true, "q": "town"});
    assert_eq!(names(&search(body).await), ["Town library"]);
    let within = json!({"type": "Polygon", "coordinates":
        [[[26.715, 58.37], [26.735, 58.37], [26.735, 58.39], [26.715, 58.39], [26.715, 58.37]]]});
    assert_eq!(names(&search(json!({"within": within})).await), ["Meeting place Aed", "-"]);
    assert_eq!(
        names(&search(json!({"within": within, "near": [26.74, 58.38]})).await),
        ["-", "Meeting place Aed"]
    );
    assert_eq!(names(&search(json!({})).await).len(), 5);
    let wrong = [
        (json!({"where": 1}), "where"),
        (json!({"near": [200, 0]}), "near"),
        (json!({"near": [1]}), "near"),
        (json!({"type": ["spaceport"]}), "type"),
        (json!({"support": ["magic"]}), "support"),
        (json!({"limit": 0}), "limit"),
        (json!({"within": {"type": "Point", "coordinates": [[[1, 2]]]}}), "within.type"),
        (
            json!({"within": {"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [1, 2]]]}}),
            "within.coordinates",
        ),
        (json!({"q": "a\u{0}"}), "q"),
    ];
    for (body, field) in wrong {
        assert!(search(body.clone()).await.problem(422, "invalid-input").starts_with(field), "{body}");
    }
}

async fn supports_are_paged_without_gap_or_repetition(db: Database) {
    let app = TestApp::start(&db).await;
    for base in [
        "supports?limit=2",
        "supports?limit=2&near=26.74,58.38",
        "supports?limit=2&near=26.74,58.38&radius=9000",
    ] {
        let whole = names(&app.get(&base.replace("limit=2", "limit=100")).await);
        let (mut seen, mut next) = (Vec::new(), String::new());
        for pages_left in (0..3).rev() {
            let page = app.get(&format!("{base}{next}")).await;
            seen.extend(names(&page));
            assert_eq!(page.json()["number_matched"], 5);
            match page.json()["next"].as_str() {
                Some(cursor) => next = format!("&cursor={cursor}"),
                None => assert_eq!(pages_left, 0, "{base}"),
            }
        }
        assert_eq!(seen, whole, "{base}");
    }
}

async fn wrong_searches_are_refused_by_name(db: Database) {
    let app = TestApp::start(&db).await;
    let cases = [
        ("near=NaN,58", "near"),
        ("near=inf,58", "near"),
        ("near=200,58", "near"),
        ("near=26.7", "near"),
        ("near=26.7,58.3,1", "near"),
        ("near=26.7,58.3&radius=NaN", "radius"),
        ("near=26.7,58.3&radius=0", "radius"),
        ("near=26.7,58.3&radius=200001", "radius"),
        ("radius=100", "radius"),
        ("limit=0", "limit"),
        ("limit=10001", "limit"),
        ("limit=-1", "limit"),
        ("limit=1&limit=2", "limit"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=3,2,1,4", "bbox"),
        ("type=spaceport", "type"),
        ("support=magic", "support"),
        ("free=maybe", "free"),
        ("q=a%00b", "q"),
        ("q=%ff", "q"),
        ("cursor=abc", "cursor"),
        ("within=1", "within"),
        ("radios=100", "radios"),
    ];
    for (query, field) in cases {
        let answer = app.get(&format!("supports?{query}")).await;
        assert_eq!(answer.problem(400, "invalid-input"), field, "{query}");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
}

async fn neighbourhoods_are_polygons_with_names(db: Database) {
    let app = TestApp::start(&db).await;
    let answer = app.get("neighbourhoods").await;
    assert_eq!(answer.header("content-type"), "application/geo+json");
    assert_eq!(names(&answer), ["East", "West"]);
    let west = &answer.json()["features"][1];
    assert_eq!(west["geometry"]["type"], "Polygon");
    assert_eq!(west["properties"], json!({"name": "West", "source_id": null, "population": 6000}));
    assert_eq!(app.get("neighbourhoods?x=1").await.problem(400, "invalid-input"), "x");
}

async fn releases_show_every_number_with_its_company(db: Database) {
    kaldavere(&*db.store).await;
    let empty = TestApp::on(db.store.clone(), 3, |config| config).await;
    assert_eq!(empty.get("releases").await.json(), json!({"releases": []}));
    empty.get("releases/latest").await.problem(404, "not-found");
    empty.get("releases/latest/hotspots").await.problem(404, "not-found");
    empty.get("releases/x").await.problem(400, "invalid-input");

    db.store.save_release(&release(7)).await.unwrap();
    let app = TestApp::on(db.store.clone(), 4, |config| config).await;
    let latest = app.get("releases/latest").await.json();
    let id = latest["id"].as_str().unwrap();
    assert_eq!(app.get("releases").await.json()["releases"][0], latest);
    assert_eq!(app.get(&format!("releases/{id}")).await.json(), latest);
    assert_eq!((&latest["policy"], &latest["on_demand"]), (&json!("formal"), &json!(true)));
    assert_eq!(latest["neighbourhoods"], 2);
    assert_eq!(app.get("/api/communities/kaldavere").await.json()["latest_release"], id);

    let heat = app.get("releases/latest/heat?bandwidth=1000").await.json();
    let steps = heat["columns"].as_u64().unwrap() * heat["rows"].as_u64().unwrap();
    for list in ["values", "standard_errors"] {
        assert_eq!(heat[list].as_array().unwrap().len() as u64, steps);
    }
    let highest = heat["values"].as_array().unwrap().iter().filter_map(Value::as_f64).fold(0.0, f64::max);
    assert!(highest > 40.0, "90 people a cell of about 0.74 km² were planted: {highest}");
    assert_eq!((&heat["release"], &heat["policy"]), (&json!(id), &json!("formal")));
    assert_eq!(app.get("releases/latest/heat").await.json()["bandwidth"], 1_000);
    app.get("releases/latest/heat?bandwidth=50").await.problem(400, "invalid-input");
    // A surface finer than its cells, of some 920 m, would only pretend to know more.
    assert_eq!(heat["bandwidths"], json!([1_000, 2_000]));
    let finer = app.get("releases/latest/heat?bandwidth=500").await;
    assert!(finer.json()["detail"].as_str().unwrap().contains("1000 or 2000"), "{}", finer.text());
    assert_eq!(finer.problem(400, "invalid-input"), "bandwidth");

    let cells = app.get("releases/latest/cells").await.json();
    let cell = &cells["features"][0];
    assert_eq!(json!(cells["features"].as_array().unwrap().len()), latest["cells"]);
    assert_eq!((&cells["sigma"], &cells["release"]), (&json!(9), &json!(id)));
    assert_eq!(cell["properties"]["value"], -7);
    assert_eq!(cell["geometry"]["coordinates"][0].as_array().unwrap().len(), 7);

    let spots = app.get("releases/latest/hotspots?measure=concentration&units=cells&stat=gi-star").await;
    assert_eq!(spots.header("content-type"), "application/geo+json");
    let spots = spots.json();
    let class = |f: &Value| f["properties"]["class"].as_str().unwrap().to_owned();
    let features = spots["features"].as_array().unwrap();
    let hot: Vec<&Value> = features.iter().filter(|f| class(f) == "hot99").collect();
    assert!((7..=19).contains(&hot.len()), "{}", hot.len());
    assert_eq!(spots["significant"], features.iter().filter(|f| class(f).starts_with(['h', 'c'])).count());
    assert_eq!(spots["n_tested"], features.len());
    assert_eq!(spots["p_method"], "exact", "few enough people for it");
    // Of cells the fewest neighbours are those at the rim; the planted crowd makes the numbers skewed.
    assert_eq!(spots["warnings"][0]["code"], "skewed_values", "{}", spots["warnings"]);
    assert!(
        spots["warnings"][0]["detail"].as_str().unwrap().contains("exact probabilities, which allow for it")
    );
    let properties = hot[0]["properties"].as_object().unwrap();
    for name in ["unit", "name", "value", "low", "high", "people", "z", "q", "class"] {
        assert!(properties.contains_key(name), "{name}");
    }
    assert!(hot.iter().any(|f| f["properties"]["name"] == "West"));
    let quiet = features.iter().find(|f| class(f) == "not_enough").unwrap();
    assert_eq!((&quiet["properties"]["z"], &quiet["properties"]["q"]), (&Value::Null, &Value::Null));

    let towns = app.get("releases/latest/hotspots?units=neighbourhoods").await.json();
    assert_eq!(towns["features"][1]["properties"]["name"], "East");
    assert_eq!(towns["warnings"][0]["code"], "few_units");
    assert!(
        towns["warnings"][0]["detail"]
            .as_str()
            .unwrap()
            .starts_with("there are 2 units, fewer than 30: z is rough")
    );
    let again = app.get("releases/latest/hotspots?units=neighbourhoods").await.json();
    assert_eq!(towns["warnings"], again["warnings"]);
    // What is compared with its own expectation instead has no neighbours to be few.
    assert_eq!(app.get("releases/latest/hotspots?measure=relative").await.json()["warnings"], json!([]));
    assert_eq!(towns["features"][1]["properties"]["people"], 210);
    assert_eq!(towns["features"][0]["geometry"]["type"], "Polygon");
    for (query, field) in
        [("measure=income", "measure"), ("units=people", "units"), ("stat=p", "stat"), ("k=1", "k")]
    {
        let answer = app.get(&format!("releases/latest/hotspots?{query}")).await;
        assert_eq!(answer.problem(400, "invalid-input"), field);
    }
}

async fn tiles_describe_themselves_and_are_asked_for_again_cheaply(db: Database) {
    kaldavere(&*db.store).await;
    db.store.save_release(&release(7)).await.unwrap();
    let app = TestApp::on(db.store.clone(), 4, |config| config).await;
    for (path, layer) in
        [("supports", "supports"), ("neighbourhoods", "neighbourhoods"), ("releases/latest/cells", "cells")]
    {
        let description = app.get(&format!("/tiles/kaldavere/{path}")).await.json();
        assert_eq!(description["tilejson"], "3.0.0");
        assert_eq!(description["vector_layers"][0]["id"], layer);
        let template = description["tiles"][0].as_str().unwrap().strip_prefix(&app.url).unwrap().to_owned();
        // The tile that holds 26.72 58.38 at zoom 10.
        let at = |z: u32, x: u32, y: u32| {
            let numbers = [("{z}", z), ("{x}", x), ("{y}", y)];
            numbers.iter().fold(template.clone(), |t, (name, n)| t.replace(name, &n.to_string()))
        };
        let tile = app.get(&at(10, 588, 306)).await;
        assert_eq!(tile.status, 200, "{path}: {}", tile.text());
        assert_eq!(tile.header("content-type"), "application/vnd.mapbox-vector-tile");
        assert!(tile.body.windows(layer.len()).any(|w| w == layer.as_bytes()));
        assert_eq!(tile.header("cache-control"), "public, no-cache");
        let again = app.request("GET", &at(10, 588, 306)).header("If-None-Match", tile.header("etag"));
        let again = send(again).await;
        assert_eq!((again.status.as_u16(), again.body.len()), (304, 0));
        assert_eq!(app.get(&at(10, 0, 0)).await.status, 204);
        for wrong in [at(23, 0, 0), at(1, 2, 0), at(1, 0, 2), template.clone(), at(1, 0, 0) + ".5"] {
            let wrong = wrong.replace('{', "%7B").replace('}', "%7D");
            app.get(&wrong).await.problem(400, "invalid-input");
        }
    }
    app.get("/tiles/nowhere/supports").await.problem(404, "not-found");
    app.get("/tiles/nowhere/supports/0/0/0").await.problem(404, "not-found");
}
