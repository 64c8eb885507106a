//! What stewards decide about stories.

use engine::community::Purposes;
use engine::{PlaceId, StoryId};
use stead::store::{Decision, StoryDecision};

use super::fixtures::*;
use crate::databases::{Database, on_both_engines};

on_both_engines!(
    the_last_decision_on_a_place_counts_and_its_public_name_stays,
    decisions_are_of_one_community_and_the_newest_comes_first,
    a_decision_goes_with_its_place_and_with_its_owner,
);

fn decision(place: PlaceId, decision: Decision, seconds: i64) -> StoryDecision {
    let who = "steward@example.org".to_owned();
    StoryDecision { place, id: StoryId(id()), shown: new_hash(), decision, who, at: at(seconds) }
}

async fn the_last_decision_on_a_place_counts_and_its_public_name_stays(db: Database) {
    let community = kaldavere(&db).await;
    let owner = somebody(&db, &community).await;
    let place = saved(&db, &community, owner, "a").await.id;
    let asked = decision(place, Decision::AskedBack("Kelle «nimi»?\nPalun".into()), 1);
    assert_eq!(db.store.decide_story(&community, &asked).await.unwrap(), Some(asked.clone()));
    for last in [Decision::Declined("Ei".into()), Decision::Published] {
        let later = decision(place, last, 2);
        let kept = StoryDecision { id: asked.id, ..later.clone() };
        assert_eq!(db.store.decide_story(&community, &later).await.unwrap(), Some(kept.clone()));
        assert_eq!(db.store.story_decisions(&community).await.unwrap(), std::slice::from_ref(&kept));
        assert_eq!(db.store.story(&community, asked.id).await.unwrap(), Some(kept));
        assert_eq!(db.store.story(&community, later.id).await.unwrap(), None);
    }
}

async fn decisions_are_of_one_community_and_the_newest_comes_first(db: Database) {
    let here = kaldavere(&db).await;
    let elsewhere = community("elsewhere");
    db.store.add_community(&elsewhere).await.unwrap();
    let owner = somebody(&db, &here).await;
    let (a, b) = (saved(&db, &here, owner, "a").await.id, saved(&db, &here, owner, "b").await.id);
    let early = decision(a, Decision::Published, 1);
    let late = decision(b, Decision::Published, 2);
    for one in [&early, &late] {
        assert_eq!(db.store.decide_story(&elsewhere.id, one).await.unwrap(), None);
        db.store.decide_story(&here, one).await.unwrap().unwrap();
    }
    assert_eq!(
        db.store.decide_story(&here, &decision(PlaceId(id()), Decision::Published, 3)).await.unwrap(),
        None
    );
    assert_eq!(db.store.story_decisions(&here).await.unwrap(), [late.clone(), early.clone()]);
    assert_eq!(db.store.story_decisions(&elsewhere.id).await.unwrap(), []);
    assert_eq!(db.store.story(&elsewhere.id, early.id).await.unwrap(), None);
    assert_eq!(db.store.decisions_on(&[a]).await.unwrap(), std::slice::from_ref(&early));
    assert_eq!(db.store.decisions_on(&[a, PlaceId(id()), b]).await.unwrap(), [late, early]);
    assert_eq!(db.store.decisions_on(&[]).await.unwrap(), []);
}

async fn a_decision_goes_with_its_place_and_with_its_owner(db: Database) {
    let community = kaldavere(&db).await;
    let owner = somebody(&db, &community).await;
    let (a, b) = (saved(&db, &community, owner, "a").await, saved(&db, &community, owner, "b").await);
    for place in [&a, &b] {
        db.store.decide_story(&community, &decision(place.id, Decision::Published, 1)).await.unwrap();
    }
    // Without the purpose the place stays, and the decision with it: it is the place that is not shared.
    db.store.change_consent(owner, &consent(Purposes::default(), 5)).await.unwrap();
    assert_eq!(db.store.story_decisions(&community).await.unwrap().len(), 2);
    let version = db.store.places_by_id(&[a.id]).await.unwrap()[0].version;
    db.store.delete_place(&removal(&a, version)).await.unwrap();
    let left = db.store.story_decisions(&community).await.unwrap();
    assert_eq!(left.iter().map(|d| d.place).collect::<Vec<_>>(), [b.id]);
    db.store.withdraw(owner, &erasure()).await.unwrap().unwrap();
    assert_eq!(db.store.story_decisions(&community).await.unwrap(), []);
}
