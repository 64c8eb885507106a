//! How wide the bumps of a kernel density are: rules from the spread of the points, and bumps that are wider where points
//! are few.
//!
//! * D. W. Scott (1992) Multivariate Density Estimation. Wiley, page 152.
//! * B. W. Silverman (1986) Density Estimation for Statistics and Data Analysis. Chapman & Hall, sections 3.4.2 and 5.3.
//! * I. S. Abramson (1982) On bandwidth variation in kernel estimates: a square root law. Annals of Statistics
//!   10:1217–1223, [doi:10.1214/aos/1176345986](https://doi.org/10.1214/aos/1176345986).
//!
//! The rules are right for one hump; of a city with several they make a surface that is too smooth. Rules that minimise an
//! error estimated from the points themselves (Sheather and Jones, cross-validation) are left out on purpose: where
//! coordinates repeat, as addresses and snapped places do, they end at next to nothing.

use super::float;
use super::kde::{KdeError, Kernel, Mass, Raster, check, density};

/// A rule for the bandwidth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Scott's, equal to Silverman's in two dimensions: `σ·n^(−1/6)` of the axis that spreads less.
    Scott,
    /// The same with the smaller of `σ` and the interquartile range by 1.349: a few points far off do not widen it.
    Robust,
    /// `0.9·min(SD, D·√(1/ln 2))·n^(−1/5)`, with `SD` the standard distance of the points and `D` the median of their distances
    /// from their mean centre: the default search radius of `ArcGIS`.
    StandardDistance,
}

