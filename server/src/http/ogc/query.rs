//! What a request for items asks.

use std::cell::OnceCell;

use engine::Invalid;
use engine::cql2::{Cql2Filter, Queryables, Record, Shape, Type, Value, parse_json, parse_text};
use geo::{Geometry, Intersects, Rect};

use super::collection::Collection;
use super::crs::Crs;
use super::datetime::{Interval, span_of};
use crate::export::{Cell, Column, Kind};
use crate::http::extract::Params;

/// Most items on a page; more are not refused but cut to it (Part 1, 7.15.3).
pub const MOST: usize = 10_000;
/// Items on a page unless told.
pub const USUAL: usize = 100;

/// Most characters of a filter: encoded, plain ones still fit into an address of 65,534 bytes.
pub const LONGEST: usize = 60_000;
/// What a cursor looks like.
pub const CURSOR: &str = "^[0-9a-f-]{15,36}$";

/// Parameters that every collection knows.
pub const NAMES: [&str; 11] = [
    "f",
    "limit",
    "cursor",
    "bbox",
    "bbox-crs",
    "crs",
    "datetime",
    "resultType",
    "filter",
    "filter-lang",
    "filter-crs",
];

/// A question.
pub struct Query {
    /// Items on a page.
    pub limit: usize,
    /// Behind this item.
    pub cursor: Option<String>,
    /// How to show coordinates.
    pub crs: Crs,
    /// Only how many there are.
    pub hits: bool,
    /// The conditions.
    pub conditions: Conditions,
    /// What to ask again for the next page: everything but the cursor.
    pub again: Vec<(String, String)>,
}

/// What items must meet.
#[derive(Default)]
pub struct Conditions {
    boxes: Option<Vec<Rect>>,
    time: Option<Interval>,
    /// Column and the value that it has.
    equal: Vec<(usize, String)>,
    /// In CQL2.
    filter: Option<Cql2Filter>,
}

impl Query {
    /// The names that a collection knows.
    pub fn names(collection: &Collection) -> Vec<&'static str> {
        let simple = collection.columns.iter().filter(|c| Collection::is_simple(c)).map(|c| c.name);
        NAMES.into_iter().chain(simple).collect()
    }

    /// Reads a question.
    ///
    /// # Errors
    /// The name of a parameter that is wrong.
    pub fn read(params: &Params, collection: &Collection) -> Result<Self, Invalid> {
        let limit = match params.given("limit") {
            None => USUAL,
            Some(text) => {
                let number: u64 = text.parse().ok().filter(|n| *n >= 1).ok_or_else(|| {
                    Invalid::new(
                        "limit",
                        format!("must be a whole number from 1 on; more than {MOST} means {MOST}"),
                    )
                })?;
                usize::try_from(number).unwrap_or(MOST).min(MOST)
            }
        };
        let crs = params.given("crs").map_or(Ok(Crs::Crs84), |uri| Crs::parse("crs", uri))?;
        let hits = match params.given("resultType") {
            None | Some("results") => false,
            Some("hits") => true,
            Some(_) => return Err(Invalid::new("resultType", "must be results or hits")),
        };
        let mut again = Vec::new();
        for name in Self::names(collection) {
            if let Some(value) = params.given(name).filter(|_| name != "cursor") {
                again.push((name.to_owned(), value.to_owned()));
            }
        }
        let cursor = params.given("cursor").map(str::to_owned);
        if cursor.as_ref().is_some_and(|c| !is_cursor(c)) {
            return Err(Invalid::new("cursor", "is not a cursor of this list; follow the link `next`"));
        }
        Ok(Self { limit, cursor, crs, hits, conditions: Conditions::read(params, collection)?, again })
    }
}

impl Conditions {
    fn read(params: &Params, collection: &Collection) -> Result<Self, Invalid> {
        let bbox_crs = params.given("bbox-crs").map_or(Ok(Crs::Crs84), |uri| Crs::parse("bbox-crs", uri))?;
        let boxes = params.given("bbox").map(|text| boxes(text, bbox_crs)).transpose()?;
        let time = params.given("datetime").map(Interval::parse).transpose()?;
        let simple = collection.columns.iter().enumerate().filter(|(_, c)| Collection::is_simple(c));
        let mut equal = Vec::new();
        for (number, column) in simple {
            if let Some(value) = params.given(column.name) {
                equal.push((number, checked(column, value)?));
            }
        }
        let filter = filter(params, collection)?;
        Ok(Self { boxes, time, equal, filter })
    }

