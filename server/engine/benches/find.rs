//! Finding supports in the directory of a large city.

use std::sync::Arc;

use divan::{Bencher, black_box};
use engine::filter::{OpenWhen, SupportFilter};
use engine::find::{Question, find};
use engine::hours::State;
use engine::index::SupportIndex;
use engine::search::Search;
use engine::support::{Form, Support, SupportType, SupportTypes};
use engine::synthetic::{Random, town};
use engine::{Bounds, LonLat, SupportId};
use geo::{LineString, MultiPolygon, Polygon};
use jiff::Timestamp;
use jiff::civil::date;

fn main() {
    divan::main();
}

/// Supports of the demo town's kinds all over it, each with a name and hours of its own.
fn supports(n: usize) -> Vec<Arc<Support>> {
    let town = town(7, 0, Timestamp::UNIX_EPOCH);
    let b = town.bounds();
    let mut random = Random::new(7);
    let mut one = |i: usize| {
        let mut support = random.pick(town.supports()).clone();
        support.id = SupportId(random.uuid());
        support.location = LonLat::new(random.between(b.west, b.east), random.between(b.south, b.north)).ok();
        support.details.name = support.details.name.map(|name| format!("{name} {i}"));
        // Each its own, so that nothing is read once for all.
        let (from, to) = (6 + random.below(6), 12 + random.below(11));
        support.details.opening_hours = Some(format!("Mo-Fr {from:02}:{:02}-{to:02}:00; PH off", i % 60));
        Arc::new(support)
    };
    (0..n).map(&mut one).collect()
}

fn index(n: usize) -> SupportIndex {
    SupportIndex::in_country("EE".parse().ok(), supports(n))
}

/// A star of 1,000 vertices around the middle.
fn star(b: Bounds) -> MultiPolygon {
    let (x, y) = (f64::midpoint(b.west, b.east), f64::midpoint(b.south, b.north));
    let corner = |i: u32| {
        let (angle, far) =
            (f64::from(i) / 1_000.0 * std::f64::consts::TAU, if i.is_multiple_of(2) { 0.03 } else { 0.04 });
        (x + far * angle.cos(), y + far / 2.0 * angle.sin())
    };
    MultiPolygon(vec![Polygon::new((0..1_000).chain([0]).map(corner).collect::<LineString>(), vec![])])
}

fn middle() -> (LonLat, Bounds) {
    let bounds = town(7, 0, Timestamp::UNIX_EPOCH).bounds();
    (bounds.centre(), bounds)
}

fn ask(bencher: Bencher, n: usize, filter: SupportFilter) {
    let index = index(n);
    let question = Question { near: Some(middle().0), radius: None, filter, limit: 20, after: None };
    bencher.bench_local(|| find(black_box(&index), black_box(&question)));
}

#[divan::bench(args = [10_000, 50_000])]
fn the_nearest_20_of_all(bencher: Bencher, n: usize) {
    ask(bencher, n, SupportFilter::default());
}

#[divan::bench(args = [10_000, 50_000])]
fn a_text_with_two_mistyped_words(bencher: Bencher, n: usize) {
    ask(
        bencher,
        n,
        SupportFilter { text: Some(Search::new("ramatukogu kaldavre")), ..SupportFilter::default() },
    );
}

#[divan::bench(args = [10_000, 50_000])]
fn open_at_a_time(bencher: Bencher, n: usize) {
    let open = Some(OpenWhen::At(date(2026, 11, 24).at(11, 0, 0, 0)));
    ask(bencher, n, SupportFilter { open, ..SupportFilter::default() });
}

#[divan::bench(args = [10_000, 50_000])]
fn every_condition_at_once(bencher: Bencher, n: usize) {
    let from = date(2026, 11, 24).at(11, 0, 0, 0);
    let (_, bounds) = middle();
    let filter = SupportFilter {
        forms: [Form::Cafe, Form::MeetingPlace, Form::Library, Form::Park].into(),
        support: SupportTypes::of([SupportType::Emotional]),
        free: None,
        accessible: Some(true),
        text: Some(Search::new("kaldavre")),
        bounds: Some(bounds),
        within: vec![star(bounds)],
        open: Some(OpenWhen::During(from, from.date().at(14, 0, 0, 0))),
        ..SupportFilter::default()
    };
    ask(bencher, n, filter);
}

#[divan::bench(args = [10_000])]
fn reading_the_hours_of_a_directory(bencher: Bencher, n: usize) {
    let supports = supports(n);
    bencher.bench_local(|| SupportIndex::in_country("EE".parse().ok(), black_box(&supports).iter().cloned()));
}

#[divan::bench(args = [10_000])]
fn the_state_of_all_by_facets(bencher: Bencher, n: usize) {
    let index = index(n);
    let at = date(2026, 11, 24).at(11, 0, 0, 0);
    let open = |s: &Arc<Support>| index.hours(s.id).is_some_and(|h| h.state_at(at) == State::Open);
    bencher.bench_local(|| index.iter().filter(|s| open(s)).count());
}

#[divan::bench(args = [1_000])]
fn the_rhythm_of_a_week(bencher: Bencher, n: usize) {
    let index = index(n);
    let monday = date(2026, 11, 23);
    bencher.bench_local(|| index.iter().filter_map(|s| index.hours(s.id)).map(|h| h.rhythm(monday)[0]).max());
}

#[divan::bench(args = [100])]
fn the_next_change_of_a_page(bencher: Bencher, n: usize) {
    let index = index(n);
    let at = date(2026, 11, 24).at(11, 0, 0, 0);
    bencher.bench_local(|| index.iter().filter_map(|s| index.hours(s.id)?.next_change(at)).max());
}
