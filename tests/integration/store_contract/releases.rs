//! Releases and the privacy ledger.

use std::collections::HashMap;

use engine::community::Purposes;
use engine::{ParticipantId, ReleaseId};
use stead::store::{
    Changed, Charged, ConsentRecord, FeedPosition, LedgerRow, Pictures, Recall, StoreError, StoredRelease,
};

use super::fixtures::*;
use crate::databases::{Database, on_both_engines};

on_both_engines!(
    what_is_charged_is_in_the_ledger_in_its_order,
    a_refused_charge_writes_nothing_and_says_why,
    of_two_charges_on_the_last_budget_exactly_one_passes,
    budgets_of_two_communities_do_not_meet,
    a_charge_is_all_or_nothing,
    a_rule_that_panics_charges_nothing,
    a_charge_whose_caller_went_away_charges_nothing,
    a_release_is_read_as_it_was_made,
    every_number_of_a_release_survives_to_the_last_bit,
    releases_are_listed_newest_first,
    a_release_is_saved_once_and_in_a_community,
    a_recall_is_read_with_the_release_and_the_first_reason_stays,
    a_participant_enters_as_many_releases_as_are_allowed_and_no_more,
    who_renews_with_the_number_that_is_enters_as_many_again,
    two_releases_at_once_do_not_take_anybody_beyond_their_number,
);

#[expect(clippy::unnecessary_wraps, reason = "the shape of a rule")]
fn always(_: &[LedgerRow]) -> Result<(), String> {
    Ok(())
}

async fn what_is_charged_is_in_the_ledger_in_its_order(db: Database) {
    let community = kaldavere(&db).await;
    let rows: Vec<_> = (0..4).map(|i| LedgerRow { on_demand: i == 2, ..ledger_row(i) }).collect();
    assert_eq!(db.store.charge(&community, &rows[..2], &always).await.unwrap(), Charged::Accepted);
    let seen = std::sync::Mutex::new(Vec::new());
    let rule = |so_far: &[LedgerRow]| {
        seen.lock().unwrap().extend_from_slice(so_far);
        Ok(())
    };
    assert_eq!(db.store.charge(&community, &rows[2..], &rule).await.unwrap(), Charged::Accepted);
    assert_eq!(*seen.lock().unwrap(), rows[..2]);
    assert_eq!(db.store.ledger(&community).await.unwrap(), rows);
}

async fn a_refused_charge_writes_nothing_and_says_why(db: Database) {
    let community = kaldavere(&db).await;
    let rule = |_: &[LedgerRow]| Err("the next release may be made in April".to_owned());
    let charged = db.store.charge(&community, &[ledger_row(1)], &rule).await.unwrap();
    assert_eq!(charged, Charged::Refused("the next release may be made in April".into()));
    assert_eq!(db.store.ledger(&community).await.unwrap(), []);
    let nowhere = db.store.charge(&name("nowhere"), &[ledger_row(1)], &always).await;
    assert!(matches!(nowhere, Err(StoreError::Missing(_))), "{nowhere:?}");
}

async fn of_two_charges_on_the_last_budget_exactly_one_passes(db: Database) {
    let community = kaldavere(&db).await;
    // Two processes on one database.
    let other_process = stead::store::open(&db.url).await.unwrap();
    for round in 1..=5 {
        let charges: Vec<_> =
            [db.store.clone(), other_process.clone(), db.store.clone(), other_process.clone()]
                .into_iter()
                .map(|store| {
                    let community = community.clone();
                    tokio::spawn(async move {
                        let rule = |so_far: &[LedgerRow]| {
                            if so_far.len() < round { Ok(()) } else { Err("spent".to_owned()) }
                        };
                        store.charge(&community, &[ledger_row(1)], &rule).await.unwrap()
                    })
                })
                .collect();
        let mut accepted = 0;
        for charge in charges {
            accepted += usize::from(charge.await.unwrap() == Charged::Accepted);
        }
        assert_eq!(accepted, 1, "round {round}");
        assert_eq!(db.store.ledger(&community).await.unwrap().len(), round);
    }
}

async fn budgets_of_two_communities_do_not_meet(db: Database) {
    let here = kaldavere(&db).await;
    db.store.add_community(&community("tartu")).await.unwrap();
    let first_only = |so_far: &[LedgerRow]| if so_far.is_empty() { Ok(()) } else { Err("spent".to_owned()) };
    for community in [&here, &name("tartu")] {
        let charged = db.store.charge(community, &[ledger_row(1)], &first_only).await.unwrap();
        assert_eq!(charged, Charged::Accepted);
    }
}

