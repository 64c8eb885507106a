//! The OGC API over HTTP, and what real clients make of it.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use engine::support::Channel;
use jiff::SignedDuration;
use serde_json::{Value, json};
use stead::actions::staff::make_token;
use stead::ambient::Ambient;
use stead::store::{ImportScope, Role, Scope};

use crate::databases::{Database, Engine, on_both_engines};
use crate::http_staff::Colleague;
use crate::test_app::{TestApp, TestClock, at, community_id, release, send, support};

on_both_engines![
    a_client_finds_its_way_from_the_landing_page_to_every_item,
    pages_of_items_add_up_and_no_item_comes_twice,
    conditions_narrow_items_down_and_what_is_nowhere_meets_every_box,
    filters_in_both_encodings_narrow_items_down,
    coordinates_come_in_the_system_and_order_that_was_asked_for,
    what_cannot_be_asked_is_refused_by_name,
    places_need_a_token_and_every_reading_is_written_down,
    tiles_stand_at_row_and_column,
];

const BASE: &str = "/ogc/kaldavere";

fn links<'a>(document: &'a Value, rel: &str) -> Vec<&'a str> {
    let all = document["links"].as_array().unwrap();
    all.iter().filter(|l| l["rel"] == rel).map(|l| l["href"].as_str().unwrap()).collect()
}

fn ids(page: &Value) -> Vec<String> {
    page["features"].as_array().unwrap().iter().map(|f| f["id"].as_str().unwrap().to_owned()).collect()
}

async fn items(app: &TestApp, collection: &str, query: &str) -> Value {
    let answer = app.get(&format!("{BASE}/collections/{collection}/items?{query}")).await;
    assert_eq!(answer.status, 200, "{query}: {}", answer.text());
    answer.json()
}

/// A town with a release, and a support that is nowhere.
async fn town(db: &Database) -> TestApp {
    let app = TestApp::start(db).await;
    let mut online = support(9, Some("Line"), "community_centre", engine::support::Price::Free, 26.7, 58.38);
    online.details.channel = Channel::Online;
    let scope = ImportScope { source: "own".into(), complete: false };
    let id = community_id("kaldavere");
    db.store
        .upsert_supports(&id, &[online.without_secrets()], &scope, at("2026-02-01T00:00:00Z"))
        .await
        .unwrap();
    db.store.save_release(&release(7)).await.unwrap();
    drop(app);
    TestApp::on(Arc::clone(&db.store), 1, |config| config).await
}

