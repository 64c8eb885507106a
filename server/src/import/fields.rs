//! The fields of our own records as files write them: what is not right in one field leaves that field out.

use engine::support::SupportDetails;
use serde::Deserialize;
use serde_json::{Map, Value};

use super::osm_tags;

/// The details among these members by our own names. A field whose value is no such thing, too long or empty is
/// as good as not there.
pub fn lenient(members: &Map<String, Value>) -> SupportDetails {
    let fits = |name: &str, value: &Value| {
        let alone = Map::from_iter([(name.to_owned(), value.clone())]);
        SupportDetails::deserialize(Value::Object(alone)).is_ok()
    };
    let mut kept: Map<String, Value> = members
        .iter()
        .filter_map(|(name, value)| {
            let value = match value {
                Value::String(text) => Value::String(osm_tags::clean(text)?),
                other => other.clone(),
            };
            fits(name, &value).then(|| (name.clone(), value))
        })
        .collect();
    let is = |text: Option<&Value>, good: fn(&str) -> bool| text.and_then(Value::as_str).is_none_or(good);
    if !is(kept.get("website"), |url| url.starts_with("https://") || url.starts_with("http://")) {
        kept.remove("website");
    }
    if !is(kept.get("wheelchair"), |w| matches!(w, "yes" | "limited" | "no")) {
        kept.remove("wheelchair");
    }
    if !is(kept.get("since"), engine::support::is_since) {
        kept.remove("since");
    }
    SupportDetails::deserialize(Value::Object(kept)).unwrap_or_default()
}
