//! `stead export`: public data in open formats.

use std::fs::Permissions;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, Subcommand};
use engine::CommunityId;
use engine::community::Community;
use engine::neighbourhood::Neighbourhoods;
use indicatif::{ProgressBar, ProgressStyle};
use jiff::Timestamp;
use tempfile::NamedTempFile;

use super::{CliError, Context as _};
use crate::ambient::Ambient;
use crate::export::{self, Format, Table, codebook, codebook_text, supports};
use crate::live::LiveRelease;
use crate::store::Store;

/// What can be exported.
#[derive(Debug, Subcommand)]
pub enum ExportCommand {
    /// The directory of supports.
    Supports {
        #[command(flatten)]
        to: ExportArgs,
        /// With those that are closed and those that their source does not have any more.
        #[arg(long)]
        all: bool,
    },
    /// The neighbourhoods.
    Neighbourhoods {
        #[command(flatten)]
        to: ExportArgs,
    },
    /// The published numbers of the newest release: nothing that was not released.
    Release {
        #[command(flatten)]
        to: ExportArgs,
    },
}

/// Where to.
#[derive(Debug, Args)]
pub struct ExportArgs {
    /// The community.
    #[arg(long, value_name = "C")]
    community: CommunityId,
    /// The format; the ending of the output says it otherwise.
    #[arg(long)]
    format: Option<Format>,
    /// The file. Two codebooks are written beside it, for programs and for people.
    #[arg(long, value_name = "F")]
    output: PathBuf,
    /// Replaces what is there.
    #[arg(long)]
    force: bool,
    /// Marks CSV as UTF-8 for old spreadsheets.
    #[arg(long)]
    bom: bool,
}

/// Runs the command. The output is looked at before the database is opened.
///
/// # Errors
/// When there is no such community or release, or the file cannot be written; then nothing is left behind.
pub async fn run<F>(command: ExportCommand, open: impl FnOnce() -> F) -> Result<(), CliError>
where
    F: Future<Output = Result<Arc<dyn Store>, CliError>>,
{
    let (ExportCommand::Supports { to, .. }
    | ExportCommand::Neighbourhoods { to }
    | ExportCommand::Release { to }) = &command;
    let ending = to.output.extension().and_then(|ending| ending.to_str());
    let format = to.format.or_else(|| ending.and_then(Format::of_ending));
    let format = format.ok_or_else(|| {
        CliError::new(format!("{}: the ending names no format: say --format", to.output.display()))
    })?;
    let target = Target::new(to)?;
    let store = open().await?;
    let community = store.community(&to.community).await?;
    let community =
        community.ok_or_else(|| CliError::new(format!("there is no community {}", to.community)))?;
    let now = Ambient::system().now();
    let table = match &command {
        ExportCommand::Supports { all, .. } => all_supports(&*store, &community, *all, now).await?,
        ExportCommand::Neighbourhoods { .. } => {
            export::neighbourhoods::table(&community, store.neighbourhoods(&community.id).await?, now)
        }
        ExportCommand::Release { .. } => newest_release(&*store, &community, now).await?,
    };
    let rows = table.count;
    target.write(format, table, to.bom).await.context(to.output.display())?;
    println!("exported {rows} rows to {}", to.output.display());
    Ok(())
}

async fn all_supports(
    store: &dyn Store,
    community: &Community,
    all: bool,
    now: Timestamp,
) -> Result<Table, CliError> {
    let zone = community.time_zone.as_ref().map_or(jiff::tz::TimeZone::UTC, |zone| zone.rules().clone());
    let today = now.to_zoned(zone).date();
    let supports = store.supports(&community.id).await?;
    let items = supports
        .into_iter()
        .filter(|s| s.merged_into.is_none() && (all || supports::is_listed(s, today)))
        .map(|support| supports::Item { support: Arc::new(support), distance: None, today })
        .collect();
    Ok(supports::table(community, items, all.then(|| "with closed and missing ones".to_owned()), now))
}

async fn newest_release(store: &dyn Store, community: &Community, now: Timestamp) -> Result<Table, CliError> {
    let newest = store.releases(&community.id).await?.into_iter().find(|r| r.recalled.is_none());
    let newest = newest.ok_or_else(|| CliError::new(format!("{} has no release yet", community.id)))?;
    let release = LiveRelease::prepare(newest)?;
    let all = Neighbourhoods::new(store.neighbourhoods(&community.id).await?);
    Ok(export::release::table(community, &release, &all, now)?)
}

/// The files that are written.
struct Target {
    output: PathBuf,
    books: [PathBuf; 2],
    folder: PathBuf,
    force: bool,
}

impl Target {
    fn new(to: &ExportArgs) -> Result<Self, CliError> {
        let output = to.output.clone();
        let wrong = |what: &str| Err(CliError::new(format!("{}: {what}", output.display())));
        let folder = match output.parent() {
            Some(folder) if folder.as_os_str().is_empty() => PathBuf::from("."),
            Some(folder) => folder.to_owned(),
            None => return wrong("is not a file"),
        };
        if output.is_dir() {
            return wrong("is a folder; give a file");
        }
        if !folder.is_dir() {
            return wrong("its folder is not there");
        }
        let books = ["codebook.json", "codebook.md"].map(|ending| output.with_extension(ending));
        for path in std::iter::once(&output).chain(&books).filter(|_| !to.force) {
            if path.exists() {
                return Err(CliError::new(format!(
                    "{}: is there already; --force replaces it",
                    path.display()
                )));
            }
        }
        Ok(Self { output, books, folder, force: to.force })
    }

    /// Writes beside the target and puts it into place when it is whole.
    async fn write(&self, format: Format, table: Table, bom: bool) -> Result<(), export::ExportError> {
        let mut json = serde_json::to_vec_pretty(&codebook(&table)).map_err(std::io::Error::from)?;
        json.push(b'\n');
        let books = [json, codebook_text(&table).into_bytes()];
        let bar = progress(table.count);
        let counted = bar.clone();
        let data = self.temporary()?;
        let written =
            export::write_file(format, table.watched(move || counted.inc(1)), bom, data.path()).await;
        bar.finish_and_clear();
        written?;
        for (path, bytes) in self.books.iter().zip(books) {
            let mut file = self.temporary()?;
            file.write_all(&bytes)?;
            self.put(file, path)?;
        }
        self.put(data, &self.output)
    }

    fn temporary(&self) -> std::io::Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".stead-").permissions(Permissions::from_mode(0o666)).tempfile_in(&self.folder)
    }

    fn put(&self, file: NamedTempFile, path: &Path) -> Result<(), export::ExportError> {
        file.as_file().sync_all()?;
        let put = if self.force { file.persist(path) } else { file.persist_noclobber(path) };
        put.map(drop).map_err(|e| e.error.into())
    }
}

fn progress(rows: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} rows {elapsed}");
    ProgressBar::new(rows as u64).with_style(style.expect("a constant template"))
}
