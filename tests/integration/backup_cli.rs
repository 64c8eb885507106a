//! Backup, restore and check on the command line.

use std::path::Path;

use jiff::SignedDuration;
use serde_json::{Value, json};
use stead::ambient::Ambient;
use stead::store::{LedgerRow, Recall};

use crate::binary::{Server, run, run_well};
use crate::databases::{Database, Engine};
use crate::test_app::{community_id, joining, kaldavere, release};

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

/// Budget, recalls and releases of after the backup, on the embedded database and by a file of the erasures.
#[tokio::test]
async fn what_was_released_and_called_back_after_the_backup_stays_spent_and_gone() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    std::fs::create_dir(&data).unwrap();
    let data = data.to_str().unwrap();
    let address = format!("sqlite:{data}/stead.db");
    let (backup, newer) = (folder.path().join("full.zip"), folder.path().join("newer.zip"));
    let (backup, newer) = (backup.to_str().unwrap(), newer.to_str().unwrap());
    let id = community_id("kaldavere");

    let store = stead::store::open(&address).await.unwrap();
    kaldavere(&*store).await;
    store.save_release(&release(7)).await.unwrap();
    store.close().await;
    run_well(&["backup", backup, "--data-dir", data]);
    let store = stead::store::open(&address).await.unwrap();
    let now = Ambient::system().now();
    let row = |n: u128, at| LedgerRow {
        id: uuid::Uuid::from_u128(n),
        release: release(n).id,
        layer: "cells".into(),
        sensitivity_squared: 8,
        sigma: 9,
        rho_billionths: 99_000_000,
        domain: [0; 32],
        code: "0.1.0".into(),
        on_demand: true,
        at,
    };
    let rows = [row(7, now - SignedDuration::from_hours(24 * 100)), row(8, now)];
    store.charge(&id, &rows, &|_| Ok(())).await.unwrap();
    store.save_release(&release(8)).await.unwrap();
    store
        .recall_release(&id, release(7).id, &Recall { reason: "half the noise".into(), at: now })
        .await
        .unwrap();
    store.close().await;
    run_well(&["backup", newer, "--erasures-only", "--data-dir", data]);

    let elsewhere = folder.path().join("elsewhere");
    let elsewhere = elsewhere.to_str().unwrap();
    let alone = run_well(&["restore", backup, "--data-dir", elsewhere]);
    assert!(alone.contains("nor what was released, called back or spent of the privacy budget"), "{alone}");
    let database = Database::fresh(Engine::Postgres).await;
    let on_postgres = folder.path().join("postgres");
    let on_postgres = ["--database", database.url.as_str(), "--data-dir", on_postgres.to_str().unwrap()];
    for (place, knows) in [
        (&["--data-dir", data][..], true),
        (&["--data-dir", elsewhere][..], false),
        (&on_postgres[..], false),
    ] {
        let mut restore = vec!["restore", backup];
        if !knows {
            restore.extend(["--erasures", newer]);
        }
        restore.extend(place);
        let said = run_well(&restore);
        assert!(
            said.contains("2 charges since stay spent; 1 releases and 1 recalls since are here"),
            "{said}"
        );
        let refused = run(&[&["release", "--community", "kaldavere"][..], place].concat());
        assert_eq!(refused.status.code(), Some(1), "{refused:?}");
        let why = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(why.contains("a year may cost 0.2"), "{why}");
        let server = Server::start(place);
        let status = async |n: u128| {
            let url = format!("{}/api/communities/kaldavere/releases/{}/cells", server.url, release(n).id);
            reqwest::get(url).await.unwrap().status().as_u16()
        };
        assert_eq!((status(7).await, status(8).await), (410, 200), "{place:?}");
        server.kill();
    }
}
