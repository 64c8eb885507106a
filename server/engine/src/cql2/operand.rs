//! Operands whose types are known, and their values for a record.

use std::borrow::Cow;

use super::fold::{composed, without_accents, without_case};
use super::spatial::Prepared;
use super::time::Instant;
use super::{Arithmetic, Record, Shape, Value};

/// A text.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Text {
    /// Composed.
    Literal(String),
    Property(String),
    Casei(Box<Self>),
    Accenti(Box<Self>),
}

impl Text {
    /// Without case.
    pub(super) fn casei(self) -> Self {
        match self {
            Self::Literal(text) => Self::Literal(without_case(&text)),
            other => Self::Casei(Box::new(other)),
        }
    }

    /// Without accents.
    pub(super) fn accenti(self) -> Self {
        match self {
            Self::Literal(text) => Self::Literal(without_accents(&text).into_owned()),
            other => Self::Accenti(Box::new(other)),
        }
    }

    pub(super) fn of<'a>(&'a self, record: &'a impl Record) -> Option<Cow<'a, str>> {
        match self {
            Self::Literal(text) => Some(Cow::Borrowed(text)),
            Self::Property(name) => match record.value(name) {
                Value::Text(text) => Some(composed(text)),
                _ => None,
            },
            Self::Casei(inner) => inner.of(record).map(|text| Cow::Owned(without_case(&text))),
            Self::Accenti(inner) => inner.of(record).map(|text| match without_accents(&text) {
                Cow::Borrowed(_) => text,
                Cow::Owned(plain) => Cow::Owned(plain),
            }),
        }
    }
}

/// A number.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Number {
    Literal(f64),
    Property(String),
    Calculate(Arithmetic, Box<[Self; 2]>),
}

impl Number {
    pub(super) fn of(&self, record: &impl Record) -> Option<f64> {
        let number = match self {
            Self::Literal(number) => *number,
            Self::Property(name) => match record.value(name) {
                Value::Number(number) => number,
                _ => return None,
            },
            Self::Calculate(op, pair) => op.calculate(pair[0].of(record)?, pair[1].of(record)?),
        };
        number.is_finite().then_some(number)
    }
}

impl Arithmetic {
    fn calculate(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
            Self::Whole => (a / b).trunc(),
            Self::Remainder => a % b,
            Self::Power => a.powf(b),
        }
    }
}

/// An instant.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum When {
    Literal(Instant),
    Property(String),
}

impl When {
    pub(super) fn of(&self, record: &impl Record) -> Option<Instant> {
        match self {
            Self::Literal(at) => Some(*at),
            Self::Property(name) => match record.value(name) {
                Value::Date(day) => Some(day.into()),
                Value::Timestamp(at) => Some(at.into()),
                _ => None,
            },
        }
    }
}

/// An instant, or an interval with both ends.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Span {
    Instant(When),
    Interval([When; 2]),
}

impl Span {
    pub(super) fn of(&self, record: &impl Record) -> Option<[Instant; 2]> {
        match self {
            Self::Instant(when) => when.of(record).map(|at| [at, at]),
            Self::Interval([from, to]) => Some([from.of(record)?, to.of(record)?]),
        }
    }
}

/// A geometry.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Place {
    Literal(Box<Prepared>),
    Property(String),
}

impl Place {
    pub(super) fn of<'a>(&'a self, record: &'a impl Record) -> Option<Shape<'a>> {
        match self {
            Self::Literal(prepared) => Some(prepared.shape()),
            Self::Property(name) => match record.value(name) {
                Value::Geometry(shape) => Some(shape),
                _ => None,
            },
        }
    }
}

/// A list of texts.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum List {
    /// Of texts, which may be properties themselves.
    Literal(Vec<Text>),
    Property(String),
}

impl List {
    /// The members, composed; unknown when one of them is.
    pub(super) fn of<'a>(&'a self, record: &'a impl Record) -> Option<Vec<Cow<'a, str>>> {
        match self {
            Self::Literal(all) => all.iter().map(|text| text.of(record)).collect(),
            Self::Property(name) => match record.value(name) {
                Value::Texts(all) => Some(all.into_iter().map(composed).collect()),
                _ => None,
            },
        }
    }
}
