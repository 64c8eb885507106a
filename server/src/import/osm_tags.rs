//! From OpenStreetMap tags to a support.

use engine::category::{Category, category_of};
use engine::support::{Price, SupportDetails};

/// Longest value that is kept, in characters.
const MOST: usize = 1_000;

/// The support that the tags make, if they make one; `value_of` looks a key up.
pub fn support<'a>(source_id: String, value_of: impl Fn(&str) -> Option<&'a str>) -> Option<SupportDetails> {
    let category = category_of(&value_of)?;
    let text = |key: &str| value_of(key).and_then(clean);
    let first = |keys: &[&str]| keys.iter().find_map(|key| text(key));
    Some(SupportDetails {
        source: "osm".to_owned(),
        source_id,
        name: first(&["name", "official_name", "operator"]),
        category: category.id.clone(),
        support_types: category.support_types,
        price: price(category, &value_of),
        opening_hours: text("opening_hours"),
        address: address(text),
        phone: first(&["phone", "contact:phone"]),
        website: first(&["website", "contact:website", "url"])
            .filter(|url| url.starts_with("https://") || url.starts_with("http://")),
        wheelchair: text("wheelchair").filter(|w| matches!(w.as_str(), "yes" | "limited" | "no")),
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
        (Some(_), _) | (None, Some(_)) => Price::Paid,
        (None, None) => category.price,
    }
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
