//! What a collection says of itself (Part 1, 7.14; Part 2, 6.2).

use serde_json::{Value, json};

use super::collection::Collection;
use super::crs::Crs;
use super::format::Format;
use super::links::{Base, GEO_JSON, HTML, JSON, SCHEMA, link, own_links};

/// The extent where a community has no box: everywhere.
const EVERYWHERE: [f64; 4] = [-180.0, -90.0, 180.0, 90.0];

/// The description of a collection.
pub fn describe(collection: &Collection, base: &Base, format: Format) -> Value {
    let about = &collection.about;
    let at = base.at(&format!("/collections/{}", about.id));
    let mut links = own_links(&at, JSON, format == Format::Html);
    links.push(link("items", GEO_JSON, "the items", &format!("{at}/items")));
    links.push(link("items", HTML, "the items as a page", &format!("{at}/items?f=html")));
    links.push(link(
        "http://www.opengis.net/def/rel/ogc/1.0/queryables",
        SCHEMA,
        "what can be asked for",
        &format!("{at}/queryables"),
    ));
    links.push(link(
        "http://www.opengis.net/def/rel/ogc/1.0/schema",
        SCHEMA,
        "the schema of an item",
        &format!("{at}/schema"),
    ));
    links.push(link("describedby", SCHEMA, "the schema of an item", &format!("{at}/schema")));
    if about.tiles.is_some() {
        links.push(link(
            "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector",
            JSON,
            "vector tiles",
            &format!("{at}/tiles"),
        ));
    }
    let bbox = about.bounds.map_or(EVERYWHERE, engine::Bounds::to_array);
    let mut extent = json!({"spatial": {"bbox": [bbox], "crs": Crs::Crs84.uri()}});
    if about.time.is_some() {
        extent["temporal"] = json!({
            "interval": [[null, null]], "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
        });
    }
    let mut body = json!({
        "id": about.id, "title": about.title, "description": about.description, "itemType": "feature",
        "extent": extent, "crs": Crs::ALL.map(Crs::uri), "storageCrs": Crs::Crs84.uri(), "links": links,
    });
    if let Some(attribution) = &about.attribution {
        body["attribution"] = attribution.as_str().into();
    }
    body
}
