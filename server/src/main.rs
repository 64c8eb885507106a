//! Stead.
fn main() {}
