//! The neighbourhood inclusion profile, which is experimental: how places are experienced, and which support is
//! in reach, side by side. It measures no person and is no verdict.
//!
//! Weights and aggregation are opinions, so the composite is published with what other opinions would make of it
//! (M. Nardo et al. 2008, Handbook on Constructing Composite Indicators, OECD and JRC). There are no ranks.

use uuid::Uuid;

use super::aggregate::KINDS;
use super::measures::{MeasureTable, Raw, measured, quality, sigma};
use super::picture::plain;
use super::profile_diversity::Diversity;
use super::profile_draws::{DRAWS, draws};
use super::published::{ActivityTable, NeighbourhoodTable, Published};
use crate::random::Random;
use crate::stats::significance::benjamini_hochberg;

/// An index is shown, and a valence in hundredths compared, when half of its 90% interval is at most so many points
/// (specification §1.4).
const WIDEST: f64 = 10.0;
/// The share of draws beyond the city's from which on a neighbourhood is above or below, before correction.
const CERTAIN: f64 = 0.05;

/// The support in reach of a neighbourhood, from public data alone. Everything is a share, 0..=1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Opportunity {
    /// Residents who reach at least one support that is emotional, instrumental, informational, appraising.
    pub types: [f64; 4],
    /// Supports in reach that cost nothing, of those in reach; `None` where none is in reach.
    pub free: Option<f64>,
    /// The 21 mornings, afternoons and evenings of a week at which a support in reach is open.
    pub rhythm: f64,
}

impl Opportunity {
    /// The components. Where nothing is in reach, nothing free is.
    pub fn components(&self) -> [f64; 6] {
        let [a, b, c, d] = self.types;
        [a, b, c, d, self.free.unwrap_or(0.0), self.rhythm]
    }

    /// Their mean.
    pub fn mean(&self) -> f64 {
        self.components().iter().sum::<f64>() / 6.0
    }
}

/// Where a neighbourhood stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Above what the community has.
    Above,
    /// Not to be told apart from it.
    NotDistinguishable,
    /// Below.
    Below,
    /// Too little to say anything.
    NotEnough,
}

impl Standing {
    /// The name used in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Above => "above",
            Self::NotDistinguishable => "not_distinguishable",
            Self::Below => "below",
            Self::NotEnough => "not_enough",
        }
    }
}

/// A number with its 90% interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The number.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// One neighbourhood.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// The neighbourhood.
    pub unit: Uuid,
    /// The noisy number of participants. It is no part of the profile: it says how much is known.
    pub people: i64,
    /// Mean valence, 0..=1; `None` without enough information.
    pub valence: Option<Interval>,
    /// The shares of participants with a place of each of the [`KINDS`]; only in releases of many participants.
    pub kinds: Option<[Interval; KINDS.len()]>,
    /// How diverse activities are, 0 (all do the same) to 1 (all eight equally often); only in releases of very many
    /// participants.
    pub diversity: Option<Interval>,
    /// The share of being in being and doing together, 0..=1: what the mix is, of which none is the right one. Only in
    /// releases of many participants.
    pub mix: Option<Interval>,
    /// The domain of experience, 0..=1: the mean of its components. Below many participants there is one component
    /// alone, valence, and no mean.
    pub experience: Option<Interval>,
    /// The support in reach; `None` for a neighbourhood that is no more.
    pub opportunity: Option<Opportunity>,
    /// The composite, 0..=100; only in releases of many participants.
    pub index: Option<Interval>,
    /// Where it stands: by the index where there is one, else by its valence.
    pub standing: Standing,
    /// The probability of standing there by chance, after Benjamini-Hochberg.
    pub q: Option<f64>,
}

/// What a profile is made of, each in the order of the table of neighbourhoods.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Layer N of a release.
    pub neighbourhoods: &'a Published<NeighbourhoodTable>,
    /// Layer E4, in releases of very many participants.
    pub activities: Option<&'a Published<ActivityTable>>,
    /// What is in reach with a walk of 640, 800 and 960 m.
    pub opportunity: &'a [Option<[Opportunity; 3]>],
    /// How many live there.
    pub residents: &'a [Option<u32>],
}

