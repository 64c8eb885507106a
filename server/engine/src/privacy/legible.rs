//! From when on a number of a release is shown as saying something.
//!
//! These gates look at noisy values alone (specification §2.2): they cost no privacy, and hiding by an exact number would
//! give away what the noise protects. They say what a picture may show, never what is tested.

use std::collections::HashMap;

use h3o::CellIndex;

use super::picture::plain;
use super::published::CellTable;

/// A neighbourhood shows a class from this noisy number of participants on.
pub const LEGIBLE_PEOPLE: i64 = 30;
/// A number of the whole community says something from this noisy number of participants on.
pub const LEGIBLE_TOTAL: i64 = 40;

/// Of each cell, in the table's order, whether the noisy sum over it and the cells that touch it is at least `2σ√7` (48
/// for σ = 9): two standard deviations of that sum's noise.
pub(super) fn legible_cells(table: &CellTable) -> Vec<bool> {
    let people: HashMap<CellIndex, i64> = table.cells().iter().copied().collect();
    let least = 2.0 * plain(table.sigma().get().cast_signed()) * 7.0_f64.sqrt();
    let around = |cell: CellIndex| -> i64 {
        cell.grid_disk::<Vec<_>>(1).iter().filter_map(|near| people.get(near)).sum()
    };
    table.cells().iter().map(|&(cell, _)| plain(around(cell)) >= least).collect()
}
