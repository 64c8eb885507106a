//! What others learn of a place: what its owner is told they see, and nothing finer than its precision.

use std::collections::HashMap;

use engine::LonLat;
use engine::grid::{Precision, snap};
use engine::place::Geometry;
use serde_json::{Value, json};
use stead::store::Role;

use crate::databases::{Database, Engine, on_both_engines};
use crate::http_staff::Colleague;
use crate::test_app::{SeededGenerator, TestApp, bench};
use stead::ambient::Generator as _;

on_both_engines![what_others_see_is_what_they_are_given, nobody_else_is_told_who_sees_a_place,];

/// Numbers from 0 to `n`, the same in every run.
struct Dice(SeededGenerator);

impl Dice {
    fn below(&self, n: u32) -> u32 {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        u32::from_le_bytes(bytes) % n
    }

    fn flip(&self) -> bool {
        self.below(2) == 1
    }

    fn position(&self) -> [f64; 2] {
        [26.62 + f64::from(self.below(160_000)) / 1e6, 58.31 + f64::from(self.below(130_000)) / 1e6]
    }

    fn place(&self) -> Value {
        let mut place = bench();
        let [x, y] = self.position();
        place["geometry"] = match self.below(3) {
            0 => json!({"type": "Point", "coordinates": [x, y]}),
            1 => json!({"type": "LineString", "coordinates": [[x, y], self.position(), self.position()]}),
            _ => {
                json!({"type": "Polygon", "coordinates": [[[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y]]]})
            }
        };
        let said = &mut place["properties"];
        said["precision"] = json!(["exact", "street", "block", "area"][self.below(4) as usize]);
        said["home"] = json!(self.below(4) == 0);
        said["name"] = if self.flip() { json!(format!("Koht {}", self.below(1_000))) } else { Value::Null };
        said["story"] = if self.flip() { json!("Siin on vaikne.") } else { Value::Null };
        said["share"] =
            json!({"research": self.flip(), "published_maps": self.flip(), "public_story": self.flip()});
        place
    }
}

async fn what_others_see_is_what_they_are_given(db: Database) {
    let app = TestApp::start(&db).await;
    let dice = Dice(SeededGenerator::new(20_261_123));
    let researcher = Colleague::new(&app, &db, Role::Researcher).await;
    let planner = Colleague::new(&app, &db, Role::Planner).await;
    let mut told = Vec::new();
    for _ in 0..4 {
        let member = app.participant().await;
        for _ in 0..10 {
            let place = dice.place();
            let saved = member.post("places", &place).await;
            assert_eq!(saved.status, 201, "{}", saved.text());
            let id = saved.json()["id"].as_str().unwrap().to_owned();
            let path = format!("places/{id}/as");
            let mut by_role = HashMap::new();
            for role in ["researcher", "planner", "public"] {
                let answer = member.get(&format!("{path}/{role}")).await;
                assert_eq!(answer.status, 200, "{}", answer.text());
                by_role.insert(role, answer.json());
            }
            told.push((id, place, by_role));
        }
    }

    let list = |answer: Value| -> HashMap<String, Value> {
        let features = answer["features"].as_array().unwrap().iter();
        features.map(|f| (f["id"].as_str().unwrap().to_owned(), f.clone())).collect()
    };
    let given = list(researcher.ask("GET", "places?limit=1000").await.json());
    let searched = list(researcher.post("places/search", &json!({"limit": 1000})).await.json());
    assert_eq!(given, searched);
    assert!((10..30).contains(&given.len()), "both kinds are among them: {}", given.len());
    for (id, place, by_role) in &told {
        let share = &place["properties"]["share"];
        let expected = given.get(id).cloned();
        let why = if expected.is_some() { "shared" } else { "not_shared" };
        assert_eq!(expected.is_some(), share["research"] == true);
        assert_eq!(
            by_role["researcher"],
            json!({"seen": expected.is_some(), "why": why, "feature": expected.unwrap_or_default()})
        );
        let why = if share["published_maps"] == true { "counted" } else { "not_shared" };
        assert_eq!(by_role["planner"], json!({"seen": false, "why": why, "feature": null}));
        let waits = share["public_story"] == true && place["properties"]["story"].is_string();
        let why = if waits { "waiting" } else { "not_shared" };
        assert_eq!(by_role["public"], json!({"seen": false, "why": why, "feature": null}));
    }
    // And so it is: neither planners nor anybody else get at a single place.
    let items = "/ogc/kaldavere/collections/places/items";
    for path in ["places", items, &format!("{items}/{}", told[0].0)] {
        app.get(path).await.problem(401, "unauthorised");
    }
    planner.ask("GET", items).await.problem(403, "forbidden");
    planner.ask("GET", "places?purpose=research").await.problem(403, "forbidden");
}

