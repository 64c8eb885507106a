use std::collections::BTreeSet;

use geo::polygon;
use jiff::Timestamp;
use jiff::civil::{DateTime, date};
use proptest::prelude::*;

use super::*;
use crate::filter::{Missing, OpenWhen};
use crate::search::Search;
use crate::support::{Form, Status, SupportType, SupportTypes};
use crate::synthetic::town;

fn supports() -> Vec<Arc<Support>> {
    let town = town(7, 0, Timestamp::UNIX_EPOCH);
    let mut supports: Vec<Support> = town.supports().to_vec();
    for (i, support) in (0_i64..).zip(&mut supports) {
        match i % 17 {
            0 => support.details.status = Status::Closed,
            1 => support.details.status = Status::TemporarilyClosed,
            2 => {
                support.details.status = Status::Closing;
                support.details.closing_on =
                    Some(date(2026, 11, 1).saturating_add(jiff::Span::new().days(i)));
            }
            3 => support.missing_since = Some(Timestamp::UNIX_EPOCH),
            4 => support.location = None,
            5 => support.details.languages = vec!["et".into(), "ru".into()],
            _ => {}
        }
    }
    supports.into_iter().map(Arc::new).collect()
}

fn one_of<T: Clone + std::fmt::Debug + 'static>(values: &[T]) -> impl Strategy<Value = Option<T>> + use<T> {
    prop::option::weighted(0.3, prop::sample::select(values.to_vec()))
}

prop_compose! {
    fn time()(day in 1..28_i8, hour in 0..24_i8) -> DateTime { date(2026, 12, day).at(hour, 0, 0, 0) }
}

prop_compose! {
    fn conditions()(
        category in one_of(&["library", "cafe", "park", "clinic"]),
        form in one_of(&[Form::Cafe, Form::MeetingPlace, Form::Health]),
        status in one_of(&[Status::Active, Status::Closed, Status::Closing]),
        missing in prop::sample::select(vec![Missing::Without, Missing::Also, Missing::Only]),
        support in one_of(&[SupportType::Emotional, SupportType::Appraisal]),
        free in prop::option::weighted(0.2, any::<bool>()),
        low_threshold in prop::option::weighted(0.2, any::<bool>()),
        language in one_of(&["et", "ru", "so"]),
        accessible in prop::option::weighted(0.2, any::<bool>()),
        text in one_of(&["raamatukogu", "kohvk", "tänav", "maja õnne", "zzzz"]),
        bounded in prop::option::weighted(0.2, (0.0..0.1_f64, 0.0..0.05_f64)),
        area in prop::option::weighted(0.2, (24.29..24.4_f64, 58.87..58.93_f64)),
        open in prop::option::weighted(0.3, (time(), 0..5_i64)),
    ) -> SupportFilter {
        let area = area.map(|(x, y)| polygon![(x: x, y: y), (x: x + 0.06, y: y), (x: x, y: y + 0.04)]);
        SupportFilter {
            categories: category.into_iter().map(str::to_owned).collect(),
            forms: form.into_iter().collect(),
            statuses: status.into_iter().collect::<BTreeSet<_>>(),
            today: Some(date(2026, 12, 1)),
            missing,
            support: SupportTypes::of(support),
            free,
            low_threshold,
            languages: language.into_iter().map(str::to_owned).collect(),
            accessible,
            text: text.map(Search::new),
            bounds: bounded.and_then(|(w, s)| Bounds::new(24.3 + w, 58.87 + s, 24.4, 58.94).ok()),
            within: area.into_iter().map(|p| geo::MultiPolygon(vec![p])).collect(),
            open: open.map(|(from, hours)| match hours {
                0 => OpenWhen::At(from),
                hours => OpenWhen::During(from, from.checked_add(jiff::Span::new().hours(hours)).unwrap()),
            }),
        }
    }
}

prop_compose! {
    fn question()(
        filter in conditions(),
        near in prop::option::of((24.28..24.42_f64, 58.86..58.94_f64)),
        radius in prop::option::weighted(0.4, 50.0..4_000.0_f64),
        limit in 1..40_usize,
    ) -> Question {
        let near = near.and_then(|(lon, lat)| LonLat::new(lon, lat).ok());
        Question { near, radius: radius.filter(|_| near.is_some()), filter, limit, after: None }
    }
}

/// The definition: ask every support, sort by the key, all at once.
fn naive(supports: &[Arc<Support>], q: &Question) -> Vec<Uuid> {
    let mut found: Vec<_> = supports
        .iter()
        .filter(|s| q.filter.matches(s, "EE".parse().ok()))
        .filter_map(|s| {
            let metres = q.near.and_then(|near| Some(near.distance_m(s.location?)));
            if let Some(radius) = q.radius
                && metres.is_none_or(|m| m > radius)
            {
                return None;
            }
            let name = crate::filter::Folded::new(s.details.name.as_deref().unwrap_or_default());
            let name = name.as_str().to_owned();
            // By distance, the names of those that have one do not matter.
            let by_name = if metres.is_some() { (false, String::new()) } else { (name.is_empty(), name) };
            Some((s.location.is_none(), metres.unwrap_or(0.0), by_name, s.id.0))
        })
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then_with(|| (&a.2, a.3).cmp(&(&b.2, b.3))));
    found.into_iter().map(|(.., id)| id).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn any_combination_of_conditions_finds_page_by_page_what_asking_each_support_finds(question in question()) {
        thread_local! {
            static TOWN: (Vec<Arc<Support>>, SupportIndex) = {
                let supports = supports();
                let index = SupportIndex::in_country("EE".parse().ok(), supports.clone());
                (supports, index)
            };
        }
        TOWN.with(|(supports, index)| {
            let expected = naive(supports, &question);
            let mut question = question.clone();
            let mut seen = Vec::new();
            loop {
                let found = find(index, &question);
                prop_assert_eq!(found.all.len(), expected.len());
                seen.extend(found.page.iter().map(|(s, _)| s.id.0));
                let Some(next) = found.next else { break };
                prop_assert!(next.is_of(&question));
                question.after = Some(next);
            }
            prop_assert_eq!(seen, expected);
            Ok(())
        })?;
    }
}
