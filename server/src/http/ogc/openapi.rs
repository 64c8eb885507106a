//! The interface as OpenAPI 3.0.3, built from the registry of collections, without any reference to elsewhere
//! (Part 1, requirements class oas30).

use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::collection::Collection;
use super::crs::Crs;
use super::format::{Format, answer};
use super::links::{Base, HTML, JSON, OPENAPI, own_links};
use super::query::{CURSOR, LONGEST, MOST, USUAL};
use super::registry::{PUBLIC, collection, shared_places};
use crate::export::{Column, Kind};
use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery};
use crate::live::LiveCommunity;

macro_rules! instant {
    () => {
        "(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])(T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z)?"
    };
}

/// An instant, a day, or an interval of them that may be open or measured by days.
const INTERVAL: &str = concat!(
    "^(",
    instant!(),
    "(/(\\.\\.|P[1-9][0-9]?D|",
    instant!(),
    "))?|\\.\\./(\\.\\.|",
    instant!(),
    "))$"
);

/// `GET /ogc/{c}/api`
pub async fn document(
    InCommunity(community): InCommunity,
    _: NoQuery,
    State(state): State<AppState>,
    parts: Parts,
) -> Response {
    let body = build(&state, &community);
    answer(Format::Json, OPENAPI, "Interface", &body, &parts.headers)
}

/// `GET /ogc/{c}/api.html`
pub async fn page(
    InCommunity(community): InCommunity,
    _: NoQuery,
    State(state): State<AppState>,
    headers: HeaderMap,
) -> Response {
    let base = Base::new(&state, &community);
    let built = build(&state, &community);
    let paths = built["paths"].as_object().into_iter().flatten();
    let lines: Map<String, Value> =
        paths.map(|(path, about)| (format!("GET {path}"), about["get"]["summary"].clone())).collect();
    let further = own_links(&base.url, JSON, true);
    let body = json!({"description": built["info"]["description"], "properties": lines, "links": further});
    answer(Format::Html, HTML, &community.info().title, &body, &headers)
}

fn build(state: &AppState, community: &LiveCommunity) -> Value {
    let base = Base::new(state, community);
    let now = state.core.ambient.now();
    let mut paths = Map::new();
    let mut add = |path: &str, operation: Value| {
        paths.insert(path.to_owned(), json!({ "get": operation }));
    };
    let documents = [
        ("/", "landing", "The landing page"),
        ("/conformance", "conformance", "What it conforms to"),
        ("/collections", "collections", "The collections"),
        ("/tileMatrixSets", "matrixSets", "The tile matrix sets"),
        ("/tileMatrixSets/WebMercatorQuad", "matrixSet", "Web Mercator"),
    ];
    for (path, id, summary) in documents {
        add(path, operation(id, summary, &[JSON, HTML], vec![reference("f")], false));
    }
    add("/api", operation("interface", "This document", &[OPENAPI], Vec::new(), false));
    add("/api.html", operation("interfacePage", "This document as a page", &[HTML], Vec::new(), false));
    for one in PUBLIC.iter().filter_map(|name| collection(community, name, now)) {
        collection_paths(&mut add, &one, false);
    }
    collection_paths(&mut add, &shared_places(community, Vec::new()), true);
    json!({
        "openapi": "3.0.3",
        "info": {
            "title": format!("{}: OGC API", community.info().title), "version": env!("CARGO_PKG_VERSION"),
            "description": "Supports, neighbourhoods and published numbers of a community map; places that people \
                            share for research with a researcher's token (Basic, as the password, or Bearer).",
            "license": {"name": "Apache-2.0 OR MIT"},
        },
        "servers": [{"url": base.url}],
        "paths": paths,
        "components": {
            "parameters": parameters(),
            "schemas": schemas(),
            "securitySchemes": {
                "basic": {"type": "http", "scheme": "basic"}, "bearer": {"type": "http", "scheme": "bearer"},
            },
        },
    })
}

