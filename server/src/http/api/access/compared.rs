//! What residents reach before and after a change.

use engine::LonLat;
use engine::access::{Origins, Reach};

use super::table::{Question, TotalReach, whole};

/// Before and after, for everybody and for each neighbourhood.
pub(super) struct Compared {
    pub(super) before: TotalReach,
    pub(super) after: TotalReach,
    pub(super) areas: Vec<AreaChange>,
}

/// Before and after in one neighbourhood.
pub(super) struct AreaChange {
    pub(super) had: Reach,
    pub(super) has: Reach,
    /// The share of residents who had a support within the walk and would have none.
    pub(super) losing: f64,
    /// The share of residents who had none and would have one.
    pub(super) gaining: f64,
}

impl Compared {
    /// Compares what is there with what would be.
    pub(super) fn new(
        question: &Question,
        origins: &[Origins],
        residents: &[Option<u32>],
        before: &[LonLat],
        after: &[LonLat],
    ) -> Self {
        let had = question.reach(origins, before.iter().copied());
        let has = question.reach(origins, after.iter().copied());
        Self {
            before: TotalReach::new(residents, &had, before.len()),
            after: TotalReach::new(residents, &has, after.len()),
            areas: had.into_iter().zip(has).map(|(had, has)| AreaChange::new(had, has)).collect(),
        }
    }

    /// Residents who lose, of the neighbourhoods where they are known; none where nobody's are.
    pub(super) fn residents_losing(&self, residents: &[Option<u32>]) -> Option<u64> {
        self.sum(residents, |area| area.losing)
    }

    /// Residents who gain, likewise.
    pub(super) fn residents_gaining(&self, residents: &[Option<u32>]) -> Option<u64> {
        self.sum(residents, |area| area.gaining)
    }

    fn sum(&self, residents: &[Option<u32>], share: impl Fn(&AreaChange) -> f64) -> Option<u64> {
        let known = residents.iter().zip(&self.areas);
        let known = known.filter_map(|(residents, area)| Some(f64::from((*residents)?) * share(area)));
        known.reduce(|sum, people| sum + people).map(whole)
    }
}

impl AreaChange {
    fn new(had: Reach, has: Reach) -> Self {
        Self { losing: share(&had, &has), gaining: share(&has, &had), had, has }
    }

    /// How many people lose, of so many.
    pub(super) fn residents_losing(&self, residents: Option<u32>) -> Option<u64> {
        residents.map(|people| whole(f64::from(people) * self.losing))
    }

    /// How many people gain, of so many.
    pub(super) fn residents_gaining(&self, residents: Option<u32>) -> Option<u64> {
        residents.map(|people| whole(f64::from(people) * self.gaining))
    }
}

/// The share of points that have a support within the walk in the first and none in the second.
fn share(first: &Reach, second: &Reach) -> f64 {
    let only = first.within.iter().zip(&second.within).filter(|(first, second)| **first && !**second).count();
    #[expect(clippy::cast_precision_loss, reason = "thousands of points at most")]
    let share = only as f64 / first.within.len().max(1) as f64;
    share
}
