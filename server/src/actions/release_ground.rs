//! What a release is of: the units that get a number, which follow from public data, and the places that may enter.

use engine::community::Community;
use engine::feeling::mean_valence;
use engine::grid::{Precision, cell_at, cells_touching};
use engine::neighbourhood::{Neighbourhood, Neighbourhoods};
use engine::place::{Chime, Place, PlaceContent};
use engine::privacy::activity::{ACTIVITIES, groups};
use engine::privacy::aggregate::{Contribution, KINDS};
use engine::privacy::bound::{Key, chosen};
use engine::privacy::domain::Domain;
use engine::privacy::eligible::{self, Candidate, Eligibility};
use engine::privacy::release::{FINE_PARTICIPANTS, MOST_FINE_CELLS};
use engine::{Bounds, CommunityId, LonLat};
use h3o::{CellIndex, Resolution};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::release::NoRelease;
use crate::store::Store;

/// The size of a release's cells: H3 resolution 8, about 0.74 km² (design §6).
pub const CELL_RESOLUTION: Resolution = Resolution::Eight;
/// Their size in releases of many participants: H3 resolution 9, about 0.11 km².
pub const FINE_CELL_RESOLUTION: Resolution = Resolution::Nine;
/// Neighbourhoods with fewer residents than this, or with an unknown number, get no number of their own: layer N is
/// of neighbourhoods "with at least 5,000 residents" (specification §2.2), and nobody can say so of an unknown one.
pub const LEAST_RESIDENTS: u32 = 5_000;

/// Why a neighbourhood gets no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhyLeftOut {
    /// Nobody knows how many live there; `stead import population` tells.
    UnknownResidents,
    /// Fewer than 5,000 live there.
    FewResidents,
}

/// A neighbourhood that gets no number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct LeftOut {
    /// The neighbourhood.
    pub id: Uuid,
    /// Its name.
    pub name: String,
    /// Why.
    pub why: WhyLeftOut,
}

impl LeftOut {
    /// The same in words, for whoever makes the release.
    pub fn told(&self) -> String {
        match self.why {
            WhyLeftOut::UnknownResidents => format!(
                "{} has no numbers of its own: nobody has said how many live there (stead import population)",
                self.name
            ),
            WhyLeftOut::FewResidents => {
                format!("{} has no numbers of its own: fewer than {LEAST_RESIDENTS} live there", self.name)
            }
        }
    }
}

/// The neighbourhoods that get a number, ascending by identifier, and the others.
pub(super) fn large_enough(neighbourhoods: Vec<Neighbourhood>) -> (Vec<Neighbourhood>, Vec<LeftOut>) {
    let (mut large, mut left_out) = (Vec::new(), Vec::new());
    for neighbourhood in neighbourhoods {
        let why = match neighbourhood.population {
            Some(residents) if residents >= LEAST_RESIDENTS => {
                large.push(neighbourhood);
                continue;
            }
            Some(_) => WhyLeftOut::FewResidents,
            None => WhyLeftOut::UnknownResidents,
        };
        left_out.push(LeftOut { id: neighbourhood.id.0, name: neighbourhood.name, why });
    }
    large.sort_by_key(|n| n.id);
    left_out.sort_by(|a, b| a.name.cmp(&b.name).then(a.id.cmp(&b.id)));
    (large, left_out)
}

/// What the pictures of a release need of its neighbourhoods, kept with it: a later import must not change what an
/// old release says. Outlines and names stay those of today's map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Ground {
    /// In the order of layer N.
    pub neighbourhoods: Vec<GroundUnit>,
}

/// A neighbourhood as it was when the release was made.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct GroundUnit {
    /// Which.
    pub id: Uuid,
    /// A position inside, for distances: longitude and latitude in degrees.
    pub at: Option<[f64; 2]>,
    /// How many lived there.
    pub residents: Option<u32>,
}

impl Ground {
    /// Of neighbourhoods in this order.
    pub fn of(neighbourhoods: &[Neighbourhood]) -> Self {
        // Seven decimals, as everywhere: about a centimetre.
        let digits = |degrees: f64| (degrees * 1e7).round() / 1e7;
        let unit = |n: &Neighbourhood| GroundUnit {
            id: n.id.0,
            at: n.label_point().map(|p| [digits(p.lon()), digits(p.lat())]),
            residents: n.population,
        };
        Self { neighbourhoods: neighbourhoods.iter().map(unit).collect() }
    }
}

/// The box that everything lies in.
pub(super) fn bounds(community: &Community) -> Result<&Bounds, NoRelease> {
    community.bounds.as_ref().ok_or_else(|| NoRelease::NoBounds(community.id.clone()))
}

