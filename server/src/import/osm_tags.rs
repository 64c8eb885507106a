//! From OpenStreetMap tags to a support.

use engine::category::{Category, category_of};
use engine::support::{Amount, Price, Status, SupportDetails, is_amount, is_since};
use jiff::civil::Date;

/// Longest value that is kept, in characters.
const MOST: usize = 1_000;

/// Tags that take a feature out although its category would let it in.
const CLOSED: [(&str, &str); 11] = [
    // Nobody may come in.
    ("access", "private"),
    ("access", "no"),
    // It is not there any more. Life-cycle prefixes such as `disused:amenity` make other keys and no category.
    ("disused", "yes"),
    ("abandoned", "yes"),
    ("demolished", "yes"),
    // People live here: it is no offer to those who come.
    ("social_facility", "nursing_home"),
    ("social_facility", "assisted_living"),
    ("social_facility", "group_home"),
    ("social_facility", "dormitory"),
    ("garden:type", "residential"),
    ("garden:type", "private"),
];

/// The support that the tags make, if they make one; `value_of` looks a key up.
pub fn support<'a>(source_id: String, value_of: impl Fn(&str) -> Option<&'a str>) -> Option<SupportDetails> {
    let category = category_of(&value_of)?;
    if CLOSED.iter().any(|(key, value)| value_of(key) == Some(value)) {
        return None;
    }
    let text = |key: &str| value_of(key).and_then(clean);
    let first = |keys: &[&str]| keys.iter().find_map(|key| text(key));
    Some(SupportDetails {
        source: "osm".to_owned(),
        source_id,
        name: first(&["name", "official_name", "operator"]),
        category: category.id.clone(),
        support_types: category.support_types,
        form: category.form,
        organisation: text("operator"),
        description: text("description"),
        price: price(category, &value_of),
        price_amount: text("charge").and_then(|charge| amount(&charge)),
        opening_hours: text("opening_hours"),
        since: text("start_date").filter(|date| is_since(date)),
        status: status(&value_of),
        closing_on: text("end_date").and_then(|date| date.parse().ok()),
        last_checked: last_checked(text),
        languages: languages(&value_of),
        address: address(text),
        phone: first(&["phone", "contact:phone"]),
        email: first(&["email", "contact:email"]).filter(|email| email.contains('@')),
        website: first(&["website", "contact:website", "url"])
            .filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        wheelchair: text("wheelchair").and_then(|w| match w.as_str() {
            "designated" => Some("yes".to_owned()),
            "yes" | "limited" | "no" => Some(w),
            _ => None,
        }),
        ..SupportDetails::default()
    })
}

/// Trimmed, without characters that cannot be stored or shown; `None` when empty or too long.
pub fn clean(value: &str) -> Option<String> {
    let value = value.trim();
    let fits = !value.is_empty() && value.chars().count() <= MOST && !value.chars().any(char::is_control);
    fits.then(|| value.to_owned())
}

fn price<'a>(category: &Category, value_of: impl Fn(&str) -> Option<&'a str>) -> Price {
    match (value_of("fee"), value_of("charge")) {
        (Some("no"), _) => Price::Free,
        (Some("donation"), _) => Price::Low,
        (Some("yes"), _) | (_, Some(_)) => Price::Paid,
        // Anything else, `unknown` for one, says no more than nothing.
        _ => category.price,
    }
}

/// Languages whose `language:` tags are looked for: those of the north and of the many who came there.
const LANGUAGES: [&str; 22] = [
    "ar", "de", "en", "es", "et", "fa", "fi", "fr", "it", "lt", "lv", "nb", "nn", "no", "pl", "ru", "se",
    "so", "sv", "ti", "tr", "uk",
];

fn languages<'a>(value_of: impl Fn(&str) -> Option<&'a str>) -> Vec<String> {
    let spoken = |code: &&str| {
        matches!(value_of(&format!("language:{code}")), Some("yes" | "main" | "only" | "designated"))
    };
    LANGUAGES.into_iter().filter(spoken).map(str::to_owned).collect()
}

fn status<'a>(value_of: impl Fn(&str) -> Option<&'a str>) -> Status {
    match value_of("operational_status") {
        Some("closed") => Status::Closed,
        Some("temporarily_closed" | "closed_temporarily" | "temporary_closed" | "under_construction") => {
            Status::TemporarilyClosed
        }
        _ if value_of("end_date").is_some_and(|date| date.parse::<Date>().is_ok()) => Status::Closing,
        _ => Status::Active,
    }
}

fn last_checked(text: impl Fn(&str) -> Option<String>) -> Option<Date> {
    let dates = ["check_date", "check_date:opening_hours", "survey:date"];
    dates.iter().filter_map(|key| text(key)?.parse().ok()).max()
}

