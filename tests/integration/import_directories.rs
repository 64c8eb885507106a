//! Other people's directories: HSDS, Ohana's tables, and lists made with Excel.

use std::io::Write as _;
use std::path::Path;

use engine::support::{Channel, Form, Price, Status, Support};
use engine::{LonLat, SupportId};
use serde_json::{Value, json};
use stead::ambient::Ambient;
use stead::import::{self, Format, Mapping, Options, Report};
use stead::store::{SupportEdit, SupportOp};

use crate::binary;
use crate::databases::{Database, Engine, on_both_engines};
use crate::shared::data;
use crate::test_app::{community, community_id};

on_both_engines![
    hsds_in_json_and_in_tables_says_the_same,
    a_services_words_become_ours_and_what_it_does_not_say_is_unknown,
    stewards_edits_survive_and_what_is_gone_is_marked,
    an_ohana_folder_is_read_whole,
];

async fn import(db: &Database, path: &Path) -> Report {
    let format = Format::of(path).expect("the format is recognised");
    import::supports(&*db.store, &Ambient::system(), &community_id("c"), path, format).await.unwrap()
}

async fn stored(db: &Database) -> Vec<Support> {
    db.store.supports(&community_id("c")).await.unwrap()
}

async fn hsds_in_json_and_in_tables_says_the_same(db: Database) {
    db.store.add_community(&community("c")).await.unwrap();
    for (file, format) in [
        ("service_full.json", Format::Hsds),
        ("service_at_location_full.json", Format::Hsds),
        ("tabular.json", Format::Hsds),
        ("csv", Format::Hsds),
    ] {
        let path = data("directory/hsds-3.0").join(file);
        assert_eq!(Format::of(&path), Some(format), "{file}");
        let report = import(&db, &path).await;
        assert_eq!(report.read, 1, "{file}: {report}");
        // The example is at latitude 100.
        assert!(report.to_string().contains("nowhere on earth"), "{file}: {report}");
        let all = stored(&db).await;
        assert_eq!(all.len(), 1, "{file}: the same service is the same support: {all:?}");
        let d = &all[0].details;
        assert_eq!(d.source_id, "e94c9f38-1e8f-4564-91d4-d53501ab1765");
        assert_eq!((d.name.as_deref(), d.status), (Some("Community Counselling"), Status::Active));
        assert_eq!(d.phone.as_deref(), Some("+44 1234 234567"), "{file}");
        assert_eq!(d.price, Price::Unknown, "its price ended in 2022");
        assert_eq!(d.languages, ["ur"], "{file}");
        assert_eq!(d.eligibility.as_deref().map(|e| e.ends_with("12–100")), Some(true), "{file}");
        assert!(d.schedules.is_empty() && d.closeness.is_empty() && d.direct.is_none());
    }
    let zipped = tempfile::tempdir().unwrap();
    let path = zipped.path().join("directory.zip");
    zip(&data("directory/hsds-3.0/csv"), &path);
    let again = import(&db, &path).await;
    assert_eq!((again.counts.added, again.counts.changed, again.counts.unchanged), (0, 0, 1), "{again}");
}

fn zip(folder: &Path, to: &Path) {
    let mut writer = zip::ZipWriter::new(std::fs::File::create(to).unwrap());
    for entry in std::fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().path();
        let name = format!("directory/{}", file.file_name().unwrap().to_string_lossy());
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&std::fs::read(&file).unwrap()).unwrap();
    }
    writer.finish().unwrap();
}

fn service(id: &str, name: &str, more: &Value) -> Value {
    let mut service = json!({"id": id, "name": name, "status": "active",
        "organization": {"id": "o", "name": "Selts"},
        "service_at_locations": [{"id": format!("at-{id}"), "location": {"id": "l", "location_type": "physical",
            "latitude": 58.38, "longitude": 26.72,
            "addresses": [{"address_1": "Tee 1", "city": "Tartu", "postal_code": "50001", "country": "EE",
                "state_province": "Tartumaa", "address_type": "physical"}]}}]});
    for (key, value) in more.as_object().unwrap() {
        service[key] = value.clone();
    }
    service
}

fn term(name: &str) -> Value {
    json!({"link_type": "x", "taxonomy_term": {"id": name, "name": name, "description": "", "taxonomy": "OE"}})
}

async fn import_json(db: &Database, services: &[Value]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("services.json");
    std::fs::write(&path, json!({"total_items": services.len(), "contents": services}).to_string()).unwrap();
    import(db, &path).await
}

