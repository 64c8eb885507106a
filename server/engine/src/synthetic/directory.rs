//! The support directory of Kaldavere.

use jiff::Timestamp;

use super::offers;
use super::plan::{Metres, Plan, SIDE_M, apart};
use super::words;
use crate::SupportId;
use crate::category::category;
use crate::random::Random;
use crate::support::{Form, Price, Support, SupportDetails, SupportType, SupportTypes};

use crate::support::SupportType::{Appraisal, Emotional, Informational, Instrumental};

/// A kind of support: category, how many, what it is called, its usual price, what it offers, its usual hours.
struct Kind {
    category: &'static str,
    count: usize,
    called: &'static str,
    price: Price,
    offers: &'static [SupportType],
    hours: &'static [&'static str],
}

const OFFICE: &[&str] = &["Mo-Fr 09:00-17:00", "Mo-Th 09:00-17:00; Fr 09:00-15:00; PH off"];
const LIBRARY: &[&str] = &["Mo-Fr 10:00-19:00; Sa 10:00-16:00", "Tu-Fr 11:00-18:00; Sa 10:00-15:00; PH off"];
const MEETING: &[&str] =
    &["Mo-Fr 10:00-18:00", "Tu,Th 12:00-20:00", "Mo-Sa 11:00-20:00", "We 17:00-19:30; Su 14:00-18:00"];
const CAFE: &[&str] = &["Mo-Fr 08:00-20:00; Sa,Su 10:00-18:00", "Mo-Su 09:00-22:00", "Tu-Su 11:00-19:00"];
const ALWAYS: &[&str] = &["24/7"];
const WORSHIP: &[&str] = &["Su 10:00-13:00; We 17:00-19:00", "Mo-Sa 10:00-16:00; Su 09:00-14:00"];
const SPORT: &[&str] = &["Mo-Fr 07:00-22:00; Sa,Su 09:00-20:00", "Mo-Su 06:30-22:00"];
const GARDEN: &[&str] = &["Apr-Oct Mo-Su 08:00-20:00", "May-Sep 07:00-22:00"];

const fn kind(
    category: &'static str,
    count: usize,
    called: &'static str,
    price: Price,
    offers: &'static [SupportType],
    hours: &'static [&'static str],
) -> Kind {
    Kind { category, count, called, price, offers, hours }
}

/// 287 of them, and the parks: of categories of the directory, which have their words in each language.
const KINDS: &[Kind] = &[
    kind("library", 12, "Raamatukogu", Price::Free, &[Informational, Emotional], LIBRARY),
    kind("community_centre", 20, "Kogukonnamaja", Price::Free, &[Emotional, Instrumental], MEETING),
    kind("social_facility", 22, "Tugikeskus", Price::Free, &[Instrumental, Informational, Appraisal], OFFICE),
    kind("social_centre", 12, "Kohtumispaik", Price::Free, &[Emotional, Appraisal], MEETING),
    kind("social_centre", 8, "Päevakeskus", Price::Low, &[Emotional, Instrumental], OFFICE),
    kind("cafe", 46, "Kohvik", Price::Low, &[Emotional], CAFE),
    kind("cafe", 20, "Söögituba", Price::Paid, &[Emotional], CAFE),
    kind("place_of_worship", 14, "Kirik", Price::Free, &[Emotional, Appraisal], WORSHIP),
    kind("garden", 16, "Kogukonnaaed", Price::Free, &[Emotional, Instrumental], GARDEN),
    kind("arts_centre", 10, "Loomemaja", Price::Low, &[Emotional, Appraisal], MEETING),
    kind("theatre", 3, "Teater", Price::Paid, &[Emotional], MEETING),
    kind("museum", 5, "Muuseum", Price::Low, &[Informational], MEETING),
    kind("sports_centre", 14, "Spordihoone", Price::Paid, &[Appraisal], SPORT),
    kind("swimming_pool", 3, "Ujula", Price::Paid, &[Appraisal], SPORT),
    kind("playground", 18, "Mänguväljak", Price::Free, &[Emotional], ALWAYS),
    kind("clinic", 5, "Tervisekeskus", Price::Low, &[Informational, Instrumental], OFFICE),
    kind("doctors", 10, "Perearst", Price::Free, &[Informational], OFFICE),
    kind("hospital", 1, "Haigla", Price::Unknown, &[Instrumental, Informational], ALWAYS),
    kind("pharmacy", 12, "Apteek", Price::Paid, &[Informational], CAFE),
    kind("toy_library", 10, "Mängutuba", Price::Low, &[Instrumental], OFFICE),
    kind("courses", 10, "Kursused", Price::Free, &[Informational, Appraisal], OFFICE),
    kind("employment_agency", 2, "Töötuba", Price::Free, &[Instrumental, Informational], OFFICE),
    kind("second_hand", 10, "Taaskasutuspood", Price::Low, &[Instrumental], CAFE),
    kind("soup_kitchen", 4, "Toidulaud", Price::Free, &[Instrumental, Emotional], MEETING),
];

