//! The access log.

use std::collections::{BTreeMap, btree_map};

use async_trait::async_trait;
use engine::{CommunityId, ParticipantId, PlaceId};
use sqlx::SqliteConnection;
use uuid::Uuid;

use super::SqliteStore;
use crate::store::access_log::{Entry, Verifier, beginning, digest_entries, new_key, owner_tag, place_tag};
use crate::store::rows::{Columns, hash, instant, micros};
use crate::store::staff_rows::{access_row, entry};
use crate::store::{AccessLog, AccessRow, Chain, Hash, ReadOfMine, Reading, Result, StoreError};
use crate::texts::hex;

/// Rows checked at a time.
const PAGE: i64 = 500;

const SHARED: &str =
    "SELECT p.id, p.owner, k.key FROM place p LEFT JOIN access_key k ON k.participant = p.owner
    WHERE p.community = $1 AND p.id IN (SELECT unhex(value) FROM json_each($2))
        AND json_extract(p.content, '$.properties.share.research')
    ORDER BY p.id";
const ADD_KEY: &str = "INSERT INTO access_key (participant, key) VALUES ($1, $2)";
const HEAD: &str = "SELECT seq, hash FROM access_log WHERE community = $1 ORDER BY seq DESC LIMIT 1";
const ADD: &str =
    "INSERT INTO access_log (community, seq, at, staff, who, what, places, entries, previous, hash)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const ADD_ENTRIES: &str = "INSERT INTO access_entry (community, seq, owner, place)
    SELECT $1, $2, unhex(json_extract(value, '$[0]')), unhex(json_extract(value, '$[1]')) FROM json_each($3)";
const NEWEST: &str = "SELECT * FROM access_log WHERE community = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3";
const KEY: &str = "SELECT key FROM access_key WHERE participant = $1";
const PLACES: &str = "SELECT id FROM place WHERE owner = $1";
const READS: &str = "SELECT l.seq, l.at, l.who, l.what, e.place
    FROM access_entry e JOIN access_log l ON l.community = e.community AND l.seq = e.seq
    WHERE e.owner = $1 AND e.seq IN (SELECT DISTINCT seq FROM access_entry WHERE owner = $1
        ORDER BY seq DESC LIMIT $2)
    ORDER BY l.seq DESC, e.place";
const PAGE_AFTER: &str = "SELECT * FROM access_log WHERE community = $1 AND seq > $2 ORDER BY seq LIMIT $3";
const ENTRIES: &str = "SELECT owner, place FROM access_entry WHERE community = $1 AND seq = $2";

#[async_trait]
impl AccessLog for SqliteStore {
    async fn log_reading(&self, reading: &Reading) -> Result<Vec<PlaceId>> {
        let reading = reading.clone();
        self.write(move |db| Box::pin(log(db, reading))).await
    }

