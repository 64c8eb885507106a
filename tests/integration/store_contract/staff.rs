//! Accounts of the staff, how they come in, and how often one may try.

use engine::StaffId;
use jiff::SignedDuration;
use jiff::civil::date;
use stead::store::{
    ApiToken, Credentials, Hash, NewRole, Pace, Role, Scope, StaffAccount, StaffLink, StaffSession,
    StoreError,
};

use super::fixtures::*;
use crate::databases::{Database, on_both_engines};

on_both_engines!(
    a_further_role_goes_to_the_same_account,
    researchers_are_told_of_by_name_where_they_are_researchers,
    nobody_gets_a_role_in_a_community_that_is_not_there,
    a_role_that_is_taken_away_leaves_the_others_and_the_last_takes_every_way_in_with_it,
    a_link_works_until_it_is_used_ends_or_is_replaced,
    credentials_count_once_a_code_confirms_them_and_end_earlier_sessions,
    a_code_of_the_authenticator_works_once_and_none_before_it_afterwards,
    a_recovery_code_works_once_and_new_ones_replace_the_old,
    a_session_ends_when_it_is_idle_at_its_time_and_when_it_is_closed,
    showing_the_second_factor_again_gives_a_session_a_new_token,
    nobody_closes_anothers_session_or_token,
    an_api_token_ends_at_its_time_and_when_it_is_revoked,
    attempts_are_paced_by_key_and_many_at_once_do_not_get_past_it,
);

fn role(email: &str, role: Role) -> NewRole {
    NewRole { id: StaffId(id()), email: email.into(), community: name("kaldavere"), role, at: at(1) }
}

async fn liis(db: &Database) -> StaffAccount {
    kaldavere(db).await;
    db.store.add_role(&role("liis@ulikool.example", Role::Researcher)).await.unwrap()
}

async fn researchers_are_told_of_by_name_where_they_are_researchers(db: Database) {
    liis(&db).await;
    db.store.add_role(&role("mari@ulikool.example", Role::Researcher)).await.unwrap();
    db.store.add_role(&role("kask@linn.example", Role::Planner)).await.unwrap();
    let told = async || db.store.researchers(&name("kaldavere")).await.unwrap();
    assert_eq!(told().await, [None, None]);
    for (email, name) in [("mari@ulikool.example", "Mari Mets"), ("kask@linn.example", "Ott Kask")] {
        assert!(!db.store.is_named(email).await.unwrap());
        assert!(db.store.name_staff(email, name).await.unwrap());
        assert!(db.store.is_named(email).await.unwrap());
    }
    let mut names = told().await;
    names.sort();
    assert_eq!(names, [None, Some("Mari Mets".to_owned())]);
    assert!(!db.store.name_staff("nobody@linn.example", "Nobody").await.unwrap());
    db.store.remove_role("mari@ulikool.example", &name("kaldavere"), Role::Researcher).await.unwrap();
    assert_eq!(told().await, [None]);
    assert_eq!(db.store.researchers(&name("nowhere")).await.unwrap(), []);
}

fn link(staff: StaffId, token: Hash) -> StaffLink {
    StaffLink { token, staff, created_at: at(1), expires_at: at(100) }
}

fn credentials(n: u64) -> Credentials {
    let mut recovery = vec![hash(n), hash(n + 1)];
    recovery.sort_unstable();
    Credentials { password: format!("$argon2id${n}"), totp: vec![1, 2, 3], recovery }
}

/// An account with a password.
async fn active(db: &Database) -> StaffId {
    let id = liis(db).await.id;
    db.store.put_link(&link(id, hash(1))).await.unwrap();
    assert!(db.store.choose_credentials(hash(1), at(2), &credentials(10)).await.unwrap());
    assert!(db.store.confirm_credentials(hash(1), at(3), 7).await.unwrap());
    id
}

fn session(staff: StaffId, token: Hash) -> StaffSession {
    StaffSession {
        token,
        id: id(),
        staff,
        device: "Firefox".into(),
        created_at: at(10),
        seen_at: at(10),
        expires_at: at(100),
        confirmed_at: at(10),
    }
}

