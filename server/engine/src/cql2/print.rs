//! Writes the text encoding. Whatever it writes reads back as the same expression, but for a text that ends in a
//! backslash, which the encoding cannot say.

use std::fmt::Write as _;

use geo::{Coord, Geometry, LineString, Polygon};

use super::Expr;
use super::geometry::Literal;
use super::lexer::is_plain_name;

impl Expr {
    /// The expression in the text encoding.
    pub fn to_text(&self) -> String {
        let mut out = String::new();
        write(self, &mut out);
        out
    }
}

/// A part, in brackets where it has operators of its own.
fn part(expr: &Expr, out: &mut String) {
    let brackets = matches!(
        expr,
        Expr::Not(_)
            | Expr::And(_)
            | Expr::Or(_)
            | Expr::Compare(..)
            | Expr::Calculate(..)
            | Expr::Like(_)
            | Expr::Between(_)
            | Expr::In(..)
            | Expr::IsNull(_)
    );
    if brackets {
        out.push('(');
    }
    write(expr, out);
    if brackets {
        out.push(')');
    }
}

fn joined(parts: &[Expr], between: &str, out: &mut String) {
    for (i, one) in parts.iter().enumerate() {
        if i > 0 {
            out.push_str(between);
        }
        part(one, out);
    }
}

fn call(name: &str, arguments: &[Expr], out: &mut String) {
    out.push_str(&name.to_ascii_uppercase());
    out.push('(');
    joined(arguments, ", ", out);
    out.push(')');
}

/// Writing to a string cannot fail.
fn push(out: &mut String, what: std::fmt::Arguments<'_>) {
    out.write_fmt(what).expect("a text takes everything");
}

fn write(expr: &Expr, out: &mut String) {
    match expr {
        Expr::Bool(b) => out.push_str(if *b { "TRUE" } else { "FALSE" }),
        Expr::Number(number) => push(out, format_args!("{number}")),
        Expr::Text(text) => quote(text, '\'', out),
        Expr::Date(day) => push(out, format_args!("DATE('{day}')")),
        Expr::Timestamp(at) => push(out, format_args!("TIMESTAMP('{at}')")),
        Expr::Interval(ends) => {
            out.push_str("INTERVAL(");
            for (i, end) in ends.iter().enumerate() {
                out.push_str(if i > 0 { ", " } else { "" });
                match end {
                    Expr::Date(day) => push(out, format_args!("'{day}'")),
                    Expr::Timestamp(at) => push(out, format_args!("'{at}'")),
                    other => write(other, out),
                }
            }
            out.push(')');
        }
        Expr::Open => out.push_str("'..'"),
        Expr::Geometry(literal) => geometry(literal, out),
        Expr::Array(all) => {
            out.push('(');
            joined(all, ", ", out);
            out.push(')');
        }
        Expr::Property(name) if is_plain_name(name) => out.push_str(name),
        Expr::Property(name) => quote(name, '"', out),
        Expr::Not(inner) => {
            out.push_str("NOT ");
            part(inner, out);
        }
        Expr::And(all) => joined(all, " AND ", out),
        Expr::Or(all) => joined(all, " OR ", out),
        Expr::Compare(op, pair) => joined(&**pair, &format!(" {} ", op.name()), out),
        Expr::Calculate(op, pair) => {
            joined(&**pair, &format!(" {} ", op.name().to_ascii_uppercase()), out);
        }
        Expr::Like(pair) => joined(&**pair, " LIKE ", out),
        Expr::Between(three) => {
            part(&three[0], out);
            out.push_str(" BETWEEN ");
            joined(&three[1..], " AND ", out);
        }
        Expr::In(value, list) => {
            part(value, out);
            out.push_str(" IN (");
            joined(list, ", ", out);
            out.push(')');
        }
        Expr::IsNull(inner) => {
            part(inner, out);
            out.push_str(" IS NULL");
        }
        Expr::Spatial(op, pair) => call(op.name(), &**pair, out),
        Expr::Temporal(op, pair) => call(op.name(), &**pair, out),
        Expr::Arrays(op, pair) => call(op.name(), &**pair, out),
        Expr::Casei(inner) => call("casei", std::slice::from_ref(inner), out),
        Expr::Accenti(inner) => call("accenti", std::slice::from_ref(inner), out),
    }
}

fn quote(text: &str, mark: char, out: &mut String) {
    out.push(mark);
    for c in text.chars() {
        if c == mark {
            // After a backslash a doubled mark would be read as the end of the text.
            out.push(if out.ends_with('\\') { '\\' } else { mark });
        }
        out.push(c);
    }
    out.push(mark);
}

fn geometry(literal: &Literal, out: &mut String) {
    match literal {
        Literal::Bbox([w, s, e, n]) => push(out, format_args!("BBOX({w}, {s}, {e}, {n})")),
        Literal::Shape(shape) => well_known(shape, out),
    }
}

fn well_known(shape: &Geometry, out: &mut String) {
    match shape {
        Geometry::Point(p) => {
            out.push_str("POINT");
            positions(&[p.0], out);
        }
        Geometry::LineString(line) => {
            out.push_str("LINESTRING");
            positions(&line.0, out);
        }
        Geometry::Polygon(p) => {
            out.push_str("POLYGON");
            polygon(p, out);
        }
        Geometry::MultiPoint(all) => {
            let all: Vec<Coord> = all.0.iter().map(|p| p.0).collect();
            out.push_str("MULTIPOINT");
            each(&all, out, |c, out| positions(&[*c], out));
        }
        Geometry::MultiLineString(all) => {
            out.push_str("MULTILINESTRING");
            each(&all.0, out, |line, out| positions(&line.0, out));
        }
        Geometry::MultiPolygon(all) => {
            out.push_str("MULTIPOLYGON");
            each(&all.0, out, polygon);
        }
        Geometry::GeometryCollection(all) => {
            out.push_str("GEOMETRYCOLLECTION");
            each(&all.0, out, well_known);
        }
        // No reader makes these.
        Geometry::Line(_) | Geometry::Rect(_) | Geometry::Triangle(_) => {}
    }
}

fn each<T>(all: &[T], out: &mut String, mut one: impl FnMut(&T, &mut String)) {
    out.push('(');
    for (i, member) in all.iter().enumerate() {
        if i > 0 {
            out.push_str(", ");
        }
        one(member, out);
    }
    out.push(')');
}

fn positions(all: &[Coord], out: &mut String) {
    each(all, out, |c, out| push(out, format_args!("{} {}", c.x, c.y)));
}

fn polygon(p: &Polygon, out: &mut String) {
    let rings: Vec<&LineString> = std::iter::once(p.exterior()).chain(p.interiors()).collect();
    each(&rings, out, |ring, out| positions(&ring.0, out));
}
