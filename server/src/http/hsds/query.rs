//! Which services somebody asks for. All conditions must hold (HSDS API reference: parameters are cumulative).

use std::sync::Arc;

use engine::support::Support;
use engine::{Invalid, LonLat};
use jiff::Timestamp;
use uuid::Uuid;

use super::terms::said;
use super::{ids, page};
use crate::http::api::supports::query::{Ground, Raw, SupportQuery};
use crate::http::extract::Params;

/// Parameters of HSDS for services, and of our profile.
const SERVICES: [&str; 14] = [
    "search",
    "taxonomy_term_id",
    "taxonomy_id",
    "organization_id",
    "modified_after",
    "minimal",
    "full",
    "latitude",
    "longitude",
    "radius_m",
    "open_at",
    "support_type",
    "language",
    "form",
];
/// Further ones for services at locations.
const AT_LOCATIONS: [&str; 2] = ["postcode", "proximity"];

/// A question.
pub struct Question {
    raw: Raw,
    term: Option<Uuid>,
    taxonomy: Option<Uuid>,
    organization: Option<Uuid>,
    modified_after: Option<Timestamp>,
    postcode: Option<String>,
    proximity: Option<f64>,
    /// Identifiers alone.
    pub minimal: bool,
    /// Everything.
    pub full: bool,
}

/// The parameters of a list of services.
pub fn names(at_locations: bool) -> Vec<&'static str> {
    let further = AT_LOCATIONS.into_iter().filter(|_| at_locations);
    page::NAMES.into_iter().chain(SERVICES).chain(further).collect()
}

impl Question {
    /// Reads the parameters.
    ///
    /// # Errors
    /// The name of what is wrong.
    pub fn read(params: &Params) -> Result<Self, Invalid> {
        let uuid = |name: &str| {
            let parsed = params.given(name).map(Uuid::parse_str);
            parsed.transpose().map_err(|_| Invalid::new(name, "must be a UUID"))
        };
        let number = |name: &str| match params.number(name)? {
            Some(n) if !n.is_finite() => Err(Invalid::new(name, "must be a number")),
            n => Ok(n),
        };
        let near = match (number("longitude")?, number("latitude")?) {
            (Some(lon), Some(lat)) => {
                LonLat::new(lon, lat).map_err(|e| Invalid::new("latitude", e.problem))?;
                Some([lon, lat])
            }
            (None, None) => None,
            (Some(_), None) => return Err(Invalid::new("latitude", "is needed beside longitude")),
            (None, Some(_)) => return Err(Invalid::new("longitude", "is needed beside latitude")),
        };
        let radius = number("radius_m")?;
        if radius.is_some() && near.is_none() {
            return Err(Invalid::new("radius_m", "needs latitude and longitude"));
        }
        let proximity = number("proximity")?;
        if proximity.is_some_and(|m| m < 0.0) {
            return Err(Invalid::new("proximity", "must be metres, not below 0"));
        }
        if proximity.is_some() && params.text("postcode").is_none() {
            return Err(Invalid::new("proximity", "needs postcode"));
        }
        let words = |name| params.words(name).into_iter().map(str::to_owned).collect();
        let modified_after = params.given("modified_after").map(time).transpose()?;
        Ok(Self {
            raw: Raw {
                near,
                radius,
                support: words("support_type"),
                language: words("language"),
                form: words("form"),
                open_at: params.text("open_at").map(str::to_owned),
                q: params.text("search").map(str::to_owned),
                ..Raw::default()
            },
            term: uuid("taxonomy_term_id")?,
            taxonomy: uuid("taxonomy_id")?,
            organization: uuid("organization_id")?,
            modified_after,
            postcode: params.text("postcode").map(str::to_lowercase),
            proximity,
            minimal: params.flag("minimal")?.unwrap_or_default(),
            full: params.flag("full")?.unwrap_or_default(),
        })
    }

    /// Searches.
    ///
    /// # Errors
    /// The name of what is wrong.
    pub fn ask(self, ground: &Ground, community: &str) -> Result<Vec<Arc<Support>>, Invalid> {
        let query = SupportQuery::parse(self.raw, ground).map_err(|e| renamed(&e))?.without_pages();
        let today = ground.now().day();
        let found = query.run(&ground.directory).page.into_iter().map(|(support, _)| support);
        let mut found: Vec<Arc<Support>> = found
            .filter(|support| {
                self.modified_after.is_none_or(|after| support.updated_at > after)
                    && self.organization.is_none_or(|wanted| {
                        let name = support.details.organisation.as_deref();
                        name.is_some_and(|name| ids::organization(community, name) == wanted)
                    })
                    && (self.term.is_none() && self.taxonomy.is_none() || {
                        let all = said(support, support.status_on(today));
                        let has = |wanted: Option<Uuid>, id: &dyn Fn(&super::terms::Said) -> Uuid| {
                            wanted.is_none_or(|wanted| all.iter().any(|said| id(said) == wanted))
                        };
                        has(self.term, &super::terms::Said::id)
                            && has(self.taxonomy, &|said| ids::taxonomy(&said.taxonomy))
                    })
            })
            .collect();
        if let Some(postcode) = self.postcode {
            found = near_postcode(found, &postcode, self.proximity);
        }
        Ok(found)
    }
}

/// Those whose address has a postcode; with a distance those so near to the middle of them.
fn near_postcode(found: Vec<Arc<Support>>, postcode: &str, proximity: Option<f64>) -> Vec<Arc<Support>> {
    let has = |support: &Arc<Support>| {
        let address = support.details.address.as_deref().unwrap_or_default().to_lowercase();
        address.split([' ', ',']).any(|part| part == postcode)
    };
    let Some(metres) = proximity else { return found.into_iter().filter(has).collect() };
    let there: Vec<LonLat> = found.iter().filter(|s| has(s)).filter_map(|s| s.location).collect();
    #[expect(clippy::cast_precision_loss, reason = "supports of a postcode")]
    let n = there.len() as f64;
    let middle = LonLat::new(
        there.iter().map(|p| p.lon()).sum::<f64>() / n,
        there.iter().map(|p| p.lat()).sum::<f64>() / n,
    );
    let Ok(middle) = middle else { return Vec::new() };
    found.into_iter().filter(|s| s.location.is_some_and(|at| at.distance_m(middle) <= metres)).collect()
}

/// A time, or the beginning of a day.
fn time(text: &str) -> Result<Timestamp, Invalid> {
    let wrong = || Invalid::new("modified_after", "must be a day or a time such as 2026-03-01T18:00:00Z");
    let parsed = text.parse().or_else(|_| text.replace(' ', "+").parse());
    parsed.or_else(|_| format!("{text}T00:00:00Z").parse()).map_err(|_| wrong())
}

/// An error about one of our fields by the name that it has here.
fn renamed(error: &Invalid) -> Invalid {
    let name = match error.field.as_str() {
        "radius" => "radius_m",
        "support" => "support_type",
        "q" => "search",
        other => other,
    };
    Invalid::new(name, error.problem.clone())
}
