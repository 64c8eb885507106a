//! `GET /api/communities/{c}/releases/{r}/difference`

use std::collections::HashMap;
use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::Response;
use engine::grid::cell_centre;
use engine::neighbourhood::Neighbourhood;
use engine::privacy::difference::{
    Difference, DifferenceError, DifferenceTable, cell_difference, concentration_difference,
    quality_difference, relative_difference,
};
use engine::stats::significance::Class;
use engine::{Invalid, ReleaseId};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::hotspots::PMethod;
use crate::http::api::schema::{Area, FeatureCollectionType, FeatureType};
use crate::http::extract::{InCommunity, InRelease, Params, Query, StrictQuery, given_out};
use crate::http::geojson::{GEO_JSON, public, shape};
use crate::http::problem::{Problem, PublicProblems, ReleaseProblems};
use crate::live::{LiveCommunity, LiveRelease, NeighbourhoodMap};

/// Which difference.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DifferenceParams {
    /// The earlier release: its identifier.
    #[param(value_type = String)]
    from: Option<ReleaseId>,
    /// `concentration`: participants. `relative`: participants per 1,000 residents, of today for both. `quality`: the
    /// mean valence of their places, −1..1. The profile has no difference: half of it is today's directory.
    #[param(value_type = Option<String>, default = "concentration")]
    measure: &'static str,
    /// `cells`, which have concentration alone, or `neighbourhoods`. Without it what the measure has first.
    #[param(value_type = Option<String>)]
    units: &'static str,
}

impl Query for DifferenceParams {
    const NAMES: &'static [&'static str] = &["from", "measure", "units"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        const MEASURES: &[&str] = &["concentration", "relative", "quality"];
        let measure = params.one_of("measure", MEASURES)?;
        let units: &[_] =
            if measure == "concentration" { &["cells", "neighbourhoods"] } else { &["neighbourhoods"] };
        let wrong = || Invalid::new("from", "must be an earlier release's identifier, or latest");
        let from = match params.text("from").ok_or_else(wrong)? {
            "latest" => None,
            id => Some(id.parse().map_err(|_| wrong())?),
        };
        Ok(Self { from, measure, units: params.one_of("units", units)? })
    }
}

/// What changed in a unit, never without its company.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct DifferenceProperties {
    /// H3 index or neighbourhood.
    unit: String,
    /// The neighbourhood, or the one at the cell's centre.
    #[schema(required)]
    name: Option<String>,
    /// Later minus earlier, noisy. Null where a measure has no number in both releases.
    #[schema(required)]
    value: Option<f64>,
    /// Lower end of its 90 % interval, with the noise of both releases.
    #[schema(required)]
    low: Option<f64>,
    /// Upper end.
    #[schema(required)]
    high: Option<f64>,
    /// Noisy number of people in the later release.
    people: i64,
    /// Noisy number of people in the earlier release.
    people_before: i64,
    /// The difference in standard errors; null when there is not enough information.
    #[schema(required)]
    z: Option<f64>,
    /// After Benjamini-Hochberg; null when there is not enough information.
    #[schema(required)]
    q: Option<f64>,
    /// More than before: `hot99`, `hot95` or `hot90`; less: `cold90`, `cold95` or `cold99`; `none`; `not_enough`.
    class: String,
}

/// A unit.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct DifferenceFeature {
    r#type: FeatureType,
    id: String,
    #[schema(required)]
    geometry: Option<Area>,
    properties: DifferenceProperties,
}

/// All units that are in both releases.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct DifferenceCollection {
    r#type: FeatureCollectionType,
    /// The later release.
    #[schema(value_type = uuid::Uuid)]
    release: String,
    #[schema(format = DateTime)]
    made_at: String,
    /// The earlier release.
    #[schema(value_type = uuid::Uuid)]
    from: String,
    #[schema(format = DateTime)]
    from_made_at: String,
    measure: String,
    /// `difference`.
    stat: String,
    units: String,
    policy: String,
    /// What q is corrected for.
    n_tested: usize,
    /// Where the probabilities behind q come from: `normal`, the distribution of the noise of both.
    #[schema(value_type = PMethod)]
    p_method: &'static str,
    /// How many have more or less than before.
    significant: usize,
    /// What the later release promises, in a sentence; the earlier one says its own.
    guarantee: String,
    /// Whom to credit.
    #[schema(required)]
    attribution: Option<&'static str>,
    features: Vec<DifferenceFeature>,
}

/// What changed between two releases, with what is certain about it: computed from the published tables of both.
#[utoipa::path(get, path = "/api/communities/{c}/releases/{r}/difference", tag = "releases",
    params(("c" = String, Path, description = "the community"),
        ("r" = String, Path, description = "the later release, or `latest`"), DifferenceParams),
    responses((status = 200, body = DifferenceCollection, content_type = "application/geo+json"),
        PublicProblems, ReleaseProblems))]
pub async fn get_release_difference(
    InCommunity(community): InCommunity,
    InRelease(later): InRelease,
    StrictQuery(asked): StrictQuery<DifferenceParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let (_, answer) = collection(&community, &later, &asked)?;
    Ok(public(&headers, GEO_JSON, &answer))
}

