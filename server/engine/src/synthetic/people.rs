//! The participants of Kaldavere and their places.

use jiff::{SignedDuration, Timestamp};

use super::Town;
use super::plan::{Metres, SIDE_M, apart};
use super::words;
use crate::community::Purposes;
use crate::feeling::{Feeling, FeelingTerm, vocabulary};
use crate::grid::{Precision, snap};
use crate::place::{Chime, DayPart, Exchange, Geometry, Often, Place, PlaceContent, Rhythm};
use crate::random::Random;
use crate::support::SupportTypes;
use crate::{ParticipantId, PlaceId};

/// A made-up participant.
#[derive(Debug, Clone, PartialEq)]
pub struct Participant {
    /// Their identifier.
    pub id: ParticipantId,
    /// What they agreed to.
    pub consent: Purposes,
    /// When they joined, before their first place.
    pub joined_at: Timestamp,
    /// Their places, oldest first, 1 to 40.
    pub places: Vec<Place>,
}

/// What a place is anchored to.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Anchor {
    Home,
    NearHome,
    Support(usize),
    Park,
    River,
    Warm,
    Cold,
}

/// The `index`-th participant; does not depend on how many there are.
pub(super) fn participant(town: &Town, index: u64) -> Participant {
    let mut random = Random::stream(town.seed, 3, index);
    let random = &mut random;
    let id = ParticipantId(random.uuid());
    let consent = Purposes {
        research: random.chance(0.7),
        published_maps: random.chance(0.85),
        public_story: random.chance(0.04),
    };
    let home = home(town, random);
    // Lognormal: median 5.8, mean about 8 once cut to 1..=40.
    let many = (1.75 + 0.85 * random.normal()).exp().round().clamp(1.0, 40.0);
    let mut times: Vec<Timestamp> = Vec::new();
    while f64::from(u32::try_from(times.len()).unwrap_or(u32::MAX)) < many {
        times.push(some_time_ago(town.now, random));
    }
    times.sort_unstable();
    let joined_at = times[0] - SignedDuration::from_mins(10);
    let pins_home = random.chance(0.35);
    let places = times
        .into_iter()
        .enumerate()
        .map(|(i, time)| {
            let (anchor, at) =
                if i == 0 && pins_home { (Anchor::Home, home) } else { position(town, random, home) };
            place(town, random, id, consent, anchor, at, time)
        })
        .collect();
    Participant { id, consent, joined_at, places }
}

fn home(town: &Town, random: &mut Random) -> Metres {
    let plan = &town.plan;
    loop {
        let (x, y) = plan.centres[random.weighted(&plan.weights)];
        let at = inside((x + random.normal() * 550.0, y + random.normal() * 550.0));
        if plan.to_river(at) > 90.0 {
            return at;
        }
    }
}

fn inside((x, y): Metres) -> Metres {
    (x.clamp(20.0, SIDE_M - 20.0), y.clamp(20.0, SIDE_M - 20.0))
}

/// Between 800 and 31 days ago, on a second.
fn some_time_ago(now: Timestamp, random: &mut Random) -> Timestamp {
    let seconds = random.below((800 - 31) * 86_400) + 31 * 86_400;
    let ago = SignedDuration::from_secs(i64::try_from(seconds).expect("two years are short"));
    Timestamp::from_second((now - ago).as_second()).expect("two years ago is representable")
}

fn position(town: &Town, random: &mut Random, home: Metres) -> (Anchor, Metres) {
    let plan = &town.plan;
    let near = |random: &mut Random, (x, y): Metres, spread: f64| {
        inside((x + random.normal() * spread, y + random.normal() * spread))
    };
    match random.weighted(&[0.18, 0.33, 0.13, 0.11, 0.20, 0.05]) {
        0 => (Anchor::NearHome, near(random, home, 260.0)),
        1 => {
            // The nearest of four: people go farther for some supports than for others.
            let supports = &town.support_positions;
            let best = (0..4)
                .map(|_| random.below(supports.len()))
                .min_by(|a, b| apart(supports[*a], home).total_cmp(&apart(supports[*b], home)));
            let best = best.unwrap_or_default();
            (Anchor::Support(best), near(random, supports[best], 25.0))
        }
        2 => {
            let (middle, radius) = *random.pick(&plan.park_discs);
            (Anchor::Park, near(random, middle, radius * 0.5))
        }
        3 => {
            let (x, y) = *random.pick(&plan.river);
            let bank = if random.chance(0.5) { 62.0 } else { -62.0 };
            (Anchor::River, inside((x + random.normal() * 30.0, y + bank + random.normal() * 9.0)))
        }
        4 => (Anchor::Warm, near(random, town.warm_middle, town.warm.radius_m * 0.55)),
        _ => (Anchor::Cold, near(random, town.cold_middle, town.cold.radius_m * 0.5)),
    }
}

/// −1 to 1: how well places are liked here on average. In the cold area next to nobody likes them, whatever the drift.
fn mood(town: &Town, at: Metres) -> f64 {
    let drift = 0.25 * (at.0 / 1_900.0).sin() + 0.2 * (at.1 / 2_300.0).cos();
    let planted = if town.is_cold(at) {
        -1.2
    } else if apart(at, town.warm_middle) < town.warm.radius_m {
        0.8
    } else {
        0.15
    };
    (drift + planted).clamp(-1.0, 1.0)
}

