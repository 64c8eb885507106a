//! Finding names: as many as a large city has, and as many as a small country.

use divan::{Bencher, black_box};
use engine::LonLat;
use engine::gazetteer::{Gazetteer, NameKind, Named};
use engine::synthetic::Random;

fn main() {
    divan::main();
}

/// Named streets, features and supports of Helsinki, about.
const HELSINKI: usize = 20_000;
const COUNTRY: usize = 200_000;

const SYLLABLES: [&str; 40] = [
    "ka", "le", "mä", "jõe", "poh", "ja", "lai", "ne", "sal", "mi", "ran", "ta", "vii", "ru", "kes", "ki",
    "lin", "na", "tor", "gi", "kir", "ko", "saa", "re", "val", "ge", "mus", "ta", "pik", "uus", "kal", "lio",
    "her", "man", "töö", "lö", "hak", "na", "rän", "dur",
];
const ENDINGS: [&str; 8] = ["tänav", "katu", "tee", "park", "gate", "puiestee", "silta", "vei"];

fn name(random: &mut Random) -> String {
    let mut stem: String = (0..2 + random.below(3)).map(|_| *random.pick(&SYLLABLES)).collect();
    if random.below(5) == 0 {
        stem.extend([" ", *random.pick(&SYLLABLES)]);
    }
    format!("{stem} {}", random.pick(&ENDINGS))
}

fn names(n: usize) -> Vec<Named> {
    let mut random = Random::new(7);
    let mut one = || {
        let (lon, lat) = (random.between(24.5, 25.5), random.between(60.0, 60.5));
        let line = (0..5).filter_map(|i| LonLat::new(lon + f64::from(i) * 0.001, lat).ok()).collect();
        Named { name: name(&mut random), kind: NameKind::Street, lines: vec![line] }
    };
    (0..n).map(|_| one()).collect()
}

#[divan::bench(args = [HELSINKI, COUNTRY], sample_count = 10)]
fn load(bencher: Bencher, n: usize) {
    bencher.with_inputs(|| names(n)).bench_values(Gazetteer::new);
}

fn ask(bencher: Bencher, n: usize, text: &str) {
    let gazetteer = Gazetteer::new(names(n));
    bencher.bench_local(|| black_box(gazetteer.find(black_box(text), 20)).len());
}

#[divan::bench(args = [HELSINKI, COUNTRY])]
fn a_letter(bencher: Bencher, n: usize) {
    ask(bencher, n, "k");
}

#[divan::bench(args = [HELSINKI, COUNTRY])]
fn a_name_with_a_mistake(bencher: Bencher, n: usize) {
    ask(bencher, n, "kalemäejka tänva");
}

#[divan::bench(args = [HELSINKI, COUNTRY])]
fn an_ending_of_very_many(bencher: Bencher, n: usize) {
    ask(bencher, n, "tänav");
}

#[divan::bench(args = [HELSINKI, COUNTRY])]
fn a_hundred_letters(bencher: Bencher, n: usize) {
    let text =
        "kalemäejoe salminetorgi randurvalge kirkosaare mustapikuus herman töölöhakna rändurvii puiestee 12";
    ask(bencher, n, text);
}

#[divan::bench(args = [HELSINKI, COUNTRY])]
fn what_is_near(bencher: Bencher, n: usize) {
    let gazetteer = Gazetteer::new(names(n));
    let middle = LonLat::new(25.0, 60.25).expect("on earth");
    bencher.bench_local(|| black_box(gazetteer.near(black_box(middle), 20)).len());
}
