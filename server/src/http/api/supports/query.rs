//! Searching the directory.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use engine::community::Community;
use engine::filter::{Missing, SupportFilter};
use engine::find::{Found, Question, find};
use engine::neighbourhood::Neighbourhoods;
use engine::search::Search;
use engine::support::{Form, Status, SupportType, SupportTypes};
use engine::{Bounds, Invalid, LonLat, NeighbourhoodId};
use geo::MultiPolygon;
use jiff::Timestamp;

use super::moment::Moment;
use crate::http::api::cursor;
use crate::live::{Directory, LiveCommunity};

/// How far around a location a search may reach, metres.
const RADIUS: RangeInclusive<f64> = 1.0..=200_000.0;
/// How many supports a page may hold.
pub const LIMIT: RangeInclusive<u32> = 1..=10_000;
const DEFAULT_LIMIT: u32 = 100;
const MAX_TEXT: usize = 200;
/// How many values a list may have.
const MAX_VALUES: usize = 100;

/// A search as it was sent, by address or by body.
#[derive(Debug, Default)]
pub struct Raw {
    /// Longitude and latitude.
    pub near: Option<[f64; 2]>,
    /// Metres.
    pub radius: Option<f64>,
    /// Page size.
    pub limit: Option<u32>,
    /// West, south, east, north.
    pub bbox: Option<[f64; 4]>,
    /// Categories.
    pub r#type: Vec<String>,
    /// Forms.
    pub form: Vec<String>,
    /// Support types.
    pub support: Vec<String>,
    /// Known to be free, or known not to be.
    pub free: Option<bool>,
    /// Known to be open to whoever walks in, or known not to be.
    pub low_threshold: Option<bool>,
    /// An instant or `now`.
    pub open_at: Option<String>,
    /// Two instants with a slash between.
    pub open_during: Option<String>,
    /// Languages.
    pub language: Vec<String>,
    /// Known to be accessible, or known not to be.
    pub accessible: Option<bool>,
    /// Neighbourhoods.
    pub neighbourhood: Vec<String>,
    /// Status.
    pub status: Vec<String>,
    /// `also` or `only`.
    pub missing: Option<String>,
    /// Text.
    pub q: Option<String>,
    /// An area.
    pub within: Option<MultiPolygon>,
    /// Whether to count by facets.
    pub facets: bool,
    /// The page before ends here.
    pub cursor: Option<String>,
}

/// What a search is checked against.
pub struct Ground {
    info: std::sync::Arc<Community>,
    /// The directory that is searched.
    pub directory: std::sync::Arc<Directory>,
    /// The neighbourhoods that it is in.
    pub neighbourhoods: std::sync::Arc<crate::live::NeighbourhoodMap>,
    now: Timestamp,
}

impl Ground {
    /// A community as it is now.
    pub fn new(community: &LiveCommunity, now: Timestamp) -> Self {
        Self {
            info: community.info(),
            directory: community.directory(),
            neighbourhoods: community.neighbourhoods(),
            now,
        }
    }

    /// This moment.
    pub fn now(&self) -> Moment {
        Moment::new(&self.info, self.now)
    }
}

/// A search that keeps the rules.
#[derive(Debug, Clone)]
pub struct SupportQuery {
    question: Question,
    /// Nothing is known to be open, since the community has no time zone.
    hopeless: bool,
    /// Whether to count by facets.
    pub facets: bool,
    /// Whether neighbourhoods were named: their area is the last of the filter's areas.
    pub by_neighbourhood: bool,
    /// The time that was asked about.
    pub moment: Moment,
}

