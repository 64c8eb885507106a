//! Finding supports over HTTP: by time, language, neighbourhood, form and words, one at a time and together.

use engine::support::{Channel, Form, Price, Referral, Status, Support};
use serde_json::{Value, json};
use stead::store::{ImportScope, SupportEdit, SupportMerge, SupportOp};

use crate::databases::{Database, on_both_engines};
use crate::test_app::{Answer, TestApp, at, community_id, eventually, kaldavere, send, support};

on_both_engines![
    a_support_says_whether_it_is_open_and_until_when_also_when_the_clocks_change,
    every_condition_finds_what_it_says_by_address_and_by_body,
    mistyped_words_are_forgiven,
    what_is_online_comes_behind_what_is_near_and_pages_go_on_through_both,
    what_was_found_is_counted_by_kind,
    one_support_is_read_by_itself_with_its_version_and_a_merged_one_leads_on,
    the_week_has_a_rhythm_of_168_hours,
    the_rhythm_counts_what_is_asked_for_and_each_neighbourhood_by_itself,
    wrong_questions_are_refused_by_name,
    areas_are_checked_before_they_are_asked_about,
    a_confidential_address_is_in_no_answer,
];

fn names(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let name = |f: &Value| f["properties"]["name"].as_str().unwrap_or("-").to_owned();
    answer.json()["features"].as_array().unwrap().iter().map(name).collect()
}

fn changed(n: u128, name: &str, category: &str, lon: f64, change: impl FnOnce(&mut Support)) -> Support {
    let mut support = support(n, Some(name), category, Price::Free, lon, 58.38);
    change(&mut support);
    support.without_secrets()
}

/// `kaldavere` with a few more supports, of which more is known.
async fn town(db: &Database) -> TestApp {
    kaldavere(&*db.store).await;
    let more = [
        changed(11, "Clubhouse Kaldavere", "social_centre", 26.715, |s| {
            s.details.form = Form::Clubhouse;
            s.details.opening_hours = Some("Mo-Fr 09:00-17:00; PH off".into());
            s.details.languages = vec!["et".into(), "ru".into()];
            s.details.wheelchair = Some("yes".into());
            s.details.referral = Referral::None;
            s.details.organisation = Some("Selts Üheskoos".into());
        }),
        changed(12, "Night kitchen", "soup_kitchen", 26.605, |s| {
            s.details.opening_hours = Some("Sa,Su 22:00-06:00".into());
            s.details.wheelchair = Some("no".into());
        }),
        changed(13, "Kriisiliin", "counselling", 26.7, |s| {
            s.details.channel = Channel::Telephone;
            s.details.form = Form::CrisisLine;
            s.details.opening_hours = Some("24/7".into());
            s.details.languages = vec!["et".into()];
        }),
        changed(14, "Old house", "library", 26.7, |s| s.details.status = Status::Closed),
        changed(15, "Safe house", "shelter", 26.701_234, |s| {
            s.details.confidential = true;
            s.details.address = Some("Salajane 7".into());
        }),
        changed(16, "By appointment", "cafe", 26.72, |s| {
            s.details.opening_hours = Some("\"call first\"".into());
        }),
    ];
    let scope = ImportScope { source: "osm".into(), complete: false };
    db.store
        .upsert_supports(&community_id("kaldavere"), &more, &scope, at("2026-02-01T00:00:00Z"))
        .await
        .unwrap();
    TestApp::on(db.store.clone(), 1, |config| config).await
}

