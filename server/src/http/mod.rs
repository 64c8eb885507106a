//! The HTTP interface. [`router`] is the table of all routes, grouped by who calls them.

mod api;
mod basemap;
mod boundary;
mod cookie;
mod cross_site;
mod etag;
mod extract;
mod geojson;
mod health;
mod openapi;
mod problem;
mod tiles;
mod web;

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{DefaultPredicate, NotForContentType, Predicate};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::actions::Core;
use crate::app_config::AppConfig;
use api::{communities, me, neighbourhoods, participants, places, releases, session, supports};

/// Largest body of a request (design §5).
const MAX_BODY: usize = 1024 * 1024;

/// What handlers share.
#[derive(Clone)]
pub struct AppState {
    /// Store, memory, time and texts.
    pub core: Core,
    /// The settings.
    pub config: Arc<AppConfig>,
    /// Whether other processes' writes arrive.
    pub in_step: Arc<AtomicBool>,
}

/// All routes of `/api`, with their description.
fn api() -> OpenApiRouter<AppState> {
    let everyone_reads = OpenApiRouter::new()
        .routes(routes!(communities::list::list_communities))
        .routes(routes!(communities::one::get_community))
        .routes(routes!(supports::list::list_supports))
        .routes(routes!(neighbourhoods::list_neighbourhoods))
        .routes(routes!(releases::list::list_releases))
        .routes(routes!(releases::one::get_release))
        .routes(routes!(releases::cells::get_release_cells))
        .routes(routes!(releases::hotspots::get_release_hotspots))
        .layer(from_fn(boundary::readable_by_all));
    let everyone = OpenApiRouter::new()
        .routes(routes!(supports::search::search_supports))
        .routes(routes!(participants::join::join_community))
        .routes(routes!(participants::come_back::come_back));
    let participants = OpenApiRouter::new()
        .routes(routes!(session::sign_out))
        .routes(routes!(me::show::get_me, me::withdraw::withdraw))
        .routes(routes!(me::consent::change_consent))
        .routes(routes!(places::list::list_places, places::create::create_place))
        .routes(routes!(
            places::show::get_place,
            places::replace::replace_place,
            places::remove::delete_place
        ));
    OpenApiRouter::with_openapi(openapi::document()).merge(everyone_reads).merge(everyone).merge(participants)
}

/// All routes.
pub fn router(state: AppState) -> Router {
    let (api, document) = api().split_for_parts();
    let map = Router::new()
        .route("/tiles/{c}/supports", get(tiles::supports::tilejson))
        .route("/tiles/{c}/supports/{z}/{x}/{y}", get(tiles::supports::tile))
        .route("/tiles/{c}/neighbourhoods", get(tiles::neighbourhoods::tilejson))
        .route("/tiles/{c}/neighbourhoods/{z}/{x}/{y}", get(tiles::neighbourhoods::tile))
        .route("/tiles/{c}/releases/{r}/cells", get(tiles::cells::tilejson))
        .route("/tiles/{c}/releases/{r}/cells/{z}/{x}/{y}", get(tiles::cells::tile))
        .route("/basemap.pmtiles", get(basemap::basemap))
        .route("/api/openapi.json", get(openapi::serve(&document)))
        .layer(from_fn(boundary::readable_by_all));
    let machines =
        Router::new().route("/healthz", get(health::healthz)).route("/readyz", get(health::readyz));
    guarded(api.merge(map).merge(machines).fallback(web::page_or_asset), state)
}

/// What every route passes, from the inside out.
fn guarded(routes: Router<AppState>, state: AppState) -> Router {
    routes
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(CatchPanicLayer::custom(boundary::panicked))
        .layer(from_fn_with_state(state.clone(), cross_site::refuse_cross_site))
        .layer(from_fn_with_state(state.clone(), boundary::boundary))
        .layer(CompressionLayer::new().compress_when(
            // A basemap is asked for by byte ranges, which compression would shift.
            DefaultPredicate::new().and(NotForContentType::const_new("application/vnd.pmtiles")),
        ))
        .with_state(state)
}

/// The OpenAPI document, as it is served and as `server/openapi.json` keeps it.
pub fn openapi_document() -> String {
    let (_, document) = api().split_for_parts();
    let mut json = document.to_pretty_json().expect("the document is plain data");
    json.push('\n');
    json
}
