//! A participant about themself.

pub mod consent;
pub mod export;
pub mod reads;
pub mod renewal;
pub mod return_code;
pub mod show;
pub mod withdraw;

use engine::community::Language;
use serde::Serialize;
use utoipa::ToSchema;

use crate::actions::{ActionError, Core, MyPictures, my_pictures};
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
    /// How many published pictures your places have been part of; null where a community publishes none.
    pictures: Option<PicturesAnswer>,
}

/// How many published pictures somebody's places have been part of.
#[derive(Debug, Serialize, ToSchema)]
pub struct PicturesAnswer {
    /// So many so far, those that were called back included.
    entered: u32,
    /// Of at most so many: then your places are part of no more, unless you renew your agreement.
    most: u32,
    /// What being in `most` pictures promises, as ε at δ = 10⁻⁶.
    epsilon: f64,
    /// What is promised after a renewal, which is for eight more.
    epsilon_renewed: f64,
}

impl From<MyPictures> for PicturesAnswer {
    fn from(MyPictures { entered, most, epsilon, epsilon_renewed }: MyPictures) -> Self {
        Self { entered, most, epsilon, epsilon_renewed }
    }
}

impl MeAnswer {
    async fn of(
        core: &Core,
        participant: &Participant,
        community: &LiveCommunity,
    ) -> Result<Self, ActionError> {
        let pictures = my_pictures(core, community, participant).await?;
        Ok(Self {
            pictures: pictures.map(Into::into),
            participant: participant.id.to_string(),
            language: participant.language,
            joined_at: participant.joined_at.to_string(),
            consent: (&participant.consent).into(),
            places: community.count_of(participant.id),
        })
    }
}
