//! The JSON encoding.

use serde_json::{Map, Value};

use super::builder::{Builder, Node};
use super::geometry::Literal;
use super::time::{date, end_of_interval, timestamp};
use super::{Arithmetic, ArrayFunction, Comparison, Cql2Error, Expr, SpatialFunction, TemporalFunction};
use super::{geojson, limits};

/// Reads a filter in the JSON encoding.
///
/// # Errors
/// When it is not JSON or not CQL2 (with the path and what was expected there) or is too large.
pub fn parse_json(text: &str) -> Result<Expr, Cql2Error> {
    if text.len() > limits::LENGTH {
        return Err(Cql2Error::TooLong);
    }
    let value: Value = serde_json::from_str(text).map_err(|e| {
        // The reader stops before the stack would.
        if e.to_string().starts_with("recursion limit") {
            return Cql2Error::TooDeep;
        }
        let problem = format!("not JSON at line {} column {}", e.line(), e.column());
        Cql2Error::Json { path: String::new(), problem }
    })?;
    let mut reader = Reader { builder: Builder::default(), path: Vec::new() };
    Ok(reader.expression(&value)?.expr)
}

struct Reader {
    builder: Builder,
    path: Vec<String>,
}

impl Reader {
    fn error(&self, problem: impl Into<String>) -> Cql2Error {
        Cql2Error::Json { path: self.path.join("."), problem: problem.into() }
    }

    /// Reads a part and says where it is, if it is wrong.
    fn at<T>(
        &mut self,
        step: impl Into<String>,
        read: impl FnOnce(&mut Self) -> Result<T, Cql2Error>,
    ) -> Result<T, Cql2Error> {
        self.path.push(step.into());
        let result = read(self);
        self.path.pop();
        result
    }

    fn expression(&mut self, value: &Value) -> Result<Node, Cql2Error> {
        match value {
            Value::Bool(b) => self.builder.leaf(Expr::Bool(*b)),
            Value::Number(n) => {
                let number =
                    n.as_f64().filter(|x| x.is_finite()).ok_or_else(|| self.error("not a number"))?;
                self.builder.leaf(Expr::Number(number))
            }
            Value::String(s) if s.contains('\0') => Err(self.error("a text cannot have the character zero")),
            Value::String(s) => self.builder.leaf(Expr::Text(s.clone())),
            Value::Object(object) => self.object(object),
            Value::Null => Err(self.error("null is no value: use the operator isNull")),
            Value::Array(_) => Err(self.error("a list can only be an operand of `in` or of a_…")),
        }
    }

    fn object(&mut self, object: &Map<String, Value>) -> Result<Node, Cql2Error> {
        if let Some(op) = object.get("op") {
            let name = op.as_str().ok_or_else(|| self.error("`op` must be a text"))?;
            return self.operator(name, object.get("args"));
        }
        if object.get("type").is_some() {
            let shape = geojson::geometry(object, &mut self.builder)?;
            return self.builder.leaf(Expr::Geometry(Literal::Shape(shape)));
        }
        let Some((key, value)) = object.iter().next().filter(|_| object.len() == 1) else {
            return Err(
                self.error("expected an object with `op` and `args`, a geometry, or one other member")
            );
        };
        match (key.as_str(), value) {
            ("property", Value::String(name)) => self.builder.leaf(Expr::Property(name.clone())),
            ("date", Value::String(text)) => {
                let day = date(text).ok_or_else(|| self.error("a date is such as 2026-01-31"))?;
                self.builder.leaf(Expr::Date(day))
            }
            ("timestamp", Value::String(text)) => {
                let at =
                    timestamp(text).ok_or_else(|| self.error("a timestamp is such as 2026-01-31T12:00:00Z"))?;
                self.builder.leaf(Expr::Timestamp(at))
            }
            ("interval", Value::Array(ends)) => self.interval(ends),
            ("bbox", Value::Array(numbers)) => {
                let numbers: Option<Vec<f64>> = numbers.iter().map(Value::as_f64).collect();
                let numbers = numbers.ok_or_else(|| self.error("`bbox` is a list of numbers"))?;
                let bbox = Literal::bbox(&numbers)?;
                self.builder.leaf(Expr::Geometry(bbox))
            }
            // As they were before the standard was final, and as some clients still write them.
            ("casei" | "accenti", inner) => {
                let inner = self.at(key, |r| r.expression(inner))?;
                self.builder.one(inner, if key == "casei" { Expr::Casei } else { Expr::Accenti })
            }
            ("property" | "date" | "timestamp", _) => Err(self.error(format!("`{key}` must be a text"))),
            ("interval" | "bbox", _) => Err(self.error(format!("`{key}` must be a list"))),
            _ => Err(self.error(
                "expected `op`, `property`, `date`, `timestamp`, `interval`, `bbox` or a geometry (there are no other functions)",
            )),
        }
    }

    fn interval(&mut self, ends: &[Value]) -> Result<Node, Cql2Error> {
        let [from, to] = ends else { return Err(self.error("an interval has two ends")) };
        let from = self.at("interval[0]", |r| r.interval_end(from))?;
        let to = self.at("interval[1]", |r| r.interval_end(to))?;
        self.builder.two([from, to], Expr::Interval)
    }

