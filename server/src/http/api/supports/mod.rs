//! The public directory of supports: for anyone.

pub mod feature;
pub mod list;
pub mod query;
pub mod search;