async fn nobody_else_is_told_who_sees_a_place(db: Database) {
    let app = TestApp::start(&db).await;
    let (owner, other) = (app.participant().await, app.participant().await);
    let path = format!("{}/as", owner.save_bench().await);
    other.get(&format!("{path}/researcher")).await.problem(404, "not-found");
    app.get(&format!("{path}/researcher")).await.problem(401, "unauthorised");
    assert_eq!(owner.get(&format!("{path}/steward")).await.problem(400, "invalid-input"), "role");
    let none =
        json!({"version": "2026-2", "research": false, "published_maps": false, "public_story": false});
    assert_eq!(crate::test_app::send(owner.request("PUT", "me/consent").json(&none)).await.status, 200);
    assert_eq!(owner.get(&format!("{path}/researcher")).await.json()["why"], "not_shared");
}

/// A town where one person has pinned this, and a researcher.
struct Town<'a> {
    app: &'a TestApp,
    researcher: Colleague<'a>,
}

const ITEMS: &str = "/ogc/kaldavere/collections/places/items";

impl Town<'_> {
    /// Everything that a researcher, and anybody, may ask of places: the answers, in order.
    async fn answers(&self) -> Vec<String> {
        let mut said = Vec::new();
        let mut paths = vec![
            "places".to_owned(),
            format!("{ITEMS}?limit=10"),
            format!("{ITEMS}?crs=http://www.opengis.net/def/crs/EPSG/0/3301"),
            "export/places.csv".to_owned(),
            "export/places.geojson".to_owned(),
        ];
        // Boxes and areas of every size around the place, whole and cut in two.
        for step in 1..=40_i32 {
            let half = 0.02 / f64::from(step);
            for (west, south) in [(26.7225, 58.3806), (26.7225 - half, 58.3806), (26.7225, 58.3806 - half)] {
                let (east, north) = (west + half, south + half);
                paths.push(format!("{ITEMS}?bbox={west},{south},{east},{north}"));
                let ring =
                    format!("({west} {south},{east} {south},{east} {north},{west} {north},{west} {south})");
                for operator in ["S_INTERSECTS", "S_WITHIN", "S_DISJOINT"] {
                    paths.push(
                        format!("{ITEMS}?filter={operator}(geometry,POLYGON({ring}))").replace(' ', "%20"),
                    );
                }
            }
        }
        for path in paths {
            let answer = self.researcher.ask("GET", &path).await;
            assert!(answer.status == 200, "{path}: {}", answer.text());
            said.push(format!("{path}\n{}", answer.text().replace(&self.app.url, "")));
        }
        for step in 1..=20_i32 {
            let half = 0.02 / f64::from(step);
            let (x, y) = (26.7225, 58.3806);
            let area = json!({"type": "Polygon", "coordinates": [[[x, y], [x + half, y], [x + half, y + half], [x, y + half], [x, y]]]});
            let places = json!({"within": area});
            let searched = self.researcher.post("places/search", &json!({"places": places})).await;
            let near =
                self.researcher.post("study/proximity", &json!({"of": "places", "places": places})).await;
            assert!(searched.status == 200 && near.status == 200, "{} {}", searched.text(), near.text());
            said.extend([searched.text(), near.text()]);
        }
        let all = self.researcher.post("study/proximity", &json!({"of": "places"})).await;
        said.push(all.text());
        for public in [
            "supports?near=26.7225,58.3806",
            "neighbourhoods",
            "access?minutes=15",
            "releases",
            "/tiles/kaldavere/supports/14/9408/4922",
            ITEMS,
        ] {
            said.push(self.app.get(public).await.text().replace(&self.app.url, ""));
        }
        // Each answer has its own request id.
        said.into_iter().map(|text| without_ids(&text)).collect()
    }

    /// Whether a researcher finds anything in a box.
    async fn holds(&self, [west, south, east, north]: [f64; 4]) -> bool {
        let path = format!("{ITEMS}?bbox={west},{south},{east},{north}");
        let found = self.researcher.ask("GET", &path).await.json();
        !found["features"].as_array().unwrap().is_empty()
    }

    /// Where a researcher gets by halving a box for as long as it goes.
    async fn bisected(&self) -> [f64; 2] {
        let mut found = [26.6, 58.3, 26.8, 58.45];
        for step in 0..50 {
            let middle = f64::midpoint(found[step % 2], found[step % 2 + 2]);
            let mut lower = found;
            lower[step % 2 + 2] = middle;
            if self.holds(lower).await {
                found = lower;
            } else {
                found[step % 2] = middle;
            }
        }
        [f64::midpoint(found[0], found[2]), f64::midpoint(found[1], found[3])]
    }
}

