//! Which column of a study's file holds what.

use std::collections::BTreeMap;
use std::path::Path;

use engine::{Invalid, feeling};
use serde::Deserialize;

use crate::import::ImportError;

/// Our fields and the names by which a column is known to be one without being told.
const FIELDS: [(&str, &[&str]); 22] = [
    ("id", &["id", "place_id", "fid"]),
    ("lon", &["lon", "lng", "long", "longitude", "x"]),
    ("lat", &["lat", "latitude", "y"]),
    ("name", &["name", "title"]),
    ("being", &["being"]),
    ("doing", &["doing"]),
    ("story", &["story", "description"]),
    ("feelings", &["feelings"]),
    ("chime", &["chime"]),
    ("activities", &["activities"]),
    ("company", &["company"]),
    ("received", &["received", "support.received", "support_received"]),
    ("given", &["given", "support.given", "support_given"]),
    ("barriers", &["barriers"]),
    ("often", &["often", "rhythm.often", "rhythm_often"]),
    ("parts", &["parts", "rhythm.parts", "rhythm_parts"]),
    ("since", &["since"]),
    ("home", &["home"]),
    ("precision", &["precision"]),
    ("research", &["research", "consent_research", "share.research", "share_research"]),
    ("published_maps", &["published_maps", "consent_published_maps", "share.published_maps"]),
    ("public_story", &["public_story", "consent_public_story", "share.public_story"]),
];

/// The column-mapping file: JSON, every member may be left out.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct MappingFile {
    /// The column of the participant.
    participant: Option<String>,
    /// Our field to the file's column.
    columns: BTreeMap<String, String>,
    /// The file's column to our feeling; its cells are strengths.
    feelings: BTreeMap<String, String>,
    /// The study's word to our word.
    words: BTreeMap<String, String>,
    /// Our field to what holds where the file says nothing.
    defaults: BTreeMap<String, String>,
}

impl MappingFile {
    /// Reads the file.
    ///
    /// # Errors
    /// When it cannot be read, or is no mapping.
    pub fn read(path: &Path) -> Result<Self, ImportError> {
        let bytes = std::fs::read(path).map_err(|e| broken(format!("{}: {e}", path.display())))?;
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
        serde_json::from_slice(bytes)
            .map_err(|e| broken(format!("the mapping {} is not right: {e}", path.display())))
    }
}

/// The columns of a file, resolved.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// The column of the participant.
    pub participant: String,
    columns: BTreeMap<&'static str, String>,
    feelings: Vec<(String, String)>,
    words: BTreeMap<String, String>,
    defaults: BTreeMap<String, String>,
}

impl Mapping {
    /// Finds what is said and what is known among the columns of a file.
    ///
    /// # Errors
    /// A column that is named and is not there; a field or a feeling that does not exist.
    pub fn resolve(
        file: MappingFile,
        participant: Option<&str>,
        columns: &[String],
    ) -> Result<Self, ImportError> {
        let here = |name: &str| {
            let found = columns.iter().find(|c| lower(c) == lower(name)).cloned();
            found.ok_or_else(|| broken(format!("has no column {name:?}; it has {}", listed(columns))))
        };
        let participant = participant.map(str::to_owned).or(file.participant).ok_or_else(|| {
            broken("say which column holds the participant: --participant-field, or the mapping".to_owned())
        })?;
        let participant = here(&participant)?;
        for name in file.columns.keys().chain(file.defaults.keys()) {
            if !FIELDS.iter().any(|(field, _)| field == name) {
                let all: Vec<String> = FIELDS.iter().map(|(field, _)| (*field).to_owned()).collect();
                return Err(broken(format!("the mapping names {name:?}; there are {}", listed(&all))));
            }
        }
        let mut resolved = BTreeMap::new();
        for (field, known) in FIELDS {
            let column = match file.columns.get(field) {
                Some(column) => Some(here(column)?),
                None => known.iter().find_map(|name| here(name).ok()).filter(|c| *c != participant),
            };
            resolved.extend(column.map(|column| (field, column)));
        }
        let feelings = feelings(&file.feelings, columns, here)?;
        let words = file.words.into_iter().map(|(from, to)| (lower(&from), to)).collect();
        Ok(Self { participant, columns: resolved, feelings, words, defaults: file.defaults })
    }

    /// The column of a field.
    pub fn column(&self, field: &str) -> Option<&str> {
        self.columns.get(field).map(String::as_str)
    }

    /// Columns that hold the strength of one feeling, with the feeling.
    pub fn feelings(&self) -> &[(String, String)] {
        &self.feelings
    }

    /// What holds for a field where the file says nothing.
    pub fn default(&self, field: &str) -> Option<&str> {
        self.defaults.get(field).map(String::as_str)
    }

    /// Our word for one of the study's: as the mapping says, or else itself as an identifier.
    pub fn word(&self, word: &str) -> String {
        let plain = lower(word.trim());
        self.words.get(&plain).cloned().unwrap_or_else(|| plain.replace([' ', '-'], "_"))
    }

    /// The columns that are not read.
    pub fn left_out(&self, columns: &[String]) -> Vec<String> {
        let read = |c: &&String| {
            **c == self.participant
                || self.columns.values().any(|v| v == *c)
                || self.feelings.iter().any(|(v, _)| v == *c)
        };
        columns.iter().filter(|c| !read(c) && !c.is_empty()).cloned().collect()
    }
}

/// The columns of single feelings: those of the mapping, and those called `feeling_calm` and the like.
fn feelings(
    said: &BTreeMap<String, String>,
    columns: &[String],
    here: impl Fn(&str) -> Result<String, ImportError>,
) -> Result<Vec<(String, String)>, ImportError> {
    let exists = |id: &str| feeling::vocabulary().iter().any(|term| term.id == id);
    let mut found = Vec::new();
    for (column, feeling) in said {
        if !exists(feeling) {
            return Err(broken(format!(
                "the mapping names the feeling {feeling:?}, which is not in the vocabulary"
            )));
        }
        found.push((here(column)?, feeling.clone()));
    }
    for column in columns {
        let name = lower(column);
        let id = ["feeling_", "feeling.", "feeling:"].iter().find_map(|start| name.strip_prefix(start));
        if let Some(id) = id.filter(|id| exists(id))
            && !found.iter().any(|(c, f)| c == column || f == id)
        {
            found.push((column.clone(), id.to_owned()));
        }
    }
    Ok(found)
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

fn listed(names: &[String]) -> String {
    names.join(", ")
}

fn broken(what: String) -> ImportError {
    ImportError::Invalid(Invalid::new("", what))
}
