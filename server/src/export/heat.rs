//! The smooth surface of a release as a table, a row for each step of its grid.

use engine::community::Community;
use engine::privacy::heat::{Heat, Spot};
use engine::privacy::picture::NINETY_PERCENT;
use geo::{Coord, Geometry, MultiPolygon, Rect};
use jiff::Timestamp;

use super::hotspots::CAVEATS;
use super::release::{CONSENT, promise, with_promise};
use super::table::{About, Cell, Column, Field, Kind, Shapes, Table};
use crate::live::LiveRelease;

/// A step: where it lies, in degrees, and what is said of it.
struct Step {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
    spot: Spot,
}

/// The table of a surface; steps too far from the release's cells are left out, as nothing is said of them.
///
/// # Parameters
///
/// * `bandwidth`: one of those offered of the release, in metres.
/// * `credit`: whom to credit for the outlines and the directory, if anyone.
pub fn table(
    community: &Community,
    release: &LiveRelease,
    bandwidth: u32,
    credit: Option<&str>,
    made_at: Timestamp,
) -> Table {
    let mut notes: Vec<String> = CAVEATS.map(str::to_owned).to_vec();
    notes.extend([
        "smoothed from the published cells alone: it is never finer than they are".to_owned(),
        "some step of any surface is the highest: what stands out is tested by the hot spots, not here"
            .to_owned(),
        "where enough is no, the cell around may show no class, and a map should show nothing".to_owned(),
    ]);
    let about = About {
        questions: Vec::new(),
        notes,
        title: format!("Smooth surface of {}, bandwidth {bandwidth} m", community.title),
        community: community.id.clone(),
        query: Some(format!("bandwidth={bandwidth}")),
        consent_scope: Some(CONSENT.to_owned()),
        promise: Some(promise(release)),
        licence: credit.map(str::to_owned),
        made_at,
    };
    let steps = release.heat(bandwidth).map(steps).unwrap_or_default();
    let table = Table::new("heat", about, Shapes::Areas, FIELDS, steps, |step| Some(step.shape()));
    let column = |name, kind, unit, text| Column { name, kind, unit, text };
    let table = table.with_constants(vec![
        (
            column("bandwidth", Kind::Whole, Some("metre"), "of the kernel: how smooth"),
            Cell::Whole(i64::from(bandwidth)),
        ),
        (column("kernel", Kind::Text, None, "its shape"), Cell::text(Some("gaussian"))),
    ]);
    with_promise(table, release, None)
}

/// The steps of a surface of which something is said, row by row from the south-west.
fn steps(heat: &Heat) -> Vec<Step> {
    let [west, south, east, north] = heat.bounds.to_array();
    let edge = |from: f64, to: f64, at: usize, of: usize| {
        #[expect(clippy::cast_precision_loss, reason = "a grid has at most a few hundred steps a side")]
        let part = at as f64 / of as f64;
        from + (to - from) * part
    };
    let step = |(index, spot): (usize, &Option<Spot>)| {
        let (row, column) = (index / heat.columns, index % heat.columns);
        Some(Step {
            west: edge(west, east, column, heat.columns),
            east: edge(west, east, column + 1, heat.columns),
            south: edge(south, north, row, heat.rows),
            north: edge(south, north, row + 1, heat.rows),
            spot: (*spot)?,
        })
    };
    heat.values.iter().enumerate().filter_map(step).collect()
}

impl Step {
    fn shape(&self) -> Geometry {
        let rect = Rect::new(Coord { x: self.west, y: self.south }, Coord { x: self.east, y: self.north });
        Geometry::MultiPolygon(MultiPolygon::new(vec![rect.to_polygon()]))
    }

    /// So many half-widths of its 90 % interval away from its density.
    fn away(&self, halves: f64) -> Cell {
        Cell::real(Some(hundredths(self.spot.density + halves * NINETY_PERCENT * self.spot.error)))
    }
}

/// The digits that the answer has.
fn hundredths(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

#[rustfmt::skip]
const FIELDS: &[Field<Step>] = &[
    Field::new("value", Kind::Real, "people counted in cells, with noise; it may be negative", |s: &Step| s.away(0.0)).in_unit("person per square kilometre"),
    Field::new("low", Kind::Real, "lower end of the value's 90 % interval, of the noise alone", |s: &Step| s.away(-1.0)).in_unit("person per square kilometre"),
    Field::new("high", Kind::Real, "upper end of the value's 90 % interval, of the noise alone", |s: &Step| s.away(1.0)).in_unit("person per square kilometre"),
    Field::new("enough", Kind::Flag, "whether the cell in which it lies may show a class", |s| Cell::Flag(s.spot.enough)),
];
