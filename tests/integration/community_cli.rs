//! Communities on the command line: who may join, invitations, and whom to call in a crisis.

use std::path::Path;

use serde_json::json;

use crate::binary::{Server, run, run_well};
use crate::test_app::joining;

fn at<'a>(folder: &'a Path, arguments: &[&'a str]) -> Vec<&'a str> {
    [arguments, &["--data-dir", folder.to_str().unwrap()]].concat()
}

async fn ask(server: &Server, path: &str) -> serde_json::Value {
    reqwest::get(format!("{}/api/communities/{path}", server.url)).await.unwrap().json().await.unwrap()
}

#[tokio::test]
async fn a_community_for_the_invited_lets_in_who_holds_what_the_command_line_made() {
    let folder = tempfile::tempdir().unwrap();
    let stead = |arguments: &[&str]| run_well(&at(folder.path(), arguments));
    stead(&["community", "add", "aed", "--country", "EE", "--joining", "invited"]);
    let made =
        stead(&["invite", "--community", "aed", "--uses", "2", "--public-url", "https://map.example/"]);
    let code = made.lines().nth(1).unwrap().trim();
    assert!(made.contains(&format!("https://map.example/aed/share/join#invitation={code}")), "{made}");
    let folder_text = folder.path().to_str().unwrap();
    let server = Server::start(&["--data-dir", folder_text]);
    assert_eq!(ask(&server, "aed").await["joining"], "invited");
    let join = async |code: Option<&str>| {
        let mut body = joining(false);
        body["invitation"] = json!(code);
        let url = format!("{}/api/communities/aed/participants", server.url);
        reqwest::Client::new().post(url).json(&body).send().await.unwrap().status().as_u16()
    };
    assert_eq!(join(None).await, 422);
    assert_eq!(join(Some(code)).await, 201);

    for (arguments, says) in [
        (["invite", "--community", "nowhere", "--uses", "1"], "there is no community nowhere"),
        (["invite", "--community", "aed", "--uses", "0"], "from 1 to 10000"),
        (["invite", "--community", "aed", "--expires", "2020-01-01"], "from today on"),
    ] {
        let output = run(&at(folder.path(), &arguments));
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains(says), "{output:?}");
    }
    assert!(stead(&["community", "joining", "aed", "open"]).contains("joining is open"));
    crate::test_app::eventually("the server follows", async || join(None).await == 201).await;
}

#[tokio::test]
async fn a_release_is_called_back_and_residents_come_in_from_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    let stead = |arguments: &[&str]| run_well(&at(folder.path(), arguments));
    let refused = |arguments: &[&str]| {
        let output = run(&at(folder.path(), arguments));
        assert_eq!(output.status.code(), Some(1), "{arguments:?}");
        String::from_utf8_lossy(&output.stderr).into_owned()
    };
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    stead(&["community", "add", "aed", "--country", "EE", "--policy", "closed_group"]);
    let table = write("people.csv", "neighbourhood,population\nKarlova,9012\n");
    let early = refused(&["import", "population", &table, "--community", "aed"]);
    assert!(early.contains("import them first"), "{early}");
    let square = r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"Karlova"},
        "geometry":{"type":"Polygon","coordinates":[[[26.7,58.3],[26.8,58.3],[26.8,58.4],[26.7,58.4],[26.7,58.3]]]}}]}"#;
    stead(&["import", "neighbourhoods", &write("parts.geojson", square), "--community", "aed"]);
    assert!(stead(&["import", "population", &table, "--community", "aed"]).contains("1 changed"));

    // Nobody is there yet; the snapshot of a closed group says so to nobody.
    let made = stead(&["release", "--community", "aed"]);
    assert!(made.contains("no formal guarantee"), "{made}");
    let server = Server::start(&["--data-dir", folder.path().to_str().unwrap()]);
    let told = ask(&server, "aed/access?minutes=15").await;
    assert_eq!(told["neighbourhoods"][0]["residents"], 9012);
    assert_eq!(ask(&server, "aed/neighbourhoods").await["features"][0]["properties"]["population"], 9012);
    let recall = |release: &str, reason: &str| {
        at(folder.path(), &["release", "recall", release, "--community", "aed", "--reason", reason])
            .into_iter()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let words = |arguments: &[String]| run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    for (release, reason, says) in [
        ("latest", " ", "must say what is wrong"),
        ("newest", "wrong", "nor latest"),
        ("00000000-0000-0000-0000-000000000000", "wrong", "has no release"),
    ] {
        let output = words(&recall(release, reason));
        assert_eq!(output.status.code(), Some(1));
        assert!(String::from_utf8_lossy(&output.stderr).contains(says), "{output:?}");
    }
    assert!(words(&recall("latest", "an outline was wrong")).status.success());
    let again = words(&recall("latest", "another"));
    assert!(String::from_utf8_lossy(&again.stderr).contains("has no release latest"), "{again:?}");
    assert_eq!(run(&at(folder.path(), &["release"])).status.code(), Some(2), "a release of which community?");
}

