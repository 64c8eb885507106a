//! `GET /api/communities/{c}/access`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use engine::access::{Origins, Supply, ZONES, two_step_catchment};
use engine::support::Support;
use engine::{Invalid, LonLat};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::table::{AreaReach, Asked, KnownHours, MINUTES, Question, TotalReach, Walking, rounded};
use crate::http::AppState;
use crate::http::api::supports::moment::Moment;
use crate::http::extract::{InCommunity, Params, Query, StrictQuery};
use crate::http::problem::{Problem, PublicProblems};
use crate::live::LiveCommunity;

/// Which supports count, and how long a walk.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct AccessParams {
    /// Categories, separated by commas.
    #[param(value_type = Option<String>, example = "library,cafe")]
    r#type: Vec<String>,
    /// Forms, separated by commas.
    #[param(value_type = Option<String>, example = "clubhouse")]
    form: Vec<String>,
    /// Support types, separated by commas: at least one is offered.
    #[param(value_type = Option<String>, example = "emotional")]
    support: Vec<String>,
    /// `true`: known to be free. `false`: known to cost something.
    free: Option<bool>,
    /// `true`: known to have a low threshold, which is a place to walk into, free of charge, where nobody must refer.
    /// `false`: known not to.
    low_threshold: Option<bool>,
    /// Known to be open at this time (RFC 3339; without an offset on the community's clocks), or `now`.
    #[param(example = "2026-03-01T18:00:00+02:00")]
    open_at: Option<String>,
    /// The walk, in minutes.
    #[param(minimum = 1, maximum = 60, default = 10)]
    minutes: Option<u32>,
}

impl Query for AccessParams {
    const NAMES: &'static [&'static str] =
        &["type", "form", "support", "free", "low_threshold", "open_at", "minutes"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        let words = |name| params.words(name).into_iter().map(str::to_owned).collect();
        Ok(Self {
            r#type: words("type"),
            form: words("form"),
            support: words("support"),
            free: params.flag("free")?,
            low_threshold: params.flag("low_threshold")?,
            open_at: params.text("open_at").map(str::to_owned),
            minutes: params.whole("minutes", MINUTES)?,
        })
    }
}

/// A neighbourhood and what is within its residents' walk.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeighbourhoodAccess {
    #[schema(value_type = uuid::Uuid)]
    id: engine::NeighbourhoodId,
    name: String,
    /// Null where they are unknown.
    residents: Option<u32>,
    #[serde(flatten)]
    reach: AreaReach,
    /// Places in a week per 1,000 residents, shared among those who reach them (E2SFCA, Luo and Qi 2009). Null
    /// without a `catchment`, and where the residents are unknown.
    relative_access: Option<f64>,
}

/// A zone of the catchment.
#[derive(Debug, Serialize, ToSchema)]
pub struct CatchmentZone {
    /// Up to so many minutes on foot; from where the zone before ends.
    minutes: f64,
    /// What a support in it counts.
    weight: f64,
}

/// How relative access was worked out: the enhanced two-step floating catchment area method, W. Luo and Y. Qi (2009),
/// doi:10.1016/j.healthplace.2009.06.002. A support's places are divided by the residents who reach it, each weighed by
/// the zone; a resident has the sum of what they reach, weighed likewise. Over all residents that adds up to the places.
#[derive(Debug, Serialize, ToSchema)]
pub struct Catchment {
    zones: Vec<CatchmentZone>,
    /// Supports whose places are known: these alone are shared out.
    supports: usize,
    /// Supports left out, since nobody told how many places they have.
    unknown: usize,
    /// Places in a week, of all that are known.
    places: u64,
}

/// How residents reach supports.
#[derive(Debug, Serialize, ToSchema)]
pub struct Access {
    walking: Walking,
    /// Null unless a time was asked about.
    hours: Option<KnownHours>,
    /// Null where no support's places are known, or nobody's residents: then `supports_within` is what there is.
    catchment: Option<Catchment>,
    total: TotalReach,
    /// By name.
    neighbourhoods: Vec<NeighbourhoodAccess>,
}

/// How residents of each neighbourhood reach supports on foot. Computed from public data alone.
#[utoipa::path(get, path = "/api/communities/{c}/access", tag = "access",
    params(("c" = String, Path, description = "the community"), AccessParams),
    responses((status = 200, body = Access), PublicProblems))]
pub async fn get_access(
    InCommunity(community): InCommunity,
    State(state): State<AppState>,
    StrictQuery(asked): StrictQuery<AccessParams>,
) -> Result<Json<Access>, Problem> {
    answer(&community, asked, &state).await.map(Json)
}

/// The answer as it is.
pub(super) async fn answer(
    community: &Arc<LiveCommunity>,
    asked: AccessParams,
    state: &AppState,
) -> Result<Access, Problem> {
    let directory = community.directory();
    let now = Moment::new(&community.info(), state.core.ambient.now());
    let AccessParams { r#type, form, support, free, low_threshold, open_at, minutes } = asked;
    let asked = Asked { r#type, form, support, free, low_threshold, open_at, minutes };
    let question = Question::parse(asked, &directory, &now).map_err(Problem::bad_request)?;
    // Thousands of searches: not on a thread that serves others.
    let community = Arc::clone(community);
    let answer = tokio::task::spawn_blocking(move || access(&community, &question)).await;
    answer.map_err(|error| Problem::internal(error.to_string()))
}

fn access(community: &LiveCommunity, question: &Question) -> Access {
    let (directory, neighbourhoods) = (community.directory(), community.neighbourhoods());
    let counting: Vec<_> =
        directory.index.matching(&question.filter).filter_map(|s| Some((s.location?, &**s))).collect();
    let origins = neighbourhoods.origins();
    let found = question.reach(origins, counting.iter().map(|(at, _)| *at));
    let residents: Vec<_> = neighbourhoods.all.iter().map(|n| n.population).collect();
    let (catchment, relative) = catchment(origins, &counting);
    let rows = neighbourhoods.all.iter().zip(&found).zip(relative);
    Access {
        walking: Walking::new(question.minutes),
        hours: question.hours(&directory),
        catchment,
        total: TotalReach::new(&residents, &found, counting.len()),
        neighbourhoods: rows
            .map(|((neighbourhood, found), relative)| NeighbourhoodAccess {
                id: neighbourhood.id,
                name: neighbourhood.name.clone(),
                residents: neighbourhood.population,
                reach: AreaReach::new(found, neighbourhood.population),
                relative_access: relative.map(|per_resident| rounded(per_resident * 1_000.0, 3)),
            })
            .collect(),
    }
}

/// Relative access where places and residents are known, with what it was made of.
fn catchment(origins: &[Origins], counting: &[(LonLat, &Support)]) -> (Option<Catchment>, Vec<Option<f64>>) {
    let known: Vec<(LonLat, u32)> =
        counting.iter().filter_map(|(at, s)| Some((*at, s.details.capacity?))).collect();
    if known.is_empty() || origins.iter().all(|area| area.residents_each.is_none()) {
        return (None, vec![None; origins.len()]);
    }
    let places: Vec<f64> = known.iter().map(|(_, places)| f64::from(*places)).collect();
    let catchment = Catchment {
        zones: ZONES.iter().map(|&(minutes, weight)| CatchmentZone { minutes, weight }).collect(),
        supports: known.len(),
        unknown: counting.len() - known.len(),
        places: known.iter().map(|(_, places)| u64::from(*places)).sum(),
    };
    let supply = Supply::new(known.into_iter().map(|(at, _)| at));
    (Some(catchment), two_step_catchment(origins, &supply, &places))
}
