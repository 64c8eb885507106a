//! A real server on a free port, with a clock and a generator of the test's own, and the people who use it.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use engine::community::{Admission, Community, Language, PublicationPolicy};
use engine::grid::{cell_at, cells_touching};
use engine::neighbourhood::Neighbourhood;
use engine::support::{Price, Support, SupportDetails, SupportType, SupportTypes};
use engine::{Bounds, CommunityId, LonLat, NeighbourhoodId, ReleaseId, SupportId};
use geo::{MultiPolygon, polygon};
use h3o::Resolution;
use jiff::{SignedDuration, Timestamp};
use reqwest::{Method, RequestBuilder, StatusCode, header::HeaderMap};
use serde_json::{Value, json};
use stead::ambient::{Ambient, Clock, Generator};
use stead::store::{ImportScope, Store, StoredRelease};
use stead::{AppConfig, build, serve};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::databases::Database;

/// A clock that stands still until the test moves it.
pub struct TestClock(Mutex<Timestamp>);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        *self.0.lock().unwrap()
    }
}

impl TestClock {
    /// A clock that stands at an instant.
    pub fn at(now: Timestamp) -> Self {
        Self(Mutex::new(now))
    }

    /// Lets time pass.
    pub fn advance(&self, by: SignedDuration) {
        *self.0.lock().unwrap() += by;
    }
}

/// Bytes that follow from a seed (`SplitMix64`).
pub struct SeededGenerator(AtomicU64);

impl SeededGenerator {
    /// The bytes of a seed.
    pub fn new(seed: u64) -> Self {
        Self(AtomicU64::new(seed))
    }
}

impl Generator for SeededGenerator {
    fn fill(&self, buffer: &mut [u8]) {
        for chunk in buffer.chunks_mut(8) {
            let mut z = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(z ^ (z >> 31)).to_le_bytes()[..chunk.len()]);
        }
    }
}

/// A running server.
pub struct TestApp {
    /// `http://127.0.0.1:PORT`.
    pub url: String,
    /// Its clock.
    pub clock: Arc<TestClock>,
    client: reqwest::Client,
    stop: Option<oneshot::Sender<()>>,
}

/// An answer, read to its end.
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
}

impl TestApp {
    /// Starts a server on a database that holds [`kaldavere`].
    pub async fn start(db: &Database) -> Self {
        kaldavere(&*db.store).await;
        Self::on(Arc::clone(&db.store), 1, |config| config).await
    }

    /// Starts a server on a store as it is.
    pub async fn on(store: Arc<dyn Store>, seed: u64, adjust: impl FnOnce(AppConfig) -> AppConfig) -> Self {
        let clock = Arc::new(TestClock(Mutex::new(at("2026-11-23T10:00:00Z"))));
        let generator = Arc::new(SeededGenerator::new(seed));
        let ambient = Ambient { clock: Arc::clone(&clock) as Arc<dyn Clock>, generator };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let config = AppConfig { poll: Duration::from_millis(20), ..AppConfig::new(&url) };
        let app = build(adjust(config), store, ambient).await.unwrap();
        let (stop, stopped) = oneshot::channel();
        // The server ends when the test drops the sender, too.
        tokio::spawn(serve(app, listener, async { drop(stopped.await) }));
        let client = reqwest::Client::builder().build().unwrap();
        Self { url, clock, client, stop: Some(stop) }
    }

    /// The time on its clock.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// A request without credentials. A path without a slash in front is of the community.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        let path = match path.strip_prefix('/') {
            Some(whole) => format!("/{whole}"),
            None => format!("/api/communities/kaldavere/{path}"),
        };
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        self.client.request(method, format!("{}{path}", self.url))
    }

    /// `GET` without credentials.
    pub async fn get(&self, path: &str) -> Answer {
        send(self.request("GET", path)).await
    }

    /// `POST` of JSON without credentials.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        send(self.request("POST", path).json(body)).await
    }

    /// Somebody who joined and agreed to everything.
    pub async fn participant(&self) -> Member<'_> {
        self.join(true).await
    }

    /// Somebody who joined and agreed to everything, or to nothing.
    pub async fn join(&self, agrees: bool) -> Member<'_> {
        let mut joining = joining(agrees);
        let community = self.get("/api/communities/kaldavere").await.json();
        joining["consent"]["version"] = community["consent"]["version"].clone();
        let answer = self.post("participants", &joining).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        let json = answer.json();
        let text = |name: &str| json[name].as_str().unwrap().to_owned();
        Member { app: self, id: text("participant"), token: text("token"), return_code: text("return_code") }
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.stop.take());
    }
}

