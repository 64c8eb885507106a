//! Participants' photos.

use engine::photo::PhotoContent;
use engine::place::Place;
use engine::{ParticipantId, PhotoId, PlaceId};
use stead::store::{NewPhoto, Photo, PhotoAdded, Size};

use super::fixtures::*;
use crate::databases::{Database, on_both_engines};

on_both_engines!(
    a_photo_comes_back_byte_by_byte_and_the_oldest_first,
    nobody_reaches_anothers_photo_or_one_of_another_place,
    what_is_sent_twice_is_kept_once_and_what_was_deleted_stays_gone,
    nobody_keeps_more_photos_than_allowed_not_even_at_once,
    photos_go_with_their_place_and_with_their_owner,
);

fn photo(place: &Place, seconds: i64) -> NewPhoto {
    let content: PhotoContent =
        serde_json::from_str(r#"{"caption":"Kruus «soe» 🌞","people":"agreed"}"#).unwrap();
    let photo = Photo {
        id: PhotoId(id()),
        place: place.id,
        content,
        width: 2_048,
        height: 1_024,
        created_at: at(seconds),
    };
    let erased = stead_erased(photo.id);
    NewPhoto { owner: place.owner, photo, jpeg: vec![0, 255, 7], thumb: vec![1], erased, most: 100 }
}

fn stead_erased(id: PhotoId) -> [u8; 32] {
    id.0.into_bytes().repeat(2).try_into().unwrap()
}

async fn kept(db: &Database, place: &Place, seconds: i64) -> Photo {
    let new = photo(place, seconds);
    assert_eq!(db.store.add_photo(&new).await.unwrap(), PhotoAdded::Kept);
    new.photo
}

async fn a_photo_comes_back_byte_by_byte_and_the_oldest_first(db: Database) {
    let community = kaldavere(&db).await;
    let owner = somebody(&db, &community).await;
    let place = saved(&db, &community, owner, "a").await;
    let other = saved(&db, &community, owner, "b").await;
    let (late, early) = (kept(&db, &place, 9).await, kept(&db, &place, 3).await);
    let elsewhere = kept(&db, &other, 5).await;
    assert_eq!(db.store.photos(&[place.id]).await.unwrap(), [early.clone(), late.clone()]);
    assert_eq!(db.store.photos(&[other.id, place.id]).await.unwrap().len(), 3);
    assert_eq!(db.store.photos(&[]).await.unwrap(), []);
    let ids = [&early, &elsewhere, &late].map(|photo| (photo.place, photo.id));
    assert_eq!(db.store.photo_ids(owner).await.unwrap(), ids);
    let full = db.store.photo(place.id, late.id, Size::Full).await.unwrap();
    assert_eq!(full, Some((late.clone(), vec![0, 255, 7])));
    let thumb = db.store.photo(place.id, late.id, Size::Thumb).await.unwrap();
    assert_eq!(thumb, Some((late.clone(), vec![1])));
    assert_eq!(db.store.photo(other.id, late.id, Size::Full).await.unwrap(), None);
    let content = PhotoContent { alt: "Tass".into(), ..PhotoContent::default() };
    let changed = db.store.change_photo(owner, place.id, late.id, &content).await.unwrap().unwrap();
    assert_eq!(changed, Photo { content, ..late });
    assert_eq!(db.store.photos(&[place.id]).await.unwrap(), [early, changed]);
}

async fn nobody_reaches_anothers_photo_or_one_of_another_place(db: Database) {
    let community = kaldavere(&db).await;
    let (owner, other) = (somebody(&db, &community).await, somebody(&db, &community).await);
    let place = saved(&db, &community, owner, "a").await;
    let mine = saved(&db, &community, owner, "b").await;
    let theirs = saved(&db, &community, other, "c").await;
    let one = kept(&db, &place, 9).await;
    let content = PhotoContent::default();
    let nobody = ParticipantId(id());
    for (who, there) in
        [(other, place.id), (other, theirs.id), (owner, mine.id), (nobody, place.id), (owner, PlaceId(id()))]
    {
        assert_eq!(db.store.change_photo(who, there, one.id, &content).await.unwrap(), None);
        assert!(!db.store.delete_photo(who, there, one.id, &erasure()).await.unwrap());
    }
    for (who, there) in [(other, place.id), (nobody, place.id), (owner, theirs.id), (owner, PlaceId(id()))] {
        let mut new = photo(&place, 10);
        (new.owner, new.photo.place) = (who, there);
        assert_eq!(db.store.add_photo(&new).await.unwrap(), PhotoAdded::NoSuchPlace);
    }
    assert_eq!(db.store.photos(&[place.id]).await.unwrap(), [one]);
    assert_eq!(db.store.photo_ids(other).await.unwrap(), []);
}

async fn what_is_sent_twice_is_kept_once_and_what_was_deleted_stays_gone(db: Database) {
    let community = kaldavere(&db).await;
    let owner = somebody(&db, &community).await;
    let place = saved(&db, &community, owner, "a").await;
    let new = photo(&place, 9);
    assert_eq!(db.store.add_photo(&new).await.unwrap(), PhotoAdded::Kept);
    assert_eq!(db.store.add_photo(&new).await.unwrap(), PhotoAdded::Before(Box::new(new.photo.clone())));
    assert_eq!(db.store.photo_ids(owner).await.unwrap().len(), 1);
    let gone = stead::store::Erasure { erased: new.erased, at: at(20) };
    assert!(db.store.delete_photo(owner, place.id, new.photo.id, &gone).await.unwrap());
    assert_eq!(db.store.add_photo(&new).await.unwrap(), PhotoAdded::Gone);
    assert_eq!(db.store.photo_ids(owner).await.unwrap(), []);
}

async fn nobody_keeps_more_photos_than_allowed_not_even_at_once(db: Database) {
    let community = kaldavere(&db).await;
    let owner = somebody(&db, &community).await;
    let place = saved(&db, &community, owner, "a").await;
    let tries: Vec<_> = (0..6).map(|n| NewPhoto { most: 3, ..photo(&place, n) }).collect();
    let tries = tries.into_iter().map(|new| {
        let store = db.store.clone();
        tokio::spawn(async move { store.add_photo(&new).await.unwrap() })
    });
    let mut kept = 0;
    for one in tries.collect::<Vec<_>>() {
        kept += usize::from(one.await.unwrap() == PhotoAdded::Kept);
    }
    assert_eq!((kept, db.store.photo_ids(owner).await.unwrap().len()), (3, 3));
}

async fn photos_go_with_their_place_and_with_their_owner(db: Database) {
    let community = kaldavere(&db).await;
    let (owner, other) = (somebody(&db, &community).await, somebody(&db, &community).await);
    let place = saved(&db, &community, owner, "a").await;
    let mine = saved(&db, &community, owner, "b").await;
    let theirs = saved(&db, &community, other, "c").await;
    for place in [&place, &mine, &theirs] {
        kept(&db, place, 1).await;
    }
    assert_eq!(super::erasure::count(&db, "photo").await, 3);
    db.store.delete_place(&removal(&place, 1)).await.unwrap();
    assert_eq!(super::erasure::count(&db, "photo").await, 2);
    db.store.withdraw(owner, &erasure()).await.unwrap();
    assert_eq!(super::erasure::count(&db, "photo").await, 1);
}