async fn a_services_words_become_ours_and_what_it_does_not_say_is_unknown(db: Database) {
    db.store.add_community(&community("c")).await.unwrap();
    let report = import_json(&db, &[
        service("a", "A", &json!({"attributes": [term("Peer support")], "fees_description": "Sometimes",
            "schedules": [{"freq": "MONTHLY", "byday": "2TU", "opens_at": "17:00:00", "closes_at": "19:00:00"}]})),
        service("b", "B", &json!({"cost_options": [{"id": "x", "amount": 0}]})),
        service("c", "C", &json!({"cost_options": [{"id": "x", "amount": 2.5, "currency": "eur"}],
            "schedules": [{"freq": "WEEKLY", "byday": "MO", "count": 3, "opens_at": "10:00", "closes_at": "11:00"}]})),
        service("d", "D", &json!({"attributes": [term("Women's shelters")], "status": "temporarily closed"})),
        service("e", "E", &json!({"service_at_locations": [{"id": "v", "location": {"id": "w", "location_type": "virtual", "url": "https://x.ee"}}]})),
        json!({"id": "f", "name": "no status"}),
    ]).await;
    assert_eq!((report.read, report.no_support, report.counts.added), (6, 1, 5), "{report}");
    assert!(report.to_string().contains("1 taken over in part: a schedule by week"), "{report}");
    let all = stored(&db).await;
    let of = |name: &str| all.iter().find(|s| s.details.name.as_deref() == Some(name)).unwrap();
    assert_eq!((of("A").details.form, of("A").details.price), (Form::PeerGroup, Price::Unknown));
    assert_eq!(of("A").details.support_types.iter().count(), 2);
    assert_eq!(of("A").details.schedules.len(), 1);
    assert_eq!(of("A").details.address.as_deref(), Some("Tee 1, 50001 Tartu"));
    assert_eq!(of("A").location, LonLat::new(26.72, 58.38).ok());
    assert_eq!(of("B").details.price, Price::Free);
    let amount = of("C").details.price_amount.as_ref().unwrap();
    assert_eq!((of("C").details.price, &*amount.amount, &*amount.currency), (Price::Paid, "2.5", "EUR"));
    assert!(of("C").details.schedules.is_empty() && of("C").details.support_types.is_empty());
    let shelter = of("D");
    assert!(shelter.details.confidential && shelter.location.is_none() && shelter.details.address.is_none());
    assert_eq!(shelter.details.status, Status::TemporarilyClosed);
    assert_eq!((of("E").details.channel, of("E").location), (Channel::Online, None));
}

async fn stewards_edits_survive_and_what_is_gone_is_marked(db: Database) {
    db.store.add_community(&community("c")).await.unwrap();
    let (a, b) = (service("a", "A", &json!({})), service("b", "B", &json!({})));
    import_json(&db, &[a.clone(), b]).await;
    let before = stored(&db).await;
    let before = before.iter().find(|s| s.details.name.as_deref() == Some("A")).unwrap();
    let mut details = before.details.clone();
    details.price = Price::Free;
    edit(&db, before, details).await;
    let changed = service("a", "A new", &json!({"cost_options": [{"id": "x", "amount": 9}]}));
    let report = import_json(&db, &[changed]).await;
    assert_eq!((report.counts.changed, report.counts.missing), (1, 1), "{report}");
    let all = stored(&db).await;
    let a = all.iter().find(|s| s.id == before.id).unwrap();
    assert_eq!((a.details.name.as_deref(), a.details.price), (Some("A new"), Price::Free), "curated");
    assert!(all.iter().any(|s| s.details.name.as_deref() == Some("B") && s.missing_since.is_some()));
    // A directory of another name says nothing of this one's.
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.json");
    std::fs::write(&path, json!([service("z", "Z", &json!({}))]).to_string()).unwrap();
    for (dry_run, added, count) in [(true, 1, 2), (false, 1, 3), (true, 0, 3)] {
        let options = Options { source: Some("other".to_owned()), dry_run, ..Options::default() };
        let id = community_id("c");
        let report = import::supports_with(&*db.store, &Ambient::system(), &id, &path, Format::Hsds, options)
            .await
            .unwrap();
        assert_eq!(
            (report.counts.added, report.counts.missing, stored(&db).await.len()),
            (added, 0, count),
            "{report}"
        );
    }
}

async fn edit(db: &Database, support: &Support, details: engine::support::SupportDetails) {
    let edit = SupportEdit {
        community: community_id("c"),
        id: support.id,
        location: support.location,
        details,
        expected: support.version,
        op: SupportOp::Edit,
        who: "steward".to_owned(),
        at: Ambient::system().now(),
    };
    db.store.edit_support(&edit).await.unwrap();
}

async fn an_ohana_folder_is_read_whole(db: Database) {
    db.store.add_community(&community("c")).await.unwrap();
    let path = data("directory/ohana-sample-csv");
    assert_eq!(Format::of(&path), Some(Format::Ohana));
    let report = import(&db, &path).await;
    assert_eq!((report.read, report.counts.added), (23, 23), "{report}");
    let all = stored(&db).await;
    let of = |id: &str| &all.iter().find(|s| s.details.source_id == id).unwrap().details;
    assert_eq!(of("1").organisation.as_deref(), Some("Peninsula Family Service"));
    assert_eq!(of("1").phone.as_deref(), Some("650 780-7525"));
    assert_eq!((of("1").wheelchair.as_deref(), of("1").price), (Some("yes"), Price::Unknown));
    assert!(of("1").support_types.iter().count() > 0 && of("1").address.is_some());
    assert!(all.iter().any(|s| !s.details.schedules.is_empty()));
    let again = import(&db, &path).await;
    assert_eq!(again.counts.unchanged, 23, "{again}");
}

