//! What every route has in common: errors, headers, methods, the basemap, the pages and the description.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::databases::{Database, Engine};
use crate::test_app::{TestApp, bench, community, eventually, joining, kaldavere, release, send, support};

#[tokio::test]
async fn unknown_addresses_and_wrong_methods_are_problems_too() {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = TestApp::start(&db).await;
    for path in [
        "/api",
        "/api/nothing",
        "/api/communities/kaldavere/nothing",
        "/tiles/x",
        "/ogc/kaldavere/nothing",
        "/x.js",
    ] {
        let answer = send(app.request("GET", path).header("Accept", "text/html")).await;
        if path == "/x.js" {
            assert_eq!(answer.status, 200, "a page's own address");
        } else {
            answer.problem(404, "not-found");
        }
        send(app.request("POST", path)).await.problem(404, "not-found");
    }
    let wrong = [
        ("PATCH", "/api/communities", "GET,HEAD"),
        ("POST", "/api/communities", "GET,HEAD"),
        ("DELETE", "places", "GET,HEAD,POST"),
        ("TRACE", "me", "GET,HEAD,DELETE"),
        ("OPTIONS", "supports/search", "POST"),
        ("GET", "participants", "POST"),
        ("POST", "/basemap.pmtiles", "GET,HEAD"),
    ];
    for (method, path, allow) in wrong {
        let answer = send(app.request(method, path)).await;
        answer.problem(405, "method-not-allowed");
        assert_eq!(answer.header("allow"), allow, "{method} {path}");
    }
}

#[tokio::test]
async fn every_answer_carries_the_headers_that_protect_it() {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let page = send(app.request("GET", "/kaldavere/places").header("Accept", "text/html,*/*")).await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(
        page.header("content-security-policy"),
        "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'self'; img-src 'self' blob: \
         data:; style-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'"
    );
    let answers = [
        page,
        app.get("/api/communities").await,
        app.get("/nothing").await,
        member.get("me").await,
        member.get("places/x").await,
        app.get("/healthz").await,
    ];
    for answer in answers {
        assert_eq!(answer.header("x-content-type-options"), "nosniff");
        assert_eq!(answer.header("referrer-policy"), "no-referrer");
        assert_eq!(answer.header("cross-origin-opener-policy"), "same-origin");
        assert!(!answer.header("cross-origin-resource-policy").is_empty());
        assert!(answer.header("permissions-policy").contains("geolocation=(self)"));
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
        assert_eq!(answer.header("x-request-id").len(), 24);
        assert!(answer.header("server").is_empty());
    }
    let private = member.get("places").await;
    assert_eq!(private.header("cache-control"), "no-store");
    assert!(private.header("access-control-allow-origin").is_empty());
    let public = app.get("supports").await;
    assert_eq!(public.header("access-control-allow-origin"), "*");
    assert!(public.header("access-control-allow-credentials").is_empty());
    assert_ne!(member.get("me").await.header("x-request-id"), member.get("me").await.header("x-request-id"));
}

#[tokio::test]
async fn another_sites_page_cannot_act_for_somebody_who_is_signed_in() {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let cookie = format!("stead={}", member.token);
    let with = |headers: &[(&str, &str)]| {
        let request = app.request("POST", "places").header("Cookie", &cookie).json(&bench());
        headers.iter().fold(request, |request, (name, value)| request.header(*name, *value))
    };
    let forged = [
        [("Origin", "https://evil.example")],
        [("Origin", "null")],
        [("Sec-Fetch-Site", "cross-site")],
        [("Sec-Fetch-Site", "same-site")],
    ];
    for headers in forged {
        send(with(&headers)).await.problem(403, "forbidden");
    }
    let leave = app.request("DELETE", "me").header("Cookie", &cookie).header("Sec-Fetch-Site", "cross-site");
    send(leave).await.problem(403, "forbidden");
    let join =
        app.request("POST", "participants").header("Origin", "https://evil.example").json(&joining(true));
    send(join).await.problem(403, "forbidden");
    assert_eq!(member.count_places().await, 0);
    assert_eq!(send(with(&[("Sec-Fetch-Site", "same-origin")])).await.status, 201);
    assert_eq!(send(with(&[("Origin", app.url.as_str())])).await.status, 201);
    let read = app.request("GET", "places").header("Cookie", &cookie).header("Sec-Fetch-Site", "cross-site");
    assert!(send(read).await.header("access-control-allow-origin").is_empty());
}

