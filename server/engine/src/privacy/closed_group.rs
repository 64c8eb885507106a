//! Snapshots for a closed group: a pilot below the start gate (design §6).
//!
//! They hold counts of distinct participants, of which small ones are hidden. There is **no formal guarantee**:
//! whoever knows nearly everything else may learn the rest. They are for signed-in planners alone.
//!
//! 1. *One division.* A snapshot counts by neighbourhood where the community has neighbourhoods, else by cell; never
//!    by both, which could be subtracted from each other. A place counts in one unit.
//! 2. *Small counts.* A unit with fewer than [`LEAST`] people is hidden, zeros too: nobody learns where nobody is.
//! 3. *What goes with them.* The number of all is of the people in units that are shown, and is given only when
//!    [`LEAST_UNITS`] are: whoever is in hidden units alone is left out of it. So nothing that is shown depends on
//!    what a hidden unit holds, beyond that it is small, and there is nothing to subtract it from.
//! 4. *Rounding.* What is shown is a multiple of [`BASE`].
//! 5. *From one snapshot to the next.* A number stays as it was shown until it is off by [`MOVE`] or more, so that a
//!    few who came or went show nothing. A unit whose outline changed, or its neighbour's, is hidden once: the sliver
//!    between the old line and the new one could be told otherwise.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize, Serializer};
use uuid::Uuid;

use super::aggregate::Contribution;
use super::domain::Domain;
use super::published::{Published, StoredError};

/// The smallest count that is shown.
pub const LEAST: u32 = 10;
/// The fewest shown units that have a number of all: of two, it would tell how many are in both.
pub const LEAST_UNITS: usize = 3;
/// Shown counts are multiples of it.
pub const BASE: u32 = 5;
/// By how much rounding changes a count at most.
pub const ROUNDING: u32 = BASE / 2;
/// A count this far from the number last shown gets a new number; then at least [`LEAST`] came or went, unless the
/// last number was an old one itself.
pub const MOVE: u32 = LEAST + ROUNDING;

/// A snapshot: rounded numbers of distinct participants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot {
    release: Uuid,
    division: Division,
    /// Everybody in a shown unit; absent when too few are shown.
    people: Option<Number>,
    /// Ascending.
    units: Vec<Row>,
}

/// What the units are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Division {
    /// Neighbourhoods by their identifier.
    Neighbourhoods,
    /// H3 cells by their index.
    Cells,
}

/// A unit of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    unit: String,
    /// SHA-256 of what decides which places are in it, in hexadecimal.
    outline: String,
    people: Option<Number>,
}

impl Row {
    /// The neighbourhood's identifier or the cell's index.
    pub fn unit(&self) -> &str {
        &self.unit
    }

    /// Its people; `None` when it is hidden.
    pub const fn people(&self) -> Option<Number> {
        self.people
    }
}

/// A number that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Number {
    shown: u32,
    low: u32,
    high: u32,
}

impl Number {
    /// Distinct participants, a multiple of [`BASE`].
    pub const fn shown(self) -> u32 {
        self.shown
    }

    /// The fewest that it may stand for.
    pub const fn low(self) -> u32 {
        self.low
    }

    /// The most.
    pub const fn high(self) -> u32 {
        self.high
    }

    /// What is shown of a count of [`LEAST`] or more. The bounds are those that anybody could work out from the
    /// numbers shown, and not closer.
    fn of(count: u32, before: Option<Self>) -> Self {
        let around =
            |shown: u32, by: u32| Self { shown, low: shown.saturating_sub(by).max(LEAST), high: shown + by };
        match before {
            Some(before) if count.abs_diff(before.shown) < MOVE => around(before.shown, MOVE - 1),
            _ => around((count + ROUNDING) / BASE * BASE, ROUNDING),
        }
    }
}

impl Snapshot {
    /// The release it is.
    pub const fn release(&self) -> Uuid {
        self.release
    }

    /// What the units are.
    pub const fn division(&self) -> Division {
        self.division
    }

    /// Everybody in a shown unit; `None` when too few are shown.
    pub const fn people(&self) -> Option<Number> {
        self.people
    }

    /// Every unit, ascending.
    pub fn units(&self) -> &[Row] {
        &self.units
    }
}

impl Serialize for Published<Snapshot> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.table().serialize(serializer)
    }
}

