//! The words that a community offers.

use std::collections::BTreeMap;

use engine::category;
use engine::feeling;
use engine::grid::Precision;
use engine::place::Chime;
use engine::support::{SupportType, forms};
use serde::Serialize;
use utoipa::ToSchema;

use super::limits::{LIMITS, Limits};
use crate::texts::by_language;

/// Activities to begin with; people may name their own.
const ACTIVITIES: [&str; 20] = [
    "walking",
    "sitting",
    "resting",
    "reading",
    "talking",
    "eating",
    "cooking",
    "making",
    "music",
    "sport",
    "swimming",
    "gardening",
    "learning",
    "working",
    "volunteering",
    "shopping",
    "praying",
    "playing",
    "nature",
    "animals",
];
const COMPANY: [&str; 7] = ["alone", "family", "friends", "partner", "group", "staff", "animal"];
const BARRIERS: [&str; 7] =
    ["money", "opening_hours", "getting_there", "feeling_judged", "noise", "safety", "accessibility"];
const OFTEN: [&str; 4] = ["daily", "weekly", "monthly", "rarely"];
const PARTS: [&str; 4] = ["morning", "afternoon", "evening", "night"];

/// A term of the emotion vocabulary.
#[derive(Debug, Serialize, ToSchema)]
pub struct FeelingTerm {
    /// The English word.
    id: &'static str,
    /// Pleasantness, −1 to 1.
    valence: f64,
    /// Activation, −1 to 1.
    arousal: f64,
    /// A picture beside the word.
    emoji: &'static str,
    /// The word by language.
    labels: BTreeMap<&'static str, String>,
}

/// A form of supports.
#[derive(Debug, Serialize, ToSchema)]
pub struct FormTerm {
    /// Its identifier.
    id: &'static str,
    /// Its name by language.
    labels: BTreeMap<&'static str, String>,
}

/// A category of supports.
#[derive(Debug, Serialize, ToSchema)]
pub struct Category {
    /// Its identifier.
    id: &'static str,
    /// Its name by language.
    labels: BTreeMap<&'static str, String>,
    /// The form that such a support usually has.
    form: &'static str,
    /// What such a support usually offers.
    #[schema(value_type = Vec<crate::http::api::schema::SupportType>)]
    support_types: Vec<SupportType>,
}

/// What a participant may choose to reveal.
#[derive(Debug, Serialize, ToSchema)]
pub struct PrecisionTerm {
    /// Its identifier.
    #[schema(value_type = crate::http::api::schema::Precision)]
    id: Precision,
    /// The resolution of the H3 cell whose centre is kept; null for the position as it is.
    h3_resolution: Option<u8>,
    /// About how wide that cell is, metres.
    metres: u32,
}

/// The words that a community offers.
#[derive(Debug, Serialize, ToSchema)]
pub struct Vocabulary {
    feelings: Vec<FeelingTerm>,
    #[schema(value_type = Vec<String>)]
    chime: [Chime; 5],
    #[schema(value_type = Vec<crate::http::api::schema::SupportType>)]
    support_types: [SupportType; 4],
    categories: Vec<Category>,
    forms: Vec<FormTerm>,
    #[schema(value_type = Vec<String>)]
    activities: &'static [&'static str],
    #[schema(value_type = Vec<String>)]
    company: &'static [&'static str],
    #[schema(value_type = Vec<String>)]
    barriers: &'static [&'static str],
    #[schema(value_type = Vec<String>)]
    often: &'static [&'static str],
    #[schema(value_type = Vec<String>)]
    parts: &'static [&'static str],
    precisions: Vec<PrecisionTerm>,
    limits: Limits,
}

/// The vocabulary of every community.
pub fn vocabulary() -> Vocabulary {
    let feeling = |term: &'static feeling::FeelingTerm| FeelingTerm {
        id: &term.id,
        valence: term.valence,
        arousal: term.arousal,
        emoji: &term.emoji,
        labels: by_language(&term.labels),
    };
    let precision = |id: Precision| PrecisionTerm {
        id,
        h3_resolution: id.resolution().map(u8::from),
        metres: id.metres(),
    };
    Vocabulary {
        feelings: feeling::vocabulary().iter().map(feeling).collect(),
        chime: [Chime::Connectedness, Chime::Hope, Chime::Identity, Chime::Meaning, Chime::Empowerment],
        support_types: SupportType::ALL,
        categories: categories(),
        forms: forms()
            .iter()
            .map(|f| FormTerm { id: f.id.as_str(), labels: by_language(&f.labels) })
            .collect(),
        activities: &ACTIVITIES,
        company: &COMPANY,
        barriers: &BARRIERS,
        often: &OFTEN,
        parts: &PARTS,
        precisions: Precision::ALL.map(precision).into(),
        limits: LIMITS,
    }
}

fn categories() -> Vec<Category> {
    let term = |c: &'static category::Category| Category {
        id: &c.id,
        labels: by_language(&c.labels),
        form: c.form.as_str(),
        support_types: c.support_types.iter().collect(),
    };
    category::categories().iter().map(term).collect()
}
