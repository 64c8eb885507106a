//! Places that are shared for research, as a table for a researcher.
//!
//! It has no identifiers of places or people: a participant has a random name that is another one in the next
//! export. It does not say what is a home, nor at which minute something was pinned.

use std::collections::HashMap;
use std::sync::Arc;

use engine::ParticipantId;
use engine::community::Community;
use engine::place::{Geometry as Shape, Place};
use engine::question::{AnswerVersions, Answers, Purpose};
use engine::{LonLat, grid::Precision};
use geo::{Geometry, LineString, Polygon};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::Value;

use super::table::{About, Cell, Field, Kind, Shapes, Table};
use crate::ambient::Ambient;
use crate::texts::hex;

/// What the people in the table agreed to.
const CONSENT: &str = "research";

/// A place, and the random name of its owner.
pub(crate) struct Item {
    pub(crate) participant: String,
    pub(crate) place: Arc<Place>,
    /// What researchers may read of the answers.
    answers: Answers,
    /// And to which versions of the questions they were given.
    versions: AnswerVersions,
}

impl Item {
    pub(crate) fn new(participant: String, place: Arc<Place>, community: &Community) -> Self {
        let (answers, versions) = community.answers_for(Purpose::Research, place.content.answered());
        Self { participant, place, answers, versions }
    }
}

/// The table of places that were written down as read. Participants' names are drawn anew.
pub fn table(community: &Community, places: Vec<Arc<Place>>, ambient: &Ambient) -> Table {
    let about = About {
        notes: Vec::new(),
        questions: community.questions.iter().chain(&community.earlier_questions).cloned().collect(),
        title: format!("Places of {} that participants share for research", community.title),
        community: community.id.clone(),
        query: None,
        consent_scope: Some(format!(
            "{CONSENT}: to be read by named researchers of the community, at the precision that each person \
             chose; may be withdrawn, so make a new export before a new analysis"
        )),
        promise: None,
        licence: Some("Not to be passed on".to_owned()),
        made_at: ambient.now(),
    };
    let mut names: HashMap<ParticipantId, String> = HashMap::new();
    let mut items: Vec<Item> = places
        .into_iter()
        .map(|place| {
            let name = || format!("p-{}", hex(&ambient.bytes::<8>()));
            Item::new(names.entry(place.owner).or_insert_with(name).clone(), place, community)
        })
        .collect();
    // In the order of the random names, not of time.
    items.sort_by(|a, b| a.participant.cmp(&b.participant));
    Table::new("places", about, Shapes::Mixed, FIELDS, items, |item| {
        Some(shape(&item.place.content.geometry))
    })
}

/// Its geometry in degrees.
pub(crate) fn shape(geometry: &Shape) -> Geometry {
    let line = |positions: &[LonLat]| positions.iter().map(|p| (p.lon(), p.lat())).collect::<LineString>();
    match geometry {
        Shape::Point(p) => Geometry::Point(geo::Point::new(p.lon(), p.lat())),
        Shape::Walk(positions) => Geometry::LineString(line(positions)),
        Shape::Area(rings) => {
            let mut rings = rings.iter().map(|ring| line(ring));
            let exterior = rings.next().unwrap_or_else(|| LineString(Vec::new()));
            Geometry::Polygon(Polygon::new(exterior, rings.collect()))
        }
    }
}

/// A word by the name that it has in JSON.
fn word(value: impl Serialize) -> Cell {
    match serde_json::to_value(value) {
        Ok(Value::String(text)) => Cell::Text(text),
        _ => Cell::Nothing,
    }
}

fn words<T: Serialize>(values: &[T]) -> Cell {
    Cell::list(values.iter().filter_map(|value| word(value).flat()))
}

fn precision(p: Precision) -> Cell {
    word(p)
}

fn day(at: Timestamp) -> Cell {
    Cell::text(Some(at.to_zoned(TimeZone::UTC).date()))
}

#[rustfmt::skip]
pub(crate) const FIELDS: &[Field<Item>] = &[
    Field::new("participant", Kind::Text, "a random name of the person, the same in all rows of this export and in no other", |i| Cell::text(Some(&i.participant))),
    Field::new("consent_scope", Kind::Text, "the purpose that the person agreed to for this place", |_| Cell::text(Some(CONSENT))),
    Field::new("precision", Kind::Text, "how exactly the person reveals the position: exact, street (about 130 m), block (350 m) or area (920 m)", |i| precision(i.place.content.precision)),
    Field::new("name", Kind::Text, "what the person calls it", |i| Cell::text(i.place.content.name.as_ref())),
    Field::new("being", Kind::Flag, "a place of being", |i| Cell::Flag(i.place.content.being)),
    Field::new("doing", Kind::Flag, "a place of doing", |i| Cell::Flag(i.place.content.doing)),
    Field::new("photo_not_taken", Kind::Text, "the photo that the person did not take, in their own words", |i| {
        Cell::text(i.place.content.photo_not_taken.as_ref())
    }),
    Field::new("story", Kind::Text, "in the person's own words", |i| Cell::text(i.place.content.story.as_ref())),
    Field::new("feelings", Kind::Json, "feelings, each with a strength from 1 to 3", |i| if i.place.content.feelings.is_empty() { Cell::Nothing } else { serde_json::to_value(&i.place.content.feelings).map_or(Cell::Nothing, Cell::Json) }),
    Field::new("chime", Kind::List, "what the place means, by CHIME (Leamy et al. 2011)", |i| words(&i.place.content.chime)),
    Field::new("activities", Kind::List, "what the person does there", |i| Cell::list(&i.place.content.activities)),
    Field::new("company", Kind::List, "with whom", |i| Cell::list(&i.place.content.company)),
    Field::new("support_received", Kind::List, "support received there, by type", |i| Cell::list(i.place.content.support.received.iter().map(engine::support::SupportType::as_str))),
    Field::new("support_given", Kind::List, "support given there, by type", |i| Cell::list(i.place.content.support.given.iter().map(engine::support::SupportType::as_str))),
    Field::new("barriers", Kind::List, "what gets in the way", |i| Cell::list(&i.place.content.barriers)),
    Field::new("often", Kind::Text, "how often the person is there: daily, weekly, monthly or rarely", |i| i.place.content.rhythm.as_ref().map_or(Cell::Nothing, |r| word(r.often))),
    Field::new("parts_of_day", Kind::List, "morning, afternoon, evening, night", |i| i.place.content.rhythm.as_ref().map_or(Cell::Nothing, |r| words(&r.parts))),
    Field::new("since", Kind::Text, "since when: YYYY, YYYY-MM or YYYY-MM-DD", |i| Cell::text(i.place.content.since.as_ref())),
    Field::new("answers", Kind::Json, "answers to the community's own questions, by their identifiers; the codebook says what was asked", |i| if i.answers.is_empty() { Cell::Nothing } else { serde_json::to_value(&i.answers).map_or(Cell::Nothing, Cell::Json) }),
    Field::new("answer_versions", Kind::Json, "by question the version of the questions that the answer was given to; the codebook has each version", |i| if i.versions.is_empty() { Cell::Nothing } else { serde_json::to_value(&i.versions).map_or(Cell::Nothing, Cell::Json) }),
    Field::new("created_on", Kind::Day, "the day on which it was first saved", |i| day(i.place.created_at)),
    Field::new("updated_on", Kind::Day, "the day on which it last changed", |i| day(i.place.updated_at)),
];
