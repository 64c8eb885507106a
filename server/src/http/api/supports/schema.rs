//! The words and shapes of a support, for the OpenAPI document.
#![expect(dead_code, reason = "these describe what the engine's own types read and write")]

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What kind of place or group a support is.
#[derive(Serialize, ToSchema)]
#[schema(as = Form)]
#[serde(rename_all = "snake_case")]
pub enum FormName {
    MeetingPlace,
    Clubhouse,
    PeerGroup,
    RecoveryCommunity,
    Garden,
    Sport,
    Craft,
    Meals,
    Library,
    Cafe,
    Park,
    Arts,
    Faith,
    AdviceMoney,
    AdviceHousing,
    AdviceWork,
    Health,
    CrisisLine,
    OnlineForum,
    Learning,
    Other,
}

/// How somebody gets to a support.
#[derive(Serialize, ToSchema)]
#[schema(as = Channel)]
#[serde(rename_all = "snake_case")]
pub enum ChannelName {
    Place,
    Online,
    Telephone,
}

/// Whether a professional must refer.
#[derive(Serialize, ToSchema)]
#[schema(as = Referral)]
#[serde(rename_all = "snake_case")]
pub enum ReferralName {
    None,
    Needed,
    Unknown,
}

/// Whether a support is there now.
#[derive(Serialize, ToSchema)]
#[schema(as = SupportStatus)]
#[serde(rename_all = "snake_case")]
pub enum StatusName {
    Active,
    TemporarilyClosed,
    Closing,
    Closed,
}

/// Whether supports are found that their source does not have any more.
#[derive(Serialize, ToSchema)]
#[schema(as = Missing)]
#[serde(rename_all = "snake_case")]
pub enum MissingName {
    Also,
    Only,
}

/// What makes people close to each other in a clubhouse.
#[derive(Serialize, ToSchema)]
#[schema(as = Closeness)]
#[serde(rename_all = "snake_case")]
pub enum ClosenessName {
    Work,
    RepeatedInteraction,
    NonJudgement,
    EveningsWeekends,
    Skills,
    EqualPower,
    SharedExperience,
    FlexibleActivities,
    Outreach,
}

/// A price in money.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Amount)]
pub struct AmountShape {
    /// A decimal number.
    #[schema(example = "2.50", pattern = r"^[0-9]{1,9}(\.[0-9]{1,9})?$")]
    amount: String,
    /// By ISO 4217.
    #[schema(example = "EUR", pattern = "^[A-Z]{3}$")]
    currency: String,
}

/// A term of a taxonomy.
#[derive(Serialize, Deserialize, ToSchema)]
#[schema(as = Term)]
pub struct TermShape {
    taxonomy: String,
    id: String,
    name: String,
}

/// In which unit a schedule repeats.
#[derive(Serialize, ToSchema)]
#[schema(as = Frequency)]
#[serde(rename_all = "UPPERCASE")]
pub enum FrequencyName {
    Weekly,
    Monthly,
}

/// Hours that repeat by a rule in the manner of an iCalendar recurrence, in the community's time.
#[derive(Serialize, ToSchema)]
#[schema(as = Schedule)]
pub struct ScheduleShape {
    #[schema(required = false)]
    freq: FrequencyName,
    /// Every so many weeks or months, counted from `dtstart`.
    #[schema(required = false, minimum = 1, maximum = 520)]
    interval: u16,
    /// `MO`, or in a month `2TU` and `-1FR`.
    #[schema(required = false)]
    byday: Vec<String>,
    /// −1 is the last day.
    #[schema(required = false)]
    bymonthday: Vec<i8>,
    #[schema(format = Date)]
    dtstart: Option<String>,
    /// The last day on which it may happen.
    #[schema(format = Date)]
    until: Option<String>,
    #[schema(example = "17:00")]
    opens_at: Option<String>,
    /// Not after `opens_at` means the next day.
    #[schema(example = "19:30")]
    closes_at: Option<String>,
    description: Option<String>,
}

/// A support as a steward writes it; what is not named has nothing said in it. Members that only answers have
/// (`open`, `version`, `source` and the like) may be there and do not count.
#[derive(Serialize, ToSchema)]
#[schema(as = SupportBody)]
pub struct SupportBody {
    r#type: crate::http::api::schema::FeatureType,
    /// May be there and does not count: the address says which support is meant.
    id: Option<String>,
    /// Null for what is online, on the telephone or confidential.
    geometry: Option<crate::http::api::schema::Point>,
    properties: SupportFields,
}

/// What a steward may say of a support.
#[derive(Serialize, ToSchema)]
pub struct SupportFields {
    #[schema(max_length = 300)]
    name: Option<String>,
    /// A category of the vocabulary or of one's own; without it the form.
    #[schema(pattern = "^[a-z0-9_]{0,60}$", required = false)]
    category: String,
    #[schema(required = false)]
    form: FormName,
    #[schema(max_length = 300)]
    organisation: Option<String>,
    #[schema(max_length = 5000)]
    description: Option<String>,
    #[schema(required = false)]
    support_types: Vec<crate::http::api::schema::SupportType>,
    #[schema(required = false)]
    channel: ChannelName,
    #[schema(required = false)]
    confidential: bool,
    direct: Option<bool>,
    #[schema(required = false)]
    referral: ReferralName,
    #[schema(max_length = 5000)]
    eligibility: Option<String>,
    #[schema(required = false)]
    price: crate::http::api::schema::Price,
    price_amount: Option<AmountShape>,
    /// Places in a week: people that it has room for, a visit each.
    #[schema(maximum = 1_000_000)]
    capacity: Option<u32>,
    lived_experience: Option<bool>,
    #[schema(required = false)]
    closeness: Vec<ClosenessName>,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    since: Option<String>,
    #[schema(required = false)]
    status: StatusName,
    /// With the status closing or closed.
    #[schema(format = Date)]
    closing_on: Option<String>,
    #[schema(format = Date)]
    last_checked: Option<String>,
    /// By ISO 639.
    #[schema(required = false, max_items = 50)]
    languages: Vec<String>,
    /// In the OpenStreetMap syntax.
    opening_hours: Option<String>,
    #[schema(required = false, max_items = 50)]
    schedules: Vec<ScheduleShape>,
    #[schema(max_length = 300)]
    address: Option<String>,
    #[schema(max_length = 300)]
    phone: Option<String>,
    #[schema(max_length = 300)]
    email: Option<String>,
    /// http or https.
    #[schema(max_length = 1000)]
    website: Option<String>,
    /// `yes`, `limited` or `no`.
    wheelchair: Option<String>,
    #[schema(required = false, max_items = 50)]
    terms: Vec<TermShape>,
}
