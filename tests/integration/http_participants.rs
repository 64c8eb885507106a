//! Joining, coming back, consent and leaving over HTTP.

use engine::ParticipantId;
use engine::community::{Community, Language};
use jiff::SignedDuration;
use serde_json::{Value, json};
use sha2::Digest as _;

use crate::databases::{Database, on_both_engines};
use crate::test_app::{TestApp, bench, community, joining, send};

on_both_engines![
    joining_gives_a_token_a_code_and_a_cookie_and_asks_for_nothing_personal,
    a_return_code_brings_a_person_back_however_it_is_typed,
    a_new_return_code_takes_the_place_of_the_one_before,
    a_sign_in_ends_by_signing_out_and_after_ninety_days,
    consent_is_kept_with_the_text_in_the_language_in_which_it_was_read,
    consent_is_recorded_with_its_text_and_turning_a_purpose_off_turns_it_off_in_every_place,
    leaving_deletes_everything_at_once_and_gives_a_receipt,
    a_place_saved_while_consent_is_withdrawn_does_not_keep_the_purpose,
    a_place_saved_while_its_owner_leaves_is_gone_too,
    nobody_is_let_in_by_a_wrong_or_foreign_sign_in,
    joining_breaks_on_a_wrong_version_language_or_shape_and_names_it,
];

async fn joining_gives_a_token_a_code_and_a_cookie_and_asks_for_nothing_personal(db: Database) {
    let app = TestApp::start(&db).await;
    let answer = app.post("participants", &joining(false)).await;
    assert_eq!(answer.status, 201);
    let joined = answer.json();
    assert_eq!(joined["token"].as_str().unwrap().len(), 64);
    let code = joined["return_code"].as_str().unwrap();
    assert_eq!((code.len(), code.matches('-').count()), (19, 3));
    let cookie = answer.header("set-cookie").to_owned();
    for part in ["stead=", "; HttpOnly", "; SameSite=Lax", "; Path=/", "; Max-Age=7776000"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    assert!(!cookie.contains("Secure"), "{cookie}");
    assert_eq!(answer.header("cache-control"), "no-store");

    let pair = cookie.split(';').next().unwrap();
    let me = send(app.request("GET", "me").header("Cookie", format!("other=1; {pair}"))).await;
    assert_eq!(me.status, 200);
    assert_eq!(me.json()["participant"], joined["participant"]);
    assert_eq!(me.json()["consent"]["research"], false);
    assert_eq!(me.json()["consent"]["version"], "2026-3");
    assert_eq!(me.json()["joined_at"], "2026-11-23T10:00:00Z");
    assert_eq!(me.json()["places"], 0);

    let secure = TestApp::on(db.store.clone(), 9, |mut config| {
        config.public_url = "https://map.example".into();
        config
    })
    .await;
    let answer = secure.post("participants", &joining(false)).await;
    assert!(answer.header("set-cookie").starts_with("__Host-stead="));
    assert!(answer.header("set-cookie").contains("; Secure"));
    assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
}

async fn a_return_code_brings_a_person_back_however_it_is_typed(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let place = member.save_bench().await;
    for typed in [member.return_code.clone(), member.return_code.to_lowercase().replace('-', " ")] {
        let answer = app.post("participants/return", &json!({"return_code": typed})).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.json()["participant"], member.id.as_str());
        assert!(answer.json().get("return_code").is_none() && !answer.header("set-cookie").is_empty());
        let token = answer.json()["token"].as_str().unwrap().to_owned();
        assert_ne!(token, member.token);
        assert_eq!(send(app.request("GET", &place).bearer_auth(token)).await.status, 200);
    }
    for wrong in ["0000-0000-0000-0000", "nonsense", ""] {
        let answer = app.post("participants/return", &json!({"return_code": wrong})).await;
        answer.problem(401, "unauthorised");
    }
    db.store.add_community(&community("elsewhere")).await.unwrap();
    let other = TestApp::on(db.store.clone(), 5, |config| config).await;
    let path = "/api/communities/elsewhere/participants/return";
    other.post(path, &json!({"return_code": member.return_code})).await.problem(401, "unauthorised");
}

async fn a_new_return_code_takes_the_place_of_the_one_before(db: Database) {
    let app = TestApp::start(&db).await;
    let (member, other) = (app.participant().await, app.participant().await);
    let back = async |code: &str| app.post("participants/return", &json!({"return_code": code})).await;
    let made = send(member.request("POST", "me/return-code")).await;
    assert_eq!((made.status.as_u16(), made.header("cache-control")), (201, "no-store"), "{}", made.text());
    let code = made.json()["return_code"].as_str().unwrap().to_owned();
    assert_eq!((code.len(), code == member.return_code), (19, false));
    back(&member.return_code).await.problem(401, "unauthorised");
    assert_eq!(back(&code).await.json()["participant"], member.id.as_str());
    assert_eq!(member.get("me").await.status, 200, "who is signed in stays so");
    assert_eq!(back(&other.return_code).await.json()["participant"], other.id.as_str());

    let again = send(member.request("POST", "me/return-code")).await.json();
    assert_ne!(again["return_code"], code.as_str());
    back(&code).await.problem(401, "unauthorised");
    send(app.request("POST", "me/return-code")).await.problem(401, "unauthorised");
    let forged = app.request("POST", "me/return-code").header("Cookie", format!("stead={}", member.token));
    send(forged.header("Sec-Fetch-Site", "cross-site")).await.problem(403, "forbidden");
}

