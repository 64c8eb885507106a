//! An earlier study is brought in: its people, what they agreed to, and their places.

use std::path::{Path, PathBuf};

use engine::community::Purposes;
use engine::place::Place;
use sha2::{Digest, Sha256};
use stead::ambient::Ambient;
use stead::import::{self, CONSENT_VERSION, ImportError, PlacesOptions, PlacesReport};
use stead::secret::Secret;
use stead::store::{ConsentRecord, Erasure, PlaceRemoval};
use tempfile::TempDir;

use crate::binary;
use crate::databases::{Database, on_both_engines};
use crate::test_app::{community, community_id};

on_both_engines!(
    a_study_is_brought_in_once_however_often_it_is_imported,
    a_dry_run_tells_the_same_and_writes_nothing,
    what_was_withdrawn_or_deleted_does_not_come_back,
    a_consent_can_only_become_narrower_by_a_file,
    a_table_made_by_excel_is_understood_with_a_mapping,
    bad_files_write_nothing_and_say_why_in_a_line,
);

const GEOJSON: &str = r#"{"type":"FeatureCollection","features":[
 {"type":"Feature","id":"a","geometry":{"type":"Point","coordinates":[26.7225,58.3806]},"properties":
  {"who":"P01","name":"Bench","being":true,"feelings":[{"feeling":"calm","strength":3}],"activities":["walking"],
   "share":{"research":true,"published_maps":true},"extra":1}},
 {"type":"Feature","id":"b","geometry":{"type":"LineString","coordinates":[[26.72,58.38],[26.73,58.385]]},
  "properties":{"who":"P01","doing":true,"share":{"research":true}}},
 {"type":"Feature","id":"c","geometry":{"type":"Point","coordinates":[26.71,58.37]},"properties":{"who":"P02","being":1}},
 {"type":"Feature","id":"c","geometry":{"type":"Point","coordinates":[26.71,58.37]},"properties":{"who":"P02","being":1}},
 {"type":"Feature","id":"d","geometry":null,"properties":{"who":"P02","being":true}},
 {"type":"Feature","id":"e","geometry":{"type":"Point","coordinates":[26.71,58.37]},"properties":{"being":true}},
 {"type":"Feature","id":"f","geometry":{"type":"Point","coordinates":[10.7,59.9]},"properties":{"who":"P02","being":true}},
 {"type":"Feature","id":"g","geometry":{"type":"Point","coordinates":[26.71,58.37]},"properties":
  {"who":"P02","being":true,"share":{"research":"perhaps"}}}
]}"#;

/// A community, a secret and a folder for files.
struct Study {
    db: Database,
    secret: Secret,
    folder: TempDir,
}

impl Study {
    async fn new(db: Database) -> Self {
        db.store.add_community(&community("c")).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let secret = Secret::at(&folder.path().join("secret.key"), &Ambient::system()).unwrap();
        Self { db, secret, folder }
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path
    }

    async fn import(&self, file: &Path, options: PlacesOptions<'_>) -> Result<PlacesReport, ImportError> {
        let id = community_id("c");
        import::places(&*self.db.store, &Ambient::system(), &self.secret, &id, file, options).await
    }

    async fn whole(&self) -> PlacesReport {
        let file = self.file("study.geojson", GEOJSON);
        self.import(&file, WHO).await.unwrap()
    }

    async fn places(&self) -> Vec<Place> {
        self.db.store.places(&community_id("c")).await.unwrap()
    }
}

const WHO: PlacesOptions<'_> =
    PlacesOptions { participant_field: Some("who"), mapping: None, consent_text: None, dry_run: false };

async fn a_study_is_brought_in_once_however_often_it_is_imported(db: Database) {
    let study = Study::new(db).await;
    let first = study.whole().await;
    assert_eq!((first.read, first.counts.added, first.counts.people_added), (8, 3, 2), "{first}");
    assert_eq!((first.counts.research, first.counts.published_maps, first.counts.public_story), (2, 1, 0));
    let reasons: Vec<&str> = first.skipped.iter().map(|(_, why)| why.as_str()).collect();
    for (why, said) in
        reasons.iter().zip(["twice", "location", "no participant", "bounds", "neither yes nor no"])
    {
        assert!(why.contains(said), "{why} should say {said}");
    }
    assert_eq!(reasons.len(), 5);
    assert_eq!(first.left_out, ["extra"]);
    let printed = first.to_string();
    assert!(!printed.contains("P01") && !printed.contains("26.7"), "{printed}");

    let places = study.places().await;
    assert_eq!(places.len(), 3);
    let bench = places.iter().find(|p| p.content.name.is_some()).unwrap();
    assert_eq!((bench.content.feelings[0].strength(), bench.content.activities[0].as_str()), (3, "walking"));
    assert_eq!(bench.content.precision, engine::grid::Precision::Street, "nobody's doorstep by default");
    let owner = study.db.store.participant(bench.owner).await.unwrap().unwrap();
    assert_eq!(owner.consent.version, CONSENT_VERSION);
    assert_eq!(
        owner.consent.purposes,
        Purposes { research: true, published_maps: true, public_story: false }
    );
    assert!(places.iter().any(|p| p.content.share == Purposes::default()), "nothing said is nothing agreed");

    let again = study.whole().await;
    assert_eq!((again.counts.added, again.counts.unchanged, again.counts.people_added), (0, 3, 0), "{again}");
    assert_eq!(study.places().await, places);
}

