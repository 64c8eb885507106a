//! `GET /api/communities/{c}/export/{file}`

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::Invalid;
use engine::community::Community;
use utoipa::{IntoParams, ToSchema};

use super::send::send;
use super::{ExportFile, Kind, What};
use crate::export::{self, Table, supports};
use crate::http::api::supports::query::{Ground, Raw, SupportQuery};
use crate::http::extract::{InCommunity, Params, Query, StrictQuery};
use crate::http::problem::{Problem, PublicProblems};
use crate::http::{AppState, etag};
use crate::live::{LiveCommunity, LiveRelease};

/// The files there are.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the path")]
pub enum ExportName {
    #[schema(rename = "supports.geojson")]
    SupportsGeojson,
    #[schema(rename = "supports.csv")]
    SupportsCsv,
    #[schema(rename = "supports.gpkg")]
    SupportsGpkg,
    #[schema(rename = "supports.fgb")]
    SupportsFgb,
    #[schema(rename = "supports.parquet")]
    SupportsParquet,
    #[schema(rename = "supports.codebook.json")]
    SupportsCodebook,
    #[schema(rename = "supports.codebook.md")]
    SupportsCodebookText,
    #[schema(rename = "neighbourhoods.geojson")]
    NeighbourhoodsGeojson,
    #[schema(rename = "neighbourhoods.csv")]
    NeighbourhoodsCsv,
    #[schema(rename = "neighbourhoods.gpkg")]
    NeighbourhoodsGpkg,
    #[schema(rename = "neighbourhoods.fgb")]
    NeighbourhoodsFgb,
    #[schema(rename = "neighbourhoods.parquet")]
    NeighbourhoodsParquet,
    #[schema(rename = "neighbourhoods.codebook.json")]
    NeighbourhoodsCodebook,
    #[schema(rename = "neighbourhoods.codebook.md")]
    NeighbourhoodsCodebookText,
    #[schema(rename = "release.geojson")]
    ReleaseGeojson,
    #[schema(rename = "release.csv")]
    ReleaseCsv,
    #[schema(rename = "release.gpkg")]
    ReleaseGpkg,
    #[schema(rename = "release.fgb")]
    ReleaseFgb,
    #[schema(rename = "release.parquet")]
    ReleaseParquet,
    #[schema(rename = "release.codebook.json")]
    ReleaseCodebook,
    #[schema(rename = "release.codebook.md")]
    ReleaseCodebookText,
}

/// Which supports, and how. The filters are those of the list of supports, and of supports alone.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "describes the parameters")]
pub struct ExportParams {
    /// Marks CSV as UTF-8 for old spreadsheets.
    #[param(value_type = Option<bool>)]
    bom: bool,
    /// `lon,lat`; the nearest come first, and `distance_m` says how near.
    #[param(value_type = Option<String>)]
    near: (),
    /// Metres around `near`.
    #[param(value_type = Option<f64>, minimum = 1, maximum = 200_000)]
    radius: (),
    /// `west,south,east,north`.
    #[param(value_type = Option<String>)]
    bbox: (),
    /// Categories, separated by commas.
    #[param(value_type = Option<String>)]
    r#type: (),
    /// Forms, separated by commas.
    #[param(value_type = Option<String>)]
    form: (),
    /// Support types, separated by commas.
    #[param(value_type = Option<String>)]
    support: (),
    /// Known to be free, or known to cost something.
    #[param(value_type = Option<bool>)]
    free: (),
    /// Known to be open at this time, or `now`.
    #[param(value_type = Option<String>)]
    open_at: (),
    /// Known to be open from one instant to another.
    #[param(value_type = Option<String>)]
    open_during: (),
    /// Languages, separated by commas.
    #[param(value_type = Option<String>)]
    language: (),
    /// Known to be accessible with a wheelchair, or known not to be.
    #[param(value_type = Option<bool>)]
    accessible: (),
    /// Neighbourhoods, separated by commas.
    #[param(value_type = Option<String>)]
    neighbourhood: (),
    /// `active`, `temporarily_closed`, `closing` or `closed`.
    #[param(value_type = Option<String>)]
    status: (),
    /// Words.
    #[param(value_type = Option<String>, max_length = 200)]
    q: (),
}

