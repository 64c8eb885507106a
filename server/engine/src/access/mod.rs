//! How easily residents reach supports: nearest, how many within a walk, and relative access.
//!
//! Supports are public, so nothing here touches personal data. Walking times are straight-line distances times
//! [`DETOUR`] at [`WALKING_SPEED`]; a network would be better, and every answer says which was used.

mod catchment;
mod opportunity;
mod origins;
mod reach;

pub use catchment::{ZONES, two_step_catchment};
pub use opportunity::{DAY_PARTS, Offer, WALKS, day_parts, opportunities};
pub use origins::{Origins, origins};
pub use reach::{Reach, Supply, reach};

/// How much longer people walk than the straight line, a common value for towns.
pub const DETOUR: f64 = 1.3;
/// Metres a minute on foot: 4.8 km/h.
pub const WALKING_SPEED: f64 = 80.0;

/// Minutes on foot for a straight-line distance in metres.
pub fn walking_minutes(metres: f64) -> f64 {
    metres * DETOUR / WALKING_SPEED
}

/// The straight-line metres that are walked in so many minutes.
pub fn metres_in(minutes: f64) -> f64 {
    minutes * WALKING_SPEED / DETOUR
}
