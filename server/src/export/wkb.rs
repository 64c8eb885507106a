//! Well-known binary (OGC 06-103r4 §8), little-endian, without Z.

use geo::{Geometry, LineString, Polygon};

/// The bytes of a point, line, polygon or multipolygon.
pub(super) fn wkb(geometry: &Geometry) -> Vec<u8> {
    let mut out = Vec::new();
    put(&mut out, geometry);
    out
}

fn put(out: &mut Vec<u8>, geometry: &Geometry) {
    match geometry {
        Geometry::Point(p) => {
            head(out, 1);
            out.extend(p.x().to_le_bytes());
            out.extend(p.y().to_le_bytes());
        }
        Geometry::LineString(l) => {
            head(out, 2);
            line(out, l);
        }
        Geometry::Polygon(p) => area(out, p),
        Geometry::MultiPolygon(m) => {
            head(out, 6);
            count(out, m.0.len());
            m.iter().for_each(|p| area(out, p));
        }
        other => unreachable!("tables hold no {other:?}"),
    }
}

fn area(out: &mut Vec<u8>, polygon: &Polygon) {
    head(out, 3);
    count(out, 1 + polygon.interiors().len());
    std::iter::once(polygon.exterior()).chain(polygon.interiors()).for_each(|ring| line(out, ring));
}

fn head(out: &mut Vec<u8>, kind: u32) {
    out.push(1);
    out.extend(kind.to_le_bytes());
}

fn count(out: &mut Vec<u8>, n: usize) {
    out.extend(u32::try_from(n).expect("a geometry has fewer than 2^32 parts").to_le_bytes());
}

fn line(out: &mut Vec<u8>, line: &LineString) {
    count(out, line.0.len());
    for c in line.coords() {
        out.extend(c.x.to_le_bytes());
        out.extend(c.y.to_le_bytes());
    }
}
