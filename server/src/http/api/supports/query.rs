//! Searching the directory.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

use engine::filter::{Folded, SupportFilter};
use engine::place::MAX_VERTICES;
use engine::support::{Support, SupportType, SupportTypes};
use engine::{Bounds, Invalid, LonLat};
use geo::{BoundingRect, Intersects, Validation};

use crate::http::api::cursor::SupportCursor;
use crate::live::Directory;

/// How far around a location a search may reach, metres.
const RADIUS: RangeInclusive<f64> = 1.0..=200_000.0;
/// How many supports a page may hold.
pub const LIMIT: RangeInclusive<u32> = 1..=10_000;
const DEFAULT_LIMIT: u32 = 100;
const MAX_TEXT: usize = 200;

/// A search as it was sent, by address or by body.
#[derive(Debug, Default)]
pub struct Raw {
    /// Longitude and latitude.
    pub near: Option<[f64; 2]>,
    /// Metres.
    pub radius: Option<f64>,
    /// Page size.
    pub limit: Option<u32>,
    /// West, south, east, north.
    pub bbox: Option<[f64; 4]>,
    /// Categories.
    pub r#type: Vec<String>,
    /// Support types.
    pub support: Vec<String>,
    /// Known to be free, or known not to be.
    pub free: Option<bool>,
    /// Text.
    pub q: Option<String>,
    /// Rings of a polygon.
    pub within: Option<Vec<Vec<[f64; 2]>>>,
    /// The page before ends here.
    pub cursor: Option<String>,
}

/// A search that keeps the rules.
#[derive(Debug)]
pub struct SupportQuery {
    near: Option<LonLat>,
    radius: Option<f64>,
    limit: usize,
    filter: SupportFilter,
    within: Option<geo::Polygon>,
    cursor: Option<SupportCursor>,
}

/// What a search found.
pub struct Found {
    /// How many on all pages.
    pub matched: usize,
    /// This page, with metres if a location was asked about.
    pub page: Vec<(Arc<Support>, Option<f64>)>,
    /// For the next page.
    pub next: Option<SupportCursor>,
}

