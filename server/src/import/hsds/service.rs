//! A service of HSDS, with what belongs to it inside, as supports: one for each location.

use engine::support::{Amount, Channel, Price, Status, SupportDetails, SupportType, SupportTypes, Term};
use engine::{LonLat, hours::Hours};
use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::{PROFILE, list, number, schedule, text};
use crate::import::osm_tags::clean;
use crate::import::{Found, Report, fields, terms};

/// Reads a service.
pub fn read(service: &Value, today: Date, report: &mut Report) -> Vec<Found> {
    let Some(id) = identifier(service) else {
        report.skip(text(service, "name").unwrap_or("a service").to_owned(), "has no identifier");
        return Vec::new();
    };
    let places: Vec<&Value> =
        list(service, "service_at_locations").iter().filter(|at| at.is_object()).collect();
    if places.is_empty() {
        return vec![one(service, &Value::Null, id, today, report)];
    }
    let keyed = places.into_iter().map(|at| {
        let known = identifier(at)
            .or_else(|| Some(format!("{id}/{}", at.get("location").and_then(identifier)?)))
            .unwrap_or_else(|| id.clone());
        (at, known)
    });
    keyed.map(|(at, key)| one(service, at, key, today, report)).collect()
}

fn identifier(value: &Value) -> Option<String> {
    match value.get("id")? {
        Value::String(id) => clean(id),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

fn one(service: &Value, at: &Value, key: String, today: Date, report: &mut Report) -> Found {
    let location = at.get("location").unwrap_or(&Value::Null);
    let organization = service.get("organization").unwrap_or(&Value::Null);
    let attributes: Vec<&Value> =
        [service, at, location].into_iter().flat_map(|owner| list(owner, "attributes")).collect();
    let mut details = ours(&attributes);
    let said_type = text(location, "location_type");
    details.confidential |= said_type == Some("redacted");
    if said_type == Some("virtual") && details.channel == Channel::Place {
        let telephone =
            text(location, "url").or(text(service, "url")).is_none() && phone(service, at).is_some();
        details.channel = if telephone { Channel::Telephone } else { Channel::Online };
    }
    let found = foreign(&attributes);
    // Who uses our profile says it in our words; a stranger's terms are read for what they mean.
    let ours = |(taxonomy, _)| matches!(taxonomy, "support_type" | "form" | "category");
    if !attributes.iter().filter_map(|attribute| profile_term(attribute)).any(ours) {
        terms::apply(&mut details, found.iter().map(|term| term.name.as_str()));
    }
    details.terms = found;
    details.source_id = key;
    details.name = text(service, "name").and_then(clean).or(details.name);
    details.organisation = text(organization, "name").and_then(clean);
    details.description = description(service);
    details.eligibility = eligibility(service);
    details.email =
        [service, location, organization].into_iter().find_map(|of| text(of, "email")).and_then(clean);
    details.email = details.email.filter(|email| email.contains('@'));
    details.phone = phone(service, at).and_then(clean);
    details.website = [(service, "url"), (location, "url"), (organization, "website")]
        .into_iter()
        .find_map(|(of, name)| text(of, name))
        .and_then(clean)
        .filter(|url| url.starts_with("https://") || url.starts_with("http://"));
    details.address = address(location);
    details.languages = languages(service, location);
    details.last_checked = text(service, "assured_date").and_then(|day| day.get(..10)?.parse().ok());
    if details.price == Price::Unknown {
        (details.price, details.price_amount) = price(service, today);
    } else {
        details.price_amount = price(service, today).1;
    }
    if details.status == Status::Active {
        details.status = status(text(service, "status").unwrap_or_default());
    }
    hours(&mut details, &[service, at, location], today, report);
    if details.category.is_empty() {
        details.form.as_str().clone_into(&mut details.category);
    }
    let location = position(location, &details, report);
    Found { details, location }
}

/// What our profile's own attributes say.
fn ours(attributes: &[&Value]) -> SupportDetails {
    let mut members = Map::new();
    let (mut types, mut closeness) = (Vec::new(), Vec::new());
    for attribute in attributes {
        let Some((taxonomy, code)) = profile_term(attribute) else { continue };
        match (taxonomy, text(attribute, "value")) {
            ("support_type", _) => types.extend(SupportType::parse(code)),
            ("closeness", _) => closeness.push(json!(code)),
            ("form" | "category", _) => {
                members.insert(taxonomy.to_owned(), json!(code));
            }
            ("about", Some(value)) => {
                let value = match value {
                    "true" => Value::Bool(true),
                    "false" => Value::Bool(false),
                    places if code == "capacity" => places.parse::<u32>().map_or(Value::Null, Value::from),
                    text => json!(text),
                };
                members.insert(code.to_owned(), value);
            }
            _ => {}
        }
    }
    members.insert("closeness".to_owned(), Value::Array(closeness));
    let mut details = fields::lenient(&members);
    details.support_types = SupportTypes::of(types);
    details.opening_hours = details.opening_hours.filter(|hours| Hours::parse(hours, None).is_ok());
    let plain = |c: &str| c.len() <= 60 && c.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    if !plain(&details.category) {
        details.category.clear();
    }
    details
}

/// The taxonomy and the code of a term of our profile.
fn profile_term(attribute: &Value) -> Option<(&str, &str)> {
    let term = attribute.get("taxonomy_term")?;
    Some((taxonomy(term)?.strip_prefix(PROFILE)?, text(term, "code")?))
}

fn taxonomy(term: &Value) -> Option<&str> {
    text(term, "taxonomy").or_else(|| text(term.get("taxonomy_detail")?, "name"))
}

/// The terms of other taxonomies, each once.
fn foreign(attributes: &[&Value]) -> Vec<Term> {
    let mut terms: Vec<Term> = Vec::new();
    for term in attributes.iter().filter_map(|a| a.get("taxonomy_term")) {
        let taxonomy = taxonomy(term).unwrap_or("taxonomy");
        let (Some(name), false) = (text(term, "name").and_then(clean), taxonomy.starts_with(PROFILE)) else {
            continue;
        };
        let id =
            text(term, "code").or_else(|| text(term, "id")).and_then(clean).unwrap_or_else(|| name.clone());
        let Some(taxonomy) = clean(taxonomy) else { continue };
        let found = Term { taxonomy, id, name };
        if !terms.contains(&found) && terms.len() < 50 {
            terms.push(found);
        }
    }
    terms
}

fn description(service: &Value) -> Option<String> {
    let parts = ["description", "alert"].into_iter().filter_map(|name| text(service, name));
    let kept: String = parts.collect::<Vec<_>>().join("\n");
    let kept: String =
        kept.replace("\r\n", "\n").chars().filter(|c| !c.is_control() || *c == '\n').take(5_000).collect();
    Some(kept.trim().to_owned()).filter(|text| !text.is_empty())
}

fn eligibility(service: &Value) -> Option<String> {
    let said = text(service, "eligibility_description").map(str::to_owned);
    let (from, to) = (number(service, "minimum_age"), number(service, "maximum_age"));
    let ages = match (from, to) {
        (Some(from), Some(to)) => Some(format!("{from}–{to}")),
        (Some(from), None) => Some(format!("{from}+")),
        (None, Some(to)) => Some(format!("0–{to}")),
        (None, None) => None,
    };
    let all = [said, ages].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let kept: String = all.chars().filter(|c| !c.is_control()).take(5_000).collect();
    Some(kept).filter(|text| !text.is_empty())
}

/// A telephone that people answer, the nearest to the service first.
fn phone<'a>(service: &'a Value, at: &'a Value) -> Option<&'a str> {
    let (location, organization) = (at.get("location"), service.get("organization"));
    let owners = [Some(at), Some(service), location, organization];
    let phones = owners.into_iter().flatten().flat_map(|owner| list(owner, "phones"));
    let mut answered = phones.filter(|p| text(p, "type").is_none_or(|t| !t.eq_ignore_ascii_case("fax")));
    answered.find_map(|p| text(p, "number")).map(|number| number.trim_matches('"')).filter(|n| !n.is_empty())
}

/// The address to go to on one line; a postal one says where letters go.
fn address(location: &Value) -> Option<String> {
    let addresses = list(location, "addresses");
    let is = |a: &&Value, kind: &str| text(a, "address_type").is_some_and(|t| t.eq_ignore_ascii_case(kind));
    let address = addresses
        .iter()
        .find(|a| is(a, "physical"))
        .or_else(|| addresses.iter().find(|a| !is(a, "postal") && !is(a, "virtual")))?;
    let part = |name| text(address, name).filter(|part| *part != "-");
    let street = [part("address_1"), part("address_2")].into_iter().flatten().collect::<Vec<_>>().join(", ");
    let town = [part("postal_code"), part("city")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let line = [street, town].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ");
    clean(&line)
}

fn languages(service: &Value, location: &Value) -> Vec<String> {
    let mut codes = Vec::new();
    for language in [service, location].into_iter().flat_map(|of| list(of, "languages")) {
        let code = text(language, "code").or_else(|| text(language, "name")).and_then(terms::language);
        if let Some(code) = code.filter(|code| !codes.contains(code)) {
            codes.push(code);
        }
    }
    codes.truncate(50);
    codes
}

/// What it costs by its options of today. None given: unknown, unless the text on fees says that there are none.
fn price(service: &Value, today: Date) -> (Price, Option<Amount>) {
    let day = |option: &Value, name| text(option, name).and_then(|day| day.get(..10)?.parse::<Date>().ok());
    let valid = |option: &&Value| {
        day(option, "valid_from").is_none_or(|from| from <= today)
            && day(option, "valid_to").is_none_or(|to| today <= to)
    };
    let options: Vec<&Value> = list(service, "cost_options").iter().filter(valid).collect();
    let amounts: Vec<f64> =
        options.iter().filter_map(|o| number(o, "amount")).filter(|n| *n >= 0.0).collect();
    if !amounts.is_empty() && amounts.len() == options.len() && amounts.iter().all(|n| *n == 0.0) {
        return (Price::Free, None);
    }
    if amounts.iter().any(|n| *n > 0.0) {
        let one = match options.as_slice() {
            [only] => text(only, "currency").map(|currency| Amount {
                amount: amounts[0].to_string(),
                currency: currency.to_ascii_uppercase(),
            }),
            _ => None,
        };
        return (Price::Paid, one.filter(engine::support::is_amount));
    }
    let fees = text(service, "fees_description").or_else(|| text(service, "fees"));
    let free = options.is_empty() && fees.is_some_and(terms::says_free);
    (if free { Price::Free } else { Price::Unknown }, None)
}

fn status(status: &str) -> Status {
    match status.to_ascii_lowercase().as_str() {
        "inactive" | "temporarily closed" => Status::TemporarilyClosed,
        "defunct" => Status::Closed,
        _ => Status::Active,
    }
}

/// The schedules nearest to the service at the location: its own, else the service's, else the location's.
fn hours(details: &mut SupportDetails, owners: &[&Value; 3], today: Date, report: &mut Report) {
    let [service, at, location] = owners;
    let Some(nearest) =
        [at, service, location].into_iter().map(|of| list(of, "schedules")).find(|s| !s.is_empty())
    else {
        return;
    };
    for value in nearest {
        match schedule::read(value, today) {
            // Made from the opening hours that came along in words of our own.
            Ok(Some(s)) if s.description.is_some() && s.description == details.opening_hours => {}
            Ok(Some(schedule)) if details.schedules.len() < 50 => details.schedules.push(schedule),
            Ok(_) => {}
            Err(why) => report.note(details.source_id.clone(), why),
        }
    }
}

fn position(location: &Value, details: &SupportDetails, report: &mut Report) -> Option<LonLat> {
    if details.confidential || details.channel != Channel::Place {
        return None;
    }
    let position = number(location, "longitude").zip(number(location, "latitude"));
    let found = position.map(|(lon, lat)| LonLat::new(lon, lat));
    match &found {
        Some(Ok(_)) => {}
        Some(Err(_)) => {
            report
                .note(&*details.source_id, "its coordinates are nowhere on earth: in lists, not on the map");
        }
        None => report.note(&*details.source_id, "has no coordinates: in lists, not on the map"),
    }
    found?.ok()
}
