//! The text encoding.
//!
//! # Algorithm
//! Operator precedence (Pratt 1973, doi:10.1145/512927.512931): OR, AND, NOT, comparisons (which do not chain),
//! sums, products, powers (from the right). What an operand may be is left to the typing of the expression, so that
//! a wrong type is told in words and not as a wrong sign.

use super::builder::{Builder, Node};
use super::lexer::{Lexer, Token};
use super::time::{date, end_of_interval, timestamp};
use super::{
    Arithmetic, ArrayFunction, Comparison, Cql2Error, Expr, SpatialFunction, TemporalFunction, limits,
};

/// How strongly operators bind.
mod binds {
    pub const OR: u8 = 1;
    pub const AND: u8 = 2;
    pub const NOT: u8 = 3;
    pub const COMPARISON: u8 = 4;
    pub const SUM: u8 = 5;
    pub const PRODUCT: u8 = 6;
    pub const POWER: u8 = 7;
}

/// Reads a filter in the text encoding.
///
/// # Errors
/// When it does not follow the grammar (with the character and what was expected there) or is too large.
pub fn parse_text(text: &str) -> Result<Expr, Cql2Error> {
    if text.len() > limits::LENGTH {
        return Err(Cql2Error::TooLong);
    }
    let mut lexer = Lexer::new(text);
    let next = lexer.next()?;
    let mut parser = Parser { lexer, next, builder: Builder::default(), depth: 0 };
    let node = parser.expression(0)?;
    match &parser.next.1 {
        Token::End => Ok(node.expr),
        _ => Err(parser.expected("AND, OR or the end of the filter")),
    }
}

pub(super) struct Parser<'a> {
    lexer: Lexer<'a>,
    pub(super) next: (usize, Token),
    pub(super) builder: Builder,
    depth: usize,
}

