//! Making a release: exact sums, charged noise, published tables. Integers alone from the sums on.

use uuid::Uuid;

use super::aggregate::{
    CellCounts, Contribution, KINDS, NeighbourhoodSums, Totals, VALENCE_STEPS, participants,
};
use super::bound::{CELLS_PER_PARTICIPANT, Key, NEIGHBOURHOODS_PER_PARTICIPANT};
use super::discrete_gaussian::{RandomBits, Sigma, SigmaError, sample};
use super::domain::Domain;
use super::ledger::{Charge, Entry, GATE_PARTICIPANTS, GATE_SIGMA, Layer, Spend};
use super::published::{
    ActivityRow, ActivityTable, CellTable, NeighbourhoodRow, NeighbourhoodTable, Published, TotalsTable,
};

/// Layer H's standard deviation under the formal policy: ρ = 8/162.
pub const CELLS_SIGMA: u64 = 9;
/// Layer N's standard deviation under the formal policy: ρ = 8/200.
pub const NEIGHBOURHOODS_SIGMA: u64 = 10;
/// Layer N's standard deviation with the numbers by kind in it: ρ = 36/968.
pub const WIDE_NEIGHBOURHOODS_SIGMA: u64 = 22;
/// Layer C's standard deviation: ρ = 7/722.
pub const TOTALS_SIGMA: u64 = 19;
/// From this noisy number of participants on, layer N has the numbers by kind.
pub const WIDE_PARTICIPANTS: i64 = 2_000;
/// Layer E4's standard deviation: ρ = 4/1458. It is what a release of very many participants has left: gate, H, wide
/// N and C cost ρ 0.097136, and 26 would cost 0.002959 where 0.002864 are left of 0.10. So no other layer is widened
/// for it.
pub const ACTIVITIES_SIGMA: u64 = 27;
/// From this noisy number of participants on, there is a layer of activities.
pub const DIVERSE_PARTICIPANTS: i64 = 5_000;
/// From this noisy number of participants on, cells may be of resolution 9 rather than 8.
pub const FINE_PARTICIPANTS: i64 = 2_000;
/// More cells than this, of about 0.1 km² each, are no town any more: its cells stay those of resolution 8, so that
/// everything that is drawn, downloaded and computed of a release stays within reason. Bounds are public, so this
/// tells nothing of people.
pub const MOST_FINE_CELLS: usize = 20_000;
/// Layer H: at most 8 cells change by 1.
const CELLS_SENSITIVITY: u64 = CELLS_PER_PARTICIPANT as u64;
/// Layer N: at most 4 neighbourhoods change by one person and one whole valence.
const NEIGHBOURHOODS_SENSITIVITY: u64 = 2 * NEIGHBOURHOODS_PER_PARTICIPANT as u64;
/// The same with seven numbers by kind.
const WIDE_NEIGHBOURHOODS_SENSITIVITY: u64 = (2 + KINDS.len() as u64) * NEIGHBOURHOODS_PER_PARTICIPANT as u64;
/// Layer C: seven counts change by 1.
const TOTALS_SENSITIVITY: u64 = KINDS.len() as u64;

/// Layer E4: at most 4 neighbourhoods change by 1, in one activity each.
const ACTIVITIES_SENSITIVITY: u64 = NEIGHBOURHOODS_PER_PARTICIPANT as u64;

/// The standard deviations of a release, in participants (and whole steps of valence).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Plan {
    /// Layer H.
    pub cells: Sigma,
    /// Layer N.
    pub neighbourhoods: Sigma,
    /// Layer C.
    pub totals: Sigma,
    /// Whether layer N has the numbers by kind.
    pub wide: bool,
    /// Layer E4, if there is one.
    pub activities: Option<Sigma>,
}

impl Plan {
    /// The plan of the formal policy for a noisy number of participants, as the start gate finds it: together
    /// with the gate it costs at most ρ 0.10.
    ///
    /// # Errors
    ///
    /// None in practice: the standard deviations are constants within the range.
    pub fn formal(participants: i64) -> Result<Self, SigmaError> {
        let wide = participants >= WIDE_PARTICIPANTS;
        Ok(Self {
            cells: Sigma::new(CELLS_SIGMA)?,
            neighbourhoods: Sigma::new(if wide { WIDE_NEIGHBOURHOODS_SIGMA } else { NEIGHBOURHOODS_SIGMA })?,
            totals: Sigma::new(TOTALS_SIGMA)?,
            wide,
            activities: (participants >= DIVERSE_PARTICIPANTS)
                .then(|| Sigma::new(ACTIVITIES_SIGMA))
                .transpose()?,
        })
    }

