//! `GET /api/communities/{c}/snapshots/{s}`

use axum::http::header;
use axum::response::{IntoResponse, Response};
use engine::privacy::closed_group::Number;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{InSnapshot, SnapshotAnswer};
use crate::export::snapshot::places_of;
use crate::http::api::schema::{Area, FeatureCollectionType, FeatureType};
use crate::http::extract::{InCommunity, NoQuery, Planner};
use crate::http::geojson::{GEO_JSON, shape};
use crate::http::problem::{MemberProblems, Problem, PublicProblems, RecallProblems};

/// A number of people.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct PeopleShown {
    /// A multiple of 5.
    value: u32,
    /// The fewest that it may stand for.
    low: u32,
    /// The most.
    high: u32,
}

/// A unit and its people.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct SnapshotProperties {
    /// H3 index or neighbourhood.
    unit: String,
    /// The neighbourhood, or the one at the cell's centre.
    #[schema(required)]
    name: Option<String>,
    /// A multiple of 5; null where it is not shown.
    #[schema(required)]
    value: Option<u32>,
    #[schema(required)]
    low: Option<u32>,
    #[schema(required)]
    high: Option<u32>,
    /// `shown`, or `not_enough`: fewer than ten people, or an outline that changed since the last snapshot.
    class: String,
}

/// A unit.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct SnapshotFeature {
    r#type: FeatureType,
    id: String,
    #[schema(required)]
    geometry: Option<Area>,
    properties: SnapshotProperties,
}

/// A snapshot with its numbers.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the answer")]
pub struct SnapshotCollection {
    r#type: FeatureCollectionType,
    snapshot: SnapshotAnswer,
    /// Everybody in a unit that is shown; null when fewer than three are.
    #[schema(required)]
    people: Option<PeopleShown>,
    features: Vec<SnapshotFeature>,
}

/// One snapshot: rounded numbers of people, with small ones hidden. For planners of the community who are signed in.
#[utoipa::path(get, path = "/api/communities/{c}/snapshots/{s}", tag = "snapshots",
    params(("c" = String, Path, description = "the community"),
        ("s" = String, Path, description = "the snapshot, or `latest`")),
    security(("token" = []), ("cookie" = [])),
    responses((status = 200, body = SnapshotCollection, content_type = "application/geo+json"),
        PublicProblems, MemberProblems, RecallProblems))]
pub async fn get_snapshot(
    InCommunity(community): InCommunity,
    _: Planner,
    InSnapshot(snapshot): InSnapshot,
    _: NoQuery,
) -> Result<Response, Problem> {
    let table = snapshot.table.table();
    let features: Vec<Value> = places_of(&snapshot, &community.neighbourhoods().all)
        .into_iter()
        .map(|(row, name, outline)| {
            let of = |pick: fn(Number) -> u32| row.people().map(pick);
            json!({
                "type": "Feature", "id": row.unit(), "geometry": outline.as_ref().map(shape),
                "properties": {
                    "unit": row.unit(), "name": name, "value": of(Number::shown), "low": of(Number::low),
                    "high": of(Number::high),
                    "class": if row.people().is_some() { "shown" } else { "not_enough" },
                },
            })
        })
        .collect();
    let answer = json!({
        "type": "FeatureCollection", "snapshot": SnapshotAnswer::from(&*snapshot),
        "people": table.people().map(|n| json!({"value": n.shown(), "low": n.low(), "high": n.high()})),
        "features": features,
    });
    Ok(([(header::CONTENT_TYPE, GEO_JSON)], answer.to_string()).into_response())
}
