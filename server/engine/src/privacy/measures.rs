//! What a release says of neighbourhoods beyond where most was mapped: relative to how many live there, and how
//! places are experienced. From published tables alone; shrunk, with the noise in every interval.

use uuid::Uuid;

use crate::stats::fay_herriot::{Shrunk, fay_herriot};
use crate::stats::normal::two_sided;
use crate::stats::significance::{Class, benjamini_hochberg};

use super::aggregate::VALENCE_STEPS;
use super::legible::LEGIBLE_PEOPLE;
use super::picture::{NINETY_PERCENT, plain};
use super::published::{NeighbourhoodTable, Published};

/// A measure of one release: a row per neighbourhood, in the published table's order.
#[derive(Debug, Clone, PartialEq)]
pub struct MeasureTable {
    /// How many neighbourhoods were tested: what the q values are corrected for.
    pub n_tested: usize,
    /// What a neighbourhood is expected to have; `None` when there are too few to tell.
    pub mean: Option<f64>,
    /// Every neighbourhood.
    pub rows: Vec<Measured>,
}

/// One neighbourhood. Without enough information there is no number at all: a ratio on next to nobody is noise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// The neighbourhood.
    pub unit: Uuid,
    /// The noisy number of participants.
    pub people: i64,
    /// What is known of it.
    pub found: Option<Found>,
    /// Whether it differs from what is expected.
    pub class: Class,
}

/// A shrunk value.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Found {
    /// The best estimate.
    pub value: f64,
    /// The lower end of its 90% interval, from sampling, noise and shrinkage.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The difference from the mean in standard errors.
    pub z: f64,
    /// Its probability after Benjamini-Hochberg.
    pub q: f64,
}

impl Found {
    /// The standard error.
    pub fn error(&self) -> f64 {
        (self.high - self.value) / NINETY_PERCENT
    }
}

/// A value before it is shrunk.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Raw {
    pub(super) value: f64,
    pub(super) variance: f64,
}

/// Participants per 1,000 residents.
///
/// # Parameters
///
/// * `published`: layer N of a release.
/// * `residents`: how many live in each neighbourhood, in the table's order; `None` where nobody knows.
///
/// # Returns
///
/// Rates, shrunk after Fay and Herriot. A neighbourhood has one only where its residents are known and the noisy
/// number of participants is at least [`LEGIBLE_PEOPLE`]; and only when four or more have.
///
/// # Algorithm
///
/// `y = 1000 n / P` with `ψ = 1000² (R P (1 − R) + σ²) / P²`, where `R` is the rate of all together: the variance of
/// taking part with equal chances, and of the noise.
pub fn relative(published: &Published<NeighbourhoodTable>, residents: &[Option<u32>]) -> MeasureTable {
    let raw = relative_raw(published, residents);
    measured(published, |index, _| raw(index))
}

/// A neighbourhood's rate before it is shrunk.
pub(super) fn relative_raw(
    published: &Published<NeighbourhoodTable>,
    residents: &[Option<u32>],
) -> impl Fn(usize) -> Option<Raw> {
    let sigma = sigma(published);
    let rows = published.table().rows();
    let base = |index: usize| residents.get(index).copied().flatten().filter(|n| *n > 0).map(f64::from);
    let (mut people, mut all) = (0.0, 0.0);
    for (index, row) in rows.iter().enumerate() {
        if let Some(base) = base(index) {
            people += plain(row.people());
            all += base;
        }
    }
    let rate = if all > 0.0 { (people / all).clamp(0.0, 1.0) } else { 0.0 };
    move |index| {
        let base = base(index)?;
        let variance = (rate * (1.0 - rate) * base + sigma * sigma) / (base * base);
        Some(Raw { value: 1_000.0 * plain(rows[index].people()) / base, variance: 1e6 * variance })
    }
}

