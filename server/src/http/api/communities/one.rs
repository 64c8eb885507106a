//! `GET /api/communities/{c}`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use engine::community::{self, Admission, Community};
use engine::question::Questions;
use serde::Serialize;
use utoipa::ToSchema;

use super::CommunitySummary;
use super::vocabulary::{Vocabulary, vocabulary};
use crate::actions::release_ground::CELL_RESOLUTION;
use crate::http::api::schema::Offer;
use crate::http::extract::{InCommunity, NoQuery};
use crate::http::geojson::{JSON, public};
use crate::http::problem::{Problem, PublicProblems};
use crate::http::{AppState, basemap};
use crate::live::LiveRelease;
use crate::texts::{Consent, CrisisContact};

/// How a community publishes (design §6).
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicationPolicy {
    /// `formal`: releases for everybody, under differential privacy. `closed_group`: snapshots for signed-in planners
    /// alone.
    id: &'static str,
    /// Whether what leaves carries a formal guarantee; where it does not, it must be said beside every number. What
    /// a guarantee costs is 0 then.
    formal_guarantee: bool,
    /// H3 resolution of the cells of the newest release, or of a first one of few participants: 8, or 9 from about
    /// 2,000 participants on.
    cell_resolution: u8,
    /// Most of the privacy budget that a release may cost.
    rho_per_release: f64,
    /// Standard deviation of the noise on each cell.
    sigma_cells: u32,
    /// Standard deviation of the noise on each neighbourhood's people, likewise.
    sigma_neighbourhoods: u32,
    /// At most so many.
    releases_per_year: u32,
    /// A place must be this old to enter a release.
    minimum_age_days: u32,
    /// Places this close to their owner's home never enter.
    home_radius_m: u32,
    /// Places this close to a hospital, a clinic or a doctor's never enter.
    clinical_radius_m: u32,
    /// Releases start at about so many people.
    start_gate_people: u32,
}

/// How much there is.
#[derive(Debug, Serialize, ToSchema)]
pub struct Counts {
    supports: usize,
    neighbourhoods: usize,
}

/// A community map.
#[derive(Debug, Serialize, ToSchema)]
pub struct CommunityAnswer {
    #[serde(flatten)]
    summary: CommunitySummary,
    /// Whom to credit wherever its data are shown.
    attribution: Option<&'static str>,
    /// `open`: anybody may join. `invited`: who holds an invitation.
    #[schema(value_type = crate::http::api::schema::Joining)]
    joining: Admission,
    /// What it asks about a place beside the usual; nobody must answer.
    #[schema(value_type = Option<crate::http::api::schema::Questions>)]
    questions: Option<Questions>,
    /// Wordings of them that places answered before: answers keep the version that they were given to.
    #[schema(value_type = Vec<crate::http::api::schema::Questions>)]
    earlier_questions: Vec<Questions>,
    /// Who runs it, in a line; null while nobody has said so.
    run_by: Option<String>,
    /// How to reach them, in a line.
    contact: Option<String>,
    /// By name, who may read places that are shared for research.
    researchers: Vec<String>,
    /// How many more may, whose names are not given yet.
    unnamed_researchers: usize,
    /// Whether its people and data are made up.
    demo: bool,
    /// Where it is, by ISO 3166-1.
    country: Option<String>,
    /// The IANA zone of its clocks; without one, what is open is not known.
    time_zone: Option<String>,
    vocabulary: Vocabulary,
    consent: Consent,
    publication_policy: PublicationPolicy,
    /// What this server keeps or answers beside the places themselves; pages ask for nothing else.
    #[schema(value_type = Vec<crate::http::api::schema::Offer>)]
    offers: &'static [Offer],
    /// Whom to call.
    crisis_contacts: Vec<CrisisContact>,
    /// Whether somebody of the community has checked them.
    crisis_confirmed: bool,
    counts: Counts,
    /// The newest release.
    latest_release: Option<String>,
    /// Whether `/basemap.pmtiles` is there.
    has_basemap: bool,
}

/// What this server offers.
const OFFERS: [Offer; 6] =
    [Offer::Photos, Offer::Diary, Offer::Names, Offer::SeenAs, Offer::Preview, Offer::Export];

/// Everything about a community that its pages need at first.
#[utoipa::path(get, path = "/api/communities/{c}", tag = "communities",
    params(("c" = String, Path, description = "the community")),
    responses((status = 200, body = CommunityAnswer), PublicProblems))]
pub async fn get_community(
    InCommunity(community): InCommunity,
    _: NoQuery,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let researchers = state.core.store.researchers(community.id()).await?;
    let (info, directory) = (community.info(), community.directory());
    let answer = CommunityAnswer {
        summary: CommunitySummary::from(&*info),
        attribution: directory.attribution,
        joining: info.joining,
        questions: info.questions.clone(),
        earlier_questions: info.earlier_questions.clone(),
        run_by: info.run_by.clone(),
        contact: info.contact.clone(),
        unnamed_researchers: researchers.iter().filter(|name| name.is_none()).count(),
        researchers: researchers.into_iter().flatten().collect(),
        crisis_confirmed: info.crisis_confirmed,
        demo: info.demo,
        country: info.country.map(|c| c.as_str().to_owned()),
        time_zone: info.time_zone.as_ref().map(ToString::to_string),
        vocabulary: vocabulary(),
        consent: state.core.texts.consent_to(info.policy).clone(),
        publication_policy: policy(&info, community.newest_release().as_deref()),
        offers: &OFFERS,
        crisis_contacts: state.core.texts.contacts_of(&info),
        counts: Counts {
            supports: directory.index.len(),
            neighbourhoods: community.neighbourhoods().all.iter().len(),
        },
        latest_release: community.newest_release().map(|r| r.stored.id.to_string()),
        has_basemap: basemap::exists(&state.config).await,
    };
    Ok(public(&headers, JSON, &answer))
}

fn policy(community: &Community, newest: Option<&LiveRelease>) -> PublicationPolicy {
    let formal = community.policy == community::PublicationPolicy::Formal;
    let newest = newest.map(|release| &release.parameters);
    let whole = |sigma: u64| u32::try_from(sigma).unwrap_or(u32::MAX);
    PublicationPolicy {
        id: community.policy.as_str(),
        formal_guarantee: formal,
        cell_resolution: newest.map_or(CELL_RESOLUTION.into(), |p| p.cell_resolution),
        rho_per_release: if formal { 0.1 } else { 0.0 },
        sigma_cells: if formal { newest.map_or(9, |p| whole(p.sigma_cells)) } else { 0 },
        sigma_neighbourhoods: if formal { newest.map_or(10, |p| whole(p.sigma_neighbourhoods)) } else { 0 },
        releases_per_year: 2,
        minimum_age_days: 30,
        home_radius_m: 300,
        clinical_radius_m: 50,
        start_gate_people: if formal { 300 } else { 0 },
    }
}
