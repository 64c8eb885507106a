//! A community's own questions: from the file to the answers of a place and the export.

use engine::community::Language;
use engine::question::{Purpose, Question, Questions};
use serde_json::{Value, json};
use stead::store::{CommunityChange, Role, StoreError};

use crate::binary::{run, run_well};
use crate::databases::{Database, on_both_engines};
use crate::http_staff::Colleague;
use crate::test_app::{TestApp, bench, community_id, eventually};

on_both_engines![
    answers_are_kept_with_the_place_and_researchers_read_those_for_research,
    an_answer_that_does_not_fit_is_refused_by_its_question,
    a_place_keeps_the_answers_to_earlier_questions_and_says_which_they_were,
    an_answer_never_serves_another_purpose_because_its_question_changed,
    answers_for_public_stories_are_told_with_the_story,
];

fn example() -> Questions {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .unwrap()
        .join("data/questions/citizenship.toml");
    let read: Questions = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    read.check(&Language::ALL).unwrap()
}

/// A community that asks the questions of the example.
pub async fn asking(db: &Database) -> TestApp {
    let app = TestApp::start(db).await;
    let change = CommunityChange::Questions(example());
    assert!(db.store.change_community(&community_id("kaldavere"), &change, app.now()).await.unwrap());
    eventually("the server follows", async || !asked(&app).await.is_null()).await;
    app
}

async fn asked(app: &TestApp) -> Value {
    app.get("/api/communities/kaldavere").await.json()["questions"].clone()
}

fn answering(answers: &Value) -> Value {
    let mut place = bench();
    place["properties"]["answers"] = answers.clone();
    place
}

