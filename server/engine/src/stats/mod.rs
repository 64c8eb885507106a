//! Spatial statistics: weights, local hot spots and what may be concluded from them.
//!
//! | module | what |
//! |---|---|
//! | [`weights`] | who is whose neighbour: a sparse, validated weights matrix |
//! | [`contiguity`] | weights between polygons that touch |
//! | [`default_band`] | how far a distance band reaches when nobody says |
//! | [`cautions`] | what to be careful about with the next two |
//! | [`getis_ord`] | the local statistics Gi and Gi*, analytic |
//! | [`moran`] | Moran's I, local with its conditional moments, and global |
//! | [`conditional`] | the exact moments of a lag under conditional permutation |
//! | [`permutation`] | permutation probabilities, all units against shared draws |
//! | [`exact`] | the exact probabilities for whole numbers |
//! | [`bayes`] | rates on small bases, smoothed |
//! | [`fay_herriot`] | unit means of different precision, shrunk |
//! | [`diversity`] | Shannon's diversity, rarefied |
//! | [`kde`] | kernel density on a grid |
//! | [`study_area`] | what its bumps lose at the edge |
//! | [`bandwidth`] | how wide they are |
//! | [`normal`] | tail areas of the normal distribution, to the far tails |
//! | [`significance`] | Benjamini-Hochberg, signed bins and the published classes |
//!
//! Everything is a pure function of plain numbers. "Cannot be tested" is always `None`, never NaN.

pub mod bandwidth;
pub mod bayes;
pub mod cautions;
pub mod conditional;
pub mod contiguity;
mod convolution;
mod coverage;
pub mod default_band;
pub mod diversity;
mod each_unit;
pub mod exact;
pub mod fay_herriot;
pub mod getis_ord;
mod kd_tree;
pub mod kde;
pub mod moran;
pub mod normal;
pub mod permutation;
pub mod significance;
pub mod study_area;
pub mod tails;
pub mod weights;

/// A count as a float.
#[expect(clippy::cast_precision_loss, reason = "numbers of units stay below 2^32, far from 2^53")]
pub(crate) const fn float(count: usize) -> f64 {
    count as f64
}
