//! Where walks start: points spread evenly over each neighbourhood.

use h3o::Resolution;

use crate::LonLat;
use crate::grid::{cell_centre, cells_touching};
use crate::neighbourhood::Neighbourhood;

/// More points than this, and the grid is made coarser.
const MOST: usize = 20_000;
/// From about 130 m to about 920 m between points.
const GRIDS: [Resolution; 3] = [Resolution::Ten, Resolution::Nine, Resolution::Eight];

/// The points at which the residents of one neighbourhood are taken to live, each an equal share of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Origins {
    /// At least one.
    pub points: Vec<LonLat>,
    /// Residents at each point; `None` when nobody knows how many there are.
    pub residents_each: Option<f64>,
}

/// The points of each neighbourhood: the centres of the H3 cells inside it, at the finest resolution that
/// keeps all together below 20,000, or a point inside where it holds no centre.
///
/// # Notes
///
/// Residents are spread evenly over the area for want of anything better; parks and lakes get some, too.
pub fn origins<'a>(neighbourhoods: impl IntoIterator<Item = &'a Neighbourhood>) -> Vec<Origins> {
    let neighbourhoods: Vec<_> = neighbourhoods.into_iter().collect();
    let (last, finer) = GRIDS.split_last().expect("there are grids");
    for grid in finer {
        let found = at(&neighbourhoods, *grid);
        if found.iter().map(|origins| origins.points.len()).sum::<usize>() <= MOST {
            return found;
        }
    }
    at(&neighbourhoods, *last)
}

fn at(neighbourhoods: &[&Neighbourhood], grid: Resolution) -> Vec<Origins> {
    neighbourhoods
        .iter()
        .map(|neighbourhood| {
            let mut points: Vec<LonLat> = neighbourhood
                .bounds()
                .map(|bounds| cells_touching(&bounds, grid))
                .unwrap_or_default()
                .into_iter()
                .map(cell_centre)
                .filter(|centre| neighbourhood.contains(*centre))
                .collect();
            if points.is_empty() {
                points.extend(neighbourhood.label_point());
            }
            #[expect(clippy::cast_precision_loss, reason = "thousands of points at most")]
            let share = 1.0 / points.len().max(1) as f64;
            let residents_each = neighbourhood.population.map(|residents| f64::from(residents) * share);
            Origins { points, residents_each }
        })
        .collect()
}
