//! What a filter is evaluated on: records, their values, and the properties that a collection has.

use std::collections::BTreeMap;

use geo::{Geometry, MultiPolygon, Point, Polygon};
use jiff::Timestamp;
use jiff::civil::Date;

/// The type of a property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// A text.
    String,
    /// A number.
    Number,
    /// A whole number.
    Integer,
    /// True or false.
    Boolean,
    /// A day.
    Date,
    /// An instant.
    Timestamp,
    /// A geometry in degrees.
    Geometry,
    /// A list of texts.
    Strings,
}

/// The properties that a collection can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Queryables(BTreeMap<String, Type>);

impl Queryables {
    /// From names and types.
    pub fn new<N: Into<String>>(properties: impl IntoIterator<Item = (N, Type)>) -> Self {
        Self(properties.into_iter().map(|(name, kind)| (name.into(), kind)).collect())
    }

    /// The type of a property.
    pub fn get(&self, name: &str) -> Option<Type> {
        self.0.get(name).copied()
    }

    /// All of them by name.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, Type)> {
        self.0.iter().map(|(name, kind)| (name.as_str(), *kind))
    }
}

/// A geometry that a record has.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape<'a> {
    /// A position.
    Point(Point),
    /// A polygon.
    Polygon(&'a Polygon),
    /// Polygons.
    MultiPolygon(&'a MultiPolygon),
    /// Any geometry.
    Any(&'a Geometry),
}

/// A value of a record. One of another type than the property is declared with counts as NULL.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Not known.
    Null,
    /// For [`Type::Boolean`].
    Bool(bool),
    /// For [`Type::Number`] and [`Type::Integer`].
    Number(f64),
    /// For [`Type::String`].
    Text(&'a str),
    /// For [`Type::Date`].
    Date(Date),
    /// For [`Type::Timestamp`].
    Timestamp(Timestamp),
    /// For [`Type::Strings`].
    Texts(Vec<&'a str>),
    /// For [`Type::Geometry`].
    Geometry(Shape<'a>),
}

impl<'a, T: Into<Value<'a>>> From<Option<T>> for Value<'a> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<f64> for Value<'_> {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(value: &'a str) -> Self {
        Self::Text(value)
    }
}

impl From<Date> for Value<'_> {
    fn from(value: Date) -> Self {
        Self::Date(value)
    }
}

impl From<Timestamp> for Value<'_> {
    fn from(value: Timestamp) -> Self {
        Self::Timestamp(value)
    }
}

/// Something with properties.
pub trait Record {
    /// The value of a property that is among the [`Queryables`].
    fn value(&self, property: &str) -> Value<'_>;
}
