//! A collection at one moment: columns as in the exports, and items in the order of their identifiers.

use engine::Bounds;
use geo::Geometry;

use crate::export::{Cell, Column, Field, Kind, Shapes};

/// What every collection says of itself.
pub struct About {
    /// Its name in addresses.
    pub id: &'static str,
    /// Its name for people.
    pub title: String,
    /// What it holds.
    pub description: String,
    /// What shapes its items have.
    pub shapes: Shapes,
    /// The property by which `datetime` asks.
    pub time: Option<&'static str>,
    /// Whom to credit.
    pub attribution: Option<String>,
    /// Where its items are: the community's box, so that asking tells nothing of the items.
    pub bounds: Option<Bounds>,
    /// The path of its vector tiles, if it has any.
    pub tiles: Option<String>,
}

/// Items that can be looked at one by one.
pub trait Items: Send + Sync {
    /// How many there are.
    fn len(&self) -> usize;
    /// The identifier of one; rising.
    fn id(&self, item: usize) -> String;
    /// Where one is, longitude before latitude.
    fn geometry(&self, item: usize) -> Option<Geometry>;
    /// A value of one.
    fn cell(&self, item: usize, column: usize) -> Cell;
}

/// A collection.
pub struct Collection {
    /// What it is.
    pub about: About,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its items.
    pub items: Box<dyn Items>,
}

/// Items with the fields of an export.
struct Fielded<T: 'static> {
    items: Vec<T>,
    fields: Vec<&'static Field<T>>,
    id: fn(&T) -> String,
    geometry: fn(&T) -> Option<Geometry>,
}

impl<T: Send + Sync> Items for Fielded<T> {
    fn len(&self) -> usize {
        self.items.len()
    }

    fn id(&self, item: usize) -> String {
        (self.id)(&self.items[item])
    }

    fn geometry(&self, item: usize) -> Option<Geometry> {
        (self.geometry)(&self.items[item])
    }

    fn cell(&self, item: usize, column: usize) -> Cell {
        (self.fields[column].value)(&self.items[item])
    }
}

impl Collection {
    /// A collection of items in the order of their identifiers, with the columns of an export but some.
    pub fn new<T: Send + Sync + 'static>(
        about: About,
        fields: &'static [Field<T>],
        without: &[&str],
        items: Vec<T>,
        id: fn(&T) -> String,
        geometry: fn(&T) -> Option<Geometry>,
    ) -> Self {
        let fields: Vec<_> = fields.iter().filter(|field| !without.contains(&field.column.name)).collect();
        let columns = fields.iter().map(|field| field.column).collect();
        Self { about, columns, items: Box::new(Fielded { items, fields, id, geometry }) }
    }

    /// The number of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// Whether a column can be asked for by its name and a value.
    pub fn is_simple(column: &Column) -> bool {
        !matches!(column.kind, Kind::Json)
    }

    /// The item of an identifier.
    pub fn find(&self, id: &str) -> Option<usize> {
        let items = &self.items;
        let (mut low, mut high) = (0, items.len());
        while low < high {
            let middle = low.midpoint(high);
            match items.id(middle).as_str().cmp(id) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }

    /// The first item behind an identifier, whether that is there or not.
    pub fn behind(&self, id: &str) -> usize {
        let (mut low, mut high) = (0, self.items.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.items.id(middle).as_str() <= id { low = middle + 1 } else { high = middle }
        }
        low
    }
}
