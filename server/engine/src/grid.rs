//! Precision: what a participant chose to reveal, and the H3 cells that carry it.
//!
//! H3 is the hexagonal grid of <https://h3geo.org>; a cell's *centre* stands for every place in it, so two
//! places in one cell cannot be told apart by their positions.

use geo::{ConvexHull, MultiPoint, Point};
use h3o::{CellIndex, LatLng, Resolution};
use serde::{Deserialize, Serialize};

use crate::LonLat;
use crate::place::Geometry;

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
