//! What is uncertain about a profile, drawn anew a thousand times.

use super::measures::MeasureTable;
use super::profile::Opportunity;
use super::profile_diversity::Diversity;
use crate::random::Random;

/// How often the composite is drawn.
pub(super) const DRAWS: usize = 1_000;
/// The parameter of the weights' Dirichlet distribution: each about 1/k, give or take a third.
const CONCENTRATION: usize = 8;

/// What is drawn of one neighbourhood; nothing of what is not known.
#[derive(Debug, Clone, Default)]
pub(super) struct Drawn {
    pub(super) index: Vec<f64>,
    pub(super) experience: Vec<f64>,
    pub(super) mix: Vec<f64>,
    pub(super) diversity: Vec<f64>,
}

/// Draws for every neighbourhood; see the algorithm of [`super::profile::profile`].
pub(super) fn draws(
    valence: &MeasureTable,
    kinds: Option<&[MeasureTable]>,
    diversity: Option<&Diversity>,
    opportunity: &[Option<[Opportunity; 3]>],
    seed: u64,
) -> Vec<Drawn> {
    let mut random = Random::new(seed);
    let mut all = vec![Drawn::default(); valence.rows.len()];
    let Some(kinds) = kinds else { return all };
    for _ in 0..DRAWS {
        // Weights, aggregation and walk are one opinion for the whole community.
        let [e1, e2, e3, e4] = match diversity {
            None => {
                let [e1, e2, e3] = weights(&mut random);
                [e1, e2, e3, 0.0]
            }
            Some(_) => weights(&mut random),
        };
        let support: [f64; 6] = weights(&mut random);
        let arithmetic = random.chance(0.5);
        let walk = random.between(0.0, 2.0);
        for (index, drawn) in all.iter_mut().enumerate() {
            let Some(parts) = components(valence, kinds, index, &mut random) else { continue };
            let ([valence, chime, both], mix) = parts;
            let fourth = diversity.map(|diversity| diversity.draw(index, &mut random));
            // A release with diversity compares those that have it.
            let (fourth, of) = match fourth {
                None => (0.0, 3.0),
                Some(Some(found)) => {
                    drawn.diversity.push(found);
                    (found, 4.0)
                }
                Some(None) => continue,
            };
            drawn.experience.push((valence + chime + both + fourth) / of);
            drawn.mix.extend(mix);
            let Some(walks) = opportunity.get(index).copied().flatten() else { continue };
            let e = e1 * valence + e2 * chime + e3 * both + e4 * fourth;
            let s: f64 = support.iter().zip(between(&walks, walk)).map(|(weight, part)| weight * part).sum();
            let index = if arithmetic { f64::midpoint(e, s) } else { (e * s).sqrt() };
            drawn.index.push(100.0 * index);
        }
    }
    all
}

/// A draw of valence, of the mean share of the five of CHIME, and of being and doing together, 0..=1 each; and the
/// share of being among both.
fn components(
    valence: &MeasureTable,
    kinds: &[MeasureTable],
    index: usize,
    random: &mut Random,
) -> Option<([f64; 3], Option<f64>)> {
    let mut draw = |table: &MeasureTable, rescale: bool| {
        let found = table.rows[index].found?;
        let value = found.value + found.error() * random.normal();
        Some(if rescale { f64::midpoint(value, 1.0) } else { value }.clamp(0.0, 1.0))
    };
    let valence = draw(valence, true)?;
    let of: Vec<f64> = kinds.iter().map(|table| draw(table, false)).collect::<Option<_>>()?;
    let (being, doing) = (of[0], of[1]);
    let mix = (being + doing > 0.0).then(|| being / (being + doing));
    Some(([valence, of[2..].iter().sum::<f64>() / 5.0, (being * doing).sqrt()], mix))
}

/// The components at a walk between the three that were worked out: 0 is the shortest, 2 the longest.
fn between(walks: &[Opportunity; 3], walk: f64) -> [f64; 6] {
    let (near, far, share) = if walk < 1.0 { (0, 1, walk) } else { (1, 2, walk - 1.0) };
    let (near, far) = (walks[near].components(), walks[far].components());
    std::array::from_fn(|part| near[part] + share * (far[part] - near[part]))
}

/// Weights from a Dirichlet distribution: gamma variables of a whole shape are sums of exponential ones.
pub(super) fn weights<const N: usize>(random: &mut Random) -> [f64; N] {
    let mut weights = [0.0; N];
    for weight in &mut weights {
        for _ in 0..CONCENTRATION {
            *weight -= (1.0 - random.unit()).max(f64::MIN_POSITIVE).ln();
        }
    }
    let sum: f64 = weights.iter().sum();
    weights.map(|weight| weight / sum)
}
