//! What both databases do alike when many records come in at once.

use std::collections::{HashMap, HashSet};

use engine::NeighbourhoodId;
use engine::neighbourhood::Neighbourhood;

use super::{ImportCounts, wkb};

/// What to do with the neighbourhoods of an import.
#[derive(Debug, Default, PartialEq)]
pub(super) struct NeighbourhoodPlan {
    /// To be inserted.
    pub added: Vec<Neighbourhood>,
    /// To be updated, under the identifier that they have already.
    pub changed: Vec<Neighbourhood>,
    /// How many are the same already.
    pub unchanged: usize,
}

impl NeighbourhoodPlan {
    /// Matches by source id or, without one, by name. A source that only now got ids is recognised by the
    /// name too. Of several with one key the last one counts.
    pub(super) fn new(stored: Vec<Neighbourhood>, incoming: &[Neighbourhood]) -> Self {
        let mut known = Known::default();
        for neighbourhood in stored {
            known.remember(neighbourhood, Fate::Unchanged);
        }
        for neighbourhood in incoming {
            known.take(neighbourhood);
        }
        let mut plan = Self::default();
        for (neighbourhood, fate) in known.entries {
            match fate {
                Fate::Added => plan.added.push(neighbourhood),
                Fate::Changed => plan.changed.push(neighbourhood),
                Fate::Unchanged => {}
            }
        }
        plan.unchanged = known.touched.len() - plan.added.len() - plan.changed.len();
        plan
    }

    /// Whether there is nothing to write.
    pub(super) fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty()
    }

    /// What to tell the importer.
    pub(super) fn counts(&self) -> ImportCounts {
        ImportCounts {
            added: self.added.len(),
            changed: self.changed.len(),
            unchanged: self.unchanged,
            missing: 0,
        }
    }

    /// The outline as it is stored.
    pub(super) fn shape(neighbourhood: &Neighbourhood) -> Vec<u8> {
        wkb::write(&neighbourhood.shape)
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Fate {
    Unchanged,
    Added,
    Changed,
}

#[derive(Default)]
struct Known {
    entries: Vec<(Neighbourhood, Fate)>,
    by_source_id: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
    touched: HashSet<NeighbourhoodId>,
}

impl Known {
    fn remember(&mut self, neighbourhood: Neighbourhood, fate: Fate) {
        self.entries.push((neighbourhood, fate));
        self.index(self.entries.len() - 1);
    }

    fn index(&mut self, i: usize) {
        let (neighbourhood, _) = &self.entries[i];
        if let Some(id) = &neighbourhood.source_id {
            self.by_source_id.insert(id.clone(), i);
        }
        self.by_name.insert(neighbourhood.name.clone(), i);
    }

    fn find(&self, incoming: &Neighbourhood) -> Option<usize> {
        if let Some(i) = incoming.source_id.as_ref().and_then(|id| self.by_source_id.get(id)) {
            return Some(*i);
        }
        let namesake = *self.by_name.get(&incoming.name)?;
        let both_have_ids = incoming.source_id.is_some() && self.entries[namesake].0.source_id.is_some();
        (!both_have_ids).then_some(namesake)
    }

    fn take(&mut self, incoming: &Neighbourhood) {
        let Some(i) = self.find(incoming) else {
            self.touched.insert(incoming.id);
            self.remember(incoming.clone(), Fate::Added);
            return;
        };
        let (known, fate) = &mut self.entries[i];
        self.touched.insert(known.id);
        let updated = Neighbourhood {
            id: known.id,
            source_id: incoming.source_id.clone().or_else(|| known.source_id.clone()),
            ..incoming.clone()
        };
        if *known == updated {
            return;
        }
        if *fate == Fate::Unchanged {
            *fate = Fate::Changed;
        }
        let renamed_from = std::mem::replace(known, updated).name;
        if self.by_name.get(&renamed_from) == Some(&i) {
            self.by_name.remove(&renamed_from);
        }
        self.index(i);
    }
}
