//! What a participant writes about a place on a day.

use jiff::civil::Date;

use crate::Invalid;
use crate::feeling::{Feeling, vocabulary};

/// Longest text of an entry, in characters.
pub const MAX_TEXT_CHARACTERS: usize = 20_000;

/// The content of a diary entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiaryContent {
    /// The day that it is about, as the participant says.
    pub date: Date,
    /// The words; may be empty, because a day or a feeling says something by itself.
    pub text: String,
    /// The feelings of the day, each at most once.
    pub feelings: Vec<Feeling>,
}

impl DiaryContent {
    /// Reads an entry: a date as `YYYY-MM-DD`, a text, and feelings as term and strength.
    ///
    /// # Errors
    /// Fields `date`, `text`, `feelings` and `feelings[n].feeling` or `.strength`.
    pub fn parse(date: &str, text: &str, feelings: &[(String, u8)]) -> Result<Self, Invalid> {
        let day = Some(date).filter(|date| date.len() == 10).and_then(|date| date.parse().ok());
        let date = day.ok_or_else(|| Invalid::new("date", "must be a day such as 2026-05-17"))?;
        let length = text.chars().count();
        if length > MAX_TEXT_CHARACTERS {
            let problem = format!("has {length} characters; at most {MAX_TEXT_CHARACTERS} are kept");
            return Err(Invalid::new("text", problem));
        }
        if text.contains('\0') {
            return Err(Invalid::new("text", "must not contain the NUL character"));
        }
        if feelings.len() > vocabulary().len() {
            return Err(Invalid::new("feelings", "names more feelings than the vocabulary has"));
        }
        let mut read: Vec<Feeling> = Vec::with_capacity(feelings.len());
        for (i, (term, strength)) in feelings.iter().enumerate() {
            let at = format!("feelings[{i}]");
            let feeling = Feeling::new(term, *strength).map_err(|e| e.under(&at))?;
            if read.iter().any(|other| other.id() == feeling.id()) {
                return Err(Invalid::new(format!("{at}.feeling"), "is named twice"));
            }
            read.push(feeling);
        }
        Ok(Self { date, text: text.trim().to_owned(), feelings: read })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_needs_a_day_and_may_say_nothing_more() {
        let entry = DiaryContent::parse("2026-05-17", "  \n", &[]).unwrap();
        assert_eq!((entry.date.to_string().as_str(), entry.text.as_str()), ("2026-05-17", ""));
    }

    #[test]
    fn each_broken_rule_names_its_field() {
        let calm = || ("calm".to_owned(), 2);
        let long = "õ".repeat(MAX_TEXT_CHARACTERS + 1);
        for (date, text, feelings, field) in [
            ("17.05.2026", "", vec![], "date"),
            ("2026-02-30", "", vec![], "date"),
            ("2026-05-17T10:00", "", vec![], "date"),
            ("20260517", "", vec![], "date"),
            ("2026-05-17", &long, vec![], "text"),
            ("2026-05-17", "a\0b", vec![], "text"),
            ("2026-05-17", "", vec![calm(), calm()], "feelings[1].feeling"),
            ("2026-05-17", "", vec![calm(), ("meh".to_owned(), 1)], "feelings[1].feeling"),
            ("2026-05-17", "", vec![("joy".to_owned(), 4)], "feelings[0].strength"),
            ("2026-05-17", "", vec![calm(); 29], "feelings"),
        ] {
            assert_eq!(DiaryContent::parse(date, text, &feelings).unwrap_err().field, field, "{date}");
        }
        assert!(DiaryContent::parse("2026-05-17", &long[2..], &[]).is_ok());
    }
}