async fn a_further_role_goes_to_the_same_account(db: Database) {
    let first = liis(&db).await;
    assert_eq!(first.roles, [(name("kaldavere"), Role::Researcher)]);
    assert!(!first.active);
    for _ in 0..2 {
        let again = db.store.add_role(&role("liis@ulikool.example", Role::Steward)).await.unwrap();
        assert_eq!(again.id, first.id);
        assert_eq!(again.roles.len(), 2);
        assert!(
            again.has(&name("kaldavere"), Role::Steward) && !again.has(&name("kaldavere"), Role::Planner)
        );
        assert!(again.is_of(&name("kaldavere")) && !again.is_of(&name("elsewhere")));
        assert_eq!(db.store.staff(first.id).await.unwrap(), Some(again.clone()));
        assert_eq!(db.store.staff_by_email("liis@ulikool.example").await.unwrap(), Some(again));
    }
    assert_eq!(db.store.staff(StaffId(id())).await.unwrap(), None);
    assert_eq!(db.store.staff_by_email("nobody@ulikool.example").await.unwrap(), None);
    assert_eq!(db.store.credentials(first.id).await.unwrap(), None);
}

async fn a_role_that_is_taken_away_leaves_the_others_and_the_last_takes_every_way_in_with_it(db: Database) {
    let (id, email, here) = (active(&db).await, "liis@ulikool.example", name("kaldavere"));
    db.store.add_role(&role(email, Role::Steward)).await.unwrap();
    db.store.add_role(&role("mart@ulikool.example", Role::Steward)).await.unwrap();
    db.store.open_staff_session(&session(id, hash(40))).await.unwrap();
    let token = ApiToken {
        token: hash(41),
        id: super::fixtures::id(),
        staff: id,
        scopes: vec![Scope::PlacesRead],
        created_at: at(1),
        expires_at: at(100),
        last_used: None,
    };
    db.store.add_api_token(&token).await.unwrap();
    db.store.put_link(&link(id, hash(42))).await.unwrap();

    for (who, what) in [(email, Role::Planner), ("nobody@ulikool.example", Role::Steward)] {
        assert_eq!(db.store.remove_role(who, &here, what).await.unwrap(), None);
    }
    assert_eq!(db.store.remove_role(email, &name("elsewhere"), Role::Steward).await.unwrap(), None);
    assert_eq!(db.store.staff(id).await.unwrap().unwrap().roles.len(), 2);

    assert_eq!(db.store.remove_role(email, &here, Role::Steward).await.unwrap(), Some(1));
    assert_eq!(db.store.staff(id).await.unwrap().unwrap().roles, [(here.clone(), Role::Researcher)]);
    assert!(db.store.staff_session(hash(40), at(11), at(0)).await.unwrap().is_some());
    assert!(db.store.credentials(id).await.unwrap().is_some());

    assert_eq!(db.store.remove_role(email, &here, Role::Researcher).await.unwrap(), Some(0));
    assert_eq!(db.store.remove_role(email, &here, Role::Researcher).await.unwrap(), None);
    // Given a role again, nothing of what opened the door before does.
    assert!(!db.store.add_role(&role(email, Role::Planner)).await.unwrap().active);
    assert_eq!(db.store.credentials(id).await.unwrap(), None);
    assert_eq!(db.store.staff_session(hash(40), at(11), at(0)).await.unwrap(), None);
    assert_eq!(db.store.api_token(hash(41), at(11)).await.unwrap(), None);
    assert_eq!(db.store.link(hash(42), at(11)).await.unwrap(), None);
    assert!(!db.store.spend_recovery_code(id, hash(10)).await.unwrap());
    let mart = db.store.staff_by_email("mart@ulikool.example").await.unwrap().unwrap();
    assert_eq!(mart.roles, [(here, Role::Steward)]);
}

async fn nobody_gets_a_role_in_a_community_that_is_not_there(db: Database) {
    let refused = db.store.add_role(&role("liis@ulikool.example", Role::Planner)).await;
    assert!(matches!(refused, Err(StoreError::Missing(_))), "{refused:?}");
    assert_eq!(db.store.staff_by_email("liis@ulikool.example").await.unwrap(), None);
}

