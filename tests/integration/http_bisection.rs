//! Bisection: no question that the interface's own documents offer to the public or to the staff locates a place
//! better than its stored precision.
//!
//! Two servers are alike but for where three places lie: a point, a walk and an area, each as far apart from its twin
//! as may be while both are one at their precision. Every reading operation of both OpenAPI documents, with every
//! parameter and every field of a body that takes a position, must answer the same to the byte.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use engine::LonLat;
use engine::grid::{Precision, snap};
use engine::mercator::TileId;
use engine::place::Geometry;
use serde_json::{Value, json};
use stead::store::Role;

use crate::databases::{Database, Engine, on_both_engines};
use crate::http_photos::sent;
use crate::http_staff::Colleague;
use crate::test_app::{Answer, TestApp, bench, kaldavere, release, send};

on_both_engines![no_question_tells_street_places_apart_that_are_one_at_their_precision,];

const ITEMS: &str = "/ogc/kaldavere/collections/places/items";
/// What the names of parameters and fields say of those that take a position.
const SPATIAL: [&str; 4] = ["near", "bbox", "within", "filter"];

/// A point, a walk and an area.
fn geometries() -> [Geometry; 3] {
    let at = |lon, lat| LonLat::new(lon, lat).unwrap();
    [
        Geometry::Point(at(26.7225, 58.3806)),
        Geometry::Walk(vec![at(26.65, 58.34), at(26.67, 58.355), at(26.69, 58.35)]),
        Geometry::Area(vec![vec![
            at(26.74, 58.40),
            at(26.77, 58.40),
            at(26.77, 58.42),
            at(26.74, 58.42),
            at(26.74, 58.40),
        ]]),
    ]
}

/// A geometry moved by degrees.
fn moved(geometry: &Geometry, lon: f64, lat: f64) -> Geometry {
    let one = |p: &LonLat| LonLat::new(p.lon() + lon, p.lat() + lat).unwrap();
    match geometry {
        Geometry::Point(p) => Geometry::Point(one(p)),
        Geometry::Walk(line) => Geometry::Walk(line.iter().map(one).collect()),
        Geometry::Area(rings) => {
            Geometry::Area(rings.iter().map(|ring| ring.iter().map(one).collect()).collect())
        }
    }
}

/// Two geometries that become the same one at a precision, as far apart as may be.
fn twins(geometry: &Geometry, precision: Precision) -> (Geometry, Geometry) {
    let kept = snap(geometry, precision);
    let going = |east: f64, north: f64| {
        let far = |i: i32| moved(&kept, f64::from(i) * 1e-5 * east, f64::from(i) * 1e-5 * north);
        (0..2_000).map(far).take_while(|moved| snap(moved, precision) == kept).last().unwrap()
    };
    let (a, b) = (going(1.0, 0.3), going(-1.0, -0.3));
    let apart = a.anchor().distance_m(b.anchor());
    assert!(apart > f64::from(precision.metres()) * 0.4, "{precision:?}: {apart} m");
    (a, b)
}

/// A server with three places, and the staff who ask.
struct Town<'a> {
    app: &'a TestApp,
    researcher: Colleague<'a>,
    planner: Colleague<'a>,
    steward: Colleague<'a>,
    places: Vec<String>,
    photo: String,
    story: String,
    near: Vec<LonLat>,
}

/// Who asks a question.
#[derive(Clone, Copy)]
enum Asker {
    Anybody,
    Researcher,
    Planner,
    Steward,
}

const ASKERS: [Asker; 4] = [Asker::Anybody, Asker::Researcher, Asker::Planner, Asker::Steward];

