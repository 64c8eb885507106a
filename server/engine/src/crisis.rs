//! Whom to call in a crisis: what a community says of somebody who answers.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Invalid;
use crate::community::Language;

/// Most contacts of a community: nobody in a crisis reads more.
const MOST_CONTACTS: usize = 12;
const MOST_NAME: usize = 100;
const MOST_TEXT: usize = 200;
const MOST_SOURCE: usize = 300;

/// Somebody to call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrisisContact {
    /// The organisation, in its own language.
    pub name: String,
    /// The number: digits, spaces, `-` and a `+` in front.
    pub phone: String,
    /// What it is for, by language.
    pub note: BTreeMap<String, String>,
    /// When somebody answers, by language.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub hours: BTreeMap<String, String>,
    /// Where the number and the hours were read, such as the organisation's page and the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

/// A community's contacts as a steward writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CrisisContacts {
    /// In the order in which they are shown: the first ones on every page.
    pub contacts: Vec<CrisisContact>,
}

impl CrisisContacts {
    /// Checks what was read of a file. Unlike the contacts that come with the program, each says its hours and its
    /// source: whoever confirms them can look there.
    ///
    /// # Errors
    /// The path of the first field that breaks a rule, such as `contacts[1].note.et`.
    pub fn check(self, languages: &[Language]) -> Result<Self, Invalid> {
        if !(1..=MOST_CONTACTS).contains(&self.contacts.len()) {
            return Err(Invalid::new("contacts", format!("must be 1 to {MOST_CONTACTS}")));
        }
        for (i, contact) in self.contacts.iter().enumerate() {
            contact.check(languages).map_err(|e| e.under(&format!("contacts[{i}]")))?;
            if self.contacts[..i].iter().any(|other| other.phone == contact.phone) {
                return Err(Invalid::new(format!("contacts[{i}].phone"), "is there already"));
            }
        }
        Ok(self)
    }
}

impl CrisisContact {
    fn check(&self, languages: &[Language]) -> Result<(), Invalid> {
        line("name", &self.name, MOST_NAME)?;
        if !is_phone(&self.phone) {
            let problem =
                "must be a telephone number: 3 to 15 digits, with spaces or - between them, + in front";
            return Err(Invalid::new("phone", problem));
        }
        in_each("note", &self.note, languages)?;
        in_each("hours", &self.hours, languages)?;
        match &self.source {
            Some(source) => line("source", source, MOST_SOURCE),
            None => Err(Invalid::new("source", "is missing: say where the number and the hours were read")),
        }
    }
}

fn is_phone(text: &str) -> bool {
    let rest = text.strip_prefix('+').unwrap_or(text);
    let digits = rest.chars().filter(char::is_ascii_digit).count();
    let plain = rest.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '-');
    (3..=15).contains(&digits) && plain && rest.starts_with(|c: char| c.is_ascii_digit()) && text.len() <= 30
}

/// One line of plain text.
///
/// # Errors
/// The field.
pub fn line(field: &str, text: &str, most: usize) -> Result<(), Invalid> {
    if text.trim().is_empty() || text.chars().count() > most || text.chars().any(char::is_control) {
        return Err(Invalid::new(field, format!("must be one line of 1 to {most} characters")));
    }
    Ok(())
}

fn in_each(field: &str, texts: &BTreeMap<String, String>, languages: &[Language]) -> Result<(), Invalid> {
    for (tag, text) in texts {
        let field = format!("{field}.{tag}");
        if Language::parse(tag).is_err() {
            return Err(Invalid::new(field, "is in no language of en, et and nb"));
        }
        line(&field, text, MOST_TEXT)?;
    }
    match languages.iter().find(|language| !texts.contains_key(language.as_str())) {
        Some(missing) => Err(Invalid::new(format!("{field}.{}", missing.as_str()), "is missing")),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn example() -> Value {
        json!({"contacts": [
            {"name": "112", "phone": "112", "note": {"en": "Emergency"}, "hours": {"en": "day and night"}, "source": "112.fi"},
            {"name": "Helpline", "phone": "+358 9 2525-0111", "note": {"en": "Talk"}, "hours": {"en": "day and night"},
             "source": "mieli.fi, 28 November 2026"}]})
    }

    fn check(value: Value) -> Result<CrisisContacts, Invalid> {
        serde_json::from_value::<CrisisContacts>(value).unwrap().check(&[Language::En])
    }

    #[test]
    fn each_broken_rule_of_a_file_names_its_field() {
        assert_eq!(check(example()).unwrap().contacts.len(), 2);
        for (pointer, value, field) in [
            ("/contacts", json!([]), "contacts"),
            ("/contacts/1/name", json!(" "), "contacts[1].name"),
            ("/contacts/1/name", json!("a\nb"), "contacts[1].name"),
            ("/contacts/1/phone", json!("call us"), "contacts[1].phone"),
            ("/contacts/1/phone", json!("11"), "contacts[1].phone"),
            ("/contacts/1/phone", json!("112"), "contacts[1].phone"),
            ("/contacts/0/note", json!({"et": "Hädaabi"}), "contacts[0].note.en"),
            ("/contacts/0/hours", json!({}), "contacts[0].hours.en"),
            ("/contacts/0/hours", json!({"en": "x", "fr": "x"}), "contacts[0].hours.fr"),
            ("/contacts/0/source", json!(null), "contacts[0].source"),
        ] {
            let mut broken = example();
            *broken.pointer_mut(pointer).unwrap() = value.clone();
            assert_eq!(check(broken).unwrap_err().field, field, "{value}");
        }
    }
}
