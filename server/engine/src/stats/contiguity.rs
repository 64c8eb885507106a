//! Weights between polygons that touch.

use geo::{Coord, MultiPolygon};
use rstar::primitives::{GeomWithData, Line};
use rstar::{AABB, PointDistance, RTree, RTreeObject};

use super::weights::{Weights, WeightsError};

/// What counts as touching.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contiguity {
    /// A shared point is enough.
    Queen,
    /// A shared stretch of boundary, of positive length.
    Rook,
}

/// Binary weights between polygons that touch.
///
/// # Parameters
///
/// * `polygons`: in a plane, in metres (or in any unit, then `snap` is in that unit). Holes count as boundary.
/// * `snap`: boundaries at most this far apart touch; at least 0. Real files need a little: a corner that is
///   written on one side of a border and not on the other lies beside the line between its neighbours.
///
/// # Errors
///
/// [`WeightsError`] for no polygons, and a `snap` that is negative or not finite.
///
/// # Notes
///
/// Boundaries are compared segment by segment through an R*-tree, so corners that only one side has are no
/// gap: `O(m log m)` for `m` segments that lie beside few others.
pub fn contiguity(polygons: &[MultiPolygon], kind: Contiguity, snap: f64) -> Result<Weights, WeightsError> {
    if !(snap.is_finite() && snap >= 0.0) {
        return Err(WeightsError::BadBand { metres: snap });
    }
    let mut segments = Vec::new();
    for (unit, polygon) in polygons.iter().enumerate() {
        for ring in polygon.iter().flat_map(|part| std::iter::once(part.exterior()).chain(part.interiors())) {
            for line in ring.lines().filter(|line| line.start != line.end) {
                segments.push(GeomWithData::new(Line::new(array(line.start), array(line.end)), unit));
            }
        }
    }
    let tree = RTree::bulk_load(segments);
    let mut links = Vec::new();
    for segment in &tree {
        let bounds = segment.geom().envelope();
        let (low, high) = (bounds.lower(), bounds.upper());
        let around = AABB::from_corners([low[0] - snap, low[1] - snap], [high[0] + snap, high[1] + snap]);
        for other in tree.locate_in_envelope_intersecting(around).filter(|other| other.data > segment.data) {
            let touch = match kind {
                Contiguity::Queen => apart(segment.geom(), other.geom()) <= snap * snap,
                Contiguity::Rook => shared_length(segment.geom(), other.geom(), snap) > snap,
            };
            if touch {
                links.push((segment.data, other.data));
            }
        }
    }
    links.sort_unstable();
    links.dedup();
    Weights::from_links(polygons.len(), links.into_iter().flat_map(|(a, b)| [(a, b, 1.0), (b, a, 1.0)]))
}

const fn array(point: Coord) -> [f64; 2] {
    [point.x, point.y]
}

/// The squared distance of two segments.
fn apart(a: &Line<[f64; 2]>, b: &Line<[f64; 2]>) -> f64 {
    if cross(a.from, a.to, b.from) * cross(a.from, a.to, b.to) < 0.0
        && cross(b.from, b.to, a.from) * cross(b.from, b.to, a.to) < 0.0
    {
        return 0.0;
    }
    [a.distance_2(&b.from), a.distance_2(&b.to), b.distance_2(&a.from), b.distance_2(&a.to)]
        .into_iter()
        .fold(f64::INFINITY, f64::min)
}

/// How long the two run beside each other, at most `snap` apart.
fn shared_length(a: &Line<[f64; 2]>, b: &Line<[f64; 2]>, snap: f64) -> f64 {
    let along = [a.to[0] - a.from[0], a.to[1] - a.from[1]];
    let length = along[0].hypot(along[1]);
    let place = |p: [f64; 2]| ((p[0] - a.from[0]) * along[0] + (p[1] - a.from[1]) * along[1]) / length;
    let (from, to) = (place(b.from), place(b.to));
    let (start, end) = (from.min(to).max(0.0), from.max(to).min(length));
    if end <= start {
        return 0.0;
    }
    // Both ends of the common stretch have to lie on both segments.
    let near = |at: f64| {
        let share = at / length;
        let point = [a.from[0] + share * along[0], a.from[1] + share * along[1]];
        b.distance_2(&point) <= snap * snap
    };
    if near(start) && near(end) { end - start } else { 0.0 }
}

/// On which side of a line a point lies.
fn cross(a: [f64; 2], b: [f64; 2], p: [f64; 2]) -> f64 {
    (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])
}

#[cfg(test)]
mod tests {
    use geo::{Rect, polygon};

    use super::*;

    fn square(x: f64, y: f64) -> MultiPolygon {
        MultiPolygon::new(vec![Rect::new(Coord { x, y }, Coord { x: x + 10.0, y: y + 10.0 }).to_polygon()])
    }

    #[test]
    fn a_corner_is_enough_for_a_queen_and_not_for_a_rook() {
        let board = [square(0.0, 0.0), square(10.0, 0.0), square(10.0, 10.0), square(40.0, 0.0)];
        let queen = contiguity(&board, Contiguity::Queen, 0.01).unwrap();
        let rook = contiguity(&board, Contiguity::Rook, 0.01).unwrap();
        assert_eq!(queen.links(), 6);
        assert_eq!(rook.links(), 4);
        assert_eq!(queen.islands(), [3]);
        assert_eq!(rook.neighbours(0).collect::<Vec<_>>(), [(1, 1.0)]);
    }

    #[test]
    fn a_corner_that_only_one_side_has_is_no_gap() {
        let left = square(0.0, 0.0);
        let right = MultiPolygon::new(vec![polygon![
            (x: 10.0, y: 2.5), (x: 20.0, y: 2.5), (x: 20.0, y: 7.5), (x: 10.0, y: 7.5),
        ]]);
        let rook = contiguity(&[left.clone(), right.clone()], Contiguity::Rook, 0.0).unwrap();
        assert_eq!(rook.links(), 2);
        let beside = right.iter().map(|part| {
            let mut part = part.clone();
            part.exterior_mut(|ring| ring.coords_mut().for_each(|point| point.x += 0.05));
            part
        });
        let beside = MultiPolygon::new(beside.collect());
        assert_eq!(contiguity(&[left.clone(), beside.clone()], Contiguity::Rook, 0.0).unwrap().links(), 0);
        assert_eq!(contiguity(&[left, beside], Contiguity::Rook, 0.1).unwrap().links(), 2);
    }

    #[test]
    fn no_polygons_and_a_snap_that_is_none_are_refused() {
        assert_eq!(contiguity(&[], Contiguity::Queen, 0.0), Err(WeightsError::Empty));
        assert!(contiguity(&[square(0.0, 0.0)], Contiguity::Queen, -1.0).is_err());
        assert!(contiguity(&[square(0.0, 0.0)], Contiguity::Queen, f64::NAN).is_err());
    }
}
