//! What is asked about access, and how it is answered.

use std::ops::RangeInclusive;

use engine::access::{DETOUR, Origins, Reach, Supply, WALKING_SPEED, reach};
use engine::filter::{OpenWhen, SupportFilter};
use engine::hours::State as Open;
use engine::support::{Form, Support, SupportType, SupportTypes};
use engine::{Invalid, LonLat};
use serde::Serialize;
use utoipa::ToSchema;

use crate::http::api::supports::moment::Moment;
use crate::http::api::supports::query::{categories, named, support_types};
use crate::live::Directory;

/// How long a walk may be asked about.
pub(super) const MINUTES: RangeInclusive<u32> = 1..=60;
/// Ten minutes are what planners usually ask about first.
pub(super) const USUAL_MINUTES: u32 = 10;

/// A question as it was sent, by address or by body.
#[derive(Debug, Default)]
pub(super) struct Asked {
    pub(super) r#type: Vec<String>,
    pub(super) form: Vec<String>,
    pub(super) support: Vec<String>,
    pub(super) free: Option<bool>,
    pub(super) low_threshold: Option<bool>,
    pub(super) open_at: Option<String>,
    pub(super) minutes: Option<u32>,
}

/// Which supports count, and how long a walk.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) filter: SupportFilter,
    pub(super) minutes: u32,
    /// When supports must be open, if that was asked.
    at: Option<Moment>,
}

impl Question {
    /// Checks a question; `now` is this moment by the community's clocks.
    pub(super) fn parse(asked: Asked, directory: &Directory, now: &Moment) -> Result<Self, Invalid> {
        let minutes = asked.minutes.unwrap_or(USUAL_MINUTES);
        if !MINUTES.contains(&minutes) {
            return Err(Invalid::new("minutes", "must be a whole number from 1 to 60"));
        }
        let at = asked.open_at.as_deref().map(|open_at| now.clone().at(open_at)).transpose()?;
        let open = at.as_ref().map(|at| at.open().ok_or_else(clockless)).transpose()?;
        let filter = SupportFilter {
            categories: categories(asked.r#type, directory)?,
            forms: named(&asked.form, "form", "a form of support", Form::parse)?.into_iter().collect(),
            support: support_types(&asked.support)?,
            free: asked.free,
            low_threshold: asked.low_threshold,
            today: Some(at.as_ref().unwrap_or(now).day()),
            open,
            ..SupportFilter::default()
        };
        Ok(Self { filter, minutes, at })
    }

    /// What each neighbourhood reaches of these supports.
    pub(super) fn reach(
        &self,
        origins: &[Origins],
        supports: impl IntoIterator<Item = LonLat>,
    ) -> Vec<Reach> {
        reach(origins, &Supply::new(supports), f64::from(self.minutes))
    }

    /// The same question for each type of support that counts.
    pub(super) fn each_type(&self) -> impl Iterator<Item = (SupportType, Self)> {
        let counting = self.filter.support;
        SupportType::ALL.into_iter().filter(move |t| counting.is_empty() || counting.contains(*t)).map(|t| {
            let mut question = self.clone();
            question.filter.support = SupportTypes::of([t]);
            (t, question)
        })
    }

    /// Whether a support that is planned would count. Without hours it counts at any time: the plan did not say.
    pub(super) fn counts(&self, planned: &Support, country: Option<engine::community::Country>) -> bool {
        if planned.details.opening_hours.is_some() {
            return self.filter.matches(planned, country);
        }
        SupportFilter { open: None, ..self.filter.clone() }.matches(planned, country)
    }

    /// Of the supports that would count at some time, how many are known to be open at the one asked about.
    pub(super) fn hours(&self, directory: &Directory) -> Option<KnownHours> {
        let at = self.at.as_ref()?;
        let Some(OpenWhen::At(local)) = self.filter.open else { return None };
        let whenever = SupportFilter { open: None, ..self.filter.clone() };
        let mut known = KnownHours { open_at: at.instant().to_string(), open: 0, closed: 0, unknown: 0 };
        for support in directory.index.matching(&whenever).filter(|support| support.location.is_some()) {
            let state = directory.index.hours(support.id).map(|hours| hours.state_at(local));
            *match state {
                Some(Open::Open) => &mut known.open,
                Some(Open::Closed) => &mut known.closed,
                Some(Open::Unknown) | None => &mut known.unknown,
            } += 1;
        }
        Some(known)
    }
}

fn clockless() -> Invalid {
    Invalid::new("open_at", "cannot be answered: this community has no time zone")
}

/// Hours of the supports that would count at some time. Only those known to be open count at the time asked about:
/// nobody guesses.
#[derive(Debug, Serialize, ToSchema)]
pub struct KnownHours {
    /// The time asked about.
    #[schema(format = DateTime)]
    open_at: String,
    /// Known to be open then.
    open: usize,
    /// Known to be closed then.
    closed: usize,
    /// Nobody told their hours: they do not count.
    unknown: usize,
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
