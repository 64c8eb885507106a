//! A static two-dimensional tree for finding the nearest of many points around each of them.
//!
//! * J. H. Friedman, J. L. Bentley & R. A. Finkel (1977) An algorithm for finding best matches in logarithmic
//!   expected time. ACM Transactions on Mathematical Software 3:209–226,
//!   [doi:10.1145/355744.355745](https://doi.org/10.1145/355744.355745)

use super::each_unit::in_shares;

/// Points in a bucket: few enough to look at all, enough to keep the tree small.
const BUCKET: usize = 8;

/// A point with its number.
#[derive(Debug, Clone, Copy)]
struct Entry {
    at: [f64; 2],
    id: u32,
}

/// Where a stretch of entries is cut: the lower half lies at or below `value` along `axis`, the upper at or
/// above.
#[derive(Debug, Clone, Copy)]
struct Cut {
    axis: usize,
    value: f64,
}

/// The tree. Its nodes are halves of one array, cut in the middle again and again.
pub(super) struct KdTree {
    entries: Vec<Entry>,
    /// The cut of each inner node, a node's children at `2i + 1` and `2i + 2`.
    cuts: Vec<Cut>,
}

impl KdTree {
    /// A tree of finite points, numbered from 0.
    pub(super) fn new(points: &[(f64, f64)]) -> Self {
        let mut entries: Vec<Entry> =
            (0..).zip(points).map(|(id, &(x, y))| Entry { at: [x, y], id }).collect();
        let mut cuts = Vec::new();
        cut(&mut entries, 0, &mut cuts);
        Self { entries, cuts }
    }

    /// Each point's `k` nearest others, rising by number: `k` numbers a point, as many rows as points. There
    /// must be more than `k` points. Of those equally far the lower number is nearer.
    pub(super) fn nearest(&self, k: usize) -> Vec<u32> {
        // Searched for in the order of the tree, near ones together.
        let shares = in_shares(self.entries.len(), |places| {
            let mut best = Vec::with_capacity(k + 1);
            let mut rows = Vec::with_capacity(places.len() * k);
            for entry in &self.entries[places] {
                best.clear();
                let mut search = Search { tree: self, of: *entry, k, best: &mut best };
                search.node(0, 0, self.entries.len(), [0.0; 2]);
                let row = rows.len();
                rows.extend(best.iter().map(|(_, other)| *other));
                rows[row..].sort_unstable();
            }
            rows
        });
        let mut columns = vec![0; self.entries.len() * k];
        let rows = shares.iter().flat_map(|rows| rows.chunks_exact(k));
        for (entry, row) in self.entries.iter().zip(rows) {
            let from = entry.id as usize * k;
            columns[from..from + k].copy_from_slice(row);
        }
        columns
    }
}

fn cut(entries: &mut [Entry], node: usize, cuts: &mut Vec<Cut>) {
    if entries.len() <= BUCKET {
        return;
    }
    let mut low = [f64::INFINITY; 2];
    let mut high = [f64::NEG_INFINITY; 2];
    for entry in &*entries {
        for axis in 0..2 {
            low[axis] = low[axis].min(entry.at[axis]);
            high[axis] = high[axis].max(entry.at[axis]);
        }
    }
    let axis = usize::from(high[1] - low[1] > high[0] - low[0]);
    let middle = entries.len() / 2;
    entries.select_nth_unstable_by(middle, |a, b| a.at[axis].total_cmp(&b.at[axis]));
    if cuts.len() <= node {
        cuts.resize(node + 1, Cut { axis: 0, value: 0.0 });
    }
    cuts[node] = Cut { axis, value: entries[middle].at[axis] };
    let (lower, upper) = entries.split_at_mut(middle);
    cut(lower, 2 * node + 1, cuts);
    cut(upper, 2 * node + 2, cuts);
}

/// The search around one point.
struct Search<'a> {
    tree: &'a KdTree,
    of: Entry,
    k: usize,
    /// The nearest so far by squared distance and number.
    best: &'a mut Vec<(f64, u32)>,
}

impl Search<'_> {
    /// Looks through a node, of which the point lies `beyond` metres outside along each axis.
    fn node(&mut self, node: usize, from: usize, to: usize, beyond: [f64; 2]) {
        if to - from <= BUCKET {
            for entry in &self.tree.entries[from..to] {
                self.offer(entry);
            }
            return;
        }
        let Cut { axis, value } = self.tree.cuts[node];
        let middle = from + (to - from) / 2;
        let across = self.of.at[axis] - value;
        let mut far = beyond;
        far[axis] = across;
        let (lower, upper) = ((2 * node + 1, from, middle), (2 * node + 2, middle, to));
        let (near, other) = if across < 0.0 { (lower, upper) } else { (upper, lower) };
        self.node(near.0, near.1, near.2, beyond);
        let least = far[0] * far[0] + far[1] * far[1];
        // As far as the farthest is not too far: there may be one with a lower number.
        if self.best.len() < self.k || least <= self.best[self.k - 1].0 {
            self.node(other.0, other.1, other.2, far);
        }
    }

    #[inline]
    fn offer(&mut self, entry: &Entry) {
        let (x, y) = (entry.at[0] - self.of.at[0], entry.at[1] - self.of.at[1]);
        let candidate = (x * x + y * y, entry.id);
        let before =
            |other: &(f64, u32)| candidate.0 < other.0 || (candidate.0 <= other.0 && candidate.1 < other.1);
        if entry.id == self.of.id || (self.best.len() == self.k && !before(&self.best[self.k - 1])) {
            return;
        }
        if self.best.len() == self.k {
            self.best.pop();
        }
        let place = self.best.iter().rposition(|other| !before(other)).map_or(0, |last| last + 1);
        self.best.insert(place, candidate);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_many_points_each_finds_its_own_neighbours_whichever_thread_looks_for_them() {
        // Along a line, and numbered so that neighbours in the line are far apart by number.
        let count: u32 = 200_003;
        let place = |id: u32| u64::from(id) * 7_919 % u64::from(count);
        let points: Vec<_> =
            (0..count).map(|id| (f64::from(u32::try_from(place(id)).unwrap()), 0.0)).collect();
        let nearest = KdTree::new(&points).nearest(2);
        for (id, row) in (0..count).zip(nearest.chunks_exact(2)) {
            let off = |other: u32| place(other).abs_diff(place(id));
            let ends = place(id) == 0 || place(id) == u64::from(count) - 1;
            assert!(row[0] < row[1] && off(row[0]).max(off(row[1])) == 1 + u64::from(ends), "{id}: {row:?}");
        }
    }
}
