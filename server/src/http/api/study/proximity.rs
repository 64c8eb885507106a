//! `POST /api/communities/{c}/study/proximity`

use axum::Json;
use axum::extract::State;
use engine::filter::SupportFilter;
use engine::index::SupportIndex;
use engine::{Invalid, LonLat};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::search::limit;
use super::selection::Selection;
use crate::actions::staff::{Page, read_places_for_research};
use crate::http::AppState;
use crate::http::api::cursor;
use crate::http::api::schema;
use crate::http::api::supports::feature::{rounded_metres, walking_minutes};
use crate::http::api::supports::moment::Moment;
use crate::http::api::supports::query::{Ground, Raw, SupportQuery};
use crate::http::extract::{InCommunity, JsonBody, NoQuery, Researcher};
use crate::http::problem::{BodyProblems, MemberProblems, Problem, PublicProblems};

/// Places on a page.
const MOST: u32 = 1_000;
/// Supports for each place and kind.
const MOST_NEAR: u32 = 20;
/// Kinds asked about at once.
const MOST_KINDS: usize = 10;

/// What supports are near to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Of {
    /// Places that participants share for research; the reading is written down.
    Places,
    /// Neighbourhoods, from a point inside of each.
    Neighbourhoods,
}

/// Which supports are nearest to what.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProximityBody {
    of: Of,
    /// Which places; all without.
    places: Option<Selection>,
    /// Categories of supports, each a kind of its own; without any all supports are one kind.
    #[serde(default)]
    #[schema(max_items = 10)]
    r#type: Vec<String>,
    /// Forms of supports: one of these.
    #[serde(default)]
    #[schema(value_type = Vec<crate::http::api::supports::schema::FormName>)]
    form: Vec<String>,
    /// Support types: at least one is offered.
    #[serde(default)]
    #[schema(value_type = Vec<schema::SupportType>)]
    support: Vec<String>,
    /// `true`: known to be free. `false`: known to cost something.
    free: Option<bool>,
    /// How many of each kind; 3 unless told.
    #[schema(minimum = 1, maximum = 20)]
    k: Option<u32>,
    /// Open or not at this time (RFC 3339; without an offset on the community's clocks); now unless told.
    open_at: Option<String>,
    /// At most so many places on a page.
    #[schema(minimum = 1, maximum = 1000, default = 100)]
    limit: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
}

/// A support near to a place or neighbourhood.
#[derive(Debug, Serialize, ToSchema)]
pub struct NearRow {
    /// The place or neighbourhood.
    of: Uuid,
    /// What it is called.
    name: Option<String>,
    /// About how wide the area is in which the place lies, metres: its distances are that uncertain. 0 for a
    /// position as it is.
    precision_m: u32,
    /// The kind that was asked about; null for all supports.
    kind: Option<String>,
    /// 1 for the nearest; null when there is none of this kind, then the rest is null, too.
    rank: Option<usize>,
    support: Option<Uuid>,
    support_name: Option<String>,
    category: Option<String>,
    /// Metres in a straight line.
    distance_m: Option<f64>,
    /// 1.3 times the straight line at 80 m a minute, rounded up.
    walking_minutes: Option<u32>,
    /// Whether it is open at the time; null when nobody knows.
    open: Option<bool>,
}

/// The supports nearest to each place or neighbourhood, a row each.
#[derive(Debug, Serialize, ToSchema)]
pub struct Proximity {
    of: Of,
    /// The time that `open` is about.
    #[schema(format = DateTime)]
    open_at: String,
    rows: Vec<NearRow>,
    /// For the next page of places; null on the last one.
    next: Option<String>,
    /// Whom to credit for the supports.
    attribution: Option<&'static str>,
}

/// What rows begin at.
struct Origin {
    id: Uuid,
    name: Option<String>,
    precision_m: u32,
    at: LonLat,
}

/// What is looked for around each.
struct Nearest {
    kinds: Vec<(Option<String>, SupportFilter)>,
    k: usize,
    moment: Moment,
}

impl Nearest {
    fn rows(&self, origin: &Origin, supports: &SupportIndex) -> Vec<NearRow> {
        let row = |kind: &Option<String>| NearRow {
            of: origin.id,
            name: origin.name.clone(),
            precision_m: origin.precision_m,
            kind: kind.clone(),
            rank: None,
            support: None,
            support_name: None,
            category: None,
            distance_m: None,
            walking_minutes: None,
            open: None,
        };
        let mut rows = Vec::new();
        for (kind, filter) in &self.kinds {
            let found = supports.nearest(origin.at, self.k, filter, |_| true);
            if found.is_empty() {
                rows.push(row(kind));
            }
            rows.extend((1..).zip(found).map(|(rank, (support, metres))| NearRow {
                rank: Some(rank),
                support: Some(support.id.0),
                support_name: support.details.name.clone(),
                category: Some(support.details.category.clone()),
                distance_m: Some(rounded_metres(metres)),
                walking_minutes: Some(walking_minutes(metres)),
                open: supports.hours(support.id).and_then(|hours| self.moment.look_up(hours).0),
                ..row(kind)
            }));
        }
        rows
    }
}

