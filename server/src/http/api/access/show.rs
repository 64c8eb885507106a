//! `GET /api/communities/{c}/access`

use axum::Json;
use engine::Invalid;
use engine::access::{Supply, two_step_catchment};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::table::{AreaReach, MINUTES, Question, TotalReach, Walking};
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
    /// Support types, separated by commas: at least one is offered.
    #[param(value_type = Option<String>, example = "emotional")]
    support: Vec<String>,
    /// `true`: known to be free. `false`: known to cost something.
    free: Option<bool>,
    /// The walk, in minutes.
    #[param(minimum = 1, maximum = 60, default = 10)]
    minutes: Option<u32>,
}

impl Query for AccessParams {
    const NAMES: &'static [&'static str] = &["type", "support", "free", "minutes"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        let words = |name| params.words(name).into_iter().map(str::to_owned).collect();
        Ok(Self {
            r#type: words("type"),
            support: words("support"),
            free: params.flag("free")?,
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
    /// Places of supports per 1,000 residents, shared among those who reach them (E2SFCA, Luo and Qi 2009).
    /// Every support counts as one place, so the number is relative: compare it, do not read it alone.
    relative_access: Option<f64>,
}

/// How residents reach supports.
#[derive(Debug, Serialize, ToSchema)]
pub struct Access {
    walking: Walking,
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
    StrictQuery(asked): StrictQuery<AccessParams>,
) -> Result<Json<Access>, Problem> {
    let directory = community.directory();
    let question = Question::parse(asked.r#type, &asked.support, asked.free, asked.minutes, &directory)
        .map_err(Problem::bad_request)?;
    // Thousands of searches: not on a thread that serves others.
    let answer = tokio::task::spawn_blocking(move || access(&community, &question)).await;
    answer.map(Json).map_err(|error| Problem::internal(error.to_string()))
}

fn access(community: &LiveCommunity, question: &Question) -> Access {
    let (directory, neighbourhoods) = (community.directory(), community.neighbourhoods());
    let supports: Vec<_> = directory.index.matching(&question.filter).filter_map(|s| s.location).collect();
    let origins = neighbourhoods.origins();
    let found = question.reach(origins, supports.iter().copied());
    let places = vec![1.0; supports.len()];
    let relative = two_step_catchment(origins, &Supply::new(supports.iter().copied()), &places);
    let residents: Vec<_> = neighbourhoods.all.iter().map(|n| n.population).collect();
    let rows = neighbourhoods.all.iter().zip(&found).zip(relative);
    Access {
        walking: Walking::new(question.minutes),
        total: TotalReach::new(&residents, &found, supports.len()),
        neighbourhoods: rows
            .map(|((neighbourhood, found), relative)| NeighbourhoodAccess {
                id: neighbourhood.id,
                name: neighbourhood.name.clone(),
                residents: neighbourhood.population,
                reach: AreaReach::new(found, neighbourhood.population),
                relative_access: relative
                    .map(|per_resident| super::table::rounded(per_resident * 1_000.0, 3)),
            })
            .collect(),
    }
}
