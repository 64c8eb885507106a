//! The HTTP interface. [`router`] is the table of all routes, grouped by who calls them.

mod api;
mod authority;
mod basemap;
mod boundary;
mod chunks;
mod cookie;
mod cross_site;
mod etag;
mod extract;
mod geojson;
mod health;
mod hsds;
mod ogc;
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
use api::{
    access, access_log, communities, diary, export, gazetteer, invitations, me, neighbourhoods, participants,
    photos, places, releases, session, snapshots, staff, stories, study, supports,
};

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
        .routes(routes!(supports::show::get_support))
        .routes(routes!(supports::rhythm::get_rhythm))
        .routes(routes!(supports::rhythm_file::download_rhythm))
        .routes(routes!(neighbourhoods::list_neighbourhoods))
        .routes(routes!(export::file::export_file))
        .routes(routes!(access::show::get_access))
        .routes(routes!(access::file::download_access))
        .merge(release_routes())
        .layer(from_fn(boundary::readable_by_all));
    let everyone = OpenApiRouter::new()
        .routes(routes!(supports::search::search_supports))
        .routes(routes!(access::what_if::what_if))
        .routes(routes!(access::what_if_file::download_what_if))
        .routes(routes!(gazetteer::find::find_names))
        .routes(routes!(gazetteer::near::find_names_near))
        .routes(routes!(stories::list::list_stories))
        .routes(routes!(stories::show::get_story))
        .routes(routes!(stories::photo::get_story_photo))
        .routes(routes!(participants::join::join_community))
        .routes(routes!(participants::come_back::come_back));
    let participants = OpenApiRouter::new()
        .routes(routes!(session::sign_out))
        .routes(routes!(me::show::get_me, me::withdraw::withdraw))
        .routes(routes!(me::consent::change_consent))
        .routes(routes!(me::renewal::renew_consent))
        .routes(routes!(me::return_code::make_return_code))
        .routes(routes!(me::reads::get_reads))
        .routes(routes!(me::export::export_me))
        .routes(routes!(places::list::list_places, places::create::create_place))
        .routes(routes!(
            places::show::get_place,
            places::replace::replace_place,
            places::remove::delete_place
        ))
        .routes(routes!(places::seen_as::get_place_as))
        .routes(routes!(places::preview::preview_place))
        .routes(routes!(diary::list::list_diary, diary::write::write_diary_entry))
        .merge(photo_routes())
        .routes(routes!(diary::change::change_diary_entry, diary::remove::delete_diary_entry));
    let staff = OpenApiRouter::new()
        .routes(routes!(staff::activate::activate_staff))
        .routes(routes!(staff::confirm_activation::confirm_staff_activation))
        .routes(routes!(staff::session::get_staff_session, staff::sign_in::sign_in_staff))
        .routes(routes!(staff::confirm::confirm_staff_session))
        .routes(routes!(staff::sessions::list_staff_sessions))
        .routes(routes!(staff::sessions::close_staff_session))
        .routes(routes!(staff::tokens::list_api_tokens))
        .routes(routes!(staff::tokens::revoke_api_token))
        .routes(routes!(staff::recovery_codes::renew_staff_recovery_codes))
        .routes(routes!(access_log::get_access_log));
    let planners = OpenApiRouter::new()
        .routes(routes!(snapshots::list::list_snapshots))
        .routes(routes!(snapshots::one::get_snapshot))
        .routes(routes!(snapshots::download::download_snapshot));
    let researchers = OpenApiRouter::new()
        .routes(routes!(study::search::search_places))
        .routes(routes!(study::proximity::find_nearest_supports))
        .routes(routes!(study::queries::list_queries, study::queries::keep_query))
        .routes(routes!(study::queries::delete_query))
        .routes(routes!(export::places::export_places_csv))
        .routes(routes!(export::places::export_places_geojson))
        .routes(routes!(export::places::export_places_gpkg))
        .routes(routes!(export::places::export_places_fgb))
        .routes(routes!(export::places::export_places_parquet))
        .routes(routes!(export::places::export_places_codebook))
        .routes(routes!(export::places::export_places_codebook_text));
    let stewards = OpenApiRouter::new()
        .routes(routes!(releases::create::make_release))
        .routes(routes!(releases::recall::recall_release))
        .routes(routes!(snapshots::create::make_snapshot))
        .routes(routes!(snapshots::recall::recall_snapshot))
        .routes(routes!(supports::steward::create::create_support))
        .routes(routes!(supports::steward::change::change_support))
        .routes(routes!(supports::steward::close::close_support))
        .routes(routes!(supports::steward::merge::merge_support))
        .routes(routes!(supports::steward::history::get_support_history))
        .routes(routes!(stories::queue::list_waiting_stories))
        .routes(routes!(stories::queue_photo::get_waiting_photo))
        .routes(routes!(stories::decide::decide_on_story))
        .routes(routes!(invitations::list::list_invitations, invitations::make::make_community_invitation))
        .routes(routes!(invitations::take_back::take_back_invitation));
    OpenApiRouter::with_openapi(openapi::document())
        .merge(researchers)
        .merge(stewards)
        .merge(planners)
        .merge(everyone_reads)
        .merge(everyone)
        .merge(participants)
        .merge(staff)
}

/// What is published of a community, and its files.
fn release_routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(releases::list::list_releases))
        .routes(routes!(releases::one::get_release))
        .routes(routes!(releases::cells::get_release_cells))
        .routes(routes!(releases::hotspots::get_release_hotspots))
        .routes(routes!(releases::hotspots_file::download_hotspots))
        .routes(routes!(releases::difference::get_release_difference))
        .routes(routes!(releases::difference_file::download_difference))
        .routes(routes!(releases::heat::get_release_heat))
        .routes(routes!(releases::heat_file::download_heat))
        .routes(routes!(releases::download::download_release))
}

/// Photos, whose uploads are larger than other bodies.
fn photo_routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(photos::list::list_place_photos, photos::add::add_place_photo))
        .routes(routes!(
            photos::show::get_place_photo,
            photos::change::change_place_photo,
            photos::remove::delete_place_photo
        ))
        .layer(DefaultBodyLimit::max(crate::develop::MAX_BYTES))
}

/// All routes.
pub fn router(state: AppState) -> Router {
    let routes = routes().fallback(web::page_or_asset);
    let routes = routes.layer(from_fn_with_state(state.clone(), authority::enforce));
    guarded(routes.layer(from_fn_with_state(state.clone(), ogc::with_contacts)), state)
}

/// All routes, before anything stands in front of them.
fn routes() -> Router<AppState> {
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
    api.merge(map).merge(ogc::routes()).merge(hsds::routes()).merge(machines)
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
    format!("{:#}\n", openapi::json(&document))
}