/// A search without pages.
pub struct ExportQuery {
    bom: bool,
    raw: Raw,
    filtered: Option<&'static str>,
}

impl Query for ExportQuery {
    const NAMES: &'static [&'static str] = &[
        "bom",
        "near",
        "radius",
        "bbox",
        "type",
        "form",
        "support",
        "free",
        "open_at",
        "open_during",
        "language",
        "accessible",
        "neighbourhood",
        "status",
        "q",
    ];

    fn read(params: &Params) -> Result<Self, Invalid> {
        let filtered = Self::NAMES[1..].iter().find(|name| params.text(name).is_some()).copied();
        Ok(Self { bom: params.flag("bom")?.unwrap_or_default(), raw: Raw::read(params)?, filtered })
    }
}

/// Takes a table home: supports, neighbourhoods, or the newest release's published numbers. The codebook says
/// what the columns mean.
#[utoipa::path(get, path = "/api/communities/{c}/export/{file}", tag = "export",
    params(("c" = String, Path, description = "the community"),
        ("file" = inline(ExportName), Path, description = "the table and the format"), ExportParams),
    responses(
        (status = 200, description = "the file", content(
            ("application/geo+json"), ("text/csv"), ("application/geopackage+sqlite3"),
            ("application/vnd.flatgeobuf"), ("application/vnd.apache.parquet"), ("application/json"),
            ("text/markdown"))),
        PublicProblems))]
pub async fn export_file(
    InCommunity(community): InCommunity,
    file: ExportFile,
    StrictQuery(query): StrictQuery<ExportQuery>,
    RawQuery(asked): RawQuery,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let ExportFile { what, kind } = file;
    if let Some(name) = query.filtered.filter(|_| what != What::Supports) {
        return Err(Problem::bad_request(Invalid::new(name, "is for supports alone")));
    }
    let (info, now) = (community.info(), state.core.ambient.now());
    match what {
        What::Supports => {
            let table =
                found(&community, &info, query.raw, asked.filter(|_| query.filtered.is_some()), &state)?;
            send(kind, table, query.bom).await
        }
        What::Neighbourhoods => {
            let all = community.neighbourhoods().all.iter().cloned().collect();
            send(kind, export::neighbourhoods::table(&info, all, now), query.bom).await
        }
        What::Release => {
            let newest = community.newest_release();
            let newest = &newest.ok_or_else(|| Problem::not_found("there is no release yet"))?;
            let tag = tag(newest, kind, query.bom);
            if etag::is_known(&headers, &tag) {
                return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
            }
            let table = export::release::table(&info, newest, &community.neighbourhoods().all, now)
                .map_err(|e| Problem::internal(e.to_string()))?;
            let mut answer = send(kind, table, query.bom).await?;
            let tag = HeaderValue::try_from(tag).map_err(|e| Problem::internal(e.to_string()))?;
            answer.headers_mut().insert(header::ETAG, tag);
            Ok(answer)
        }
    }
}

/// A release never changes; only the day of the export does, so the tag is a weak one.
fn tag(release: &LiveRelease, kind: Kind, bom: bool) -> String {
    let ending = match kind {
        Kind::Table(format) => format.ending(),
        Kind::Codebook => "json",
        Kind::CodebookText => "md",
    };
    format!("W/\"{}-{ending}{}\"", release.stored.id, if bom { "-bom" } else { "" })
}

fn found(
    community: &LiveCommunity,
    info: &Community,
    raw: Raw,
    asked: Option<String>,
    state: &AppState,
) -> Result<Table, Problem> {
    let now = state.core.ambient.now();
    let ground = Ground::new(community, now);
    let query = SupportQuery::parse(raw, &ground).map_err(Problem::bad_request)?;
    let today = ground.now().day();
    let items = query
        .without_pages()
        .run(&ground.directory)
        .page
        .into_iter()
        .map(|(support, distance)| supports::Item { support, distance, today })
        .collect();
    Ok(supports::table(info, items, asked, now))
}