/// How places are experienced: the mean over participants of their mean valence, −1..=1.
///
/// # Parameters
///
/// * `published`: layer N of a release.
///
/// # Returns
///
/// Means, shrunk after Fay and Herriot, only where the noisy number of participants is at least
/// [`LEGIBLE_PEOPLE`], and only when four or more neighbourhoods have so many. Participants without feelings
/// count as 0, which is neither good nor bad.
///
/// # Algorithm
///
/// `y = S / n` with `ψ = (1 − m²) / n + σ² (1 + m²) / n²`, where `m` is the mean of all together. The first part
/// bounds the variance of sampling: values within −1..=1 with the mean `m` vary by `1 − m²` at most (Bhatia and
/// Davis 2000, [doi:10.1080/00029890.2000.12005203](https://doi.org/10.1080/00029890.2000.12005203)), so the interval
/// is rather too wide. The second is that of the noise in a ratio.
pub fn quality(published: &Published<NeighbourhoodTable>) -> MeasureTable {
    let raw = quality_raw(published);
    measured(published, |index, _| Some(raw(index)))
}

/// A neighbourhood's mean before it is shrunk; for neighbourhoods with people.
pub(super) fn quality_raw(published: &Published<NeighbourhoodTable>) -> impl Fn(usize) -> Raw {
    let sigma = sigma(published);
    let rows = published.table().rows();
    let sum = |index: usize| plain(rows[index].valence_sixteenths()) / STEPS;
    let (mut sums, mut all) = (0.0, 0.0);
    for (index, row) in rows.iter().enumerate() {
        if row.people() >= LEGIBLE_PEOPLE {
            sums += sum(index);
            all += plain(row.people());
        }
    }
    let mean = if all > 0.0 { (sums / all).clamp(-1.0, 1.0) } else { 0.0 };
    move |index| {
        let n = plain(rows[index].people());
        let variance = (1.0 - mean * mean) / n + sigma * sigma * (1.0 + mean * mean) / (n * n);
        Raw { value: sum(index) / n, variance }
    }
}

#[expect(clippy::cast_precision_loss, reason = "16")]
const STEPS: f64 = VALENCE_STEPS as f64;

pub(super) fn sigma(published: &Published<NeighbourhoodTable>) -> f64 {
    plain(published.table().sigma().get().cast_signed())
}

