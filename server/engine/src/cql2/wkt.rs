//! Literal geometries in the text encoding: well-known text, and BBOX.

use geo::{
    Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point,
    Polygon,
};

use super::Cql2Error;
use super::geometry::{Literal, line, ring};
use super::lexer::Token;
use super::text::Parser;

const KINDS: [&str; 7] =
    ["POINT", "LINESTRING", "POLYGON", "MULTIPOINT", "MULTILINESTRING", "MULTIPOLYGON", "GEOMETRYCOLLECTION"];

impl Parser<'_> {
    /// Whether a geometry comes, after its kind has been taken: a property may be called `point`.
    pub(super) fn is_geometry(&self, kind: &str) -> bool {
        let more = ["Z", "M", "ZM", "EMPTY"].iter().any(|word| self.is_word(word));
        (KINDS.contains(&kind) && (self.is_sign("(") || more)) || (kind == "BBOX" && self.is_sign("("))
    }

    /// The rest of a geometry of this kind.
    pub(super) fn geometry(&mut self, kind: &str) -> Result<Literal, Cql2Error> {
        if kind == "BBOX" {
            self.sign("(")?;
            let mut numbers = vec![self.number()?];
            while self.skip(",")? {
                numbers.push(self.number()?);
                if numbers.len() > 6 {
                    break;
                }
            }
            self.sign(")")?;
            return Literal::bbox(&numbers);
        }
        self.shape(kind).map(Literal::Shape)
    }

    fn shape(&mut self, kind: &str) -> Result<Geometry, Cql2Error> {
        let measured = self.is_word("M");
        if measured || self.is_word("Z") || self.is_word("ZM") {
            self.take()?;
        }
        if self.is_word("EMPTY") {
            return Err(self.expected("a geometry that is not empty"));
        }
        Ok(match kind {
            "POINT" => {
                self.sign("(")?;
                let point = Point(self.position()?);
                self.sign(")")?;
                point.into()
            }
            "LINESTRING" => self.line_string()?.into(),
            "POLYGON" => self.polygon()?.into(),
            "MULTIPOINT" => MultiPoint(self.each(|p| {
                let brackets = p.skip("(")?;
                let point = Point(p.position()?);
                if brackets {
                    p.sign(")")?;
                }
                Ok(point)
            })?)
            .into(),
            "MULTILINESTRING" => MultiLineString(self.each(Self::line_string)?).into(),
            "MULTIPOLYGON" => MultiPolygon(self.each(Self::polygon)?).into(),
            _ => Geometry::GeometryCollection(GeometryCollection(self.each(Self::member)?)),
        })
    }

    /// A geometry in a collection, which is no collection itself.
    fn member(&mut self) -> Result<Geometry, Cql2Error> {
        let expected = "POINT, LINESTRING, POLYGON, MULTIPOINT, MULTILINESTRING or MULTIPOLYGON";
        let Token::Word(word) = &self.next.1 else { return Err(self.expected(expected)) };
        let kind = word.to_ascii_uppercase();
        if !KINDS[..6].contains(&kind.as_str()) {
            return Err(self.expected(expected));
        }
        self.take()?;
        self.shape(&kind)
    }

    /// One or more in brackets, with commas between.
    fn each<T>(
        &mut self,
        mut one: impl FnMut(&mut Self) -> Result<T, Cql2Error>,
    ) -> Result<Vec<T>, Cql2Error> {
        self.sign("(")?;
        let mut all = vec![one(self)?];
        while self.skip(",")? {
            all.push(one(self)?);
        }
        self.sign(")")?;
        Ok(all)
    }

    fn line_string(&mut self) -> Result<LineString, Cql2Error> {
        line(self.each(Self::position)?)
    }

    fn polygon(&mut self) -> Result<Polygon, Cql2Error> {
        let mut rings = self.each(|p| ring(p.each(Self::position)?))?.into_iter();
        let exterior = rings.next().unwrap_or_else(|| LineString(Vec::new()));
        Ok(Polygon::new(exterior, rings.collect()))
    }

    /// Two to four numbers, of which the first two count.
    fn position(&mut self) -> Result<Coord, Cql2Error> {
        self.builder.vertex()?;
        let (x, y) = (self.number()?, self.number()?);
        for _ in 0..2 {
            if matches!(self.next.1, Token::Number(_) | Token::Sign("-" | "+")) {
                self.number()?;
            }
        }
        Ok(Coord { x, y })
    }
}
