//! What is asked about access, and how it is answered.

use std::ops::RangeInclusive;

use engine::access::{DETOUR, Origins, Reach, Supply, WALKING_SPEED, reach};
use engine::filter::SupportFilter;
use engine::{Invalid, LonLat};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::api::supports::query::{categories, support_types};
use crate::live::Directory;

/// How long a walk may be asked about.
pub(super) const MINUTES: RangeInclusive<u32> = 1..=60;
/// Ten minutes are what planners usually ask about first.
pub(super) const USUAL_MINUTES: u32 = 10;

/// Which supports count, and how long a walk.
#[derive(Debug)]
pub(super) struct Question {
    pub(super) filter: SupportFilter,
    pub(super) minutes: u32,
}

impl Question {
    /// Checks a question.
    pub(super) fn parse(
        categories_asked: Vec<String>,
        support: &[String],
        free: Option<bool>,
        minutes: Option<u32>,
        directory: &Directory,
    ) -> Result<Self, Invalid> {
        let minutes = minutes.unwrap_or(USUAL_MINUTES);
        if !MINUTES.contains(&minutes) {
            return Err(Invalid::new("minutes", "must be a whole number from 1 to 60"));
        }
        let filter = SupportFilter {
            categories: categories(categories_asked, directory)?,
            support: support_types(support)?,
            free,
            ..SupportFilter::default()
        };
        Ok(Self { filter, minutes })
    }

    /// What each neighbourhood reaches of these supports.
    pub(super) fn reach(
        &self,
        origins: &[Origins],
        supports: impl IntoIterator<Item = LonLat>,
    ) -> Vec<Reach> {
        reach(origins, &Supply::new(supports), f64::from(self.minutes))
    }
}

/// How walks were estimated.
#[derive(Debug, Serialize, ToSchema)]
pub struct Walking {
    /// `straight_line`: no network of paths was used.
    method: &'static str,
    /// Straight-line distances are multiplied by this.
    detour: f64,
    metres_per_minute: f64,
    minutes: u32,
}

impl Walking {
    pub(super) const fn new(minutes: u32) -> Self {
        Self { method: "straight_line", detour: DETOUR, metres_per_minute: WALKING_SPEED, minutes }
    }
}

/// What the residents of an area reach.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct AreaReach {
    /// The share of residents with a support within the walk (of the area, where residents are unknown).
    share_within: f64,
    /// As many residents; null where they are unknown.
    residents_within: Option<u64>,
    /// Minutes to the nearest support for the resident in the middle; null without any support.
    nearest_minutes: Option<f64>,
    /// Supports within the walk, on average over residents.
    supports_within: f64,
}

impl AreaReach {
    pub(super) fn new(found: &Reach, residents: Option<u32>) -> Self {
        Self {
            share_within: rounded(found.share_within, 4),
            residents_within: residents.map(|residents| whole(f64::from(residents) * found.share_within)),
            nearest_minutes: found.nearest_minutes.map(|minutes| rounded(minutes, 1)),
            supports_within: rounded(found.supports_within, 2),
        }
    }
}

/// What everybody together reaches.
#[derive(Debug, Serialize, ToSchema)]
pub struct TotalReach {
    /// Residents of the neighbourhoods of which they are known.
    residents: Option<u64>,
    /// As many of them have a support within the walk.
    residents_within: Option<u64>,
    /// Supports that count.
    supports: usize,
}

impl TotalReach {
    pub(super) fn new(residents: &[Option<u32>], found: &[Reach], supports: usize) -> Self {
        let known =
            || residents.iter().zip(found).filter_map(|(residents, found)| Some(((*residents)?, found)));
        let any = known().next().is_some();
        Self {
            residents: any.then(|| known().map(|(residents, _)| u64::from(residents)).sum()),
            residents_within: any.then(|| {
                whole(known().map(|(residents, found)| f64::from(residents) * found.share_within).sum())
            }),
            supports,
        }
    }
}

/// Digits that the estimate carries.
pub(super) fn rounded(number: f64, digits: i32) -> f64 {
    let scale = 10_f64.powi(digits);
    (number * scale).round() / scale
}

/// People are whole.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a number of residents")]
pub(super) fn whole(people: f64) -> u64 {
    people.round() as u64
}
