//! The ledger allows two releases a year, and no more.

use engine::privacy::accounting::Rho;
use engine::privacy::discrete_gaussian::Sigma;
use engine::privacy::ledger::{
    Entry, GATE_COST, LAYERS_CAP, LIFETIME_CAP, LIFETIME_RELEASES, Layer, LedgerRefusal, RELEASE_CAP,
    Request, Spend, YEAR_MICROSECONDS, charge, has_started, lifetime_releases,
};
use engine::privacy::release::{Plan, gate_spend};
use proptest::prelude::*;
use uuid::Uuid;

const DAY: i64 = 24 * 3_600 * 1_000_000;

fn spend(layer: Layer, sensitivity_squared: u64, sigma: u64) -> Spend {
    Spend { layer, sensitivity_squared, sigma: Sigma::new(sigma).unwrap() }
}

/// The dearest release that there is, without a try of the start gate.
fn layers() -> Vec<Spend> {
    vec![spend(Layer::Cells, 8, 9), spend(Layer::Neighbourhoods, 8, 10), spend(Layer::Totals, 7, 19)]
}

/// A community's first release, in one request.
fn formal() -> Vec<Spend> {
    let mut spends = vec![gate_spend().unwrap()];
    spends.extend(layers());
    spends
}

fn gate() -> Vec<Spend> {
    vec![gate_spend().unwrap()]
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
    record(&mut ledger, &request(2, 184 * DAY, layers())).unwrap();
    let refusal = record(&mut ledger, &request(3, 364 * DAY, layers())).unwrap_err();
    assert_eq!(
        refusal,
        LedgerRefusal::YearCap {
            release: Uuid::from_u128(3),
            spent: Rho::from_billionths(2 * 99_078_008 + 868_056),
            asked: Rho::from_billionths(99_078_008),
            free_at: YEAR_MICROSECONDS,
        }
    );
    assert!(refusal.to_string().contains("cost ρ 0.199024072"), "{refusal}");
    record(&mut ledger, &request(3, 365 * DAY, layers())).unwrap();
    assert_eq!(ledger.len(), 10);
}

#[test]
fn the_caps_leave_each_release_its_try_of_the_gate() {
    assert_eq!(gate_spend().unwrap().rho(), GATE_COST);
    assert_eq!(LAYERS_CAP + GATE_COST, RELEASE_CAP);
    for participants in [300, 2_000, 5_000, i64::MAX] {
        let plan = Plan::formal(participants).unwrap();
        let domain = engine::privacy::domain::Domain::new(
            vec![engine::grid::cell_at(engine::LonLat::new(26.7, 58.4).unwrap(), h3o::Resolution::Eight)],
            vec![Uuid::from_u128(1)],
        )
        .unwrap();
        let rho: Rho = plan.spends(&domain).iter().map(Spend::rho).sum();
        assert!(rho <= LAYERS_CAP, "{participants}: {rho}");
    }
}

#[test]
fn a_try_of_the_gate_that_failed_blocks_neither_release_of_the_year() {
    let mut ledger = Vec::new();
    record(&mut ledger, &request(1, 0, gate())).unwrap();
    // Half a year later it opens, and there are two releases within the year of the try that failed.
    record(&mut ledger, &request(2, 184 * DAY, gate())).unwrap();
    record(&mut ledger, &request(2, 184 * DAY, layers())).unwrap();
    record(&mut ledger, &request(3, 364 * DAY, layers())).unwrap();
    let spent: Rho = ledger.iter().map(|entry| entry.rho).sum();
    assert_eq!(spent.to_string(), "0.199892128");
    assert!(has_started(&ledger));
}

