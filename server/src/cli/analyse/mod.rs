//! `stead analyse`: the engine's statistics on any file, without a server.

mod density;
mod inside;
mod local;
mod neighbours;
mod rates;
mod table;
mod units;

use std::num::NonZeroU32;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{CliError, Context};
use table::Table;

/// Which statistic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Stat {
    /// Getis and Ord's Gi*, the unit itself counted in.
    GiStar,
    /// Getis and Ord's Gi, the unit itself left out.
    Gi,
    /// Anselin's local Moran's I.
    LocalMoran,
    /// Kernel density on a grid.
    Kde,
    /// Marshall's empirical Bayes rates.
    Eb,
}

/// By what local Moran's I divides its squares.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MoranScale {
    /// By n − 1, as `PySAL` and `GeoDa` do.
    Sample,
    /// By n, as Anselin (1995) and spdep do.
    Population,
}

/// What to compute, on what.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct AnalyseArgs {
    /// Features with numbers as properties.
    #[arg(value_name = "FILE.geojson")]
    file: PathBuf,
    /// The statistic.
    #[arg(long, value_enum)]
    stat: Stat,
    /// The property that holds the value (for kde: what each point counts; without it each counts one).
    #[arg(long, value_name = "FIELD")]
    value: Option<String>,
    /// Who is whose neighbour: queen, rook, knn:K, band:METRES, h3:RINGS, or file: and a table (with columns i, j, w).
    /// A band without METRES is the largest distance from a unit to its nearest, which leaves nobody alone.
    #[arg(long, value_name = "WEIGHTS")]
    weights: Option<String>,
    /// Divides each row of weights by its sum.
    #[arg(long)]
    row_standardised: bool,
    /// Adds permutation probabilities from this many shuffles, and exact ones for whole numbers.
    #[arg(long, value_name = "N")]
    permutations: Option<NonZeroU32>,
    /// Takes q from the exact probabilities of whole numbers, as releases do, rather than from the normal distribution:
    /// better where counts are skewed and neighbours are few. Needs weights of 1.
    #[arg(long)]
    exact: bool,
    /// The seed of the shuffles.
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// The coordinates are metres in a plane, not degrees.
    #[arg(long)]
    planar: bool,
    /// How far apart boundaries may lie and still touch, in metres.
    #[arg(long, value_name = "METRES", default_value_t = 0.1)]
    snap: f64,
    /// The property that identifies a feature; otherwise its id, or its place in the file from 0.
    #[arg(long, value_name = "FIELD")]
    id_field: Option<String>,
    /// Corrects for many tests under any dependence (Benjamini-Yekutieli) instead of Benjamini-Hochberg.
    #[arg(long)]
    strict: bool,
    /// By what local Moran's I divides its squares.
    #[arg(long, value_enum, default_value_t = MoranScale::Sample)]
    moran_scale: MoranScale,
    /// For kde: gaussian, quartic, epanechnikov, triweight or uniform.
    #[arg(long, value_name = "KERNEL", default_value = "gaussian")]
    kernel: String,
    /// For kde: the bandwidth in metres, or a rule for it: scott, robust, standard-distance.
    #[arg(long, value_name = "M|RULE", default_value = "robust")]
    bandwidth: String,
    /// For kde: a wider bandwidth where points are few, a narrower one where there are many (Abramson).
    #[arg(long, conflicts_with = "edge_corrected")]
    adaptive: bool,
    /// For kde: the side of a cell in metres; otherwise a quarter of the bandwidth.
    #[arg(long, value_name = "M")]
    cell: Option<f64>,
    /// For kde with --planar: the south-west corner of the grid.
    #[arg(long, value_name = "X,Y", requires = "size", allow_hyphen_values = true)]
    origin: Option<String>,
    /// For kde: cells across and up.
    #[arg(long, value_name = "COLUMNSxROWS", requires = "origin")]
    size: Option<String>,
    /// For kde: divides by the share of the kernel that lies inside the grid, as if it were the study area (Diggle
    /// 1985); empty where less than 0.3 does.
    #[arg(long)]
    edge_corrected: bool,
    /// For kde with --edge-corrected: polygons that are the study area instead of the grid, with coasts, lakes and
    /// borders, in the same coordinates as FILE. Points outside of it are left out, and without --origin and --size the
    /// grid is as large as it; empty where a cell's centre lies outside, too.
    #[arg(long, value_name = "AREA.geojson", requires = "edge_corrected")]
    inside: Option<PathBuf>,
    /// For eb: the property that counts events.
    #[arg(long, value_name = "FIELD")]
    events: Option<String>,
    /// For eb: the property that holds the population at risk.
    #[arg(long, value_name = "FIELD")]
    base: Option<String>,
    /// Where the table goes; otherwise to standard output.
    #[arg(long, value_name = "F.csv")]
    output: Option<PathBuf>,
}

/// Runs the command. What readers of the numbers should know goes to standard error.
///
/// # Errors
/// Files and values that cannot be used; then nothing is written.
pub fn run(args: &AnalyseArgs) -> Result<(), CliError> {
    let table = match args.stat {
        Stat::GiStar | Stat::Gi | Stat::LocalMoran => local::table(args)?,
        Stat::Kde => density::table(args)?,
        Stat::Eb => rates::table(args)?,
    };
    write(&table, args)
}

fn write(table: &Table, args: &AnalyseArgs) -> Result<(), CliError> {
    for note in &table.notes {
        eprintln!("stead: note: {note}");
    }
    let Some(output) = &args.output else {
        print!("{}", table.text());
        return Ok(());
    };
    // Beside the goal and then renamed: a table is there whole, or not at all.
    let folder = output.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(folder.unwrap_or(std::path::Path::new(".")))
        .context(format!("writing {}", output.display()))?;
    std::io::Write::write_all(&mut file, table.text().as_bytes())
        .context(format!("writing {}", output.display()))?;
    file.persist(output).map_err(|error| error.error).context(format!("writing {}", output.display()))?;
    Ok(())
}

impl AnalyseArgs {
    /// An option that the statistic needs.
    fn needed<'a>(&self, value: Option<&'a str>, option: &str) -> Result<&'a str, CliError> {
        let stat = self.stat.to_possible_value();
        let stat = stat.as_ref().map_or("", |stat| stat.get_name());
        value.ok_or_else(|| CliError::new(format!("--stat {stat} needs {option}")))
    }
}
