//! CQL2, the filter language of the OGC (21-065r2): both encodings, read into one expression, checked against the
//! properties of a collection, and evaluated on records without any allocation that a record does not ask for.
//!
//! # Conformance
//! Basic CQL2, advanced comparison operators, case- and accent-insensitive comparison, basic spatial functions with
//! all types of geometries, spatial functions, temporal functions, array functions (lists of text), property-property
//! comparisons and arithmetic. There are no functions of our own.
//!
//! # The life of a filter
//! 1. [`parse_text`] or [`parse_json`] reads it into an [`Expr`]: bounded in length, nesting, nodes and vertices
//!    ([`limits`]).
//! 2. [`Expr::reproject`] takes its positions to WGS84, when they are in another system.
//! 3. [`Expr::typed`] checks names, types and shapes against the [`Queryables`] of a collection.
//! 4. [`Cql2Filter::extent`] says where an index has to look at all.
//! 5. [`Cql2Filter::matches`] decides for each [`Record`]. Unknown (NULL) is not a match, and neither is NOT unknown.
//!
//! # What the standard leaves to us
//! - A date and a timestamp are compared as the day (in UTC) and a point in it: they are equal when the timestamp is
//!   in the day, so `updated <= DATE('2026-01-31')` has all of the last day.
//! - A text compared with a date or timestamp must be one by RFC 3339. There are no other casts.
//! - Texts are compared after composition (NFC), in the order of their code points.
//! - A division by zero and any number that is not finite are NULL.
//! - The sides of a geometry are straight lines between its degrees; a third coordinate is read and not used.

mod arrays;
mod builder;
mod compile;
mod error;
mod evaluate;
mod expr;
mod extent;
mod fold;
mod geojson;
mod geometry;
mod json;
mod lexer;
mod like;
pub mod limits;
mod operand;
mod print;
mod record;
mod spatial;
mod text;
mod time;
mod to_json;
mod typed;
mod wkt;

#[cfg(test)]
mod tests;

pub use error::Cql2Error;
pub use evaluate::Cql2Filter;
pub use expr::{Arithmetic, ArrayFunction, Comparison, Expr, SpatialFunction, TemporalFunction};
pub use extent::Extent;
pub use geometry::Literal;
pub use json::parse_json;
pub use record::{Queryables, Record, Shape, Type, Value};
pub use text::parse_text;