    /// What a release of this domain spends, for the ledger: a layer without units costs nothing.
    pub fn spends(&self, domain: &Domain) -> Vec<Spend> {
        let cells = Spend { layer: Layer::Cells, sensitivity_squared: CELLS_SENSITIVITY, sigma: self.cells };
        let neighbourhoods = Spend {
            layer: Layer::Neighbourhoods,
            sensitivity_squared: if self.wide {
                WIDE_NEIGHBOURHOODS_SENSITIVITY
            } else {
                NEIGHBOURHOODS_SENSITIVITY
            },
            sigma: self.neighbourhoods,
        };
        let totals =
            Spend { layer: Layer::Totals, sensitivity_squared: TOTALS_SENSITIVITY, sigma: self.totals };
        let mut spends = Vec::new();
        spends.extend((!domain.cells().is_empty()).then_some(cells));
        spends.extend((!domain.neighbourhoods().is_empty()).then_some(neighbourhoods));
        spends.push(totals);
        let activities = self.activities.filter(|_| !domain.neighbourhoods().is_empty());
        spends.extend(activities.map(|sigma| Spend {
            layer: Layer::Activities,
            sensitivity_squared: ACTIVITIES_SENSITIVITY,
            sigma,
        }));
        spends
    }
}

/// What one try of the start gate spends.
///
/// # Errors
///
/// None in practice: the gate's standard deviation is a constant within the range.
pub fn gate_spend() -> Result<Spend, SigmaError> {
    Ok(Spend { layer: Layer::StartGate, sensitivity_squared: 1, sigma: Sigma::new(GATE_SIGMA)? })
}

/// What a release is made from.
#[derive(Debug, Clone, Copy)]
pub struct Input<'a> {
    /// Every unit that gets a number.
    pub domain: &'a Domain,
    /// One per eligible place; those outside the domain are left out.
    pub contributions: &'a [Contribution],
    /// The release's key for contribution bounding.
    pub key: &'a Key,
}

/// A release, ready to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Its id, from the ledger.
    pub id: Uuid,
    /// Layer H, every cell of the domain; `None` when it has none.
    pub cells: Option<Published<CellTable>>,
    /// Layer N, every neighbourhood of the domain; `None` when it has none.
    pub neighbourhoods: Option<Published<NeighbourhoodTable>>,
    /// Layer C.
    pub totals: Published<TotalsTable>,
    /// Layer E4, every neighbourhood of the domain; `None` when it was not charged.
    pub activities: Option<Published<ActivityTable>>,
}

/// What the start gate found. The number is noisy and charged: it may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gate {
    /// The noisy number of participants with eligible places.
    pub participants: i64,
}

impl Gate {
    /// Whether there are enough participants, [`GATE_PARTICIPANTS`], for a release.
    pub const fn is_open(self) -> bool {
        self.participants >= GATE_PARTICIPANTS
    }
}

/// Why no noise was drawn. The charge stays charged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReleaseError {
    /// The charge does not cover a layer that has units.
    #[error("layer {layer:?} is not covered by the charge; nothing is drawn that the ledger does not know")]
    NotCharged {
        /// The layer.
        layer: Layer,
    },
    /// The charge was for another sensitivity.
    #[error("layer {layer:?} is charged for a squared sensitivity of {charged}, but has {actual}")]
    OtherSensitivity {
        /// The layer.
        layer: Layer,
        /// What the ledger says.
        charged: u64,
        /// What the bounds give.
        actual: u64,
    },
    /// The charge was for another domain.
    #[error("layer {layer:?} is charged for another domain")]
    OtherDomain {
        /// The layer.
        layer: Layer,
    },
    /// The layers of one charge are for several releases, or there are none.
    #[error("the charge names no release")]
    NoRelease,
    /// The noise cannot be drawn, in sixteenths for valence.
    #[error("the charged noise cannot be drawn: {0}")]
    Sigma(#[from] SigmaError),
}

