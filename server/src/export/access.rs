//! How residents reach supports, by neighbourhood, as a table.

use engine::community::Community;
use jiff::Timestamp;
use serde_json::Value;

use super::answered::Answered;
use super::table::{About, Cell, Column, Field, Kind, Shapes, Table};

/// The table of an answer about access.
///
/// # Parameters
///
/// * `access`: the answer without its neighbourhoods: how walks, hours and catchment were worked out.
/// * `query`: what was asked, if anything.
/// * `credit`: whom to credit for the directory and the outlines, if anyone.
pub fn table(
    community: &Community,
    access: &Value,
    query: Option<String>,
    items: Vec<Answered>,
    credit: Option<&str>,
    made_at: Timestamp,
) -> Table {
    let mut notes = how_walked(access);
    let catchment = &access["catchment"];
    notes.push(if catchment.is_null() {
        "no relative access: no support's places are known, or nobody's residents".to_owned()
    } else {
        format!(
            "relative access is E2SFCA (Luo and Qi 2009, doi:10.1016/j.healthplace.2009.06.002) of {} places a week at \
             {} supports; {} supports are left out, since nobody told how many places they have; zones: {}",
            catchment["places"], catchment["supports"], catchment["unknown"], catchment["zones"]
        )
    });
    let about = About {
        questions: Vec::new(),
        notes,
        title: format!("Access to supports in {}", community.title),
        community: community.id.clone(),
        query,
        consent_scope: None,
        promise: None,
        licence: credit.map(str::to_owned),
        made_at,
    };
    let table = Table::new("access", about, Shapes::Areas, FIELDS, items, Answered::place);
    with_walk(table, access)
}

/// How walks and hours were worked out, of an answer that says so.
pub(super) fn how_walked(answer: &Value) -> Vec<String> {
    let (walking, hours) = (&answer["walking"], &answer["hours"]);
    let mut notes = vec![format!(
        "no network of paths was used: straight-line distances times {} at {} metres a minute",
        walking["detour"], walking["metres_per_minute"]
    )];
    if !hours.is_null() {
        notes.push(format!(
            "only supports known to be open at {} count: {} are, {} are closed, of {} nobody told their hours",
            hours["open_at"].as_str().unwrap_or_default(), hours["open"], hours["closed"], hours["unknown"]
        ));
    }
    notes
}

/// The same with how long a walk was asked about and whom to credit, in every row.
pub(super) fn with_walk(table: Table, answer: &Value) -> Table {
    let column = |name, kind, unit, text| Column { name, kind, unit, text };
    let minutes = answer["walking"]["minutes"].as_i64().map_or(Cell::Nothing, Cell::Whole);
    let attribution = Cell::text(Some(table.about.citation()));
    table.with_constants(vec![
        (column("minutes", Kind::Whole, Some("minute"), "how long a walk was asked about"), minutes),
        (column("attribution", Kind::Text, None, "how to cite it and whom to credit"), attribution),
    ])
}

#[rustfmt::skip]
const FIELDS: &[Field<Answered>] = &[
    Field::new("id", Kind::Text, "identifier of the neighbourhood", |i| i.text("id")),
    Field::new("name", Kind::Text, "its name", |i| i.text("name")),
    Field::new("residents", Kind::Whole, "residents, if known", |i: &Answered| i.whole("residents")).in_unit("person"),
    Field::new("share_within", Kind::Real, "share of residents with a support within the walk; of the area, where residents are unknown", |i| i.real("share_within")),
    Field::new("residents_within", Kind::Whole, "as many residents", |i: &Answered| i.whole("residents_within")).in_unit("person"),
    Field::new("nearest_minutes", Kind::Real, "walk to the nearest support for the resident in the middle; empty: there is none", |i: &Answered| i.real("nearest_minutes")).in_unit("minute"),
    Field::new("supports_within", Kind::Real, "cumulative opportunity: supports within the walk, on average over residents", |i| i.real("supports_within")),
    Field::new("relative_access", Kind::Real, "places in a week per 1,000 residents, shared among those who reach them; empty: not known", |i| i.real("relative_access")),
];
