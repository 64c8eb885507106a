//! Stead server.
