//! The description of `/api`: OpenAPI 3.1, made of the handlers themselves.

mod exact;

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
        (name = "export", description = "Tables to take home in open formats, each with its codebook"),
        (name = "snapshots", description = "Counts of a closed group, for its signed-in planners alone: no formal guarantee"),
        (name = "releases", description = "Published snapshots, the only numbers made of places: for anyone"),
        (name = "participants", description = "Joining, coming back, consent, leaving"),
        (name = "places", description = "A participant's own places, and what researchers read of them"),
        (name = "staff", description = "Researchers, planners, stewards and operators: coming in"),
        (name = "stories", description = "What participants wish everyone to read, once a steward approved it"),
        (name = "study", description = "What researchers ask of the places that participants share for research")
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
        let staff = ApiKeyValue::with_description("stead-staff", "`__Host-stead-staff` on https");
        components.add_security_scheme("staff", SecurityScheme::ApiKey(ApiKey::Cookie(staff)));
        let mut basic = HttpBuilder::new().scheme(HttpAuthScheme::Basic).build();
        basic.description =
            Some("An API token as the password, with any user name; Bearer works, too".to_owned());
        components.add_security_scheme("api_token", SecurityScheme::Http(basic));
        components.add_security_scheme("cookie", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}

/// What the document says beside the operations.
pub(super) fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

/// The document as it is served, with what derived schemas cannot say.
pub(super) fn json(document: &utoipa::openapi::OpenApi) -> serde_json::Value {
    let mut json = serde_json::to_value(document).expect("the document is plain data");
    exact::refine(&mut json);
    json
}

/// A handler that answers with the document.
pub(super) fn serve(
    document: &utoipa::openapi::OpenApi,
) -> impl Fn() -> Ready<Result<Response, Infallible>> + Clone + Send + Sync + 'static {
    let json = axum::body::Bytes::from(json(document).to_string());
    move || ready(Ok(([(header::CONTENT_TYPE, "application/json")], json.clone()).into_response()))
}