async fn a_link_works_until_it_is_used_ends_or_is_replaced(db: Database) {
    let id = liis(&db).await.id;
    let wanted = link(id, hash(1));
    db.store.put_link(&wanted).await.unwrap();
    assert_eq!(db.store.link(hash(1), at(99)).await.unwrap(), Some((wanted, None)));
    assert_eq!(db.store.link(hash(1), at(100)).await.unwrap(), None);
    assert_eq!(db.store.link(hash(2), at(2)).await.unwrap(), None);
    assert!(!db.store.choose_credentials(hash(1), at(100), &credentials(1)).await.unwrap());
    assert!(!db.store.confirm_credentials(hash(1), at(2), 1).await.unwrap(), "nothing was chosen");
    db.store.put_link(&link(id, hash(3))).await.unwrap();
    assert_eq!(db.store.link(hash(1), at(2)).await.unwrap(), None);
    assert!(db.store.choose_credentials(hash(3), at(2), &credentials(1)).await.unwrap());
    assert_eq!(db.store.link(hash(3), at(2)).await.unwrap().unwrap().1, Some(credentials(1)));
    assert!(!db.store.confirm_credentials(hash(3), at(100), 1).await.unwrap());
    let unknown = db.store.put_link(&link(StaffId(super::fixtures::id()), hash(4))).await;
    assert!(matches!(unknown, Err(StoreError::Missing(_))), "{unknown:?}");
}

async fn credentials_count_once_a_code_confirms_them_and_end_earlier_sessions(db: Database) {
    let id = active(&db).await;
    assert_eq!(db.store.credentials(id).await.unwrap(), Some(credentials(10)));
    assert!(db.store.staff(id).await.unwrap().unwrap().active);
    assert!(!db.store.confirm_credentials(hash(1), at(3), 8).await.unwrap(), "the link was used");
    db.store.rehash_password(id, "$argon2id$new").await.unwrap();
    assert_eq!(db.store.credentials(id).await.unwrap().unwrap().password, "$argon2id$new");

    db.store.open_staff_session(&session(id, hash(20))).await.unwrap();
    db.store.put_link(&link(id, hash(2))).await.unwrap();
    db.store.choose_credentials(hash(2), at(20), &credentials(30)).await.unwrap();
    assert!(db.store.staff_session(hash(20), at(20), at(5)).await.unwrap().is_some());
    assert!(db.store.confirm_credentials(hash(2), at(21), 9).await.unwrap());
    assert!(db.store.staff_session(hash(20), at(21), at(5)).await.unwrap().is_none());
    assert_eq!(db.store.credentials(id).await.unwrap(), Some(credentials(30)));
}

async fn a_code_of_the_authenticator_works_once_and_none_before_it_afterwards(db: Database) {
    let id = active(&db).await;
    for (step, works) in [(7, false), (8, true), (8, false), (10, true), (9, false), (11, true)] {
        assert_eq!(db.store.spend_totp_step(id, step).await.unwrap(), works, "{step}");
    }
    let twice = tokio::join!(db.store.spend_totp_step(id, 20), db.store.spend_totp_step(id, 20));
    assert_ne!(twice.0.unwrap(), twice.1.unwrap());
}

async fn a_recovery_code_works_once_and_new_ones_replace_the_old(db: Database) {
    let id = active(&db).await;
    assert!(db.store.spend_recovery_code(id, hash(10)).await.unwrap());
    assert!(!db.store.spend_recovery_code(id, hash(10)).await.unwrap());
    assert!(!db.store.spend_recovery_code(StaffId(super::fixtures::id()), hash(11)).await.unwrap());
    db.store.replace_recovery_codes(id, &[hash(40), hash(41)]).await.unwrap();
    assert!(!db.store.spend_recovery_code(id, hash(11)).await.unwrap());
    assert!(db.store.spend_recovery_code(id, hash(41)).await.unwrap());
}

async fn a_session_ends_when_it_is_idle_at_its_time_and_when_it_is_closed(db: Database) {
    let id = active(&db).await;
    let open = session(id, hash(20));
    db.store.open_staff_session(&open).await.unwrap();
    let seen =
        async |now, idle_since| db.store.staff_session(hash(20), at(now), at(idle_since)).await.unwrap();
    assert_eq!(seen(99, 9).await, Some(open.clone()));
    assert_eq!(seen(100, 9).await, None);
    assert_eq!(seen(50, 10).await, None);
    db.store.touch_staff_session(hash(20), at(40)).await.unwrap();
    db.store.touch_staff_session(hash(20), at(30)).await.unwrap();
    assert_eq!(seen(50, 39).await.unwrap().seen_at, at(40));
    assert_eq!(db.store.staff_sessions(id, at(50), at(39)).await.unwrap().len(), 1);
    assert!(db.store.staff_sessions(id, at(50), at(40)).await.unwrap().is_empty());
    assert!(db.store.close_staff_session(id, open.id).await.unwrap());
    assert!(!db.store.close_staff_session(id, open.id).await.unwrap());
    assert_eq!(seen(50, 9).await, None);
}

