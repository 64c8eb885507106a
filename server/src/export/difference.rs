//! What changed between two releases as a table.

use engine::community::Community;
use jiff::Timestamp;
use serde_json::Value;

use super::answered::Answered;
use super::hotspots::CAVEATS;
use super::release::{CONSENT, promise, with_promise};
use super::table::{About, Cell, Column, Field, Kind, Shapes, Table};
use crate::live::LiveRelease;

/// The table of one measure's difference.
///
/// # Parameters
///
/// * `difference`: the answer without its features: measure, units, number of tests, both releases.
/// * `later`, `earlier`: the two releases; both say what they promise.
/// * `credit`: whom to credit for the outlines, if anyone.
pub fn table(
    community: &Community,
    (earlier, later): (&LiveRelease, &LiveRelease),
    difference: &Value,
    items: Vec<Answered>,
    credit: Option<&str>,
    made_at: Timestamp,
) -> Table {
    let said = |name: &str| difference[name].as_str().unwrap_or_default().to_owned();
    let mut notes: Vec<String> = CAVEATS.map(str::to_owned).to_vec();
    notes.push("both releases have noise of their own, and z, q and the interval allow for both".to_owned());
    notes.push(format!("the earlier release promises: {}", earlier.parameters.guarantee()));
    let about = About {
        questions: Vec::new(),
        notes,
        title: format!(
            "Difference of two releases of {}: {} of {}",
            community.title,
            said("measure"),
            said("units")
        ),
        community: community.id.clone(),
        query: Some(format!("from={}&measure={}&units={}", said("from"), said("measure"), said("units"))),
        consent_scope: Some(CONSENT.to_owned()),
        promise: Some(promise(later)),
        licence: credit.map(str::to_owned),
        made_at,
    };
    let table = Table::new("difference", about, Shapes::Areas, FIELDS, items, Answered::place);
    let column = |name, kind, text| Column { name, kind, unit: None, text };
    let table = table.with_constants(vec![
        (column("measure", Kind::Text, "what the difference is of"), Cell::text(Some(said("measure")))),
        (column("units", Kind::Text, "cells or neighbourhoods"), Cell::text(Some(said("units")))),
        (
            column("n_tested", Kind::Whole, "how many units q is corrected for"),
            difference["n_tested"].as_i64().map_or(Cell::Nothing, Cell::Whole),
        ),
        (column("earlier_release", Kind::Text, "the earlier release"), Cell::text(Some(earlier.stored.id))),
        (
            column("earlier_released_at", Kind::Instant, "when the earlier release was made"),
            Cell::text(Some(earlier.stored.made_at)),
        ),
    ]);
    with_promise(table, later, None)
}

#[rustfmt::skip]
const FIELDS: &[Field<Answered>] = &[
    Field::new("unit", Kind::Text, "H3 cell, or identifier of the neighbourhood", |i| i.text("unit")),
    Field::new("name", Kind::Text, "the neighbourhood, for a cell the one at its centre", |i| i.text("name")),
    Field::new("value", Kind::Real, "later less earlier, with the noise of both; concentration: participants; relative: participants per 1,000 residents; quality: mean valence; empty: not enough information", |i| i.real("value")),
    Field::new("low", Kind::Real, "lower end of the value's 90 % interval", |i| i.real("low")),
    Field::new("high", Kind::Real, "upper end of the value's 90 % interval", |i| i.real("high")),
    Field::new("people", Kind::Whole, "published number of participants in the later release, with noise", |i: &Answered| i.whole("people")).in_unit("person"),
    Field::new("people_before", Kind::Whole, "the same in the earlier release", |i: &Answered| i.whole("people_before")).in_unit("person"),
    Field::new("z", Kind::Real, "the difference in standard errors of both noises; empty: not enough information", |i| i.real("z")),
    Field::new("q", Kind::Real, "its probability after Benjamini-Hochberg; empty: not enough information", |i| i.real("q")),
    Field::new("class", Kind::Text, "more than before: hot99, hot95 or hot90; less: cold90, cold95 or cold99; none or not_enough", |i| i.text("class")),
];
