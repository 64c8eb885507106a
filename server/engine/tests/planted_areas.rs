//! From the made-up town to its picture: the release finds what was planted, through the noise.

use engine::feeling::mean_valence;
use engine::grid::{cell_at, cell_centre, cells_touching};
use engine::privacy::aggregate::Contribution;
use engine::privacy::bound::Key;
use engine::privacy::discrete_gaussian::RandomBits;
use engine::privacy::domain::Domain;
use engine::privacy::eligible::{Candidate, Eligibility, eligible};
use engine::privacy::ledger::{Request, charge};
use engine::privacy::picture::{Hotspot, cell_hotspots};
use engine::privacy::release::{CELLS_SIGMA, Input, NEIGHBOURHOODS_SIGMA, Plan, release};
use engine::stats::significance::Class;
use engine::synthetic::{Random, Town, town};
use h3o::{CellIndex, Resolution};
use uuid::Uuid;

/// A generator that repeats itself, for tests alone.
struct Repeatable(Random);

impl RandomBits for Repeatable {
    fn next_u64(&mut self) -> u64 {
        self.0.bits()
    }
}

const NOW: &str = "2026-06-01T12:00:00Z";

fn picture(town: &Town, noise_seed: u64) -> Vec<Hotspot<CellIndex>> {
    let now = NOW.parse::<jiff::Timestamp>().unwrap().as_microsecond();
    let places: Vec<_> = town.places().collect();
    let at = |p: engine::LonLat| (p.lon(), p.lat());
    let candidates: Vec<_> = places
        .iter()
        .map(|p| {
            let (lon, lat) = at(p.content.geometry.anchor());
            let content = &p.content;
            Candidate {
                participant: p.owner.0,
                lon,
                lat,
                home: content.home,
                published_maps: content.share.published_maps,
                created_at: p.created_at.as_microsecond(),
            }
        })
        .collect();
    let clinics: Vec<_> =
        town.supports().iter().filter(|s| s.is_clinical()).map(|s| at(s.location)).collect();
    let contributions: Vec<_> = eligible(&candidates, &clinics, now)
        .into_iter()
        .zip(&places)
        .filter(|(e, _)| *e == Eligibility::Eligible)
        .map(|(_, p)| Contribution {
            participant: p.owner.0,
            cell: cell_at(p.content.geometry.anchor(), Resolution::Eight),
            neighbourhood: None,
            valence: mean_valence(&p.content.feelings),
        })
        .collect();
    let domain = Domain::new(cells_touching(&town.bounds(), Resolution::Eight), Vec::new()).unwrap();
    let spends = Plan::new(CELLS_SIGMA, NEIGHBOURHOODS_SIGMA).unwrap().spends(&domain);
    let request =
        Request { release: Uuid::from_u128(1), spends, domain: domain.hash(), at: now, on_demand: true };
    let charge = charge(&[], &request).unwrap();
    let key = Key::new([7; 32]);
    let input = Input { domain: &domain, contributions: &contributions, key: &key };
    let made = release(input, charge, &mut Repeatable(Random::new(noise_seed))).unwrap();
    cell_hotspots(made.cells.as_ref().unwrap()).unwrap().rows
}

#[test]
fn the_planted_warm_area_is_hot_and_the_planted_cold_area_is_never_hot() {
    for seed in 1..=3 {
        let town = town(seed, 600, NOW.parse().unwrap());
        let rows = picture(&town, seed);
        let class_near = |area: engine::synthetic::PlantedArea| -> Vec<Class> {
            rows.iter().filter(|r| area.contains(cell_centre(r.unit))).map(|r| r.class).collect()
        };
        let warm = class_near(town.warm());
        let hot = |c: &Class| matches!(c, Class::Hot90 | Class::Hot95 | Class::Hot99);
        assert!(warm.iter().any(hot), "seed {seed}: {warm:?}");
        let cold = class_near(town.cold());
        assert!(!cold.is_empty() && !cold.iter().any(hot), "seed {seed}: {cold:?}");
    }
}
