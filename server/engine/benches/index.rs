//! The index at 100,000 and at a million points of the demo town: built at once, and asked from where the points
//! are. Data and questions are the same in every run.

use divan::{Bencher, black_box};
use engine::index::{PlaceIndex, PlaceRecord, PlaceSummary, PointIndex};
use engine::synthetic::{Random, town};
use engine::{Bounds, LonLat};
use jiff::Timestamp;

const SIZES: [usize; 2] = [100_000, 1_000_000];
/// Kinds of points, of which a question asks for one.
const CATEGORIES: u32 = 16;

fn main() {
    divan::main();
}

/// Places at full precision are what a support directory looks like: hardly two at one position. The town is
/// stretched, so that a million points stand as dense as in a large city and not a hundred times denser.
fn points(n: usize) -> Vec<(LonLat, u32)> {
    let town = town(7, n, Timestamp::UNIX_EPOCH);
    let mut random = Random::new(7);
    let centre = town.bounds().centre();
    town.places()
        .take(n)
        .zip(0..)
        .map(|(place, key)| {
            let at = place.anchor_stretched(centre, &mut random);
            (at, key)
        })
        .collect()
}

trait Stretched {
    fn anchor_stretched(&self, centre: LonLat, random: &mut Random) -> LonLat;
}

impl Stretched for engine::place::Place {
    fn anchor_stretched(&self, centre: LonLat, random: &mut Random) -> LonLat {
        let p = self.content.geometry.anchor();
        let far = |v: f64, c: f64, noise: f64| c + (v - c) * 7.5 + noise;
        let lon = far(p.lon(), centre.lon(), random.normal() * 0.01);
        let lat = far(p.lat(), centre.lat(), random.normal() * 0.005);
        LonLat::new(lon, lat).expect("a few degrees around the town")
    }
}

/// An index with 1,000 origins among its points.
fn prepared(n: usize) -> (PointIndex<u32>, Vec<LonLat>) {
    let points = points(n);
    let origins = points.iter().step_by(n / 1_000).map(|(at, _)| *at).collect();
    (PointIndex::bulk_load(points), origins)
}

/// Asks from one origin after another.
fn ask<T>(bencher: Bencher, origins: &[LonLat], mut question: impl FnMut(LonLat) -> T) {
    let mut next = origins.iter().copied().cycle();
    bencher.bench_local(|| question(black_box(next.next().expect("a cycle does not end"))));
}

#[divan::bench(args = SIZES, sample_count = 5)]
fn bulk_load(bencher: Bencher, n: usize) {
    let points = points(n);
    bencher.bench_local(|| PointIndex::bulk_load(points.iter().copied()));
}

#[divan::bench(args = SIZES, sample_count = 500)]
fn nearest_10(bencher: Bencher, n: usize) {
    let (index, origins) = prepared(n);
    ask(bencher, &origins, |origin| index.nearest(origin, 10, |_| true));
}

#[divan::bench(args = SIZES, sample_count = 500)]
fn nearest_10_of_one_category_in_16(bencher: Bencher, n: usize) {
    let (index, origins) = prepared(n);
    ask(bencher, &origins, |origin| index.nearest(origin, 10, |key| key % CATEGORIES == 3));
}

#[divan::bench(args = SIZES, sample_count = 500)]
fn within_500_m(bencher: Bencher, n: usize) {
    let (index, origins) = prepared(n);
    ask(bencher, &origins, |origin| index.within_radius(origin, 500.0, |_| true));
}

#[divan::bench(args = SIZES, sample_count = 500)]
fn in_a_box_of_1_km(bencher: Bencher, n: usize) {
    let (index, origins) = prepared(n);
    ask(bencher, &origins, |p| {
        let around = Bounds::around([p]).expect("one position").widened(500.0);
        index.in_bounds(around, |_| true)
    });
}

#[divan::bench(args = SIZES, sample_count = 500)]
fn insert_and_remove_a_place(bencher: Bencher, n: usize) {
    let town = town(7, n / 4, Timestamp::UNIX_EPOCH);
    let places: Vec<PlaceSummary> = town.places().take(n).map(|p| PlaceSummary::from(&p)).collect();
    let mut index = PlaceIndex::new(places.iter().copied());
    let mut next = places.iter().copied().step_by(n / 1_000).cycle();
    bencher.bench_local(|| {
        let place = next.next().expect("a cycle does not end");
        index.remove(PlaceRecord::id(&place));
        index.insert(place)
    });
}
