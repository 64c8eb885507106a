//! What a study is about: places by what their owners say of them and by where they are.

use std::collections::BTreeSet;

use geo::{Intersects, MultiPolygon, Point};

use crate::feeling::Feeling;
use crate::place::{Chime, Place};

/// Which places a researcher asks for. The default matches every place; all conditions given must hold.
///
/// # Notes
/// It sees what is stored and nothing finer: a place counts where its [anchor](crate::place::Geometry::anchor) is,
/// at the precision that the participant chose.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct PlaceFilter {
    /// The anchor is inside or on the edge of each of these.
    pub within: Vec<MultiPolygon>,
    /// At least one of these feelings; empty for all.
    pub feelings: BTreeSet<&'static str>,
    /// At least one of these meanings; empty for all.
    pub chime: BTreeSet<Chime>,
    /// At least one of these barriers; empty for all.
    pub barriers: BTreeSet<String>,
    /// Whether it is a place to be.
    pub being: Option<bool>,
    /// Whether it is a place to do something.
    pub doing: Option<bool>,
}

impl PlaceFilter {
    /// Whether the place meets every condition. O(vertices of the areas).
    pub fn matches(&self, place: &Place) -> bool {
        let content = &place.content;
        let at = content.geometry.anchor();
        let at = Point::new(at.lon(), at.lat());
        any(&self.feelings, content.feelings.iter().map(Feeling::id))
            && any(&self.chime, content.chime.iter().copied())
            && (self.barriers.is_empty() || content.barriers.iter().any(|b| self.barriers.contains(b)))
            && self.being.is_none_or(|being| being == content.being)
            && self.doing.is_none_or(|doing| doing == content.doing)
            && self.within.iter().all(|area| area.intersects(&at))
    }

    /// The names of the conditions, never their values: what is written down of a reading.
    pub fn names(&self) -> Vec<&'static str> {
        [
            ("within", !self.within.is_empty()),
            ("feeling", !self.feelings.is_empty()),
            ("chime", !self.chime.is_empty()),
            ("barrier", !self.barriers.is_empty()),
            ("being", self.being.is_some()),
            ("doing", self.doing.is_some()),
        ]
        .into_iter()
        .filter_map(|(name, given)| given.then_some(name))
        .collect()
    }
}

fn any<T: Ord>(wanted: &BTreeSet<T>, mut there: impl Iterator<Item = T>) -> bool {
    wanted.is_empty() || there.any(|one| wanted.contains(&one))
}

#[cfg(test)]
mod tests {
    use geo::polygon;
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::community::Purposes;
    use crate::grid::Precision;
    use crate::place::{Exchange, Geometry, PlaceContent};
    use crate::{LonLat, ParticipantId, PlaceId};

    fn bench() -> Place {
        Place {
            id: PlaceId(Uuid::from_u128(1)),
            owner: ParticipantId(Uuid::from_u128(2)),
            content: PlaceContent {
                answers: crate::question::Answers::new(),
                answer_versions: crate::question::AnswerVersions::new(),
                geometry: Geometry::Walk(vec![
                    LonLat::new(26.70, 58.38).unwrap(),
                    LonLat::new(26.72, 58.38).unwrap(),
                ]),
                name: None,
                being: true,
                doing: false,
                story: None,
                photo_not_taken: None,
                feelings: vec![Feeling::new("calm", 3).unwrap(), Feeling::new("hope", 1).unwrap()],
                chime: vec![Chime::Identity],
                activities: Vec::new(),
                company: Vec::new(),
                support: Exchange::default(),
                barriers: vec!["money".into()],
                rhythm: None,
                since: None,
                home: false,
                precision: Precision::Exact,
                share: Purposes::default(),
            },
            created_at: Timestamp::UNIX_EPOCH,
            updated_at: Timestamp::UNIX_EPOCH,
            version: 1,
        }
    }

    fn square(west: f64, east: f64) -> MultiPolygon {
        MultiPolygon(vec![
            polygon![(x: west, y: 58.0), (x: east, y: 58.0), (x: east, y: 59.0), (x: west, y: 59.0)],
        ])
    }

    fn right() -> PlaceFilter {
        PlaceFilter {
            within: vec![square(26.705, 26.715)],
            feelings: ["calm", "joy"].into(),
            chime: [Chime::Hope, Chime::Identity].into(),
            barriers: ["money".to_owned()].into(),
            being: Some(true),
            doing: Some(false),
        }
    }

    #[test]
    fn every_condition_must_hold_and_none_means_all() {
        assert!(PlaceFilter::default().matches(&bench()));
        assert!(right().matches(&bench()), "a walk counts where its middle is");
        let wrong = [
            PlaceFilter { within: vec![square(26.705, 26.715), square(26.0, 26.1)], ..right() },
            PlaceFilter { within: vec![square(26.69, 26.705)], ..right() },
            PlaceFilter { feelings: ["joy"].into(), ..right() },
            PlaceFilter { chime: [Chime::Hope].into(), ..right() },
            PlaceFilter { barriers: ["noise".to_owned()].into(), ..right() },
            PlaceFilter { being: Some(false), ..right() },
            PlaceFilter { doing: Some(true), ..right() },
        ];
        for filter in wrong {
            assert!(!filter.matches(&bench()), "{filter:?}");
        }
    }

    #[test]
    fn a_filter_is_named_without_its_values() {
        assert_eq!(right().names(), ["within", "feeling", "chime", "barrier", "being", "doing"]);
        assert_eq!(PlaceFilter::default().names(), [""; 0]);
    }
}
