//! What is no filter is refused in words, quickly, and never ends the program.

use proptest::prelude::*;

use super::evaluation::queryables;
use crate::cql2::{Cql2Error, Expr, parse_json, parse_text};

fn refused(filter: &str) -> Cql2Error {
    let parsed = if filter.trim_start().starts_with('{') { parse_json(filter) } else { parse_text(filter) };
    match parsed.and_then(|expr: Expr| expr.typed(&queryables())) {
        Ok(_) => panic!("{} is taken for a filter", &filter[..filter.len().min(200)]),
        Err(error) => error,
    }
}

#[test]
fn nesting_without_end_is_refused_and_not_followed() {
    for depth in [200, 2_000, 10_000] {
        let text = format!("{}free{}", "(".repeat(depth), ")".repeat(depth));
        assert!(matches!(refused(&text), Cql2Error::TooDeep | Cql2Error::TooLong), "{depth}");
        let text = format!("{}free", "NOT ".repeat(depth));
        assert!(matches!(refused(&text), Cql2Error::TooDeep | Cql2Error::TooLong), "{depth}");
        let text = format!("{}1{} = 1", "-(".repeat(depth), ")".repeat(depth));
        refused(&text);
        let json = format!("{}true{}", r#"{"op":"not","args":["#.repeat(depth), "]}".repeat(depth));
        refused(&json);
        refused(&format!("{}1{}", r#"{"op":"=","args":[["#.repeat(depth), "]]}".repeat(depth)));
    }
    let wide = vec!["free"; 3_000].join(" OR ");
    assert_eq!(refused(&wide), Cql2Error::TooManyNodes);
    assert_eq!(refused(&format!("name = '{}'", "x".repeat(200_000))), Cql2Error::TooLong);
}

#[test]
fn unknown_properties_and_wrong_types_are_named() {
    assert_eq!(refused("colour = 'red'"), Cql2Error::UnknownProperty("colour".into()));
    for filter in [
        "seats = 'many'",
        "name > 3",
        "free LIKE 'x'",
        "S_INTERSECTS(name, POINT(1 2))",
        "T_AFTER(name, DATE('2026-01-01'))",
        "A_CONTAINS(name, ('a'))",
        "geometry = 'x'",
        "name + 1 = 2",
    ] {
        let said = refused(filter).to_string();
        assert!(
            said.contains("needed") || said.contains("name") || said.contains("compared"),
            "{filter}: {said}"
        );
    }
}

#[test]
fn geometries_that_are_none_are_refused() {
    let ring: Vec<String> = (0..=2_001)
        .map(|n| {
            let angle = f64::from(n % 2_001) * std::f64::consts::TAU / 2_001.0;
            format!("{} {}", 26.7 + 0.05 * angle.cos(), 58.38 + 0.05 * angle.sin())
        })
        .collect();
    assert_eq!(
        refused(&format!("S_WITHIN(geometry, POLYGON(({})))", ring.join(","))),
        Cql2Error::TooManyVertices
    );
    for filter in [
        "S_WITHIN(geometry, POLYGON((0 0, 1 1, 1 0, 0 1, 0 0)))",
        "S_WITHIN(geometry, POLYGON((0 0, 1 1, 1 0)))",
        "S_INTERSECTS(geometry, POINT(181 0))",
        "S_INTERSECTS(geometry, POINT(0 91))",
        "S_INTERSECTS(geometry, BBOX(0, 2, 1, 1))",
        "S_INTERSECTS(geometry, BBOX(0, 1))",
        r#"{"op":"s_within","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}]}"#,
        r#"{"op":"s_intersects","args":[{"property":"geometry"},{"type":"Circle","coordinates":[0,0]}]}"#,
    ] {
        refused(filter);
    }
}

#[test]
fn what_does_not_follow_the_grammar_is_refused_with_a_place() {
    for filter in [
        "",
        " ",
        "name",
        "name =",
        "= 'x'",
        "name = 'x",
        "name == 'x'",
        "name = 'x' AND",
        "name = 'x' name = 'y'",
        "(free",
        "free)",
        "name IN ()",
        "seats BETWEEN 1",
        "name LIKE 3",
        "CASEI(name",
        "S_NEAR(geometry, POINT(1 2))",
        "DATE('2026-13-01') = checked",
        "\"name = 'x'",
        "name = \u{0}",
        "T_AFTER(updated)",
        "1 = 1 = 1",
        "NOT",
        "free AND OR free",
        "{",
        "{}",
        r#"{"op":"="}"#,
        r#"{"op":"=","args":[1]}"#,
        r#"{"op":"nothing","args":[]}"#,
        r#"{"op":"and","args":[]}"#,
        r#"{"property":"name"}"#,
        "[1]",
    ] {
        assert!(!refused(filter).to_string().is_empty(), "{filter}");
    }
    assert!(matches!(refused("free AND seats >"), Cql2Error::Syntax { position: 17, .. }));
}

/// A record with one text.
struct Long(String);
impl crate::cql2::Record for Long {
    fn value(&self, _: &str) -> crate::cql2::Value<'_> {
        crate::cql2::Value::Text(&self.0)
    }
}

#[test]
fn patterns_cannot_take_for_ever() {
    let filter = format!("name LIKE '{}b'", "%a".repeat(100));
    let parsed = parse_text(&filter).unwrap().typed(&queryables()).unwrap();
    // A backtracking matcher would need longer than anybody lives.
    assert!(!parsed.matches(&Long("a".repeat(5_000))));
}

proptest! {
    #[test]
    fn no_text_ends_the_program(text in "\\PC{0,60}|[a-z ()='%,0-9]{0,80}") {
        let _ = parse_text(&text).map(|expr| expr.typed(&queryables()));
        let _ = parse_json(&text).map(|expr| expr.typed(&queryables()));
    }

    #[test]
    fn no_change_of_a_filter_ends_the_program(cut in 0_usize..120, letter in any::<char>()) {
        for filter in [
            "NOT (name LIKE 'a%' AND S_WITHIN(geometry, POLYGON((0 0, 1 0, 1 1, 0 0)))) OR seats BETWEEN 1 AND 2 * 3",
            r#"{"op":"or","args":[{"op":"in","args":[{"property":"name"},["a"]]},{"op":"t_after","args":[{"property":"updated"},{"date":"2026-01-01"}]}]}"#,
        ] {
            let mut changed: Vec<char> = filter.chars().collect();
            let at = cut % changed.len();
            changed[at] = letter;
            let changed: String = changed.into_iter().collect();
            let _ = parse_text(&changed).map(|expr| expr.typed(&queryables()));
            let _ = parse_json(&changed).map(|expr| expr.typed(&queryables()));
        }
    }
}
