//! Supports from GeoJSON: features with OpenStreetMap tags (flat or under `tags`), or our own properties.

use engine::category::category;
use engine::support::{Price, SupportDetails, SupportTypes};
use serde_json::{Map, Value};

use super::geojson::{Feature, features};
use super::outline::point_on;
use super::{Found, ImportError, Report, osm_tags};

/// Reads the supports of a file.
///
/// # Errors
/// When the file is not GeoJSON.
pub fn read(text: &[u8], report: &mut Report) -> Result<Vec<Found>, ImportError> {
    let mut found = Vec::new();
    for (i, feature) in features(text)?.into_iter().enumerate() {
        report.read += 1;
        let what = || feature.id.clone().unwrap_or_else(|| format!("features[{i}]"));
        let Some(location) = feature.geometry.as_ref().and_then(point_on) else {
            report.skip(what(), "has no location");
            continue;
        };
        let at = format!("at/{},{}", location.lon(), location.lat());
        let id = source_id(&feature).unwrap_or(at);
        let own = feature.properties.contains_key("category");
        let details =
            if own { own_properties(id, &feature.properties) } else { tagged(id, &feature.properties) };
        match details {
            Some(details) => found.push(Found { details, location }),
            None => report.no_support += 1,
        }
    }
    Ok(found)
}

/// The identifier in the source, as `node/1` where it is OpenStreetMap's.
fn source_id(feature: &Feature) -> Option<String> {
    let text = |key: &str| match feature.properties.get(key) {
        Some(Value::String(s)) => Some(s.clone()),
        Some(Value::Number(n)) => Some(n.to_string()),
        _ => None,
    };
    let id = text("source_id")
        .or_else(|| text("@id"))
        .or_else(|| feature.id.clone())
        .or_else(|| text("osm_id"))?;
    match text("osm_type") {
        Some(kind) if !id.contains('/') => Some(format!("{kind}/{id}")),
        _ => Some(id),
    }
    .and_then(|id| osm_tags::clean(&id))
}

fn tagged(id: String, properties: &Map<String, Value>) -> Option<SupportDetails> {
    let tags = properties.get("tags").and_then(Value::as_object).unwrap_or(properties);
    osm_tags::support(id, |key| tags.get(key).and_then(Value::as_str))
}

/// The properties of our own answers and exports.
fn own_properties(id: String, properties: &Map<String, Value>) -> Option<SupportDetails> {
    let text = |key: &str| properties.get(key).and_then(Value::as_str).and_then(osm_tags::clean);
    let category = category(&text("category")?)?;
    let types = properties
        .get("support_types")
        .and_then(|types| serde_json::from_value::<SupportTypes>(types.clone()).ok());
    Some(SupportDetails {
        source: text("source").unwrap_or_else(|| "geojson".to_owned()),
        source_id: id,
        name: text("name"),
        category: category.id.clone(),
        support_types: types.unwrap_or(category.support_types),
        price: text("price").and_then(|p| Price::parse(&p)).unwrap_or(category.price),
        opening_hours: text("opening_hours"),
        address: text("address"),
        phone: text("phone"),
        website: text("website").filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        wheelchair: text("wheelchair").filter(|w| matches!(w.as_str(), "yes" | "limited" | "no")),
    })
}
