//! Operands of an expression with their types, by the properties of a collection.

use super::fold::composed;
use super::operand::{List, Number, Place, Span, Text, When};
use super::spatial::Prepared;
use super::time::{Instant, date, timestamp};
use super::{Cql2Error, Expr, Queryables, Type};

/// Finds operands of the types that operators ask for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typer<'q> {
    pub(super) queryables: &'q Queryables,
}

/// What an operand is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Truth,
    Instant,
    Interval,
    Geometry,
    List,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Text => "a text",
            Self::Number => "a number",
            Self::Truth => "true or false",
            Self::Instant => "a date or timestamp",
            Self::Interval => "an interval",
            Self::Geometry => "a geometry",
            Self::List => "a list",
        }
    }
}

impl Typer<'_> {
    /// The type of a property that must be there.
    pub(super) fn property(self, name: &str) -> Result<Type, Cql2Error> {
        self.queryables.get(name).ok_or_else(|| Cql2Error::UnknownProperty(short(name)))
    }

    /// What an expression is; its parts are not looked at.
    pub(super) fn kind(self, expr: &Expr) -> Result<Kind, Cql2Error> {
        Ok(match expr {
            Expr::Property(name) => match self.property(name)? {
                Type::String => Kind::Text,
                Type::Number | Type::Integer => Kind::Number,
                Type::Boolean => Kind::Truth,
                Type::Date | Type::Timestamp => Kind::Instant,
                Type::Geometry => Kind::Geometry,
                Type::Strings => Kind::List,
            },
            Expr::Text(_) | Expr::Casei(_) | Expr::Accenti(_) => Kind::Text,
            Expr::Number(_) | Expr::Calculate(..) => Kind::Number,
            Expr::Date(_) | Expr::Timestamp(_) => Kind::Instant,
            Expr::Interval(_) | Expr::Open => Kind::Interval,
            Expr::Geometry(_) => Kind::Geometry,
            Expr::Array(_) => Kind::List,
            _ => Kind::Truth,
        })
    }

    /// Says that an operand is not what its operator needs.
    pub(super) fn mismatch(self, expr: &Expr, needed: &str) -> Cql2Error {
        let kind = match self.kind(expr) {
            Ok(kind) => kind.name(),
            Err(unknown) => return unknown,
        };
        Cql2Error::Type(match expr {
            Expr::Property(name) => format!("property \"{}\" is {kind}, but {needed} is needed", short(name)),
            _ => format!("{needed} is needed, not {kind}"),
        })
    }

    pub(super) fn text(self, expr: &Expr) -> Result<Text, Cql2Error> {
        match expr {
            Expr::Text(text) => Ok(Text::Literal(composed(text).into_owned())),
            Expr::Property(name) if self.property(name)? == Type::String => Ok(Text::Property(name.clone())),
            Expr::Casei(inner) => Ok(self.text(inner)?.casei()),
            Expr::Accenti(inner) => Ok(self.text(inner)?.accenti()),
            other => Err(self.mismatch(other, "a text")),
        }
    }

    pub(super) fn number(self, expr: &Expr) -> Result<Number, Cql2Error> {
        match expr {
            Expr::Number(number) => Ok(Number::Literal(*number)),
            Expr::Property(name) if matches!(self.property(name)?, Type::Number | Type::Integer) => {
                Ok(Number::Property(name.clone()))
            }
            Expr::Calculate(op, pair) => {
                Ok(Number::Calculate(*op, Box::new([self.number(&pair[0])?, self.number(&pair[1])?])))
            }
            other => Err(self.mismatch(other, "a number")),
        }
    }

    /// An instant; a text is read as one.
    pub(super) fn instant(self, expr: &Expr) -> Result<When, Cql2Error> {
        match expr {
            Expr::Date(day) => Ok(When::Literal((*day).into())),
            Expr::Timestamp(at) => Ok(When::Literal((*at).into())),
            Expr::Text(text) => {
                let read = date(text).map(Instant::from).or_else(|| timestamp(text).map(Instant::from));
                read.map(When::Literal).ok_or_else(|| {
                    let problem = "a text that is compared with a date or timestamp must be one, such as \
                                   '2026-01-31' or '2026-01-31T12:00:00Z'";
                    Cql2Error::Type(problem.to_owned())
                })
            }
            Expr::Property(name) if matches!(self.property(name)?, Type::Date | Type::Timestamp) => {
                Ok(When::Property(name.clone()))
            }
            other => Err(self.mismatch(other, "a date or timestamp")),
        }
    }

    /// An instant or an interval.
    pub(super) fn span(self, expr: &Expr) -> Result<Span, Cql2Error> {
        let Expr::Interval(ends) = expr else {
            return match expr {
                Expr::Open => Err(Cql2Error::Type("an open end is only for an interval".to_owned())),
                other => self.instant(other).map(Span::Instant),
            };
        };
        let end = |end: &Expr, open: Instant| match end {
            Expr::Open => Ok(When::Literal(open)),
            other => self.instant(other),
        };
        let ends = [end(&ends[0], Instant::EVER)?, end(&ends[1], Instant::NEVER)?];
        match &ends {
            [When::Literal(from), When::Literal(to)] if from.order(*to).is_gt() => {
                Err(Cql2Error::Type("the interval ends before it starts".to_owned()))
            }
            _ => Ok(Span::Interval(ends)),
        }
    }

    pub(super) fn place(self, expr: &Expr) -> Result<Place, Cql2Error> {
        match expr {
            Expr::Geometry(literal) => Ok(Place::Literal(Box::new(Prepared::new(literal.checked()?)))),
            Expr::Property(name) if self.property(name)? == Type::Geometry => {
                Ok(Place::Property(name.clone()))
            }
            other => Err(self.mismatch(other, "a geometry")),
        }
    }

    pub(super) fn list(self, expr: &Expr) -> Result<List, Cql2Error> {
        match expr {
            Expr::Array(all) => {
                all.iter().map(|member| self.text(member)).collect::<Result<_, _>>().map(List::Literal)
            }
            Expr::Property(name) if self.property(name)? == Type::Strings => Ok(List::Property(name.clone())),
            other => Err(self.mismatch(other, "a list of texts")),
        }
    }
}

/// A name that is not too long to be told back.
pub(super) fn short(name: &str) -> String {
    const LONGEST: usize = 60;
    match name.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &name[..end]),
        None => name.to_owned(),
    }
}
