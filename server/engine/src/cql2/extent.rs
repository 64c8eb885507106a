//! Where a filter can match at all.

use crate::Bounds;

use super::evaluate::Test;
use super::operand::Place;

/// A place on Earth outside of which no record matches.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Extent {
    /// Anywhere, and records without a geometry may match too.
    Everywhere,
    /// Only what touches this box.
    Within(Bounds),
    /// Nothing matches.
    Nowhere,
}

impl Extent {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nowhere, _) | (_, Self::Nowhere) => Self::Nowhere,
            (Self::Everywhere, x) | (x, Self::Everywhere) => x,
            // A geometry may touch both boxes without touching what they have in common: the smaller one is right.
            (Self::Within(a), Self::Within(b)) => Self::Within(if area(a) <= area(b) { a } else { b }),
        }
    }

    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Everywhere, _) | (_, Self::Everywhere) => Self::Everywhere,
            (Self::Nowhere, x) | (x, Self::Nowhere) => x,
            (Self::Within(a), Self::Within(b)) => Self::Within(Bounds {
                west: a.west.min(b.west),
                south: a.south.min(b.south),
                east: a.east.max(b.east),
                north: a.north.max(b.north),
            }),
        }
    }
}

fn area(b: Bounds) -> f64 {
    (b.east - b.west) * (b.north - b.south)
}

impl Test {
    /// Where the geometry must be for this to be true.
    pub(super) fn extent(&self, geometry: &str) -> Extent {
        match self {
            Self::Known(false) => Extent::Nowhere,
            Self::All(all) => {
                all.iter().map(|test| test.extent(geometry)).fold(Extent::Everywhere, Extent::and)
            }
            Self::Any(all) => all.iter().map(|test| test.extent(geometry)).fold(Extent::Nowhere, Extent::or),
            Self::Spatial(op, pair) if op.needs_contact() => match &**pair {
                [Place::Literal(literal), Place::Property(name)]
                | [Place::Property(name), Place::Literal(literal)]
                    if name == geometry =>
                {
                    literal.rect.map_or(Extent::Nowhere, |r| {
                        let (min, max) = (r.min(), r.max());
                        Extent::Within(Bounds { west: min.x, south: min.y, east: max.x, north: max.y })
                    })
                }
                _ => Extent::Everywhere,
            },
            _ => Extent::Everywhere,
        }
    }
}
