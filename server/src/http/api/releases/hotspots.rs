//! `GET /api/communities/{c}/releases/{r}/hotspots`

use std::collections::HashMap;

use axum::http::HeaderMap;
use axum::response::Response;
use engine::grid::cell_centre;
use engine::lonlat::metres_per_degree;
use engine::neighbourhood::Neighbourhood;
use engine::privacy::picture::{Hotspot, PictureError, neighbourhood_hotspots};
use engine::stats::significance::Class;
use engine::{Invalid, LonLat};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::class_name;
use crate::http::api::schema::{Area, FeatureCollectionType, FeatureType};
use crate::http::extract::{InCommunity, InRelease, Params, Query, StrictQuery};
use crate::http::geojson::{GEO_JSON, public, shape};
use crate::http::problem::{Problem, PublicProblems};
use crate::live::{LiveRelease, NeighbourhoodMap};

/// Which picture.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HotspotParams {
    /// `concentration`: where participants mapped most.
    #[param(value_type = Option<String>, default = "concentration")]
    measure: &'static str,
    /// `cells` or `neighbourhoods`.
    #[param(value_type = Option<String>, default = "cells")]
    units: &'static str,
    /// `gi-star`.
    #[param(value_type = Option<String>, default = "gi-star")]
    stat: &'static str,
}

impl Query for HotspotParams {
    const NAMES: &'static [&'static str] = &["measure", "units", "stat"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        let one_of = |name: &str, known: &[&'static str]| match params.text(name) {
            None => Ok(known[0]),
            Some(given) => known
                .iter()
                .find(|k| **k == given)
                .copied()
                .ok_or_else(|| Invalid::new(name, format!("must be {}", known.join(" or ")))),
        };
        Ok(Self {
            measure: one_of("measure", &["concentration"])?,
            units: one_of("units", &["cells", "neighbourhoods"])?,
            stat: one_of("stat", &["gi-star"])?,
        })
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
    /// Noisy; may be negative.
    value: f64,
    /// Lower end of its 90 % interval.
    low: f64,
    /// Upper end.
    high: f64,
    /// Noisy number of people.
    people: i64,
    /// Gi*; null when there is not enough information.
    z: Option<f64>,
    /// After Benjamini-Hochberg; null when there is not enough information.
    q: Option<f64>,
    /// `hot99`, `hot95`, `hot90`, `none`, `cold90`, `cold95`, `cold99` or `not_enough`.
    class: String,
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
    /// What q is corrected for.
    n_tested: usize,
    /// How many are hot or cold.
    significant: usize,
    features: Vec<HotspotFeature>,
}

/// Where participants mapped most, with what is certain about it.
#[utoipa::path(get, path = "/api/communities/{c}/releases/{r}/hotspots", tag = "releases",
    params(("c" = String, Path, description = "the community"),
        ("r" = String, Path, description = "the release, or `latest`"), HotspotParams),
    responses((status = 200, body = HotspotCollection, content_type = "application/geo+json"),
        PublicProblems))]
pub async fn get_release_hotspots(
    InCommunity(community): InCommunity,
    InRelease(release): InRelease,
    StrictQuery(asked): StrictQuery<HotspotParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let map = community.neighbourhoods();
    let picture = match asked.units {
        "cells" => cells(&release, &map),
        _ => neighbourhoods(&release, &map).map_err(|e| Problem::internal(e.to_string()))?,
    };
    let answer = json!({
        "type": "FeatureCollection", "release": release.stored.id, "measure": asked.measure,
        "stat": asked.stat, "units": asked.units, "policy": release.parameters.policy,
        "n_tested": picture.n_tested, "significant": picture.significant, "features": picture.features,
    });
    Ok(public(&headers, GEO_JSON, &answer))
}

#[derive(Default)]
struct Picture {
    n_tested: usize,
    significant: usize,
    features: Vec<Value>,
}

impl Picture {
    fn add<U: ToString>(&mut self, row: &Hotspot<U>, name: Option<&str>, geometry: &Value) {
        let unit = row.unit.to_string();
        self.significant += usize::from(!matches!(row.class, Class::None | Class::NotEnough));
        self.features.push(json!({
            "type": "Feature", "id": unit, "geometry": geometry,
            "properties": {
                "unit": unit, "name": name, "value": row.value, "low": row.low, "high": row.high,
                "people": row.people, "z": row.z, "q": row.q, "class": class_name(row.class),
            },
        }));
    }
}

fn cells(release: &LiveRelease, map: &NeighbourhoodMap) -> Picture {
    let mut picture = Picture { n_tested: release.cells.n_tested, ..Picture::default() };
    for (row, outline) in release.cells.rows.iter().zip(&release.outlines) {
        let name = map.all.find(cell_centre(row.unit)).map(|(_, n)| n.name.as_str());
        picture.add(row, name, &shape(outline));
    }
    picture
}

fn neighbourhoods(release: &LiveRelease, map: &NeighbourhoodMap) -> Result<Picture, PictureError> {
    let Some(published) = &release.neighbourhoods else { return Ok(Picture::default()) };
    let by_id: HashMap<Uuid, &Neighbourhood> = map.all.iter().map(|n| (n.id.0, n)).collect();
    let known = |id: Uuid| by_id.get(&id).copied();
    let middles: Vec<Option<LonLat>> =
        published.table().rows().iter().map(|row| known(row.id())?.label_point()).collect();
    let table = neighbourhood_hotspots(published, &plane(&middles))?;
    let mut picture = Picture { n_tested: table.n_tested, ..Picture::default() };
    for row in &table.rows {
        let here = known(row.unit);
        let geometry = here.map_or(Value::Null, |n| shape(&n.shape));
        picture.add(row, here.map(|n| n.name.as_str()), &geometry);
    }
    Ok(picture)
}

/// Positions in metres on a plane that touches the earth in their midst, which is exact enough across a town.
/// What has no position any more is put far away.
fn plane(positions: &[Option<LonLat>]) -> Vec<(f64, f64)> {
    const FAR: (f64, f64) = (1e7, 1e7);
    let around = engine::Bounds::around(positions.iter().flatten().copied());
    let Some(middle) = around.map(|b| b.centre()) else { return vec![FAR; positions.len()] };
    let (per_lon, per_lat) = metres_per_degree(middle.lat());
    let flat = |p: LonLat| ((p.lon() - middle.lon()) * per_lon, (p.lat() - middle.lat()) * per_lat);
    positions.iter().map(|p| p.map_or(FAR, flat)).collect()
}
