//! Places of being and doing.

mod parse;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::community::{Answered, Purposes};
use crate::feeling::Feeling;
use crate::grid::Precision;
use crate::question::{AnswerVersions, Answers};
use crate::support::SupportTypes;
use crate::{Bounds, LonLat, ParticipantId, PlaceId};

pub use parse::{
    MAX_NAME_CHARACTERS, MAX_STORY_CHARACTERS, MAX_UNTAKEN_CHARACTERS, MAX_VERTICES, PlaceError, PlaceRules,
};

/// Where a place is: a pinned point, a walk or an area.
#[derive(Debug, Clone, PartialEq)]
pub enum Geometry {
    /// A point.
    Point(LonLat),
    /// A line of at least two positions.
    Walk(Vec<LonLat>),
    /// Closed rings of at least four positions, the exterior first.
    Area(Vec<Vec<LonLat>>),
}

impl Geometry {
    /// All positions in order.
    pub fn positions(&self) -> impl Iterator<Item = LonLat> {
        let (point, line, rings) = match self {
            Self::Point(p) => (Some(*p), &[][..], &[][..]),
            Self::Walk(line) => (None, line.as_slice(), &[][..]),
            Self::Area(rings) => (None, &[][..], rings.as_slice()),
        };
        point.into_iter().chain(line.iter().copied()).chain(rings.iter().flatten().copied())
    }

    /// The position that stands for the whole in the index and in releases: a point itself, the middle of
    /// the box around a walk or an area.
    pub fn anchor(&self) -> LonLat {
        match self {
            Self::Point(p) => *p,
            _ => Bounds::around(self.positions()).expect("a geometry has a position").centre(),
        }
    }

    /// The GeoJSON geometry (RFC 7946 §3.1).
    pub fn to_geojson(&self) -> serde_json::Value {
        let position = |p: &LonLat| serde_json::json!([p.lon(), p.lat()]);
        let line = |l: &Vec<LonLat>| l.iter().map(position).collect::<Vec<_>>();
        match self {
            Self::Point(p) => serde_json::json!({"type": "Point", "coordinates": position(p)}),
            Self::Walk(l) => serde_json::json!({"type": "LineString", "coordinates": line(l)}),
            Self::Area(rings) => serde_json::json!({
                "type": "Polygon", "coordinates": rings.iter().map(line).collect::<Vec<_>>()
            }),
        }
    }
}

/// The five recovery processes of CHIME (Leamy et al. 2011, doi:10.1192/bjp.bp.110.083733).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words are the framework's own")]
pub enum Chime {
    Connectedness,
    Hope,
    Identity,
    Meaning,
    Empowerment,
}

/// Support that goes both ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Exchange {
    /// What the person receives here.
    pub received: SupportTypes,
    /// What the person gives here.
    pub given: SupportTypes,
}

/// How often a place is visited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words say it")]
pub enum Often {
    Daily,
    Weekly,
    Monthly,
    Rarely,
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the words say it")]
pub enum DayPart {
    Morning,
    Afternoon,
    Evening,
    Night,
}

/// When a place is visited.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rhythm {
    /// How often.
    pub often: Option<Often>,
    /// At what parts of the day.
    pub parts: Vec<DayPart>,
}

/// What a participant says of a place; everything but the geometry, one of `being` and `doing`, and the
/// precision may be left out. Its geometry is already reduced to the precision.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceContent {
    /// Where, at the chosen precision.
    pub geometry: Geometry,
    /// What the person calls it, up to [`MAX_NAME_CHARACTERS`].
    pub name: Option<String>,
    /// A place to be.
    pub being: bool,
    /// A place to do something.
    pub doing: bool,
    /// In their own words, up to [`MAX_STORY_CHARACTERS`].
    pub story: Option<String>,
    /// The photo that was not taken, in words.
    pub photo_not_taken: Option<String>,
    /// Feelings, each at most once.
    pub feelings: Vec<Feeling>,
    /// What the place means, by CHIME.
    pub chime: Vec<Chime>,
    /// What they do there: lower-case identifiers, suggested by the vocabulary or the community's own.
    pub activities: Vec<String>,
    /// With whom; identifiers likewise.
    pub company: Vec<String>,
    /// Support received and given.
    pub support: Exchange,
    /// What gets in the way; identifiers likewise.
    pub barriers: Vec<String>,
    /// When.
    pub rhythm: Option<Rhythm>,
    /// Since when: `2024`, `2024-05` or `2024-05-17`.
    pub since: Option<String>,
    /// Their home: keeps this and their other places within 300 m out of every release.
    pub home: bool,
    /// Answers to what the community asks besides.
    pub answers: Answers,
    /// The version of the questions that each answer was given to.
    pub answer_versions: AnswerVersions,
    /// How exactly others may know it.
    pub precision: Precision,
    /// Who else may use it, at most what the participant's consent allows.
    pub share: Purposes,
}

/// A participant's place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Its identifier.
    pub id: PlaceId,
    /// Whose it is.
    pub owner: ParticipantId,
    /// What they say of it.
    pub content: PlaceContent,
    /// When it was first saved.
    pub created_at: Timestamp,
    /// When it last changed.
    pub updated_at: Timestamp,
    /// Counts the changes from 1; the entity tag.
    pub version: i64,
}

impl Place {
    /// Whether named researchers may read it.
    pub fn is_for_research(&self) -> bool {
        self.content.share.research
    }

    /// Whether its owner wishes everyone to read its story, once a steward approved it.
    pub fn shares_a_story(&self) -> bool {
        self.content.share.public_story && self.content.story.is_some()
    }
}

impl PlaceContent {
    /// What it answers to its community's questions.
    pub fn answered(&self) -> Answered<'_> {
        Answered { answers: &self.answers, versions: &self.answer_versions }
    }

    /// The `properties` of design §5, without what the server adds.
    pub fn properties(&self) -> serde_json::Map<String, serde_json::Value> {
        let value = serde_json::json!({
            "name": self.name, "being": self.being, "doing": self.doing, "story": self.story,
            "photo_not_taken": self.photo_not_taken,
            "feelings": self.feelings, "chime": self.chime, "activities": self.activities,
            "company": self.company, "support": self.support, "barriers": self.barriers,
            "rhythm": self.rhythm, "since": self.since, "home": self.home, "answers": self.answers,
            "answer_versions": self.answer_versions,
            "precision": self.precision, "share": self.share,
        });
        match value {
            serde_json::Value::Object(map) => map,
            _ => unreachable!("json! of a map is a map"),
        }
    }

    /// The GeoJSON feature without an `id`: the form kept in the databases, read back by
    /// [`PlaceRules::parse`] with the widest rules.
    pub fn to_feature(&self) -> serde_json::Value {
        serde_json::json!({
            "type": "Feature", "geometry": self.geometry.to_geojson(), "properties": self.properties()
        })
    }
}
