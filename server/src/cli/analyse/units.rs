//! The features of a file as units in a plane of metres.

use std::collections::HashSet;

use geo::{Bearing, BoundingRect, Centroid, Coord, Distance, Geodesic, Geometry, MapCoords, Point};
use serde_json::Value;

use super::AnalyseArgs;
use crate::cli::{CliError, Context};
use crate::import::geojson::{Coordinates, Feature, features_in};

/// A unit: what it is called, and where.
pub(super) struct Unit {
    pub(super) id: String,
    /// In metres of a plane.
    pub(super) geometry: Geometry,
    pub(super) feature: Feature,
}

/// All units, with the plane that they lie in.
pub(super) struct Units {
    pub(super) units: Vec<Unit>,
    /// The point around which degrees were laid flat; `None` for a file in a plane.
    pub(super) centre: Option<Point>,
}

impl Units {
    /// Reads the file.
    pub(super) fn read(args: &AnalyseArgs) -> Result<Self, CliError> {
        let name = args.file.display();
        let text = std::fs::read(&args.file).context(format!("reading {name}"))?;
        let system = if args.planar { Coordinates::Plane } else { Coordinates::Wgs84 };
        let features = features_in(&text, system).map_err(|why| CliError::new(format!("{name}: {why}")))?;
        let mut seen = HashSet::new();
        let mut units = Vec::with_capacity(features.len());
        for (index, feature) in features.into_iter().enumerate() {
            let id = identifier(&feature, index, args.id_field.as_deref())
                .map_err(|why| CliError::new(format!("{name}: features[{index}]: {why}")))?;
            if !seen.insert(id.clone()) {
                return Err(CliError::new(format!("{name}: the id {id:?} is used more than once")));
            }
            let geometry = feature.geometry.clone().ok_or_else(|| {
                CliError::new(format!("{name}: features[{index}] has no geometry; leave it out"))
            })?;
            units.push(Unit { id, geometry, feature });
        }
        if units.is_empty() {
            return Err(CliError::new(format!("{name} has no features")));
        }
        let mut units = Self { units, centre: None };
        if !args.planar {
            units.flatten();
        }
        Ok(units)
    }

    /// Lays degrees flat: azimuthal equidistant around the middle, by WGS84 geodesics. Within a city distances
    /// are right to better than one in ten thousand.
    fn flatten(&mut self) {
        let corners = self.units.iter().filter_map(|unit| unit.geometry.bounding_rect());
        let Some(bounds) = corners.reduce(|a, b| {
            geo::Rect::new(
                Coord { x: a.min().x.min(b.min().x), y: a.min().y.min(b.min().y) },
                Coord { x: a.max().x.max(b.max().x), y: a.max().y.max(b.max().y) },
            )
        }) else {
            return;
        };
        let centre = Some(Point::from(bounds.center()));
        for unit in &mut self.units {
            unit.geometry = flat(&unit.geometry, centre);
        }
        self.centre = centre;
    }

    /// Another geometry in the plane of the units.
    pub(super) fn flat<G: MapCoords<f64, f64, Output = G> + Clone>(&self, geometry: &G) -> G {
        flat(geometry, self.centre)
    }

    /// The numbers of a property, one a unit.
    pub(super) fn numbers(&self, field: &str) -> Result<Vec<f64>, CliError> {
        let number = |unit: &Unit| match unit.feature.properties.get(field) {
            Some(Value::Number(number)) => {
                number.as_f64().filter(|number| number.is_finite()).ok_or("is not a finite number")
            }
            None => Err("is missing"),
            Some(Value::Null) => Err("is null; leave features without a value out"),
            Some(_) => Err("is not a number"),
        };
        self.units
            .iter()
            .enumerate()
            .map(|(index, unit)| {
                number(unit).map_err(|why| {
                    CliError::new(format!("features[{index}] ({}): the property {field:?} {why}", unit.id))
                })
            })
            .collect()
    }

    /// The centroids, which distances are measured between.
    pub(super) fn centroids(&self) -> Result<Vec<(f64, f64)>, CliError> {
        let point = |unit: &Unit| {
            let centroid = unit.geometry.centroid();
            centroid.map(|point| (point.x(), point.y())).ok_or_else(|| {
                CliError::new(format!("the feature {} has an empty geometry; leave it out", unit.id))
            })
        };
        self.units.iter().map(point).collect()
    }
}

/// Degrees laid flat around a centre; what is in a plane already stays as it is.
fn flat<G: MapCoords<f64, f64, Output = G> + Clone>(geometry: &G, centre: Option<Point>) -> G {
    let Some(centre) = centre else { return geometry.clone() };
    geometry.map_coords(|at| {
        let point = Point::from(at);
        let distance = Geodesic.distance(centre, point);
        let bearing = Geodesic.bearing(centre, point).to_radians();
        if distance == 0.0 {
            return Coord { x: 0.0, y: 0.0 };
        }
        Coord { x: distance * bearing.sin(), y: distance * bearing.cos() }
    })
}

fn identifier(feature: &Feature, index: usize, field: Option<&str>) -> Result<String, String> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    if let Some(field) = field {
        let value = feature.properties.get(field).ok_or(format!("has no property {field:?}"))?;
        return text(value).ok_or(format!("the property {field:?} is neither a text nor a number"));
    }
    let own = feature.id.clone().or_else(|| feature.properties.get("id").and_then(text));
    Ok(own.unwrap_or_else(|| index.to_string()))
}