/// The answer as it is, with the earlier release.
pub(super) fn collection(
    community: &LiveCommunity,
    later: &LiveRelease,
    asked: &DifferenceParams,
) -> Result<(Arc<LiveRelease>, Value), Problem> {
    let earlier = earlier_of(community, later, asked.from)?;
    let map = community.neighbourhoods();
    let found = if asked.units == "cells" {
        cells(later, &earlier, &map)
    } else {
        neighbourhoods(later, &earlier, asked.measure, &map)
    };
    let (n_tested, features) = found.map_err(|why| refused(why.to_string()))?;
    let quiet = [Class::None.as_str(), Class::NotEnough.as_str()];
    let loud = |f: &&Value| f["properties"]["class"].as_str().is_some_and(|class| !quiet.contains(&class));
    let answer = json!({
        "type": "FeatureCollection",
        "release": later.stored.id, "made_at": later.stored.made_at.to_string(),
        "from": earlier.stored.id, "from_made_at": earlier.stored.made_at.to_string(),
        "measure": asked.measure, "stat": "difference", "units": asked.units,
        "policy": later.parameters.policy, "n_tested": n_tested, "p_method": "normal",
        "significant": features.iter().filter(loud).count(),
        "guarantee": later.parameters.guarantee(),
        "attribution": community.directory().attribution, "features": features,
    });
    Ok((earlier, answer))
}

/// A comparison that cannot be made, and why.
fn refused(why: String) -> Problem {
    Problem::bad_request(Invalid::new("from", why))
}

/// The release to compare with, which must be another and an earlier one.
fn earlier_of(
    community: &LiveCommunity,
    later: &LiveRelease,
    from: Option<ReleaseId>,
) -> Result<Arc<LiveRelease>, Problem> {
    let found = from.map_or_else(|| community.newest_release(), |id| community.release(id));
    let earlier = found.ok_or_else(|| Problem::not_found("there is no release to compare with"))?;
    let earlier = given_out(earlier)?;
    if earlier.stored.id == later.stored.id {
        return Err(refused("must be another release: one has no difference from itself".to_owned()));
    }
    if earlier.stored.made_at > later.stored.made_at {
        return Err(refused(
            "must be the earlier of the two releases; ask the later one for the difference".to_owned(),
        ));
    }
    Ok(earlier)
}

type Found = Result<(usize, Vec<Value>), DifferenceError>;

fn cells(later: &LiveRelease, earlier: &LiveRelease, map: &NeighbourhoodMap) -> Found {
    let (Some(late), Some(early)) = (later.cell_table(), earlier.cell_table()) else {
        return Err(without_units(later.cells.rows.len(), earlier.cells.rows.len()));
    };
    let table = cell_difference(late, early)?;
    let outlines: HashMap<_, _> = later.cells.rows.iter().map(|row| row.unit).zip(&later.outlines).collect();
    let feature = |row: &Difference<h3o::CellIndex>| {
        let name = map.all.find(cell_centre(row.unit)).map(|(_, n)| n.name.as_str());
        feature(row, name, &outlines.get(&row.unit).map_or(Value::Null, |outline| shape(outline)))
    };
    Ok((table.n_tested, table.rows.iter().map(feature).collect()))
}

fn neighbourhoods(
    later: &LiveRelease,
    earlier: &LiveRelease,
    measure: &str,
    map: &NeighbourhoodMap,
) -> Found {
    let rows = |release: &LiveRelease| release.neighbourhoods.as_ref().map_or(0, |n| n.table().rows().len());
    let (Some(late), Some(early)) = (&later.neighbourhoods, &earlier.neighbourhoods) else {
        return Err(without_units(rows(later), rows(earlier)));
    };
    let by_id: HashMap<Uuid, &Neighbourhood> = map.all.iter().map(|n| (n.id.0, n)).collect();
    let table: DifferenceTable<Uuid> = match measure {
        "relative" => relative_difference(late, early, |id| by_id.get(&id)?.population)?,
        "quality" => quality_difference(late, early)?,
        _ => concentration_difference(late, early)?,
    };
    let feature = |row: &Difference<Uuid>| {
        let here = by_id.get(&row.unit);
        feature(row, here.map(|n| n.name.as_str()), &here.map_or(Value::Null, |n| shape(&n.shape)))
    };
    Ok((table.n_tested, table.rows.iter().map(feature).collect()))
}

const fn without_units(later: usize, earlier: usize) -> DifferenceError {
    DifferenceError::NoCommonUnits { later, earlier }
}

fn feature<U: ToString>(row: &Difference<U>, name: Option<&str>, geometry: &Value) -> Value {
    let unit = row.unit.to_string();
    json!({
        "type": "Feature", "id": unit, "geometry": geometry,
        "properties": {
            "unit": unit, "name": name, "value": row.change.map(|c| c.value), "low": row.change.map(|c| c.low),
            "high": row.change.map(|c| c.high), "people": row.people, "people_before": row.people_before,
            "z": row.z, "q": row.q, "class": row.class.as_str(),
        },
    })
}
