//! Privacy: the only way in which anything computed from places leaves.
//!
//! A release is a stored, immutable table of noisy whole numbers, made under user-level zero-concentrated
//! differential privacy. In order:
//!
//! 1. [`eligible`]: which places may enter at all.
//! 2. [`ledger`]: what the release costs, and whether the budget allows it. A [`Charge`](ledger::Charge)
//!    can be spent once, on one release or one try of the start gate.
//! 3. [`bound`]: how much one participant can change, limited to 8 cells and 4 neighbourhoods.
//! 4. [`aggregate`]: the exact counts, which cannot be serialised.
//! 5. [`discrete_gaussian`]: the noise, in integers alone.
//! 6. [`release`]: both together, as [`Published`] tables, which can.
//! 7. [`picture`], [`measures`], [`profile`] and [`heat`]: hot spots, rates, experience, the inclusion profile and a
//!    smooth surface, from published tables alone; [`difference`]: what changed between two releases.
//!
//! Pilots that are too small for that have [`closed_group`] snapshots, for planners alone and without a formal guarantee.
//!
//! [`accounting`] says in words people can weigh, (ε, δ), what a budget promises.
//!
//! # The guarantee is kept by types
//!
//! Exact counts do not implement `Serialize`:
//!
//! ```compile_fail,E0277
//! fn leak(exact: &engine::privacy::aggregate::CellCounts) -> String {
//!     serde_json::to_string(exact).unwrap()
//! }
//! ```
//!
//! Published ones do:
//!
//! ```
//! fn show(noisy: &engine::privacy::Published<engine::privacy::CellTable>) -> String {
//!     serde_json::to_string(noisy).unwrap()
//! }
//! ```
//!
//! and nobody outside this module can make one from numbers of their own:
//!
//! ```compile_fail,E0451
//! fn forge(table: engine::privacy::CellTable) -> engine::privacy::Published<engine::privacy::CellTable> {
//!     engine::privacy::Published { table }
//! }
//! ```

pub mod accounting;
pub mod activity;
pub mod aggregate;
pub mod bound;
pub mod calendar;
pub mod closed_group;
pub mod difference;
pub mod discrete_gaussian;
pub mod domain;
pub mod eligible;
pub mod heat;
pub mod ledger;
pub mod legible;
pub mod measures;
pub mod picture;
pub mod profile;
mod profile_diversity;
mod profile_draws;
pub mod published;
pub mod release;

pub use published::{
    ActivityRow, ActivityTable, CellTable, NeighbourhoodRow, NeighbourhoodTable, Published, TotalsTable,
};
