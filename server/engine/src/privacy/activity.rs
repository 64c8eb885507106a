//! The categories of places whose diversity is published: what people do there.
//!
//! A place has no category of its own. Of what a person says about it, the activities alone tell what sort of place it
//! is, so the words of the vocabulary make eight groups, fixed and published with every release. Words of people's
//! own fall into none of them: a list that grows with what people write would depend on who wrote it.

/// The groups, in the order in which they are published.
pub const ACTIVITIES: [&str; 8] =
    ["rest", "company", "food", "creating", "moving", "nature", "work", "errands"];

/// A number for each of the [`ACTIVITIES`].
pub type PerActivity = [i64; ACTIVITIES.len()];

/// The group of a word of the vocabulary; `None` for a word of somebody's own.
///
/// # Examples
///
/// ```
/// use engine::privacy::activity::{ACTIVITIES, group};
/// assert_eq!(group("gardening").map(|at| ACTIVITIES[at]), Some("nature"));
/// assert_eq!(group("beekeeping"), None);
/// ```
pub fn group(word: &str) -> Option<usize> {
    Some(match word {
        "sitting" | "resting" | "reading" | "praying" => 0,
        "talking" => 1,
        "eating" | "cooking" => 2,
        "making" | "music" | "playing" => 3,
        "walking" | "sport" | "swimming" => 4,
        "gardening" | "nature" | "animals" => 5,
        "learning" | "working" | "volunteering" => 6,
        "shopping" => 7,
        _ => return None,
    })
}

/// The groups of a place's activities.
pub fn groups<'a>(words: impl IntoIterator<Item = &'a str>) -> [bool; ACTIVITIES.len()] {
    let mut found = [false; ACTIVITIES.len()];
    for at in words.into_iter().filter_map(group) {
        found[at] = true;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_in_each_group_of_its_activities_and_in_none_for_words_of_ones_own() {
        assert_eq!(groups(["walking", "swimming", "eating"]).iter().filter(|found| **found).count(), 2);
        assert_eq!(groups(["beekeeping", ""]), [false; 8]);
        assert!(groups(["shopping"])[7]);
    }
}
