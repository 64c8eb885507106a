//! Access to supports: public data alone, so anybody may ask as often as they like.

mod compared;
pub mod file;
mod plan;
pub mod show;
mod table;
pub mod what_if;
pub mod what_if_file;
