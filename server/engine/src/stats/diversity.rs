//! Diversity that can be compared between units of different size: Shannon's, rarefied to a common number.
//!
//! The plug-in entropy is too small by about `(S − 1) / 2n`, so that unrarefied diversity merely measures `n`.
//!
//! * A. Chao et al. (2014) Ecological Monographs 84:45–67, [doi:10.1890/13-0133.1](https://doi.org/10.1890/13-0133.1):
//!   rarefaction of Hill numbers; order 1 is `exp(Shannon)`.
//! * M. Held, P. Wolfe & H. Crowder (1974) Mathematical Programming 6:62–88,
//!   [doi:10.1007/BF01580223](https://doi.org/10.1007/BF01580223): the nearest point with shares that add up to 1.

/// The effective number of categories, `exp(Shannon)`, that a sample of `size` drawn without replacement would
/// show on average.
///
/// # Parameters
///
/// * `counts`: how often each category occurs. Released counts carry noise: round them up to 0 before.
/// * `size`: the common number that all units are rarefied to, at least 1.
///
/// # Returns
///
/// The exponential of the expected entropy, between 1 and the number of categories that occur; `None` when there
/// is less than `size` to draw from, or `size` is 0.
///
/// # Algorithm
///
/// `H = Σₖ −(k/m) ln(k/m) · Σᵢ C(xᵢ, k) C(n − xᵢ, m − k) / C(n, m)`, with binomials as sums of logarithms.
///
/// # Examples
///
/// ```
/// use engine::stats::diversity::rarefied;
/// // Two draws from two pairs are of one kind with probability 1/3: H = 2/3 · ln 2.
/// let found = rarefied(&[2, 2], 2).unwrap();
/// assert!((found - 2.0_f64.powf(2.0 / 3.0)).abs() < 1e-12);
/// ```
pub fn rarefied(counts: &[u32], size: u32) -> Option<f64> {
    let n: u32 = counts.iter().try_fold(0_u32, |sum, count| sum.checked_add(*count))?;
    if size == 0 || n < size {
        return None;
    }
    let logs = log_factorials(n);
    Some(counts.iter().map(|&count| part(&logs, count, n, size)).sum::<f64>().exp())
}

/// Rarefied diversity of many samples of one size, by shares: what is the same for all is worked out once.
#[derive(Debug, Clone)]
pub struct Rarefaction {
    /// What a category of so many of [`PARTS`] adds to the entropy.
    parts: Vec<f64>,
}

/// Shares are read from a table of thousandths, straight between them.
const PARTS: u32 = 1_000;

impl Rarefaction {
    /// Of `size` individuals, at least 1 and at most 1,000.
    pub fn to(size: u32) -> Option<Self> {
        if size == 0 || size > PARTS {
            return None;
        }
        let logs = log_factorials(PARTS);
        Some(Self { parts: (0..=PARTS).map(|count| part(&logs, count, PARTS, size)).collect() })
    }

    /// The effective number of categories in a sample from a thousand individuals in these shares, at least 0 each and
    /// 1 together.
    ///
    /// # Examples
    ///
    /// ```
    /// use engine::stats::diversity::{Rarefaction, rarefied};
    /// let found = Rarefaction::to(100).unwrap().of(&[0.5, 0.3, 0.2]);
    /// assert!((found - rarefied(&[500, 300, 200], 100).unwrap()).abs() < 1e-9);
    /// ```
    pub fn of(&self, shares: &[f64]) -> f64 {
        let entropy = shares.iter().map(|share| {
            let at = share.clamp(0.0, 1.0) * f64::from(PARTS);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 1,000")]
            let below = (at as usize).min(self.parts.len() - 2);
            let (low, high) = (self.parts[below], self.parts[below + 1]);
            low + (high - low) * (at - super::float(below))
        });
        entropy.sum::<f64>().exp()
    }
}

/// The shares nearest to numbers that carry noise: at least 0 each, and 1 together.
///
/// Rounding up to 0 and dividing by the sum would keep all noise that is above zero and none that is below, so that
/// a unit where everybody does one thing would look diverse. This takes the same amount from every number instead.
///
/// # Parameters
///
/// * `noisy`: finite numbers, at least one.
///
/// # Returns
///
/// The point with `Σ x = 1` and `x ≥ 0` of least squared distance.
///
/// # Algorithm
///
/// `max(0, v − τ)`, with `τ` from the longest run of largest numbers that all stay above it.
///
/// # Examples
///
/// ```
/// use engine::stats::diversity::nearest_shares;
/// assert_eq!(nearest_shares([1.25, 0.25, -0.5]), [1.0, 0.0, 0.0]);
/// assert_eq!(nearest_shares([0.5, 0.25, 0.25]), [0.5, 0.25, 0.25]);
/// ```
pub fn nearest_shares<const N: usize>(noisy: [f64; N]) -> [f64; N] {
    let mut sorted = noisy;
    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
    let (mut sum, mut taken) = (0.0, 0.0);
    for (at, value) in sorted.into_iter().enumerate() {
        sum += value;
        let each = (sum - 1.0) / super::float(at + 1);
        if value <= each {
            break;
        }
        taken = each;
    }
    noisy.map(|value| (value - taken).max(0.0))
}

