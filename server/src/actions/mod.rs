//! What people do.

pub mod release;
