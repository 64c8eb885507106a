//! From the columns of a row, which are the same in both databases, to the records and back.

use engine::community::{Community, Language, PublicationPolicy, Purposes};
use engine::neighbourhood::Neighbourhood;
use engine::place::{Place, PlaceRules};
use engine::support::{Price, Support, SupportDetails, SupportTypes};
use engine::{Bounds, CommunityId, LonLat, NeighbourhoodId, ParticipantId, PlaceId, ReleaseId, SupportId};
use jiff::Timestamp;
use sqlx::{Decode, Postgres, Sqlite, Type};
use uuid::Uuid;

use super::{
    Change, Changed, ConsentRecord, FeedPosition, Hash, LedgerRow, Participant, Result, Session, StoreError,
    StoredRelease, wkb,
};

/// A type that both databases keep.
pub(super) trait Column:
    for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{
}

impl<T> Column for T where
    T: for<'r> Decode<'r, Sqlite> + Type<Sqlite> + for<'r> Decode<'r, Postgres> + Type<Postgres>
{
}

/// A row of either database.
pub(super) trait Columns {
    /// The value of the column.
    fn read<T: Column>(&self, column: &str) -> Result<T>;
}

/// A stored record that breaks a rule.
fn damaged(what: &'static str, why: &dyn std::fmt::Display) -> StoreError {
    StoreError::Damaged { what, why: why.to_string() }
}

/// Microseconds since 1970, as instants are stored.
pub(super) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

fn instant(row: &impl Columns, column: &str) -> Result<Timestamp> {
    Timestamp::from_microsecond(row.read(column)?).map_err(|e| damaged("instant", &e))
}

fn hash(row: &impl Columns, column: &str) -> Result<Hash> {
    let bytes: Vec<u8> = row.read(column)?;
    bytes.try_into().map_err(|_| damaged("hash", &"is not 32 bytes long"))
}

fn community_id(row: &impl Columns, column: &str) -> Result<CommunityId> {
    row.read::<String>(column)?.parse().map_err(|e| damaged("community", &e))
}

fn language(row: &impl Columns, column: &str) -> Result<Language> {
    Language::parse(&row.read::<String>(column)?).map_err(|e| damaged("language", &e))
}

/// The tags in order, separated by commas.
pub(super) fn languages_text(languages: &[Language]) -> String {
    languages.iter().map(|l| l.as_str()).collect::<Vec<_>>().join(",")
}

/// A community from its row.
pub(super) fn community(row: &impl Columns) -> Result<Community> {
    let languages: String = row.read("languages")?;
    let policy: String = row.read("policy")?;
    Ok(Community {
        id: community_id(row, "id")?,
        title: row.read("title")?,
        languages: languages
            .split(',')
            .filter(|tag| !tag.is_empty())
            .map(|tag| Language::parse(tag).map_err(|e| damaged("community", &e)))
            .collect::<Result<_>>()?,
        bounds: bounds(row)?,
        policy: match policy.as_str() {
            "formal" => PublicationPolicy::Formal,
            other => return Err(damaged("community", &format!("has the unknown policy {other}"))),
        },
        demo: row.read("demo")?,
        created_at: instant(row, "created_at")?,
    })
}

fn bounds(row: &impl Columns) -> Result<Option<Bounds>> {
    let side = |name: &str| row.read::<Option<f64>>(name);
    let (Some(west), Some(south), Some(east), Some(north)) =
        (side("west")?, side("south")?, side("east")?, side("north")?)
    else {
        return Ok(None);
    };
    Bounds::new(west, south, east, north).map(Some).map_err(|e| damaged("community", &e.under("bounds")))
}

/// Purposes from the three columns of a consent.
pub(super) fn purposes(row: &impl Columns) -> Result<Purposes> {
    Ok(Purposes {
        research: row.read("research")?,
        published_maps: row.read("published_maps")?,
        public_story: row.read("public_story")?,
    })
}

/// A participant from their row joined with the newest consent.
pub(super) fn participant(row: &impl Columns) -> Result<Participant> {
    Ok(Participant {
        id: ParticipantId(row.read("id")?),
        community: community_id(row, "community")?,
        language: language(row, "language")?,
        joined_at: instant(row, "joined_at")?,
        consent: ConsentRecord {
            version: row.read("version")?,
            language: language(row, "consent_language")?,
            text_hash: hash(row, "text_hash")?,
            purposes: purposes(row)?,
            given_at: instant(row, "given_at")?,
        },
    })
}

/// A session from its row.
pub(super) fn session(row: &impl Columns) -> Result<Session> {
    Ok(Session {
        token: hash(row, "token")?,
        participant: ParticipantId(row.read("participant")?),
        community: community_id(row, "community")?,
        created_at: instant(row, "created_at")?,
        expires_at: instant(row, "expires_at")?,
    })
}

