//! What a release says of neighbourhoods beyond where most was mapped, as features.

use engine::access::{Offer, day_parts, opportunities};
use engine::hours::State as Open;
use engine::neighbourhood::Neighbourhoods;
use engine::privacy::aggregate::KINDS;
use engine::privacy::measures::{MeasureTable, Measured, quality, relative};
use engine::privacy::profile::{Input, Interval, Opportunity, Profile, profile};
use engine::support::{Price, SupportType};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::live::{Directory, LiveRelease, NeighbourhoodMap};

/// A measure of neighbourhoods: how many were tested, and the properties of each by its id.
pub(super) struct Rows {
    pub(super) n_tested: usize,
    pub(super) rows: Vec<(Uuid, Value)>,
}

/// Participants per 1,000 residents.
pub(super) fn relative_rows(release: &LiveRelease, all: &Neighbourhoods) -> Rows {
    let Some(published) = &release.neighbourhoods else { return Rows { n_tested: 0, rows: Vec::new() } };
    measure_rows(&relative(published, &release.residents(all)))
}

/// How places are experienced.
pub(super) fn quality_rows(release: &LiveRelease) -> Rows {
    let Some(published) = &release.neighbourhoods else { return Rows { n_tested: 0, rows: Vec::new() } };
    measure_rows(&quality(published))
}

fn measure_rows(table: &MeasureTable) -> Rows {
    let row = |row: &Measured| {
        let of = |pick: fn(&engine::privacy::measures::Found) -> f64| row.found.as_ref().map(pick);
        let properties = json!({
            "value": of(|f| f.value), "low": of(|f| f.low), "high": of(|f| f.high), "people": row.people,
            "z": of(|f| f.z), "q": of(|f| f.q), "class": row.class.as_str(),
        });
        (row.unit, properties)
    };
    Rows { n_tested: table.n_tested, rows: table.rows.iter().map(row).collect() }
}

/// The inclusion profile.
pub(super) fn profile_rows(
    release: &LiveRelease,
    map: &NeighbourhoodMap,
    directory: &Directory,
    monday: Date,
) -> Rows {
    let Some(published) = &release.neighbourhoods else { return Rows { n_tested: 0, rows: Vec::new() } };
    let found = opportunities(map.origins(), &offers(directory, monday));
    let of = |id: Uuid| map.all.iter().position(|n| n.id.0 == id).and_then(|at| found.get(at)).copied();
    let opportunity: Vec<_> = published.table().rows().iter().map(|row| of(row.id())).collect();
    // From the published hash: the same release always gives the same profile.
    let seed = u64::from_str_radix(&release.sha256[..16], 16).unwrap_or_default();
    let residents = release.residents(&map.all);
    let input = Input {
        neighbourhoods: published,
        activities: release.activities.as_ref(),
        opportunity: &opportunity,
        residents: &residents,
    };
    let (profiles, n_tested) = profile(input, seed);
    Rows { n_tested, rows: profiles.iter().map(|row| (row.unit, properties(row))).collect() }
}

/// The supports that one can go to, in a week that begins on a Monday.
fn offers(directory: &Directory, monday: Date) -> Vec<Offer> {
    let offer = |support: &engine::support::Support| {
        let at = support.location?;
        let hours = directory.index.hours(support.id).map(|hours| hours.rhythm(monday));
        Some(Offer {
            at,
            types: [
                SupportType::Emotional,
                SupportType::Instrumental,
                SupportType::Informational,
                SupportType::Appraisal,
            ]
            .map(|of| support.details.support_types.contains(of)),
            free: support.details.price == Price::Free,
            open: day_parts(|hour| hours.as_ref().is_some_and(|hours| hours[hour] == Open::Open)),
        })
    };
    directory.index.iter().filter_map(|support| offer(support)).collect()
}

/// The Monday on or before a day.
pub(super) fn monday_of(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}

fn properties(row: &Profile) -> Value {
    let shown =
        row.index.map(|index| (index, "index")).or(row.valence.map(|valence| (hundred(valence), "valence")));
    let kinds = row.kinds.map(|kinds| -> serde_json::Map<String, Value> {
        KINDS.iter().zip(kinds).map(|(kind, share)| ((*kind).to_owned(), interval(share))).collect()
    });
    json!({
        "value": shown.map(|(shown, _)| shown.value), "low": shown.map(|(shown, _)| shown.low),
        "high": shown.map(|(shown, _)| shown.high), "people": row.people, "z": Value::Null, "q": row.q,
        "class": row.standing.as_str(), "value_is": shown.map(|(_, what)| what), "experimental": true,
        "experience": {
            "score": row.experience.map(interval), "valence": row.valence.map(interval), "kinds": kinds,
            "mix": row.mix.map(interval), "diversity": row.diversity.map(interval),
        },
        "opportunity": row.opportunity.as_ref().map(opportunity),
        "index": row.index.map(interval),
    })
}

fn hundred(Interval { value, low, high }: Interval) -> Interval {
    Interval { value: 100.0 * value, low: 100.0 * low, high: 100.0 * high }
}

fn interval(Interval { value, low, high }: Interval) -> Value {
    json!({"value": value, "low": low, "high": high})
}

fn opportunity(found: &Opportunity) -> Value {
    let [emotional, instrumental, informational, appraisal] = found.types;
    json!({
        "emotional": emotional, "instrumental": instrumental, "informational": informational,
        "appraisal": appraisal, "free": found.free, "rhythm": found.rhythm, "mean": found.mean(),
    })
}
