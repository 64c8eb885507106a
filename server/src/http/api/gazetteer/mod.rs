//! `…/gazetteer`: streets, named features, supports and neighbourhoods by name and by nearness.

pub mod find;
pub mod near;

use engine::Invalid;
use engine::gazetteer::Hit;
use serde::Serialize;
use utoipa::ToSchema;

use crate::live::LiveCommunity;

/// Most names that are answered.
const MOST: u32 = 20;
/// How many are answered unless told.
const USUAL: u32 = 10;

/// What bears a name.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "describes what the engine's own type reads")]
pub enum NameKind {
    Street,
    Feature,
    Support,
    Neighbourhood,
}

/// A name and where it is.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamedAnswer {
    name: String,
    #[schema(value_type = NameKind)]
    kind: engine::gazetteer::NameKind,
    /// The neighbourhood that it is in, where that is known.
    detail: Option<String>,
    /// Longitude and latitude: what stands for it, or its nearest position.
    coordinates: [f64; 2],
    /// Metres to it, where that was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_m: Option<f64>,
}

/// Names, the best answers first.
#[derive(Debug, Serialize, ToSchema)]
pub struct NamesAnswer {
    results: Vec<NamedAnswer>,
}

impl NamesAnswer {
    fn new(hits: &[Hit<'_>], community: &LiveCommunity) -> Self {
        let neighbourhoods = community.neighbourhoods();
        let answer = |hit: &Hit<'_>| {
            let within = neighbourhoods.all.find(hit.at).map(|(_, n)| n.name.clone());
            NamedAnswer {
                name: hit.named.name.clone(),
                kind: hit.named.kind,
                detail: within.filter(|name| *name != hit.named.name),
                coordinates: [hit.at.lon(), hit.at.lat()],
                distance_m: hit.distance_m.map(|metres| (metres * 10.0).round() / 10.0),
            }
        };
        Self { results: hits.iter().map(answer).collect() }
    }
}

/// How many names are asked for.
fn limit(asked: Option<u32>) -> Result<usize, Invalid> {
    let limit = asked.unwrap_or(USUAL);
    if (1..=MOST).contains(&limit) {
        Ok(limit as usize)
    } else {
        Err(Invalid::new("limit", format!("must be a whole number from 1 to {MOST}")))
    }
}
