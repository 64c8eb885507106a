//! THE table of who may do what, and the layer that keeps to it.
//!
//! A route that is not in [`TABLE`] answers nobody: whoever adds a route adds its line. The layer finds out who
//! is asking before the handler runs and puts them into the request, where the extractors `Staff`, `Researcher`
//! and so on take them from. `tests` hold the table to the router itself, route by route and role by role.

use std::sync::Arc;

use axum::extract::{FromRequestParts, MatchedPath, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::AppState;
use super::extract::{InCommunity, Participant, Session, staff_of};
use super::problem::Problem;
use crate::actions::staff::{Means, StaffMember};
use crate::store::{Role, Scope};

/// Who may use a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// Anyone.
    Anyone,
    /// A participant of the community in the path, about themself.
    Participant,
    /// Somebody with one of these roles in the community in the path. An API token must have the scope; where
    /// there is none, programs may not.
    Staff(&'static [Role], Option<Scope>),
    /// A participant or, as before, somebody of the staff. Who sends both sign-ins is the participant, unless
    /// the query says `purpose=research`.
    ParticipantOr(&'static [Role], Option<Scope>),
    /// Somebody of the staff who signed in, about themself.
    StaffSession,
    /// Whoever signed in, as participant or as staff.
    SignedIn,
}

use Role::{Operator, Planner, Researcher, Steward};
use Who::{Anyone, ParticipantOr, SignedIn, StaffSession};

/// Any role.
#[expect(dead_code, reason = "for routes of the whole staff")]
pub(super) const STAFF: &[Role] = &[Researcher, Planner, Steward, Operator];

/// Method, path and who may, for every route. `GET` goes for `HEAD`, too.
#[rustfmt::skip]
pub(super) const TABLE: &[(&str, &str, Who)] = &[
    ("GET", "/api/communities", Anyone),
    ("GET", "/api/communities/{c}", Anyone),
    ("GET", "/api/communities/{c}/export/{file}", Anyone),
    ("GET", "/api/communities/{c}/export/places.csv", Who::Staff(&[Researcher], None)),
    ("GET", "/api/communities/{c}/export/places.geojson", Who::Staff(&[Researcher], None)),
    ("GET", "/api/communities/{c}/export/places.gpkg", Who::Staff(&[Researcher], None)),
    ("GET", "/api/communities/{c}/export/places.fgb", Who::Staff(&[Researcher], None)),
    ("GET", "/api/communities/{c}/export/places.parquet", Who::Staff(&[Researcher], None)),
    ("GET", "/api/communities/{c}/export/places.codebook.json", Who::Staff(&[Researcher], None)),
    ("GET", "/api/communities/{c}/export/places.codebook.md", Who::Staff(&[Researcher], None)),
    ("GET", "/api/communities/{c}/access-log", Who::Staff(&[Steward, Operator], None)),
    ("GET", "/api/communities/{c}/access", Anyone),
    ("GET", "/api/communities/{c}/access.gpkg", Anyone),
    ("POST", "/api/communities/{c}/gazetteer", Anyone),
    ("POST", "/api/communities/{c}/gazetteer/near", Anyone),
    ("GET", "/api/communities/{c}/invitations", Who::Staff(&[Steward], None)),
    ("POST", "/api/communities/{c}/invitations", Who::Staff(&[Steward], None)),
    ("DELETE", "/api/communities/{c}/invitations/{id}", Who::Staff(&[Steward], None)),
    ("GET", "/api/communities/{c}/me", Who::Participant),
    ("DELETE", "/api/communities/{c}/me", Who::Participant),
    ("PUT", "/api/communities/{c}/me/consent", Who::Participant),
    ("POST", "/api/communities/{c}/me/renewal", Who::Participant),
    ("POST", "/api/communities/{c}/me/return-code", Who::Participant),
    ("GET", "/api/communities/{c}/me/export", Who::Participant),
    ("GET", "/api/communities/{c}/me/reads", Who::Participant),
    ("GET", "/api/communities/{c}/neighbourhoods", Anyone),
    ("POST", "/api/communities/{c}/participants", Anyone),
    ("POST", "/api/communities/{c}/participants/return", Anyone),
    ("GET", "/api/communities/{c}/places", ParticipantOr(&[Researcher], Some(Scope::PlacesRead))),
    ("POST", "/api/communities/{c}/places", Who::Participant),
    ("GET", "/api/communities/{c}/places/{id}", Who::Participant),
    ("PUT", "/api/communities/{c}/places/{id}", Who::Participant),
    ("DELETE", "/api/communities/{c}/places/{id}", Who::Participant),
    ("GET", "/api/communities/{c}/places/{id}/as/{role}", Who::Participant),
    ("GET", "/api/communities/{c}/places/{id}/diary", Who::Participant),
    ("POST", "/api/communities/{c}/places/{id}/diary", Who::Participant),
    ("PUT", "/api/communities/{c}/places/{id}/diary/{d}", Who::Participant),
    ("DELETE", "/api/communities/{c}/places/{id}/diary/{d}", Who::Participant),
    ("GET", "/api/communities/{c}/places/{id}/photos", ParticipantOr(&[Researcher], Some(Scope::PlacesRead))),
    ("POST", "/api/communities/{c}/places/{id}/photos", Who::Participant),
    ("GET", "/api/communities/{c}/places/{id}/photos/{p}", ParticipantOr(&[Researcher], Some(Scope::PlacesRead))),
    ("PUT", "/api/communities/{c}/places/{id}/photos/{p}", Who::Participant),
    ("DELETE", "/api/communities/{c}/places/{id}/photos/{p}", Who::Participant),
    ("POST", "/api/communities/{c}/places/preview", Who::Participant),
    ("POST", "/api/communities/{c}/places/search", Who::Staff(&[Researcher], Some(Scope::PlacesRead))),
    ("GET", "/api/communities/{c}/releases", Anyone),
    ("POST", "/api/communities/{c}/releases", Who::Staff(&[Steward], None)),
    ("GET", "/api/communities/{c}/releases/{r}", Anyone),
    ("GET", "/api/communities/{c}/releases/{r}/{file}", Anyone),
    ("POST", "/api/communities/{c}/releases/{r}/recall", Who::Staff(&[Steward], None)),
    ("GET", "/api/communities/{c}/releases/{r}/cells", Anyone),
    ("GET", "/api/communities/{c}/releases/{r}/difference", Anyone),
    ("GET", "/api/communities/{c}/releases/{r}/difference.gpkg", Anyone),
    ("GET", "/api/communities/{c}/releases/{r}/heat", Anyone),
    ("GET", "/api/communities/{c}/releases/{r}/heat.gpkg", Anyone),
    ("GET", "/api/communities/{c}/releases/{r}/hotspots", Anyone),
    ("GET", "/api/communities/{c}/releases/{r}/hotspots.gpkg", Anyone),
    ("GET", "/api/communities/{c}/rhythm", Anyone),
    ("GET", "/api/communities/{c}/rhythm.gpkg", Anyone),
    ("GET", "/api/communities/{c}/stories", Anyone),
    ("GET", "/api/communities/{c}/stories/queue", Who::Staff(&[Steward], None)),
    ("POST", "/api/communities/{c}/stories/queue/{id}/decision", Who::Staff(&[Steward], None)),
    ("GET", "/api/communities/{c}/stories/queue/{id}/photos/{p}", Who::Staff(&[Steward], None)),
    ("GET", "/api/communities/{c}/stories/{id}", Anyone),
    ("GET", "/api/communities/{c}/stories/{id}/photos/{p}", Anyone),
    ("POST", "/api/communities/{c}/study/proximity", Who::Staff(&[Researcher], Some(Scope::PlacesRead))),
    ("GET", "/api/communities/{c}/study/queries", Who::Staff(&[Researcher], None)),
    ("POST", "/api/communities/{c}/study/queries", Who::Staff(&[Researcher], None)),
    ("DELETE", "/api/communities/{c}/study/queries/{id}", Who::Staff(&[Researcher], None)),
    ("GET", "/api/communities/{c}/snapshots", Who::Staff(&[Planner], None)),
    ("POST", "/api/communities/{c}/snapshots", Who::Staff(&[Steward], None)),
    ("GET", "/api/communities/{c}/snapshots/{s}", Who::Staff(&[Planner], None)),
    ("GET", "/api/communities/{c}/snapshots/{s}/{file}", Who::Staff(&[Planner], None)),
    ("POST", "/api/communities/{c}/snapshots/{s}/recall", Who::Staff(&[Steward], None)),
    ("GET", "/api/communities/{c}/supports", Anyone),
    ("POST", "/api/communities/{c}/supports", Who::Staff(&[Steward], Some(Scope::SupportsWrite))),
    ("GET", "/api/communities/{c}/supports/{id}", Anyone),
    ("PUT", "/api/communities/{c}/supports/{id}", Who::Staff(&[Steward], Some(Scope::SupportsWrite))),
    ("POST", "/api/communities/{c}/supports/{id}/close", Who::Staff(&[Steward], Some(Scope::SupportsWrite))),
    ("GET", "/api/communities/{c}/supports/{id}/history", Who::Staff(&[Steward], Some(Scope::SupportsWrite))),
    ("POST", "/api/communities/{c}/supports/{id}/merge", Who::Staff(&[Steward], Some(Scope::SupportsWrite))),
    ("POST", "/api/communities/{c}/supports/search", Anyone),
    ("POST", "/api/communities/{c}/what-if", Anyone),
    ("POST", "/api/communities/{c}/what-if.gpkg", Anyone),
    ("GET", "/api/openapi.json", Anyone),
    ("DELETE", "/api/session", SignedIn),
    ("POST", "/api/staff/activate", Anyone),
    ("POST", "/api/staff/activate/confirm", Anyone),
    ("POST", "/api/staff/recovery-codes", StaffSession),
    ("GET", "/api/staff/session", StaffSession),
    ("POST", "/api/staff/session", Anyone),
    ("POST", "/api/staff/session/confirm", StaffSession),
    ("GET", "/api/staff/sessions", StaffSession),
    ("DELETE", "/api/staff/sessions/{id}", StaffSession),
    ("GET", "/api/staff/tokens", StaffSession),
    ("DELETE", "/api/staff/tokens/{id}", StaffSession),
    ("GET", "/basemap.pmtiles", Anyone),
    ("GET", "/healthz", Anyone),
    ("GET", "/hsds/{c}", Anyone),
    ("GET", "/hsds/{c}/", Anyone),
    ("GET", "/hsds/{c}/organizations", Anyone),
    ("GET", "/hsds/{c}/organizations/{id}", Anyone),
    ("GET", "/hsds/{c}/profile", Anyone),
    ("GET", "/hsds/{c}/service_at_locations", Anyone),
    ("GET", "/hsds/{c}/service_at_locations/{id}", Anyone),
    ("GET", "/hsds/{c}/services", Anyone),
    ("GET", "/hsds/{c}/services/{id}", Anyone),
    ("GET", "/hsds/{c}/taxonomies", Anyone),
    ("GET", "/hsds/{c}/taxonomies/{id}", Anyone),
    ("GET", "/hsds/{c}/taxonomy_terms", Anyone),
    ("GET", "/hsds/{c}/taxonomy_terms/{id}", Anyone),
    ("GET", "/readyz", Anyone),
    ("GET", "/ogc/style.css", Anyone),
    ("GET", "/ogc/{c}", Anyone),
    ("GET", "/ogc/{c}/", Anyone),
    ("GET", "/ogc/{c}/api", Anyone),
    ("GET", "/ogc/{c}/api.html", Anyone),
    ("GET", "/ogc/{c}/collections", Anyone),
    ("GET", "/ogc/{c}/collections/places", Who::Staff(&[Researcher], Some(Scope::PlacesRead))),
    ("GET", "/ogc/{c}/collections/places/items", Who::Staff(&[Researcher], Some(Scope::PlacesRead))),
    ("GET", "/ogc/{c}/collections/places/items/{item}", Who::Staff(&[Researcher], Some(Scope::PlacesRead))),
    ("GET", "/ogc/{c}/collections/places/queryables", Who::Staff(&[Researcher], Some(Scope::PlacesRead))),
    ("GET", "/ogc/{c}/collections/places/schema", Who::Staff(&[Researcher], Some(Scope::PlacesRead))),
    ("GET", "/ogc/{c}/collections/{id}", Anyone),
    ("GET", "/ogc/{c}/collections/{id}/items", Anyone),
    ("GET", "/ogc/{c}/collections/{id}/items/{item}", Anyone),
    ("GET", "/ogc/{c}/collections/{id}/queryables", Anyone),
    ("GET", "/ogc/{c}/collections/{id}/schema", Anyone),
    ("GET", "/ogc/{c}/collections/{id}/tiles", Anyone),
    ("GET", "/ogc/{c}/collections/{id}/tiles/WebMercatorQuad", Anyone),
    ("GET", "/ogc/{c}/collections/{id}/tiles/WebMercatorQuad/{matrix}/{row}/{column}", Anyone),
    ("GET", "/ogc/{c}/conformance", Anyone),
    ("GET", "/ogc/{c}/tileMatrixSets", Anyone),
    ("GET", "/ogc/{c}/tileMatrixSets/WebMercatorQuad", Anyone),
    ("GET", "/tiles/{c}/neighbourhoods", Anyone),
    ("GET", "/tiles/{c}/neighbourhoods/{z}/{x}/{y}", Anyone),
    ("GET", "/tiles/{c}/releases/{r}/cells", Anyone),
    ("GET", "/tiles/{c}/releases/{r}/cells/{z}/{x}/{y}", Anyone),
    ("GET", "/tiles/{c}/supports", Anyone),
    ("GET", "/tiles/{c}/supports/{z}/{x}/{y}", Anyone),
];

/// What the table says of a request.
#[derive(Debug, PartialEq, Eq)]
enum Ruling {
    /// These may.
    Rule(Who),
    /// The path knows these methods alone.
    OtherMethods(String),
    /// The path is not in the table.
    Unknown,
}

fn ruling(method: &Method, path: &str) -> Ruling {
    let asked = if *method == Method::HEAD { "GET" } else { method.as_str() };
    let lines = || TABLE.iter().filter(|(_, p, _)| *p == path);
    if let Some((_, _, who)) = lines().find(|(m, _, _)| *m == asked) {
        return Ruling::Rule(*who);
    }
    let methods: Vec<&str> =
        lines().flat_map(|(m, _, _)| if *m == "GET" { vec!["GET", "HEAD"] } else { vec![*m] }).collect();
    if methods.is_empty() { Ruling::Unknown } else { Ruling::OtherMethods(methods.join(",")) }
}

/// Lets a request through if the table does.
pub(super) async fn enforce(State(state): State<AppState>, request: Request, next: Next) -> Response {
    // What matches no route goes to the pages, which are for anyone.
    let Some(path) = request.extensions().get::<MatchedPath>().cloned() else {
        return next.run(request).await;
    };
    let who = match ruling(request.method(), path.as_str()) {
        Ruling::Rule(who) => who,
        Ruling::OtherMethods(allow) => {
            let allow = HeaderValue::try_from(allow).expect("methods are visible characters");
            let problem = Problem::of_status(StatusCode::METHOD_NOT_ALLOWED);
            let mut response = problem.into_response();
            response.headers_mut().insert(header::ALLOW, allow);
            return response;
        }
        Ruling::Unknown => {
            tracing::error!(route = path.as_str(), "a route is not in the table of who may do what");
            return Problem::of_status(StatusCode::NOT_FOUND).into_response();
        }
    };
    let (mut parts, body) = request.into_parts();
    match admit(who, &mut parts, &state).await {
        Ok(()) => next.run(Request::from_parts(parts, body)).await,
        Err(problem) => problem.into_response(),
    }
}

/// Finds out who is asking and puts them into the request; refuses with 401 who did not come in, with 403 who
/// may not.
async fn admit(who: Who, parts: &mut Parts, state: &AppState) -> Result<(), Problem> {
    match who {
        Who::Anyone => {}
        Who::Participant => admit_participant(parts, state).await?,
        Who::Staff(roles, scope) => admit_staff(roles, scope, parts, state).await?,
        Who::ParticipantOr(roles, scope) => {
            let research = parts.uri.query().is_some_and(|q| q.split('&').any(|p| p == "purpose=research"));
            if research || staff_of(parts, state).await?.is_some_and(|_| !has_participant(parts, state)) {
                admit_staff(roles, scope, parts, state).await?;
            } else {
                admit_participant(parts, state).await?;
            }
        }
        Who::StaffSession => {
            let member = staff_of(parts, state).await?.ok_or_else(sign_in_as_staff)?;
            if matches!(member.by, Means::Token(_)) {
                return Err(Problem::forbidden("an API token cannot do this; sign in"));
            }
            parts.extensions.insert(Admitted(member));
        }
        Who::SignedIn => {
            if let Some(member) = staff_of(parts, state).await?.filter(|_| !has_participant(parts, state)) {
                parts.extensions.insert(Admitted(member));
            } else {
                let Session(who) = Session::from_request_parts(parts, state).await?;
                parts.extensions.insert(who);
            }
        }
    }
    Ok(())
}

/// Somebody of the staff whom the table let in.
#[derive(Clone)]
pub(super) struct Admitted(pub Arc<StaffMember>);

async fn admit_participant(parts: &mut Parts, state: &AppState) -> Result<(), Problem> {
    let Participant(who) = Participant::from_request_parts(parts, state).await?;
    parts.extensions.insert(who);
    Ok(())
}

async fn admit_staff(
    roles: &[Role],
    scope: Option<Scope>,
    parts: &mut Parts,
    state: &AppState,
) -> Result<(), Problem> {
    let InCommunity(community) = InCommunity::from_request_parts(parts, state).await?;
    let member = staff_of(parts, state).await?.ok_or_else(sign_in_as_staff)?;
    if !member.has_any(community.id(), roles) {
        let roles: Vec<_> = roles.iter().map(|role| role.as_str()).collect();
        return Err(Problem::forbidden(format!("this is for a {} of the community", roles.join(" or "))));
    }
    if !member.covers(scope) {
        let detail = match scope {
            Some(scope) => format!("the API token needs the scope {}", scope.as_str()),
            None => "an API token cannot do this; sign in".to_owned(),
        };
        return Err(Problem::forbidden(detail));
    }
    parts.extensions.insert(Admitted(member));
    Ok(())
}

/// Whether the request carries a participant's cookie and no `Authorization`, which goes before every cookie.
fn has_participant(parts: &Parts, state: &AppState) -> bool {
    let headers = &parts.headers;
    !headers.contains_key(header::AUTHORIZATION) && super::cookie::token(&state.config, headers).is_some()
}

fn sign_in_as_staff() -> Problem {
    Problem::unauthorised("sign in as staff, or send an API token")
}

#[cfg(test)]
mod tests;
