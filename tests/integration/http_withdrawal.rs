//! Whoever withdraws leaves no byte behind: not in rows, not in the files of the embedded database, not in memory, not
//! in what anybody is answered.

use serde_json::{Value, json};
use stead::store::Role;

use crate::databases::{Database, on_both_engines};
use crate::http_photos::sent;
use crate::http_questions::asking;
use crate::http_staff::Colleague;
use crate::test_app::{Member, TestApp, bench, send};

on_both_engines![no_byte_is_left_of_whoever_withdraws, no_byte_is_left_of_a_place_that_is_deleted];

/// Words that are nowhere else.
const NAME: &str = "Kuuskümmend-kolm-pinki";
const STORY: &str = "Zibulja-lõhn-ja-vaikus";
const NOT_TAKEN: &str = "Tegemata-kvartsfoto";
const CAPTION: &str = "Pealdis-öökull-17";
const ALT: &str = "Kirjeldus-vöötrada-23";
const SHOWED: &str = "Vaata-mõõkkala-31";
const DIARY: &str = "Päevik-õunaaed-41";
const DIARY_CHANGED: &str = "Päevik-teisiti-43";
const ACTIVITY: &str = "qvzmaleturniir";
/// An answer to a question of the community's own, and what a steward wrote about a story.
const ANSWER: &str = "Vastus-tuuleveski-53";
const REASON: &str = "Põhjus-majakas-59";
/// A position and how it is written.
const LON: f64 = 26.713_141_59;
const TEXTS: [&str; 12] = [
    NAME,
    STORY,
    NOT_TAKEN,
    CAPTION,
    ALT,
    SHOWED,
    DIARY,
    DIARY_CHANGED,
    ACTIVITY,
    ANSWER,
    REASON,
    "26.71314159",
];

fn place() -> Value {
    json!({"type": "Feature", "geometry": {"type": "Point", "coordinates": [LON, 58.380_616_17]},
        "properties": {"name": NAME, "being": true, "doing": true, "story": STORY, "photo_not_taken": NOT_TAKEN,
            "activities": [ACTIVITY], "answers": {"rights": "sometimes", "rights_missing": ANSWER}, "precision": "exact",
            "share": {"research": true, "published_maps": true, "public_story": true}}})
}

/// Everything that a person may leave; the paths of the places and the picture's bytes.
async fn lived(member: &Member<'_>) -> ([String; 2], Vec<u8>) {
    let keyed = member.request("POST", "places").header("Idempotency-Key", "k-1").json(&place());
    let saved = send(keyed).await;
    assert_eq!(saved.status, 201, "{}", saved.text());
    let path = format!("places/{}", saved.json()["id"].as_str().unwrap());
    let photos = format!("{path}/photos");
    let photo = format!("{photos}/{}", sent(member, &photos).await["id"].as_str().unwrap());
    let said = json!({"caption": CAPTION, "alt": ALT, "showed": {"see": SHOWED}, "people": "none",
        "share": {"research": true, "public_story": true}});
    assert_eq!(send(member.request("PUT", &photo).json(&said)).await.status, 200);
    let entry = member.post(&format!("{path}/diary"), &json!({"date": "2026-05-17", "text": DIARY})).await;
    let entry = format!("{path}/diary/{}", entry.json()["id"].as_str().unwrap());
    let changed = json!({"date": "2026-05-17", "text": DIARY_CHANGED});
    assert_eq!(send(member.request("PUT", &entry).json(&changed)).await.status, 200);
    let picture = member.get(&photo).await.body;
    let mut second = bench();
    second["properties"]["share"]["public_story"] = json!(true);
    let second = member.post("places", &second).await.json();
    ([path, format!("places/{}", second["id"].as_str().unwrap())], picture)
}

/// A steward publishes the first story that waits, and sends the second one back with a reason.
async fn decide(steward: &Colleague<'_>, paths: &[String; 2]) {
    let queue = steward.ask("GET", "stories/queue").await.json();
    let decisions = [json!({"decision": "approve"}), json!({"decision": "ask_back", "reason": REASON})];
    for (path, mut decision) in paths.iter().zip(decisions) {
        let id = &path["places/".len()..];
        let waiting = queue["features"].as_array().unwrap().iter().find(|story| story["id"] == id).unwrap();
        decision["etag"] = waiting["properties"]["etag"].clone();
        let path = format!("stories/queue/{id}/decision");
        assert_eq!(steward.post(&path, &decision).await.status, 200);
    }
}

/// What of it is found, and where.
struct Traces {
    picture: Vec<u8>,
}

impl Traces {
    /// What is looked for: words, and the middle of the picture, which no header explains.
    fn wanted(&self) -> impl Iterator<Item = (String, &[u8])> {
        let middle = &self.picture[self.picture.len() / 2..][..48];
        let hex: &[u8] = middle;
        TEXTS
            .iter()
            .map(|text| ((*text).to_owned(), text.as_bytes()))
            .chain([("the picture".to_owned(), hex)])
    }

