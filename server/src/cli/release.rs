//! `stead release`: makes a release now, if the privacy budget allows it.

use clap::Args;
use engine::CommunityId;

use super::CliError;
use crate::actions::release::make_release;
use crate::ambient::Ambient;
use crate::store::Store;

/// What to release.
#[derive(Debug, Args)]
pub struct ReleaseArgs {
    /// The community.
    #[arg(long, value_name = "C")]
    community: CommunityId,
    /// Marks the release as made for a demonstration or a test; it is charged like any other.
    #[arg(long)]
    on_demand: bool,
}

/// Runs the command.
///
/// # Errors
/// When there are too few participants or too little budget; what was charged stays charged.
pub async fn run(args: ReleaseArgs, store: &dyn Store) -> Result<(), CliError> {
    let release = make_release(store, &Ambient::system(), &args.community, args.on_demand).await?;
    println!("released {} for {}", release.id, args.community);
    Ok(())
}
