//! What others learn of a place: what its owner is told they see. That it is nothing finer than its precision:
//! `http_bisection`.

use std::collections::HashMap;

use serde_json::{Value, json};
use stead::ambient::Generator as _;
use stead::store::{FeedPosition, Role};

use crate::databases::{Database, on_both_engines};
use crate::http_photos::sent;
use crate::http_questions::asking;
use crate::http_staff::Colleague;
use crate::test_app::{Member, SeededGenerator, TestApp, bench, send};

on_both_engines![
    what_others_see_is_what_they_are_given,
    shared_photos_are_part_of_what_others_see,
    what_others_would_see_is_what_they_see_once_it_is_saved_and_nothing_is_kept_before,
    nobody_else_is_told_who_sees_a_place,
];

/// Numbers from 0 to `n`, the same in every run.
struct Dice(SeededGenerator);

impl Dice {
    fn below(&self, n: u32) -> u32 {
        let mut bytes = [0; 4];
        self.0.fill(&mut bytes);
        u32::from_le_bytes(bytes) % n
    }

    fn flip(&self) -> bool {
        self.below(2) == 1
    }

    fn position(&self) -> [f64; 2] {
        [26.62 + f64::from(self.below(160_000)) / 1e6, 58.31 + f64::from(self.below(130_000)) / 1e6]
    }

    fn place(&self) -> Value {
        let mut place = bench();
        let [x, y] = self.position();
        place["geometry"] = match self.below(3) {
            0 => json!({"type": "Point", "coordinates": [x, y]}),
            1 => json!({"type": "LineString", "coordinates": [[x, y], self.position(), self.position()]}),
            _ => {
                json!({"type": "Polygon", "coordinates": [[[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y]]]})
            }
        };
        let said = &mut place["properties"];
        said["precision"] = json!(["exact", "street", "block", "area"][self.below(4) as usize]);
        said["home"] = json!(self.below(4) == 0);
        said["name"] = if self.flip() { json!(format!("Koht {}", self.below(1_000))) } else { Value::Null };
        said["story"] = if self.below(4) > 0 { json!("Siin on vaikne.") } else { Value::Null };
        said["share"] =
            json!({"research": self.flip(), "published_maps": self.flip(), "public_story": self.flip()});
        said["chime"] = self.some(&["connectedness", "hope", "identity", "meaning", "empowerment"]);
        said["barriers"] = self.some(&["money", "noise", "hours", "judged", "safety"]);
        said["company"] = self.some(&["alone", "friends", "family"]);
        said["answers"] = self.answers();
        place
    }

    /// Each of these or not.
    fn some(&self, of: &[&str]) -> Value {
        of.iter().filter(|_| self.flip()).copied().collect::<Vec<_>>().into()
    }

    /// Answers to the questions of the example: some are for research, some for published maps.
    fn answers(&self) -> Value {
        let mut answers = json!({});
        if self.flip() {
            answers["rights"] = json!(["never", "sometimes", "mostly", "always"][self.below(4) as usize]);
        }
        if answers["rights"] == "never" && self.flip() {
            answers["rights_missing"] = json!("Uks lahti.");
        }
        if self.flip() {
            answers["resources"] = json!(["food", "quiet"]);
        }
        if self.flip() {
            answers["relationships"] = json!(self.below(50));
        }
        answers
    }

    /// What a steward makes of a story, and what its person then sees.
    fn decision(&self) -> Option<(Value, &'static str)> {
        match self.below(5) {
            0 => None,
            1 => Some((json!({"decision": "ask_back", "reason": "Palun jäta nimi välja."}), "asked_back")),
            2 => Some((json!({"decision": "decline", "reason": "Ei sobi."}), "declined")),
            _ => Some((json!({"decision": "approve"}), "published")),
        }
    }
}

/// A place with a photo for the story or without, and its path.
async fn told(member: &Member<'_>, dice: &Dice, place: &Value) -> String {
    let saved = member.post("places", place).await;
    assert_eq!(saved.status, 201, "{}", saved.text());
    let path = format!("places/{}", saved.json()["id"].as_str().unwrap());
    if dice.below(4) == 0 {
        let photos = format!("{path}/photos");
        let photo = sent(member, &photos).await;
        let said = json!({"caption": "Pink", "alt": "Pink", "people": "none", "share": {"research": dice.flip(), "public_story": dice.flip()}});
        let one = format!("{photos}/{}", photo["id"].as_str().unwrap());
        assert_eq!(send(member.request("PUT", &one).json(&said)).await.status, 200);
    }
    path
}

