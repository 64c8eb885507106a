//! Relations of geometries (OGC 06-103r4, the dimensionally extended nine-intersection model).

use geo::coordinate_position::CoordPos;
use geo::relate::IntersectionMatrix;
use geo::{BoundingRect, CoordinatePosition, Geometry, Intersects, Point, Rect, Relate};

use super::{Shape, SpatialFunction};

/// A literal geometry with its box.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Prepared {
    geometry: Geometry,
    pub(super) rect: Option<Rect>,
}

impl Prepared {
    pub(super) fn new(geometry: Geometry) -> Self {
        Self { rect: geometry.bounding_rect(), geometry }
    }

    pub(super) fn shape(&self) -> Shape<'_> {
        match &self.geometry {
            Geometry::Point(point) => Shape::Point(*point),
            Geometry::Polygon(polygon) => Shape::Polygon(polygon),
            Geometry::MultiPolygon(polygons) => Shape::MultiPolygon(polygons),
            other => Shape::Any(other),
        }
    }
}

impl Shape<'_> {
    fn rect(self) -> Option<Rect> {
        match self {
            Self::Point(p) => Some(p.bounding_rect()),
            Self::Polygon(p) => p.bounding_rect(),
            Self::MultiPolygon(p) => p.bounding_rect(),
            Self::Any(g) => g.bounding_rect(),
        }
    }

    fn where_is(self, point: Point) -> CoordPos {
        match self {
            Self::Point(p) => p.coordinate_position(&point.0),
            Self::Polygon(p) => p.coordinate_position(&point.0),
            Self::MultiPolygon(p) => p.coordinate_position(&point.0),
            Self::Any(g) => g.coordinate_position(&point.0),
        }
    }

    fn relate(self, other: Self) -> IntersectionMatrix {
        fn to<A: Relate<f64>>(a: &A, b: Shape<'_>) -> IntersectionMatrix {
            match b {
                Shape::Point(b) => a.relate(&b),
                Shape::Polygon(b) => a.relate(b),
                Shape::MultiPolygon(b) => a.relate(b),
                Shape::Any(b) => a.relate(b),
            }
        }
        match self {
            Self::Point(a) => to(&a, other),
            Self::Polygon(a) => to(a, other),
            Self::MultiPolygon(a) => to(a, other),
            Self::Any(a) => to(a, other),
        }
    }
}

impl SpatialFunction {
    /// Whether it can hold for geometries that have nothing in common.
    pub(super) fn needs_contact(self) -> bool {
        self != Self::Disjoint
    }

    /// Whether it holds for two geometries.
    ///
    /// # Notes
    /// A position, which most records have, is located in the other geometry in one pass over its vertices; the
    /// matrix of relations is only built for others whose boxes meet.
    pub(super) fn holds(self, a: Shape<'_>, b: Shape<'_>) -> bool {
        let (Some(box_a), Some(box_b)) = (a.rect(), b.rect()) else { return self == Self::Disjoint };
        if !box_a.intersects(&box_b) {
            return self == Self::Disjoint;
        }
        match (a, b) {
            (Shape::Point(point), other) => self.holds_for_point(point, other, box_b),
            (other, Shape::Point(point)) => self.reversed().holds_for_point(point, other, box_a),
            _ => self.holds_for(&a.relate(b)),
        }
    }

    /// The relation seen from the other one.
    fn reversed(self) -> Self {
        match self {
            Self::Contains => Self::Within,
            Self::Within => Self::Contains,
            other => other,
        }
    }

    fn holds_for_point(self, point: Point, other: Shape<'_>, rect: Rect) -> bool {
        let position = || other.where_is(point);
        match self {
            Self::Intersects => position() != CoordPos::Outside,
            Self::Disjoint => position() == CoordPos::Outside,
            Self::Within => position() == CoordPos::Inside,
            Self::Touches => position() == CoordPos::OnBoundary,
            // All of the other one is where the point is.
            Self::Contains | Self::Equals => rect.min() == point.0 && rect.max() == point.0,
            // These need parts on both sides, and a point has no parts.
            Self::Crosses | Self::Overlaps => false,
        }
    }

    fn holds_for(self, matrix: &IntersectionMatrix) -> bool {
        match self {
            Self::Contains => matrix.is_contains(),
            Self::Crosses => matrix.is_crosses(),
            Self::Disjoint => matrix.is_disjoint(),
            Self::Equals => matrix.is_equal_topo(),
            Self::Intersects => matrix.is_intersects(),
            Self::Overlaps => matrix.is_overlaps(),
            Self::Touches => matrix.is_touches(),
            Self::Within => matrix.is_within(),
        }
    }
}
