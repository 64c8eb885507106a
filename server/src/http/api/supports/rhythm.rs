//! `GET /api/communities/{c}/rhythm`

use axum::Json;
use axum::extract::State;
use engine::Invalid;
use engine::filter::SupportFilter;
use engine::hours::{HOURS_A_WEEK, State as Open};
use jiff::ToSpan;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::query::{Ground, Raw, SupportQuery};
use crate::http::AppState;
use crate::http::extract::{InCommunity, Params, Query, StrictQuery};
use crate::http::problem::{Problem, PublicProblems};

/// Of which supports.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct RhythmParams {
    /// Categories, separated by commas.
    r#type: Option<String>,
    /// Forms, separated by commas.
    form: Option<String>,
    /// Support types, separated by commas.
    support: Option<String>,
    /// Identifiers of neighbourhoods, separated by commas.
    neighbourhood: Option<String>,
}

/// The parameters as they were sent.
pub struct RhythmQuery(Raw);

impl Query for RhythmQuery {
    const NAMES: &'static [&'static str] = &["type", "form", "support", "neighbourhood"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        let words = |name| params.words(name).into_iter().map(str::to_owned).collect();
        Ok(Self(Raw {
            r#type: words("type"),
            form: words("form"),
            support: words("support"),
            neighbourhood: words("neighbourhood"),
            ..Raw::default()
        }))
    }
}

/// How many supports are open in each hour of this week.
#[derive(Debug, Serialize, ToSchema)]
pub struct Rhythm {
    /// The week's Monday, by the community's clocks.
    #[schema(format = Date)]
    week: String,
    /// How many supports there are.
    supports: usize,
    /// For each of the 168 hours from Monday's first on, how many are open at some time in it.
    open: Vec<u32>,
    /// How many may be open: nobody knows.
    unknown: Vec<u32>,
}

/// The rhythm of this week, hour by hour, with its holidays.
#[utoipa::path(get, path = "/api/communities/{c}/rhythm", tag = "supports",
    params(("c" = String, Path, description = "the community"), RhythmParams),
    responses((status = 200, body = Rhythm), PublicProblems))]
pub async fn get_rhythm(
    InCommunity(community): InCommunity,
    State(state): State<AppState>,
    StrictQuery(RhythmQuery(raw)): StrictQuery<RhythmQuery>,
) -> Result<Json<Rhythm>, Problem> {
    let ground = Ground::new(&community, state.core.ambient.now());
    let query = SupportQuery::parse(raw, &ground).map_err(Problem::bad_request)?;
    let today = query.moment.day();
    let monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
    let found = query.filter();
    // Ten thousand supports take a noticeable moment: not on a thread that answers others.
    let counting = move |filter: SupportFilter| {
        let (mut open, mut unknown) = (vec![0; HOURS_A_WEEK], vec![0; HOURS_A_WEEK]);
        let mut supports = 0;
        for support in ground.directory.index.matching(&filter) {
            supports += 1;
            let Some(hours) = ground.directory.index.hours(support.id) else { continue };
            for (hour, state) in hours.rhythm(monday).into_iter().enumerate() {
                match state {
                    Open::Open => open[hour] += 1,
                    Open::Unknown => unknown[hour] += 1,
                    Open::Closed => {}
                }
            }
        }
        Rhythm { week: monday.to_string(), supports, open, unknown }
    };
    let counted = tokio::task::spawn_blocking(move || counting(found)).await;
    counted.map(Json).map_err(|e| Problem::internal(e.to_string()))
}