/// Shrinks what the neighbourhoods with enough people have, and tests it against their mean.
pub(super) fn measured(
    published: &Published<NeighbourhoodTable>,
    raw: impl Fn(usize, i64) -> Option<Raw>,
) -> MeasureTable {
    let rows = published.table().rows();
    let raw: Vec<Option<Raw>> = rows
        .iter()
        .enumerate()
        .map(|(index, row)| (row.people() >= LEGIBLE_PEOPLE).then(|| raw(index, row.people())).flatten())
        .collect();
    let (values, variances): (Vec<f64>, Vec<f64>) =
        raw.iter().flatten().map(|raw| (raw.value, raw.variance)).unzip();
    // Too few units, or none at all: nothing can be said of any.
    let fit = fay_herriot(&values, &variances).ok();
    let mean = fit.as_ref().map(|fit| fit.mean);
    let mut shrunk = fit.iter().flat_map(|fit| &fit.units);
    let shrunk: Vec<_> = raw.iter().map(|raw| raw.and_then(|_| shrunk.next().copied())).collect();
    let score = |unit: &Shrunk| (unit.estimate - mean.unwrap_or_default()) / unit.mse.sqrt();
    let p: Vec<Option<f64>> = shrunk.iter().map(|unit| unit.as_ref().map(|u| two_sided(score(u)))).collect();
    let adjusted = benjamini_hochberg(&p);
    let rows = rows.iter().zip(shrunk).zip(&adjusted.q).map(|((row, unit), q)| {
        let found = unit.zip(*q).map(|(unit, q)| {
            let half = NINETY_PERCENT * unit.mse.sqrt();
            let value = unit.estimate;
            Found { value, low: value - half, high: value + half, z: score(&unit), q }
        });
        let class = Class::new(found.map(|f| f.z), found.map(|f| f.q));
        Measured { unit: row.id(), people: row.people(), found, class }
    });
    MeasureTable { n_tested: adjusted.tested, mean, rows: rows.collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stored layer N: people and the sum of valences in sixteenths.
    fn stored(sigma: u64, rows: &[(i64, i64)]) -> Published<NeighbourhoodTable> {
        let rows: Vec<_> = (0_u128..)
            .zip(rows)
            .map(|(id, (people, valence))| {
                serde_json::json!({"id": Uuid::from_u128(id), "people": people, "valence_sixteenths": valence})
            })
            .collect();
        let json = serde_json::json!({"release": Uuid::nil(), "sigma": sigma, "neighbourhoods": rows});
        Published::<NeighbourhoodTable>::from_stored(&json.to_string()).unwrap()
    }

    fn near(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-6 * b.abs().max(1.0), "{a}, not {b}");
    }

    #[test]
    fn rates_are_per_thousand_residents_and_shrunk_by_sampling_and_noise() {
        // Four of 10,000 residents: R = 800/40,000 = 0.02, so ψ = 10⁶ (0.02 · 0.98 · 10⁴ + 100) / 10⁸ = 2.96.
        let table = stored(10, &[(100, 0), (140, 0), (260, 0), (300, 0)]);
        let found = relative(&table, &[Some(10_000); 4]);
        // Equal ψ: y = 10, 14, 26, 30, m = 4, Σ(y − 20)² = 272, and (2 − 3)A² + (4ψ − 3ψ + 272)A + 2ψ² = 0.
        let (psi, b) = (2.96_f64, 274.96_f64);
        let a = f64::midpoint(b, (b * b + 8.0 * psi * psi).sqrt());
        near(found.mean.unwrap(), 20.0);
        let first = found.rows[0].found.unwrap();
        near(first.value, 20.0 - 10.0 * a / (a + psi));
        near(first.value - first.low, first.high - first.value);
        assert_eq!(
            (found.n_tested, found.rows[0].class, found.rows[3].class),
            (4, Class::Cold99, Class::Hot99)
        );
        assert_eq!(found.rows[0].people, 100);
    }

    #[test]
    fn who_has_few_participants_or_unknown_residents_has_no_rate() {
        let table = stored(10, &[(29, 0), (60, 0), (70, 0), (80, 0), (90, 0), (-4, 0)]);
        let found = relative(&table, &[Some(5_000), None, Some(0), Some(5_000), Some(5_000), Some(5_000)]);
        assert!(found.rows.iter().all(|row| row.found.is_none() && row.class == Class::NotEnough));
        assert_eq!((found.n_tested, found.mean), (0, None), "two are too few to tell how much they differ");
        assert!(relative(&table, &[]).rows.iter().all(|row| row.found.is_none()));
    }

    #[test]
    fn quality_is_the_mean_valence_where_thirty_people_are() {
        // Sums of 16 · n · v sixteenths for v = −0.5, 0, 0.25, 0.75 of 400 people each, and of 10 people.
        let rows = [(400, -3_200), (400, 0), (400, 1_600), (400, 4_800), (10, 160)];
        let found = quality(&stored(10, &rows));
        // m = 0.125: ψ = (1 − 1/64)/400 + 100 (1 + 1/64)/160,000; Σ(y − m)² = 0.8125 in the quadratic above.
        let psi = (63.0 / 64.0) / 400.0 + 100.0 * (65.0 / 64.0) / 160_000.0;
        let b = psi + 0.8125_f64;
        let a = f64::midpoint(b, (b * b + 8.0 * psi * psi).sqrt());
        for (row, y) in found.rows.iter().zip([-0.5, 0.0, 0.25, 0.75]) {
            near(row.found.unwrap().value, 0.125 + (y - 0.125) * a / (a + psi));
        }
        assert_eq!(found.rows[4].class, Class::NotEnough);
        assert_eq!(found.n_tested, 4);
    }

    #[test]
    fn noise_alone_makes_no_neighbourhood_differ() {
        // Everybody's valence is 0.25 in 20 neighbourhoods of 150 people; what differs is noise of σ = 10 and 160.
        let mut random = crate::random::Random::new(7);
        let mut wrong = 0;
        for _ in 0..200 {
            #[expect(clippy::cast_possible_truncation, reason = "small numbers")]
            let mut noisy = |exact: f64, sigma: f64| (exact + sigma * random.normal()).round() as i64;
            let rows: Vec<(i64, i64)> = (0..20).map(|_| (noisy(150.0, 10.0), noisy(600.0, 160.0))).collect();
            let found = quality(&stored(10, &rows));
            wrong +=
                usize::from(found.rows.iter().any(|r| !matches!(r.class, Class::None | Class::NotEnough)));
        }
        assert!(wrong <= 20, "in {wrong} of 200 towns; at a false discovery rate of 10 % it is 20 at most");
    }
}
