//! `POST /api/communities/{c}/what-if`

use std::collections::HashSet;

use axum::Json;
use engine::access::Reach;
use engine::support::{Price, Support, SupportDetails};
use engine::{Invalid, LonLat, SupportId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::table::{AreaReach, Question, TotalReach, Walking, rounded, whole};
use crate::http::api::schema;
use crate::http::api::supports::query::{categories, support_types};
use crate::http::extract::{InCommunity, JsonBody, NoQuery};
use crate::http::problem::{BodyProblems, Problem, PublicProblems};
use crate::live::{Directory, LiveCommunity};

/// Most supports to open or to close at once.
const MOST: usize = 200;

/// What kind of support might open.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenedProperties {
    /// Its category.
    r#type: String,
    /// Support types it would offer.
    #[serde(default)]
    #[schema(value_type = Vec<schema::SupportType>)]
    support: Vec<String>,
    /// Whether it would be free.
    free: Option<bool>,
}

/// Where it might open.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenedGeometry {
    #[schema(value_type = schema::PointType)]
    r#type: String,
    coordinates: [f64; 2],
}

/// A support that might open.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    #[schema(value_type = schema::FeatureType)]
    r#type: String,
    geometry: OpenedGeometry,
    properties: OpenedProperties,
}

/// What would change, and which supports count.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WhatIfBody {
    /// Supports that would close.
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
    /// Support types that count; all without.
    #[serde(default)]
    #[schema(value_type = Vec<schema::SupportType>)]
    support: Vec<String>,
    /// Only what is known to be free, or known not to be.
    free: Option<bool>,
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

/// Who would lose and who would gain. Nothing is stored.
#[derive(Debug, Serialize, ToSchema)]
pub struct WhatIf {
    walking: Walking,
    before: TotalReach,
    after: TotalReach,
    /// Residents who lose, where residents are known.
    residents_losing: Option<u64>,
    residents_gaining: Option<u64>,
    /// By name.
    neighbourhoods: Vec<NeighbourhoodChange>,
}

/// A checked plan.
struct Plan {
    close: HashSet<SupportId>,
    open: Vec<LonLat>,
}

/// What closing and opening supports would change for residents. Computed from public data; nothing is kept.
#[utoipa::path(post, path = "/api/communities/{c}/what-if", tag = "access",
    params(("c" = String, Path, description = "the community")),
    request_body = WhatIfBody,
    responses((status = 200, body = WhatIf), PublicProblems, BodyProblems))]