#[test]
fn the_gate_is_tried_twice_a_year_and_never_again_once_it_has_opened() {
    let mut ledger = Vec::new();
    record(&mut ledger, &request(1, 0, gate())).unwrap();
    record(&mut ledger, &request(1, 10 * DAY, gate())).unwrap();
    let refusal = record(&mut ledger, &request(2, 200 * DAY, gate())).unwrap_err();
    let expected = LedgerRefusal::GateTries { release: Uuid::from_u128(2), free_at: YEAR_MICROSECONDS };
    assert_eq!(refusal, expected);
    assert!(refusal.to_string().ends_with("may be made from 1971-01-01"), "{refusal}");
    record(&mut ledger, &request(2, 365 * DAY, gate())).unwrap();
    assert!(!has_started(&ledger));
    record(&mut ledger, &request(2, 365 * DAY, layers())).unwrap();
    let refusal = record(&mut ledger, &request(3, 2_000 * DAY, gate())).unwrap_err();
    assert_eq!(refusal, LedgerRefusal::GateOpen { release: Uuid::from_u128(3) });
    record(&mut ledger, &request(3, 2_000 * DAY, layers())).unwrap();
}

#[test]
fn a_layer_of_a_release_is_drawn_once() {
    let mut ledger = Vec::new();
    record(&mut ledger, &request(1, 0, formal())).unwrap();
    let again = record(&mut ledger, &request(1, 1, vec![spend(Layer::Cells, 1, 100)]));
    assert_eq!(again, Err(LedgerRefusal::LayerAgain { release: Uuid::from_u128(1), layer: Layer::Cells }));
    let twice = [gate(), gate()].concat();
    assert!(matches!(record(&mut ledger, &request(2, 1, twice)), Err(LedgerRefusal::LayerAgain { .. })));
    assert!(matches!(record(&mut ledger, &request(2, 1, vec![])), Err(LedgerRefusal::NothingAsked { .. })));
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
    for (release, spends) in [(0, formal()), (1, layers())] {
        record(&mut ledger, &Request { on_demand: true, ..request(release, 0, spends) }).unwrap();
    }
    assert!(ledger.iter().all(|entry| entry.on_demand));
    assert!(matches!(record(&mut ledger, &request(9, 0, layers())), Err(LedgerRefusal::YearCap { .. })));
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
fn a_lifetime_is_eight_releases_and_fewer_after_more_than_eight_tries_of_the_gate() {
    let tries = |n: i64| -> Vec<Entry> {
        (0..n).flat_map(|n| charge(&[], &request(1, n, gate())).unwrap().entries().to_vec()).collect()
    };
    for (n, expected) in [(0, LIFETIME_RELEASES), (8, 8), (9, 7), (122, 7), (123, 6), (1_000, 0)] {
        assert_eq!(lifetime_releases(&tries(n)), expected, "{n} tries");
    }
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

    #[test]
    fn nobodys_lifetime_costs_more_than_the_cap_whatever_is_tried_and_released(
        steps in prop::collection::vec((0_i64..200, prop::bool::weighted(0.1), 0_u8..4), 1..120),
    ) {
        // Somebody takes part in everything that may be taken part in, as `actions::release` goes about it.
        let (mut ledger, mut entered, mut spent, mut now) = (Vec::<Entry>::new(), 0_u32, Rho::ZERO, 0);
        for (release, (days, opens, kind)) in steps.into_iter().enumerate() {
            now += days * DAY;
            let release = u128::try_from(release).unwrap();
            if entered >= lifetime_releases(&ledger) {
                continue;
            }
            if !has_started(&ledger) {
                if record(&mut ledger, &request(release, now, gate())).is_err() {
                    continue;
                }
                spent = spent + GATE_COST;
                if !opens {
                    continue;
                }
            }
            let spends = match kind {
                // Fewer, cheaper, the formal ones, and the dearest that the ledger allows.
                0 => vec![spend(Layer::Totals, 7, 19)],
                1 => vec![spend(Layer::Cells, 8, 9), spend(Layer::Neighbourhoods, 36, 22)],
                2 => layers(),
                _ => vec![spend(Layer::Cells, 79, 20)],
            };
            let most = lifetime_releases(&ledger);
            if entered < most && record(&mut ledger, &request(release, now, spends.clone())).is_ok() {
                entered += 1;
                spent = spent + spends.iter().map(Spend::rho).sum();
            }
            prop_assert!(spent <= LIFETIME_CAP, "{spent} after {entered} releases");
        }
        prop_assert!(entered <= LIFETIME_RELEASES);
    }
}
