//! Relations of lists.

use std::borrow::Cow;

use super::ArrayFunction;

impl ArrayFunction {
    /// Whether it holds for two lists as sets.
    pub(super) fn holds(self, a: &[Cow<'_, str>], b: &[Cow<'_, str>]) -> bool {
        let within = |some: &[Cow<'_, str>], all: &[Cow<'_, str>]| some.iter().all(|x| all.contains(x));
        match self {
            Self::ContainedBy => within(a, b),
            Self::Contains => within(b, a),
            Self::Equals => within(a, b) && within(b, a),
            Self::Overlaps => a.iter().any(|x| b.contains(x)),
        }
    }
}
