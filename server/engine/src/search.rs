//! Text search that forgives accents, case and typing mistakes.

use crate::category::category;
use crate::filter::Folded;
use crate::support::{Support, forms};

/// What somebody typed: words that must all be found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Search {
    words: Vec<String>,
}

impl Search {
    /// Folds a text and takes it apart; what is neither a letter nor a digit separates words.
    pub fn new(text: &str) -> Self {
        Self { words: words(&Folded::new(text)) }
    }

    /// The words.
    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Whether each word is found among those of a text.
    pub fn finds(&self, text: &[String]) -> bool {
        self.words.iter().all(|sought| text.iter().any(|word| is_meant(sought, word)))
    }
}

/// The words of a support, folded, each once: of its name, organisation, address, category and form, the last two
/// in every language.
pub fn words_of(support: &Support) -> Vec<String> {
    let d = &support.details;
    let mut all = Vec::new();
    let mut take = |text: &str| all.extend(words(&Folded::new(text)));
    for text in [&d.name, &d.organisation, &d.address].into_iter().flatten() {
        take(text);
    }
    take(&d.category);
    take(d.form.as_str());
    let of_category = category(&d.category).map(|c| &c.labels);
    let of_form = forms().iter().find(|term| term.id == d.form).map(|term| &term.labels);
    for labels in [of_category, of_form].into_iter().flatten() {
        for label in [&labels.en, &labels.et, &labels.nb] {
            take(label);
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn words(text: &Folded) -> Vec<String> {
    let words = text.as_str().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// How many mistakes a word of so many letters may have. A short one may have none: `safe` is not `cafe`.
fn forgiven(letters: usize) -> usize {
    match letters {
        0..=4 => 0,
        5..=8 => 1,
        _ => 2,
    }
}

/// Whether a word that was typed means a word that is there: it occurs in it, or it is like its beginning but for
/// a few mistakes (a letter too many, too few, another one, or two swapped).
pub fn is_meant(typed: &str, word: &str) -> bool {
    if word.contains(typed) {
        return true;
    }
    let most = forgiven(typed.chars().count());
    most > 0 && likeness(typed, word, most)
}

/// How many mistakes are in a typed word of so many letters if it means the beginning of another one, which is known
/// to lack `missing` of its letters; `None` when that is more than are forgiven.
pub(crate) fn mistakes(typed: &str, letters: usize, missing: u32, word: &str) -> Option<u32> {
    let most = forgiven(letters);
    (1..=most)
        .zip(1..)
        .find(|(n, count)| *count >= missing && likeness(typed, word, *n))
        .map(|(_, count)| count)
}

/// Longest word that is compared letter by letter.
const LETTERS: usize = 40;

/// Whether the typed word is at most so many mistakes away from a beginning of the other one.
///
/// # Algorithm
/// Damerau and Levenshtein's distance (optimal string alignment), three rows, given up as soon as a whole row is
/// above the limit. The least value of the last row is the distance to the nearest beginning.
fn likeness(typed: &str, word: &str, most: usize) -> bool {
    let (mut a, mut b) = (['\0'; LETTERS], ['\0'; LETTERS]);
    let fill = |buffer: &mut [char; LETTERS], text: &str| {
        text.chars().zip(buffer.iter_mut()).map(|(c, slot)| *slot = c).count()
    };
    let (n, all) = (fill(&mut a, typed), fill(&mut b, word));
    if all + most < n || typed.chars().count() > LETTERS {
        return false;
    }
    // More letters of the word than this cannot belong to a beginning that is like the typed one.
    let m = all.min(n + most);
    let (mut before, mut last, mut row) = ([0; LETTERS + 1], [0; LETTERS + 1], [0; LETTERS + 1]);
    for (j, cell) in last.iter_mut().enumerate().take(m + 1) {
        *cell = j;
    }
    for i in 1..=n {
        row[0] = i;
        let mut fewest = i;
        for j in 1..=m {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut cell = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cell = cell.min(before[j - 2] + 1);
            }
            row[j] = cell;
            fewest = fewest.min(cell);
        }
        if fewest > most {
            return false;
        }
        (before, last) = (last, row);
    }
    last[..=m].iter().any(|distance| *distance <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_meant_in_spite_of_a_few_mistakes() {
        for (typed, word) in [
            ("raamatukogu", "raamatukogu"),
            ("kogu", "raamatukogu"),
            ("ramatukogu", "raamatukogu"),
            ("raamatuokgu", "raamatukogu"),
            ("raamatuk", "raamatukogu"),
            ("raamstuko", "raamatukogu"),
            ("bibliotke", "bibliotek"),
            ("libary", "library"),
            ("kohvk", "kohvik"),
            ("24", "24"),
        ] {
            assert!(is_meant(typed, word), "{typed} {word}");
        }
        for (typed, word) in [
            ("safe", "cafe"),
            ("park", "pood"),
            ("raamatupood", "raamatukogu"),
            ("aed", "maja"),
            ("library", "lib"),
            ("kaldavere", "kohvik"),
        ] {
            assert!(!is_meant(typed, word), "{typed} {word}");
        }
    }

    #[test]
    fn long_words_and_no_words_do_no_harm() {
        assert!(!is_meant(&"a".repeat(200), &"b".repeat(200)));
        assert!(is_meant(&"a".repeat(39), &"a".repeat(200)));
        assert!(Search::new("  !? ").finds(&[]));
        assert_eq!(Search::new("Õnne, café-24").words(), ["onne", "cafe", "24"]);
    }

    proptest::proptest! {
        #[test]
        fn one_mistake_in_a_word_of_five_letters_is_forgiven(word in "[a-z]{5,12}", at in 0..4_usize, letter in "[a-z]") {
            let mut wrong = word.clone();
            wrong.replace_range(at..=at, &letter);
            proptest::prop_assert!(is_meant(&wrong, &word));
            let mut longer = word.clone();
            longer.insert_str(at, &letter);
            proptest::prop_assert!(is_meant(&longer, &word));
        }
    }
}