async fn a_support_says_whether_it_is_open_and_until_when_also_when_the_clocks_change(db: Database) {
    let app = town(&db).await;
    let app = &app;
    let ask = |query: &'static str| async move {
        let answer = app.get(&format!("supports?{query}")).await.json();
        let p = &answer["features"][0]["properties"];
        (p["open"].clone(), p["next_change"].clone())
    };
    // The clock of the test stands at noon of a Monday in Tallinn.
    assert_eq!(ask("form=clubhouse").await, (json!(true), json!("2026-11-23T17:00:00+02:00")));
    assert_eq!(
        ask("form=clubhouse&open_at=2026-07-06T05:59:00Z").await,
        (Value::Null, Value::Null),
        "it is not open then, so it is not found"
    );
    assert_eq!(
        ask("form=clubhouse&open_at=2026-07-06T06:00:00Z").await,
        (json!(true), json!("2026-07-06T17:00:00+03:00"))
    );
    // In the night to 25 October 2026 the hour from three to four comes twice: 22:00 to 06:00 are nine hours.
    assert_eq!(
        ask("q=kitchen&open_at=2026-10-25T03:30:00Z").await,
        (json!(true), json!("2026-10-25T06:00:00+02:00"))
    );
    assert_eq!(ask("q=appointment").await, (Value::Null, Value::Null));
    assert_eq!(ask("q=kriisiliin").await, (json!(true), Value::Null));
    assert_eq!(ask("q=town+library").await, (Value::Null, Value::Null));
}

async fn every_condition_finds_what_it_says_by_address_and_by_body(db: Database) {
    let app = town(&db).await;
    let west = "00000000-0000-0000-0000-000000000001";
    let cases: &[(&str, Value, &[&str])] = &[
        (
            "form=clubhouse,crisis_line",
            json!({"form": ["clubhouse", "crisis_line"]}),
            &["Clubhouse Kaldavere", "Kriisiliin"],
        ),
        ("open_at=now", json!({"open_at": "now"}), &["Clubhouse Kaldavere", "Kriisiliin"]),
        (
            "open_at=2026-11-29T03:00:00%2B02:00",
            json!({"open_at": "2026-11-29T03:00:00+02:00"}),
            &["Night kitchen", "Kriisiliin"],
        ),
        // On the community's clocks.
        (
            "open_at=2026-11-29T03:00:00",
            json!({"open_at": "2026-11-29T03:00:00"}),
            &["Night kitchen", "Kriisiliin"],
        ),
        (
            "open_during=2026-11-23T10:00:00/2026-11-23T17:00:00",
            json!({"open_during": "2026-11-23T10:00:00/2026-11-23T17:00:00"}),
            &["Clubhouse Kaldavere", "Kriisiliin"],
        ),
        // A plus sign that nobody encoded.
        (
            "open_at=2026-11-29T03:00:00+02:00&free=true&accessible=false",
            json!({"q": "kitchen"}),
            &["Night kitchen"],
        ),
        (
            "open_during=2026-11-23T08:00:00Z/2026-11-23T15:00:00Z",
            json!({"open_during": "2026-11-23T08:00:00Z/2026-11-23T15:00:00Z"}),
            &["Clubhouse Kaldavere", "Kriisiliin"],
        ),
        (
            "open_during=2026-11-23T08:00:00Z/2026-11-23T15:01:00Z",
            json!({"open_during": "2026-11-23T08:00:00Z/2026-11-23T15:01:00Z"}),
            &["Kriisiliin"],
        ),
        // Christmas Eve.
        ("open_at=2026-12-24T10:00:00Z", json!({"open_at": "2026-12-24T10:00:00Z"}), &["Kriisiliin"]),
        ("language=ru", json!({"language": ["ru"]}), &["Clubhouse Kaldavere"]),
        ("language=ru,et", json!({"language": ["ru", "et"]}), &["Clubhouse Kaldavere", "Kriisiliin"]),
        ("accessible=true", json!({"accessible": true}), &["Clubhouse Kaldavere"]),
        ("accessible=false", json!({"accessible": false}), &["Night kitchen"]),
        ("status=closed", json!({"status": ["closed"]}), &["Old house"]),
        ("status=active&q=house&type=library", json!({"status": ["active"], "q": "old"}), &[]),
        (
            &format!("neighbourhood={west}&type=soup_kitchen,library"),
            json!({"neighbourhood": [west], "type": ["soup_kitchen", "library"]}),
            &["Night kitchen", "Town library"],
        ),
        (
            "open_at=now&form=clubhouse&support=emotional&free=true&language=et&accessible=true&q=selts&bbox=26.7,58.3,26.8,58.4&near=26.7,58.38&radius=2000",
            json!({"open_at": "now", "form": ["clubhouse"], "support": ["emotional"], "free": true, "language": ["et"],
                "accessible": true, "q": "selts", "bbox": [26.7, 58.3, 26.8, 58.4], "near": [26.7, 58.38], "radius": 2000}),
            &["Clubhouse Kaldavere"],
        ),
    ];
    for (query, body, expected) in cases {
        assert_eq!(names(&app.get(&format!("supports?{query}")).await), *expected, "{query}");
        assert_eq!(names(&app.post("supports/search", body).await), *expected, "{body}");
    }
}

