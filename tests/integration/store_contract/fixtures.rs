//! People, places and supports to fill a store with.

use std::sync::atomic::{AtomicU64, Ordering};

use engine::community::{Admission, Community, Language, PublicationPolicy, Purposes};
use engine::neighbourhood::Neighbourhood;
use engine::place::{Place, PlaceContent, PlaceRules};
use engine::support::{Price, Support, SupportDetails, SupportType, SupportTypes};
use engine::{Bounds, CommunityId, LonLat, NeighbourhoodId, ParticipantId, PlaceId, ReleaseId, SupportId};
use jiff::Timestamp;
use serde_json::json;
use stead::ambient::Ambient;
use stead::store::{
    ConsentRecord, Erasure, Hash, IdempotencyKey, ImportScope, Joining, LedgerRow, NewPlace, Participant,
    PlaceChange, PlaceRemoval, Session, StoredRelease,
};
use uuid::Uuid;

use crate::databases::Database;

pub const ALL: Purposes = Purposes { research: true, published_maps: true, public_story: true };
pub const NONE: Purposes = Purposes { research: false, published_maps: false, public_story: false };

/// An instant some seconds after the start of the tests' time, with microseconds that must survive.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_microsecond(1_760_000_000_123_457 + seconds * 1_000_000).unwrap()
}

/// An id after all ids of before, also within a millisecond.
pub fn id() -> Uuid {
    static MILLISECONDS: AtomicU64 = AtomicU64::new(1_760_000_000_000);
    let next = MILLISECONDS.fetch_add(1, Ordering::Relaxed);
    uuid::Builder::from_unix_timestamp_millis(next, &Ambient::system().bytes()).into_uuid()
}

/// A hash that stands for a secret of this number.
pub fn hash(n: u64) -> Hash {
    let mut hash = [0xA5; 32];
    hash[..8].copy_from_slice(&n.to_be_bytes());
    hash
}

/// A hash that nobody else has.
pub fn new_hash() -> Hash {
    Ambient::system().bytes()
}

pub fn name(text: &str) -> CommunityId {
    text.parse().unwrap()
}

pub fn community(text: &str) -> Community {
    Community {
        id: name(text),
        title: "Käldavere — «kaart»".into(),
        languages: vec![Language::Et, Language::En],
        bounds: None,
        country: "EE".parse().ok(),
        time_zone: "Europe/Tallinn".parse().ok(),
        policy: PublicationPolicy::Formal,
        joining: Admission::Open,
        crisis_confirmed: false,
        crisis_contacts: None,
        questions: None,
        earlier_questions: Vec::new(),
        run_by: None,
        contact: None,
        demo: false,
        created_at: at(0),
    }
}

/// Adds the community `kaldavere`.
pub async fn kaldavere(db: &Database) -> CommunityId {
    db.store.add_community(&community("kaldavere")).await.unwrap();
    name("kaldavere")
}

pub fn consent(purposes: Purposes, seconds: i64) -> ConsentRecord {
    ConsentRecord {
        version: "2025-1".into(),
        language: Language::Nb,
        text_hash: hash(7),
        purposes,
        given_at: at(seconds),
    }
}

pub fn session(community: &CommunityId, participant: ParticipantId, token: Hash) -> Session {
    Session { token, participant, community: community.clone(), created_at: at(1), expires_at: at(100) }
}

pub fn joining(community: &CommunityId, purposes: Purposes) -> Joining {
    let id = ParticipantId(id());
    Joining {
        participant: Participant {
            id,
            community: community.clone(),
            language: Language::Et,
            joined_at: at(1),
            consent: consent(purposes, 1),
        },
        return_code: new_hash(),
        session: session(community, id, new_hash()),
        invitation: None,
        again: None,
    }
}

/// Somebody who agreed to everything.
pub async fn somebody(db: &Database, community: &CommunityId) -> ParticipantId {
    let joining = joining(community, ALL);
    db.store.join(&joining).await.unwrap();
    joining.participant.id
}

pub fn content(name: &str, share: Purposes) -> PlaceContent {
    let feature = json!({"type": "Feature",
        "geometry": {"type": "Point", "coordinates": [26.722_512_3, 58.380_6]},
        "properties": {"name": name, "being": true, "doing": false, "story": "Õhtul on siin vaikne. 🌙",
            "feelings": [{"feeling": "calm", "strength": 3}], "chime": ["hope"], "activities": ["walking"],
            "support": {"received": ["emotional"], "given": ["appraisal"]},
            "rhythm": {"often": "weekly", "parts": ["morning"]}, "since": "2024-05",
            "precision": "exact", "share": share}});
    PlaceRules::STORED.parse(feature.to_string().as_bytes()).unwrap()
}

pub fn place_of(owner: ParticipantId, content: PlaceContent) -> Place {
    Place { id: PlaceId(id()), owner, content, created_at: at(2), updated_at: at(2), version: 1 }
}

pub fn new_place(community: &CommunityId, owner: ParticipantId, name: &str) -> NewPlace {
    let place = place_of(owner, content(name, ALL));
    NewPlace { community: community.clone(), place, idempotency: None, most: 500 }
}

/// Saves a place that shares everything.
pub async fn saved(db: &Database, community: &CommunityId, owner: ParticipantId, name: &str) -> Place {
    let new = new_place(community, owner, name);
    assert_eq!(db.store.insert_place(&new).await.unwrap(), stead::store::Inserted::Created);
    new.place
}

