//! Filters over supports, and the folding of text that makes search forgiving of accents and case.

use std::collections::BTreeSet;

use geo::{Intersects, MultiPolygon, Point};
use jiff::civil::{Date, DateTime};

use crate::community::Country;
use crate::hours::{State, Timetable};
use crate::search::{Search, words_of};
use crate::support::{Channel, Form, Price, Referral, Status, Support, SupportDetails, SupportTypes};
use crate::{Bounds, LonLat};

/// Text reduced to what a search compares: lower case, accents removed, runs of spaces, control characters
/// and underscores as one space, trimmed.
///
/// # Notes
/// Letters fold to their base for the languages that Stead speaks and their neighbours: õ ö ø ó ô ò → o,
/// ä å á à â ã → a, ü ú ù û → u, š → s, ž → z, æ → ae, œ → oe, ß → ss, þ → th, ð → d, č ç → c, é è ê ë → e,
/// í ì î ï → i, ñ → n, ý ÿ → y, Latvian and Lithuanian letters likewise. Combining accents (U+0300..=U+036F)
/// are dropped, so decomposed text folds like composed text. Other scripts are only lower-cased.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Folded(String);

impl Folded {
    /// Folds a text.
    pub fn new(text: &str) -> Self {
        let mut folded = String::with_capacity(text.len());
        for c in text.chars().flat_map(char::to_lowercase) {
            match fold_char(c) {
                Fold::Keep => folded.push(c),
                Fold::As(base) => folded.push_str(base),
                Fold::Space if folded.is_empty() || folded.ends_with(' ') => {}
                Fold::Space => folded.push(' '),
            }
        }
        if folded.ends_with(' ') {
            folded.pop();
        }
        Self(folded)
    }

    /// The folded text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the other text occurs in this one; the empty text occurs in every text.
    pub fn contains(&self, needle: &Self) -> bool {
        self.0.contains(&needle.0)
    }
}

enum Fold {
    Keep,
    As(&'static str),
    Space,
}

fn fold_char(c: char) -> Fold {
    match c {
        'a'..='z' | '0'..='9' => Fold::Keep,
        '_' => Fold::Space,
        'õ' | 'ö' | 'ø' | 'ó' | 'ô' | 'ò' | 'ō' => Fold::As("o"),
        'ä' | 'å' | 'á' | 'à' | 'â' | 'ã' | 'ā' | 'ą' => Fold::As("a"),
        'ü' | 'ú' | 'ù' | 'û' | 'ū' | 'ų' => Fold::As("u"),
        'š' | 'ś' => Fold::As("s"),
        'ž' | 'ź' | 'ż' => Fold::As("z"),
        'æ' => Fold::As("ae"),
        'œ' => Fold::As("oe"),
        'ß' => Fold::As("ss"),
        'þ' => Fold::As("th"),
        'ð' | 'đ' => Fold::As("d"),
        'č' | 'ç' | 'ć' => Fold::As("c"),
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' => Fold::As("e"),
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'į' => Fold::As("i"),
        'ñ' | 'ņ' | 'ń' => Fold::As("n"),
        'ý' | 'ÿ' => Fold::As("y"),
        'ģ' => Fold::As("g"),
        'ķ' => Fold::As("k"),
        'ļ' | 'ł' => Fold::As("l"),
        '\u{300}'..='\u{36f}' => Fold::As(""),
        c if c.is_whitespace() || c.is_control() => Fold::Space,
        _ => Fold::Keep,
    }
}

/// A time at which a support must be known to be open, by the community's clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenWhen {
    /// At an instant.
    At(DateTime),
    /// From an instant to another, all the time.
    During(DateTime, DateTime),
}

/// Whether supports are asked for that their source does not have any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Missing {
    /// Without them.
    #[default]
    Without,
    /// Them too.
    Also,
    /// Nothing but them.
    Only,
}

impl Missing {
    /// Reads `also` or `only`.
    pub fn parse(text: &str) -> Option<Self> {
        match text {
            "also" => Some(Self::Also),
            "only" => Some(Self::Only),
            _ => None,
        }
    }
}

