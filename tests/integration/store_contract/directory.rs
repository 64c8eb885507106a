//! Supports and neighbourhoods: public data that is imported again and again.

use engine::neighbourhood::Neighbourhood;
use engine::support::{Channel, Closeness, Form, Price, Schedule, Status, Support, SupportDetails};
use engine::{LonLat, SupportId};
use stead::store::{ImportCounts, StoreError};

use super::fixtures::*;
use crate::databases::{Database, on_both_engines};

on_both_engines!(
    a_support_is_read_as_it_was_imported,
    importing_supports_twice_changes_nothing_and_keeps_their_ids,
    what_changed_in_a_support_is_changed_under_its_old_id,
    every_field_of_a_support_counts_as_a_change,
    of_a_support_that_comes_twice_the_last_one_counts,
    an_import_of_supports_is_all_or_nothing,
    supports_of_two_communities_do_not_meet,
    ten_thousand_supports_come_in_within_seconds,
    a_neighbourhood_is_read_to_the_last_bit,
    importing_neighbourhoods_twice_changes_nothing_and_keeps_their_ids,
    a_neighbourhood_is_recognised_by_its_source_id_or_else_by_its_name,
    of_a_neighbourhood_that_comes_twice_the_last_one_counts,
    neighbourhoods_are_listed_by_name,
    public_data_needs_a_community,
);

fn counts(added: usize, changed: usize, unchanged: usize) -> ImportCounts {
    ImportCounts { added, changed, unchanged, missing: 0 }
}

async fn a_support_is_read_as_it_was_imported(db: Database) {
    let community = kaldavere(&db).await;
    let full = full_support("node/1");
    let details = SupportDetails {
        name: None,
        opening_hours: None,
        website: None,
        wheelchair: None,
        address: Some("Õpetaja 5, Käldavere".into()),
        phone: Some("+372 5555".into()),
        price: Price::Unknown,
        ..support("way/2").details
    };
    let other = Support { details, ..support("way/2") };
    let all = [full.clone(), other.clone()];
    assert_eq!(
        db.store.upsert_supports(&community, &all, &some_of_osm(), at(99)).await.unwrap(),
        counts(2, 0, 0)
    );
    assert_eq!(db.store.supports(&community).await.unwrap(), all);
    assert_eq!(db.store.support(&community, other.id).await.unwrap(), Some(other));
    assert_eq!(db.store.support(&community, SupportId(id())).await.unwrap(), None);
    assert_eq!(db.store.support(&name("nowhere"), full.id).await.unwrap(), None);
}

async fn importing_supports_twice_changes_nothing_and_keeps_their_ids(db: Database) {
    let community = kaldavere(&db).await;
    let first = [support("node/1"), support("node/2")];
    db.store.upsert_supports(&community, &first, &some_of_osm(), at(99)).await.unwrap();
    let again = [support("node/1"), support("node/2")].map(|s| Support { updated_at: at(99), ..s });
    assert_eq!(
        db.store.upsert_supports(&community, &again, &some_of_osm(), at(99)).await.unwrap(),
        counts(0, 0, 2)
    );
    assert_eq!(db.store.supports(&community).await.unwrap(), first);
    assert_eq!(
        db.store.upsert_supports(&community, &first, &some_of_osm(), at(99)).await.unwrap(),
        counts(0, 0, 2)
    );
    assert_eq!(
        db.store.upsert_supports(&community, &[], &some_of_osm(), at(99)).await.unwrap(),
        counts(0, 0, 0)
    );
}

async fn what_changed_in_a_support_is_changed_under_its_old_id(db: Database) {
    let community = kaldavere(&db).await;
    let stays = support("node/1");
    let before = support("node/2");
    db.store
        .upsert_supports(&community, &[stays.clone(), before.clone()], &some_of_osm(), at(99))
        .await
        .unwrap();
    let moved = Support { location: LonLat::new(26.7, 58.4).ok(), updated_at: at(99), ..support("node/2") };
    let new = support("node/3");
    let batch = [support("node/1"), moved.clone(), new.clone()];
    assert_eq!(
        db.store.upsert_supports(&community, &batch, &some_of_osm(), at(99)).await.unwrap(),
        counts(1, 1, 1)
    );
    let moved = Support { id: before.id, version: 2, ..moved };
    assert_eq!(db.store.supports(&community).await.unwrap(), [stays, moved, new]);
}