#[tokio::test]
async fn the_basemap_is_served_by_ranges() {
    let db = Database::fresh(Engine::Sqlite).await;
    kaldavere(&*db.store).await;
    let folder = tempfile::tempdir().unwrap();
    let app = TestApp::on(db.store.clone(), 1, |config| config.with_data_dir(folder.path())).await;
    app.get("/basemap.pmtiles").await.problem(404, "not-found");
    let bytes: Vec<u8> = (0..200_000_u32).map(|i| u8::try_from(i % 251).unwrap()).collect();
    std::fs::write(folder.path().join("basemap.pmtiles"), &bytes).unwrap();
    assert_eq!(app.get("/api/communities/kaldavere").await.json()["has_basemap"], true);

    let whole = send(app.request("GET", "/basemap.pmtiles").header("Accept-Encoding", "gzip")).await;
    assert_eq!((whole.status.as_u16(), &whole.body), (200, &bytes));
    assert_eq!(whole.header("content-type"), "application/vnd.pmtiles");
    assert_eq!((whole.header("accept-ranges"), whole.header("content-encoding")), ("bytes", ""));
    let etag = whole.header("etag");
    let range = |range: &'static str| app.request("GET", "/basemap.pmtiles").header("Range", range);
    for (asked, first, last) in [
        ("bytes=0-126", 0, 126),
        ("bytes=100000-", 100_000, 199_999),
        ("bytes=-5", 199_995, 199_999),
        ("bytes=199990-300000", 199_990, 199_999),
    ] {
        let part = send(range(asked)).await;
        assert_eq!(part.status, 206, "{asked}");
        assert_eq!(part.header("content-range"), format!("bytes {first}-{last}/200000"));
        assert_eq!(part.body, bytes[first..=last]);
    }
    let beyond = send(range("bytes=200000-")).await;
    assert_eq!(beyond.problem(416, "range-not-satisfiable"), "Range");
    assert_eq!(beyond.header("content-range"), "bytes */200000");
    assert_eq!(send(range("bytes=0-1,4-5")).await.status, 200);
    assert_eq!(send(range("bytes=0-9").header("If-Range", etag)).await.status, 206);
    assert_eq!(send(range("bytes=0-9").header("If-Range", "\"old\"")).await.status, 200);
    let known = app.request("GET", "/basemap.pmtiles").header("If-None-Match", etag);
    assert_eq!(send(known).await.status, 304);
    let head = send(app.request("HEAD", "/basemap.pmtiles")).await;
    assert_eq!((head.status.as_u16(), head.header("content-length"), head.body.len()), (200, "200000", 0));
    std::fs::write(folder.path().join("basemap.pmtiles"), b"new").unwrap();
    assert_eq!(app.get("/basemap.pmtiles").await.body, b"new");
}

#[tokio::test]
async fn the_pages_are_cached_by_what_their_names_promise() {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = TestApp::start(&db).await;
    let page = send(app.request("GET", "/").header("Accept", "*/*")).await;
    assert_eq!((page.status.as_u16(), page.header("cache-control")), (200, "no-cache"));
    let again = app.request("GET", "/").header("Accept", "*/*").header("If-None-Match", page.header("etag"));
    let again = send(again).await;
    assert_eq!(again.status, 304);
    let policy = "content-security-policy";
    assert_eq!(again.header(policy), page.header(policy), "browsers take over the headers of a 304");
    let script = send(app.request("GET", "/assets/gone-123.js").header("Accept", "text/html,*/*")).await;
    script.problem(404, "not-found");
    send(app.request("DELETE", "/index.html")).await.problem(405, "method-not-allowed");
}

#[tokio::test]
async fn the_server_says_that_it_is_alive_and_ready() {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = TestApp::start(&db).await;
    assert_eq!(app.get("/healthz").await.json()["status"], "ok");
    assert_eq!(app.get("/readyz").await.json()["status"], "ready");
}

