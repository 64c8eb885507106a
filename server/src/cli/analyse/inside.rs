//! `--inside`: what is studied, as polygons.

use std::path::Path;

use engine::stats::kde::Mass;
use geo::orient::Direction;
use geo::{Geometry, Intersects, MultiPolygon, Orient, Point, Validation, unary_union};

use super::AnalyseArgs;
use super::units::Units;
use crate::cli::{CliError, Context};
use crate::import::geojson::{Coordinates, features_in};

/// All polygons of a file as one area, in the plane of the units. Those that overlap count once.
pub(super) fn study_area(file: &Path, args: &AnalyseArgs, units: &Units) -> Result<MultiPolygon, CliError> {
    let name = file.display();
    let text = std::fs::read(file).context(format!("reading {name}"))?;
    let system = if args.planar { Coordinates::Plane } else { Coordinates::Wgs84 };
    let features = features_in(&text, system).map_err(|why| CliError::new(format!("{name}: {why}")))?;
    let mut parts = Vec::new();
    for (index, feature) in features.into_iter().enumerate() {
        let wrong = |why: String| CliError::new(format!("{name}: features[{index}] {why}"));
        let polygons = match feature.geometry {
            Some(Geometry::Polygon(polygon)) => MultiPolygon::new(vec![polygon]),
            Some(Geometry::MultiPolygon(polygons)) => polygons,
            _ => return Err(wrong("is no polygon; --inside takes polygons alone".to_owned())),
        };
        polygons.check_validation().map_err(|why| wrong(format!("is no valid polygon: {why}")))?;
        // Holes of whatever direction are holes.
        parts.push(units.flat(&polygons).orient(Direction::Default));
    }
    let area = unary_union(&parts);
    if area.0.is_empty() {
        return Err(CliError::new(format!("{name} has no polygon; --inside needs one")));
    }
    Ok(area)
}

/// Keeps the points inside or on the edge, and says how many were left out.
pub(super) fn keep(points: &mut Vec<Mass>, area: &MultiPolygon) -> Result<Option<String>, CliError> {
    let all = points.len();
    points.retain(|point| area.intersects(&Point::new(point.x, point.y)));
    if points.is_empty() {
        return Err(CliError::new(format!("none of the {all} points lies inside the area of --inside")));
    }
    let outside = all - points.len();
    let note = || {
        format!(
            "{outside} of {all} points lie outside of the study area and are left out; its edge is inside"
        )
    };
    Ok((outside > 0).then(note))
}