fn collection_paths(add: &mut impl FnMut(&str, Value), one: &Collection, closed: bool) {
    let (id, title) = (one.about.id, &one.about.title);
    let at = format!("/collections/{id}");
    let name = |what: &str| format!("{what}_{id}");
    let f = || vec![reference("f")];
    add(&at, operation(&name("describe"), title, &[JSON, HTML], f(), closed));
    let schema = ["application/schema+json", HTML];
    add(
        &format!("{at}/queryables"),
        operation(&name("queryables"), "What can be asked for", &schema, f(), closed),
    );
    add(&format!("{at}/schema"), operation(&name("schema"), "The schema of an item", &schema, f(), closed));
    let geo = ["application/geo+json", HTML];
    let mut asked: Vec<Value> = [
        "f",
        "limit",
        "cursor",
        "bbox",
        "bbox-crs",
        "crs",
        "datetime",
        "filter",
        "filter-lang",
        "filter-crs",
    ]
    .map(reference)
    .into();
    asked.push(if closed { reference("resultTypeOfPlaces") } else { reference("resultType") });
    asked.extend(one.columns.iter().filter(|c| Collection::is_simple(c)).map(property));
    add(&format!("{at}/items"), operation(&name("items"), "Its items", &geo, asked, closed));
    let item = json!({"name": "item", "in": "path", "required": true, "schema": {"type": "string"}});
    let one_item = vec![item, reference("f"), reference("crs")];
    add(&format!("{at}/items/{{item}}"), operation(&name("item"), "One item", &geo, one_item, closed));
    if one.about.tiles.is_some() {
        add(
            &format!("{at}/tiles"),
            operation(&name("tilesets"), "Its tile sets", &[JSON, HTML], f(), closed),
        );
        let set = format!("{at}/tiles/WebMercatorQuad");
        add(&set, operation(&name("tileset"), "Its tile set", &[JSON, HTML], f(), closed));
        let number = |name: &str| {
            let schema = json!({"type": "integer", "minimum": 0, "maximum": 4_294_967_295_u32});
            json!({"name": name, "in": "path", "required": true, "schema": schema})
        };
        let address = ["matrix", "row", "column"].map(number).into();
        let mut drawn = operation(
            &name("tile"),
            "A vector tile",
            &["application/vnd.mapbox-vector-tile"],
            address,
            closed,
        );
        drawn["responses"]["204"] = json!({"description": "There is nothing in this tile."});
        add(&format!("{set}/{{matrix}}/{{row}}/{{column}}"), drawn);
    }
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/parameters/{name}")})
}

