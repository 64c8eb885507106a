//! What the staff does: coming in, reading what participants share, and keeping questions to ask again.

mod activate;
mod authenticate;
mod invite;
mod password;
mod read_places;
mod save_query;
mod second_factor;
mod sign_in;
mod sign_out;
mod throttle;
mod totp;

pub use activate::{Enrolment, activate, confirm_activation, renew_recovery_codes};
pub use authenticate::{IDLE, Means, StaffMember, authenticate_staff, new_api_token, new_session_token};
pub use invite::{MadeToken, invite, make_token, read_email};
pub use read_places::{Page, log_reading, read_places_for_research};
pub use save_query::{MAX_QUERIES, forget_query, save_query};
pub use second_factor::confirm_second_factor;
pub use sign_in::{SecondFactor, StaffSignIn, sign_in};
pub use sign_out::sign_out;
pub use throttle::{
    Address, check_invitation, check_return, count_join, count_wrong_invitation, count_wrong_return,
};

#[cfg(test)]
pub(crate) mod testing {
    //! Sign-ins without passwords.

    use engine::StaffId;
    use jiff::SignedDuration;

    use super::authenticate::{new_api_token, new_session_token};
    use crate::actions::Core;
    use crate::store::{ApiToken, Scope, StaffSession};

    /// An open session of an account.
    pub async fn session(core: &Core, staff: StaffId) -> String {
        let (token, hash) = new_session_token(&core.ambient);
        let now = core.ambient.now();
        let session = StaffSession {
            token: hash,
            id: core.ambient.id(),
            staff,
            device: String::new(),
            created_at: now,
            seen_at: now,
            expires_at: now + SignedDuration::from_hours(1),
            confirmed_at: now,
        };
        core.store.open_staff_session(&session).await.unwrap();
        token
    }

    /// An API token of an account.
    pub async fn api_token(core: &Core, staff: StaffId, scope: Scope, lasts_secs: i64) -> String {
        let (token, hash) = new_api_token(&core.ambient);
        let now = core.ambient.now();
        let kept = ApiToken {
            token: hash,
            id: core.ambient.id(),
            staff,
            scopes: vec![scope],
            created_at: now,
            expires_at: now + SignedDuration::from_secs(lasts_secs),
            last_used: None,
        };
        core.store.add_api_token(&kept).await.unwrap();
        token
    }
}