async fn a_client_finds_its_way_from_the_landing_page_to_every_item(db: Database) {
    let app = town(&db).await;
    let here = |href: &str| href.strip_prefix(&app.url).unwrap_or_else(|| panic!("{href}")).to_owned();
    let landing = app.get(BASE).await;
    assert_eq!(landing.header("content-type"), "application/json");
    assert_eq!(landing.header("access-control-allow-origin"), "*");
    let landing = landing.json();
    let api = app.get(&here(links(&landing, "service-desc")[0])).await;
    assert_eq!(api.header("content-type"), "application/vnd.oai.openapi+json;version=3.0");
    let api = api.json();
    assert_eq!(api["openapi"], "3.0.3");
    assert!(!api.to_string().contains("\"$ref\":\"http"), "the document refers to nothing elsewhere");
    for path in ["/collections/supports/items", "/collections/places/items/{item}", "/conformance"] {
        assert!(api["paths"][path]["get"].is_object(), "{path}");
    }
    let classes = app.get(&here(links(&landing, "conformance")[0])).await.json();
    assert!(classes["conformsTo"].as_array().unwrap().len() > 10);
    let all = app.get(&here(links(&landing, "data")[0])).await.json();
    let collections = all["collections"].as_array().unwrap();
    let names: Vec<_> = collections.iter().map(|c| c["id"].as_str().unwrap()).collect();
    assert_eq!(names, ["supports", "neighbourhoods", "cells"], "places are listed for researchers alone");
    for (collection, count) in collections.iter().zip([6, 2, 0]) {
        let own = app.get(&here(links(collection, "self")[0])).await.json();
        assert_eq!(&own, collection);
        let page = app.get(&here(links(collection, "items")[0])).await;
        assert_eq!(page.header("content-type"), "application/geo+json");
        assert_eq!(page.header("content-crs"), "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>");
        let page = page.json();
        let matched = page["numberMatched"].as_u64().unwrap();
        assert!(if count > 0 { matched == count } else { matched > 50 }, "{matched}");
        let schema = app.get(&here(links(collection, "describedby")[0])).await;
        assert_eq!(schema.header("content-type"), "application/schema+json");
        let schema = schema.json();
        let known: BTreeSet<&String> = schema["properties"].as_object().unwrap().keys().collect();
        for feature in page["features"].as_array().unwrap() {
            let address =
                format!("{}/items/{}", links(collection, "self")[0], feature["id"].as_str().unwrap());
            let alone = app.get(&here(&address)).await.json();
            assert_eq!(
                (&alone["properties"], &alone["geometry"]),
                (&feature["properties"], &feature["geometry"])
            );
            let has: BTreeSet<&String> = feature["properties"].as_object().unwrap().keys().collect();
            assert_eq!(has.len() + 1, known.len(), "every property is there, null or not");
            assert!(has.is_subset(&known));
        }
        let queryables =
            app.get(&here(links(collection, "http://www.opengis.net/def/rel/ogc/1.0/queryables")[0])).await;
        assert_eq!(queryables.json()["additionalProperties"], false);
    }
    for path in [
        "",
        "/",
        "/conformance",
        "/collections",
        "/collections/supports",
        "/collections/supports/items",
        "/api.html",
    ] {
        let page = send(app.request("GET", &format!("{BASE}{path}")).header("Accept", "text/html")).await;
        assert_eq!(
            (page.status.as_u16(), page.header("content-type")),
            (200, "text/html; charset=utf-8"),
            "{path}"
        );
        assert!(page.text().starts_with("<!doctype html>"), "{path}");
    }
    assert_eq!(app.get("/ogc/style.css").await.status, 200);
    app.get("/ogc/nowhere").await.problem(404, "not-found");
    app.get(&format!("{BASE}/collections/people")).await.problem(404, "not-found");
    app.get(&format!("{BASE}/collections/supports/items/none")).await.problem(404, "not-found");
    let image = send(app.request("GET", BASE).header("Accept", "image/png")).await;
    assert_eq!(image.problem(406, "not-acceptable"), "Accept");
}

async fn pages_of_items_add_up_and_no_item_comes_twice(db: Database) {
    let app = town(&db).await;
    for limit in [1, 4, 5, 100] {
        let mut address =
            format!("{BASE}/collections/supports/items?limit={limit}&bbox=26.6,58.3,26.8,58.45");
        let mut seen = Vec::new();
        loop {
            let page = app.get(&address).await.json();
            assert_eq!(page["numberMatched"], 6, "the one that is nowhere is among them");
            assert_eq!(page["numberReturned"], page["features"].as_array().unwrap().len());
            seen.extend(ids(&page));
            let Some(next) = links(&page, "next").first().map(|href| href[app.url.len()..].to_owned()) else {
                break;
            };
            assert!(next.contains(&format!("limit={limit}")) && next.contains("bbox="), "{next}");
            address = next;
        }
        assert_eq!(seen.len(), 6, "{limit}");
        assert!(seen.is_sorted() && seen.iter().collect::<BTreeSet<_>>().len() == 6);
    }
    let most = items(&app, "supports", "limit=99999999999").await;
    assert_eq!(most["numberReturned"], 6, "a limit beyond the maximum is cut to it");
    let hits = items(&app, "supports", "resultType=hits&category=library").await;
    assert_eq!((&hits["numberMatched"], &hits["features"]), (&json!(2), &json!([])));
}

