//! Which names are near a position.

use geo::{Contains, LineString, Point, Polygon};
use rstar::primitives::{GeomWithData, Line};
use rstar::{PointDistance, RTree};

use super::{Named, is_ring};
use crate::lonlat::metres_per_degree;
use crate::{Bounds, LonLat};

/// Names that are looked at beyond those asked for: the plane's order is not quite the earth's.
const SPARE: usize = 8;

type Piece = GeomWithData<Line<[f64; 2]>, u32>;

/// The pieces of all lines in an R*-tree.
///
/// The tree lies in a plane that is right at the middle of the names; distances are worked out anew in one that is
/// right at the question. Within a few kilometres of it they are right to a tenth of a percent. Across a country
/// the order among names of nearly the same distance may be the plane's.
#[derive(Debug)]
pub(super) struct Lines {
    tree: RTree<Piece>,
    scale: (f64, f64),
}

impl Default for Lines {
    fn default() -> Self {
        Self { tree: RTree::new(), scale: (1.0, 1.0) }
    }
}

impl Lines {
    pub(super) fn new(all: &[Named]) -> Self {
        let positions = all.iter().flat_map(|named| named.lines.iter().flatten().copied());
        let Some(extent) = Bounds::around(positions) else { return Self::default() };
        let scale = metres_per_degree(extent.centre().lat());
        let plane = |p: LonLat| [p.lon() * scale.0, p.lat() * scale.1];
        let mut pieces = Vec::new();
        for (i, named) in (0_u32..).zip(all) {
            for line in &named.lines {
                if let [only] = line[..] {
                    pieces.push(Piece::new(Line::new(plane(only), plane(only)), i));
                }
                let ends = line.windows(2).map(|ends| Line::new(plane(ends[0]), plane(ends[1])));
                pieces.extend(ends.map(|line| Piece::new(line, i)));
            }
        }
        Self { tree: RTree::bulk_load(pieces), scale }
    }

    /// The nearest names, by their number, each with its nearest position and the metres to it.
    pub(super) fn near(&self, all: &[Named], origin: LonLat, limit: usize) -> Vec<(usize, LonLat, f64)> {
        let asked = [origin.lon() * self.scale.0, origin.lat() * self.scale.1];
        let mut found: Vec<usize> = Vec::new();
        for piece in self.tree.nearest_neighbor_iter(asked) {
            let name = piece.data as usize;
            if !found.contains(&name) {
                found.push(name);
            }
            if found.len() >= limit + SPARE {
                break;
            }
        }
        let measure = |i: usize| {
            let (at, metres) = nearest(all.get(i)?, origin)?;
            Some((i, at, metres))
        };
        let mut measured: Vec<_> = found.into_iter().filter_map(measure).collect();
        measured.sort_by(|a, b| a.2.total_cmp(&b.2).then(a.0.cmp(&b.0)));
        measured.truncate(limit);
        measured
    }
}

/// The nearest position of something, and the metres to it.
fn nearest(named: &Named, origin: LonLat) -> Option<(LonLat, f64)> {
    if named.lines.iter().any(|line| is_ring(line) && holds(line, origin)) {
        return Some((origin, 0.0));
    }
    let scale = metres_per_degree(origin.lat());
    let plane = |p: LonLat| [(p.lon() - origin.lon()) * scale.0, (p.lat() - origin.lat()) * scale.1];
    let piece = |from: LonLat, to: LonLat| {
        let line = Line::new(plane(from), plane(to));
        let at = line.nearest_point(&[0.0, 0.0]);
        (at, line.distance_2(&[0.0, 0.0]))
    };
    let pieces = named.lines.iter().flat_map(|line| {
        let single = (line.len() == 1).then(|| piece(line[0], line[0]));
        single.into_iter().chain(line.windows(2).map(|ends| piece(ends[0], ends[1])))
    });
    let (at, squared) = pieces.min_by(|a, b| a.1.total_cmp(&b.1))?;
    let on_earth = LonLat::new(origin.lon() + at[0] / scale.0, origin.lat() + at[1] / scale.1).ok()?;
    Some((on_earth, squared.sqrt()))
}

fn holds(ring: &[LonLat], p: LonLat) -> bool {
    let ring: LineString = ring.iter().map(|p| (p.lon(), p.lat())).collect();
    Polygon::new(ring, Vec::new()).contains(&Point::new(p.lon(), p.lat()))
}