/// A participant who is signed in.
pub struct Member<'a> {
    app: &'a TestApp,
    /// Who they are.
    pub id: String,
    /// Their token.
    pub token: String,
    /// Their return code.
    pub return_code: String,
}

impl Member<'_> {
    /// A request of theirs.
    pub fn request(&self, method: &str, path: &str) -> RequestBuilder {
        self.app.request(method, path).bearer_auth(&self.token)
    }

    /// `GET`.
    pub async fn get(&self, path: &str) -> Answer {
        send(self.request("GET", path)).await
    }

    /// `POST` of JSON.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        send(self.request("POST", path).json(body)).await
    }

    /// `PUT` of JSON on a version.
    pub async fn put(&self, path: &str, if_match: &str, body: &Value) -> Answer {
        send(self.request("PUT", path).header("If-Match", if_match).json(body)).await
    }

    /// `DELETE` of a version.
    pub async fn delete(&self, path: &str, if_match: &str) -> Answer {
        send(self.request("DELETE", path).header("If-Match", if_match)).await
    }

    /// Saves [`bench`] and returns its path.
    pub async fn save_bench(&self) -> String {
        let answer = self.post("places", &bench()).await;
        assert_eq!(answer.status, 201, "{}", answer.text());
        format!("places/{}", answer.json()["id"].as_str().unwrap())
    }

    /// How many places they keep, by their list.
    pub async fn count_places(&self) -> usize {
        self.get("places").await.json()["features"].as_array().unwrap().len()
    }
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("{e}: {}", self.text()))
    }

    /// A header.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|v| v.to_str().unwrap()).unwrap_or_default()
    }

    /// Checks that this is a problem of a status and kind, complete, and returns its field.
    #[track_caller]
    pub fn problem(&self, status: u16, kind: &str) -> String {
        assert_eq!(self.status, status, "{}", self.text());
        assert_eq!(self.header("content-type"), "application/problem+json");
        let body = self.json();
        assert_eq!(body["type"], format!("urn:stead:problem:{kind}"), "{body}");
        assert_eq!(body["status"], status);
        assert_eq!(body["request_id"], self.header("x-request-id"));
        assert!(!body["title"].as_str().unwrap().is_empty() && !body["detail"].as_str().unwrap().is_empty());
        body["field"].as_str().unwrap_or_default().to_owned()
    }
}

/// Sends a request and reads the answer.
pub async fn send(request: RequestBuilder) -> Answer {
    let response = request.send().await.expect("the server answers");
    let (status, headers) = (response.status(), response.headers().clone());
    Answer { status, headers, body: response.bytes().await.expect("the answer arrives whole").to_vec() }
}

