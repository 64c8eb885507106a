//! The directory as HSDS 3.0 (Human Services Data Specification, docs.openreferral.org), read only.
//!
//! A support is a service. One that is a place is at one location, too. What HSDS has no word for stands in
//! attributes of our profile's taxonomies, whose names begin with `stead:`; the importer reads them back. Absent
//! is unknown: a service without cost options is not free. A confidential address is in no answer, and places of
//! participants are never locations here.

mod ids;
mod lists;
mod page;
mod profile;
mod query;
mod service;
mod terms;

use axum::Router;
use axum::middleware::from_fn;
use axum::routing::get;

use super::AppState;
use super::boundary;

/// The version that the answers keep to.
const VERSION: &str = "3.0";

/// All routes below `/hsds`.
pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/hsds/{c}", get(profile::about))
        .route("/hsds/{c}/", get(profile::about))
        .route("/hsds/{c}/profile", get(profile::profile))
        .route("/hsds/{c}/services", get(lists::services))
        .route("/hsds/{c}/services/{id}", get(lists::service))
        .route("/hsds/{c}/service_at_locations", get(lists::services_at_locations))
        .route("/hsds/{c}/service_at_locations/{id}", get(lists::service_at_location))
        .route("/hsds/{c}/organizations", get(lists::organizations))
        .route("/hsds/{c}/organizations/{id}", get(lists::organization))
        .route("/hsds/{c}/taxonomies", get(lists::taxonomies))
        .route("/hsds/{c}/taxonomies/{id}", get(lists::taxonomy))
        .route("/hsds/{c}/taxonomy_terms", get(lists::taxonomy_terms))
        .route("/hsds/{c}/taxonomy_terms/{id}", get(lists::taxonomy_term))
        .layer(from_fn(boundary::readable_by_all))
}
