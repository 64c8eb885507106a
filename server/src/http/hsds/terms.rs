//! Taxonomies and their terms: those of our profile, and those that sources brought along.

use engine::support::{Closeness, Form, Status, Support, SupportType, Term};
use serde_json::{Value, json};
use uuid::Uuid;

use super::ids;
use crate::import::hsds::PROFILE;

/// What an attribute says of a service.
pub struct Said {
    /// The taxonomy's name.
    pub taxonomy: String,
    /// The term's code there.
    pub code: String,
    /// The term's name.
    pub name: String,
    /// What beyond the term.
    pub value: Option<String>,
}

impl Said {
    fn new(taxonomy: &str, code: &str, name: &str, value: Option<String>) -> Self {
        let taxonomy = format!("{PROFILE}{taxonomy}");
        Self { taxonomy, code: code.to_owned(), name: name.to_owned(), value }
    }

    /// The term's identifier.
    pub fn id(&self) -> Uuid {
        ids::term(&self.taxonomy, &self.code)
    }

    /// The term.
    pub fn term(&self) -> Value {
        let name = if self.name.is_empty() { &self.code } else { &self.name };
        json!({
            "id": self.id(), "code": self.code, "name": name, "description": name, "taxonomy": self.taxonomy,
            "taxonomy_detail": taxonomy(&self.taxonomy), "taxonomy_id": ids::taxonomy(&self.taxonomy),
        })
    }
}

/// A taxonomy.
pub fn taxonomy(name: &str) -> Value {
    let description = match name.strip_prefix(PROFILE) {
        Some("support_type") => "Types of support offered (House 1981)",
        Some("form") => "What kind of place or group it is",
        Some("category") => "Categories by the values of OpenStreetMap",
        Some("closeness") => "What makes people close to each other there",
        Some("about") => "Further facts; the attribute's value says which",
        _ => "A taxonomy of the source",
    };
    json!({"id": ids::taxonomy(name), "name": name, "description": description})
}

/// Everything about a service that HSDS has no member for, and its terms.
pub fn said(support: &Support, status: Status) -> Vec<Said> {
    let d = &support.details;
    let mut all: Vec<Said> =
        d.support_types.iter().map(|t| Said::new("support_type", t.as_str(), t.as_str(), None)).collect();
    all.push(Said::new("form", d.form.as_str(), d.form.as_str(), None));
    all.push(Said::new("category", &d.category, &d.category, None));
    all.extend(d.closeness.iter().map(|c| Said::new("closeness", c.as_str(), c.as_str(), None)));
    let flag = |yes: bool| yes.to_string();
    let facts = [
        ("channel", Some(d.channel.as_str().to_owned())),
        ("confidential", d.confidential.then(|| flag(true))),
        ("direct", d.direct.map(flag)),
        ("referral", Some(d.referral.as_str().to_owned()).filter(|r| r != "unknown")),
        ("price", Some(d.price.as_str().to_owned()).filter(|p| p != "unknown")),
        ("capacity", d.capacity.map(|places| places.to_string())),
        ("lived_experience", d.lived_experience.map(flag)),
        ("since", d.since.clone()),
        ("status", (status == Status::Closing).then(|| status.as_str().to_owned())),
        ("closing_on", d.closing_on.map(|day| day.to_string())),
        ("opening_hours", d.opening_hours.clone()),
        ("address", d.address.clone()),
        ("wheelchair", d.wheelchair.clone()),
    ];
    all.extend(
        facts.into_iter().filter_map(|(name, value)| Some(Said::new("about", name, name, Some(value?)))),
    );
    all.extend(d.terms.iter().map(|Term { taxonomy, id, name }| Said {
        taxonomy: taxonomy.clone(),
        code: id.clone(),
        name: name.clone(),
        value: None,
    }));
    all
}

/// The terms of our profile that there are whether a service has them or not.
pub fn profile() -> Vec<Said> {
    let types = SupportType::ALL.iter().map(|t| Said::new("support_type", t.as_str(), t.as_str(), None));
    let forms = Form::ALL.iter().map(|f| Said::new("form", f.as_str(), f.as_str(), None));
    let closeness = Closeness::ALL.iter().map(|c| Said::new("closeness", c.as_str(), c.as_str(), None));
    let categories = engine::category::categories();
    let categories = categories.iter().map(|c| Said::new("category", &c.id, &c.labels.en, None));
    types.chain(forms).chain(closeness).chain(categories).collect()
}
