//! `stead invite`: an invitation for people to join.

use std::sync::Arc;

use clap::Args;
use engine::CommunityId;
use engine::community::Admission;
use jiff::civil::Date;

use super::CliError;
use crate::actions::{invitation_link, make_invitation};
use crate::ambient::Ambient;
use crate::store::Store;

/// What an invitation is like.
#[derive(Debug, Args)]
pub struct InviteArgs {
    /// Where to.
    #[arg(long, value_name = "C")]
    community: CommunityId,
    /// How many people may join by it.
    #[arg(long, value_name = "N", default_value_t = 1)]
    uses: u32,
    /// The last day on which it works (2027-01-31), within a year; thirty days if not given.
    #[arg(long, value_name = "DATE")]
    expires: Option<Date>,
    /// The address by which browsers reach the server.
    #[arg(long, value_name = "URL", env = "STEAD_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
    public_url: String,
}

/// Runs the command.
///
/// # Errors
/// When there is no such community, or the number or the day is out of range.
pub async fn run(args: InviteArgs, store: Arc<dyn Store>) -> Result<(), CliError> {
    let InviteArgs { community: name, uses, expires, public_url } = args;
    let community = store.community(&name).await?;
    let community = community.ok_or_else(|| CliError::new(format!("there is no community {name}")))?;
    let made = make_invitation(&store, &Ambient::system(), &community, uses, expires).await?;
    let people = if uses == 1 { "one person".to_owned() } else { format!("{uses} people") };
    println!("An invitation for {people}, shown this once; it ends at {}:", made.kept.expires_at);
    println!("  {}", made.code);
    println!("  {}", invitation_link(&public_url, name.as_str(), &made.code));
    if community.joining == Admission::Open {
        println!("{name} is open, so nobody needs it yet: stead community joining {name} invited");
    }
    Ok(())
}
