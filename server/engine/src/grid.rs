//! Precision: what a participant chose to reveal, and the H3 cells that carry it.
//!
//! H3 is the hexagonal grid of <https://h3geo.org>; a cell's *centre* stands for every place in it, so two
//! places in one cell cannot be told apart by their positions.

use geo::{ConvexHull, MultiPoint, Point, Rect};
use h3o::geom::{ContainmentMode, TilerBuilder};
use h3o::{CellIndex, LatLng, Resolution};
use serde::{Deserialize, Serialize};

use crate::place::Geometry;
use crate::{Bounds, LonLat};

/// How exactly others may know where a place is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Precision {
    /// The position as given, to 7 decimals.
    Exact,
    /// An H3 cell of resolution 10, about 130 m across.
    Street,
    /// An H3 cell of resolution 9, about 350 m across.
    Block,
    /// An H3 cell of resolution 8, about 920 m across.
    Area,
}

impl Precision {
    /// All of them, finest first.
    pub const ALL: [Self; 4] = [Self::Exact, Self::Street, Self::Block, Self::Area];

    /// The H3 resolution; `None` for `exact`.
    pub fn resolution(self) -> Option<Resolution> {
        match self {
            Self::Exact => None,
            Self::Street => Some(Resolution::Ten),
            Self::Block => Some(Resolution::Nine),
            Self::Area => Some(Resolution::Eight),
        }
    }

    /// About how wide the revealed area is, metres.
    pub fn metres(self) -> u32 {
        match self {
            Self::Exact => 0,
            Self::Street => 130,
            Self::Block => 350,
            Self::Area => 920,
        }
    }

    /// The name used in JSON and in the databases.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Street => "street",
            Self::Block => "block",
            Self::Area => "area",
        }
    }
}

/// The cell that holds a position.
pub fn cell_at(p: LonLat, resolution: Resolution) -> CellIndex {
    LatLng::new(p.lat(), p.lon()).expect("a LonLat is finite and on earth").to_cell(resolution)
}

/// The centre of a cell.
pub fn cell_centre(cell: CellIndex) -> LonLat {
    let centre = LatLng::from(cell);
    LonLat::new(centre.lng(), centre.lat()).expect("a cell's centre is on earth")
}

/// The corners of a cell, counterclockwise, first not repeated (five or six, more where it crosses a face).
pub fn cell_boundary(cell: CellIndex) -> Vec<LonLat> {
    cell.boundary()
        .iter()
        .map(|corner| LonLat::new(corner.lng(), corner.lat()).expect("a cell's corner is on earth"))
        .collect()
}

/// Every cell that touches a box, in ascending order: the domain of a release. It follows from the box alone,
/// so which cells exist says nothing about places.
pub fn cells_touching(bounds: &Bounds, resolution: Resolution) -> Vec<CellIndex> {
    let rect = Rect::new((bounds.west, bounds.south), (bounds.east, bounds.north));
    let mut tiler = TilerBuilder::new(resolution).containment_mode(ContainmentMode::Covers).build();
    let mut cells: Vec<CellIndex> = match tiler.add(rect.to_polygon()) {
        Ok(()) => tiler.into_coverage().collect(),
        // A box without an area is no polygon; its one cell is.
        Err(_) => Vec::new(),
    };
    for corner in [(bounds.west, bounds.south), (bounds.east, bounds.north)] {
        if let Ok(corner) = LonLat::new(corner.0, corner.1) {
            cells.push(cell_at(corner, resolution));
        }
    }
    cells.sort_unstable();
    cells.dedup();
    cells
}

/// Reduces a geometry to a precision. Applying it twice changes nothing.
///
/// A point becomes its cell's centre. Every vertex of a walk becomes its cell's centre, repeated ones
/// dropped. An area becomes the convex hull of its snapped vertices, which is always valid and hides the
/// outline's detail. What collapses becomes a walk or a point.
#[must_use]
pub fn snap(geometry: &Geometry, precision: Precision) -> Geometry {
    let Some(resolution) = precision.resolution() else {
        return geometry.clone();
    };
    let snap_one = |p: &LonLat| cell_centre(cell_at(*p, resolution));
    match geometry {
        Geometry::Point(p) => Geometry::Point(snap_one(p)),
        Geometry::Walk(line) => walk_or_point(line.iter().map(snap_one)),
        Geometry::Area(rings) => {
            let snapped: Vec<LonLat> = rings.first().into_iter().flatten().map(snap_one).collect();
            let points: MultiPoint =
                snapped.iter().map(|p| Point::new(p.lon(), p.lat())).collect::<Vec<_>>().into();
            let hull: Vec<LonLat> = points
                .convex_hull()
                .exterior()
                .coords()
                .map(|c| LonLat::new(c.x, c.y).expect("a hull's corner is one of the vertices"))
                .collect();
            let mut corners = hull.clone();
            corners.dedup();
            corners.pop();
            if corners.len() >= 3 { Geometry::Area(vec![hull]) } else { walk_or_point(snapped) }
        }
    }
}

fn walk_or_point(points: impl IntoIterator<Item = LonLat>) -> Geometry {
    let mut line: Vec<LonLat> = points.into_iter().collect();
    line.dedup();
    if line.len() == 1 { Geometry::Point(line[0]) } else { Geometry::Walk(line) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    #[test]
    fn snapping_twice_is_snapping_once_for_every_precision_and_geometry() {
        let geometries = [
            Geometry::Point(at(26.7225, 58.3806)),
            Geometry::Walk(vec![at(26.72, 58.38), at(26.7203, 58.3801), at(26.73, 58.39)]),
            Geometry::Area(vec![vec![
                at(26.70, 58.37),
                at(26.74, 58.37),
                at(26.74, 58.39),
                at(26.72, 58.375),
                at(26.70, 58.37),
            ]]),
        ];
        for geometry in &geometries {
            for precision in Precision::ALL {
                let once = snap(geometry, precision);
                assert_eq!(snap(&once, precision), once, "{precision:?}");
            }
        }
    }

    #[test]
    fn the_domain_of_a_box_holds_every_position_in_it() {
        let bounds = Bounds::new(26.60, 58.30, 26.80, 58.45).unwrap();
        let cells = cells_touching(&bounds, Resolution::Eight);
        for i in 0..=100 {
            for j in 0..=100 {
                let p = at(26.60 + 0.002 * f64::from(i), 58.30 + 0.0015 * f64::from(j));
                assert!(cells.binary_search(&cell_at(p, Resolution::Eight)).is_ok(), "{p:?}");
            }
        }
        let point = Bounds::new(26.7, 58.4, 26.7, 58.4).unwrap();
        assert_eq!(cells_touching(&point, Resolution::Eight).len(), 1);
    }

    #[test]
    fn two_places_in_one_cell_cannot_be_told_apart() {
        let a = Geometry::Point(at(26.7225, 58.3806));
        let b = Geometry::Point(at(26.7226, 58.3806));
        assert_eq!(snap(&a, Precision::Area), snap(&b, Precision::Area));
        assert_ne!(snap(&a, Precision::Exact), snap(&b, Precision::Exact));
    }

    #[test]
    fn a_garden_smaller_than_a_cell_becomes_its_centre() {
        let garden = Geometry::Area(vec![vec![
            at(26.7225, 58.3806),
            at(26.7226, 58.3806),
            at(26.7226, 58.3807),
            at(26.7225, 58.3806),
        ]]);
        assert!(matches!(snap(&garden, Precision::Area), Geometry::Point(_)));
    }
}
