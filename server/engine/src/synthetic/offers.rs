//! What Kaldavere's directory says beyond place, price and hours; and the groups, lines and forums of its people.
//! All of it is drawn apart from the rest, so that a town of before only gets more to say.

use jiff::Timestamp;
use jiff::civil::date;

use super::plan::Plan;
use super::words;
use crate::SupportId;
use crate::random::Random;
use crate::support::{
    ByDay, Channel, Closeness, Form, Frequency, Price, Referral, Schedule, Status, Support, SupportDetails,
    SupportType, SupportTypes,
};

/// A kind of offer that no map shows.
struct Offer {
    called: &'static str,
    form: Form,
    category: &'static str,
    channel: Channel,
    count: u64,
    hours: Option<&'static str>,
    /// Frequency, interval, weekday, from, to.
    schedule: Option<(Frequency, u16, &'static str, &'static str, &'static str)>,
    offers: &'static [SupportType],
    closeness: &'static [Closeness],
}

const NEARNESS: &[Closeness] =
    &[Closeness::SharedExperience, Closeness::NonJudgement, Closeness::RepeatedInteraction];

const OFFERS: &[Offer] = &[
    Offer {
        called: "Klubimaja",
        form: Form::Clubhouse,
        category: "clubhouse",
        channel: Channel::Place,
        count: 2,
        hours: Some("Mo-Fr 09:00-17:00; Sa 11:00-15:00; PH 11:00-15:00"),
        schedule: None,
        offers: &[SupportType::Emotional, SupportType::Instrumental, SupportType::Appraisal],
        closeness: Closeness::ALL,
    },
    Offer {
        called: "Kogemusgrupp",
        form: Form::PeerGroup,
        category: "clubhouse",
        channel: Channel::Place,
        count: 4,
        hours: None,
        schedule: Some((Frequency::Weekly, 2, "TU", "17:30", "19:30")),
        offers: &[SupportType::Emotional, SupportType::Appraisal],
        closeness: NEARNESS,
    },
    Offer {
        called: "Taastumisring",
        form: Form::RecoveryCommunity,
        category: "clubhouse",
        channel: Channel::Place,
        count: 2,
        hours: None,
        schedule: Some((Frequency::Monthly, 1, "1SA", "12:00", "16:00")),
        offers: &[SupportType::Emotional, SupportType::Informational],
        closeness: NEARNESS,
    },
    Offer {
        called: "Käsitööring",
        form: Form::Craft,
        category: "workshop",
        channel: Channel::Place,
        count: 2,
        hours: None,
        schedule: Some((Frequency::Weekly, 1, "WE", "16:00", "20:00")),
        offers: &[SupportType::Instrumental],
        closeness: &[Closeness::Skills, Closeness::FlexibleActivities],
    },
    Offer {
        called: "Kriisiliin",
        form: Form::CrisisLine,
        category: "counselling",
        channel: Channel::Telephone,
        count: 2,
        hours: Some("24/7"),
        schedule: None,
        offers: &[SupportType::Emotional, SupportType::Informational],
        closeness: &[Closeness::NonJudgement],
    },
    Offer {
        called: "Foorum",
        form: Form::OnlineForum,
        category: "clubhouse",
        channel: Channel::Online,
        count: 2,
        hours: None,
        schedule: None,
        offers: &[SupportType::Emotional, SupportType::Appraisal],
        closeness: &[Closeness::SharedExperience],
    },
    // A shelter: nobody may learn from any output where it is.
    Offer {
        called: SHELTER,
        form: Form::Other,
        category: "shelter",
        channel: Channel::Place,
        count: 1,
        hours: Some("24/7"),
        schedule: None,
        offers: &[SupportType::Emotional, SupportType::Instrumental],
        closeness: &[Closeness::NonJudgement],
    },
];

const SHELTER: &str = "Turvakodu";

/// Adds to each support what else may be known of it, and to all of them the offers that no map shows. The new
/// ones come last.
pub(super) fn complete(supports: &mut Vec<Support>, plan: &Plan, seed: u64, now: Timestamp) {
    for (i, support) in (0..).zip(supports.iter_mut()) {
        say_more(&mut support.details, &mut Random::stream(seed, 5, i));
    }
    for offer in OFFERS {
        for i in 0..offer.count {
            let mut random = Random::stream(seed, 6, supports.len() as u64);
            let details = details(offer, i, supports.len() + 1, &mut random);
            let at = super::directory::somewhere(plan, &mut random);
            let at =
                (offer.channel == Channel::Place && !details.confidential).then(|| plan.frame.on_earth(at));
            supports.push(Support::new(SupportId(random.uuid()), at, details, now));
        }
    }
}

fn say_more(details: &mut SupportDetails, random: &mut Random) {
    let social = matches!(details.form, Form::MeetingPlace | Form::Meals | Form::Garden);
    details.languages = languages(random);
    details.direct = social.then(|| random.chance(0.8));
    details.referral = if details.category == "social_facility" {
        *random.pick(&[Referral::None, Referral::Needed, Referral::Unknown])
    } else {
        Referral::Unknown
    };
    details.lived_experience = (social && random.chance(0.5)).then(|| random.chance(0.5));
    if social {
        details.closeness = Closeness::ALL.iter().copied().filter(|_| random.chance(0.25)).collect();
    }
    details.since = random.chance(0.3).then(|| (1990 + random.below(35)).to_string());
    details.last_checked = random.chance(0.4).then(|| {
        date(2026, 1, 1).saturating_add(jiff::Span::new().days(i64::try_from(random.below(200)).unwrap_or(0)))
    });
    if random.chance(0.02) {
        details.status = Status::TemporarilyClosed;
    }
}

fn languages(random: &mut Random) -> Vec<String> {
    let spoken: &[&str] = match random.below(10) {
        0..5 => &[],
        5..8 => &["et"],
        8 => &["et", "ru"],
        _ => &["et", "en"],
    };
    spoken.iter().map(|code| (*code).to_owned()).collect()
}

fn details(offer: &Offer, i: u64, number: usize, random: &mut Random) -> SupportDetails {
    let schedule = offer.schedule.map(|(freq, interval, day, from, to)| Schedule {
        freq,
        interval,
        byday: day.parse::<ByDay>().into_iter().collect(),
        // A Tuesday; every second one goes in turn with the next.
        dtstart: date(2026, 1, 6).checked_add(jiff::Span::new().weeks(i64::try_from(i).unwrap_or(0))).ok(),
        opens_at: from.parse().ok(),
        closes_at: to.parse().ok(),
        ..Schedule::default()
    });
    SupportDetails {
        source: "synthetic".to_owned(),
        source_id: format!("kaldavere/{number}"),
        name: Some(format!("{} {}", offer.called, random.pick(&words::PROPER))),
        category: offer.category.to_owned(),
        form: offer.form,
        organisation: Some("Kaldavere Kogukonna Selts".to_owned()),
        support_types: SupportTypes::of(offer.offers.iter().copied()),
        channel: offer.channel,
        direct: Some(true),
        confidential: offer.called == SHELTER,
        referral: Referral::None,
        price: Price::Free,
        capacity: match offer.form {
            Form::Clubhouse => Some(150),
            Form::PeerGroup => Some(12),
            _ => None,
        },
        lived_experience: Some(true),
        closeness: offer.closeness.iter().copied().collect(),
        languages: vec!["et".to_owned(), if i == 0 { "ru" } else { "en" }.to_owned()],
        opening_hours: offer.hours.map(str::to_owned),
        schedules: schedule.into_iter().collect(),
        phone: (offer.channel == Channel::Telephone || offer.called == SHELTER)
            .then(|| format!("555 01{:02}", number % 100)),
        website: Some(format!("https://kaldavere.example/{number}")),
        wheelchair: (offer.channel == Channel::Place && offer.called != SHELTER).then(|| "yes".to_owned()),
        ..SupportDetails::default()
    }
}
