//! Invitations, and joining by one.

use engine::community::Admission;
use stead::store::{CommunityChange, Entered, FeedPosition, Invitation, InvitationRefusal, Joining};

use super::fixtures::*;
use crate::databases::{Database, on_both_engines};

on_both_engines!(
    an_invitation_comes_back_as_it_was_made_and_goes_when_it_is_taken_back,
    the_last_use_lets_one_person_in_and_no_more,
    an_invitation_that_is_over_wrong_or_another_communitys_lets_nobody_in,
    a_community_keeps_no_more_invitations_than_allowed_not_even_at_once,
    who_may_join_and_that_the_numbers_were_checked_are_changed_one_by_one,
);

fn invitation(community: &engine::CommunityId, uses: u32) -> Invitation {
    Invitation {
        id: id(),
        community: community.clone(),
        code: new_hash(),
        uses,
        used: 0,
        created_at: at(0),
        expires_at: at(100),
    }
}

/// Somebody who comes with a code some seconds after the start.
fn coming(community: &engine::CommunityId, code: stead::store::Hash, seconds: i64) -> Joining {
    let mut joining = Joining { invitation: Some(code), ..joining(community, NONE) };
    joining.participant.joined_at = at(seconds);
    joining
}

async fn an_invitation_comes_back_as_it_was_made_and_goes_when_it_is_taken_back(db: Database) {
    let community = kaldavere(&db).await;
    let first = invitation(&community, 3);
    let second = Invitation { created_at: at(5), ..invitation(&community, 1) };
    assert!(db.store.add_invitation(&first, 10).await.unwrap());
    assert!(db.store.add_invitation(&second, 10).await.unwrap());
    assert_eq!(db.store.join(&coming(&community, first.code, 9)).await.unwrap(), Entered::In);
    let used = Invitation { used: 1, ..first.clone() };
    assert_eq!(db.store.invitations(&community).await.unwrap(), [second.clone(), used.clone()]);
    let nowhere = Invitation { community: name("nowhere"), ..invitation(&community, 1) };
    assert!(db.store.add_invitation(&nowhere, 10).await.is_err());

    assert!(!db.store.delete_invitation(&name("nowhere"), first.id).await.unwrap());
    assert!(db.store.delete_invitation(&community, second.id).await.unwrap());
    assert!(!db.store.delete_invitation(&community, second.id).await.unwrap());
    assert_eq!(db.store.invitations(&community).await.unwrap(), [used]);
    let late = db.store.join(&coming(&community, second.code, 9)).await.unwrap();
    assert_eq!(late, Entered::Refused(InvitationRefusal::Unknown));
}

async fn the_last_use_lets_one_person_in_and_no_more(db: Database) {
    let community = kaldavere(&db).await;
    for uses in [1, 3] {
        let made = invitation(&community, uses);
        db.store.add_invitation(&made, 10).await.unwrap();
        let comings = (0..8).map(|_| {
            let (store, joining) = (db.store.clone(), coming(&community, made.code, 9));
            tokio::spawn(async move { (store.join(&joining).await.unwrap(), joining.participant.id) })
        });
        let mut let_in = 0;
        for coming in comings.collect::<Vec<_>>() {
            let (entered, who) = coming.await.unwrap();
            let is_here = db.store.participant(who).await.unwrap().is_some();
            match entered {
                Entered::In => let_in += 1,
                Entered::Refused(why) => assert_eq!(why, InvitationRefusal::UsedUp),
                Entered::Before => panic!("nobody joins by a key here"),
            }
            assert_eq!(is_here, entered == Entered::In);
        }
        assert_eq!(let_in, uses);
        let kept = db.store.invitations(&community).await.unwrap();
        assert_eq!(kept.iter().find(|i| i.id == made.id).unwrap().used, uses);
    }
}

async fn an_invitation_that_is_over_wrong_or_another_communitys_lets_nobody_in(db: Database) {
    let community = kaldavere(&db).await;
    db.store.add_community(&super::fixtures::community("elsewhere")).await.unwrap();
    let elsewhere = invitation(&name("elsewhere"), 5);
    let over = invitation(&community, 5);
    for made in [&elsewhere, &over] {
        db.store.add_invitation(made, 10).await.unwrap();
    }
    for (code, seconds, why) in [
        (elsewhere.code, 9, InvitationRefusal::Unknown),
        (new_hash(), 9, InvitationRefusal::Unknown),
        (over.code, 100, InvitationRefusal::Expired),
    ] {
        let refused = coming(&community, code, seconds);
        assert_eq!(db.store.join(&refused).await.unwrap(), Entered::Refused(why));
        assert_eq!(db.store.participant(refused.participant.id).await.unwrap(), None);
    }
    assert_eq!(db.store.join(&coming(&community, over.code, 99)).await.unwrap(), Entered::In);
}

async fn a_community_keeps_no_more_invitations_than_allowed_not_even_at_once(db: Database) {
    let community = kaldavere(&db).await;
    let makes = (0..6).map(|_| {
        let (store, new) = (db.store.clone(), invitation(&community, 1));
        tokio::spawn(async move { store.add_invitation(&new, 3).await.unwrap() })
    });
    let mut made = 0;
    for make in makes.collect::<Vec<_>>() {
        made += u32::from(make.await.unwrap());
    }
    assert_eq!(made, 3);
    assert_eq!(db.store.invitations(&community).await.unwrap().len(), 3);
}

async fn who_may_join_and_that_the_numbers_were_checked_are_changed_one_by_one(db: Database) {
    let community = kaldavere(&db).await;
    let before = db.store.community(&community).await.unwrap().unwrap();
    let (_, position) = db.changes_since(FeedPosition::default()).await;
    let invited = CommunityChange::Joining(Admission::Invited);
    assert!(db.store.change_community(&community, &invited, at(5)).await.unwrap());
    assert!(db.store.change_community(&community, &CommunityChange::CrisisConfirmed, at(6)).await.unwrap());
    let now = db.store.community(&community).await.unwrap().unwrap();
    let expected =
        engine::community::Community { joining: Admission::Invited, crisis_confirmed: true, ..before };
    assert_eq!(now, expected);
    let (changes, _) = db.changes_since(position).await;
    assert_eq!(changes.len(), 2);
    assert!(changes.iter().all(|c| c.what == stead::store::Changed::Community && c.community == community));
    assert!(!db.store.change_community(&name("nowhere"), &invited, at(7)).await.unwrap());
}
