//! `GET /api/communities/{c}/releases/{r}/hotspots`

use std::collections::HashMap;
use std::sync::Arc;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use engine::Invalid;
use engine::grid::cell_centre;
use engine::neighbourhood::Neighbourhood;
use engine::privacy::picture::{Hotspot, HotspotTable, PictureError};
use engine::stats::cautions::Caution;
use engine::stats::significance::Class;
use serde_json::{Value, json};
use tokio::task::spawn_blocking;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::measures::{Rows, monday_of, profile_rows, quality_rows, relative_rows};
use crate::http::AppState;
use crate::http::api::schema::{Area, FeatureCollectionType, FeatureType};
use crate::http::api::supports::query::Ground;
use crate::http::extract::{InCommunity, InRelease, Params, Query, StrictQuery};
use crate::http::geojson::{GEO_JSON, public, shape};
use crate::http::problem::{Problem, PublicProblems, ReleaseProblems};
use crate::live::{LiveCommunity, LiveRelease, NeighbourhoodMap};

/// Which picture.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HotspotParams {
    /// `concentration`: where participants mapped most. `relative`: participants per 1,000 residents. `quality`: the
    /// mean valence of their places, −1..1. `profile`: the inclusion profile, which is experimental.
    #[param(value_type = Option<String>, default = "concentration")]
    measure: &'static str,
    /// `cells`, which have concentration alone, or `neighbourhoods`. Without it what the measure has first.
    #[param(value_type = Option<String>)]
    units: &'static str,
    /// The measure's own: `gi-star` for concentration; `fay-herriot` for relative and quality, which says what differs
    /// from what is expected; `monte-carlo` for the profile.
    #[param(value_type = Option<String>)]
    stat: &'static str,
}

impl Query for HotspotParams {
    const NAMES: &'static [&'static str] = &["measure", "units", "stat"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        const MEASURES: &[&str] = &["concentration", "relative", "quality", "profile"];
        let measure = params.one_of("measure", MEASURES)?;
        let (units, stat): (&[_], &[_]) = match measure {
            "concentration" => (&["cells", "neighbourhoods"], &["gi-star"]),
            "profile" => (&["neighbourhoods"], &["monte-carlo"]),
            _ => (&["neighbourhoods"], &["fay-herriot"]),
        };
        Ok(Self { measure, units: params.one_of("units", units)?, stat: params.one_of("stat", stat)? })
    }
}

/// A published value, never without its company.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct HotspotProperties {
    /// H3 index or neighbourhood.
    unit: String,
    /// The neighbourhood, or the one at the cell's centre.
    name: Option<String>,
    /// Noisy; may be negative. Null where a measure has not enough information for a number.
    #[schema(required)]
    value: Option<f64>,
    /// Lower end of its 90 % interval.
    #[schema(required)]
    low: Option<f64>,
    /// Upper end.
    #[schema(required)]
    high: Option<f64>,
    /// Noisy number of people.
    people: i64,
    /// Gi*, or the difference from what is expected in standard errors; null when there is not enough information.
    z: Option<f64>,
    /// After Benjamini-Hochberg; null when there is not enough information.
    q: Option<f64>,
    /// `hot99`, `hot95`, `hot90`, `none`, `cold90`, `cold95`, `cold99` or `not_enough`; of the profile `above`,
    /// `not_distinguishable`, `below` or `not_enough`.
    class: String,
    /// Of the profile: what `value` is, `index` (0..100) or, in a release of few participants, `valence` (0..100).
    #[schema(required = false)]
    value_is: Option<String>,
    /// Of the profile: that it is experimental.
    #[schema(required = false)]
    experimental: Option<bool>,
    /// Of the profile: how places are experienced.
    #[schema(required = false)]
    experience: Option<Experience>,
    /// Of the profile: the support in reach, as shares 0..1.
    #[schema(required = false)]
    opportunity: Option<InReach>,
    /// Of the profile: the composite, 0..100, in releases of many participants.
    #[schema(required = false)]
    index: Option<WithInterval>,
}

/// A number with its 90 % interval.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct WithInterval {
    value: f64,
    low: f64,
    high: f64,
}

