//! Gi, Gi* and local Moran's I, unit by unit.

use engine::random::Random;
use engine::stats::cautions::{Caution, cautions};
use engine::stats::exact::{ExactError, exact_test};
use engine::stats::getis_ord::{Scaling, Statistic, getis_ord};
use engine::stats::moran::{Variance, global_moran, local_moran};
use engine::stats::permutation::permutation_test;
use engine::stats::significance::{Adjusted, benjamini_hochberg, benjamini_yekutieli, signed_bin};
use engine::stats::tails::Tails;
use engine::stats::weights::Weights;

use super::neighbours::{self, Neighbours};
use super::table::{Field, Table};
use super::units::Units;
use super::{AnalyseArgs, MoranScale, Stat};
use crate::cli::CliError;

/// The level that corrected probabilities are compared with.
const LEVEL: f64 = 0.05;

/// The numbers of each unit.
struct Row {
    /// Lag and ratio, or statistic, expectation and variance.
    own: Vec<Option<f64>>,
    z: Option<f64>,
    p: Option<f64>,
    quadrant: Option<u8>,
}

pub(super) fn table(args: &AnalyseArgs) -> Result<Table, CliError> {
    let units = Units::read(args)?;
    let values = units.numbers(args.needed(args.value.as_deref(), "--value")?)?;
    let Neighbours { weights, note } = neighbours::weights(args, &units)?;
    let scaling = if args.row_standardised { Scaling::RowStandardised } else { Scaling::AsGiven };
    let rows = match args.stat {
        Stat::LocalMoran => moran(&values, &weights, scaling, args.moran_scale)?,
        Stat::Gi => getis(&values, &weights, Statistic::Gi, scaling)?,
        _ => getis(&values, &weights, Statistic::GiStar, scaling)?,
    };
    let simulated = Simulated::new(args, &values, &weights)?;
    let p: Vec<Option<f64>> = match &simulated.exact {
        Some(exact) if args.exact => {
            rows.iter().zip(exact).map(|(row, tails)| on_its_side(row, *tails)).collect()
        }
        _ => rows.iter().map(|row| row.p).collect(),
    };
    let adjusted = if args.strict { benjamini_yekutieli(&p) } else { benjamini_hochberg(&p) };

    let mut header = vec!["id", "value"];
    header.extend_from_slice(match args.stat {
        Stat::LocalMoran => &["i", "expected", "variance", "z", "p", "q", "quadrant"],
        _ => &["lag", "g", "z", "p", "q", "bin"],
    });
    header.extend(simulated.permutation.as_ref().map(|_| "p_permutation"));
    header.extend(simulated.exact.as_ref().map(|_| "p_exact"));
    let mut table = Table::new(&header);
    for (unit, row) in rows.iter().enumerate() {
        let q = adjusted.q[unit];
        let mut fields = vec![Field::Text(&units.units[unit].id), Field::Number(values[unit])];
        fields.extend(row.own.iter().map(|number| Field::Missing(*number)));
        fields.extend([Field::Missing(row.z), Field::Missing(row.p), Field::Missing(q)]);
        fields.push(match (args.stat, row.z, q) {
            (Stat::LocalMoran, ..) => row.quadrant.map_or(Field::Missing(None), |q| Field::Whole(q.into())),
            (_, Some(z), Some(q)) => Field::Whole(signed_bin(z, q).into()),
            _ => Field::Whole(0),
        });
        for tails in [&simulated.permutation, &simulated.exact].into_iter().flatten() {
            fields.push(Field::Missing(tails[unit].map(Tails::two_sided)));
        }
        table.push(fields);
    }
    table.notes.extend(note);
    table.notes.extend(notes(args, &values, &weights, &adjusted));
    table.notes.extend(simulated.note);
    if args.stat == Stat::LocalMoran {
        table.notes.extend(weak_structure(args, &values, &weights, scaling)?);
    }
    Ok(table)
}

fn getis(
    values: &[f64],
    weights: &Weights,
    statistic: Statistic,
    scaling: Scaling,
) -> Result<Vec<Row>, CliError> {
    let found = getis_ord(values, weights, statistic, scaling)?;
    let row = |unit: &engine::stats::getis_ord::LocalG| Row {
        own: vec![Some(unit.lag()), unit.ratio()],
        z: unit.z(),
        p: unit.p(),
        quadrant: None,
    };
    Ok(found.iter().map(row).collect())
}

