//! Outlines as well-known binary (OGC 06-103r4 §8), which keeps every bit of a coordinate.
//!
//! Only what the databases hold: little-endian `MultiPolygon`s without Z.

use geo::{Coord, LineString, MultiPolygon, Polygon};

const LITTLE_ENDIAN: u8 = 1;
const POLYGON: u32 = 3;
const MULTI_POLYGON: u32 = 6;

/// Writes an outline.
pub(crate) fn write(shape: &MultiPolygon) -> Vec<u8> {
    let mut out = Vec::new();
    header(&mut out, MULTI_POLYGON, shape.0.len());
    for polygon in shape {
        header(&mut out, POLYGON, 1 + polygon.interiors().len());
        for ring in std::iter::once(polygon.exterior()).chain(polygon.interiors()) {
            count(&mut out, ring.0.len());
            for c in &ring.0 {
                out.extend(c.x.to_le_bytes());
                out.extend(c.y.to_le_bytes());
            }
        }
    }
    out
}

fn header(out: &mut Vec<u8>, kind: u32, n: usize) {
    out.push(LITTLE_ENDIAN);
    out.extend(kind.to_le_bytes());
    count(out, n);
}

fn count(out: &mut Vec<u8>, n: usize) {
    out.extend(u32::try_from(n).expect("an outline has fewer than 2^32 parts").to_le_bytes());
}

/// Reads an outline; `None` for anything that [`write`] does not write.
pub(super) fn read(mut bytes: &[u8]) -> Option<MultiPolygon> {
    let polygons = open(&mut bytes, MULTI_POLYGON)?;
    let shape: Option<Vec<Polygon>> = (0..polygons)
        .map(|_| {
            let rings = open(&mut bytes, POLYGON)?;
            let exterior = ring(&mut bytes)?;
            let interiors: Option<Vec<_>> = (1..rings).map(|_| ring(&mut bytes)).collect();
            Some(Polygon::new(exterior, interiors?))
        })
        .collect();
    bytes.is_empty().then_some(MultiPolygon(shape?))
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*head)
}

fn number(bytes: &mut &[u8]) -> Option<u32> {
    take(bytes).map(u32::from_le_bytes)
}

fn open(bytes: &mut &[u8], kind: u32) -> Option<u32> {
    let expected = take(bytes)? == [LITTLE_ENDIAN] && number(bytes)? == kind;
    if expected { number(bytes) } else { None }
}

fn ring(bytes: &mut &[u8]) -> Option<LineString> {
    let positions = number(bytes)?;
    let coords: Option<Vec<Coord>> = (0..positions)
        .map(|_| Some(Coord { x: f64::from_le_bytes(take(bytes)?), y: f64::from_le_bytes(take(bytes)?) }))
        .collect();
    coords.map(LineString)
}

#[cfg(test)]
mod tests {
    use geo::{MultiPolygon, polygon};

    use super::*;

    fn two_parts_and_a_hole() -> MultiPolygon {
        MultiPolygon(vec![
            polygon!(exterior: [(x: 0.1, y: 0.2), (x: 3.0, y: 0.2), (x: 3.0, y: 3.3), (x: 0.1, y: 0.2)],
                interiors: [[(x: 2.0, y: 1.0), (x: 2.5, y: 1.0), (x: 2.5, y: 1.5), (x: 2.0, y: 1.0)]]),
            polygon![(x: -1.0, y: 1.0 / 3.0), (x: 0.0, y: 1.0), (x: -1.0, y: 2.0)],
        ])
    }

    #[test]
    fn an_outline_survives_to_the_last_bit() {
        for shape in [two_parts_and_a_hole(), MultiPolygon(vec![])] {
            assert_eq!(read(&write(&shape)), Some(shape));
        }
    }

    #[test]
    fn cut_lengthened_and_foreign_bytes_are_refused_without_a_panic() {
        let bytes = write(&two_parts_and_a_hole());
        for end in 0..bytes.len() {
            assert_eq!(read(&bytes[..end]), None, "{end}");
        }
        assert_eq!(read(&[&bytes[..], &[0]].concat()), None);
        let mut counted_too_high = bytes.clone();
        counted_too_high[5..9].copy_from_slice(&u32::MAX.to_le_bytes());
        assert_eq!(read(&counted_too_high), None);
    }
}
