//! The landing page, what we conform to, and the list of collections (Part 1, 7.2 to 7.13).

use axum::extract::State;
use axum::http::request::Parts;
use axum::response::Response;
use serde_json::{Value, json};

use super::InCollection;
use super::collection::Collection;
use super::crs::Crs;
use super::describe::describe;
use super::format::{Format, OnlyFormat, answer};
use super::links::{Base, HTML, JSON, OPENAPI, link, own_links};
use super::registry::{PUBLIC, collection, shared_places};
use super::schema;
use crate::http::AppState;
use crate::http::extract::{InCommunity, staff_of};
use crate::store::{Role, Scope};

/// What we conform to.
pub const CLASSES: &[&str] = &[
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/html",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/queryables-query-parameters",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/filter",
    "http://www.opengis.net/spec/ogcapi-features-3/1.0/conf/features-filter",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-text",
    "http://www.opengis.net/spec/cql2/1.0/conf/cql2-json",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-cql2",
    "http://www.opengis.net/spec/cql2/1.0/conf/advanced-comparison-operators",
    "http://www.opengis.net/spec/cql2/1.0/conf/case-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/accent-insensitive-comparison",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-functions-plus",
    // The name of a draft, which QGIS looks for.
    "http://www.opengis.net/spec/cql2/1.0/conf/basic-spatial-operators",
    "http://www.opengis.net/spec/cql2/1.0/conf/spatial-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/temporal-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/array-functions",
    "http://www.opengis.net/spec/cql2/1.0/conf/property-property",
    "http://www.opengis.net/spec/cql2/1.0/conf/arithmetic",
    "http://www.opengis.net/spec/ogcapi-features-5/1.0/conf/schemas",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tileset",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/tilesets-list",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/geodata-tilesets",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/mvt",
    "http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/oas30",
];

/// `GET /ogc/{c}`
pub async fn landing(
    InCommunity(community): InCommunity,
    OnlyFormat(format): OnlyFormat,
    State(state): State<AppState>,
    parts: Parts,
) -> Response {
    let base = Base::new(&state, &community);
    let mut links = own_links(&base.url, JSON, format == Format::Html);
    let at = |path: &str| base.at(path);
    links.extend([
        link("service-desc", OPENAPI, "the interface, for programs", &at("/api")),
        link("service-doc", HTML, "the interface, for people", &at("/api.html")),
        link("conformance", JSON, "what it conforms to", &at("/conformance")),
        link(
            "http://www.opengis.net/def/rel/ogc/1.0/conformance",
            JSON,
            "what it conforms to",
            &at("/conformance"),
        ),
        link("data", JSON, "the collections", &at("/collections")),
        link("http://www.opengis.net/def/rel/ogc/1.0/data", JSON, "the collections", &at("/collections")),
        link(
            "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes",
            JSON,
            "tile matrix sets",
            &at("/tileMatrixSets"),
        ),
    ]);
    let title = community.info().title.clone();
    let description = "A community's map of places of being and doing: supports, neighbourhoods, and published \
                       numbers. Places that people share for research need a researcher's token.";
    let body = json!({"title": title, "description": description, "links": links});
    answer(format, JSON, &title, &body, &parts.headers)
}

/// `GET /ogc/{c}/conformance`
pub async fn conformance(
    InCommunity(community): InCommunity,
    OnlyFormat(format): OnlyFormat,
    State(state): State<AppState>,
    parts: Parts,
) -> Response {
    let at = Base::new(&state, &community).at("/conformance");
    let links = own_links(&at, JSON, format == Format::Html);
    let body = json!({"conformsTo": CLASSES, "links": links});
    answer(format, JSON, "What it conforms to", &body, &parts.headers)
}

/// `GET /ogc/{c}/collections`. `places` stands there for who may read them.
pub async fn collections(
    InCommunity(community): InCommunity,
    OnlyFormat(format): OnlyFormat,
    State(state): State<AppState>,
    parts: Parts,
) -> Response {
    let base = Base::new(&state, &community);
    let now = state.core.ambient.now();
    let mut all: Vec<Collection> =
        PUBLIC.iter().filter_map(|name| collection(&community, name, now)).collect();
    // Who has no valid sign-in sees what anyone sees.
    let reader = staff_of(&parts, &state).await.ok().flatten();
    if reader
        .is_some_and(|m| m.has_any(community.id(), &[Role::Researcher]) && m.covers(Some(Scope::PlacesRead)))
    {
        all.push(shared_places(&community, Vec::new()));
    }
    // The descriptions here and of each one are the same.
    let described: Vec<Value> = all.iter().map(|one| describe(one, &base, Format::Json)).collect();
    let links = own_links(&base.at("/collections"), JSON, format == Format::Html);
    let body = json!({"links": links, "crs": Crs::ALL.map(Crs::uri), "collections": described});
    answer(format, JSON, "Collections", &body, &parts.headers)
}

/// `GET /ogc/{c}/collections/{id}`
pub async fn one(
    InCommunity(community): InCommunity,
    InCollection(collection): InCollection,
    OnlyFormat(format): OnlyFormat,
    State(state): State<AppState>,
    parts: Parts,
) -> Response {
    let body = describe(&collection, &Base::new(&state, &community), format);
    answer(format, JSON, &collection.about.title, &body, &parts.headers)
}

/// `GET /ogc/{c}/collections/{id}/queryables`
pub async fn queryables(
    InCommunity(community): InCommunity,
    InCollection(collection): InCollection,
    OnlyFormat(format): OnlyFormat,
    State(state): State<AppState>,
    parts: Parts,
) -> Response {
    schema::answer(&collection, "queryables", &state, &community, format, &parts)
}

/// `GET /ogc/{c}/collections/{id}/schema`
pub async fn schema_of(
    InCommunity(community): InCommunity,
    InCollection(collection): InCollection,
    OnlyFormat(format): OnlyFormat,
    State(state): State<AppState>,
    parts: Parts,
) -> Response {
    schema::answer(&collection, "schema", &state, &community, format, &parts)
}
