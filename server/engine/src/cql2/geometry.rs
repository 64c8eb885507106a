//! Literal geometries: how they are built, moved to WGS84 and checked.

use geo::{Coord, Geometry, LineString, MapCoords, MultiPolygon, Polygon, Rect, Validation};

use super::Cql2Error;

/// A geometry as it was written: its positions are not checked yet, but its rings are closed.
#[derive(Debug, Clone, PartialEq)]
pub enum Literal {
    /// West, south, east, north. West is more than east when the box spans the antimeridian.
    Bbox([f64; 4]),
    /// Any other one.
    Shape(Geometry),
}

/// Points on each side of a box that is none any more in degrees.
const SIDE: u32 = 8;

impl Literal {
    /// A box from its four numbers, or from six with heights.
    pub(super) fn bbox(numbers: &[f64]) -> Result<Self, Cql2Error> {
        match *numbers {
            [west, south, east, north] | [west, south, _, east, north, _] => {
                Ok(Self::Bbox([west, south, east, north]))
            }
            _ => Err(Cql2Error::geometry("a bounding box has four numbers, or six with heights")),
        }
    }

    /// Takes the positions to degrees.
    #[expect(clippy::float_cmp, reason = "a side is upright when its ends are the very same")]
    pub(super) fn reproject(
        &mut self,
        to_degrees: &dyn Fn([f64; 2]) -> Option<[f64; 2]>,
    ) -> Result<(), Cql2Error> {
        let outside = || Cql2Error::geometry("a position is outside of what its coordinate system covers");
        let moved = |c: Coord| {
            let [x, y] = to_degrees([c.x, c.y])?;
            (x.is_finite() && y.is_finite()).then_some(Coord { x, y })
        };
        match self {
            Self::Shape(shape) => {
                // Not in place: the crate's way of doing that has no end for collections.
                *shape = shape.try_map_coords(|c| moved(c).ok_or(())).map_err(|()| outside())?;
                Ok(())
            }
            Self::Bbox([west, south, east, north]) => {
                let corners = [(*west, *south), (*east, *south), (*east, *north), (*west, *north)]
                    .map(|(x, y)| Coord { x, y });
                let mut ring = Vec::new();
                for (i, from) in corners.iter().enumerate() {
                    let to = corners[(i + 1) % 4];
                    for step in 0..SIDE {
                        let t = f64::from(step) / f64::from(SIDE);
                        ring.push(moved(*from + (to - *from) * t).ok_or_else(outside)?);
                    }
                }
                let [one, two, three, four] = [0, 1, 2, 3].map(|i| ring[i * SIDE as usize]);
                let upright = |[p, q, r, s]: [Coord; 4]| p.y == q.y && q.x == r.x && r.y == s.y && s.x == p.x;
                *self = if upright([one, two, three, four]) || upright([two, three, four, one]) {
                    Self::Bbox([one.x, one.y, three.x, three.y])
                } else {
                    ring.push(one);
                    Self::Shape(Polygon::new(LineString(ring), Vec::new()).into())
                };
                Ok(())
            }
        }
    }

    /// The geometry, when it is a valid one in degrees.
    pub(super) fn checked(&self) -> Result<Geometry, Cql2Error> {
        match self {
            Self::Bbox(bbox) => from_bbox(*bbox),
            Self::Shape(shape) => {
                let mut outside = None;
                geo::CoordsIter::coords_iter(shape).for_each(|c| {
                    outside = outside.take().or_else(|| position(c).err());
                });
                if let Some(e) = outside {
                    return Err(e);
                }
                if let Err(invalid) = shape.check_validation() {
                    return Err(Cql2Error::Geometry(format!("not valid: {invalid}")));
                }
                Ok(shape.clone())
            }
        }
    }
}

fn position(c: Coord) -> Result<(), Cql2Error> {
    if !(-180.0..=180.0).contains(&c.x) {
        return Err(Cql2Error::Geometry(format!("longitude {} is not between -180 and 180", c.x)));
    }
    if !(-90.0..=90.0).contains(&c.y) {
        return Err(Cql2Error::Geometry(format!("latitude {} is not between -90 and 90", c.y)));
    }
    Ok(())
}

/// A box, a pair of boxes across the antimeridian, or the line or point to which it has shrunk.
#[expect(clippy::float_cmp, reason = "a box without an extent is a point or a line")]
fn from_bbox([west, south, east, north]: [f64; 4]) -> Result<Geometry, Cql2Error> {
    let (low, high) = (Coord { x: west, y: south }, Coord { x: east, y: north });
    position(low)?;
    position(high)?;
    if south > north {
        return Err(Cql2Error::geometry("the southern edge of a bounding box is north of its northern one"));
    }
    Ok(if low == high {
        geo::Point(low).into()
    } else if west == east || south == north {
        let part = |from: Coord, to: Coord| LineString(vec![from, to]);
        if west > east {
            let (left, right) = (Coord { x: -180.0, ..high }, Coord { x: 180.0, ..low });
            geo::MultiLineString(vec![part(low, right), part(left, high)]).into()
        } else {
            part(low, high).into()
        }
    } else if west > east {
        let rect = |from: f64, to: f64| Rect::new((from, south), (to, north)).to_polygon();
        let parts = [(west, 180.0), (-180.0, east)].into_iter().filter(|(from, to)| from < to);
        MultiPolygon(parts.map(|(from, to)| rect(from, to)).collect()).into()
    } else {
        Rect::new(low, high).to_polygon().into()
    })
}

/// A line of at least two positions.
pub(super) fn line(positions: Vec<Coord>) -> Result<LineString, Cql2Error> {
    if positions.len() < 2 {
        return Err(Cql2Error::geometry("a line needs at least two positions"));
    }
    Ok(LineString(positions))
}

/// A ring that is closed and goes around something.
pub(super) fn ring(positions: Vec<Coord>) -> Result<LineString, Cql2Error> {
    if positions.len() < 4 {
        return Err(Cql2Error::geometry("the ring of a polygon needs at least four positions"));
    }
    if positions.first() != positions.last() {
        return Err(Cql2Error::geometry(
            "the ring of a polygon is not closed: its last position must be its first",
        ));
    }
    Ok(LineString(positions))
}
