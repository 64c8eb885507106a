//! Evaluation with three truth values: true, false and unknown.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::like::Pattern;
use super::operand::{List, Number, Place, Span, Text, When};
use super::{ArrayFunction, Comparison, Extent, Record, SpatialFunction, TemporalFunction};

/// A condition whose operands have the right types.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Test {
    Known(bool),
    Property(String),
    Not(Box<Self>),
    All(Vec<Self>),
    Any(Vec<Self>),
    Numbers(Comparison, Box<[Number; 2]>),
    Texts(Comparison, Box<[Text; 2]>),
    Truths(Comparison, Box<[Self; 2]>),
    Instants(Comparison, Box<[When; 2]>),
    Like(Text, Pattern),
    TextIn(Text, BTreeSet<String>),
    /// In ascending order.
    NumberIn(Number, Vec<f64>),
    IsNull(Operand),
    Spatial(SpatialFunction, Box<[Place; 2]>),
    Temporal(TemporalFunction, Box<[Span; 2]>),
    Arrays(ArrayFunction, Box<[List; 2]>),
}

/// Anything that may be unknown.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Operand {
    Text(Text),
    Number(Number),
    Truth(Box<Test>),
    Span(Span),
    Place(Place),
    List(List),
}

/// A filter that fits a collection.
#[derive(Debug, Clone, PartialEq)]
pub struct Cql2Filter(Test);

impl Cql2Filter {
    pub(super) fn new(test: Test) -> Self {
        Self(test)
    }

    /// Whether the record is wanted: the condition is true, not false and not unknown.
    pub fn matches(&self, record: &impl Record) -> bool {
        self.0.holds(record) == Some(true)
    }

    /// Where the geometry of this name must be for a record to match. An index may leave out all records whose
    /// geometry does not touch it; those that do still have to be asked.
    pub fn extent(&self, geometry: &str) -> Extent {
        self.0.extent(geometry)
    }
}

impl Test {
    /// True, false, or unknown.
    fn holds(&self, record: &impl Record) -> Option<bool> {
        match self {
            Self::Known(b) => Some(*b),
            Self::Property(name) => match record.value(name) {
                super::Value::Bool(b) => Some(b),
                _ => None,
            },
            Self::Not(inner) => inner.holds(record).map(|b| !b),
            Self::All(all) => decide(all, record, false),
            Self::Any(all) => decide(all, record, true),
            Self::Numbers(op, pair) => {
                let (a, b) = (pair[0].of(record)?, pair[1].of(record)?);
                a.partial_cmp(&b).map(|order| op.holds(order))
            }
            Self::Texts(op, pair) => Some(op.holds(pair[0].of(record)?.cmp(&pair[1].of(record)?))),
            Self::Truths(op, pair) => Some(op.holds(pair[0].holds(record)?.cmp(&pair[1].holds(record)?))),
            Self::Instants(op, pair) => Some(op.holds(pair[0].of(record)?.order(pair[1].of(record)?))),
            Self::Like(text, pattern) => text.of(record).map(|text| pattern.matches(&text)),
            Self::TextIn(text, list) => text.of(record).map(|text| list.contains(&*text)),
            Self::NumberIn(number, list) => {
                // Zero is equal to negative zero, but for the order of the list.
                let x = number.of(record)? + 0.0;
                Some(list.binary_search_by(|y| (y + 0.0).total_cmp(&x)).is_ok())
            }
            Self::IsNull(operand) => Some(operand.is_null(record)),
            Self::Spatial(op, pair) => Some(op.holds(pair[0].of(record)?, pair[1].of(record)?)),
            Self::Temporal(op, pair) => Some(op.holds(pair[0].of(record)?, pair[1].of(record)?)),
            Self::Arrays(op, pair) => Some(op.holds(&pair[0].of(record)?, &pair[1].of(record)?)),
        }
    }
}

/// One that is `decisive` decides; else one that is unknown leaves it unknown.
fn decide(all: &[Test], record: &impl Record, decisive: bool) -> Option<bool> {
    let mut answer = Some(!decisive);
    for test in all {
        match test.holds(record) {
            Some(b) if b == decisive => return Some(decisive),
            Some(_) => {}
            None => answer = None,
        }
    }
    answer
}

impl Comparison {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Equal => order.is_eq(),
            Self::NotEqual => order.is_ne(),
            Self::Less => order.is_lt(),
            Self::Greater => order.is_gt(),
            Self::AtMost => order.is_le(),
            Self::AtLeast => order.is_ge(),
        }
    }
}

impl Operand {
    fn is_null(&self, record: &impl Record) -> bool {
        match self {
            Self::Text(text) => text.of(record).is_none(),
            Self::Number(number) => number.of(record).is_none(),
            Self::Truth(test) => test.holds(record).is_none(),
            Self::Span(span) => span.of(record).is_none(),
            Self::Place(place) => place.of(record).is_none(),
            Self::List(list) => list.of(record).is_none(),
        }
    }
}
