//! How often one may try to come in.
//!
//! Attempts are counted in the database, so that restarts and further servers change nothing, under hashes of
//! addresses keyed with the installation's secret and the day: nobody can tell an address from one, and none
//! lasts.
//!
//! Nobody can lock somebody else out. Wrong passwords count for the pair of account and address, and for the
//! address; whoever tries from their own address is not slowed down by others. Guesses from very many addresses
//! are met by the length of passwords and by the second factor: wrong codes count for the account as a whole,
//! but only those that came with the right password.

use std::net::IpAddr;

use jiff::SignedDuration;
use jiff::tz::TimeZone;

use crate::actions::{ActionError, Core};
use crate::store::{Hash, Pace};

/// A caller's network: an IPv4 address, or the /64 of an IPv6 one, which is one household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// The network of an address; all whose address is not known share one.
    pub fn of(ip: Option<IpAddr>) -> Self {
        Self(match ip.map(|ip| ip.to_canonical()) {
            None => "unknown".to_owned(),
            Some(IpAddr::V4(v4)) => v4.to_string(),
            Some(IpAddr::V6(v6)) => format!("{:?}", &v6.segments()[..4]),
        })
    }
}

const fn pace(burst: i32, seconds: i64) -> Pace {
    Pace { burst, every: SignedDuration::from_secs(seconds) }
}

/// Wrong sign-ins to one account from one address.
const ACCOUNT_AT_ADDRESS: Pace = pace(5, 60);
/// Wrong sign-ins from one address.
const ADDRESS: Pace = pace(30, 10);
/// Wrong codes with the right password: a million codes at this pace take years.
const SECOND_FACTOR: Pace = pace(10, 120);
/// Wrong links, and choices of a password by a right one.
const LINK: Pace = pace(20, 10);
/// People who join from one address: a whole workshop behind one router at once.
const JOIN: Pace = pace(100, 10);
/// Wrong invitations from one address.
const INVITATION: Pace = pace(20, 10);
/// Wrong return codes from one address.
const RETURN: Pace = pace(20, 10);

fn key(core: &Core, what: &str, of: &str) -> Hash {
    let day = core.ambient.now().to_zoned(TimeZone::UTC).date();
    core.secret.hash("throttle", format!("{what} {day} {of}").as_bytes())
}

async fn free(core: &Core, key: Hash, pace: Pace) -> Result<(), ActionError> {
    match core.store.wait(key, pace, core.ambient.now()).await? {
        Some(wait) => Err(ActionError::TooManyAttempts { wait }),
        None => Ok(()),
    }
}

/// Counts one and refuses it when it is one too many.
async fn count(core: &Core, key: Hash, pace: Pace) -> Result<(), ActionError> {
    match core.store.attempt(key, pace, core.ambient.now()).await? {
        Some(wait) => Err(ActionError::TooManyAttempts { wait }),
        None => Ok(()),
    }
}

fn sign_in_keys(core: &Core, email: &str, address: &Address) -> [(Hash, Pace); 2] {
    let pair = format!("{email} {}", address.0);
    [(key(core, "account", &pair), ACCOUNT_AT_ADDRESS), (key(core, "address", &address.0), ADDRESS)]
}

/// Refuses a sign-in after too many wrong ones.
pub(super) async fn check_sign_in(core: &Core, email: &str, address: &Address) -> Result<(), ActionError> {
    for (key, pace) in sign_in_keys(core, email, address) {
        free(core, key, pace).await?;
    }
    Ok(())
}

/// Counts a wrong sign-in. Of many at once no more than the pace allows learn whether they were wrong.
pub(super) async fn count_wrong_sign_in(
    core: &Core,
    email: &str,
    address: &Address,
) -> Result<(), ActionError> {
    for (key, pace) in sign_in_keys(core, email, address) {
        count(core, key, pace).await?;
    }
    Ok(())
}

/// Counts a code before it is looked at; right ones are rare enough not to matter.
pub(super) async fn count_code(core: &Core, email: &str) -> Result<(), ActionError> {
    count(core, key(core, "code", email), SECOND_FACTOR).await
}

/// Counts a use of a one-time link.
pub(super) async fn count_link(core: &Core, address: &Address) -> Result<(), ActionError> {
    count(core, key(core, "link", &address.0), LINK).await
}

/// Counts a person who joins.
pub async fn count_join(core: &Core, address: &Address) -> Result<(), ActionError> {
    count(core, key(core, "join", &address.0), JOIN).await
}

/// Refuses an invitation after too many wrong ones.
pub async fn check_invitation(core: &Core, address: &Address) -> Result<(), ActionError> {
    free(core, key(core, "invitation", &address.0), INVITATION).await
}

/// Counts a wrong invitation.
pub async fn count_wrong_invitation(core: &Core, address: &Address) -> Result<(), ActionError> {
    count(core, key(core, "invitation", &address.0), INVITATION).await
}

/// Refuses a return code after too many wrong ones.
pub async fn check_return(core: &Core, address: &Address) -> Result<(), ActionError> {
    free(core, key(core, "return", &address.0), RETURN).await
}

/// Counts a wrong return code.
pub async fn count_wrong_return(core: &Core, address: &Address) -> Result<(), ActionError> {
    count(core, key(core, "return", &address.0), RETURN).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_address() {
        let of = |text: &str| Address::of(Some(text.parse().unwrap()));
        assert_eq!(of("2001:db8:1:2:3::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.7"), of("192.0.2.7"));
        assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
    }
}
