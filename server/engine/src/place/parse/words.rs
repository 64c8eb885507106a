//! What is said of a place: texts, tags, feelings, and since when.

use super::RawFeeling;
use crate::Invalid;
use crate::feeling::{Feeling, vocabulary};

/// Longest identifier of an activity, a companion or a barrier, and how many of each a place may name.
const MAX_TAG_CHARACTERS: usize = 40;
const MAX_TAGS: usize = 30;

/// Trims; an empty text is no text. NUL is refused because PostgreSQL cannot store it.
pub(super) fn text(field: &str, value: Option<String>, most: usize) -> Result<Option<String>, Invalid> {
    let Some(value) = value else { return Ok(None) };
    if value.contains('\0') {
        return Err(Invalid::new(field, "must not contain the NUL character"));
    }
    let n = value.chars().count();
    if n > most {
        return Err(Invalid::new(field, format!("has {n} characters; at most {most} are kept")));
    }
    let trimmed = value.trim();
    Ok((!trimmed.is_empty()).then(|| trimmed.to_owned()))
}

pub(super) fn tags(field: &str, mut values: Vec<String>) -> Result<Vec<String>, Invalid> {
    if values.len() > MAX_TAGS {
        return Err(Invalid::new(field, format!("names {}; at most {MAX_TAGS} are kept", values.len())));
    }
    for (i, value) in values.iter().enumerate() {
        let valid = (1..=MAX_TAG_CHARACTERS).contains(&value.len())
            && value.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "_-".contains(c));
        if !valid {
            return Err(Invalid::new(
                format!("{field}[{i}]"),
                format!("must be 1 to {MAX_TAG_CHARACTERS} of a-z, 0-9, _ and -"),
            ));
        }
    }
    let mut seen = std::collections::HashSet::new();
    values.retain(|v| seen.insert(v.clone()));
    Ok(values)
}

pub(super) fn feelings(raw: &[RawFeeling]) -> Result<Vec<Feeling>, Invalid> {
    let field = "properties.feelings";
    if raw.len() > vocabulary().len() {
        return Err(Invalid::new(field, "names more feelings than the vocabulary has"));
    }
    let mut feelings: Vec<Feeling> = Vec::with_capacity(raw.len());
    for (i, f) in raw.iter().enumerate() {
        let at = format!("{field}[{i}]");
        let feeling = Feeling::new(&f.feeling, f.strength).map_err(|e| e.under(&at))?;
        if feelings.iter().any(|other| other.id() == feeling.id()) {
            return Err(Invalid::new(format!("{at}.feeling"), "is named twice"));
        }
        feelings.push(feeling);
    }
    Ok(feelings)
}

pub(super) fn since(value: Option<String>) -> Result<Option<String>, Invalid> {
    let Some(value) = value else { return Ok(None) };
    let full = match value.len() {
        4 => format!("{value}-01-01"),
        7 => format!("{value}-01"),
        _ => value.clone(),
    };
    let valid = value.is_ascii()
        && full.len() == 10
        && full.parse::<jiff::civil::Date>().is_ok_and(|d| (1900..=2100).contains(&d.year()));
    if valid {
        Ok(Some(value))
    } else {
        Err(Invalid::new("properties.since", "must be a year, a month or a day: 2024, 2024-05 or 2024-05-17"))
    }
}
