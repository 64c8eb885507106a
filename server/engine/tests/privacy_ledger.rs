//! The ledger allows two releases a year, and no more.

use engine::privacy::accounting::Rho;
use engine::privacy::discrete_gaussian::Sigma;
use engine::privacy::ledger::{
    Entry, LIFETIME_RELEASES, Layer, LedgerRefusal, Request, Spend, YEAR_MICROSECONDS, charge,
    may_enter_again,
};
use engine::privacy::release::gate_spend;
use proptest::prelude::*;
use uuid::Uuid;

const DAY: i64 = 24 * 3_600 * 1_000_000;

fn spend(layer: Layer, sensitivity_squared: u64, sigma: u64) -> Spend {
    Spend { layer, sensitivity_squared, sigma: Sigma::new(sigma).unwrap() }
}

fn formal() -> Vec<Spend> {
    vec![gate_spend().unwrap(), spend(Layer::Cells, 8, 9), spend(Layer::Neighbourhoods, 8, 10)]
}

fn request(release: u128, at: i64, spends: Vec<Spend>) -> Request {
    Request { release: Uuid::from_u128(release), spends, domain: [0; 32], at, on_demand: false }
}

fn record(ledger: &mut Vec<Entry>, request: &Request) -> Result<(), LedgerRefusal> {
    let charged = charge(ledger, request)?;
    ledger.extend_from_slice(charged.entries());
    Ok(())
}

#[test]
fn two_releases_a_year_fit_and_a_third_does_not() {
    let mut ledger = Vec::new();
    record(&mut ledger, &request(1, 0, formal())).unwrap();
    record(&mut ledger, &request(2, 184 * DAY, formal())).unwrap();
    let refusal = record(&mut ledger, &request(3, 364 * DAY, formal())).unwrap_err();
    assert_eq!(
        refusal,
        LedgerRefusal::YearCap {
            release: Uuid::from_u128(3),
            spent: Rho::from_billionths(2 * 90_250_773),
            asked: Rho::from_billionths(90_250_773),
            free_at: YEAR_MICROSECONDS,
        }
    );
    assert!(refusal.to_string().contains("cost ρ 0.180501546"));
    record(&mut ledger, &request(3, 365 * DAY, formal())).unwrap();
    assert_eq!(ledger.len(), 9);
}

#[test]
fn a_layer_of_a_release_is_drawn_once() {
    let mut ledger = Vec::new();
    record(&mut ledger, &request(1, 0, formal())).unwrap();
    let again = record(&mut ledger, &request(1, 1, vec![spend(Layer::Cells, 1, 100)]));
    assert_eq!(again, Err(LedgerRefusal::LayerAgain { release: Uuid::from_u128(1), layer: Layer::Cells }));
    let twice = vec![gate_spend().unwrap(), gate_spend().unwrap()];
    assert!(matches!(record(&mut ledger, &request(2, 1, twice)), Err(LedgerRefusal::LayerAgain { .. })));
    assert!(matches!(record(&mut ledger, &request(2, 1, vec![])), Err(LedgerRefusal::NothingAsked { .. })));
}

#[test]
fn every_try_of_the_start_gate_is_charged_until_the_release_no_longer_fits() {
    let mut ledger = Vec::new();
    let gate = || vec![gate_spend().unwrap()];
    for attempt in 0..13 {
        record(&mut ledger, &request(1, attempt, gate())).unwrap();
    }
    let layers = formal().split_off(1);
    let refusal = record(&mut ledger, &request(1, 20, layers.clone())).unwrap_err();
    assert!(matches!(refusal, LedgerRefusal::ReleaseCap { spent, .. } if spent.billionths() == 13 * 868_056));
    ledger.truncate(1);
    record(&mut ledger, &request(1, 20, layers)).unwrap();
}

#[test]
fn too_little_noise_is_refused_whatever_the_ledger_holds() {
    let refusal = charge(&[], &request(1, 0, vec![spend(Layer::Cells, 8, 4)])).unwrap_err();
    assert_eq!(
        refusal.to_string(),
        "release 00000000-0000-0000-0000-000000000001 has cost ρ 0.000000000 and asks for 0.250000000 more; \
         a release may cost 0.100000000"
    );
}

#[test]
fn releases_out_of_turn_are_charged_like_any_other() {
    let mut ledger = Vec::new();
    for release in 0..2 {
        record(&mut ledger, &Request { on_demand: true, ..request(release, 0, formal()) }).unwrap();
    }
    assert!(ledger.iter().all(|entry| entry.on_demand));
    assert!(matches!(record(&mut ledger, &request(9, 0, formal())), Err(LedgerRefusal::YearCap { .. })));
}

#[test]
fn a_ledger_survives_its_json() {
    let mut ledger = Vec::new();
    record(&mut ledger, &request(1, 7, formal())).unwrap();
    let json = serde_json::to_string(&ledger).unwrap();
    assert!(json.contains(r#""layer":"start_gate","sensitivity_squared":1,"sigma":24,"rho":868056"#));
    assert_eq!(serde_json::from_str::<Vec<Entry>>(&json).unwrap(), ledger);
}

#[test]
fn a_lifetime_is_eight_releases() {
    assert!(may_enter_again(LIFETIME_RELEASES - 1));
    assert!(!may_enter_again(LIFETIME_RELEASES));
}

proptest! {
    #[test]
    fn no_year_ever_costs_more_than_the_cap(
        wishes in prop::collection::vec((0_u128..40, 0_i64..1_500, 8_u64..40, 8_u64..40), 1..80),
    ) {
        let mut ledger: Vec<Entry> = Vec::new();
        for (release, day, cells, neighbourhoods) in wishes {
            let spends = vec![spend(Layer::Cells, 8, cells), spend(Layer::Neighbourhoods, 8, neighbourhoods)];
            // Clocks may run backwards: the days are in no order.
            let wish = request(release, day * DAY, spends);
            if let Err(LedgerRefusal::YearCap { free_at, .. }) = record(&mut ledger, &wish) {
                prop_assert!(free_at > wish.at);
                let later = Request { at: free_at, ..wish };
                prop_assert!(charge(&ledger, &later).is_ok());
            }
        }
        for entry in &ledger {
            let from = entry.at - YEAR_MICROSECONDS;
            let year: u64 = ledger.iter().filter(|e| from < e.at && e.at <= entry.at).map(|e| e.rho.billionths()).sum();
            prop_assert!(year <= 200_000_000);
            let own: u64 = ledger.iter().filter(|e| e.release == entry.release).map(|e| e.rho.billionths()).sum();
            prop_assert!(own <= 100_000_000);
        }
    }
}
