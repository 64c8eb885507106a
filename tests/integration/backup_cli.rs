//! Backup, restore and check on the command line.

use std::path::Path;

use serde_json::{Value, json};

use crate::binary::{Server, run, run_well};
use crate::test_app::joining;

struct Person {
    token: String,
    return_code: String,
}

async fn join(server: &Server) -> Person {
    let url = format!("{}/api/communities/aed/participants", server.url);
    let joined: Value =
        reqwest::Client::new().post(url).json(&joining(true)).send().await.unwrap().json().await.unwrap();
    let text = |name: &str| joined[name].as_str().unwrap().to_owned();
    Person { token: text("token"), return_code: text("return_code") }
}

async fn pin(server: &Server, who: &Person, story: &str) {
    let mut place = crate::test_app::bench();
    place["properties"]["story"] = json!(story);
    let url = format!("{}/api/communities/aed/places", server.url);
    let saved = reqwest::Client::new().post(url).bearer_auth(&who.token).json(&place).send().await.unwrap();
    assert_eq!(saved.status().as_u16(), 201);
}

async fn comes_back(server: &Server, who: &Person) -> u16 {
    let url = format!("{}/api/communities/aed/participants/return", server.url);
    let body = json!({"return_code": who.return_code});
    reqwest::Client::new().post(url).json(&body).send().await.unwrap().status().as_u16()
}

fn bytes_hold(folder: &Path, word: &str) -> bool {
    let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
    let databases = files.filter(|file| file.file_name().unwrap().to_str().unwrap().starts_with("stead.db"));
    databases
        .map(|file| std::fs::read(file).unwrap())
        .any(|bytes| bytes.windows(word.len()).any(|w| w == word.as_bytes()))
}

#[tokio::test]
async fn who_withdrew_after_the_backup_stays_gone_and_the_others_come_back() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let at = |arguments: &[&str]| -> Vec<String> {
        let data = ["--data-dir", data.to_str().unwrap()];
        arguments.iter().chain(&data).map(|text| (*text).to_owned()).collect()
    };
    let well = |arguments: &[&str]| run_well(&at(arguments).iter().map(String::as_str).collect::<Vec<_>>());
    well(&["community", "add", "aed", "--country", "EE"]);
    let server = Server::start(&["--data-dir", data.to_str().unwrap()]);
    let (staying, leaving) = (join(&server).await, join(&server).await);
    pin(&server, &staying, "ordinaryword").await;
    pin(&server, &leaving, "verysecretword").await;
    let backup = folder.path().join("full.zip");
    let backup = backup.to_str().unwrap();
    // While the server runs.
    assert!(well(&["backup", backup]).contains("rows are in"));
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(backup).unwrap().permissions()) & 0o777,
        0o600
    );
    let url = format!("{}/api/communities/aed/me", server.url);
    let left = reqwest::Client::new().delete(url).bearer_auth(&leaving.token).send().await.unwrap();
    assert_eq!(left.status().as_u16(), 200);
    let ledger = folder.path().join("erasures.zip");
    let ledger = ledger.to_str().unwrap();
    assert!(well(&["backup", ledger, "--erasures-only"]).starts_with("1 rows"));
    server.kill();

    let said = well(&["restore", backup]);
    assert!(said.contains("1 erased since were erased again"), "{said}");
    assert!(!bytes_hold(&data, "verysecretword") && bytes_hold(&data, "ordinaryword"));
    assert!(well(&["check"]).contains("aed: every row can be read: 1 places"));
    let server = Server::start(&["--data-dir", data.to_str().unwrap()]);
    assert_eq!((comes_back(&server, &staying).await, comes_back(&server, &leaving).await), (200, 401));
    server.kill();

    // On a new machine, where only copies are left.
    let elsewhere = folder.path().join("elsewhere");
    let elsewhere = elsewhere.to_str().unwrap();
    let alone = run_well(&["restore", backup, "--data-dir", elsewhere]);
    assert!(alone.contains("Nothing here tells who withdrew"), "{alone}");
    let said = run_well(&["restore", backup, "--erasures", ledger, "--data-dir", elsewhere]);
    assert!(said.contains("1 erased since were erased again"), "{said}");
    let server = Server::start(&["--data-dir", elsewhere]);
    assert_eq!((comes_back(&server, &staying).await, comes_back(&server, &leaving).await), (200, 401));
    server.kill();

    // What cannot be restored changes nothing.
    let broken = folder.path().join("broken.zip");
    let bytes = std::fs::read(backup).unwrap();
    std::fs::write(&broken, &bytes[..bytes.len() / 2]).unwrap();
    let output = run(&["restore", broken.to_str().unwrap(), "--data-dir", elsewhere]);
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    assert!(run_well(&["check", "--data-dir", elsewhere]).contains("1 places"));
    let output = run(&["backup", backup, "--data-dir", elsewhere]);
    assert_eq!(output.status.code(), Some(1), "a backup is never written over another");
}