impl SupportQuery {
    /// Checks a search.
    ///
    /// # Errors
    /// The name of what is wrong.
    pub fn parse(raw: Raw, directory: &Directory) -> Result<Self, Invalid> {
        let near = raw.near.map(|[lon, lat]| LonLat::new(lon, lat)).transpose();
        let near = near.map_err(|e| Invalid::new("near", e.problem))?;
        if raw.radius.is_some_and(|r| !RADIUS.contains(&r)) {
            return Err(Invalid::new("radius", "must be metres from 1 to 200000"));
        }
        if raw.radius.is_some() && near.is_none() {
            return Err(Invalid::new("radius", "needs near"));
        }
        let limit = raw.limit.unwrap_or(DEFAULT_LIMIT);
        if !LIMIT.contains(&limit) {
            return Err(Invalid::new("limit", "must be a whole number from 1 to 10000"));
        }
        let cursor = raw.cursor.as_deref().map(SupportCursor::read).transpose()?;
        if cursor.as_ref().is_some_and(|c| matches!(c, SupportCursor::Near { .. }) != near.is_some()) {
            return Err(Invalid::new("cursor", "belongs to another search"));
        }
        let within = raw.within.as_deref().map(polygon).transpose()?;
        let bounds = raw.bbox.map(|[w, s, e, n]| Bounds::new(w, s, e, n)).transpose();
        let bounds = bounds.map_err(|e| Invalid::new("bbox", e.problem))?;
        let filter = SupportFilter {
            categories: categories(raw.r#type, directory)?,
            support: support_types(&raw.support)?,
            free: raw.free,
            text: text(raw.q)?,
            bounds: bounds.or_else(|| within.as_ref().and_then(around)),
        };
        Ok(Self { near, radius: raw.radius, limit: limit as usize, filter, within, cursor })
    }

    /// Searches: nearest first with a location, else by name.
    pub fn run(&self, directory: &Directory) -> Found {
        match self.near {
            Some(origin) => self.run_near(directory, origin),
            None => self.run_by_name(directory),
        }
    }

    fn run_near(&self, directory: &Directory, origin: LonLat) -> Found {
        let index = &directory.index;
        let inside = |s: &Support| self.is_within(s);
        let (matched, found) = if let Some(radius) = self.radius {
            let found = index.within_radius(origin, radius, &self.filter, inside);
            (found.len(), found)
        } else {
            let matched = index.matching(&self.filter).filter(|s| self.is_within(s)).count();
            // Without a cursor the page itself is all that need be sorted.
            let k = if self.cursor.is_some() { matched } else { self.limit.min(matched) };
            (matched, index.nearest(origin, k, &self.filter, inside))
        };
        let behind = |(support, metres): &(Arc<Support>, f64)| match &self.cursor {
            Some(SupportCursor::Near { distance, id }) => {
                metres.total_cmp(distance).then(support.id.0.cmp(id)) == Ordering::Greater
            }
            _ => true,
        };
        let page: Vec<_> = found.into_iter().filter(behind).collect();
        let before = if self.cursor.is_some() { matched - page.len() } else { 0 };
        let page: Vec<_> = page.into_iter().take(self.limit).collect();
        let more = before + page.len() < matched;
        let last = page.last().filter(|_| more);
        let next = last.map(|(s, metres)| SupportCursor::Near { distance: *metres, id: s.id.0 });
        Found { matched, page: page.into_iter().map(|(s, metres)| (s, Some(metres))).collect(), next }
    }

    fn run_by_name(&self, directory: &Directory) -> Found {
        let name = |s: &Support| Folded::new(s.details.name.as_deref().unwrap_or_default());
        let behind = |s: &Support| match &self.cursor {
            Some(SupportCursor::Named { name: last, id }) => {
                let folded = name(s);
                let key = (folded.as_str().is_empty(), folded.as_str(), &s.id.0);
                key > (last.is_empty(), last.as_str(), id)
            }
            _ => true,
        };
        let (mut matched, mut left, mut page) = (0, 0, Vec::new());
        for support in directory.index.matching(&self.filter).filter(|s| self.is_within(s)) {
            matched += 1;
            if page.len() < self.limit {
                if behind(support) {
                    page.push((Arc::clone(support), None));
                }
            } else {
                left += 1;
            }
        }
        let last = page.last().filter(|_| left > 0).map(|(s, _)| s);
        let next = last.map(|s| SupportCursor::Named { name: name(s).as_str().to_owned(), id: s.id.0 });
        Found { matched, page, next }
    }

    fn is_within(&self, support: &Support) -> bool {
        let point = geo::Point::new(support.location.lon(), support.location.lat());
        self.within.as_ref().is_none_or(|polygon| polygon.intersects(&point))
    }
}

fn categories(names: Vec<String>, directory: &Directory) -> Result<BTreeSet<String>, Invalid> {
    match names.iter().find(|name| !directory.knows_category(name)) {
        Some(unknown) => Err(Invalid::new("type", format!("{unknown:?} is not a category of supports"))),
        None => Ok(names.into_iter().collect()),
    }
}

fn support_types(names: &[String]) -> Result<SupportTypes, Invalid> {
    let parse = |name: &String| {
        SupportType::parse(name)
            .ok_or_else(|| Invalid::new("support", format!("{name:?} is not a type of support")))
    };
    Ok(SupportTypes::of(names.iter().map(parse).collect::<Result<Vec<_>, _>>()?))
}

fn text(q: Option<String>) -> Result<Option<Folded>, Invalid> {
    match q {
        Some(q) if q.contains('\0') => Err(Invalid::new("q", "must not contain the NUL character")),
        Some(q) if q.chars().count() > MAX_TEXT => Err(Invalid::new("q", "must have at most 200 characters")),
        q => Ok(q.map(|q| Folded::new(&q))),
    }
}

fn polygon(rings: &[Vec<[f64; 2]>]) -> Result<geo::Polygon, Invalid> {
    let wrong = |problem: &str| Invalid::new("within.coordinates", problem);
    if rings.iter().map(Vec::len).sum::<usize>() > MAX_VERTICES {
        return Err(wrong("has too many vertices; at most 2000"));
    }
    let mut lines = Vec::with_capacity(rings.len());
    for ring in rings {
        if ring.len() < 4 || ring.first() != ring.last() {
            return Err(wrong("every ring needs four positions and ends where it starts"));
        }
        for [lon, lat] in ring {
            LonLat::new(*lon, *lat).map_err(|e| wrong(&e.problem))?;
        }
        lines.push(ring.iter().map(|[lon, lat]| (*lon, *lat)).collect::<geo::LineString>());
    }
    let mut lines = lines.into_iter();
    let exterior = lines.next().ok_or_else(|| wrong("needs a ring"))?;
    let polygon = geo::Polygon::new(exterior, lines.collect());
    if polygon.is_valid() { Ok(polygon) } else { Err(wrong("the outline crosses itself or has no area")) }
}

fn around(polygon: &geo::Polygon) -> Option<Bounds> {
    let rect = polygon.bounding_rect()?;
    Bounds::new(rect.min().x, rect.min().y, rect.max().x, rect.max().y).ok()
}
