//! `GET /api/communities/{c}`

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use engine::community::Community;
use serde::Serialize;
use utoipa::ToSchema;

use super::CommunitySummary;
use super::vocabulary::{Vocabulary, vocabulary};
use crate::http::extract::{InCommunity, NoQuery};
use crate::http::geojson::{JSON, public};
use crate::http::problem::PublicProblems;
use crate::http::{AppState, basemap};
use crate::texts::{Consent, CrisisContact};

/// How a community publishes (design §6).
#[derive(Debug, Serialize, ToSchema)]
pub struct PublicationPolicy {
    /// `formal`: differential privacy.
    id: &'static str,
    /// H3 resolution of the cells of a release.
    cell_resolution: u8,
    /// Most of the privacy budget that a release may cost.
    rho_per_release: f64,
    /// Standard deviation of the noise on each cell.
    sigma_cells: u32,
    /// Standard deviation of the noise on each neighbourhood's people.
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
    /// Whether its people and data are made up.
    demo: bool,
    vocabulary: Vocabulary,
    consent: Consent,
    publication_policy: PublicationPolicy,
    /// Whom to call.
    crisis_contacts: Vec<CrisisContact>,
    counts: Counts,
    /// The newest release.
    latest_release: Option<String>,
    /// Whether `/basemap.pmtiles` is there.
    has_basemap: bool,
}

/// Everything about a community that its pages need at first.
#[utoipa::path(get, path = "/api/communities/{c}", tag = "communities",
    params(("c" = String, Path, description = "the community")),
    responses((status = 200, body = CommunityAnswer), PublicProblems))]
pub async fn get_community(
    InCommunity(community): InCommunity,
    _: NoQuery,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Response {
    let (info, directory) = (community.info(), community.directory());
    let answer = CommunityAnswer {
        summary: CommunitySummary::from(&*info),
        attribution: directory.attribution,
        demo: info.demo,
        vocabulary: vocabulary(),
        consent: state.core.texts.consent.clone(),
        publication_policy: policy(&info),
        crisis_contacts: state.core.texts.crisis_contacts.clone(),
        counts: Counts {
            supports: directory.index.len(),
            neighbourhoods: community.neighbourhoods().all.iter().len(),
        },
        latest_release: community.releases().first().map(|r| r.stored.id.to_string()),
        has_basemap: basemap::exists(&state.config).await,
    };
    public(&headers, JSON, &answer)
}

fn policy(community: &Community) -> PublicationPolicy {
    PublicationPolicy {
        id: community.policy.as_str(),
        cell_resolution: 8,
        rho_per_release: 0.1,
        sigma_cells: 9,
        sigma_neighbourhoods: 10,
        releases_per_year: 2,
        minimum_age_days: 30,
        home_radius_m: 300,
        clinical_radius_m: 50,
        start_gate_people: 300,
    }
}
