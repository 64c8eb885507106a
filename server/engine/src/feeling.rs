//! The emotion vocabulary: 27 terms on the circumplex of valence and arousal, and `mixed` in its middle, in
//! three languages.
//!
//! The terms live in `data/vocabulary/feelings.json` (CC0). A person chooses several at a time, each with a
//! strength of 1 to 3; nobody is asked for a position on a scale.

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::Invalid;

/// Text in the three languages that Stead speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// English.
    pub en: String,
    /// Estonian.
    pub et: String,
    /// Norwegian bokmål.
    pub nb: String,
}

/// A term of the vocabulary.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeelingTerm {
    /// The English word, used as the identifier.
    pub id: String,
    /// A picture beside the word, never instead of it.
    pub emoji: String,
    /// Pleasantness, −1 to 1.
    pub valence: f64,
    /// Activation, −1 to 1.
    pub arousal: f64,
    /// The word in each language.
    pub labels: Labels,
}

#[derive(Deserialize)]
struct VocabularyFile {
    terms: Vec<FeelingTerm>,
}

static TERMS: LazyLock<Vec<FeelingTerm>> = LazyLock::new(|| {
    let file: VocabularyFile = serde_json::from_str(include_str!("../../../data/vocabulary/feelings.json"))
        .expect("the vocabulary shipped with the program is valid; a test reads it");
    file.terms
});

/// All terms, in the order in which they are offered.
pub fn vocabulary() -> &'static [FeelingTerm] {
    &TERMS
}

/// A feeling that somebody attached to a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Feeling {
    feeling: &'static str,
    strength: u8,
}

impl Feeling {
    /// Looks the term up and checks the strength.
    ///
    /// # Errors
    /// Field `feeling` for a word outside the vocabulary, `strength` outside 1..=3.
    pub fn new(feeling: &str, strength: u8) -> Result<Self, Invalid> {
        let term = TERMS
            .iter()
            .find(|t| t.id == feeling)
            .ok_or_else(|| Invalid::new("feeling", "is not a term of the vocabulary"))?;
        if !(1..=3).contains(&strength) {
            return Err(Invalid::new("strength", "must be 1, 2 or 3"));
        }
        Ok(Self { feeling: &term.id, strength })
    }

    /// The term's identifier.
    pub fn id(&self) -> &'static str {
        self.feeling
    }

    /// How strong, 1 to 3.
    pub fn strength(&self) -> u8 {
        self.strength
    }

    /// The term's valence, −1 to 1.
    pub fn valence(&self) -> f64 {
        TERMS.iter().find(|t| t.id == self.feeling).map_or(0.0, |t| t.valence)
    }
}

/// Mean valence of some feelings weighted by strength, −1 to 1; `None` without feelings.
pub fn mean_valence(feelings: &[Feeling]) -> Option<f64> {
    let weight: u32 = feelings.iter().map(|f| u32::from(f.strength)).sum();
    (weight > 0).then(|| {
        feelings.iter().map(|f| f.valence() * f64::from(f.strength)).sum::<f64>() / f64::from(weight)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary_has_27_terms_and_mixed_in_three_languages_within_the_circumplex() {
        assert_eq!(vocabulary().len(), 28);
        for term in vocabulary() {
            assert!((-1.0..=1.0).contains(&term.valence) && (-1.0..=1.0).contains(&term.arousal));
            assert!(!term.labels.en.is_empty() && !term.labels.et.is_empty() && !term.labels.nb.is_empty());
            assert!(!term.emoji.is_empty());
        }
    }

    #[test]
    fn a_stronger_feeling_weighs_more_in_the_mean_valence() {
        let calm = Feeling::new("calm", 3).unwrap();
        let fear = Feeling::new("fear", 1).unwrap();
        let mean = mean_valence(&[calm, fear]).unwrap();
        assert!((mean - (0.6 * 3.0 - 0.8) / 4.0).abs() < 1e-12);
        assert_eq!(mean_valence(&[]), None);
    }

    #[test]
    fn words_outside_the_vocabulary_and_other_strengths_are_refused() {
        assert_eq!(Feeling::new("meh", 1).unwrap_err().field, "feeling");
        assert_eq!(Feeling::new("calm", 0).unwrap_err().field, "strength");
    }
}
