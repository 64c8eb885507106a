//! From the columns of a row, which are the same in both databases, to the records and back.

use engine::category::category;
use engine::community::{Community, Language, Purposes};
use engine::neighbourhood::Neighbourhood;
use engine::place::{Place, PlaceRules};
use engine::support::{Form, Price, Support, SupportDetails, SupportTypes};
use engine::{
    Bounds, CommunityId, Invalid, LonLat, NeighbourhoodId, ParticipantId, PlaceId, ReleaseId, SupportId,
};
use jiff::Timestamp;
use serde_json::Value;
use sqlx::{Decode, Postgres, Sqlite, Type};
use uuid::Uuid;

use super::{
    Change, Changed, ConsentRecord, FeedPosition, Hash, LedgerRow, Participant, Recall, Result, Session,
    StoreError, StoredRelease, SupportChange, SupportOp, wkb,
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
pub(super) fn damaged(what: &'static str, why: &dyn std::fmt::Display) -> StoreError {
    StoreError::Damaged { what, why: why.to_string() }
}

/// Microseconds since 1970, as instants are stored.
pub(super) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

pub(super) fn instant(row: &impl Columns, column: &str) -> Result<Timestamp> {
    Timestamp::from_microsecond(row.read(column)?).map_err(|e| damaged("instant", &e))
}

pub(super) fn hash(row: &impl Columns, column: &str) -> Result<Hash> {
    let bytes: Vec<u8> = row.read(column)?;
    bytes.try_into().map_err(|_| damaged("hash", &"is not 32 bytes long"))
}

pub(super) fn community_id(row: &impl Columns, column: &str) -> Result<CommunityId> {
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
        country: parsed(row, "country")?,
        time_zone: parsed(row, "time_zone")?,
        policy: policy.parse().map_err(|e| damaged("community", &e))?,
        joining: row.read::<String>("joining")?.parse().map_err(|e| damaged("community", &e))?,
        crisis_confirmed: row.read::<Option<i64>>("crisis_confirmed_at")?.is_some(),
        crisis_contacts: json(row, "crisis_contacts")?,
        questions: json(row, "questions")?,
        earlier_questions: json(row, "earlier_questions")?.unwrap_or_default(),
        run_by: row.read("run_by")?,
        contact: row.read("contact")?,
        demo: row.read("demo")?,
        created_at: instant(row, "created_at")?,
    })
}

/// Parsed JSON of a community's column, where there is any.
fn json<T: serde::de::DeserializeOwned>(row: &impl Columns, column: &str) -> Result<Option<T>> {
    let text: Option<String> = row.read(column)?;
    text.map(|text| serde_json::from_str(&text).map_err(|e| damaged("community", &e))).transpose()
}

/// A community's questions or contacts as they are stored.
pub(super) fn json_text(told: &impl serde::Serialize) -> Result<String> {
    serde_json::to_string(told).map_err(|e| damaged("community", &e))
}

fn parsed<T: std::str::FromStr<Err = Invalid>>(row: &impl Columns, column: &str) -> Result<Option<T>> {
    let text: Option<String> = row.read(column)?;
    text.map(|text| text.parse()).transpose().map_err(|e| damaged("community", &e))
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
        consent: consent(row)?,
    })
}

