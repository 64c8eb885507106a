//! Neighbourhoods: the polygons by which people name the parts of their town.

use geo::{BoundingRect, Contains, InteriorPoint, Intersects, MultiPolygon, Point};

use crate::{Bounds, LonLat, NeighbourhoodId};

/// A neighbourhood of a community.
#[derive(Debug, Clone, PartialEq)]
pub struct Neighbourhood {
    /// Its identifier, kept when it is imported again.
    pub id: NeighbourhoodId,
    /// Its name, unique in the community.
    pub name: String,
    /// Its identifier in the source, if the source had one.
    pub source_id: Option<String>,
    /// Residents, if known.
    pub population: Option<u32>,
    /// Valid polygons in degrees, exterior rings counterclockwise.
    pub shape: MultiPolygon,
}

impl Neighbourhood {
    /// Whether the position is inside. A position on a shared edge counts as inside of both; use [`find`]
    /// for a single answer.
    pub fn contains(&self, p: LonLat) -> bool {
        let point = Point::new(p.lon(), p.lat());
        self.shape.contains(&point) || self.shape.intersects(&point)
    }

    /// The smallest box around it; `None` for an empty shape.
    pub fn bounds(&self) -> Option<Bounds> {
        let r = self.shape.bounding_rect()?;
        Bounds::new(r.min().x, r.min().y, r.max().x, r.max().y).ok()
    }

    /// A position that is surely inside, for labels and distances between neighbourhoods.
    pub fn label_point(&self) -> Option<LonLat> {
        let p = self.shape.interior_point()?;
        LonLat::new(p.x(), p.y()).ok()
    }
}

/// Neighbourhoods with their boxes, to ask many times which one holds a position.
#[derive(Debug, Clone, Default)]
pub struct Neighbourhoods {
    entries: Vec<(Bounds, Neighbourhood)>,
}

impl Neighbourhoods {
    /// Takes neighbourhoods in the order that decides ties on shared edges; those without a shape are left out.
    pub fn new(neighbourhoods: impl IntoIterator<Item = Neighbourhood>) -> Self {
        Self { entries: neighbourhoods.into_iter().filter_map(|n| Some((n.bounds()?, n))).collect() }
    }

    /// The first neighbourhood, by order, that holds the position, with its index.
    pub fn find(&self, p: LonLat) -> Option<(usize, &Neighbourhood)> {
        self.entries
            .iter()
            .enumerate()
            .find(|(_, (bounds, n))| bounds.contains(p) && n.contains(p))
            .map(|(i, (_, n))| (i, n))
    }

    /// All of them in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Neighbourhood> {
        self.entries.iter().map(|(_, n)| n)
    }
}
