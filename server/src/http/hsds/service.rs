//! Supports in the words of HSDS.

use engine::hours::{State, Timetable};
use engine::support::{Channel, Price, Schedule, Status, Support, SupportDetails};
use jiff::ToSpan;
use jiff::civil::{Date, DateTime};
use serde_json::{Map, Value, json};

use super::ids;
use super::terms::said;

/// What services are described with.
pub struct View<'a> {
    /// The community's name in addresses.
    pub community: &'a str,
    /// Its country by ISO 3166-1.
    pub country: Option<&'a str>,
    /// The day on its clocks.
    pub today: Date,
}

/// How much of a service is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Its identifier and when it changed.
    Minimal,
    /// What it has once.
    Flat,
    /// Everything.
    Full,
}

impl View<'_> {
    /// A service.
    pub fn service(&self, support: &Support, depth: Depth) -> Value {
        let d = &support.details;
        if depth == Depth::Minimal {
            return json!({"id": ids::service(support), "modified_date": support.updated_at.to_string()});
        }
        let status = support.status_on(self.today);
        let mut service = Map::new();
        let mut put = |name: &str, value: Value| {
            if !value.is_null() {
                service.insert(name.to_owned(), value);
            }
        };
        put("id", json!(ids::service(support)));
        put("name", json!(d.name.as_deref().unwrap_or(&d.category)));
        put("status", json!(status_word(status)));
        put("description", json!(d.description));
        put("url", json!(d.website.as_deref().filter(|url| is_web_address(url))));
        put("email", json!(d.email));
        put("eligibility_description", json!(d.eligibility));
        put("assured_date", json!(d.last_checked.map(|day| day.to_string())));
        put("last_modified", json!(support.updated_at.to_string()));
        if d.price == Price::Free {
            put("fees_description", json!("Free"));
        }
        if let Some(name) = &d.organisation {
            put("organization_id", json!(ids::organization(self.community, name)));
            put("organization", self.organization(name));
        }
        if depth == Depth::Full {
            put("phones", json!(phones(support)));
            put("languages", json!(languages(support)));
            put("cost_options", json!(costs(support)));
            put("attributes", json!(attributes(support, status)));
            put("schedules", json!(schedules(support, self.today)));
            put("service_at_locations", json!([self.at_location(support)]));
        }
        Value::Object(service)
    }

    /// An organisation without what belongs to it.
    pub fn organization(&self, name: &str) -> Value {
        json!({"id": ids::organization(self.community, name), "name": name, "description": name})
    }

    /// A service at its location, without the service.
    pub fn at_location(&self, support: &Support) -> Value {
        let location = ids::part(support, "location");
        json!({
            "id": ids::part(support, "service_at_location"), "service_id": ids::service(support),
            "location_id": location, "location": self.location(support),
        })
    }

    /// A service at its location, as the list has it.
    pub fn listed_at_location(&self, support: &Support, depth: Depth) -> Value {
        let mut at = self.at_location(support);
        at["service"] = self.service(support, if depth == Depth::Full { Depth::Full } else { Depth::Flat });
        at
    }

    /// The location: without an address and a position where they are nobody's business or there are none.
    fn location(&self, support: &Support) -> Value {
        let d = &support.details;
        let virtually = d.channel != Channel::Place;
        let mut location = json!({
            "id": ids::part(support, "location"),
            "location_type": if virtually { "virtual" } else { "physical" },
        });
        if let Some(name) = &d.name {
            location["name"] = json!(name);
        }
        if let Some(at) = support.location {
            location["latitude"] = json!(at.lat());
            location["longitude"] = json!(at.lon());
        }
        if let Some(address) = d.address.as_ref().filter(|_| !d.confidential) {
            // One line is all that is known: what HSDS wants beside it is a dash, which the importer reads as nothing.
            location["addresses"] = json!([{
                "id": ids::part(support, "address"), "address_1": address, "city": "-", "state_province": "-",
                "postal_code": "-", "country": self.country.unwrap_or("-"), "address_type": "physical",
            }]);
        }
        if let Some(wheelchair) = &d.wheelchair {
            location["accessibility"] = json!([{
                "id": ids::part(support, "accessibility"), "description": format!("wheelchair: {wheelchair}"),
            }]);
        }
        location
    }
}

