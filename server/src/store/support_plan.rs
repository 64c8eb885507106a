//! What both databases do alike when supports change: which rows to write, and their history.

use std::collections::{HashMap, HashSet};

use engine::support::Support;
use engine::{LonLat, SupportId};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::rows::micros;
use super::{ImportCounts, ImportScope, SupportEdit, SupportMerge, SupportOp};

/// Supports a statement: few statements for a whole town, none of them larger than a few megabytes.
const BATCH: usize = 5_000;
/// The fields with columns of their own; the others are in `more`.
const COLUMNS: [&str; 12] = [
    "location",
    "source",
    "source_id",
    "name",
    "category",
    "support_types",
    "price",
    "opening_hours",
    "address",
    "phone",
    "website",
    "wheelchair",
];
/// What nobody may know of a confidential support, in its history neither.
const SECRET: [&str; 2] = ["location", "address"];

/// Rows to write.
#[derive(Debug, Default)]
pub(super) struct SupportPlan {
    added: Vec<Support>,
    changed: Vec<Support>,
    history: Vec<Value>,
    /// These became confidential: what their history says of where they are goes.
    pub hidden: Vec<SupportId>,
    counts: ImportCounts,
}

/// Who does what, and when.
#[derive(Clone, Copy)]
struct Doing<'a> {
    op: SupportOp,
    who: Option<&'a str>,
    at: Timestamp,
}

impl SupportPlan {
    /// An import: matches by source and source id. Of several with one the last one counts.
    pub(super) fn import(
        stored: Vec<Support>,
        incoming: &[Support],
        scope: &ImportScope,
        at: Timestamp,
    ) -> Self {
        let doing = Doing { op: SupportOp::Import, who: None, at };
        let stored: HashMap<_, _> = stored.into_iter().map(|s| (key(&s), s)).collect();
        let last: HashMap<_, usize> = incoming.iter().enumerate().map(|(i, s)| (key(s), i)).collect();
        let mut kept: Vec<usize> = last.values().copied().collect();
        kept.sort_unstable();
        let mut plan = Self::default();
        for support in kept.into_iter().map(|i| &incoming[i]) {
            let Some(before) = stored.get(&key(support)) else {
                plan.add(support, doing);
                plan.counts.added += 1;
                continue;
            };
            let again = before.imported_again(support);
            if again == *before {
                plan.counts.unchanged += 1;
            } else {
                plan.change(before, again, doing);
                plan.counts.changed += 1;
            }
        }
        plan.hide_namesakes(&stored, incoming, &last, doing);
        if scope.complete {
            let hidden: HashSet<SupportId> = plan.hidden.iter().copied().collect();
            let gone = |s: &&Support| {
                let here = s.missing_since.is_none() && s.merged_into.is_none();
                here && !hidden.contains(&s.id)
                    && s.details.source == scope.source
                    && !last.contains_key(&key(s))
            };
            let mut gone: Vec<&Support> = stored.values().filter(gone).collect();
            gone.sort_unstable_by_key(|s| s.id);
            plan.counts.missing += gone.len();
            for support in gone {
                plan.change(support, Support { missing_since: Some(at), ..support.clone() }, doing);
            }
        }
        plan
    }

    /// What became confidential may come under another identifier than before: with its location, a service of
    /// HSDS loses the identifier of the service there. The old record must not go on saying where it is.
    fn hide_namesakes(
        &mut self,
        stored: &HashMap<(String, String), Support>,
        incoming: &[Support],
        last: &HashMap<(String, String), usize>,
        doing: Doing<'_>,
    ) {
        let secret: HashSet<_> =
            incoming.iter().filter(|s| s.details.confidential).filter_map(namesake).collect();
        let mut left: Vec<&Support> = stored
            .values()
            .filter(|s| !s.details.confidential && !last.contains_key(&key(s)))
            .filter(|s| namesake(s).is_some_and(|name| secret.contains(&name)))
            .collect();
        left.sort_unstable_by_key(|s| s.id);
        for support in left {
            let mut after = support.clone();
            after.details.confidential = true;
            after.missing_since.get_or_insert(doing.at);
            self.counts.missing += usize::from(support.missing_since.is_none());
            self.change(support, after.without_secrets(), doing);
        }
    }

    /// A steward's new record.
    pub(super) fn addition(support: &Support, who: &str) -> Self {
        let mut plan = Self::default();
        plan.add(support, Doing { op: SupportOp::Add, who: Some(who), at: support.updated_at });
        plan
    }

