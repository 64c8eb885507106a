//! Communities: one map each, with its own members, area, languages, consent text and publication policy.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::{Deserialize, Serialize};

use crate::crisis::{CrisisContact, line};
use crate::question::{AnswerVersions, Answers, Purpose, Question, Questions};
use crate::{Bounds, CommunityId, Invalid};

/// A language that Stead speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    En,
    /// Estonian.
    Et,
    /// Norwegian bokmål.
    Nb,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::En, Self::Et, Self::Nb];

    /// The language's BCP 47 tag.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Et => "et",
            Self::Nb => "nb",
        }
    }

    /// Parses a tag.
    ///
    /// # Errors
    /// Field `language` for any other tag.
    pub fn parse(tag: &str) -> Result<Self, Invalid> {
        Self::ALL
            .into_iter()
            .find(|l| l.as_str() == tag)
            .ok_or_else(|| Invalid::new("language", "must be en, et or nb"))
    }
}

/// How anything computed from places may leave the community.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PublicationPolicy {
    /// User-level zero-concentrated differential privacy (design §6).
    Formal,
    /// Counts with small ones hidden, for signed-in planners alone: for pilots that are too small for the other.
    ClosedGroup,
}

impl PublicationPolicy {
    /// The name used in JSON and in the databases.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Formal => "formal",
            Self::ClosedGroup => "closed_group",
        }
    }
}

impl FromStr for PublicationPolicy {
    type Err = Invalid;

    fn from_str(name: &str) -> Result<Self, Invalid> {
        [Self::Formal, Self::ClosedGroup]
            .into_iter()
            .find(|one| one.as_str() == name)
            .ok_or_else(|| Invalid::new("policy", "must be formal or closed_group"))
    }
}

/// Who may join a community.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Admission {
    /// Anybody.
    #[default]
    Open,
    /// Who holds an invitation.
    Invited,
}

impl Admission {
    /// The name used in JSON, on the command line and in the databases.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Invited => "invited",
        }
    }
}

impl FromStr for Admission {
    type Err = Invalid;

    fn from_str(name: &str) -> Result<Self, Invalid> {
        [Self::Open, Self::Invited]
            .into_iter()
            .find(|one| one.as_str() == name)
            .ok_or_else(|| Invalid::new("joining", "must be open or invited"))
    }
}

/// A country by ISO 3166-1 alpha-2: two capital letters, such as `EE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Country([u8; 2]);

impl Country {
    /// The two letters.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl FromStr for Country {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        match *text.as_bytes() {
            [a @ b'A'..=b'Z', b @ b'A'..=b'Z'] => Ok(Self([a, b])),
            _ => Err(Invalid::new("country", "must be two capital letters such as EE (ISO 3166-1)")),
        }
    }
}

/// A time zone of the IANA database, such as `Europe/Tallinn`. The database comes with the program.
#[derive(Debug, Clone, PartialEq)]
pub struct Zone(TimeZone);

impl Zone {
    /// The IANA name.
    pub fn as_str(&self) -> &str {
        self.0.iana_name().unwrap_or_default()
    }

    /// The zone's rules.
    pub fn rules(&self) -> &TimeZone {
        &self.0
    }
}

impl FromStr for Zone {
    type Err = Invalid;