/// A steward reads the queue to its end and decides at random; what became of each place's story, and of which
/// published story's name each is.
async fn read_stories(app: &TestApp, steward: &Colleague<'_>, dice: &Dice) -> HashMap<String, &'static str> {
    let queue = steward.ask("GET", "stories/queue").await.json();
    let mut became = HashMap::new();
    for waiting in queue["features"].as_array().unwrap() {
        let id = waiting["id"].as_str().unwrap().to_owned();
        let Some((mut decision, why)) = dice.decision() else {
            became.insert(id, "waiting");
            continue;
        };
        decision["etag"] = waiting["properties"]["etag"].clone();
        let path = format!("stories/queue/{id}/decision");
        let decided = steward.post(&path, &decision).await;
        assert_eq!(decided.status, 200, "{}", decided.text());
        became.insert(id, why);
    }
    let counted = app.get("stories?limit=100").await.json()["features"].as_array().unwrap().len();
    assert_eq!(became.values().filter(|why| **why == "published").count(), counted);
    became
}

async fn what_others_see_is_what_they_are_given(db: Database) {
    let app = asking(&db).await;
    let dice = Dice(SeededGenerator::new(20_261_123));
    let researcher = Colleague::new(&app, &db, Role::Researcher).await;
    let planner = Colleague::new(&app, &db, Role::Planner).await;
    let steward = Colleague::new(&app, &db, Role::Steward).await;
    let members = [app.participant().await, app.participant().await, app.participant().await];
    let mut saved = Vec::new();
    for member in &members {
        for _ in 0..14 {
            let place = dice.place();
            saved.push((member, told(member, &dice, &place).await, place));
        }
    }
    let became = read_stories(&app, &steward, &dice).await;
    let states: std::collections::BTreeSet<_> = became.values().copied().collect();
    assert_eq!(states.len(), 4, "stories of every kind: {states:?}");

    let list = |answer: Value| -> HashMap<String, Value> {
        let features = answer["features"].as_array().unwrap().iter();
        features.map(|f| (f["id"].as_str().unwrap().to_owned(), f.clone())).collect()
    };
    let given = list(researcher.ask("GET", "places?limit=1000").await.json());
    let searched = list(researcher.post("places/search", &json!({"limit": 1000})).await.json());
    assert_eq!(given, searched);
    assert!((10..30).contains(&given.len()), "both kinds are among them: {}", given.len());
    let stories = list(app.get("stories?limit=100").await.json());
    let mut read_by_all = 0;
    for (member, path, place) in &saved {
        let as_seen = async |role: &str| {
            let answer = member.get(&format!("{path}/as/{role}")).await;
            assert_eq!(answer.status, 200, "{}", answer.text());
            answer.json()
        };
        let id = &path["places/".len()..];
        let share = &place["properties"]["share"];
        let expected = given.get(id).cloned();
        let why = if expected.is_some() { "shared" } else { "not_shared" };
        assert_eq!(expected.is_some(), share["research"] == true);
        let photos = match &expected {
            Some(_) => researcher.ask("GET", &format!("{path}/photos")).await.json()["photos"].clone(),
            None => json!([]),
        };
        assert_eq!(
            as_seen("researcher").await,
            json!({"seen": expected.is_some(), "why": why, "feature": expected.unwrap_or_default(),
                "photos": photos, "later": null})
        );
        let why = if share["published_maps"] == true { "counted" } else { "not_shared" };
        let nothing = json!({"seen": false, "why": why, "feature": null, "photos": [], "later": null});
        assert_eq!(as_seen("planner").await, nothing);

        let shares = share["public_story"] == true && place["properties"]["story"].is_string();
        assert_eq!(became.contains_key(id), shares, "the steward is shown what is shared");
        let why = became.get(id).copied().unwrap_or("not_shared");
        let seen = as_seen("public").await;
        assert_eq!((&seen["seen"], &seen["why"]), (&json!(why == "published"), &json!(why)));
        assert_eq!(seen["later"].is_object(), why == "waiting", "{seen}");
        if why == "published" {
            let story = &stories[seen["feature"]["id"].as_str().unwrap()];
            assert_eq!(&seen["feature"], story, "what everybody is given");
            assert_eq!(story["properties"]["story"], place["properties"]["story"]);
            read_by_all += 1;
        } else {
            assert_eq!(seen["feature"], Value::Null);
        }
    }
    assert_eq!(read_by_all, stories.len(), "every story is somebody's");
    assert!(read_by_all > 0);
    // And so it is: neither planners nor anybody else get at a single place.
    let items = "/ogc/kaldavere/collections/places/items";
    for path in ["places", items, &format!("{items}/{}", &saved[0].1["places/".len()..])] {
        app.get(path).await.problem(401, "unauthorised");
    }
    planner.ask("GET", items).await.problem(403, "forbidden");
    planner.ask("GET", "places?purpose=research").await.problem(403, "forbidden");
}

async fn shared_photos_are_part_of_what_others_see(db: Database) {
    let app = TestApp::start(&db).await;
    let researcher = Colleague::new(&app, &db, Role::Researcher).await;
    let anna = app.participant().await;
    let place = anna.save_bench().await;
    let path = format!("{place}/photos");
    let (shared, kept) = (sent(&anna, &path).await, sent(&anna, &path).await);
    let one = |photo: &Value| format!("{path}/{}", photo["id"].as_str().unwrap());
    let words = json!({"caption": "Kruus", "alt": "Tass laual", "showed": {"see": "Soe"}, "people": "none", "share": {"research": true}});
    assert_eq!(send(anna.request("PUT", &one(&shared)).json(&words)).await.status, 200);
    let told = anna.get(&format!("{place}/as/researcher")).await.json();
    let given = researcher.ask("GET", &path).await.json();
    assert_eq!(given["photos"].as_array().unwrap().len(), 1);
    assert_eq!(told["photos"], given["photos"]);
    assert!(!told.to_string().contains(kept["id"].as_str().unwrap()));
    // Without the place, no photo of it.
    let mut private = bench();
    private["properties"]["share"] = json!({"research": false});
    assert_eq!(anna.put(&place, "*", &private).await.status, 200);
    let told = anna.get(&format!("{place}/as/researcher")).await.json();
    assert_eq!((&told["seen"], &told["photos"]), (&json!(false), &json!([])));
}

async fn what_others_would_see_is_what_they_see_once_it_is_saved_and_nothing_is_kept_before(db: Database) {
    let app = asking(&db).await;
    let member = app.participant().await;
    let dice = Dice(SeededGenerator::new(20_261_128));
    let roles = ["researcher", "planner", "public"];
    let plain = |answer: &Value, role: &str| {
        let mut told = answer[role].clone();
        for part in ["feature", "later"] {
            if let Some(feature) = told[part].as_object_mut() {
                feature.remove("id");
                let said = feature["properties"].as_object_mut().unwrap();
                let _ = (said.remove("created_at"), said.remove("updated_at"));
            }
        }
        told
    };
    let (_, before) = db.changes_since(FeedPosition::default()).await;
    let mut previews = Vec::new();
    for _ in 0..12 {
        let place = dice.place();
        let preview = member.post("places/preview", &place).await;
        assert_eq!(preview.status, 200, "{}", preview.text());
        previews.push((place, preview.json()));
    }
    let (changes, _) = db.changes_since(before).await;
    assert_eq!(changes.len(), 0, "nothing of it is kept");
    assert_eq!(member.count_places().await, 0);
    for (place, preview) in previews {
        let saved = member.post("places", &place).await.json();
        let path = format!("places/{}", saved["id"].as_str().unwrap());
        for role in roles {
            let seen = json!({role: member.get(&format!("{path}/as/{role}")).await.json()});
            assert_eq!(plain(&preview, role), plain(&seen, role), "{role}");
        }
    }

    // A change of a place is shown with the photos that the place has.
    let path = member.save_bench().await;
    let photo = sent(&member, &format!("{path}/photos")).await;
    let one = format!("{path}/photos/{}", photo["id"].as_str().unwrap());
    let share = json!({"people": "none", "share": {"research": true}});
    assert_eq!(send(member.request("PUT", &one).json(&share)).await.status, 200);
    let id = path.trim_start_matches("places/");
    let mut renamed = bench();
    renamed["properties"]["name"] = json!("Pink");
    let asked = format!("places/preview?place={id}");
    let preview = member.post(&asked, &renamed).await.json();
    let researcher = &preview["researcher"];
    assert_eq!(researcher["feature"]["id"], *id);
    assert_eq!(researcher["feature"]["properties"]["name"], "Pink");
    assert_eq!(researcher["photos"][0]["id"], photo["id"]);
    assert_eq!(member.get(&path).await.json()["properties"]["name"], "Bench by the river");

    // It is checked as on saving, and shows nobody anything of another's.
    let other = app.participant().await;
    other.post(&asked, &renamed).await.problem(404, "not-found");
    app.post("places/preview", &renamed).await.problem(401, "unauthorised");
    assert_eq!(member.post("places/preview?place=x", &renamed).await.problem(400, "invalid-input"), "place");
    renamed["properties"]["being"] = json!(false);
    assert_eq!(
        member.post("places/preview", &renamed).await.problem(422, "invalid-input"),
        "properties.being"
    );
}

async fn nobody_else_is_told_who_sees_a_place(db: Database) {
    let app = TestApp::start(&db).await;
    let (owner, other) = (app.participant().await, app.participant().await);
    let path = format!("{}/as", owner.save_bench().await);
    other.get(&format!("{path}/researcher")).await.problem(404, "not-found");
    app.get(&format!("{path}/researcher")).await.problem(401, "unauthorised");
    assert_eq!(owner.get(&format!("{path}/steward")).await.problem(400, "invalid-input"), "role");
    let none = json!({"version": "2026-3", "language": "en", "research": false, "published_maps": false, "public_story": false});
    assert_eq!(crate::test_app::send(owner.request("PUT", "me/consent").json(&none)).await.status, 200);
    assert_eq!(owner.get(&format!("{path}/researcher")).await.json()["why"], "not_shared");
}
