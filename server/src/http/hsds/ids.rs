//! Identifiers of what HSDS names and the directory does not: by name (UUID version 5, RFC 9562 §5.5), so that they
//! are the same tomorrow and on every server.

use engine::support::Support;
use uuid::Uuid;

fn of(kind: &str, name: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("https://stead.invalid/hsds/{kind}/{name}").as_bytes())
}

/// A service is the support.
pub fn service(support: &Support) -> Uuid {
    support.id.0
}

/// Something that belongs to a service: its location, its third schedule.
pub fn part(support: &Support, what: &str) -> Uuid {
    of(what, &support.id.to_string())
}

/// An organisation, by its name in a community.
pub fn organization(community: &str, name: &str) -> Uuid {
    of("organization", &format!("{community}/{name}"))
}

/// A taxonomy.
pub fn taxonomy(name: &str) -> Uuid {
    of("taxonomy", name)
}

/// A term of a taxonomy.
pub fn term(taxonomy: &str, code: &str) -> Uuid {
    of("taxonomy_term", &format!("{taxonomy}/{code}"))
}
