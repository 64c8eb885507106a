//! The public directory of supports: for anyone.

pub mod area;
mod facets;
pub mod feature;
pub mod list;
pub mod moment;
pub mod query;
pub mod rhythm;
pub mod rhythm_file;
pub mod schema;
pub mod search;
pub mod show;
pub mod steward;
