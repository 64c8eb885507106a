//! What an import of places tells: counts and reasons, nobody's name and no location.

use std::fmt;

use crate::store::StudyCounts;

/// How many skipped records a printed report names.
const NAMED: usize = 20;

/// What an import of places read, wrote and left out.
#[derive(Debug, Clone, Default)]
pub struct PlacesReport {
    /// Nothing was written.
    pub dry_run: bool,
    /// Records in the file.
    pub read: usize,
    /// What became of those that are places.
    pub counts: StudyCounts,
    /// What was left out, and why.
    pub skipped: Vec<(String, String)>,
    /// Columns that nothing was read from.
    pub left_out: Vec<String>,
    /// The file says nothing of consent.
    pub no_consent_columns: bool,
    /// Each person of the file with the code by which they take charge of their places. Never printed.
    pub codes: Vec<(String, String)>,
}

impl PlacesReport {
    pub(super) fn new(dry_run: bool, read: usize, left_out: Vec<String>) -> Self {
        Self { dry_run, read, left_out, ..Self::default() }
    }

    pub(super) fn skip(&mut self, at: &str, why: impl Into<String>) {
        self.skipped.push((at.to_owned(), why.into()));
    }
}

impl fmt::Display for PlacesReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let c = &self.counts;
        if self.dry_run {
            writeln!(f, "dry run: nothing was written; this is what would happen")?;
        }
        let skipped = self.skipped.len();
        writeln!(
            f,
            "{} read: {} places added, {} unchanged, {skipped} skipped",
            self.read, c.added, c.unchanged
        )?;
        writeln!(f, "{} people added, {} there already", c.people_added, c.people_known)?;
        writeln!(
            f,
            "of the places added, shared for research: {}, for published maps: {}, with their story: {}",
            c.research, c.published_maps, c.public_story
        )?;
        if self.no_consent_columns {
            writeln!(f, "no column says what people agreed to: their places stay private")?;
        }
        for (n, what) in [
            (c.kept, "places are not the same in the file: left as they are here"),
            (c.withdrawn, "places were withdrawn or deleted here: not brought back"),
            (c.people_withdrawn, "people left: not brought back"),
            (c.consent_narrowed, "people agree to less than before"),
            (c.beyond_limit, "places are beyond the most that a person may have: left out"),
        ] {
            if n > 0 {
                writeln!(f, "{n} {what}")?;
            }
        }
        for (at, why) in self.skipped.iter().take(NAMED) {
            writeln!(f, "skipped {at}: {why}")?;
        }
        if skipped > NAMED {
            writeln!(f, "skipped {} more", skipped - NAMED)?;
        }
        if !self.left_out.is_empty() {
            writeln!(f, "columns that were not read: {}", self.left_out.join(", "))?;
        }
        Ok(())
    }
}
