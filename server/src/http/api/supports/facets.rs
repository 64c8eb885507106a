//! How many supports there are of each kind.

use std::collections::BTreeMap;

use engine::filter::SupportFilter;
use engine::find::Found;
use engine::support::{Status, Support};
use serde::Serialize;
use utoipa::ToSchema;

use super::query::{Ground, SupportQuery};

type Counts = BTreeMap<String, usize>;

/// How many supports of each kind would be found, on all pages: with all conditions of the search but the one on that
/// kind itself, so that a number says what choosing it, too, gives. A support of several types or languages counts for
/// each.
#[derive(Debug, Serialize, ToSchema)]
pub struct Facets {
    category: Counts,
    form: Counts,
    support: Counts,
    price: Counts,
    language: Counts,
    /// `open`, `closed` or `unknown`, at the time asked about.
    open: Counts,
    /// On the day asked about.
    status: Counts,
    /// `yes`, `limited`, `no` or `unknown`.
    wheelchair: Counts,
    /// By the identifiers of neighbourhoods; what lies in none, or has no position, is not counted.
    neighbourhood: Counts,
}

impl Facets {
    /// Counts what the search finds.
    pub fn of(query: &SupportQuery, ground: &Ground, found: &Found) -> Self {
        let moment = &query.moment;
        let local = moment.local();
        let hours = |s: &Support| local.zip(ground.directory.index.hours(s.id));
        let open = |s: &Support| match hours(s).and_then(|(at, hours)| hours.state_at(at).known()) {
            Some(true) => "open",
            Some(false) => "closed",
            None => "unknown",
        };
        let home = |s: &Support| ground.neighbourhoods.all.find(s.location?).map(|(_, n)| n.id.to_string());
        let count =
            |asked: bool, clear: &dyn Fn(&mut SupportFilter), names: &dyn Fn(&Support) -> Vec<String>| {
                let wider = asked.then(|| query.with(clear).run(&ground.directory));
                let mut counts = Counts::new();
                for (support, _) in &wider.as_ref().unwrap_or(found).all {
                    for name in names(support) {
                        *counts.entry(name).or_default() += 1;
                    }
                }
                counts
            };
        let f = query.filter();
        Self {
            category: count(!f.categories.is_empty(), &|f| f.categories.clear(), &|s| {
                vec![s.details.category.clone()]
            }),
            form: count(!f.forms.is_empty(), &|f| f.forms.clear(), &|s| {
                vec![s.details.form.as_str().to_owned()]
            }),
            support: count(!f.support.is_empty(), &|f| f.support = <_>::default(), &|s| {
                s.details.support_types.iter().map(|offered| offered.as_str().to_owned()).collect()
            }),
            price: count(f.free.is_some(), &|f| f.free = None, &|s| {
                vec![s.details.price.as_str().to_owned()]
            }),
            language: count(!f.languages.is_empty(), &|f| f.languages.clear(), &|s| {
                s.details.languages.clone()
            }),
            open: count(f.open.is_some(), &|f| f.open = None, &|s| vec![open(s).to_owned()]),
            // Without a condition what is closed for good is not found, but may be asked for.
            status: count(true, &|f| f.statuses = Status::ALL.iter().copied().collect(), &|s| {
                vec![s.status_on(moment.day()).as_str().to_owned()]
            }),
            wheelchair: count(f.accessible.is_some(), &|f| f.accessible = None, &|s| {
                vec![s.details.wheelchair.clone().unwrap_or_else(|| "unknown".to_owned())]
            }),
            neighbourhood: count(
                query.by_neighbourhood,
                // The area of the neighbourhoods comes last.
                &|f| drop(f.within.pop()),
                &|s| home(s).into_iter().collect(),
            ),
        }
    }
}