async fn a_charge_is_all_or_nothing(db: Database) {
    let community = kaldavere(&db).await;
    let row = ledger_row(1);
    let twice = db.store.charge(&community, &[row.clone(), row], &always).await;
    assert!(matches!(twice, Err(StoreError::Exists(_))), "{twice:?}");
    assert_eq!(db.store.ledger(&community).await.unwrap(), []);
}

async fn a_rule_that_panics_charges_nothing(db: Database) {
    let community = kaldavere(&db).await;
    let (store, here) = (db.store.clone(), community.clone());
    let panicking = tokio::spawn(async move {
        let rule = |_: &[LedgerRow]| -> Result<(), String> { panic!("a fault in the rule") };
        store.charge(&here, &[ledger_row(1)], &rule).await
    });
    assert!(panicking.await.unwrap_err().is_panic());
    assert_eq!(db.store.charge(&community, &[ledger_row(2)], &always).await.unwrap(), Charged::Accepted);
    assert_eq!(db.store.ledger(&community).await.unwrap().len(), 1);
}

async fn a_charge_whose_caller_went_away_charges_nothing(db: Database) {
    let community = kaldavere(&db).await;
    for turns in 0..20 {
        let (store, here) = (db.store.clone(), community.clone());
        let rule = |_: &[LedgerRow]| Err("not allowed".to_owned());
        let charge = tokio::spawn(async move { store.charge(&here, &[ledger_row(1)], &rule).await });
        for _ in 0..turns {
            tokio::task::yield_now().await;
        }
        charge.abort();
    }
    assert_eq!(db.store.charge(&community, &[ledger_row(2)], &always).await.unwrap(), Charged::Accepted);
    assert_eq!(db.store.ledger(&community).await.unwrap().len(), 1);
}

async fn a_release_is_read_as_it_was_made(db: Database) {
    let community = kaldavere(&db).await;
    let made = release(&community, at(50));
    db.store.save_release(&made).await.unwrap();
    let read = db.store.release(&community, made.id).await.unwrap().unwrap();
    assert_eq!(read, made);
    // To the last digit: what was downloaded yesterday is what is downloaded tomorrow.
    assert_eq!(read.parameters.to_string(), made.parameters.to_string());
    assert_eq!(db.store.release(&community, ReleaseId(id())).await.unwrap(), None);
    assert_eq!(db.store.release(&name("tartu"), made.id).await.unwrap(), None);
}

async fn every_number_of_a_release_survives_to_the_last_bit(db: Database) {
    let community = kaldavere(&db).await;
    // Numbers of 16 and 17 digits, as z scores and intervals are.
    let numbers: Vec<f64> = (1..2_000).map(|i| f64::from(i).sqrt().sin() * 1.96).collect();
    let cells = serde_json::json!(numbers);
    let made = stead::store::StoredRelease { cells, ..release(&community, at(50)) };
    db.store.save_release(&made).await.unwrap();
    assert_eq!(db.store.release(&community, made.id).await.unwrap(), Some(made));
}

async fn releases_are_listed_newest_first(db: Database) {
    let community = kaldavere(&db).await;
    let made = [20, 50, 30].map(|seconds| release(&community, at(seconds)));
    for release in &made {
        db.store.save_release(release).await.unwrap();
    }
    let [a, b, c] = made;
    assert_eq!(db.store.releases(&community).await.unwrap(), [b, c, a]);
    assert_eq!(db.store.releases(&name("tartu")).await.unwrap(), []);
}

async fn a_release_is_saved_once_and_in_a_community(db: Database) {
    let community = kaldavere(&db).await;
    let made = release(&community, at(50));
    db.store.save_release(&made).await.unwrap();
    let again = db.store.save_release(&made).await;
    assert!(matches!(again, Err(StoreError::Exists(_))), "{again:?}");
    let nowhere = db.store.save_release(&release(&name("nowhere"), at(50))).await;
    assert!(matches!(nowhere, Err(StoreError::Missing(_))), "{nowhere:?}");
}

