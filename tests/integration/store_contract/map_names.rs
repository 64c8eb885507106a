//! Names on the map.

use engine::LonLat;
use engine::gazetteer::{NameKind, Named};
use stead::store::{Changed, FeedPosition, StoreError};

use super::fixtures::*;
use crate::databases::{Database, on_both_engines};

on_both_engines!(
    names_come_back_as_they_were_kept_and_a_new_import_replaces_its_own,
    names_belong_to_a_community_and_tell_the_feed_when_they_change,
);

fn named(name: &str, kind: NameKind, lines: &[&[(f64, f64)]]) -> Named {
    let line = |line: &&[(f64, f64)]| line.iter().map(|(x, y)| LonLat::new(*x, *y).unwrap()).collect();
    Named { name: name.into(), kind, lines: lines.iter().map(line).collect() }
}

async fn names_come_back_as_they_were_kept_and_a_new_import_replaces_its_own(db: Database) {
    let community = kaldavere(&db).await;
    assert_eq!(db.store.names(&community).await.unwrap(), []);
    let street =
        named("Õie «tee»", NameKind::Street, &[&[(26.7, 58.4), (26.712_345_6, -58.4)], &[(0.0, 0.0)]]);
    let park = named("Park", NameKind::Feature, &[&[(-180.0, 90.0)]]);
    let other = named("Muu", NameKind::Street, &[&[(26.1, 58.1)]]);
    db.store.replace_names(&community, "osm", &[street.clone(), park.clone()]).await.unwrap();
    db.store.replace_names(&community, "a list", std::slice::from_ref(&other)).await.unwrap();
    assert_eq!(db.store.names(&community).await.unwrap(), [other.clone(), street, park.clone()]);
    // More than go to the database at once.
    let many: Vec<_> =
        (0..4_500).map(|i| named(&format!("n{i}"), NameKind::Street, &[&[(26.0, 58.0)]])).collect();
    db.store.replace_names(&community, "osm", &many).await.unwrap();
    let kept = db.store.names(&community).await.unwrap();
    assert_eq!((kept.len(), &kept[0], &kept[4_500]), (4_501, &other, &many[4_499]));
    db.store.replace_names(&community, "osm", &[]).await.unwrap();
    assert_eq!(db.store.names(&community).await.unwrap(), [other]);
}

async fn names_belong_to_a_community_and_tell_the_feed_when_they_change(db: Database) {
    let community = kaldavere(&db).await;
    db.store.add_community(&super::fixtures::community("elsewhere")).await.unwrap();
    let (_, position) = db.changes_since(FeedPosition::default()).await;
    let park = [named("Park", NameKind::Feature, &[&[(26.7, 58.4)]])];
    db.store.replace_names(&community, "osm", &park).await.unwrap();
    assert_eq!(db.store.names(&name("elsewhere")).await.unwrap(), []);
    let (changes, _) = db.changes_since(position).await;
    assert_eq!((changes.len(), changes[0].what, &changes[0].community), (1, Changed::Names, &community));
    let nowhere = db.store.replace_names(&name("nowhere"), "osm", &park).await;
    assert!(matches!(nowhere, Err(StoreError::Missing(_))), "{nowhere:?}");
}
