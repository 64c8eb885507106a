//! A record of the directory.

use std::collections::BTreeSet;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Channel, Closeness, Form, Price, Referral, Schedule, Status, SupportTypes};
use crate::{LonLat, SupportId};

/// A price in money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amount {
    /// A decimal number such as `2.50`.
    pub amount: String,
    /// The currency by ISO 4217, such as `EUR`.
    pub currency: String,
}

/// A term of somebody's taxonomy.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Which taxonomy.
    pub taxonomy: String,
    /// The term's identifier there.
    pub id: String,
    /// Its name.
    pub name: String,
}

/// A support as it comes from a source, before the directory gave it an identifier.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct SupportDetails {
    /// Where the record comes from, `osm` or the importer's own name; with `source_id` unique in a community.
    pub source: String,
    /// The record's identifier there, for OpenStreetMap `node/1`, `way/1` or `relation/1`.
    pub source_id: String,
    /// Its name; many small ones have none.
    pub name: Option<String>,
    /// Its category, an OSM value such as `library`, from `data/mappings/osm-supports.json`; another source
    /// may bring its own.
    pub category: String,
    /// What kind of place or group it is.
    pub form: Form,
    /// Whose it is.
    pub organisation: Option<String>,
    /// What happens there, in plain words.
    pub description: Option<String>,
    /// What it offers.
    pub support_types: SupportTypes,
    /// How somebody gets to it.
    pub channel: Channel,
    /// Its address is nobody's business (a shelter from violence): [`Self::location`](Support::location) and
    /// address are dropped as soon as the record is read.
    pub confidential: bool,
    /// Support from person to person (direct), or by what one finds there (not direct).
    pub direct: Option<bool>,
    /// Whether a professional must refer.
    pub referral: Referral,
    /// For whom it is.
    pub eligibility: Option<String>,
    /// What a visit costs.
    pub price: Price,
    /// The price in money.
    pub price_amount: Option<Amount>,
    /// How many places it has in a week: people that it has room for, a visit each.
    pub capacity: Option<u32>,
    /// Whether people with lived experience work there.
    pub lived_experience: Option<bool>,
    /// What makes people close to each other there.
    pub closeness: BTreeSet<Closeness>,
    /// Since when it exists: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub since: Option<String>,
    /// Whether it is there now.
    pub status: Status,
    /// The day on which it ends, its last one.
    pub closing_on: Option<Date>,
    /// When somebody last made sure that all this is right.
    pub last_checked: Option<Date>,
    /// Languages spoken there, by ISO 639.
    pub languages: Vec<String>,
    /// Opening hours in the OpenStreetMap syntax.
    pub opening_hours: Option<String>,
    /// Hours that repeat by a rule, beside the opening hours.
    pub schedules: Vec<Schedule>,
    /// Postal address on one line.
    pub address: Option<String>,
    /// Telephone.
    pub phone: Option<String>,
    /// E-mail address.
    pub email: Option<String>,
    /// Web address (http or https only).
    pub website: Option<String>,
    /// Wheelchair access: `yes`, `limited` or `no`.
    pub wheelchair: Option<String>,
    /// Terms of taxonomies.
    pub terms: Vec<Term>,
}

/// A support of a community's directory.
#[derive(Debug, Clone, PartialEq)]
pub struct Support {
    /// Its identifier, kept when it is imported again.
    pub id: SupportId,
    /// Where it is; for a way or a relation a point on its surface. Online, telephone and confidential
    /// supports have none.
    pub location: Option<LonLat>,
    /// Everything else.
    pub details: SupportDetails,
    /// When it last changed here.
    pub updated_at: Timestamp,
    /// Its source does not have it any more, since then.
    pub missing_since: Option<Timestamp>,
    /// The names of fields that a steward edited: an import leaves these alone.
    pub curated: BTreeSet<String>,
    /// It was the same as this other one, which stands for it.
    pub merged_into: Option<SupportId>,
    /// Rises by one with every change.
    pub version: i64,
}

impl Support {
    /// A new record. A location that must not be known is dropped here.
    pub fn new(
        id: SupportId,
        location: Option<LonLat>,
        details: SupportDetails,
        updated_at: Timestamp,
    ) -> Self {
        let new = Self {
            id,
            location,
            details,
            updated_at,
            missing_since: None,
            curated: BTreeSet::new(),
            merged_into: None,
            version: 1,
        };
        new.without_secrets()
    }

    /// The record without what must not be known: the location and address of a confidential one, and the
    /// location of one that is no place to go to.
    #[must_use]
    pub fn without_secrets(mut self) -> Self {
        if self.details.confidential {
            self.details.address = None;
        }
        if self.details.confidential || self.details.channel != Channel::Place {
            self.location = None;
        }
        self
    }

    /// Whether this is a hospital, a clinic or a doctor's: places beside one never enter a release.
    pub fn is_clinical(&self) -> bool {
        matches!(self.details.category.as_str(), "hospital" | "clinic" | "doctors")
    }

    /// Its status on a day: what was closing is closed after its last day.
    pub fn status_on(&self, today: Date) -> Status {
        match self.details.status {
            Status::Closing if self.details.closing_on.is_some_and(|last| last < today) => Status::Closed,
            status => status,
        }
    }

    /// All fields that a source or a steward gives, by name, with `location` as `[lon, lat]`.
    pub fn fields(&self) -> Map<String, Value> {
        let Ok(Value::Object(mut fields)) = serde_json::to_value(&self.details) else { unreachable!() };
        fields.insert("location".to_owned(), self.location.map(|p| [p.lon(), p.lat()]).into_value());
        fields
    }

