//! Photos over HTTP.

use reqwest::RequestBuilder;
use serde_json::{Value, json};
use stead::store::Role;

use crate::databases::{Database, on_both_engines};
use crate::http_staff::Colleague;
use crate::test_app::{Answer, Member, TestApp, send};

on_both_engines![
    a_photo_is_sent_described_seen_and_deleted_by_its_owner,
    researchers_see_what_is_shared_with_its_place_and_are_seen_seeing_it,
    nobody_sees_changes_or_counts_anothers_photos,
    what_is_no_photo_is_refused_in_words_and_nothing_is_kept,
    a_diary_entry_or_photo_sent_twice_is_there_once,
    the_limits_that_a_community_tells_are_those_that_are_kept,
];

/// A picture of one colour as PNG: 8 bits of grey, stored without compression.
pub fn png(width: u32, height: u32) -> Vec<u8> {
    fn chunk(kind: &[u8], data: &[u8]) -> Vec<u8> {
        let body = [kind, data].concat();
        let crc = !body.iter().fold(!0_u32, |crc, byte| {
            (0..8)
                .fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xedb8_8320 } else { c >> 1 })
        });
        let length = u32::try_from(data.len()).unwrap();
        [&length.to_be_bytes()[..], &body, &crc.to_be_bytes()].concat()
    }
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 0, 0, 0, 0]].concat();
    let rows = vec![0_u8; (width as usize + 1) * height as usize];
    let mut stored = vec![0x78, 0x01];
    let blocks: Vec<_> = rows.chunks(65_535).collect();
    for (i, block) in blocks.iter().enumerate() {
        let length = u16::try_from(block.len()).unwrap();
        stored.push(u8::from(i + 1 == blocks.len()));
        stored.extend([length.to_le_bytes(), (!length).to_le_bytes()].concat());
        stored.extend(*block);
    }
    let (a, b) = rows.iter().fold((1_u32, 0_u32), |(a, b), byte| {
        let a = (a + u32::from(*byte)) % 65_521;
        (a, (a + b) % 65_521)
    });
    stored.extend(((b << 16) | a).to_be_bytes());
    [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &header), &chunk(b"IDAT", &stored), &chunk(b"IEND", b"")]
        .concat()
}

fn picture(request: RequestBuilder, media: &str, bytes: Vec<u8>) -> RequestBuilder {
    request.header("Content-Type", media).body(bytes)
}

