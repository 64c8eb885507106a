//! Who of the staff is asking. [`crate::http::authority`] decides who comes so far; these take them over.

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use super::InCommunity;
use crate::actions::SignedIn;
use crate::actions::staff::{StaffMember, authenticate_staff};
use crate::http::authority::Admitted;
use crate::http::problem::Problem;
use crate::http::{AppState, cookie};
use crate::store::Role;

/// Somebody of the staff, with whatever role the table of authority asks for.
pub struct Staff(pub Arc<StaffMember>);

impl FromRequestParts<AppState> for Staff {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Problem> {
        let admitted = parts.extensions.get::<Admitted>();
        admitted.map(|a| Self(Arc::clone(&a.0))).ok_or_else(not_for_staff)
    }
}

fn not_for_staff() -> Problem {
    Problem::internal("the handler asks for staff, and the table of authority does not")
}

macro_rules! role_extractor {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        pub struct $name(pub Arc<StaffMember>);

        impl FromRequestParts<AppState> for $name {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
                let Staff(member) = Staff::from_request_parts(parts, state).await?;
                let InCommunity(community) = InCommunity::from_request_parts(parts, state).await?;
                if member.has_any(community.id(), &[Role::$name]) {
                    Ok(Self(member))
                } else {
                    Err(Problem::forbidden(format!("this is for a {} of the community", Role::$name.as_str())))
                }
            }
        }
    };
}

role_extractor!(
    /// A researcher of the community in the path.
    Researcher
);
role_extractor!(
    /// A planner of the community in the path.
    #[expect(dead_code, reason = "what planners are given does not depend on which of them asks")]
    Planner
);
role_extractor!(
    /// A steward of the community in the path.
    Steward
);
role_extractor!(
    /// An operator of the community in the path.
    #[expect(dead_code, reason = "for the operations of operators")]
    Operator
);

/// Somebody of the staff who showed their second factor within the last ten minutes. Refuses with 403 and the
/// kind `second-factor-needed`: the page then asks for a code and calls `POST /api/staff/session/confirm`.
pub struct FreshSecondFactor(pub Arc<StaffMember>);

impl FromRequestParts<AppState> for FreshSecondFactor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        let Staff(member) = Staff::from_request_parts(parts, state).await?;
        if member.is_fresh(state.core.ambient.now()) {
            Ok(Self(member))
        } else {
            Err(Problem::second_factor_needed())
        }
    }
}

/// Who reads places: their owner, or a researcher what is shared for research.
pub enum PlaceReader {
    /// A participant, their own.
    Owner(Box<SignedIn>),
    /// A researcher.
    Researcher(Arc<StaffMember>),
}

impl FromRequestParts<AppState> for PlaceReader {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if parts.extensions.get::<Admitted>().is_some() {
            let Researcher(member) = Researcher::from_request_parts(parts, state).await?;
            return Ok(Self::Researcher(member));
        }
        let super::Participant(who) = super::Participant::from_request_parts(parts, state).await?;
        Ok(Self::Owner(Box::new(who)))
    }
}

/// Somebody of the staff by the request's API token or session. `None` when it carries no sign-in of the staff.
///
/// # Errors
/// 401 for a sign-in of the staff that is not valid (any more).
pub async fn staff_of(parts: &Parts, state: &AppState) -> Result<Option<Arc<StaffMember>>, Problem> {
    let by_cookie = || cookie::staff_token(&state.config, &parts.headers).map(str::to_owned);
    let token = match parts.headers.get(header::AUTHORIZATION) {
        Some(authorization) => authorization.to_str().ok().and_then(token_of),
        None => by_cookie(),
    };
    let Some(token) = token.filter(|token| token.starts_with("st")) else { return Ok(None) };
    let member = authenticate_staff(&state.core, &token).await?;
    member.map(Some).ok_or_else(|| Problem::unauthorised("this sign-in or token has ended; sign in again"))
}

/// The token of `Bearer TOKEN`, or of `Basic`, where it is the password and the user name is anything.
fn token_of(authorization: &str) -> Option<String> {
    let (scheme, rest) = authorization.split_once(' ')?;
    if scheme.eq_ignore_ascii_case("bearer") {
        return Some(rest.trim().to_owned());
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = data_encoding::BASE64.decode(rest.trim().as_bytes()).ok()?;
    let pair = String::from_utf8(decoded).ok()?;
    pair.split_once(':').map(|(_, password)| password.to_owned())
}

#[cfg(test)]
mod tests {
    use super::token_of;

    #[test]
    fn a_token_is_the_bearers_or_the_password_of_basic() {
        assert_eq!(token_of("Bearer stk_1").unwrap(), "stk_1");
        assert_eq!(token_of("basic cWdpczpzdGtfMTox").unwrap(), "stk_1:1");
        for wrong in ["", "Bearer", "Digest x", "Basic ???", "Basic cWdpcw==", "Basic /w=="] {
            assert_eq!(token_of(wrong), None, "{wrong}");
        }
    }
}