async fn mistyped_words_are_forgiven(db: Database) {
    let app = town(&db).await;
    for typed in ["clubhuose", "clubouse", "clubhousee", "uheskoos", "üheskos", "kaldavere+club"] {
        assert_eq!(names(&app.get(&format!("supports?q={typed}")).await), ["Clubhouse Kaldavere"], "{typed}");
    }
    for (typed, found) in [("raamatukogu", 2), ("bibliotek", 2), ("biblotek", 2), ("xyzzy", 0), ("cub", 0)] {
        assert_eq!(names(&app.get(&format!("supports?q={typed}")).await).len(), found, "{typed}");
    }
}

async fn what_is_online_comes_behind_what_is_near_and_pages_go_on_through_both(db: Database) {
    let app = town(&db).await;
    for base in ["supports?limit=3", "supports?limit=3&near=26.74,58.38"] {
        let whole = names(&app.get(&base.replace("limit=3", "limit=100")).await);
        assert_eq!(whole[whole.len() - 2..], ["Kriisiliin", "Safe house"], "{base}");
        let (mut seen, mut next) = (Vec::new(), Some(String::new()));
        while let Some(cursor) = next {
            let page = app.get(&format!("{base}{cursor}")).await;
            seen.extend(names(&page));
            next = page.json()["next"].as_str().map(|cursor| format!("&cursor={cursor}"));
        }
        assert_eq!(seen, whole, "{base}");
    }
    let nearest = app.get("supports?near=26.7001,58.38&limit=1").await.json();
    let first = &nearest["features"][0]["properties"];
    assert_eq!((&first["walking_minutes"], &first["name"]), (&json!(1), &json!("Town library")));
    let line = &app.get("supports?q=kriisiliin&near=26.7,58.38").await.json()["features"][0];
    assert_eq!((&line["geometry"], &line["properties"]["distance_m"]), (&Value::Null, &Value::Null));
    assert!(
        !names(&app.get("supports?near=26.7,58.38&radius=200000").await).contains(&"Kriisiliin".to_owned())
    );
}

async fn what_was_found_is_counted_by_kind(db: Database) {
    let app = town(&db).await;
    let page = app.get("supports?facets=true&limit=1&free=true").await.json();
    let facets = &page["facets"];
    assert_eq!(page["number_matched"], 8);
    assert_eq!(facets["category"]["library"], 2);
    assert_eq!(
        facets["form"],
        json!({"cafe": 1, "clubhouse": 1, "crisis_line": 1, "library": 2, "meals": 1,
        "meeting_place": 1, "other": 1})
    );
    assert_eq!(facets["language"], json!({"et": 2, "ru": 1}));
    // What was chosen does not hide what else could be.
    let everything = app.get("supports?facets=true").await.json()["facets"].clone();
    assert_eq!(facets["price"], everything["price"]);
    assert_eq!((&facets["price"]["free"], everything["status"]["closed"].as_u64()), (&json!(8), Some(1)));
    let west = app.get("neighbourhoods").await.json()["features"][0]["id"].as_str().unwrap().to_owned();
    let there = app.get(&format!("supports?facets=true&neighbourhood={west}&status=active")).await.json();
    assert_eq!(there["facets"]["neighbourhood"][&west], there["number_matched"]);
    assert_eq!(there["facets"]["neighbourhood"], everything["neighbourhood"]);
    assert_eq!(everything["wheelchair"]["no"], 1);
    assert_eq!(facets["support"], json!({"emotional": 6, "informational": 2, "instrumental": 6}));
    assert_eq!(facets["open"], json!({"closed": 1, "open": 2, "unknown": 5}));
    assert!(app.get("supports").await.json().get("facets").is_none());
}

