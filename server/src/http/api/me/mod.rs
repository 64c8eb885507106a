//! A participant about themself.

pub mod consent;
pub mod export;
pub mod reads;
pub mod show;
pub mod withdraw;

use engine::community::Language;
use serde::Serialize;
use utoipa::ToSchema;

use crate::live::LiveCommunity;
use crate::store::{ConsentRecord, Participant};

/// What a participant agreed to.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConsentAnswer {
    /// The version of the text.
    version: String,
    /// The language in which it was read.
    #[schema(value_type = super::schema::Language)]
    language: Language,
    /// When.
    #[schema(format = DateTime)]
    given_at: String,
    research: bool,
    published_maps: bool,
    public_story: bool,
}

impl From<&ConsentRecord> for ConsentAnswer {
    fn from(consent: &ConsentRecord) -> Self {
        Self {
            version: consent.version.clone(),
            language: consent.language,
            given_at: consent.given_at.to_string(),
            research: consent.purposes.research,
            published_maps: consent.purposes.published_maps,
            public_story: consent.purposes.public_story,
        }
    }
}

/// A participant.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeAnswer {
    /// A random number.
    participant: String,
    #[schema(value_type = super::schema::Language)]
    language: Language,
    #[schema(format = DateTime)]
    joined_at: String,
    consent: ConsentAnswer,
    /// How many places you keep.
    places: usize,
}

impl MeAnswer {
    fn new(participant: &Participant, community: &LiveCommunity) -> Self {
        Self {
            participant: participant.id.to_string(),
            language: participant.language,
            joined_at: participant.joined_at.to_string(),
            consent: (&participant.consent).into(),
            places: community.count_of(participant.id),
        }
    }
}