/// How fine the cells of a release of so many participants are, as the start gate found them: finer ones from 2,000
/// on, unless the community is so large that there would be too many. Both are public.
pub(super) fn resolution(bounds: &Bounds, participants: i64) -> Resolution {
    let fine = participants >= FINE_PARTICIPANTS
        && cells_touching(bounds, CELL_RESOLUTION).len() * 7 <= MOST_FINE_CELLS;
    if fine { FINE_CELL_RESOLUTION } else { CELL_RESOLUTION }
}

/// Every unit that gets a number.
pub(super) fn domain(
    community: &Community,
    resolution: Resolution,
    neighbourhoods: impl IntoIterator<Item = Uuid>,
) -> Result<Domain, NoRelease> {
    let cells = cells_touching(bounds(community)?, resolution);
    Ok(Domain::new(cells, neighbourhoods.into_iter().collect())?)
}

/// A place that may enter.
#[derive(Debug, Clone)]
pub(super) struct Entering {
    /// Whose it is.
    pub(super) participant: Uuid,
    at: LonLat,
    precision: Precision,
    neighbourhood: Option<usize>,
    valence: Option<f64>,
    kinds: [bool; KINDS.len()],
    activities: [bool; ACTIVITIES.len()],
}

impl Entering {
    fn new(place: &Place, neighbourhood: Option<usize>) -> Self {
        let content = &place.content;
        Self {
            participant: place.owner.0,
            at: content.geometry.anchor(),
            precision: content.precision,
            neighbourhood,
            valence: mean_valence(&content.feelings),
            kinds: kinds(content),
            activities: groups(content.activities.iter().map(String::as_str)),
        }
    }

    /// The same as the engine counts it, in cells of a resolution.
    pub(super) fn contribution(&self, resolution: Resolution) -> Contribution {
        Contribution {
            participant: self.participant,
            cell: self.cell(resolution),
            neighbourhood: self.neighbourhood,
            valence: self.valence,
            kinds: self.kinds,
            activities: self.activities,
        }
    }

    /// The cell it counts in. A place that is known less exactly than the cells are stands at the centre of a coarser
    /// one, and the fine cell in the middle would look crowded: it counts in any of the fine cells that the coarse one
    /// holds, and a hash decides in which. So do its owner's other places in the coarse cell, in the same.
    ///
    /// It is the same in every release: drawn anew, a few hundred such people would move between cells, and two
    /// releases would seem to differ where nothing has changed. The promise needs no secret here, nor does it rest on
    /// one: where somebody counts depends on nobody else.
    fn cell(&self, resolution: Resolution) -> CellIndex {
        let coarser = self.precision.resolution().filter(|known| *known < resolution);
        let spread = |known| {
            let within = cell_at(self.at, known).children(resolution);
            chosen(&Key::new([0; 32]), self.participant, within, 1).first().copied()
        };
        coarser.and_then(spread).unwrap_or_else(|| cell_at(self.at, resolution))
    }
}

/// The places that may enter, each in the first of the neighbourhoods, as they are ordered, that holds it: where two
/// overlap, it counts in one of them.
pub(super) async fn entering(
    store: &dyn Store,
    id: &CommunityId,
    neighbourhoods: Vec<Neighbourhood>,
    at: Timestamp,
) -> Result<Vec<Entering>, NoRelease> {
    let supports = store.supports(id).await?;
    let clinical: Vec<_> = supports.iter().filter(|s| s.is_clinical()).filter_map(|s| s.location).collect();
    let places = store.places(id).await?;
    let candidates: Vec<Candidate<'_>> = places.iter().map(Candidate::from).collect();
    let eligible = eligible::eligible(&candidates, &clinical, at.as_microsecond());
    let order: Vec<Uuid> = neighbourhoods.iter().map(|n| n.id.0).collect();
    let neighbourhoods = Neighbourhoods::new(neighbourhoods);
    let index_of = |p: LonLat| {
        let (_, found) = neighbourhoods.find(p)?;
        order.iter().position(|id| *id == found.id.0)
    };
    Ok(places
        .iter()
        .zip(eligible)
        .filter(|(_, eligibility)| *eligibility == Eligibility::Eligible)
        .map(|(place, _)| Entering::new(place, index_of(place.content.geometry.anchor())))
        .collect())
}

/// Being, doing and the five of CHIME, in the order of [`KINDS`].
fn kinds(place: &PlaceContent) -> [bool; KINDS.len()] {
    let has = |chime| place.chime.contains(&chime);
    [
        place.being,
        place.doing,
        has(Chime::Connectedness),
        has(Chime::Hope),
        has(Chime::Identity),
        has(Chime::Meaning),
        has(Chime::Empowerment),
    ]
}

#[cfg(test)]
#[path = "release_ground_tests.rs"]
mod tests;