async fn a_recall_is_read_with_the_release_and_the_first_reason_stays(db: Database) {
    let community = kaldavere(&db).await;
    let (made, other) = (release(&community, at(50)), release(&community, at(60)));
    for release in [&made, &other] {
        db.store.save_release(release).await.unwrap();
    }
    let (_, before) = db.changes_since(FeedPosition::default()).await;
    let recall = |reason: &str, seconds| Recall { reason: reason.into(), at: at(seconds) };
    assert!(db.store.recall_release(&community, made.id, &recall("wrong noise", 70)).await.unwrap());
    assert!(!db.store.recall_release(&community, made.id, &recall("changed my mind", 80)).await.unwrap());
    let read = db.store.release(&community, made.id).await.unwrap().unwrap();
    assert_eq!(read, StoredRelease { recalled: Some(recall("wrong noise", 70)), ..made.clone() });
    let all = db.store.releases(&community).await.unwrap();
    assert_eq!(all.iter().map(|r| r.recalled.is_some()).collect::<Vec<_>>(), [false, true]);
    let (changes, _) = db.changes_since(before).await;
    assert_eq!(changes.iter().map(|c| c.what).collect::<Vec<_>>(), [Changed::Release(made.id)]);
    for wrong in [
        db.store.recall_release(&community, ReleaseId(id()), &recall("x", 1)).await,
        db.store.recall_release(&name("tartu"), other.id, &recall("x", 1)).await,
    ] {
        assert!(matches!(wrong, Err(StoreError::Missing(_))), "{wrong:?}");
    }
}

async fn a_participant_enters_as_many_releases_as_are_allowed_and_no_more(db: Database) {
    let community = kaldavere(&db).await;
    let (first, second) = (somebody(&db, &community).await, somebody(&db, &community).await);
    let gone = ParticipantId(id());
    let enter = async |release, who: &[ParticipantId]| {
        db.store.enter_release(&community, ReleaseId(release), who, 2).await.unwrap()
    };
    let releases = [id(), id(), id()];
    assert_eq!(enter(releases[0], &[first, gone]).await, [first]);
    assert_eq!(enter(releases[1], &[first, second]).await, [first, second]);
    assert_eq!(enter(releases[2], &[first, second]).await, [second], "the first has entered two");
    let entered = db.store.releases_entered(&community).await.unwrap();
    assert_eq!((entered[&first], entered[&second], entered.len()), (2, 2, 2));
    db.store.withdraw(first, &erasure()).await.unwrap();
    assert_eq!(db.store.releases_entered(&community).await.unwrap().len(), 1, "it goes with the person");
}

async fn who_renews_with_the_number_that_is_enters_as_many_again(db: Database) {
    let community = kaldavere(&db).await;
    let person = somebody(&db, &community).await;
    let enter =
        async || db.store.enter_release(&community, ReleaseId(id()), &[person], 2).await.unwrap().len();
    let given = db.store.participant(person).await.unwrap().unwrap().consent;
    assert_eq!((enter().await, enter().await, enter().await), (1, 1, 0));
    let pictures = async || db.store.pictures_of(person).await.unwrap();
    assert_eq!(pictures().await, Pictures { entered: 2, renewed_at: 0 });
    assert!(db.store.renewals(&community).await.unwrap().is_empty());
    // Only on the number that is, and on what the person agrees to now.
    assert!(!db.store.renew(person, &given, 1).await.unwrap());
    let other = consent(Purposes { research: !given.purposes.research, ..given.purposes }, 30);
    assert!(!db.store.renew(person, &other, 2).await.unwrap());
    assert_eq!(db.store.consents(person).await.unwrap().len(), 1);
    assert!(db.store.renew(person, &ConsentRecord { given_at: at(40), ..given }, 2).await.unwrap());
    assert_eq!(db.store.consents(person).await.unwrap().len(), 2, "it is an agreement like the others");
    assert_eq!(pictures().await, Pictures { entered: 2, renewed_at: 2 });
    assert_eq!(db.store.renewals(&community).await.unwrap(), HashMap::from([(person, 2)]));
    assert_eq!((enter().await, enter().await, enter().await), (1, 1, 0));
    db.store.withdraw(person, &erasure()).await.unwrap();
    assert!(matches!(db.store.pictures_of(person).await, Err(StoreError::Missing(_))));
    assert!(db.store.renewals(&community).await.unwrap().is_empty());
}

async fn two_releases_at_once_do_not_take_anybody_beyond_their_number(db: Database) {
    let community = kaldavere(&db).await;
    let person = somebody(&db, &community).await;
    let other_process = stead::store::open(&db.url).await.unwrap();
    let mut tries = Vec::new();
    for store in [db.store.clone(), other_process.clone(), db.store.clone(), other_process] {
        let here = community.clone();
        tries.push(tokio::spawn(async move {
            store.enter_release(&here, ReleaseId(id()), &[person], 2).await.unwrap().len()
        }));
    }
    let mut entered = 0;
    for attempt in tries {
        entered += attempt.await.unwrap();
    }
    assert_eq!(entered, 2);
}
