//! `GET /api/communities/{c}/supports`

use axum::Json;
use axum::extract::State;
use engine::Invalid;
use utoipa::IntoParams;

use super::feature::SupportPage;
use super::query::{Ground, LIMIT, Raw, SupportQuery};
use crate::http::AppState;
use crate::http::extract::{InCommunity, Params, Query, StrictQuery};
use crate::http::problem::{Problem, PublicProblems};

/// Which supports; all conditions must hold, and of several values of one condition one. A person's own location
/// belongs into the body of `supports/search`, not here.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct SupportParams {
    /// `lon,lat`; the nearest come first, then what is online or on the telephone.
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
    /// Forms, separated by commas.
    #[param(example = "meeting_place,peer_group")]
    form: Option<String>,
    /// Support types, separated by commas: at least one is offered.
    #[param(example = "emotional")]
    support: Option<String>,
    /// `true`: known to be free. `false`: known to cost something.
    free: Option<bool>,
    /// `true`: known to have a low threshold, which is a place to walk into, free of charge, where nobody must refer.
    /// `false`: known not to.
    low_threshold: Option<bool>,
    /// Known to be open at this time (RFC 3339; without an offset on the community's clocks), or `now`.
    #[param(example = "2026-03-01T18:00:00+02:00")]
    open_at: Option<String>,
    /// Known to be open all the time from one such time to another, with a slash between.
    #[param(example = "2026-03-01T18:00:00+02:00/2026-03-01T20:00:00+02:00")]
    open_during: Option<String>,
    /// Languages by ISO 639, separated by commas: at least one is spoken.
    #[param(example = "et,ru")]
    language: Option<String>,
    /// `true`: known to be accessible with a wheelchair, if only in part. `false`: known not to be.
    accessible: Option<bool>,
    /// Identifiers of neighbourhoods, separated by commas.
    neighbourhood: Option<String>,
    /// `active`, `temporarily_closed`, `closing` or `closed`; all but the last unless told.
    status: Option<String>,
    /// `also`: with those that their source does not have any more. `only`: nothing but them.
    #[param(inline, value_type = Option<super::schema::MissingName>)]
    missing: Option<String>,
    /// Words of its name, organisation, address, category or form; a typing mistake is forgiven.
    #[param(max_length = 200)]
    q: Option<String>,
    /// Count what was found by kind.
    facets: Option<bool>,
    /// `next` of the page before.
    cursor: Option<String>,
}

impl Query for Raw {
    const NAMES: &'static [&'static str] = &[
        "near",
        "radius",
        "limit",
        "bbox",
        "type",
        "form",
        "support",
        "free",
        "low_threshold",
        "open_at",
        "open_during",
        "language",
        "accessible",
        "neighbourhood",
        "status",
        "missing",
        "q",
        "facets",
        "cursor",
    ];

    fn read(params: &Params) -> Result<Self, Invalid> {
        let words = |name| params.words(name).into_iter().map(str::to_owned).collect();
        let text = |name| params.text(name).map(str::to_owned);
        Ok(Self {
            near: params.numbers("near")?,
            radius: params.number("radius")?,
            limit: params.whole("limit", LIMIT)?,
            bbox: params.numbers("bbox")?,
            r#type: words("type"),
            form: words("form"),
            support: words("support"),
            free: params.flag("free")?,
            low_threshold: params.flag("low_threshold")?,
            open_at: text("open_at"),
            open_during: text("open_during"),
            language: words("language"),
            accessible: params.flag("accessible")?,
            neighbourhood: words("neighbourhood"),
            status: words("status"),
            missing: params.given("missing").map(str::to_owned),
            q: text("q"),
            within: None,
            facets: params.flag("facets")?.unwrap_or_default(),
            cursor: text("cursor"),
        })
    }
}

/// Finds supports: nearest first with `near`, else by name.
#[utoipa::path(get, path = "/api/communities/{c}/supports", tag = "supports",
    params(("c" = String, Path, description = "the community"), SupportParams),
    responses((status = 200, body = SupportPage), PublicProblems))]
pub async fn list_supports(
    InCommunity(community): InCommunity,
    State(state): State<AppState>,
    StrictQuery(raw): StrictQuery<Raw>,
) -> Result<Json<SupportPage>, Problem> {
    let ground = Ground::new(&community, state.core.ambient.now());
    let query = SupportQuery::parse(raw, &ground).map_err(Problem::bad_request)?;
    Ok(Json(SupportPage::answer(&query, &ground)))
}
