//! Community maps: for anyone.

mod limits;
pub mod list;
pub mod one;
mod vocabulary;

use engine::community::{Community, Language};
use serde::Serialize;
use utoipa::ToSchema;

/// A community in brief.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommunitySummary {
    /// Its name in addresses.
    id: String,
    /// Its name for people.
    title: String,
    /// The languages it offers, the first by default.
    #[schema(value_type = Vec<super::schema::Language>)]
    languages: Vec<Language>,
    /// West, south, east, north; null while it has no data.
    bounds: Option<[f64; 4]>,
}

impl From<&Community> for CommunitySummary {
    fn from(c: &Community) -> Self {
        Self {
            id: c.id.to_string(),
            title: c.title.clone(),
            languages: c.languages.clone(),
            bounds: c.bounds.map(engine::Bounds::to_array),
        }
    }
}