/// Asks again and again until the answer is as wished, for ten seconds at most.
pub async fn eventually<F: Future<Output = bool>>(what: &str, mut wished: impl FnMut() -> F) {
    for _ in 0..400 {
        if wished().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!("in ten seconds it did not happen that {what}");
}

/// An instant.
pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// The body by which a person joins.
pub fn joining(agrees: bool) -> Value {
    json!({"language": "en", "consent": {"version": "2026-3", "research": agrees,
        "published_maps": agrees, "public_story": agrees}})
}

/// The place of the design.
pub fn bench() -> Value {
    json!({"type":"Feature","geometry":{"type":"Point","coordinates":[26.7225,58.3806]},
     "properties":{"name":"Bench by the river","being":true,"doing":false,"story":"Quiet in the morning.",
      "feelings":[{"feeling":"calm","strength":3}],"chime":["hope","identity"],
      "activities":["walking"],"company":["alone"],
      "support":{"received":["emotional"],"given":[]},"barriers":["money"],
      "rhythm":{"often":"weekly","parts":["morning"]},"since":"2024","home":false,
      "precision":"street","share":{"research":true,"published_maps":true,"public_story":false}}})
}

/// A community's name.
pub fn community_id(name: &str) -> CommunityId {
    name.parse().unwrap()
}

/// A community map.
pub fn community(name: &str) -> Community {
    Community {
        id: community_id(name),
        title: name.to_owned(),
        languages: Language::ALL.into(),
        bounds: Bounds::new(26.6, 58.3, 26.8, 58.45).ok(),
        country: "EE".parse().ok(),
        time_zone: "Europe/Tallinn".parse().ok(),
        policy: PublicationPolicy::Formal,
        joining: Admission::Open,
        crisis_confirmed: false,
        crisis_contacts: None,
        questions: None,
        earlier_questions: Vec::new(),
        run_by: None,
        contact: None,
        demo: false,
        created_at: at("2026-01-01T00:00:00Z"),
    }
}

/// A support with a number of its own.
pub fn support(n: u128, name: Option<&str>, category: &str, price: Price, lon: f64, lat: f64) -> Support {
    Support::new(
        SupportId(Uuid::from_u128(n)),
        LonLat::new(lon, lat).ok(),
        SupportDetails {
            source: "osm".into(),
            source_id: format!("node/{n}"),
            name: name.map(str::to_owned),
            category: category.into(),
            form: engine::category::category(category).unwrap().form,
            support_types: SupportTypes::of(match category {
                "library" => vec![SupportType::Informational],
                _ => vec![SupportType::Emotional, SupportType::Instrumental],
            }),
            price,
            ..SupportDetails::default()
        },
        at("2026-02-01T00:00:00Z"),
    )
}

/// The community `kaldavere`: five supports on a line to the east, and two neighbourhoods side by side.
pub async fn kaldavere(store: &dyn Store) {
    store.add_community(&community("kaldavere")).await.unwrap();
    let id = community_id("kaldavere");
    let supports = [
        support(1, Some("Town library"), "library", Price::Free, 26.70, 58.38),
        support(2, Some("Õnne café"), "cafe", Price::Low, 26.71, 58.38),
        support(3, Some("Meeting place Aed"), "community_centre", Price::Free, 26.72, 58.38),
        support(4, None, "cafe", Price::Unknown, 26.73, 58.38),
        support(5, Some("Branch library"), "library", Price::Free, 26.74, 58.38),
    ];
    let scope = ImportScope { source: "osm".into(), complete: true };
    store.upsert_supports(&id, &supports, &scope, at("2026-02-01T00:00:00Z")).await.unwrap();
    let neighbourhoods = [neighbourhood(1, "West", 26.6), neighbourhood(2, "East", 26.7)];
    store.upsert_neighbourhoods(&id, &neighbourhoods, at("2026-02-01T00:00:00Z")).await.unwrap();
}

fn neighbourhood(n: u128, name: &str, west: f64) -> Neighbourhood {
    let (east, south, north) = (west + 0.1, 58.3, 58.45);
    Neighbourhood {
        id: NeighbourhoodId(Uuid::from_u128(n)),
        name: name.to_owned(),
        source_id: None,
        population: Some(6_000),
        shape: MultiPolygon(vec![polygon![
            (x: west, y: south), (x: east, y: south), (x: east, y: north), (x: west, y: north),
        ]]),
    }
}

/// A release of `kaldavere` as the store keeps it, with a cluster planted around the library.
pub fn release(n: u128) -> StoredRelease {
    let bounds = community("kaldavere").bounds.unwrap();
    let planted = cell_at(LonLat::new(26.70, 58.38).unwrap(), Resolution::Eight).grid_disk::<Vec<_>>(1);
    let cells: Vec<(String, i64)> = cells_touching(&bounds, Resolution::Eight)
        .into_iter()
        .zip([-7, 3, 0, 5, -2, 1].into_iter().cycle())
        .map(|(cell, noise)| (cell.to_string(), noise + if planted.contains(&cell) { 90 } else { 0 }))
        .collect();
    let id = ReleaseId(Uuid::from_u128(n));
    StoredRelease {
        id,
        community: community_id("kaldavere"),
        made_at: at("2026-06-01T00:00:00Z"),
        on_demand: true,
        parameters: json!({"policy": "formal", "cell_resolution": 8, "rho": 0.09, "epsilon": 2.3,
            "delta": 1e-6, "sigma_cells": 9, "sigma_neighbourhoods": 10}),
        cells: json!({"release": id, "sigma": 9, "cells": cells}),
        neighbourhoods: json!({"release": id, "sigma": 10, "neighbourhoods": [
            {"id": Uuid::from_u128(1), "people": 40, "valence_sixteenths": 12},
            {"id": Uuid::from_u128(2), "people": 210, "valence_sixteenths": 500}]}),
        totals: Value::Null,
        activities: Value::Null,
        ground: Value::Null,
        recalled: None,
    }
}
