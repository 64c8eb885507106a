//! Repeatable bits for tests. Nothing like this may reach a real release.

use engine::privacy::discrete_gaussian::RandomBits;

/// `SplitMix64` (Steele, Lea & Flood 2014, doi:10.1145/2660193.2660195).
pub struct SplitMix(pub u64);

impl RandomBits for SplitMix {
    fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}
