//! `stead community add`: a community map.

use std::path::PathBuf;

use clap::Subcommand;
use engine::CommunityId;
use engine::community::{Community, Language, PublicationPolicy};

use super::{CliError, Context as _};
use crate::ambient::Ambient;
use crate::import;
use crate::store::Store;

/// What can be done with communities.
#[derive(Debug, Subcommand)]
pub enum CommunityCommand {
    /// Adds a community map.
    Add {
        /// Its name in addresses: a-z, 0-9 and hyphens.
        name: CommunityId,
        /// Its name for people; without it the name.
        #[arg(long)]
        title: Option<String>,
        /// A GeoJSON file whose box is the community's; without it the first imported data give the box.
        #[arg(long, value_name = "FILE")]
        bounds: Option<PathBuf>,
        /// A language it offers, the first one by default; may be given several times, all three if not given.
        #[arg(long, value_name = "LANGUAGE", value_parser = Language::parse)]
        language: Vec<Language>,
    },
}

/// Runs the command.
///
/// # Errors
/// When the name is taken or the bounds cannot be read.
pub async fn run(command: CommunityCommand, store: &dyn Store) -> Result<(), CliError> {
    let CommunityCommand::Add { name, title, bounds, language } = command;
    let bounds = match &bounds {
        Some(file) => Some(import::bounds(file).context(file.display())?),
        None => None,
    };
    let mut languages = Vec::new();
    for one in if language.is_empty() { Language::ALL.to_vec() } else { language } {
        if !languages.contains(&one) {
            languages.push(one);
        }
    }
    let title = title.unwrap_or_else(|| name.to_string());
    if title.trim().is_empty() || title.chars().count() > 100 || title.contains('\0') {
        return Err(CliError::new("--title must have 1 to 100 characters"));
    }
    let community = Community {
        id: name.clone(),
        title: title.trim().to_owned(),
        languages,
        bounds,
        policy: PublicationPolicy::Formal,
        demo: false,
        created_at: Ambient::system().now(),
    };
    store.add_community(&community).await?;
    println!("added the community {name}");
    if community.bounds.is_none() {
        println!("it has no bounds yet: the first import of supports or neighbourhoods gives them");
    }
    Ok(())
}