#[tokio::test]
async fn a_server_warns_until_somebody_has_checked_whom_to_call() {
    let folder = tempfile::tempdir().unwrap();
    let stead = |arguments: &[&str]| run_well(&at(folder.path(), arguments));
    stead(&["community", "add", "aed", "--country", "EE"]);
    let shown = stead(&["community", "crisis", "--community", "aed"]);
    assert!(shown.contains("116 006") && shown.contains("--confirm"), "{shown}");
    let folder_text = folder.path().to_str().unwrap();
    let server = Server::start(&["--data-dir", folder_text]);
    assert_eq!(ask(&server, "aed").await["crisis_confirmed"], false);
    assert!(warned(folder_text));
    stead(&["community", "crisis", "--community", "aed", "--confirm"]);
    crate::test_app::eventually("the server follows", async || {
        ask(&server, "aed").await["crisis_confirmed"] == true
    })
    .await;
    assert!(!warned(folder_text));
    let output = run(&at(folder.path(), &["community", "crisis", "--community", "nowhere", "--confirm"]));
    assert_eq!(output.status.code(), Some(1));
}

#[tokio::test]
async fn a_steward_sets_right_whom_to_call_and_everybody_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let stead = |arguments: &[&str]| run_well(&at(folder.path(), arguments));
    stead(&["community", "add", "aed", "--country", "FI", "--language", "en"]);
    stead(&["community", "crisis", "--community", "aed", "--confirm"]);
    let folder_text = folder.path().to_str().unwrap();
    let server = Server::start(&["--data-dir", folder_text]);
    let toml = r#"
[[contacts]]
name = "MIELI <Kriisipuhelin>"
phone = "+358 9 2525 0111"
note = { en = "Somebody to talk to" }
hours = { en = "day and night" }
source = "mieli.fi, 28 November 2026"
"#;
    let file = folder.path().join("crisis.toml");
    std::fs::write(&file, toml).unwrap();
    let file = file.to_str().unwrap();
    let said = stead(&["community", "crisis", "--community", "aed", "--set", file]);
    for says in [
        "1 crisis contacts of its own",
        "112 is not among them",
        "Somebody to talk to · day and night",
        "mieli.fi",
        "--confirm",
    ] {
        assert!(said.contains(says), "{says} in {said}");
    }
    crate::test_app::eventually("the server follows", async || {
        ask(&server, "aed").await["crisis_contacts"][0]["phone"] == "+358 9 2525 0111"
    })
    .await;
    let told = ask(&server, "aed").await;
    assert_eq!(told["crisis_confirmed"], false, "new numbers are confirmed anew");
    assert_eq!(
        told["crisis_contacts"],
        json!([{"name": "MIELI <Kriisipuhelin>", "phone": "+358 9 2525 0111", "note": {"en": "Somebody to talk to"},
            "hours": {"en": "day and night"}, "source": "mieli.fi, 28 November 2026"}])
    );
    assert!(warned(folder_text));
    // The pages for people that look at collections have them, too, and a way out.
    let page = reqwest::get(format!("{}/ogc/aed?f=html", server.url)).await.unwrap();
    assert!(page.headers().get("etag").is_none(), "a tag would outlive the numbers");
    let page = page.text().await.unwrap();
    for part in [
        "<a href=\"tel:+358925250111\">MIELI &lt;Kriisipuhelin&gt; +358 9 2525 0111</a>",
        "day and night",
        "href=\"/new-tab\"",
    ] {
        assert!(page.contains(part), "{part} in {page}");
    }
    let json = reqwest::get(format!("{}/ogc/aed?f=json", server.url)).await.unwrap().text().await.unwrap();
    assert!(!json.contains("tel:") && json.ends_with('}'));
    stead(&["community", "crisis", "--community", "aed", "--confirm"]);
    assert!(!warned(folder_text));

    // They are in a backup, and come back with it.
    let backup = folder.path().join("all.backup");
    stead(&["backup", backup.to_str().unwrap()]);
    let other = tempfile::tempdir().unwrap();
    run_well(&at(other.path(), &["restore", backup.to_str().unwrap()]));
    let restored = run_well(&at(other.path(), &["community", "crisis", "--community", "aed"]));
    assert!(restored.contains("+358 9 2525 0111  MIELI <Kriisipuhelin>"), "{restored}");

    for (from, to, says) in [
        ("phone = \"+358 9 2525 0111\"", "phone = \"by mail\"", "contacts[0].phone"),
        ("hours = { en = \"day and night\" }", "", "contacts[0].hours.en"),
        ("source = \"mieli.fi, 28 November 2026\"", "", "contacts[0].source"),
        ("note = {", "diagnosis = {", "diagnosis"),
    ] {
        assert!(toml.contains(from), "{from}");
        let broken = folder.path().join("broken.toml");
        std::fs::write(&broken, toml.replacen(from, to, 1)).unwrap();
        let set = ["community", "crisis", "--community", "aed", "--set", broken.to_str().unwrap()];
        let output = run(&at(folder.path(), &set));
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1), "{said}");
        assert!(said.contains(says) && said.contains("broken.toml"), "{said}");
    }
    let both = ["community", "crisis", "--community", "aed", "--set", file, "--confirm"];
    assert_eq!(
        run(&at(folder.path(), &both)).status.code(),
        Some(2),
        "who sets them confirms them afterwards"
    );
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let example = root.join("data/crisis/example.toml");
    stead(&["community", "crisis", "--community", "aed", "--set", example.to_str().unwrap()]);
}