async fn one_support_is_read_by_itself_with_its_version_and_a_merged_one_leads_on(db: Database) {
    let app = town(&db).await;
    let path = |n: u128| format!("supports/00000000-0000-0000-0000-{n:012x}");
    let one = app.get(&path(11)).await;
    assert_eq!((one.header("etag"), one.json()["properties"]["form"].as_str()), ("\"1\"", Some("clubhouse")));
    assert_eq!(app.get(&path(14)).await.json()["properties"]["status"], "closed");
    app.get(&path(99)).await.problem(404, "not-found");
    app.get("supports/nonsense").await.problem(400, "invalid-input");
    // Another process edits one and merges another: this one hears of it by the feed.
    let community = community_id("kaldavere");
    let stored = db
        .store
        .support(&community, support(11, None, "cafe", Price::Free, 0.0, 0.0).id)
        .await
        .unwrap()
        .unwrap();
    let (who, time) = ("mari@example.org".to_owned(), at("2026-11-23T10:00:00Z"));
    let mut details = stored.details.clone();
    details.name = Some("Õnne maja".into());
    let edit = SupportEdit {
        community: community.clone(),
        id: stored.id,
        expected: 1,
        location: stored.location,
        details,
        op: SupportOp::Edit,
        who: who.clone(),
        at: time,
    };
    db.store.edit_support(&edit).await.unwrap();
    let from =
        db.store.supports(&community).await.unwrap().into_iter().find(|s| s.details.source_id == "node/12");
    let merge =
        SupportMerge { community, from: from.unwrap().id, expected: 1, into: stored.id, who, at: time };
    db.store.merge_supports(&merge).await.unwrap();
    eventually("the edit arrives", || async { app.get(&path(11)).await.header("etag") == "\"3\"" }).await;
    assert_eq!(app.get(&path(11)).await.json()["properties"]["name"], "Õnne maja");
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let moved = send(client.get(format!("{}/api/communities/kaldavere/{}", app.url, path(12)))).await;
    assert_eq!(
        (moved.status.as_u16(), moved.header("location")),
        (308, &*format!("/api/communities/kaldavere/{}", path(11)))
    );
    assert_eq!(names(&app.get("supports?q=kitchen").await), Vec::<String>::new());
}

async fn the_week_has_a_rhythm_of_168_hours(db: Database) {
    let app = town(&db).await;
    let rhythm = app.get("rhythm").await.json();
    let counts = |name: &str| -> Vec<u64> {
        rhythm[name].as_array().unwrap().iter().map(|n| n.as_u64().unwrap()).collect()
    };
    let (open, unknown) = (counts("open"), counts("unknown"));
    assert_eq!((rhythm["week"].as_str(), open.len(), unknown.len()), (Some("2026-11-23"), 168, 168));
    assert_eq!(rhythm["supports"], 10);
    // Monday at eight and nine; Sunday night at 23: the line alone, with the clubhouse, with the kitchen.
    assert_eq!((open[8], open[9], open[16], open[17], open[167]), (1, 2, 2, 1, 2));
    assert!(unknown.iter().all(|n| *n == 7), "{unknown:?}");
    let east = "00000000-0000-0000-0000-000000000002";
    assert_eq!(app.get(&format!("rhythm?form=clubhouse&neighbourhood={east}")).await.json()["supports"], 1);
    assert_eq!(app.get("rhythm?form=castle").await.problem(400, "invalid-input"), "form");
    assert_eq!(app.get("rhythm?near=1,2").await.problem(400, "invalid-input"), "near");
}