    async fn access_log(
        &self,
        community: &CommunityId,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<AccessRow>> {
        let select = sqlx::query(NEWEST)
            .bind(community.as_str().to_owned())
            .bind(before.unwrap_or(i64::MAX))
            .bind(i64::from(limit));
        select.fetch_all(&self.readers).await?.iter().map(access_row).collect()
    }

    async fn reads_of(&self, participant: ParticipantId, limit: u32) -> Result<Vec<ReadOfMine>> {
        let mut db = self.readers.begin().await?;
        let key: Option<Vec<u8>> =
            sqlx::query_scalar(KEY).bind(participant.0).fetch_optional(&mut *db).await?;
        let Some(key) = key.and_then(|key| Hash::try_from(key).ok()) else { return Ok(Vec::new()) };
        let places: Vec<Uuid> = sqlx::query_scalar(PLACES).bind(participant.0).fetch_all(&mut *db).await?;
        let places: BTreeMap<Hash, PlaceId> =
            places.into_iter().map(|id| (place_tag(&key, PlaceId(id)), PlaceId(id))).collect();
        let select = sqlx::query(READS).bind(owner_tag(&key).to_vec()).bind(i64::from(limit));
        let mut reads: Vec<ReadOfMine> = Vec::new();
        for row in select.fetch_all(&mut *db).await? {
            let seq = row.read("seq")?;
            if reads.last().is_none_or(|read| read.seq != seq) {
                let (at, who, what) = (instant(&row, "at")?, row.read("who")?, row.read("what")?);
                reads.push(ReadOfMine { seq, at, who, what, places: Vec::new(), count: 0 });
            }
            let read = reads.last_mut().expect("one was pushed if there was none");
            read.count += 1;
            read.places.extend(places.get(&hash(&row, "place")?));
        }
        Ok(reads)
    }

    async fn verify_access_log(&self, community: &CommunityId) -> Result<Chain> {
        let mut db = self.readers.begin().await?;
        let mut verifier = Verifier::new(community);
        loop {
            let page =
                sqlx::query(PAGE_AFTER).bind(community.as_str().to_owned()).bind(verifier.last()).bind(PAGE);
            let rows = page.fetch_all(&mut *db).await?;
            if rows.is_empty() {
                return Ok(verifier.whole());
            }
            for row in &rows {
                let row = access_row(row)?;
                let entries = sqlx::query(ENTRIES).bind(community.as_str().to_owned()).bind(row.seq);
                let entries = entries.fetch_all(&mut *db).await?.iter().map(entry).collect::<Result<_>>()?;
                if !verifier.follows(&row, entries) {
                    return Ok(Chain::Broken(row.seq));
                }
            }
        }
    }
}

async fn log(db: &mut SqliteConnection, reading: Reading) -> Result<Vec<PlaceId>> {
    let community = reading.community.as_str().to_owned();
    let ids: serde_json::Value = reading.places.iter().map(|id| id.0.simple().to_string()).collect();
    let shared =
        sqlx::query(SHARED).bind(community.clone()).bind(ids.to_string()).fetch_all(&mut *db).await?;
    let (mut places, mut entries) = (Vec::new(), Vec::new());
    let mut keys: BTreeMap<ParticipantId, Hash> = BTreeMap::new();
    for row in &shared {
        let (place, owner) = (PlaceId(row.read("id")?), ParticipantId(row.read("owner")?));
        let known: Option<Vec<u8>> = row.read("key")?;
        let key = match keys.entry(owner) {
            btree_map::Entry::Occupied(key) => *key.get(),
            btree_map::Entry::Vacant(none) => *none.insert(key_of(db, &reading, owner, known).await?),
        };
        entries.push((owner_tag(&key), place_tag(&key, place)));
        places.push(place);
    }
    if !places.is_empty() {
        append(db, &reading, entries).await?;
    }
    Ok(places)
}

/// The owner's key, made now if this is the first reading of theirs.
async fn key_of(
    db: &mut SqliteConnection,
    reading: &Reading,
    owner: ParticipantId,
    known: Option<Vec<u8>>,
) -> Result<Hash> {
    if let Some(known) = known {
        let damaged = |_| StoreError::Damaged { what: "access key", why: "is not 32 bytes long".into() };
        return known.try_into().map_err(damaged);
    }
    let key = new_key(&reading.fresh, owner);
    sqlx::query(ADD_KEY).bind(owner.0).bind(key.to_vec()).execute(db).await?;
    Ok(key)
}

async fn append(db: &mut SqliteConnection, reading: &Reading, mut entries: Vec<Entry>) -> Result<()> {
    let community = reading.community.as_str().to_owned();
    let head = sqlx::query(HEAD).bind(community.clone()).fetch_optional(&mut *db).await?;
    let (last, previous) = match &head {
        Some(row) => (row.read::<i64>("seq")?, hash(row, "hash")?),
        None => (0, beginning(&reading.community)),
    };
    let mut row = AccessRow {
        seq: last + 1,
        at: reading.at,
        staff: reading.staff,
        who: reading.who.clone(),
        what: reading.what.clone(),
        places: i64::try_from(entries.len()).unwrap_or(i64::MAX),
        entries: digest_entries(&mut entries),
        previous,
        hash: [0; 32],
    };
    row.hash = row.expected_hash();
    let insert = sqlx::query(ADD)
        .bind(community.clone())
        .bind(row.seq)
        .bind(micros(row.at))
        .bind(row.staff.0)
        .bind(row.who)
        .bind(row.what)
        .bind(row.places)
        .bind(row.entries.to_vec())
        .bind(row.previous.to_vec())
        .bind(row.hash.to_vec());
    insert.execute(&mut *db).await?;
    let entries: serde_json::Value =
        entries.iter().map(|(owner, place)| serde_json::json!([hex(owner), hex(place)])).collect();
    let insert = sqlx::query(ADD_ENTRIES).bind(community).bind(row.seq).bind(entries.to_string());
    insert.execute(db).await?;
    Ok(())
}