    fn from_str(name: &str) -> Result<Self, Invalid> {
        let known = TimeZone::get(name).ok().filter(|zone| zone.iana_name().is_some());
        known.map(Self).ok_or_else(|| {
            Invalid::new("time_zone", "must be a zone of the IANA database such as Europe/Tallinn")
        })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Language {
    /// The country where it is spoken most and the zone of that country's clocks, to begin with; English
    /// names no country.
    pub fn home(self) -> Option<(Country, Zone)> {
        let (country, zone) = match self {
            Self::En => return None,
            Self::Et => ("EE", "Europe/Tallinn"),
            Self::Nb => ("NO", "Europe/Oslo"),
        };
        Some((country.parse().ok()?, zone.parse().ok()?))
    }
}

/// A community map.
#[derive(Debug, Clone, PartialEq)]
pub struct Community {
    /// Its name in URLs.
    pub id: CommunityId,
    /// Its name for people.
    pub title: String,
    /// The languages it offers, the first one by default.
    pub languages: Vec<Language>,
    /// The box that holds all of it: from its bounds file, or from the first public data imported. The
    /// domain of every release follows from it, so it never depends on places.
    pub bounds: Option<Bounds>,
    /// Where it is: whose holidays count, and whom to call.
    pub country: Option<Country>,
    /// The zone of its clocks; without one nobody knows what is open.
    pub time_zone: Option<Zone>,
    /// How it publishes.
    pub policy: PublicationPolicy,
    /// Who may join.
    pub joining: Admission,
    /// Whether somebody here checked whom to call in a crisis, since when the pages may stand by the numbers.
    pub crisis_confirmed: bool,
    /// Whom to call, as its steward says; without that, those of its country that come with the program.
    pub crisis_contacts: Option<Vec<CrisisContact>>,
    /// What it asks about a place beside the usual.
    pub questions: Option<Questions>,
    /// What it asked before, the newest last: places keep the answers that were given to it.
    pub earlier_questions: Vec<Questions>,
    /// Who runs it, in a line: an organisation or people.
    pub run_by: Option<String>,
    /// How to reach them, in a line.
    pub contact: Option<String>,
    /// Whether its data are made up, which the pages then say, and releases may be made on demand.
    pub demo: bool,
    /// When it was added.
    pub created_at: Timestamp,
}

impl Community {
    /// Checks what a place answers to this community's questions, and says to which version each answer was given.
    /// An answer that was given to an earlier version and stays as it was `before` is kept, whatever is asked now:
    /// a steward who changes the questions makes nobody's place unsavable, and takes no answer from anybody.
    ///
    /// # Errors
    /// The path of the answer, such as `properties.answers.roles`.
    pub fn check_answers(&self, answers: &Answers, before: Answered<'_>) -> Result<AnswerVersions, Invalid> {
        let none = Questions { version: String::new(), items: Vec::new() };
        let questions = self.questions.as_ref().unwrap_or(&none);
        let current = self.questions.as_ref().map(|q| q.version.as_str());
        let given_to = |id: &str| before.versions.get(id).map(String::as_str);
        let is_kept = |id: &str, answer| before.answers.get(id) == Some(answer) && given_to(id) != current;
        let kept: HashSet<&str> =
            answers.iter().filter(|(id, answer)| is_kept(id, answer)).map(|(id, _)| id.as_str()).collect();
        questions.check_answers(answers, &kept).map_err(|e| e.under("properties.answers"))?;
        let version = |id: &String| {
            let version = if kept.contains(id.as_str()) { given_to(id) } else { current };
            Some((id.clone(), version?.to_owned()))
        };
        Ok(answers.keys().filter_map(version).collect())
    }

    /// Takes over new questions; those that were asked until now become earlier ones.
    ///
    /// # Errors
    /// Field `version` when it was used before for other questions: answers say by it what was asked.
    pub fn ask(&mut self, new: Questions) -> Result<(), Invalid> {
        let before = self.earlier_questions.iter().chain(&self.questions);
        if before.clone().any(|old| old.version == new.version && *old != new) {
            let problem =
                format!("{} is that of other questions: answers refer to it, so name a new one", new.version);
            return Err(Invalid::new("version", problem));
        }
        self.earlier_questions = before.filter(|old| old.version != new.version).cloned().collect();
        self.questions = Some(new);
        Ok(())
    }

    /// The question that an answer was given to. Of an answer from before versions were kept, the one of that name
    /// that is asked now.
    pub fn question(&self, id: &str, version: Option<&str>) -> Option<&Question> {
        let mut all = self.questions.iter().chain(&self.earlier_questions);
        let questions = match version {
            Some(version) => all.find(|one| one.version == version),
            None => self.questions.as_ref(),
        };
        questions?.items.iter().find(|item| item.id == id)
    }

    /// Of a place's answers those that serve a purpose, by the question that was answered: what was said for one
    /// purpose never serves another because the question changed.
    pub fn answers_for(&self, purpose: Purpose, answered: Answered<'_>) -> (Answers, AnswerVersions) {
        let serves = |id: &str| {
            let version = answered.versions.get(id).map(String::as_str);
            self.question(id, version).is_some_and(|question| question.purpose == purpose)
        };
        let answers: Answers = answered
            .answers
            .iter()
            .filter(|(id, _)| serves(id))
            .map(|(id, a)| (id.clone(), a.clone()))
            .collect();
        let versions = answered.versions.iter().filter(|(id, _)| answers.contains_key(*id));
        let versions = versions.map(|(id, version)| (id.clone(), version.clone())).collect();
        (answers, versions)
    }

    /// Checks what a community says of who runs it.
    ///
    /// # Errors
    /// Field `run_by` or `contact`.
    pub fn check_runners(run_by: Option<&str>, contact: Option<&str>) -> Result<(), Invalid> {
        for (field, text) in [("run_by", run_by), ("contact", contact)] {
            if let Some(text) = text {
                line(field, text, MOST_RUNNER)?;
            }
        }
        Ok(())
    }
}

/// Longest line on who runs a community, in characters.
const MOST_RUNNER: usize = 200;

/// What a place answers, and to which versions of the questions.
#[derive(Debug, Clone, Copy)]
pub struct Answered<'a> {
    /// The answers.
    pub answers: &'a Answers,
    /// The version that each was given to.
    pub versions: &'a AnswerVersions,
}

/// The purposes that somebody agreed to. All off is fine: a private map of one's own. What is not named is off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Purposes {
    /// Named researchers may read single places.
    pub research: bool,
    /// Places may be counted in published maps.
    pub published_maps: bool,
    /// A place's story may be shown to everyone.
    pub public_story: bool,
}

impl Purposes {
    /// The purposes agreed to in both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            research: self.research && other.research,
            published_maps: self.published_maps && other.published_maps,
            public_story: self.public_story && other.public_story,
        }
    }

    /// The name of the first purpose that is on here and off in `allowed`.
    pub fn first_beyond(self, allowed: Self) -> Option<&'static str> {
        if self.research && !allowed.research {
            Some("research")
        } else if self.published_maps && !allowed.published_maps {
            Some("published_maps")
        } else if self.public_story && !allowed.public_story {
            Some("public_story")
        } else {
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn countries_and_zones_are_checked_by_name() {
        assert_eq!("EE".parse::<Country>().unwrap().as_str(), "EE");
        for wrong in ["", "ee", "EST", "E1", "ÕÕ"] {
            assert!(wrong.parse::<Country>().is_err(), "{wrong}");
        }
        assert_eq!("Europe/Tallinn".parse::<Zone>().unwrap().as_str(), "Europe/Tallinn");
        for wrong in ["", "Europe/Kaldavere", "+02:00"] {
            assert!(wrong.parse::<Zone>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_language_that_names_a_country_brings_its_clocks() {
        let home = |l: Language| l.home().map(|(c, z)| format!("{} {z}", c.as_str()));
        assert_eq!(home(Language::Et).as_deref(), Some("EE Europe/Tallinn"));
        assert_eq!(home(Language::Nb).as_deref(), Some("NO Europe/Oslo"));
        assert_eq!(home(Language::En), None);
    }
}
