//! `POST /api/communities/{c}/what-if`

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use engine::LonLat;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::compared::Compared;
use super::plan::{ClosingSupport, OpeningSupport, Plan};
use super::table::{AreaReach, Asked, KnownHours, Question, TotalReach, Walking, rounded};
use crate::http::AppState;
use crate::http::api::schema;
use crate::http::api::supports::moment::Moment;
use crate::http::extract::{InCommunity, JsonBody, NoQuery};
use crate::http::problem::{BodyProblems, Problem, PublicProblems};
use crate::live::LiveCommunity;

/// What kind of support might open.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenedProperties {
    /// Its category.
    pub(super) r#type: String,
    /// Its form; the category's usual one without.
    #[schema(value_type = Option<crate::http::api::supports::schema::FormName>)]
    pub(super) form: Option<String>,
    /// Support types it would offer; what its category usually offers without.
    #[schema(value_type = Option<Vec<schema::SupportType>>)]
    pub(super) support: Option<Vec<String>>,
    /// Whether it would be free.
    pub(super) free: Option<bool>,
    /// When it would be open, in the OpenStreetMap syntax. Without, it counts at whatever time is asked about.
    #[schema(example = "Mo-Fr 10:00-18:00")]
    pub(super) opening_hours: Option<String>,
}

/// Where it might open.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenedGeometry {
    #[schema(value_type = schema::PointType)]
    pub(super) r#type: String,
    pub(super) coordinates: [f64; 2],
}

/// A support that might open.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    #[schema(value_type = schema::FeatureType)]
    pub(super) r#type: String,
    pub(super) geometry: OpenedGeometry,
    pub(super) properties: OpenedProperties,
}

/// What would change, and which supports count.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatIfBody {
    /// Supports that would close. One that was merged stands for the one it was merged into; one that is not here any
    /// more is left out and named under `gone`.
    #[serde(default)]
    #[schema(max_items = 200)]
    close: Vec<Uuid>,
    /// Supports that would open.
    #[serde(default)]
    #[schema(max_items = 200)]
    open: Vec<Opened>,
    /// Categories that count; all without.
    #[serde(default)]
    r#type: Vec<String>,
    /// Forms that count; all without.
    #[serde(default)]
    #[schema(value_type = Vec<crate::http::api::supports::schema::FormName>)]
    form: Vec<String>,
    /// Support types that count; all without.
    #[serde(default)]
    #[schema(value_type = Vec<schema::SupportType>)]
    support: Vec<String>,
    /// Only what is known to be free, or known not to be.
    free: Option<bool>,
    /// Only what is known to have a low threshold, or known not to.
    low_threshold: Option<bool>,
    /// Only what is known to be open at this time (RFC 3339), or `now`.
    open_at: Option<String>,
    /// The walk, in minutes; 10 unless told.
    #[schema(minimum = 1, maximum = 60)]
    minutes: Option<u32>,
}

/// A neighbourhood before and after.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeighbourhoodChange {
    #[schema(value_type = Uuid)]
    id: engine::NeighbourhoodId,
    name: String,
    /// Null where they are unknown.
    residents: Option<u32>,
    before: AreaReach,
    after: AreaReach,
    /// The share of residents who had a support within the walk and would have none.
    share_losing: f64,
    residents_losing: Option<u64>,
    /// The share of residents who had none and would have one.
    share_gaining: f64,
    residents_gaining: Option<u64>,
}

/// A neighbourhood and one type of support.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeighbourhoodTypeChange {
    #[schema(value_type = Uuid)]
    id: engine::NeighbourhoodId,
    name: String,
    share_before: f64,
    share_after: f64,
    share_losing: f64,
    residents_losing: Option<u64>,
    share_gaining: f64,
    residents_gaining: Option<u64>,
}

/// The same for the supports that offer one type of support.
#[derive(Debug, Serialize, ToSchema)]
pub struct TypeChange {
    #[schema(value_type = schema::SupportType)]
    support: &'static str,
    before: TotalReach,
    after: TotalReach,
    residents_losing: Option<u64>,
    residents_gaining: Option<u64>,
    /// By name.
    neighbourhoods: Vec<NeighbourhoodTypeChange>,
}

/// Who would lose and who would gain. Nothing is stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhatIf {
    walking: Walking,
    /// Of the supports that there are; null unless a time was asked about.
    hours: Option<KnownHours>,
    /// The plan's closings as they are known here.
    closing: Vec<ClosingSupport>,
    /// The plan's openings in their order.
    opening: Vec<OpeningSupport>,
    /// Closings of the plan that are not here any more: they change nothing.
    gone: Vec<Uuid>,
    before: TotalReach,
    after: TotalReach,
    /// Residents who lose, where residents are known.
    residents_losing: Option<u64>,
    residents_gaining: Option<u64>,
    /// By name.
    neighbourhoods: Vec<NeighbourhoodChange>,
    /// The same for each type of support that counts.
    types: Vec<TypeChange>,
}

