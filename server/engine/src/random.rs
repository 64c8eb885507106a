//! A small seedable generator for made-up data and for the permutations of tests. **Never for privacy
//! noise**, identifiers of real records or secrets: it is predictable by design, and those come from the
//! operating system.

use uuid::Uuid;

/// xoshiro256** (Blackman and Vigna 2021, doi:10.1145/3460772), seeded by `SplitMix64` as its authors advise.
///
/// The same seed gives the same numbers on every machine and in every version of Stead.
#[derive(Debug, Clone)]
pub struct Random {
    state: [u64; 4],
}

impl Random {
    /// A generator for a seed.
    pub fn new(seed: u64) -> Self {
        let mut x = seed;
        Self { state: std::array::from_fn(|_| split_mix(&mut x)) }
    }

    /// An independent generator for the `index`-th thing of a kind, so that one participant's numbers do not
    /// depend on how many others there are.
    pub fn stream(seed: u64, kind: u64, index: u64) -> Self {
        let mut x = seed;
        let a = split_mix(&mut x) ^ kind.rotate_left(32);
        let mut y = a.wrapping_add(index.wrapping_mul(0xD134_2543_DE82_EF95));
        Self::new(split_mix(&mut y))
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        let s = &mut self.state;
        let result = s[1].wrapping_mul(5).rotate_left(7).wrapping_mul(9);
        let t = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= t;
        s[3] = s[3].rotate_left(45);
        result
    }

    /// Uniform in 0..1, in steps of 2⁻³².
    pub fn unit(&mut self) -> f64 {
        let high = u32::try_from(self.bits() >> 32).expect("32 bits remain");
        f64::from(high) / 4_294_967_296.0
    }

    /// Uniform in `low..high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Uniform in `0..n`; 0 for an `n` of 0. The bias, below n / 2⁶⁴, does not matter for made-up data.
    pub fn below(&mut self, n: usize) -> usize {
        let wide = u128::from(self.bits()) * n as u128;
        usize::try_from(wide >> 64).expect("below n")
    }

    /// True with a probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of some values, which must not be empty.
    pub fn pick<'a, T>(&mut self, values: &'a [T]) -> &'a T {
        &values[self.below(values.len())]
    }

    /// The index of a weight, with a probability in proportion to it.
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut rest = self.unit() * weights.iter().sum::<f64>();
        for (i, weight) in weights.iter().enumerate() {
            if rest < *weight {
                return i;
            }
            rest -= weight;
        }
        weights.len().saturating_sub(1)
    }

    /// A standard normal number (Box and Muller 1958).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }

    /// An identifier shaped like a random UUID (version 4).
    pub fn uuid(&mut self) -> Uuid {
        let bits = (u128::from(self.bits()) << 64) | u128::from(self.bits());
        uuid::Builder::from_random_bytes(bits.to_be_bytes()).into_uuid()
    }

    /// An identifier shaped like the server's (version 7) of an instant in milliseconds.
    pub fn uuid_at(&mut self, millisecond: u64) -> Uuid {
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&self.bits().to_be_bytes());
        bytes[8..].copy_from_slice(&self.bits().to_be_bytes()[..2]);
        uuid::Builder::from_unix_timestamp_millis(millisecond, &bytes).into_uuid()
    }
}

/// One step of `SplitMix64` (Steele, Lea and Flood 2014, doi:10.1145/2660193.2660195).
fn split_mix(x: &mut u64) -> u64 {
    *x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *x;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seeding_gives_the_published_numbers_of_split_mix() {
        // The first outputs for the seed 1234567 that Rosetta Code lists (Pseudo-random numbers/Splitmix64).
        let mut x = 1_234_567;
        let first: Vec<u64> = (0..3).map(|_| split_mix(&mut x)).collect();
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn numbers_have_the_mean_and_spread_they_claim() {
        let mut random = Random::new(1);
        let n = 20_000;
        let uniform: f64 = (0..n).map(|_| random.unit()).sum::<f64>() / f64::from(n);
        assert!((uniform - 0.5).abs() < 0.01);
        let normal: Vec<f64> = (0..n).map(|_| random.normal()).collect();
        let variance = normal.iter().map(|x| x * x).sum::<f64>() / f64::from(n);
        assert!((variance - 1.0).abs() < 0.05);
        let ones = (0..n).filter(|_| random.weighted(&[1.0, 3.0]) == 1).count();
        assert!((14_500..15_500).contains(&ones), "{ones}");
    }
}