/// How places are experienced.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct Experience {
    /// The domain as a whole, 0..1, beside the support in reach: the mean of valence, of the mean share of the five of
    /// CHIME, of being and doing together and, in releases of very many participants, of diversity. Null in releases of
    /// few participants, which have valence alone.
    score: Option<WithInterval>,
    /// 0..1.
    valence: Option<WithInterval>,
    /// The share of participants with a place of each kind, in releases of many participants.
    kinds: Option<HashMap<String, WithInterval>>,
    /// The share of being in being and doing together, 0..1: what the mix is. None is the right one, so it is in no
    /// score. In releases of many participants.
    mix: Option<WithInterval>,
    /// How diverse activities are, 0 (all do the same) to 1 (eight groups equally often), among 100 participants, in
    /// releases of very many.
    diversity: Option<WithInterval>,
}

/// The support within a walk of 800 m.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct InReach {
    /// Residents who reach emotional support.
    emotional: f64,
    instrumental: f64,
    informational: f64,
    appraisal: f64,
    /// Free of charge, of the supports in reach; null where none is.
    free: Option<f64>,
    /// Mornings, afternoons and evenings of the week with a support open in reach.
    rhythm: f64,
    /// The mean of the six.
    mean: f64,
}

/// A unit.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct HotspotFeature {
    r#type: FeatureType,
    id: String,
    geometry: Option<Area>,
    properties: HotspotProperties,
}

/// Where probabilities come from.
#[derive(ToSchema)]
#[schema(rename_all = "kebab-case")]
#[expect(dead_code, reason = "describes the answer")]
pub enum PMethod {
    Exact,
    Normal,
    MonteCarlo,
}

/// What a warning is about.
#[derive(ToSchema)]
#[schema(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes the answer")]
pub enum WarningCode {
    FewUnits,
    SkewedValues,
}

/// What readers should be careful about.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct HotspotWarning {
    /// `few_units`: fewer than 30 were published, where scores are far from normal. `skewed_values`: some unit has k < 8
    /// neighbours, and the values' skewness by √k is beyond 0.5, so that a neighbourhood's sum is skewed, too (Ord and
    /// Getis 1995).
    code: WarningCode,
    /// The same in a sentence, with the numbers and with what it means for z and q.
    detail: String,
}

/// All units of a release.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct HotspotCollection {
    r#type: FeatureCollectionType,
    #[schema(value_type = uuid::Uuid)]
    release: String,
    measure: String,
    stat: String,
    units: String,
    policy: String,
    #[schema(format = DateTime)]
    made_at: String,
    /// What the release promises, in a sentence.
    guarantee: String,
    /// Whom to credit for the directory and the map, if anyone.
    #[schema(required)]
    attribution: Option<String>,
    /// What q is corrected for.
    n_tested: usize,
    /// Where the probabilities behind q come from: `exact`, of whole numbers of people among all ways in which they
    /// could lie; `normal`, the distribution that they are close to, where there are too many of them for that;
    /// `monte-carlo`, draws.
    #[schema(value_type = PMethod)]
    p_method: &'static str,
    /// What readers should be careful about with Gi*; the other statistics have none of these. They follow from the
    /// published numbers alone.
    warnings: Vec<HotspotWarning>,
    /// How many are hot or cold.
    significant: usize,
    features: Vec<HotspotFeature>,
}

/// Where participants mapped most and the other measures of a release, with what is certain about them.
#[utoipa::path(get, path = "/api/communities/{c}/releases/{r}/hotspots", tag = "releases",
    params(("c" = String, Path, description = "the community"),
        ("r" = String, Path, description = "the release, or `latest`"), HotspotParams),
    responses((status = 200, body = HotspotCollection, content_type = "application/geo+json"),
        PublicProblems, ReleaseProblems))]
pub async fn get_release_hotspots(
    InCommunity(community): InCommunity,
    InRelease(release): InRelease,
    StrictQuery(asked): StrictQuery<HotspotParams>,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let answer = collection(&community, &release, asked, &state).await?;
    Ok(public(&headers, GEO_JSON, &answer))
}

