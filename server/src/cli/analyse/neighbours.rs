//! `--weights`: who is whose neighbour.

use std::cmp::Ordering;
use std::collections::HashMap;
use std::path::Path;

use engine::stats::contiguity::{Contiguity, contiguity};
use engine::stats::default_band::default_band;
use engine::stats::weights::Weights;
use geo::{Geometry, MultiPolygon};
use h3o::CellIndex;

use super::AnalyseArgs;
use super::units::Units;
use crate::cli::{CliError, Context};

const FORMS: &str = "queen, rook, knn:K, band, band:METRES, h3:RINGS or file:W.csv";

/// Who is whose neighbour.
pub(super) struct Neighbours {
    pub(super) weights: Weights,
    /// What was chosen for the user, who should know it.
    pub(super) note: Option<String>,
}

/// The weights that the option asks for.
pub(super) fn weights(args: &AnalyseArgs, units: &Units) -> Result<Neighbours, CliError> {
    let asked = args.needed(args.weights.as_deref(), "--weights")?;
    let (form, rest) = asked.split_once(':').map_or((asked, None), |(form, rest)| (form, Some(rest)));
    let mut note = None;
    let weights = match (form, rest) {
        ("queen", None) => contiguity(&polygons(units)?, Contiguity::Queen, args.snap)?,
        ("rook", None) => contiguity(&polygons(units)?, Contiguity::Rook, args.snap)?,
        ("knn", Some(k)) => nearest(units, number(asked, k)?)?,
        ("band", Some(metres)) => Weights::distance_band(&units.centroids()?, number(asked, metres)?)?,
        ("band", None) => {
            let centroids = units.centroids()?;
            let metres = default_band(&centroids)?;
            note = Some(format!(
                "neighbours are up to {metres} m apart, the largest distance from a unit to its nearest; \
                 --weights band:METRES sets another"
            ));
            Weights::distance_band(&centroids, metres)?
        }
        ("h3", Some(rings)) => Weights::h3_rings(&cells(units)?, number(asked, rings)?)?,
        ("file", Some(file)) => from_file(Path::new(file), units)?,
        _ => return Err(CliError::new(format!("--weights {asked}: not understood; use {FORMS}"))),
    };
    Ok(Neighbours { weights, note })
}

/// The `k` nearest, ties by id: the same whatever the order of the file.
fn nearest(units: &Units, k: usize) -> Result<Weights, CliError> {
    let centroids = units.centroids()?;
    let mut order: Vec<usize> = (0..centroids.len()).collect();
    order.sort_by(|a, b| by_id(&units.units[*a].id, &units.units[*b].id));
    let points: Vec<_> = order.iter().map(|unit| centroids[*unit]).collect();
    let sorted = Weights::k_nearest(&points, k)?;
    if order.is_sorted() {
        return Ok(sorted);
    }
    let links = order.iter().enumerate().flat_map(|(place, unit)| {
        sorted.neighbours(place).map(|(other, weight)| (*unit, order[other], weight))
    });
    Ok(Weights::from_links(centroids.len(), links.collect::<Vec<_>>())?)
}

/// Whole numbers by size and before everything else, the rest letter by letter.
fn by_id(a: &str, b: &str) -> Ordering {
    match (a.parse::<i64>(), b.parse::<i64>()) {
        (Ok(m), Ok(n)) => m.cmp(&n).then_with(|| a.cmp(b)),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => a.cmp(b),
    }
}

fn number<T: std::str::FromStr>(asked: &str, text: &str) -> Result<T, CliError> {
    text.parse()
        .map_err(|_| CliError::new(format!("--weights {asked}: {text:?} is not such a number; use {FORMS}")))
}

fn polygons(units: &Units) -> Result<Vec<MultiPolygon>, CliError> {
    let polygon = |unit: &super::units::Unit| match &unit.geometry {
        Geometry::Polygon(polygon) => Ok(MultiPolygon::new(vec![polygon.clone()])),
        Geometry::MultiPolygon(polygons) => Ok(polygons.clone()),
        _ => Err(CliError::new(format!(
            "the feature {} is no polygon; queen and rook need polygons, knn and band take anything",
            unit.id
        ))),
    };
    units.units.iter().map(polygon).collect()
}

fn cells(units: &Units) -> Result<Vec<CellIndex>, CliError> {
    let cell = |unit: &super::units::Unit| {
        unit.id.parse().map_err(|_| {
            CliError::new(format!(
                "the id {:?} is no H3 index; --weights h3 needs the index as id, or name its property with --id-field",
                unit.id
            ))
        })
    };
    units.units.iter().map(cell).collect()
}

/// Columns `i`, `j` and, if there is one, `w`; `i` and `j` are ids of features.
fn from_file(file: &Path, units: &Units) -> Result<Weights, CliError> {
    let name = file.display();
    let text = std::fs::read_to_string(file).context(format!("reading {name}"))?;
    let index: HashMap<&str, usize> =
        units.units.iter().enumerate().map(|(index, unit)| (unit.id.as_str(), index)).collect();
    let mut rows = text.trim_start_matches('\u{feff}').lines().enumerate();
    let header: Vec<&str> = rows.next().map_or("", |(_, line)| line).split(',').map(str::trim).collect();
    let column = |wanted: &str| header.iter().position(|name| *name == wanted);
    let (Some(from), Some(to)) = (column("i"), column("j")) else {
        return Err(CliError::new(format!("{name}: the first line must name the columns i, j and w")));
    };
    let weight = column("w");
    let mut links = Vec::new();
    for (number, line) in rows.filter(|(_, line)| !line.trim().is_empty()) {
        let wrong = |why: String| CliError::new(format!("{name}, line {}: {why}", number + 1));
        let fields: Vec<&str> = line.split(',').map(|field| field.trim().trim_matches('"')).collect();
        let unit = |column: usize| {
            let id = fields.get(column).copied().unwrap_or_default();
            index.get(id).copied().ok_or_else(|| wrong(format!("there is no feature with the id {id:?}")))
        };
        let weight = match weight {
            None => 1.0,
            Some(column) => {
                let text = fields.get(column).copied().unwrap_or_default();
                text.parse().map_err(|_| wrong(format!("the weight {text:?} is not a number")))?
            }
        };
        links.push((unit(from)?, unit(to)?, weight));
    }
    Ok(Weights::from_links(units.units.len(), links)?)
}
