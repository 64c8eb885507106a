//! Planted neighbourhoods stand where they were planted, and equal ones nowhere.

use super::*;

const MIDDLE: Opportunity = Opportunity { types: [0.5; 4], free: Some(0.5), rhythm: 0.5 };

/// A stored layer N: people, mean valence, and the share with a place of each kind.
fn stored(sigma: u64, rows: &[(f64, f64, Option<f64>)]) -> Published<NeighbourhoodTable> {
    #[expect(clippy::cast_possible_truncation, reason = "small numbers")]
    let whole = |number: f64| number.round() as i64;
    let rows: Vec<_> = (0_u128..)
        .zip(rows)
        .map(|(id, (people, valence, share))| {
            let mut row = serde_json::json!({"id": Uuid::from_u128(id), "people": whole(*people),
                "valence_sixteenths": whole(16.0 * people * valence)});
            if let Some(share) = share {
                row["kinds"] = serde_json::json!(vec![whole(people * share); 7]);
            }
            row
        })
        .collect();
    let json = serde_json::json!({"release": Uuid::nil(), "sigma": sigma, "neighbourhoods": rows});
    Published::<NeighbourhoodTable>::from_stored(&json.to_string()).unwrap()
}

fn in_reach(opportunity: Opportunity, of: usize) -> Vec<Option<[Opportunity; 3]>> {
    vec![Some([opportunity; 3]); of]
}

#[test]
fn a_neighbourhood_that_is_better_in_everything_stands_above_and_equal_ones_do_not() {
    let mut rows = vec![(400.0, 0.2, Some(0.5)); 9];
    rows[3] = (400.0, 0.8, Some(0.9));
    let mut opportunity = in_reach(MIDDLE, 9);
    opportunity[3] = Some([Opportunity { types: [0.9; 4], free: Some(0.9), rhythm: 0.9 }; 3]);
    let (profiles, tested) = profile(&stored(22, &rows), &opportunity, 1);
    assert_eq!(tested, 9);
    for (index, profile) in profiles.iter().enumerate() {
        let expected = if index == 3 { Standing::Above } else { Standing::NotDistinguishable };
        // Eight equal ones lie a little below a mean that the ninth lifts.
        assert!(
            profile.standing == expected || (index != 3 && profile.standing == Standing::Below),
            "{profile:?}"
        );
        let index = profile.index.unwrap();
        assert!(index.low < index.value && index.value < index.high && index.high - index.low <= 20.0);
    }
    // E = (valence 0.6, shares 0.5, 0.5), S = 0.5: both aggregations give about 100 · √(0.533 · 0.5) = 51.6.
    let plain = profiles[0].index.unwrap();
    assert!((plain.value - 51.6).abs() < 2.0, "{plain:?}");
}

#[test]
fn below_two_thousand_participants_there_is_no_index_and_no_share() {
    let rows =
        [(300.0, -0.6, None), (300.0, 0.3, None), (300.0, 0.3, None), (300.0, 0.35, None), (12.0, 1.0, None)];
    let (profiles, tested) = profile(&stored(10, &rows), &in_reach(MIDDLE, 5), 1);
    assert_eq!(tested, 4);
    assert!(profiles.iter().all(|profile| profile.index.is_none() && profile.kinds.is_none()));
    assert_eq!(profiles[0].standing, Standing::Below);
    assert!(profiles[0].q.unwrap() <= 0.05);
    let few = &profiles[4];
    assert_eq!((few.standing, few.q, few.valence), (Standing::NotEnough, None, None));
    assert_eq!(few.opportunity, Some(MIDDLE), "what is in reach is public and needs nobody");
    let valence = profiles[1].valence.unwrap();
    assert!((0.55..0.7).contains(&valence.value) && valence.low < valence.value, "{valence:?}");
}

#[test]
fn the_same_release_gives_the_same_profile() {
    let rows = vec![(400.0, 0.2, Some(0.5)); 6];
    let table = stored(22, &rows);
    let made = |seed| profile(&table, &in_reach(MIDDLE, 6), seed).0;
    assert_eq!(made(5), made(5));
    assert_ne!(made(5), made(6), "another seed draws otherwise");
}

#[test]
fn an_uncertain_index_is_not_shown() {
    let rows =
        vec![(31.0, 0.2, Some(0.5)), (31.0, 0.9, Some(0.1)), (40.0, -0.9, Some(0.9)), (33.0, 0.0, Some(0.5))];
    let (profiles, _) = profile(&stored(22, &rows), &in_reach(MIDDLE, 4), 3);
    for profile in profiles {
        assert_eq!((profile.index, profile.standing), (None, Standing::NotEnough), "{profile:?}");
    }
}

#[test]
fn a_neighbourhood_that_is_no_more_has_no_opportunity_and_is_not_compared() {
    let rows = vec![(400.0, 0.2, Some(0.5)); 5];
    let mut opportunity = in_reach(MIDDLE, 5);
    opportunity[2] = None;
    let (profiles, tested) = profile(&stored(22, &rows), &opportunity, 3);
    assert_eq!((tested, profiles[2].opportunity, profiles[2].standing), (4, None, Standing::NotEnough));
    let (none, tested) = profile(&stored(22, &[]), &[], 3);
    assert_eq!((none.len(), tested), (0, 0));
}

#[test]
fn weights_are_shares_with_the_spread_of_their_distribution() {
    // Dirichlet(8, …, 8) of six: mean 1/6, variance (1/6)(5/6)/49.
    let mut random = Random::new(1);
    let drawn: Vec<[f64; 6]> = (0..20_000).map(|_| weights(&mut random)).collect();
    assert!(drawn.iter().all(|w| (w.iter().sum::<f64>() - 1.0).abs() < 1e-12 && w.iter().all(|w| *w > 0.0)));
    let mean = drawn.iter().map(|w| w[4]).sum::<f64>() / 20_000.0;
    let variance = drawn.iter().map(|w| (w[4] - mean).powi(2)).sum::<f64>() / 20_000.0;
    assert!((mean - 1.0 / 6.0).abs() < 0.002, "{mean}");
    assert!((variance / (5.0 / 36.0 / 49.0) - 1.0).abs() < 0.05, "{variance}");
}