/// A charge such as `2.50 EUR`; one by the hour or of several prices is none.
fn amount(charge: &str) -> Option<Amount> {
    let (amount, currency) = charge.split_once(' ')?;
    let amount = Amount { amount: amount.to_owned(), currency: currency.to_owned() };
    is_amount(&amount).then_some(amount)
}

fn address(text: impl Fn(&str) -> Option<String>) -> Option<String> {
    let street = text("addr:street").or_else(|| text("addr:place"))?;
    let mut line = match text("addr:housenumber") {
        Some(number) => format!("{street} {number}"),
        None => street,
    };
    let town = [text("addr:postcode"), text("addr:city")].into_iter().flatten().collect::<Vec<_>>().join(" ");
    if !town.is_empty() {
        line.push_str(", ");
        line.push_str(&town);
    }
    Some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(tags: &[(&str, &'static str)]) -> Option<SupportDetails> {
        support("node/1".into(), |key| tags.iter().find(|(k, _)| *k == key).map(|(_, v)| *v))
    }

    #[test]
    fn a_library_is_free_unless_it_says_otherwise_and_a_bench_is_nothing() {
        assert_eq!(of(&[("amenity", "library")]).unwrap().price, Price::Free);
        assert_eq!(of(&[("amenity", "library"), ("fee", "yes")]).unwrap().price, Price::Paid);
        assert_eq!(of(&[("amenity", "museum")]), None);
        assert_eq!(of(&[("amenity", "bench")]), None);
    }

    #[test]
    fn a_fee_that_is_not_known_leaves_the_usual_price() {
        let price = |fee| of(&[("tourism", "museum"), ("fee", fee)]).unwrap().price;
        assert_eq!(price("unknown"), Price::Unknown);
        assert_eq!(price("interval"), Price::Unknown);
        assert_eq!(price("donation"), Price::Low);
        assert_eq!(of(&[("tourism", "museum"), ("charge", "5 EUR")]).unwrap().price, Price::Paid);
    }

    #[test]
    fn what_is_closed_private_or_somebodys_home_is_no_support() {
        for tags in [
            [("disused:amenity", "library"), ("name", "Raamatukogu")],
            [("amenity", "cafe"), ("disused", "yes")],
            [("leisure", "garden"), ("access", "private")],
            [("leisure", "garden"), ("garden:type", "residential")],
            [("amenity", "social_facility"), ("social_facility", "nursing_home")],
        ] {
            assert_eq!(of(&tags), None, "{tags:?}");
        }
    }

    #[test]
    fn a_social_facility_is_what_its_own_tag_says() {
        let of_kind =
            |kind| of(&[("amenity", "social_facility"), ("social_facility", kind)]).unwrap().category;
        assert_eq!(of_kind("food_bank"), "soup_kitchen");
        assert_eq!(of_kind("shelter"), "shelter");
        assert_eq!(of_kind("day_care"), "social_facility");
    }

    #[test]
    fn tags_say_who_runs_it_what_it_costs_which_languages_it_speaks_and_whether_it_ends() {
        let cafe = of(&[
            ("amenity", "cafe"),
            ("operator", "Kaldavere Selts"),
            ("charge", "2.50 EUR"),
            ("language:et", "main"),
            ("language:ru", "yes"),
            ("language:de", "no"),
            ("start_date", "1998-05"),
            ("end_date", "2026-12-31"),
            ("check_date", "2026-01-05"),
            ("survey:date", "2025-01-05"),
            ("wheelchair", "designated"),
            ("email", "kohvik@kaldavere.example"),
        ])
        .unwrap();
        assert_eq!(cafe.form, engine::support::Form::Cafe);
        assert_eq!(cafe.organisation.as_deref(), Some("Kaldavere Selts"));
        assert_eq!(cafe.price_amount.unwrap().amount, "2.50");
        assert_eq!(cafe.languages, ["et", "ru"]);
        assert_eq!((cafe.since.as_deref(), cafe.wheelchair.as_deref()), (Some("1998-05"), Some("yes")));
        assert_eq!(
            (cafe.status, cafe.closing_on.unwrap().to_string()),
            (Status::Closing, "2026-12-31".into())
        );
        assert_eq!(cafe.last_checked.unwrap().to_string(), "2026-01-05");
        assert!(amount("2 EUR/hour").is_none() && amount("free").is_none() && amount("1. EUR").is_none());
        assert!(!is_since("C19") && !is_since("1998-13") && is_since("1998"));
    }

    #[test]
    fn an_address_is_one_line_and_only_web_addresses_are_links() {
        let cafe = of(&[
            ("amenity", "cafe"),
            ("addr:street", "Kaevu"),
            ("addr:housenumber", "3"),
            ("addr:city", "Kaldavere"),
            ("website", "javascript:alert(1)"),
        ])
        .unwrap();
        assert_eq!(cafe.address.as_deref(), Some("Kaevu 3, Kaldavere"));
        assert_eq!(cafe.website, None);
    }
}