async fn the_rhythm_counts_what_is_asked_for_and_each_neighbourhood_by_itself(db: Database) {
    let app = town(&db).await;
    let ask = async |query: &str| app.get(&format!("rhythm?{query}")).await.json();
    let hour = |week: &Value, hour: usize| week["open"][hour].as_u64().unwrap();
    let free = ask("free=true").await;
    // The clubhouse, the kitchen and the line are free, and so are five of which nobody knows the hours.
    assert_eq!((free["supports"].as_u64(), hour(&free, 9)), (Some(8), 2));
    assert_eq!(ask("free=false").await["supports"], 1);
    let low = ask("low_threshold=true").await;
    assert_eq!((low["supports"].as_u64(), hour(&low, 9), hour(&low, 167)), (Some(1), 1, 0));
    assert_eq!(ask("low_threshold=false").await["supports"], 2, "a café that costs little, and a telephone");
    assert_eq!(names(&app.get("supports?low_threshold=true").await), ["Clubhouse Kaldavere"]);
    let by_body = app.post("supports/search", &json!({"low_threshold": true})).await;
    assert_eq!(names(&by_body), ["Clubhouse Kaldavere"]);
    assert_eq!(free["neighbourhoods"], Value::Null, "not asked for");

    let weeks = ask("by=neighbourhood").await;
    let each = weeks["neighbourhoods"].as_array().unwrap();
    let told: Vec<_> = each
        .iter()
        .map(|week| {
            assert_eq!(week["open"].as_array().unwrap().len(), 168);
            (
                week["name"].as_str().unwrap(),
                week["supports"].as_u64().unwrap(),
                hour(week, 9),
                hour(week, 167),
            )
        })
        .collect();
    // What is online or confidential is in no neighbourhood; the kitchen is open on Sunday night, the clubhouse at nine.
    assert_eq!(told, [("East", 7, 1, 0), ("West", 1, 0, 1)]);
    let west = "00000000-0000-0000-0000-000000000001";
    let one = ask(&format!("by=neighbourhood&neighbourhood={west}")).await;
    assert_eq!(one["neighbourhoods"].as_array().unwrap().len(), 1);
    assert_eq!(one["neighbourhoods"][0], each[1]);
    for (query, field) in [("by=street", "by"), ("free=maybe", "free"), ("low_threshold=2", "low_threshold")]
    {
        assert_eq!(app.get(&format!("rhythm?{query}")).await.problem(400, "invalid-input"), field, "{query}");
    }
}

async fn wrong_questions_are_refused_by_name(db: Database) {
    let app = TestApp::start(&db).await;
    let cases = [
        ("form=castle", "form"),
        ("status=gone", "status"),
        ("language=estonian", "language"),
        ("language=E1", "language"),
        ("accessible=perhaps", "accessible"),
        ("missing=", "missing"),
        ("facets=all", "facets"),
        ("open_at=tomorrow", "open_at"),
        ("open_at=2026-11-23", "open_at"),
        ("open_at=9999-12-31T10:00:00Z", "open_at"),
        ("open_at=-009999-01-01T00:00:00Z", "open_at"),
        ("open_during=2026-11-23T10:00:00Z", "open_during"),
        ("open_during=2026-11-23T10:00:00Z/2026-11-23T10:00:00Z", "open_during"),
        ("open_during=2026-11-23T10:00:00Z/2026-12-23T10:00:00Z", "open_during"),
        ("open_at=now&open_during=2026-11-23T10:00:00Z/2026-11-23T11:00:00Z", "open_during"),
        ("neighbourhood=west", "neighbourhood"),
        ("neighbourhood=00000000-0000-0000-0000-000000000009", "neighbourhood"),
        // Across the 180th meridian.
        ("bbox=179,-20,-179,20", "bbox"),
        // A cursor by distance in a list by name.
        ("cursor=d000000000000000000000000000000010000000000000000", "cursor"),
        ("near=26.7,58.3&cursor=n0000000000000000000000000000000161", "cursor"),
    ];
    for (query, field) in cases {
        let answer = app.get(&format!("supports?{query}")).await;
        assert_eq!(answer.problem(400, "invalid-input"), field, "{query}");
    }
    let many = format!("supports?language={}", vec!["et"; 101].join(","));
    assert_eq!(app.get(&many).await.problem(400, "invalid-input"), "language");
}

