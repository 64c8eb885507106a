//! How much of each cell of a grid lies inside polygons, and which of their centres do.

use geo::winding_order::{Winding, WindingOrder};
use geo::{Coord, LineString, MultiPolygon};

use super::float;
use super::kde::Raster;

/// The share of each cell that lies inside polygons that do not overlap: exact, but for rounding.
///
/// # Returns
///
/// `columns × rows` numbers of 0..=1, row by row from the south, each row from the west.
///
/// # Algorithm
///
/// Every edge adds, in each row that it crosses, the area to its right, edges that rise and edges that fall with
/// opposite signs: inside, the edges to the left add up to the whole cell. What an edge adds to the cells beyond its own
/// is the same for all of them, so only differences are kept and summed up along each row at the end.
///
/// # Notes
///
/// `O(cells + crossings of edges with cells)`.
pub(super) fn shares_inside(area: &MultiPolygon, raster: Raster) -> Vec<f64> {
    let mut sums = Differences::new(raster);
    for (ring, outer) in rings(area) {
        // Of a ring without an area nothing is inside.
        let Some(order) = ring.winding_order() else { continue };
        let sign = if (order == WindingOrder::Clockwise) == outer { 1.0 } else { -1.0 };
        for line in ring.lines() {
            sums.edge(in_cells(line.start, raster), in_cells(line.end, raster), sign);
        }
    }
    sums.summed()
}

/// Whether each cell's centre lies inside polygons that do not overlap, in the same order.
///
/// # Notes
///
/// By the number of edges to the left of a centre; `O(cells + crossings of edges with rows)`.
pub(super) fn centres_inside(area: &MultiPolygon, raster: Raster) -> Vec<bool> {
    let Raster { columns, rows, .. } = raster;
    let mut inside = vec![false; columns * rows];
    for (ring, _) in rings(area) {
        for line in ring.lines() {
            let (a, b) = (in_cells(line.start, raster), in_cells(line.end, raster));
            let (low, high) = if a.y < b.y { (a, b) } else { (b, a) };
            // Rows with their centre at or above the lower end and below the upper one: corners count once.
            for row in first(low.y - 0.5, rows)..first(high.y - 0.5, rows) {
                let up = (float(row) + 0.5 - low.y) / (high.y - low.y);
                let column = first(low.x + up * (high.x - low.x) - 0.5, columns);
                if column < columns {
                    inside[row * columns + column] ^= true;
                }
            }
        }
    }
    for row in inside.chunks_exact_mut(columns) {
        let mut now = false;
        for cell in row {
            now ^= *cell;
            *cell = now;
        }
    }
    inside
}

/// All rings, and whether each is an outer one.
fn rings(area: &MultiPolygon) -> impl Iterator<Item = (&LineString, bool)> {
    area.iter().flat_map(|part| {
        std::iter::once((part.exterior(), true)).chain(part.interiors().iter().map(|hole| (hole, false)))
    })
}

/// A position counted in cells from the south-west corner.
fn in_cells(at: Coord, raster: Raster) -> Coord {
    Coord { x: (at.x - raster.west) / raster.cell, y: (at.y - raster.south) / raster.cell }
}

/// The first whole number at or above, from 0 to `most`.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the grid")]
fn first(place: f64, most: usize) -> usize {
    place.ceil().clamp(0.0, float(most)) as usize
}

/// What each cell has more inside than the one to its left; each row has one cell more, for what leaves the last.
struct Differences {
    columns: usize,
    rows: usize,
    cells: Vec<f64>,
}

impl Differences {
    fn new(raster: Raster) -> Self {
        let Raster { columns, rows, .. } = raster;
        Self { columns, rows, cells: vec![0.0; (columns + 1) * rows] }
    }

    /// Adds the area to the right of an edge, times `sign` where it rises and its opposite where it falls.
    fn edge(&mut self, from: Coord, to: Coord, sign: f64) {
        let (low, high, sign) = if from.y < to.y { (from, to, sign) } else { (to, from, -sign) };
        let (left, right) = (low.x.min(high.x), low.x.max(high.x));
        let (bottom, top) = (low.y.max(0.0), high.y.min(float(self.rows)));
        let at = |y: f64| (low.x + (y - low.y) / (high.y - low.y) * (high.x - low.x)).clamp(left, right);
        let mut y = bottom;
        while y < top {
            // The row of what is a whole number is the one above.
            let row = first(y.floor(), self.rows);
            let end = (float(row) + 1.0).min(top);
            self.stretch(row, at(y), at(end), sign * (end - y));
            y = end;
        }
    }

