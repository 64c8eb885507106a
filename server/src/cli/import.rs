//! `stead import`: public data, an earlier study's places, and the basemap.

use std::fmt::Write as _;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Subcommand;
use engine::CommunityId;
use indicatif::{ProgressBar, ProgressStyle};

use super::{CliError, Context as _};
use crate::ambient::Ambient;
use crate::import::{self, Format, Mapping, Options, PlacesOptions};
use crate::secret::Secret;
use crate::store::Store;

/// What can be imported.
#[derive(Debug, Subcommand)]
pub enum ImportCommand {
    /// Supports; importing again updates and never duplicates.
    Supports {
        /// An OpenStreetMap extract, GeoJSON, HSDS (JSON, or a folder or zip of CSV tables), a folder of Ohana
        /// tables, or one CSV table.
        file: PathBuf,
        /// The community.
        #[arg(long, value_name = "C")]
        community: CommunityId,
        /// The file's format, if neither its ending nor its content says it.
        #[arg(long)]
        format: Option<Format>,
        /// For a CSV table: the JSON or TOML file that says which column is what, such as
        /// `{"columns": {"id": "Nr", "name": "Nimi", "latitude": "Laius", "longitude": "Pikkus"}}`.
        #[arg(long, value_name = "FILE")]
        mapping: Option<PathBuf>,
        /// Whose records these are, if they do not say it: a second directory of the same format needs a name of
        /// its own, or the first one's records are marked as missing.
        #[arg(long, value_name = "NAME")]
        source: Option<String>,
        /// Say what would be done, and write nothing.
        #[arg(long)]
        dry_run: bool,
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
    /// Residents of the neighbourhoods, for access and what-if: a CSV table with the columns neighbourhood and
    /// population, or a GeoJSON grid whose squares or points have a population (docs/import-population.md).
    Population {
        /// The file.
        file: PathBuf,
        /// The community.
        #[arg(long, value_name = "C")]
        community: CommunityId,
    },
    /// An earlier study's places: GeoJSON or a table; importing again adds only what is new.
    Places {
        /// The file.
        file: PathBuf,
        /// The community.
        #[arg(long, value_name = "C")]
        community: CommunityId,
        /// The column that tells people apart; what is in it is not stored.
        #[arg(long, value_name = "F")]
        participant_field: Option<String>,
        /// A JSON file that says which column holds what (docs/import-places.md).
        #[arg(long, value_name = "FILE")]
        mapping: Option<PathBuf>,
        /// The text that people agreed to in the study; its hash is kept with their consent.
        #[arg(long, value_name = "FILE")]
        consent_text: Option<PathBuf>,
        /// Says what would happen, and writes nothing.
        #[arg(long)]
        dry_run: bool,
        /// A new file for everybody's return code, to hand out, so that each takes charge of their places.
        #[arg(long, value_name = "FILE", conflicts_with = "dry_run")]
        codes: Option<PathBuf>,
        /// The installation's secret; by default secret.key in the data folder.
        #[arg(long, value_name = "FILE")]
        secret_file: Option<PathBuf>,
    },
    /// Names of streets, parks, rivers and the like, by which people find where they mean; an import of supports from
    /// the same extract brings them, too.
    Gazetteer {
        /// An OpenStreetMap extract, `.osm.pbf`.
        file: PathBuf,
        /// The community.
        #[arg(long, value_name = "C")]
        community: CommunityId,
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
        ImportCommand::Supports { file, community, format, mapping, source, dry_run } => {
            let format = format.or_else(|| Format::of(&file)).ok_or_else(|| {
                CliError::new(format!("{}: the ending names no format: say --format", file.display()))
            })?;
            let mapping = mapping.as_deref().map(read_mapping).transpose()?;
            let options = Options { mapping, source, dry_run };
            let bar = progress(&file);
            let report = import::supports_with(store, &ambient, &community, &file, format, options).await;
            bar.finish_and_clear();
            report.context(file.display())?
        }
        ImportCommand::Neighbourhoods { file, community, name_field } => {
            let field = name_field.as_deref();
            import::neighbourhoods(store, &ambient, &community, &file, field).await.context(file.display())?
        }
        ImportCommand::Population { file, community } => {
            import::population(store, &ambient, &community, &file).await.context(file.display())?
        }
        ImportCommand::Places {
            file,
            community,
            participant_field,
            mapping,
            consent_text,
            dry_run,
            codes,
            secret_file,
        } => {
            let secret = secret_file.unwrap_or_else(|| data_dir.join("secret.key"));
            let read = if dry_run { Secret::at_or_passing } else { Secret::at };
            let secret = read(&secret, &ambient).context(secret.display())?;
            // Opened before anything is written, so that nobody's code is lost to a folder that is not there.
            let codes = codes.map(|path| new_file(&path).map(|file| (path, file))).transpose()?;
            let options = PlacesOptions {
                participant_field: participant_field.as_deref(),
                mapping: mapping.as_deref(),
                consent_text: consent_text.as_deref(),
                dry_run,
            };
            let report = import::places(store, &ambient, &secret, &community, &file, options).await;
            if let (Err(_), Some((path, _))) = (&report, &codes) {
                let _ = std::fs::remove_file(path);
            }
            let report = report.context(file.display())?;
            if let Some((path, mut file)) = codes {
                write_codes(&mut file, &report.codes).context(path.display())?;
            }
            print!("{report}");
            return Ok(());
        }
        ImportCommand::Gazetteer { file, community } => {
            let bar = progress(&file);
            let names = import::gazetteer(store, &community, &file).await;
            bar.finish_and_clear();
            println!("{} names of streets and of what else is on the map", names.context(file.display())?);
            return Ok(());
        }
        ImportCommand::Basemap { file } => {
            let summary = import::basemap(&file, data_dir).context(file.display())?;
            println!("the basemap is in place: {summary}");
            return Ok(());
        }
    };
    print!("{report}");
    Ok(())
}

/// A mapping file: TOML by its ending, else JSON.
fn read_mapping(file: &Path) -> Result<Mapping, CliError> {
    let text = std::fs::read_to_string(file).context(file.display())?;
    let toml = file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
    Mapping::parse(&text, toml).context(file.display())
}

/// A new file that its owner alone may read.
fn new_file(path: &Path) -> Result<File, CliError> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = File::options();
    options.write(true).create_new(true).mode(0o600).open(path).context(path.display())
}

/// Writes everybody's return code as a table that is safe in spreadsheets.
fn write_codes(file: &mut File, codes: &[(String, String)]) -> std::io::Result<()> {
    let mut text = String::from("participant,return_code\r\n");
    for (name, code) in codes {
        let guard = if name.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        let _ = write!(text, "\"{guard}{}\",{code}\r\n", name.replace('"', "\"\""));
    }
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// A sign of life on the terminal; nothing where there is none.
fn progress(file: &Path) -> ProgressBar {
    let style = ProgressStyle::with_template("{spinner} {msg} {elapsed}").expect("a constant template");
    let bar = ProgressBar::new_spinner().with_style(style);
    bar.set_message(format!("reading {}", file.display()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
