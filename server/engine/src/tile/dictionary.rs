//! The dictionaries of a layer: each key and each value once.

use super::protobuf::message;

/// Entries by number, with a hash table over the bytes already written, so that an entry costs no allocation of
/// its own: owned entries in a `HashMap` took a third of the time of a tile.
///
/// # Notes
/// Open addressing with linear probing, at most half full. The hash is not keyed: whoever can put chosen names into
/// a directory could slow its tiles down, which importing the directory allows them anyway.
#[derive(Debug, Default)]
pub(super) struct Dictionary {
    encoded: Vec<u8>,
    /// How many entries are numbered.
    count: u32,
    /// The entries that may be asked for again.
    entries: Vec<Entry>,
    /// One more than the index in `entries`; 0 is free. Its length is 0 or a power of two.
    slots: Vec<u32>,
}

#[derive(Debug)]
struct Entry {
    hash: u64,
    number: u32,
    /// Where its bytes are in `encoded`.
    start: usize,
    end: usize,
}

impl Dictionary {
    /// The number of an entry, which is written as the given field when it is new.
    pub(super) fn number(&mut self, entry: &[u8], field: u32) -> u32 {
        if 2 * (self.entries.len() + 1) > self.slots.len() {
            self.grow();
        }
        let hash = hash(entry);
        let mask = self.slots.len() - 1;
        let mut slot = start(hash, mask);
        while let Some(known) = (self.slots[slot] as usize).checked_sub(1).map(|n| &self.entries[n]) {
            if known.hash == hash && &self.encoded[known.start..known.end] == entry {
                return known.number;
            }
            slot = (slot + 1) & mask;
        }
        let number = self.append(entry, field);
        let end = self.encoded.len();
        self.entries.push(Entry { hash, number, start: end - entry.len(), end });
        self.slots[slot] = u32::try_from(self.entries.len()).expect("no more than are numbered");
        number
    }

    /// The same, trying one entry first; right when features list the same keys in the same order.
    pub(super) fn number_near(&mut self, entry: &[u8], field: u32, hint: usize) -> u32 {
        match self.entries.get(hint) {
            Some(known) if &self.encoded[known.start..known.end] == entry => known.number,
            _ => self.number(entry, field),
        }
    }

    /// Writes an entry that is known to be new and not asked for again; its number.
    pub(super) fn append(&mut self, entry: &[u8], field: u32) -> u32 {
        message(&mut self.encoded, field, entry);
        self.count += 1;
        self.count - 1
    }

    /// The fields of all entries, in the order of their numbers.
    pub(super) fn encoded(&self) -> &[u8] {
        &self.encoded
    }

    fn grow(&mut self) {
        let mask = (self.slots.len() * 2).max(32) - 1;
        self.slots = vec![0; mask + 1];
        for (entry, number) in self.entries.iter().zip(1..) {
            let mut slot = start(entry.hash, mask);
            while self.slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            self.slots[slot] = number;
        }
    }
}

/// The first slot to look at; the upper bits of the hash are the better mixed ones.
fn start(hash: u64, mask: usize) -> usize {
    usize::try_from(hash >> 32).expect("32 bits are an index") & mask
}

/// Multiply and fold over 8 bytes at a time.
fn hash(bytes: &[u8]) -> u64 {
    const ODD: u64 = 0x9E37_79B9_7F4A_7C15;
    let mix = |h: u64, word: u64| {
        let wide = u128::from(h ^ word) * u128::from(ODD);
        let half = wide.to_le_bytes();
        let part =
            |range: std::ops::Range<usize>| u64::from_le_bytes(half[range].try_into().expect("8 bytes"));
        part(0..8) ^ part(8..16)
    };
    let (words, rest) = bytes.as_chunks::<8>();
    let mut last = [0; 8];
    last[..rest.len()].copy_from_slice(rest);
    let h = words.iter().fold(bytes.len() as u64 ^ ODD, |h, word| mix(h, u64::from_le_bytes(*word)));
    mix(mix(h, u64::from_le_bytes(last)), ODD)
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn entries_are_numbered_in_the_order_of_their_first_use_and_written_once(
            entries in prop::collection::vec("[a-c]{0,12}", 0..400)
        ) {
            let mut dictionary = Dictionary::default();
            let mut model: HashMap<String, u32> = HashMap::new();
            let mut written = Vec::new();
            for entry in entries {
                let next = u32::try_from(model.len()).unwrap();
                let number = *model.entry(entry.clone()).or_insert(next);
                if number == next {
                    message(&mut written, 4, entry.as_bytes());
                }
                let hint = entry.len();
                prop_assert_eq!(dictionary.number_near(entry.as_bytes(), 4, hint), number);
            }
            prop_assert_eq!(dictionary.encoded(), written);
        }
    }
}