    /// The record after a steward's edit: what differs is curated from now on. Source and identifier there
    /// stay what they are.
    #[must_use]
    pub fn edited(&self, location: Option<LonLat>, details: SupportDetails, at: Timestamp) -> Self {
        let source = (self.details.source.clone(), self.details.source_id.clone());
        let details = SupportDetails { source: source.0, source_id: source.1, ..details };
        let mut edited = Self { location, details, missing_since: None, ..self.clone() }.without_secrets();
        let before = self.fields();
        edited
            .curated
            .extend(edited.fields().into_iter().filter(|(k, v)| before.get(k) != Some(v)).map(|(k, _)| k));
        edited.version += 1;
        edited.updated_at = at;
        edited
    }

    /// The record that takes in another one of the same support: what nobody said here is taken from there.
    #[must_use]
    pub fn filled_from(&self, other: &Self, at: Timestamp) -> Self {
        let nothing = SupportDetails::default();
        let Ok(Value::Object(nothing)) = serde_json::to_value(nothing) else { unreachable!() };
        let mut fields = self.fields();
        for (name, theirs) in other.fields() {
            // That the one which goes was closed says nothing of the one which stays.
            if matches!(name.as_str(), "status" | "closing_on") {
                continue;
            }
            // A record that is confidential makes the whole confidential.
            let unsaid =
                fields.get(&name).is_none_or(|ours| ours.is_null() || nothing.get(&name) == Some(ours));
            if unsaid && !theirs.is_null() {
                fields.insert(name, theirs);
            }
        }
        fields.remove("location");
        let details = serde_json::from_value(Value::Object(fields)).expect("fields of the same type");
        self.edited(self.location.or(other.location), details, at)
    }

    /// This record as another import brings it: with the incoming fields, but for those that were curated here.
    #[must_use]
    pub fn imported_again(&self, incoming: &Self) -> Self {
        let (location, details) = self.overlaid(incoming);
        let source = incoming.details.source_id.clone();
        let details = SupportDetails { source_id: source, ..details };
        Self { location, details, missing_since: None, ..self.clone() }.without_secrets()
    }

    fn overlaid(&self, incoming: &Self) -> (Option<LonLat>, SupportDetails) {
        if self.curated.is_empty() {
            return (incoming.location, incoming.details.clone());
        }
        let (mut fields, mut kept) = (incoming.fields(), self.fields());
        for name in &self.curated {
            if let Some(value) = kept.remove(name) {
                fields.insert(name.clone(), value);
            }
        }
        let location = if self.curated.contains("location") { self.location } else { incoming.location };
        let details = serde_json::from_value(Value::Object(fields));
        (location, details.expect("every field was written by the same type"))
    }
}

trait IntoValue {
    fn into_value(self) -> Value;
}

impl IntoValue for Option<[f64; 2]> {
    fn into_value(self) -> Value {
        self.map_or(Value::Null, |[lon, lat]| Value::Array(vec![lon.into(), lat.into()]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelter() -> SupportDetails {
        SupportDetails { address: Some("Kaevu 3".into()), ..SupportDetails::default() }
    }

    fn support(details: SupportDetails) -> Support {
        let id = SupportId(uuid::Uuid::nil());
        Support::new(id, LonLat::new(24.0, 59.0).ok(), details, Timestamp::UNIX_EPOCH)
    }

    #[test]
    fn a_confidential_support_has_neither_location_nor_address() {
        let secret = support(SupportDetails { confidential: true, ..shelter() });
        assert_eq!((secret.location, secret.details.address), (None, None));
        let online = support(SupportDetails { channel: Channel::Online, ..shelter() });
        assert_eq!((online.location, online.details.address.as_deref()), (None, Some("Kaevu 3")));
    }

    #[test]
    fn what_a_steward_edited_stays_when_it_is_imported_again() {
        let mut here = support(SupportDetails { name: Some("Ours".into()), ..shelter() });
        here.curated = ["name", "location"].map(String::from).into();
        let mut incoming = support(SupportDetails { phone: Some("1".into()), ..shelter() });
        incoming.location = LonLat::new(20.0, 50.0).ok();
        let now = here.imported_again(&incoming);
        assert_eq!(now.details.name.as_deref(), Some("Ours"));
        assert_eq!((now.location, now.details.phone.as_deref()), (here.location, Some("1")));
        here.curated = ["confidential".to_owned()].into();
        here.details.confidential = true;
        assert_eq!(here.imported_again(&incoming).details.address, None);
    }

    #[test]
    fn old_json_without_the_newer_fields_is_read() {
        let details: SupportDetails = serde_json::from_str(
            r#"{"source":"osm","source_id":"node/1","name":null,"category":"cafe",
                "support_types":[],"price":"low"}"#,
        )
        .unwrap();
        assert_eq!((details.status, details.referral), (Status::Active, Referral::Unknown));
    }

    #[test]
    fn what_was_closing_is_closed_after_its_last_day() {
        let last = jiff::civil::date(2026, 3, 31);
        let closing = support(SupportDetails {
            status: Status::Closing,
            closing_on: Some(last),
            ..SupportDetails::default()
        });
        assert_eq!(closing.status_on(last), Status::Closing);
        assert_eq!(closing.status_on(last.tomorrow().unwrap()), Status::Closed);
    }
}