impl SupportQuery {
    /// Checks a search.
    ///
    /// # Errors
    /// The name of what is wrong.
    pub fn parse(raw: Raw, ground: &Ground) -> Result<Self, Invalid> {
        let near = raw.near.map(|[lon, lat]| LonLat::new(lon, lat)).transpose();
        let near = near.map_err(|e| Invalid::new("near", e.problem))?;
        if raw.radius.is_some_and(|r| !RADIUS.contains(&r)) {
            return Err(Invalid::new("radius", "must be metres from 1 to 200000"));
        }
        if raw.radius.is_some() && near.is_none() {
            return Err(Invalid::new("radius", "needs near"));
        }
        let limit = raw.limit.unwrap_or(DEFAULT_LIMIT);
        if !LIMIT.contains(&limit) {
            return Err(Invalid::new("limit", "must be a whole number from 1 to 10000"));
        }
        let today = ground.now().day();
        let (moment, open, asked) = times(raw.open_at.as_deref(), raw.open_during.as_deref(), ground.now())?;
        let area = neighbourhoods(&raw.neighbourhood, &ground.neighbourhoods.all)?;
        let by_neighbourhood = area.is_some();
        let filter = SupportFilter {
            categories: categories(raw.r#type, &ground.directory)?,
            forms: named(&raw.form, "form", "a form of support", Form::parse)?.into_iter().collect(),
            statuses: named(&raw.status, "status", "a status", Status::parse)?.into_iter().collect(),
            today: Some(today),
            missing: missing(raw.missing.as_deref())?,
            support: support_types(&raw.support)?,
            free: raw.free,
            low_threshold: raw.low_threshold,
            languages: languages(&raw.language)?,
            accessible: raw.accessible,
            text: text(raw.q)?,
            bounds: raw.bbox.map(bounds).transpose()?,
            within: raw.within.into_iter().chain(area).collect(),
            open,
        };
        let after = raw.cursor.as_deref().map(cursor::read_support).transpose()?;
        let question = Question { near, radius: raw.radius, filter, limit: limit as usize, after };
        if question.after.as_ref().is_some_and(|key| !key.is_of(&question)) {
            return Err(Invalid::new("cursor", "belongs to another search"));
        }
        let hopeless = asked && question.filter.open.is_none();
        Ok(Self { question, hopeless, facets: raw.facets, by_neighbourhood, moment })
    }

    /// The same, with everything that is found on one page.
    #[must_use]
    pub fn without_pages(mut self) -> Self {
        self.question.limit = usize::MAX;
        self
    }

    /// The same with other conditions, from the first page on.
    pub fn with(&self, change: impl Fn(&mut SupportFilter)) -> Self {
        let mut wider = self.clone();
        wider.question.after = None;
        change(&mut wider.question.filter);
        wider
    }

    /// The conditions.
    pub fn filter(&self) -> SupportFilter {
        self.question.filter.clone()
    }

    /// Searches.
    pub fn run(&self, directory: &Directory) -> Found {
        if self.hopeless {
            return Found { all: Vec::new(), page: Vec::new(), next: None };
        }
        find(&directory.index, &self.question)
    }
}

type Times = (Moment, Option<engine::filter::OpenWhen>, bool);

fn times(open_at: Option<&str>, open_during: Option<&str>, now: Moment) -> Result<Times, Invalid> {
    match (open_at, open_during) {
        (None, None) => Ok((now, None, false)),
        (Some(at), None) => {
            let moment = now.at(at)?;
            let open = moment.open();
            Ok((moment, open, true))
        }
        (None, Some(during)) => {
            let (moment, open) = now.during(during)?;
            Ok((moment, open, true))
        }
        (Some(_), Some(_)) => Err(Invalid::new("open_during", "is asked instead of open_at, not beside it")),
    }
}

fn bounds([west, south, east, north]: [f64; 4]) -> Result<Bounds, Invalid> {
    if west > east {
        let problem =
            "has its west behind its east; a box across the 180th meridian is asked for in two parts";
        return Err(Invalid::new("bbox", problem));
    }
    Bounds::new(west, south, east, north).map_err(|e| Invalid::new("bbox", e.problem))
}

/// The words of a list by name, each once in order.
pub fn named<T>(
    names: &[String],
    field: &str,
    what: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<Vec<T>, Invalid> {
    few(names, field)?;
    let one =
        |name: &String| parse(name).ok_or_else(|| Invalid::new(field, format!("{name:?} is not {what}")));
    names.iter().map(one).collect()
}

fn few(values: &[String], field: &str) -> Result<(), Invalid> {
    if values.len() > MAX_VALUES {
        return Err(Invalid::new(field, "has too many values; at most 100"));
    }
    Ok(())
}

/// Categories of supports, each known here.
///
/// # Errors
/// The first that is not.
pub fn categories(names: Vec<String>, directory: &Directory) -> Result<BTreeSet<String>, Invalid> {
    few(&names, "type")?;
    match names.iter().find(|name| !directory.knows_category(name)) {
        Some(unknown) => Err(Invalid::new("type", format!("{unknown:?} is not a category of supports"))),
        None => Ok(names.into_iter().collect()),
    }
}

/// Types of support.
///
/// # Errors
/// The first name that is none.
pub fn support_types(names: &[String]) -> Result<SupportTypes, Invalid> {
    Ok(SupportTypes::of(named(names, "support", "a type of support", SupportType::parse)?))
}

fn languages(codes: &[String]) -> Result<BTreeSet<String>, Invalid> {
    let code = |code: &str| {
        let letters = code.bytes().all(|b| b.is_ascii_lowercase());
        (letters && matches!(code.len(), 2 | 3)).then(|| code.to_owned())
    };
    Ok(named(codes, "language", "a language's code such as et (ISO 639)", code)?.into_iter().collect())
}

/// The union of neighbourhoods; none if none is asked about.
pub fn neighbourhoods(ids: &[String], all: &Neighbourhoods) -> Result<Option<MultiPolygon>, Invalid> {
    let one = |text: &str| {
        let id: NeighbourhoodId = text.parse().ok()?;
        all.iter().find(|n| n.id == id).map(|n| n.shape.0.clone())
    };
    let shapes = named(ids, "neighbourhood", "a neighbourhood here", one)?;
    Ok((!shapes.is_empty()).then(|| MultiPolygon(shapes.into_iter().flatten().collect())))
}

fn missing(word: Option<&str>) -> Result<Missing, Invalid> {
    let read = |word| Missing::parse(word).ok_or_else(|| Invalid::new("missing", "must be also or only"));
    word.map_or(Ok(Missing::Without), read)
}

fn text(q: Option<String>) -> Result<Option<Search>, Invalid> {
    match q {
        Some(q) if q.contains('\0') => Err(Invalid::new("q", "must not contain the NUL character")),
        Some(q) if q.chars().count() > MAX_TEXT => Err(Invalid::new("q", "must have at most 200 characters")),
        q => Ok(q.map(|q| Search::new(&q))),
    }
}
