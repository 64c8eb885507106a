//! Neighbourhoods as a table.

use engine::community::Community;
use engine::neighbourhood::Neighbourhood;
use geo::Geometry;
use jiff::Timestamp;

use super::table::{About, Cell, Field, Kind, Shapes, Table};

/// The table of neighbourhoods.
pub fn table(community: &Community, items: Vec<Neighbourhood>, made_at: Timestamp) -> Table {
    let about = About {
        notes: Vec::new(),
        questions: Vec::new(),
        title: format!("Neighbourhoods of {}", community.title),
        community: community.id.clone(),
        query: None,
        consent_scope: None,
        promise: None,
        licence: None,
        made_at,
    };
    Table::new("neighbourhoods", about, Shapes::Areas, FIELDS, items, |n| {
        Some(Geometry::MultiPolygon(n.shape.clone()))
    })
}

#[rustfmt::skip]
pub(crate) const FIELDS: &[Field<Neighbourhood>] = &[
    Field::new("id", Kind::Text, "identifier, kept when the neighbourhood is imported again", |n| Cell::text(Some(n.id))),
    Field::new("name", Kind::Text, "its name, unique in the community", |n| Cell::text(Some(&n.name))),
    Field::new("source_id", Kind::Text, "its identifier in the source", |n| Cell::text(n.source_id.as_ref())),
    Field::new("population", Kind::Whole, "residents, if known", |n: &Neighbourhood| n.population.map_or(Cell::Nothing, |p| Cell::Whole(p.into()))).in_unit("person"),
];
