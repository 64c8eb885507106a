//! Invitations over HTTP, and joining by one.

use engine::community::{Admission, Community};
use jiff::SignedDuration;
use serde_json::{Value, json};
use stead::store::{CommunityChange, Role};

use crate::databases::{Database, on_both_engines};
use crate::http_staff::Colleague;
use crate::test_app::{Answer, TestApp, bench, community, community_id, eventually, joining, send};

on_both_engines![
    a_steward_invites_and_as_many_join_as_were_invited,
    a_wrong_used_or_late_invitation_is_refused_in_words,
    a_join_whose_answer_was_lost_is_asked_for_again_and_takes_no_second_use,
    nobody_takes_over_what_somebody_joined_and_used,
    an_open_community_asks_for_no_invitation_and_takes_no_use,
    what_an_invitation_may_be_is_checked_by_its_field,
    guessing_invitations_is_slowed_down_and_joining_by_a_right_one_is_not,
];

async fn invited(db: &Database) -> TestApp {
    let invited = Community { joining: Admission::Invited, ..community("kaldavere") };
    db.store.add_community(&invited).await.unwrap();
    TestApp::on(db.store.clone(), 1, |config| config).await
}

fn with(code: &str) -> Value {
    let mut body = joining(false);
    body["invitation"] = json!(code);
    body
}

async fn join(app: &TestApp, code: &str) -> Answer {
    app.post("participants", &with(code)).await
}

async fn a_steward_invites_and_as_many_join_as_were_invited(db: Database) {
    let app = invited(&db).await;
    assert_eq!(app.get("/api/communities/kaldavere").await.json()["joining"], "invited");
    let steward = Colleague::new(&app, &db, Role::Steward).await;
    let made = steward.post("invitations", &json!({"uses": 2, "expires_on": "2026-12-24"})).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let made = made.json();
    let code = made["code"].as_str().unwrap();
    assert_eq!(code.len(), 14);
    assert_eq!(made["link"], format!("{}/kaldavere/share/join#invitation={code}", app.url));
    // The end of that day in Tallinn.
    assert_eq!(made["expires_at"], "2026-12-24T22:00:00Z");

    assert_eq!(join(&app, code).await.status, 201);
    assert_eq!(join(&app, &code.to_lowercase().replace('-', " ")).await.status, 201);
    let third = join(&app, code).await;
    assert_eq!(third.problem(422, "invalid-input"), "invitation");
    let listed = steward.ask("GET", "invitations").await.json();
    assert_eq!(
        listed,
        json!({"invitations": [{"id": made["id"], "uses": 2, "used": 2,
            "created_at": "2026-11-23T10:00:00Z", "expires_at": "2026-12-24T22:00:00Z"}]})
    );
    let path = format!("invitations/{}", made["id"].as_str().unwrap());
    assert_eq!(steward.ask("DELETE", &path).await.status, 204);
    steward.ask("DELETE", &path).await.problem(404, "not-found");
    assert_eq!(steward.ask("GET", "invitations").await.json(), json!({"invitations": []}));
}

async fn a_wrong_used_or_late_invitation_is_refused_in_words(db: Database) {
    let app = invited(&db).await;
    let steward = Colleague::new(&app, &db, Role::Steward).await;
    let missing = app.post("participants", &joining(false)).await;
    assert_eq!(missing.problem(422, "invalid-input"), "invitation");
    assert!(missing.text().contains("with an invitation"));
    assert_eq!(missing.json()["reason"], "invitation-missing");
    assert_eq!(join(&app, " ").await.problem(422, "invalid-input"), "invitation");
    let made = steward.post("invitations", &json!({})).await.json();
    let code = made["code"].as_str().unwrap();
    assert_eq!((&made["uses"], &made["used"]), (&json!(1), &json!(0)));
    for wrong in ["ABC", "0000-0000-0000", &format!("{code}0"), "õõõ"] {
        let refused = join(&app, wrong).await;
        assert_eq!(refused.problem(422, "invalid-input"), "invitation", "{wrong}");
        assert!(refused.text().contains("no such invitation"));
        assert_eq!(refused.json()["reason"], "invitation-unknown");
    }
    let mut fresh = Vec::new();
    for _ in 0..2 {
        let made = steward.post("invitations", &json!({})).await.json();
        fresh.push(made["code"].as_str().unwrap().to_owned());
    }
    assert_eq!(join(&app, code).await.status, 201);
    let used = join(&app, code).await;
    assert!(used.text().contains("as often as it may"));
    assert_eq!(used.json()["reason"], "invitation-used-up");
    app.clock.advance(SignedDuration::from_hours(30 * 24));
    let late = join(&app, &fresh[0]).await;
    assert_eq!(late.problem(422, "invalid-input"), "invitation");
    assert!(late.text().contains("is over"));
    assert_eq!(late.json()["reason"], "invitation-expired");
}