impl<'a> Town<'a> {
    /// The places as they are told, each with a photo and a story; all but the first are published.
    async fn new(app: &'a TestApp, db: &Database, geometries: &[Geometry], precision: Precision) -> Self {
        let member = app.participant().await;
        let researcher = Colleague::new(app, db, Role::Researcher).await;
        let planner = Colleague::new(app, db, Role::Planner).await;
        let steward = Colleague::new(app, db, Role::Steward).await;
        let (mut places, mut photo) = (Vec::new(), String::new());
        for geometry in geometries {
            let mut place = bench();
            place["geometry"] = geometry.to_geojson();
            place["properties"]["precision"] = json!(precision.as_str());
            place["properties"]["share"]["public_story"] = json!(true);
            let saved = member.post("places", &place).await;
            assert_eq!(saved.status, 201, "{}", saved.text());
            let id = saved.json()["id"].as_str().unwrap().to_owned();
            let photos = format!("places/{id}/photos");
            sent(&member, &photos).await["id"].as_str().unwrap().clone_into(&mut photo);
            let share = json!({"people": "none", "share": {"research": true, "public_story": true}});
            assert_eq!(
                send(member.request("PUT", &format!("{photos}/{photo}")).json(&share)).await.status,
                200
            );
            places.push(id);
        }
        let queue = steward.ask("GET", "stories/queue").await.json();
        // The first goes on waiting.
        for waiting in queue["features"].as_array().unwrap().iter().filter(|w| w["id"] != places[0].as_str())
        {
            let path = format!("stories/queue/{}/decision", waiting["id"].as_str().unwrap());
            let approved = json!({"decision": "approve", "etag": waiting["properties"]["etag"]});
            assert_eq!(steward.post(&path, &approved).await.status, 200);
        }
        let stories = app.get("stories").await.json();
        assert_eq!(stories["features"].as_array().unwrap().len(), 2);
        let of_last = |f: &&Value| f["properties"]["photos"][0]["id"] == photo.as_str();
        let story = stories["features"].as_array().unwrap().iter().find(of_last).unwrap();
        let story = story["id"].as_str().unwrap().to_owned();
        let near = geometries.iter().map(|g| snap(g, precision).anchor()).collect();
        Self { app, researcher, planner, steward, places, photo, story, near }
    }

    async fn ask(&self, who: Asker, path: &str) -> Answer {
        match who {
            Asker::Anybody => self.app.get(path).await,
            Asker::Researcher => self.researcher.ask("GET", path).await,
            Asker::Planner => self.planner.ask("GET", path).await,
            Asker::Steward => self.steward.ask("GET", path).await,
        }
    }

    async fn post(&self, who: Asker, path: &str, body: &Value) -> Answer {
        match who {
            Asker::Anybody => self.app.post(path, body).await,
            Asker::Researcher => self.researcher.post(path, body).await,
            Asker::Planner => self.planner.post(path, body).await,
            Asker::Steward => self.steward.post(path, body).await,
        }
    }

    /// A path of a document with its parameters filled in, all ways that there are.
    fn filled(&self, path: &str, operation: &Value, document: &Value) -> Vec<String> {
        let mut paths = vec![path.replace("{c}", "kaldavere")];
        for parameter in parameters(operation, document).filter(|p| p["in"] == "path") {
            let name = parameter["name"].as_str().unwrap();
            let values = self.values(path, name, parameter);
            paths = paths
                .iter()
                .flat_map(|path| values.iter().map(move |value| path.replace(&format!("{{{name}}}"), value)))
                .collect();
        }
        paths
    }

    fn values(&self, path: &str, name: &str, parameter: &Value) -> Vec<String> {
        let tile = |n: fn(TileId) -> u32| {
            self.near.iter().map(|p| n(TileId::containing(*p, 14).unwrap()).to_string()).collect()
        };
        if let Some(all) = parameter["schema"]["enum"].as_array() {
            return all.iter().map(|value| value.as_str().unwrap().to_owned()).collect();
        }
        match name {
            "c" => vec!["kaldavere".to_owned()],
            "p" => vec![self.photo.clone()],
            "r" => vec!["latest".to_owned()],
            "item" | "id" if path.contains("places") || path.contains("queue") => self.places.clone(),
            "id" if path.contains("stories") => vec![self.story.clone()],
            "file" => ["csv", "geojson", "gpkg", "fgb", "parquet"].map(|f| format!("supports.{f}")).into(),
            "tileMatrix" => vec!["14".to_owned()],
            "tileCol" => tile(TileId::x),
            "tileRow" => tile(TileId::y),
            // Supports, and what there is none of.
            _ => vec!["00000000-0000-0000-0000-000000000001".to_owned()],
        }
    }