    /// A steward's edit, and the record after it.
    pub(super) fn edit(before: &Support, edit: &SupportEdit) -> (Self, Support) {
        let mut plan = Self::default();
        let after = before.edited(edit.location, edit.details.clone(), edit.at);
        plan.write(before, after.clone(), Doing { op: edit.op, who: Some(&edit.who), at: edit.at });
        (plan, after)
    }

    /// A merger, and the record that stays.
    pub(super) fn merge(from: &Support, into: &Support, merge: &SupportMerge) -> (Self, Support) {
        let mut plan = Self::default();
        let doing = Doing { op: SupportOp::Merge, who: Some(&merge.who), at: merge.at };
        let after = into.filled_from(from, merge.at);
        plan.write(into, after.clone(), doing);
        let mut gone = Support { merged_into: Some(into.id), ..from.clone() };
        gone.details.confidential |= after.details.confidential;
        plan.change(from, gone.without_secrets(), doing);
        (plan, after)
    }

    fn add(&mut self, support: &Support, doing: Doing<'_>) {
        let support = support.clone().without_secrets();
        self.record(None, &support, doing);
        self.added.push(support);
    }

    /// A change that is a version of its own.
    fn change(&mut self, before: &Support, after: Support, doing: Doing<'_>) {
        self.write(before, Support { version: before.version + 1, updated_at: doing.at, ..after }, doing);
    }

    fn write(&mut self, before: &Support, after: Support, doing: Doing<'_>) {
        if after.details.confidential && !before.details.confidential {
            self.hidden.push(after.id);
        }
        self.record(Some(before), &after, doing);
        self.changed.push(after);
    }

    fn record(&mut self, before: Option<&Support>, after: &Support, doing: Doing<'_>) {
        let secret = after.details.confidential;
        self.history.push(json!({
            "support": after.id.0.simple().to_string(), "at": micros(doing.at), "who": doing.who,
            "op": doing.op.as_str(), "before": before.map(|s| told(s, secret)), "after": told(after, secret),
        }));
    }

    /// Whether there is nothing to write.
    pub(super) fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty()
    }

    /// What to tell the importer.
    pub(super) fn counts(&self) -> ImportCounts {
        self.counts
    }

    /// New rows as JSON arrays of objects with the table's columns, identifiers as 32 hexadecimal digits.
    pub(super) fn insertions(&self) -> Vec<String> {
        rows(&self.added)
    }

    /// Changed rows, likewise.
    pub(super) fn updates(&self) -> Vec<String> {
        rows(&self.changed)
    }

    /// Rows of the history, likewise.
    pub(super) fn history(&self) -> Vec<String> {
        self.history.chunks(BATCH).map(|batch| Value::from(batch).to_string()).collect()
    }
}

fn key(support: &Support) -> (String, String) {
    (support.details.source.clone(), support.details.source_id.clone())
}

/// The source, the organisation and the name, as far as case does not matter.
fn namesake(support: &Support) -> Option<(&str, Option<String>, String)> {
    let d = &support.details;
    let name = d.name.as_ref()?.to_lowercase();
    Some((&d.source, d.organisation.as_ref().map(|o| o.to_lowercase()), name))
}

fn told(support: &Support, secret: bool) -> Value {
    let mut fields = support.fields();
    if secret {
        fields.retain(|name, _| !SECRET.contains(&name.as_str()));
    }
    if let Some(since) = support.missing_since {
        fields.insert("missing_since".to_owned(), since.to_string().into());
    }
    if let Some(other) = support.merged_into {
        fields.insert("merged_into".to_owned(), other.to_string().into());
    }
    fields.into()
}

fn rows(supports: &[Support]) -> Vec<String> {
    supports.chunks(BATCH).map(|batch| batch.iter().map(row).collect::<Value>().to_string()).collect()
}

fn row(support: &Support) -> Value {
    let d = &support.details;
    let mut more: Map<String, Value> = support.fields();
    more.retain(|name, _| !COLUMNS.contains(&name.as_str()));
    json!({
        "id": support.id.0.simple().to_string(), "source": d.source, "source_id": d.source_id,
        "lon": support.location.map(LonLat::lon), "lat": support.location.map(LonLat::lat), "name": d.name,
        "category": d.category, "support_types": d.support_types.bits(), "price": d.price.as_str(),
        "opening_hours": d.opening_hours, "address": d.address, "phone": d.phone, "website": d.website,
        "wheelchair": d.wheelchair, "updated_at": micros(support.updated_at), "more": more,
        "curated": support.curated, "missing_since": support.missing_since.map(micros),
        "merged_into": support.merged_into.map(|id| id.0.simple().to_string()), "version": support.version,
    })
}
