//! Which places, as a researcher asks for them.

use engine::Invalid;
use engine::feeling;
use engine::neighbourhood::Neighbourhoods;
use engine::place::Chime;
use engine::study::PlaceFilter;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::http::api::supports::area::AreaBody;
use crate::http::api::supports::query::{named, neighbourhoods};

/// Places, by what is said of them and by where they are; all conditions given must hold.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    /// Inside of this area, of at most 2,000 vertices.
    within: Option<AreaBody>,
    /// In one of these neighbourhoods.
    #[serde(default)]
    #[schema(value_type = Vec<uuid::Uuid>, max_items = 100)]
    neighbourhood: Vec<String>,
    /// At least one of these feelings.
    #[serde(default)]
    #[schema(max_items = 100)]
    feeling: Vec<String>,
    /// At least one of `connectedness`, `hope`, `identity`, `meaning` and `empowerment`.
    #[serde(default)]
    #[schema(max_items = 100)]
    chime: Vec<String>,
    /// At least one of these barriers.
    #[serde(default)]
    #[schema(max_items = 100)]
    barrier: Vec<String>,
    /// Whether it is a place to be.
    being: Option<bool>,
    /// Whether it is a place to do something.
    doing: Option<bool>,
}

impl Selection {
    /// The conditions.
    ///
    /// # Errors
    /// The name of what is wrong.
    pub fn parse(self, all: &Neighbourhoods) -> Result<PlaceFilter, Invalid> {
        let area = self.within.map(AreaBody::parse).transpose()?;
        let near = neighbourhoods(&self.neighbourhood, all)?;
        let feeling = |id: &str| feeling::vocabulary().iter().find(|t| t.id == id).map(|t| &*t.id);
        let chime = |word: &str| serde_json::from_value::<Chime>(word.into()).ok();
        let barrier = |word: &str| (!word.is_empty() && word.chars().count() <= 100).then(|| word.to_owned());
        Ok(PlaceFilter {
            within: area.into_iter().chain(near).collect(),
            feelings: named(&self.feeling, "feeling", "a term of the vocabulary", feeling)?
                .into_iter()
                .collect(),
            chime: named(&self.chime, "chime", "a part of CHIME", chime)?.into_iter().collect(),
            barriers: named(&self.barrier, "barrier", "a barrier", barrier)?.into_iter().collect(),
            being: self.being,
            doing: self.doing,
        })
    }
}
