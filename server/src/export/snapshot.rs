//! A closed group's snapshot as a table.

use std::collections::HashMap;
use std::str::FromStr as _;

use engine::community::Community;
use engine::grid::{cell_boundary, cell_centre};
use engine::neighbourhood::{Neighbourhood, Neighbourhoods};
use engine::privacy::closed_group::{Division, Number, Row};
use geo::{Geometry, LineString, MultiPolygon, Polygon};
use h3o::CellIndex;
use jiff::Timestamp;

use super::table::{About, Cell, Column, Field, Kind, Promise, Shapes, Table};
use crate::actions::snapshot::NO_GUARANTEE;
use crate::live::LiveSnapshot;

/// Every unit of a snapshot with its name and its outline, where they are known.
pub fn places_of<'a>(
    snapshot: &'a LiveSnapshot,
    all: &Neighbourhoods,
) -> Vec<(&'a Row, Option<String>, Option<MultiPolygon>)> {
    let table = snapshot.table.table();
    let by_id: HashMap<String, &Neighbourhood> = all.iter().map(|n| (n.id.to_string(), n)).collect();
    let place = |row: &'a Row| match table.division() {
        Division::Neighbourhoods => {
            let here = by_id.get(row.unit());
            (row, here.map(|n| n.name.clone()), here.map(|n| n.shape.clone()))
        }
        Division::Cells => {
            let cell = CellIndex::from_str(row.unit()).ok();
            let name = cell.and_then(|cell| all.find(cell_centre(cell)).map(|(_, n)| n.name.clone()));
            (row, name, cell.map(outline))
        }
    };
    table.units().iter().map(place).collect()
}

fn outline(cell: CellIndex) -> MultiPolygon {
    let ring: LineString = cell_boundary(cell).iter().map(|p| (p.lon(), p.lat())).collect();
    MultiPolygon(vec![Polygon::new(ring, Vec::new())])
}

/// A unit on its way out.
struct Item {
    unit: String,
    name: Option<String>,
    people: Option<Number>,
    shape: Option<MultiPolygon>,
}

/// The table of a snapshot; every row says that there is no formal guarantee.
pub fn table(
    community: &Community,
    snapshot: &LiveSnapshot,
    all: &Neighbourhoods,
    made_at: Timestamp,
) -> Table {
    let items: Vec<Item> = places_of(snapshot, all)
        .into_iter()
        .map(|(row, name, shape)| Item { unit: row.unit().to_owned(), name, people: row.people(), shape })
        .collect();
    let stored = &snapshot.stored;
    let about = About {
        notes: Vec::new(),
        questions: Vec::new(),
        title: format!("Snapshot of {} for its planners", community.title),
        community: community.id.clone(),
        query: None,
        consent_scope: Some("published_maps: people agreed that planners see rounded counts".to_owned()),
        promise: Some(Promise {
            release: stored.id.to_string(),
            policy: community.policy.as_str().to_owned(),
            guarantee: NO_GUARANTEE.to_owned(),
            released_at: stored.made_at,
        }),
        licence: None,
        made_at,
    };
    let table = Table::new("snapshot", about, Shapes::Areas, FIELDS, items, |item| {
        item.shape.clone().map(Geometry::MultiPolygon)
    });
    let column = |name, kind, text| Column { name, kind, unit: None, text };
    table.with_constants(vec![
        (column("snapshot", Kind::Text, "the snapshot"), Cell::text(Some(stored.id))),
        (column("made_at", Kind::Instant, "when it was made"), Cell::text(Some(stored.made_at))),
        (
            column("policy", Kind::Text, "the policy it was made under"),
            Cell::text(Some(community.policy.as_str())),
        ),
        (column("guarantee", Kind::Text, "what it promises: nothing formal"), Cell::text(Some(NO_GUARANTEE))),
    ])
}

fn whole(number: Option<Number>, pick: fn(Number) -> u32) -> Cell {
    number.map_or(Cell::Nothing, |number| Cell::Whole(pick(number).into()))
}

#[rustfmt::skip]
const FIELDS: &[Field<Item>] = &[
    Field::new("unit", Kind::Text, "H3 cell, or identifier of the neighbourhood", |i| Cell::text(Some(&i.unit))),
    Field::new("name", Kind::Text, "the neighbourhood, for a cell the one at its centre", |i| Cell::text(i.name.as_ref())),
    Field::new("value", Kind::Whole, "number of participants, rounded to 5; empty: fewer than ten, or an outline that changed", |i: &Item| whole(i.people, Number::shown)).in_unit("person"),
    Field::new("low", Kind::Whole, "the fewest that the value may stand for", |i: &Item| whole(i.people, Number::low)).in_unit("person"),
    Field::new("high", Kind::Whole, "the most", |i: &Item| whole(i.people, Number::high)).in_unit("person"),
];
