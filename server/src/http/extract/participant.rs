//! Who is asking.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use super::InCommunity;
use crate::actions::staff::StaffMember;
use crate::actions::{ActionError, SignedIn, authenticate};
use crate::http::authority::Admitted;
use crate::http::problem::Problem;
use crate::http::{AppState, cookie};

/// Why nobody is let in.
#[derive(Debug)]
enum Refusal {
    /// Neither an `Authorization` header nor a session cookie.
    NoCredentials,
    /// An `Authorization` header that is not `Bearer` and a token.
    NotBearer,
    /// The token is unknown, was closed, has run out, or its holder withdrew.
    UnknownToken,
    /// The sign-in is for another community.
    OtherCommunity,
    /// It could not be found out.
    Failed(ActionError),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoCredentials => Self::unauthorised("join or come back with your return code first"),
            Refusal::NotBearer => Self::unauthorised("send Authorization: Bearer and the token"),
            Refusal::UnknownToken => {
                Self::unauthorised("this sign-in has ended; come back with your return code")
            }
            Refusal::OtherCommunity => Self::forbidden("this sign-in is for another community"),
            Refusal::Failed(error) => error.into(),
        }
    }
}

/// A participant of the community in the path, by bearer token or session cookie. Refuses with 404 for an
/// unknown community, 401 without a valid sign-in, 403 for one of another community.
pub struct Participant(pub SignedIn);

impl FromRequestParts<AppState> for Participant {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let InCommunity(community) = InCommunity::from_request_parts(parts, state).await?;
        let who = match parts.extensions.get::<SignedIn>() {
            Some(who) => who.clone(),
            None => signed_in(&parts.headers, state).await?,
        };
        if who.participant.community != *community.id() {
            return Err(Refusal::OtherCommunity.into());
        }
        Ok(Self(who))
    }
}

/// Somebody signed in, in whatever community. Refuses with 401.
pub struct Session(pub SignedIn);

impl FromRequestParts<AppState> for Session {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        match parts.extensions.get::<SignedIn>() {
            Some(who) => Ok(Self(who.clone())),
            None => Ok(Self(signed_in(&parts.headers, state).await?)),
        }
    }
}

/// Whoever is signed in, as [`crate::http::authority`] found out.
pub enum SignedInAs {
    /// A participant.
    Participant(Box<SignedIn>),
    /// Somebody of the staff.
    Staff(Arc<StaffMember>),
}

impl FromRequestParts<AppState> for SignedInAs {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if let Some(Admitted(member)) = parts.extensions.get::<Admitted>() {
            return Ok(Self::Staff(Arc::clone(member)));
        }
        let Session(who) = Session::from_request_parts(parts, state).await?;
        Ok(Self::Participant(Box::new(who)))
    }
}

async fn signed_in(headers: &HeaderMap, state: &AppState) -> Result<SignedIn, Refusal> {
    let token = token(headers, state)?;
    let who = authenticate(&state.core, token).await.map_err(Refusal::Failed)?;
    who.ok_or(Refusal::UnknownToken)
}

/// The token of the request; the header goes before the cookie.
fn token<'a>(headers: &'a HeaderMap, state: &AppState) -> Result<&'a str, Refusal> {
    let Some(authorization) = headers.get(header::AUTHORIZATION) else {
        return cookie::token(&state.config, headers).ok_or(Refusal::NoCredentials);
    };
    let text = authorization.to_str().map_err(|_| Refusal::NotBearer)?;
    let (scheme, token) = text.split_once(' ').ok_or(Refusal::NotBearer)?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(token.trim()) } else { Err(Refusal::NotBearer) }
}