/// Which supports somebody asks for. The default matches every support that is there; all conditions given must
/// hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SupportFilter {
    /// Categories as in [`SupportDetails::category`](crate::support::SupportDetails::category); empty for all.
    pub categories: BTreeSet<String>,
    /// Forms; empty for all.
    pub forms: BTreeSet<Form>,
    /// Whether they are there; empty for all that are not closed.
    pub statuses: BTreeSet<Status>,
    /// The day on which they are, or the status as it was written down.
    pub today: Option<Date>,
    /// What their source does not have any more.
    pub missing: Missing,
    /// At least one of these types is offered; empty for all.
    pub support: SupportTypes,
    /// `true`: known to be free. `false`: known to cost something ([`Price::Low`] or [`Price::Paid`]); an
    /// unknown price is neither.
    pub free: Option<bool>,
    /// Whether anybody may simply walk in, by [`low_threshold`]; what is not known is neither.
    pub low_threshold: Option<bool>,
    /// At least one of these languages, by ISO 639, is spoken; empty for all.
    pub languages: BTreeSet<String>,
    /// `true`: known to be accessible with a wheelchair, if only in part. `false`: known not to be.
    pub accessible: Option<bool>,
    /// Words that it is called by.
    pub text: Option<Search>,
    /// The location is inside or on the edge.
    pub bounds: Option<Bounds>,
    /// The location is inside or on the edge of each of these.
    pub within: Vec<MultiPolygon>,
    /// When it is known to be open.
    pub open: Option<OpenWhen>,
}

impl SupportFilter {
    /// Whether the support meets every condition; reads its words and its hours for the purpose, with the holidays
    /// of a country. An index keeps both ready.
    pub fn matches(&self, support: &Support, country: Option<Country>) -> bool {
        self.matches_basics(support)
            && self.text.as_ref().is_none_or(|text| text.finds(&words_of(support)))
            && self.is_open(&Timetable::new(&support.details, country))
    }

    /// Whether the support is open when it must be.
    pub fn is_open(&self, timetable: &Timetable) -> bool {
        match self.open {
            None => true,
            Some(OpenWhen::At(at)) => timetable.state_at(at) == State::Open,
            Some(OpenWhen::During(from, to)) => timetable.state_during(from, to) == State::Open,
        }
    }

    /// Whether the support is there, as far as anybody asks.
    fn lists(&self, support: &Support) -> bool {
        let status = self.today.map_or(support.details.status, |today| support.status_on(today));
        let there =
            if self.statuses.is_empty() { status != Status::Closed } else { self.statuses.contains(&status) };
        let missing = support.missing_since.is_some();
        there
            && match self.missing {
                Missing::Without => !missing,
                Missing::Also => true,
                Missing::Only => missing,
            }
    }

    /// Whether the support meets every condition that needs neither words nor hours.
    pub fn matches_basics(&self, support: &Support) -> bool {
        let d = &support.details;
        (self.support.is_empty() || self.support.meets(d.support_types))
            && self.free.is_none_or(|free| match d.price {
                Price::Free => free,
                Price::Low | Price::Paid => !free,
                Price::Unknown => false,
            })
            && self.low_threshold.is_none_or(|low| low_threshold(d) == Some(low))
            && (self.categories.is_empty() || self.categories.contains(&d.category))
            && (self.forms.is_empty() || self.forms.contains(&d.form))
            && self.lists(support)
            && (self.languages.is_empty() || d.languages.iter().any(|spoken| self.languages.contains(spoken)))
            && self.accessible.is_none_or(|accessible| match d.wheelchair.as_deref() {
                Some("yes" | "limited") => accessible,
                Some("no") => !accessible,
                _ => false,
            })
            && self.bounds.is_none_or(|b| support.location.is_some_and(|at| b.contains(at)))
            && self.within.iter().all(|area| support.location.is_some_and(|at| is_in(at, area)))
    }
}

/// Whether a support has a low threshold: somebody goes there (no appointment over a line), pays nothing and needs
/// nobody to send them.
///
/// # Returns
///
/// `Some(true)` when its channel is a place, its price is known to be free and it is known that nobody must refer;
/// `Some(false)` when one of the three is known not to hold; `None` when price or referral is unknown, since unknown is
/// not free and not open to all.
pub fn low_threshold(details: &SupportDetails) -> Option<bool> {
    let by_going_there = details.channel == Channel::Place;
    match (by_going_there, details.price, details.referral) {
        (false, ..) | (_, Price::Low | Price::Paid, _) | (_, _, Referral::Needed) => Some(false),
        (true, Price::Free, Referral::None) => Some(true),
        (true, ..) => None,
    }
}

