//! Finding supports: all conditions together, in order, page by page.

use std::cmp::Ordering;
use std::sync::Arc;

use uuid::Uuid;

use crate::filter::SupportFilter;
use crate::index::SupportIndex;
use crate::support::Support;
use crate::{Bounds, LonLat};

/// What somebody looks for.
#[derive(Debug, Clone, Default)]
pub struct Question {
    /// The nearest first; without it by name.
    pub near: Option<LonLat>,
    /// At most so many metres away from there. What has no location is no distance away and left out.
    pub radius: Option<f64>,
    /// The conditions.
    pub filter: SupportFilter,
    /// At most so many on this page.
    pub limit: usize,
    /// Behind this one.
    pub after: Option<Key>,
}

/// A support's place in the order of a list. Those with a location come first.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// By distance.
    Near {
        /// Metres.
        distance: f64,
        /// Its identifier.
        id: Uuid,
    },
    /// By name, the nameless last.
    Named {
        /// Whether it has no location.
        nowhere: bool,
        /// The folded name.
        name: String,
        /// Its identifier.
        id: Uuid,
    },
}

impl Key {
    fn by_name(&self) -> Option<(bool, bool, &str, Uuid)> {
        match self {
            Self::Near { .. } => None,
            Self::Named { nowhere, name, id } => Some((*nowhere, name.is_empty(), name, *id)),
        }
    }

    fn order(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Self::Near { distance: a, id: i }, Self::Near { distance: b, id: j }) => {
                a.total_cmp(b).then(i.cmp(j))
            }
            (Self::Named { .. }, Self::Named { .. }) => self.by_name().cmp(&other.by_name()),
            // What is not near anything comes behind everything that is.
            (Self::Near { .. }, Self::Named { .. }) => Ordering::Less,
            (Self::Named { .. }, Self::Near { .. }) => Ordering::Greater,
        }
    }

    /// Whether a list may have such a key: one by distance has names only of what is nowhere, one by name has no
    /// distances.
    pub fn is_of(&self, question: &Question) -> bool {
        match self {
            Self::Near { .. } => question.near.is_some(),
            Self::Named { nowhere, .. } => question.near.is_none() || *nowhere,
        }
    }
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Found {
    /// Everything that matches, in no order, with metres where asked and known.
    pub all: Vec<(Arc<Support>, Option<f64>)>,
    /// This page, in order.
    pub page: Vec<(Arc<Support>, Option<f64>)>,
    /// Where the next page begins; none behind the last one.
    pub next: Option<Key>,
}

/// Finds supports.
///
/// # Algorithm
/// Candidates come from the tree where a radius or a box bounds them, else from the whole list; those behind the
/// key are sorted only as far as the page reaches. O(n) in the candidates and O(p log p) in the page.
pub fn find(index: &SupportIndex, question: &Question) -> Found {
    let all = candidates(index, question);
    let key = |(support, distance): &(Arc<Support>, Option<f64>)| match distance {
        Some(distance) => Key::Near { distance: *distance, id: support.id.0 },
        None => Key::Named {
            nowhere: support.location.is_none(),
            name: index.folded_name(support.id).to_owned(),
            id: support.id.0,
        },
    };
    let mut behind: Vec<(Key, usize)> = all.iter().map(key).zip(0..).collect();
    if let Some(after) = &question.after {
        behind.retain(|(key, _)| key.order(after) == Ordering::Greater);
    }
    let more = behind.len() > question.limit;
    if more {
        behind.select_nth_unstable_by(question.limit, |a, b| a.0.order(&b.0));
        behind.truncate(question.limit);
    }
    behind.sort_unstable_by(|a, b| a.0.order(&b.0));
    let next = behind.last().filter(|_| more).map(|(key, _)| key.clone());
    let page = behind.iter().map(|(_, i)| all[*i].clone()).collect();
    Found { all, page, next }
}

fn candidates(index: &SupportIndex, question: &Question) -> Vec<(Arc<Support>, Option<f64>)> {
    let filter = &question.filter;
    match (question.near, question.radius) {
        (Some(origin), Some(radius)) => {
            let found = index.within_radius(origin, radius, filter, |_| true);
            found.into_iter().map(|(support, metres)| (support, Some(metres))).collect()
        }
        (near, _) => {
            let found = match smallest_box(filter) {
                Some(bounds) => index.in_bounds(bounds, filter),
                None => index.matching(filter).cloned().collect(),
            };
            let metres = |s: &Support| Some(near?.distance_m(s.location?));
            found.into_iter().map(|s| (Arc::clone(&s), metres(&s))).collect()
        }
    }
}

/// A box that holds all that matches.
fn smallest_box(filter: &SupportFilter) -> Option<Bounds> {
    use geo::BoundingRect;
    let area = filter.within.first().and_then(BoundingRect::bounding_rect);
    let area = area.and_then(|r| Bounds::new(r.min().x, r.min().y, r.max().x, r.max().y).ok());
    filter.bounds.or(area)
}

#[cfg(test)]
mod tests;
