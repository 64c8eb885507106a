//! What a mechanism is, seen from outside, and the engine as one.

use std::cell::LazyCell;

use engine::privacy::aggregate::Contribution;
use engine::privacy::bound::Key;
use engine::privacy::discrete_gaussian::RandomBits;
use engine::privacy::domain::Domain;
use engine::privacy::ledger::{Request, charge};
use engine::privacy::published::{ActivityTable, CellTable, NeighbourhoodTable, Published, TotalsTable};
use engine::privacy::release::{Input, Plan, release};
use h3o::CellIndex;
use serde_json::json;
use uuid::Uuid;

use crate::bits::SplitMix;

/// Everything that one request is told. Floats, so that a mechanism may be wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    pub cells: Vec<(CellIndex, f64)>,
    pub people: Vec<(Uuid, f64)>,
    /// Sums in sixteenths, in the order of `people`.
    pub valence: Vec<f64>,
    /// People by kind in each neighbourhood, in the order of `people`; nothing in a narrow release.
    pub kinds: Vec<[f64; 7]>,
    /// The community by kind.
    pub totals: Vec<f64>,
    /// People by activity in each neighbourhood, in the order of `people`; nothing unless there are very many.
    pub activities: Vec<[f64; 8]>,
}

/// How much a release holds, by how many take part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Size {
    /// From 300 on.
    Narrow,
    /// From 2,000 on: the numbers by kind in layer N, with more noise.
    Wide,
    /// From 5,000 on: layer E4 besides.
    Diverse,
}

impl Size {
    pub const ALL: [Self; 3] = [Self::Narrow, Self::Wide, Self::Diverse];

    /// Whether layer N has the numbers by kind.
    pub fn is_wide(self) -> bool {
        self != Self::Narrow
    }
}

/// A release as it answers its n-th request.
pub type Requests = Box<dyn Fn(u64) -> Answer>;

/// Turns places into a release.
pub trait Mechanism: Sync {
    /// How much a release holds.
    fn size(&self) -> Size;
    /// Whether layer N has the numbers by kind.
    fn is_wide(&self) -> bool {
        self.size().is_wide()
    }
    /// Makes a release with these bits, its key first.
    fn publish(&self, domain: &Domain, database: &[Contribution], random: &mut SplitMix) -> Requests;
}

/// The mechanism that makes real releases, ledger and all.
pub struct Engine {
    pub size: Size,
}

/// The key of a release.
pub fn key(random: &mut SplitMix) -> Key {
    let mut bytes = [0; 32];
    for eight in bytes.chunks_exact_mut(8) {
        eight.copy_from_slice(&random.next_u64().to_le_bytes());
    }
    Key::new(bytes)
}

impl Mechanism for Engine {
    fn size(&self) -> Size {
        self.size
    }

    fn publish(&self, domain: &Domain, contributions: &[Contribution], random: &mut SplitMix) -> Requests {
        let participants = match self.size {
            Size::Narrow => 300,
            Size::Wide => 2_000,
            Size::Diverse => 5_000,
        };
        let plan = Plan::formal(participants).unwrap();
        assert_eq!((plan.wide, plan.activities.is_some()), (self.is_wide(), self.size == Size::Diverse));
        let request = Request {
            release: Uuid::nil(),
            spends: plan.spends(domain),
            domain: domain.hash(),
            at: 0,
            on_demand: false,
        };
        let input = Input { domain, contributions, key: &key(random) };
        let made = release(input, charge(&[], &request).unwrap(), random).unwrap();
        let told = |cells: &CellTable,
                    rows: &NeighbourhoodTable,
                    totals: &TotalsTable,
                    activities: Option<&ActivityTable>| Answer {
            cells: cells.cells().iter().map(|&(cell, people)| (cell, float(people))).collect(),
            people: rows.rows().iter().map(|row| (row.id(), float(row.people()))).collect(),
            valence: rows.rows().iter().map(|row| float(row.valence_sixteenths())).collect(),
            kinds: rows.rows().iter().filter_map(|row| Some(row.kinds()?.map(float))).collect(),
            totals: totals.people().iter().map(|people| float(*people)).collect(),
            activities: activities
                .iter()
                .flat_map(|table| table.rows())
                .map(|row| row.people().map(float))
                .collect(),
        };
        let (cells, rows, totals, activities) =
            (made.cells.unwrap(), made.neighbourhoods.unwrap(), made.totals, made.activities);
        // The first request is told what was made, every other one what is kept of it in the database.
        let first =
            told(cells.table(), rows.table(), totals.table(), activities.as_ref().map(Published::table));
        let kept = LazyCell::new(move || {
            let text = |table: serde_json::Value| table.to_string();
            let activities = activities.map(|table| text(json!(table)));
            (text(json!(cells)), text(json!(rows)), text(json!(totals)), activities)
        });
        Box::new(move |request| {
            if request == 0 {
                return first.clone();
            }
            let (cells, rows, totals, activities) = &*kept;
            let activities =
                activities.as_deref().map(|text| Published::<ActivityTable>::from_stored(text).unwrap());
            told(
                Published::<CellTable>::from_stored(cells).unwrap().table(),
                Published::<NeighbourhoodTable>::from_stored(rows).unwrap().table(),
                Published::<TotalsTable>::from_stored(totals).unwrap().table(),
                activities.as_ref().map(Published::table),
            )
        })
    }
}

#[expect(clippy::cast_precision_loss, reason = "published numbers stay far below 2^53")]
pub fn float(number: i64) -> f64 {
    number as f64
}