/// Whether a position is inside of an area or on its edge.
fn is_in(at: LonLat, area: &MultiPolygon) -> bool {
    area.intersects(&Point::new(at.lon(), at.lat()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SupportId;
    use crate::support::SupportType;

    fn library() -> Support {
        Support::new(
            SupportId(uuid::Uuid::from_u128(1)),
            LonLat::new(24.35, 58.9).ok(),
            SupportDetails {
                source: "osm".into(),
                source_id: "node/1".into(),
                name: Some("Jõeääre Raamatukogu".into()),
                category: "community_centre".into(),
                form: Form::MeetingPlace,
                support_types: SupportTypes::of([SupportType::Emotional, SupportType::Informational]),
                price: Price::Free,
                address: Some("Kooli 3, Kaldavere".into()),
                ..SupportDetails::default()
            },
            jiff::Timestamp::UNIX_EPOCH,
        )
    }

    fn text(t: &str) -> SupportFilter {
        SupportFilter { text: Some(Search::new(t)), ..SupportFilter::default() }
    }

    #[test]
    fn folding_forgives_case_accents_and_spaces() {
        assert_eq!(Folded::new("  ÕÄÖÜ  šž\tÅØæ ").as_str(), "oaou sz aoae");
        assert_eq!(Folded::new("o\u{303}u\u{308}"), Folded::new("Õü"));
        assert_eq!(Folded::new(Folded::new("Žürii").as_str()), Folded::new("zurii"));
    }

    #[test]
    fn a_search_finds_name_address_category_and_form_in_every_language() {
        for found in
            ["jõeäärE", "joeaare raamat", "kooli 3", "Community Centre", "grendehus", "kohtumispaik", "", " "]
        {
            assert!(text(found).matches(&library(), None), "{found:?}");
        }
        for missed in ["raamatupood", "jõeääre apteek", "apteek"] {
            assert!(!text(missed).matches(&library(), None), "{missed:?}");
        }
    }

    #[test]
    fn every_condition_must_hold_and_none_means_all() {
        let all = SupportFilter::default();
        assert!(all.matches(&library(), None));
        let right = SupportFilter {
            categories: ["library", "community_centre"].map(String::from).into(),
            support: SupportTypes::of([SupportType::Emotional, SupportType::Appraisal]),
            free: Some(true),
            bounds: Bounds::new(24.35, 58.9, 24.4, 59.0).ok(),
            ..text("raamat")
        };
        assert!(right.matches(&library(), None));
        let wrong = [
            SupportFilter { categories: ["library".to_owned()].into(), ..right.clone() },
            SupportFilter { support: SupportTypes::of([SupportType::Appraisal]), ..right.clone() },
            SupportFilter { free: Some(false), ..right.clone() },
            SupportFilter { bounds: Bounds::new(24.36, 58.9, 24.4, 59.0).ok(), ..right.clone() },
            SupportFilter { text: Some(Search::new("pood")), ..right },
        ];
        for filter in wrong {
            assert!(!filter.matches(&library(), None), "{filter:?}");
        }
    }

    #[test]
    fn a_low_threshold_is_free_without_referral_and_a_place_to_walk_into() {
        let ask = |low: bool, support: &Support| {
            SupportFilter { low_threshold: Some(low), ..SupportFilter::default() }.matches(support, None)
        };
        let mut support = library();
        assert!(!ask(true, &support) && !ask(false, &support), "nobody said whether one must be referred");
        support.details.referral = Referral::None;
        assert!(ask(true, &support) && !ask(false, &support));
        let changes: [fn(&mut SupportDetails); 3] =
            [|d| d.referral = Referral::Needed, |d| d.price = Price::Low, |d| d.channel = Channel::Telephone];
        for change in changes {
            let mut other = support.clone();
            change(&mut other.details);
            assert!(!ask(true, &other) && ask(false, &other), "{:?}", other.details);
        }
    }

    #[test]
    fn an_unknown_price_is_neither_free_nor_not_free() {
        let mut support = library();
        support.details.price = Price::Unknown;
        for free in [true, false] {
            assert!(!SupportFilter { free: Some(free), ..SupportFilter::default() }.matches(&support, None));
        }
        support.details.price = Price::Low;
        assert!(SupportFilter { free: Some(false), ..SupportFilter::default() }.matches(&support, None));
    }
}
