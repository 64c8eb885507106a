//! Supports from GeoJSON: features with OpenStreetMap tags (flat or under `tags`), or our own properties.

use engine::category::category;
use engine::support::{Channel, Form, Price, SupportDetails, SupportTypes};
use serde::Deserialize;
use serde_json::Value;

use super::geojson::{Feature, features};
use super::outline::point_on;
use super::{Found, ImportError, Report, fields, osm_tags};

/// The source of records that name none.
const OWN: &str = "geojson";

/// Reads the supports of a file.
///
/// # Errors
/// When the file is not GeoJSON.
pub fn read(text: &[u8], report: &mut Report) -> Result<Vec<Found>, ImportError> {
    let mut found = Vec::new();
    for (i, feature) in features(text)?.into_iter().enumerate() {
        report.read += 1;
        let details = if feature.properties.contains_key("category") {
            own_properties(&feature)
        } else {
            tagged(&feature)
        };
        let Some(mut details) = details else {
            report.no_support += 1;
            continue;
        };
        let location = feature.geometry.as_ref().and_then(point_on);
        let hidden = details.confidential || details.channel != Channel::Place;
        if location.is_none() && !hidden {
            report.skip(feature.id.unwrap_or_else(|| format!("features[{i}]")), "has no location");
            continue;
        }
        let location = location.filter(|_| !hidden);
        if let (true, Some(location)) = (details.source_id.is_empty(), location) {
            // Known again by what it is and where, so that several at one address stay several.
            let name = details.name.as_deref().unwrap_or_default();
            details.source_id =
                format!("at/{},{}/{}/{name}", location.lon(), location.lat(), details.category);
        }
        if details.source_id.is_empty() {
            // Neither where it is nor, for a confidential one, its address may become a part of its identifier.
            report.skip(
                format!("features[{i}]"),
                "has neither an identifier nor a location to be known again by",
            );
            continue;
        }
        found.push(Found { details, location });
    }
    Ok(found)
}

