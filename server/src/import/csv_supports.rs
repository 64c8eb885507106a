//! Supports from one table of somebody's own, by a file that says which column is what.
//!
//! The file is JSON or TOML:
//!
//! ```toml
//! source = "tartu-list"            # whose list this is; `csv` unless told
//! [columns]                        # our field = the table's column
//! id = "Nr"
//! name = "Nimi"
//! latitude = "Laius"
//! longitude = "Pikkus"
//! category = "Liik"
//! [values.category]                # what the table writes = what we write
//! Raamatukogu = "library"
//! [defaults]                       # where the cell is empty or there is no column
//! languages = "et"
//! ```
//!
//! Without it the columns are called as our fields, as in our own export of supports.

use std::collections::BTreeMap;

use engine::category::category;
use engine::support::{Channel, Price, SupportDetails};
use engine::{Invalid, LonLat};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::spreadsheet::{Row, Sheet, flag};
use super::{Found, ImportError, Report, fields, terms};

/// The fields that a table may have beside those of a support.
const PLACE: [&str; 4] = ["id", "latitude", "longitude", "price_currency"];
/// Fields that are written as several words, separated by commas, semicolons or bars.
const LISTS: [&str; 3] = ["support_types", "closeness", "languages"];
const FLAGS: [&str; 3] = ["confidential", "direct", "lived_experience"];
/// Fields that are written as JSON, as our own export does.
const JSON: [&str; 2] = ["schedules", "terms"];

/// Which column is what.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    source: Option<String>,
    columns: BTreeMap<String, String>,
    values: BTreeMap<String, BTreeMap<String, String>>,
    defaults: BTreeMap<String, String>,
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// Which member is wrong.
    pub fn parse(text: &str, toml: bool) -> Result<Self, Invalid> {
        let wrong = |e: String| Invalid::new("mapping", e);
        let mapping: Self = if toml {
            toml::from_str(text).map_err(|e| wrong(e.message().to_owned()))?
        } else {
            serde_json::from_str(text).map_err(|e| wrong(e.to_string()))?
        };
        let known = Self::fields();
        let named = mapping.columns.keys().chain(mapping.values.keys()).chain(mapping.defaults.keys());
        for name in named {
            if !known.contains(name) {
                let known = known.join(", ");
                return Err(wrong(format!("{name:?} is no field of a support; there are {known}")));
            }
        }
        Ok(mapping)
    }

    /// All fields that a table can have.
    pub fn fields() -> Vec<String> {
        let Ok(Value::Object(fields)) = serde_json::to_value(SupportDetails::default()) else {
            return Vec::new();
        };
        PLACE.iter().map(|name| (*name).to_owned()).chain(fields.into_iter().map(|(name, _)| name)).collect()
    }

    /// The mapping of a table whose columns are called as our fields.
    fn of_own_names(sheet: &Sheet) -> Result<Self, Invalid> {
        let same = Self::fields()
            .into_iter()
            .filter_map(|name| Some((name.clone(), sheet.column(&name)?.to_owned())));
        let columns: BTreeMap<_, _> = same.collect();
        if !columns.contains_key("name") && !columns.contains_key("category") {
            let found = sheet.columns().join(", ");
            let problem = format!("none of the columns {found} is called as a field of ours: say --mapping");
            return Err(Invalid::new("", problem));
        }
        Ok(Self { columns, ..Self::default() })
    }

    fn check(&self, sheet: &Sheet) -> Result<(), Invalid> {
        for (field, column) in &self.columns {
            if sheet.column(column).is_none() {
                let found = sheet.columns().join(", ");
                let problem =
                    format!("says {column:?}, which is no column of the table; its columns are {found}");
                return Err(Invalid::new(format!("mapping: columns.{field}"), problem));
            }
        }
        Ok(())
    }

    /// What a row says of a field.
    fn text<'a>(&'a self, row: &Row<'a>, field: &str) -> Option<&'a str> {
        let cell = self.columns.get(field).and_then(|column| row.get(column));
        let said =
            cell.map(|cell| self.values.get(field).and_then(|v| v.get(cell)).map_or(cell, String::as_str));
        said.or_else(|| self.defaults.get(field).map(String::as_str)).filter(|text| !text.is_empty())
    }
}

