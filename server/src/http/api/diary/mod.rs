//! `…/places/{id}/diary`: what a participant writes about a place, day by day.

pub mod change;
pub mod list;
pub mod remove;
pub mod write;

use engine::Invalid;
use engine::diary::DiaryContent;
use engine::feeling::Feeling;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::store::DiaryEntry;

/// A feeling of the day.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiaryFeeling {
    /// A term of the vocabulary.
    #[schema(example = "calm")]
    feeling: String,
    #[schema(minimum = 1, maximum = 3)]
    strength: u8,
}

/// What an entry says: words or feelings, or both.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiaryBody {
    /// The day that it is about.
    #[schema(format = Date, example = "2026-05-17")]
    date: String,
    #[serde(default)]
    #[schema(max_length = 20000)]
    text: String,
    /// Each feeling once.
    #[serde(default)]
    #[schema(max_items = 28)]
    feelings: Vec<DiaryFeeling>,
}

impl DiaryBody {
    fn parse(self) -> Result<DiaryContent, Invalid> {
        let feelings: Vec<_> = self.feelings.into_iter().map(|f| (f.feeling, f.strength)).collect();
        let content = DiaryContent::parse(&self.date, &self.text, &feelings)?;
        if content.text.is_empty() && content.feelings.is_empty() {
            return Err(Invalid::new("text", "write a word or name a feeling"));
        }
        Ok(content)
    }
}

/// An entry of your diary.
#[derive(Debug, Serialize, ToSchema)]
pub struct DiaryAnswer {
    id: Uuid,
    #[schema(format = Date)]
    date: String,
    text: String,
    feelings: Vec<DiaryFeeling>,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
}

impl From<DiaryEntry> for DiaryAnswer {
    fn from(entry: DiaryEntry) -> Self {
        let feeling = |f: &Feeling| DiaryFeeling { feeling: f.id().to_owned(), strength: f.strength() };
        Self {
            id: entry.id.0,
            date: entry.content.date.to_string(),
            feelings: entry.content.feelings.iter().map(feeling).collect(),
            text: entry.content.text,
            created_at: entry.created_at.to_string(),
            updated_at: entry.updated_at.to_string(),
        }
    }
}
