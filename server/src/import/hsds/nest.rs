//! HSDS in tables, nested as the JSON of the API nests it.

use std::collections::HashMap;

use serde_json::{Value, json};

use crate::import::ImportError;
use crate::import::tables::{Record, Tables};

/// Records of a table by the value in one of their columns.
struct By<'a>(HashMap<&'a str, Vec<&'a Record>>);

impl<'a> By<'a> {
    fn new(records: &'a [Record], column: &str) -> Self {
        let mut by: HashMap<&str, Vec<&Record>> = HashMap::new();
        for record in records {
            if let Some(key) = record.get(column).and_then(Value::as_str) {
                by.entry(key).or_default().push(record);
            }
        }
        Self(by)
    }

    fn of(&self, key: Option<&Value>) -> Vec<Value> {
        let found = key.and_then(Value::as_str).and_then(|key| self.0.get(key));
        found.into_iter().flatten().map(|record| Value::Object((*record).clone())).collect()
    }

    fn one(&self, key: Option<&Value>) -> Option<Value> {
        self.of(key).into_iter().next()
    }
}

/// The services of the tables.
///
/// # Errors
/// When there is no table of services.
pub fn services(tables: &Tables) -> Result<Vec<Value>, ImportError> {
    let services = tables.get(&["services", "service"]);
    if services.is_empty() {
        return Err(ImportError::Broken("has no table services.csv, or nothing in it".to_owned()));
    }
    let table = |name: &str| tables.get(&[name]);
    let at = tables.get(&["service_at_location", "service_at_locations"]);
    let by = |name: &str, column: &str| By::new(table(name), column);
    let organizations = by("organizations", "id");
    let at_of_service = By::new(at, "service_id");
    let locations = by("locations", "id");
    let of_location: Vec<(&str, By)> = ["addresses", "phones", "schedules", "languages", "accessibility"]
        .into_iter()
        .map(|name| (name, by(name, "location_id")))
        .collect();
    let of_at: Vec<(&str, By)> =
        ["phones", "schedules"].into_iter().map(|name| (name, by(name, "service_at_location_id"))).collect();
    let of_service: Vec<(&str, By)> = ["phones", "schedules", "languages", "cost_options"]
        .into_iter()
        .map(|name| (name, by(name, "service_id")))
        .collect();
    let attributes = Attributes::new(tables);
    let nested = services.iter().map(|row| {
        let mut service = Value::Object(row.clone());
        let places = at_of_service.of(row.get("id")).into_iter().map(|mut at| {
            if let Some(mut location) = locations.one(at.get("location_id")) {
                fill(&mut location, &of_location);
                attributes.fill(&mut location);
                at["location"] = location;
            }
            fill(&mut at, &of_at);
            attributes.fill(&mut at);
            at
        });
        service["service_at_locations"] = places.collect();
        if let Some(organization) = organizations.one(row.get("organization_id")) {
            service["organization"] = organization;
        }
        fill(&mut service, &of_service);
        attributes.fill(&mut service);
        service
    });
    Ok(nested.collect())
}

fn fill(object: &mut Value, tables: &[(&str, By)]) {
    let id = object.get("id").cloned();
    for (name, by) in tables {
        object[*name] = Value::Array(by.of(id.as_ref()));
    }
}

/// Attributes by what they are attached to, with their terms inside.
struct Attributes<'a> {
    by_link: By<'a>,
    terms: By<'a>,
    taxonomies: By<'a>,
}

impl<'a> Attributes<'a> {
    fn new(tables: &'a Tables) -> Self {
        Self {
            by_link: By::new(tables.get(&["attributes"]), "link_id"),
            terms: By::new(tables.get(&["taxonomy_terms"]), "id"),
            taxonomies: By::new(tables.get(&["taxonomies"]), "id"),
        }
    }

    fn fill(&self, object: &mut Value) {
        let mut found = self.by_link.of(object.get("id"));
        for attribute in &mut found {
            let Some(mut term) = self.terms.one(attribute.get("taxonomy_term_id")) else { continue };
            if let Some(taxonomy) = self.taxonomies.one(term.get("taxonomy_id")) {
                term["taxonomy_detail"] = taxonomy;
            }
            attribute["taxonomy_term"] = term;
        }
        object["attributes"] = json!(found);
    }
}
