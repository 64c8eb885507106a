//! A picture of a release as a table: one measure of its units, with all that a value must never be shown without.

use engine::community::Community;
use jiff::Timestamp;
use serde_json::Value;

use super::answered::Answered;
use super::release::{CONSENT, promise, with_promise};
use super::table::{About, Cell, Column, Field, Kind, Shapes, Table};
use crate::live::LiveRelease;

/// What no release hides or heals, whatever it is a picture of.
pub(super) const CAVEATS: [&str; 2] = [
    "participants chose themselves: the numbers are of them, not of all residents",
    "a hot spot is a cluster of mapped places, not a verdict on a neighbourhood",
];
const EXPERIMENTAL: &str = "the profile is experimental: no planning should rest on it alone";

/// The table of one measure.
///
/// # Parameters
///
/// * `picture`: the answer without its features: measure, statistic, units, number of tests, warnings.
/// * `credit`: whom to credit for the outlines and the directory, if anyone.
pub fn table(
    community: &Community,
    release: &LiveRelease,
    picture: &Value,
    items: Vec<Answered>,
    credit: Option<&str>,
    made_at: Timestamp,
) -> Table {
    let said = |name: &str| picture[name].as_str().unwrap_or_default().to_owned();
    let profile = picture["measure"] == "profile";
    let warnings = picture["warnings"].as_array().into_iter().flatten();
    let mut notes: Vec<String> = CAVEATS.map(str::to_owned).to_vec();
    notes.extend(profile.then(|| EXPERIMENTAL.to_owned()));
    notes.extend(warnings.filter_map(|warning| warning["detail"].as_str()).map(str::to_owned));
    let about = About {
        questions: Vec::new(),
        notes,
        title: format!("Published picture of {}: {} of {}", community.title, said("measure"), said("units")),
        community: community.id.clone(),
        query: Some(format!("measure={}&units={}&stat={}", said("measure"), said("units"), said("stat"))),
        consent_scope: Some(CONSENT.to_owned()),
        promise: Some(promise(release)),
        licence: credit.map(str::to_owned),
        made_at,
    };
    let fields = if profile { FIELDS } else { &FIELDS[..COMMON] };
    let table = Table::new("hotspots", about, Shapes::Areas, fields, items, Answered::place);
    let column = |name, kind, text| Column { name, kind, unit: None, text };
    let table = table.with_constants(vec![
        (column("measure", Kind::Text, "what the value is"), Cell::text(Some(said("measure")))),
        (column("stat", Kind::Text, "the statistic behind z and q"), Cell::text(Some(said("stat")))),
        (column("units", Kind::Text, "cells or neighbourhoods"), Cell::text(Some(said("units")))),
        (
            column("n_tested", Kind::Whole, "how many units q is corrected for"),
            picture["n_tested"].as_i64().map_or(Cell::Nothing, Cell::Whole),
        ),
        (
            column("p_method", Kind::Text, "where the probabilities behind q come from"),
            Cell::text(Some(said("p_method"))),
        ),
    ]);
    with_promise(table, release, None)
}

/// So many columns every measure has; those after them are the profile's own.
const COMMON: usize = 9;

#[rustfmt::skip]
const FIELDS: &[Field<Answered>] = &[
    Field::new("unit", Kind::Text, "H3 cell, or identifier of the neighbourhood", |i| i.text("unit")),
    Field::new("name", Kind::Text, "the neighbourhood, for a cell the one at its centre", |i| i.text("name")),
    Field::new("value", Kind::Real, "the measure, with noise; concentration: participants; relative: participants per 1,000 residents; quality: mean valence, -1 to 1; profile: 0 to 100; empty: not enough information", |i| i.real("value")),
    Field::new("low", Kind::Real, "lower end of the value's 90 % interval", |i| i.real("low")),
    Field::new("high", Kind::Real, "upper end of the value's 90 % interval", |i| i.real("high")),
    Field::new("people", Kind::Whole, "published number of participants behind the value, with noise", |i: &Answered| i.whole("people")).in_unit("person"),
    Field::new("z", Kind::Real, "Gi*, or the difference from what is expected in standard errors; empty: not enough information", |i| i.real("z")),
    Field::new("q", Kind::Real, "its probability after Benjamini-Hochberg; empty: not enough information", |i| i.real("q")),
    Field::new("class", Kind::Text, "hot99, hot95, hot90, none, cold90, cold95, cold99 or not_enough; of the profile above, not_distinguishable, below or not_enough", |i| i.text("class")),
    Field::new("value_is", Kind::Text, "what the value is: index, or valence in a release of few participants", |i| i.text("value_is")),
    Field::new("experience", Kind::Json, "how places are experienced: score, valence, kinds, mix and diversity, each with its 90 % interval", |i| i.json("experience")),
    Field::new("opportunity", Kind::Json, "support within a walk of 800 m, as shares of residents", |i| i.json("opportunity")),
    Field::new("profile_index", Kind::Json, "the composite, 0 to 100, with its 90 % interval, in a release of many participants", |i| i.json("index")),
];
