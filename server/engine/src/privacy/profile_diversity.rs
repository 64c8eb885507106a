//! How diverse the activities in a neighbourhood are, and how sure that is.

use super::activity::ACTIVITIES;
use super::measures::{MeasureTable, Raw, measured};
use super::picture::plain;
use super::published::{ActivityTable, NeighbourhoodTable, Published};
use crate::random::Random;
use crate::stats::diversity::{Rarefaction, nearest_shares};

/// Diversity is that of so many participants, whatever the neighbourhood's own number.
const RAREFIED_TO: u32 = 100;

/// The shares of activities, where enough is known of them.
pub(super) struct Diversity {
    shares: Vec<MeasureTable>,
    rarefaction: Rarefaction,
}

impl Diversity {
    /// `None` when no neighbourhood has enough. One has when its noisy numbers together are at least `2σ√8`, two
    /// standard deviations of their noise, as cells are shown from `2σ√7` on.
    ///
    /// The variance of a share `p` of `n` is `p(1 − p)/n` of sampling and `σ²(1 − 2p + 8p²)/n²` of the noise, which is
    /// in the share's own number and, as one of eight, in their sum.
    pub(super) fn new(
        published: &Published<NeighbourhoodTable>,
        activities: &Published<ActivityTable>,
    ) -> Option<Self> {
        let rows = activities.table().rows();
        let sigma = plain(activities.table().sigma().get().cast_signed());
        let of_eight = crate::stats::float(ACTIVITIES.len());
        let enough = 2.0 * sigma * of_eight.sqrt();
        let sum = |index: usize| {
            let all = rows.get(index)?.people().iter().copied().map(plain).sum::<f64>();
            (all >= enough).then_some(all)
        };
        let all: f64 = (0..rows.len()).filter_map(sum).sum();
        let share = |activity: usize| {
            let of = |index: usize| plain(rows[index].people()[activity]);
            let with: f64 = (0..rows.len()).filter(|index| sum(*index).is_some()).map(of).sum();
            let p = if all > 0.0 { (with / all).clamp(0.0, 1.0) } else { 0.0 };
            measured(published, |index, _| {
                let n = sum(index)?;
                let noise = sigma * sigma * (1.0 - 2.0 * p + of_eight * p * p) / (n * n);
                Some(Raw { value: of(index) / n, variance: p * (1.0 - p) / n + noise })
            })
        };
        let shares: Vec<MeasureTable> = (0..ACTIVITIES.len()).map(share).collect();
        let found = shares.first().is_some_and(|table| table.rows.iter().any(|row| row.found.is_some()));
        found.then(|| Rarefaction::to(RAREFIED_TO)).flatten().map(|rarefaction| Self { shares, rarefaction })
    }

    /// A draw of a neighbourhood's diversity, 0..=1.
    pub(super) fn draw(&self, index: usize, random: &mut Random) -> Option<f64> {
        let mut shares = [0.0; ACTIVITIES.len()];
        for (share, table) in shares.iter_mut().zip(&self.shares) {
            let found = table.rows[index].found?;
            *share = found.value + found.error() * random.normal();
        }
        let effective = self.rarefaction.of(&nearest_shares(shares));
        Some(((effective - 1.0) / (crate::stats::float(ACTIVITIES.len()) - 1.0)).clamp(0.0, 1.0))
    }
}
