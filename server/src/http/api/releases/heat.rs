//! `GET /api/communities/{c}/releases/{r}/heat`

use axum::http::HeaderMap;
use axum::response::Response;
use engine::Invalid;
use engine::privacy::heat::{BANDWIDTHS, Spot};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};

use crate::http::extract::{InRelease, Params, Query, StrictQuery};
use crate::http::geojson::public;
use crate::http::problem::{Problem, PublicProblems, ReleaseProblems};
use crate::live::LiveRelease;

/// How smooth.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HeatParams {
    /// Bandwidth in metres: 500, 1000 or 2000, none that is less than a cell of the release across.
    #[param(value_type = Option<u32>, default = 1000)]
    pub(super) bandwidth: u32,
}

impl HeatParams {
    /// Refuses a bandwidth that is less than a cell of the release across.
    pub(super) fn offered_by(&self, release: &LiveRelease) -> Result<(), Problem> {
        let offered = release.bandwidths();
        if offered.contains(&self.bandwidth) {
            return Ok(());
        }
        let list = offered.iter().map(u32::to_string).collect::<Vec<_>>().join(" or ");
        let why = format!("must be {list}: the cells of this release are not finer");
        Err(Problem::bad_request(Invalid::new("bandwidth", why)))
    }
}

impl Query for HeatParams {
    const NAMES: &'static [&'static str] = &["bandwidth"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        let bandwidth = match params.given("bandwidth") {
            None => 1_000,
            Some(text) => BANDWIDTHS
                .into_iter()
                .find(|offered| offered.to_string() == text)
                .ok_or_else(|| Invalid::new("bandwidth", "must be 500, 1000 or 2000"))?,
        };
        Ok(Self { bandwidth })
    }
}

/// A smooth surface on a grid.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct HeatAnswer {
    #[schema(value_type = uuid::Uuid)]
    release: String,
    measure: String,
    policy: String,
    kernel: String,
    /// Metres.
    bandwidth: u32,
    /// The bandwidths offered of this release, in metres.
    bandwidths: Vec<u32>,
    unit: String,
    /// West, south, east, north: the outer edges of the grid.
    bounds: [f64; 4],
    columns: usize,
    rows: usize,
    /// Row by row from the south-west; null too far from the release's cells. May be negative.
    values: Vec<Option<f64>>,
    /// What the noise alone lets each value vary by; below about 1.6 of these a value says nothing.
    standard_errors: Vec<Option<f64>>,
    /// Whether the cell in which each step lies may show a class: where it may not, a picture shows nothing.
    enough: Vec<Option<bool>>,
}

/// A smooth surface of where participants mapped most, computed from the release's cells alone.
#[utoipa::path(get, path = "/api/communities/{c}/releases/{r}/heat", tag = "releases",
    params(("c" = String, Path, description = "the community"),
        ("r" = String, Path, description = "the release, or `latest`"), HeatParams),
    responses((status = 200, body = HeatAnswer), PublicProblems, ReleaseProblems))]
pub async fn get_release_heat(
    InRelease(release): InRelease,
    StrictQuery(asked): StrictQuery<HeatParams>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    asked.offered_by(&release)?;
    let (id, offered) = (release.stored.id, release.bandwidths());
    let policy = release.parameters.policy;
    // The first to ask waits for some million steps: not on a thread that serves others.
    let answer = tokio::task::spawn_blocking(move || {
        let found = release.heat(asked.bandwidth);
        let digits = |number: f64| (number * 100.0).round() / 100.0;
        let column = |pick: &dyn Fn(&Spot) -> Value| -> Vec<Value> {
            let values = found.map(|heat| heat.values.as_slice()).unwrap_or_default();
            values.iter().map(|value| value.as_ref().map_or(Value::Null, pick)).collect()
        };
        json!({
            "release": id, "measure": "concentration", "policy": policy, "kernel": "gaussian",
            "bandwidth": asked.bandwidth, "bandwidths": offered, "unit": "people counted in cells, per square kilometre",
            "bounds": found.map(|heat| heat.bounds.to_array()), "columns": found.map_or(0, |heat| heat.columns),
            "rows": found.map_or(0, |heat| heat.rows), "values": column(&|spot| json!(digits(spot.density))),
            "standard_errors": column(&|spot| json!(digits(spot.error))), "enough": column(&|spot| json!(spot.enough)),
        })
    })
    .await
    .map_err(|error| Problem::internal(error.to_string()))?;
    Ok(public(&headers, "application/json", &answer))
}
