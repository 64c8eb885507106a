//! Names and phrases of the made-up town. None of them is of a real person or organisation.

/// Neighbourhoods, row by row from the south-west.
pub(super) const NEIGHBOURHOODS: [&str; 20] = [
    "Põldotsa",
    "Rebasemäe",
    "Sepaküla",
    "Lepiksaare",
    "Tuuleveski",
    "Saunakalda",
    "Jõekääru",
    "Kalasadama",
    "Ülesilla",
    "Mündioja",
    "Linnupesa",
    "Kiigemäe",
    "Turuplatsi",
    "Laululava",
    "Vahtrasalu",
    "Aruoja",
    "Õunaaia",
    "Koolimäe",
    "Raudteeküla",
    "Pärnaallika",
];

/// Parks.
pub(super) const PARKS: &[&str] = &[
    "Põldotsa salu",
    "Sepa park",
    "Tuuleveski park",
    "Kääru park",
    "Sillapark",
    "Linnupesa park",
    "Turupark",
    "Vahtrapark",
    "Õunapark",
    "Jaamapark",
    "Lõuna jõepark",
    "Sadama jõepark",
    "Pärna jõepark",
];

const STREET_STEMS: [&str; 32] = [
    "Aia", "Allika", "Haava", "Heina", "Jaama", "Jõe", "Kase", "Kivi", "Kooli", "Kuuse", "Laulu", "Lehe",
    "Liiva", "Lille", "Metsa", "Mäe", "Nurme", "Oja", "Paju", "Pargi", "Põllu", "Pärna", "Rehe", "Sepa",
    "Silla", "Soo", "Tamme", "Tiigi", "Toome", "Vahtra", "Veski", "Õie",
];

/// Names of streets, each different.
pub(super) fn street_names() -> impl Iterator<Item = String> {
    ["tänav", "tee", "puiestee"]
        .into_iter()
        .flat_map(|kind| STREET_STEMS.map(|stem| format!("{stem} {kind}")))
}

/// The stems again, for addresses.
pub(super) fn street_stems() -> &'static [&'static str] {
    &STREET_STEMS
}

/// Words that make names of supports together with what they are.
pub(super) const PROPER: [&str; 36] = [
    "Kuldne Leht",
    "Vaikne Nurk",
    "Sinilill",
    "Päikesetõus",
    "Kodukolle",
    "Uus Algus",
    "Tuulelohe",
    "Käsikäes",
    "Neli Tuult",
    "Pihlakas",
    "Rohelised Näpud",
    "Lahtine Uks",
    "Pääsuke",
    "Sõbra Laud",
    "Soe Supp",
    "Hommikukaste",
    "Koidula Kaev",
    "Vana Veski",
    "Meie Maja",
    "Rõõmupesa",
    "Kivi ja Kask",
    "Tasane Samm",
    "Laternapost",
    "Ühine Köök",
    "Kolm Kuuske",
    "Valge Maja",
    "Oma Hoov",
    "Jõevalgus",
    "Kellatorn",
    "Lambavill",
    "Sammal",
    "Kringel",
    "Karikakar",
    "Julge Tund",
    "Lauluratas",
    "Puudutus",
];

/// What people call their own places, by the kind of place.
pub(super) const AT_SUPPORT: &[&str] =
    &["My table by the window", "Where I have coffee", "The Thursday group", "The quiet corner", "Meie laud"];
/// In a park.
pub(super) const AT_PARK: &[&str] = &[
    "The old oak",
    "Bench under the limes",
    "Where the dog knows everyone",
    "The swings",
    "Minu pink pargis",
];
/// By the river.
pub(super) const AT_RIVER: &[&str] = &[
    "Bench by the river",
    "The fishing spot",
    "Where the river bends",
    "The swimming steps",
    "Jõeäärne rada",
];
/// Near home.
pub(super) const NEAR_HOME: &[&str] =
    &["Our yard", "The stairs in the sun", "The corner shop", "My vegetable bed", "Naabri aed"];
/// Where it is warm.
pub(super) const AT_WARM: &[&str] =
    &["Soup on Fridays", "The kitchen where we cook", "Choir evening", "The repair table", "Ühine õhtusöök"];
/// Where it is cold.
pub(super) const AT_COLD: &[&str] =
    &["The empty square", "Where the day centre was", "The long underpass", "The locked door", "Tühi plats"];

/// What people write of a place that does them good.
pub(super) const GOOD_STORIES: &[&str] = &[
    "Somebody always asks how my week was.",
    "I come here when my head is too loud, and it gets quieter.",
    "I started by drinking tea. Now I make it for the others.",
    "Nobody wants anything from me here, and that is the point.",
    "We cook together on Fridays and there is always a plate too many.",
    "The walk there is already half of what helps.",
    "They gave me a key. I had not been trusted with one for years.",
    "Siin on rahulik ja keegi ei kiirusta.",
];
/// And of one that does not.
pub(super) const HARD_STORIES: &[&str] = &[
    "It closed in spring, and I have not found anything like it.",
    "I go around it when I can.",
    "A coffee costs more than my day.",
    "The door is open but I never know whether I may come in.",
    "Siin ei ole kedagi, kellega rääkida.",
];

/// Identifiers of activities.
pub(super) const ACTIVITIES: &[&str] = &[
    "walking",
    "reading",
    "cooking",
    "crafts",
    "music",
    "sport",
    "gardening",
    "talking",
    "swimming",
    "volunteering",
];
/// Identifiers of company.
pub(super) const COMPANY: &[&str] =
    &["alone", "friends", "family", "peers", "staff", "neighbours", "animals"];
/// Identifiers of barriers.
pub(super) const BARRIERS: &[&str] = &["money", "distance", "closed", "shame", "noise", "stairs"];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn no_two_streets_or_neighbourhoods_share_a_name() {
        let streets: Vec<String> = street_names().collect();
        assert_eq!(streets.iter().collect::<HashSet<_>>().len(), streets.len());
        assert_eq!(NEIGHBOURHOODS.iter().collect::<HashSet<_>>().len(), 20);
    }
}
