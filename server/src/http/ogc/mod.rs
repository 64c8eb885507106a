//! OGC API Features (Parts 1, 2, 3 with CQL2, and 5) and OGC API Tiles for GIS programs such as QGIS, GDAL and `OWSLib`.
//!
//! A collection is what an export is, item by item: the same columns with the same meaning. The public ones are
//! `supports`, `neighbourhoods` and `cells` (the newest release); `places` is for researchers.

mod care;
mod collection;
mod crs;
mod datetime;
mod describe;
mod format;
mod html;
mod items;
mod landing;
mod links;
mod openapi;
mod places;
mod query;
mod registry;
mod schema;
mod tiles;

use axum::Router;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::middleware::from_fn;
use axum::routing::get;

use self::collection::Collection;
use super::AppState;
use super::boundary;
use super::extract::{InCommunity, path_param};
use super::problem::Problem;

pub(super) use care::with_contacts;

/// All routes below `/ogc`.
pub(super) fn routes() -> Router<AppState> {
    let public = Router::new()
        .route("/ogc/style.css", get(html::style))
        .route("/ogc/{c}", get(landing::landing))
        .route("/ogc/{c}/", get(landing::landing))
        .route("/ogc/{c}/api", get(openapi::document))
        .route("/ogc/{c}/api.html", get(openapi::page))
        .route("/ogc/{c}/conformance", get(landing::conformance))
        .route("/ogc/{c}/tileMatrixSets", get(tiles::matrix_sets))
        .route("/ogc/{c}/tileMatrixSets/WebMercatorQuad", get(tiles::matrix_set))
        .route("/ogc/{c}/collections/{id}", get(landing::one))
        .route("/ogc/{c}/collections/{id}/queryables", get(landing::queryables))
        .route("/ogc/{c}/collections/{id}/schema", get(landing::schema_of))
        .route("/ogc/{c}/collections/{id}/items", get(items::list))
        .route("/ogc/{c}/collections/{id}/items/{item}", get(items::one))
        .route("/ogc/{c}/collections/{id}/tiles", get(tiles::list))
        .route("/ogc/{c}/collections/{id}/tiles/WebMercatorQuad", get(tiles::one))
        .route("/ogc/{c}/collections/{id}/tiles/WebMercatorQuad/{matrix}/{row}/{column}", get(tiles::tile))
        .layer(from_fn(boundary::readable_by_all));
    // The list of collections depends on who asks.
    let by_person = Router::new()
        .route("/ogc/{c}/collections", get(landing::collections))
        .route("/ogc/{c}/collections/places", get(places::about))
        .route("/ogc/{c}/collections/places/queryables", get(places::queryables))
        .route("/ogc/{c}/collections/places/schema", get(places::schema))
        .route("/ogc/{c}/collections/places/items", get(places::list))
        .route("/ogc/{c}/collections/places/items/{item}", get(places::one));
    public.merge(by_person)
}

/// The public collection of the path's `{id}`. Refuses with 404.
struct InCollection(Collection);

impl FromRequestParts<AppState> for InCollection {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let InCommunity(community) = InCommunity::from_request_parts(parts, state).await?;
        let name = path_param(parts, state, "id").await?;
        let found = registry::collection(&community, &name, state.core.ambient.now());
        found
            .map(Self)
            .ok_or_else(|| Problem::not_found("there is no such collection; /collections lists them"))
    }
}