    /// Everything that anybody and the staff may ask: each question and its answer, in order.
    async fn answers(&self) -> Vec<String> {
        let mut said = Answers { url: self.app.url.clone(), all: Vec::new() };
        let api = self.app.get("/api/openapi.json").await.json();
        let ogc = self.app.get("/ogc/kaldavere/api").await.json();
        let mut asked = BTreeSet::new();
        for (document, root) in [(&api, ""), (&ogc, "/ogc/kaldavere")] {
            let paths = document["paths"].as_object().unwrap().iter();
            // What the staff read of their own sign-ins is not about places.
            for (path, methods) in paths.filter(|(path, _)| !path.starts_with("/api/staff")) {
                if let Some(operation) = methods.get("get") {
                    for path in self.filled(&format!("{root}{path}"), operation, document) {
                        for who in ASKERS {
                            let answer = self.ask(who, &path).await;
                            said.keep(&path, &answer);
                        }
                        for name in parameters(operation, document).filter_map(|p| p["name"].as_str()) {
                            for value in self.positions(name) {
                                let answer =
                                    self.ask(Asker::Researcher, &format!("{path}?{name}={value}")).await;
                                said.keep(&format!("{path}?{name}={value}"), &answer);
                                asked.insert(name.to_owned());
                            }
                        }
                    }
                }
                if let Some(operation) = methods.get("post") {
                    let path = path.replace("{c}", "kaldavere");
                    let schema = resolved(
                        &operation["requestBody"]["content"]["application/json"]["schema"],
                        document,
                    );
                    for field in fields(schema, document, 3).into_iter().filter(|f| is_spatial(f)) {
                        for body in self.bodies(schema, &field) {
                            let who = if path.contains("places") || path.contains("study") {
                                Asker::Researcher
                            } else {
                                Asker::Anybody
                            };
                            let answer = self.post(who, &path, &body).await;
                            said.keep(&format!("{path} {body}"), &answer);
                            asked.insert(field.join("."));
                        }
                    }
                }
            }
        }
        let expected = ["bbox", "filter", "near", "places.within", "within"];
        assert!(expected.iter().all(|name| asked.contains(*name)), "the documents offer these: {asked:?}");
        said.all
    }

    /// Boxes around the places that shrink towards where they are kept.
    fn boxes(&self) -> impl Iterator<Item = [f64; 4]> {
        self.near.iter().flat_map(|p| {
            [0.004, 0.000_2].into_iter().flat_map(move |half| {
                [(0.0, 0.0), (half, 0.0), (0.0, half)].map(|(left, down)| {
                    let (west, south) = (p.lon() - left, p.lat() - down);
                    [west, south, west + half, south + half]
                })
            })
        })
    }

    /// Values for a parameter of an address that takes a position; none for others.
    fn positions(&self, name: &str) -> Vec<String> {
        let listed = |numbers: &[f64]| numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(",");
        match name {
            "bbox" => self.boxes().map(|b| listed(&b)).collect(),
            "near" => self.near.iter().map(|p| listed(&[p.lon(), p.lat()])).collect(),
            "filter" => self
                .boxes()
                .flat_map(|[w, s, e, n]| {
                    let ring = format!("({w} {s},{e} {s},{e} {n},{w} {n},{w} {s})");
                    ["S_INTERSECTS", "S_WITHIN", "S_DISJOINT"]
                        .map(|how| format!("{how}(geometry,POLYGON({ring}))").replace(' ', "%20"))
                })
                .collect(),
            _ => Vec::new(),
        }
    }