async fn conditions_narrow_items_down_and_what_is_nowhere_meets_every_box(db: Database) {
    let app = town(&db).await;
    let count = async |collection: &str, query: &str| {
        items(&app, collection, query).await["numberMatched"].as_u64().unwrap()
    };
    for (query, expected) in [
        ("category=library", 2),
        ("category=library&price=free&name=Town%20library", 1),
        ("confidential=false", 6),
        ("support_types=emotional", 4),
        ("support_types=emotional&category=cafe", 2),
        ("name=nothing", 0),
        ("bbox=26.695,58.37,26.715,58.39", 3),
        ("bbox=26.695,58.37,0,26.715,58.39,10", 3),
        ("bbox=58.37,26.695,58.39,26.715&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/4326", 3),
        ("bbox=6473000,657000,6475500,659000&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/3301", 3),
        ("bbox=177,65,-177,70", 1),
        ("bbox=-180,-90,180,90", 6),
        ("bbox=-500,-500,500,500", 6),
        ("bbox=26.6,58.5,26.8,58.3", 1),
        ("bbox=26.6,58.3,9,26.8,58.5,1", 1),
        ("bbox=1e300,1,1e301,2&bbox-crs=http://www.opengis.net/def/crs/EPSG/0/25833", 1),
        ("datetime=2020-01-01", 6),
        ("channel=online", 1),
    ] {
        assert_eq!(count("supports", query).await, expected, "{query}");
    }
    assert_eq!(count("neighbourhoods", "bbox=26.65,58.35,26.66,58.36").await, 1);
    assert_eq!(count("neighbourhoods", "population=6000").await, 2);
    let all = count("cells", "").await;
    let day = release(7).made_at.strftime("%Y-%m-%d").to_string();
    assert_eq!(
        (count("cells", &format!("datetime={day}")).await, count("cells", "datetime=../2020-01-01").await),
        (all, 0)
    );
}

