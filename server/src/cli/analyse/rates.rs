//! Empirical Bayes rates.

use engine::stats::bayes::{empirical_bayes, spatial_empirical_bayes};

use super::table::{Field, Table};
use super::units::Units;
use super::{AnalyseArgs, neighbours};
use crate::cli::CliError;

pub(super) fn table(args: &AnalyseArgs) -> Result<Table, CliError> {
    let units = Units::read(args)?;
    let events = units.numbers(args.needed(args.events.as_deref(), "--events")?)?;
    let bases = units.numbers(args.needed(args.base.as_deref(), "--base")?)?;
    let (prior, rates) = empirical_bayes(&events, &bases)?;
    let around = args.weights.as_ref().map(|_| neighbours::weights(args, &units)).transpose()?;
    let spatial = match &around {
        Some(around) => Some(spatial_empirical_bayes(&events, &bases, &around.weights)?),
        None => None,
    };
    let mut header = vec!["id", "events", "base", "raw", "kept", "smoothed"];
    header.extend(spatial.as_ref().map(|_| "smoothed_spatial"));
    let mut table = Table::new(&header);
    for (unit, rate) in rates.iter().enumerate() {
        let mut fields = vec![
            Field::Text(&units.units[unit].id),
            Field::Number(events[unit]),
            Field::Number(bases[unit]),
            Field::Missing(rate.map(|rate| rate.raw)),
            Field::Missing(rate.map(|rate| rate.kept)),
            Field::Missing(rate.map(|rate| rate.smoothed)),
        ];
        if let Some(spatial) = &spatial {
            fields.push(Field::Missing(spatial[unit].map(|rate| rate.smoothed)));
        }
        table.push(fields);
    }
    table.notes.extend(around.and_then(|around| around.note));
    if let Some(prior) = prior {
        table.notes.push(format!(
            "the overall rate is {}, the variance between units {}",
            prior.mean, prior.variance
        ));
    }
    Ok(table)
}