/// A key as a device draws it.
const KEY: &str = "0b0e7d5c-31f5-4f0e-9a51-7c1f2a9d8e64";

async fn join_by(app: &TestApp, key: &str, body: &Value) -> Answer {
    send(app.request("POST", "participants").header("Idempotency-Key", key).json(body)).await
}

async fn single_use(app: &TestApp, db: &Database) -> String {
    let steward = Colleague::new(app, db, Role::Steward).await;
    let made = steward.post("invitations", &json!({})).await.json();
    made["code"].as_str().unwrap().to_owned()
}

fn text(answer: &Value, name: &str) -> String {
    answer[name].as_str().unwrap().to_owned()
}

async fn a_join_whose_answer_was_lost_is_asked_for_again_and_takes_no_second_use(db: Database) {
    let app = invited(&db).await;
    let code = single_use(&app, &db).await;
    let lost = join_by(&app, KEY, &with(&code)).await;
    assert_eq!(lost.status, 201, "{}", lost.text());
    app.clock.advance(SignedDuration::from_mins(50));
    // The person thought it over meanwhile: what they say last counts.
    let mut thought_over = with(&code);
    thought_over["language"] = json!("et");
    thought_over["consent"]["research"] = json!(true);
    let again = join_by(&app, KEY, &thought_over).await;
    assert_eq!(again.status, 201, "{}", again.text());
    let (lost, again) = (lost.json(), again.json());
    assert_eq!(lost["participant"], again["participant"]);
    assert!(lost["token"] != again["token"] && lost["return_code"] != again["return_code"]);
    let me = async |joined: &Value| send(app.request("GET", "me").bearer_auth(text(joined, "token"))).await;
    me(&lost).await.problem(401, "unauthorised");
    let here = me(&again).await.json();
    assert_eq!((&here["language"], &here["consent"]["research"]), (&json!("et"), &json!(true)));
    assert_eq!(here["joined_at"], "2026-11-23T10:00:00Z", "the hour runs from the first time");
    let back = async |joined: &Value| {
        app.post("participants/return", &json!({"return_code": joined["return_code"]})).await
    };
    back(&lost).await.problem(401, "unauthorised");
    assert_eq!(back(&again).await.status, 200);
    // Somebody who knows the invitation alone is too late, with or without a key of their own.
    assert_eq!(join(&app, &code).await.json()["reason"], "invitation-used-up");
    let other = join_by(&app, &KEY.replace('0', "1"), &with(&code)).await;
    assert_eq!(other.json()["reason"], "invitation-used-up");
    assert_eq!(me(&again).await.status, 200);
}