async fn filters_in_both_encodings_narrow_items_down(db: Database) {
    let app = town(&db).await;
    let encoded = |text: &str| -> String {
        text.bytes()
            .map(|b| if b.is_ascii_alphanumeric() { char::from(b).to_string() } else { format!("%{b:02X}") })
            .collect()
    };
    let count = async |query: &str, filter: &str| {
        let query = format!("{query}filter={}", encoded(filter));
        items(&app, "supports", &query).await["numberMatched"].as_u64().unwrap()
    };
    for (query, filter, expected) in [
        ("", "category = 'library'", 2),
        ("filter-lang=cql2-text&", "category IN ('library', 'cafe') AND price <> 'free'", 2),
        ("filter-lang=cql-text&", "name LIKE '%library'", 2),
        ("", "CASEI(name) LIKE CASEI('%LIBRARY')", 2),
        ("", "ACCENTI(name) = ACCENTI('Onne cafe')", 1),
        ("", "name IS NULL", 1),
        ("", "A_CONTAINS(support_types, ('emotional'))", 4),
        ("", "updated_at >= TIMESTAMP('2026-01-01T00:00:00Z')", 6),
        ("", "T_BEFORE(updated_at, DATE('2026-01-01'))", 0),
        ("", "S_INTERSECTS(geometry, BBOX(26.695, 58.37, 26.715, 58.39))", 2),
        ("category=cafe&", "S_INTERSECTS(geometry, BBOX(26.695, 58.37, 26.715, 58.39))", 1),
        (
            "filter-crs=http://www.opengis.net/def/crs/EPSG/0/3301&",
            "S_WITHIN(geometry, POLYGON((6473000 657000, 6475500 657000, 6475500 659000, 6473000 659000, 6473000 657000)))",
            2,
        ),
        ("filter-lang=cql2-json&", r#"{"op":"=","args":[{"property":"category"},"library"]}"#, 2),
        (
            "filter-lang=cql2-json&",
            r#"{"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[26.695,58.37,26.715,58.39]}]}"#,
            2,
        ),
    ] {
        assert_eq!(count(query, filter).await, expected, "{filter}");
    }
    let deep = format!("{}confidential", "NOT ".repeat(2_000));
    let crossed = "S_WITHIN(geometry, POLYGON((0 0, 1 1, 1 0, 0 1, 0 0)))";
    for (query, filter) in [
        ("", &*deep),
        ("", "colour = 'red'"),
        ("", crossed),
        ("", ""),
        ("filter-lang=cql2-json&", "name = 'x'"),
    ] {
        let query = format!("{query}filter={}", encoded(filter));
        let refused = app.get(&format!("{BASE}/collections/supports/items?{query}")).await;
        assert_eq!(refused.problem(400, "invalid-input"), "filter", "{filter}");
    }
    let lang = app.get(&format!("{BASE}/collections/supports/items?filter-lang=sql&filter=TRUE")).await;
    assert_eq!(lang.problem(400, "invalid-input"), "filter-lang");
}

async fn coordinates_come_in_the_system_and_order_that_was_asked_for(db: Database) {
    let app = town(&db).await;
    let first = async |crs: &str| {
        let query = format!("category=library&limit=1&crs=http://www.opengis.net/def/crs/{crs}");
        let answer = app.get(&format!("{BASE}/collections/supports/items?{query}")).await;
        assert_eq!(answer.header("content-crs"), format!("<http://www.opengis.net/def/crs/{crs}>"));
        let at = answer.json()["features"][0]["geometry"]["coordinates"].clone();
        [at[0].as_f64().unwrap(), at[1].as_f64().unwrap()]
    };
    // The library at 26.70° east, 58.38° north; by PROJ.
    for (crs, expected, tolerance) in [
        ("OGC/1.3/CRS84", [26.70, 58.38], 1e-7),
        ("EPSG/0/4326", [58.38, 26.70], 1e-7),
        ("EPSG/0/3301", [6_474_236.927, 657_912.469], 0.1),
        ("EPSG/0/25833", [1_182_070.493, 6_530_641.591], 0.1),
        ("EPSG/0/3857", [2_972_230.404, 8_047_570.914], 0.1),
    ] {
        let found = first(crs).await;
        assert!(
            (found[0] - expected[0]).abs() < tolerance && (found[1] - expected[1]).abs() < tolerance,
            "{crs}: {found:?}"
        );
    }
}

async fn what_cannot_be_asked_is_refused_by_name(db: Database) {
    let app = town(&db).await;
    let many = format!("name={}", "x".repeat(20_000));
    assert_eq!(items(&app, "supports", &many).await["numberMatched"], 0);
    for (query, field) in [
        ("limit=unlimited", "limit"),
        ("limit=0", "limit"),
        ("limit=-1", "limit"),
        ("colour=red", "colour"),
        ("distance_m=1", "distance_m"),
        ("limit=1&limit=2", "limit"),
        ("bbox=1,2,3", "bbox"),
        ("bbox=1,2,3,NaN", "bbox"),
        ("bbox=1,2,3,inf", "bbox"),
        ("bbox-crs=EPSG:4326", "bbox-crs"),
        ("crs=http://www.opengis.net/def/crs/0/unsupported", "crs"),
        ("datetime=yesterday", "datetime"),
        ("resultType=some", "resultType"),
        ("confidential=perhaps", "confidential"),
        ("f=xml", "f"),
        ("cursor=behind-the-river", "cursor"),
        (&format!("filter={}", "a".repeat(60_001)), "filter"),
        ("name=%ff", "name"),
        ("name=a%00b", "name"),
    ] {
        let refused = app.get(&format!("{BASE}/collections/supports/items?{query}")).await;
        assert_eq!(refused.problem(400, "invalid-input"), field, "{query}");
    }
    let number = app.get(&format!("{BASE}/collections/neighbourhoods/items?population=many")).await;
    assert_eq!(number.problem(400, "invalid-input"), "population");
    let posted = app.post(&format!("{BASE}/collections/supports/items"), &json!({})).await;
    posted.problem(405, "method-not-allowed");
    assert_eq!(posted.header("allow"), "GET,HEAD");
}

async fn places_need_a_token_and_every_reading_is_written_down(db: Database) {
    let app = town(&db).await;
    let anna = app.participant().await;
    let path = anna.save_bench().await;
    let id = path.trim_start_matches("places/");
    let liis = Colleague::new(&app, &db, Role::Researcher).await;
    let clock = Arc::new(TestClock::at(app.now()));
    let ambient = Ambient { clock, ..Ambient::system() };
    let day = SignedDuration::from_hours(24);
    let token = async |scope| {
        make_token(&*db.store, &ambient, &liis.email, vec![scope], day).await.unwrap().unwrap().token
    };
    let (right, wrong) = (token(Scope::PlacesRead).await, token(Scope::ReleasesRead).await);
    let all = format!("{BASE}/collections/places/items");
    app.get(&all).await.problem(401, "unauthorised");
    anna.get(&all).await.problem(401, "unauthorised");
    let by =
        async |path: &str, token: &str| send(app.request("GET", path).basic_auth("qgis", Some(token))).await;
    by(&all, &wrong).await.problem(403, "forbidden");
    let listed = by(&format!("{BASE}/collections"), &right).await.json();
    assert_eq!(listed["collections"].as_array().unwrap().len(), 4);
    assert_eq!(
        by(&format!("{BASE}/collections"), &wrong).await.json()["collections"].as_array().unwrap().len(),
        3
    );
    let page = by(&format!("{all}?bbox=26.6,58.3,26.8,58.45"), &right).await;
    assert_eq!(page.header("cache-control"), "no-store");
    let page = page.json();
    assert_eq!((ids(&page), &page["numberMatched"]), (vec![id.to_owned()], &Value::Null));
    let properties = page["features"][0]["properties"].as_object().unwrap();
    for private in ["participant", "owner", "home", "share", "created_on"] {
        assert!(!properties.contains_key(private), "{private}");
    }
    assert_eq!(
        by(&format!("{all}?resultType=hits"), &right).await.problem(400, "invalid-input"),
        "resultType"
    );
    assert_eq!(by(&format!("{all}/{id}"), &right).await.json()["id"], id);
    by(&format!("{all}?bbox=0,0,1,1"), &right).await;
    let reads = anna.get("me/reads").await.json();
    let what: Vec<_> =
        reads["reads"].as_array().unwrap().iter().map(|r| r["what"].as_str().unwrap()).collect();
    assert_eq!(what, ["ogc item", "ogc items bbox"], "what found nothing was no reading");
    assert_eq!(send(anna.request("DELETE", "me")).await.status, 200);
    assert_eq!(by(&all, &right).await.json()["features"], json!([]));
    by(&format!("{all}/{id}"), &right).await.problem(404, "not-found");
    app.clock.advance(SignedDuration::from_hours(25));
    by(&all, &right).await.problem(401, "unauthorised");
}

async fn tiles_stand_at_row_and_column(db: Database) {
    let app = town(&db).await;
    let set = app.get(&format!("{BASE}/collections/supports/tiles/WebMercatorQuad")).await.json();
    let template = links(&set, "item")[0];
    assert!(template.ends_with("/{tileMatrix}/{tileRow}/{tileCol}"), "{template}");
    // 26.7° east, 58.38° north at zoom 10.
    let (column, row) = (587, 306);
    let by_row =
        app.get(&format!("{BASE}/collections/supports/tiles/WebMercatorQuad/10/{row}/{column}")).await;
    let by_column = app.get(&format!("/tiles/kaldavere/supports/10/{column}/{row}")).await;
    assert_eq!(
        (by_row.status.as_u16(), by_row.header("content-type")),
        (200, "application/vnd.mapbox-vector-tile")
    );
    assert_eq!(by_row.body, by_column.body);
    for (collection, status) in [("neighbourhoods", 200), ("cells", 200)] {
        let tile = app
            .get(&format!("{BASE}/collections/{collection}/tiles/WebMercatorQuad/10/{row}/{column}"))
            .await;
        assert_eq!(tile.status, status, "{collection}");
    }
    app.get(&format!("{BASE}/collections/supports/tiles/WebMercatorQuad/3/9/1"))
        .await
        .problem(404, "not-found");
    let sets = app.get(&format!("{BASE}/tileMatrixSets/WebMercatorQuad")).await.json();
    let first = &sets["tileMatrices"][0];
    assert!((first["scaleDenominator"].as_f64().unwrap() - 559_082_264.028_717_8).abs() < 0.01);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("tile.mvt");
    std::fs::write(&file, &by_row.body).unwrap();
    let arguments = ["-oo", "Z=10", "-oo", "X=587", "-oo", "Y=306", "-al"];
    let said = run("ogrinfo", &[&[&*format!("MVT:{}", file.display())], &arguments[..]].concat()).await;
    assert!(
        said.contains("Feature Count: 3") && said.contains("Town library"),
        "GDAL reads our tile: {said}"
    );
}

async fn run(program: &str, arguments: &[&str]) -> String {
    let mut command = Command::new(program);
    command.args(arguments);
    let done = tokio::task::spawn_blocking(move || command.output()).await.unwrap();
    let output = done.expect("GDAL is installed: apt-get install gdal-bin, or tests/run");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
    said
}

fn count_of(said: &str) -> u64 {
    let line =
        said.lines().find(|line| line.starts_with("Feature Count: ")).unwrap_or_else(|| panic!("{said}"));
    line["Feature Count: ".len()..].parse().unwrap()
}

/// A community of 1,205 supports: several pages.
async fn large() -> (TestApp, Database) {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = town(&db).await;
    drop(app);
    let many: Vec<_> = (100..1_300_u32)
        .map(|n| {
            let angle = f64::from(n) / 1_300.0;
            let category = if n % 3 == 0 { "park" } else { "cafe" };
            support(
                n.into(),
                Some(&format!("Õu {n}")),
                category,
                engine::support::Price::Low,
                26.61 + angle / 6.0,
                58.31 + angle / 8.0,
            )
        })
        .collect();
    let scope = ImportScope { source: "osm".into(), complete: false };
    db.store
        .upsert_supports(&community_id("kaldavere"), &many, &scope, at("2026-02-02T00:00:00Z"))
        .await
        .unwrap();
    (TestApp::on(Arc::clone(&db.store), 1, |config| config).await, db)
}

#[tokio::test(flavor = "multi_thread")]
async fn gdal_lists_filters_and_fetches_items() {
    let (app, _db) = large().await;
    let source = format!("OAPIF:{}{BASE}", app.url);
    let said = run("ogrinfo", &["-ro", &source]).await;
    for layer in ["supports", "neighbourhoods", "cells"] {
        assert!(said.contains(layer), "{said}");
    }
    let summary = run("ogrinfo", &["-ro", "-so", &source, "supports"]).await;
    assert_eq!(count_of(&summary), 1_206);
    let boxed = ["-ro", "-so", &source, "supports", "-spat", "26.695", "58.375", "26.715", "58.385"];
    let by_gdal = count_of(&run("ogrinfo", &boxed).await);
    let ours = items(&app, "supports", "bbox=26.695,58.375,26.715,58.385&limit=10000").await;
    assert_eq!(json!(by_gdal), ours["numberMatched"]);
    for (condition, expected) in [
        ("category='park'", 400),
        ("category='park' AND price='low'", 400),
        ("category='library' OR category='park'", 402),
        ("name LIKE 'Õu 11%'", 110),
        ("category IN ('library', 'park') AND name IS NOT NULL", 402),
    ] {
        let said = run("ogrinfo", &["-ro", "-so", &source, "supports", "-where", condition]).await;
        assert_eq!(count_of(&said), expected, "{condition}");
    }
    let fetched = run("ogrinfo", &["-ro", &source, "supports", "-fid", "5"]).await;
    assert!(fetched.contains("OGRFeature(supports):5"), "{fetched}");
    let one = run("ogrinfo", &["-ro", "-al", &source, "supports", "-where", "name='Town library'"]).await;
    assert!(one.contains("POINT (26.7 58.38)"), "{one}");
}

#[tokio::test(flavor = "multi_thread")]
async fn gdal_takes_items_home_and_back_with_every_value() {
    let (app, _db) = large().await;
    let folder = tempfile::tempdir().unwrap();
    let (package, json) = (folder.path().join("a.gpkg"), folder.path().join("b.geojson"));
    let name = |path: &Path| path.display().to_string();
    let source = format!("OAPIF:{}{BASE}", app.url);
    run("ogr2ogr", &["-f", "GPKG", &name(&package), &source, "supports"]).await;
    run(
        "ogr2ogr",
        &["-f", "GeoJSON", "-lco", "COORDINATE_PRECISION=9", &name(&json), &name(&package), "supports"],
    )
    .await;
    let back: Value = serde_json::from_slice(&std::fs::read(&json).unwrap()).unwrap();
    let ours = items(&app, "supports", "limit=10000").await;
    let key = |f: &Value| f["properties"]["source_id"].as_str().unwrap().to_owned();
    let mut theirs: std::collections::BTreeMap<_, _> =
        back["features"].as_array().unwrap().iter().map(|f| (key(f), f)).collect();
    assert_eq!(theirs.len(), 1_206);
    let mut compared = 0;
    for feature in ours["features"].as_array().unwrap() {
        let other = theirs.remove(&key(feature)).unwrap();
        assert_eq!(feature["geometry"], other["geometry"]);
        for (name, value) in feature["properties"].as_object().unwrap() {
            same(name, value, &other["properties"][name]);
            compared += usize::from(!value.is_null());
        }
    }
    assert!(compared > 15_000, "only {compared} values");
}

/// Whether GDAL's value is ours: it keeps lists as JSON text, times without their zero seconds' fraction, and truth
/// where a whole column is empty as nothing.
fn same(name: &str, ours: &Value, theirs: &Value) {
    match ours {
        Value::Null => assert!(theirs.is_null(), "{name}: {theirs} for nothing"),
        Value::Number(number) => assert_eq!(number.as_f64(), theirs.as_f64(), "{name}"),
        Value::Bool(truth) => {
            assert_eq!(
                Some(i64::from(*truth)),
                theirs.as_i64().or(theirs.as_bool().map(i64::from)),
                "{name}"
            );
        }
        // A list of words in a table of its own kind: `(2:emotional,informational)`.
        Value::Array(words) if theirs.as_str().is_some_and(|text| text.starts_with('(')) => {
            let words: Vec<_> = words.iter().map(|word| word.as_str().unwrap()).collect();
            assert_eq!(theirs, &json!(format!("({}:{})", words.len(), words.join(","))), "{name}");
        }
        Value::Array(_) | Value::Object(_) => {
            let text = theirs.as_str().map(|text| serde_json::from_str::<Value>(text).unwrap());
            assert_eq!(ours, text.as_ref().unwrap_or(theirs), "{name}");
        }
        Value::String(text) => {
            let instant = |text: &str| text.parse::<jiff::Timestamp>().ok();
            match (instant(text), theirs.as_str().and_then(instant)) {
                (Some(a), Some(b)) => assert_eq!(a.as_millisecond(), b.as_millisecond(), "{name}"),
                _ => assert_eq!(Some(&**text), theirs.as_str(), "{name}"),
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn gdal_reads_places_with_a_token_by_basic_and_not_without() {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = town(&db).await;
    let anna = app.participant().await;
    anna.save_bench().await;
    let liis = Colleague::new(&app, &db, Role::Researcher).await;
    let ambient = Ambient { clock: Arc::new(TestClock::at(app.now())), ..Ambient::system() };
    let day = SignedDuration::from_hours(24);
    let made = make_token(&*db.store, &ambient, &liis.email, vec![Scope::PlacesRead], day).await;
    let token = made.unwrap().unwrap().token;
    let source = format!("OAPIF:{}{BASE}", app.url);
    let basic = format!("anybody:{token}");
    let signed = ["--config", "GDAL_HTTP_AUTH", "BASIC", "--config", "GDAL_HTTP_USERPWD", &basic];
    let said = run("ogrinfo", &[&signed[..], &["-ro", "-al", &source, "places"]].concat()).await;
    assert!(said.contains("OGRFeature(places)") && said.contains("being (Integer(Boolean)) = 1"), "{said}");
    let without = Command::new("ogrinfo").args(["-ro", "-al", &source, "places"]).output().unwrap();
    let said = String::from_utf8_lossy(&without.stdout).into_owned();
    assert!(!said.contains("OGRFeature(places)"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn owslib_walks_through_everything() {
    let (app, _db) = large().await;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("integration/ogc/owslib_walk.py");
    let said = run(&python(), &[&script.display().to_string(), &format!("{}{BASE}", app.url)]).await;
    assert_eq!(said.trim(), "1206 supports, 2 neighbourhoods");
}

/// Four hundred filters in both encodings, the same by our evaluator and by the `cql2` package.
#[tokio::test(flavor = "multi_thread")]
async fn an_independent_evaluator_of_cql2_lets_the_same_supports_through() {
    let db = Database::fresh(Engine::Sqlite).await;
    drop(town(&db).await);
    let (id, now) = (community_id("kaldavere"), at("2026-02-02T00:00:00Z"));
    let made_up = engine::synthetic::town(1, 1, now);
    let scope = ImportScope { source: "synthetic".into(), complete: false };
    db.store.upsert_supports(&id, made_up.supports(), &scope, now).await.unwrap();
    let app = TestApp::on(Arc::clone(&db.store), 1, |config| config).await;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("integration/ogc/cql2_oracle.py");
    let said = run(&python(), &[&script.display().to_string(), &format!("{}{BASE}", app.url)]).await;
    assert!(said.starts_with("400 of 400 filters agree"), "{said}");
    let choose: usize = said.rsplit(", ").next().unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!(choose > 120, "{said}");
}

fn python() -> String {
    let python = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().join("target/venv/bin/python");
    assert!(python.exists(), "{} is missing: run tests/run, which makes it", python.display());
    python.display().to_string()
}
