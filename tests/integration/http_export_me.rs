//! Everything of one person as one file.

use std::io::{Cursor, Read as _};

use serde_json::{Value, json};
use stead::store::Role;

use crate::databases::{Database, on_both_engines};
use crate::http_photos::sent;
use crate::http_questions::asking;
use crate::http_staff::Colleague;
use crate::test_app::{Answer, Member, TestApp, bench, send};

on_both_engines![
    everything_of_a_person_goes_home_and_is_what_the_interface_answers,
    what_a_person_wrote_is_text_on_the_page_and_never_markup,
    who_keeps_nothing_takes_home_that_and_nobody_takes_anothers,
    the_page_speaks_the_language_that_is_asked_for,
    who_read_the_places_stands_on_the_page_in_words_of_the_persons_language,
];

/// The files by name.
fn unpacked(answer: &Answer) -> Vec<(String, Vec<u8>)> {
    assert_eq!(answer.status, 200, "{}", answer.text());
    let mut zip = zip::ZipArchive::new(Cursor::new(&answer.body)).unwrap();
    (0..zip.len())
        .map(|i| {
            let mut file = zip.by_index(i).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

fn bytes<'a>(files: &'a [(String, Vec<u8>)], name: &str) -> &'a [u8] {
    &files.iter().find(|(at, _)| at == name).unwrap_or_else(|| panic!("no {name}")).1
}

fn json_of(files: &[(String, Vec<u8>)], name: &str) -> Value {
    serde_json::from_slice(bytes(files, name)).unwrap()
}

fn page(files: &[(String, Vec<u8>)]) -> String {
    String::from_utf8(bytes(files, "index.html").to_vec()).unwrap()
}

async fn written(member: &Member<'_>, place: &str, day: &str, text: &str) -> Value {
    let entry = json!({"date": day, "text": text, "feelings": [{"feeling": "joy", "strength": 1}]});
    let answer = member.post(&format!("{place}/diary"), &entry).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    answer.json()
}

async fn everything_of_a_person_goes_home_and_is_what_the_interface_answers(db: Database) {
    let app = asking(&db).await;
    let anna = app.participant().await;
    let mut asked = bench();
    asked["properties"]["answers"] = json!({"rights": "sometimes", "resources": ["quiet"]});
    let answer = anna.post("places", &asked).await;
    assert_eq!(answer.status, 201, "{}", answer.text());
    let first = format!("places/{}", answer.json()["id"].as_str().unwrap());
    let second = anna.save_bench().await;
    let (photo, _) =
        (sent(&anna, &format!("{first}/photos")).await, sent(&anna, &format!("{second}/photos")).await);
    let days = [
        written(&anna, &first, "2026-05-17", "Päike ja kask.").await,
        written(&anna, &first, "2026-05-16", "Vihm.").await,
    ];
    let agreed = json!({"version": "2026-3", "language": "en", "research": false, "published_maps": true,
        "public_story": false});
    assert_eq!(send(anna.request("PUT", "me/consent").json(&agreed)).await.status, 200);
    // Somebody else is there, and not in it.
    let other = app.participant().await;
    let foreign = other.save_bench().await;

    let answer = anna.get("me/export").await;
    assert_eq!(answer.header("content-type"), "application/zip");
    assert_eq!(answer.header("content-disposition"), "attachment; filename=\"kaldavere-2026-11-23.zip\"");
    assert_eq!(answer.header("cache-control"), "no-store");
    let files = unpacked(&answer);
    assert!(files.iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains(&foreign[7..])));

    let listed = anna.get("places").await.json()["features"].clone();
    assert_eq!(json_of(&files, "places.geojson"), json!({"type": "FeatureCollection", "features": listed}));
    let whole = json_of(&files, "places.json");
    assert_eq!(whole["me"], anna.get("me").await.json());
    let of_first =
        whole["places"].as_array().unwrap().iter().find(|p| first.ends_with(p["id"].as_str().unwrap()));
    let of_first = of_first.unwrap();
    assert_eq!(of_first["diary"], json!(days));
    assert_eq!(of_first["photos"], anna.get(&format!("{first}/photos")).await.json()["photos"]);
    assert_eq!(json_of(&files, "diary.json")[&first[7..]], json!(days));
    let consents = json_of(&files, "consent.json");
    assert_eq!(consents.as_array().unwrap().len(), 2);
    assert_eq!((&consents[0]["research"], &consents[1]["research"]), (&json!(true), &json!(false)));
    assert_eq!(consents[1], anna.get("me").await.json()["consent"]);
    assert_eq!(json_of(&files, "reads.json"), json!([]));
    assert_eq!(json_of(&files, "codebook.json")["questions"]["items"][0]["id"], "rights");
    let id = photo["id"].as_str().unwrap();
    let jpeg = anna.get(&format!("{first}/photos/{id}")).await.body;
    assert_eq!(bytes(&files, &format!("photos/{id}.jpg")), jpeg);

    let page = page(&files);
    for said in [
        "<html lang=\"en\">",
        "Bench by the river",
        "Quiet in the morning.",
        "calm (very)",
        "It gives me hope",
        "Someone who listens",
        "About every week, Morning",
        "Päike ja kask.",
        "joy (a little)",
        "Published maps",
        "<dt>Are people treated as equals here?</dt><dd>Sometimes</dd>",
        &format!("photos/{id}.jpg"),
    ] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert_eq!(page.matches("<h3>").count(), 2);
    assert!(!page.contains("http"), "the page asks nobody for anything");
}

