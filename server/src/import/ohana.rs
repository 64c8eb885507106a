//! Supports from the tables of an Ohana API (Code for America), put together as HSDS nests them.

use std::collections::HashMap;

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::hsds::{self, weekday};
use super::tables::{Record, Tables};
use super::{Found, ImportError, Report};

/// Reads the supports.
///
/// # Errors
/// When there is no table of services.
pub fn read(tables: &Tables, today: Date, report: &mut Report) -> Result<Vec<Found>, ImportError> {
    let services = tables.get(&["services"]);
    if services.is_empty() {
        return Err(ImportError::Broken("has no table services.csv, or nothing in it".to_owned()));
    }
    let by_id = |name: &str| -> HashMap<&str, &Record> {
        tables.get(&[name]).iter().filter_map(|row| Some((cell(row, "id")?, row))).collect()
    };
    let (locations, organizations) = (by_id("locations"), by_id("organizations"));
    let names: HashMap<&str, &str> = tables
        .get(&["taxonomy"])
        .iter()
        .filter_map(|row| Some((cell(row, "taxonomy_id")?, cell(row, "name")?)))
        .collect();
    let nested = services.iter().map(|row| {
        let location = cell(row, "location_id").and_then(|id| locations.get(id).copied());
        let organization = location.and_then(|l| organizations.get(cell(l, "organization_id")?).copied());
        let mut service: Map<String, Value> = row.clone();
        for (from, to) in
            [("website", "url"), ("fees", "fees_description"), ("eligibility", "eligibility_description")]
        {
            if let Some(value) = row.get(from) {
                service.insert(to.to_owned(), value.clone());
            }
        }
        // A list of names here, a list of objects there.
        service.insert("languages".to_owned(), languages(row));
        service.insert("organization".to_owned(), organization.map_or(Value::Null, |o| json!(o)));
        service.insert("attributes".to_owned(), attributes(row, &names));
        let id = cell(row, "id");
        service.insert("phones".to_owned(), belonging(tables, "phones", "service_id", id));
        service.insert("schedules".to_owned(), schedules(tables, "service_id", id));
        if let Some(location) = location {
            let at = json!({"id": id, "location": place(tables, location)});
            service.insert("service_at_locations".to_owned(), json!([at]));
        }
        Value::Object(service)
    });
    Ok(hsds::services(&nested.collect::<Vec<_>>(), today, report))
}

fn cell<'a>(row: &'a Record, name: &str) -> Option<&'a str> {
    row.get(name)?.as_str()
}

/// What belongs to a thing and to nothing narrower: a contact's telephone is not the service's.
fn belonging(tables: &Tables, table: &str, column: &str, id: Option<&str>) -> Value {
    let rows = tables.get(&[table]).iter().filter(|row| id.is_some() && cell(row, column) == id);
    rows.filter(|row| !row.contains_key("contact_id"))
        .map(|row| {
            let mut row = row.clone();
            if let Some(kind) = row.get("number_type").cloned() {
                row.insert("type".to_owned(), kind);
            }
            Value::Object(row)
        })
        .collect()
}

fn place(tables: &Tables, location: &Record) -> Value {
    let id = cell(location, "id");
    let mut place = Value::Object(location.clone());
    place["location_type"] =
        json!(if cell(location, "virtual").is_some_and(|v| v.eq_ignore_ascii_case("true")) {
            "virtual"
        } else {
            "physical"
        });
    place["url"] = location.get("website").cloned().unwrap_or_default();
    place["languages"] = languages(location);
    place["addresses"] = belonging(tables, "addresses", "location_id", id);
    place["phones"] = belonging(tables, "phones", "location_id", id);
    place["schedules"] = schedules(tables, "location_id", id);
    // The only word of access that can be taken at its word.
    let accessible =
        words(location, "accessibility").iter().any(|word| word.eq_ignore_ascii_case("wheelchair"));
    place["attributes"] = if accessible {
        let term = json!({"taxonomy": "stead:about", "code": "wheelchair", "name": "wheelchair"});
        json!([{"value": "yes", "taxonomy_term": term}])
    } else {
        json!([])
    };
    place
}

fn schedules(tables: &Tables, column: &str, id: Option<&str>) -> Value {
    let rows =
        tables.get(&["regular_schedules"]).iter().filter(|row| id.is_some() && cell(row, column) == id);
    let schedule = |row: &Record| {
        json!({"freq": "WEEKLY", "byday": cell(row, "weekday").and_then(weekday),
            "opens_at": row.get("opens_at"), "closes_at": row.get("closes_at")})
    };
    rows.map(schedule).collect()
}

fn words<'a>(row: &'a Record, name: &str) -> Vec<&'a str> {
    let all = cell(row, name).unwrap_or_default().split(',').map(str::trim);
    all.filter(|word| !word.is_empty()).collect()
}

fn languages(row: &Record) -> Value {
    words(row, "languages").into_iter().map(|name| json!({"name": name})).collect()
}

fn attributes(row: &Record, names: &HashMap<&str, &str>) -> Value {
    let term = |taxonomy: &str, code: &str, name: &str| json!({"taxonomy_term": {"taxonomy": taxonomy, "code": code, "name": name}});
    let taxonomy = words(row, "taxonomy_ids");
    let taxonomy = taxonomy.into_iter().map(|id| term("Open Eligibility", id, names.get(id).unwrap_or(&id)));
    let keywords = words(row, "keywords");
    taxonomy.chain(keywords.into_iter().map(|word| term("keywords", word, word))).collect()
}
