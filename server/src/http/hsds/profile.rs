//! What this is, and what our profile adds.

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde_json::{Value, json};

use super::VERSION;
use crate::http::AppState;
use crate::http::extract::{InCommunity, NoQuery};

/// `GET /hsds/{c}`
pub async fn about(
    InCommunity(community): InCommunity,
    _: NoQuery,
    State(state): State<AppState>,
) -> Json<Value> {
    let here = format!("{}/hsds/{}", state.config.public_url, community.id());
    Json(json!({
        "version": VERSION, "profile": format!("{here}/profile"),
        "openapi_url": "https://raw.githubusercontent.com/openreferral/specification/3.0/schema/openapi.json",
        "description": format!("{}: the directory of supports", community.info().title),
        "publisher": {"name": community.info().title, "identifier": here},
        "attribution": community.directory().attribution,
    }))
}

const PROFILE: &str = "\
# Stead's profile of HSDS 3.0

Answers are valid by HSDS 3.0. Conditions are cumulative: every one that is given must hold.

## Parameters beside HSDS's own, on services and service_at_locations

- `latitude`, `longitude`, `radius_m`: services around a position, the nearest first. A person's own location \
belongs into a body, not an address: use `POST /api/communities/{community}/supports/search` for it.
- `open_at`: known to be open then (RFC 3339; without an offset on the community's clocks), or `now`.
- `support_type`: emotional, instrumental, informational, appraisal (House 1981); several with commas: at least one.
- `form`, `language`: likewise.
- `postcode` with `proximity`: around the middle of the supports with that postcode, since no other table of \
postcodes is kept.

## Taxonomies

Attributes carry terms of `stead:support_type`, `stead:form`, `stead:category`, `stead:closeness`, and \
`stead:about`, whose code names a fact and whose value tells it: channel, confidential, direct, referral, price, \
capacity (places in a week), lived_experience, since, status, closing_on, opening_hours (in the syntax of OpenStreetMap), address, wheelchair.

## What is said, and what is not

- Absent is unknown: a service without cost options is not free; `amount` 0 is.
- A confidential service has no address and no coordinates anywhere. One that is online or on the telephone is \
at a location of the type virtual.
- An address is one line in `address_1`; parts that are not known are `-`.
- Schedules of opening hours are those of this week (`valid_from`, `valid_to`), in the community's own time.
- Organisations are known by name alone; their description repeats it.
";

/// `GET /hsds/{c}/profile`
pub async fn profile(InCommunity(_): InCommunity, _: NoQuery) -> impl IntoResponse {
    ([(header::CONTENT_TYPE, "text/markdown; charset=utf-8")], PROFILE)
}
