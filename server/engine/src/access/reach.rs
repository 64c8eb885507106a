//! What is within a walk.

use super::{Origins, metres_in, walking_minutes};
use crate::LonLat;
use crate::index::PointIndex;

/// The supports that count, at their places.
pub struct Supply(PointIndex<u32>);

impl Supply {
    /// Supports by place; each keeps its position in the list as its number.
    pub fn new(supports: impl IntoIterator<Item = LonLat>) -> Self {
        Self(PointIndex::bulk_load(supports.into_iter().zip(0..)))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All at most so many metres away, with the distance, nearest first.
    pub(super) fn within(&self, origin: LonLat, metres: f64) -> Vec<(u32, f64)> {
        self.0.within_radius(origin, metres, |_| true)
    }

    /// Straight-line metres to the nearest; `None` when there are none.
    pub fn nearest_metres(&self, origin: LonLat) -> Option<f64> {
        self.0.nearest(origin, 1, |_| true).first().map(|(_, metres)| *metres)
    }
}

/// What the residents of one neighbourhood reach.
#[derive(Debug, Clone, PartialEq)]
pub struct Reach {
    /// The share of residents (of the area, where residents are unknown) with at least one support within the
    /// walk, 0..=1.
    pub share_within: f64,
    /// Minutes to the nearest support, half of the residents being nearer; `None` without any support.
    pub nearest_minutes: Option<f64>,
    /// How many supports are within the walk, on average over the residents.
    pub supports_within: f64,
    /// For each point whether a support is within the walk.
    pub within: Vec<bool>,
}

/// What each neighbourhood's residents reach within a walk of so many minutes.
///
/// # Notes
///
/// `O(points · (log n + found))` for `n` supports.
pub fn reach(origins: &[Origins], supply: &Supply, minutes: f64) -> Vec<Reach> {
    let metres = metres_in(minutes);
    origins
        .iter()
        .map(|area| {
            let mut nearest: Vec<f64> = Vec::with_capacity(area.points.len());
            let (mut within, mut counted) = (Vec::with_capacity(area.points.len()), 0_usize);
            for point in &area.points {
                nearest.extend(supply.nearest_metres(*point));
                let found = supply.within(*point, metres).len();
                within.push(found > 0);
                counted += found;
            }
            #[expect(clippy::cast_precision_loss, reason = "thousands of points and supports at most")]
            let mean = |count: usize| count as f64 / area.points.len().max(1) as f64;
            nearest.sort_unstable_by(f64::total_cmp);
            Reach {
                share_within: mean(within.iter().filter(|within| **within).count()),
                nearest_minutes: nearest.get(nearest.len() / 2).map(|metres| walking_minutes(*metres)),
                supports_within: mean(counted),
                within,
            }
        })
        .collect()
}