pub async fn what_if(
    InCommunity(community): InCommunity,
    _: NoQuery,
    JsonBody(body): JsonBody<WhatIfBody>,
) -> Result<Json<WhatIf>, Problem> {
    let directory = community.directory();
    let WhatIfBody { close, open, r#type, support, free, minutes } = body;
    let question =
        Question::parse(r#type, &support, free, minutes, &directory).map_err(Problem::unprocessable)?;
    let plan = Plan::parse(&close, open, &question, &directory).map_err(Problem::unprocessable)?;
    let answer = tokio::task::spawn_blocking(move || answer(&community, &question, &plan)).await;
    answer.map(Json).map_err(|error| Problem::internal(error.to_string()))
}

impl Plan {
    fn parse(
        close: &[Uuid],
        open: Vec<Opened>,
        question: &Question,
        directory: &Directory,
    ) -> Result<Self, Invalid> {
        for (list, len) in [("close", close.len()), ("open", open.len())] {
            if len > MOST {
                return Err(Invalid::new(list, format!("must have at most {MOST} supports")));
            }
        }
        if close.is_empty() && open.is_empty() {
            return Err(Invalid::new("close", "or open must name a support, otherwise nothing changes"));
        }
        let known = |(i, id): (usize, &Uuid)| match directory.index.get(SupportId(*id)) {
            Some(_) => Ok(SupportId(*id)),
            None => Err(Invalid::new(format!("close[{i}]"), "is not a support of this community")),
        };
        let opened = |(i, opened): (usize, Opened)| {
            opened.counting(question, directory).map_err(|e| e.under(&format!("open[{i}]")))
        };
        Ok(Self {
            close: close.iter().enumerate().map(known).collect::<Result<_, _>>()?,
            open: open
                .into_iter()
                .enumerate()
                .filter_map(|one| opened(one).transpose())
                .collect::<Result<_, _>>()?,
        })
    }
}

impl Opened {
    /// Where it would be, if it is of the kind that counts.
    fn counting(self, question: &Question, directory: &Directory) -> Result<Option<LonLat>, Invalid> {
        if self.r#type != "Feature" {
            return Err(Invalid::new("type", "must be Feature"));
        }
        if self.geometry.r#type != "Point" {
            return Err(Invalid::new("geometry.type", "must be Point"));
        }
        let [lon, lat] = self.geometry.coordinates;
        let at = LonLat::new(lon, lat).map_err(|e| e.under("geometry.coordinates"))?;
        let OpenedProperties { r#type: category, support, free } = self.properties;
        categories(vec![category.clone()], directory).map_err(|e| e.under("properties"))?;
        let details = SupportDetails {
            category,
            support_types: support_types(&support).map_err(|e| e.under("properties"))?,
            price: match free {
                Some(true) => Price::Free,
                Some(false) => Price::Paid,
                None => Price::Unknown,
            },
            ..SupportDetails::default()
        };
        let support = Support::new(SupportId(Uuid::nil()), Some(at), details, jiff::Timestamp::UNIX_EPOCH);
        Ok(question.filter.matches(&support, None).then_some(at))
    }
}

fn answer(community: &LiveCommunity, question: &Question, plan: &Plan) -> WhatIf {
    let (directory, neighbourhoods) = (community.directory(), community.neighbourhoods());
    let counting = || directory.index.matching(&question.filter);
    let before: Vec<LonLat> = counting().filter_map(|s| s.location).collect();
    let kept = counting().filter(|s| !plan.close.contains(&s.id)).filter_map(|s| s.location);
    let after: Vec<LonLat> = kept.chain(plan.open.iter().copied()).collect();
    let origins = neighbourhoods.origins();
    let (had, has) =
        (question.reach(origins, before.iter().copied()), question.reach(origins, after.iter().copied()));
    let residents: Vec<_> = neighbourhoods.all.iter().map(|n| n.population).collect();
    let (mut losing, mut gaining) = (None, None);
    let rows = neighbourhoods
        .all
        .iter()
        .zip(had.iter().zip(&has))
        .map(|(neighbourhood, (had, has))| {
            let people = neighbourhood.population.map(f64::from);
            let (lost, won) = (share(had, has), share(has, had));
            if let Some(people) = people {
                *losing.get_or_insert(0.0) += people * lost;
                *gaining.get_or_insert(0.0) += people * won;
            }
            NeighbourhoodChange {
                id: neighbourhood.id,
                name: neighbourhood.name.clone(),
                residents: neighbourhood.population,
                before: AreaReach::new(had, neighbourhood.population),
                after: AreaReach::new(has, neighbourhood.population),
                share_losing: rounded(lost, 4),
                residents_losing: people.map(|people| whole(people * lost)),
                share_gaining: rounded(won, 4),
                residents_gaining: people.map(|people| whole(people * won)),
            }
        })
        .collect();
    WhatIf {
        walking: Walking::new(question.minutes),
        before: TotalReach::new(&residents, &had, before.len()),
        after: TotalReach::new(&residents, &has, after.len()),
        residents_losing: losing.map(whole),
        residents_gaining: gaining.map(whole),
        neighbourhoods: rows,
    }
}

/// The share of points that have a support within the walk in the first and none in the second.
fn share(first: &Reach, second: &Reach) -> f64 {
    let only = first.within.iter().zip(&second.within).filter(|(first, second)| **first && !**second).count();
    #[expect(clippy::cast_precision_loss, reason = "thousands of points at most")]
    let share = only as f64 / first.within.len().max(1) as f64;
    share
}
