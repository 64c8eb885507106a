//! The suite that a release mechanism has to pass, and proof that it would notice a broken one.
//!
//! [`checks`] judges a mechanism from outside, by what it publishes. The engine has no findings, nor has a
//! [reference](mutants) written here, whose tables are the engine's number for number. Then the reference is
//! broken in nine ways, one at a time, and the suite must find each: a suite that lets a mutant through fails.
//!
//! Bits are repeatable here, as in no release, so that a run is right or wrong for good. Thresholds are fixed
//! in advance: five standard errors, or the bound itself.

#[path = "../bits/mod.rs"]
mod bits;
mod checks;
mod clopper_pearson;
mod databases;
mod mechanism;
mod mutants;

use std::collections::BTreeSet;

use bits::SplitMix;
use checks::{Finding, audit, findings};
use databases::{hostile, small_domain, target_everywhere, town, worst_target};
use engine::privacy::accounting::{DELTA, Rho, epsilon};
use engine::privacy::aggregate::Contribution;
use engine::privacy::domain::Domain;
use engine::privacy::ledger::RELEASE_CAP;
use mechanism::{Engine, Mechanism, Size};
use mutants::{Defect, Reference};

/// Runs on each of two neighbouring databases.
const AUDIT_RUNS: u64 = 1_000_000;
/// Enough to find what is broken by a factor of two.
const MUTANT_RUNS: u64 = 100_000;

#[test]
fn the_engine_passes_every_check() {
    for size in Size::ALL {
        assert_eq!(findings(&Engine { size }), BTreeSet::new(), "{size:?}");
    }
}

#[test]
fn the_reference_publishes_the_engines_numbers_and_passes_too() {
    for size in Size::ALL {
        let reference = Reference { defect: None, size };
        for seed in 0..60 {
            let database = hostile(seed, 6);
            let publish =
                |mechanism: &dyn Mechanism| mechanism.publish(&town(), &database, &mut SplitMix(seed))(0);
            assert_eq!(publish(&Engine { size }), publish(&reference), "database {seed}, {size:?}");
        }
        assert_eq!(findings(&reference), BTreeSet::new(), "{size:?}");
    }
}

#[test]
fn every_mutant_is_found_by_the_check_that_is_there_for_it() {
    let expected = [
        (Defect::HalfTheNoise, Finding::Distribution),
        (Defect::NoBoundOnUnits, Finding::Sensitivity),
        (Defect::PlacesCounted, Finding::Sensitivity),
        (Defect::NoiseOnRequest, Finding::RequestsDiffer),
        (Defect::EmptyUnitsExact, Finding::Zeros),
        (Defect::FloatLaplace, Finding::Lattice),
        (Defect::ValenceUnclamped, Finding::Sensitivity),
        (Defect::SeedReused, Finding::NoiseRepeats),
        (Defect::DomainFromData, Finding::Domain),
    ];
    assert_eq!(expected.map(|(defect, _)| defect), Defect::ALL, "every defect is tried");
    for (defect, finding) in expected {
        for size in Size::ALL {
            let found = findings(&Reference { defect: Some(defect), size });
            let passes = format!("{defect:?} passes as far as {finding:?} goes, {size:?}; found {found:?}");
            assert!(found.contains(&finding), "{passes}");
        }
    }
}

/// The bound of a release, and what one costs.
fn promised() -> f64 {
    epsilon(RELEASE_CAP, DELTA)
}

#[test]
fn a_million_runs_with_and_without_the_worst_participant_stay_within_the_promise() {
    assert!((promised() - 2.14).abs() < 0.005);
    let shown = audit(&Engine { size: Size::Narrow }, &small_domain(), &worst_target(), AUDIT_RUNS);
    assert!(shown <= 2.14, "ε is at least {shown} with 99.9 % confidence");
    // H, N and C cost ρ 0.0991, by which an attacker can show about 1.2 with so many runs. Much less would mean that the
    // audit looks at the wrong numbers.
    assert!(shown > 0.9, "the audit shows {shown} and so finds nothing");
}

#[test]
fn a_participant_in_every_cell_with_impossible_feelings_stays_within_the_promise() {
    for size in Size::ALL {
        let shown = audit(&Engine { size }, &town(), &target_everywhere(), 10_000);
        assert!(shown <= 2.14, "ε is at least {shown} with 99.9 % confidence, {size:?}");
    }
}

#[test]
fn a_release_with_the_numbers_by_kind_stays_within_the_promise_too() {
    let shown = audit(&Engine { size: Size::Wide }, &small_domain(), &worst_target(), AUDIT_RUNS);
    assert!(shown <= 2.14, "ε is at least {shown} with 99.9 % confidence");
    assert!(shown > 0.7, "the audit shows {shown} and so finds nothing");
    let half = Reference { defect: Some(Defect::HalfTheNoise), size: Size::Wide };
    let half = audit(&half, &small_domain(), &worst_target(), MUTANT_RUNS);
    assert!(half > 2.14, "half the noise shows {half}");
}

#[test]
fn a_release_with_the_numbers_by_activity_stays_within_the_promise_too() {
    let shown = audit(&Engine { size: Size::Diverse }, &small_domain(), &worst_target(), AUDIT_RUNS);
    assert!(shown <= 2.14, "ε is at least {shown} with 99.9 % confidence");
    assert!(shown > 0.7, "the audit shows {shown} and so finds nothing");
}

#[test]
fn the_audit_alone_finds_what_breaks_the_bound() {
    let shown = |defect, domain: Domain, target: Vec<Contribution>, runs| {
        audit(&Reference { defect: Some(defect), size: Size::Narrow }, &domain, &target, runs)
    };
    let half = shown(Defect::HalfTheNoise, small_domain(), worst_target(), MUTANT_RUNS);
    assert!(half > 2.14, "half the noise shows {half}");
    for defect in [Defect::NoBoundOnUnits, Defect::PlacesCounted, Defect::ValenceUnclamped] {
        let shown = shown(defect, town(), target_everywhere(), 10_000);
        assert!(shown > 2.14, "{defect:?} shows {shown}");
    }
}

#[test]
fn the_conversion_gives_the_specified_epsilons() {
    for (thousandths, expected) in [(50, 1.47), (100, 2.14), (200, 3.13), (400, 4.60), (800, 6.83)] {
        let found = epsilon(Rho::from_billionths(thousandths * 1_000_000), DELTA);
        assert!((found - expected).abs() <= 0.01, "ρ {thousandths}/1000: {found}, not {expected}");
    }
}
