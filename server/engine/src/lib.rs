//! The pure heart of Stead.
