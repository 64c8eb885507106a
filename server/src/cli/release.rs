//! `stead release`: makes a release now, if the privacy budget allows it.

use clap::{Args, Subcommand};
use engine::community::PublicationPolicy;
use engine::{CommunityId, ReleaseId};

use super::CliError;
use crate::actions::recall::check_reason;
use crate::actions::release::{Asked, make_release_as};
use crate::actions::release_ground::LeftOut;
use crate::actions::snapshot::make_snapshot;
use crate::ambient::Ambient;
use crate::store::{Recall, Store, StoredRelease};

/// What to release.
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct ReleaseArgs {
    #[command(subcommand)]
    command: Option<ReleaseCommand>,
    /// The community.
    #[arg(long, value_name = "C", required = true)]
    community: Option<CommunityId>,
    /// Marks the release as made for a demonstration or a test; it is charged like any other.
    #[arg(long)]
    on_demand: bool,
    /// Says that the machine's clock is right although nothing was written for more than a year: what is charged at
    /// a wrong time is charged for good.
    #[arg(long)]
    clock_is_right: bool,
}

/// What else can be done with releases.
#[derive(Debug, Subcommand)]
enum ReleaseCommand {
    /// Calls a defective release or snapshot back: its numbers are not given out any more, and everybody reads why.
    Recall {
        /// Its identifier, or latest for the newest that was not called back.
        release: String,
        /// The community.
        #[arg(long, value_name = "C")]
        community: CommunityId,
        /// What is wrong with it, for everybody to read.
        #[arg(long, value_name = "TEXT")]
        reason: String,
    },
}

/// Runs the command.
///
/// # Errors
/// When there are too few participants or too little budget; what was charged stays charged.
pub async fn run(args: ReleaseArgs, store: &dyn Store) -> Result<(), CliError> {
    let ambient = Ambient::system();
    if let Some(ReleaseCommand::Recall { release, community, reason }) = args.command {
        return recall(store, &ambient, &community, &release, reason).await;
    }
    let id = args.community.as_ref().ok_or_else(|| CliError::new("--community is missing"))?;
    let asked = Asked { on_demand: args.on_demand, clock_is_right: args.clock_is_right };
    let community = store.community(id).await?;
    if community.is_some_and(|c| c.policy == PublicationPolicy::ClosedGroup) {
        let made = make_snapshot(store, &ambient, id, asked).await?;
        println!("made the snapshot {} for the planners of {id}; there is no formal guarantee", made.id);
    } else {
        let made = make_release_as(store, &ambient, id, asked).await?;
        println!("released {} for {id}", made.id);
        for neighbourhood in left_out(&made) {
            println!("{}", neighbourhood.told());
        }
    }
    Ok(())
}

/// The neighbourhoods that got no number of their own.
fn left_out(made: &StoredRelease) -> Vec<LeftOut> {
    serde_json::from_value(made.parameters["left_out"].clone()).unwrap_or_default()
}

async fn recall(
    store: &dyn Store,
    ambient: &Ambient,
    community: &CommunityId,
    release: &str,
    reason: String,
) -> Result<(), CliError> {
    check_reason(&reason).map_err(|e| CliError::new(format!("--reason {}", e.problem)))?;
    let all = store.releases(community).await?;
    let wanted = release.parse::<ReleaseId>();
    if release != "latest" && wanted.is_err() {
        return Err(CliError::new(format!("{release} is no release's identifier, nor latest")));
    }
    let found = all.iter().find(|r| match &wanted {
        Ok(id) => r.id == *id,
        Err(_) => r.recalled.is_none(),
    });
    let found = found.ok_or_else(|| CliError::new(format!("{community} has no release {release}")))?;
    if let Some(before) = &found.recalled {
        println!("{} was called back on {} already: {}", found.id, before.at, before.reason);
        return Ok(());
    }
    store.recall_release(community, found.id, &Recall { reason, at: ambient.now() }).await?;
    println!(
        "called {} back: its numbers are not given out any more, and what it cost stays spent",
        found.id
    );
    Ok(())
}