/// Whether a text is an address that JSON Schema takes for one.
fn is_web_address(url: &str) -> bool {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"{}|\\^`".contains(&b))
    })
}

/// The status in HSDS's words; what is closing is still there.
fn status_word(status: Status) -> &'static str {
    match status {
        Status::Active | Status::Closing => "active",
        Status::TemporarilyClosed => "temporarily closed",
        Status::Closed => "defunct",
    }
}

fn phones(support: &Support) -> Vec<Value> {
    let phone = support.details.phone.iter();
    phone.map(|number| json!({"id": ids::part(support, "phone"), "number": number})).collect()
}

fn languages(support: &Support) -> Vec<Value> {
    let codes = support.details.languages.iter();
    codes
        .map(
            |code| json!({"id": ids::part(support, &format!("language/{code}")), "name": code, "code": code}),
        )
        .collect()
}

/// What it costs. Nothing is said of a price that nobody knows.
fn costs(support: &Support) -> Vec<Value> {
    let d = &support.details;
    let id = ids::part(support, "cost_option");
    let amount = d.price_amount.as_ref().and_then(|a| Some((a.amount.parse::<f64>().ok()?, &a.currency)));
    match (d.price, amount) {
        (Price::Free, _) => vec![json!({"id": id, "option": "free", "amount": 0})],
        (_, Some((amount, currency))) => {
            vec![json!({"id": id, "option": "a visit", "amount": amount, "currency": currency})]
        }
        _ => Vec::new(),
    }
}

fn attributes(support: &Support, status: Status) -> Vec<Value> {
    let attribute = |said: &super::terms::Said| {
        let name = format!("attribute/{}/{}", said.taxonomy, said.code);
        let mut attribute = json!({
            "id": ids::part(support, &name), "link_id": ids::service(support), "link_entity": "service",
            "link_type": said.taxonomy, "taxonomy_term_id": said.id(), "taxonomy_term": said.term(),
        });
        if let Some(value) = &said.value {
            attribute["value"] = json!(value);
        }
        attribute
    };
    said(support, status).iter().map(attribute).collect()
}

/// Hours by rules. Opening hours come as the rules of this week alone, valid to its end, each with the opening hours
/// as its description: a reader who knows them does not count them twice, and no season is taken for the year.
fn schedules(support: &Support, today: Date) -> Vec<Value> {
    let d = &support.details;
    let own = d.schedules.iter().enumerate().map(|(n, schedule)| by_rule(support, n, schedule));
    let mut all: Vec<Value> = own.collect();
    let Some(hours) = &d.opening_hours else { return all };
    let monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
    let sunday = monday.saturating_add(6.days());
    let only = SupportDetails { opening_hours: d.opening_hours.clone(), ..SupportDetails::default() };
    let timetable = Timetable::new(&only, None);
    for (n, day) in (0_i64..).zip(WEEKDAYS) {
        let midnight = monday.saturating_add(n.days()).at(0, 0, 0, 0);
        let next = midnight.saturating_add(1.days());
        let open = timetable.spans(midnight, next).into_iter().filter(|span| span.state == State::Open);
        for (i, span) in open.enumerate() {
            let clock = |at: DateTime| at.strftime("%H:%M").to_string();
            let closes = if span.end == next { "24:00".to_owned() } else { clock(span.end) };
            all.push(json!({
                "id": ids::part(support, &format!("hours/{n}/{i}")), "freq": "WEEKLY", "byday": day,
                "opens_at": clock(span.start), "closes_at": closes, "valid_from": monday.to_string(),
                "valid_to": sunday.to_string(), "description": hours,
            }));
        }
    }
    all
}

const WEEKDAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

fn by_rule(support: &Support, number: usize, schedule: &Schedule) -> Value {
    let mut rule = json!({"id": ids::part(support, &format!("schedule/{number}"))});
    let Ok(Value::Object(fields)) = serde_json::to_value(schedule) else { return rule };
    for (name, value) in fields {
        let value = match value {
            Value::Array(parts) if parts.is_empty() => continue,
            Value::Array(parts) => {
                let texts = parts.iter().map(|p| p.as_str().map_or_else(|| p.to_string(), str::to_owned));
                json!(texts.collect::<Vec<_>>().join(","))
            }
            Value::Null => continue,
            other => other,
        };
        rule[name] = value;
    }
    rule
}
