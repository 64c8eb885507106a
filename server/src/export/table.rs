//! A table on its way out: what it holds, what that means, and where it comes from.

use engine::CommunityId;
use engine::question::Questions;
use geo::Geometry;
use jiff::Timestamp;
use serde_json::Value;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// Several words; in flat formats one text with `;` between.
    List,
    /// Something with parts; in flat formats its JSON.
    Json,
    /// Whole numbers.
    Whole,
    /// Numbers.
    Real,
    /// Yes or no.
    Flag,
    /// An instant, RFC 3339 in UTC.
    Instant,
    /// A day, `YYYY-MM-DD`.
    Day,
}

impl Kind {
    /// Its name in a codebook.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::List => "list",
            Self::Json => "json",
            Self::Whole => "integer",
            Self::Real => "number",
            Self::Flag => "boolean",
            Self::Instant => "date-time",
            Self::Day => "date",
        }
    }
}

/// A column.
#[derive(Debug, Clone, Copy)]
pub struct Column {
    /// Its name: lower-case letters and `_`, ours and never a stranger's.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
    /// The unit of its numbers.
    pub unit: Option<&'static str>,
    /// What it means.
    pub text: &'static str,
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nobody said.
    Nothing,
    /// Words, an instant or a day.
    Text(String),
    /// Several words.
    List(Vec<String>),
    /// Something with parts.
    Json(Value),
    /// A whole number.
    Whole(i64),
    /// A number.
    Real(f64),
    /// Yes or no.
    Flag(bool),
}

impl Cell {
    /// Words, or nothing.
    pub fn text(words: Option<impl ToString>) -> Self {
        words.map_or(Self::Nothing, |words| Self::Text(words.to_string()))
    }

    /// Several words; nothing when there are none.
    pub fn list(words: impl IntoIterator<Item = impl ToString>) -> Self {
        let words: Vec<_> = words.into_iter().map(|word| word.to_string()).collect();
        if words.is_empty() { Self::Nothing } else { Self::List(words) }
    }

    /// Yes, no, or nothing.
    pub fn flag(flag: Option<bool>) -> Self {
        flag.map_or(Self::Nothing, Self::Flag)
    }

    /// A number, or nothing.
    pub fn real(number: Option<f64>) -> Self {
        number.filter(|n| n.is_finite()).map_or(Self::Nothing, Self::Real)
    }

    /// The value as one text; `None` for nothing.
    pub fn flat(&self) -> Option<String> {
        Some(match self {
            Self::Nothing => return None,
            Self::Text(text) => text.clone(),
            Self::List(words) => words.join(";"),
            Self::Json(value) => value.to_string(),
            Self::Whole(n) => n.to_string(),
            Self::Real(n) => n.to_string(),
            Self::Flag(yes) => yes.to_string(),
        })
    }
}

/// A row: a value for each column, and where it is.
#[derive(Debug, Clone)]
pub struct Row {
    /// A point, line, polygon or multipolygon in degrees (longitude, latitude); nothing for what is nowhere.
    pub geometry: Option<Geometry>,
    /// A value for each column, in order.
    pub cells: Vec<Cell>,
}

/// What shapes the rows have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shapes {
    /// Points.
    Points,
    /// Multipolygons.
    Areas,
    /// Points, lines and polygons.
    Mixed,
}

/// A column with the way to its value: columns and values are written down once, side by side.
pub struct Field<T: 'static> {
    /// The column.
    pub column: Column,
    /// The value of an item.
    pub value: fn(&T) -> Cell,
}

impl<T> Field<T> {
    /// A column without a unit.
    pub const fn new(name: &'static str, kind: Kind, text: &'static str, value: fn(&T) -> Cell) -> Self {
        Self { column: Column { name, kind, unit: None, text }, value }
    }

    /// The same with a unit.
    #[must_use]
    pub const fn in_unit(mut self, unit: &'static str) -> Self {
        self.column.unit = Some(unit);
        self
    }
}

/// What a release promises to the people whose places are in it.
#[derive(Debug, Clone, PartialEq)]
pub struct Promise {
    /// The release.
    pub release: String,
    /// Its policy.
    pub policy: String,
    /// When it was made.
    pub released_at: Timestamp,
    /// What it promises, in a sentence.
    pub guarantee: String,
}

/// Where a table comes from.
#[derive(Debug, Clone)]
pub struct About {
    /// What it is, as a heading.
    pub title: String,
    /// Whose.
    pub community: CommunityId,
    /// What was asked for; nothing: all there is.
    pub query: Option<String>,
    /// What the people in it agreed to; nothing: there are no people in it.
    pub consent_scope: Option<String>,
    /// What the community asked besides, for tables with answers: what it asks now, then what it asked before.
    pub questions: Vec<Questions>,
    /// What readers must know before they use it, a sentence each.
    pub notes: Vec<String>,
    /// For numbers of a release.
    pub promise: Option<Promise>,
    /// Under which licence, and whom to credit.
    pub licence: Option<String>,
    /// When it was made.
    pub made_at: Timestamp,
}

impl About {
    /// How to cite it, on a line.
    pub fn citation(&self) -> String {
        let day = self.made_at.strftime("%Y-%m-%d");
        let year = self.made_at.strftime("%Y");
        let mut line = format!("{} ({year}). {}. Exported from Stead on {day}", self.community, self.title);
        if let Some(promise) = &self.promise {
            line.push_str(", release ");
            line.push_str(&promise.release);
        }
        line.push('.');
        if let Some(licence) = &self.licence {
            line.extend([" ", licence, "."]);
        }
        line
    }
}

/// A table.
pub struct Table {
    /// Its name: lower-case letters, ours.
    pub name: &'static str,
    /// Where it comes from.
    pub about: About,
    /// Its columns.
    pub columns: Vec<Column>,
    /// What shapes its rows have.
    pub shapes: Shapes,
    /// How many rows there are.
    pub count: usize,
    /// The rows, made one by one.
    pub rows: Box<dyn Iterator<Item = Row> + Send + Sync>,
}

impl Table {
    /// A table of items that are all there already: one moment's, whatever is imported meanwhile.
    pub fn new<T: Send + Sync + 'static>(
        name: &'static str,
        about: About,
        shapes: Shapes,
        fields: &'static [Field<T>],
        items: Vec<T>,
        place: fn(&T) -> Option<Geometry>,
    ) -> Self {
        let row = move |item: T| Row {
            geometry: place(&item),
            cells: fields.iter().map(|field| (field.value)(&item)).collect(),
        };
        Self {
            name,
            about,
            columns: fields.iter().map(|field| field.column).collect(),
            shapes,
            count: items.len(),
            rows: Box::new(items.into_iter().map(row)),
        }
    }

    /// The same with further columns that say the same in every row.
    #[must_use]
    pub fn with_constants(mut self, constants: Vec<(Column, Cell)>) -> Self {
        let (columns, cells): (Vec<_>, Vec<_>) = constants.into_iter().unzip();
        self.columns.extend(columns);
        let row = move |mut row: Row| {
            row.cells.extend(cells.iter().cloned());
            row
        };
        Self { rows: Box::new(self.rows.map(row)), ..self }
    }

    /// The same, telling of every row that is taken.
    #[must_use]
    pub fn watched(self, mut seen: impl FnMut() + Send + Sync + 'static) -> Self {
        Self { rows: Box::new(self.rows.inspect(move |_| seen())), ..self }
    }
}