    /// Whether an item meets them. An item that is nowhere meets every box, one without a time every interval
    /// (Part 1, requirements 24 and 26).
    pub fn meets(&self, collection: &Collection, item: usize) -> bool {
        let items = &collection.items;
        let same = |(column, value): &(usize, String)| match items.cell(item, *column) {
            Cell::List(words) => words.iter().any(|word| word == value),
            cell => cell.flat().is_some_and(|text| text == *value),
        };
        self.equal.iter().all(same)
            && self.time.is_none_or(|time| {
                let column = collection.about.time.and_then(|name| collection.column(name));
                let span = column.and_then(|c| items.cell(item, c).flat()).and_then(|text| span_of(&text));
                span.is_none_or(|(first, last)| time.meets(first, last))
            })
            && self.filter.as_ref().is_none_or(|filter| filter.matches(&Item::new(collection, item)))
            && self.boxes.as_ref().is_none_or(|boxes| {
                items.geometry(item).is_none_or(|geometry| boxes.iter().any(|b| touches(b, &geometry)))
            })
    }

    /// The names of what is asked, for the log of readings.
    pub fn names(&self, collection: &Collection) -> Vec<&'static str> {
        let given = [
            ("bbox", self.boxes.is_some()),
            ("datetime", self.time.is_some()),
            ("filter", self.filter.is_some()),
        ];
        let given = given.into_iter().filter_map(|(name, given)| given.then_some(name));
        given.chain(self.equal.iter().map(|(column, _)| collection.columns[*column].name)).collect()
    }
}

/// Whether this may be an item's identifier: a UUID or an H3 index.
fn is_cursor(text: &str) -> bool {
    (15..=36).contains(&text.len()) && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f' | b'-'))
}

/// The filter in CQL2 (Part 3, OGC 19-079r2, 8).
fn filter(params: &Params, collection: &Collection) -> Result<Option<Cql2Filter>, Invalid> {
    let crs = params.given("filter-crs").map_or(Ok(Crs::Crs84), |uri| Crs::parse("filter-crs", uri))?;
    let read = match params.given("filter-lang") {
        // The name that the language had before; GDAL sends it.
        None | Some("cql2-text" | "cql-text") => parse_text,
        Some("cql2-json") => parse_json,
        Some(_) => return Err(Invalid::new("filter-lang", "must be cql2-text or cql2-json")),
    };
    let Some(text) = params.given("filter") else { return Ok(None) };
    if text.chars().count() > LONGEST {
        return Err(Invalid::new("filter", format!("is longer than {LONGEST} characters")));
    }
    let wrong = |e: engine::cql2::Cql2Error| Invalid::new("filter", e.to_string());
    let mut expression = read(text).map_err(wrong)?;
    if crs != Crs::Crs84 {
        expression.reproject(&|[a, b]| crs.lon_lat(a, b).map(|c| [c.x, c.y])).map_err(wrong)?;
    }
    expression.typed(&queryables(collection)).map(Some).map_err(wrong)
}

/// The name of the geometry in filters.
const GEOMETRY: &str = "geometry";

fn queryables(collection: &Collection) -> Queryables {
    let kind = |column: &Column| match column.kind {
        Kind::Text => Some(Type::String),
        Kind::List => Some(Type::Strings),
        Kind::Json => None,
        Kind::Whole => Some(Type::Integer),
        Kind::Real => Some(Type::Number),
        Kind::Flag => Some(Type::Boolean),
        Kind::Instant => Some(Type::Timestamp),
        Kind::Day => Some(Type::Date),
    };
    let columns = collection.columns.iter().filter_map(|column| Some((column.name, kind(column)?)));
    Queryables::new(columns.chain([(GEOMETRY, Type::Geometry)]))
}

/// An item as filters look at it: what they ask for is worked out once.
struct Item<'a> {
    collection: &'a Collection,
    number: usize,
    cells: Vec<OnceCell<Cell>>,
    geometry: OnceCell<Option<Geometry>>,
}

impl<'a> Item<'a> {
    fn new(collection: &'a Collection, item: usize) -> Self {
        let cells = vec![OnceCell::new(); collection.columns.len()];
        Self { collection, number: item, cells, geometry: OnceCell::new() }
    }
}

