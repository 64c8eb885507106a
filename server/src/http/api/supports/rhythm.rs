//! `GET /api/communities/{c}/rhythm`

use axum::Json;
use axum::extract::State;
use engine::hours::{HOURS_A_WEEK, State as Open};
use engine::{Invalid, NeighbourhoodId};
use jiff::ToSpan;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use super::query::{Ground, Raw, SupportQuery};
use crate::http::AppState;
use crate::http::extract::{InCommunity, Params, Query, StrictQuery};
use crate::http::problem::{Problem, PublicProblems};
use crate::live::LiveCommunity;

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
    /// `true`: known to be free. `false`: known to cost something.
    free: Option<bool>,
    /// `true`: known to have a low threshold, which is a place to walk into, free of charge, where nobody must refer.
    /// `false`: known not to.
    low_threshold: Option<bool>,
    /// Identifiers of neighbourhoods, separated by commas.
    neighbourhood: Option<String>,
    /// `neighbourhood`: the week of each of them, too.
    #[param(inline, value_type = Option<ByName>)]
    by: Option<String>,
}

/// By what the week is told apart.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the parameter")]
pub enum ByName {
    Neighbourhood,
}

/// The parameters as they were sent.
pub struct RhythmQuery {
    raw: Raw,
    by_neighbourhood: bool,
}

impl RhythmQuery {
    /// The same with the week of each neighbourhood, whether or not that was asked for.
    pub(super) fn by_neighbourhood(self) -> Self {
        Self { by_neighbourhood: true, ..self }
    }
}

impl Query for RhythmQuery {
    const NAMES: &'static [&'static str] =
        &["type", "form", "support", "free", "low_threshold", "neighbourhood", "by"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        let words = |name| params.words(name).into_iter().map(str::to_owned).collect();
        let raw = Raw {
            r#type: words("type"),
            form: words("form"),
            support: words("support"),
            free: params.flag("free")?,
            low_threshold: params.flag("low_threshold")?,
            neighbourhood: words("neighbourhood"),
            ..Raw::default()
        };
        let by_neighbourhood = match params.given("by") {
            None => false,
            Some("neighbourhood") => true,
            Some(_) => return Err(Invalid::new("by", "must be neighbourhood")),
        };
        Ok(Self { raw, by_neighbourhood })
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
    /// The week of each neighbourhood that was asked about, by name; what has no position, or lies outside of all, is in
    /// none of them. Null unless asked for.
    neighbourhoods: Option<Vec<NeighbourhoodRhythm>>,
}

/// How many supports of a neighbourhood are open in each hour of this week.
#[derive(Debug, Serialize, ToSchema)]
pub struct NeighbourhoodRhythm {
    #[schema(value_type = uuid::Uuid)]
    id: engine::NeighbourhoodId,
    name: String,
    supports: usize,
    open: Vec<u32>,
    unknown: Vec<u32>,
}

/// A count for each hour of a week.
#[derive(Debug, Clone)]
struct Week {
    supports: usize,
    open: Vec<u32>,
    unknown: Vec<u32>,
}

impl Week {
    fn empty() -> Self {
        Self { supports: 0, open: vec![0; HOURS_A_WEEK], unknown: vec![0; HOURS_A_WEEK] }
    }

    fn add(&mut self, rhythm: Option<&[Open; HOURS_A_WEEK]>) {
        self.supports += 1;
        for (hour, state) in rhythm.into_iter().flatten().enumerate() {
            match state {
                Open::Open => self.open[hour] += 1,
                Open::Unknown => self.unknown[hour] += 1,
                Open::Closed => {}
            }
        }
    }
}

/// The rhythm of this week, hour by hour, with its holidays.
#[utoipa::path(get, path = "/api/communities/{c}/rhythm", tag = "supports",
    params(("c" = String, Path, description = "the community"), RhythmParams),
    responses((status = 200, body = Rhythm), PublicProblems))]
pub async fn get_rhythm(
    InCommunity(community): InCommunity,
    State(state): State<AppState>,
    StrictQuery(asked): StrictQuery<RhythmQuery>,
) -> Result<Json<Rhythm>, Problem> {
    answer(&community, asked, &state).await.map(Json)
}

/// The answer as it is.
pub(super) async fn answer(
    community: &LiveCommunity,
    RhythmQuery { raw, by_neighbourhood }: RhythmQuery,
    state: &AppState,
) -> Result<Rhythm, Problem> {
    let ground = Ground::new(community, state.core.ambient.now());
    let areas: Vec<NeighbourhoodId> = raw.neighbourhood.iter().filter_map(|id| id.parse().ok()).collect();
    let query = SupportQuery::parse(raw, &ground).map_err(Problem::bad_request)?;
    let today = query.moment.day();
    let monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
    let filter = query.filter();
    // Ten thousand supports take a noticeable moment: not on a thread that answers others.
    let counting = move || {
        let (index, neighbourhoods) = (&ground.directory.index, &ground.neighbourhoods.all);
        let mut all = Week::empty();
        let mut each = vec![Week::empty(); if by_neighbourhood { neighbourhoods.iter().len() } else { 0 }];
        for support in index.matching(&filter) {
            let rhythm = index.hours(support.id).map(|hours| hours.rhythm(monday));
            all.add(rhythm.as_ref());
            let home = support.location.filter(|_| by_neighbourhood).and_then(|at| neighbourhoods.find(at));
            if let Some((place, _)) = home {
                each[place].add(rhythm.as_ref());
            }
        }
        let weeks = neighbourhoods.iter().zip(each);
        let weeks = weeks.filter(|(n, _)| areas.is_empty() || areas.contains(&n.id));
        let weeks = weeks.map(|(n, Week { supports, open, unknown })| NeighbourhoodRhythm {
            id: n.id,
            name: n.name.clone(),
            supports,
            open,
            unknown,
        });
        let neighbourhoods = by_neighbourhood.then(|| weeks.collect());
        let Week { supports, open, unknown } = all;
        Rhythm { week: monday.to_string(), supports, open, unknown, neighbourhoods }
    };
    let counted = tokio::task::spawn_blocking(counting).await;
    counted.map_err(|e| Problem::internal(e.to_string()))
}
