//! Supports as GeoJSON.

use engine::support::{Price, Support, SupportTypes};
use serde::Serialize;
use utoipa::ToSchema;

use super::query::Found;
use crate::http::api::schema;

/// What is known of a support. Nobody said: null, or `unknown` for the price.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportProperties {
    name: Option<String>,
    /// Its form, a category of the vocabulary.
    category: String,
    #[schema(value_type = Vec<schema::SupportType>)]
    support_types: SupportTypes,
    #[schema(value_type = schema::Price)]
    price: Price,
    /// In the OpenStreetMap syntax.
    opening_hours: Option<String>,
    address: Option<String>,
    phone: Option<String>,
    website: Option<String>,
    /// `yes`, `limited` or `no`.
    wheelchair: Option<String>,
    /// Where the record comes from, such as `osm`.
    source: String,
    /// Its identifier there.
    source_id: String,
    #[schema(format = DateTime)]
    updated_at: String,
    /// Metres from `near`.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_m: Option<f64>,
}

/// Where a support is.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportPoint {
    #[schema(value_type = schema::PointType)]
    r#type: &'static str,
    coordinates: [f64; 2],
}

/// A support.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportFeature {
    #[schema(value_type = schema::FeatureType)]
    r#type: &'static str,
    #[schema(value_type = uuid::Uuid)]
    id: String,
    geometry: SupportPoint,
    properties: SupportProperties,
}

/// A page of supports.
#[derive(Debug, Serialize, ToSchema)]
pub struct SupportPage {
    #[schema(value_type = schema::FeatureCollectionType)]
    r#type: &'static str,
    features: Vec<SupportFeature>,
    /// How many there are on all pages.
    number_matched: usize,
    /// How many are on this one.
    number_returned: usize,
    /// For the next page; null on the last one.
    next: Option<String>,
    /// Whom to credit wherever they are shown.
    attribution: Option<&'static str>,
}

impl SupportPage {
    /// The answer to a search.
    pub fn new(found: &Found, attribution: Option<&'static str>) -> Self {
        let features: Vec<_> = found.page.iter().map(|(s, d)| feature(s, *d)).collect();
        Self {
            r#type: "FeatureCollection",
            number_matched: found.matched,
            number_returned: features.len(),
            features,
            next: found.next.as_ref().map(super::super::cursor::SupportCursor::write),
            attribution,
        }
    }
}

fn feature(support: &Support, distance: Option<f64>) -> SupportFeature {
    let d = support.details.clone();
    SupportFeature {
        r#type: "Feature",
        id: support.id.to_string(),
        geometry: SupportPoint {
            r#type: "Point",
            coordinates: [support.location.lon(), support.location.lat()],
        },
        properties: SupportProperties {
            name: d.name,
            category: d.category,
            support_types: d.support_types,
            price: d.price,
            opening_hours: d.opening_hours,
            address: d.address,
            phone: d.phone,
            website: d.website,
            wheelchair: d.wheelchair,
            source: d.source,
            source_id: d.source_id,
            updated_at: support.updated_at.to_string(),
            distance_m: distance.map(|metres| (metres * 10.0).round() / 10.0),
        },
    }
}
