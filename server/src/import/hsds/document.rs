//! The services in a JSON document.

use engine::Invalid;
use serde_json::{Map, Value};

use super::{list, nest, text};
use crate::import::json::Strict;
use crate::import::tables::Tables;
use crate::import::{ImportError, Report};

/// Whether JSON is HSDS rather than GeoJSON: whatever says that it is a feature is GeoJSON.
pub fn looks_like(bytes: &[u8]) -> bool {
    let Ok(values) = values(bytes) else { return false };
    match values.first() {
        Some(Value::Object(object)) => {
            let named = |names: &[&str]| names.iter().any(|name| object.contains_key(*name));
            !object.contains_key("type")
                && (is_tables(object) || named(&["contents", "status", "service", "services"]))
        }
        Some(Value::Array(_)) => true,
        _ => false,
    }
}

fn values(bytes: &[u8]) -> Result<Vec<Value>, Invalid> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let values = serde_json::Deserializer::from_slice(bytes).into_iter::<Strict>();
    values
        .map(|one| one.map(|Strict(value)| value))
        .collect::<Result<Vec<Value>, _>>()
        .map_err(|e| Invalid::new("", format!("is not valid JSON: {e}")))
}

/// The services, each with what belongs to it inside.
pub fn services(bytes: &[u8], report: &mut Report) -> Result<Vec<Value>, ImportError> {
    let values = values(bytes)?;
    if let [Value::Object(object)] = values.as_slice()
        && is_tables(object)
    {
        return nest::services(&Tables::from_json(object)?);
    }
    let mut items = Vec::new();
    for value in values {
        match value {
            Value::Array(list) => items.extend(list),
            Value::Object(mut page) if page.contains_key("contents") => match page.remove("contents") {
                Some(Value::Array(list)) => items.extend(list),
                _ => return Err(Invalid::new("contents", "must be a list").into()),
            },
            one => items.push(one),
        }
    }
    let (all, mut services) = (items.len(), Vec::new());
    for item in items {
        take(item, &mut services, report)?;
    }
    if all > 0 && report.no_support == all {
        return Err(ImportError::Broken("holds no service of HSDS (a name and a status)".to_owned()));
    }
    Ok(services)
}

fn is_tables(object: &Map<String, Value>) -> bool {
    !object.is_empty()
        && object.iter().all(|(name, table)| crate::import::tables::stem(name).is_some() && table.is_array())
}

fn take(item: Value, services: &mut Vec<Value>, report: &mut Report) -> Result<(), ImportError> {
    if !item.is_object() {
        return Err(ImportError::Broken("holds something that is no service of HSDS".to_owned()));
    }
    if item.get("services").is_some() {
        services.extend(of_organization(&item));
    } else if item.get("service").is_some_and(Value::is_object) {
        let mut service = item["service"].clone();
        service["service_at_locations"] = Value::Array(vec![item]);
        services.push(service);
    } else if text(&item, "status").is_some() && text(&item, "name").is_some() {
        services.push(item);
    } else {
        report.read += 1;
        report.no_support += 1;
    }
    Ok(())
}

fn of_organization(organization: &Value) -> Vec<Value> {
    let mut owner = organization.clone();
    if let Value::Object(members) = &mut owner {
        members.remove("services");
    }
    let mut services = list(organization, "services").to_vec();
    for service in services.iter_mut().filter(|s| s.is_object()) {
        if !service["organization"].is_object() {
            service["organization"] = owner.clone();
        }
    }
    services
}