    /// Adds a stretch of an edge within one row, of so much height, evenly from one place across to the other.
    fn stretch(&mut self, row: usize, a: f64, b: f64, height: f64) {
        let (left, right) = (a.min(b), a.max(b));
        let width = right - left;
        let row = &mut self.cells[row * (self.columns + 1)..][..=self.columns];
        if right <= 0.0 {
            row[0] += height;
            return;
        }
        let start = first(left.floor(), self.columns);
        if width == 0.0 {
            if start < self.columns {
                split(row, start, left - float(start), height);
            }
            return;
        }
        if left < 0.0 {
            row[0] += height * (-left / width);
        }
        for column in start..first(right, self.columns) {
            let (from, to) = (left.max(float(column)), right.min(float(column) + 1.0));
            split(row, column, f64::midpoint(from, to) - float(column), height * ((to - from) / width));
        }
    }

    /// The shares themselves.
    fn summed(self) -> Vec<f64> {
        let mut shares = Vec::with_capacity(self.columns * self.rows);
        for row in self.cells.chunks_exact(self.columns + 1) {
            let mut sum = 0.0;
            shares.extend(row[..self.columns].iter().map(|more| {
                sum += more;
                f64::clamp(sum, 0.0, 1.0)
            }));
        }
        shares
    }
}

/// Adds what lies to the right of a place in a column: part of its cell, and all of the cells beyond.
fn split(row: &mut [f64], column: usize, place: f64, height: f64) {
    row[column] += height * (1.0 - place);
    row[column + 1] += height * place;
}

#[cfg(test)]
mod tests {
    use geo::{Area, BooleanOps, Contains, Point, Rect, polygon};

    use super::*;

    /// A slanted area with a slanted hole, and a triangle beside it; some of it lies outside of the grid on every side.
    fn area() -> MultiPolygon {
        let land = polygon!(
            exterior: [(x: -13.0, y: 4.0), (x: 31.0, y: -9.0), (x: 58.0, y: 22.0), (x: 40.0, y: 61.0), (x: 3.0, y: 47.0)],
            interiors: [[(x: 14.2, y: 12.1), (x: 33.3, y: 17.9), (x: 27.0, y: 33.3), (x: 12.0, y: 30.0)]],
        );
        let island = polygon![(x: 44.0, y: 1.0), (x: 57.0, y: 3.0), (x: 56.0, y: 15.0)];
        MultiPolygon::new(vec![land, island])
    }

    const RASTER: Raster = Raster { west: -5.0, south: 0.0, cell: 2.5, columns: 22, rows: 21 };

    #[test]
    fn shares_are_those_of_cells_cut_out_one_by_one_whichever_way_rings_turn() {
        let area = area();
        let mut turned = area.clone();
        for part in &mut turned {
            part.exterior_mut(|ring| ring.0.reverse());
            part.interiors_mut(|holes| holes.iter_mut().for_each(|hole| hole.0.reverse()));
        }
        let (shares, same) = (shares_inside(&area, RASTER), shares_inside(&turned, RASTER));
        let mut partly = 0;
        for (index, (share, same)) in shares.iter().zip(same).enumerate() {
            let (row, column) = (index / RASTER.columns, index % RASTER.columns);
            let (x, y) = RASTER.centre(column, row);
            let half = RASTER.cell / 2.0;
            let cell = Rect::new((x - half, y - half), (x + half, y + half)).to_polygon();
            let cut = area.intersection(&MultiPolygon::new(vec![cell])).unsigned_area() / RASTER.cell.powi(2);
            assert!((share - cut).abs() < 1e-6, "cell {column}, {row}: {share}, not {cut}");
            assert!((share - same).abs() < 1e-12);
            partly += usize::from(cut > 1e-6 && cut < 1.0 - 1e-6);
        }
        assert!(partly > 60, "{partly} cells at an edge");
    }

    #[test]
    fn centres_are_inside_where_the_polygons_contain_them() {
        let area = area();
        let inside = centres_inside(&area, RASTER);
        for (index, inside) in inside.iter().enumerate() {
            let (x, y) = RASTER.centre(index % RASTER.columns, index / RASTER.columns);
            assert_eq!(*inside, area.contains(&Point::new(x, y)), "{x}, {y}");
        }
        assert!(inside.contains(&true) && inside.contains(&false));
    }

    #[test]
    fn edges_along_the_lines_of_the_grid_leave_cells_whole() {
        let square = MultiPolygon::new(vec![Rect::new((1.0, 1.0), (3.0, 4.0)).to_polygon()]);
        let raster = Raster { west: 0.0, south: 0.0, cell: 1.0, columns: 4, rows: 4 };
        let shares = shares_inside(&square, raster);
        let row = [0.0, 1.0, 1.0, 0.0];
        assert_eq!(shares, [[0.0; 4], row, row, row].concat());
    }
}
