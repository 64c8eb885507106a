//! Lines and rings cut to a tile and its buffer, in tile units with y downwards.

use super::whole;
use crate::mercator::{BUFFER, EXTENT};

/// Vertices nearer than this to the last one kept are dropped: half a pixel of a tile shown at 512.
const INDISTINCT: i32 = 4;

fn low() -> f64 {
    -f64::from(BUFFER)
}

fn high() -> f64 {
    f64::from(EXTENT + BUFFER)
}

/// A ring cut to the box by Sutherland and Hodgman (1974, doi:10.1145/360767.360802), rounded, thinned and turned:
/// an exterior clockwise as seen on the screen, a hole the other way. The first position is not repeated. `None`
/// for a ring without area.
///
/// # Notes
/// A concave ring that leaves the box and comes back keeps a seam along the box's edge, which is in the buffer and so
/// out of sight.
pub(super) fn ring(vertices: &[[f64; 2]], exterior: bool) -> Option<Vec<[i32; 2]>> {
    let mut cut = vertices.to_vec();
    if cut.len() > 1 && cut.first() == cut.last() {
        cut.pop();
    }
    let sides = [(0, low(), 1.0), (0, high(), -1.0), (1, low(), 1.0), (1, high(), -1.0)];
    for (axis, edge, sign) in sides {
        let depth = |p: [f64; 2]| (p[axis] - edge) * sign;
        // Most rings of most tiles lie on one side.
        if cut.iter().all(|p| depth(*p) >= 0.0) {
            continue;
        }
        let mut kept = Vec::with_capacity(cut.len() + 4);
        for (i, p) in cut.iter().enumerate() {
            let before = cut[if i == 0 { cut.len() - 1 } else { i - 1 }];
            let (d, d_before) = (depth(*p), depth(before));
            if (d >= 0.0) != (d_before >= 0.0) {
                kept.push(between(before, *p, d_before / (d_before - d)));
            }
            if d >= 0.0 {
                kept.push(*p);
            }
        }
        cut = kept;
    }
    let mut ring = thinned(cut.into_iter());
    while ring.len() > 1 && near(ring[0], ring[ring.len() - 1]) {
        ring.pop();
    }
    let area = doubled_area(&ring);
    if ring.len() < 3 || area == 0 {
        return None;
    }
    if (area > 0) != exterior {
        ring.reverse();
    }
    Some(ring)
}

/// A line cut to the box by Liang and Barsky (1984, doi:10.1145/357332.357333) into its parts inside, rounded and
/// thinned; parts without length are dropped.
pub(super) fn line(vertices: impl Iterator<Item = [f64; 2]>) -> Vec<Vec<[i32; 2]>> {
    let mut parts: Vec<Vec<[f64; 2]>> = Vec::new();
    let mut before: Option<[f64; 2]> = None;
    for to in vertices {
        let Some(from) = before.replace(to) else { continue };
        let Some((a, b)) = segment(from, to) else { continue };
        match parts.last_mut() {
            Some(part) if part.last() == Some(&a) => part.push(b),
            _ => parts.push(vec![a, b]),
        }
    }
    let whole_parts = parts.into_iter().map(|part| {
        let last = part[part.len() - 1].map(whole);
        let mut kept = thinned(part.into_iter());
        // The end stays where it is, or streets would stop short of their crossings.
        if kept.len() > 1 && kept.last() != Some(&last) && kept.last().is_some_and(|p| near(*p, last)) {
            kept.pop();
        }
        if kept.last() != Some(&last) {
            kept.push(last);
        }
        kept
    });
    whole_parts.filter(|part| part.len() > 1).collect()
}

/// The part of a segment in the box.
fn segment(a: [f64; 2], b: [f64; 2]) -> Option<([f64; 2], [f64; 2])> {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for axis in [0, 1] {
        let step = b[axis] - a[axis];
        for (distance, speed) in [(low() - a[axis], step), (a[axis] - high(), -step)] {
            if speed == 0.0 {
                if distance > 0.0 {
                    return None;
                }
            } else if speed > 0.0 {
                enter = enter.max(distance / speed);
            } else {
                leave = leave.min(distance / speed);
            }
        }
    }
    let cut = |t: f64, end: [f64; 2], at_end: bool| if at_end { end } else { between(a, b, t) };
    (enter <= leave).then(|| (cut(enter, a, enter <= 0.0), cut(leave, b, leave >= 1.0)))
}