#[test]
fn a_bad_directory_ends_in_one_line_and_a_dry_run_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().to_str().unwrap();
    binary::run_well(&["community", "add", "c", "--data-dir", place]);
    let write = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let list = write("list.csv", "\u{feff}Nr;Nimi;Laius;Pikkus\r\n1;Köök;58,38;26,72\r\n".as_bytes());
    let good = write(
        "good.toml",
        b"[columns]\nid = \"Nr\"\nname = \"Nimi\"\nlatitude = \"Laius\"\nlongitude = \"Pikkus\"\n",
    );
    let wrong = write("wrong.json", br#"{"columns": {"id": "Number"}}"#);
    let cut = write("cut.zip", b"PK\x03\x04nothing");
    let json = write("cut.json", br#"{"contents": [{"id": "#);
    let foreign = write("foreign.json", br#"[{"id": "1"}, {"colour": "green"}]"#);
    let empty = folder.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    let import = |file: &str, more: &[&str]| {
        let start = ["import", "supports", file, "--community", "c", "--data-dir", place];
        binary::run(&[&start[..], more].concat())
    };
    for (output, said) in [
        (import(&list, &["--mapping", &wrong]), "Number"),
        (import(&list, &[]), "--mapping"),
        (import(&cut, &["--format", "hsds"]), "zip"),
        (import(&json, &["--format", "hsds"]), "JSON"),
        (import(&foreign, &["--format", "hsds"]), "no service of HSDS"),
        (import(empty.to_str().unwrap(), &[]), "services.csv"),
    ] {
        let error = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), error.lines().count()), (Some(1), 1), "{error}");
        assert!(error.contains(said), "{error} should say {said}");
    }
    let counts = |more: &[&str]| {
        let output = import(&list, &[&["--mapping", good.as_str()][..], more].concat());
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(counts(&["--dry-run"]).contains("1 added"));
    let second = counts(&[]);
    assert!(second.contains("1 added"), "nothing was written before: {second}");
    assert!(counts(&[]).contains("1 unchanged"));
}

#[tokio::test]
async fn our_own_table_of_supports_is_read_without_being_told_its_columns() {
    let db = Database::fresh(Engine::Sqlite).await;
    db.store.add_community(&community("c")).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("supports.csv");
    let table = "id,name,category,form,price,languages,source,source_id,longitude,latitude\n\
        x,Library,library,library,unknown,\"et,ru\",osm,node/1,26.7,58.3\n";
    std::fs::write(&path, table).unwrap();
    let report = import(&db, &path).await;
    let all = stored(&db).await;
    assert_eq!(all.len(), 1, "{report}");
    assert_eq!((all[0].details.source.as_str(), all[0].details.source_id.as_str()), ("osm", "node/1"));
    assert_eq!((all[0].details.price, all[0].details.languages.len()), (Price::Unknown, 2));
    let _: SupportId = all[0].id;
    assert!(Mapping::parse("{}", false).is_ok());
}

#[tokio::test]
async fn the_table_and_the_mapping_of_the_manual_go_together() {
    let db = Database::fresh(Engine::Sqlite).await;
    db.store.add_community(&community("c")).await.unwrap();
    let manual = include_str!("../../docs/import-supports.md");
    let block =
        |kind: &str| manual.split_once(&format!("```{kind}\n")).unwrap().1.split("```").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("list.csv");
    std::fs::write(&path, block("csv")).unwrap();
    let mapping = Some(Mapping::parse(block("toml"), true).unwrap());
    let options = Options { mapping, ..Options::default() };
    let (id, ambient) = (community_id("c"), Ambient::system());
    let report = import::supports_with(&*db.store, &ambient, &id, &path, Format::Csv, options).await.unwrap();
    assert_eq!((report.counts.added, report.skipped.len(), report.noted.len()), (3, 0, 0), "{report}");
    let all = stored(&db).await;
    let seen = |n: &str| all.iter().find(|s| s.details.name.as_deref() == Some(n)).unwrap();
    let (library, clubhouse) = (seen("Kalda raamatukogu"), seen("Jõe klubimaja"));
    assert_eq!((library.details.source.as_str(), library.details.price), ("tartu-list", Price::Free));
    assert_eq!((clubhouse.details.price, clubhouse.details.languages.len()), (Price::Unknown, 1));
    assert!(library.location.is_some() && seen("Varjupaik").location.is_none());
    for field in Mapping::fields() {
        assert!(
            field.starts_with("source") || manual.contains(&format!("`{field}`")),
            "{field} is not in the manual"
        );
    }
}
