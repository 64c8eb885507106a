//! Comma-separated values (RFC 4180) in UTF-8, safe to open in a spreadsheet.
//!
//! A text that a spreadsheet would run as a formula gets a `'` in front (OWASP, CSV injection). Points stand in
//! `lon` and `lat`; other shapes in `wkt`.

use std::fmt::Write as _;
use std::io::{self, Write};

use geo::{Geometry, LineString, Polygon};

use super::{Cell, Shapes, Table};

/// Writes a table.
pub(super) fn write(table: Table, bom: bool, out: &mut dyn Write) -> io::Result<()> {
    if bom {
        out.write_all("\u{feff}".as_bytes())?;
    }
    let (points, shapes) = (table.shapes != Shapes::Areas, table.shapes != Shapes::Points);
    let mut names: Vec<&str> = table.columns.iter().map(|c| c.name).collect();
    names.extend(points.then_some(["lon", "lat"]).into_iter().flatten());
    names.extend(shapes.then_some("wkt"));
    out.write_all(names.join(",").as_bytes())?;
    out.write_all(b"\r\n")?;
    let mut line = String::new();
    for row in table.rows {
        line.clear();
        for cell in &row.cells {
            field(&mut line, cell);
            line.push(',');
        }
        if points {
            if let Some(Geometry::Point(p)) = &row.geometry {
                write!(line, "{},{},", p.x(), p.y()).expect("a text takes everything");
            } else {
                line.push_str(",,");
            }
        }
        if shapes {
            if let Some(geometry) = &row.geometry {
                quoted(&mut line, &wkt(geometry));
            }
            line.push(',');
        }
        line.pop();
        line.push_str("\r\n");
        out.write_all(line.as_bytes())?;
    }
    Ok(())
}

fn field(line: &mut String, cell: &Cell) {
    let Some(text) = cell.flat() else { return };
    if matches!(cell, Cell::Text(_) | Cell::List(_) | Cell::Json(_)) && is_formula(&text) {
        quoted(line, &format!("'{text}"));
    } else {
        quoted(line, &text);
    }
}

/// Whether a spreadsheet might take the text for a formula: it begins, perhaps behind blanks, with a sign that
/// starts one, in plain or full width, or with a control character.
fn is_formula(text: &str) -> bool {
    text.starts_with(['\t', '\r', '\n'])
        || text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%'])
}

fn quoted(line: &mut String, text: &str) {
    if text.contains([',', '"', '\r', '\n', ';', '\t']) || text != text.trim() {
        line.push('"');
        line.push_str(&text.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(text);
    }
}

/// Well-known text, every bit of a coordinate kept.
fn wkt(geometry: &Geometry) -> String {
    let line = |l: &LineString| {
        let positions: Vec<_> = l.coords().map(|c| format!("{} {}", c.x, c.y)).collect();
        format!("({})", positions.join(","))
    };
    let area = |p: &Polygon| {
        let rings: Vec<_> = std::iter::once(p.exterior()).chain(p.interiors()).map(line).collect();
        format!("({})", rings.join(","))
    };
    match geometry {
        Geometry::Point(p) => format!("POINT({} {})", p.x(), p.y()),
        Geometry::LineString(l) => format!("LINESTRING{}", line(l)),
        Geometry::Polygon(p) => format!("POLYGON{}", area(p)),
        Geometry::MultiPolygon(m) => {
            format!("MULTIPOLYGON({})", m.iter().map(area).collect::<Vec<_>>().join(","))
        }
        other => unreachable!("tables hold no {other:?}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_would_run_as_a_formula_gets_an_apostrophe() {
        let written = |text: &str| {
            let mut line = String::new();
            field(&mut line, &Cell::Text(text.to_owned()));
            line
        };
        for (text, safe) in [
            ("=1+1", "'=1+1"),
            ("+372 5551234", "'+372 5551234"),
            ("-2+3", "'-2+3"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\t=1", "\"'\t=1\""),
            ("\r=1", "\"'\r=1\""),
            ("\n=1", "\"'\n=1\""),
            ("  =1", "'  =1"),
            ("＝1", "'＝1"),
            ("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\""),
            ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("two\nlines", "\"two\nlines\""),
            ("Õnne \"kodu\"", "\"Õnne \"\"kodu\"\"\""),
        ] {
            assert_eq!(written(text), safe);
        }
        let mut line = String::new();
        field(&mut line, &Cell::Whole(-7));
        assert_eq!(line, "-7", "a number stays a number");
    }
}
