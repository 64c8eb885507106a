//! Invitations over HTTP, and joining by one.

use engine::community::{Admission, Community};
use jiff::SignedDuration;
use serde_json::{Value, json};
use stead::store::{CommunityChange, Role};

use crate::databases::{Database, on_both_engines};
use crate::http_staff::Colleague;
use crate::test_app::{Answer, TestApp, community, community_id, eventually, joining, send};

on_both_engines![
    a_steward_invites_and_as_many_join_as_were_invited,
    a_wrong_used_or_late_invitation_is_refused_in_words,
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
    assert_eq!(join(&app, " ").await.problem(422, "invalid-input"), "invitation");
    let made = steward.post("invitations", &json!({})).await.json();
    let code = made["code"].as_str().unwrap();
    assert_eq!((&made["uses"], &made["used"]), (&json!(1), &json!(0)));
    for wrong in ["ABC", "0000-0000-0000", &format!("{code}0"), "õõõ"] {
        let refused = join(&app, wrong).await;
        assert_eq!(refused.problem(422, "invalid-input"), "invitation", "{wrong}");
        assert!(refused.text().contains("no such invitation"));
    }
    let mut fresh = Vec::new();
    for _ in 0..2 {
        let made = steward.post("invitations", &json!({})).await.json();
        fresh.push(made["code"].as_str().unwrap().to_owned());
    }
    assert_eq!(join(&app, code).await.status, 201);
    assert!(join(&app, code).await.text().contains("as often as it may"));
    app.clock.advance(SignedDuration::from_hours(30 * 24));
    let late = join(&app, &fresh[0]).await;
    assert_eq!(late.problem(422, "invalid-input"), "invitation");
    assert!(late.text().contains("is over"));
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
