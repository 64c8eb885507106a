//! What filters let through, in both encodings.

use std::collections::BTreeMap;

use geo::{Geometry, point, polygon};
use proptest::prelude::*;

use crate::cql2::{Extent, Queryables, Record, Shape, Type, Value, parse_json, parse_text};

#[derive(Clone)]
enum Known {
    Text(&'static str),
    Texts(Vec<&'static str>),
    Number(f64),
    Flag(bool),
    Day(&'static str),
    Instant(&'static str),
}

struct Library {
    known: BTreeMap<&'static str, Known>,
    geometry: Option<Geometry>,
}

impl Record for Library {
    fn value(&self, property: &str) -> Value<'_> {
        if property == "geometry" {
            return self.geometry.as_ref().map_or(Value::Null, |g| Value::Geometry(Shape::Any(g)));
        }
        match self.known.get(property) {
            None => Value::Null,
            Some(Known::Text(text)) => Value::Text(text),
            Some(Known::Texts(texts)) => Value::Texts(texts.clone()),
            Some(Known::Number(n)) => Value::Number(*n),
            Some(Known::Flag(yes)) => Value::Bool(*yes),
            Some(Known::Day(day)) => Value::Date(day.parse().unwrap()),
            Some(Known::Instant(at)) => Value::Timestamp(at.parse().unwrap()),
        }
    }
}

pub fn queryables() -> Queryables {
    Queryables::new([
        ("name", Type::String),
        ("category", Type::String),
        ("seats", Type::Integer),
        ("rating", Type::Number),
        ("free", Type::Boolean),
        ("checked", Type::Date),
        ("updated", Type::Timestamp),
        ("opened", Type::Timestamp),
        ("gives", Type::Strings),
        ("phone", Type::String),
        ("geometry", Type::Geometry),
    ])
}

fn library() -> Library {
    let known = BTreeMap::from([
        ("name", Known::Text("Jõeääre Raamatukogu")),
        ("category", Known::Text("library")),
        ("seats", Known::Number(12.0)),
        ("rating", Known::Number(4.5)),
        ("free", Known::Flag(true)),
        ("checked", Known::Day("2026-01-31")),
        ("updated", Known::Instant("2026-01-31T18:00:00Z")),
        ("opened", Known::Instant("2024-05-01T08:00:00Z")),
        ("gives", Known::Texts(vec!["emotional", "informational"])),
    ]);
    Library { known, geometry: Some(point!(x: 26.72, y: 58.38).into()) }
}

fn lets_through(filter: &str, record: &Library) -> bool {
    let parsed = if filter.trim_start().starts_with('{') { parse_json(filter) } else { parse_text(filter) };
    let parsed = parsed.unwrap_or_else(|e| panic!("{filter}: {e}"));
    let here = parsed.typed(&queryables()).unwrap_or_else(|e| panic!("{filter}: {e}")).matches(record);
    // Both encodings say the same, and what is printed reads back as the same.
    let again = parse_text(&parsed.to_text()).unwrap_or_else(|e| panic!("{}: {e}", parsed.to_text()));
    assert_eq!(again, parsed, "{filter} printed as {}", parsed.to_text());
    let as_json = parsed.to_json().to_string();
    let again = parse_json(&as_json).unwrap_or_else(|e| panic!("{as_json}: {e}"));
    assert_eq!(again.typed(&queryables()).unwrap().matches(record), here, "{as_json}");
    here
}

#[test]
fn comparisons_logic_and_lists_are_as_in_the_standard() {
    for (filter, expected) in [
        ("category = 'library'", true),
        ("category <> 'library'", false),
        ("seats > 10 AND rating >= 4.5", true),
        ("seats > 10 AND NOT rating >= 4.5", false),
        ("seats < 10 OR free = TRUE", true),
        ("free", true),
        ("NOT free", false),
        ("'library' = category", true),
        ("seats BETWEEN 12 AND 13", true),
        ("seats NOT BETWEEN 12 AND 13", false),
        ("category IN ('park', 'library')", true),
        ("category NOT IN ('park', 'library')", false),
        ("seats IN (1, 12)", true),
        ("name LIKE 'Jõe%'", true),
        ("name LIKE '_õeääre%kogu'", true),
        ("name LIKE 'jõe%'", false),
        ("name NOT LIKE '%park%'", true),
        ("phone IS NULL", true),
        ("name IS NOT NULL", true),
        ("seats = 2 * 5 + 2", true),
        ("seats / 0 = 1", false),
        ("rating * 2 > seats - 4", true),
        ("seats DIV 5 = 2", true),
        ("seats % 5 = 2", true),
        ("2 ^ 3 = 8", true),
        ("rating < seats", true),
        ("TRUE", true),
        ("FALSE OR (TRUE AND category = 'library')", true),
        ("CASEI(category) = CASEI('LIBRARY')", true),
        ("CASEI(name) LIKE CASEI('%RAAMAT%')", true),
        ("ACCENTI(name) = ACCENTI('Joeaare Raamatukogu')", true),
        ("ACCENTI(CASEI(name)) LIKE ACCENTI(CASEI('%JOEAARE%'))", true),
        (
            r#"{"op":"and","args":[{"op":"=","args":[{"property":"category"},"library"]},{"op":"<","args":[{"property":"seats"},13]}]}"#,
            true,
        ),
        (r#"{"op":"not","args":[{"op":"isNull","args":[{"property":"phone"}]}]}"#, false),
        (
            r#"{"op":"like","args":[{"op":"casei","args":[{"property":"name"}]},{"op":"casei","args":["%RAAMAT%"]}]}"#,
            true,
        ),
        (r#"{"op":"in","args":[{"property":"category"},["park","library"]]}"#, true),
        (r#"{"op":"between","args":[{"property":"seats"},1,12]}"#, true),
    ] {
        assert_eq!(lets_through(filter, &library()), expected, "{filter}");
    }
}

#[test]
fn the_unknown_is_neither_let_through_nor_is_its_opposite() {
    for filter in [
        "phone = '1'",
        "NOT phone = '1'",
        "phone <> '1'",
        "phone LIKE '%'",
        "phone IN ('1')",
        "phone NOT IN ('1')",
    ] {
        assert!(!lets_through(filter, &library()), "{filter}");
    }
    assert!(lets_through("phone = '1' OR TRUE", &library()));
    assert!(!lets_through("NOT (phone = '1' AND TRUE)", &library()));
    assert!(lets_through("NOT (phone = '1' AND FALSE)", &library()));
}

#[test]
fn days_instants_and_intervals_are_compared_in_time() {
    for (filter, expected) in [
        ("checked = DATE('2026-01-31')", true),
        ("checked < DATE('2026-02-01')", true),
        ("updated > TIMESTAMP('2026-01-31T17:59:59Z')", true),
        ("updated <= DATE('2026-01-31')", true),
        ("T_AFTER(updated, TIMESTAMP('2026-01-01T00:00:00Z'))", true),
        ("T_BEFORE(updated, TIMESTAMP('2026-01-01T00:00:00Z'))", false),
        ("T_DURING(INTERVAL(opened, updated), INTERVAL('2024-01-01', '2027-01-01'))", true),
        ("T_INTERSECTS(updated, INTERVAL('2026-01-01T00:00:00Z', '..'))", true),
        ("T_INTERSECTS(updated, INTERVAL('..', '2025-01-01T00:00:00Z'))", false),
        ("T_DISJOINT(opened, INTERVAL('2026-01-01', '2026-12-31'))", true),
        ("T_EQUALS(checked, DATE('2026-01-31'))", true),
        (r#"{"op":"t_after","args":[{"property":"updated"},{"timestamp":"2026-01-01T00:00:00Z"}]}"#, true),
        (
            r#"{"op":"t_intersects","args":[{"property":"updated"},{"interval":["2026-01-01","2026-12-31"]}]}"#,
            true,
        ),
    ] {
        assert_eq!(lets_through(filter, &library()), expected, "{filter}");
    }
}

#[test]
fn geometries_are_related_on_the_map() {
    for (filter, expected) in [
        ("S_INTERSECTS(geometry, BBOX(26.7, 58.3, 26.8, 58.4))", true),
        ("S_INTERSECTS(geometry, BBOX(0, 0, 1, 1))", false),
        ("S_WITHIN(geometry, POLYGON((26.7 58.3, 26.8 58.3, 26.8 58.4, 26.7 58.4, 26.7 58.3)))", true),
        ("S_CONTAINS(POLYGON((26.7 58.3, 26.8 58.3, 26.8 58.4, 26.7 58.4, 26.7 58.3)), geometry)", true),
        ("S_DISJOINT(geometry, POINT(26.72 58.39))", true),
        ("S_EQUALS(geometry, POINT(26.72 58.38))", true),
        ("S_INTERSECTS(geometry, BBOX(177, 50, -177, 60))", false),
        ("S_TOUCHES(geometry, LINESTRING(26.72 58.38, 27 59))", true),
        (r#"{"op":"s_intersects","args":[{"property":"geometry"},{"bbox":[26.7,58.3,26.8,58.4]}]}"#, true),
        (
            r#"{"op":"s_within","args":[{"property":"geometry"},{"type":"Polygon","coordinates":[[[26.7,58.3],[26.8,58.3],[26.8,58.4],[26.7,58.4],[26.7,58.3]]]}]}"#,
            true,
        ),
    ] {
        assert_eq!(lets_through(filter, &library()), expected, "{filter}");
    }
    let nowhere = Library { geometry: None, ..library() };
    assert!(!lets_through("S_INTERSECTS(geometry, BBOX(-180, -90, 180, 90))", &nowhere));
    assert!(!lets_through("S_DISJOINT(geometry, BBOX(0, 0, 1, 1))", &nowhere));
    let area = polygon![(x: 26.0, y: 58.0), (x: 27.0, y: 58.0), (x: 27.0, y: 59.0), (x: 26.0, y: 59.0)];
    let park = Library { geometry: Some(area.into()), ..library() };
    assert!(lets_through(
        "S_OVERLAPS(geometry, POLYGON((26.5 58.5, 28 58.5, 28 60, 26.5 60, 26.5 58.5)))",
        &park
    ));
    assert!(lets_through("S_CROSSES(LINESTRING(25 58.5, 28 58.5), geometry)", &park));
}

#[test]
fn lists_of_words_are_compared_as_sets() {
    for (filter, expected) in [
        ("A_CONTAINS(gives, ('emotional'))", true),
        ("A_CONTAINS(gives, ('emotional', 'appraisal'))", false),
        ("A_OVERLAPS(gives, ('emotional', 'appraisal'))", true),
        ("A_CONTAINEDBY(gives, ('emotional', 'informational', 'appraisal'))", true),
        ("A_EQUALS(gives, ('informational', 'emotional'))", true),
    ] {
        assert_eq!(lets_through(filter, &library()), expected, "{filter}");
    }
}

#[test]
fn an_extent_holds_all_that_can_be_let_through() {
    let extent = |filter: &str| parse_text(filter).unwrap().typed(&queryables()).unwrap().extent("geometry");
    let here = "S_INTERSECTS(geometry, BBOX(26, 58, 27, 59))";
    let Extent::Within(found) = extent(here) else { panic!("{here} is somewhere") };
    assert_eq!(found.to_array().map(f64::to_bits), [26.0, 58.0, 27.0, 59.0].map(f64::to_bits));
    assert!(matches!(extent(&format!("{here} AND free")), Extent::Within(_)));
    assert_eq!(extent(&format!("{here} OR free")), Extent::Everywhere);
    assert_eq!(extent(&format!("NOT {here}")), Extent::Everywhere);
    assert_eq!(extent("FALSE"), Extent::Nowhere);
}

fn filters() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        Just("category = 'library'".to_owned()),
        Just("phone = '1'".to_owned()),
        Just("seats > 20".to_owned()),
        Just("free".to_owned()),
        Just("name LIKE '%kogu'".to_owned()),
        Just("S_INTERSECTS(geometry, BBOX(26, 58, 27, 59))".to_owned()),
    ];
    leaf.prop_recursive(5, 40, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|a| format!("NOT ({a})")),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| format!("({a}) AND ({b})")),
            (inner.clone(), inner).prop_map(|(a, b)| format!("({a}) OR ({b})")),
        ]
    })
}

/// SQL's logic once more, independent of the evaluator: `None` is unknown.
fn by_hand(filter: &str) -> Option<bool> {
    if let Some(inner) = filter.strip_prefix("NOT ") {
        return by_hand(stripped(inner)).map(|known| !known);
    }
    if filter.starts_with('(') {
        let end = closing(filter);
        let (a, rest) = (by_hand(&filter[1..end]), &filter[end + 1..]);
        let and = rest.starts_with(" AND ");
        let b = by_hand(stripped(&rest[if and { 5 } else { 4 }..]));
        return match (and, a, b) {
            (true, Some(false), _) | (true, _, Some(false)) => Some(false),
            (false, Some(true), _) | (false, _, Some(true)) => Some(true),
            (_, Some(a), Some(b)) => Some(if and { a && b } else { a || b }),
            _ => None,
        };
    }
    if filter.starts_with("phone") { None } else { Some(!filter.starts_with("seats")) }
}

fn stripped(text: &str) -> &str {
    &text[1..text.len() - 1]
}

fn closing(text: &str) -> usize {
    let mut depth = 0;
    for (i, c) in text.char_indices() {
        depth += i32::from(c == '(') - i32::from(c == ')');
        if depth == 0 {
            return i;
        }
    }
    unreachable!("parentheses are balanced")
}

proptest! {
    #[test]
    fn any_combination_follows_the_logic_of_three_values(filter in filters()) {
        prop_assert_eq!(lets_through(&filter, &library()), by_hand(&filter) == Some(true), "{}", filter);
    }
}
