//! Whatever a place may hold survives being stored.

use engine::feeling::vocabulary;
use engine::place::{PlaceContent, PlaceRules};
use serde_json::{Value, json};
use stead::store::NewPlace;

use super::fixtures::*;
use crate::databases::{Database, on_both_engines};

on_both_engines!(random_places_are_read_as_they_were_saved);

/// `SplitMix64` (Steele et al. 2014, doi:10.1145/2714064.2660195): the same places in every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap()
    }

    fn flip(&mut self) -> bool {
        self.next() & 1 == 1
    }

    fn degrees(&mut self, most: i64) -> f64 {
        let steps = most * 20_000_000;
        #[expect(clippy::cast_precision_loss, reason = "the steps are below 2^53")]
        let degrees = (i64::try_from(self.next() >> 1).unwrap() % steps - steps / 2) as f64 / 1e7;
        degrees
    }

    fn text(&mut self, most: usize) -> String {
        let alphabet: Vec<char> =
            "aõÄß \n\t\"\\'%_{}[]$1,;:/<>&\u{1}\u{7f}\u{2028}\u{feff}🌙👩‍👩‍👧אب".chars().collect();
        (0..self.below(most)).map(|_| alphabet[self.below(alphabet.len())]).collect()
    }

    fn some<T: Clone>(&mut self, of: &[T]) -> Vec<T> {
        of.iter().filter(|_| self.flip()).cloned().collect()
    }

    fn geometry(&mut self) -> Value {
        let mut position = || json!([self.degrees(180), self.degrees(85)]);
        let (a, b) = (position(), position());
        match self.below(3) {
            0 => json!({"type": "Point", "coordinates": a}),
            1 => json!({"type": "LineString", "coordinates": [a, b]}),
            _ => {
                let (x, y) = (self.degrees(170), self.degrees(80));
                let ring = json!([[x, y], [x + 0.01, y], [x + 0.01, y + 0.01], [x, y]]);
                json!({"type": "Polygon", "coordinates": [ring]})
            }
        }
    }

    fn place(&mut self) -> PlaceContent {
        let being = self.flip();
        let mut feelings = Vec::new();
        for term in vocabulary() {
            if self.below(3) == 0 {
                feelings.push(json!({"feeling": term.id, "strength": 1 + self.below(3)}));
            }
        }
        let support = ["emotional", "instrumental", "informational", "appraisal"];
        let tags = ["walking", "a", "0-_", "reading"];
        let feature = json!({"type": "Feature", "geometry": self.geometry(), "properties": {
            "name": self.flip().then(|| self.text(60)), "being": being, "doing": !being || self.flip(),
            "story": self.flip().then(|| self.text(2_000)), "feelings": feelings,
            "chime": self.some(&["connectedness", "hope", "identity", "meaning", "empowerment"]),
            "activities": self.some(&tags), "company": self.some(&tags), "barriers": self.some(&tags),
            "support": {"received": self.some(&support), "given": self.some(&support)},
            "rhythm": self.flip().then(|| json!({
                "often": self.flip().then_some("daily"), "parts": self.some(&["morning", "night"])})),
            "since": self.flip().then_some("2024-05-17"), "home": self.flip(),
            "precision": (["exact", "street", "block", "area"])[self.below(4)],
            "share": {"research": self.flip(), "published_maps": self.flip(), "public_story": self.flip()},
        }});
        PlaceRules::STORED.parse(feature.to_string().as_bytes()).unwrap_or_else(|e| panic!("{e}: {feature}"))
    }
}

async fn random_places_are_read_as_they_were_saved(db: Database) {
    let community = kaldavere(&db).await;
    let owner = somebody(&db, &community).await;
    let mut dice = Dice(20_251_123);
    let mut places = Vec::new();
    for _ in 0..300 {
        let place = place_of(owner, dice.place());
        let new = NewPlace { community: community.clone(), place, idempotency: None, most: 500 };
        db.store.insert_place(&new).await.unwrap();
        places.push(new.place);
    }
    places.sort_by_key(|place| place.id);
    assert_eq!(db.store.places(&community).await.unwrap(), places);
    let ids: Vec<_> = places.iter().map(|place| place.id).collect();
    assert_eq!(db.store.places_by_id(&ids).await.unwrap(), places);
}