fn place(
    town: &Town,
    random: &mut Random,
    owner: ParticipantId,
    consent: Purposes,
    anchor: Anchor,
    at: Metres,
    time: Timestamp,
) -> Place {
    let mood = mood(town, at);
    let good = random.chance(0.5 + 0.45 * mood);
    let precision = Precision::ALL[random.weighted(&[0.25, 0.45, 0.2, 0.1])];
    let doing = random.chance(match anchor {
        Anchor::Support(_) | Anchor::Warm => 0.7,
        _ => 0.4,
    });
    let support = Exchange { received: some_types(random, good), given: some_types(random, false) };
    let stories = if good { words::GOOD_STORIES } else { words::HARD_STORIES };
    let said = PlaceContent {
        answers: crate::question::Answers::new(),
        answer_versions: crate::question::AnswerVersions::new(),
        geometry: snap(&geometry(town, random, anchor, at), precision),
        name: random.chance(0.85).then(|| name(town, random, anchor, good, at)),
        being: !doing || random.chance(0.5),
        doing,
        photo_not_taken: None,
        story: random.chance(0.35).then(|| (*random.pick(stories)).to_owned()),
        feelings: feelings(random, good),
        chime: if good { subset(random, &CHIME, 0.3) } else { Vec::new() },
        activities: if doing { words_of(random, words::ACTIVITIES, 0.15) } else { Vec::new() },
        company: words_of(random, words::COMPANY, 0.2),
        support,
        barriers: words_of(random, words::BARRIERS, if good { 0.05 } else { 0.25 }),
        rhythm: random.chance(0.7).then(|| Rhythm {
            often: Some(*random.pick(&[
                Often::Daily,
                Often::Weekly,
                Often::Weekly,
                Often::Monthly,
                Often::Rarely,
            ])),
            parts: subset(
                random,
                &[DayPart::Morning, DayPart::Afternoon, DayPart::Evening, DayPart::Night],
                0.35,
            ),
        }),
        since: random.chance(0.5).then(|| format!("{}", 2008 + random.below(17))),
        home: anchor == Anchor::Home,
        precision,
        share: consent,
    };
    let millisecond = u64::try_from(time.as_millisecond()).unwrap_or_default();
    let id = PlaceId(random.uuid_at(millisecond));
    Place { id, owner, content: said, created_at: time, updated_at: time, version: 1 }
}

const CHIME: [Chime; 5] =
    [Chime::Connectedness, Chime::Hope, Chime::Identity, Chime::Meaning, Chime::Empowerment];

fn geometry(town: &Town, random: &mut Random, anchor: Anchor, at: Metres) -> Geometry {
    let frame = town.plan.frame;
    match (anchor, random.unit()) {
        (Anchor::River | Anchor::Park, u) if u < 0.2 => {
            let mut p = at;
            let steps = (0..6).map(|_| {
                p = inside((p.0 + random.between(60.0, 120.0), p.1 + random.normal() * 15.0));
                p
            });
            let mut line = vec![frame.on_earth(at)];
            line.extend(steps.map(|p| frame.on_earth(p)));
            line.dedup();
            Geometry::Walk(line)
        }
        (Anchor::NearHome | Anchor::Park, u) if u > 0.93 => {
            let half = random.between(8.0, 30.0);
            let at = inside_by(at, half);
            let corner = |sx: f64, sy: f64| frame.on_earth((at.0 + sx * half, at.1 + sy * half));
            let ring = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0), (-1.0, -1.0)];
            Geometry::Area(vec![ring.map(|(sx, sy)| corner(sx, sy)).to_vec()])
        }
        _ => Geometry::Point(frame.on_earth(at)),
    }
}

fn inside_by((x, y): Metres, margin: f64) -> Metres {
    (x.clamp(margin, SIDE_M - margin), y.clamp(margin, SIDE_M - margin))
}

fn name(town: &Town, random: &mut Random, anchor: Anchor, good: bool, at: Metres) -> String {
    let own = match anchor {
        Anchor::Home => return "Home".to_owned(),
        Anchor::Support(i) => match &town.supports[i].details.name {
            Some(name) if random.chance(0.7) => return name.clone(),
            _ => words::AT_SUPPORT,
        },
        Anchor::Cold => words::AT_COLD,
        _ if !good && town.is_cold(at) => words::AT_COLD,
        Anchor::NearHome => words::NEAR_HOME,
        Anchor::Park => words::AT_PARK,
        Anchor::River => words::AT_RIVER,
        Anchor::Warm => words::AT_WARM,
    };
    (*random.pick(own)).to_owned()
}

/// One to three, mostly of one sign.
fn feelings(random: &mut Random, good: bool) -> Vec<Feeling> {
    // `mixed` is neither pleasant nor unpleasant, and nothing that the town is tested by.
    let terms: Vec<&FeelingTerm> = vocabulary().iter().filter(|term| term.id != "mixed").collect();
    let mut chosen: Vec<Feeling> = Vec::new();
    for _ in 0..=random.below(3) {
        let pleasant = good != random.chance(0.12);
        let term = loop {
            let term = random.pick(&terms);
            if (term.valence > 0.0) == pleasant {
                break term;
            }
        };
        let strength = [1, 2, 3][random.weighted(&[0.25, 0.45, 0.3])];
        if chosen.iter().all(|f| f.id() != term.id) {
            chosen.push(Feeling::new(&term.id, strength).expect("a term of the vocabulary, strength 1 to 3"));
        }
    }
    chosen
}

fn some_types(random: &mut Random, good: bool) -> SupportTypes {
    let likely = if good { 0.4 } else { 0.12 };
    SupportTypes::from_bits((0..4).fold(0, |bits, i| bits | (u8::from(random.chance(likely)) << i)))
}

fn subset<T: Copy>(random: &mut Random, values: &[T], likely: f64) -> Vec<T> {
    values.iter().copied().filter(|_| random.chance(likely)).collect()
}

fn words_of(random: &mut Random, words: &[&str], likely: f64) -> Vec<String> {
    words.iter().filter(|_| random.chance(likely)).map(|w| (*w).to_owned()).collect()
}
