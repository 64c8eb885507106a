//! Writes the JSON encoding.

use serde_json::{Value, json};

use super::{Expr, geojson};

impl Expr {
    /// The expression in the JSON encoding.
    pub fn to_json(&self) -> Value {
        match self {
            Self::Bool(b) => json!(b),
            Self::Number(number) => json!(number),
            Self::Text(text) => json!(text),
            Self::Date(day) => json!({ "date": day.to_string() }),
            Self::Timestamp(at) => json!({ "timestamp": at.to_string() }),
            Self::Interval(ends) => {
                let end = |end: &Self| match end {
                    Self::Date(day) => json!(day.to_string()),
                    Self::Timestamp(at) => json!(at.to_string()),
                    other => other.to_json(),
                };
                json!({ "interval": [end(&ends[0]), end(&ends[1])] })
            }
            Self::Open => json!(".."),
            Self::Geometry(literal) => geojson::to_json(literal),
            Self::Array(all) => list(all),
            Self::Property(name) => json!({ "property": name }),
            Self::Not(inner) => operator("not", std::slice::from_ref(inner)),
            Self::And(all) => operator("and", all),
            Self::Or(all) => operator("or", all),
            Self::Compare(op, pair) => operator(op.name(), &**pair),
            Self::Calculate(op, pair) => operator(op.name(), &**pair),
            Self::Like(pair) => operator("like", &**pair),
            Self::Between(three) => operator("between", &**three),
            Self::In(value, all) => json!({ "op": "in", "args": [value.to_json(), list(all)] }),
            Self::IsNull(inner) => operator("isNull", std::slice::from_ref(inner)),
            Self::Spatial(op, pair) => operator(op.name(), &**pair),
            Self::Temporal(op, pair) => operator(op.name(), &**pair),
            Self::Arrays(op, pair) => operator(op.name(), &**pair),
            Self::Casei(inner) => operator("casei", std::slice::from_ref(inner)),
            Self::Accenti(inner) => operator("accenti", std::slice::from_ref(inner)),
        }
    }
}

fn list(all: &[Expr]) -> Value {
    all.iter().map(Expr::to_json).collect()
}

fn operator(name: &str, args: &[Expr]) -> Value {
    json!({ "op": name, "args": list(args) })
}