    fn in_bytes(&self, place: &str, bytes: &[u8], found: &mut Vec<String>) {
        for (name, wanted) in self.wanted() {
            if bytes.windows(wanted.len()).any(|window| window == wanted) {
                found.push(format!("{name} in {place}"));
            }
        }
    }

    /// In every row, in the files of the embedded database, and in whatever anybody is answered.
    async fn look(&self, db: &Database, app: &TestApp, staff: &[&Colleague<'_>]) -> Vec<String> {
        let mut found = Vec::new();
        let mut rows = Vec::new();
        let count = db
            .store
            .dump(&mut |row| {
                rows.push(row);
                Ok(())
            })
            .await
            .unwrap();
        assert!(count > 3);
        let picture = data_encoding::HEXLOWER.encode(&self.picture);
        for row in rows {
            let text = serde_json::to_string(&row).unwrap();
            self.in_bytes(&format!("a row of {}", row.table), text.as_bytes(), &mut found);
            if text.contains(&picture[picture.len() / 2..][..96]) {
                found.push(format!("the picture in a row of {}", row.table));
            }
        }
        if let Some(file) = db.url.strip_prefix("sqlite:") {
            for suffix in ["", "-wal", "-shm"] {
                let Ok(bytes) = std::fs::read(format!("{file}{suffix}")) else { continue };
                self.in_bytes(&format!("the file stead.db{suffix}"), &bytes, &mut found);
            }
        }
        let items = "/ogc/kaldavere/collections/places/items";
        let tile = "/tiles/kaldavere/supports/12/2351/1230";
        for path in [
            "",
            "stories",
            "stories/queue",
            "places",
            items,
            "export/places.csv",
            "export/places.geojson",
            "supports",
            tile,
            "access-log",
        ] {
            let path = if path.is_empty() { "/api/communities/kaldavere" } else { path };
            self.in_bytes(path, &app.get(path).await.body, &mut found);
            for colleague in staff {
                self.in_bytes(path, &colleague.ask("GET", path).await.body, &mut found);
            }
        }
        found
    }
}

/// What is there before, so that looking finds what there is.
fn assert_found_everywhere(found: &[String], engine_has_files: bool) {
    let places = |text: &str| found.iter().filter(|trace| trace.contains(text)).count();
    assert!(places("row of place") >= 4, "{found:?}");
    assert!(found.iter().any(|trace| trace.starts_with(&format!("{ANSWER} in a row of place"))), "{found:?}");
    assert!(found.iter().any(|trace| trace.starts_with(&format!("{REASON} in a row of"))), "{found:?}");
    assert!(places("row of photo") >= 3, "{found:?}");
    assert!(places("row of diary") >= 1, "{found:?}");
    assert!(places("in stories") >= 3 && places("in places") >= 4, "{found:?}");
    assert!(!engine_has_files || places("the file stead.db") >= 8, "{found:?}");
}

async fn no_byte_is_left_of_whoever_withdraws(db: Database) {
    let app = asking(&db).await;
    let steward = Colleague::new(&app, &db, Role::Steward).await;
    let researcher = Colleague::new(&app, &db, Role::Researcher).await;
    let anna = app.participant().await;
    let (paths, picture) = lived(&anna).await;
    decide(&steward, &paths).await;
    let traces = Traces { picture };
    let before = traces.look(&db, &app, &[&steward, &researcher]).await;
    assert_found_everywhere(&before, db.url.starts_with("sqlite:"));

    assert_eq!(send(anna.request("DELETE", "me")).await.status, 200);
    assert_eq!(traces.look(&db, &app, &[&steward, &researcher]).await, Vec::<String>::new());
    anna.get("me").await.problem(401, "unauthorised");
    // Nor is there a row that names the person.
    let mut named = Vec::new();
    let hex = anna.id.replace('-', "");
    let mut look = |row: stead::store::BackupRow| {
        let text = serde_json::to_string(&row).unwrap();
        if text.contains(&anna.id) || text.contains(&hex) {
            named.push(row.table);
        }
        Ok(())
    };
    db.store.dump(&mut look).await.unwrap();
    assert_eq!(named, Vec::<String>::new());
}

async fn no_byte_is_left_of_a_place_that_is_deleted(db: Database) {
    let app = asking(&db).await;
    let steward = Colleague::new(&app, &db, Role::Steward).await;
    let researcher = Colleague::new(&app, &db, Role::Researcher).await;
    let anna = app.participant().await;
    let (paths, picture) = lived(&anna).await;
    decide(&steward, &paths).await;
    let traces = Traces { picture };
    assert_found_everywhere(
        &traces.look(&db, &app, &[&steward, &researcher]).await,
        db.url.starts_with("sqlite:"),
    );
    for path in &paths {
        assert_eq!(anna.delete(path, "*").await.status, 204);
    }
    assert_eq!(traces.look(&db, &app, &[&steward, &researcher]).await, Vec::<String>::new());
}
