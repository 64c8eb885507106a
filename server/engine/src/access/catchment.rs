//! The enhanced two-step floating catchment area method: what is there, shared among those who reach it.
//!
//! * W. Luo & Y. Qi (2009) An enhanced two-step floating catchment area (E2SFCA) method for measuring spatial
//!   accessibility to primary care physicians. Health & Place 15:1100–1107,
//!   [doi:10.1016/j.healthplace.2009.06.002](https://doi.org/10.1016/j.healthplace.2009.06.002)

use super::{Origins, Supply, metres_in, walking_minutes};

/// Zones by minutes on foot and what a support in each counts: Luo and Qi's first set of weights.
pub const ZONES: [(f64, f64); 3] = [(10.0, 1.0), (20.0, 0.68), (30.0, 0.22)];

/// Relative access of each neighbourhood's residents.
///
/// # Parameters
///
/// * `capacity`: places of each support in the order of the supply, at least 0; 1 each where nobody knows, and
///   then the answer is *relative* access.
///
/// # Returns
///
/// `A_i = Σ_j R_j w(t_ij)` averaged over a neighbourhood's residents, with `R_j = S_j / Σ_i P_i w(t_ij)`: places
/// per resident. `None` where the residents are unknown.
///
/// # Notes
///
/// Over all residents `Σ P_i A_i` equals the capacity of the supports that anybody reaches.
pub fn two_step_catchment(origins: &[Origins], supply: &Supply, capacity: &[f64]) -> Vec<Option<f64>> {
    let farthest = metres_in(ZONES[ZONES.len() - 1].0);
    let mut demand = vec![0.0; capacity.len()];
    for area in origins {
        let Some(residents) = area.residents_each else { continue };
        for point in &area.points {
            for (support, metres) in supply.within(*point, farthest) {
                demand[support as usize] += residents * weight(metres);
            }
        }
    }
    let ratio: Vec<f64> = capacity
        .iter()
        .zip(&demand)
        .map(|(places, demand)| if *demand > 0.0 { places / demand } else { 0.0 })
        .collect();
    origins
        .iter()
        .map(|area| {
            area.residents_each?;
            let mut sum = 0.0;
            for point in &area.points {
                for (support, metres) in supply.within(*point, farthest) {
                    sum += ratio[support as usize] * weight(metres);
                }
            }
            #[expect(clippy::cast_precision_loss, reason = "thousands of points at most")]
            let points = area.points.len().max(1) as f64;
            Some(sum / points)
        })
        .collect()
}

/// What a support at so many metres counts.
fn weight(metres: f64) -> f64 {
    let minutes = walking_minutes(metres);
    ZONES.iter().find(|(up_to, _)| minutes <= *up_to).map_or(0.0, |(_, weight)| *weight)
}

#[cfg(test)]
mod tests {
    use super::super::{origins, reach};
    use super::*;
    use crate::LonLat;
    use crate::synthetic::town;

    fn kaldavere() -> (Vec<Origins>, Vec<LonLat>) {
        let town = town(1, 0, jiff::Timestamp::UNIX_EPOCH);
        let libraries = town.supports().iter().filter(|s| s.details.category == "library");
        (origins(town.neighbourhoods()), libraries.filter_map(|s| s.location).collect())
    }

    #[test]
    fn access_over_all_residents_adds_up_to_the_places_that_anybody_reaches() {
        let (origins, libraries) = kaldavere();
        let supply = Supply::new(libraries.iter().copied());
        let capacity: Vec<f64> = (1..).map(f64::from).take(libraries.len()).collect();
        let access = two_step_catchment(&origins, &supply, &capacity);
        let total: f64 = origins
            .iter()
            .zip(&access)
            .map(|(area, access)| {
                let points = area.points.iter().map(|_| 1.0).sum::<f64>();
                area.residents_each.unwrap_or(0.0) * points * access.unwrap_or(0.0)
            })
            .sum();
        let reached: f64 = libraries
            .iter()
            .zip(&capacity)
            .filter(|(library, _)| {
                origins
                    .iter()
                    .flat_map(|area| &area.points)
                    .any(|p| walking_minutes(p.distance_m(**library)) <= 30.0)
            })
            .map(|(_, places)| places)
            .sum();
        assert!(reached > 0.0 && (total - reached).abs() < 1e-9 * reached, "{total} is not {reached}");
    }

    #[test]
    fn what_is_reached_is_what_looking_at_every_pair_finds() {
        let (origins, libraries) = kaldavere();
        let found = reach(&origins, &Supply::new(libraries.iter().copied()), 15.0);
        assert!(
            found.iter().any(|area| area.share_within > 0.0)
                && found.iter().any(|area| area.share_within < 1.0)
        );
        for (area, found) in origins.iter().zip(found) {
            for (point, within) in area.points.iter().zip(&found.within) {
                let nearest = libraries.iter().map(|l| point.distance_m(*l)).fold(f64::INFINITY, f64::min);
                assert_eq!(walking_minutes(nearest) <= 15.0, *within);
            }
        }
        let none = reach(&origins, &Supply::new([]), 15.0);
        assert!(none.iter().all(|area| area.nearest_minutes.is_none() && area.share_within == 0.0));
    }
}
