//! The collections of a community.

use std::sync::Arc;

use engine::filter::SupportFilter;
use engine::place::Place;
use engine::privacy::picture::Hotspot;
use geo::{Geometry, MultiPolygon};
use jiff::Timestamp;

use super::collection::{About, Collection};
use crate::export::{Cell, release};
use crate::export::{Field, Kind, Shapes, neighbourhoods, places, supports};
use crate::http::api::supports::moment::Moment;
use crate::live::{LiveCommunity, LiveRelease};

/// The collections' names, as they stand in addresses.
pub const PUBLIC: [&str; 3] = ["supports", "neighbourhoods", "cells"];
/// The collection that needs a token.
pub const PLACES: &str = "places";

/// A public collection by its name.
pub fn collection(community: &LiveCommunity, name: &str, now: Timestamp) -> Option<Collection> {
    match name {
        "supports" => Some(all_supports(community, now)),
        "neighbourhoods" => Some(all_neighbourhoods(community)),
        "cells" => Some(cells(community)),
        _ => None,
    }
}

fn about(
    community: &LiveCommunity,
    id: &'static str,
    shapes: Shapes,
    title: &str,
    description: &str,
) -> About {
    About {
        id,
        title: format!("{}: {title}", community.info().title),
        description: description.to_owned(),
        shapes,
        time: None,
        attribution: None,
        bounds: community.info().bounds,
        tiles: None,
    }
}

fn all_supports(community: &LiveCommunity, now: Timestamp) -> Collection {
    let directory = community.directory();
    let today = Moment::new(&community.info(), now).day();
    let filter = SupportFilter { today: Some(today), ..SupportFilter::default() };
    let mut items: Vec<_> = directory
        .index
        .matching(&filter)
        .map(|support| supports::Item { support: Arc::clone(support), distance: None, today })
        .collect();
    items.sort_unstable_by_key(|item| item.support.id);
    let text = "The public directory: where support is to be had, what it is like, when it is open. A support \
                that is online, on the telephone or confidential has no geometry.";
    let about = About {
        attribution: directory.attribution.map(str::to_owned),
        tiles: Some("supports".to_owned()),
        ..about(community, "supports", Shapes::Points, "supports", text)
    };
    // No property is what `datetime` asks about: there are several days and instants, and GDAL asks by `datetime`
    // for whichever of them a person names, so any choice would give somebody wrong answers.
    let without = ["distance_m", "missing_since"];
    Collection::new(
        about,
        supports::FIELDS,
        &without,
        items,
        |i| i.support.id.to_string(),
        |i| i.support.location.map(|at| Geometry::Point(geo::Point::new(at.lon(), at.lat()))),
    )
}

fn all_neighbourhoods(community: &LiveCommunity) -> Collection {
    let mut items: Vec<_> = community.neighbourhoods().all.iter().cloned().collect();
    items.sort_unstable_by_key(|n| n.id);
    let text = "The neighbourhoods of the community, with residents where they are known.";
    let about = About {
        tiles: Some("neighbourhoods".to_owned()),
        ..about(community, "neighbourhoods", Shapes::Areas, "neighbourhoods", text)
    };
    Collection::new(
        about,
        neighbourhoods::FIELDS,
        &[],
        items,
        |n| n.id.to_string(),
        |n| Some(Geometry::MultiPolygon(n.shape.clone())),
    )
}

/// A cell of the newest release.
pub struct Cell8 {
    row: Hotspot<String>,
    shape: MultiPolygon,
    sigma: u64,
    made_at: Timestamp,
}

fn cells(community: &LiveCommunity) -> Collection {
    let newest = community.newest_release();
    let newest = newest.as_ref();
    let mut items = newest.map(|release| cells_of(release)).unwrap_or_default();
    items.sort_unstable_by(|a, b| a.row.unit.cmp(&b.row.unit));
    let text = "The newest release: how many people share places in each cell, with the noise that protects them. \
                Never read a value without its interval; a hotspot is a cluster of mapped places, not a verdict.";
    let about = About {
        time: Some("released_at"),
        tiles: newest.map(|release| format!("releases/{}/cells", release.stored.id)),
        ..about(community, "cells", Shapes::Areas, "published cells", text)
    };
    Collection::new(
        about,
        CELL_FIELDS,
        &[],
        items,
        |i| i.row.unit.clone(),
        |i| Some(Geometry::MultiPolygon(i.shape.clone())),
    )
}

fn cells_of(release: &LiveRelease) -> Vec<Cell8> {
    let rows = release.cells.rows.iter().zip(&release.outlines);
    let item = |(row, shape): (&Hotspot<_>, &MultiPolygon)| Cell8 {
        row: release::named(row),
        shape: shape.clone(),
        sigma: release.parameters.sigma_cells,
        made_at: release.stored.made_at,
    };
    rows.map(item).collect()
}

#[rustfmt::skip]
const CELL_FIELDS: &[Field<Cell8>] = &[
    Field::new("unit", Kind::Text, "H3 cell", |i| Cell::text(Some(&i.row.unit))),
    Field::new("value", Kind::Real, "published number of participants; random noise was added, so it may be negative", |i: &Cell8| Cell::real(Some(i.row.value))).in_unit("person"),
    Field::new("low", Kind::Real, "lower end of the value's 90 % interval", |i: &Cell8| Cell::real(Some(i.row.low))).in_unit("person"),
    Field::new("high", Kind::Real, "upper end of the value's 90 % interval", |i: &Cell8| Cell::real(Some(i.row.high))).in_unit("person"),
    Field::new("people", Kind::Whole, "published number of participants behind the value, with noise", |i: &Cell8| Cell::Whole(i.row.people)).in_unit("person"),
    Field::new("sigma", Kind::Whole, "standard deviation of the noise", |i: &Cell8| Cell::Whole(i64::try_from(i.sigma).unwrap_or(i64::MAX))).in_unit("person"),
    Field::new("z", Kind::Real, "Gi* of the published numbers; empty: not enough information", |i| Cell::real(i.row.z)),
    Field::new("q", Kind::Real, "its probability after Benjamini-Hochberg; empty: not enough information", |i| Cell::real(i.row.q)),
    Field::new("class", Kind::Text, "hot99, hot95, hot90, none, cold90, cold95, cold99 or not_enough", |i| Cell::text(Some(i.row.class.as_str()))),
    Field::new("released_at", Kind::Instant, "when the release was made", |i| Cell::text(Some(i.made_at))),
];

/// Places that are shared for research. Whoever asks for items must write the reading down before they go out.
pub fn shared_places(community: &LiveCommunity, mut items: Vec<Arc<Place>>) -> Collection {
    items.sort_unstable_by_key(|place| place.id);
    let text = "Places that participants share for research, at the precision that each of them chose. Every \
                reading is written down, and the participants see it. Not to be passed on.";
    let about = about(community, PLACES, Shapes::Mixed, "places shared for research", text);
    let info = community.info();
    let items = items.into_iter().map(|place| places::Item::new(String::new(), place, &info)).collect();
    // Names of participants are drawn anew in each export: between the pages of a list they would mean nothing.
    let without = ["participant", "created_on"];
    Collection::new(
        about,
        places::FIELDS,
        &without,
        items,
        |i| i.place.id.to_string(),
        |i| Some(places::shape(&i.place.content.geometry)),
    )
}
