//! The week of each neighbourhood's supports as a table.

use engine::community::Community;
use jiff::Timestamp;

use super::answered::Answered;
use super::table::{About, Cell, Column, Field, Kind, Shapes, Table};

/// The table of a week.
///
/// # Parameters
///
/// * `week`: its Monday.
/// * `query`: what was asked, if anything.
/// * `credit`: whom to credit for the directory and the outlines, if anyone.
pub fn table(
    community: &Community,
    week: &str,
    query: Option<String>,
    items: Vec<Answered>,
    credit: Option<&str>,
    made_at: Timestamp,
) -> Table {
    let about = About {
        questions: Vec::new(),
        notes: vec![
            "a support without a position, or outside of all neighbourhoods, is in none of them".to_owned(),
            "hours that nobody told are counted apart: they are not closed".to_owned(),
        ],
        title: format!("Weekly rhythm of supports in {}", community.title),
        community: community.id.clone(),
        query,
        consent_scope: None,
        promise: None,
        licence: credit.map(str::to_owned),
        made_at,
    };
    let table = Table::new("rhythm", about, Shapes::Areas, FIELDS, items, Answered::place);
    let column = |name, kind, text| Column { name, kind, unit: None, text };
    let attribution = Cell::text(Some(table.about.citation()));
    table.with_constants(vec![
        (column("week", Kind::Day, "the week's Monday, by the community's clocks"), Cell::text(Some(week))),
        (column("attribution", Kind::Text, "how to cite it and whom to credit"), attribution),
    ])
}

#[rustfmt::skip]
const FIELDS: &[Field<Answered>] = &[
    Field::new("id", Kind::Text, "identifier of the neighbourhood", |i| i.text("id")),
    Field::new("name", Kind::Text, "its name", |i| i.text("name")),
    Field::new("supports", Kind::Whole, "how many supports there are in it", |i| i.whole("supports")),
    Field::new("open", Kind::Json, "for each of the 168 hours from Monday's first on, how many are open at some time in it", |i| i.json("open")),
    Field::new("unknown", Kind::Json, "for each of these hours, how many may be open: nobody knows", |i| i.json("unknown")),
];
