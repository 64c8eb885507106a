//! The description of `/api`: OpenAPI 3.1, made of the handlers themselves.

use std::convert::Infallible;
use std::future::{Ready, ready};

use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::Modify;
use utoipa::OpenApi;
use utoipa::openapi::security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Stead",
        description = "A community's map of places of being and doing. Coordinates are `[lon, lat]` WGS84, \
                       distances metres, times RFC 3339. Errors are `application/problem+json`.",
        license(name = "Apache-2.0 OR MIT", identifier = "Apache-2.0 OR MIT")
    ),
    servers((url = "/")),
    tags(
        (name = "communities", description = "Community maps: for anyone"),
        (name = "supports", description = "The public directory of supports: for anyone"),
        (name = "releases", description = "Published snapshots, the only numbers made of places: for anyone"),
        (name = "participants", description = "Joining, coming back, consent, leaving"),
        (name = "places", description = "A participant's own places")
    ),
    modifiers(&SignIn)
)]
struct Document;

struct SignIn;

impl Modify for SignIn {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let bearer = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        components.add_security_scheme("token", SecurityScheme::Http(bearer));
        let cookie = ApiKeyValue::with_description("stead", "`__Host-stead` on https; set by joining");
        components.add_security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}

/// What the document says beside the operations.
pub(super) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// A handler that answers with the document.
pub(super) fn serve(
    document: &utoipa::openapi::OpenApi,
) -> impl Fn() -> Ready<Result<Response, Infallible>> + Clone + Send + Sync + 'static {
    let json = axum::body::Bytes::from(document.to_json().expect("the document is plain data"));
    move || ready(Ok(([(header::CONTENT_TYPE, "application/json")], json.clone()).into_response()))
}
