//! `GET /api/communities/{c}/releases/{r}/{file}`

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::Invalid;
use utoipa::{IntoParams, ToSchema};

use crate::export::{self, Format};
use crate::http::api::export::{Kind, send};
use crate::http::extract::{InCommunity, InRelease, Params, Query, StrictQuery, path_param};
use crate::http::problem::{Problem, PublicProblems, ReleaseProblems};
use crate::http::{AppState, etag};
use crate::live::{LiveCommunity, LiveRelease, tables};

/// The files there are.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the path")]
pub enum DownloadName {
    #[schema(rename = "download.csv")]
    Csv,
    #[schema(rename = "download.geojson")]
    Geojson,
    #[schema(rename = "download.gpkg")]
    Gpkg,
}

/// The files there are of a release.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the path")]
pub enum ReleaseFileName {
    #[schema(rename = "download.csv")]
    Csv,
    #[schema(rename = "download.geojson")]
    Geojson,
    #[schema(rename = "download.gpkg")]
    Gpkg,
    #[schema(rename = "download.jsonl")]
    Tables,
}

/// How.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DownloadParams {
    /// Marks CSV as UTF-8 for old spreadsheets.
    #[param(value_type = Option<bool>)]
    pub(in crate::http::api) bom: bool,
}

impl Query for DownloadParams {
    const NAMES: &'static [&'static str] = &["bom"];

    fn read(params: &Params) -> Result<Self, Invalid> {
        Ok(Self { bom: params.flag("bom")?.unwrap_or_default() })
    }
}

/// The path's `{file}`. Refuses with 404.
pub struct DownloadFile(pub(in crate::http::api) Format);

impl FromRequestParts<AppState> for DownloadFile {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        match path_param(parts, state, "file").await?.as_str() {
            "download.csv" => Ok(Self(Format::Csv)),
            "download.geojson" => Ok(Self(Format::Geojson)),
            "download.gpkg" => Ok(Self(Format::Gpkg)),
            _ => Err(Problem::not_found("there are download.csv, download.geojson and download.gpkg")),
        }
    }
}

/// The path's `{file}` of a release, which has its very tables besides. Refuses with 404.
pub enum ReleaseFile {
    /// The table with everything that belongs to its numbers.
    Table(Format),
    /// The stored tables, to the byte.
    Tables,
}

impl FromRequestParts<AppState> for ReleaseFile {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if path_param(parts, state, "file").await? == "download.jsonl" {
            return Ok(Self::Tables);
        }
        let file = DownloadFile::from_request_parts(parts, state).await;
        file.map(|DownloadFile(format)| Self::Table(format)).map_err(|_| {
            Problem::not_found("there are download.csv, download.geojson, download.gpkg and download.jsonl")
        })
    }
}

/// Takes a release home: every published number with what it means. Each row says which release it is of, under
/// which policy it was made, what exactly is promised, and whom to credit. `download.jsonl` has the stored tables and
/// nothing else, a line each: its SHA-256 is the release's `sha256`.
#[utoipa::path(get, path = "/api/communities/{c}/releases/{r}/{file}", tag = "releases",
    params(("c" = String, Path, description = "the community"),
        ("r" = String, Path, description = "the release, or `latest`"),
        ("file" = inline(ReleaseFileName), Path, description = "the format"), DownloadParams),
    responses((status = 200, description = "the file", content(
            ("application/geo+json"), ("text/csv"), ("application/geopackage+sqlite3"), ("application/jsonl"))),
        PublicProblems, ReleaseProblems))]
pub async fn download_release(
    InCommunity(community): InCommunity,
    file: ReleaseFile,
    InRelease(release): InRelease,
    StrictQuery(asked): StrictQuery<DownloadParams>,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let ReleaseFile::Table(format) = file else {
        return Ok(tables_as_they_are(&community, &release, &headers));
    };
    let bom = if asked.bom { "-bom" } else { "" };
    // A release never changes; only the day in the citation does, so the tag is a weak one.
    let tag = format!("W/\"{}-download-{}{bom}\"", release.stored.id, format.ending());
    if etag::is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response());
    }
    let (info, now) = (community.info(), state.core.ambient.now());
    let credit = community.directory().attribution;
    let table = export::release::table(&info, &release, &community.neighbourhoods().all, now)
        .map_err(|e| Problem::internal(e.to_string()))?;
    let table = export::release::with_promise(table, &release, credit);
    let mut answer = send(Kind::Table(format), table, asked.bom).await?;
    let tag = HeaderValue::try_from(tag).map_err(|e| Problem::internal(e.to_string()))?;
    answer.headers_mut().insert(header::ETAG, tag);
    Ok(answer)
}

/// The bytes that the release's hash is of.
fn tables_as_they_are(community: &LiveCommunity, release: &LiveRelease, headers: &HeaderMap) -> Response {
    let (id, day) = (release.stored.id, release.stored.made_at.strftime("%Y-%m-%d"));
    // These bytes never change, so the tag is a strong one.
    let tag = format!("\"{id}-tables\"");
    if etag::is_known(headers, &tag) {
        return (StatusCode::NOT_MODIFIED, [(header::ETAG, tag)]).into_response();
    }
    let name = format!("attachment; filename=\"{}-release-{day}.jsonl\"", community.id());
    let about = [
        (header::CONTENT_TYPE, "application/jsonl".to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::ETAG, tag),
    ];
    (about, tables(&release.stored)).into_response()
}