/// The nearest supports of each kind for each place or neighbourhood, with distance and whether they are open.
/// Reading places is written down, and their owners see it.
#[utoipa::path(post, path = "/api/communities/{c}/study/proximity", tag = "study",
    params(("c" = String, Path, description = "the community")),
    security(("staff" = []), ("token" = []), ("api_token" = [])),
    request_body = ProximityBody,
    responses((status = 200, body = Proximity), PublicProblems, MemberProblems, BodyProblems))]
pub async fn find_nearest_supports(
    InCommunity(community): InCommunity,
    Researcher(member): Researcher,
    _: NoQuery,
    State(state): State<AppState>,
    JsonBody(body): JsonBody<ProximityBody>,
) -> Result<Json<Proximity>, Problem> {
    let ground = Ground::new(&community, state.core.ambient.now());
    let of = body.of;
    let page = page(&body).map_err(Problem::unprocessable)?;
    let (selection, nearest) = read(body, &ground).map_err(Problem::unprocessable)?;
    let all = community.neighbourhoods();
    let (origins, next): (Vec<Origin>, _) = match of {
        Of::Neighbourhoods => {
            let origin = |n: &engine::neighbourhood::Neighbourhood| {
                Some(Origin { id: n.id.0, name: Some(n.name.clone()), precision_m: 0, at: n.label_point()? })
            };
            (all.all.iter().filter_map(origin).collect(), None)
        }
        Of::Places => {
            let filter = selection.parse(&all.all);
            let filter = filter.map_err(|e| Problem::unprocessable(e.under("places")))?;
            let (places, last) =
                read_places_for_research(&state.core, &community, &member, "proximity", &filter, page)
                    .await?;
            let origin = |place: &std::sync::Arc<engine::place::Place>| Origin {
                id: place.id.0,
                name: place.content.name.clone(),
                precision_m: place.content.precision.metres(),
                at: place.content.geometry.anchor(),
            };
            let next = last.map(|last| cursor::write_place(last.created_at, last.id));
            (places.iter().map(origin).collect(), next)
        }
    };
    let (open_at, attribution) = (nearest.moment.instant().to_string(), ground.directory.attribution);
    // A thousand places with ten kinds take a noticeable moment: not on a thread that answers others.
    let work = move || {
        let rows = origins.iter().flat_map(|origin| nearest.rows(origin, &ground.directory.index));
        rows.collect::<Vec<_>>()
    };
    let rows = tokio::task::spawn_blocking(work).await.map_err(|e| Problem::internal(e.to_string()))?;
    Ok(Json(Proximity { of, open_at, rows, next, attribution }))
}

fn page(body: &ProximityBody) -> Result<Page, Invalid> {
    if body.of == Of::Neighbourhoods {
        let given = [("places", body.places.is_some()), ("cursor", body.cursor.is_some())];
        if let Some((field, _)) = given.into_iter().find(|(_, given)| *given) {
            return Err(Invalid::new(field, "is for of: places"));
        }
    }
    let after = body.cursor.as_deref().map(cursor::read_place).transpose()?;
    Ok(Page { after, limit: limit(body.limit, MOST)? })
}

fn read(body: ProximityBody, ground: &Ground) -> Result<(Selection, Nearest), Invalid> {
    let k = body.k.unwrap_or(3);
    if !(1..=MOST_NEAR).contains(&k) {
        return Err(Invalid::new("k", format!("must be a whole number from 1 to {MOST_NEAR}")));
    }
    if body.r#type.len() > MOST_KINDS {
        return Err(Invalid::new("type", format!("has too many values; at most {MOST_KINDS}")));
    }
    let raw = |r#type: Vec<String>| Raw {
        r#type,
        form: body.form.clone(),
        support: body.support.clone(),
        free: body.free,
        ..Raw::default()
    };
    let moment = body.open_at.as_deref().map_or_else(|| Ok(ground.now()), |at| ground.now().at(at))?;
    let query = |r#type| SupportQuery::parse(raw(r#type), ground).map(|query| query.filter());
    let kinds = if body.r#type.is_empty() {
        vec![(None, query(Vec::new())?)]
    } else {
        let one = |kind: &String| Ok((Some(kind.clone()), query(vec![kind.clone()])?));
        body.r#type.iter().map(one).collect::<Result<_, Invalid>>()?
    };
    Ok((body.places.unwrap_or_default(), Nearest { kinds, k: k as usize, moment }))
}
