//! A release as a table: its published numbers, cells first, then neighbourhoods. Nothing else that was computed
//! from places is ever exported.

use std::collections::HashMap;

use engine::community::Community;
use engine::grid::cell_centre;
use engine::neighbourhood::{Neighbourhood, Neighbourhoods};
use engine::privacy::picture::{Hotspot, PictureError};
use geo::{Geometry, MultiPolygon};
use jiff::Timestamp;
use uuid::Uuid;

use super::table::{About, Cell, Column, Field, Kind, Promise, Shapes, Table};
use crate::live::LiveRelease;

/// A unit of a release, with all that a value must never be shown without.
struct Item {
    units: &'static str,
    row: Hotspot<String>,
    name: Option<String>,
    sigma: u64,
    valence: Option<i64>,
    shape: Option<MultiPolygon>,
}

/// The table of a release.
///
/// # Errors
/// When the neighbourhoods' picture cannot be computed from the published numbers.
pub fn table(
    community: &Community,
    release: &LiveRelease,
    all: &Neighbourhoods,
    made_at: Timestamp,
) -> Result<Table, PictureError> {
    let parameters = &release.parameters;
    let mut items = Vec::new();
    for (row, shape) in release.cells.rows.iter().zip(&release.outlines) {
        let name = all.find(cell_centre(row.unit)).map(|(_, n)| n.name.clone());
        items.push(Item {
            units: "cells",
            row: named(row),
            name,
            sigma: parameters.sigma_cells,
            valence: None,
            shape: Some(shape.clone()),
        });
    }
    let by_id: HashMap<Uuid, &Neighbourhood> = all.iter().map(|n| (n.id.0, n)).collect();
    let published = release.neighbourhoods.as_ref().map_or(&[][..], |n| n.table().rows());
    for (row, published) in release.neighbourhood_hotspots(all)?.rows.iter().zip(published) {
        let here = by_id.get(&row.unit);
        items.push(Item {
            units: "neighbourhoods",
            row: named(row),
            name: here.map(|n| n.name.clone()),
            sigma: parameters.sigma_neighbourhoods,
            valence: Some(published.valence_sixteenths()),
            shape: here.map(|n| n.shape.clone()),
        });
    }
    let about = About {
        questions: Vec::new(),
        title: format!("Published picture of {}", community.title),
        community: community.id.clone(),
        query: None,
        consent_scope: Some("published_maps: people agreed that noisy counts are published".to_owned()),
        promise: Some(Promise {
            release: release.stored.id.to_string(),
            policy: parameters.policy.as_str().to_owned(),
            guarantee: parameters.guarantee(),
        }),
        licence: None,
        made_at,
    };
    Ok(Table::new("release", about, Shapes::Areas, FIELDS, items, |item| {
        item.shape.clone().map(Geometry::MultiPolygon)
    }))
}

/// The same with what must never be apart from the numbers, in every row: flat files have no other place for it.
pub fn with_promise(table: Table, release: &LiveRelease, credit: Option<&str>) -> Table {
    let mut attribution = table.about.citation();
    attribution.extend(credit.into_iter().flat_map(|credit| [" ", credit]));
    let column = |name, kind, text| Column { name, kind, unit: None, text };
    let parameters = &release.parameters;
    table.with_constants(vec![
        (column("release", Kind::Text, "the release"), Cell::text(Some(release.stored.id))),
        (column("released_at", Kind::Instant, "when it was made"), Cell::text(Some(release.stored.made_at))),
        (
            column("policy", Kind::Text, "the policy it was made under"),
            Cell::text(Some(parameters.policy.as_str())),
        ),
        (
            column("guarantee", Kind::Text, "what it promises, exactly"),
            Cell::text(Some(parameters.guarantee())),
        ),
        (
            column("attribution", Kind::Text, "how to cite it and whom to credit"),
            Cell::text(Some(attribution)),
        ),
    ])
}

/// A row with its unit as text.
pub(crate) fn named<U: ToString + Copy>(row: &Hotspot<U>) -> Hotspot<String> {
    let Hotspot { unit, value, low, high, people, z, q, class } = *row;
    Hotspot { unit: unit.to_string(), value, low, high, people, z, q, class }
}

#[rustfmt::skip]
const FIELDS: &[Field<Item>] = &[
    Field::new("unit", Kind::Text, "H3 cell, or identifier of the neighbourhood", |i| Cell::text(Some(&i.row.unit))),
    Field::new("units", Kind::Text, "cells or neighbourhoods", |i| Cell::text(Some(i.units))),
    Field::new("name", Kind::Text, "the neighbourhood, for a cell the one at its centre", |i| Cell::text(i.name.as_ref())),
    Field::new("value", Kind::Real, "published number of participants; random noise was added, so it may be negative", |i: &Item| Cell::real(Some(i.row.value))).in_unit("person"),
    Field::new("low", Kind::Real, "lower end of the value's 90 % interval", |i: &Item| Cell::real(Some(i.row.low))).in_unit("person"),
    Field::new("high", Kind::Real, "upper end of the value's 90 % interval", |i: &Item| Cell::real(Some(i.row.high))).in_unit("person"),
    Field::new("people", Kind::Whole, "published number of participants behind the value, with noise", |i: &Item| Cell::Whole(i.row.people)).in_unit("person"),
    Field::new("sigma", Kind::Whole, "standard deviation of the noise in the number of participants", |i: &Item| Cell::Whole(i64::try_from(i.sigma).unwrap_or(i64::MAX))).in_unit("person"),
    Field::new("valence_sixteenths", Kind::Whole, "published sum over participants of their mean valence; its noise has 16 times the standard deviation; neighbourhoods only", |i: &Item| i.valence.map_or(Cell::Nothing, Cell::Whole)).in_unit("1/16"),
    Field::new("z", Kind::Real, "Gi* of the published numbers; empty: not enough information", |i| Cell::real(i.row.z)),
    Field::new("q", Kind::Real, "its probability after Benjamini-Hochberg; empty: not enough information", |i| Cell::real(i.row.q)),
    Field::new("class", Kind::Text, "hot99, hot95, hot90, none, cold90, cold95, cold99 or not_enough: a cluster of mapped places, not a verdict", |i| Cell::text(Some(i.row.class.as_str()))),
];