fn moran(
    values: &[f64],
    weights: &Weights,
    scaling: Scaling,
    scale: MoranScale,
) -> Result<Vec<Row>, CliError> {
    let variance = match scale {
        MoranScale::Sample => Variance::Sample,
        MoranScale::Population => Variance::Population,
    };
    let row = |unit: Option<engine::stats::moran::LocalMoran>| Row {
        own: vec![unit.map(|unit| unit.i), unit.map(|unit| unit.expected), unit.map(|unit| unit.variance)],
        z: unit.and_then(|unit| unit.z),
        p: unit.and_then(|unit| unit.p),
        quadrant: unit.map(|unit| unit.quadrant.into()),
    };
    Ok(local_moran(values, weights, scaling, variance)?.into_iter().map(row).collect())
}

/// Twice the exact probability of a neighbours' sum as far out on the side of the unit's score. A unit whose own
/// number and whose neighbours disagree, as Gi* may have it, is not significant; of local Moran's I, whose sign says
/// only whether they agree, it is the smaller tail.
fn on_its_side(row: &Row, tails: Option<Tails>) -> Option<f64> {
    let (z, tails) = (row.z?, tails?);
    if row.quadrant.is_some() {
        return Some(tails.two_sided());
    }
    Some((2.0 * if z > 0.0 { tails.upper } else { tails.lower }).min(1.0))
}

/// Probabilities that do not lean on the normal distribution, where asked for.
struct Simulated {
    permutation: Option<Vec<Option<Tails>>>,
    exact: Option<Vec<Option<Tails>>>,
    note: Option<String>,
}

impl Simulated {
    fn new(args: &AnalyseArgs, values: &[f64], weights: &Weights) -> Result<Self, CliError> {
        if args.permutations.is_none() && !args.exact {
            return Ok(Self { permutation: None, exact: None, note: None });
        }
        let shuffled = |n| permutation_test(values, weights, n, &mut Random::new(args.seed));
        let permutation = args.permutations.map(shuffled).transpose()?;
        let (exact, note) = match exact_test(values, weights) {
            Ok(exact) => (Some(exact), None),
            Err(ExactError::Values(why)) => return Err(why.into()),
            Err(why) if args.exact => return Err(CliError::new(format!("--exact: {why}"))),
            Err(why) => (None, Some(format!("no exact probabilities: {why}"))),
        };
        Ok(Self { permutation, exact, note })
    }
}

/// What readers should know before they believe a number.
fn notes(args: &AnalyseArgs, values: &[f64], weights: &Weights, adjusted: &Adjusted) -> Vec<String> {
    let mut notes = Vec::new();
    let islands = weights.islands().len();
    if islands > 0 {
        notes.push(format!("{islands} of {} units have no neighbours and are not tested", values.len()));
    }
    for caution in cautions(values, weights) {
        let better = match caution {
            Caution::Skewed { .. } if !args.exact => {
                "; --exact gives better p and q of counts, --permutations better p of other values"
            }
            _ => "",
        };
        notes.push(caution.with_meaning(args.exact) + better);
    }
    if let Some(permutations) = args.permutations {
        #[expect(clippy::cast_precision_loss, reason = "numbers of units stay far below 2^53")]
        let needed = 2.0 * adjusted.tested as f64 / LEVEL;
        if f64::from(permutations.get()) + 1.0 < needed {
            notes.push(format!(
                "{permutations} permutations cannot make a single one of {} units significant after correction; \
                 that takes {needed:.0}. q comes from {}",
                adjusted.tested,
                if args.exact { "exact probabilities" } else { "the normal distribution" }
            ));
        }
    }
    notes
}

/// Local results mean less where there is no global structure.
fn weak_structure(
    args: &AnalyseArgs,
    values: &[f64],
    weights: &Weights,
    scaling: Scaling,
) -> Result<Option<String>, CliError> {
    let permutations = args.permutations.unwrap_or(std::num::NonZeroU32::new(999).expect("not zero"));
    let found = global_moran(values, weights, scaling, permutations, &mut Random::new(args.seed))?;
    Ok(found.map(|global| {
        let p = global.tails.two_sided();
        let strength = if p > LEVEL { "weak global structure: " } else { "" };
        format!("{strength}global Moran's I is {:.4} (permutation p {p:.4})", global.i)
    }))
}
