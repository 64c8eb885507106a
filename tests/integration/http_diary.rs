//! The diary over HTTP.

use jiff::SignedDuration;
use serde_json::{Value, json};

use crate::databases::{Database, on_both_engines};
use crate::test_app::{TestApp, send};

on_both_engines![
    a_diary_is_written_read_changed_and_deleted_by_its_owner,
    nobody_reads_changes_or_counts_anothers_diary,
    a_bad_entry_is_refused_by_its_field_and_not_kept,
];

fn day(date: &str, text: &str) -> Value {
    json!({"date": date, "text": text, "feelings": [{"feeling": "calm", "strength": 2}]})
}

async fn a_diary_is_written_read_changed_and_deleted_by_its_owner(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let place = member.save_bench().await;
    let path = format!("{place}/diary");
    assert_eq!(member.get(&path).await.json(), json!({"entries": []}));
    let first = member.post(&path, &day("2026-05-17", "Sun.")).await;
    assert_eq!(first.status, 201, "{}", first.text());
    assert_eq!(first.header("cache-control"), "no-store");
    let later = member
        .post(&path, &json!({"date": "2026-05-18", "feelings": [{"feeling": "calm", "strength": 2}]}))
        .await
        .json();
    assert_eq!(later["text"], "");
    let listed = member.get(&path).await.json();
    assert_eq!(listed["entries"], json!([later, first.json()]));
    let ids = json!([later["id"], first.json()["id"]]);
    assert_eq!(member.get(&place).await.json()["properties"]["diary"], ids);
    assert_eq!(member.get("places").await.json()["features"][0]["properties"]["diary"], ids);

    app.clock.advance(SignedDuration::from_mins(1));
    let entry = format!("{path}/{}", first.json()["id"].as_str().unwrap());
    let changed = send(member.request("PUT", &entry).json(&day("2026-05-16", "Rain."))).await;
    assert_eq!(changed.status, 200, "{}", changed.text());
    assert_eq!((&changed.json()["date"], &changed.json()["text"]), (&json!("2026-05-16"), &json!("Rain.")));
    assert_eq!(changed.json()["updated_at"], "2026-11-23T10:01:00Z");
    assert_eq!(changed.json()["created_at"], first.json()["created_at"]);
    assert_eq!(member.get(&path).await.json()["entries"], json!([later, changed.json()]));

    assert_eq!(send(member.request("DELETE", &entry)).await.status, 204);
    send(member.request("DELETE", &entry)).await.problem(404, "not-found");
    assert_eq!(member.get(&path).await.json()["entries"], json!([later]));
    assert_eq!(member.delete(&place, "*").await.status, 204);
    member.get(&path).await.problem(404, "not-found");
}

async fn nobody_reads_changes_or_counts_anothers_diary(db: Database) {
    let app = TestApp::start(&db).await;
    let (owner, other) = (app.participant().await, app.participant().await);
    let path = format!("{}/diary", owner.save_bench().await);
    let theirs = format!("{}/diary", other.save_bench().await);
    let kept = owner.post(&path, &day("2026-05-17", "Mine.")).await.json();
    let id = kept["id"].as_str().unwrap();
    let body = day("2026-05-18", "Theirs.");
    for (method, at) in [
        ("GET", path.clone()),
        ("POST", path.clone()),
        ("PUT", format!("{path}/{id}")),
        ("DELETE", format!("{path}/{id}")),
        ("PUT", format!("{theirs}/{id}")),
        ("DELETE", format!("{theirs}/{id}")),
    ] {
        let with_body = |request: reqwest::RequestBuilder| match method {
            "POST" | "PUT" => request.json(&body),
            _ => request,
        };
        send(with_body(other.request(method, &at))).await.problem(404, "not-found");
        send(with_body(app.request(method, &at))).await.problem(401, "unauthorised");
    }
    assert_eq!(other.get(&theirs).await.json(), json!({"entries": []}));
    assert_eq!(other.get("places").await.json()["features"][0]["properties"]["diary"], json!([]));
    assert_eq!(owner.get(&path).await.json()["entries"], json!([kept]));
}

async fn a_bad_entry_is_refused_by_its_field_and_not_kept(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let path = format!("{}/diary", member.save_bench().await);
    let calm = json!({"feeling": "calm", "strength": 2});
    for (body, field) in [
        (json!({"text": "no day"}), ""),
        (json!({"date": "2026-05-17"}), "text"),
        (json!({"date": "2026-05-17", "text": " \n"}), "text"),
        (json!({"date": "17.05.2026"}), "date"),
        (json!({"date": "2026-02-30"}), "date"),
        (json!({"date": "2026-05-17", "text": "x".repeat(20_001)}), "text"),
        (json!({"date": "2026-05-17", "text": "a\u{0}b"}), "text"),
        (json!({"date": "2026-05-17", "feelings": [calm, calm]}), "feelings[1].feeling"),
        (
            json!({"date": "2026-05-17", "feelings": [{"feeling": "meh", "strength": 1}]}),
            "feelings[0].feeling",
        ),
        (json!({"date": "2026-05-17", "diagnosis": "x"}), "diagnosis"),
    ] {
        assert_eq!(member.post(&path, &body).await.problem(422, "invalid-input"), field, "{body}");
    }
    let entry = format!("{path}/what");
    assert_eq!(send(member.request("DELETE", &entry)).await.status, 400);
    assert_eq!(member.get(&path).await.json(), json!({"entries": []}));
}