/// A place from its row, its content as text.
pub(super) fn place(row: &impl Columns) -> Result<Place> {
    let content: String = row.read("content")?;
    Ok(Place {
        id: PlaceId(row.read("id")?),
        owner: ParticipantId(row.read("owner")?),
        content: PlaceRules::STORED.parse(content.as_bytes()).map_err(|e| damaged("place", &e))?,
        created_at: instant(row, "created_at")?,
        updated_at: instant(row, "updated_at")?,
        version: row.read("version")?,
    })
}

/// A support from its row.
pub(super) fn support(row: &impl Columns) -> Result<Support> {
    let bits: i64 = row.read("support_types")?;
    let price: String = row.read("price")?;
    Ok(Support {
        id: SupportId(row.read("id")?),
        location: LonLat::new(row.read("lon")?, row.read("lat")?).map_err(|e| damaged("support", &e))?,
        details: SupportDetails {
            source: row.read("source")?,
            source_id: row.read("source_id")?,
            name: row.read("name")?,
            category: row.read("category")?,
            support_types: u8::try_from(bits)
                .map(SupportTypes::from_bits)
                .map_err(|_| damaged("support", &"has support types out of range"))?,
            price: Price::parse(&price).ok_or_else(|| damaged("support", &"has an unknown price"))?,
            opening_hours: row.read("opening_hours")?,
            address: row.read("address")?,
            phone: row.read("phone")?,
            website: row.read("website")?,
            wheelchair: row.read("wheelchair")?,
        },
        updated_at: instant(row, "updated_at")?,
    })
}

/// A neighbourhood from its row.
pub(super) fn neighbourhood(row: &impl Columns) -> Result<Neighbourhood> {
    let shape: Vec<u8> = row.read("shape")?;
    Ok(Neighbourhood {
        id: NeighbourhoodId(row.read("id")?),
        name: row.read("name")?,
        source_id: row.read("source_id")?,
        population: row
            .read::<Option<i64>>("population")?
            .map(u32::try_from)
            .transpose()
            .map_err(|_| damaged("neighbourhood", &"has a population out of range"))?,
        shape: wkb::read(&shape).ok_or_else(|| damaged("neighbourhood", &"has no valid outline"))?,
    })
}

/// A row of the privacy ledger.
pub(super) fn ledger(row: &impl Columns) -> Result<LedgerRow> {
    Ok(LedgerRow {
        id: row.read("id")?,
        release: ReleaseId(row.read("release")?),
        layer: row.read("layer")?,
        sensitivity_squared: row.read("sensitivity_squared")?,
        sigma: row.read("sigma")?,
        rho_billionths: row.read("rho_billionths")?,
        domain: hash(row, "domain")?,
        code: row.read("code")?,
        on_demand: row.read("on_demand")?,
        at: instant(row, "at")?,
    })
}

/// A release from its row, its tables as text.
pub(super) fn release(row: &impl Columns) -> Result<StoredRelease> {
    let json =
        |column: &str| serde_json::from_str(&row.read::<String>(column)?).map_err(|e| damaged("release", &e));
    Ok(StoredRelease {
        id: ReleaseId(row.read("id")?),
        community: community_id(row, "community")?,
        made_at: instant(row, "made_at")?,
        on_demand: row.read("on_demand")?,
        parameters: json("parameters")?,
        cells: json("cells")?,
        neighbourhoods: json("neighbourhoods")?,
    })
}

/// A change and the position after it; `xid` is the transaction, or 0.
pub(super) fn change(row: &impl Columns) -> Result<(Change, FeedPosition)> {
    let what: String = row.read("what")?;
    let item = || row.read::<Uuid>("item");
    let what = match what.as_str() {
        "community" => Changed::Community,
        "supports" => Changed::Supports,
        "neighbourhoods" => Changed::Neighbourhoods,
        "place" => Changed::Place(PlaceId(item()?)),
        "release" => Changed::Release(ReleaseId(item()?)),
        other => return Err(damaged("change", &format!("is of the unknown kind {other}"))),
    };
    let position = FeedPosition { transaction: row.read("xid")?, sequence: row.read("seq")? };
    Ok((Change { community: community_id(row, "community")?, what }, position))
}

/// The columns `what` and `item` of a change.
pub(super) fn changed_columns(what: Changed) -> (&'static str, Option<Uuid>) {
    match what {
        Changed::Community => ("community", None),
        Changed::Supports => ("supports", None),
        Changed::Neighbourhoods => ("neighbourhoods", None),
        Changed::Place(id) => ("place", Some(id.0)),
        Changed::Release(id) => ("release", Some(id.0)),
    }
}
