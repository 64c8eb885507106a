//! `GET /api/communities/{c}/export/places.{csv,geojson,gpkg,fgb,parquet,codebook.json,codebook.md}`

use axum::extract::State;
use axum::response::Response;
use engine::study::PlaceFilter;

use super::Kind;
use super::send::send;
use crate::actions::staff::log_reading;
use crate::export::{self, Format};
use crate::http::AppState;
use crate::http::extract::{FreshSecondFactor, InCommunity, NoQuery, Researcher};
use crate::http::problem::{MemberProblems, Problem, PublicProblems};

/// An operation for each format: the table of authority knows whole paths, and in a path a parameter is a whole
/// part.
macro_rules! export_places {
    ($($name:ident, $path:literal, $format:expr;)+) => {$(
        /// Takes home the places that participants share for research, without identifiers of people or places:
        /// names of participants are random in each export. Needs the second factor again. Is written down,
        /// and the participants see it.
        #[utoipa::path(get, path = $path, tag = "export",
            params(("c" = String, Path, description = "the community")),
            security(("staff" = []), ("token" = [])),
            responses((status = 200, description = "the file", content(
                ("application/geo+json"), ("text/csv"), ("application/geopackage+sqlite3"),
                ("application/vnd.flatgeobuf"), ("application/vnd.apache.parquet"))),
                PublicProblems, MemberProblems))]
        pub async fn $name(
            community: InCommunity,
            researcher: Researcher,
            fresh: FreshSecondFactor,
            _: NoQuery,
            state: State<AppState>,
        ) -> Result<Response, Problem> {
            export($format, community, researcher, fresh, state).await
        }
    )+};
}

export_places! {
    export_places_csv, "/api/communities/{c}/export/places.csv", Format::Csv;
    export_places_geojson, "/api/communities/{c}/export/places.geojson", Format::Geojson;
    export_places_gpkg, "/api/communities/{c}/export/places.gpkg", Format::Gpkg;
    export_places_fgb, "/api/communities/{c}/export/places.fgb", Format::Fgb;
    export_places_parquet, "/api/communities/{c}/export/places.parquet", Format::Parquet;
}

async fn export(
    format: Format,
    InCommunity(community): InCommunity,
    Researcher(member): Researcher,
    FreshSecondFactor(_): FreshSecondFactor,
    State(state): State<AppState>,
) -> Result<Response, Problem> {
    let core = &state.core;
    let places = community.places_for_research(&PlaceFilter::default(), None, usize::MAX);
    let what = format!("export of places as {}", format.ending());
    let places = log_reading(core, community.id(), &member, &what, places).await?;
    let table = export::places::table(&community.info(), places, &core.ambient);
    send(Kind::Table(format), table, false).await
}

/// What the columns of the places mean, and what the community asked with which versions and options. It holds no
/// place, so it is no reading and needs no second factor.
macro_rules! export_codebook {
    ($($name:ident, $path:literal, $kind:expr, $media:literal;)+) => {$(
        /// What the columns of the places that participants share for research mean, with the community's own
        /// questions in every version and their options. Holds no place.
        #[utoipa::path(get, path = $path, tag = "export",
            params(("c" = String, Path, description = "the community")),
            security(("staff" = []), ("token" = [])),
            responses((status = 200, description = "the codebook", content(($media))),
                PublicProblems, MemberProblems))]
        pub async fn $name(
            InCommunity(community): InCommunity,
            _: Researcher,
            _: NoQuery,
            State(state): State<AppState>,
        ) -> Result<Response, Problem> {
            let places = community.places_for_research(&PlaceFilter::default(), None, usize::MAX);
            let table = export::places::table(&community.info(), places, &state.core.ambient);
            send($kind, table, false).await
        }
    )+};
}

export_codebook! {
    export_places_codebook, "/api/communities/{c}/export/places.codebook.json", Kind::Codebook, "application/json";
    export_places_codebook_text, "/api/communities/{c}/export/places.codebook.md", Kind::CodebookText, "text/markdown";
}
