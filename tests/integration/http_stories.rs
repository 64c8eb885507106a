//! Stories: shared with everyone by their people, read by a steward first.

use serde_json::{Value, json};
use stead::store::Role;

use crate::databases::{Database, on_both_engines};
use crate::http_photos::sent;
use crate::http_staff::Colleague;
use crate::test_app::{Answer, Member, TestApp, bench, send};

on_both_engines![
    a_story_waits_is_read_and_then_everyone_may_read_it,
    what_changes_after_it_was_approved_is_hidden_until_it_is_read_anew,
    a_steward_asks_back_or_declines_and_the_person_reads_why,
    a_decision_on_what_the_steward_did_not_read_is_refused,
    what_its_person_takes_back_is_gone_at_once,
    only_photos_that_are_shared_with_the_story_are_shown,
    the_list_is_paged_and_tells_nothing_of_who_wrote,
    what_is_no_decision_is_refused_by_its_field,
];

/// A bench with a story for everyone.
fn story(text: &str) -> Value {
    let mut place = bench();
    place["properties"]["story"] = json!(text);
    place["properties"]["share"] = json!({"research": false, "published_maps": false, "public_story": true});
    place
}

/// The path of a place that was saved.
async fn tell(member: &Member<'_>, place: &Value) -> String {
    let saved = member.post("places", place).await;
    assert_eq!(saved.status, 201, "{}", saved.text());
    format!("places/{}", saved.json()["id"].as_str().unwrap())
}

async fn public(app: &TestApp) -> Vec<Value> {
    let answer = app.get("stories").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["features"].as_array().unwrap().clone()
}

async fn queue(steward: &Colleague<'_>) -> Vec<Value> {
    let answer = steward.ask("GET", "stories/queue").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["features"].as_array().unwrap().clone()
}

/// Decides on a waiting story.
async fn decide(steward: &Colleague<'_>, waiting: &Value, mut decision: Value) -> Answer {
    decision["etag"] = waiting["properties"]["etag"].clone();
    let path = format!("stories/queue/{}/decision", waiting["id"].as_str().unwrap());
    steward.post(&path, &decision).await
}

async fn approve_first(steward: &Colleague<'_>) {
    let waiting = queue(steward).await.remove(0);
    let answer = decide(steward, &waiting, json!({"decision": "approve"})).await;
    assert_eq!(
        (answer.status.as_u16(), &answer.json()["state"]),
        (200, &json!("published")),
        "{}",
        answer.text()
    );
}

async fn review(member: &Member<'_>, place: &str) -> Value {
    member.get(place).await.json()["properties"]["story_review"].clone()
}

async fn seen(member: &Member<'_>, place: &str) -> Value {
    member.get(&format!("{place}/as/public")).await.json()
}

async fn a_story_waits_is_read_and_then_everyone_may_read_it(db: Database) {
    let app = TestApp::start(&db).await;
    let (anna, steward) = (app.participant().await, Colleague::new(&app, &db, Role::Steward).await);
    let place = tell(&anna, &story("Siin on vaikne.")).await;
    assert_eq!(public(&app).await, Vec::<Value>::new());
    assert_eq!(review(&anna, &place).await, json!({"state": "waiting", "reason": null, "at": null}));
    let unseen = seen(&anna, &place).await;
    assert_eq!((&unseen["seen"], &unseen["why"]), (&json!(false), &json!("waiting")));
    assert_eq!((&unseen["feature"], &unseen["photos"]), (&Value::Null, &json!([])));

    let waiting = queue(&steward).await;
    assert_eq!(waiting.len(), 1);
    assert_eq!(format!("places/{}", waiting[0]["id"].as_str().unwrap()), place);
    assert_eq!(waiting[0]["properties"]["before"], Value::Null);
    approve_first(&steward).await;
    assert_eq!(queue(&steward).await.len(), 0);

    let told = public(&app).await;
    assert_eq!(told.len(), 1);
    let (one, shown) = (&told[0], &waiting[0]);
    assert_eq!(one["geometry"], shown["geometry"]);
    assert_eq!(one["geometry"], anna.get(&place).await.json()["geometry"]);
    for said in ["name", "being", "doing", "story", "feelings", "chime", "activities", "precision", "photos"]
    {
        assert_eq!(one["properties"][said], shown["properties"][said], "{said}");
    }
    for hidden in [
        "home",
        "share",
        "company",
        "support",
        "barriers",
        "rhythm",
        "since",
        "answers",
        "diary",
        "created_at",
    ] {
        assert_eq!(one["properties"].get(hidden), None, "{hidden}");
    }
    let answer = app.get(&format!("stories/{}", one["id"].as_str().unwrap())).await;
    assert_eq!((answer.json(), answer.header("cache-control")), (one.clone(), "no-store"));
    assert_eq!(
        seen(&anna, &place).await,
        json!({"seen": true, "why": "published", "feature": one, "photos": [], "later": null})
    );
    // What the person was told everyone would see is what everyone sees.
    for (name, told) in unseen["later"]["properties"].as_object().unwrap() {
        assert_eq!(&one["properties"][name], told, "{name}");
    }
    assert_eq!(unseen["later"]["geometry"], one["geometry"]);
    assert_eq!(review(&anna, &place).await["state"], "published");
}