async fn a_sign_in_ends_by_signing_out_and_after_ninety_days(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let out = send(member.request("DELETE", "/api/session")).await;
    assert_eq!(out.status, 204);
    assert!(out.header("set-cookie").contains("Max-Age=0"));
    member.get("me").await.problem(401, "unauthorised");
    send(member.request("DELETE", "/api/session")).await.problem(401, "unauthorised");

    let other = app.participant().await;
    app.clock.advance(SignedDuration::from_hours(24 * 90 - 1));
    assert_eq!(other.get("me").await.status, 200);
    app.clock.advance(SignedDuration::from_hours(2));
    assert_eq!(other.get("me").await.problem(401, "unauthorised"), "");
    assert_eq!(other.get("me").await.header("www-authenticate"), "Bearer");
}

async fn consent_is_recorded_with_its_text_and_turning_a_purpose_off_turns_it_off_in_every_place(
    db: Database,
) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let path = member.save_bench().await;
    app.clock.advance(SignedDuration::from_hours(1));
    let change = json!({"version": "2026-3", "language": "en", "research": false, "published_maps": true, "public_story": true});
    let answer = send(member.request("PUT", "me/consent").json(&change)).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.json()["consent"]["research"], false);
    assert_eq!(answer.json()["consent"]["given_at"], "2026-11-23T11:00:00Z");
    let place = member.get(&path).await;
    assert_eq!(place.json()["properties"]["share"]["research"], false);
    assert_eq!(place.json()["properties"]["share"]["published_maps"], true);
    assert_eq!(place.header("etag"), "\"2\"");

    let field = member.post("places", &bench()).await.problem(422, "invalid-input");
    assert_eq!(field, "properties.share.research");
    let old = json!({"version": "2020-1", "language": "en", "research": false, "published_maps": true, "public_story": true});
    send(member.request("PUT", "me/consent").json(&old)).await.problem(409, "conflict");
}

async fn consent_is_kept_with_the_text_in_the_language_in_which_it_was_read(db: Database) {
    let app = TestApp::start(&db).await;
    let mut joining = joining(false);
    joining["language"] = json!("et");
    let joined = app.post("participants", &joining).await.json();
    let token = joined["token"].as_str().unwrap().to_owned();
    let ask = |body: Value| send(app.request("PUT", "me/consent").bearer_auth(&token).json(&body));
    let mut change = json!({"version": "2026-3", "research": true, "published_maps": false,
        "public_story": false});
    let answer = ask(change.clone()).await;
    assert_eq!(answer.json()["consent"]["language"], "et", "without a word of it, the person's own");
    change["language"] = json!("fr");
    assert_eq!(ask(change.clone()).await.problem(422, "invalid-input"), "language");
    change["language"] = json!("nb");
    let answer = ask(change).await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.json()["consent"]["language"], "nb");
    assert_eq!(answer.json()["language"], "et", "the language of the person is their own");
    let id = ParticipantId(joined["participant"].as_str().unwrap().parse().unwrap());
    let kept = db.store.consents(id).await.unwrap();
    let texts = app.get("/api/communities/kaldavere").await.json()["consent"]["texts"].clone();
    let as_read: Vec<_> = kept
        .iter()
        .map(|consent| (consent.language.as_str(), stead::texts::hex(&consent.text_hash)))
        .collect();
    let hash = |language: &str| texts[language]["sha256"].as_str().unwrap().to_owned();
    assert_eq!(as_read, [("et", hash("et")), ("et", hash("et")), ("nb", hash("nb"))]);
    assert_ne!(hash("et"), hash("nb"));

    // A community that does not speak a language keeps no agreement in it.
    let estonian = Community { languages: vec![Language::Et], ..community("eesti") };
    db.store.add_community(&estonian).await.unwrap();
    let app = TestApp::on(db.store.clone(), 7, |config| config).await;
    let joined = app.post("/api/communities/eesti/participants", &joining).await.json();
    let change = json!({"version": "2026-3", "language": "nb", "research": false, "published_maps": false,
        "public_story": false});
    let request = app.request("PUT", "/api/communities/eesti/me/consent");
    let request = request.bearer_auth(joined["token"].as_str().unwrap()).json(&change);
    assert_eq!(send(request).await.problem(422, "invalid-input"), "language");
}

