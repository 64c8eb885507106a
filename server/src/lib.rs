//! Stead: a community's map of places of being and doing.
//!
//! One direction: `http → actions → { store, live } → engine`.

pub mod ambient;
pub mod store;

pub mod actions;