async fn every_field_of_a_support_counts_as_a_change(db: Database) {
    let community = kaldavere(&db).await;
    let mut now = support("node/1");
    db.store.upsert_supports(&community, &[now.clone()], &some_of_osm(), at(99)).await.unwrap();
    let changes: [fn(&mut Support); 19] = [
        |s| s.location = LonLat::new(26.5, 58.380_6).ok(),
        |s| s.location = LonLat::new(26.5, 58.5).ok(),
        |s| s.details.name = None,
        |s| s.details.category = "cafe".into(),
        |s| s.details.support_types = engine::support::SupportTypes::default(),
        |s| s.details.price = Price::Low,
        |s| s.details.opening_hours = None,
        |s| s.details.address = Some("Jõe 1".into()),
        |s| s.details.phone = Some("1".into()),
        |s| s.details.website = None,
        |s| s.details.wheelchair = Some("no".into()),
        |s| s.details.wheelchair = None,
        |s| s.details.form = Form::PeerGroup,
        |s| s.details.languages = vec!["ru".into(), "et".into()],
        |s| s.details.status = Status::TemporarilyClosed,
        |s| s.details.closeness = [Closeness::Outreach].into(),
        |s| s.details.schedules = vec![Schedule { interval: 2, ..Schedule::default() }],
        |s| s.details.lived_experience = Some(false),
        |s| (s.location, s.details.channel) = (None, Channel::Telephone),
    ];
    for (i, change) in changes.into_iter().enumerate() {
        change(&mut now);
        now.updated_at = at(99);
        now.version += 1;
        let import =
            db.store.upsert_supports(&community, &[now.clone()], &some_of_osm(), at(99)).await.unwrap();
        assert_eq!(import, counts(0, 1, 0), "change {i}");
        assert_eq!(db.store.supports(&community).await.unwrap(), [now.clone()], "change {i}");
    }
}

async fn of_a_support_that_comes_twice_the_last_one_counts(db: Database) {
    let community = kaldavere(&db).await;
    let mut last = support("node/1");
    last.details.name = Some("last".into());
    let import = db
        .store
        .upsert_supports(&community, &[support("node/1"), last.clone()], &some_of_osm(), at(99))
        .await
        .unwrap();
    assert_eq!(import, counts(1, 0, 0));
    assert_eq!(db.store.supports(&community).await.unwrap(), [last]);
}

async fn an_import_of_supports_is_all_or_nothing(db: Database) {
    let community = kaldavere(&db).await;
    let first = support("node/1");
    let same_id = Support { id: first.id, ..support("node/2") };
    assert!(db.store.upsert_supports(&community, &[first, same_id], &some_of_osm(), at(99)).await.is_err());
    assert_eq!(db.store.supports(&community).await.unwrap(), []);
}

async fn supports_of_two_communities_do_not_meet(db: Database) {
    let here = kaldavere(&db).await;
    db.store.add_community(&community("tartu")).await.unwrap();
    for community in [here.clone(), name("tartu")] {
        let import =
            db.store.upsert_supports(&community, &[support("node/1")], &some_of_osm(), at(99)).await.unwrap();
        assert_eq!(import, counts(1, 0, 0));
    }
    assert_eq!(db.store.supports(&here).await.unwrap().len(), 1);
}

async fn ten_thousand_supports_come_in_within_seconds(db: Database) {
    let community = kaldavere(&db).await;
    let many: Vec<_> = (0..10_000).map(|i| support(&format!("node/{i}"))).collect();
    let scope = some_of_osm();
    let import = db.store.upsert_supports(&community, &many, &scope, at(99));
    let import = tokio::time::timeout(std::time::Duration::from_secs(30), import).await;
    assert_eq!(import.expect("it takes seconds").unwrap(), counts(10_000, 0, 0));
    let mut again = many.clone();
    again[7_000].details.phone = Some("1".into());
    assert_eq!(
        db.store.upsert_supports(&community, &again, &some_of_osm(), at(99)).await.unwrap(),
        counts(0, 1, 9_999)
    );
    assert_eq!(db.store.supports(&community).await.unwrap().len(), 10_000);
}