fn operation(id: &str, summary: &str, media_types: &[&str], parameters: Vec<Value>, closed: bool) -> Value {
    let schema = |media_type: &str| match media_type {
        HTML => json!({"type": "string"}),
        "application/vnd.mapbox-vector-tile" => json!({"type": "string", "format": "binary"}),
        "application/geo+json" if id.starts_with("items") => {
            json!({"$ref": "#/components/schemas/collection"})
        }
        "application/geo+json" => json!({"$ref": "#/components/schemas/feature"}),
        _ => json!({"type": "object"}),
    };
    let content: Map<String, Value> =
        media_types.iter().map(|m| ((*m).to_owned(), json!({"schema": schema(m)}))).collect();
    let mut responses = json!({
        "200": {"description": "What was asked for.", "content": content},
        "304": {"description": "The client has it already."},
    });
    let mut refusals = vec![
        ("400", "A parameter is unknown, repeated or wrong."),
        ("404", "There is no such thing."),
        ("406", "There is no such representation."),
        ("500", "Something went wrong on the server's side."),
        ("503", "The server cannot answer now."),
    ];
    if closed || id == "collections" {
        refusals.push(("401", "Sign in, or send a token."));
    }
    if closed {
        refusals.push(("403", "The token does not cover this."));
    }
    responses["414"] = json!({"description": "The address is longer than 65,534 bytes, encoded."});
    for (status, description) in refusals {
        let problem =
            json!({"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}});
        responses[status] = json!({"description": description, "content": problem});
    }
    let mut operation = json!({"operationId": id, "summary": summary, "responses": responses});
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if closed {
        operation["security"] = json!([{"basic": []}, {"bearer": []}]);
    }
    operation
}

/// A property that can be asked for by its value.
fn property(column: &Column) -> Value {
    let schema = match column.kind {
        Kind::Whole => json!({"type": "integer", "format": "int64"}),
        Kind::Real => json!({"type": "number"}),
        Kind::Flag => json!({"type": "boolean"}),
        Kind::Instant => json!({"type": "string", "format": "date-time"}),
        Kind::Day => json!({"type": "string", "format": "date"}),
        Kind::Text | Kind::List | Kind::Json => json!({"type": "string", "pattern": "^[^\\x00]*$"}),
    };
    json!({"name": column.name, "in": "query", "description": column.text, "required": false, "schema": schema, "style": "form", "explode": false})
}

fn parameters() -> Value {
    let query = |name: &str, description: &str, schema: Value| json!({"name": name, "in": "query", "description": description, "required": false, "schema": schema, "style": "form", "explode": false});
    let crs = || json!({"type": "string", "format": "uri", "enum": Crs::ALL.map(Crs::uri), "default": Crs::Crs84.uri()});
    json!({
        "f": query("f", "The representation", json!({"type": "string", "enum": ["json", "geojson", "html"]})),
        "limit": query("limit", "Items on a page; more than the maximum means the maximum",
            json!({"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL})),
        "cursor": query("cursor", "Where the page begins; follow the link next", json!({"type": "string", "pattern": CURSOR})),
        "bbox": query("bbox", "Only items in this box: its lower and its upper corner", json!({
            "type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"},
            "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        })),
        "bbox-crs": query("bbox-crs", "The reference system of bbox", crs()),
        "crs": query("crs", "The reference system of the answer", crs()),
        "datetime": query("datetime", "Only items of this instant or interval", json!({"type": "string", "pattern": INTERVAL})),
        "filter": query("filter", "Only items for which this is true, in CQL2 (OGC 21-065r2)", json!({"type": "string", "format": "cql2", "minLength": 1, "maxLength": LONGEST})),
        "filter-lang": query("filter-lang", "The encoding of the filter; cql-text is an older name of cql2-text",
            json!({"type": "string", "enum": ["cql2-text", "cql2-json", "cql-text"], "default": "cql2-text"})),
        "filter-crs": query("filter-crs", "The reference system of the filter's geometries", crs()),
        "resultType": query("resultType", "hits: only how many there are",
            json!({"type": "string", "enum": ["results", "hits"], "default": "results"})),
        "resultTypeOfPlaces": query("resultType", "Only results: numbers of places come from releases alone",
            json!({"type": "string", "enum": ["results"], "default": "results"})),
    })
}

fn schemas() -> Value {
    json!({
        "feature": {"type": "object", "required": ["type", "id", "geometry", "properties"], "properties": {
            "type": {"type": "string", "enum": ["Feature"]}, "id": {"type": "string"},
            "geometry": {"type": "object", "nullable": true}, "properties": {"type": "object"},
            "links": {"type": "array", "items": {"$ref": "#/components/schemas/link"}},
        }},
        "collection": {"type": "object", "required": ["type", "features", "links"], "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": {"type": "array", "items": {"$ref": "#/components/schemas/feature"}},
            "links": {"type": "array", "items": {"$ref": "#/components/schemas/link"}},
            "timeStamp": {"type": "string", "format": "date-time"},
            "numberMatched": {"type": "integer", "minimum": 0}, "numberReturned": {"type": "integer", "minimum": 0},
        }},
        "link": {"type": "object", "required": ["href", "rel"], "properties": {
            "href": {"type": "string"}, "rel": {"type": "string"}, "type": {"type": "string"}, "title": {"type": "string"},
        }},
        "problem": {"type": "object", "required": ["type", "title", "status", "detail", "request_id"], "properties": {
            "type": {"type": "string"}, "title": {"type": "string"}, "status": {"type": "integer"},
            "detail": {"type": "string"}, "request_id": {"type": "string"}, "field": {"type": "string"},
        }},
    })
}
