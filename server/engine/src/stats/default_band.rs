//! The distance of a band when none is given.

use super::kd_tree::KdTree;
#[cfg(doc)]
use super::weights::Weights;
use super::weights::{WeightsError, plane};

/// The largest distance from a point to its nearest neighbour: the shortest band that leaves no point alone.
///
/// # Parameters
///
/// * `points`: `(easting, northing)` in metres of a projected plane, never degrees.
///
/// # Returns
///
/// Metres; 0 where every point shares its position with another. Rounded up where rounding would cut off the very
/// pair that it is the distance of, so that [`Weights::distance_band`], which includes its threshold, links that pair.
///
/// # Errors
///
/// [`WeightsError`] for no points, for coordinates that are not finite, and for a single point, which has no nearest.
///
/// # Notes
///
/// `O(n log n)` with a k-d tree.
///
/// # Examples
///
/// ```
/// use engine::stats::default_band::default_band;
/// use engine::stats::weights::Weights;
/// let points = [(0.0, 0.0), (3.0, 4.0), (3.0, 5.0)];
/// let metres = default_band(&points)?;
/// assert_eq!(metres, 5.0);
/// assert!(Weights::distance_band(&points, metres)?.islands().is_empty());
/// # Ok::<(), engine::stats::weights::WeightsError>(())
/// ```
pub fn default_band(points: &[(f64, f64)]) -> Result<f64, WeightsError> {
    plane(points)?;
    if points.len() < 2 {
        return Err(WeightsError::TooFew { k: 1, units: points.len() });
    }
    let nearest = KdTree::new(points).nearest(1);
    let squared = |(&(x, y), &other): (&(f64, f64), &u32)| {
        let (u, v) = points[other as usize];
        (x - u) * (x - u) + (y - v) * (y - v)
    };
    let farthest = points.iter().zip(&nearest).map(squared).fold(0.0, f64::max);
    let metres = farthest.sqrt();
    Ok(if metres * metres < farthest { metres.next_up() } else { metres })
}