async fn showing_the_second_factor_again_gives_a_session_a_new_token(db: Database) {
    let id = active(&db).await;
    let open = session(id, hash(20));
    db.store.open_staff_session(&open).await.unwrap();
    assert!(db.store.confirm_staff_session(hash(20), hash(21), at(50)).await.unwrap());
    assert!(!db.store.confirm_staff_session(hash(20), hash(22), at(51)).await.unwrap());
    assert_eq!(db.store.staff_session(hash(20), at(51), at(9)).await.unwrap(), None);
    let now = db.store.staff_session(hash(21), at(51), at(9)).await.unwrap().unwrap();
    assert_eq!((now.id, now.confirmed_at, now.expires_at), (open.id, at(50), open.expires_at));
}

async fn nobody_closes_anothers_session_or_token(db: Database) {
    let id = active(&db).await;
    let other = db.store.add_role(&role("mart@ulikool.example", Role::Steward)).await.unwrap().id;
    let open = session(id, hash(20));
    db.store.open_staff_session(&open).await.unwrap();
    assert!(!db.store.close_staff_session(other, open.id).await.unwrap());
    let token = api_token(id);
    db.store.add_api_token(&token).await.unwrap();
    assert!(!db.store.revoke_api_token(other, token.id).await.unwrap());
    assert!(db.store.api_tokens(other).await.unwrap().is_empty());
    assert!(db.store.staff_sessions(other, at(11), at(9)).await.unwrap().is_empty());
}

fn api_token(staff: StaffId) -> ApiToken {
    ApiToken {
        token: hash(50),
        id: id(),
        staff,
        scopes: vec![Scope::PlacesRead, Scope::SupportsWrite],
        created_at: at(10),
        expires_at: at(100),
        last_used: None,
    }
}

async fn an_api_token_ends_at_its_time_and_when_it_is_revoked(db: Database) {
    let id = active(&db).await;
    let mut token = api_token(id);
    db.store.add_api_token(&token).await.unwrap();
    assert!(matches!(db.store.add_api_token(&token).await, Err(StoreError::Exists(_))));
    assert_eq!(db.store.api_token(hash(50), at(99)).await.unwrap().as_ref(), Some(&token));
    assert_eq!(db.store.api_token(hash(50), at(100)).await.unwrap(), None);
    assert_eq!(db.store.api_token(hash(51), at(20)).await.unwrap(), None);
    db.store.touch_api_token(hash(50), date(2026, 11, 23)).await.unwrap();
    token.last_used = Some(date(2026, 11, 23));
    assert_eq!(db.store.api_tokens(id).await.unwrap(), [token.clone()]);
    assert!(db.store.revoke_api_token(id, token.id).await.unwrap());
    assert!(!db.store.revoke_api_token(id, token.id).await.unwrap());
    assert_eq!(db.store.api_token(hash(50), at(20)).await.unwrap(), None);
}

async fn attempts_are_paced_by_key_and_many_at_once_do_not_get_past_it(db: Database) {
    let pace = Pace { burst: 3, every: SignedDuration::from_secs(10) };
    let attempt = async |key, now| db.store.attempt(hash(key), pace, at(now)).await.unwrap();
    for _ in 0..3 {
        assert_eq!(db.store.wait(hash(1), pace, at(0)).await.unwrap(), None);
        assert_eq!(attempt(1, 0).await, None);
    }
    assert_eq!(attempt(1, 4).await, Some(SignedDuration::from_secs(6)));
    assert_eq!(db.store.wait(hash(1), pace, at(4)).await.unwrap(), Some(SignedDuration::from_secs(6)));
    assert_eq!(attempt(2, 4).await, None, "another key");
    assert_eq!(attempt(1, 10).await, None);
    assert_eq!(attempt(1, 10).await, Some(SignedDuration::from_secs(10)));
    for _ in 0..3 {
        assert_eq!(attempt(1, 1_000).await, None, "what is past is forgotten");
    }
    let many = (0..8).map(|_| {
        let store = db.store.clone();
        tokio::spawn(async move { store.attempt(hash(9), pace, at(2_000)).await.unwrap() })
    });
    let mut allowed = 0;
    for one in many.collect::<Vec<_>>() {
        allowed += usize::from(one.await.unwrap().is_none());
    }
    assert_eq!(allowed, 3);
}
