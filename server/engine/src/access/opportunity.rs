//! The support that residents have in reach: domain S of the inclusion profile, from public data alone.

use super::{DETOUR, Origins};
use crate::LonLat;
use crate::index::PointIndex;
use crate::privacy::profile::Opportunity;

/// The walks that are looked at, in metres on foot: 800 and a fifth less and more.
pub const WALKS: [f64; 3] = [640.0, 800.0, 960.0];
/// Mornings (6 to 12), afternoons (12 to 18) and evenings (18 to 24) of a week.
pub const DAY_PARTS: usize = 21;

/// A support as far as the profile looks at it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Offer {
    /// Where it is.
    pub at: LonLat,
    /// Whether it is emotional, instrumental, informational, appraising.
    pub types: [bool; 4],
    /// Whether it is known to be free of charge.
    pub free: bool,
    /// In which parts of the week it is known to be open at some time.
    pub open: [bool; DAY_PARTS],
}

/// The parts of the week, from Monday's morning, in which something is open for one of its 168 hours at least.
pub fn day_parts(is_open: impl Fn(usize) -> bool) -> [bool; DAY_PARTS] {
    std::array::from_fn(|part| {
        let (day, part) = (part / 3, part % 3);
        let from = day * 24 + 6 + part * 6;
        (from..from + 6).any(&is_open)
    })
}

/// What the residents of each neighbourhood have in reach, with each of the [`WALKS`].
///
/// # Notes
///
/// A walk is the straight line with a detour of 1.3, as no network is known. One search a point.
pub fn opportunities(origins: &[Origins], offers: &[Offer]) -> Vec<[Opportunity; 3]> {
    let index = PointIndex::bulk_load(offers.iter().map(|offer| offer.at).zip(0_usize..));
    let farthest = WALKS[2] / DETOUR;
    origins
        .iter()
        .map(|area| {
            let mut reached = [Reached::default(); 3];
            for point in &area.points {
                let found = index.within_radius(*point, farthest, |_| true);
                for (reached, walk) in reached.iter_mut().zip(WALKS) {
                    let near = found.iter().take_while(|(_, metres)| metres * DETOUR <= walk);
                    reached.add(near.map(|(position, _)| &offers[*position]));
                }
            }
            reached.map(|reached| reached.shares(area.points.len()))
        })
        .collect()
}

/// How many points reach what.
#[derive(Clone, Copy, Default)]
struct Reached {
    types: [usize; 4],
    free: usize,
    supports: usize,
    open: [usize; DAY_PARTS],
}

impl Reached {
    fn add<'a>(&mut self, near: impl Iterator<Item = &'a Offer>) {
        let (mut types, mut open) = ([false; 4], [false; DAY_PARTS]);
        for offer in near {
            self.supports += 1;
            self.free += usize::from(offer.free);
            types.iter_mut().zip(offer.types).for_each(|(known, has)| *known |= has);
            open.iter_mut().zip(offer.open).for_each(|(known, has)| *known |= has);
        }
        self.types.iter_mut().zip(types).for_each(|(count, has)| *count += usize::from(has));
        self.open.iter_mut().zip(open).for_each(|(count, has)| *count += usize::from(has));
    }

    fn shares(self, points: usize) -> Opportunity {
        let share = |count: usize, of: usize| crate::stats::float(count) / crate::stats::float(of.max(1));
        Opportunity {
            types: self.types.map(|count| share(count, points)),
            free: (self.supports > 0).then(|| share(self.free, self.supports)),
            rhythm: share(self.open.iter().sum(), points * DAY_PARTS),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(lon: f64, lat: f64) -> LonLat {
        LonLat::new(lon, lat).unwrap()
    }

    fn here() -> Origins {
        // Two homes, 0.02° of latitude or 2,226 m apart.
        Origins { points: vec![at(26.7, 58.38), at(26.7, 58.40)], residents_each: None }
    }

    #[test]
    fn shares_of_residents_reach_what_lies_within_the_walk() {
        // 0.005° of latitude is 557 m, on foot 724 m: too far for 640 m, near enough for 800 m.
        let emotional = [true, false, false, false];
        let monday_morning = day_parts(|hour| hour == 11);
        let offers = [
            Offer { at: at(26.7, 58.385), types: emotional, free: true, open: monday_morning },
            Offer { at: at(26.7, 58.401), types: [false, false, true, false], free: false, open: [true; 21] },
        ];
        let [short, usual, long] = opportunities(&[here()], &offers)[0];
        let tenths = |found: Opportunity| found.types.map(|share| format!("{share:.1}"));
        assert_eq!(tenths(short), ["0.0", "0.0", "0.5", "0.0"]);
        assert_eq!(tenths(usual), ["0.5", "0.0", "0.5", "0.0"]);
        assert_eq!(long, usual);
        assert_eq!((short.free, usual.free), (Some(0.0), Some(0.5)));
        assert!((usual.rhythm - (1.0 + 21.0) / 42.0).abs() < 1e-12);
        assert!((usual.mean() - (0.5 + 0.5 + 0.5 + 22.0 / 42.0) / 6.0).abs() < 1e-12);
    }

    #[test]
    fn where_nothing_is_in_reach_nothing_is_free_or_open() {
        let [_, usual, _] = opportunities(&[here()], &[])[0];
        assert_eq!(usual, Opportunity { types: [0.0; 4], free: None, rhythm: 0.0 });
        assert!(usual.mean().abs() < f64::EPSILON);
        assert!(opportunities(&[], &[]).is_empty());
    }

    #[test]
    fn a_week_has_seven_mornings_afternoons_and_evenings() {
        let parts = |hours: &[usize]| -> Vec<usize> {
            let open = day_parts(|hour| hours.contains(&hour));
            (0..DAY_PARTS).filter(|part| open[*part]).collect()
        };
        assert_eq!(parts(&[5, 6]), [0], "the night is no part of it");
        assert_eq!(parts(&[11, 12, 17, 18, 23]), [0, 1, 2]);
        assert_eq!(parts(&[24, 30, 167]), [3, 20]);
    }
}
