//! `stead import`: public data, and the basemap.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Subcommand;
use engine::CommunityId;
use indicatif::{ProgressBar, ProgressStyle};

use super::{CliError, Context as _};
use crate::ambient::Ambient;
use crate::import::{self, Format};
use crate::store::Store;

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Supports; importing again updates and never duplicates.
    Supports {
        /// An OpenStreetMap extract or GeoJSON.
        file: PathBuf,
        /// The community.
        #[arg(long, value_name = "C")]
        community: CommunityId,
        /// The file's format, if its ending does not say it.
        #[arg(long)]
        format: Option<Format>,
    },
    /// Neighbourhoods: GeoJSON polygons with names.
    Neighbourhoods {
        /// The file.
        file: PathBuf,
        /// The community.
        #[arg(long, value_name = "C")]
        community: CommunityId,
        /// The property that holds the name, if it cannot be guessed.
        #[arg(long, value_name = "F")]
        name_field: Option<String>,
    },
    /// The basemap: a PMTiles archive, served from our own host.
    Basemap {
        /// The archive.
        file: PathBuf,
    },
}

/// Runs an import of data.
///
/// # Errors
/// When the file is not what it should be; nothing is written then.
pub async fn run(command: ImportCommand, store: &dyn Store, data_dir: &Path) -> Result<(), CliError> {
    let ambient = Ambient::system();
    let report = match command {
        ImportCommand::Supports { file, community, format } => {
            let format = format.or_else(|| Format::of(&file)).ok_or_else(|| {
                CliError::new(format!("{}: the ending names no format: say --format", file.display()))
            })?;
            let bar = progress(&file);
            let report = import::supports(store, &ambient, &community, &file, format).await;
            bar.finish_and_clear();
            report.context(file.display())?
        }
        ImportCommand::Neighbourhoods { file, community, name_field } => {
            let field = name_field.as_deref();
            import::neighbourhoods(store, &ambient, &community, &file, field).await.context(file.display())?
        }
        ImportCommand::Basemap { file } => return basemap(&file, data_dir),
    };
    print!("{report}");
    Ok(())
}

/// A sign of life on the terminal; nothing where there is none.
fn progress(file: &Path) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {msg} {elapsed}").expect("a constant template");
    let bar = ProgressBar::new_spinner().with_style(style);
    bar.set_message(format!("reading {}", file.display()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}

/// Copies the archive beside the others, whole or not at all.
fn basemap(file: &Path, data_dir: &Path) -> Result<(), CliError> {
    let mut head = [0; 127];
    fs::File::open(file).and_then(|mut f| f.read_exact(&mut head)).context(file.display())?;
    if &head[..7] != b"PMTiles" || head[7] != 3 {
        return Err(CliError::new(format!("{}: is not a PMTiles archive of version 3", file.display())));
    }
    let half = data_dir.join("basemap.pmtiles.new");
    fs::copy(file, &half).context(format!("copying to {}", half.display()))?;
    fs::rename(&half, data_dir.join("basemap.pmtiles")).context("putting the basemap in place")?;
    println!("the basemap is in place");
    Ok(())
}
