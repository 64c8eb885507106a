//! From the made-up town to its picture: the release finds what was planted, through the noise.

use engine::LonLat;
use engine::feeling::mean_valence;
use engine::grid::{cell_at, cell_centre, cells_touching};
use engine::neighbourhood::Neighbourhood;
use engine::privacy::aggregate::Contribution;
use engine::privacy::bound::Key;
use engine::privacy::discrete_gaussian::RandomBits;
use engine::privacy::domain::Domain;
use engine::privacy::eligible::{Candidate, Eligibility, eligible};
use engine::privacy::ledger::{Request, charge};
use engine::privacy::measures::{MeasureTable, quality};
use engine::privacy::picture::{Hotspot, cell_hotspots};
use engine::privacy::release::{Input, Plan, release};
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

/// What a release of the town finds: of cells, where many are; of neighbourhoods, how people feel.
fn picture(town: &Town, noise_seed: u64) -> (Vec<Hotspot<CellIndex>>, MeasureTable) {
    let now = NOW.parse::<jiff::Timestamp>().unwrap().as_microsecond();
    let places: Vec<_> = town.places().collect();
    let units = in_order(town);
    let candidates: Vec<_> = places.iter().map(Candidate::from).collect();
    let clinics: Vec<_> =
        town.supports().iter().filter(|s| s.is_clinical()).filter_map(|s| s.location).collect();
    let contributions: Vec<_> = eligible(&candidates, &clinics, now)
        .into_iter()
        .zip(&places)
        .filter(|(e, _)| *e == Eligibility::Eligible)
        .map(|(_, p)| Contribution {
            participant: p.owner.0,
            cell: cell_at(p.content.geometry.anchor(), Resolution::Eight),
            neighbourhood: units.iter().position(|n| n.contains(p.content.geometry.anchor())),
            valence: mean_valence(&p.content.feelings),
            kinds: [false; 7],
            activities: [false; 8],
        })
        .collect();
    let domain = Domain::new(
        cells_touching(&town.bounds(), Resolution::Eight),
        units.iter().map(|n| n.id.0).collect(),
    )
    .unwrap();
    let spends = Plan::formal(600).unwrap().spends(&domain);
    let request =
        Request { release: Uuid::from_u128(1), spends, domain: domain.hash(), at: now, on_demand: true };
    let charge = charge(&[], &request).unwrap();
    let key = Key::new([7; 32]);
    let input = Input { domain: &domain, contributions: &contributions, key: &key };
    let made = release(input, charge, &mut Repeatable(Random::new(noise_seed))).unwrap();
    let cells = cell_hotspots(made.cells.as_ref().unwrap()).unwrap().rows;
    (cells, quality(made.neighbourhoods.as_ref().unwrap()))
}

/// The neighbourhoods in the order of a release.
fn in_order(town: &Town) -> Vec<&Neighbourhood> {
    let mut all: Vec<_> = town.neighbourhoods().iter().collect();
    all.sort_by_key(|n| n.id);
    all
}

/// The neighbourhood of a position.
fn around(town: &Town, at: LonLat) -> Option<Uuid> {
    town.neighbourhoods().iter().find(|n| n.contains(at)).map(|n| n.id.0)
}