/// Reads the supports of a table.
///
/// # Errors
/// When it is no table, or the mapping names a column that it has not.
pub fn read(bytes: &[u8], mapping: Option<Mapping>, report: &mut Report) -> Result<Vec<Found>, ImportError> {
    let sheet = Sheet::read(bytes)?;
    let mapping = mapping.map_or_else(|| Mapping::of_own_names(&sheet), Ok)?;
    mapping.check(&sheet)?;
    let mut found = Vec::new();
    for row in sheet.rows() {
        report.read += 1;
        match support(&row, &mapping, report) {
            Ok(one) => found.push(one),
            Err(why) => report.skip(format!("line {}", row.line), why),
        }
    }
    Ok(found)
}

fn support(row: &Row, mapping: &Mapping, report: &mut Report) -> Result<Found, &'static str> {
    let mut members = Map::new();
    for field in Mapping::fields().iter().filter(|field| !PLACE.contains(&field.as_str())) {
        let Some(text) = mapping.text(row, field) else { continue };
        let value = value_of(field, text, mapping.text(row, "price_currency"));
        let alone = Map::from_iter([(field.clone(), value.clone())]);
        if value.is_null() || SupportDetails::deserialize(Value::Object(alone)).is_err() {
            report.note(format!("line {}", row.line), unclear(field));
            if field == "confidential" {
                members.insert(field.clone(), Value::Bool(true));
            }
        } else {
            members.insert(field.clone(), value);
        }
    }
    let said = |name: &str| members.contains_key(name);
    let (has_form, has_types, has_price) = (said("form"), said("support_types"), said("price"));
    let mut details = fields::lenient(&members);
    if let Some(known) = category(&details.category) {
        details.form = if has_form { details.form } else { known.form };
        details.support_types = if has_types { details.support_types } else { known.support_types };
    } else if !plain(&details.category) {
        let (term, form) = (std::mem::take(&mut details.category), details.form);
        terms::apply(&mut details, [term.as_str()]);
        details.form = if has_form { form } else { details.form };
    }
    if details.category.is_empty() {
        details.form.as_str().clone_into(&mut details.category);
    }
    // What a list of one's own does not say of its prices is not known.
    details.price = if has_price { details.price } else { Price::Unknown };
    details.source =
        mapping.source.clone().or(Some(details.source)).filter(|s| !s.is_empty()).unwrap_or_default();
    let hidden = details.confidential || details.channel != Channel::Place;
    let location = position(row, mapping)?.filter(|_| !hidden);
    if details.source_id.is_empty() {
        details.source_id = match (mapping.text(row, "id"), location, &details.name) {
            (Some(id), ..) => super::osm_tags::clean(id).ok_or("has an identifier that is too long")?,
            (None, Some(at), name) => {
                format!(
                    "at/{},{}/{}/{}",
                    at.lon(),
                    at.lat(),
                    details.category,
                    name.as_deref().unwrap_or_default()
                )
            }
            _ => return Err("has neither an identifier nor a location to be known again by"),
        };
    }
    if location.is_none() && !hidden {
        report.note(format!("line {}", row.line), "has no coordinates: in lists, not on the map");
    }
    Ok(Found { details, location })
}

fn plain(category: &str) -> bool {
    category.len() <= 60 && category.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

fn position(row: &Row, mapping: &Mapping) -> Result<Option<LonLat>, &'static str> {
    let number = |field| match mapping.text(row, field) {
        None => Ok(None),
        Some(text) => {
            super::spreadsheet::number(text).map(Some).ok_or("has a latitude or longitude that is no number")
        }
    };
    match (number("longitude")?, number("latitude")?) {
        (Some(lon), Some(lat)) => {
            LonLat::new(lon, lat).map(Some).map_err(|_| "has coordinates that are nowhere on earth")
        }
        (None, None) => Ok(None),
        _ => Err("has a latitude or a longitude alone"),
    }
}

/// The value that a text stands for; null for none.
fn value_of(field: &str, text: &str, currency: Option<&str>) -> Value {
    if LISTS.contains(&field) {
        let words = text.split([',', ';', '|']).map(str::trim).filter(|word| !word.is_empty());
        return match field {
            "languages" => {
                words.map(terms::language).collect::<Option<Vec<_>>>().map_or(Value::Null, |l| json!(l))
            }
            _ => words.collect(),
        };
    }
    if FLAGS.contains(&field) {
        return flag(text).map_or(Value::Null, Value::Bool);
    }
    if JSON.contains(&field) {
        return serde_json::from_str(text).unwrap_or_default();
    }
    match field {
        "price_amount" => {
            let amount = super::spreadsheet::number(text).filter(|n| *n >= 0.0);
            amount.zip(currency).map_or(Value::Null, |(amount, currency)| {
                json!({"amount": amount.to_string(), "currency": currency.to_ascii_uppercase()})
            })
        }
        "capacity" => text.parse::<u32>().map_or(Value::Null, Value::from),
        _ => json!(text),
    }
}

