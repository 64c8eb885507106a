//! The command line: one file per command.
//!
//! Exit codes: 0 done; 1 the input or the state is wrong, with one line on standard error that says what and
//! where; 2 the command was not understood.

mod analyse;
mod backup;
mod check;
mod community;
mod demo;
mod error;
mod export;
mod import;
mod invite;
mod release;
mod serve;
mod staff;
mod token;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use crate::store::{self, Store};

pub use error::{CliError, Context};

/// A community's map of places of being and doing.
#[derive(Debug, Parser)]
#[command(name = "stead", version, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    place: Whereabouts,
    #[command(subcommand)]
    command: Command,
}

/// Where the data are; goes with every command.
#[derive(Debug, Args)]
struct Whereabouts {
    /// The database: sqlite:FILE or postgres://…; without it the embedded file in the data folder.
    #[arg(long, global = true, value_name = "URL", env = "STEAD_DATABASE", hide_env_values = true)]
    database: Option<String>,
    /// The folder for the embedded database, the basemap and photos.
    #[arg(long, global = true, value_name = "DIR", env = "STEAD_DATA_DIR", default_value = "stead-data")]
    data_dir: PathBuf,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves a made-up town from a temporary database: the quickest way to look around.
    Demo(demo::DemoArgs),
    /// Serves the communities of the database; brings its schema up to date first.
    Serve(serve::ServeArgs),
    /// Community maps.
    #[command(subcommand)]
    Community(community::CommunityCommand),
    /// Public data and the basemap.
    #[command(subcommand)]
    Import(import::ImportCommand),
    /// Computes spatial statistics on any GeoJSON file, without a server.
    Analyse(Box<analyse::AnalyseArgs>),
    /// Takes public data home in an open format, with its codebook.
    #[command(subcommand)]
    Export(export::ExportCommand),
    /// Staff: researchers, planners, stewards and operators.
    #[command(subcommand)]
    Staff(staff::StaffCommand),
    /// Invites people to a community.
    Invite(invite::InviteArgs),
    /// API tokens.
    #[command(subcommand)]
    Token(token::TokenCommand),
    /// Writes everything in the database to one file, while people go on using it.
    Backup(backup::BackupArgs),
    /// Makes the database what it was at a backup, without whoever withdrew since. Stop the servers first.
    Restore(backup::RestoreArgs),
    /// Checks that what is stored is whole: every row, the erasures, and the access log's chain.
    Check,
    /// Publishes a release now, if the privacy budget allows it.
    Release(release::ReleaseArgs),
}

impl Whereabouts {
    /// Makes the data folder, readable by its owner alone, if it is not there.
    fn make_data_dir(&self) -> Result<(), CliError> {
        use std::os::unix::fs::DirBuilderExt;
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.data_dir)
            .context(format!("making the folder {}", self.data_dir.display()))
    }

    /// Opens the store, with its schema up to date.
    async fn store(&self) -> Result<Arc<dyn Store>, CliError> {
        let url = if let Some(url) = &self.database {
            url.clone()
        } else {
            self.make_data_dir()?;
            format!("sqlite:{}", self.data_dir.join("stead.db").display())
        };
        Ok(store::open(&url).await?)
    }
}

/// Parses the command line and runs the command.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(why) => return failed(&CliError::new(format!("starting: {why}"))),
    };
    match runtime.block_on(run(cli)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

fn failed(error: &CliError) -> ExitCode {
    eprintln!("stead: {error}");
    ExitCode::from(1)
}

async fn run(cli: Cli) -> Result<(), CliError> {
    let place = cli.place;
    match cli.command {
        Command::Demo(args) => demo::run(args).await,
        Command::Serve(args) => {
            place.make_data_dir()?;
            serve::run(args, place.store().await?, &place.data_dir).await
        }
        Command::Analyse(args) => analyse::run(&args),
        Command::Community(command) => community::run(command, place.store().await?.as_ref()).await,
        Command::Import(command) => {
            place.make_data_dir()?;
            import::run(command, place.store().await?.as_ref(), &place.data_dir).await
        }
        Command::Export(command) => export::run(command, || place.store()).await,
        Command::Staff(command) => staff::run(command, place.store().await?.as_ref()).await,
        Command::Invite(args) => invite::run(args, place.store().await?).await,
        Command::Token(command) => token::run(command, place.store().await?.as_ref()).await,
        Command::Backup(args) => backup::backup(args, place.store().await?.as_ref()).await,
        Command::Restore(args) => {
            place.make_data_dir()?;
            backup::restore(args, place.database, &place.data_dir).await
        }
        Command::Check => check::run(place.store().await?.as_ref()).await,
        Command::Release(args) => release::run(args, place.store().await?.as_ref()).await,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        super::Cli::command().debug_assert();
    }
}
