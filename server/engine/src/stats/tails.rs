//! Tail probabilities of a statistic under a reference distribution.

/// How often the reference distribution is at least, and at most, what was observed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tails {
    /// Probability of a value at least as large.
    pub upper: f64,
    /// Probability of a value at most as large.
    pub lower: f64,
}

impl Tails {
    /// Twice the smaller tail, at most 1. One tail alone, half as large, is never a two-sided probability.
    pub fn two_sided(self) -> f64 {
        (2.0 * self.upper.min(self.lower)).min(1.0)
    }
}
