//! The neighbourhood inclusion profile, which is experimental: how places are experienced, and which support is
//! in reach, side by side. It measures no person and is no verdict.
//!
//! Weights and aggregation are opinions, so the composite is published with what other opinions would make of it
//! (M. Nardo et al. 2008, Handbook on Constructing Composite Indicators, OECD and JRC). There are no ranks.

use uuid::Uuid;

use super::aggregate::KINDS;
use super::measures::{MeasureTable, Raw, measured, quality, sigma};
use super::picture::plain;
use super::published::{NeighbourhoodTable, Published};
use crate::random::Random;
use crate::stats::significance::benjamini_hochberg;

/// How often the composite is drawn.
const DRAWS: usize = 1_000;
/// The parameter of the weights' Dirichlet distribution: each about 1/k, give or take a third.
const CONCENTRATION: usize = 8;
/// An index is shown when half of its 90% interval is at most so many points.
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
    /// The support in reach; `None` for a neighbourhood that is no more.
    pub opportunity: Option<Opportunity>,
    /// The composite, 0..=100; only in releases of many participants.
    pub index: Option<Interval>,
    /// Where it stands: by the index where there is one, else by its valence.
    pub standing: Standing,
    /// The probability of standing there by chance, after Benjamini-Hochberg.
    pub q: Option<f64>,
}

/// The profile of every neighbourhood.
///
/// # Parameters
///
/// * `published`: layer N of a release.
/// * `opportunity`: what is in reach of each neighbourhood with a walk of 640, 800 and 960 m, in the table's order.
/// * `seed`: of the draws; the same release gives the same profile. No noise comes from it.
///
/// # Returns
///
/// A row per neighbourhood and how many were compared.
///
/// # Algorithm
///
/// 1. Valence, rescaled to 0..=1, and, where the release has them, the shares by kind are shrunk after Fay and
///    Herriot.
/// 2. Experience is the mean of valence, of the mean share of the five of CHIME, and of the geometric mean of being
///    and doing. Opportunity is the mean of its six components. The index is `100 √(E · S)`: support cannot make up
///    for bad experience.
/// 3. A thousand times, everything uncertain is drawn anew: the components, the weights within each domain
///    (Dirichlet), the aggregation of the domains (geometric or arithmetic), the walk (640 to 960 m).
/// 4. The index is the median, its interval holds 90% of the draws. A neighbourhood is above when at least 95% of
///    its draws lie above the community's mean in the same draw, after Benjamini-Hochberg over neighbourhoods.
pub fn profile(
    published: &Published<NeighbourhoodTable>,
    opportunity: &[Option<[Opportunity; 3]>],
    seed: u64,
) -> (Vec<Profile>, usize) {
    let valence = quality(published);
    let kinds: Option<Vec<MeasureTable>> = published
        .table()
        .rows()
        .iter()
        .all(|row| row.kinds().is_some())
        .then(|| (0..KINDS.len()).map(|kind| share(published, kind)).collect());
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
            opportunity: opportunity.get(index).copied().flatten().map(|walks| walks[1]),
            index: None,
            standing: Standing::NotEnough,
            q: None,
        })
        .collect();
    let composite = draws(&valence, kinds.as_deref(), opportunity, seed);
    let with_index = composite.iter().any(Option::is_some);
    let draws = if with_index { composite } else { experience_draws(&valence, seed) };
    let tested = compare(&mut profiles, &draws, with_index);
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

