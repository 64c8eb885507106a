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
