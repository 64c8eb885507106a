//! An earlier study: its people, what they agreed to, and their places.
//!
//! Nobody's name or number in the study is stored. From it and the installation's secret come the ids and the
//! return code, so that the same person is the same in every import, and nobody without the secret can tell who
//! they were in the study.

mod mapping;
mod place;
mod record;
mod report;

use std::collections::{BTreeMap, HashSet};
use std::path::Path;

use engine::community::Purposes;
use engine::place::{Place, PlaceRules};
use engine::{CommunityId, Invalid, ParticipantId, PlaceId};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{ImportError, community};
use crate::actions::MAX_PLACES;
use crate::actions::secrets::ReturnCode;
use crate::ambient::Ambient;
use crate::secret::Secret;
use crate::store::{ConsentRecord, Hash, Participant, Store, StudyImport, StudyPerson, StudyPlace};

pub use mapping::{Mapping, MappingFile};
pub use report::PlacesReport;

/// The version by which a consent is known to come from an earlier study and not from a text of Stead.
pub const CONSENT_VERSION: &str = "earlier-study";

/// What an import of places is to do.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlacesOptions<'a> {
    /// The column of the participant, unless the mapping says it.
    pub participant_field: Option<&'a str>,
    /// The column-mapping file.
    pub mapping: Option<&'a Path>,
    /// The text that people agreed to in the study; its hash is kept with their consent.
    pub consent_text: Option<&'a Path>,
    /// Only tell what would happen.
    pub dry_run: bool,
}

/// A person of the file, as the file names them.
struct Person {
    places: Vec<(Hash, engine::place::PlaceContent)>,
    agreed: Purposes,
}

/// Brings in the places of an earlier study, all or nothing; again adds only what is new.
///
/// # Errors
/// [`ImportError`]; nothing is written then.
pub async fn places(
    store: &dyn Store,
    ambient: &Ambient,
    secret: &Secret,
    id: &CommunityId,
    path: &Path,
    options: PlacesOptions<'_>,
) -> Result<PlacesReport, ImportError> {
    let community = community(store, id).await?;
    let file = options.mapping.map(MappingFile::read).transpose()?.unwrap_or_default();
    let text = options.consent_text.map(super::content).transpose()?.unwrap_or_default();
    let (columns, records) = record::read(path)?;
    let mapping = Mapping::resolve(file, options.participant_field, &columns)?;
    let mut report = PlacesReport::new(options.dry_run, records.len(), mapping.left_out(&columns));
    report.no_consent_columns =
        ["research", "published_maps", "public_story"].iter().all(|f| mapping.column(f).is_none());
    let rules = PlaceRules { bounds: community.bounds, ..PlaceRules::STORED };
    let people = people(&records, &mapping, &rules, &mut report);
    if people.is_empty() {
        let first =
            report.skipped.first().map_or("it holds nothing".to_owned(), |(at, why)| format!("{at}: {why}"));
        return Err(Invalid::new("", format!("holds no place that can be brought in: {first}")).into());
    }
    let (now, language) = (ambient.now(), community.languages[0]);
    let text_hash: Hash = Sha256::digest(&text).into();
    let mut study = Vec::with_capacity(people.len());
    for (name, person) in people {
        let key = |usage: &str, rest: &[u8]| {
            secret.hash(usage, &[id.as_str().as_bytes(), &[0], name.as_bytes(), &[0], rest].concat())
        };
        let owner = ParticipantId(uuid(key("study participant", &[])));
        let code = ReturnCode::from_hash(key("study return code", &[]));
        let consent = ConsentRecord {
            version: CONSENT_VERSION.to_owned(),
            language,
            text_hash,
            purposes: person.agreed,
            given_at: now,
        };
        let participant = Participant { id: owner, community: id.clone(), language, joined_at: now, consent };
        let places = person.places.into_iter().map(|(rest, content)| {
            let id = PlaceId(uuid(key("study place", &rest)));
            let place = Place { id, owner, content, created_at: now, updated_at: now, version: 1 };
            StudyPlace { place, erased: Sha256::digest(id.0.as_bytes()).into() }
        });
        let places = places.collect();
        report.codes.push((name.clone(), code.shown()));
        let erased = Sha256::digest(owner.0.as_bytes()).into();
        study.push(StudyPerson { participant, return_code: code.hash(id), erased, places });
    }
    let import =
        StudyImport { community: id.clone(), people: study, most: MAX_PLACES, dry_run: options.dry_run };
    report.counts = store.import_places(&import).await?;
    Ok(report)
}

/// The people of a file with their places, by the file's names.
fn people(
    records: &[record::Record],
    mapping: &Mapping,
    rules: &PlaceRules,
    report: &mut PlacesReport,
) -> BTreeMap<String, Person> {
    let mut people: BTreeMap<String, Person> = BTreeMap::new();
    let mut seen = HashSet::new();
    for record in records {
        let Some(name) = record.get(&mapping.participant) else {
            report.skip(&record.at, "names no participant");
            continue;
        };
        let content = match place::place(record, mapping, rules) {
            Ok(content) => content,
            Err(invalid) => {
                report.skip(&record.at, invalid.to_string());
                continue;
            }
        };
        let id = mapping.column("id").and_then(|c| record.get(c)).or(record.id.as_deref());
        let key = id.map_or_else(|| record.bytes(), |id| [b"id\0", id.as_bytes()].concat());
        let key: Hash = Sha256::digest(&key).into();
        if !seen.insert((name.to_owned(), key)) {
            report.skip(&record.at, "comes twice in the file");
            continue;
        }
        let person = people
            .entry(name.to_owned())
            .or_insert_with(|| Person { places: Vec::new(), agreed: Purposes::default() });
        let share = content.share;
        person.agreed.research |= share.research;
        person.agreed.published_maps |= share.published_maps;
        person.agreed.public_story |= share.public_story;
        person.places.push((key, content));
    }
    people
}

/// A UUID of version 8 (RFC 9562 §5.8): the start of a keyed hash.
fn uuid(hash: Hash) -> Uuid {
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    uuid::Builder::from_custom_bytes(bytes).into_uuid()
}
