//! What is wrong with a filter, and where.

use super::limits;

/// Why a filter is refused. The words are for the person who wrote it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Cql2Error {
    /// The text does not follow the grammar.
    #[error("at character {position}: expected {expected}")]
    Syntax {
        /// Character counted from 1.
        position: usize,
        /// What would have been right there.
        expected: String,
    },
    /// The JSON is not JSON, or not CQL2.
    #[error("{}{problem}", At(.path))]
    Json {
        /// Path from the root, such as `args[0].args[1]`; empty for the root.
        path: String,
        /// What is wrong and what would be right.
        problem: String,
    },
    /// It is longer than [`limits::LENGTH`].
    #[error("the filter is longer than {} bytes", limits::LENGTH)]
    TooLong,
    /// It is nested deeper than [`limits::DEPTH`].
    #[error("the filter is nested more than {} levels deep", limits::DEPTH)]
    TooDeep,
    /// It has more parts than [`limits::NODES`].
    #[error("the filter has more than {} operators, properties and values", limits::NODES)]
    TooManyNodes,
    /// Its geometries have more vertices than [`limits::VERTICES`].
    #[error("the geometries of the filter have more than {} vertices", limits::VERTICES)]
    TooManyVertices,
    /// A literal geometry is not a valid one.
    #[error("geometry: {0}")]
    Geometry(String),
    /// The collection has no such property.
    #[error("there is no property \"{0}\" to filter by")]
    UnknownProperty(String),
    /// An operand has a type that its operator cannot use.
    #[error("{0}")]
    Type(String),
}

struct At<'a>(&'a str);

impl std::fmt::Display for At<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.0.is_empty() { Ok(()) } else { write!(f, "at {}: ", self.0) }
    }
}

impl Cql2Error {
    /// Geometry errors from any words.
    pub(super) fn geometry(problem: impl Into<String>) -> Self {
        Self::Geometry(problem.into())
    }
}