async fn what_a_person_wrote_is_text_on_the_page_and_never_markup(db: Database) {
    let app = TestApp::start(&db).await;
    let mut joining = crate::test_app::joining(true);
    joining["language"] = json!("et");
    let joined = app.post("participants", &joining).await.json();
    let token = joined["token"].as_str().unwrap();
    let mut place = bench();
    let wild = "<script>alert(1)</script> \"&' <img src=x onerror=y>\nrida";
    for name in ["story", "photo_not_taken"] {
        place["properties"][name] = json!(wild);
    }
    place["properties"]["name"] = json!("<b>Pink</b>");
    let saved = send(app.request("POST", "places").bearer_auth(token).json(&place)).await;
    assert_eq!(saved.status, 201, "{}", saved.text());
    let id = saved.json()["id"].as_str().unwrap().to_owned();
    let diary = json!({"date": "2026-05-17", "text": wild});
    let kept = send(app.request("POST", &format!("places/{id}/diary")).bearer_auth(token).json(&diary)).await;
    assert_eq!(kept.status, 201, "{}", kept.text());
    let page = page(&unpacked(&send(app.request("GET", "me/export").bearer_auth(token)).await));
    assert!(page.contains("<html lang=\"et\">") && page.contains("rahu"), "{page}");
    let shown = "&lt;script&gt;alert(1)&lt;/script&gt; &quot;&amp;&#39; &lt;img src=x onerror=y&gt;<br>rida";
    assert_eq!(page.matches(shown).count(), 3, "{page}");
    assert!(page.contains("&lt;b&gt;Pink&lt;/b&gt;") && !page.contains("<script") && !page.contains("<b>"));
}

async fn who_keeps_nothing_takes_home_that_and_nobody_takes_anothers(db: Database) {
    let app = TestApp::start(&db).await;
    let files = unpacked(&app.join(false).await.get("me/export").await);
    assert_eq!(json_of(&files, "places.geojson")["features"], json!([]));
    assert!(page(&files).contains("Nothing yet."));
    assert!(files.iter().all(|(name, _)| !name.starts_with("photos/")));
    app.get("me/export").await.problem(401, "unauthorised");
}

async fn the_page_speaks_the_language_that_is_asked_for(db: Database) {
    let app = TestApp::start(&db).await;
    let anna = app.participant().await;
    anna.save_bench().await;
    for (asked, language, heading) in [
        ("", "en", "My places"),
        ("?language=en", "en", "My places"),
        ("?language=et", "et", "Minu kohad"),
        ("?language=nb", "nb", "Stedene mine"),
    ] {
        let files = unpacked(&anna.get(&format!("me/export{asked}")).await);
        let page = page(&files);
        assert!(page.contains(&format!("<html lang=\"{language}\">")) && page.contains(heading), "{page}");
    }
    for (wrong, field) in [("language=fi", "language"), ("lang=et", "lang")] {
        let refused = anna.get(&format!("me/export?{wrong}")).await;
        assert_eq!(refused.problem(400, "invalid-input"), field);
    }
}

async fn who_read_the_places_stands_on_the_page_in_words_of_the_persons_language(db: Database) {
    let app = TestApp::start(&db).await;
    let mut tokens = Vec::new();
    for language in ["en", "et", "nb"] {
        let mut joining = crate::test_app::joining(true);
        joining["language"] = json!(language);
        let token = app.post("participants", &joining).await.json()["token"].as_str().unwrap().to_owned();
        for _ in 0..2 {
            let saved = send(app.request("POST", "places").bearer_auth(&token).json(&bench())).await;
            assert_eq!(saved.status, 201, "{}", saved.text());
        }
        tokens.push(token);
    }
    let liis = Colleague::new(&app, &db, Role::Researcher).await;
    for path in ["places?purpose=research", "export/places.csv"] {
        let answer = liis.ask("GET", &format!("/api/communities/kaldavere/{path}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
    }
    for (token, [read, downloaded]) in tokens.iter().zip([
        ["read 2 of my places", "downloaded 2 of my places"],
        ["luges minu kohti: 2", "laadis minu kohti alla: 2"],
        ["leste 2 av stedene mine", "lastet ned 2 av stedene mine"],
    ]) {
        let page = page(&unpacked(&send(app.request("GET", "me/export").bearer_auth(token)).await));
        for said in [read, downloaded] {
            let line = format!("<li>2026-11-23: researcher@ulikool.example {said}</li>");
            assert!(page.contains(&line), "{line} in {page}");
        }
        assert!(!page.contains("feeling") && !page.contains("csv"), "no code of the interface: {page}");
    }
}