/// Without what names a request, and without the time that nothing is kept at.
fn without_ids(text: &str) -> String {
    let Some((before, rest)) = text.split_once("\"request_id\":\"") else { return text.to_owned() };
    let after = rest.split_once('"').map_or("", |(_, after)| after);
    format!("{before}{after}")
}

/// Positions that become the same one at a precision, as far apart as may be, and that one.
fn twins(precision: Precision) -> (LonLat, LonLat, LonLat) {
    let kept = |p: LonLat| match snap(&Geometry::Point(p), precision) {
        Geometry::Point(kept) => kept,
        other => panic!("{other:?}"),
    };
    let centre = kept(LonLat::new(26.7225, 58.3806).unwrap());
    let going = |to_east: f64, to_north: f64| {
        let at = |i: i32| {
            let far = f64::from(i) * 1e-5;
            LonLat::new(centre.lon() + far * to_east, centre.lat() + far * to_north).unwrap()
        };
        (0..2_000).map(at).take_while(|p| kept(*p) == centre).last().unwrap()
    };
    (going(1.0, 0.3), going(-1.0, -0.3), centre)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_question_tells_two_places_apart_that_are_one_at_their_precision() {
    for (name, precision) in
        [("street", Precision::Street), ("block", Precision::Block), ("area", Precision::Area)]
    {
        let (a, b, centre) = twins(precision);
        assert!(a.distance_m(b) > f64::from(precision.metres()) * 0.5, "{name}: {}", a.distance_m(b));
        let mut told = Vec::new();
        for pinned in [a, b] {
            let db = Database::fresh(Engine::Sqlite).await;
            let app = TestApp::start(&db).await;
            let member = app.participant().await;
            let mut place = bench();
            place["geometry"]["coordinates"] = json!([pinned.lon(), pinned.lat()]);
            place["properties"]["precision"] = json!(name);
            assert_eq!(member.post("places", &place).await.status, 201);
            let town = Town { app: &app, researcher: Colleague::new(&app, &db, Role::Researcher).await };
            told.push((town.answers().await, town.bisected().await));
        }
        let (of_b, of_a) = (told.pop().unwrap(), told.pop().unwrap());
        for (one, other) in of_a.0.iter().zip(&of_b.0) {
            assert_eq!(one, other, "{name}");
        }
        assert_eq!(of_a.1.map(f64::to_bits), of_b.1.map(f64::to_bits));
        let reached = LonLat::new(of_a.1[0], of_a.1[1]).unwrap();
        assert!(reached.distance_m(centre) < 0.2, "halving ends at what is kept, and no nearer: {reached:?}");
        assert!(reached.distance_m(a) > f64::from(precision.metres()) * 0.2);
        let found = of_a.0.iter().filter(|text| text.contains("Bench by the river")).count();
        assert!(
            found > 20 && found < of_a.0.len() - 20,
            "questions hit and miss: {found} of {}",
            of_a.0.len()
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn at_exact_halving_finds_the_place_so_the_test_above_could_fail() {
    let db = Database::fresh(Engine::Sqlite).await;
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let mut place = bench();
    place["properties"]["precision"] = json!("exact");
    place["geometry"]["coordinates"] = json!([26.712_345, 58.387_654]);
    assert_eq!(member.post("places", &place).await.status, 201);
    let town = Town { app: &app, researcher: Colleague::new(&app, &db, Role::Researcher).await };
    let [lon, lat] = town.bisected().await;
    assert!(LonLat::new(lon, lat).unwrap().distance_m(LonLat::new(26.712_345, 58.387_654).unwrap()) < 0.2);
}
