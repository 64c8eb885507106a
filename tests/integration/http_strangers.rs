//! Object-level authorisation, held to the interface's own description: whatever operation takes the identifier of
//! something of a participant's answers somebody else just as it answers for what was never there.

use std::collections::BTreeSet;
use std::time::Instant;

use reqwest::RequestBuilder;
use serde_json::{Value, json};

use crate::attacks::{mann_whitney, seen_every_time};
use crate::databases::{Database, on_both_engines};
use crate::http_photos::{png, sent};
use crate::test_app::{Answer, Member, TestApp, bench, send};

on_both_engines![
    what_is_anothers_is_answered_like_what_was_never_there,
    what_is_anothers_takes_as_long_as_what_was_never_there,
    nothing_that_lists_or_counts_ones_own_tells_of_anothers,
];

/// An operation on something of a participant's.
struct Operation {
    method: String,
    path: String,
    body: Option<String>,
}

const HERE: &str = "/api/communities/{c}/";

/// Every operation below `places/{id}`, from the document that clients are given.
async fn operations(app: &TestApp) -> Vec<Operation> {
    let document = app.get("/api/openapi.json").await.json();
    let mut found = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let Some(path) = path.strip_prefix(HERE).filter(|path| path.starts_with("places/{id}")) else {
            continue;
        };
        for (method, operation) in methods.as_object().unwrap() {
            let content = operation["requestBody"]["content"].as_object();
            let body = content.and_then(|content| content.keys().next().cloned());
            found.push(Operation { method: method.to_uppercase(), path: path.to_owned(), body });
        }
    }
    found
}

/// Identifiers to fill a path with.
struct Ids {
    place: String,
    entry: String,
    photo: String,
}

impl Ids {
    const NOBODYS: &str = "018f0000-0000-7000-8000-00000000000";

    fn path(&self, operation: &Operation) -> String {
        let path = operation.path.replace("{id}", &self.place).replace("{d}", &self.entry);
        path.replace("{p}", &self.photo).replace("{role}", "researcher")
    }
}

/// A place with everything that may belong to it.
async fn everything(member: &Member<'_>) -> Ids {
    let path = member.save_bench().await;
    let entry = member.post(&format!("{path}/diary"), &json!({"date": "2026-05-17", "text": "Mine."})).await;
    let photo = sent(member, &format!("{path}/photos")).await;
    let text = |value: &Value| value["id"].as_str().unwrap().to_owned();
    Ids { place: path["places/".len()..].to_owned(), entry: text(&entry.json()), photo: text(&photo) }
}

/// With a body that would be right.
fn with_body(request: RequestBuilder, operation: &Operation) -> RequestBuilder {
    let request = request.header("If-Match", "*");
    match (operation.body.as_deref(), operation.path.as_str()) {
        (None, _) => request,
        (Some(media), _) if media.starts_with("image/") => {
            request.header("Content-Type", "image/png").body(png(8, 8))
        }
        (_, path) if path.contains("/diary") => {
            request.json(&json!({"date": "2026-05-18", "text": "Theirs."}))
        }
        (_, path) if path.contains("/photos") => request.json(&json!({"caption": "Theirs."})),
        _ => request.json(&bench()),
    }
}

/// What an answer says, without what names the single request.
fn said(answer: &Answer) -> (u16, Vec<(String, String)>, Value) {
    let own = ["x-request-id", "date", "content-length"];
    let mut headers: Vec<_> = answer
        .headers
        .iter()
        .filter(|(name, _)| !own.contains(&name.as_str()))
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    headers.sort();
    let mut body = answer.json();
    body["request_id"] = Value::Null;
    (answer.status.as_u16(), headers, body)
}

/// All that a person has, as they take it home: without the instant at which they do.
async fn all_of(member: &Member<'_>, ids: &Ids) -> Vec<Value> {
    let place = format!("places/{}", ids.place);
    let mut all = Vec::new();
    for path in ["me", "places", &place, &format!("{place}/diary"), &format!("{place}/photos")] {
        let answer = member.get(path).await;
        assert_eq!(answer.status, 200, "{path}");
        all.push(answer.json());
    }
    all
}

