//! The same work for each of many units or rows, in the order of memory and on all cores.

use std::ops::Range;
use std::thread;

/// What is kept of so many units between the two steps stays in the fastest cache.
const BLOCK: usize = 256;
/// Fewer units than this are done before another thread has begun.
const WORTH_A_THREAD: usize = 1 << 16;

/// What `conclude` makes of what `gather` found, for the units below `count`, in order. It does not depend on
/// the number of cores.
///
/// The two steps go by blocks of units. The neighbours of a unit lie anywhere in memory: gathering alone, the
/// processor waits for many of them at once, while a branch that depends on one of them, as a search or the
/// tail of a distribution has, would make it wait for each in turn.
pub(super) fn each_unit<G, T: Send>(
    count: usize,
    gather: impl Fn(usize) -> G + Sync,
    conclude: impl Fn(usize, &G) -> T + Sync,
) -> Vec<T> {
    let shares = in_shares(count, |units| {
        // The first share has room for those that are added to it.
        let mut done = Vec::with_capacity(if units.start == 0 { count } else { units.len() });
        let mut block = Vec::with_capacity(BLOCK);
        let end = units.end;
        for from in units.step_by(BLOCK) {
            block.clear();
            block.extend((from..end.min(from + BLOCK)).map(&gather));
            done.extend(block.iter().zip(from..).map(|(gathered, unit)| conclude(unit, gathered)));
        }
        done
    });
    let mut shares = shares.into_iter();
    let mut done = shares.next().unwrap_or_default();
    for mut more in shares {
        done.append(&mut more);
    }
    done
}

/// What `work` makes of each share of the units below `count`, in order: at least one, and as many as there
/// are cores where that is worth it.
pub(super) fn in_shares<R: Send>(count: usize, work: impl Fn(Range<usize>) -> R + Sync) -> Vec<R> {
    let (share, work) = (count.div_ceil(threads(count)).max(1), &work);
    thread::scope(|scope| {
        let others: Vec<_> = (share..count)
            .step_by(share)
            .map(|from| scope.spawn(move || work(from..count.min(from + share))))
            .collect();
        let mut done = vec![work(0..count.min(share))];
        for other in others {
            done.push(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        done
    })
}

/// `work` on each share of a grid's rows, in place, told the number of its first row; as many shares as there
/// are cores where the number of cells is worth it.
pub(super) fn on_rows<T: Send>(grid: &mut [T], width: usize, work: impl Fn(usize, &mut [T]) + Sync) {
    let (share, work) = ((grid.len() / width).div_ceil(threads(grid.len())).max(1), &work);
    thread::scope(|scope| {
        let mut shares = (0..).step_by(share).zip(grid.chunks_mut(share * width));
        let own = shares.next();
        for (first, rows) in shares {
            scope.spawn(move || work(first, rows));
        }
        if let Some((first, rows)) = own {
            work(first, rows);
        }
    });
}

/// How many threads so much work is worth.
fn threads(count: usize) -> usize {
    match count / WORTH_A_THREAD {
        // To ask for the number of cores reads files: a few hundred units are done before the answer is there.
        0 | 1 => 1,
        worth => worth.min(thread::available_parallelism().map_or(1, usize::from)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_is_concluded_once_in_order_whatever_is_left_for_the_last_block_and_thread() {
        for count in
            [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 2 * WORTH_A_THREAD + 1, 5 * WORTH_A_THREAD]
        {
            let found = each_unit(count, |unit| 2 * unit, |unit, doubled| (unit, *doubled));
            assert!(found.into_iter().eq((0..count).map(|unit| (unit, 2 * unit))), "{count}");
        }
    }

    #[test]
    fn every_row_is_worked_on_once_whatever_is_left_for_the_last_thread() {
        for (width, rows) in [(1, 1), (3, 5), (512, 256), (1_000, 131), (5 * WORTH_A_THREAD, 1)] {
            let mut grid = vec![0; width * rows];
            on_rows(&mut grid, width, |first, rows| {
                for (row, cells) in (first..).zip(rows.chunks_exact_mut(width)) {
                    for cell in cells {
                        *cell += row + 1;
                    }
                }
            });
            assert!(grid.into_iter().eq((0..width * rows).map(|cell| cell / width + 1)), "{width} × {rows}");
        }
    }

    #[test]
    #[should_panic(expected = "unit 70000")]
    fn a_panic_in_a_thread_is_one_of_the_caller() {
        each_unit(3 * WORTH_A_THREAD, |unit| assert!(unit != 70_000, "unit {unit}"), |_, ()| ());
    }
}
