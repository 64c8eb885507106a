//! `stead token add`: an API token for QGIS, R or Python.

use clap::Subcommand;
use jiff::SignedDuration;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::CliError;
use crate::actions::staff::make_token;
use crate::ambient::Ambient;
use crate::store::{Scope, Store};

/// How long a token may last at most, in days.
const LONGEST: i64 = 366;

/// What can be done with API tokens.
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Makes an API token and prints it, this once.
    Add {
        /// The e-mail address of whose token it is; it may do what they may, within its scopes.
        email: String,
        /// What for; may be given several times.
        #[arg(long, required = true, value_parser = scope)]
        scope: Vec<Scope>,
        /// The last day on which it works (2027-01-31), or for how many days (90d); a year at most.
        #[arg(long, value_name = "WHEN", value_parser = lasting)]
        expires: Lasting,
    },
}

/// How long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lasting {
    /// So many days.
    Days(i64),
    /// To the end of a day, in UTC.
    Until(Date),
}

fn scope(text: &str) -> Result<Scope, String> {
    let known: Vec<_> = Scope::ALL.iter().map(|scope| scope.as_str()).collect();
    Scope::parse(text).ok_or_else(|| format!("known are {}", known.join(", ")))
}

fn lasting(text: &str) -> Result<Lasting, String> {
    if let Some(days) = text.strip_suffix('d').and_then(|days| days.parse().ok()) {
        return Ok(Lasting::Days(days));
    }
    text.parse()
        .map(Lasting::Until)
        .map_err(|_| "must be a day such as 2027-01-31, or days such as 90d".into())
}

/// Runs the command.
///
/// # Errors
/// When there is no such account, or the token would end before it begins or last longer than a year.
pub async fn run(command: TokenCommand, store: &dyn Store) -> Result<(), CliError> {
    let TokenCommand::Add { email, scope, expires } = command;
    let ambient = Ambient::system();
    let lasts = match expires {
        Lasting::Days(days) => SignedDuration::from_hours(days.clamp(0, LONGEST + 1) * 24),
        Lasting::Until(day) => {
            let end = day.tomorrow()?.to_zoned(TimeZone::UTC)?.timestamp();
            end.duration_since(ambient.now())
        }
    };
    if lasts <= SignedDuration::ZERO || lasts > SignedDuration::from_hours(LONGEST * 24) {
        return Err(CliError::new("--expires must be from today on and within a year"));
    }
    let made = make_token(store, &ambient, &email, scope, lasts).await?;
    let made =
        made.ok_or_else(|| CliError::new(format!("{email}: there is no such account; see stead staff add")))?;
    let scopes: Vec<_> = made.kept.scopes.iter().map(|scope| scope.as_str()).collect();
    println!("A token for {}, shown this once; it ends at {}:", scopes.join(", "), made.kept.expires_at);
    println!("  {}", made.token);
    println!("Send it as Authorization: Bearer, or as the password of any user name.");
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_a_day_or_a_number_of_days() {
        assert_eq!(lasting("90d"), Ok(Lasting::Days(90)));
        assert_eq!(lasting("2027-01-31"), Ok(Lasting::Until(jiff::civil::date(2027, 1, 31))));
        assert!(lasting("soon").is_err() && lasting("2027-02-31").is_err() && scope("everything").is_err());
    }
}