impl Published<Snapshot> {
    /// Reads back a snapshot that was serialised and stored, and nothing else.
    ///
    /// # Errors
    ///
    /// [`StoredError`] when the text is not what `Serialize` writes.
    pub fn from_stored(json: &str) -> Result<Self, StoredError> {
        Ok(Self::new(serde_json::from_str(json)?))
    }
}

/// Makes a snapshot.
///
/// # Parameters
///
/// * `release`: its identifier.
/// * `domain`: every unit that is named, from public data; neighbourhoods if there are any, else cells.
/// * `outlines`: for each neighbourhood of the domain, in its order, a hash of what decides which places are in it.
///   A cell needs none: its index says where it is.
/// * `contributions`: one per eligible place.
/// * `before`: the community's last snapshot, whether or not it was called back: it was seen.
///
/// # Returns
///
/// The snapshot. It may show nothing at all; that nothing can be shown is not told in any other way, so that
/// asking again does not tell when something can.
pub fn snapshot(
    release: Uuid,
    domain: &Domain,
    outlines: &[[u8; 32]],
    contributions: &[Contribution],
    before: Option<&Published<Snapshot>>,
) -> Published<Snapshot> {
    let before = before.map(Published::table);
    let division =
        if domain.neighbourhoods().is_empty() { Division::Cells } else { Division::Neighbourhoods };
    let names: Vec<String> = match division {
        Division::Cells => domain.cells().iter().map(ToString::to_string).collect(),
        Division::Neighbourhoods => domain.neighbourhoods().iter().map(ToString::to_string).collect(),
    };
    let mut people = vec![BTreeSet::new(); names.len()];
    for contribution in contributions {
        let unit = match division {
            Division::Cells => domain.cells().binary_search(&contribution.cell).ok(),
            Division::Neighbourhoods => contribution.neighbourhood.filter(|position| *position < names.len()),
        };
        if let Some(unit) = unit {
            people[unit].insert(contribution.participant);
        }
    }
    let earlier: BTreeMap<&str, &Row> = before
        .filter(|before| before.division == division)
        .map(|before| before.units.iter().map(|row| (row.unit.as_str(), row)).collect())
        .unwrap_or_default();
    let units: Vec<Unit> = names
        .iter()
        .zip(&people)
        .enumerate()
        .map(|(position, (name, people))| {
            let outline = hex(outlines.get(position).unwrap_or(&[0; 32]));
            let row = earlier.get(name.as_str());
            Unit {
                count: number(people),
                before: row.and_then(|row| row.people),
                rests: before.is_some() && row.is_none_or(|row| row.outline != outline),
                outline,
            }
        })
        .collect();
    let everybody = |shown: &[usize]| {
        let all: BTreeSet<&Uuid> = shown.iter().flat_map(|unit| &people[*unit]).collect();
        number(&all)
    };
    let (shown, all) = suppress(&units, everybody, before.and_then(|before| before.people));
    let rows = names.into_iter().zip(units).zip(shown);
    let units = rows.map(|((unit, Unit { outline, .. }), people)| Row { unit, outline, people }).collect();
    Published::new(Snapshot { release, division, people: all, units })
}

/// A unit before anything of it is hidden.
#[derive(Debug, Clone, Default)]
struct Unit {
    count: u32,
    /// What was shown of it last.
    before: Option<Number>,
    /// Whether its outline is new since the last snapshot.
    rests: bool,
    outline: String,
}

/// What is shown of each unit and of all.
///
/// `everybody` says how many distinct people are in some units together; it is asked of the shown ones alone, which
/// is what keeps hidden ones from being worked out.
fn suppress(
    units: &[Unit],
    everybody: impl Fn(&[usize]) -> u32,
    all_before: Option<Number>,
) -> (Vec<Option<Number>>, Option<Number>) {
    let is_shown = |unit: &Unit| !unit.rests && unit.count >= LEAST;
    let shown: Vec<Option<Number>> =
        units.iter().map(|unit| is_shown(unit).then(|| Number::of(unit.count, unit.before))).collect();
    let visible: Vec<usize> = (0..units.len()).filter(|unit| shown[*unit].is_some()).collect();
    let all = (visible.len() >= LEAST_UNITS).then(|| Number::of(everybody(&visible), all_before));
    (shown, all)
}

fn number<T>(people: &BTreeSet<T>) -> u32 {
    u32::try_from(people.len()).unwrap_or(u32::MAX - MOVE - BASE)
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a string takes everything");
        text
    })
}

#[cfg(test)]
#[path = "closed_group_tests.rs"]
mod tests;
