//! A plan: which supports would close, which would open.

use std::collections::HashSet;

use engine::category::category;
use engine::community::Country;
use engine::hours::Hours;
use engine::support::{Form, Price, Referral, Support, SupportDetails};
use engine::{Invalid, LonLat, SupportId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::table::Question;
use super::what_if::{Opened, OpenedProperties};
use crate::http::api::supports::query::{categories, named, support_types};
use crate::live::Directory;

/// Most supports to open or to close at once.
const MOST: usize = 200;

/// A checked plan.
pub(super) struct Plan {
    close: HashSet<SupportId>,
    /// The closings in their order, each once.
    closing: Vec<SupportId>,
    /// The openings in their order.
    pub(super) open: Vec<Support>,
    /// Closings that are not here any more.
    pub(super) gone: Vec<Uuid>,
}

/// A support that would close.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClosingSupport {
    #[schema(value_type = Uuid)]
    id: SupportId,
    name: Option<String>,
    category: String,
    /// Whether it is of those that count now: else closing it changes nothing here.
    counts: bool,
}

/// A support that would open.
#[derive(Debug, Serialize, ToSchema)]
pub struct OpeningSupport {
    category: String,
    /// Whether it would be of those that count.
    counts: bool,
    /// It has no hours, and so counts at whatever time is asked about.
    any_time: bool,
}

impl Plan {
    /// Checks a plan against the directory.
    pub(super) fn parse(close: &[Uuid], open: Vec<Opened>, directory: &Directory) -> Result<Self, Invalid> {
        for (list, len) in [("close", close.len()), ("open", open.len())] {
            if len > MOST {
                return Err(Invalid::new(list, format!("must have at most {MOST} supports")));
            }
        }
        if close.is_empty() && open.is_empty() {
            return Err(Invalid::new("close", "or open must name a support, otherwise nothing changes"));
        }
        let (mut closing, mut gone) = (Vec::new(), Vec::new());
        for id in close {
            let id = SupportId(*id);
            let stands = directory.stands_for(id).unwrap_or(id);
            if directory.index.get(stands).is_none() {
                gone.push(id.0);
            } else if !closing.contains(&stands) {
                closing.push(stands);
            }
        }
        let open = open.into_iter().enumerate();
        let open = open
            .map(|(i, one)| one.support(directory).map_err(|e| e.under(&format!("open[{i}]"))))
            .collect::<Result<_, _>>()?;
        Ok(Self { close: closing.iter().copied().collect(), closing, open, gone })
    }

    /// Whether a support would close.
    pub(super) fn closes(&self, id: SupportId) -> bool {
        self.close.contains(&id)
    }

    /// The closings as the directory knows them.
    pub(super) fn closing(&self, directory: &Directory, question: &Question) -> Vec<ClosingSupport> {
        let known = |id: &SupportId| {
            let support = directory.index.get(*id)?;
            let hours = directory.index.hours(*id)?;
            Some(ClosingSupport {
                id: *id,
                name: support.details.name.clone(),
                category: support.details.category.clone(),
                counts: support.location.is_some()
                    && question.filter.matches_basics(support)
                    && question.filter.is_open(hours),
            })
        };
        self.closing.iter().filter_map(known).collect()
    }

    /// The openings and whether they count.
    pub(super) fn opening(&self, question: &Question, country: Option<Country>) -> Vec<OpeningSupport> {
        let known = |support: &Support| OpeningSupport {
            category: support.details.category.clone(),
            counts: question.counts(support, country),
            any_time: support.details.opening_hours.is_none(),
        };
        self.open.iter().map(known).collect()
    }
}

impl Opened {
    /// The support that it would be. Whoever plans one may come without being sent, as far as the plan says.
    fn support(self, directory: &Directory) -> Result<Support, Invalid> {
        if self.r#type != "Feature" {
            return Err(Invalid::new("type", "must be Feature"));
        }
        if self.geometry.r#type != "Point" {
            return Err(Invalid::new("geometry.type", "must be Point"));
        }
        let [lon, lat] = self.geometry.coordinates;
        let at = LonLat::new(lon, lat).map_err(|e| e.under("geometry.coordinates"))?;
        let details = self.properties.details(directory).map_err(|e| e.under("properties"))?;
        Ok(Support::new(SupportId(Uuid::nil()), Some(at), details, jiff::Timestamp::UNIX_EPOCH))
    }
}

impl OpenedProperties {
    fn details(self, directory: &Directory) -> Result<SupportDetails, Invalid> {
        let Self { r#type, form, support, free, opening_hours } = self;
        categories(vec![r#type.clone()], directory)?;
        if let Some(hours) = &opening_hours {
            Hours::parse(hours, None)?;
        }
        let usual = category(&r#type);
        let form = form.map(|form| named(&[form], "form", "a form of support", Form::parse)).transpose()?;
        Ok(SupportDetails {
            form: form
                .and_then(|forms| forms.first().copied())
                .or_else(|| usual.map(|usual| usual.form))
                .unwrap_or_default(),
            support_types: match support {
                Some(support) => support_types(&support)?,
                None => usual.map(|usual| usual.support_types).unwrap_or_default(),
            },
            price: match free {
                Some(true) => Price::Free,
                Some(false) => Price::Paid,
                None => Price::Unknown,
            },
            referral: Referral::None,
            opening_hours,
            category: r#type,
            ..SupportDetails::default()
        })
    }
}