fn property(feature: &Feature, key: &str) -> Option<String> {
    match feature.properties.get(key)? {
        Value::String(text) => osm_tags::clean(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// The identifier in OpenStreetMap, as `node/1`, if the feature has one.
fn osm_id(feature: &Feature) -> Option<String> {
    let written =
        [feature.id.clone(), property(feature, "@id"), property(feature, "osm_id"), property(feature, "id")];
    if let Some(id) = written.iter().flatten().find_map(|id| element(id)) {
        return Some(id);
    }
    let number = property(feature, "osm_id").or_else(|| property(feature, "id"))?;
    let kind = property(feature, "osm_type").or_else(|| property(feature, "type"))?;
    element(&format!("{kind}/{number}"))
}

fn element(written: &str) -> Option<String> {
    let (kind, number) = written.split_once('/')?;
    let number: u64 = number.parse().ok()?;
    matches!(kind, "node" | "way" | "relation").then(|| format!("{kind}/{number}"))
}

/// A feature with OpenStreetMap's tags. Without OpenStreetMap's identifier it is somebody's own list, which
/// must neither be credited to OpenStreetMap nor overwrite what is.
fn tagged(feature: &Feature) -> Option<SupportDetails> {
    let tags = feature.properties.get("tags").and_then(Value::as_object).unwrap_or(&feature.properties);
    let value_of = |key: &str| tags.get(key).and_then(Value::as_str);
    match osm_id(feature) {
        Some(id) => osm_tags::support(id, value_of),
        None => Some(SupportDetails {
            source: OWN.to_owned(),
            ..osm_tags::support(own_id(feature).unwrap_or_default(), value_of)?
        }),
    }
}

fn own_id(feature: &Feature) -> Option<String> {
    property(feature, "source_id")
        .or_else(|| osm_tags::clean(feature.id.as_deref()?))
        .or_else(|| property(feature, "id"))
}

/// The properties of our own answers and exports.
fn own_properties(feature: &Feature) -> Option<SupportDetails> {
    let category = category(&property(feature, "category")?)?;
    let types = feature.properties.get("support_types").and_then(|t| SupportTypes::deserialize(t).ok());
    let details = fields::lenient(&feature.properties);
    Some(SupportDetails {
        source: property(feature, "source").unwrap_or_else(|| OWN.to_owned()),
        source_id: own_id(feature).unwrap_or_default(),
        category: category.id.clone(),
        form: property(feature, "form").and_then(|f| Form::parse(&f)).unwrap_or(category.form),
        support_types: types.unwrap_or(category.support_types),
        price: property(feature, "price").and_then(|p| Price::parse(&p)).unwrap_or(category.price),
        ..details
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn supports(features: &[(&str, &str)]) -> Vec<SupportDetails> {
        let features: Vec<String> = features
            .iter()
            .map(|(id, properties)| {
                format!(
                    r#"{{"type":"Feature",{id}"properties":{properties},
                       "geometry":{{"type":"Point","coordinates":[25,60]}}}}"#
                )
            })
            .collect();
        let json = format!(r#"{{"type":"FeatureCollection","features":[{}]}}"#, features.join(","));
        let found = read(json.as_bytes(), &mut Report::default()).unwrap();
        found.into_iter().map(|f| f.details).collect()
    }

    #[test]
    fn openstreetmaps_identifiers_are_known_in_every_usual_form() {
        for form in [
            (r#""id":"node/1","#, r#"{"amenity":"cafe"}"#),
            ("", r#"{"@id":"node/1","amenity":"cafe"}"#),
            ("", r#"{"osm_id":1,"osm_type":"node","amenity":"cafe"}"#),
            ("", r#"{"type":"node","id":1,"tags":{"amenity":"cafe"}}"#),
        ] {
            let found = &supports(&[form])[0];
            assert_eq!((found.source.as_str(), found.source_id.as_str()), ("osm", "node/1"), "{form:?}");
        }
    }

    #[test]
    fn somebodys_own_list_is_not_openstreetmaps_and_two_at_one_address_are_two() {
        let found = supports(&[
            ("", r#"{"amenity":"library","name":"A"}"#),
            ("", r#"{"amenity":"cafe","name":"B"}"#),
            (r#""id":7,"#, r#"{"amenity":"cafe"}"#),
        ]);
        assert!(found.iter().all(|d| d.source == "geojson"), "{found:?}");
        let ids: Vec<_> = found.iter().map(|d| d.source_id.as_str()).collect();
        assert_eq!(ids, ["at/25,60/library/A", "at/25,60/cafe/B", "7"]);
    }

    #[test]
    fn an_online_support_needs_no_location_and_a_confidential_one_keeps_none() {
        let found = supports(&[
            (
                r#""id":"a","#,
                r#"{"category":"counselling","channel":"telephone","form":"crisis_line",
                "languages":["et","ru"],"opening_hours":"24/7","last_checked":"soon"}"#,
            ),
            (r#""id":"b","#, r#"{"category":"shelter","confidential":true,"address":"Kaevu 3"}"#),
            ("", r#"{"category":"shelter","confidential":true,"address":"Kaevu 3"}"#),
        ]);
        assert_eq!(found.len(), 2, "one that can only be known again by its location is left out");
        assert_eq!((found[0].form, found[0].languages.len()), (Form::CrisisLine, 2));
        assert_eq!(found[0].last_checked, None);
    }

    #[test]
    fn what_stead_writes_it_reads() {
        let found = &supports(&[(
            r#""id":"0198c5d0-0000-7000-8000-000000000001","#,
            r#"{"category":"ngo","support_types":["appraisal"],"price":"free","source":"osm",
               "source_id":"way/17","name":null}"#,
        )])[0];
        assert_eq!((found.source.as_str(), found.source_id.as_str()), ("osm", "way/17"));
        assert_eq!(found.price, Price::Free);
    }
}
