//! A release as a table: all of its published numbers, cells first, then neighbourhoods, then the whole community, so
//! that whoever takes it home can work everything out again. Nothing else that was computed from places is ever
//! exported.

use std::collections::HashMap;

use engine::community::Community;
use engine::grid::cell_centre;
use engine::neighbourhood::{Neighbourhood, Neighbourhoods};
use engine::privacy::activity::PerActivity;
use engine::privacy::aggregate::PerKind;
use engine::privacy::picture::{Hotspot, PictureError};
use geo::{Geometry, MultiPolygon};
use jiff::Timestamp;
use uuid::Uuid;

use super::table::{About, Cell, Column, Field, Kind, Promise, Shapes, Table};
use crate::live::LiveRelease;

/// A unit of a release, with all that a value must never be shown without.
struct Item {
    units: &'static str,
    unit: String,
    /// The number of people and what is certain about it; the community has none as a whole.
    row: Option<Hotspot<String>>,
    name: Option<String>,
    sigma: u64,
    valence: Option<i64>,
    kinds: Option<PerKind>,
    activities: Option<PerActivity>,
    sigma_activities: Option<u64>,
    shape: Option<MultiPolygon>,
}

impl Item {
    /// A number that cells and neighbourhoods have.
    fn real(&self, of: impl Fn(&Hotspot<String>) -> Option<f64>) -> Cell {
        Cell::real(self.row.as_ref().and_then(of))
    }

    /// People by activity.
    fn activity(&self, activity: usize) -> Cell {
        self.activities.map_or(Cell::Nothing, |people| Cell::Whole(people[activity]))
    }

    /// People of a kind.
    fn kind(&self, kind: usize) -> Cell {
        self.kinds.map_or(Cell::Nothing, |kinds| Cell::Whole(kinds[kind]))
    }
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
            unit: row.unit.to_string(),
            row: Some(named(row)),
            name,
            sigma: parameters.sigma_cells,
            valence: None,
            kinds: None,
            activities: None,
            sigma_activities: None,
            shape: Some(shape.clone()),
        });
    }
    let by_id: HashMap<Uuid, &Neighbourhood> = all.iter().map(|n| (n.id.0, n)).collect();
    let by_activity = release.activities.as_ref().map_or(&[][..], |table| table.table().rows());
    let by_activity: HashMap<Uuid, &PerActivity> = by_activity.iter().map(|r| (r.id(), r.people())).collect();
    let published = release.neighbourhoods.as_ref().map_or(&[][..], |n| n.table().rows());
    for (row, published) in release.neighbourhood_hotspots(all)?.rows.iter().zip(published) {
        let here = by_id.get(&row.unit);
        items.push(Item {
            units: "neighbourhoods",
            unit: row.unit.to_string(),
            row: Some(named(row)),
            name: here.map(|n| n.name.clone()),
            sigma: parameters.sigma_neighbourhoods,
            valence: Some(published.valence_sixteenths()),
            kinds: published.kinds().copied(),
            activities: by_activity.get(&row.unit).copied().copied(),
            sigma_activities: release.activities.as_ref().map(|table| table.table().sigma().get()),
            shape: here.map(|n| n.shape.clone()),
        });
    }
    items.extend(release.totals.as_ref().map(|totals| Item {
        units: "community",
        unit: community.id.to_string(),
        row: None,
        name: Some(community.title.clone()),
        sigma: totals.table().sigma().get(),
        valence: None,
        kinds: Some(*totals.table().people()),
        activities: None,
        sigma_activities: None,
        shape: None,
    }));
    let about = About {
        notes: Vec::new(),
        questions: Vec::new(),
        title: format!("Published picture of {}", community.title),
        community: community.id.clone(),
        query: None,
        consent_scope: Some(CONSENT.to_owned()),
        promise: Some(promise(release)),
        licence: None,
        made_at,
    };
    Ok(Table::new("release", about, Shapes::Areas, FIELDS, items, |item| {
        item.shape.clone().map(Geometry::MultiPolygon)
    }))
}

/// What a release promises.
pub(super) fn promise(release: &LiveRelease) -> Promise {
    let parameters = &release.parameters;
    Promise {
        release: release.stored.id.to_string(),
        policy: parameters.policy.as_str().to_owned(),
        released_at: release.stored.made_at,
        guarantee: parameters.guarantee(),
    }
}

