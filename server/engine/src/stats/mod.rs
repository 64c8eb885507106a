//! Spatial statistics: weights, local hot spots and what may be concluded from them.
//!
//! | module | what |
//! |---|---|
//! | [`weights`] | who is whose neighbour: a sparse, validated weights matrix |
//! | [`getis_ord`] | the local statistics Gi and Gi*, analytic |
//! | [`normal`] | tail areas of the normal distribution, to the far tails |
//! | [`significance`] | Benjamini-Hochberg, signed bins and the published classes |
//!
//! Everything is a pure function of plain numbers. "Cannot be tested" is always `None`, never NaN.

pub mod getis_ord;
pub mod normal;
pub mod significance;
pub mod weights;

/// A count as a float.
#[expect(clippy::cast_precision_loss, reason = "numbers of units stay below 2^32, far from 2^53")]
pub(crate) const fn float(count: usize) -> f64 {
    count as f64
}
