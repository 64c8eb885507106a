//! The expression that both encodings are read into.

use jiff::Timestamp;
use jiff::civil::Date;

use super::geometry::Literal;

/// Declares operators with their names in JSON; in text they are upper case.
macro_rules! names {
    ($(#[$doc:meta])* $kind:ident { $($(#[$one:meta])* $variant:ident = $name:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $kind { $($(#[$one])* $variant,)* }

        impl $kind {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in the JSON encoding.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The one of this name, in whatever case.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|op| op.name().eq_ignore_ascii_case(name))
            }
        }
    };
}

names! {
    /// Comparison operators.
    Comparison {
        /// Equal.
        Equal = "=",
        /// Not equal.
        NotEqual = "<>",
        /// Less or before.
        Less = "<",
        /// Greater or after.
        Greater = ">",
        /// Less, before or equal.
        AtMost = "<=",
        /// Greater, after or equal.
        AtLeast = ">=",
    }
}

names! {
    /// Arithmetic operators.
    Arithmetic {
        /// Sum.
        Add = "+",
        /// Difference.
        Subtract = "-",
        /// Product.
        Multiply = "*",
        /// Quotient.
        Divide = "/",
        /// Whole part of the quotient, towards zero.
        Whole = "div",
        /// What is left of the whole division, with the sign of the dividend.
        Remainder = "%",
        /// Power.
        Power = "^",
    }
}

names! {
    /// Relations of two geometries.
    SpatialFunction {
        /// The first has all of the second.
        Contains = "s_contains",
        /// They cross.
        Crosses = "s_crosses",
        /// They have nothing in common.
        Disjoint = "s_disjoint",
        /// They are the same set of positions.
        Equals = "s_equals",
        /// They have at least a position in common.
        Intersects = "s_intersects",
        /// They share some, but not all, and are of the same dimension.
        Overlaps = "s_overlaps",
        /// They have only boundaries in common.
        Touches = "s_touches",
        /// The second has all of the first.
        Within = "s_within",
    }
}

names! {
    /// Relations of two instants or intervals. All but the first five are of intervals alone.
    TemporalFunction {
        /// The first is after the second.
        After = "t_after",
        /// The first is before the second.
        Before = "t_before",
        /// One is before the other.
        Disjoint = "t_disjoint",
        /// They start and end together.
        Equals = "t_equals",
        /// They have some time in common.
        Intersects = "t_intersects",
        /// The second lies inside of the first.
        Contains = "t_contains",
        /// The first lies inside of the second.
        During = "t_during",
        /// They end together, and the first began earlier.
        FinishedBy = "t_finishedBy",
        /// They end together, and the first began later.
        Finishes = "t_finishes",
        /// The second begins when the first ends.
        Meets = "t_meets",
        /// The first begins when the second ends.
        MetBy = "t_metBy",
        /// The first begins in the second and ends after it.
        OverlappedBy = "t_overlappedBy",
        /// The second begins in the first and ends after it.
        Overlaps = "t_overlaps",
        /// They begin together, and the first ends later.
        StartedBy = "t_startedBy",
        /// They begin together, and the first ends earlier.
        Starts = "t_starts",
    }
}

names! {
    /// Relations of two lists as sets.
    ArrayFunction {
        /// All of the first are in the second.
        ContainedBy = "a_containedBy",
        /// All of the second are in the first.
        Contains = "a_contains",
        /// They have the same members.
        Equals = "a_equals",
        /// They have a member in common.
        Overlaps = "a_overlaps",
    }
}

/// A CQL2 expression, as it was written: names and types are not checked yet.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// `TRUE` or `FALSE`.
    Bool(bool),
    /// A number.
    Number(f64),
    /// A text.
    Text(String),
    /// `DATE('…')`.
    Date(Date),
    /// `TIMESTAMP('…')`.
    Timestamp(Timestamp),
    /// `INTERVAL(…, …)`; an end is a date, a timestamp, a property or open.
    Interval(Box<[Self; 2]>),
    /// `'..'`: the end of an interval that has none. Only in [`Self::Interval`].
    Open,
    /// A literal geometry.
    Geometry(Literal),
    /// A list.
    Array(Vec<Self>),
    /// A property by its name.
    Property(String),
    /// NOT.
    Not(Box<Self>),
    /// All hold; never directly in another one.
    And(Vec<Self>),
    /// One holds; never directly in another one.
    Or(Vec<Self>),
    /// A comparison.
    Compare(Comparison, Box<[Self; 2]>),
    /// A calculation.
    Calculate(Arithmetic, Box<[Self; 2]>),
    /// Text and pattern: `%` is any text, `_` is one character, `\` takes the next one literally.
    Like(Box<[Self; 2]>),
    /// Value, least and most.
    Between(Box<[Self; 3]>),
    /// Whether the value is one of those listed.
    In(Box<Self>, Vec<Self>),
    /// `IS NULL`.
    IsNull(Box<Self>),
    /// A relation of geometries.
    Spatial(SpatialFunction, Box<[Self; 2]>),
    /// A relation of times.
    Temporal(TemporalFunction, Box<[Self; 2]>),
    /// A relation of lists.
    Arrays(ArrayFunction, Box<[Self; 2]>),
    /// `CASEI(…)`: the text without case.
    Casei(Box<Self>),
    /// `ACCENTI(…)`: the text without accents.
    Accenti(Box<Self>),
}

impl Expr {
    /// The parts that are expressions.
    pub(super) fn children_mut(&mut self) -> Vec<&mut Self> {
        match self {
            Self::Not(x) | Self::IsNull(x) | Self::Casei(x) | Self::Accenti(x) => vec![x],
            Self::And(all) | Self::Or(all) | Self::Array(all) => all.iter_mut().collect(),
            Self::Interval(pair)
            | Self::Compare(_, pair)
            | Self::Calculate(_, pair)
            | Self::Like(pair)
            | Self::Spatial(_, pair)
            | Self::Temporal(_, pair)
            | Self::Arrays(_, pair) => pair.iter_mut().collect(),
            Self::Between(three) => three.iter_mut().collect(),
            Self::In(value, list) => std::iter::once(&mut **value).chain(list).collect(),
            _ => Vec::new(),
        }
    }

    /// Takes the positions of its geometries to WGS84 longitude and latitude, in degrees.
    ///
    /// # Errors
    /// When a position cannot be taken there.
    pub fn reproject(
        &mut self,
        to_degrees: &dyn Fn([f64; 2]) -> Option<[f64; 2]>,
    ) -> Result<(), super::Cql2Error> {
        if let Self::Geometry(literal) = self {
            return literal.reproject(to_degrees);
        }
        self.children_mut().into_iter().try_for_each(|child| child.reproject(to_degrees))
    }
}
