//! Planted neighbourhoods stand where they were planted, and equal ones nowhere.

use super::super::profile_draws::weights;
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

/// Without activities and residents.
fn profiled(
    neighbourhoods: &Published<NeighbourhoodTable>,
    opportunity: &[Option<[Opportunity; 3]>],
    seed: u64,
) -> (Vec<Profile>, usize) {
    profile(Input { neighbourhoods, activities: None, opportunity, residents: &[] }, seed)
}

/// A stored layer E4.
fn by_activity(sigma: u64, rows: &[[i64; 8]]) -> Published<ActivityTable> {
    let rows: Vec<_> = (0_u128..)
        .zip(rows)
        .map(|(id, people)| serde_json::json!({"id": Uuid::from_u128(id), "people": people}))
        .collect();
    let json = serde_json::json!({"release": Uuid::nil(), "sigma": sigma, "activities": rows});
    Published::<ActivityTable>::from_stored(&json.to_string()).unwrap()
}

#[test]
fn a_neighbourhood_that_is_better_in_everything_stands_above_and_no_other_does() {
    let mut rows = vec![(400.0, 0.2, Some(0.5)); 9];
    rows[3] = (400.0, 0.8, Some(0.9));
    let mut opportunity = in_reach(MIDDLE, 9);
    opportunity[3] = Some([Opportunity { types: [0.9; 4], free: Some(0.9), rhythm: 0.9 }; 3]);
    let (profiles, tested) = profiled(&stored(22, &rows), &opportunity, 1);
    assert_eq!(tested, 9);
    for (index, profile) in profiles.iter().enumerate() {
        // Eight equal ones lie a little below a mean that the ninth lifts.
        assert_eq!(profile.standing == Standing::Above, index == 3, "{profile:?}");
        let index = profile.index.unwrap();
        assert!(index.low < index.value && index.value < index.high && index.high - index.low <= 20.0);
    }
    // E = (valence 0.6, shares 0.5, 0.5), S = 0.5: both aggregations give about 100 · √(0.533 · 0.5) = 51.6.
    let plain = profiles[0].index.unwrap();
    assert!((plain.value - 51.6).abs() < 2.0, "{plain:?}");
}

#[test]
fn equal_ones_are_not_told_apart() {
    let (profiles, tested) = profiled(&stored(22, &[(400.0, 0.2, Some(0.5)); 9]), &in_reach(MIDDLE, 9), 1);
    assert_eq!(tested, 9);
    assert!(profiles.iter().all(|profile| profile.standing == Standing::NotDistinguishable), "{profiles:?}");
}

/// Specification §1.4: an interval of more than ten points on either side says nothing, with an index or without.
#[test]
fn a_valence_known_too_vaguely_is_not_compared() {
    let rows = [
        (40.0, -0.9, None),
        (400.0, 0.9, None),
        (400.0, -0.9, None),
        (400.0, 0.4, None),
        (400.0, -0.4, None),
    ];
    let (profiles, _) = profiled(&stored(10, &rows), &in_reach(MIDDLE, 5), 1);
    let vague = &profiles[0];
    let valence = vague.valence.unwrap();
    assert!(valence.high - valence.low > 0.2, "{valence:?}");
    assert_eq!((vague.standing, vague.q), (Standing::NotEnough, None));
    assert_eq!((profiles[1].standing, profiles[2].standing), (Standing::Above, Standing::Below));
}

#[test]
fn below_two_thousand_participants_there_is_no_index_and_no_share() {
    let rows =
        [(300.0, -0.6, None), (300.0, 0.3, None), (300.0, 0.3, None), (300.0, 0.35, None), (12.0, 1.0, None)];
    let (profiles, tested) = profiled(&stored(10, &rows), &in_reach(MIDDLE, 5), 1);
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
    let made = |seed| profiled(&table, &in_reach(MIDDLE, 6), seed).0;
    assert_eq!(made(5), made(5));
    assert_ne!(made(5), made(6), "another seed draws otherwise");
}

#[test]
fn an_uncertain_index_is_not_shown() {
    let rows =
        vec![(31.0, 0.2, Some(0.5)), (31.0, 0.9, Some(0.1)), (40.0, -0.9, Some(0.9)), (33.0, 0.0, Some(0.5))];
    let (profiles, _) = profiled(&stored(22, &rows), &in_reach(MIDDLE, 4), 3);
    for profile in profiles {
        assert_eq!((profile.index, profile.standing), (None, Standing::NotEnough), "{profile:?}");
    }
}