/// What people agreed to whose places are in a release.
pub(super) const CONSENT: &str = "published_maps: people agreed that noisy counts are published";

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
    Field::new("unit", Kind::Text, "H3 cell, identifier of the neighbourhood, or the community", |i| Cell::text(Some(&i.unit))),
    Field::new("units", Kind::Text, "cells, neighbourhoods or community", |i| Cell::text(Some(i.units))),
    Field::new("name", Kind::Text, "the neighbourhood, for a cell the one at its centre; for the community its title", |i| Cell::text(i.name.as_ref())),
    Field::new("value", Kind::Real, "published number of participants; random noise was added, so it may be negative", |i: &Item| i.real(|r| Some(r.value))).in_unit("person"),
    Field::new("low", Kind::Real, "lower end of the value's 90 % interval", |i: &Item| i.real(|r| Some(r.low))).in_unit("person"),
    Field::new("high", Kind::Real, "upper end of the value's 90 % interval", |i: &Item| i.real(|r| Some(r.high))).in_unit("person"),
    Field::new("people", Kind::Whole, "published number of participants behind the value, with noise; empty for the community, which has numbers by kind alone", |i: &Item| i.row.as_ref().map_or(Cell::Nothing, |r| Cell::Whole(r.people))).in_unit("person"),
    Field::new("sigma", Kind::Whole, "standard deviation of the noise in each number of participants of the row", |i: &Item| Cell::Whole(i64::try_from(i.sigma).unwrap_or(i64::MAX))).in_unit("person"),
    Field::new("valence_sixteenths", Kind::Whole, "published sum over participants of their mean valence; its noise has 16 times the standard deviation; neighbourhoods only", |i: &Item| i.valence.map_or(Cell::Nothing, Cell::Whole)).in_unit("1/16"),
    Field::new("being", Kind::Whole, "published number of participants with a place of being, with noise; the community, and neighbourhoods in releases of many participants; so are the next six", |i: &Item| i.kind(0)).in_unit("person"),
    Field::new("doing", Kind::Whole, "with a place of doing", |i: &Item| i.kind(1)).in_unit("person"),
    Field::new("connectedness", Kind::Whole, "with a place of connectedness", |i: &Item| i.kind(2)).in_unit("person"),
    Field::new("hope", Kind::Whole, "with a place of hope", |i: &Item| i.kind(3)).in_unit("person"),
    Field::new("identity", Kind::Whole, "with a place of identity", |i: &Item| i.kind(4)).in_unit("person"),
    Field::new("meaning", Kind::Whole, "with a place of meaning", |i: &Item| i.kind(5)).in_unit("person"),
    Field::new("empowerment", Kind::Whole, "with a place of empowerment", |i: &Item| i.kind(6)).in_unit("person"),
    Field::new("activity_rest", Kind::Whole, "published number of participants who sit, rest, read or pray here, each counted with one activity, with noise; neighbourhoods in releases of very many participants; so are the next seven", |i: &Item| i.activity(0)).in_unit("person"),
    Field::new("activity_company", Kind::Whole, "who talk here", |i: &Item| i.activity(1)).in_unit("person"),
    Field::new("activity_food", Kind::Whole, "who eat or cook here", |i: &Item| i.activity(2)).in_unit("person"),
    Field::new("activity_creating", Kind::Whole, "who make things, music or play here", |i: &Item| i.activity(3)).in_unit("person"),
    Field::new("activity_moving", Kind::Whole, "who walk, swim or do sport here", |i: &Item| i.activity(4)).in_unit("person"),
    Field::new("activity_nature", Kind::Whole, "who garden or are with nature or animals here", |i: &Item| i.activity(5)).in_unit("person"),
    Field::new("activity_work", Kind::Whole, "who learn, work or volunteer here", |i: &Item| i.activity(6)).in_unit("person"),
    Field::new("activity_errands", Kind::Whole, "who shop here", |i: &Item| i.activity(7)).in_unit("person"),
    Field::new("sigma_activities", Kind::Whole, "standard deviation of the noise in each of these eight", |i: &Item| i.sigma_activities.map_or(Cell::Nothing, |s| Cell::Whole(i64::try_from(s).unwrap_or(i64::MAX)))).in_unit("person"),
    Field::new("z", Kind::Real, "Gi* of the published numbers; empty: not enough information", |i| i.real(|r| r.z)),
    Field::new("q", Kind::Real, "its probability after Benjamini-Hochberg; empty: not enough information", |i| i.real(|r| r.q)),
    Field::new("class", Kind::Text, "hot99, hot95, hot90, none, cold90, cold95, cold99 or not_enough: a cluster of mapped places, not a verdict; empty for the community", |i| Cell::text(i.row.as_ref().map(|r| r.class.as_str()))),
];

#[cfg(test)]
mod tests {
    use engine::privacy::activity::ACTIVITIES;
    use engine::privacy::aggregate::KINDS;

    use super::FIELDS;

    #[test]
    fn every_kind_and_activity_has_its_column_in_order() {
        let columns: Vec<_> = FIELDS.iter().map(|field| field.column.name).collect();
        let first = columns.iter().position(|name| *name == KINDS[0]).expect("a column of the first kind");
        assert_eq!(columns[first..first + KINDS.len()], KINDS);
        let first = columns.iter().position(|name| *name == "activity_rest").expect("a column of the first");
        let named: Vec<_> = ACTIVITIES.iter().map(|activity| format!("activity_{activity}")).collect();
        assert_eq!(columns[first..first + ACTIVITIES.len()], named);
    }
}