async fn a_dry_run_tells_the_same_and_writes_nothing(db: Database) {
    let study = Study::new(db).await;
    let file = study.file("study.geojson", GEOJSON);
    let dry = study.import(&file, PlacesOptions { dry_run: true, ..WHO }).await.unwrap();
    assert!(study.places().await.is_empty());
    assert!(dry.to_string().starts_with("dry run: nothing was written"));
    let wet = study.whole().await;
    assert_eq!((dry.counts, dry.skipped), (wet.counts, wet.skipped.clone()));
    let dry = study.import(&file, PlacesOptions { dry_run: true, ..WHO }).await.unwrap();
    assert_eq!(dry.counts, study.whole().await.counts);
}

async fn what_was_withdrawn_or_deleted_does_not_come_back(db: Database) {
    let study = Study::new(db).await;
    study.whole().await;
    let places = study.places().await;
    let bench = places.iter().find(|p| p.content.name.is_some()).unwrap();
    let private = places.iter().find(|p| p.owner != bench.owner).unwrap();
    let at = crate::test_app::at("2026-11-01T00:00:00Z");
    let erasure = |id: &[u8]| Erasure { erased: Sha256::digest(id).into(), at };
    let removal = PlaceRemoval {
        id: bench.id,
        owner: bench.owner,
        expected: 1,
        erasure: erasure(bench.id.0.as_bytes()),
    };
    study.db.store.delete_place(&removal).await.unwrap();
    study.db.store.withdraw(private.owner, &erasure(private.owner.0.as_bytes())).await.unwrap();
    let again = study.whole().await;
    assert_eq!((again.counts.added, again.counts.unchanged, again.counts.withdrawn), (0, 1, 2), "{again}");
    assert_eq!(again.counts.people_withdrawn, 1);
    assert_eq!(study.places().await.len(), 1);
}

async fn a_consent_can_only_become_narrower_by_a_file(db: Database) {
    let study = Study::new(db).await;
    study.whole().await;
    let none = GEOJSON.replace(r#""research":true"#, r#""research":false"#);
    let file = study.file("none.geojson", &none);
    let narrower = study.import(&file, WHO).await.unwrap();
    assert_eq!((narrower.counts.consent_narrowed, narrower.counts.unchanged), (1, 3), "{narrower}");
    assert!(study.places().await.iter().all(|p| !p.content.share.research));
    study.whole().await;
    assert!(study.places().await.iter().all(|p| !p.content.share.research), "a file does not widen it again");
    // Who came and agreed here decides alone.
    let place = study.places().await.into_iter().find(|p| p.content.name.is_some()).unwrap();
    let known = study.db.store.participant(place.owner).await.unwrap().unwrap();
    let here = Purposes { research: true, published_maps: true, public_story: true };
    let consent = ConsentRecord { version: "2026-3".to_owned(), purposes: here, ..known.consent };
    study.db.store.change_consent(place.owner, &consent).await.unwrap();
    assert_eq!(study.import(&file, WHO).await.unwrap().counts.consent_narrowed, 0);
    assert_eq!(study.db.store.participant(place.owner).await.unwrap().unwrap().consent.purposes, here);
}

async fn a_table_made_by_excel_is_understood_with_a_mapping(db: Database) {
    let study = Study::new(db).await;
    let mapping = study.file(
        "mapping.json",
        r#"{"participant":"Osaleja","columns":{"id":"Nr","lon":"Pikkus","lat":"Laius","name":"Koht","being":"Olemine",
            "doing":"Tegemine","research":"Nõus","activities":"Tegevused","precision":"Täpsus"},
            "feelings":{"Rahu (0–3)":"calm"},"words":{"jalutamine":"walking","kvartal":"block"},
            "defaults":{"published_maps":"yes"}}"#,
    );
    let table = "\u{feff}Osaleja;Nr;Pikkus;Laius;Koht;Olemine;Tegemine;Nõus;Tegevused;Täpsus;Rahu (0–3);feeling_safety\r\n\
        P01;1;26,7225;58,3806;Pink;jah;ei;jah;Jalutamine, lugemine;kvartal;3;1\r\n\
        P01;2;26,71;58,37;Kodu;jah;jah;ei;;kvartal;0;\r\n\
        P02;3;idas;58,37;;jah;;;;;;\r\n";
    let file = study.file("uuring.csv", table);
    let options = PlacesOptions { participant_field: None, mapping: Some(&mapping), ..WHO };
    let report = study.import(&file, options).await.unwrap();
    assert_eq!((report.counts.added, report.counts.people_added), (2, 1), "{report}");
    assert_eq!(report.skipped, [("line 4".to_owned(), "lon: is not a number of degrees".to_owned())]);
    let places = study.places().await;
    let bench = places.iter().find(|p| p.content.name.as_deref() == Some("Pink")).unwrap();
    assert_eq!(bench.content.activities, ["walking", "lugemine"]);
    assert_eq!(bench.content.precision, engine::grid::Precision::Block);
    assert_eq!(
        bench.content.feelings.iter().map(engine::feeling::Feeling::strength).collect::<Vec<_>>(),
        [3, 1]
    );
    assert_eq!(bench.content.share, Purposes { research: true, published_maps: true, public_story: false });
    let home = places.iter().find(|p| p.content.name.as_deref() == Some("Kodu")).unwrap();
    assert!(!home.content.share.research && home.content.feelings.is_empty());
    let again = study.import(&file, options).await.unwrap();
    assert_eq!((again.counts.added, again.counts.unchanged), (0, 2));
}

