//! The gazetteer: streets, named features, supports and neighbourhoods by name, and what is near a position.
//!
//! A community has several [`Gazetteer`]s, one for each source of names, so that a change of one leaves the
//! others as they are; [`merged`] puts their answers together.

mod near;
mod words;

use std::cmp::Ordering;

use serde::Serialize;

use crate::filter::Folded;
use crate::search::Search;
use crate::{Bounds, LonLat};

use near::Lines;
use words::Words;

/// What bears a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NameKind {
    /// A street, a path or a square.
    Street,
    /// A park, a river, a hill, a station and the like.
    Feature,
    /// A support of the directory.
    Support,
    /// A neighbourhood.
    Neighbourhood,
}

impl NameKind {
    /// The name used in JSON and in the databases.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Street => "street",
            Self::Feature => "feature",
            Self::Support => "support",
            Self::Neighbourhood => "neighbourhood",
        }
    }

    /// The kind of this name.
    pub fn parse(name: &str) -> Option<Self> {
        let all = [Self::Street, Self::Feature, Self::Support, Self::Neighbourhood];
        all.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Something with a name and a place on the map.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// Its name, as it is written there.
    pub name: String,
    /// What it is.
    pub kind: NameKind,
    /// Where it runs: at least one line of at least one position. A line of one is a point, a closed one an area.
    pub lines: Vec<Vec<LonLat>>,
}

impl Named {
    /// A point with a name.
    pub fn point(name: String, kind: NameKind, at: LonLat) -> Self {
        Self { name, kind, lines: vec![vec![at]] }
    }

    /// A position that stands for it: of an area the middle of its box, of a line the vertex in the middle of its
    /// longest one.
    pub fn position(&self) -> Option<LonLat> {
        let line = self.lines.iter().max_by_key(|line| line.len())?;
        if is_ring(line) {
            return Bounds::around(line.iter().copied()).map(|b| b.centre());
        }
        line.get(line.len() / 2).copied()
    }
}

/// Whether a line is the outline of an area.
fn is_ring(line: &[LonLat]) -> bool {
    line.len() >= 4 && line.first() == line.last()
}

/// A name that was found.
#[derive(Debug, Clone, Copy)]
pub struct Hit<'a> {
    /// What it is.
    pub named: &'a Named,
    /// Where: what stands for it, or its nearest position.
    pub at: LonLat,
    /// Metres to it, where that was asked.
    pub distance_m: Option<f64>,
    rank: Rank,
}

/// How well something answers; the least comes first.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
struct Rank {
    distance: f64,
    mistakes: u32,
    inside: bool,
    length: usize,
    kind: NameKind,
}

/// Names of one source.
#[derive(Debug, Default)]
pub struct Gazetteer {
    all: Vec<Named>,
    /// The names folded, for what begins as it was typed.
    folded: Vec<Folded>,
    words: Words,
    lines: Lines,
}

impl Gazetteer {
    /// An index of these names; what has no position is left out. O(n log n).
    pub fn new(names: impl IntoIterator<Item = Named>) -> Self {
        let all: Vec<_> = names.into_iter().filter(|named| named.position().is_some()).collect();
        let folded: Vec<_> = all.iter().map(|named| Folded::new(&named.name)).collect();
        let words = Words::new(folded.iter().map(Folded::as_str));
        let lines = Lines::new(&all);
        Self { all, folded, words, lines }
    }

    /// How many names it has.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The names that have all words of a text, the best answers first, at most `limit`. Case and accents do not
    /// matter, the last letters may be missing, and a typing mistake or two in a long word are forgiven. A house
    /// number beside other words may be one that nobody knows.
    ///
    /// # Algorithm
    /// 1. Each typed word is compared with each different word of the names; letters that one has and the other
    ///    has not, as bits, rule out nearly all before a letter is compared.
    /// 2. The cheapest match of each typed word is added up name by name: 0 for the word itself, 1 for its
    ///    beginning, 3 for a part of it, 4 and more for mistakes, 5 for a number that was not found.
    /// 3. The sums are the order; then come names that begin as it was typed, shorter names, and streets first.
    ///
    /// # Notes
    /// O(w + n) for each typed word, with w different words; no more than eight of them count.
    pub fn find(&self, text: &str, limit: usize) -> Vec<Hit<'_>> {
        let typed = Folded::new(text);
        let costs = self.words.costs(Search::new(text).words(), self.all.len());
        let rank = |(i, mistakes): (usize, u32)| {
            let inside = !self.folded[i].as_str().starts_with(typed.as_str());
            let (length, kind) = (self.folded[i].as_str().len(), self.all[i].kind);
            (i, Rank { distance: 0.0, mistakes, inside, length, kind })
        };
        let mut found: Vec<_> = costs.into_iter().map(rank).collect();
        let order = |a: &(usize, Rank), b: &(usize, Rank)| compare(&a.1, &b.1).then(a.0.cmp(&b.0));
        if found.len() > limit && limit > 0 {
            found.select_nth_unstable_by(limit - 1, order);
        }
        found.truncate(limit);
        found.sort_unstable_by(order);
        let hit = |(i, rank): (usize, Rank)| {
            let named = self.all.get(i)?;
            Some(Hit { named, at: named.position()?, distance_m: None, rank })
        };
        found.into_iter().filter_map(hit).collect()
    }

    /// What is nearest to a position, at most `limit`, each at its nearest position; an area is no distance from
    /// what is in it.
    pub fn near(&self, origin: LonLat, limit: usize) -> Vec<Hit<'_>> {
        let found = self.lines.near(&self.all, origin, limit);
        let hit = |(i, at, metres): (usize, LonLat, f64)| {
            let named = self.all.get(i)?;
            let (length, kind) = (named.name.len(), named.kind);
            let rank = Rank { distance: metres, mistakes: 0, inside: false, length, kind };
            Some(Hit { named, at, distance_m: Some(metres), rank })
        };
        found.into_iter().filter_map(hit).collect()
    }
}

fn compare(a: &Rank, b: &Rank) -> Ordering {
    a.distance.total_cmp(&b.distance).then_with(|| a.partial_cmp(b).unwrap_or(Ordering::Equal))
}

/// The answers of several gazetteers to one question as one, at most `limit`.
pub fn merged<'a>(answers: impl IntoIterator<Item = Vec<Hit<'a>>>, limit: usize) -> Vec<Hit<'a>> {
    let mut all: Vec<_> = answers.into_iter().flatten().collect();
    all.sort_by(|a, b| compare(&a.rank, &b.rank).then_with(|| a.named.name.cmp(&b.named.name)));
    all.truncate(limit);
    all
}

#[cfg(test)]
mod tests;