async fn what_changes_after_it_was_approved_is_hidden_until_it_is_read_anew(db: Database) {
    let app = TestApp::start(&db).await;
    let (anna, steward) = (app.participant().await, Colleague::new(&app, &db, Role::Steward).await);
    let mut said = story("Siin on vaikne.");
    let place = tell(&anna, &said).await;
    approve_first(&steward).await;
    let name = public(&app).await[0]["id"].clone();
    // What everyone is not told may change without being read.
    said["properties"]["company"] = json!(["friends"]);
    assert_eq!(anna.put(&place, "*", &said).await.status, 200);
    assert_eq!(public(&app).await.len(), 1);
    for (field, value) in [
        ("story", json!("Siin elab Jaan Tamm.")),
        ("precision", json!("exact")),
        ("feelings", json!([{"feeling": "calm", "strength": 1}])),
        ("name", json!("Jaani pink")),
    ] {
        said["properties"][field] = value;
        assert_eq!(anna.put(&place, "*", &said).await.status, 200);
        assert_eq!(public(&app).await, Vec::<Value>::new(), "{field}");
        app.get(&format!("stories/{}", name.as_str().unwrap())).await.problem(404, "not-found");
        assert_eq!(review(&anna, &place).await["state"], "waiting");
        assert_eq!(queue(&steward).await[0]["properties"]["before"]["state"], "published");
        approve_first(&steward).await;
        assert_eq!(public(&app).await[0]["id"], name);
    }
}

async fn a_steward_asks_back_or_declines_and_the_person_reads_why(db: Database) {
    let app = TestApp::start(&db).await;
    let (anna, steward) = (app.participant().await, Colleague::new(&app, &db, Role::Steward).await);
    let mut said = story("Jaan Tamm elab siin.");
    let place = tell(&anna, &said).await;
    let why = "Palun jäta nimi välja.\nSee on tema asi.";
    let waiting = queue(&steward).await.remove(0);
    let asked =
        decide(&steward, &waiting, json!({"decision": "ask_back", "reason": format!("  {why} ")})).await;
    assert_eq!(asked.status, 200, "{}", asked.text());
    let at = app.now().to_string();
    assert_eq!(review(&anna, &place).await, json!({"state": "asked_back", "reason": why, "at": at}));
    assert_eq!(seen(&anna, &place).await["why"], "asked_back");
    assert_eq!((public(&app).await.len(), queue(&steward).await.len()), (0, 0));
    // A change brings it back to the steward, with what was said before.
    said["properties"]["story"] = json!("Siin elab hea naaber.");
    assert_eq!(anna.put(&place, "*", &said).await.status, 200);
    let again = queue(&steward).await.remove(0);
    assert_eq!(again["properties"]["before"], json!({"state": "asked_back", "reason": why, "at": at}));
    let declined = decide(&steward, &again, json!({"decision": "decline", "reason": "Ei sobi."})).await;
    assert_eq!(declined.status, 200, "{}", declined.text());
    assert_eq!(review(&anna, &place).await["state"], "declined");
    assert_eq!(
        seen(&anna, &place).await,
        json!({"seen": false, "why": "declined", "feature": null, "photos": [], "later": null})
    );
    assert_eq!(public(&app).await.len(), 0);
    // The steward is not named.
    assert!(!anna.get(&place).await.text().contains(&steward.email));
}