async fn what_is_anothers_is_answered_like_what_was_never_there(db: Database) {
    let app = TestApp::start(&db).await;
    let (anna, berit) = (app.participant().await, app.participant().await);
    let (hers, own) = (everything(&anna).await, everything(&berit).await);
    let (before, others_before) = (all_of(&anna, &hers).await, all_of(&berit, &own).await);
    let nobodys = |n: u8| format!("{}{n}", Ids::NOBODYS);
    let never = Ids { place: nobodys(1), entry: nobodys(2), photo: nobodys(3) };
    // Hers through a place of Berit's own, too: the place alone must not open what belongs to another.
    let crossed = Ids { place: own.place.clone(), entry: hers.entry.clone(), photo: hers.photo.clone() };
    let never_crossed = Ids { place: own.place.clone(), entry: nobodys(2), photo: nobodys(3) };

    let operations = operations(&app).await;
    assert!(operations.len() >= 12, "the document tells of {} operations", operations.len());
    for operation in &operations {
        let ask = async |ids: &Ids| {
            send(with_body(berit.request(&operation.method, &ids.path(operation)), operation)).await
        };
        let (answer, nothing) = (ask(&hers).await, ask(&never).await);
        let name = format!("{} {}", operation.method, operation.path);
        answer.problem(404, "not-found");
        assert_eq!(said(&answer), said(&nothing), "{name}");
        if operation.path.contains("{d}") || operation.path.contains("{p}") {
            let (answer, nothing) = (ask(&crossed).await, ask(&never_crossed).await);
            answer.problem(404, "not-found");
            assert_eq!(said(&answer), said(&nothing), "{name}, through a place of one's own");
        }
        let unsigned =
            send(with_body(app.request(&operation.method, &hers.path(operation)), operation)).await;
        assert_eq!(unsigned.status, 401, "{name}: {}", unsigned.text());
    }
    assert_eq!(all_of(&anna, &hers).await, before, "Anna's is as it was");
    assert_eq!(all_of(&berit, &own).await, others_before, "nothing of Anna's came to Berit");
}

/// By the watch: the sums of ranks of both samples, as in attack A9. One test for each operation, and one over all of
/// them, which finds what is too small to show in one.
#[expect(clippy::disallowed_methods, reason = "the stranger's own watch")]
async fn what_is_anothers_takes_as_long_as_what_was_never_there(db: Database) {
    const ROUNDS: usize = 100;
    let app = TestApp::start(&db).await;
    let (anna, berit) = (app.participant().await, app.participant().await);
    let (hers, own) = (everything(&anna).await, everything(&berit).await);
    let nobodys = |n: u8| format!("{}{n}", Ids::NOBODYS);
    let never = Ids { place: nobodys(1), entry: nobodys(2), photo: nobodys(3) };
    let crossed = Ids { place: own.place.clone(), entry: hers.entry.clone(), photo: hers.photo.clone() };
    let never_crossed = Ids { place: own.place.clone(), entry: nobodys(2), photo: nobodys(3) };
    let operations = operations(&app).await;
    let told_apart = seen_every_time(async || {
        let (mut scores, mut found) = (Vec::new(), BTreeSet::new());
        for operation in &operations {
            let through_own = operation.path.contains("{d}") || operation.path.contains("{p}");
            let pairs =
                [(&hers, &never)].into_iter().chain(through_own.then_some((&crossed, &never_crossed)));
            for (anothers, nobodys) in pairs {
                let (mut there, mut nowhere) = (Vec::new(), Vec::new());
                for round in 0..ROUNDS {
                    // Each is first as often as it is second.
                    for turn in 0..2 {
                        let is_there = (round + turn) % 2 == 0;
                        let path = (if is_there { anothers } else { nobodys }).path(operation);
                        let request = with_body(berit.request(&operation.method, &path), operation);
                        let asked = Instant::now();
                        assert_eq!(send(request).await.status, 404);
                        (if is_there { &mut there } else { &mut nowhere }).push(asked.elapsed());
                    }
                }
                let z = mann_whitney(&there, &nowhere);
                // Two-sided p < 0.001 for the lot of them by Bonferroni: 20 tests.
                if z.abs() > 4.06 {
                    found.insert(format!("{} {}", operation.method, anothers.path(operation)));
                }
                scores.push(z);
            }
        }
        let tests = f64::from(u32::try_from(scores.len()).unwrap());
        assert!((12.0..=20.0).contains(&tests), "{tests} tests");
        if (scores.iter().sum::<f64>() / tests.sqrt()).abs() > 3.29 {
            found.insert("all operations together".to_owned());
        }
        found
    });
    assert_eq!(told_apart.await, BTreeSet::new());
}

async fn nothing_that_lists_or_counts_ones_own_tells_of_anothers(db: Database) {
    let app = TestApp::start(&db).await;
    let berit = app.participant().await;
    let own = everything(&berit).await;
    let lists = async || {
        let mut answers = all_of(&berit, &own).await;
        for path in ["me/reads", "places?limit=1", "places?limit=10000"] {
            answers.push(berit.get(path).await.json());
        }
        answers
    };
    let alone = lists().await;
    let anna = app.participant().await;
    let mut hers = Vec::new();
    for _ in 0..3 {
        hers.push(everything(&anna).await);
    }
    assert_eq!(lists().await, alone);
    let export = berit.get("me/export").await;
    assert_eq!((export.status.as_u16(), export.header("content-type")), (200, "application/zip"));
    for id in hers.iter().flat_map(|ids| [&ids.place, &ids.entry, &ids.photo]) {
        assert!(!export.text().contains(id.as_str()), "the export names {id}");
    }
    assert!(export.text().contains(&own.photo), "the export's own names are to be read");
}