/// Sends a picture, and what was answered.
pub async fn sent(member: &Member<'_>, path: &str) -> Value {
    let answer = send(picture(member.request("POST", path), "image/png", png(600, 300))).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

async fn put(member: &Member<'_>, path: &str, body: &Value) -> Answer {
    send(member.request("PUT", path).json(body)).await
}

async fn a_photo_is_sent_described_seen_and_deleted_by_its_owner(db: Database) {
    let app = TestApp::start(&db).await;
    let anna = app.participant().await;
    let place = anna.save_bench().await;
    let path = format!("{place}/photos");
    assert_eq!(anna.get(&path).await.json(), json!({"photos": []}));
    let photo = sent(&anna, &path).await;
    assert_eq!(
        (&photo["width"], &photo["height"], &photo["people"]),
        (&json!(600), &json!(300), &json!("none"))
    );
    let one = format!("{path}/{}", photo["id"].as_str().unwrap());
    let full = anna.get(&one).await;
    assert_eq!(full.header("content-type"), "image/jpeg");
    assert_eq!(full.header("cache-control"), "no-store");
    assert_eq!(full.header("x-content-type-options"), "nosniff");
    assert!(full.header("content-disposition").starts_with("attachment"));
    assert_eq!(&full.body[..3], [0xff, 0xd8, 0xff]);
    let thumb = anna.get(&format!("{one}?size=thumb")).await;
    assert!(thumb.body.len() < full.body.len());
    anna.get(&format!("{one}?size=huge")).await.problem(400, "invalid-input");

    let words = json!({"caption": " Kruus ", "alt": "Tass laual", "showed": {"see": "Soe"}, "people": "private",
        "share": {"research": true, "public_story": true}});
    let said = put(&anna, &one, &words).await;
    assert_eq!(said.status, 200, "{}", said.text());
    assert_eq!((&said.json()["caption"], &said.json()["showed"]["see"]), (&json!("Kruus"), &json!("Soe")));
    assert_eq!(said.json()["share"], json!({"research": false, "public_story": false}));
    assert_eq!(anna.get(&path).await.json()["photos"], json!([said.json()]));
    assert_eq!(anna.get(&place).await.json()["properties"]["photos"], json!([photo["id"]]));
    let listed = anna.get("places").await.json();
    assert_eq!(listed["features"][0]["properties"]["photos"], json!([photo["id"]]));
    let long = put(&anna, &one, &json!({"alt": "x".repeat(501)})).await;
    assert_eq!(long.problem(422, "invalid-input"), "alt");
    // Nobody shares a photo without a word of who is in it.
    let kept = anna.get(&path).await.json();
    for share in [json!({"research": true}), json!({"public_story": true})] {
        let unsaid = put(&anna, &one, &json!({"caption": "Kruus", "share": share})).await;
        assert_eq!(unsaid.problem(422, "invalid-input"), "people");
    }
    assert_eq!(anna.get(&path).await.json(), kept);
    let unknown = put(&anna, &one, &json!({"diagnosis": "x"})).await;
    assert_eq!(unknown.problem(422, "invalid-input"), "diagnosis");

    assert_eq!(send(anna.request("DELETE", &one)).await.status, 204);
    anna.get(&one).await.problem(404, "not-found");
    send(anna.request("DELETE", &one)).await.problem(404, "not-found");
    sent(&anna, &path).await;
    assert_eq!(send(anna.request("DELETE", "me")).await.status, 200);
    anna.get(&path).await.problem(401, "unauthorised");
}

async fn researchers_see_what_is_shared_with_its_place_and_are_seen_seeing_it(db: Database) {
    let app = TestApp::start(&db).await;
    let anna = app.participant().await;
    let place = anna.save_bench().await;
    let path = format!("{place}/photos");
    let (shared, own) = (sent(&anna, &path).await, sent(&anna, &path).await);
    let at = |photo: &Value| format!("{path}/{}", photo["id"].as_str().unwrap());
    put(&anna, &at(&shared), &json!({"people": "agreed", "share": {"research": true}})).await;
    let liis = Colleague::new(&app, &db, Role::Researcher).await;
    let whole = |path: &str| format!("/api/communities/kaldavere/{path}");
    let seen = liis.ask("GET", &whole(&path)).await;
    assert_eq!(seen.status, 200, "{}", seen.text());
    let ids: Vec<_> = seen.json()["photos"].as_array().unwrap().iter().map(|p| p["id"].clone()).collect();
    assert_eq!(ids, [shared["id"].clone()]);
    assert_eq!(liis.ask("GET", &whole(&at(&shared))).await.status, 200);
    liis.ask("GET", &whole(&at(&own))).await.problem(404, "not-found");
    let reads = anna.get("me/reads").await.json();
    let what: Vec<_> =
        reads["reads"].as_array().unwrap().iter().map(|r| r["what"].as_str().unwrap()).collect();
    assert_eq!(what, ["photo", "photo", "photos"]);

    // Consent taken back from the place takes the photo along.
    let mut feature = anna.get(&place).await.json();
    feature["properties"]["share"]["research"] = json!(false);
    assert_eq!(anna.put(&place, "*", &feature).await.status, 200);
    liis.ask("GET", &whole(&path)).await.problem(404, "not-found");
    liis.ask("GET", &whole(&at(&shared))).await.problem(404, "not-found");
    let mari = Colleague::new(&app, &db, Role::Planner).await;
    assert_eq!(mari.ask("GET", &whole(&at(&shared))).await.status, 403);
}

async fn nobody_sees_changes_or_counts_anothers_photos(db: Database) {
    let app = TestApp::start(&db).await;
    let (anna, boris) = (app.participant().await, app.participant().await);
    let path = format!("{}/photos", anna.save_bench().await);
    let theirs = format!("{}/photos", boris.save_bench().await);
    let photo = sent(&anna, &path).await;
    let id = photo["id"].as_str().unwrap();
    for (method, at) in [
        ("GET", path.clone()),
        ("POST", path.clone()),
        ("GET", format!("{path}/{id}")),
        ("PUT", format!("{path}/{id}")),
        ("DELETE", format!("{path}/{id}")),
        ("GET", format!("{theirs}/{id}")),
        ("PUT", format!("{theirs}/{id}")),
        ("DELETE", format!("{theirs}/{id}")),
    ] {
        let with_body = |request: RequestBuilder| match method {
            "POST" => picture(request, "image/png", png(8, 8)),
            "PUT" => request.json(&json!({"caption": "mine"})),
            _ => request,
        };
        send(with_body(boris.request(method, &at))).await.problem(404, "not-found");
        send(with_body(app.request(method, &at))).await.problem(401, "unauthorised");
    }
    assert_eq!(boris.get(&theirs).await.json(), json!({"photos": []}));
    assert_eq!(anna.get(&path).await.json()["photos"], json!([photo]));
}

async fn what_is_no_photo_is_refused_in_words_and_nothing_is_kept(db: Database) {
    let app = TestApp::start(&db).await;
    let anna = app.participant().await;
    let path = format!("{}/photos", anna.save_bench().await);
    let post = |media: &'static str, bytes: Vec<u8>| picture(anna.request("POST", &path), media, bytes);
    for media in ["image/gif", "image/svg+xml", "application/json", "text/html"] {
        let answer = send(post(media, png(8, 8))).await;
        assert_eq!(answer.problem(415, "invalid-input"), "Content-Type", "{media}");
    }
    let cut = png(8, 8)[..60].to_vec();
    for bytes in [Vec::new(), b"hello".to_vec(), b"<svg/>".to_vec(), cut] {
        assert_eq!(send(post("image/png", bytes)).await.problem(422, "invalid-input"), "photo");
    }
    let large = send(post("image/png", png(4_000, 3_200))).await;
    assert_eq!(large.status, 413, "12.8 million bytes: {}", large.text());
    assert_eq!(anna.get(&path).await.json(), json!({"photos": []}));
    // Other bodies are as small as before.
    let story = "x".repeat(1_100_000);
    assert_eq!(anna.post("places", &json!({"story": story})).await.status, 413);
}

async fn a_diary_entry_or_photo_sent_twice_is_there_once(db: Database) {
    let app = TestApp::start(&db).await;
    let (anna, boris) = (app.participant().await, app.participant().await);
    let place = anna.save_bench().await;
    let keyed =
        |member: &Member<'_>, path: &str| member.request("POST", path).header("Idempotency-Key", "k1");
    let (photos, diary) = (format!("{place}/photos"), format!("{place}/diary"));
    let photo = || picture(keyed(&anna, &photos), "image/png", png(20, 10));
    let day = || keyed(&anna, &diary).json(&json!({"date": "2026-05-17", "text": "Päike."}));
    let (first, again) = (send(photo()).await, send(photo()).await);
    assert_eq!((first.status.as_u16(), again.status.as_u16()), (201, 201));
    assert_eq!(first.json(), again.json());
    assert_eq!(send(day()).await.json(), send(day()).await.json());
    assert_eq!(anna.get(&diary).await.json()["entries"].as_array().unwrap().len(), 1);
    // Another person's key of the same name is another key.
    let theirs = format!("{}/diary", boris.save_bench().await);
    let other = send(keyed(&boris, &theirs).json(&json!({"date": "2026-05-18", "text": "Vihm."}))).await;
    assert_eq!((other.status.as_u16(), &other.json()["date"]), (201, &json!("2026-05-18")));
    let id = first.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(send(anna.request("DELETE", &format!("{photos}/{id}"))).await.status, 204);
    send(photo()).await.problem(409, "conflict");
    assert_eq!(anna.get(&photos).await.json(), json!({"photos": []}));
}

async fn the_limits_that_a_community_tells_are_those_that_are_kept(db: Database) {
    let app = TestApp::start(&db).await;
    let anna = app.participant().await;
    let place = anna.save_bench().await;
    let one =
        format!("{place}/photos/{}", sent(&anna, &format!("{place}/photos")).await["id"].as_str().unwrap());
    let limits = app.get("/api/communities/kaldavere").await.json()["vocabulary"]["limits"].take();
    let most = |name: &str| usize::try_from(limits[name].as_u64().unwrap()).unwrap();
    for (limit, field) in [("caption", "caption"), ("alt", "alt"), ("prompt", "showed.why")] {
        let say = |text: String| match field.split_once('.') {
            Some((outer, inner)) => json!({outer: {inner: text}}),
            None => json!({field: text}),
        };
        assert_eq!(put(&anna, &one, &say("õ".repeat(most(limit)))).await.status, 200, "{field}");
        let over = put(&anna, &one, &say("õ".repeat(most(limit) + 1))).await;
        assert_eq!(over.problem(422, "invalid-input"), field);
    }
    let write = async |text: String| {
        let entry = json!({"date": "2026-05-17", "text": text, "feelings": []});
        send(anna.request("POST", &format!("{place}/diary")).json(&entry)).await
    };
    assert_eq!(write("õ".repeat(most("diary"))).await.status, 201);
    assert_eq!(write("õ".repeat(most("diary") + 1)).await.problem(422, "invalid-input"), "text");
    for (limit, field) in [("name", "name"), ("story", "story"), ("photo_not_taken", "photo_not_taken")] {
        let mut place = crate::test_app::bench();
        place["properties"][field] = json!("õ".repeat(most(limit) + 1));
        let over = send(anna.request("POST", "places").json(&place)).await;
        assert_eq!(over.problem(422, "invalid-input"), format!("properties.{field}"));
        place["properties"][field] = json!("õ".repeat(most(limit)));
        assert_eq!(send(anna.request("POST", "places").json(&place)).await.status, 201, "{field}");
    }
    assert_eq!((most("places"), most("photos"), most("diary_entries")), (500, 200, 2_000));
}