#[tokio::test]
async fn the_description_is_that_of_the_repository_and_describes_every_answer() {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = TestApp::start(&db).await;
    let described = stead::http::openapi_document();
    let served = app.get("/api/openapi.json").await.json();
    assert_eq!(serde_json::from_str::<Value>(&described).unwrap(), served);
    assert!(served["openapi"].as_str().unwrap().starts_with("3.1"));
    for (path, item) in served["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            assert!(operation["operationId"].is_string(), "{method} {path}");
            assert!(operation["responses"]["500"].is_object(), "{method} {path}");
        }
    }
    let snapshot = Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/openapi.json");
    if update_snapshots() {
        std::fs::write(&snapshot, &described).unwrap();
    }
    assert!(
        std::fs::read_to_string(&snapshot).unwrap_or_default() == described,
        "server/openapi.json is not what the code describes: run the tests with UPDATE_SNAPSHOTS=1, look at the \
         difference, and run `npm run api-types` in web/"
    );
}

#[expect(clippy::disallowed_methods, reason = "the person who runs the tests says so by the environment")]
fn update_snapshots() -> bool {
    std::env::var_os("UPDATE_SNAPSHOTS").is_some()
}

#[tokio::test]
async fn two_servers_on_one_postgresql_see_each_others_writes() {
    let db = Database::fresh(Engine::Postgres).await;
    let here = TestApp::start(&db).await;
    let store = stead::store::open(&db.url).await.unwrap();
    let there = TestApp::on(store, 2, |config| config).await;
    let member = here.participant().await;
    let path = member.save_bench().await;
    let over_there = |path: &str| there.request("GET", path).bearer_auth(&member.token);
    eventually("the place is seen over there", async || send(over_there(&path)).await.status == 200).await;
    assert_eq!(member.put(&path, "*", &bench()).await.header("etag"), "\"2\"");
    eventually("the change is seen over there", async || {
        send(over_there(&path)).await.header("etag") == "\"2\""
    })
    .await;
    assert_eq!(member.delete(&path, "*").await.status, 204);
    eventually("the place is gone over there", async || send(over_there(&path)).await.status == 404).await;

    let id = "kaldavere".parse().unwrap();
    let added = support(9, Some("New garden"), "garden", engine::support::Price::Free, 26.75, 58.38);
    let scope = stead::store::ImportScope { source: "osm".into(), complete: false };
    db.store
        .upsert_supports(&id, &[added], &scope, crate::test_app::at("2026-11-23T10:00:00Z"))
        .await
        .unwrap();
    db.store.save_release(&release(8)).await.unwrap();
    db.store.add_community(&community("elsewhere")).await.unwrap();
    for app in [&here, &there] {
        eventually("the garden is found", async || {
            app.get("supports?q=garden").await.json()["number_matched"] == 1
        })
        .await;
        eventually("the release is there", async || app.get("releases/latest").await.status == 200).await;
        eventually("the community is there", async || {
            app.get("/api/communities/elsewhere").await.status == 200
        })
        .await;
    }
}

#[tokio::test]
async fn a_connection_that_breaks_off_does_not_part_memory_from_store() {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    for _ in 0..20 {
        let request = member.request("POST", "places").json(&bench()).send();
        // Most of these give up somewhere between the request's arrival and the answer.
        let _ = tokio::time::timeout(std::time::Duration::from_millis(1), request).await;
    }
    let id = "kaldavere".parse().unwrap();
    eventually("memory and store agree", async || {
        db.store.places(&id).await.unwrap().len() == member.count_places().await
    })
    .await;
}

#[test]
fn the_engine_is_pure() {
    let tree = Command::new(env!("CARGO"))
        .args(["tree", "--package", "engine", "--edges", "normal", "--prefix", "none", "--offline"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
        .output()
        .expect("cargo starts");
    assert!(tree.status.success(), "{}", String::from_utf8_lossy(&tree.stderr));
    let tree = String::from_utf8_lossy(&tree.stdout);
    let packages: Vec<&str> = tree.lines().filter_map(|line| line.split(' ').next()).collect();
    assert!(packages.contains(&"geo"), "the tree was read");
    for impure in ["tokio", "axum", "sqlx", "hyper", "reqwest", "mio", "stead"] {
        assert!(!packages.contains(&impure), "engine depends on {impure}");
    }
}
