//! A place as a GeoJSON feature.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Json;
use axum::http::header::ETAG;
use axum::response::{IntoResponse, Response};
use engine::community::Community;
use engine::place::Place;
use engine::question::Purpose;
use engine::{DiaryId, ParticipantId, PhotoId, PlaceId};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::actions::stories::{Review, reviews};
use crate::http::api::schema::{FeatureType, PlaceGeometry, Precision, SupportType};
use crate::http::api::stories::ReviewAnswer;
use crate::http::etag;
use crate::store::{Store, StoreError};

/// What belongs to a place beside what is said of it.
#[derive(Debug, Default)]
pub struct Belongings {
    photos: Vec<PhotoId>,
    diary: Vec<DiaryId>,
    review: Option<Review>,
}

impl Belongings {
    /// Whether there is a diary.
    pub fn has_diary(&self) -> bool {
        !self.diary.is_empty()
    }

    /// Those of an owner's places: of these what became of their stories, too.
    pub async fn of(
        store: &dyn Store,
        community: &Community,
        owner: ParticipantId,
        places: &[Arc<Place>],
    ) -> Result<HashMap<PlaceId, Self>, StoreError> {
        let mut all: HashMap<PlaceId, Self> = HashMap::new();
        for (place, id) in store.diary_ids(owner, None).await? {
            all.entry(place).or_default().diary.push(id);
        }
        for (place, id) in store.photo_ids(owner).await? {
            all.entry(place).or_default().photos.push(id);
        }
        for (place, review) in reviews(store, community, places).await? {
            all.entry(place).or_default().review = Some(review);
        }
        Ok(all)
    }
}

/// The feature that its owner is answered, with what belongs to it.
pub fn feature(place: &Place, belongings: &Belongings) -> Value {
    let mut properties = place.content.properties();
    properties.insert("created_at".into(), json!(place.created_at.to_string()));
    properties.insert("updated_at".into(), json!(place.updated_at.to_string()));
    properties.insert("photos".into(), json!(belongings.photos));
    properties.insert("diary".into(), json!(belongings.diary));
    let review = belongings.review.clone().map(ReviewAnswer::from);
    properties.insert("story_review".into(), json!(review));
    json!({
        "type": "Feature", "id": place.id, "geometry": place.content.geometry.to_geojson(),
        "properties": properties,
    })
}

/// The feature that a researcher is given: without what concerns the owner alone. Whether a place is a home is
/// said to keep it out of releases, not to tell researchers.
pub fn research_feature(place: &Place, community: &Community) -> Value {
    let mut feature = feature(place, &Belongings::default());
    if let Some(properties) = feature["properties"].as_object_mut() {
        let (answers, versions) = community.answers_for(Purpose::Research, place.content.answered());
        properties.insert("answers".into(), json!(answers));
        properties.insert("answer_versions".into(), json!(versions));
        for private in ["home", "share", "diary", "photos", "story_review"] {
            properties.remove(private);
        }
    }
    feature
}

/// The answer with one place, with its entity tag.
pub async fn answer(
    store: &dyn Store,
    community: &Community,
    place: &Arc<Place>,
) -> Result<Response, StoreError> {
    let places = std::slice::from_ref(place);
    let belongings =
        Belongings::of(store, community, place.owner, places).await?.remove(&place.id).unwrap_or_default();
    Ok(([(ETAG, etag::of_version(place.version))], Json(feature(place, &belongings))).into_response())
}

/// A feeling with its strength.
#[derive(Serialize, ToSchema)]
pub struct FeelingBody {
    /// A term of the vocabulary.
    #[schema(example = "calm")]
    feeling: String,
    #[schema(minimum = 1, maximum = 3)]
    strength: u8,
}

/// Support that goes both ways.
#[derive(Serialize, ToSchema)]
pub struct ExchangeBody {
    #[schema(required = false)]
    received: Vec<SupportType>,
    #[schema(required = false)]
    given: Vec<SupportType>,
}

/// When a place is visited.
#[derive(Serialize, ToSchema)]
pub struct RhythmBody {
    /// `daily`, `weekly`, `monthly` or `rarely`.
    often: Option<String>,
    /// Of `morning`, `afternoon`, `evening` and `night`.
    #[schema(required = false)]
    parts: Vec<String>,
}

/// Who else may use a place, at most what the participant agreed to.
#[derive(Serialize, ToSchema)]
pub struct ShareBody {
    research: bool,
    published_maps: bool,
    public_story: bool,
}

/// What a participant says of a place.
#[derive(Serialize, ToSchema)]
pub struct PlaceProperties {
    #[schema(max_length = 200)]
    name: Option<String>,
    /// A place to be. One of `being` and `doing` is true at least.
    being: bool,
    /// A place to do something.
    doing: bool,
    #[schema(max_length = 20000)]
    story: Option<String>,
    /// The photo that was not taken, in words.
    #[schema(max_length = 2000)]
    photo_not_taken: Option<String>,
    /// Empty where nothing is said: whether it was skipped or somebody would rather not say is not kept.
    #[schema(required = false)]
    feelings: Vec<FeelingBody>,
    /// Of `connectedness`, `hope`, `identity`, `meaning` and `empowerment`.
    #[schema(required = false)]
    chime: Vec<String>,
    #[schema(required = false)]
    activities: Vec<String>,
    #[schema(required = false)]
    company: Vec<String>,
    #[schema(required = false)]
    support: ExchangeBody,
    #[schema(required = false)]
    barriers: Vec<String>,
    rhythm: Option<RhythmBody>,
    /// `2024`, `2024-05` or `2024-05-17`.
    since: Option<String>,
    /// Keeps this place, and your others within 300 m, out of every release.
    #[schema(required = false)]
    home: bool,
    /// Answers to the community's questions, by their identifiers: an option, several, a number or a text.
    #[schema(required = false)]
    answers: std::collections::BTreeMap<String, Value>,
    precision: Precision,
    #[schema(required = false)]
    share: ShareBody,
}

/// A place to save.
#[derive(Serialize, ToSchema)]
pub struct PlaceBody {
    r#type: FeatureType,
    geometry: PlaceGeometry,
    properties: PlaceProperties,
}

/// What a place is answered with beside what the participant said.
#[derive(Serialize, ToSchema)]
pub struct PlaceAnswerProperties {
    #[serde(flatten)]
    said: PlaceProperties,
    /// By question the version of the community's questions that the answer was given to: answers stay as they are
    /// when the questions change.
    #[schema(required = false)]
    answer_versions: std::collections::BTreeMap<String, String>,
    #[schema(format = DateTime)]
    created_at: String,
    #[schema(format = DateTime)]
    updated_at: String,
    /// Your photos of it, the oldest first. Not told to researchers, who ask for those that are shared.
    #[schema(required = false)]
    photos: Vec<uuid::Uuid>,
    /// Your diary entries on it, the newest first. Not told to researchers.
    #[schema(required = false)]
    diary: Vec<uuid::Uuid>,
    /// What became of the story that you share with everyone; null when you share none. Not told to researchers.
    #[schema(required = false)]
    story_review: Option<ReviewAnswer>,
}

/// A place of yours.
#[derive(Serialize, ToSchema)]
pub struct PlaceAnswer {
    r#type: FeatureType,
    #[schema(value_type = uuid::Uuid)]
    id: String,
    /// At the chosen precision.
    geometry: PlaceGeometry,
    properties: PlaceAnswerProperties,
}
