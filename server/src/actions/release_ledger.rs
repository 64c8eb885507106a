//! What releases and snapshots cost, written down before any noise is drawn, and how many anybody may enter.

use std::collections::HashMap;
use std::sync::Mutex;

use engine::privacy::accounting::Rho;
use engine::privacy::calendar;
use engine::privacy::ledger::{self, Charge, Entry, Layer, LedgerRefusal, Request, Spend, lifetime_releases};
use engine::{CommunityId, ParticipantId, ReleaseId};
use jiff::Timestamp;

use super::code::code;
use super::no_release::NoRelease;
use crate::ambient::Ambient;
use crate::store::{Charged, LedgerRow, Store, StoreError};

/// How many releases anybody may enter without a renewed agreement.
///
/// # Errors
/// When the store failed, or the ledger is damaged.
pub async fn most_releases(store: &dyn Store, id: &CommunityId) -> Result<u32, StoreError> {
    let ledger = entries(&store.ledger(id).await?);
    let ledger = ledger.map_err(|why| StoreError::Damaged { what: "ledger", why })?;
    Ok(lifetime_releases(&ledger))
}

/// How many releases who may enter.
pub(super) struct Limits {
    entered: HashMap<ParticipantId, u32>,
    renewed: HashMap<ParticipantId, u32>,
    most: u32,
}

impl Limits {
    pub(super) async fn read(store: &dyn Store, id: &CommunityId, most: u32) -> Result<Self, StoreError> {
        let (entered, renewed) = (store.releases_entered(id).await?, store.renewals(id).await?);
        Ok(Self { entered, renewed, most })
    }

    /// As [`crate::store::Releases::enter_release`] decides it once more when it writes.
    pub(super) fn may_enter(&self, who: ParticipantId) -> bool {
        let of = |counts: &HashMap<ParticipantId, u32>| counts.get(&who).copied().unwrap_or_default();
        of(&self.entered) < of(&self.renewed).saturating_add(self.most)
    }
}

/// Puts a request into the ledger if its rules allow it; also how many releases anybody may enter then.
pub(super) async fn charge(
    store: &dyn Store,
    ambient: &Ambient,
    community: &CommunityId,
    request: &Request,
) -> Result<(Charge, u32), NoRelease> {
    let rows: Vec<LedgerRow> = request.spends.iter().map(|spend| row(ambient, request, spend)).collect();
    let judge = |entries: &[Entry]| {
        Ok::<_, LedgerRefusal>((ledger::charge(entries, request)?, lifetime_releases(entries)))
    };
    judged(store, community, &rows, request, &judge).await
}

/// Writes rows into the ledger if it is time and the judge, who sees what is in it, allows them.
pub(super) async fn judged<T: Send, E: std::fmt::Display>(
    store: &dyn Store,
    community: &CommunityId,
    rows: &[LedgerRow],
    request: &Request,
    judge: &(dyn Fn(&[Entry]) -> Result<T, E> + Sync),
) -> Result<T, NoRelease> {
    // The rule runs inside the store's exclusive transaction and leaves what it grants here.
    let granted = Mutex::new(None);
    let not_due = Mutex::new(false);
    let rule = |existing: &[LedgerRow]| {
        let entries = entries(existing)?;
        calendar::due(&entries, request).map_err(|refusal| {
            *not_due.lock().expect("nobody panics while holding it") = true;
            refusal.to_string()
        })?;
        let leave = judge(&entries).map_err(|refusal| refusal.to_string())?;
        *granted.lock().expect("nobody panics while holding it") = Some(leave);
        Ok(())
    };
    match store.charge(community, rows, &rule).await? {
        Charged::Refused(why) if not_due.into_inner().expect("nobody panicked") => {
            Err(NoRelease::NotDue(why))
        }
        Charged::Refused(why) => Err(NoRelease::Budget(why)),
        Charged::Accepted => {
            let leave = granted.into_inner().expect("nobody panics while holding it");
            Ok(leave.expect("the store accepts only what the rule allowed"))
        }
    }
}

fn row(ambient: &Ambient, request: &Request, spend: &Spend) -> LedgerRow {
    let whole = |n: u64| i64::try_from(n).expect("sensitivities, sigmas and costs are small");
    LedgerRow {
        id: ambient.id(),
        release: ReleaseId(request.release),
        layer: layer_name(spend.layer).to_owned(),
        sensitivity_squared: whole(spend.sensitivity_squared),
        sigma: whole(spend.sigma.get()),
        rho_billionths: whole(spend.rho().billionths()),
        domain: request.domain,
        code: code(),
        on_demand: request.on_demand,
        at: Timestamp::from_microsecond(request.at).expect("it came from a timestamp"),
    }
}

pub(super) fn entries(rows: &[LedgerRow]) -> Result<Vec<Entry>, String> {
    rows.iter().map(entry).collect()
}

fn entry(row: &LedgerRow) -> Result<Entry, String> {
    let damaged = |what: &str| format!("ledger row {} has a damaged {what}; nothing is released", row.id);
    let whole = |n: i64, what| u64::try_from(n).map_err(|_| damaged(what));
    Ok(Entry {
        release: row.release.0,
        layer: LAYERS
            .into_iter()
            .find(|layer| layer_name(*layer) == row.layer)
            .ok_or_else(|| damaged("layer"))?,
        sensitivity_squared: whole(row.sensitivity_squared, "sensitivity")?,
        sigma: whole(row.sigma, "sigma")?,
        rho: Rho::from_billionths(whole(row.rho_billionths, "cost")?),
        domain: row.domain,
        at: row.at.as_microsecond(),
        on_demand: row.on_demand,
    })
}

const LAYERS: [Layer; 6] = [
    Layer::StartGate,
    Layer::Cells,
    Layer::Neighbourhoods,
    Layer::Totals,
    Layer::Activities,
    Layer::Snapshot,
];

pub(super) fn layer_name(layer: Layer) -> &'static str {
    match layer {
        Layer::StartGate => "start_gate",
        Layer::Cells => "cells",
        Layer::Neighbourhoods => "neighbourhoods",
        Layer::Totals => "totals",
        Layer::Activities => "activities",
        Layer::Snapshot => "snapshot",
    }
}