async fn a_decision_on_what_the_steward_did_not_read_is_refused(db: Database) {
    let app = TestApp::start(&db).await;
    let (anna, steward) = (app.participant().await, Colleague::new(&app, &db, Role::Steward).await);
    let mut said = story("Siin on vaikne.");
    let place = tell(&anna, &said).await;
    let read = queue(&steward).await.remove(0);
    said["properties"]["story"] = json!("Siin on vali.");
    assert_eq!(anna.put(&place, "*", &said).await.status, 200);
    decide(&steward, &read, json!({"decision": "approve"})).await.problem(409, "conflict");
    assert_eq!((public(&app).await.len(), queue(&steward).await.len()), (0, 1));
    // Nor is there a decision on what nobody shares.
    let private = anna.save_bench().await;
    let other = json!({"id": private.strip_prefix("places/").unwrap(), "properties": read["properties"]});
    decide(&steward, &other, json!({"decision": "approve"})).await.problem(404, "not-found");
    let researcher = Colleague::new(&app, &db, Role::Researcher).await;
    decide(&researcher, &read, json!({"decision": "approve"})).await.problem(403, "forbidden");
    researcher.ask("GET", "stories/queue").await.problem(403, "forbidden");
    app.get("stories/queue").await.problem(401, "unauthorised");
}

async fn what_its_person_takes_back_is_gone_at_once(db: Database) {
    let app = TestApp::start(&db).await;
    let steward = Colleague::new(&app, &db, Role::Steward).await;
    let none = json!({"version": "2026-3", "language": "en", "research": false, "published_maps": false, "public_story": false});
    for how in ["not shared", "without a story", "deleted", "consent", "withdrawn"] {
        let anna = app.participant().await;
        let mut said = story("Siin on vaikne.");
        let place = tell(&anna, &said).await;
        approve_first(&steward).await;
        let one = public(&app).await.remove(0);
        let path = format!("stories/{}", one["id"].as_str().unwrap());
        let done = match how {
            "not shared" => {
                said["properties"]["share"]["public_story"] = json!(false);
                anna.put(&place, "*", &said).await
            }
            "without a story" => {
                said["properties"]["story"] = Value::Null;
                anna.put(&place, "*", &said).await
            }
            "deleted" => anna.delete(&place, "*").await,
            "consent" => send(anna.request("PUT", "me/consent").json(&none)).await,
            _ => send(anna.request("DELETE", "me")).await,
        };
        assert!(done.status.is_success(), "{how}: {}", done.text());
        assert_eq!((public(&app).await.len(), queue(&steward).await.len()), (0, 0), "{how}");
        app.get(&path).await.problem(404, "not-found");
    }
}

async fn only_photos_that_are_shared_with_the_story_are_shown(db: Database) {
    let app = TestApp::start(&db).await;
    let (anna, steward) = (app.participant().await, Colleague::new(&app, &db, Role::Steward).await);
    let place = tell(&anna, &story("Siin on vaikne.")).await;
    let photos = format!("{place}/photos");
    let mut ids = Vec::new();
    for said in [
        json!({"caption": "Pink", "alt": "Pink jõe ääres", "people": "none", "share": {"public_story": true}}),
        json!({"caption": "Ainult uurijale", "people": "none", "share": {"research": true}}),
        json!({"people": "private", "share": {"public_story": true}}),
    ] {
        let id = sent(&anna, &photos).await["id"].as_str().unwrap().to_owned();
        assert_eq!(send(anna.request("PUT", &format!("{photos}/{id}")).json(&said)).await.status, 200);
        ids.push(id);
    }
    let waiting = queue(&steward).await.remove(0);
    let shown =
        json!([{"id": ids[0], "width": 600, "height": 300, "caption": "Pink", "alt": "Pink jõe ääres"}]);
    assert_eq!(waiting["properties"]["photos"], shown);
    let of_queue = format!("stories/queue/{}/photos", waiting["id"].as_str().unwrap());
    assert_eq!(
        steward.ask("GET", &format!("{of_queue}/{}", ids[0])).await.header("content-type"),
        "image/jpeg"
    );
    approve_first(&steward).await;
    let of_story = format!("stories/{}/photos", public(&app).await[0]["id"].as_str().unwrap());
    for size in ["full", "thumb"] {
        let picture = app.get(&format!("{of_story}/{}?size={size}", ids[0])).await;
        assert_eq!((picture.status.as_u16(), picture.header("content-type")), (200, "image/jpeg"));
        assert_eq!(picture.header("cache-control"), "no-store");
    }
    app.get(&format!("{of_story}/{}?size=large", ids[0])).await.problem(400, "invalid-input");
    for hidden in &ids[1..] {
        app.get(&format!("{of_story}/{hidden}")).await.problem(404, "not-found");
        steward.ask("GET", &format!("{of_queue}/{hidden}")).await.problem(404, "not-found");
    }
    // A photo that is taken back takes the story back to the steward, and is gone itself.
    let path = format!("{photos}/{}", ids[0]);
    assert_eq!(send(anna.request("PUT", &path).json(&json!({"caption": "Pink"}))).await.status, 200);
    app.get(&format!("{of_story}/{}", ids[0])).await.problem(404, "not-found");
    assert_eq!((public(&app).await.len(), queue(&steward).await.len()), (0, 1));
}