/// The supports in a stable order, with the positions in the plan of those that a map shows, which come first.
pub(super) fn directory(plan: &Plan, seed: u64, now: Timestamp) -> (Vec<Support>, Vec<Metres>) {
    let mut random = Random::stream(seed, 2, 0);
    let mut made = Vec::new();
    let mut positions = Vec::new();
    let mut add = |random: &mut Random, kind: &Kind, name: Option<String>, at: Metres| {
        let number = made.len() + 1;
        let price = if random.chance(0.12) { Price::Unknown } else { kind.price };
        let address =
            format!("{} tänav {}, Kaldavere", random.pick(words::street_stems()), 1 + random.below(80));
        made.push(Support::new(
            SupportId(random.uuid()),
            Some(plan.frame.on_earth(at)),
            SupportDetails {
                source: "synthetic".to_owned(),
                source_id: format!("kaldavere/{number}"),
                name,
                category: kind.category.to_owned(),
                form: category(kind.category).map_or(Form::Other, |c| c.form),
                support_types: SupportTypes::of(kind.offers.iter().copied()),
                price,
                opening_hours: random.chance(0.8).then(|| (*random.pick(kind.hours)).to_owned()),
                address: random.chance(0.85).then_some(address),
                website: random.chance(0.4).then(|| format!("https://kaldavere.example/{number}")),
                wheelchair: random.chance(0.6).then(|| (*random.pick(&["yes", "limited", "no"])).to_owned()),
                ..SupportDetails::default()
            },
            now,
        ));
        positions.push(at);
    };
    for kind in KINDS {
        for i in 0..kind.count {
            let name = match kind.category {
                "playground" => None,
                _ if i % 3 == 0 => {
                    Some(format!("{} {}", random.pick(&words::NEIGHBOURHOODS), kind.called.to_lowercase()))
                }
                _ => Some(format!("{} {}", kind.called, random.pick(&words::PROPER))),
            };
            let at = somewhere(plan, &mut random);
            add(&mut random, kind, name, at);
        }
    }
    let park = kind("park", 0, "Park", Price::Free, &[Emotional], ALWAYS);
    for (p, (at, _)) in plan.parks.iter().zip(&plan.park_discs) {
        add(&mut random, &park, Some(p.name.clone()), *at);
    }
    offers::complete(&mut made, plan, seed, now);
    (made, positions)
}

/// A dry position in the town, likelier where more people live.
pub(super) fn somewhere(plan: &Plan, random: &mut Random) -> Metres {
    loop {
        let (x, y) = plan.centres[random.weighted(&plan.weights)];
        let at = (x + random.normal() * 480.0, y + random.normal() * 480.0);
        let inside = |v: f64| (80.0..SIDE_M - 80.0).contains(&v);
        if inside(at.0) && inside(at.1) && plan.river.iter().all(|r| apart(*r, at) > 75.0) {
            return at;
        }
    }
}
