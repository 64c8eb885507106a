//! Filters over supports, and the folding of text that makes search forgiving of accents and case.

use std::collections::BTreeSet;

use crate::Bounds;
use crate::support::{Price, Support, SupportDetails, SupportTypes};

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

    /// The searchable text of a support: name, address and category, apart from each other, so that no
    /// search matches across them.
    pub fn of_support(details: &SupportDetails) -> Self {
        let parts = [details.name.as_deref(), details.address.as_deref(), Some(details.category.as_str())];
        // A line break cannot come out of folding, so no needle spans two parts.
        Self(parts.into_iter().flatten().map(|p| Self::new(p).0).collect::<Vec<_>>().join("\n"))
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

/// Which supports somebody asks for. The default matches every support; all conditions given must hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SupportFilter {
    /// Categories as in [`SupportDetails::category`]; empty for all.
    pub categories: BTreeSet<String>,
    /// At least one of these types is offered; empty for all.
    pub support: SupportTypes,
    /// `true`: known to be free. `false`: known to cost something ([`Price::Low`] or [`Price::Paid`]); an
    /// unknown price is neither.
    pub free: Option<bool>,
    /// Occurs in the name, the address or the category.
    pub text: Option<Folded>,
    /// The location is inside or on the edge.
    pub bounds: Option<Bounds>,
}

impl SupportFilter {
    /// Whether the support meets every condition. Folds the support's text if a text is asked for; see
    /// [`Self::matches_folded`] for many questions to the same support.
    pub fn matches(&self, support: &Support) -> bool {
        self.matches_but_text(support)
            && self.text.as_ref().is_none_or(|t| Folded::of_support(&support.details).contains(t))
    }

    /// The same, given [`Folded::of_support`] of the support.
    pub fn matches_folded(&self, support: &Support, text: &Folded) -> bool {
        self.matches_but_text(support) && self.text.as_ref().is_none_or(|t| text.contains(t))
    }

    fn matches_but_text(&self, support: &Support) -> bool {
        let d = &support.details;
        (self.support.is_empty() || self.support.meets(d.support_types))
            && self.free.is_none_or(|free| match d.price {
                Price::Free => free,
                Price::Low | Price::Paid => !free,
                Price::Unknown => false,
            })
            && self.bounds.is_none_or(|b| b.contains(support.location))
            && (self.categories.is_empty() || self.categories.contains(&d.category))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::SupportType;
    use crate::{LonLat, SupportId};

    fn library() -> Support {
        Support {
            id: SupportId(uuid::Uuid::from_u128(1)),
            location: LonLat::new(24.35, 58.9).unwrap(),
            details: SupportDetails {
                source: "osm".into(),
                source_id: "node/1".into(),
                name: Some("Jõeääre Raamatukogu".into()),
                category: "community_centre".into(),
                support_types: SupportTypes::of([SupportType::Emotional, SupportType::Informational]),
                price: Price::Free,
                opening_hours: None,
                address: Some("Kooli 3, Kaldavere".into()),
                phone: None,
                website: None,
                wheelchair: None,
            },
            updated_at: jiff::Timestamp::UNIX_EPOCH,
        }
    }

    fn text(t: &str) -> SupportFilter {
        SupportFilter { text: Some(Folded::new(t)), ..SupportFilter::default() }
    }

    #[test]
    fn folding_forgives_case_accents_and_spaces() {
        assert_eq!(Folded::new("  ÕÄÖÜ  šž\tÅØæ ").as_str(), "oaou sz aoae");
        assert_eq!(Folded::new("o\u{303}u\u{308}"), Folded::new("Õü"));
        assert_eq!(Folded::new(Folded::new("Žürii").as_str()), Folded::new("zurii"));
    }

    #[test]
    fn a_search_finds_name_address_and_category_but_nothing_across_them() {
        for found in ["jõeäärE", "joeaare raamat", "kooli 3", "Community Centre", "", "  "] {
            assert!(text(found).matches(&library()), "{found:?}");
        }
        for missed in ["raamatukogu kooli", "raamatukogu\nkooli", "apteek"] {
            assert!(!text(missed).matches(&library()), "{missed:?}");
        }
    }

    #[test]
    fn every_condition_must_hold_and_none_means_all() {
        let all = SupportFilter::default();
        assert!(all.matches(&library()));
        let right = SupportFilter {
            categories: ["library", "community_centre"].map(String::from).into(),
            support: SupportTypes::of([SupportType::Emotional, SupportType::Appraisal]),
            free: Some(true),
            bounds: Bounds::new(24.35, 58.9, 24.4, 59.0).ok(),
            ..text("raamat")
        };
        assert!(right.matches(&library()));
        let wrong = [
            SupportFilter { categories: ["library".to_owned()].into(), ..right.clone() },
            SupportFilter { support: SupportTypes::of([SupportType::Appraisal]), ..right.clone() },
            SupportFilter { free: Some(false), ..right.clone() },
            SupportFilter { bounds: Bounds::new(24.36, 58.9, 24.4, 59.0).ok(), ..right.clone() },
            SupportFilter { text: Some(Folded::new("pood")), ..right },
        ];
        for filter in wrong {
            assert!(!filter.matches(&library()), "{filter:?}");
        }
    }

    #[test]
    fn an_unknown_price_is_neither_free_nor_not_free() {
        let mut support = library();
        support.details.price = Price::Unknown;
        for free in [true, false] {
            assert!(!SupportFilter { free: Some(free), ..SupportFilter::default() }.matches(&support));
        }
        support.details.price = Price::Low;
        assert!(SupportFilter { free: Some(false), ..SupportFilter::default() }.matches(&support));
    }
}