fn draws(
    valence: &MeasureTable,
    kinds: Option<&[MeasureTable]>,
    opportunity: &[Option<[Opportunity; 3]>],
    seed: u64,
) -> Draws {
    let mut random = Random::new(seed);
    let mut all: Draws = vec![None; valence.rows.len()];
    let Some(kinds) = kinds else { return all };
    for _ in 0..DRAWS {
        // Weights, aggregation and walk are one opinion for the whole community.
        let experience: [f64; 3] = weights(&mut random);
        let support: [f64; 6] = weights(&mut random);
        let arithmetic = random.chance(0.5);
        let walk = random.between(0.0, 2.0);
        for (index, drawn) in all.iter_mut().enumerate() {
            let mut draw = |table: &MeasureTable, rescale: bool| {
                let found = table.rows[index].found?;
                let value = found.value + found.error() * random.normal();
                Some(if rescale { f64::midpoint(value, 1.0) } else { value }.clamp(0.0, 1.0))
            };
            let e1 = draw(valence, true);
            let of: Option<Vec<f64>> = kinds.iter().map(|table| draw(table, false)).collect();
            let walks = opportunity.get(index).copied().flatten();
            let (Some(e1), Some(of), Some(walks)) = (e1, of, walks) else { continue };
            let e2 = of[2..].iter().sum::<f64>() / 5.0;
            let e3 = (of[0] * of[1]).sqrt();
            let dot = |weights: &[f64], parts: &[f64]| -> f64 {
                weights.iter().zip(parts).map(|(w, p)| w * p).sum()
            };
            let e = dot(&experience, &[e1, e2, e3]);
            let s = dot(&support, &between(&walks, walk));
            let index = if arithmetic { f64::midpoint(e, s) } else { (e * s).sqrt() };
            drawn.get_or_insert_with(|| Vec::with_capacity(DRAWS)).push(100.0 * index);
        }
    }
    all
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

/// The components at a walk between the three that were worked out: 0 is the shortest, 2 the longest.
fn between(walks: &[Opportunity; 3], walk: f64) -> [f64; 6] {
    let (near, far, share) = if walk < 1.0 { (0, 1, walk) } else { (1, 2, walk - 1.0) };
    let (near, far) = (walks[near].components(), walks[far].components());
    std::array::from_fn(|part| near[part] + share * (far[part] - near[part]))
}

/// Weights from a Dirichlet distribution: gamma variables of a whole shape are sums of exponential ones.
fn weights<const N: usize>(random: &mut Random) -> [f64; N] {
    let mut weights = [0.0; N];
    for weight in &mut weights {
        for _ in 0..CONCENTRATION {
            *weight -= (1.0 - random.unit()).max(f64::MIN_POSITIVE).ln();
        }
    }
    let sum: f64 = weights.iter().sum();
    weights.map(|weight| weight / sum)
}

/// Compares each neighbourhood with the mean of all in the same draw; returns how many were compared.
fn compare(profiles: &mut [Profile], draws: &Draws, with_index: bool) -> usize {
    let compared: Vec<&Vec<f64>> = draws.iter().flatten().collect();
    if compared.len() < 2 {
        return 0;
    }
    let count = crate::stats::float(compared.len());
    let city: Vec<f64> =
        (0..DRAWS).map(|draw| compared.iter().map(|d| d[draw]).sum::<f64>() / count).collect();
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
        profile.q = Some(up.min(down));
        if with_index {
            let mut sorted = own.clone();
            sorted.sort_unstable_by(f64::total_cmp);
            let at = |place: usize| sorted[place];
            let index = interval(at(DRAWS / 2), at(DRAWS / 20), at(DRAWS - DRAWS / 20 - 1));
            profile.index = Some(index).filter(|i| (i.high - i.low) / 2.0 <= WIDEST);
            if profile.index.is_none() {
                profile.q = None;
                continue;
            }
        }
        profile.standing = match (up <= CERTAIN, down <= CERTAIN) {
            (true, _) => Standing::Above,
            (_, true) => Standing::Below,
            _ => Standing::NotDistinguishable,
        };
    }
    above.tested
}

fn interval(value: f64, low: f64, high: f64) -> Interval {
    Interval { value, low, high }
}

/// From −1..=1 to 0..=1.
fn rescaled(value: f64, low: f64, high: f64) -> Interval {
    let half = |valence: f64| f64::midpoint(valence, 1.0);
    interval(half(value), half(low), half(high))
}

#[cfg(test)]
#[path = "profile_tests.rs"]
mod tests;