impl Parser<'_> {
    /// An error at the next token.
    pub(super) fn expected(&self, what: impl Into<String>) -> Cql2Error {
        self.lexer.error(self.next.0, what)
    }

    /// Takes the next token.
    pub(super) fn take(&mut self) -> Result<Token, Cql2Error> {
        let next = self.lexer.next()?;
        Ok(std::mem::replace(&mut self.next, next).1)
    }

    /// Whether the next token is this sign.
    pub(super) fn is_sign(&self, sign: &str) -> bool {
        matches!(&self.next.1, Token::Sign(s) if *s == sign)
    }

    /// Whether the next token is this keyword.
    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(&self.next.1, Token::Word(w) if w.eq_ignore_ascii_case(word))
    }

    /// Takes the sign, if it is the next token.
    pub(super) fn skip(&mut self, sign: &str) -> Result<bool, Cql2Error> {
        let is = self.is_sign(sign);
        if is {
            self.take()?;
        }
        Ok(is)
    }

    /// Takes a sign that must be there.
    pub(super) fn sign(&mut self, sign: &str) -> Result<(), Cql2Error> {
        if self.skip(sign)? { Ok(()) } else { Err(self.expected(format!("`{sign}`"))) }
    }

    fn word(&mut self, word: &str) -> Result<(), Cql2Error> {
        if self.is_word(word) { self.take().map(drop) } else { Err(self.expected(word)) }
    }

    /// An expression of operators that bind at least as strongly.
    fn expression(&mut self, least: u8) -> Result<Node, Cql2Error> {
        // A bracket and an operand each come back here, so that a printed expression can be read again.
        self.depth += 1;
        if self.depth > 2 * limits::DEPTH + 2 {
            return Err(Cql2Error::TooDeep);
        }
        let mut left = self.operand()?;
        let mut most = u8::MAX;
        while let Some(strength) = self.strength().filter(|s| *s >= least && *s <= most) {
            left = self.infix(left, strength)?;
            if strength == binds::COMPARISON {
                most = binds::NOT;
            }
        }
        self.depth -= 1;
        Ok(left)
    }

    /// How strongly the operator binds that comes next.
    fn strength(&self) -> Option<u8> {
        match &self.next.1 {
            Token::Word(word) => Some(match word.to_ascii_uppercase().as_str() {
                "OR" => binds::OR,
                "AND" => binds::AND,
                "NOT" | "LIKE" | "BETWEEN" | "IN" | "IS" => binds::COMPARISON,
                "DIV" => binds::PRODUCT,
                _ => return None,
            }),
            Token::Sign(sign) => Some(match *sign {
                "=" | "<>" | "<" | ">" | "<=" | ">=" => binds::COMPARISON,
                "+" | "-" => binds::SUM,
                "*" | "/" | "%" => binds::PRODUCT,
                "^" => binds::POWER,
                _ => return None,
            }),
            _ => None,
        }
    }

    fn infix(&mut self, left: Node, strength: u8) -> Result<Node, Cql2Error> {
        if matches!(strength, binds::OR | binds::AND) {
            let word = if strength == binds::AND { "AND" } else { "OR" };
            let mut parts = vec![left];
            while self.is_word(word) {
                self.take()?;
                parts.push(self.expression(strength + 1)?);
            }
            return self.builder.joined(parts, strength == binds::AND);
        }
        let symbol = match &self.next.1 {
            Token::Sign(sign) => *sign,
            Token::Word(word) if word.eq_ignore_ascii_case("DIV") => "div",
            _ => return self.predicate(left),
        };
        self.take()?;
        let right = self.expression(if strength == binds::POWER { strength } else { strength + 1 })?;
        if let Some(op) = Comparison::named(symbol) {
            return self.builder.two([left, right], |pair| Expr::Compare(op, pair));
        }
        let op = Arithmetic::named(symbol).ok_or_else(|| self.expected("an operator"))?;
        self.builder.two([left, right], |pair| Expr::Calculate(op, pair))
    }

    /// `IS NULL`, `LIKE`, `BETWEEN` and `IN`, all of which may be negated.
    fn predicate(&mut self, left: Node) -> Result<Node, Cql2Error> {
        if self.is_word("IS") {
            self.take()?;
            let negated = self.negation()?;
            self.word("NULL")?;
            let node = self.builder.one(left, Expr::IsNull)?;
            return self.negated(node, negated);
        }
        let negated = self.negation()?;
        let node = if self.is_word("LIKE") {
            self.take()?;
            let pattern = self.expression(binds::SUM)?;
            self.builder.two([left, pattern], Expr::Like)?
        } else if self.is_word("BETWEEN") {
            self.take()?;
            let least = self.expression(binds::SUM)?;
            self.word("AND")?;
            let most = self.expression(binds::SUM)?;
            self.builder.three([left, least, most], Expr::Between)?
        } else if self.is_word("IN") {
            self.take()?;
            self.sign("(")?;
            let list = self.list(")")?;
            if matches!(&list.expr, Expr::Array(all) if all.is_empty()) {
                return Err(self.expected("at least one value in the list"));
            }
            self.builder.two([left, list], |pair| {
                let [value, list] = *pair;
                Expr::In(Box::new(value), if let Expr::Array(all) = list { all } else { Vec::new() })
            })?
        } else {
            return Err(self.expected("LIKE, BETWEEN or IN after NOT"));
        };
        self.negated(node, negated)
    }

    fn negation(&mut self) -> Result<bool, Cql2Error> {
        let negated = self.is_word("NOT");
        if negated {
            self.take()?;
        }
        Ok(negated)
    }

    fn negated(&mut self, node: Node, negated: bool) -> Result<Node, Cql2Error> {
        if negated { self.builder.one(node, Expr::Not) } else { Ok(node) }
    }

    /// Values up to the closing bracket, which is taken.
    fn list(&mut self, close: &str) -> Result<Node, Cql2Error> {
        let mut all = Vec::new();
        if !self.skip(close)? {
            loop {
                all.push(self.expression(0)?);
                if self.skip(close)? {
                    break;
                }
                if !self.skip(",")? {
                    return Err(self.expected(format!("`,` or `{close}`")));
                }
            }
        }
        self.builder.many(all, Expr::Array)
    }

    /// A value, a property, a function, or an expression in brackets.
    fn operand(&mut self) -> Result<Node, Cql2Error> {
        match &self.next.1 {
            Token::Number(_) | Token::Sign("-" | "+") => {
                let number = self.number()?;
                self.builder.leaf(Expr::Number(number))
            }
            Token::Sign("(") => {
                self.take()?;
                let inner = self.expression(0)?;
                self.sign(")")?;
                Ok(inner)
            }
            Token::Text(_) | Token::Quoted(_) => match self.take()? {
                Token::Text(text) => self.builder.leaf(Expr::Text(text)),
                Token::Quoted(name) => self.builder.leaf(Expr::Property(name)),
                _ => Err(self.expected("a value")),
            },
            Token::Word(word) => {
                let upper = word.to_ascii_uppercase();
                self.named(&upper)
            }
            Token::Sign(_) | Token::End => Err(self.expected("a property, a value or a function")),
        }
    }

    /// A number with its sign.
    pub(super) fn number(&mut self) -> Result<f64, Cql2Error> {
        let negative = self.is_sign("-");
        if negative || self.is_sign("+") {
            self.take()?;
        }
        let Token::Number(number) = self.next.1 else { return Err(self.expected("a number")) };
        self.take()?;
        Ok(if negative { -number } else { number })
    }

    /// What begins with a word.
    fn named(&mut self, upper: &str) -> Result<Node, Cql2Error> {
        match upper {
            "TRUE" | "FALSE" => {
                self.take()?;
                return self.builder.leaf(Expr::Bool(upper == "TRUE"));
            }
            "NOT" => {
                self.take()?;
                let inner = self.expression(binds::NOT)?;
                return self.builder.one(inner, Expr::Not);
            }
            "AND" | "OR" | "LIKE" | "BETWEEN" | "IN" | "IS" | "NULL" | "DIV" => {
                return Err(self.expected(
                    "a property, a value or a function (a property of this name needs double quotes)",
                ));
            }
            _ => {}
        }
        let at = self.next.0;
        let Token::Word(name) = self.take()? else { return Err(self.expected("a name")) };
        if self.is_geometry(upper) {
            let literal = self.geometry(upper)?;
            return self.builder.leaf(Expr::Geometry(literal));
        }
        if !self.skip("(")? {
            return self.builder.leaf(Expr::Property(name));
        }
        match upper {
            "DATE" | "TIMESTAMP" => self.instant(upper),
            "INTERVAL" => {
                let from = self.interval_end()?;
                self.sign(",")?;
                let to = self.interval_end()?;
                self.sign(")")?;
                self.builder.two([from, to], Expr::Interval)
            }
            "CASEI" | "ACCENTI" => {
                let inner = self.expression(0)?;
                self.sign(")")?;
                self.builder.one(inner, if upper == "CASEI" { Expr::Casei } else { Expr::Accenti })
            }
            _ => self.relation(&name, at),
        }
    }

    /// The functions of two operands.
    fn relation(&mut self, name: &str, at: usize) -> Result<Node, Cql2Error> {
        let spatial = SpatialFunction::named(name);
        let temporal = TemporalFunction::named(name);
        let arrays = ArrayFunction::named(name);
        if spatial.is_none() && temporal.is_none() && arrays.is_none() {
            let known = "CASEI, ACCENTI, DATE, TIMESTAMP, INTERVAL, a geometry, S_…, T_… or A_… (there are no other functions)";
            return Err(self.lexer.error(at, known));
        }
        let left = self.argument(arrays.is_some())?;
        self.sign(",")?;
        let right = self.argument(arrays.is_some())?;
        self.sign(")")?;
        self.builder.two([left, right], |pair| match (spatial, temporal, arrays) {
            (Some(op), ..) => Expr::Spatial(op, pair),
            (_, Some(op), _) => Expr::Temporal(op, pair),
            (.., Some(op)) => Expr::Arrays(op, pair),
            _ => Expr::Open,
        })
    }

    fn argument(&mut self, array: bool) -> Result<Node, Cql2Error> {
        let close = if self.is_sign("(") { ")" } else { "]" };
        if array && (self.skip("(")? || self.skip("[")?) { self.list(close) } else { self.expression(0) }
    }

    /// The text of a DATE or TIMESTAMP, and the closing bracket.
    fn instant(&mut self, kind: &str) -> Result<Node, Cql2Error> {
        let Token::Text(text) = &self.next.1 else { return Err(self.expected("a text in single quotes")) };
        let (expr, expected) = if kind == "DATE" {
            (date(text).map(Expr::Date), "a date such as '2026-01-31'")
        } else {
            (timestamp(text).map(Expr::Timestamp), "a timestamp such as '2026-01-31T12:00:00Z'")
        };
        let expr = expr.ok_or_else(|| self.expected(expected))?;
        self.take()?;
        self.sign(")")?;
        self.builder.leaf(expr)
    }

    /// An end of an interval.
    fn interval_end(&mut self) -> Result<Node, Cql2Error> {
        let expected = "a date, a timestamp or '..' in single quotes, or a property";
        match &self.next.1 {
            Token::Text(text) => {
                let end = end_of_interval(text).ok_or_else(|| self.expected(expected))?;
                self.take()?;
                self.builder.leaf(end)
            }
            Token::Word(_) | Token::Quoted(_) => {
                let node = self.operand()?;
                match node.expr {
                    Expr::Property(_) | Expr::Date(_) | Expr::Timestamp(_) => Ok(node),
                    _ => Err(self.expected(expected)),
                }
            }
            _ => Err(self.expected(expected)),
        }
    }
}
