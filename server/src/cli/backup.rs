//! `stead backup` and `stead restore`: everything in the database as one file, the same for both engines.
//!
//! The file is a zip of `stead-backup.json`, which says what it is, and `rows.jsonl`, a row a line. The
//! installation's secret is not in it.

use std::fs::File;
use std::io::{self, BufRead as _, BufReader, BufWriter, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::{Deserialize, Serialize};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::{CliError, Context as _};
use crate::ambient::Ambient;
use crate::store::{self, BackupRow, BackupSource, Restored, Store};

const ABOUT: &str = "stead-backup.json";
const ROWS: &str = "rows.jsonl";
/// The form of the file that this program writes and reads.
const FORM: u32 = 1;

/// What a backup says of itself.
#[derive(Debug, Serialize, Deserialize)]
struct About {
    form: u32,
    program: String,
    made_at: String,
    rows: u64,
}

/// What to back up.
#[derive(Debug, Args)]
pub struct BackupArgs {
    /// The new file; readable by its owner alone.
    file: PathBuf,
    /// Only what no restore may forget: who was erased and who entered which release, as hashes, and the privacy
    /// ledger with its releases and recalls. Keep a fresh copy of it elsewhere, for --erasures.
    #[arg(long)]
    erasures_only: bool,
}

/// What to restore.
#[derive(Debug, Args)]
pub struct RestoreArgs {
    /// A backup.
    file: PathBuf,
    /// A newer backup, whole or of the erasures only: who withdrew until then stays gone, and what was spent of the
    /// privacy budget stays spent.
    #[arg(long, value_name = "FILE")]
    erasures: Option<PathBuf>,
}

/// Backs up; people may go on writing meanwhile.
///
/// # Errors
/// When the file is there already or cannot be written.
pub async fn backup(args: BackupArgs, store: &dyn Store) -> Result<(), CliError> {
    let BackupArgs { file, erasures_only } = args;
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Readable by its owner alone, and under its name only when it is whole.
    let new = tempfile::NamedTempFile::new_in(folder).context(folder.display())?;
    let mut zip = ZipWriter::new(BufWriter::new(new));
    let options = SimpleFileOptions::default().large_file(true);
    zip.start_file(ROWS, options)?;
    let mut rows = 0;
    let mut write = |row| {
        rows += 1;
        serde_json::to_writer(&mut zip, &row)?;
        zip.write_all(b"\n")
    };
    if erasures_only {
        for row in store.never_forgotten().await? {
            write(row)?;
        }
    } else {
        store.dump(&mut write).await?;
    }
    let about = About {
        form: FORM,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: Ambient::system().now().to_string(),
        rows,
    };
    zip.start_file(ABOUT, options)?;
    serde_json::to_writer_pretty(&mut zip, &about)?;
    let new = zip.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
    new.as_file().sync_all()?;
    new.persist_noclobber(&file).map_err(|e| e.error).context(file.display())?;
    println!("{rows} rows are in {}", file.display());
    Ok(())
}

/// The rows of a backup, read from a copy that has no name; an error when there are not as many as it says.
fn rows_of(path: &Path) -> Result<(About, BackupSource), CliError> {
    let file = File::open(path).context(path.display())?;
    let mut archive = ZipArchive::new(BufReader::new(file)).context(path.display())?;
    let about: About = serde_json::from_reader(archive.by_name(ABOUT).context(path.display())?)
        .context(format!("{}: {ABOUT}", path.display()))?;
    if about.form != FORM {
        let of = format!("{} is of form {}, and this program reads form {FORM}", path.display(), about.form);
        return Err(CliError::new(of));
    }
    let mut copy = tempfile::tempfile().context("a temporary file")?;
    io::copy(&mut archive.by_name(ROWS).context(path.display())?, &mut copy).context(path.display())?;
    copy.rewind()?;
    let mut lines = BufReader::new(copy).lines();
    let (mut found, mut missing, expected) = (0, false, about.rows);
    let rows = std::iter::from_fn(move || match lines.next() {
        Some(line) => {
            found += 1;
            Some(line.and_then(|line| Ok(serde_json::from_str::<BackupRow>(&line)?)))
        }
        None if found == expected || missing => None,
        None => {
            missing = true;
            Some(Err(io::Error::other(format!("it has {found} of {expected} rows"))))
        }
    });
    Ok((about, Box::new(rows)))
}

/// What a newer backup, whole or of the erasures only, has of what no restore may forget.
fn newer_of(path: &Path) -> Result<Vec<BackupRow>, CliError> {
    let (_, rows) = rows_of(path)?;
    store::never_forgotten_of(rows).context(path.display())
}

/// Restores into the embedded database, whose files of before are put aside, or into an empty database at `url`.
///
/// # Errors
/// When the backup cannot be read to its end; everything is as it was then.
pub async fn restore(args: RestoreArgs, url: Option<String>, data_dir: &Path) -> Result<(), CliError> {
    let RestoreArgs { file, erasures } = args;
    let mut newer = erasures.as_deref().map(newer_of).transpose()?.unwrap_or_default();
    let known = erasures.is_some();
    let Some(url) = url else {
        let database = data_dir.join("stead.db");
        let had_one = database.exists();
        if had_one {
            let old = store::open(&address(&database)).await?;
            newer.extend(old.never_forgotten().await?);
            old.close().await;
        }
        let aside = put_aside(&database)?;
        let restored = fill(&file, &address(&database), newer, had_one || known).await;
        if restored.is_err() {
            put_back(&database, aside.as_deref())?;
        } else if let Some(aside) = aside {
            println!("The database of before is {}: delete it when all is well.", aside.display());
        }
        return restored;
    };
    fill(&file, &url, newer, known).await
}

async fn fill(file: &Path, url: &str, newer: Vec<BackupRow>, known: bool) -> Result<(), CliError> {
    let (about, rows) = rows_of(file)?;
    let store = store::open(url).await?;
    let restored = store.load(rows, newer).await.context(file.display());
    store.close().await;
    let Restored { rows, erased, charged, released, recalled, .. } = restored?;
    println!("{rows} rows of {} are restored; {erased} erased since were erased again", about.made_at);
    if known {
        println!(
            "Of the privacy budget {charged} charges since stay spent; {released} releases and {recalled} recalls \
             since are here."
        );
    } else {
        println!(
            "Nothing here tells who withdrew after the backup was made, nor what was released, called back or \
             spent of the privacy budget since: if a newer backup is anywhere, restore again with --erasures. If \
             none is, make no release before a year has passed since the last one that anybody knows of."
        );
    }
    println!("Everybody signs in again; restart the servers.");
    Ok(())
}

fn address(database: &Path) -> String {
    format!("sqlite:{}", database.display())
}

/// The file and its companions.
fn companions(database: &Path) -> [PathBuf; 3] {
    ["", "-wal", "-shm"].map(|ending| {
        let mut name = database.as_os_str().to_owned();
        name.push(ending);
        PathBuf::from(name)
    })
}

/// Renames the database that is there; its new name.
fn put_aside(database: &Path) -> Result<Option<PathBuf>, CliError> {
    if !database.exists() {
        return Ok(None);
    }
    let moment = Ambient::system().now().strftime("%Y%m%dT%H%M%S").to_string();
    let aside = database.with_file_name(format!("before-restore-{moment}.db"));
    for (from, to) in companions(database).iter().zip(companions(&aside)) {
        if from.exists() {
            std::fs::rename(from, &to).context(to.display())?;
        }
    }
    Ok(Some(aside))
}

/// Removes what was begun, and gives the database of before its name again.
fn put_back(database: &Path, aside: Option<&Path>) -> Result<(), CliError> {
    for begun in companions(database) {
        if begun.exists() {
            std::fs::remove_file(&begun).context(begun.display())?;
        }
    }
    let Some(aside) = aside else { return Ok(()) };
    for (from, to) in companions(aside).iter().zip(companions(database)) {
        if from.exists() {
            std::fs::rename(from, &to).context(to.display())?;
        }
    }
    Ok(())
}