/// The answer as it is.
pub(super) async fn collection(
    community: &LiveCommunity,
    release: &Arc<LiveRelease>,
    asked: HotspotParams,
    state: &AppState,
) -> Result<Value, Problem> {
    let map = community.neighbourhoods();
    let picture = match (asked.measure, asked.units) {
        ("relative", _) => by_measure(relative_rows(release, &map.all), "normal", &map),
        ("quality", _) => by_measure(quality_rows(release), "normal", &map),
        ("profile", _) => {
            let (directory, release) = (community.directory(), Arc::clone(release));
            let monday = monday_of(Ground::new(community, state.core.ambient.now()).now().day());
            // The first who asks lets a search for each of thousands of points begin: not on a thread that serves others.
            let work = move || {
                by_measure(profile_rows(&release.profiles(&map, &directory, monday)), "monte-carlo", &map)
            };
            spawn_blocking(work).await.map_err(|e| Problem::internal(e.to_string()))?
        }
        (_, "cells") => cells(release, &map),
        _ => neighbourhoods(release, &map).map_err(|e| Problem::internal(e.to_string()))?,
    };
    // A file that was taken home says by itself when it was made, what it promises and whom to credit.
    let attribution = community.directory().attribution;
    Ok(json!({
        "type": "FeatureCollection", "made_at": release.stored.made_at.to_string(),
        "guarantee": release.parameters.guarantee(), "attribution": attribution, "release": release.stored.id, "measure": asked.measure,
        "stat": asked.stat, "units": asked.units, "policy": release.parameters.policy,
        "n_tested": picture.n_tested, "p_method": picture.p_method, "warnings": picture.warnings, "significant": picture.significant, "features": picture.features,
    }))
}

#[derive(Default)]
struct Picture {
    n_tested: usize,
    p_method: &'static str,
    warnings: Vec<Value>,
    significant: usize,
    features: Vec<Value>,
}

impl Picture {
    fn of<U>(table: &HotspotTable<U>) -> Self {
        let p_method = if table.exact { "exact" } else { "normal" };
        let warning = |caution: &Caution| json!({"code": caution.as_str(), "detail": caution.with_meaning(table.exact)});
        let warnings = table.cautions.iter().map(warning).collect();
        Self { n_tested: table.n_tested, p_method, warnings, ..Self::default() }
    }

    fn add<U: ToString>(&mut self, row: &Hotspot<U>, name: Option<&str>, geometry: &Value) {
        let unit = row.unit.to_string();
        self.significant += usize::from(!matches!(row.class, Class::None | Class::NotEnough));
        self.features.push(json!({
            "type": "Feature", "id": unit, "geometry": geometry,
            "properties": {
                "unit": unit, "name": name, "value": row.value, "low": row.low, "high": row.high,
                "people": row.people, "z": row.z, "q": row.q, "class": row.class.as_str(),
            },
        }));
    }
}

fn by_measure(rows: Rows, p_method: &'static str, map: &NeighbourhoodMap) -> Picture {
    let by_id: HashMap<Uuid, &Neighbourhood> = map.all.iter().map(|n| (n.id.0, n)).collect();
    let mut picture = Picture { n_tested: rows.n_tested, p_method, ..Picture::default() };
    for (unit, mut properties) in rows.rows {
        let here = by_id.get(&unit);
        properties["unit"] = json!(unit);
        properties["name"] = json!(here.map(|n| &n.name));
        let quiet = ["none", "not_enough", "not_distinguishable"];
        picture.significant += usize::from(properties["class"].as_str().is_some_and(|c| !quiet.contains(&c)));
        let geometry = here.map_or(Value::Null, |n| shape(&n.shape));
        picture
            .features
            .push(json!({"type": "Feature", "id": unit, "geometry": geometry, "properties": properties}));
    }
    picture
}

fn cells(release: &LiveRelease, map: &NeighbourhoodMap) -> Picture {
    let mut picture = Picture::of(&release.cells);
    for (row, outline) in release.cells.rows.iter().zip(&release.outlines) {
        let name = map.all.find(cell_centre(row.unit)).map(|(_, n)| n.name.as_str());
        picture.add(row, name, &shape(outline));
    }
    picture
}

fn neighbourhoods(release: &LiveRelease, map: &NeighbourhoodMap) -> Result<Picture, PictureError> {
    let by_id: HashMap<Uuid, &Neighbourhood> = map.all.iter().map(|n| (n.id.0, n)).collect();
    let known = |id: Uuid| by_id.get(&id).copied();
    let table = release.neighbourhood_hotspots(&map.all)?;
    let mut picture = Picture::of(&table);
    for row in &table.rows {
        let here = known(row.unit);
        let geometry = here.map_or(Value::Null, |n| shape(&n.shape));
        picture.add(row, here.map(|n| n.name.as_str()), &geometry);
    }
    Ok(picture)
}