#[tokio::test]
async fn people_are_told_who_runs_a_community_and_which_researchers_may_read() {
    let folder = tempfile::tempdir().unwrap();
    let stead = |arguments: &[&str]| run_well(&at(folder.path(), arguments));
    let silent = stead(&["community", "add", "vaikne", "--country", "EE"]);
    assert!(silent.contains("people are not told who runs it"), "{silent}");
    stead(&[
        "community",
        "add",
        "aed",
        "--country",
        "EE",
        "--run-by",
        "  Aed MTÜ ",
        "--contact",
        "aed@example.org",
    ]);
    let folder_text = folder.path().to_str().unwrap();
    let server = Server::start(&["--data-dir", folder_text]);
    let told = ask(&server, "aed").await;
    assert_eq!((&told["run_by"], &told["contact"]), (&json!("Aed MTÜ"), &json!("aed@example.org")));
    assert_eq!((&told["researchers"], &told["unnamed_researchers"]), (&json!([]), &json!(0)));
    let quiet = ask(&server, "vaikne").await;
    assert_eq!((&quiet["run_by"], &quiet["contact"]), (&serde_json::Value::Null, &serde_json::Value::Null));

    stead(&["community", "about", "aed", "--contact", "116 123"]);
    crate::test_app::eventually("the server follows", async || {
        ask(&server, "aed").await["contact"] == "116 123"
    })
    .await;
    assert_eq!(ask(&server, "aed").await["run_by"], "Aed MTÜ", "what is not named stays");

    // People are told of every researcher, of one who has no name yet as well.
    let add = |name: Option<&'static str>| {
        let mut arguments =
            vec!["staff", "add", "liis@example.org", "--role", "researcher", "--community", "aed"];
        arguments.extend(name.into_iter().flat_map(|name| ["--name", name]));
        run(&at(folder.path(), &arguments))
    };
    let unnamed = add(None);
    assert!(unnamed.status.success(), "{unnamed:?}");
    assert!(String::from_utf8_lossy(&unnamed.stdout).contains("--name"), "{unnamed:?}");
    let told = ask(&server, "aed").await;
    assert_eq!((&told["researchers"], &told["unnamed_researchers"]), (&json!([]), &json!(1)));
    assert_eq!(add(Some(" ")).status.code(), Some(1));
    assert!(add(Some("Liis Tamm, Tartu Ülikool")).status.success());
    let named = add(None);
    assert!(
        named.status.success() && !String::from_utf8_lossy(&named.stdout).contains("--name"),
        "{named:?}"
    );
    let told = ask(&server, "aed").await;
    assert_eq!(
        (&told["researchers"], &told["unnamed_researchers"]),
        (&json!(["Liis Tamm, Tartu Ülikool"]), &json!(0))
    );
    assert_eq!(ask(&server, "vaikne").await["researchers"], json!([]));
    for (arguments, code) in [
        (&["community", "about", "nowhere", "--run-by", "x"][..], 1),
        (&["community", "about", "aed", "--run-by", "two\nlines"][..], 1),
        (&["community", "about", "aed"][..], 2),
    ] {
        assert_eq!(run(&at(folder.path(), arguments)).status.code(), Some(code), "{arguments:?}");
    }
}

/// Whether a server that starts warns.
fn warned(folder: &str) -> bool {
    let mut child = std::process::Command::new(crate::binary::path())
        .args(["serve", "--listen", "127.0.0.1:0", "--data-dir", folder])
        .stdin(std::process::Stdio::null())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // The warning is written before the line that says where it listens.
    let stdout = std::io::BufReader::new(child.stdout.take().unwrap());
    let first = std::io::BufRead::lines(stdout).map_while(Result::ok).next();
    assert!(first.unwrap().starts_with("listening on"));
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    String::from_utf8_lossy(&output.stderr).contains("nobody has checked whom aed tells people to call")
}
