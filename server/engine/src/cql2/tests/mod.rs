//! Tests of CQL2, as sentences.

mod bad_input;
mod evaluation;