/// What closing and opening supports would change for residents. Computed from public data; nothing is kept.
#[utoipa::path(post, path = "/api/communities/{c}/what-if", tag = "access",
    params(("c" = String, Path, description = "the community")),
    request_body = WhatIfBody,
    responses((status = 200, body = WhatIf), PublicProblems, BodyProblems))]
pub async fn what_if(
    InCommunity(community): InCommunity,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<WhatIfBody>,
) -> Result<Json<WhatIf>, Problem> {
    answer(&community, body, &state).await.map(Json)
}

/// The answer as it is.
pub(super) async fn answer(
    community: &Arc<LiveCommunity>,
    body: WhatIfBody,
    state: &AppState,
) -> Result<WhatIf, Problem> {
    let (directory, info) = (community.directory(), community.info());
    let now = Moment::new(&info, state.core.ambient.now());
    let WhatIfBody { close, open, r#type, form, support, free, low_threshold, open_at, minutes } = body;
    let asked = Asked { r#type, form, support, free, low_threshold, open_at, minutes };
    let question = Question::parse(asked, &directory, &now).map_err(Problem::unprocessable)?;
    let plan = Plan::parse(&close, open, &directory).map_err(Problem::unprocessable)?;
    let community = Arc::clone(community);
    let answer = tokio::task::spawn_blocking(move || compared(&community, &question, plan)).await;
    answer.map_err(|error| Problem::internal(error.to_string()))
}

fn compared(community: &LiveCommunity, question: &Question, plan: Plan) -> WhatIf {
    let (directory, neighbourhoods) = (community.directory(), community.neighbourhoods());
    let country = community.info().country;
    let residents: Vec<_> = neighbourhoods.all.iter().map(|n| n.population).collect();
    let compare = |question: &Question| {
        let counting = || directory.index.matching(&question.filter);
        let before: Vec<LonLat> = counting().filter_map(|s| s.location).collect();
        let kept = counting().filter(|s| !plan.closes(s.id)).filter_map(|s| s.location);
        let opened = plan.open.iter().filter(|s| question.counts(s, country)).filter_map(|s| s.location);
        let after: Vec<LonLat> = kept.chain(opened).collect();
        Compared::new(question, neighbourhoods.origins(), &residents, &before, &after)
    };
    let all = compare(question);
    let rows = neighbourhoods.all.iter().zip(&all.areas);
    WhatIf {
        walking: Walking::new(question.minutes),
        hours: question.hours(&directory),
        neighbourhoods: rows
            .map(|(neighbourhood, change)| NeighbourhoodChange {
                id: neighbourhood.id,
                name: neighbourhood.name.clone(),
                residents: neighbourhood.population,
                before: AreaReach::new(&change.had, neighbourhood.population),
                after: AreaReach::new(&change.has, neighbourhood.population),
                share_losing: rounded(change.losing, 4),
                residents_losing: change.residents_losing(neighbourhood.population),
                share_gaining: rounded(change.gaining, 4),
                residents_gaining: change.residents_gaining(neighbourhood.population),
            })
            .collect(),
        residents_losing: all.residents_losing(&residents),
        residents_gaining: all.residents_gaining(&residents),
        before: all.before,
        after: all.after,
        types: question
            .each_type()
            .map(|(offered, question)| {
                let change = compare(&question);
                let rows = neighbourhoods.all.iter().zip(&change.areas);
                TypeChange {
                    support: offered.as_str(),
                    neighbourhoods: rows
                        .map(|(neighbourhood, change)| NeighbourhoodTypeChange {
                            id: neighbourhood.id,
                            name: neighbourhood.name.clone(),
                            share_before: rounded(change.had.share_within, 4),
                            share_after: rounded(change.has.share_within, 4),
                            share_losing: rounded(change.losing, 4),
                            residents_losing: change.residents_losing(neighbourhood.population),
                            share_gaining: rounded(change.gaining, 4),
                            residents_gaining: change.residents_gaining(neighbourhood.population),
                        })
                        .collect(),
                    residents_losing: change.residents_losing(&residents),
                    residents_gaining: change.residents_gaining(&residents),
                    before: change.before,
                    after: change.after,
                }
            })
            .collect(),
        closing: plan.closing(&directory, question),
        opening: plan.opening(question, country),
        gone: plan.gone,
    }
}
