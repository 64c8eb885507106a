//! What a release says of neighbourhoods beyond where most was mapped, as features.

use engine::neighbourhood::Neighbourhoods;
use engine::privacy::aggregate::KINDS;
use engine::privacy::measures::{MeasureTable, Measured, quality, relative};
use engine::privacy::profile::{Interval, Opportunity, Profile, Standing};
use jiff::ToSpan as _;
use jiff::civil::Date;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::live::{LiveRelease, Profiles};

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
pub(super) fn profile_rows(profiles: &Profiles) -> Rows {
    let rows = profiles.rows.iter().map(|row| (row.unit, properties(row))).collect();
    Rows { n_tested: profiles.n_tested, rows }
}

/// The Monday on or before a day.
pub(super) fn monday_of(day: Date) -> Date {
    day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days())
}

fn properties(row: &Profile) -> Value {
    let valence = || row.valence.map(|valence| (hundred(valence), "valence"));
    let shown = row.index.map(|index| (index, "index")).or_else(valence);
    // What is too vague to be compared is no value.
    let shown = shown.filter(|_| row.standing != Standing::NotEnough);
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
