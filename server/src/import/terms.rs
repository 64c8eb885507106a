//! What the terms of other directories say in our words: `data/mappings/hsds-terms.json` (CC0, with a reason for
//! every row).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use engine::filter::Folded;
use engine::support::{Form, SupportDetails, SupportTypes};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    names: Vec<String>,
    #[serde(default)]
    category: Option<String>,
    #[serde(default)]
    form: Option<Form>,
    support_types: SupportTypes,
    #[serde(default)]
    confidential: bool,
    #[expect(dead_code, reason = "for the people who review the file")]
    why: String,
}

#[derive(Deserialize)]
struct File {
    terms: Vec<Row>,
    languages: BTreeMap<String, Vec<String>>,
    free: Vec<String>,
}

static MAPPING: LazyLock<File> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../../data/mappings/hsds-terms.json"))
        .expect("the mapping shipped with the program is valid; a test reads it")
});

fn listed(names: &[String], name: &str) -> bool {
    let name = Folded::new(name);
    names.iter().any(|listed| Folded::new(listed) == name)
}

/// Takes over what the names of terms say, where the record itself says nothing yet.
pub fn apply<'a>(details: &mut SupportDetails, names: impl IntoIterator<Item = &'a str>) {
    let mut types: Vec<_> = details.support_types.iter().collect();
    for name in names {
        let Some(row) = MAPPING.terms.iter().find(|row| listed(&row.names, name)) else { continue };
        if let (true, Some(category)) = (details.category.is_empty(), &row.category) {
            details.category.clone_from(category);
        }
        if let (Form::Other, Some(form)) = (details.form, row.form) {
            details.form = form;
        }
        details.confidential |= row.confidential;
        types.extend(row.support_types.iter());
    }
    details.support_types = SupportTypes::of(types);
}

/// The code of a language by its code or its name.
pub fn language(text: &str) -> Option<String> {
    let text = text.trim();
    let known = MAPPING.languages.iter().find(|(code, names)| listed(names, text) || **code == text);
    let code = text.to_ascii_lowercase();
    let is_code = matches!(code.len(), 2 | 3) && code.bytes().all(|b| b.is_ascii_lowercase());
    known.map(|(code, _)| code.clone()).or_else(|| is_code.then_some(code))
}

/// Whether a text on fees says that there are none, and nothing more.
pub fn says_free(text: &str) -> bool {
    listed(&MAPPING.free, text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::category::category;

    #[test]
    fn the_mapping_names_categories_and_forms_that_there_are_and_each_term_once() {
        let mut seen = std::collections::BTreeSet::new();
        for row in &MAPPING.terms {
            assert!(row.category.as_deref().is_none_or(|c| category(c).is_some()), "{:?}", row.category);
            for name in &row.names {
                assert!(seen.insert(Folded::new(name).as_str().to_owned()), "{name} is listed twice");
            }
        }
        let mut found = SupportDetails::default();
        apply(&mut found, ["Nothing known", "senior centers", "Peer support"]);
        assert_eq!((found.category.as_str(), found.form), ("community_centre", Form::MeetingPlace));
        assert_eq!(found.support_types.iter().count(), 2);
        assert!(!found.confidential);
    }

    #[test]
    fn languages_are_known_by_name_or_code_and_only_a_plain_word_is_free() {
        assert_eq!(language("Spanish").as_deref(), Some("es"));
        assert_eq!(language("ET").as_deref(), Some("et"));
        assert_eq!(language("Klingon, sometimes"), None);
        assert!(says_free("None.") && says_free("TASUTA"));
        assert!(!says_free("None. Donations requested") && !says_free(""));
    }
}