/// The profile of every neighbourhood.
///
/// # Parameters
///
/// * `input`: published tables and public data.
/// * `seed`: of the draws; the same release gives the same profile. No noise comes from it.
///
/// # Returns
///
/// A row per neighbourhood and how many were compared.
///
/// # Algorithm
///
/// 1. Valence, rescaled to 0..=1, and, where the release has them, the shares by kind and by activity are shrunk after
///    Fay and Herriot.
/// 2. Experience is the mean of valence, of the mean share of the five of CHIME, of the geometric mean of being and
///    doing, and, where the release has activities, of their diversity. Opportunity is the mean of its six components.
///    The index is `100 √(E · S)`: support cannot make up for bad experience.
/// 3. Diversity is `(D − 1) / (8 − 1)`, where `D` is the effective number of activities, `exp(Shannon)`, among 100
///    participants drawn from a neighbourhood with these shares. The goalposts are the natural bounds of `D`, 1 and 8;
///    they never move with the data.
/// 4. A thousand times, everything uncertain is drawn anew: the components, the weights within each domain
///    (Dirichlet), the aggregation of the domains (geometric or arithmetic), the walk (640 to 960 m). Experience, the
///    mix and diversity have their intervals from the same draws of the components, with equal weights.
/// 5. The index is the median, its interval holds 90% of the draws. A neighbourhood is above when at least 95% of
///    its draws lie above the city's mean in the same draw, after Benjamini-Hochberg over neighbourhoods.
///
/// # Notes
///
/// The city is the mean of the neighbourhoods that are compared, each with the weight of its residents: what somebody
/// who lives there meets on average. A mean of neighbourhoods as such would change with how the map is cut: whoever
/// splits one in two would count it twice. Where the residents of a neighbourhood are not known, as in releases of
/// before they had to be, all weigh the same.
pub fn profile(input: Input<'_>, seed: u64) -> (Vec<Profile>, usize) {
    let Input { neighbourhoods: published, activities, opportunity, residents } = input;
    let valence = quality(published);
    let kinds: Option<Vec<MeasureTable>> = published
        .table()
        .rows()
        .iter()
        .all(|row| row.kinds().is_some())
        .then(|| (0..KINDS.len()).map(|kind| share(published, kind)).collect());
    let diversity = activities.and_then(|table| Diversity::new(published, table));
    let mut profiles: Vec<Profile> = valence
        .rows
        .iter()
        .enumerate()
        .map(|(index, row)| Profile {
            unit: row.unit,
            people: row.people,
            valence: row.found.map(|f| rescaled(f.value, f.low, f.high)),
            kinds: kinds.as_ref().and_then(|tables| {
                let of =
                    |kind: usize| tables[kind].rows[index].found.map(|f| interval(f.value, f.low, f.high));
                let all: Option<Vec<Interval>> = (0..KINDS.len()).map(of).collect();
                all?.try_into().ok()
            }),
            diversity: None,
            mix: None,
            experience: None,
            opportunity: opportunity.get(index).copied().flatten().map(|walks| walks[1]),
            index: None,
            standing: Standing::NotEnough,
            q: None,
        })
        .collect();
    let drawn = draws(&valence, kinds.as_deref(), diversity.as_ref(), opportunity, seed);
    for (profile, drawn) in profiles.iter_mut().zip(&drawn) {
        profile.experience = middle(&drawn.experience);
        profile.mix = middle(&drawn.mix);
        profile.diversity = middle(&drawn.diversity);
    }
    let composite: Draws = drawn.into_iter().map(|own| Some(own.index).filter(|i| !i.is_empty())).collect();
    let with_index = composite.iter().any(Option::is_some);
    let compared = if with_index { composite } else { experience_draws(&valence, seed) };
    let tested = compare(&mut profiles, &compared, residents, with_index);
    (profiles, tested)
}

/// The share of participants with a place of a kind.
fn share(published: &Published<NeighbourhoodTable>, kind: usize) -> MeasureTable {
    let sigma = sigma(published);
    let rows = published.table().rows();
    let of = |index: usize| rows[index].kinds().map_or(0.0, |kinds| plain(kinds[kind]));
    let (mut with, mut all) = (0.0, 0.0);
    for (index, row) in rows.iter().enumerate() {
        with += of(index);
        all += plain(row.people());
    }
    let mean = if all > 0.0 { (with / all).clamp(0.0, 1.0) } else { 0.0 };
    measured(published, |index, people| {
        let n = plain(people);
        let variance = mean * (1.0 - mean) / n + sigma * sigma * (1.0 + mean * mean) / (n * n);
        Some(Raw { value: of(index) / n, variance })
    })
}

