//! Supports as GeoJSON.

use std::sync::Arc;

use engine::support::{Channel, Closeness, Form, Price, Referral, Status, Support, SupportTypes};
use serde::Serialize;
use utoipa::ToSchema;

use super::facets::Facets;
use super::moment::Moment;
use super::query::{Ground, SupportQuery};
use super::schema::{AmountShape, ScheduleShape, TermShape};
use crate::http::api::cursor::write_support;
use crate::http::api::schema;
use crate::live::Directory;

/// What is known of a support. Nobody said: null, `unknown` or an empty list.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportProperties {
    name: Option<String>,
    /// A category of the vocabulary, or the source's own.
    category: String,
    /// What kind of place or group it is.
    #[schema(value_type = super::schema::FormName)]
    form: Form,
    /// Whose it is.
    organisation: Option<String>,
    /// What happens there.
    description: Option<String>,
    #[schema(value_type = Vec<schema::SupportType>)]
    support_types: SupportTypes,
    /// How somebody gets to it; only a `place` has a geometry.
    #[schema(value_type = super::schema::ChannelName)]
    channel: Channel,
    /// Where it is, is nobody's business.
    confidential: bool,
    /// From person to person, or by what one finds there.
    direct: Option<bool>,
    #[schema(value_type = super::schema::ReferralName)]
    referral: Referral,
    /// For whom it is.
    eligibility: Option<String>,
    #[schema(value_type = schema::Price)]
    price: Price,
    #[schema(value_type = Option<AmountShape>)]
    price_amount: Option<engine::support::Amount>,
    /// Places in a week: people that it has room for, a visit each.
    capacity: Option<u32>,
    /// Whether people with lived experience work there.
    lived_experience: Option<bool>,
    #[schema(value_type = Vec<super::schema::ClosenessName>)]
    closeness: Vec<Closeness>,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    since: Option<String>,
    /// Whether it is there now; what was closing is closed after its last day.
    #[schema(value_type = super::schema::StatusName)]
    status: Status,
    #[schema(format = Date)]
    closing_on: Option<String>,
    /// When somebody last made sure that all this is right.
    #[schema(format = Date)]
    last_checked: Option<String>,
    /// By ISO 639.
    languages: Vec<String>,
    /// In the OpenStreetMap syntax.
    opening_hours: Option<String>,
    /// Hours that repeat by a rule.
    #[schema(value_type = Vec<ScheduleShape>)]
    schedules: Vec<engine::support::Schedule>,
    /// Whether it is open now, or at the time asked about; null when nobody knows.
    open: Option<bool>,
    /// When that changes, in the community's time.
    #[schema(format = DateTime)]
    next_change: Option<String>,
    address: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    website: Option<String>,
    /// `yes`, `limited` or `no`.
    wheelchair: Option<String>,
    #[schema(value_type = Vec<TermShape>)]
    terms: Vec<engine::support::Term>,
    /// Where the record comes from, such as `osm`.
    source: String,
    /// Its identifier there.
    source_id: String,
    #[schema(format = DateTime)]
    updated_at: String,
    /// The source does not have it any more, since then.
    #[schema(format = DateTime)]
    missing_since: Option<String>,
    /// For `If-Match`.
    version: i64,
    /// Metres from `near`.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_m: Option<f64>,
    /// Walking there from `near`: 1.3 times the straight line at 80 m a minute, rounded up.
    #[serde(skip_serializing_if = "Option::is_none")]
    walking_minutes: Option<u32>,
}

/// Where a support is.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportPoint {
    #[schema(value_type = schema::PointType)]
    r#type: &'static str,
    coordinates: [f64; 2],
}

/// A support.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportFeature {
    #[schema(value_type = schema::FeatureType)]
    r#type: &'static str,
    #[schema(value_type = uuid::Uuid)]
    id: String,
    /// Null for what is online, on the telephone or confidential.
    geometry: Option<SupportPoint>,
    properties: SupportProperties,
}

/// A page of supports.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportPage {
    #[schema(value_type = schema::FeatureCollectionType)]
    r#type: &'static str,
    features: Vec<SupportFeature>,
    /// How many there are on all pages.
    number_matched: usize,
    /// How many are on this one.
    number_returned: usize,
    /// For the next page; null on the last one.
    next: Option<String>,
    /// Whom to credit wherever they are shown.
    attribution: Option<&'static str>,
    /// How many of everything that was found are of each kind, if asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    facets: Option<Facets>,
}

impl SupportPage {
    /// The answer to a search.
    pub fn answer(query: &SupportQuery, ground: &Ground) -> Self {
        let directory = &ground.directory;
        let found = query.run(directory);
        let feature = |(support, distance): &(Arc<Support>, Option<f64>)| {
            SupportFeature::new(support, *distance, directory, &query.moment)
        };
        let features: Vec<_> = found.page.iter().map(feature).collect();
        Self {
            r#type: "FeatureCollection",
            number_matched: found.all.len(),
            number_returned: features.len(),
            features,
            next: found.next.as_ref().map(write_support),
            attribution: directory.attribution,
            facets: query.facets.then(|| Facets::of(query, ground, &found)),
        }
    }
}

/// Minutes to walk a straight line of so many metres: streets make it 1.3 times as long, at 80 m a minute.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a distance on Earth in minutes fits"
)]
pub fn walking_minutes(metres: f64) -> u32 {
    (metres * 1.3 / 80.0).ceil() as u32
}

/// A distance in metres, to a tenth.
pub fn rounded_metres(metres: f64) -> f64 {
    (metres * 10.0).round() / 10.0
}

impl SupportFeature {
    /// A support at a moment, perhaps so many metres away.
    pub fn new(support: &Support, distance: Option<f64>, directory: &Directory, moment: &Moment) -> Self {
        let (open, next_change) =
            directory.index.hours(support.id).map_or((None, None), |hours| moment.look_up(hours));
        Self {
            r#type: "Feature",
            id: support.id.to_string(),
            geometry: support
                .location
                .map(|at| SupportPoint { r#type: "Point", coordinates: [at.lon(), at.lat()] }),
            properties: SupportProperties {
                status: support.status_on(moment.day()),
                open,
                next_change,
                ..SupportProperties::new(support, distance)
            },
        }
    }
}

impl SupportProperties {
    fn new(support: &Support, distance: Option<f64>) -> Self {
        let d = support.details.clone();
        Self {
            name: d.name,
            category: d.category,
            form: d.form,
            organisation: d.organisation,
            description: d.description,
            support_types: d.support_types,
            channel: d.channel,
            confidential: d.confidential,
            direct: d.direct,
            referral: d.referral,
            eligibility: d.eligibility,
            price: d.price,
            price_amount: d.price_amount,
            capacity: d.capacity,
            lived_experience: d.lived_experience,
            closeness: d.closeness.into_iter().collect(),
            since: d.since,
            status: d.status,
            closing_on: d.closing_on.map(|day| day.to_string()),
            last_checked: d.last_checked.map(|day| day.to_string()),
            languages: d.languages,
            opening_hours: d.opening_hours,
            schedules: d.schedules,
            open: None,
            next_change: None,
            address: d.address,
            phone: d.phone,
            email: d.email,
            website: d.website,
            wheelchair: d.wheelchair,
            terms: d.terms,
            source: d.source,
            source_id: d.source_id,
            updated_at: support.updated_at.to_string(),
            missing_since: support.missing_since.map(|at| at.to_string()),
            version: support.version,
            distance_m: distance.map(rounded_metres),
            walking_minutes: distance.map(walking_minutes),
        }
    }
}