fn between(a: [f64; 2], b: [f64; 2], t: f64) -> [f64; 2] {
    [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]
}

fn thinned(vertices: impl Iterator<Item = [f64; 2]>) -> Vec<[i32; 2]> {
    let mut kept: Vec<[i32; 2]> = Vec::new();
    for p in vertices.map(|p| p.map(whole)) {
        if kept.last().is_none_or(|last| !near(*last, p)) {
            kept.push(p);
        }
    }
    kept
}

fn near(a: [i32; 2], b: [i32; 2]) -> bool {
    a[0].abs_diff(b[0]) < INDISTINCT.unsigned_abs() && a[1].abs_diff(b[1]) < INDISTINCT.unsigned_abs()
}

/// Twice the area by the surveyor's formula: positive for a ring that runs clockwise on the screen.
fn doubled_area(ring: &[[i32; 2]]) -> i64 {
    let next = ring.iter().cycle().skip(1);
    ring.iter()
        .zip(next)
        .map(|(a, b)| i64::from(a[0]) * i64::from(b[1]) - i64::from(b[0]) * i64::from(a[1]))
        .sum()
}

#[cfg(test)]
mod tests {
    use geo::{Area, BooleanOps, LineString, Polygon, Rect};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_ring_is_cut_turned_and_dropped_when_it_has_no_area() {
        let large = [[-9e3, -9e3], [-9e3, 9e3], [9e3, 9e3], [9e3, -9e3], [-9e3, -9e3]];
        let whole = ring(&large, true).unwrap();
        assert_eq!(doubled_area(&whole), 2 * 4224 * 4224);
        assert_eq!(doubled_area(&ring(&large, false).unwrap()), -2 * 4224 * 4224);
        assert_eq!(ring(&[[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 0.0]], true), None);
        assert_eq!(ring(&[[5e3, 0.0], [6e3, 0.0], [6e3, 1e3], [5e3, 0.0]], true), None);
        assert_eq!(ring(&[], true), None);
    }

    #[test]
    fn a_line_that_leaves_and_comes_back_has_two_parts_and_keeps_its_ends() {
        let parts = line([[100.0, 100.0], [100.0, 5e3], [900.0, 5e3], [900.0, 100.0]].into_iter());
        assert_eq!(parts, [vec![[100, 100], [100, 4160]], vec![[900, 4160], [900, 100]]]);
        let short = line([[0.0, 0.0], [50.0, 0.0], [52.0, 0.0]].into_iter());
        assert_eq!(short, [vec![[0, 0], [52, 0]]]);
        assert!(line([[-100.0, -100.0], [-70.0, 5e3]].into_iter()).is_empty());
        assert!(line(std::iter::once([1.0, 1.0])).is_empty());
    }

    proptest! {
        #[test]
        fn the_area_of_a_cut_ring_is_that_of_the_intersection_by_another_algorithm(
            x in -3e3..7e3_f64, y in -3e3..7e3_f64, radii in prop::collection::vec(200.0..4e3_f64, 5..30)
        ) {
            // Star-shaped around (x, y), so that it never crosses itself.
            let n = f64::from(u32::try_from(radii.len()).unwrap());
            let star: Vec<[f64; 2]> = radii.iter().zip(0_u32..).map(|(r, i)| {
                let (sin, cos) = (std::f64::consts::TAU * f64::from(i) / n).sin_cos();
                [x + r * cos, y + r * sin]
            }).collect();
            let polygon = Polygon::new(star.iter().map(|p| (p[0], p[1])).collect::<LineString>(), vec![]);
            let tile = Rect::new((low(), low()), (high(), high())).to_polygon();
            let expected = polygon.intersection(&tile).unsigned_area();
            let found = ring(&star, true).map_or(0, |r| doubled_area(&r));
            prop_assert!(found >= 0);
            #[expect(clippy::cast_precision_loss, reason = "areas of a tile are far below 2^53")]
            let found = found as f64 / 2.0;
            // Rounding and thinning move the outline by at most a few units along its length.
            prop_assert!((found - expected).abs() < 5.0 * 40_000.0, "{found} {expected}");
            if expected > 1e6 {
                prop_assert!((found / expected - 1.0).abs() < 0.05, "{found} {expected}");
            }
        }
    }
}