fn unclear(field: &str) -> &'static str {
    match field {
        "support_types" => "support_types is not made of emotional, instrumental, informational, appraisal",
        "form" => "form is none of our forms",
        "price" => "price is not free, low, paid or unknown",
        "price_amount" => "price_amount is not a number with a price_currency",
        "capacity" => "capacity is not a whole number of places in a week",
        "confidential" => "confidential is neither yes nor no: taken as yes",
        "direct" | "lived_experience" => "a field of yes or no says something else",
        "languages" => "languages has one that is not known by its name or code",
        "channel" => "channel is not place, online or telephone",
        "referral" => "referral is not none, needed or unknown",
        "status" => "status is not active, temporarily_closed, closing or closed",
        "closing_on" | "last_checked" => "a date is not written as 2026-11-23",
        _ => "a field has a value that cannot be read",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use engine::support::Form;

    #[test]
    fn a_mapping_names_what_it_does_not_know() {
        let error = Mapping::parse("[columns]\nnmae = \"Nimi\"", true).unwrap_err().to_string();
        assert!(error.contains("nmae"), "{error}");
        assert!(Mapping::parse("{\"colums\": {}}", false).is_err());
        let mapping = Mapping::parse("{\"columns\": {\"name\": \"Nimi\"}}", false).unwrap();
        let error =
            read(b"Nimetus;Laius\na;1\n", Some(mapping), &mut Report::default()).err().unwrap().to_string();
        assert!(error.contains("\"Nimi\"") && error.contains("Nimetus, Laius"), "{error}");
    }

    #[test]
    fn a_list_made_with_excel_is_read_and_what_it_does_not_say_is_unknown() {
        let mapping = "source = \"linn\"\n[columns]\nid = \"Nr\"\nname = \"Nimi\"\nlatitude = \"Laius\"\nlongitude = \"Pikkus\"\n\
            category = \"Liik\"\nconfidential = \"Salajane\"\naddress = \"Aadress\"\n[values.category]\nRaamatukogu = \"library\"\n";
        let table =
            b"Nr;Nimi;Liik;Laius;Pikkus;Salajane;Aadress\r\n1;K\xf6ite;Raamatukogu;58,38;26,72;ei;Tee 1\r\n\
            2;Varjup\xe4ik;Naiste varjupaik;58,3;26,7;;Peidus 3\r\n3;x;y;viis;26;;\r\n";
        let mut report = Report::default();
        let found = read(table, Some(Mapping::parse(mapping, true).unwrap()), &mut report).unwrap();
        assert_eq!((found.len(), report.skipped.len()), (2, 1));
        assert_eq!(found[0].location, LonLat::new(26.72, 58.38).ok());
        let first = &found[0].details;
        assert_eq!(
            (first.name.as_deref(), first.form, first.price),
            (Some("Köite"), Form::Library, Price::Unknown)
        );
        assert!(found[1].details.confidential, "by what it is called");
    }

    #[test]
    fn places_in_a_week_are_a_whole_number_or_not_known() {
        let table = b"id,name,category,latitude,longitude,capacity\n1,Koda,library,58.3,26.7,40\n\
            2,Maja,library,58.3,26.7,palju\n3,Aed,library,58.3,26.7,\n";
        let mut report = Report::default();
        let found = read(table, None, &mut report).unwrap();
        let places: Vec<_> = found.iter().map(|one| one.details.capacity).collect();
        assert_eq!((places, report.noted.len()), (vec![Some(40), None, None], 1));
    }

    #[test]
    fn what_cannot_be_read_about_being_confidential_counts_as_yes() {
        let table = b"id,name,category,latitude,longitude,confidential\n1,Koda,library,58.3,26.7,vist\n";
        let mut report = Report::default();
        let found = read(table, None, &mut report).unwrap();
        assert!(found[0].details.confidential && found[0].location.is_none() && report.noted.len() == 1);
    }
}
