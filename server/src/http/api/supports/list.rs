//! `GET /api/communities/{c}/supports`

use axum::Json;
use engine::Invalid;
use utoipa::IntoParams;

use super::feature::SupportPage;
use super::query::{LIMIT, Raw, SupportQuery};
use crate::http::extract::{InCommunity, Params, Query, StrictQuery};
use crate::http::problem::{Problem, PublicProblems};

/// Which supports. A person's own location belongs into the body of `supports/search`, not here.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct SupportParams {
    /// `lon,lat`; the nearest come first.
    #[param(example = "26.72,58.38")]
    near: Option<String>,
    /// Metres around `near`.
    #[param(minimum = 1, maximum = 200_000)]
    radius: Option<f64>,
    #[param(minimum = 1, maximum = 10000, default = 100)]
    limit: Option<u32>,
    /// `west,south,east,north`.
    bbox: Option<String>,
    /// Categories, separated by commas.
    #[param(example = "library,cafe")]
    r#type: Option<String>,
    /// Support types, separated by commas: at least one is offered.
    #[param(example = "emotional")]
    support: Option<String>,
    /// `true`: known to be free. `false`: known to cost something.
    free: Option<bool>,
    /// Part of the name, the address or the category.
    #[param(max_length = 200)]
    q: Option<String>,
    /// `next` of the page before.
    cursor: Option<String>,
}

impl Query for Raw {
    const NAMES: &'static [&'static str] =
        &["near", "radius", "limit", "bbox", "type", "support", "free", "q", "cursor"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        let words = |name| params.words(name).into_iter().map(str::to_owned).collect();
        Ok(Self {
            near: params.numbers("near")?,
            radius: params.number("radius")?,
            limit: params.whole("limit", LIMIT)?,
            bbox: params.numbers("bbox")?,
            r#type: words("type"),
            support: words("support"),
            free: params.flag("free")?,
            q: params.text("q").map(str::to_owned),
            within: None,
            cursor: params.text("cursor").map(str::to_owned),
        })
    }
}

/// Finds supports: nearest first with `near`, else by name.
#[utoipa::path(get, path = "/api/communities/{c}/supports", tag = "supports",
    params(("c" = String, Path, description = "the community"), SupportParams),
    responses((status = 200, body = SupportPage), PublicProblems))]
pub async fn list_supports(
    InCommunity(community): InCommunity,
    StrictQuery(raw): StrictQuery<Raw>,
) -> Result<Json<SupportPage>, Problem> {
    let directory = community.directory();
    let query = SupportQuery::parse(raw, &directory).map_err(Problem::bad_request)?;
    Ok(Json(SupportPage::new(&query.run(&directory), directory.attribution)))
}