#[test]
fn a_neighbourhood_that_is_no_more_has_no_opportunity_and_is_not_compared() {
    let rows = vec![(400.0, 0.2, Some(0.5)); 5];
    let mut opportunity = in_reach(MIDDLE, 5);
    opportunity[2] = None;
    let (profiles, tested) = profiled(&stored(22, &rows), &opportunity, 3);
    assert_eq!((tested, profiles[2].opportunity, profiles[2].standing), (4, None, Standing::NotEnough));
    let (none, tested) = profiled(&stored(22, &[]), &[], 3);
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

#[test]
fn experience_is_the_mean_of_its_components_and_the_mix_stands_beside_it() {
    // Everybody's valence is 0.2, half of them have a place of each kind: E1 = 0.6, E2 = E3 = 0.5.
    let rows = vec![(400.0, 0.2, Some(0.5)); 6];
    let (profiles, _) = profiled(&stored(22, &rows), &in_reach(MIDDLE, 6), 1);
    for profile in &profiles {
        let (experience, mix) = (profile.experience.unwrap(), profile.mix.unwrap());
        assert!((experience.value - 1.6 / 3.0).abs() < 0.02, "{experience:?}");
        assert!(experience.low < experience.value && experience.value < experience.high);
        assert!((mix.value - 0.5).abs() < 0.02 && mix.low < 0.5 && mix.high > 0.5, "{mix:?}");
        assert_eq!(profile.diversity, None, "there is no layer of activities");
    }
    let (narrow, _) = profiled(&stored(10, &[(400.0, 0.2, None); 6]), &in_reach(MIDDLE, 6), 1);
    assert!(narrow.iter().all(|profile| profile.experience.is_none() && profile.mix.is_none()));
}

#[test]
fn diversity_is_a_fourth_component_between_its_natural_bounds() {
    // All eight alike; one thing alone; half and half; and too few to say.
    let rows = [
        [100; 8],
        [800, 0, 0, 0, 0, 0, 0, 0],
        [400, 400, 0, 0, 0, 0, 0, 0],
        [100; 8],
        [400, 400, 0, 0, 0, 0, 0, 0],
        [30, 30, 30, 30, 30, 2, 0, 0],
    ];
    let table = stored(22, &[(800.0, 0.2, Some(0.5)); 6]);
    let activities = by_activity(27, &rows);
    let opportunity = in_reach(MIDDLE, 6);
    let input = Input {
        neighbourhoods: &table,
        activities: Some(&activities),
        opportunity: &opportunity,
        residents: &[],
    };
    let (profiles, tested) = profile(input, 1);
    let found: Vec<Option<Interval>> = profiles.iter().map(|profile| profile.diversity).collect();
    let value = |at: usize| found[at].unwrap().value;
    // Effectively 8, 1 and 2 of 8: (D − 1)/7 = 1, 0, 1/7; shrinkage, noise and 100 draws bring them a little inwards.
    assert!(value(0) > 0.85 && value(0) < 1.0 && value(3) > 0.85, "{found:?}");
    assert!(value(1) < 0.03 && value(1) >= 0.0, "{found:?}");
    assert!(value(2) > 0.13 && value(2) < 0.25 && value(2) > value(1), "{found:?}");
    // 152 people are fewer than 2 · 27 · √8 = 152.7.
    assert_eq!((found[5], profiles[5].standing, tested), (None, Standing::NotEnough, 5));
    // E1 = 0.6, E2 = E3 = 0.5, and diversity.
    for (at, profile) in profiles.iter().enumerate().take(5) {
        let experience = profile.experience.unwrap().value;
        assert!((experience - (1.6 + value(at)) / 4.0).abs() < 0.02, "{at}: {experience}");
    }
    let few = by_activity(27, &[[3; 8]; 6]);
    let (without, tested) = profile(Input { activities: Some(&few), ..input }, 1);
    assert_eq!(tested, 6, "where nobody has enough, the index does without");
    assert!(without.iter().all(|profile| profile.diversity.is_none() && profile.index.is_some()));
}

#[test]
fn the_city_does_not_change_with_how_its_map_is_cut() {
    let of = |value: f64| vec![value; DRAWS];
    let (low, high) = (of(40.0), of(70.0));
    let whole = city(&[(&low, Some(10_000)), (&high, Some(20_000))]);
    let cut = city(&[(&low, Some(10_000)), (&high, Some(5_000)), (&high, Some(15_000))]);
    assert_eq!(whole, cut);
    assert!((whole[7] - 60.0).abs() < 1e-12);
    let unknown = city(&[(&low, Some(10_000)), (&high, None)]);
    assert!((unknown[7] - 55.0).abs() < 1e-12, "without residents all weigh the same");
}