    /// Bodies that are right but for a field that takes a position, with that field.
    fn bodies(&self, schema: &Value, field: &[String]) -> Vec<Value> {
        let values: Vec<Value> = match field.last().map(String::as_str) {
            Some("near") => self.near.iter().map(|p| json!([p.lon(), p.lat()])).collect(),
            Some("bbox") => self.boxes().map(|b| json!(b)).collect(),
            _ => self
                .boxes()
                .map(|[w, s, e, n]| json!({"type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]]}))
                .collect(),
        };
        let required = schema["required"].as_array().into_iter().flatten();
        let mut body = json!({});
        for name in required
            .map(|name| name.as_str().unwrap())
            .filter(|name| Some(*name) != field.first().map(String::as_str))
        {
            body[name] = json!(if name == "of" { "places" } else { "bench" });
        }
        let with = |value| {
            let mut body = body.clone();
            field.iter().fold(&mut body, |at, name| &mut at[name]).clone_from(&value);
            body
        };
        values.into_iter().map(with).collect()
    }

    /// Whether a researcher finds a place in a box.
    async fn holds(&self, place: &str, [west, south, east, north]: [f64; 4]) -> bool {
        let path = format!("{ITEMS}?bbox={west},{south},{east},{north}");
        let found = self.researcher.ask("GET", &path).await.json();
        found["features"].as_array().unwrap().iter().any(|f| f["id"] == place)
    }

    /// Where a researcher gets by halving a box for as long as it goes.
    async fn bisected(&self, place: &str) -> LonLat {
        let mut found = [26.6, 58.3, 26.8, 58.45];
        for step in 0..44 {
            let middle = f64::midpoint(found[step % 2], found[step % 2 + 2]);
            let mut lower = found;
            lower[step % 2 + 2] = middle;
            if self.holds(place, lower).await {
                found = lower;
            } else {
                found[step % 2] = middle;
            }
        }
        LonLat::new(f64::midpoint(found[0], found[2]), f64::midpoint(found[1], found[3])).unwrap()
    }
}

/// What was asked and answered.
struct Answers {
    url: String,
    all: Vec<String>,
}

impl Answers {
    fn keep(&mut self, question: &str, answer: &Answer) {
        assert!(answer.status.as_u16() < 500, "{question}: {}", answer.text());
        let body = match std::str::from_utf8(&answer.body) {
            Ok(text) => without_ids(&text.replace(&self.url, "")),
            Err(_) => answer.body.iter().fold(String::new(), |mut hex, byte| {
                write!(hex, "{byte:02x}").unwrap();
                hex
            }),
        };
        self.all.push(format!("{question}\n{} {}\n{body}", answer.status, answer.header("content-type")));
    }
}

/// Without what names a request.
fn without_ids(text: &str) -> String {
    let Some((before, rest)) = text.split_once("\"request_id\":\"") else { return text.to_owned() };
    let after = rest.split_once('"').map_or("", |(_, after)| after);
    format!("{before}{after}")
}

/// What a reference refers to.
fn resolved<'a>(value: &'a Value, document: &'a Value) -> &'a Value {
    let referred = value["$ref"].as_str().and_then(|path| document.pointer(path.trim_start_matches('#')));
    referred.unwrap_or(value)
}

fn parameters<'a>(operation: &'a Value, document: &'a Value) -> impl Iterator<Item = &'a Value> {
    operation["parameters"].as_array().into_iter().flatten().map(|p| resolved(p, document))
}

/// The fields of a body, with those of objects in it.
fn fields(schema: &Value, document: &Value, depth: u8) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (name, field) in schema["properties"].as_object().into_iter().flatten() {
        found.push(vec![name.clone()]);
        let parts = ["oneOf", "anyOf"].iter().flat_map(|of| field[of].as_array().into_iter().flatten());
        for part in parts.chain([field]).filter(|_| depth > 0) {
            let inner = fields(resolved(part, document), document, depth - 1);
            found.extend(inner.into_iter().map(|inner| [vec![name.clone()], inner].concat()));
        }
    }
    found
}

/// Whether a field takes a position, and is not a part of one.
fn is_spatial(field: &[String]) -> bool {
    let spatial = |name: &String| SPATIAL.contains(&name.as_str());
    field.last().is_some_and(spatial) && !field[..field.len() - 1].iter().any(spatial)
}

/// A server with three places of a precision.
async fn asked(db: &Database, geometries: &[Geometry], precision: Precision) -> (Vec<String>, Vec<LonLat>) {
    // Both servers draw the same numbers, request by request, so that even names drawn anew are the same.
    kaldavere(&*db.store).await;
    db.store.save_release(&release(7)).await.unwrap();
    let app = TestApp::on(std::sync::Arc::clone(&db.store), 1, |config| config).await;
    let town = Town::new(&app, db, geometries, precision).await;
    let answers = town.answers().await;
    let mut reached = Vec::new();
    for place in &town.places {
        reached.push(town.bisected(place).await);
    }
    (answers, reached)
}

async fn nothing_tells_apart(db: Database, precision: Precision) {
    let twins = geometries().map(|geometry| twins(&geometry, precision));
    let other = Database::fresh(db.engine).await;
    let (one, reached_one) = asked(&db, &twins.clone().map(|(a, _)| a), precision).await;
    let (two, reached_two) = asked(&other, &twins.clone().map(|(_, b)| b), precision).await;
    assert_eq!(one.len(), two.len());
    assert!(one.len() > 500, "{} questions", one.len());
    for (one, two) in one.iter().zip(&two) {
        assert!(one == two, "{precision:?} tells apart:\n{one}\n{two}");
    }
    let found = one.iter().filter(|text| text.contains("Bench by the river")).count();
    assert!(found > 50 && found < one.len() - 50, "questions hit and miss: {found} of {}", one.len());
    for ((one, two), (a, _)) in reached_one.iter().zip(&reached_two).zip(&twins) {
        assert_eq!(one, two, "halving gets to the same place");
        assert!(one.distance_m(a.anchor()) > f64::from(precision.metres()) * 0.15);
    }
    let kept = snap(&twins[0].0, precision).anchor();
    assert!(reached_one[0].distance_m(kept) < 0.2, "halving ends at what is kept, and no nearer");
}

async fn no_question_tells_street_places_apart_that_are_one_at_their_precision(db: Database) {
    nothing_tells_apart(db, Precision::Street).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_question_tells_block_places_apart_that_are_one_at_their_precision() {
    nothing_tells_apart(Database::fresh(Engine::Sqlite).await, Precision::Block).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_question_tells_area_places_apart_that_are_one_at_their_precision() {
    nothing_tells_apart(Database::fresh(Engine::Sqlite).await, Precision::Area).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_exact_the_same_questions_find_the_place_so_that_the_tests_above_could_fail() {
    let db = Database::fresh(Engine::Sqlite).await;
    let (at, two_metres) = (geometries(), geometries().map(|g| moved(&g, 2e-5, 1e-5)));
    let other = Database::fresh(db.engine).await;
    let (one, reached) = asked(&db, &at, Precision::Exact).await;
    let (two, _) = asked(&other, &two_metres, Precision::Exact).await;
    assert!(reached[0].distance_m(at[0].anchor()) < 0.2);
    let told_apart = one.iter().zip(&two).filter(|(one, two)| one != two).count();
    assert!(told_apart > 50, "only {told_apart} of {} questions tell two metres", one.len());
    for file in
        ["places.csv", "places.geojson", "places.gpkg", "places.fgb", "places.parquet", "stories", "queue"]
    {
        let tells = one
            .iter()
            .zip(&two)
            .any(|(one, two)| one != two && one.lines().next().is_some_and(|q| q.contains(file)));
        assert!(tells, "{file} holds positions");
    }
}
