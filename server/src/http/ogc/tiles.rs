//! Vector tiles by OGC API Tiles (OGC 20-057), the same tiles as at `/tiles`. Mind: the row stands before the
//! column.

use axum::extract::{FromRequestParts, State};
use axum::http::request::Parts;
use axum::response::Response;
use engine::mercator::TileId;
use serde_json::{Value, json};

use super::InCollection;
use super::collection::Collection;
use super::crs::Crs;
use super::format::{Format, OnlyFormat, answer};
use super::links::{Base, JSON, link, own_links};
use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery, path_param};
use crate::http::problem::Problem;
use crate::http::tiles::{MAX_ZOOM, cells, neighbourhoods, supports};
use engine::Invalid;

/// The one tile matrix set.
const SET: &str = "WebMercatorQuad";
const SET_URI: &str = "http://www.opengis.net/def/tilematrixset/OGC/1.0/WebMercatorQuad";
const MVT: &str = "application/vnd.mapbox-vector-tile";
/// Half of the Earth's circumference on Web Mercator, metres.
const HALF: f64 = 20_037_508.342_789_244;
/// Metres to a pixel of 0.28 mm (OGC 17-083r4, 6.1.1).
const PIXEL_M: f64 = 0.000_28;

/// Refuses a collection without tiles and any other matrix set.
fn tiled(collection: &Collection) -> Result<&str, Problem> {
    let none = || Problem::not_found("this collection has no tiles (yet)");
    collection.about.tiles.as_deref().ok_or_else(none)
}

fn tileset(collection: &Collection, path: &str, base: &Base, format: Format) -> Value {
    let at = base.at(&format!("/collections/{}/tiles/{SET}", collection.about.id));
    let mut links = own_links(&at, JSON, format == Format::Html);
    let mut tile = link("item", MVT, "the tiles", &format!("{at}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"));
    tile["templated"] = true.into();
    links.push(tile);
    links.push(link(
        "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme",
        JSON,
        SET,
        &base.at(&format!("/tileMatrixSets/{SET}")),
    ));
    links.push(link(
        "describedby",
        JSON,
        "TileJSON",
        &format!("{}/tiles/{}/{path}", base.server, base.community),
    ));
    let limits: Vec<Value> = (0..=MAX_ZOOM)
        .map(|zoom| {
            let last = (1_u32 << zoom) - 1;
            json!({"tileMatrix": zoom.to_string(), "minTileRow": 0, "maxTileRow": last, "minTileCol": 0, "maxTileCol": last})
        })
        .collect();
    json!({
        "title": collection.about.title, "dataType": "vector", "crs": Crs::Epsg3857.uri(),
        "tileMatrixSetURI": SET_URI, "tileMatrixSetLimits": limits, "links": links,
        "layers": [{"id": collection.about.id, "title": collection.about.title, "dataType": "vector"}],
    })
}

/// `GET …/collections/{id}/tiles`
pub async fn list(
    InCommunity(community): InCommunity,
    InCollection(collection): InCollection,
    OnlyFormat(format): OnlyFormat,
    State(state): State<AppState>,
    parts: Parts,
) -> Result<Response, Problem> {
    let base = Base::new(&state, &community);
    let one = tileset(&collection, tiled(&collection)?, &base, Format::Json);
    let at = base.at(&format!("/collections/{}/tiles", collection.about.id));
    let body = json!({"links": own_links(&at, JSON, format == Format::Html), "tilesets": [one]});
    Ok(answer(format, JSON, &collection.about.title, &body, &parts.headers))
}

/// `GET …/collections/{id}/tiles/WebMercatorQuad`
pub async fn one(
    InCommunity(community): InCommunity,
    InCollection(collection): InCollection,
    OnlyFormat(format): OnlyFormat,
    State(state): State<AppState>,
    parts: Parts,
) -> Result<Response, Problem> {
    let body = tileset(&collection, tiled(&collection)?, &Base::new(&state, &community), format);
    Ok(answer(format, JSON, &collection.about.title, &body, &parts.headers))
}

/// The tile of `{matrix}/{row}/{column}`. Refuses with 404 what the set does not have.
pub struct Address(TileId);

impl FromRequestParts<AppState> for Address {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let mut numbers = [0_u32; 3];
        for (number, name) in numbers.iter_mut().zip(["matrix", "row", "column"]) {
            let text = path_param(parts, state, name).await?;
            let wrong = |_| Problem::bad_request(Invalid::new(name, "must be a whole number"));
            *number = text.parse().map_err(wrong)?;
        }
        let [zoom, row, column] = numbers;
        let tile = TileId::parse(zoom, column, row);
        tile.map(Self).map_err(|_| Problem::not_found("the matrix set has no such tile"))
    }
}

/// `GET …/collections/{id}/tiles/WebMercatorQuad/{matrix}/{row}/{column}`
pub async fn tile(
    InCommunity(community): InCommunity,
    InCollection(collection): InCollection,
    Address(tile): Address,
    _: NoQuery,
    parts: Parts,
) -> Result<Response, Problem> {
    tiled(&collection)?;
    let headers = &parts.headers;
    match collection.about.id {
        "supports" => Ok(supports::drawn(&community, tile, headers)),
        "neighbourhoods" => Ok(neighbourhoods::drawn(&community, tile, headers)),
        _ => {
            let newest = community.newest_release();
            let newest = &newest.ok_or_else(|| Problem::not_found("there is no release yet"))?;
            Ok(cells::drawn(newest, tile, headers))
        }
    }
}

/// `GET /ogc/{c}/tileMatrixSets`
pub async fn matrix_sets(
    InCommunity(community): InCommunity,
    OnlyFormat(format): OnlyFormat,
    State(state): State<AppState>,
    parts: Parts,
) -> Response {
    let base = Base::new(&state, &community);
    let set = json!({
        "id": SET, "title": "Web Mercator", "uri": SET_URI,
        "links": [link("self", JSON, SET, &base.at(&format!("/tileMatrixSets/{SET}")))],
    });
    let links = own_links(&base.at("/tileMatrixSets"), JSON, format == Format::Html);
    answer(
        format,
        JSON,
        "Tile matrix sets",
        &json!({"tileMatrixSets": [set], "links": links}),
        &parts.headers,
    )
}

/// `GET /ogc/{c}/tileMatrixSets/WebMercatorQuad` (OGC 17-083r4, annex D.1)
pub async fn matrix_set(
    InCommunity(community): InCommunity,
    OnlyFormat(format): OnlyFormat,
    State(state): State<AppState>,
    parts: Parts,
) -> Response {
    let matrices: Vec<Value> = (0..=24_u8)
        .map(|zoom| {
            let across = 1_u32 << zoom;
            let cell = 2.0 * HALF / 256.0 / f64::from(across);
            json!({
                "id": zoom.to_string(), "scaleDenominator": cell / PIXEL_M, "cellSize": cell,
                "pointOfOrigin": [-HALF, HALF], "cornerOfOrigin": "topLeft", "tileWidth": 256,
                "tileHeight": 256, "matrixWidth": across, "matrixHeight": across,
            })
        })
        .collect();
    let at = Base::new(&state, &community).at(&format!("/tileMatrixSets/{SET}"));
    let body = json!({
        "id": SET, "title": "Google Maps Compatible for the World", "uri": SET_URI,
        "crs": Crs::Epsg3857.uri(), "orderedAxes": ["E", "N"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": matrices, "links": own_links(&at, JSON, format == Format::Html),
    });
    answer(format, JSON, SET, &body, &parts.headers)
}