impl Record for Item<'_> {
    fn value(&self, property: &str) -> Value<'_> {
        if property == GEOMETRY {
            let geometry = self.geometry.get_or_init(|| self.collection.items.geometry(self.number));
            return geometry.as_ref().map_or(Value::Null, |geometry| Value::Geometry(Shape::Any(geometry)));
        }
        let Some(column) = self.collection.column(property) else { return Value::Null };
        let kind = self.collection.columns[column].kind;
        match self.cells[column].get_or_init(|| self.collection.items.cell(self.number, column)) {
            Cell::Nothing | Cell::Json(_) => Value::Null,
            Cell::Text(text) if kind == Kind::Instant => text.parse().map_or(Value::Null, Value::Timestamp),
            Cell::Text(text) if kind == Kind::Day => text.parse().map_or(Value::Null, Value::Date),
            Cell::Text(text) => Value::Text(text),
            Cell::List(words) => Value::Texts(words.iter().map(String::as_str).collect()),
            #[expect(clippy::cast_precision_loss, reason = "counts of people are far below 2^53")]
            Cell::Whole(n) => Value::Number(*n as f64),
            Cell::Real(n) => Value::Number(*n),
            Cell::Flag(yes) => Value::Bool(*yes),
        }
    }
}

fn touches(b: &Rect, geometry: &Geometry) -> bool {
    match geometry {
        Geometry::Point(p) => b.intersects(p),
        Geometry::LineString(l) => b.intersects(l),
        Geometry::Polygon(p) => b.intersects(p),
        Geometry::MultiPolygon(m) => b.intersects(m),
        other => b.intersects(other),
    }
}

/// A value as the cell would be written, if the column can hold it.
fn checked(column: &Column, value: &str) -> Result<String, Invalid> {
    let wrong = |what: &str| Invalid::new(column.name, format!("must be {what}"));
    match column.kind {
        Kind::Whole => value.parse::<i64>().map(|n| n.to_string()).map_err(|_| wrong("a whole number")),
        Kind::Real => {
            let number: f64 = value.parse().map_err(|_| wrong("a number"))?;
            Ok(number.to_string())
        }
        Kind::Flag => value.parse::<bool>().map(|b| b.to_string()).map_err(|_| wrong("true or false")),
        Kind::Day | Kind::Instant => {
            span_of(value).map(|_| value.to_owned()).ok_or_else(|| wrong("a day or a time"))
        }
        Kind::Text | Kind::List | Kind::Json => Ok(value.to_owned()),
    }
}

/// The box that was asked for; two where it crosses the antimeridian, none where it holds nothing, such as one
/// whose north is below its south.
fn boxes(text: &str, crs: Crs) -> Result<Vec<Rect>, Invalid> {
    let wrong = |problem: &str| Invalid::new("bbox", problem);
    let numbers: Result<Vec<f64>, _> = text.split(',').map(|part| part.trim().parse::<f64>()).collect();
    let numbers = numbers.ok().filter(|n| n.iter().all(|n| n.is_finite()));
    // Heights are known of nothing here.
    let ([a, b, c, d], upright) = match numbers.as_deref() {
        Some([a, b, c, d]) => ([*a, *b, *c, *d], true),
        Some([a, b, low, c, d, high]) => ([*a, *b, *c, *d], low <= high),
        _ => return Err(wrong("must be 4 numbers, or 6 with heights, separated by commas")),
    };
    if !upright {
        return Ok(Vec::new());
    }
    if !crs.is_geographic() {
        return Ok(projected([a, b, c, d], crs));
    }
    let [west, south, east, north] = if crs == Crs::Epsg4326 { [b, a, d, c] } else { [a, b, c, d] };
    let (south, north) = (south.max(-90.0), north.min(90.0));
    if south > north {
        return Ok(Vec::new());
    }
    let of = |west: f64, east: f64| {
        let (west, east) = (west.max(-180.0), east.min(180.0));
        (west <= east).then(|| Rect::new((west, south), (east, north)))
    };
    let parts = if west <= east { vec![of(west, east)] } else { vec![of(west, 180.0), of(-180.0, east)] };
    Ok(parts.into_iter().flatten().collect())
}

/// A box of metres: its edges are bent on the globe, so points along them decide. What lies beyond the system
/// holds nothing.
fn projected([left, low, right, high]: [f64; 4], crs: Crs) -> Vec<Rect> {
    const STEPS: u8 = 16;
    let mut found: Option<Rect> = None;
    if left > right || low > high {
        return Vec::new();
    }
    for i in 0..=STEPS {
        for j in 0..=STEPS {
            if i % STEPS != 0 && j % STEPS != 0 {
                continue;
            }
            let along = |from: f64, to: f64, n: u8| from + (to - from) * f64::from(n) / f64::from(STEPS);
            let Some(p) = crs.lon_lat(along(left, right, i), along(low, high, j)) else { return Vec::new() };
            found = Some(found.map_or(Rect::new(p, p), |r| {
                let (min, max) = (r.min(), r.max());
                Rect::new((min.x.min(p.x), min.y.min(p.y)), (max.x.max(p.x), max.y.max(p.y)))
            }));
        }
    }
    found.into_iter().collect()
}
