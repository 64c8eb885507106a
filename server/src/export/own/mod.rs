//! Everything of one person as one ZIP file: for other programs as JSON and GeoJSON, for people as a page.

mod page;
mod words;

use std::collections::BTreeMap;
use std::io::{self, Write};

use engine::community::Language;
use engine::question::Questions;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// The files beside the page and the photos.
const FILES: [&str; 6] =
    ["places.geojson", "places.json", "diary.json", "consent.json", "reads.json", "codebook.json"];

/// What a person keeps here, as the interface answers it to them.
pub struct Own {
    /// When the file is made.
    pub made_at: Timestamp,
    /// The community's name.
    pub community_title: String,
    /// The language of the page.
    pub language: Language,
    /// The person, without anything that names them.
    pub me: Value,
    /// Their places as features.
    pub places: Vec<Value>,
    /// The diary of each place, by its identifier.
    pub diary: BTreeMap<String, Vec<Value>>,
    /// The photos of each place, by its identifier.
    pub photos: BTreeMap<String, Vec<Value>>,
    /// What they agreed to, from the first time on.
    pub consents: Vec<Value>,
    /// Who read their places.
    pub reads: Vec<Value>,
    /// What the community asks besides.
    pub questions: Option<Questions>,
    /// What it asked before: answers stay with the version that they were given to.
    pub earlier_questions: Vec<Questions>,
}

/// Writes the file. `picture` gives the JPEG of a photo (its place, its identifier), or nothing when it was deleted
/// meanwhile.
///
/// # Errors
/// Of `out` and of `picture`.
pub fn write(
    own: &Own,
    out: impl Write,
    mut picture: impl FnMut(&str, &str) -> io::Result<Option<Vec<u8>>>,
) -> io::Result<()> {
    let utc = own.made_at.to_zoned(TimeZone::UTC).datetime();
    let parts = [utc.month(), utc.day(), utc.hour(), utc.minute(), utc.second()].map(i8::unsigned_abs);
    let year = u16::try_from(utc.year()).unwrap_or(1980);
    let made = zip::DateTime::from_date_and_time(year, parts[0], parts[1], parts[2], parts[3], parts[4]);
    let packed = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(made.unwrap_or_default());
    let mut zip = ZipWriter::new_stream(out);
    let file = |zip: &mut ZipWriter<_>, name: &str, bytes: &[u8]| -> io::Result<()> {
        zip.start_file(name, packed)?;
        zip.write_all(bytes)
    };
    file(&mut zip, "index.html", page::page(own).as_bytes())?;
    for name in FILES {
        let content = content(own, name);
        file(&mut zip, name, format!("{content:#}\n").as_bytes())?;
    }
    for (place, photos) in &own.photos {
        for id in photos.iter().filter_map(|photo| photo["id"].as_str()) {
            if let Some(jpeg) = picture(place, id)? {
                // A JPEG does not become smaller.
                zip.start_file(
                    format!("photos/{id}.jpg"),
                    packed.compression_method(CompressionMethod::Stored),
                )?;
                zip.write_all(&jpeg)?;
            }
        }
    }
    zip.finish()?;
    Ok(())
}

fn content(own: &Own, file: &str) -> Value {
    let of = |all: &BTreeMap<String, Vec<Value>>, place: &Value| {
        json!(all.get(place["id"].as_str().unwrap_or_default()).map(Vec::as_slice).unwrap_or_default())
    };
    match file {
        "places.geojson" => json!({"type": "FeatureCollection", "features": own.places}),
        "places.json" => {
            let whole = |place: &Value| {
                let mut whole = place.clone();
                whole["diary"] = of(&own.diary, place);
                whole["photos"] = of(&own.photos, place);
                whole
            };
            json!({"made_at": own.made_at.to_string(), "community": own.community_title, "me": own.me,
                "places": own.places.iter().map(whole).collect::<Vec<_>>()})
        }
        "diary.json" => json!(own.diary),
        "consent.json" => json!(own.consents),
        "reads.json" => json!(own.reads),
        _ => {
            json!({"questions": own.questions, "earlier_questions": own.earlier_questions, "words": words::vocabulary(own.language),
            "coordinates": "longitude and latitude in degrees, WGS 84 (OGC:CRS84)",
            "strength": "1 a little, 2 quite, 3 very"})
        }
    }
}
