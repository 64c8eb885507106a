//! `stead staff`: a role for somebody with a one-time link to come in by, and taking it away again.

use clap::Subcommand;
use engine::crisis::line;
use engine::{CommunityId, Invalid};

use super::CliError;
use crate::actions::staff::{invite, read_email};
use crate::ambient::Ambient;
use crate::store::{Role, Store};

/// What can be done with staff.
#[derive(Debug, Subcommand)]
pub enum StaffCommand {
    /// Gives somebody a role, and prints a one-time link by which they choose a password.
    Add {
        /// Their e-mail address: the name they sign in with. Nothing is sent to it.
        email: String,
        /// What they may do.
        #[arg(long)]
        role: Role,
        /// Where.
        #[arg(long, value_name = "C")]
        community: CommunityId,
        /// The name by which participants are told of them. People agree to be read by researchers who are named: until
        /// a researcher has a name, they are told of one without.
        #[arg(long, value_name = "NAME")]
        name: Option<String>,
        /// A new link for somebody who has a password already and lost it, or their authenticator and codes.
        #[arg(long)]
        new_link: bool,
        /// The address by which browsers reach the server.
        #[arg(long, value_name = "URL", env = "STEAD_PUBLIC_URL", default_value = "http://127.0.0.1:8080")]
        public_url: String,
    },
    /// Takes a role away from somebody, at once; with the last one they cannot sign in any more.
    Remove {
        /// Their e-mail address.
        email: String,
        /// Which role.
        #[arg(long)]
        role: Role,
        /// Where.
        #[arg(long, value_name = "C")]
        community: CommunityId,
    },
}

/// Runs the command.
///
/// # Errors
/// When there is no such community or no such role to take away, or the address is none.
pub async fn run(command: StaffCommand, store: &dyn Store) -> Result<(), CliError> {
    let (email, role, community, name, new_link, public_url) = match command {
        StaffCommand::Add { email, role, community, name, new_link, public_url } => {
            (email, role, community, name, new_link, public_url)
        }
        StaffCommand::Remove { email, role, community } => {
            return remove(store, &email, role, &community).await;
        }
    };
    if let Some(name) = &name {
        check_name(name)?;
    }
    let unnamed = role == Role::Researcher && name.is_none() && !store.is_named(&read_email(&email)?).await?;
    let (account, link) = invite(store, &Ambient::system(), &email, role, &community, new_link).await?;
    if let Some(name) = name {
        store.name_staff(&account.email, name.trim()).await?;
    }
    println!("{} is a {} of {community}", account.email, role.as_str());
    if unnamed {
        println!(
            "People are told who may read what they share: say it with --name, or they read of one without a name."
        );
    }
    match link {
        Some(link) => {
            println!("Their one-time link, which works for 7 days:");
            println!("  {}", link_of(&public_url, &community, &link));
        }
        None => println!("They have a password already; --new-link makes a link to choose another."),
    }
    Ok(())
}

/// Longest name in characters.
const MOST_NAME: usize = 100;

fn check_name(name: &str) -> Result<(), Invalid> {
    line("--name", name, MOST_NAME)
}

async fn remove(store: &dyn Store, email: &str, role: Role, community: &CommunityId) -> Result<(), CliError> {
    let (email, role_name) = (read_email(email)?, role.as_str());
    match store.remove_role(&email, community, role).await? {
        None => return Err(CliError::new(format!("{email} is no {role_name} of {community}"))),
        Some(0) => println!(
            "{email} is no {role_name} of {community} any more, has no other role, and was signed out everywhere"
        ),
        Some(left) => println!("{email} is no {role_name} of {community} any more, and keeps {left} other"),
    }
    Ok(())
}

/// The address of a one-time link. Behind the `#` it is not sent to any server.
pub(super) fn link_of(public_url: &str, community: &CommunityId, link: &str) -> String {
    format!("{}/{community}/staff#link={link}", public_url.trim_end_matches('/'))
}
