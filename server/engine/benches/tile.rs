//! Drawing tiles: 4,000 supports in one at zoom 14, and a crowd thinned at zoom 0.

use divan::{Bencher, black_box};
use engine::mercator::TileId;
use engine::support::Support;
use engine::synthetic::{Random, basemap_tile, town};
use engine::tile::{neighbourhoods_tile, supports_tile};
use engine::{LonLat, SupportId};
use jiff::Timestamp;

fn main() {
    divan::main();
}

fn middle(z: u8) -> TileId {
    let centre = town(7, 0, Timestamp::UNIX_EPOCH).bounds().centre();
    TileId::containing(centre, z).expect("a zoom that exists")
}

/// Supports all over a tile, of the demo town's kinds, with names of their own.
fn supports_in(tile: TileId, n: usize) -> Vec<Support> {
    let (town, b) = (town(7, 0, Timestamp::UNIX_EPOCH), tile.bounds());
    let mut random = Random::new(7);
    (0..n)
        .map(|i| {
            let mut support = random.pick(town.supports()).clone();
            support.id = SupportId(random.uuid());
            support.location =
                LonLat::new(random.between(b.west, b.east), random.between(b.south, b.north)).ok();
            support.details.name = support.details.name.map(|name| format!("{name} {i}"));
            support
        })
        .collect()
}

#[divan::bench(args = [400, 4_000])]
fn supports_at_zoom_14(bencher: Bencher, n: usize) {
    let tile = middle(14);
    let supports = supports_in(tile, n);
    bencher.bench_local(|| supports_tile(black_box(&supports), tile));
}

#[divan::bench]
fn a_crowd_of_50_000_thinned_at_zoom_0(bencher: Bencher) {
    let tile = TileId::parse(0, 0, 0).expect("the whole world");
    let supports = supports_in(tile, 50_000);
    bencher.bench_local(|| supports_tile(black_box(&supports), tile));
}

#[divan::bench(args = [10, 14])]
fn neighbourhoods_of_the_town(bencher: Bencher, z: u8) {
    let (town, tile) = (town(7, 0, Timestamp::UNIX_EPOCH), middle(z));
    bencher.bench_local(|| neighbourhoods_tile(black_box(town.neighbourhoods()), tile));
}

#[divan::bench(args = [10, 14])]
fn the_basemap_of_the_town(bencher: Bencher, z: u8) {
    let (town, tile) = (town(7, 0, Timestamp::UNIX_EPOCH), middle(z));
    bencher.bench_local(|| basemap_tile(black_box(&town), tile));
}
