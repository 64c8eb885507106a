//! Stead: a community's map of places of being and doing.
//!
//! One direction: `http → actions → { store, live } → engine`.

pub mod actions;
pub mod ambient;
pub mod app_config;
pub mod demo;
pub mod live;
pub mod store;
pub mod texts;