/// What was agreed to from its row.
pub(super) fn consent(row: &impl Columns) -> Result<ConsentRecord> {
    Ok(ConsentRecord {
        version: row.read("version")?,
        language: language(row, "consent_language")?,
        text_hash: hash(row, "text_hash")?,
        purposes: purposes(row)?,
        given_at: instant(row, "given_at")?,
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

/// A support from its row, `more` and `curated` as text.
pub(super) fn support(row: &impl Columns) -> Result<Support> {
    let bits: i64 = row.read("support_types")?;
    let price: String = row.read("price")?;
    let (more, curated): (String, String) = (row.read("more")?, row.read("curated")?);
    let more: Value = serde_json::from_str(&more).map_err(|e| damaged("support", &e))?;
    let names_form = more.get("form").is_some();
    let more: SupportDetails = serde_json::from_value(more).map_err(|e| damaged("support", &e))?;
    let location = match (row.read::<Option<f64>>("lon")?, row.read::<Option<f64>>("lat")?) {
        (Some(lon), Some(lat)) => Some(LonLat::new(lon, lat).map_err(|e| damaged("support", &e))?),
        _ => None,
    };
    let category: String = row.read("category")?;
    Ok(Support {
        id: SupportId(row.read("id")?),
        location,
        details: SupportDetails {
            source: row.read("source")?,
            source_id: row.read("source_id")?,
            name: row.read("name")?,
            form: if names_form { more.form } else { usual_form(&category) },
            category,
            support_types: u8::try_from(bits)
                .map(SupportTypes::from_bits)
                .map_err(|_| damaged("support", &"has support types out of range"))?,
            price: Price::parse(&price).ok_or_else(|| damaged("support", &"has an unknown price"))?,
            opening_hours: row.read("opening_hours")?,
            address: row.read("address")?,
            phone: row.read("phone")?,
            website: row.read("website")?,
            wheelchair: row.read("wheelchair")?,
            ..more
        },
        updated_at: instant(row, "updated_at")?,
        missing_since: row
            .read::<Option<i64>>("missing_since")?
            .map(|at| Timestamp::from_microsecond(at).map_err(|e| damaged("instant", &e)))
            .transpose()?,
        curated: serde_json::from_str(&curated).map_err(|e| damaged("support", &e))?,
        merged_into: row.read::<Option<Uuid>>("merged_into")?.map(SupportId),
        version: row.read("version")?,
    })
}

/// The form of a record that was stored before forms were.
fn usual_form(name: &str) -> Form {
    category(name).map_or(Form::Other, |c| c.form)
}

/// An entry of a support's history, `before` and `after` as text.
pub(super) fn support_change(row: &impl Columns) -> Result<SupportChange> {
    let json =
        |text: &str| serde_json::from_str::<Value>(text).map_err(|e| damaged("change of a support", &e));
    let op: String = row.read("op")?;
    Ok(SupportChange {
        at: instant(row, "at")?,
        who: row.read("who")?,
        op: SupportOp::parse(&op).ok_or_else(|| damaged("change of a support", &"is of an unknown kind"))?,
        before: row.read::<Option<String>>("before")?.as_deref().map(json).transpose()?,
        after: json(&row.read::<String>("after")?)?,
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
        totals: json("totals")?,
        activities: json("activities")?,
        ground: json("ground")?,
        recalled: match row.read::<Option<String>>("reason")? {
            Some(reason) => Some(Recall { reason, at: instant(row, "recalled_at")? }),
            None => None,
        },
    })
}

/// A participant and how many releases they entered.
pub(super) fn entered(row: &impl Columns) -> Result<(ParticipantId, u32)> {
    Ok((ParticipantId(row.read("participant")?), count(row, "releases")?))
}

/// A participant and how many releases they had entered when they last renewed.
pub(super) fn renewed(row: &impl Columns) -> Result<(ParticipantId, u32)> {
    Ok((ParticipantId(row.read("participant")?), count(row, "renewed_at")?))
}

/// A number of releases.
pub(super) fn count(row: &impl Columns, column: &str) -> Result<u32> {
    u32::try_from(row.read::<i64>(column)?).map_err(|e| damaged("number of releases", &e))
}

/// A change and the position after it; `xid` is the transaction, or 0.
pub(super) fn change(row: &impl Columns) -> Result<(Change, FeedPosition)> {
    let what: String = row.read("what")?;
    let item = || row.read::<Uuid>("item");
    let what = match what.as_str() {
        "community" => Changed::Community,
        "supports" => Changed::Supports,
        "neighbourhoods" => Changed::Neighbourhoods,
        "names" => Changed::Names,
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
        Changed::Names => ("names", None),
        Changed::Place(id) => ("place", Some(id.0)),
        Changed::Release(id) => ("release", Some(id.0)),
    }
}