async fn areas_are_checked_before_they_are_asked_about(db: Database) {
    let app = TestApp::start(&db).await;
    let ring = |n: u32| -> Value {
        let corner = |i: u32| {
            let angle = f64::from(i % n) / f64::from(n) * std::f64::consts::TAU;
            json!([26.72 + 0.012 * angle.cos(), 58.38 + 0.012 * angle.sin()])
        };
        (0..=n).map(corner).collect()
    };
    let search = |shape: &str, coordinates: Value| {
        let body = json!({"within": {"type": shape, "coordinates": coordinates}});
        let app = &app;
        async move { app.post("supports/search", &body).await }
    };
    let found = ["Meeting place Aed", "Õnne café", "-"];
    assert_eq!(names(&search("Polygon", json!([ring(1_999)])).await), found);
    assert_eq!(names(&search("MultiPolygon", json!([[ring(40)]])).await), found);
    let bow = json!([[[26.7, 58.3], [26.8, 58.4], [26.8, 58.3], [26.7, 58.4], [26.7, 58.3]]]);
    for (shape, coordinates, field) in [
        ("Polygon", json!([ring(2_000)]), "within.coordinates"),
        ("MultiPolygon", json!([[ring(1_000)], [ring(1_000)]]), "within.coordinates"),
        ("MultiPolygon", json!([[ring(10)], [ring(10)]]), "within.coordinates"),
        ("Polygon", bow, "within.coordinates"),
        ("Polygon", json!([]), "within.coordinates"),
        ("Polygon", json!([[]]), "within.coordinates"),
        ("MultiPolygon", json!([]), "within.coordinates"),
        ("Polygon", json!([[[26.7, 58.3], [26.8, 58.4], [26.9, 58.5], [26.7, 58.3]]]), "within.coordinates"),
        ("Polygon", json!([[[200, 0], [201, 0], [201, 1], [200, 0]]]), "within.coordinates"),
        ("Polygon", json!("here"), "within.coordinates"),
        ("Circle", json!([26.7, 58.3]), "within.type"),
    ] {
        let answer = search(shape, coordinates).await;
        assert_eq!(answer.problem(422, "invalid-input"), field, "{shape}");
    }
    let (open, close) = ("[".repeat(2_000), "]".repeat(2_000));
    let text = format!(r#"{{"within": {{"type": "Polygon", "coordinates": {open}1{close}}}}}"#);
    let deep = app.request("POST", "supports/search").header("Content-Type", "application/json").body(text);
    assert_eq!(send(deep).await.status, 400, "nested too deeply to be read");
    // Nothing is anywhere near the other side of the world.
    let far = json!([[[179.0, -1.0], [180.0, -1.0], [180.0, 1.0], [179.0, 1.0], [179.0, -1.0]]]);
    assert_eq!(names(&search("Polygon", far).await), Vec::<String>::new());
}

async fn a_confidential_address_is_in_no_answer(db: Database) {
    let app = town(&db).await;
    let answer = app.get("supports?q=safe").await;
    assert_eq!(names(&answer), ["Safe house"]);
    assert_eq!(answer.json()["features"][0]["geometry"], Value::Null);
    for path in ["supports", "supports?near=26.7,58.38", "supports/00000000-0000-0000-0000-00000000000f"] {
        let text = app.get(path).await.text();
        assert!(text.contains("Safe house"), "{path}");
        assert!(!text.contains("Salajane") && !text.contains("26.701234"), "{path}");
    }
    assert_eq!(names(&app.get("supports?q=salajane").await), Vec::<String>::new());
}