#[test]
fn the_planted_areas_are_found_and_quiet_ones_are_not() {
    for seed in 1..=5 {
        let town = town(seed, 600, NOW.parse().unwrap());
        let (cells, feel) = picture(&town, seed);
        let in_the_warm = |row: &Hotspot<CellIndex>| town.warm().contains(cell_centre(row.unit));
        let hot = |class: Class| matches!(class, Class::Hot90 | Class::Hot95 | Class::Hot99);
        let cold = |class: Class| matches!(class, Class::Cold90 | Class::Cold95 | Class::Cold99);
        // Where many are: the warm area, what touches it, and nothing that is far from it.
        assert!(
            cells.iter().any(|row| in_the_warm(row) && hot(row.class)),
            "seed {seed}: the warm area is not hot"
        );
        let far = |row: &&Hotspot<CellIndex>| cell_centre(row.unit).distance_m(town.warm().centre) > 3_500.0;
        let quiet: Vec<_> = cells.iter().filter(far).collect();
        let found = quiet.iter().filter(|row| hot(row.class) || cold(row.class)).count();
        assert!(
            quiet.len() > 40 && found <= quiet.len() / 50,
            "seed {seed}: {found} of {} quiet cells",
            quiet.len()
        );
        // How people feel: worse in the cold area, and nowhere else.
        let cold_one = around(&town, town.cold().centre).unwrap();
        let colds: Vec<Uuid> = feel.rows.iter().filter(|row| cold(row.class)).map(|row| row.unit).collect();
        assert_eq!(colds, [cold_one], "seed {seed}: {:?}", feel.rows);
        let warm_one = around(&town, town.warm().centre).unwrap();
        let hots = feel.rows.iter().filter(|row| hot(row.class)).all(|row| row.unit == warm_one);
        assert!(hots, "seed {seed}: {:?}", feel.rows);
    }
}

#[test]
fn the_smooth_surface_is_highest_where_a_warm_area_was_planted_and_counts_everybody() {
    use engine::privacy::heat::{BANDWIDTHS, heat};
    use engine::privacy::{CellTable, Published};
    // A release as it is stored: eighty people in one cell, nobody around it.
    let centre = cell_at(LonLat::new(26.7, 58.4).unwrap(), Resolution::Eight);
    let cells: Vec<_> = {
        let mut disk: Vec<CellIndex> = centre.grid_disk(4);
        disk.sort_unstable();
        disk.into_iter().map(|cell| (cell.to_string(), if cell == centre { 80 } else { 0 })).collect()
    };
    let json = serde_json::json!({"release": Uuid::nil(), "sigma": 9, "cells": cells}).to_string();
    let published = Published::<CellTable>::from_stored(&json).unwrap();
    let mut peaks = Vec::new();
    for bandwidth in BANDWIDTHS {
        let heat = heat(&published, bandwidth).unwrap();
        assert_eq!(heat.values.len(), heat.columns * heat.rows);
        let (place, peak) = heat
            .values
            .iter()
            .enumerate()
            .filter_map(|(place, value)| value.map(|spot| (place, spot.density)))
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .unwrap();
        let [west, south, east, north] = heat.bounds.to_array();
        let share = |index: usize, of: usize| {
            (f64::from(u32::try_from(index).unwrap()) + 0.5) / f64::from(u32::try_from(of).unwrap())
        };
        let lon = west + (east - west) * share(place % heat.columns, heat.columns);
        let lat = south + (north - south) * share(place / heat.columns, heat.rows);
        let off = LonLat::new(lon, lat).unwrap().distance_m(cell_centre(centre));
        assert!(off <= heat.step, "{bandwidth} m: the peak is {off} m off");
        assert!(heat.values.iter().flatten().all(|spot| spot.density >= 0.0 && spot.error > 0.0));
        // The crowded cell and those that touch it are legible, and no step of any other is.
        for (place, spot) in heat.values.iter().enumerate() {
            let at = LonLat::new(
                west + (east - west) * share(place % heat.columns, heat.columns),
                south + (north - south) * share(place / heat.columns, heat.rows),
            );
            let near = centre.grid_disk::<Vec<_>>(1).contains(&cell_at(at.unwrap(), Resolution::Eight));
            assert!(spot.is_none_or(|spot| spot.enough == near), "{bandwidth} m: step {place}");
        }
        assert!(heat.values.iter().flatten().any(|spot| spot.enough));
        peaks.push(peak);
    }
    assert!(peaks.is_sorted_by(|a, b| a > b), "wider is flatter: {peaks:?}");
    // One cell of 80 people holds no more than 80 people over its own area.
    assert!(peaks[0] <= 80.0 / centre.area_km2() * 1.01, "{peaks:?}");
}
