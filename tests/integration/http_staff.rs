//! The staff over HTTP: coming in, what they have open, and reading what participants share.

use std::sync::Arc;

use data_encoding::{BASE32_NOPAD, BASE64};
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha1::Sha1;
use stead::actions::staff::{invite, make_token};
use stead::ambient::Ambient;
use stead::store::{Role, Scope};

use crate::databases::{Database, on_both_engines};
use crate::test_app::{Answer, TestApp, TestClock, at, bench, community_id, send};

on_both_engines![
    a_one_time_link_leads_to_a_password_a_second_factor_and_a_session,
    a_code_works_once_and_a_recovery_code_too,
    whoever_it_is_not_is_told_the_same,
    wrong_sign_ins_are_slowed_down_at_one_address_and_nobody_is_locked_out,
    sessions_are_listed_closed_and_end_when_idle,
    fresh_codes_are_asked_for_after_ten_minutes,
    a_researcher_reads_what_is_shared_and_its_owner_sees_that,
    an_api_token_reads_by_bearer_and_by_basic_within_its_scopes,
    wrong_return_codes_and_crowds_that_join_are_slowed_down,
];

const PASSWORD: &str = "jõe ääres on vaikne";

/// RFC 6238 once more, independent of the server's.
fn totp(secret: &str, now: Timestamp) -> String {
    let secret = BASE32_NOPAD.decode(secret.as_bytes()).unwrap();
    let mut mac = Hmac::<Sha1>::new_from_slice(&secret).unwrap();
    mac.update(&(now.as_second() / 30).to_be_bytes());
    let hash = mac.finalize().into_bytes();
    let at = usize::from(hash[19] & 15);
    let number = u32::from_be_bytes(hash[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// Somebody of the staff who came in.
pub struct Colleague<'a> {
    app: &'a TestApp,
    /// Their address.
    pub email: String,
    secret: String,
    recovery: Vec<String>,
    token: String,
}

impl<'a> Colleague<'a> {
    /// Somebody who came in by a one-time link.
    pub async fn new(app: &'a TestApp, db: &Database, role: Role) -> Self {
        let email = format!("{}@ulikool.example", role.as_str());
        let link = link(db, &email, role).await;
        let enrolment =
            app.post("/api/staff/activate", &json!({"link_token": link, "password": PASSWORD})).await;
        assert_eq!(enrolment.status, 200, "{}", enrolment.text());
        let enrolment = enrolment.json();
        let secret = enrolment["totp_secret"].as_str().unwrap().to_owned();
        let recovery = enrolment["recovery_codes"].as_array().unwrap().iter();
        let recovery = recovery.map(|code| code.as_str().unwrap().to_owned()).collect();
        let body = json!({"link_token": link, "totp": totp(&secret, app.now())});
        let confirmed = app.post("/api/staff/activate/confirm", &body).await;
        assert_eq!(confirmed.status, 201, "{}", confirmed.text());
        let token = confirmed.json()["token"].as_str().unwrap().to_owned();
        Self { app, email, secret, recovery, token }
    }

    fn code(&self) -> String {
        totp(&self.secret, self.app.now())
    }

    async fn sign_in(&self, password: &str, second: Value) -> Answer {
        let mut body = json!({"email": self.email, "password": password});
        body.as_object_mut().unwrap().extend(second.as_object().unwrap().clone());
        self.app.post("/api/staff/session", &body).await
    }

    /// A request with their token.
    pub async fn ask(&self, method: &str, path: &str) -> Answer {
        send(self.app.request(method, path).bearer_auth(&self.token)).await
    }

    /// `POST` of JSON with their token.
    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        send(self.app.request("POST", path).bearer_auth(&self.token).json(body)).await
    }
}

/// The time of the tests.
fn then() -> Ambient {
    let clock = Arc::new(TestClock::at(at("2026-11-23T10:00:00Z")));
    Ambient { clock, ..Ambient::system() }
}

/// A one-time link's token.
async fn link(db: &Database, email: &str, role: Role) -> String {
    let invited = invite(&*db.store, &then(), email, role, &community_id("kaldavere"), true).await;
    invited.unwrap().1.unwrap()
}

async fn a_one_time_link_leads_to_a_password_a_second_factor_and_a_session(db: Database) {
    let app = TestApp::start(&db).await;
    let link = link(&db, "liis@ulikool.example", Role::Researcher).await;
    let activate = async |link: &str, password: &str| {
        app.post("/api/staff/activate", &json!({"link_token": link, "password": password})).await
    };
    assert_eq!(activate("0", PASSWORD).await.problem(401, "unauthorised"), "link_token");
    for wrong in ["short", "password1234", "liis.ulikool.1", "kaldavere-stead"] {
        assert_eq!(activate(&link, wrong).await.problem(422, "invalid-input"), "password", "{wrong}");
    }
    let confirm = async |totp: &str| {
        app.post("/api/staff/activate/confirm", &json!({"link_token": link, "totp": totp})).await
    };
    assert_eq!(confirm("000000").await.problem(422, "invalid-input"), "link_token");
    let first = activate(&link, PASSWORD).await.json();
    let enrolment = activate(&link, PASSWORD).await;
    assert_eq!(enrolment.header("cache-control"), "no-store");
    let enrolment = enrolment.json();
    assert_ne!(first["totp_secret"], enrolment["totp_secret"]);
    assert!(
        enrolment["totp_uri"]
            .as_str()
            .unwrap()
            .starts_with("otpauth://totp/Stead:liis@ulikool.example?secret=")
    );
    assert_eq!(enrolment["recovery_codes"].as_array().unwrap().len(), 8);
    let old = totp(first["totp_secret"].as_str().unwrap(), app.now());
    assert_eq!(confirm(&old).await.problem(422, "invalid-input"), "totp");
    let done = confirm(&totp(enrolment["totp_secret"].as_str().unwrap(), app.now())).await;
    assert_eq!(done.status, 201, "{}", done.text());
    let cookie = done.header("set-cookie").to_owned();
    for part in ["stead-staff=sts_", "; HttpOnly", "; SameSite=Strict", "; Path=/", "; Max-Age=1209600"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert_eq!(done.json()["roles"], json!([{"community": "kaldavere", "role": "researcher"}]));
    assert_eq!(confirm(&old).await.problem(401, "unauthorised"), "link_token");
    let pair = cookie.split(';').next().unwrap();
    let me = send(app.request("GET", "/api/staff/session").header("Cookie", pair)).await.json();
    assert_eq!((&me["email"], &me["second_factor_fresh"]), (&json!("liis@ulikool.example"), &json!(true)));
}

async fn a_code_works_once_and_a_recovery_code_too(db: Database) {
    let app = TestApp::start(&db).await;
    let liis = Colleague::new(&app, &db, Role::Researcher).await;
    let used = liis.code();
    liis.sign_in(PASSWORD, json!({"totp": used})).await.problem(401, "unauthorised");
    app.clock.advance(SignedDuration::from_secs(60));
    assert_eq!(liis.sign_in(PASSWORD, json!({"totp": liis.code()})).await.status, 201);
    liis.sign_in(PASSWORD, json!({"totp": liis.code()})).await.problem(401, "unauthorised");
    let code = json!({"recovery_code": liis.recovery[0].to_lowercase()});
    assert_eq!(liis.sign_in(PASSWORD, code.clone()).await.status, 201);
    liis.sign_in(PASSWORD, code).await.problem(401, "unauthorised");
    let both = json!({"totp": "000000", "recovery_code": "x"});
    assert_eq!(liis.sign_in(PASSWORD, both).await.problem(422, "invalid-input"), "totp");
    let renewed = liis.ask("POST", "/api/staff/recovery-codes").await;
    assert_eq!(renewed.json()["recovery_codes"].as_array().unwrap().len(), 8);
    let old = json!({"recovery_code": liis.recovery[1]});
    liis.sign_in(PASSWORD, old).await.problem(401, "unauthorised");
}

async fn whoever_it_is_not_is_told_the_same(db: Database) {
    let app = TestApp::start(&db).await;
    let liis = Colleague::new(&app, &db, Role::Researcher).await;
    link(&db, "mart@ulikool.example", Role::Steward).await;
    app.clock.advance(SignedDuration::from_secs(60));
    let attempt = async |email: &str, password: &str, totp: &str| {
        let body = json!({"email": email, "password": password, "totp": totp});
        let answer = app.post("/api/staff/session", &body).await;
        assert_eq!(answer.problem(401, "unauthorised"), "");
        let mut body = answer.json();
        body.as_object_mut().unwrap().remove("request_id");
        body
    };
    let unknown = attempt("nobody@ulikool.example", PASSWORD, &liis.code()).await;
    assert_eq!(attempt(&liis.email, "a wrong password", &liis.code()).await, unknown);
    assert_eq!(attempt(&liis.email, PASSWORD, "000000").await, unknown);
    assert_eq!(attempt("mart@ulikool.example", PASSWORD, "000000").await, unknown, "not active yet");
}

async fn wrong_sign_ins_are_slowed_down_at_one_address_and_nobody_is_locked_out(db: Database) {
    let app = TestApp::start(&db).await;
    let liis = Colleague::new(&app, &db, Role::Researcher).await;
    app.clock.advance(SignedDuration::from_secs(60));
    for _ in 0..5 {
        liis.sign_in("a wrong password", json!({"totp": "000000"})).await.problem(401, "unauthorised");
    }
    let slowed = liis.sign_in(PASSWORD, json!({"totp": liis.code()})).await;
    slowed.problem(429, "too-many-requests");
    let wait: i64 = slowed.header("retry-after").parse().unwrap();
    assert!((1..=61).contains(&wait), "{wait}");
    // Attempts count by the address that our own proxy saw: others may go on trying.
    let proxied = TestApp::on(db.store.clone(), 9, |mut config| {
        config.trusted_proxies = 1;
        config
    })
    .await;
    proxied.clock.advance(app.now().duration_since(proxied.now()));
    let body = json!({"email": liis.email, "password": "a wrong password", "totp": "000000"});
    let from = |address: &'static str| {
        proxied.request("POST", "/api/staff/session").header("X-Forwarded-For", address).json(&body)
    };
    for _ in 0..5 {
        send(from("203.0.113.9, 198.51.100.1")).await.problem(401, "unauthorised");
    }
    send(from("203.0.113.77, 198.51.100.1")).await.problem(429, "too-many-requests");
    send(from("192.0.2.7")).await.problem(401, "unauthorised");
    app.clock.advance(SignedDuration::from_secs(wait));
    assert_eq!(liis.sign_in(PASSWORD, json!({"totp": liis.code()})).await.status, 201);
}

async fn sessions_are_listed_closed_and_end_when_idle(db: Database) {
    let app = TestApp::start(&db).await;
    let liis = Colleague::new(&app, &db, Role::Researcher).await;
    app.clock.advance(SignedDuration::from_secs(60));
    let second = liis.sign_in(PASSWORD, json!({"totp": liis.code()})).await.json();
    let second = second["token"].as_str().unwrap();
    let open = liis.ask("GET", "/api/staff/sessions").await.json();
    let open = open["sessions"].as_array().unwrap().clone();
    assert_eq!(open.iter().map(|s| s["current"].as_bool().unwrap()).collect::<Vec<_>>(), [false, true]);
    let id = open[0]["id"].as_str().unwrap();
    assert_eq!(liis.ask("DELETE", &format!("/api/staff/sessions/{id}")).await.status, 204);
    liis.ask("DELETE", &format!("/api/staff/sessions/{id}")).await.problem(404, "not-found");
    send(app.request("GET", "/api/staff/session").bearer_auth(second)).await.problem(401, "unauthorised");
    app.clock.advance(SignedDuration::from_hours(11));
    assert_eq!(liis.ask("GET", "/api/staff/session").await.status, 200);
    app.clock.advance(SignedDuration::from_hours(11));
    assert_eq!(liis.ask("GET", "/api/staff/session").await.status, 200);
    app.clock.advance(SignedDuration::from_hours(13));
    liis.ask("GET", "/api/staff/session").await.problem(401, "unauthorised");
    let again = liis.sign_in(PASSWORD, json!({"totp": liis.code()})).await.json();
    let out = send(app.request("DELETE", "/api/session").bearer_auth(again["token"].as_str().unwrap())).await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").starts_with("stead-staff=;"));
}

async fn fresh_codes_are_asked_for_after_ten_minutes(db: Database) {
    let app = TestApp::start(&db).await;
    let mut liis = Colleague::new(&app, &db, Role::Researcher).await;
    app.clock.advance(SignedDuration::from_mins(11));
    liis.ask("POST", "/api/staff/recovery-codes").await.problem(403, "second-factor-needed");
    let confirm = |code: &str| {
        let request = app.request("POST", "/api/staff/session/confirm").bearer_auth(&liis.token);
        request.json(&json!({"totp": code}))
    };
    assert_eq!(send(confirm("000000")).await.problem(422, "invalid-input"), "totp");
    let confirmed = send(confirm(&liis.code())).await;
    assert_eq!(confirmed.status, 200, "{}", confirmed.text());
    liis.ask("GET", "/api/staff/session").await.problem(401, "unauthorised");
    confirmed.json()["token"].as_str().unwrap().clone_into(&mut liis.token);
    assert_eq!(liis.ask("POST", "/api/staff/recovery-codes").await.status, 200);
}

async fn a_researcher_reads_what_is_shared_and_its_owner_sees_that(db: Database) {
    let app = TestApp::start(&db).await;
    let (anna, juhan) = (app.participant().await, app.participant().await);
    let path = anna.save_bench().await;
    let mut private = bench();
    private["properties"]["share"]["research"] = json!(false);
    assert_eq!(juhan.post("places", &private).await.status, 201);
    let mut home = bench();
    home["properties"]["home"] = json!(true);
    assert_eq!(juhan.post("places", &home).await.status, 201);
    let liis = Colleague::new(&app, &db, Role::Researcher).await;
    let steward = Colleague::new(&app, &db, Role::Steward).await;

    steward.ask("GET", "places").await.problem(403, "forbidden");
    let page = liis.ask("GET", "places?limit=1").await.json();
    assert_eq!(page["features"].as_array().unwrap().len(), 1);
    let next = page["next"].as_str().unwrap();
    let rest = liis.ask("GET", &format!("places?limit=10&cursor={next}")).await.json();
    assert_eq!((rest["features"].as_array().unwrap().len(), &rest["next"]), (1, &Value::Null));
    for feature in page["features"].as_array().unwrap().iter().chain(rest["features"].as_array().unwrap()) {
        let properties = feature["properties"].as_object().unwrap();
        assert_eq!(properties["precision"], "street");
        for private in ["home", "share", "diary", "owner"] {
            assert!(!properties.contains_key(private), "{private}");
        }
    }
    let reads = anna.get("me/reads").await.json();
    assert_eq!(reads["reads"].as_array().unwrap().len(), 1);
    assert_eq!(reads["reads"][0]["who"], liis.email);
    assert_eq!(format!("places/{}", reads["reads"][0]["places"][0].as_str().unwrap()), path);
    assert_eq!(juhan.get("me/reads").await.json()["reads"].as_array().unwrap().len(), 1);

    liis.ask("GET", "access-log").await.problem(403, "forbidden");
    let log = steward.ask("GET", "access-log").await.json();
    let rows = log["rows"].as_array().unwrap();
    assert_eq!((rows.len(), &rows[0]["previous"], &rows[0]["places"]), (2, &rows[1]["hash"], &json!(1)));
    assert_eq!(steward.ask("GET", "access-log?limit=1").await.json()["next"], 2);
    let older = steward.ask("GET", "access-log?before=2").await.json();
    assert_eq!(older["rows"].as_array().unwrap().len(), 1);

    // Who is both in one browser is the participant, unless they say otherwise.
    let both = format!("stead={}; stead-staff={}", juhan.token, liis.token);
    let count = async |path: &str| {
        let answer = send(app.request("GET", path).header("Cookie", &both)).await.json();
        answer["features"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|f| f["properties"].get("home").is_some())
            .count()
    };
    assert_eq!((count("places").await, count("places?purpose=research").await), (2, 0));
    assert_eq!(juhan.get("places?purpose=fun").await.problem(400, "invalid-input"), "purpose");

    assert_eq!(send(anna.request("DELETE", "me")).await.status, 200);
    let left = liis.ask("GET", "places").await.json();
    assert_eq!(left["features"].as_array().unwrap().len(), 1);
}

async fn an_api_token_reads_by_bearer_and_by_basic_within_its_scopes(db: Database) {
    let app = TestApp::start(&db).await;
    app.participant().await.save_bench().await;
    let liis = Colleague::new(&app, &db, Role::Researcher).await;
    let make = async |scope| {
        let day = SignedDuration::from_hours(24);
        let made = make_token(&*db.store, &then(), &liis.email, vec![scope], day).await;
        made.unwrap().unwrap().token
    };
    let (places, releases) = (make(Scope::PlacesRead).await, make(Scope::ReleasesRead).await);
    let bearer = async |path: &str, token: &str| send(app.request("GET", path).bearer_auth(token)).await;
    assert_eq!(bearer("places", &places).await.json()["number_returned"], 1);
    let basic = format!("Basic {}", BASE64.encode(format!("qgis:{places}").as_bytes()));
    let by_basic = send(app.request("GET", "places").header("Authorization", &basic)).await;
    assert_eq!(by_basic.json()["number_returned"], 1);
    bearer("places", &releases).await.problem(403, "forbidden");
    bearer("/api/staff/tokens", &places).await.problem(403, "forbidden");
    bearer("/api/communities/nowhere/places", &places).await.problem(404, "not-found");
    let tokens = liis.ask("GET", "/api/staff/tokens").await.json();
    let tokens = tokens["tokens"].as_array().unwrap();
    let used = tokens.iter().find(|token| token["scopes"] == json!(["places:read"])).unwrap();
    assert_eq!(used["last_used"], app.now().to_string()[..10]);
    let path = format!("/api/staff/tokens/{}", used["id"].as_str().unwrap());
    assert_eq!(liis.ask("DELETE", &path).await.status, 204);
    liis.ask("DELETE", &path).await.problem(404, "not-found");
    bearer("places", &places).await.problem(401, "unauthorised");
    app.clock.advance(SignedDuration::from_hours(25));
    bearer("releases", &releases).await;
    bearer("places", &releases).await.problem(401, "unauthorised");
}

async fn wrong_return_codes_and_crowds_that_join_are_slowed_down(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let wrong = json!({"return_code": "0000-0000-0000-0000"});
    for _ in 0..20 {
        app.post("participants/return", &wrong).await.problem(401, "unauthorised");
    }
    app.post("participants/return", &wrong).await.problem(429, "too-many-requests");
    let right = json!({"return_code": member.return_code});
    app.post("participants/return", &right).await.problem(429, "too-many-requests");
    app.clock.advance(SignedDuration::from_secs(11));
    assert_eq!(app.post("participants/return", &right).await.status, 200);
    for _ in 0..101 {
        app.post("participants", &crate::test_app::joining(false)).await;
    }
    app.post("participants", &crate::test_app::joining(false)).await.problem(429, "too-many-requests");
}