async fn a_neighbourhood_is_read_to_the_last_bit(db: Database) {
    let community = kaldavere(&db).await;
    let unknown = Neighbourhood { population: None, ..neighbourhood("Ülejõe", Some("784/3")) };
    let largest = Neighbourhood { population: Some(u32::MAX), ..neighbourhood("Supilinn", None) };
    let both = [largest, unknown];
    assert_eq!(db.store.upsert_neighbourhoods(&community, &both, at(1)).await.unwrap(), counts(2, 0, 0));
    assert_eq!(db.store.neighbourhoods(&community).await.unwrap(), both);
}

async fn importing_neighbourhoods_twice_changes_nothing_and_keeps_their_ids(db: Database) {
    let community = kaldavere(&db).await;
    let batch = || [neighbourhood("A", Some("1")), neighbourhood("B", None)];
    let first = batch();
    db.store.upsert_neighbourhoods(&community, &first, at(1)).await.unwrap();
    assert_eq!(db.store.upsert_neighbourhoods(&community, &batch(), at(2)).await.unwrap(), counts(0, 0, 2));
    assert_eq!(db.store.neighbourhoods(&community).await.unwrap(), first);
    assert_eq!(db.store.upsert_neighbourhoods(&community, &[], at(2)).await.unwrap(), counts(0, 0, 0));
}

async fn a_neighbourhood_is_recognised_by_its_source_id_or_else_by_its_name(db: Database) {
    let community = kaldavere(&db).await;
    let first = [neighbourhood("A", Some("1")), neighbourhood("B", None), neighbourhood("C", Some("3"))];
    db.store.upsert_neighbourhoods(&community, &first, at(1)).await.unwrap();
    let batch = [
        // Renamed at its source.
        neighbourhood("A2", Some("1")),
        // Its source gives ids from now on.
        neighbourhood("B", Some("2")),
        // This time without ids.
        Neighbourhood { population: None, ..neighbourhood("C", None) },
        // A namesake with an id of its own is another one.
        neighbourhood("C", Some("4")),
    ];
    assert_eq!(db.store.upsert_neighbourhoods(&community, &batch, at(2)).await.unwrap(), counts(1, 3, 0));
    let now = db.store.neighbourhoods(&community).await.unwrap();
    let seen: Vec<_> = now.iter().map(|n| (n.name.as_str(), n.source_id.as_deref(), n.id)).collect();
    let expected = [
        ("A2", Some("1"), first[0].id),
        ("B", Some("2"), first[1].id),
        ("C", Some("3"), first[2].id),
        ("C", Some("4"), batch[3].id),
    ];
    assert_eq!(seen, expected);
    assert_eq!(now[2].population, None);
}

async fn of_a_neighbourhood_that_comes_twice_the_last_one_counts(db: Database) {
    let community = kaldavere(&db).await;
    let first = neighbourhood("A", None);
    let last = Neighbourhood { population: Some(5), ..neighbourhood("A", None) };
    let import = db.store.upsert_neighbourhoods(&community, &[first.clone(), last], at(1)).await.unwrap();
    assert_eq!(import, counts(1, 0, 0));
    let now = db.store.neighbourhoods(&community).await.unwrap();
    assert_eq!(now, [Neighbourhood { population: Some(5), ..first }]);
}

async fn neighbourhoods_are_listed_by_name(db: Database) {
    let community = kaldavere(&db).await;
    let names = ["b", "Ä", "Z", "A b", "AB"];
    let batch = names.map(|name| neighbourhood(name, None));
    db.store.upsert_neighbourhoods(&community, &batch, at(1)).await.unwrap();
    let now = db.store.neighbourhoods(&community).await.unwrap();
    // By code points, alike on every machine; the pages sort by the reader's language.
    assert_eq!(now.iter().map(|n| n.name.as_str()).collect::<Vec<_>>(), ["A b", "AB", "Z", "b", "Ä"]);
}

async fn public_data_needs_a_community(db: Database) {
    let nowhere = name("nowhere");
    let supports = db.store.upsert_supports(&nowhere, &[support("node/1")], &some_of_osm(), at(99)).await;
    assert!(matches!(supports, Err(StoreError::Missing(_))), "{supports:?}");
    let hoods = db.store.upsert_neighbourhoods(&nowhere, &[neighbourhood("A", None)], at(1)).await;
    assert!(matches!(hoods, Err(StoreError::Missing(_))), "{hoods:?}");
    assert_eq!(db.store.supports(&nowhere).await.unwrap(), []);
    assert_eq!(db.store.neighbourhoods(&nowhere).await.unwrap(), []);
}
