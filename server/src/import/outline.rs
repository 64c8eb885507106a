//! A point that stands for a line or an area: on the surface of an area, in the middle of a line.

use engine::LonLat;
use geo::{Area, BoundingRect, Contains, Geometry, InteriorPoint, LineString, Point, Polygon};

/// The point for any geometry.
pub fn point_on(geometry: &Geometry) -> Option<LonLat> {
    let point = match geometry {
        Geometry::Point(p) => *p,
        Geometry::LineString(line) => return middle(line),
        Geometry::MultiLineString(lines) => {
            return lines.iter().max_by_key(|l| l.0.len()).and_then(middle);
        }
        other => other.interior_point()?,
    };
    LonLat::new(point.x(), point.y()).ok()
}

/// The point for the nodes of a way: inside if the way is closed, else its middle node.
pub fn point_on_way(nodes: &[(f64, f64)]) -> Option<LonLat> {
    let line = LineString::from(nodes.to_vec());
    if line.0.len() >= 4 && line.is_closed() {
        let inside = Polygon::new(line.clone(), Vec::new()).interior_point();
        if let Some(p) = inside.and_then(|p| LonLat::new(p.x(), p.y()).ok()) {
            return Some(p);
        }
    }
    middle(&line)
}

fn middle(line: &LineString) -> Option<LonLat> {
    let c = line.0.get(line.0.len() / 2)?;
    LonLat::new(c.x, c.y).ok()
}

/// The point for a multipolygon relation, from the lines of its outer and inner members in any order and
/// direction; a relation that the file holds only in part gets a point on its longest outer line.
pub fn point_on_relation(outer: Vec<Vec<(f64, f64)>>, inner: Vec<Vec<(f64, f64)>>) -> Option<LonLat> {
    let longest = outer.iter().max_by_key(|l| l.len()).cloned();
    let holes = rings(inner);
    let largest = rings(outer)
        .into_iter()
        .map(|ring| Polygon::new(ring, Vec::new()))
        .max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()));
    if let Some(shell) = largest {
        let inside = |hole: &LineString| {
            hole.bounding_rect().is_some_and(|r| shell.contains(&Point::from(r.center())))
        };
        let holes = holes.into_iter().filter(inside).collect();
        let area = Polygon::new(shell.exterior().clone(), holes);
        if let Some(p) = area.interior_point().and_then(|p| LonLat::new(p.x(), p.y()).ok()) {
            return Some(p);
        }
    }
    middle(&LineString::from(longest?))
}

/// Joins lines end to end into closed rings; what does not close is left out.
fn rings(mut lines: Vec<Vec<(f64, f64)>>) -> Vec<LineString> {
    let mut closed = Vec::new();
    lines.retain(|l| l.len() >= 2);
    while let Some(mut ring) = lines.pop() {
        while ring.first() != ring.last() {
            let end = *ring.last().expect("a line has two ends");
            let Some(next) = lines.iter().position(|l| l.first() == Some(&end) || l.last() == Some(&end))
            else {
                break;
            };
            let mut line = lines.swap_remove(next);
            if line.first() != Some(&end) {
                line.reverse();
            }
            ring.extend(line.into_iter().skip(1));
        }
        if ring.len() >= 4 && ring.first() == ring.last() {
            closed.push(LineString::from(ring));
        }
    }
    closed
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ring_in_pieces_is_joined_and_its_hole_is_avoided() {
        let outer = vec![vec![(0.0, 0.0), (4.0, 0.0), (4.0, 4.0)], vec![(0.0, 0.0), (0.0, 4.0), (4.0, 4.0)]];
        let hole = vec![vec![(1.0, 1.0), (3.0, 1.0), (3.0, 3.0), (1.0, 3.0), (1.0, 1.0)]];
        let p = point_on_relation(outer, hole).unwrap();
        let in_hole = (1.0..3.0).contains(&p.lon()) && (1.0..3.0).contains(&p.lat());
        assert!((0.0..4.0).contains(&p.lon()) && (0.0..4.0).contains(&p.lat()) && !in_hole, "{p:?}");
    }

    #[test]
    fn an_open_way_gets_its_middle_and_a_relation_in_part_a_point_on_its_line() {
        assert_eq!(point_on_way(&[(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)]), LonLat::new(1.0, 1.0).ok());
        let part = vec![vec![(0.0, 0.0), (1.0, 0.0), (2.0, 0.0)]];
        assert_eq!(point_on_relation(part, Vec::new()), LonLat::new(1.0, 0.0).ok());
        assert_eq!(point_on_relation(Vec::new(), Vec::new()), None);
    }
}
