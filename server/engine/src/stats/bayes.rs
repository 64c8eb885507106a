//! Empirical Bayes rates: a rate on a small base is drawn towards that of all, as far as chance explains it.
//!
//! * R. J. Marshall (1991) Mapping disease and mortality rates using empirical Bayes estimators. Applied
//!   Statistics 40:283–294, [doi:10.2307/2347593](https://doi.org/10.2307/2347593)
//! * R. M. Assunção & E. A. Reis (1999) A new proposal to adjust Moran's I for population density. Statistics in
//!   Medicine 18:2147–2162: the standardised rate

use super::weights::Weights;

/// Why rates could not be smoothed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum RateError {
    /// Events and bases are not of the same units.
    #[error("there are {events} numbers of events but {bases} bases")]
    LengthMismatch {
        /// The numbers of events.
        events: usize,
        /// The bases.
        bases: usize,
    },
    /// A number of events or a base that cannot be one.
    #[error("unit {unit} has {events} events on a base of {base}; both must be finite, events at least 0")]
    Unusable {
        /// The unit.
        unit: usize,
        /// Its events.
        events: f64,
        /// Its base.
        base: f64,
    },
    /// Bases and weights are about different numbers of units.
    #[error("there are {bases} bases but weights for {units} units")]
    WeightsMismatch {
        /// The bases.
        bases: usize,
        /// The units of the weights.
        units: usize,
    },
}

/// The rate of a unit before and after smoothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SmoothedRate {
    /// Events by base.
    pub raw: f64,
    /// How much of the unit's own rate is kept, 0..=1.
    pub kept: f64,
    /// `kept·raw + (1 − kept)·mean`.
    pub smoothed: f64,
}

/// What the units share before their own events are seen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// The overall rate.
    pub mean: f64,
    /// The variance between units that chance does not explain, floored at 0.
    pub variance: f64,
}

impl Prior {
    /// `mean = Σe/Σb`; `variance = max(0, Σb(r − mean)²/Σb − mean/(Σb/n))`.
    fn of(pairs: impl Iterator<Item = (f64, f64)> + Clone) -> Option<Self> {
        moments(pairs).map(|(mean, variance)| Self { mean, variance: variance.max(0.0) })
    }

    fn smooth(self, event: f64, base: f64) -> Option<SmoothedRate> {
        if base <= 0.0 {
            return None;
        }
        let raw = event / base;
        let chance = self.mean / base;
        // Without events anywhere both variances are 0, and the unit's rate is everyone's.
        let kept = if self.variance > 0.0 { self.variance / (self.variance + chance) } else { 0.0 };
        Some(SmoothedRate { raw, kept, smoothed: kept * raw + (1.0 - kept) * self.mean })
    }
}

/// The overall rate of pairs of events and bases, and the variance between them that chance does not explain, which may
/// come out negative. `None` without any base.
fn moments(pairs: impl Iterator<Item = (f64, f64)> + Clone) -> Option<(f64, f64)> {
    let (mut events, mut bases, mut units) = (0.0, 0.0, 0.0);
    for (event, base) in pairs.clone() {
        events += event;
        bases += base;
        units += 1.0;
    }
    if bases <= 0.0 {
        return None;
    }
    let mean = events / bases;
    let spread: f64 =
        pairs.filter(|(_, base)| *base > 0.0).map(|(event, base)| base * (event / base - mean).powi(2)).sum();
    Some((mean, spread / bases - mean / (bases / units)))
}

/// Marshall's global empirical Bayes estimator.
///
/// # Parameters
///
/// * `events`: at least 0 in each unit.
/// * `bases`: the population at risk of each unit, in any unit; a unit without one gets no rate.
///
/// # Returns
///
/// The prior (`None` where no unit has a base) and one rate per unit.
///
/// # Errors
///
/// [`RateError`] for different lengths and unusable numbers.
pub fn empirical_bayes(
    events: &[f64],
    bases: &[f64],
) -> Result<(Option<Prior>, Vec<Option<SmoothedRate>>), RateError> {
    check(events, bases)?;
    let prior = Prior::of(events.iter().copied().zip(bases.iter().copied()));
    let rates = events.iter().zip(bases).map(|(&event, &base)| prior?.smooth(event, base)).collect();
    Ok((prior, rates))
}

/// Marshall's local estimator: each unit is drawn towards the rate of itself and its neighbours.
///
/// # Errors
///
/// [`RateError`] for different lengths and unusable numbers.
pub fn spatial_empirical_bayes(
    events: &[f64],
    bases: &[f64],
    weights: &Weights,
) -> Result<Vec<Option<SmoothedRate>>, RateError> {
    check(events, bases)?;
    if weights.len() != bases.len() {
        return Err(RateError::WeightsMismatch { bases: bases.len(), units: weights.len() });
    }
    Ok((0..events.len())
        .map(|unit| {
            let around = std::iter::once(unit)
                .chain(weights.neighbours(unit).map(|(other, _)| other))
                .collect::<Vec<_>>();
            let prior = Prior::of(around.iter().map(|&other| (events[other], bases[other])))?;
            prior.smooth(events[unit], bases[unit])
        })
        .collect())
}

/// Rates standardised for the size of their bases, by Assunção and Reis (1999): what Moran's I and Gi* of rates should be
/// computed from, so that small bases do not make hot spots.
///
/// # Returns
///
/// One per unit, `(r − mean)/√v` with `v = a + mean/base` and `a` the variance between units before it is floored at 0;
/// where `v` would be negative, `v = mean/base`. `None` for a unit without a base, and where nothing happened at all.
///
/// # Errors
///
/// [`RateError`] for different lengths and unusable numbers.
pub fn standardised_rates(events: &[f64], bases: &[f64]) -> Result<Vec<Option<f64>>, RateError> {
    check(events, bases)?;
    let Some((mean, between)) = moments(events.iter().copied().zip(bases.iter().copied())) else {
        return Ok(vec![None; events.len()]);
    };
    let one = |(&event, &base): (&f64, &f64)| {
        let chance = mean / base;
        let variance = if between + chance < 0.0 { chance } else { between + chance };
        let z = (event / base - mean) / variance.sqrt();
        (base > 0.0).then_some(z).filter(|z| z.is_finite())
    };
    Ok(events.iter().zip(bases).map(one).collect())
}

fn check(events: &[f64], bases: &[f64]) -> Result<(), RateError> {
    if events.len() != bases.len() {
        return Err(RateError::LengthMismatch { events: events.len(), bases: bases.len() });
    }
    let usable = |number: f64| number.is_finite() && number >= 0.0;
    match events.iter().zip(bases).enumerate().find(|(_, (e, b))| !usable(**e) || !usable(**b)) {
        Some((unit, (&events, &base))) => Err(RateError::Unusable { unit, events, base }),
        None => Ok(()),
    }
}
