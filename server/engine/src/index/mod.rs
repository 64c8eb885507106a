//! Spatial indexes in memory: points by key ([`PointIndex`]), the support directory ([`SupportIndex`]) and
//! participants' places ([`PlaceIndex`]).

mod place;
mod point;
mod support;

pub use place::{Keyset, PlaceIndex, PlaceRecord, PlaceSummary};
pub use point::PointIndex;
pub use support::SupportIndex;
