//! When a support is open: opening hours in the OpenStreetMap syntax, and schedules that repeat by a rule.
//!
//! Times here are civil: the clocks of the community. A caller brings an instant into them by the community's
//! time zone and back, so that summer time is the zone's business alone. Only [`osm`](self) names the crate
//! `opening-hours`, which knows the syntax and the public holidays.

mod osm;
mod repair;
mod rule;
mod timetable;

pub use osm::Hours;
pub use timetable::{HOURS_A_WEEK, Span, Timetable};

/// Whether it is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It is closed.
    Closed,
    /// Nobody knows: no hours are written down, or only in words.
    Unknown,
    /// It is open.
    Open,
}

impl State {
    /// `true`, `false`, or nothing where nobody knows.
    pub fn known(self) -> Option<bool> {
        match self {
            Self::Open => Some(true),
            Self::Closed => Some(false),
            Self::Unknown => None,
        }
    }
}
