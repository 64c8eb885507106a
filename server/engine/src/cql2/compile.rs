//! From an expression to tests whose operands have the right types.

use super::evaluate::{Operand, Test};
use super::like::Pattern;
use super::operand::{Number, Span, Text};
use super::typed::{Kind, Typer};
use super::{Comparison, Cql2Error, Cql2Filter, Expr, Queryables, Type};

impl Expr {
    /// Checks names and types against the properties of a collection.
    ///
    /// # Errors
    /// When a property is not there, an operand has the wrong type, or a geometry is not valid; each names it.
    pub fn typed(&self, queryables: &Queryables) -> Result<Cql2Filter, Cql2Error> {
        Typer { queryables }.test(self).map(Cql2Filter::new)
    }
}

impl Typer<'_> {
    fn test(self, expr: &Expr) -> Result<Test, Cql2Error> {
        match expr {
            Expr::Bool(b) => Ok(Test::Known(*b)),
            Expr::Property(name) if self.property(name)? == Type::Boolean => Ok(Test::Property(name.clone())),
            Expr::Not(inner) => Ok(Test::Not(Box::new(self.test(inner)?))),
            Expr::And(all) => Ok(Test::All(self.tests(all)?)),
            Expr::Or(all) => Ok(Test::Any(self.tests(all)?)),
            Expr::Compare(op, pair) => self.compare(*op, &pair[0], &pair[1]),
            Expr::Like(pair) => self.like(&pair[0], &pair[1]),
            Expr::Between(three) => Ok(Test::All(vec![
                self.compare(Comparison::AtLeast, &three[0], &three[1])?,
                self.compare(Comparison::AtMost, &three[0], &three[2])?,
            ])),
            Expr::In(value, list) => self.is_in(value, list),
            Expr::IsNull(inner) => self.operand(inner).map(Test::IsNull),
            Expr::Spatial(op, pair) => {
                Ok(Test::Spatial(*op, Box::new([self.place(&pair[0])?, self.place(&pair[1])?])))
            }
            Expr::Temporal(op, pair) => {
                let spans = [self.span(&pair[0])?, self.span(&pair[1])?];
                if !op.takes_instants() && spans.iter().any(|span| matches!(span, Span::Instant(_))) {
                    let name = op.name().to_ascii_uppercase();
                    return Err(Cql2Error::Type(format!(
                        "{name} relates two intervals; for an instant use T_INTERSECTS, T_AFTER or T_BEFORE"
                    )));
                }
                Ok(Test::Temporal(*op, Box::new(spans)))
            }
            Expr::Arrays(op, pair) => {
                Ok(Test::Arrays(*op, Box::new([self.list(&pair[0])?, self.list(&pair[1])?])))
            }
            other => Err(self.mismatch(other, "a condition (true or false)")),
        }
    }

    fn tests(self, all: &[Expr]) -> Result<Vec<Test>, Cql2Error> {
        all.iter().map(|expr| self.test(expr)).collect()
    }

    fn compare(self, op: Comparison, left: &Expr, right: &Expr) -> Result<Test, Cql2Error> {
        let (one, other) = (self.kind(left)?, self.kind(right)?);
        Ok(match (one, other) {
            (Kind::Instant, Kind::Instant | Kind::Text) | (Kind::Text, Kind::Instant) => {
                Test::Instants(op, Box::new([self.instant(left)?, self.instant(right)?]))
            }
            (Kind::Text, _) => Test::Texts(op, Box::new([self.text(left)?, self.text(right)?])),
            (Kind::Number, _) => Test::Numbers(op, Box::new([self.number(left)?, self.number(right)?])),
            (Kind::Truth, Kind::Truth) => Test::Truths(op, Box::new([self.test(left)?, self.test(right)?])),
            (Kind::Truth, _) => return Err(self.mismatch(right, "true or false")),
            (Kind::Instant, _) => return Err(self.mismatch(right, "a date or timestamp")),
            (Kind::Geometry, _) => {
                return Err(self.mismatch(left, "a value (S_EQUALS and others are for geometries)"));
            }
            (Kind::List, _) => {
                return Err(self.mismatch(left, "a single value (A_CONTAINS and others are for lists)"));
            }
            (Kind::Interval, _) => {
                return Err(self.mismatch(left, "a single value (T_EQUALS and others are for intervals)"));
            }
        })
    }

    fn like(self, text: &Expr, pattern: &Expr) -> Result<Test, Cql2Error> {
        let text = self.text(text)?;
        match self.text(pattern)? {
            Text::Literal(pattern) => Ok(Test::Like(text, Pattern::new(&pattern)?)),
            _ => Err(Cql2Error::Type(
                "the pattern of LIKE must be written out: it cannot be a property".to_owned(),
            )),
        }
    }

    /// A list of literals is looked up; any other one is compared one by one.
    fn is_in(self, value: &Expr, list: &[Expr]) -> Result<Test, Cql2Error> {
        match self.kind(value)? {
            Kind::Text if list.iter().all(|x| !matches!(self.kind(x), Ok(Kind::Instant))) => {
                let value = self.text(value)?;
                let all = list.iter().map(|x| self.text(x)).collect::<Result<Vec<_>, _>>()?;
                let literal =
                    |text: &Text| if let Text::Literal(text) = text { Some(text.clone()) } else { None };
                Ok(match all.iter().map(literal).collect() {
                    Some(known) => Test::TextIn(value, known),
                    None => Test::Any(
                        all.into_iter()
                            .map(|x| Test::Texts(Comparison::Equal, Box::new([value.clone(), x])))
                            .collect(),
                    ),
                })
            }
            Kind::Number => {
                let value = self.number(value)?;
                let all = list.iter().map(|x| self.number(x)).collect::<Result<Vec<_>, _>>()?;
                let literal = |number: &Number| if let Number::Literal(x) = number { Some(*x) } else { None };
                Ok(match all.iter().map(literal).collect::<Option<Vec<f64>>>() {
                    Some(mut known) => {
                        known.sort_by(f64::total_cmp);
                        Test::NumberIn(value, known)
                    }
                    None => Test::Any(
                        all.into_iter()
                            .map(|x| Test::Numbers(Comparison::Equal, Box::new([value.clone(), x])))
                            .collect(),
                    ),
                })
            }
            _ => {
                let equal = |x: &Expr| self.compare(Comparison::Equal, value, x);
                Ok(Test::Any(list.iter().map(equal).collect::<Result<_, _>>()?))
            }
        }
    }

    fn operand(self, expr: &Expr) -> Result<Operand, Cql2Error> {
        Ok(match self.kind(expr)? {
            Kind::Text => Operand::Text(self.text(expr)?),
            Kind::Number => Operand::Number(self.number(expr)?),
            Kind::Truth => Operand::Truth(Box::new(self.test(expr)?)),
            Kind::Instant | Kind::Interval => Operand::Span(self.span(expr)?),
            Kind::Geometry => Operand::Place(self.place(expr)?),
            Kind::List => Operand::List(self.list(expr)?),
        })
    }
}
