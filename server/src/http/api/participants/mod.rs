//! Joining and coming back: for anyone.

pub mod come_back;
pub mod join;

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use engine::community::Purposes;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::actions;
use crate::app_config::AppConfig;
use crate::http::cookie;

/// An answer to the consent text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentBody {
    /// The version that was read.
    pub version: String,
    /// Named researchers may read single places.
    pub research: bool,
    /// Places may be counted in published maps.
    pub published_maps: bool,
    /// A story may be shown to everyone.
    pub public_story: bool,
}

impl ConsentBody {
    /// The purposes.
    pub fn purposes(&self) -> Purposes {
        Purposes {
            research: self.research,
            published_maps: self.published_maps,
            public_story: self.public_story,
        }
    }
}

/// A sign-in.
#[derive(Debug, Serialize, ToSchema)]
pub struct SignInAnswer {
    /// Who you are here: a random number.
    participant: String,
    /// For `Authorization: Bearer`; browsers keep the cookie instead.
    token: String,
    /// Shown this once: by it you come back on another device.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "7KQ2-9ZXW-1M4T-0RAH")]
    return_code: Option<String>,
}

/// The answer with the cookie.
fn signed_in(status: StatusCode, config: &AppConfig, joined: actions::Joined) -> Response {
    let cookie = cookie::set(config, &joined.token);
    let answer = SignInAnswer {
        participant: joined.participant.to_string(),
        token: joined.token,
        return_code: joined.return_code,
    };
    (status, [(header::SET_COOKIE, cookie)], Json(answer)).into_response()
}
