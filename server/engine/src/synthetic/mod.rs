//! Kaldavere, a fictional town of 8 × 8 km, for demos, tests and benches, at any size.
//!
//! Nothing in it is real: no such town stands at its coordinates (about 58.90° N, 24.35° E), its people and
//! organisations are made up, and what its participants feel was drawn by chance. The same seed, number of
//! participants and instant give the same town to the last byte.

mod basemap;
mod directory;
mod offers;
mod people;
mod plan;
mod words;

use geo::{LineString, Polygon};
use jiff::Timestamp;

use self::plan::{Metres, Plan, apart};
use crate::gazetteer::{NameKind, Named};
use crate::neighbourhood::Neighbourhood;
use crate::place::Place;
use crate::support::Support;
use crate::{Bounds, LonLat};

pub use crate::random::Random;
pub use basemap::{BasemapFeature, Shape, basemap_tile};
pub use people::Participant;
pub use plan::{Park, Street, StreetClass};

/// Where the town differs on purpose, so that tests and demos can check that the analysis finds it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlantedArea {
    /// The middle.
    pub centre: LonLat,
    /// How far it reaches, metres.
    pub radius_m: f64,
}

impl PlantedArea {
    /// Whether the position is inside.
    pub fn contains(&self, p: LonLat) -> bool {
        self.centre.distance_m(p) <= self.radius_m
    }
}

/// The town. Its plan and its directory are kept; participants are made on demand, so that a town of any size
/// takes little memory.
#[derive(Debug, Clone)]
pub struct Town {
    seed: u64,
    participants: usize,
    now: Timestamp,
    plan: Plan,
    supports: Vec<Support>,
    support_positions: Vec<Metres>,
    warm: PlantedArea,
    warm_middle: Metres,
    cold: PlantedArea,
    cold_middle: Metres,
}

/// Makes Kaldavere.
///
/// # Parameters
/// - `seed`: decides everything that is drawn by chance.
/// - `participants`: how many people map; each has 1 to 40 places, about 8 on average.
/// - `now`: places were saved between 800 and 31 days before it.
pub fn town(seed: u64, participants: usize, now: Timestamp) -> Town {
    /// Laululava, east of the middle.
    const WARM: usize = 13;
    /// Kiigemäe, west of the middle.
    const COLD: usize = 11;
    let plan = Plan::new(seed);
    let (supports, support_positions) = directory::directory(&plan, seed, now);
    let (warm_middle, cold_middle) = (plan.centres[WARM], plan.centres[COLD]);
    let warm = PlantedArea { centre: plan.frame.on_earth(warm_middle), radius_m: 650.0 };
    let cold = PlantedArea { centre: plan.frame.on_earth(cold_middle), radius_m: 1_050.0 };
    Town { seed, participants, now, plan, supports, support_positions, warm, warm_middle, cold, cold_middle }
}

impl Town {
    /// Its name.
    pub const NAME: &str = "Kaldavere";
    /// The name of its river.
    pub const RIVER: &str = "Kalda jõgi";

    /// The box that holds all of it.
    pub fn bounds(&self) -> Bounds {
        self.plan.frame.bounds()
    }

    /// The 20 neighbourhoods, row by row from the south-west; they fill the bounds without gap or overlap.
    pub fn neighbourhoods(&self) -> &[Neighbourhood] {
        &self.plan.neighbourhoods
    }

    /// The support directory, about 300, of the source `synthetic` with stable `source_id`s.
    pub fn supports(&self) -> &[Support] {
        &self.supports
    }

    /// How many participants there are.
    pub fn participant_count(&self) -> usize {
        self.participants
    }

    /// The participants with their places, each made when it is asked for. Participant `i` is the same in a town
    /// of any size.
    pub fn participants(&self) -> impl ExactSizeIterator<Item = Participant> {
        (0..self.participants).map(|i| people::participant(self, i as u64))
    }

    /// All places, participant by participant; 10 million come from 1.3 million participants without ever being in
    /// memory together.
    pub fn places(&self) -> impl Iterator<Item = Place> {
        self.participants().flat_map(|p| p.places)
    }

    /// Where clearly more participants have places than around it.
    pub fn warm(&self) -> PlantedArea {
        self.warm
    }

    /// Where people feel markedly worse than around it.
    pub fn cold(&self) -> PlantedArea {
        self.cold
    }

    /// The river's surface.
    pub fn water(&self) -> &Polygon {
        &self.plan.water
    }

    /// The parks.
    pub fn parks(&self) -> &[Park] {
        &self.plan.parks
    }

    /// The streets.
    pub fn streets(&self) -> &[Street] {
        &self.plan.streets
    }

    /// The names on its map: streets, parks and the river.
    pub fn names(&self) -> Vec<Named> {
        let line = |line: &LineString| line.0.iter().filter_map(|c| LonLat::new(c.x, c.y).ok()).collect();
        let street =
            |s: &Street| Named { name: s.name.clone(), kind: NameKind::Street, lines: vec![line(&s.line)] };
        let park = |p: &Park| {
            let lines = vec![line(p.shape.exterior())];
            Named { name: p.name.clone(), kind: NameKind::Feature, lines }
        };
        let river = self.plan.river.iter().map(|p| self.plan.frame.on_earth(*p)).collect();
        let river = Named { name: Self::RIVER.to_owned(), kind: NameKind::Feature, lines: vec![river] };
        let all = self.streets().iter().map(street).chain(self.parks().iter().map(park));
        all.chain([river]).collect()
    }

    fn is_cold(&self, p: Metres) -> bool {
        apart(p, self.cold_middle) <= self.cold.radius_m
    }
}

#[cfg(test)]
mod tests;
