//! `GET /ogc/{c}/collections/{id}/items` and `…/items/{item}` (Part 1, 7.15 and 7.16).

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue};
use axum::response::Response;
use serde_json::{Map, Value, json};

use super::InCollection;
use super::collection::Collection;
use super::crs::Crs;
use super::format::{Format, answer};
use super::links::{Base, GEO_JSON, HTML, JSON, encoded, link, own_links};
use super::query::Query;
use crate::export::geojson;
use crate::http::AppState;
use crate::http::extract::{InCommunity, Params, path_param};
use crate::http::problem::Problem;
use axum::http::request::Parts;

/// Lists items of a public collection.
pub async fn list(
    InCommunity(community): InCommunity,
    InCollection(collection): InCollection,
    State(state): State<AppState>,
    parts: Parts,
) -> Result<Response, Problem> {
    let (query, format) = read(&parts, &collection)?;
    let base = Base::new(&state, &community);
    let now = state.core.ambient.now().to_string();
    let headers = parts.headers;
    // Ten thousand supports take a noticeable moment: not on a thread that answers others.
    let work = move || {
        let found = Found::of(&collection, &query);
        let count = Some(found.matched);
        page(&collection, &query, &found.page, found.more, count, &base, format, &now, &headers)
    };
    tokio::task::spawn_blocking(work).await.map_err(|e| Problem::internal(e.to_string()))
}

/// Shows an item of a public collection.
pub async fn one(
    InCommunity(community): InCommunity,
    InCollection(collection): InCollection,
    State(state): State<AppState>,
    mut parts: Parts,
) -> Result<Response, Problem> {
    let (crs, format) = read_one(&parts)?;
    let id = path_param(&mut parts, &state, "item").await?;
    let item = collection.find(&id).ok_or_else(not_there)?;
    Ok(single(&collection, item, crs, format, &Base::new(&state, &community), &parts.headers))
}

pub(super) fn not_there() -> Problem {
    Problem::not_found("there is no such item in this collection")
}

/// Reads what a list asks.
pub(super) fn read(parts: &Parts, collection: &Collection) -> Result<(Query, Format), Problem> {
    let names = Query::names(collection);
    let params =
        Params::parse(parts.uri.query().unwrap_or_default(), &names).map_err(Problem::bad_request)?;
    let format = Format::of(&params, &parts.headers)?;
    let query = Query::read(&params, collection).map_err(Problem::bad_request)?;
    Ok((query, format))
}

/// Reads what one item is asked for with.
pub(super) fn read_one(parts: &Parts) -> Result<(Crs, Format), Problem> {
    let params = Params::parse(parts.uri.query().unwrap_or_default(), &["f", "crs"]);
    let params = params.map_err(Problem::bad_request)?;
    let crs = params.given("crs").map_or(Ok(Crs::Crs84), |uri| Crs::parse("crs", uri));
    Ok((crs.map_err(Problem::bad_request)?, Format::of(&params, &parts.headers)?))
}

/// What was found.
pub(super) struct Found {
    /// How many match in all.
    pub matched: usize,
    /// The items of this page.
    pub page: Vec<usize>,
    /// Whether there are more behind them.
    pub more: bool,
}

impl Found {
    /// Searches a collection. O(n) in its items.
    pub fn of(collection: &Collection, query: &Query) -> Self {
        let first = query.cursor.as_deref().map_or(0, |id| collection.behind(id));
        let mut found = Self { matched: 0, page: Vec::new(), more: false };
        for item in 0..collection.items.len() {
            if !query.conditions.meets(collection, item) {
                continue;
            }
            found.matched += 1;
            if item >= first && !query.hits {
                if found.page.len() < query.limit {
                    found.page.push(item);
                } else {
                    found.more = true;
                }
            }
        }
        found
    }
}

/// A page of items.
#[expect(clippy::too_many_arguments, reason = "each is a part of the answer")]
pub(super) fn page(
    collection: &Collection,
    query: &Query,
    items: &[usize],
    more: bool,
    matched: Option<usize>,
    base: &Base,
    format: Format,
    now: &str,
    headers: &HeaderMap,
) -> Response {
    let at = base.at(&format!("/collections/{}/items", collection.about.id));
    let address = |cursor: Option<&str>| {
        let mut pairs: Vec<String> = query
            .again
            .iter()
            .filter(|(n, _)| n != "f")
            .map(|(n, v)| format!("{n}={}", encoded(v)))
            .collect();
        pairs.extend(cursor.map(|cursor| format!("cursor={}", encoded(cursor))));
        if pairs.is_empty() { at.clone() } else { format!("{at}?{}", pairs.join("&")) }
    };
    let html = format == Format::Html;
    let mut links = own_links(&address(query.cursor.as_deref()), GEO_JSON, html);
    if let Some(last) = items.last().filter(|_| more) {
        let next = address(Some(&collection.items.id(*last)));
        let next = if html { format!("{next}&f=html") } else { next };
        links.push(link("next", if html { HTML } else { GEO_JSON }, "the next page", &next));
    }
    let about = base.at(&format!("/collections/{}", collection.about.id));
    links.push(link("collection", JSON, &collection.about.title, &about));
    let features: Vec<Value> = items.iter().map(|item| feature(collection, *item, query.crs)).collect();
    let mut body = json!({
        "type": "FeatureCollection", "timeStamp": now, "numberReturned": features.len(), "links": links,
    });
    if let Some(matched) = matched {
        body["numberMatched"] = matched.into();
    }
    if let Some(attribution) = &collection.about.attribution {
        body["attribution"] = attribution.as_str().into();
    }
    body["features"] = features.into();
    shown_in(query.crs, answer(format, GEO_JSON, &collection.about.title, &body, headers))
}

/// One item.
pub(super) fn single(
    collection: &Collection,
    item: usize,
    crs: Crs,
    format: Format,
    base: &Base,
    headers: &HeaderMap,
) -> Response {
    let mut body = feature(collection, item, crs);
    let about = base.at(&format!("/collections/{}", collection.about.id));
    let id = encoded(&collection.items.id(item));
    let mut links = own_links(&format!("{about}/items/{id}"), GEO_JSON, format == Format::Html);
    links.push(link("collection", JSON, &collection.about.title, &about));
    body["links"] = links.into();
    shown_in(crs, answer(format, GEO_JSON, &collection.about.title, &body, headers))
}

fn shown_in(crs: Crs, mut response: Response) -> Response {
    let name = axum::http::HeaderName::from_static("content-crs");
    let value = HeaderValue::try_from(format!("<{}>", crs.uri())).expect("an address is visible characters");
    response.headers_mut().insert(name, value);
    response
}

/// An item as GeoJSON: every property is there, null where nobody said.
fn feature(collection: &Collection, item: usize, crs: Crs) -> Value {
    let items = &collection.items;
    let geometry = items.geometry(item).and_then(|geometry| crs.show(&geometry));
    let properties: Map<String, Value> = (0..)
        .zip(&collection.columns)
        .map(|(number, column)| (column.name.to_owned(), geojson::value(items.cell(item, number))))
        .collect();
    json!({
        "type": "Feature", "id": items.id(item),
        "geometry": geometry.as_ref().map_or(Value::Null, geojson::geometry), "properties": properties,
    })
}