async fn leaving_deletes_everything_at_once_and_gives_a_receipt(db: Database) {
    let app = TestApp::start(&db).await;
    let (member, other) = (app.participant().await, app.participant().await);
    let path = member.save_bench().await;
    member.save_bench().await;
    other.save_bench().await;
    let answer = send(member.request("DELETE", "me")).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.json()["places_removed"], 2);
    assert_eq!(answer.json()["backups_gone_by"], "2026-12-28T10:00:00Z");
    // Whoever got no answer works the receipt out themself.
    let id: uuid::Uuid = member.id.parse().unwrap();
    let receipt = data_encoding::HEXLOWER.encode(&sha2::Sha256::digest(id.as_bytes()));
    assert_eq!(answer.json()["receipt"], receipt);
    member.get("me").await.problem(401, "unauthorised");
    member.get(&path).await.problem(401, "unauthorised");
    let back = json!({"return_code": member.return_code});
    app.post("participants/return", &back).await.problem(401, "unauthorised");
    assert_eq!(other.count_places().await, 1);
    assert_eq!(db.store.places(&"kaldavere".parse().unwrap()).await.unwrap().len(), 1);
}

async fn nobody_is_let_in_by_a_wrong_or_foreign_sign_in(db: Database) {
    db.store.add_community(&community("elsewhere")).await.unwrap();
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    app.get("me").await.problem(401, "unauthorised");
    for wrong in ["Basic dXNlcjpwYXNz", "Bearer", "Bearer x", "Bearer \u{e9}"] {
        let request = app.request("GET", "me").header("Authorization", wrong.as_bytes());
        send(request).await.problem(401, "unauthorised");
    }
    member.get("/api/communities/elsewhere/me").await.problem(403, "forbidden");
    member.get("/api/communities/elsewhere/places").await.problem(403, "forbidden");
    member.get("/api/communities/nowhere/me").await.problem(404, "not-found");
}

async fn joining_breaks_on_a_wrong_version_language_or_shape_and_names_it(db: Database) {
    let app = TestApp::start(&db).await;
    let with = |pointer: &str, value: Value| {
        let mut body = joining(false);
        *body.pointer_mut(pointer).unwrap() = value;
        body
    };
    let wrong = [
        (with("/language", json!("fr")), 422, "language"),
        (with("/consent/research", json!("yes")), 422, "consent.research"),
        (json!({"language": "en"}), 422, ""),
        (json!([]), 422, ""),
    ];
    for (body, status, field) in wrong {
        let answer = app.post("participants", &body).await;
        assert_eq!(answer.problem(status, "invalid-input"), field, "{body}");
    }
    let mut extra = joining(false);
    extra["email"] = json!("a@b.example");
    assert_eq!(app.post("participants", &extra).await.problem(422, "invalid-input"), "email");
    let old = with("/consent/version", json!("2020-1"));
    assert_eq!(app.post("participants", &old).await.problem(409, "conflict"), "consent.version");
}

async fn a_place_saved_while_consent_is_withdrawn_does_not_keep_the_purpose(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let path = member.save_bench().await;
    let none = json!({"version": "2026-3", "language": "en", "research": false, "published_maps": false, "public_story": false});
    let consent = send(member.request("PUT", "me/consent").json(&none));
    let place = bench();
    let (first, second, changed, consent, third, fourth) = tokio::join!(
        member.post("places", &place),
        member.post("places", &place),
        member.put(&path, "*", &place),
        consent,
        member.post("places", &place),
        member.post("places", &place),
    );
    assert_eq!(consent.status, 200, "{}", consent.text());
    for answer in [first, second, third, fourth] {
        assert!([201, 422].contains(&answer.status.as_u16()), "{}", answer.text());
    }
    assert!([200, 412, 422].contains(&changed.status.as_u16()), "{}", changed.text());
    let stored = db.store.places(&"kaldavere".parse().unwrap()).await.unwrap();
    assert!(stored.iter().all(|p| !p.content.share.research && !p.content.share.published_maps));
    let page = member.get("places").await.json();
    let seen = page["features"].as_array().unwrap();
    assert_eq!(seen.len(), stored.len());
    assert!(seen.iter().all(|f| f["properties"]["share"]["research"] == false));
}

async fn a_place_saved_while_its_owner_leaves_is_gone_too(db: Database) {
    let app = TestApp::start(&db).await;
    let member = app.participant().await;
    let place = bench();
    let (first, second, left, third, fourth) = tokio::join!(
        member.post("places", &place),
        member.post("places", &place),
        send(member.request("DELETE", "me")),
        member.post("places", &place),
        member.post("places", &place),
    );
    assert_eq!(left.status, 200, "{}", left.text());
    for answer in [first, second, third, fourth] {
        assert!([201, 401].contains(&answer.status.as_u16()), "{}", answer.text());
    }
    assert!(db.store.places(&"kaldavere".parse().unwrap()).await.unwrap().is_empty());
}