/// What is drawn of each neighbourhood; `None` for one that is not compared.
type Draws = Vec<Option<Vec<f64>>>;

/// The median of draws and the middle 90% of them; `None` of none.
fn middle(drawn: &[f64]) -> Option<Interval> {
    let mut sorted = drawn.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let last = sorted.len().checked_sub(1)?;
    let tail = sorted.len() / 20;
    Some(interval(sorted[sorted.len() / 2], sorted[tail], sorted[last - tail]))
}

/// Valence alone.
fn experience_draws(valence: &MeasureTable, seed: u64) -> Draws {
    let mut random = Random::new(seed);
    let of = |row: &super::measures::Measured| {
        let found = row.found?;
        Some((0..DRAWS).map(|_| found.value + found.error() * random.normal()).collect())
    };
    valence.rows.iter().map(of).collect()
}

/// Compares each neighbourhood with the city in the same draw; returns how many were compared.
fn compare(profiles: &mut [Profile], draws: &Draws, residents: &[Option<u32>], with_index: bool) -> usize {
    let compared: Vec<(&Vec<f64>, Option<u32>)> = draws
        .iter()
        .enumerate()
        .filter_map(|(index, drawn)| Some((drawn.as_ref()?, residents.get(index).copied().flatten())))
        .collect();
    if compared.len() < 2 {
        return 0;
    }
    let city = city(&compared);
    let chance = |above: bool| -> Vec<Option<f64>> {
        let against = |drawn: &Vec<f64>| {
            let beyond = drawn.iter().zip(&city).filter(|(d, c)| if above { d > c } else { d < c }).count();
            1.0 - crate::stats::float(beyond) / crate::stats::float(DRAWS)
        };
        draws.iter().map(|drawn| drawn.as_ref().map(against)).collect()
    };
    let (above, below) = (benjamini_hochberg(&chance(true)), benjamini_hochberg(&chance(false)));
    for (index, profile) in profiles.iter_mut().enumerate() {
        let (Some(own), Some(up), Some(down)) = (&draws[index], above.q[index], below.q[index]) else {
            continue;
        };
        let precise = |points: &Interval| (points.high - points.low) / 2.0 <= WIDEST;
        if with_index {
            profile.index = middle(own).filter(precise);
        }
        let points = profile.index.or(profile.valence.filter(|_| !with_index).map(hundredths));
        if !points.as_ref().is_some_and(precise) {
            continue;
        }
        profile.q = Some(up.min(down));
        profile.standing = match (up <= CERTAIN, down <= CERTAIN) {
            (true, _) => Standing::Above,
            (_, true) => Standing::Below,
            _ => Standing::NotDistinguishable,
        };
    }
    above.tested
}

/// The city's mean in each draw, by residents; where somebody's are not known, all weigh the same.
fn city(compared: &[(&Vec<f64>, Option<u32>)]) -> Vec<f64> {
    let known = compared.iter().all(|(_, residents)| residents.is_some_and(|n| n > 0));
    let weight = |residents: Option<u32>| if known { residents.map_or(0.0, f64::from) } else { 1.0 };
    let all: f64 = compared.iter().map(|(_, residents)| weight(*residents)).sum();
    let mean = |draw: usize| compared.iter().map(|(drawn, n)| drawn[draw] * weight(*n)).sum::<f64>() / all;
    (0..DRAWS).map(mean).collect()
}

fn interval(value: f64, low: f64, high: f64) -> Interval {
    Interval { value, low, high }
}

fn hundredths(Interval { value, low, high }: Interval) -> Interval {
    interval(100.0 * value, 100.0 * low, 100.0 * high)
}

/// From −1..=1 to 0..=1.
fn rescaled(value: f64, low: f64, high: f64) -> Interval {
    let half = |valence: f64| f64::midpoint(valence, 1.0);
    interval(half(value), half(low), half(high))
}

#[cfg(test)]
#[path = "profile_tests.rs"]
mod tests;