pub fn key(key: u64, body: u64) -> IdempotencyKey {
    IdempotencyKey { key: hash(key), body: hash(body) }
}

pub fn change(place: &Place, expected: i64, name: &str) -> PlaceChange {
    PlaceChange { id: place.id, owner: place.owner, expected, content: content(name, ALL), at: at(30) }
}

pub fn removal(place: &Place, expected: i64) -> PlaceRemoval {
    PlaceRemoval { id: place.id, owner: place.owner, expected, erasure: erasure() }
}

pub fn erasure() -> Erasure {
    Erasure { erased: new_hash(), at: at(40) }
}

pub fn support(source_id: &str) -> Support {
    Support::new(
        SupportId(id()),
        LonLat::new(26.722_512_3, 58.380_6).ok(),
        SupportDetails {
            source: "osm".into(),
            source_id: source_id.into(),
            name: Some("Raamatukogu \"Õie\"".into()),
            category: "library".into(),
            support_types: SupportTypes::of([SupportType::Emotional, SupportType::Appraisal]),
            price: Price::Free,
            opening_hours: Some("Mo-Fr 10:00-18:00".into()),
            website: Some("https://example.org".into()),
            wheelchair: Some("limited".into()),
            ..SupportDetails::default()
        },
        at(3),
    )
}

/// A support of which everything is known.
pub fn full_support(source_id: &str) -> Support {
    let more: SupportDetails = serde_json::from_value(json!({
        "form": "clubhouse", "organisation": "Kaldavere Klubimaja", "description": "Koos töötame. 🌿",
        "email": "maja@example.org", "eligibility": "kõik", "direct": true, "referral": "none",
        "price_amount": {"amount": "2.50", "currency": "EUR"}, "lived_experience": true,
        "closeness": ["outreach", "work"], "since": "1998-05", "status": "closing",
        "closing_on": "2026-12-31", "last_checked": "2026-01-05", "languages": ["et", "ru"],
        "schedules": [{"freq": "MONTHLY", "byday": ["2TU", "-1FR"], "dtstart": "2026-01-13",
            "opens_at": "17:00", "closes_at": "19:30"}],
        "terms": [{"taxonomy": "open-eligibility", "id": "1102", "name": "Kogukond"}]
    }))
    .unwrap();
    let basic = support(source_id);
    let d = basic.details.clone();
    let details = SupportDetails {
        source: d.source,
        source_id: d.source_id,
        name: d.name,
        category: d.category,
        support_types: d.support_types,
        price: Price::Low,
        opening_hours: d.opening_hours,
        address: Some("Õpetaja 5".into()),
        phone: Some("+372 5555".into()),
        website: d.website,
        wheelchair: d.wheelchair,
        ..more
    };
    Support { details, ..basic }
}

/// An import of all that OpenStreetMap has.
pub fn all_of_osm() -> ImportScope {
    ImportScope { source: "osm".into(), complete: true }
}

/// An import of some records of OpenStreetMap.
pub fn some_of_osm() -> ImportScope {
    ImportScope { complete: false, ..all_of_osm() }
}

pub fn neighbourhood(name: &str, source_id: Option<&str>) -> Neighbourhood {
    use geo::polygon;
    let shape = polygon![(x: 26.7, y: 58.3), (x: 26.8, y: 58.3), (x: 26.8, y: 58.0 + 1.0 / 3.0)];
    Neighbourhood {
        id: NeighbourhoodId(id()),
        name: name.into(),
        source_id: source_id.map(ToOwned::to_owned),
        population: Some(1_234),
        shape: geo::MultiPolygon(vec![shape]),
    }
}

pub fn ledger_row(rho_billionths: i64) -> LedgerRow {
    LedgerRow {
        id: id(),
        release: ReleaseId(id()),
        layer: "cells".into(),
        sensitivity_squared: 8,
        sigma: 9,
        rho_billionths,
        domain: hash(9),
        code: "0.1.0".into(),
        on_demand: false,
        at: at(5),
    }
}

pub fn release(community: &CommunityId, made_at: Timestamp) -> StoredRelease {
    StoredRelease {
        id: ReleaseId(id()),
        community: community.clone(),
        made_at,
        on_demand: true,
        parameters: json!({"policy": "formal", "sigma": 9, "share": 1.0, "rho": 0.1, "large": 1e30}),
        cells: json!([{"cell": "881126d6b5fffff", "count": -3}]),
        neighbourhoods: json!([{"name": "Ülejõe", "z": null}]),
        totals: json!({"being": 400, "doing": -3}),
        activities: json!({"rest": 7, "food": -1}),
        ground: json!({"neighbourhoods": [{"name": "Ülejõe", "at": [26.7, 58.38]}]}),
        recalled: None,
    }
}

pub fn bounds() -> Bounds {
    Bounds::new(26.6, 58.3, 26.8, 58.0 + 1.0 / 3.0).unwrap()
}

/// Asks again until there is an answer; what takes longer than a slow machine's ten seconds never comes.
pub async fn eventually<T>(mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    for _ in 0..500 {
        if let Some(answer) = ask().await {
            return answer;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("it did not happen within ten seconds");
}
