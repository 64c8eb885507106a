//! Kernel density on a grid.

use engine::stats::bandwidth::{Rule, adaptive};
use engine::stats::kde::{Kernel, Mass, Raster, density};
use engine::stats::study_area::{StudyArea, edge_corrected};
use geo::{BoundingRect, Destination, Geodesic, Geometry, MultiPolygon};

use super::AnalyseArgs;
use super::inside;
use super::table::{Field, Table};
use super::units::Units;
use crate::cli::CliError;

/// Square metres in a square kilometre.
const KM2: f64 = 1e6;
/// Where less of the kernel than this lies inside the grid, what is there says too little.
const LEAST_INSIDE: f64 = 0.3;

pub(super) fn table(args: &AnalyseArgs) -> Result<Table, CliError> {
    let kernel = Kernel::parse(&args.kernel).ok_or_else(|| {
        let known: Vec<&str> = Kernel::ALL.iter().map(|(name, _)| *name).collect();
        CliError::new(format!("--kernel {}: not known; use {}", args.kernel, known.join(", ")))
    })?;
    let units = Units::read(args)?;
    let counts = match &args.value {
        Some(field) => units.numbers(field)?,
        None => vec![1.0; units.units.len()],
    };
    if let Some(unit) = units.units.iter().find(|unit| !matches!(unit.geometry, Geometry::Point(_))) {
        return Err(CliError::new(format!("the feature {} is no point; --stat kde needs points", unit.id)));
    }
    let mut points: Vec<Mass> =
        units.centroids()?.into_iter().zip(counts).map(|((x, y), weight)| Mass { x, y, weight }).collect();
    let area = args.inside.as_deref().map(|file| inside::study_area(file, args, &units)).transpose()?;
    let outside = area.as_ref().map(|area| inside::keep(&mut points, area)).transpose()?;
    let bandwidth = bandwidth(&args.bandwidth, &points)?;
    let raster = raster(args, &points, area.as_ref(), bandwidth)?;
    let smooth = if args.adaptive { adaptive } else { density };
    let found = smooth(&points, raster, kernel, bandwidth)?;
    let found: Vec<Option<f64>> = if args.edge_corrected {
        let area = area.as_ref().map_or(StudyArea::Grid, StudyArea::Within);
        edge_corrected(&found, area, raster, kernel, bandwidth, LEAST_INSIDE)?
    } else {
        found.into_iter().map(Some).collect()
    };

    let mut table = Table::new(if units.centre.is_some() {
        &["lon", "lat", "density", "density_per_km2"]
    } else {
        &["x", "y", "density", "density_per_km2"]
    });
    for (row, cells) in found.chunks_exact(raster.columns).enumerate() {
        for (column, density) in cells.iter().enumerate() {
            let (x, y) = raster.centre(column, row);
            let (x, y) = match units.centre {
                Some(centre) => {
                    let point = Geodesic.destination(centre, x.atan2(y).to_degrees(), x.hypot(y));
                    (point.x(), point.y())
                }
                None => (x, y),
            };
            let densities = [*density, density.map(|density| density * KM2)];
            table.push([x, y].map(Field::Number).into_iter().chain(densities.map(Field::Missing)));
        }
    }
    table.notes.push(format!(
        "{} kernel, bandwidth {bandwidth} m, {} × {} cells of {} m from the south-west; density is per square metre",
        args.kernel, raster.columns, raster.rows, raster.cell
    ));
    if args.adaptive {
        table.notes.push(
            "each point's bandwidth is between half and twice that, wider where points are few".to_owned(),
        );
    }
    if args.edge_corrected {
        let (edge, more) = match area {
            Some(_) => ("study area", "the centre lies outside or "),
            None => ("grid", ""),
        };
        table.notes.push(format!(
            "corrected at the edge of the {edge}; empty where {more}less than {LEAST_INSIDE} of the kernel lies inside"
        ));
    }
    table.notes.extend(outside.flatten());
    Ok(table)
}

/// A bandwidth in metres, or the rule for one.
fn bandwidth(asked: &str, points: &[Mass]) -> Result<f64, CliError> {
    if let Some(rule) = Rule::parse(asked) {
        return rule.bandwidth(points).ok_or_else(|| {
            CliError::new(
                "the points do not spread, so there is no rule for a bandwidth: give --bandwidth in metres",
            )
        });
    }
    asked.parse().map_err(|_| {
        let known: Vec<&str> = Rule::ALL.iter().map(|(name, _)| *name).collect();
        CliError::new(format!("--bandwidth {asked}: must be metres, or one of {}", known.join(", ")))
    })
}

/// The grid asked for, or one of the study area, or else one that reaches a bandwidth beyond the outermost points.
fn raster(
    args: &AnalyseArgs,
    points: &[Mass],
    area: Option<&MultiPolygon>,
    bandwidth: f64,
) -> Result<Raster, CliError> {
    let cell = args.cell.unwrap_or(bandwidth / 4.0);
    if let (Some(origin), Some(size)) = (&args.origin, &args.size) {
        let [west, south] = pair::<f64>(origin, ',')
            .ok_or_else(|| CliError::new(format!("--origin {origin}: must be two numbers, X,Y")))?;
        let [columns, rows] = pair::<usize>(size, 'x').ok_or_else(|| {
            CliError::new(format!("--size {size}: must be two whole numbers, COLUMNSxROWS"))
        })?;
        return Ok(Raster { west, south, cell, columns, rows });
    }
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for point in points {
        low = [low[0].min(point.x), low[1].min(point.y)];
        high = [high[0].max(point.x), high[1].max(point.y)];
    }
    for axis in 0..2 {
        low[axis] -= bandwidth;
        high[axis] += bandwidth;
    }
    if let Some(bounds) = area.and_then(MultiPolygon::bounding_rect) {
        (low, high) = (bounds.min().into(), bounds.max().into());
    }
    // Unusable sizes become grids that the engine refuses by name.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "casts saturate")]
    let cells = |axis: usize| ((high[axis] - low[axis]) / cell).ceil() as usize;
    Ok(Raster { west: low[0], south: low[1], cell, columns: cells(0), rows: cells(1) })
}

fn pair<T: std::str::FromStr>(text: &str, between: char) -> Option<[T; 2]> {
    let (a, b) = text.split_once(between)?;
    Some([a.trim().parse().ok()?, b.trim().parse().ok()?])
}
