//! Towns, and people who try to break the bounds.

use engine::privacy::aggregate::Contribution;
use engine::privacy::domain::Domain;
use h3o::{CellIndex, LatLng, Resolution};
use uuid::Uuid;

use crate::bits::SplitMix;
use engine::privacy::discrete_gaussian::RandomBits;

/// Whose coming and going is watched.
pub const TARGET: Uuid = Uuid::from_u128(0xFFFF);

fn disk(rings: u32) -> Vec<CellIndex> {
    let centre = LatLng::new(58.38, 26.72).unwrap().to_cell(Resolution::Eight);
    let mut cells: Vec<CellIndex> = centre.grid_disk(rings);
    cells.sort_unstable();
    cells
}

/// 217 cells and 12 neighbourhoods.
pub fn town() -> Domain {
    Domain::new(disk(8), (0..12).map(Uuid::from_u128).collect()).unwrap()
}

/// Only the 8 cells and 4 neighbourhoods that one participant can change. Other units are independent noise,
/// and tell nothing.
pub fn small_domain() -> Domain {
    Domain::new(disk(2)[..8].to_vec(), (0..4).map(Uuid::from_u128).collect()).unwrap()
}

fn place(cell: CellIndex, neighbourhood: usize, valence: f64) -> Contribution {
    Contribution {
        participant: TARGET,
        cell,
        neighbourhood: Some(neighbourhood),
        valence: Some(valence),
        kinds: [true; 7],
        activities: [true; 8],
    }
}

/// All that a participant can change: 8 cells, 4 neighbourhoods, the warmest feelings in each.
pub fn worst_target() -> Vec<Contribution> {
    let domain = small_domain();
    domain.cells().iter().enumerate().map(|(n, &cell)| place(cell, n % 4, 1.0)).collect()
}

/// The limit of 500 places, in every cell and neighbourhood, with feelings that nobody can have.
pub fn target_everywhere() -> Vec<Contribution> {
    let domain = town();
    (0..500).map(|n| place(domain.cells()[n % domain.cells().len()], n % 12, 1e6)).collect()
}

/// So many participants of 1 to 500 places each: inside, outside, repeated, at borders, with valences that are
/// numbers and such that are not. The first is the [`TARGET`].
pub fn hostile(seed: u64, participants: u64) -> Vec<Contribution> {
    let mut random = SplitMix(seed);
    let mut below = |bound: usize| usize::try_from(random.next_u64() % bound as u64).unwrap();
    // One ring more than the town has.
    let cells = disk(9);
    let mut places = Vec::new();
    for participant in 0..participants {
        let participant = if participant == 0 { TARGET } else { Uuid::from_u128(participant.into()) };
        let most = [1, 8, 30, 500][below(4)];
        let spread = [1, 7, cells.len()][below(3)];
        for _ in 0..=below(most) {
            let neighbourhood =
                [None, Some(usize::MAX), Some(below(12)), Some(below(12)), Some(below(12))][below(5)];
            let valences =
                [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e308, -1e308, 1e6, 1.0, -1.0, 0.03, -0.47];
            let valence = Some(valences[below(valences.len())]).filter(|_| below(8) > 0);
            let kinds = std::array::from_fn(|_| below(2) == 0);
            let activities = std::array::from_fn(|_| below(3) == 0);
            let cell = cells[below(spread)];
            places.push(Contribution { participant, cell, neighbourhood, valence, kinds, activities });
        }
    }
    places
}