impl Rule {
    /// All rules with the names used on the command line.
    pub const ALL: [(&'static str, Self); 3] =
        [("scott", Self::Scott), ("robust", Self::Robust), ("standard-distance", Self::StandardDistance)];

    /// The rule of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == name).map(|(_, rule)| rule)
    }

    /// The bandwidth for points, in metres, whatever their weights; `None` without spread.
    pub fn bandwidth(self, points: &[Mass]) -> Option<f64> {
        if points.len() < 2 {
            return None;
        }
        let n = float(points.len());
        let axes = [|point: &Mass| point.x, |point: &Mass| point.y]
            .map(|pick| points.iter().map(pick).collect::<Vec<_>>());
        let found = match self {
            Self::StandardDistance => {
                let [x, y] = axes.each_ref().map(|axis| mean(axis));
                let mut from_centre: Vec<f64> = points.iter().map(|p| (p.x - x).hypot(p.y - y)).collect();
                let standard = (from_centre.iter().map(|d| d * d).sum::<f64>() / n).sqrt();
                from_centre.sort_unstable_by(f64::total_cmp);
                let median = quantile(&from_centre, 0.5) * (1.0 / std::f64::consts::LN_2).sqrt();
                0.9 * (if median > 0.0 { standard.min(median) } else { standard }) * n.powf(-0.2)
            }
            Self::Scott | Self::Robust => {
                let spread = |axis: &Vec<f64>| Some(self.spread(axis)).filter(|spread| *spread > 0.0);
                axes.iter().filter_map(spread).reduce(f64::min)? * n.powf(-1.0 / 6.0)
            }
        };
        (found > 0.0 && found.is_finite()).then_some(found)
    }

    /// σ of an axis as the rule means it.
    fn spread(self, axis: &[f64]) -> f64 {
        let mean = mean(axis);
        let deviation =
            (axis.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (float(axis.len()) - 1.0)).sqrt();
        let mut sorted = axis.to_vec();
        sorted.sort_unstable_by(f64::total_cmp);
        let range = (quantile(&sorted, 0.75) - quantile(&sorted, 0.25)) / 1.349;
        if self == Self::Robust && range > 0.0 { deviation.min(range) } else { deviation }
    }
}

/// How many widths an adaptive density uses: an odd number, so that the bandwidth itself is one of them.
const LEVELS: usize = 17;
/// The most cells along a side of the grid of the first, fixed density.
const PILOT_SIDE: f64 = 1_024.0;

/// Density per square metre at every cell centre, with bumps that are wider where points are few: each point's bandwidth is
/// `h·(f/g)^(−1/2)`, where `f` is a first density at the point with the bandwidth `h` and `g` the geometric mean of `f` over the
/// points, held within `h/2` and `2h` (Abramson 1982) and rounded to one of 17 widths between them.
///
/// # Returns
///
/// As [`super::kde::density`].
///
/// # Errors
///
/// [`KdeError`] for an unusable bandwidth, grid or point.
pub fn adaptive(
    points: &[Mass],
    raster: Raster,
    kernel: Kernel,
    bandwidth: f64,
) -> Result<Vec<f64>, KdeError> {
    check(points, raster, bandwidth)?;
    let mut all = vec![0.0; raster.columns * raster.rows];
    let level = levels(points, kernel, bandwidth)?;
    for step in 0..LEVELS {
        let of = points.iter().zip(&level).filter(|(_, level)| **level == step).map(|(point, _)| *point);
        let of: Vec<Mass> = of.collect();
        if of.is_empty() {
            continue;
        }
        let own = density(&of, raster, kernel, bandwidth * width(step))?;
        all.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
    }
    Ok(all)
}

/// The width of a level in bandwidths: from 1/2 to 2, each as many times the one before.
fn width(level: usize) -> f64 {
    2.0_f64.powf(2.0 * float(level) / float(LEVELS - 1) - 1.0)
}

/// The level of each point.
fn levels(points: &[Mass], kernel: Kernel, bandwidth: f64) -> Result<Vec<usize>, KdeError> {
    let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
    for point in points {
        low = [low[0].min(point.x), low[1].min(point.y)];
        high = [high[0].max(point.x), high[1].max(point.y)];
    }
    let side = (high[0] - low[0]).max(high[1] - low[1]);
    let cell = (bandwidth / 8.0).max(side / PILOT_SIDE);
    // Two more cells on each side, so that every point has four centres around it.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "at most 1,024, and 5")]
    let cells = |axis: usize| ((high[axis] - low[axis]) / cell).ceil() as usize + 5;
    let pilot = Raster {
        west: low[0] - 2.0 * cell,
        south: low[1] - 2.0 * cell,
        cell,
        columns: cells(0),
        rows: cells(1),
    };
    let each = density(points, pilot, kernel, bandwidth)?;
    let at: Vec<f64> = points.iter().map(|point| between(&each, pilot, point)).collect();
    // Where noisy counts are below 0 there is no density to go by: such a point has the widest bump.
    let known: Vec<f64> = at.iter().copied().filter(|density| *density > 0.0).map(f64::ln).collect();
    let middle = mean(&known);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to the levels")]
    let level = |density: f64| {
        let doublings =
            if density > 0.0 { (middle - density.ln()) / (2.0 * std::f64::consts::LN_2) } else { 1.0 };
        (f64::midpoint(doublings.clamp(-1.0, 1.0), 1.0) * float(LEVELS - 1)).round() as usize
    };
    Ok(at.into_iter().map(level).collect())
}

/// The density at a point, linear between the four centres around it.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the grid reaches beyond every point"
)]
fn between(density: &[f64], raster: Raster, point: &Mass) -> f64 {
    let x = (point.x - raster.west) / raster.cell - 0.5;
    let y = (point.y - raster.south) / raster.cell - 0.5;
    let at = y.floor() as usize * raster.columns + x.floor() as usize;
    let row = |from: usize| density[from] + (density[from + 1] - density[from]) * x.fract();
    row(at) + (row(at + raster.columns) - row(at)) * y.fract()
}

fn mean(numbers: &[f64]) -> f64 {
    numbers.iter().sum::<f64>() / float(numbers.len())
}

/// The quantile of sorted numbers, linear between neighbours.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a position within the slice")]
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let position = share * float(sorted.len() - 1);
    let low = position.floor() as usize;
    let high = (low + 1).min(sorted.len() - 1);
    sorted[low] + (sorted[high] - sorted[low]) * position.fract()
}