async fn the_list_is_paged_and_tells_nothing_of_who_wrote(db: Database) {
    let app = TestApp::start(&db).await;
    let steward = Colleague::new(&app, &db, Role::Steward).await;
    let mut places = Vec::new();
    for n in 0..7 {
        let member = app.participant().await;
        places.push(tell(&member, &story(&format!("Lugu {n}"))).await);
        approve_first(&steward).await;
    }
    let whole = public(&app).await;
    assert_eq!(whole.len(), 7);
    let (mut paged, mut path) = (Vec::new(), "stories?limit=3".to_owned());
    loop {
        let page = app.get(&path).await.json();
        assert_eq!(page["number_returned"], page["features"].as_array().unwrap().len());
        paged.extend(page["features"].as_array().unwrap().iter().cloned());
        let Some(next) = page["next"].as_str() else { break };
        path = format!("stories?limit=3&cursor={next}");
    }
    assert_eq!(paged, whole);
    let text = app.get("stories").await.text();
    for place in &places {
        assert!(!text.contains(place.strip_prefix("places/").unwrap()), "the place's own id is told");
    }
    assert!(!text.contains("owner") && !text.contains(&steward.email));
    for wrong in ["limit=0", "limit=101", "cursor=x", "q=a", "limit=3&limit=4"] {
        app.get(&format!("stories?{wrong}")).await.problem(400, "invalid-input");
    }
    app.get("stories/1").await.problem(400, "invalid-input");
}

async fn what_is_no_decision_is_refused_by_its_field(db: Database) {
    let app = TestApp::start(&db).await;
    let (anna, steward) = (app.participant().await, Colleague::new(&app, &db, Role::Steward).await);
    let place = tell(&anna, &story("Siin on vaikne.")).await;
    let waiting = queue(&steward).await.remove(0);
    for (decision, field) in [
        (json!({"decision": "decline"}), "reason"),
        (json!({"decision": "decline", "reason": ""}), "reason"),
        (json!({"decision": "decline", "reason": " \n "}), "reason"),
        (json!({"decision": "decline", "reason": "a\0"}), "reason"),
        (json!({"decision": "ask_back", "reason": "õ".repeat(1_001)}), "reason"),
        (json!({"decision": "perhaps"}), ""),
        (json!({"decision": "approve", "reason": "Tore"}), ""),
        (json!({}), ""),
    ] {
        let answer = decide(&steward, &waiting, decision.clone()).await;
        let said = answer.problem(422, "invalid-input");
        assert!(said == field || answer.text().contains(field), "{decision}: {}", answer.text());
    }
    let path = format!("stories/queue/{}/decision", waiting["id"].as_str().unwrap());
    for etag in ["", "abc", "õ", &"g".repeat(64), &"0".repeat(63)] {
        let body = json!({"decision": "approve", "etag": etag});
        assert_eq!(steward.post(&path, &body).await.problem(422, "invalid-input"), "etag");
    }
    assert_eq!(review(&anna, &place).await["state"], "waiting");
    // A reason as long as it may be is kept whole.
    let longest = json!({"decision": "ask_back", "reason": "õ".repeat(1_000)});
    assert_eq!(decide(&steward, &waiting, longest).await.status, 200);
}