async fn answers_are_kept_with_the_place_and_researchers_read_those_for_research(db: Database) {
    let app = asking(&db).await;
    assert_eq!(asked(&app).await, serde_json::to_value(example()).unwrap());
    let member = app.participant().await;
    let answers = json!({"rights": "sometimes", "rights_missing": "Uks lahti.", "resources": ["quiet"], "relationships": 3});
    let saved = member.post("places", &answering(&answers)).await;
    assert_eq!(saved.status, 201, "{}", saved.text());
    assert_eq!(saved.json()["properties"]["answers"], answers);
    let path = format!("places/{}", saved.json()["id"].as_str().unwrap());
    let changed = json!({"rights": "always", "resources": ["food", "quiet"]});
    let put = member.put(&path, "*", &answering(&changed)).await;
    assert_eq!(put.json()["properties"]["answers"], changed);
    assert_eq!(member.get(&path).await.json()["properties"]["answers"], changed);

    let researcher = Colleague::new(&app, &db, Role::Researcher).await;
    let read = researcher.ask("GET", "places").await.json();
    // What people get is for published maps, not for researchers.
    assert_eq!(read["features"][0]["properties"]["answers"], json!({"rights": "always"}));
    assert_eq!(member.get(&format!("{path}/as/researcher")).await.json()["feature"], read["features"][0]);
    let export = researcher.ask("GET", "export/places.csv").await.text();
    assert!(export.contains(r#""{""rights"":""always""}""#), "{export}");
    assert!(!export.contains("quiet"));
}

async fn an_answer_that_does_not_fit_is_refused_by_its_question(db: Database) {
    let app = asking(&db).await;
    let member = app.participant().await;
    let path = member.save_bench().await;
    for (answers, field) in [
        (json!({"diagnosis": "x"}), "properties.answers.diagnosis"),
        (json!({"rights": ["always"]}), "properties.answers.rights"),
        (json!({"rights": "perhaps"}), "properties.answers.rights"),
        (json!({"rights": "always", "rights_missing": "x"}), "properties.answers.rights_missing"),
        (json!({"relationships": 501}), "properties.answers.relationships"),
        (json!({"relationships": "3"}), "properties.answers.relationships"),
        (json!("x"), "properties.answers"),
    ] {
        let place = answering(&answers);
        assert_eq!(member.post("places", &place).await.problem(422, "invalid-input"), field, "{answers}");
        assert_eq!(member.put(&path, "*", &place).await.problem(422, "invalid-input"), field, "{answers}");
    }
    assert_eq!(member.count_places().await, 1);
    // A community without questions of its own takes no answers.
    db.store.add_community(&crate::test_app::community("elsewhere")).await.unwrap();
    let other = TestApp::on(db.store.clone(), 7, |config| config).await;
    let joined =
        other.post("/api/communities/elsewhere/participants", &crate::test_app::joining(true)).await.json();
    let request = other
        .request("POST", "/api/communities/elsewhere/places")
        .bearer_auth(joined["token"].as_str().unwrap());
    let refused = crate::test_app::send(request.json(&answering(&json!({"rights": "always"})))).await;
    assert_eq!(refused.problem(422, "invalid-input"), "properties.answers.rights");
}

/// Questions under another version.
fn renewed(version: &str, change: impl FnOnce(&mut Vec<Question>)) -> Questions {
    let mut questions = example();
    version.clone_into(&mut questions.version);
    change(&mut questions.items);
    questions
}

/// The community asks other questions from now on.
async fn ask_anew(app: &TestApp, db: &Database, questions: Questions) {
    let version = json!(questions.version);
    let change = CommunityChange::Questions(questions);
    assert!(db.store.change_community(&community_id("kaldavere"), &change, app.now()).await.unwrap());
    eventually("the server follows", async || asked(app).await["version"] == version).await;
}

async fn a_place_keeps_the_answers_to_earlier_questions_and_says_which_they_were(db: Database) {
    let app = asking(&db).await;
    let member = app.participant().await;
    let answers = json!({"rights": "sometimes", "roles": ["guest", "helper"], "relationships": 3});
    let saved = member.post("places", &answering(&answers)).await.json();
    let path = format!("places/{}", saved["id"].as_str().unwrap());
    let first = "citizenship-2026-1";
    let versions = |of: &Value| of["properties"]["answer_versions"].clone();
    assert_eq!(versions(&saved), json!({"rights": first, "roles": first, "relationships": first}));

    // A question goes, one loses an option.
    ask_anew(
        &app,
        &db,
        renewed("2", |items| {
            items.retain(|item| item.id != "relationships");
            items
                .iter_mut()
                .find(|item| item.id == "roles")
                .unwrap()
                .options
                .retain(|one| one.id != "helper");
        }),
    )
    .await;
    // The place is saved with another name, as a page sends it that knows nothing of this.
    let mut place = saved.clone();
    place["properties"]["name"] = json!("Pink");
    let put = member.put(&path, "*", &place).await;
    assert_eq!(put.status, 200, "{}", put.text());
    assert_eq!(put.json()["properties"]["answers"], answers);
    assert_eq!(versions(&put.json()), versions(&saved));
    // What is answered anew is checked by what is asked now, and says so.
    place["properties"]["answers"] =
        json!({"rights": "always", "roles": ["guest", "helper"], "relationships": 3});
    let put = member.put(&path, "*", &place).await.json();
    assert_eq!(versions(&put), json!({"rights": "2", "roles": first, "relationships": first}));
    for (id, answer) in [("relationships", json!(4)), ("roles", json!(["helper"]))] {
        let mut wrong = place.clone();
        wrong["properties"]["answers"][id] = answer;
        let field = member.put(&path, "*", &wrong).await.problem(422, "invalid-input");
        assert_eq!(field, format!("properties.answers.{id}"));
        assert_eq!(member.post("places", &wrong).await.problem(422, "invalid-input").split('.').count(), 3);
    }
    // Nobody says by themself what they answered to.
    place["properties"]["answer_versions"] = json!({"rights": "of my own"});
    assert_eq!(versions(&member.put(&path, "*", &place).await.json()), versions(&put));
    // And a new place knows the new questions alone.
    let new = member.post("places", &answering(&json!({"relationships": 3}))).await;
    assert_eq!(new.problem(422, "invalid-input"), "properties.answers.relationships");

    let told = app.get("/api/communities/kaldavere").await.json();
    assert_eq!(told["earlier_questions"], json!([example()]));
    let researcher = Colleague::new(&app, &db, Role::Researcher).await;
    let read = researcher.ask("GET", "places").await.json()["features"][0].clone();
    assert_eq!(read["properties"]["answers"], place["properties"]["answers"]);
    assert_eq!(versions(&read), versions(&put));
    let export = researcher.ask("GET", "export/places.csv").await;
    let names = export.text();
    assert!(
        names.contains("answer_versions") && names.contains(r#""{""relationships"":""citizenship-2026-1"""#),
        "{names}"
    );
    // Answers travel with what was asked, in every version.
    let book = researcher.ask("GET", "export/places.codebook.json").await.json();
    assert_eq!((&book["questions"], &book["earlier_questions"]), (&asked(&app).await, &json!([example()])));
    let book = researcher.ask("GET", "export/places.codebook.md").await.text();
    for said in
        ["questions (version 2)", "questions (version citizenship-2026-1)", "- `roles`: ", "  - `helper`: "]
    {
        assert!(book.contains(said), "{said} in {book}");
    }
}

async fn an_answer_never_serves_another_purpose_because_its_question_changed(db: Database) {
    let app = asking(&db).await;
    let member = app.participant().await;
    let answers = json!({"resources": ["quiet"], "rights": "always"});
    let saved = member.post("places", &answering(&answers)).await;
    assert_eq!(saved.status, 201, "{}", saved.text());
    let researcher = Colleague::new(&app, &db, Role::Researcher).await;
    let read =
        async || researcher.ask("GET", "places").await.json()["features"][0]["properties"]["answers"].clone();
    assert_eq!(read().await, json!({"rights": "always"}));
    ask_anew(
        &app,
        &db,
        renewed("2", |items| {
            for item in items {
                item.purpose =
                    if item.id == "resources" { Purpose::Research } else { Purpose::PublishedMaps };
            }
        }),
    )
    .await;
    // People were asked about what the place gives for published maps, and on their rights for research.
    assert_eq!(read().await, json!({"rights": "always"}));
    // A version names one set of questions for good.
    let again = CommunityChange::Questions(renewed("citizenship-2026-1", |items| items.truncate(1)));
    let refused = db.store.change_community(&community_id("kaldavere"), &again, app.now()).await;
    assert!(
        matches!(&refused, Err(StoreError::Exists(what)) if what.contains("citizenship-2026-1")),
        "{refused:?}"
    );
    ask_anew(&app, &db, example()).await;
    let told = app.get("/api/communities/kaldavere").await.json();
    assert_eq!(
        told["earlier_questions"].as_array().unwrap().len(),
        1,
        "what is asked again is no earlier one"
    );
}

async fn answers_for_public_stories_are_told_with_the_story(db: Database) {
    let app = asking(&db).await;
    ask_anew(
        &app,
        &db,
        renewed("told", |items| {
            items.iter_mut().find(|item| item.id == "roles").unwrap().purpose = Purpose::PublicStory;
        }),
    )
    .await;
    let member = app.participant().await;
    let mut place = answering(&json!({"roles": ["helper"], "rights": "always"}));
    place["properties"]["share"] = json!({"public_story": true});
    let saved = member.post("places", &place).await;
    assert_eq!(saved.status, 201, "{}", saved.text());
    let path = format!("places/{}/as/public", saved.json()["id"].as_str().unwrap());
    let told = member.get(&path).await.json();
    assert_eq!(told["later"]["properties"]["answers"], json!({"roles": ["helper"]}));
    let steward = Colleague::new(&app, &db, Role::Steward).await;
    let waiting = steward.ask("GET", "stories/queue").await.json()["features"][0].clone();
    assert_eq!(waiting["properties"]["answers"], json!({"roles": ["helper"]}));
    let decision = json!({"decision": "approve", "etag": waiting["properties"]["etag"]});
    let path = format!("stories/queue/{}/decision", waiting["id"].as_str().unwrap());
    assert_eq!(steward.post(&path, &decision).await.status, 200);
    let story = app.get("stories").await.json()["features"][0].clone();
    assert_eq!(story["properties"]["answers"], json!({"roles": ["helper"]}));
    assert_eq!(story["properties"]["answer_versions"], json!({"roles": "told"}));
}

#[test]
fn a_file_of_questions_is_taken_over_or_named_where_it_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().to_str().unwrap();
    run_well(&["community", "add", "aed", "--data-dir", at]);
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let shipped = root.join("data/questions/citizenship.toml");
    let said = run_well(&[
        "community",
        "questions",
        shipped.to_str().unwrap(),
        "--community",
        "aed",
        "--data-dir",
        at,
    ]);
    assert!(said.contains("asks 7 questions of its own, version citizenship-2026-1"), "{said}");
    let json = folder.path().join("same.json");
    std::fs::write(&json, serde_json::to_string(&example()).unwrap()).unwrap();
    run_well(&["community", "questions", json.to_str().unwrap(), "--community", "aed", "--data-dir", at]);

    let text = std::fs::read_to_string(&shipped).unwrap();
    for (from, to, says) in [
        ("kind = \"number\"", "kind = \"guess\"", "items[5].kind"),
        ("[\"never\", \"sometimes\"]", "[\"no\"]", "items[1].show_if.is[0]"),
        ("et = \"Kes sa siin oled?\", ", "", "items[3].text.et"),
        ("version = ", "version ", "line 3"),
        ("min = 0", "least = 0", "least"),
    ] {
        assert!(text.contains(from), "{from}");
        let broken = folder.path().join("broken.toml");
        std::fs::write(&broken, text.replacen(from, to, 1)).unwrap();
        let output = run(&[
            "community",
            "questions",
            broken.to_str().unwrap(),
            "--community",
            "aed",
            "--data-dir",
            at,
        ]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(says) && said.contains("broken.toml"), "{said}");
    }
}
