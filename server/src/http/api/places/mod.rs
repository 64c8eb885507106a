//! A participant's own places.

pub mod create;
pub mod feature;
pub mod list;
pub mod preview;
pub mod remove;
pub mod replace;
pub mod seen_as;
pub mod show;