/// What a category of `count` among `n` adds to the mean entropy of `size` drawn.
fn part(logs: &[f64], count: u32, n: u32, size: u32) -> f64 {
    let choose = |n: u32, k: u32| -> Option<f64> {
        (k <= n).then(|| logs[n as usize] - logs[k as usize] - logs[(n - k) as usize])
    };
    let Some(all) = choose(n, size) else { return 0.0 };
    let mut entropy = 0.0;
    for k in 1..=count.min(size) {
        let (Some(of), Some(others)) = (choose(count, k), choose(n - count, size - k)) else { continue };
        let share = f64::from(k) / f64::from(size);
        entropy -= share * share.ln() * (of + others - all).exp();
    }
    entropy
}

/// `ln n!` up to `n`.
fn log_factorials(n: u32) -> Vec<f64> {
    let mut logs = Vec::with_capacity(n as usize + 1);
    logs.push(0.0);
    let mut sum = 0.0;
    for k in 1..=n {
        sum += f64::from(k).ln();
        logs.push(sum);
    }
    logs
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every subset of the individuals, one by one.
    fn by_listing(counts: &[u32], size: u32) -> f64 {
        let kinds: Vec<usize> =
            counts.iter().enumerate().flat_map(|(kind, n)| std::iter::repeat_n(kind, *n as usize)).collect();
        let (mut sum, mut subsets) = (0.0, 0.0);
        for mask in 0_u32..1 << kinds.len() {
            if mask.count_ones() != size {
                continue;
            }
            let mut drawn = vec![0_u32; counts.len()];
            for (place, kind) in kinds.iter().enumerate() {
                drawn[*kind] += mask >> place & 1;
            }
            let shares = drawn.iter().filter(|k| **k > 0).map(|k| f64::from(*k) / f64::from(size));
            sum -= shares.map(|share| share * share.ln()).sum::<f64>();
            subsets += 1.0;
        }
        f64::exp(sum / subsets)
    }

    #[test]
    fn it_is_the_mean_over_every_possible_sample() {
        for counts in [&[5, 3, 1][..], &[1, 1, 1, 1], &[7, 0, 2], &[4, 4, 4], &[12]] {
            for size in 1..=counts.iter().sum() {
                let (found, listed) = (rarefied(counts, size).unwrap(), by_listing(counts, size));
                assert!((found - listed).abs() < 1e-10, "{counts:?} to {size}: {found}, not {listed}");
            }
        }
    }

    #[test]
    fn the_whole_sample_gives_shannons_own_and_one_draw_gives_one() {
        // 10 of 40, 30 of 40: H = 0.25 ln 4 + 0.75 ln(4/3).
        let shannon = f64::exp(0.25 * 4.0_f64.ln() + 0.75 * (4.0_f64 / 3.0).ln());
        assert!((rarefied(&[10, 30], 40).unwrap() - shannon).abs() < 1e-9);
        assert!((rarefied(&[10, 30], 1).unwrap() - 1.0).abs() < 1e-12);
        assert!((rarefied(&[500; 7], 3_500).unwrap() - 7.0).abs() < 1e-6);
    }

    #[test]
    fn more_of_the_same_does_not_look_more_diverse() {
        let (small, large) =
            (rarefied(&[6, 3, 2, 1], 12).unwrap(), rarefied(&[600, 300, 200, 100], 12).unwrap());
        let plain = rarefied(&[600, 300, 200, 100], 1_200).unwrap();
        // Of 1,200, the same shares give 12 draws almost with replacement.
        assert!((small - plain).abs() < 1e-6, "the shares are the same");
        assert!(large < plain, "{large} of twelve draws, {plain} of all");
    }

    #[test]
    fn no_other_shares_are_nearer_than_the_nearest() {
        let distance =
            |a: &[f64; 3], b: &[f64; 3]| a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum::<f64>();
        for noisy in [[0.9, 0.3, -0.2], [-1.0, -2.0, -3.0], [0.2, 0.2, 0.2], [5.0, 4.9, 0.0], [0.7, 0.2, 0.1]]
        {
            let found = nearest_shares(noisy);
            assert!(
                (found.iter().sum::<f64>() - 1.0).abs() < 1e-12 && found.iter().all(|share| *share >= 0.0)
            );
            for first in 0..=100 {
                for second in 0..=100 - first {
                    let other = [first, second, 100 - first - second].map(|part| f64::from(part) / 100.0);
                    assert!(
                        distance(&found, &noisy) <= distance(&other, &noisy) + 1e-12,
                        "{noisy:?}: {found:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn what_is_too_little_to_draw_from_has_none() {
        assert_eq!(rarefied(&[3, 2], 6), None);
        assert_eq!(rarefied(&[3, 2], 0), None);
        assert_eq!(rarefied(&[], 1), None);
        assert_eq!(rarefied(&[u32::MAX, 1], 1), None);
    }
}