/// Makes a release.
///
/// # Parameters
///
/// * `input`: domain, eligible places, key.
/// * `charge`: leave from the [ledger](super::ledger), whose entries are stored already. The noise is the
///   one that was charged. It is consumed: the same charge cannot draw twice.
/// * `random`: the operating system's generator.
///
/// # Returns
///
/// A number for every unit of the domain, zeros included, unclamped.
///
/// # Errors
///
/// [`ReleaseError`] when the charge is not for this domain and these layers.
///
/// # Notes
///
/// Store what comes out, whatever it looks like. Drawing again because a table looks odd would break the
/// promise, and the ledger refuses it.
#[expect(clippy::needless_pass_by_value, reason = "a charge is spent by drawing")]
pub fn release(
    input: Input<'_>,
    charge: Charge,
    random: &mut impl RandomBits,
) -> Result<Release, ReleaseError> {
    let id = charge.entries().first().ok_or(ReleaseError::NoRelease)?.release;
    let Input { domain, contributions, key } = input;
    let covered = |layer, actual, units: usize| -> Result<Option<Sigma>, ReleaseError> {
        if units == 0 { Ok(None) } else { cover(&charge, layer, actual, domain).map(Some) }
    };
    let cells_sigma = covered(Layer::Cells, CELLS_SENSITIVITY, domain.cells().len())?;
    // Both kinds of layer N are sound; the charge says which one was paid for.
    let entry = charge.entry(Layer::Neighbourhoods);
    let wide = entry.is_some_and(|entry| entry.sensitivity_squared == WIDE_NEIGHBOURHOODS_SENSITIVITY);
    let sensitivity = if wide { WIDE_NEIGHBOURHOODS_SENSITIVITY } else { NEIGHBOURHOODS_SENSITIVITY };
    let people_sigma = covered(Layer::Neighbourhoods, sensitivity, domain.neighbourhoods().len())?;
    let totals_sigma = cover(&charge, Layer::Totals, TOTALS_SENSITIVITY, domain)?;
    let activities_sigma = match (charge.entry(Layer::Activities), domain.neighbourhoods()) {
        (None, _) | (_, []) => None,
        _ => Some(cover(&charge, Layer::Activities, ACTIVITIES_SENSITIVITY, domain)?),
    };
    let valence_sigma = people_sigma.map(|sigma| Sigma::new(sigma.get() * VALENCE_STEPS)).transpose()?;

    let counts = CellCounts::count(domain, contributions, key);
    let sums = NeighbourhoodSums::sum(domain, contributions, key);
    let mut noisy = |exact: i64, sigma: Sigma| exact.saturating_add(sample(sigma, random));

    let cells = cells_sigma.map(|sigma| {
        let exact = domain.cells().iter().zip(counts.people());
        let cells = exact.map(|(&cell, &people)| (cell, noisy(people, sigma))).collect();
        Published::new(CellTable { release: id, sigma, cells })
    });
    let neighbourhoods = people_sigma.zip(valence_sigma).map(|(sigma, valence_sigma)| {
        let exact = sums.people().iter().zip(sums.valence_sixteenths()).zip(sums.kinds());
        let exact = domain.neighbourhoods().iter().zip(exact);
        let rows = exact
            .map(|(&id, ((&people, &valence), kinds))| {
                let (people, valence) = (noisy(people, sigma), noisy(valence, valence_sigma));
                let kinds = wide.then(|| kinds.map(|people| noisy(people, sigma)));
                NeighbourhoodRow::new(id, people, valence, kinds)
            })
            .collect();
        Published::new(NeighbourhoodTable { release: id, sigma, rows })
    });
    let people = Totals::count(contributions).people().map(|people| noisy(people, totals_sigma));
    let totals = Published::new(TotalsTable { release: id, sigma: totals_sigma, people });
    let activities = activities_sigma.map(|sigma| {
        let exact = domain.neighbourhoods().iter().zip(sums.activities());
        let rows = exact
            .map(|(&id, people)| ActivityRow::new(id, people.map(|people| noisy(people, sigma))))
            .collect();
        Published::new(ActivityTable { release: id, sigma, rows })
    });
    Ok(Release { id, cells, neighbourhoods, totals, activities })
}

/// Tries the start gate: the noisy number of distinct participants with eligible places.
///
/// # Parameters
///
/// * `contributions`: one per eligible place.
/// * `charge`: leave from the ledger for [`Layer::StartGate`], consumed at every try.
/// * `random`: the operating system's generator.
///
/// # Errors
///
/// [`ReleaseError`] when the charge is not for the start gate.
#[expect(clippy::needless_pass_by_value, reason = "a charge is spent by drawing")]
pub fn start_gate(
    contributions: &[Contribution],
    charge: Charge,
    random: &mut impl RandomBits,
) -> Result<Gate, ReleaseError> {
    let layer = Layer::StartGate;
    let entry = charge.entry(layer).ok_or(ReleaseError::NotCharged { layer })?;
    let sigma = sigma_of(entry, 1)?;
    Ok(Gate { participants: participants(contributions).saturating_add(sample(sigma, random)) })
}

/// The noise a charge covers a layer with.
fn cover(charge: &Charge, layer: Layer, actual: u64, domain: &Domain) -> Result<Sigma, ReleaseError> {
    let entry = charge.entry(layer).ok_or(ReleaseError::NotCharged { layer })?;
    if entry.domain != domain.hash() {
        return Err(ReleaseError::OtherDomain { layer });
    }
    sigma_of(entry, actual)
}

fn sigma_of(entry: &Entry, actual: u64) -> Result<Sigma, ReleaseError> {
    let Entry { layer, sensitivity_squared: charged, .. } = *entry;
    if charged != actual {
        return Err(ReleaseError::OtherSensitivity { layer, charged, actual });
    }
    Ok(Sigma::new(entry.sigma)?)
}
