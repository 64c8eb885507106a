//! How large a filter may be. Beyond any of these it is refused with words.

/// Bytes of a filter in either encoding: a polygon of [`VERTICES`] written with 17 digits fits in.
pub const LENGTH: usize = 131_072;

/// Levels of nesting. JSON needs two of its own for each, and its reader stops at 128; people need five.
pub const DEPTH: usize = 50;

/// Operators, functions, properties and literals: a thousand listed identifiers fit in.
pub const NODES: usize = 2_000;

/// Vertices of all literal geometries together, as for a place.
pub const VERTICES: usize = 2_000;

/// Characters of a pattern of LIKE: comparing costs at most this times the length of the text.
pub const PATTERN: usize = 250;