async fn bad_files_write_nothing_and_say_why_in_a_line(db: Database) {
    let study = Study::new(db).await;
    let good = "who,lon,lat,being\nP01,26.72,58.38,yes\n";
    let wrong_mapping = study.file("wrong.json", r#"{"columns":{"mood":"x"}}"#);
    let broken_mapping = study.file("broken.json", "{");
    for (name, content, mapping, said) in [
        ("cut.geojson", &GEOJSON[..300], None, "JSON"),
        ("empty.csv", "", None, "empty"),
        ("header.csv", "who,lon,lat\n", None, "nothing else"),
        ("other.csv", "person,lon,lat\nP01,26.72,58.38\n", None, "no column \"who\""),
        ("long.csv", "who,lon\nP01,1,2,3\n", None, "line 2"),
        ("nowhere.csv", "who,being\nP01,yes\n", None, "line 2: lon"),
        ("kinds.csv", "who,lon,lat\nP01,26.72,58.38\n", None, "being"),
        ("study.xlsx", "PK", None, "neither GeoJSON"),
        ("mapped.csv", good, Some(&wrong_mapping), "mood"),
        ("mapped2.csv", good, Some(&broken_mapping), "broken.json"),
    ] {
        let file = study.file(name, content);
        let mapping = mapping.map(PathBuf::as_path);
        let error = study.import(&file, PlacesOptions { mapping, ..WHO }).await.unwrap_err().to_string();
        assert!(error.contains(said) && !error.contains('\n'), "{name}: {error}");
    }
    assert!(study.places().await.is_empty());
}

#[tokio::test]
async fn the_command_hands_out_codes_that_open_the_places_and_fails_in_one_line() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let data = at("data");
    binary::run_well(&["community", "add", "c", "--data-dir", &data]);
    std::fs::write(at("s.csv"), "who,lon,lat,being,research\n=P01,26.72,58.38,yes,yes\n").unwrap();
    let table = at("s.csv");
    let places =
        ["import", "places", &table, "--community", "c", "--participant-field", "who", "--data-dir", &data];
    assert!(binary::run_well(&[&places[..], &["--dry-run"]].concat()).contains("1 places added"));
    assert!(!folder.path().join("data/secret.key").exists(), "a dry run writes nothing at all");
    let codes = at("codes.csv");
    let printed = binary::run_well(&[&places[..], &["--codes", &codes]].concat());
    assert!(printed.contains("1 read: 1 places added") && !printed.contains("P01"), "{printed}");
    let written = std::fs::read_to_string(&codes).unwrap();
    let (name, code) = written.lines().nth(1).unwrap().split_once(',').unwrap();
    assert_eq!(name, "\"'=P01\"");
    let server = binary::Server::start(&["--data-dir", &data]);
    let url = format!("{}/api/communities/c/participants/return", server.url);
    let client = reqwest::Client::new();
    let back = client.post(url).json(&serde_json::json!({"return_code": code})).send().await.unwrap();
    assert_eq!(back.status(), 200);
    drop(server);
    std::fs::write(at("bad.csv"), "x\n1\n").unwrap();
    let failed = binary::run(&["import", "places", &at("bad.csv"), "--community", "c", "--data-dir", &data]);
    assert_eq!(failed.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&failed.stderr).lines().count(), 1);
}
