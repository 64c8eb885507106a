//! One layer of a tile: features with attributes from deduplicated dictionaries.

use geo::{LineString, MultiPolygon};

use super::dictionary::Dictionary;
use super::protobuf::{double, message, number, varint, zigzag};
use super::{clip, in_tile};
use crate::LonLat;
use crate::mercator::{EXTENT, TileId};

/// The value of an attribute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// A text.
    Text(&'a str),
    /// A text that hardly any other feature of the layer has, such as an identifier: written without looking whether
    /// it was written before, which is faster and never wrong.
    Unique(&'a str),
    /// A whole number.
    Int(i64),
    /// A number.
    Number(f64),
    /// True or false.
    Bool(bool),
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Value<'_> {
    fn from(n: i64) -> Self {
        Self::Int(n)
    }
}

impl From<f64> for Value<'_> {
    fn from(n: f64) -> Self {
        Self::Number(n)
    }
}

impl From<bool> for Value<'_> {
    fn from(b: bool) -> Self {
        Self::Bool(b)
    }
}

/// An attribute of a feature. One without a value is left out by the caller: the format has no null.
pub type Attribute<'a> = (&'a str, Value<'a>);

/// A layer being written. Features outside of the tile and its buffer are left out.
#[derive(Debug)]
pub struct Layer {
    name: String,
    features: Vec<u8>,
    keys: Dictionary,
    values: Dictionary,
    scratch: Scratch,
}

#[derive(Debug, Default)]
struct Scratch {
    tags: Vec<u8>,
    value: Vec<u8>,
    geometry: Vec<u8>,
    feature: Vec<u8>,
}

#[derive(Clone, Copy)]
enum Kind {
    Points = 1,
    Lines = 2,
    Polygons = 3,
}

impl Layer {
    /// A layer of a name that is unique in its tile.
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            features: Vec::new(),
            keys: Dictionary::default(),
            values: Dictionary::default(),
            scratch: Scratch::default(),
        }
    }

    /// Whether no feature was in the tile so far.
    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// Adds a point.
    pub fn point(&mut self, tile: TileId, at: LonLat, attributes: &[Attribute<'_>]) {
        if let Some(at) = in_tile(tile.project(at)) {
            self.point_at(at, attributes.iter().copied());
        }
    }

    /// Adds a line, cut to the tile and its buffer.
    pub fn line(&mut self, tile: TileId, line: &LineString, attributes: &[Attribute<'_>]) {
        let parts = clip::line(line.coords().map(|c| tile.project_degrees(c.x, c.y)));
        if parts.is_empty() {
            return;
        }
        let mut path = Path::over(&mut self.scratch.geometry);
        for part in &parts {
            path.run(part, false);
        }
        self.feature(Kind::Lines, attributes.iter().copied());
    }

    /// Adds polygons as one feature, cut to the tile and its buffer; rings that collapse are left out.
    pub fn polygons(&mut self, tile: TileId, polygons: &MultiPolygon, attributes: &[Attribute<'_>]) {
        let project =
            |ring: &LineString| ring.coords().map(|c| tile.project_degrees(c.x, c.y)).collect::<Vec<_>>();
        let mut path = Path::over(&mut self.scratch.geometry);
        for polygon in polygons {
            let Some(exterior) = clip::ring(&project(polygon.exterior()), true) else { continue };
            path.run(&exterior, true);
            for hole in polygon.interiors() {
                if let Some(hole) = clip::ring(&project(hole), false) {
                    path.run(&hole, true);
                }
            }
        }
        if !self.scratch.geometry.is_empty() {
            self.feature(Kind::Polygons, attributes.iter().copied());
        }
    }

    /// Adds a point in whole tile units.
    pub(super) fn point_at<'a>(&mut self, at: [i32; 2], attributes: impl IntoIterator<Item = Attribute<'a>>) {
        Path::over(&mut self.scratch.geometry).run(&[at], false);
        self.feature(Kind::Points, attributes);
    }

    /// Writes the feature whose geometry is in the scratch space.
    fn feature<'a>(&mut self, kind: Kind, attributes: impl IntoIterator<Item = Attribute<'a>>) {
        let Scratch { tags, value, geometry, feature } = &mut self.scratch;
        tags.clear();
        for (i, (key, v)) in attributes.into_iter().enumerate() {
            value.clear();
            match v {
                Value::Text(text) | Value::Unique(text) => message(value, 1, text.as_bytes()),
                Value::Number(n) => double(value, 3, n),
                Value::Int(n) => match u64::try_from(n) {
                    Ok(n) => number(value, 5, n),
                    Err(_) => number(value, 6, zigzag(n)),
                },
                Value::Bool(b) => number(value, 7, u64::from(b)),
            }
            let number = match v {
                Value::Unique(_) => self.values.append(value, 4),
                _ => self.values.number(value, 4),
            };
            varint(tags, u64::from(self.keys.number_near(key.as_bytes(), 3, i)));
            varint(tags, u64::from(number));
        }
        feature.clear();
        message(feature, 2, tags);
        number(feature, 3, kind as u64);
        message(feature, 4, geometry);
        message(&mut self.features, 2, feature);
    }

    /// The layer's message.
    pub(super) fn finish(self) -> Vec<u8> {
        let size = self.features.len() + self.keys.encoded().len() + self.values.encoded().len();
        let mut out = Vec::with_capacity(size + self.name.len() + 16);
        number(&mut out, 15, 2);
        message(&mut out, 1, self.name.as_bytes());
        out.extend_from_slice(&self.features);
        out.extend_from_slice(self.keys.encoded());
        out.extend_from_slice(self.values.encoded());
        number(&mut out, 5, u64::from(EXTENT));
        out
    }
}

/// The commands of a geometry, each relative to where the last one ended.
struct Path<'a> {
    out: &'a mut Vec<u8>,
    at: [i32; 2],
}

impl<'a> Path<'a> {
    const MOVE_TO: u64 = 1;
    const LINE_TO: u64 = 2;
    /// Command 7, once.
    const CLOSE: u64 = 7 | (1 << 3);

    fn over(out: &'a mut Vec<u8>) -> Self {
        out.clear();
        Self { out, at: [0, 0] }
    }

    /// Moves to the first position and draws to the others; a closed run does not repeat the first.
    fn run(&mut self, positions: &[[i32; 2]], closed: bool) {
        let Some((first, rest)) = positions.split_first() else { return };
        varint(self.out, Self::MOVE_TO | (1 << 3));
        self.step(*first);
        if !rest.is_empty() {
            varint(self.out, Self::LINE_TO | ((rest.len() as u64) << 3));
            for p in rest {
                self.step(*p);
            }
        }
        if closed {
            varint(self.out, Self::CLOSE);
        }
    }

    fn step(&mut self, to: [i32; 2]) {
        for (at, to) in self.at.iter_mut().zip(to) {
            varint(self.out, zigzag(i64::from(to) - i64::from(*at)));
            *at = to;
        }
    }
}