async fn nobody_takes_over_what_somebody_joined_and_used(db: Database) {
    let app = invited(&db).await;
    let refused = async |key: &str, code: &str| {
        let answer = join_by(&app, key, &with(code)).await;
        assert_eq!(answer.problem(409, "conflict"), "Idempotency-Key");
    };
    let key = |n: u32| format!("{KEY}-{n}");
    let mut joined = Vec::new();
    for n in 0..4 {
        let code = single_use(&app, &db).await;
        let answer = join_by(&app, &key(n), &with(&code)).await.json();
        joined.push((code, answer));
    }
    let ask = |n: usize, method: &str, path: &str| {
        app.request(method, path).bearer_auth(text(&joined[n].1, "token"))
    };
    // A place; coming back with the code; leaving; and an hour.
    let mut bench = bench();
    bench["properties"]["share"] = json!({});
    let saved = send(ask(0, "POST", "places").json(&bench)).await;
    assert_eq!(saved.status, 201, "{}", saved.text());
    let back = json!({"return_code": joined[1].1["return_code"]});
    assert_eq!(app.post("participants/return", &back).await.status, 200);
    assert_eq!(send(ask(2, "DELETE", "me")).await.status, 200);
    for n in 0..3 {
        refused(&key(n), &joined[n as usize].0).await;
    }
    assert_eq!(send(ask(0, "GET", "me")).await.json()["places"], 1);
    assert_eq!(send(ask(1, "GET", "me")).await.status, 200);
    app.clock.advance(SignedDuration::from_mins(61));
    refused(&key(3), &joined[3].0).await;
    assert_eq!(send(ask(3, "GET", "me")).await.status, 200);
    // A key that somebody could guess is none.
    let short = join_by(&app, "1", &with(&joined[3].0)).await;
    assert_eq!(short.problem(400, "invalid-input"), "Idempotency-Key");
}

async fn an_open_community_asks_for_no_invitation_and_takes_no_use(db: Database) {
    let app = TestApp::start(&db).await;
    assert_eq!(app.get("/api/communities/kaldavere").await.json()["joining"], "open");
    let steward = Colleague::new(&app, &db, Role::Steward).await;
    let made = steward.post("invitations", &json!({})).await.json();
    assert_eq!(join(&app, made["code"].as_str().unwrap()).await.status, 201);
    assert_eq!(join(&app, "an old poster").await.status, 201);
    assert_eq!(steward.ask("GET", "invitations").await.json()["invitations"][0]["used"], 0);
    assert_eq!(join(&app, &"A".repeat(65)).await.problem(422, "invalid-input"), "invitation");

    let change = CommunityChange::Joining(Admission::Invited);
    let changed = db.store.change_community(&community_id("kaldavere"), &change, app.now()).await.unwrap();
    assert!(changed);
    eventually("the server follows", async || {
        app.get("/api/communities/kaldavere").await.json()["joining"] == "invited"
    })
    .await;
    assert_eq!(join(&app, "an old poster").await.status, 422);
    assert_eq!(join(&app, made["code"].as_str().unwrap()).await.status, 201);
}

async fn what_an_invitation_may_be_is_checked_by_its_field(db: Database) {
    let app = invited(&db).await;
    let steward = Colleague::new(&app, &db, Role::Steward).await;
    for (body, field) in [
        (json!({"uses": 0}), "uses"),
        (json!({"uses": 10_001}), "uses"),
        (json!({"uses": "many"}), "uses"),
        (json!({"expires_on": "tomorrow"}), "expires_on"),
        (json!({"expires_on": "2026-11-22"}), "expires_on"),
        (json!({"expires_on": "2027-11-26"}), "expires_on"),
        (json!({"for": "Mari"}), "for"),
    ] {
        assert_eq!(steward.post("invitations", &body).await.problem(422, "invalid-input"), field, "{body}");
    }
    // An array is no object, though its items could be read as the fields in their order.
    assert_eq!(
        steward.post("invitations", &json!([3, "2026-12-24"])).await.problem(422, "invalid-input"),
        ""
    );
    assert_eq!(steward.post("invitations", &json!({"expires_on": "2026-11-23"})).await.status, 201);
    assert_eq!(steward.ask("GET", "invitations").await.json()["invitations"].as_array().unwrap().len(), 1);
}

async fn guessing_invitations_is_slowed_down_and_joining_by_a_right_one_is_not(db: Database) {
    let app = invited(&db).await;
    let steward = Colleague::new(&app, &db, Role::Steward).await;
    let made = steward.post("invitations", &json!({"uses": 60})).await.json();
    for _ in 0..40 {
        assert_eq!(join(&app, made["code"].as_str().unwrap()).await.status, 201);
    }
    for n in 0..20 {
        join(&app, &format!("0000-0000-00{n:02}")).await.problem(422, "invalid-input");
    }
    join(&app, "0000-0000-0099").await.problem(429, "too-many-requests");
    app.clock.advance(SignedDuration::from_mins(5));
    assert_eq!(
        send(app.request("POST", "participants").json(&with(made["code"].as_str().unwrap()))).await.status,
        201
    );
}
