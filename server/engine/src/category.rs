//! What counts as a support: the categories of the directory and the OpenStreetMap tags that make one.
//!
//! The reviewed mapping is `data/mappings/osm-supports.json` (CC0), with a reason for every row.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::feeling::Labels;
use crate::support::{Form, Price, SupportTypes};

/// A category of supports.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// Its identifier, an OSM value where one fits.
    pub id: String,
    /// The tags that make a feature one, each by itself.
    pub tags: Vec<(String, String)>,
    /// The form that such a support has where its source says no more.
    pub form: Form,
    /// What it usually offers.
    pub support_types: SupportTypes,
    /// What a visit costs where the feature itself says nothing.
    pub price: Price,
    /// Its name in each language.
    pub labels: Labels,
    /// Why it is in the directory.
    pub why: String,
}

#[derive(Deserialize)]
struct MappingFile {
    categories: Vec<Category>,
}

static CATEGORIES: LazyLock<Vec<Category>> = LazyLock::new(|| {
    let file: MappingFile = serde_json::from_str(include_str!("../../../data/mappings/osm-supports.json"))
        .expect("the mapping shipped with the program is valid; a test reads it");
    file.categories
});

/// All categories, in order of precedence.
pub fn categories() -> &'static [Category] {
    &CATEGORIES
}

/// The category of this identifier.
pub fn category(id: &str) -> Option<&'static Category> {
    CATEGORIES.iter().find(|c| c.id == id)
}

/// The first category that one of the tags makes; `value_of` looks a key up. A value may list several,
/// separated by semicolons.
pub fn category_of<'a>(value_of: impl Fn(&str) -> Option<&'a str>) -> Option<&'static Category> {
    CATEGORIES.iter().find(|category| {
        category.tags.iter().any(|(key, value)| {
            value_of(key).is_some_and(|found| found.split(';').any(|one| one.trim() == value))
        })
    })
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_category_and_every_tag_is_named_once_and_labelled_in_three_languages() {
        let mut ids = HashSet::new();
        let mut tags = HashSet::new();
        for c in categories() {
            assert!(ids.insert(&c.id), "{}", c.id);
            assert!(!c.tags.is_empty() && !c.why.is_empty(), "{}", c.id);
            assert!(!c.labels.en.is_empty() && !c.labels.et.is_empty() && !c.labels.nb.is_empty());
            for tag in &c.tags {
                assert!(tags.insert(tag), "{tag:?}");
            }
        }
    }

    #[test]
    fn places_where_nobody_is_there_to_help_promise_no_help() {
        let promised = |id: &str| categories().iter().find(|c| c.id == id).unwrap().support_types;
        for to_be in ["park", "dog_park", "cafe", "theatre", "playground"] {
            assert!(promised(to_be).is_empty(), "{to_be}");
        }
        for to_talk in ["counselling", "clubhouse", "community_centre"] {
            assert!(promised(to_talk).contains(crate::support::SupportType::Emotional), "{to_talk}");
        }
    }

    #[test]
    fn a_library_is_a_support_and_a_bench_is_none() {
        let tagged = |key: &'static str, value: &'static str| category_of(|k| (k == key).then_some(value));
        assert_eq!(tagged("amenity", "library").unwrap().id, "library");
        assert_eq!(tagged("amenity", "nightclub; cafe").unwrap().id, "cafe");
        for none in ["bench", "waste_basket", "parking", "restaurant", "pub"] {
            assert!(tagged("amenity", none).is_none(), "{none}");
        }
    }
}
