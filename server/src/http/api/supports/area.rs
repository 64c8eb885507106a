//! The area of a search: polygons that a person drew or pasted.

use engine::place::MAX_VERTICES;
use engine::{Invalid, LonLat};
use geo::{Area as _, LineString, MultiPolygon, Polygon, Validation};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::http::api::schema;

/// The smallest area that is one, square degrees: less than a square metre anywhere people live.
const SMALLEST: f64 = 1e-12;

type Rings = Vec<Vec<[f64; 2]>>;

/// A GeoJSON polygon or multipolygon.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AreaBody {
    #[schema(value_type = schema::AreaType)]
    r#type: String,
    #[schema(value_type = Vec<Value>)]
    coordinates: Value,
}

impl AreaBody {
    /// The area.
    ///
    /// # Errors
    /// Field `within.type` or `within.coordinates`.
    pub fn parse(self) -> Result<MultiPolygon, Invalid> {
        let shape = "must be rings of positions, each longitude and latitude";
        let wrong = |_| Invalid::new("within.coordinates", shape);
        let polygons: Vec<Rings> = match self.r#type.as_str() {
            "Polygon" => vec![serde_json::from_value(self.coordinates).map_err(wrong)?],
            "MultiPolygon" => serde_json::from_value(self.coordinates).map_err(wrong)?,
            _ => return Err(Invalid::new("within.type", "must be Polygon or MultiPolygon")),
        };
        area(&polygons)
    }
}

fn area(polygons: &[Rings]) -> Result<MultiPolygon, Invalid> {
    let wrong = |problem: &str| Invalid::new("within.coordinates", problem);
    if polygons.iter().flatten().map(Vec::len).sum::<usize>() > MAX_VERTICES {
        return Err(wrong("has too many vertices; at most 2000"));
    }
    if polygons.is_empty() {
        return Err(wrong("needs a polygon"));
    }
    let area = MultiPolygon(polygons.iter().map(|rings| polygon(rings)).collect::<Result<_, _>>()?);
    if area.is_valid() && area.0.iter().all(|part| part.unsigned_area() > SMALLEST) {
        Ok(area)
    } else {
        Err(wrong("the outline crosses itself, has no area, or two parts overlap"))
    }
}

fn polygon(rings: &[Vec<[f64; 2]>]) -> Result<Polygon, Invalid> {
    let wrong = |problem: &str| Invalid::new("within.coordinates", problem);
    let mut lines = Vec::with_capacity(rings.len());
    for ring in rings {
        if ring.len() < 4 || ring.first() != ring.last() {
            return Err(wrong("every ring needs four positions and ends where it starts"));
        }
        for [lon, lat] in ring {
            LonLat::new(*lon, *lat).map_err(|e| wrong(&e.problem))?;
        }
        lines.push(ring.iter().map(|[lon, lat]| (*lon, *lat)).collect::<LineString>());
    }
    let mut lines = lines.into_iter();
    let exterior = lines.next().ok_or_else(|| wrong("needs a ring"))?;
    Ok(Polygon::new(exterior, lines.collect()))
}