    fn interval_end(&mut self, value: &Value) -> Result<Node, Cql2Error> {
        let node = match value {
            Value::String(text) => match end_of_interval(text) {
                Some(end) => self.builder.leaf(end)?,
                None => return Err(self.error("expected a date, a timestamp or `..`")),
            },
            Value::Object(_) => self.expression(value)?,
            _ => return Err(self.error("expected a text or a property")),
        };
        match node.expr {
            Expr::Open | Expr::Property(_) | Expr::Date(_) | Expr::Timestamp(_) => Ok(node),
            _ => Err(self.error("expected a date, a timestamp, `..` or a property")),
        }
    }

    fn operator(&mut self, name: &str, args: Option<&Value>) -> Result<Node, Cql2Error> {
        // A single operand without its list is how the release candidate wrote isNull.
        let single;
        let args: &[Value] = match args {
            Some(Value::Array(all)) => all,
            Some(one @ Value::Object(_)) if name.eq_ignore_ascii_case("isnull") => {
                single = [one.clone()];
                &single
            }
            _ => return Err(self.error("`args` must be a list")),
        };
        let lower = name.to_ascii_lowercase();
        match lower.as_str() {
            "and" | "or" => {
                if args.len() < 2 {
                    return Err(self.error(format!("`{lower}` needs at least two operands")));
                }
                let parts = self.operands(args)?;
                self.builder.joined(parts, lower == "and")
            }
            "not" | "isnull" | "casei" | "accenti" => {
                let [part] = self.exactly(&lower, args)?;
                self.builder.one(
                    part,
                    match lower.as_str() {
                        "not" => Expr::Not,
                        "isnull" => Expr::IsNull,
                        "casei" => Expr::Casei,
                        _ => Expr::Accenti,
                    },
                )
            }
            "between" => {
                let parts = self.exactly(&lower, args)?;
                self.builder.three(parts, Expr::Between)
            }
            "like" => {
                let parts = self.exactly(&lower, args)?;
                self.builder.two(parts, Expr::Like)
            }
            "in" => self.is_in(args),
            _ => self.binary(&lower, args),
        }
    }

    fn is_in(&mut self, args: &[Value]) -> Result<Node, Cql2Error> {
        let [value, Value::Array(list)] = args else {
            return Err(self.error("`in` needs a value and a list"));
        };
        if list.is_empty() {
            return Err(self.error("`in` needs at least one value in the list"));
        }
        let value = self.at("args[0]", |r| r.expression(value))?;
        let list = self.at("args[1]", |r| r.list(list))?;
        self.builder.two([value, list], |pair| {
            let [value, list] = *pair;
            Expr::In(Box::new(value), if let Expr::Array(all) = list { all } else { Vec::new() })
        })
    }

    fn list(&mut self, list: &[Value]) -> Result<Node, Cql2Error> {
        let mut all = Vec::with_capacity(list.len());
        for (i, value) in list.iter().enumerate() {
            all.push(self.at(format!("[{i}]"), |r| r.expression(value))?);
        }
        self.builder.many(all, Expr::Array)
    }

    fn binary(&mut self, name: &str, args: &[Value]) -> Result<Node, Cql2Error> {
        if let Some(op) = ArrayFunction::named(name) {
            let [left, right] = args else { return Err(self.error(format!("`{name}` needs two operands"))) };
            let left = self.at("args[0]", |r| r.array(left))?;
            let right = self.at("args[1]", |r| r.array(right))?;
            return self.builder.two([left, right], |pair| Expr::Arrays(op, pair));
        }
        let make: Box<dyn FnOnce(Box<[Expr; 2]>) -> Expr> = if let Some(op) = Comparison::named(name) {
            Box::new(move |pair| Expr::Compare(op, pair))
        } else if let Some(op) = Arithmetic::named(name) {
            Box::new(move |pair| Expr::Calculate(op, pair))
        } else if let Some(op) = SpatialFunction::named(name) {
            Box::new(move |pair| Expr::Spatial(op, pair))
        } else if let Some(op) = TemporalFunction::named(name) {
            Box::new(move |pair| Expr::Temporal(op, pair))
        } else {
            return Err(self.error("there is no such operator or function"));
        };
        let parts = self.exactly(name, args)?;
        self.builder.two(parts, make)
    }

    fn array(&mut self, value: &Value) -> Result<Node, Cql2Error> {
        if let Value::Array(list) = value { self.list(list) } else { self.expression(value) }
    }

    fn operands(&mut self, args: &[Value]) -> Result<Vec<Node>, Cql2Error> {
        let mut all = Vec::with_capacity(args.len());
        for (i, value) in args.iter().enumerate() {
            all.push(self.at(format!("args[{i}]"), |r| r.expression(value))?);
        }
        Ok(all)
    }

    fn exactly<const N: usize>(&mut self, name: &str, args: &[Value]) -> Result<[Node; N], Cql2Error> {
        let words = ["no operands", "one operand", "two operands", "three operands"];
        let wrong = || format!("`{name}` needs {}", words.get(N).unwrap_or(&"other operands"));
        if args.len() != N {
            return Err(self.error(wrong()));
        }
        let parts = self.operands(args)?;
        parts.try_into().map_err(|_| self.error(wrong()))
    }
}
