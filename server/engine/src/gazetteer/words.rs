//! The words of names, and which names a typed word may mean.

use std::collections::HashMap;

use crate::search::mistakes;

/// Words that count of what somebody typed; who writes more is not looking for a name.
const MOST_TYPED: usize = 8;
/// A part within a word is looked for from this many letters on.
const SHORTEST_PART: usize = 3;
/// Nothing of the name answers the word.
const NO_MATCH: u32 = u32::MAX;
/// What a house number costs that is not in the name.
const NUMBER_MISSING: u32 = 5;

/// The different words of names, with the names that have them.
#[derive(Debug, Default)]
pub(super) struct Words {
    all: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    text: String,
    letters: u64,
    names: Vec<u32>,
}

/// The letters of a word as bits; different letters may share one.
fn letters(word: &str) -> u64 {
    word.chars().fold(0, |bits, c| bits | 1 << (u32::from(c) % 64))
}

impl Words {
    /// The words of folded names.
    pub(super) fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let mut by_word: HashMap<&str, Vec<u32>> = HashMap::new();
        for (i, name) in (0_u32..).zip(names) {
            for word in name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
                let known = by_word.entry(word).or_default();
                if known.last() != Some(&i) {
                    known.push(i);
                }
            }
        }
        let word = |(text, names): (&str, _)| Word { text: text.to_owned(), letters: letters(text), names };
        let mut all: Vec<_> = by_word.into_iter().map(word).collect();
        all.sort_unstable_by(|a, b| a.text.cmp(&b.text));
        Self { all }
    }

    /// The names among `n` that answer all typed words, with what that costs.
    pub(super) fn costs(&self, typed: &[String], n: usize) -> Vec<(usize, u32)> {
        let typed = &typed[..typed.len().min(MOST_TYPED)];
        let is_number = |word: &str| word.starts_with(|c: char| c.is_numeric());
        // A number alone is what is looked for; beside words it may be a house.
        let is_house = |word: &str| is_number(word) && !typed.iter().all(|other| is_number(other));
        if typed.is_empty() {
            return Vec::new();
        }
        let mut total = vec![0; n];
        let mut best = vec![NO_MATCH; n];
        for word in typed {
            best.fill(if is_house(word) { NUMBER_MISSING } else { NO_MATCH });
            self.match_one(word, &mut best);
            let mut some_left = false;
            for (total, best) in total.iter_mut().zip(&best) {
                *total = if *total == NO_MATCH || *best == NO_MATCH { NO_MATCH } else { *total + best };
                some_left |= *total != NO_MATCH;
            }
            if !some_left {
                return Vec::new();
            }
        }
        total.into_iter().enumerate().filter(|(_, cost)| *cost != NO_MATCH).collect()
    }

    /// Lowers what each name costs for one typed word.
    fn match_one(&self, typed: &str, best: &mut [u32]) {
        let (bits, count) = (letters(typed), typed.chars().count());
        for word in &self.all {
            let Some(cost) = cost(typed, bits, count, word) else { continue };
            for name in &word.names {
                let slot = &mut best[*name as usize];
                *slot = cost.min(*slot);
            }
        }
    }
}

/// What it costs to take a typed word for one that is there.
fn cost(typed: &str, bits: u64, count: usize, word: &Word) -> Option<u32> {
    let missing = (bits & !word.letters).count_ones();
    if missing == 0 {
        if word.text.starts_with(typed) {
            return Some(u32::from(word.text.len() != typed.len()));
        }
        if count >= SHORTEST_PART && word.text.contains(typed) {
            return Some(3);
        }
    }
    mistakes(typed, count, missing, &word.text).map(|n| 2 + 2 * n)
}
