//! The directory as a table.

use std::sync::Arc;

use engine::community::Community;
use engine::support::{Status, Support};
use geo::Geometry;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::table::{About, Cell, Field, Kind, Shapes, Table};

/// A support on a day, perhaps so many metres from where somebody asked.
pub struct Item {
    /// The support.
    pub support: Arc<Support>,
    /// Metres.
    pub distance: Option<f64>,
    /// What was closing is closed after its last day.
    pub today: Date,
}

/// The day in UTC, for those who have no community's time.
pub fn day(at: Timestamp) -> Date {
    at.to_zoned(TimeZone::UTC).date()
}

/// Whether the directory lists it without being asked for more: it is open for people, its source still has it,
/// and no other record stands for it.
pub fn is_listed(support: &Support, today: Date) -> bool {
    support.merged_into.is_none()
        && support.missing_since.is_none()
        && support.status_on(today) != Status::Closed
}

/// The table of supports.
pub fn table(community: &Community, items: Vec<Item>, query: Option<String>, made_at: Timestamp) -> Table {
    let osm = items.iter().any(|item| item.support.details.source == "osm");
    let about = About {
        notes: Vec::new(),
        questions: Vec::new(),
        title: format!("Supports of {}", community.title),
        community: community.id.clone(),
        query,
        consent_scope: None,
        promise: None,
        licence: osm.then(|| "© OpenStreetMap contributors, ODbL 1.0".to_owned()),
        made_at,
    };
    Table::new("supports", about, Shapes::Points, FIELDS, items, |item| {
        item.support.location.map(|at| Geometry::Point(geo::Point::new(at.lon(), at.lat())))
    })
}

fn json<T: serde::Serialize>(values: &[T]) -> Cell {
    if values.is_empty() {
        return Cell::Nothing;
    }
    serde_json::to_value(values).map_or(Cell::Nothing, Cell::Json)
}

#[rustfmt::skip]
pub(crate) const FIELDS: &[Field<Item>] = &[
    Field::new("id", Kind::Text, "identifier, kept when the support is imported again", |i| Cell::text(Some(i.support.id))),
    Field::new("name", Kind::Text, "its name; many small ones have none", |i| Cell::text(i.support.details.name.as_ref())),
    Field::new("category", Kind::Text, "a category of the vocabulary (an OpenStreetMap value), or the source's own", |i| Cell::text(Some(&i.support.details.category))),
    Field::new("form", Kind::Text, "what kind of place or group it is", |i| Cell::text(Some(i.support.details.form.as_str()))),
    Field::new("organisation", Kind::Text, "whose it is", |i| Cell::text(i.support.details.organisation.as_ref())),
    Field::new("description", Kind::Text, "what happens there", |i| Cell::text(i.support.details.description.as_ref())),
    Field::new("support_types", Kind::List, "types of support offered: emotional, instrumental, informational, appraisal (House 1981)", |i| Cell::list(i.support.details.support_types.iter().map(engine::support::SupportType::as_str))),
    Field::new("channel", Kind::Text, "how somebody gets to it: place, online or telephone; only a place has a geometry", |i| Cell::text(Some(i.support.details.channel.as_str()))),
    Field::new("confidential", Kind::Flag, "its location and address are nobody's business and are not kept", |i| Cell::Flag(i.support.details.confidential)),
    Field::new("direct", Kind::Flag, "support from person to person; false: by what one finds there", |i| Cell::flag(i.support.details.direct)),
    Field::new("referral", Kind::Text, "whether a professional must refer: none, needed or unknown", |i| Cell::text(Some(i.support.details.referral.as_str()))),
    Field::new("eligibility", Kind::Text, "for whom it is", |i| Cell::text(i.support.details.eligibility.as_ref())),
    Field::new("price", Kind::Text, "what a visit costs: free, low, paid or unknown; unknown is not free", |i| Cell::text(Some(i.support.details.price.as_str()))),
    Field::new("price_amount", Kind::Text, "the price, a decimal number", |i| Cell::text(i.support.details.price_amount.as_ref().map(|a| &a.amount))),
    Field::new("price_currency", Kind::Text, "its currency (ISO 4217)", |i| Cell::text(i.support.details.price_amount.as_ref().map(|a| &a.currency))),
    Field::new("capacity", Kind::Whole, "places in a week: people that it has room for, a visit each", |i| i.support.details.capacity.map_or(Cell::Nothing, |places| Cell::Whole(i64::from(places)))),
    Field::new("lived_experience", Kind::Flag, "whether people with lived experience work there", |i| Cell::flag(i.support.details.lived_experience)),
    Field::new("closeness", Kind::List, "what makes people close to each other there", |i| Cell::list(i.support.details.closeness.iter().map(|c| c.as_str()))),
    Field::new("since", Kind::Text, "since when it exists: YYYY, YYYY-MM or YYYY-MM-DD", |i| Cell::text(i.support.details.since.as_ref())),
    Field::new("status", Kind::Text, "active, temporarily_closed, closing or closed, on the day of the export", |i| Cell::text(Some(i.support.status_on(i.today).as_str()))),
    Field::new("closing_on", Kind::Day, "its last day", |i| Cell::text(i.support.details.closing_on)),
    Field::new("last_checked", Kind::Day, "when somebody last made sure that all this is right", |i| Cell::text(i.support.details.last_checked)),
    Field::new("languages", Kind::List, "languages spoken there (ISO 639)", |i| Cell::list(&i.support.details.languages)),
    Field::new("opening_hours", Kind::Text, "opening hours in the OpenStreetMap syntax", |i| Cell::text(i.support.details.opening_hours.as_ref())),
    Field::new("schedules", Kind::Json, "hours that repeat by a rule (in the manner of iCalendar)", |i| json(&i.support.details.schedules)),
    Field::new("address", Kind::Text, "postal address on one line", |i| Cell::text(i.support.details.address.as_ref())),
    Field::new("phone", Kind::Text, "telephone", |i| Cell::text(i.support.details.phone.as_ref())),
    Field::new("email", Kind::Text, "e-mail address", |i| Cell::text(i.support.details.email.as_ref())),
    Field::new("website", Kind::Text, "web address", |i| Cell::text(i.support.details.website.as_ref())),
    Field::new("wheelchair", Kind::Text, "wheelchair access: yes, limited or no", |i| Cell::text(i.support.details.wheelchair.as_ref())),
    Field::new("terms", Kind::Json, "terms of taxonomies", |i| json(&i.support.details.terms)),
    Field::new("source", Kind::Text, "where the record comes from", |i| Cell::text(Some(&i.support.details.source))),
    Field::new("source_id", Kind::Text, "its identifier there", |i| Cell::text(Some(&i.support.details.source_id))),
    Field::new("updated_at", Kind::Instant, "when it last changed here", |i| Cell::text(Some(i.support.updated_at))),
    Field::new("missing_since", Kind::Instant, "its source does not have it any more, since then", |i| Cell::text(i.support.missing_since)),
    Field::new("distance_m", Kind::Real, "distance from the position asked about, on the ellipsoid", |i: &Item| Cell::real(i.distance.map(|m| (m * 10.0).round() / 10.0))).in_unit("metre"),
];
