//! `stead demo`: the made-up town, in a temporary database that is gone when the program ends.

use std::net::SocketAddr;

use clap::Args;
use engine::synthetic::town;

use super::serve::{bind_near, run_server};
use super::staff::link_of;
use super::{CliError, Context as _};
use crate::actions::staff::invite;
use crate::ambient::Ambient;
use crate::demo::{COMMUNITY, community_id, publish_twice, seed, write_basemap};
use crate::store::{self, Role};
use crate::texts::Texts;

/// What the demonstration may be told.
#[derive(Debug, Args)]
pub struct DemoArgs {
    /// Where to listen; without it 127.0.0.1:8080, or the next port that is free.
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// How many made-up people share places.
    #[arg(long, value_name = "N", default_value_t = 600, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    participants: u32,
    /// What the town is drawn from: the same number makes the same town.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

/// Runs the command.
///
/// # Errors
/// When the port is taken, or the temporary folder cannot be written.
pub async fn run(args: DemoArgs) -> Result<(), CliError> {
    let listener = bind_near(args.listen).await?;
    let ambient = Ambient::system();
    let folder = tempfile::tempdir().context("the temporary folder")?;
    println!("Building the made-up town of Kaldavere …");
    let people = usize::try_from(args.participants).expect("a u32 fits");
    let town = town(args.seed, people, ambient.now());
    write_basemap(&town, &folder.path().join("basemap.pmtiles")).context("the town's basemap")?;
    let store = store::open(&format!("sqlite:{}", folder.path().join("demo.db").display())).await?;
    let code = seed(store.as_ref(), &ambient, &Texts::load(), &town).await?;
    println!("  {} people share places; {} supports", args.participants, town.supports().len());
    let [then, now] = publish_twice(store.as_ref(), &ambient, &town).await;
    for (of, made) in [("a year ago", then), ("today", now)] {
        match made {
            Ok(release) => println!("  a release of {of} was made on demand: {}", release.id),
            Err(why) => println!("  no release of {of} was made: {why}"),
        }
    }
    let config = super::serve::app_config(&listener, None, folder.path())?;
    let url = format!("{}/{COMMUNITY}", config.public_url);
    println!();
    println!("Try:");
    println!("  Find support  {url}/find");
    println!("  The picture   {url}/picture");
    println!("  What changed  {url}/picture/compare");
    println!("  Share         {url}/share");
    if !code.is_empty() {
        println!("                or come back as a made-up person with the return code {code}");
    }
    println!("  Staff         choose a password by a one-time link, with any authenticator app:");
    for (email, role, name) in [
        ("researcher@kaldavere.example", Role::Researcher, "Liis Tamm, University of Kaldavere (made up)"),
        ("planner@kaldavere.example", Role::Planner, "Peeter Saar (made up)"),
        ("steward@kaldavere.example", Role::Steward, "Mari Kask (made up)"),
    ] {
        let (_, link) = invite(store.as_ref(), &ambient, email, role, &community_id(), true).await?;
        store.name_staff(email, name).await?;
        let link = link.map(|link| link_of(&config.public_url, &community_id(), &link)).unwrap_or_default();
        println!("    {} {link}", role.as_str());
    }
    println!("Nothing is kept: stop with Ctrl-C and it is gone.");
    println!();
    run_server(listener, config, store, ambient).await
}
