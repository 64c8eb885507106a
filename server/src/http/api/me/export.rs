//! `GET /api/communities/{c}/me/export`

use std::collections::BTreeMap;
use std::io;

use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use engine::community::Language;
use engine::{Invalid, PhotoId, PlaceId};
use serde::Serialize;
use serde_json::{Value, json};
use tokio::runtime::Handle;
use utoipa::IntoParams;

use super::reads::reads_of;
use super::{ConsentAnswer, MeAnswer};
use crate::actions::{ActionError, Core, SignedIn};
use crate::export::own::{self, Own};
use crate::http::AppState;
use crate::http::api::diary::DiaryAnswer;
use crate::http::api::photos::PhotoAnswer;
use crate::http::api::places::feature::{Belongings, feature};
use crate::http::chunks::written;
use crate::http::extract::{InCommunity, Params, Participant, Query, StrictQuery};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};
use crate::live::LiveCommunity;
use crate::store::Size;

/// How the page is written.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct OwnParams {
    /// The language of the page; without it, the one in which you joined.
    #[param(value_type = Option<crate::http::api::schema::Language>)]
    language: Option<Language>,
}

impl Query for OwnParams {
    const NAMES: &'static [&'static str] = &["language"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        Ok(Self { language: params.text("language").map(Language::parse).transpose()? })
    }
}

/// Everything of yours as one ZIP file: a page to read in any browser in a language of yours, your places as GeoJSON, and
/// as JSON with diary, photos, what you agreed to, who read your places, and a codebook.
#[utoipa::path(get, path = "/api/communities/{c}/me/export", tag = "participants",
    params(("c" = String, Path, description = "the community"), OwnParams),
    security(("token" = []), ("cookie" = [])),
    responses((status = 200, description = "the file", content((Vec<u8> = "application/zip"))),
        PublicProblems, MemberProblems))]
pub async fn export_me(
    InCommunity(community): InCommunity,
    Participant(who): Participant,
    StrictQuery(asked): StrictQuery<OwnParams>,
    State(state): State<AppState>,
) -> Result<Response, Problem> {
    let language = asked.language.unwrap_or(who.participant.language);
    let own = gather(&state.core, &community, &who, language).await?;
    let name = format!("{}-{}.zip", community.id(), own.made_at.strftime("%Y-%m-%d"));
    let disposition = HeaderValue::try_from(format!("attachment; filename=\"{name}\""));
    let headers: [(HeaderName, HeaderValue); 2] = [
        (header::CONTENT_TYPE, HeaderValue::from_static("application/zip")),
        (header::CONTENT_DISPOSITION, disposition.map_err(|e| Problem::internal(e.to_string()))?),
    ];
    let (store, asking) = (state.core.store.clone(), Handle::current());
    let picture = move |place: &str, id: &str| {
        let (Ok(place), Ok(id)) = (place.parse(), id.parse()) else { return Ok(None) };
        let found = asking.block_on(store.photo(PlaceId(place), PhotoId(id), Size::Full));
        found.map(|found| found.map(|(_, jpeg)| jpeg)).map_err(|e| io::Error::other(e.to_string()))
    };
    Ok((headers, written(move |out| own::write(&own, out, picture))).into_response())
}

async fn gather(
    core: &Core,
    community: &LiveCommunity,
    who: &SignedIn,
    language: Language,
) -> Result<Own, ActionError> {
    let (owner, info, store) = (who.participant.id, community.info(), &*core.store);
    let places = community.places_of(owner, None, usize::MAX);
    let (belongings, none) = (Belongings::of(store, &info, owner, &places).await?, Belongings::default());
    let mut diary = BTreeMap::new();
    for place in places.iter().filter(|place| belongings.get(&place.id).is_some_and(Belongings::has_diary)) {
        let entries = store.diary(owner, place.id).await?;
        diary.insert(
            place.id.to_string(),
            entries.into_iter().map(|e| plain(&DiaryAnswer::from(e))).collect(),
        );
    }
    let ids: Vec<_> = places.iter().map(|place| place.id).collect();
    let mut photos: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for photo in store.photos(&ids).await? {
        photos.entry(photo.place.to_string()).or_default().push(plain(&PhotoAnswer::from(photo)));
    }
    let consents = store.consents(owner).await?;
    Ok(Own {
        made_at: core.ambient.now(),
        community_title: info.title.clone(),
        language,
        me: plain(&MeAnswer::of(core, &who.participant, community).await?),
        places: places.iter().map(|p| feature(p, belongings.get(&p.id).unwrap_or(&none))).collect(),
        diary,
        photos,
        consents: consents.iter().map(|consent| plain(&ConsentAnswer::from(consent))).collect(),
        reads: reads_of(store, owner, u32::MAX).await?.iter().map(plain).collect(),
        questions: info.questions.clone(),
        earlier_questions: info.earlier_questions.clone(),
    })
}

fn plain(answer: &impl Serialize) -> Value {
    json!(answer)
}
