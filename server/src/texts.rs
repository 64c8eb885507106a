//! The texts that belong to every community: the agreement that a participant reads, and whom to call.
//!
//! They live in `data/consent` and `data/crisis` and are compiled into the program.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use engine::community::{Community, Country, Language, PublicationPolicy};
use engine::crisis;
use engine::feeling::Labels;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use utoipa::ToSchema;

use crate::store::Hash;

/// What each purpose means, in one language.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PurposeTexts {
    /// Named researchers may read single places.
    pub research: String,
    /// Places may be counted in published maps.
    pub published_maps: String,
    /// A story may be shown to everyone.
    pub public_story: String,
}

/// The agreement in one language.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConsentText {
    /// What is kept, who sees it, and what happens on leaving; paragraphs are separated by empty lines.
    pub intro: String,
    /// What each purpose means.
    pub purposes: PurposeTexts,
    /// What no withdrawal can take back.
    pub cannot_undo: String,
    /// SHA-256, in hexadecimal, of the five texts in this order, separated by empty lines.
    #[serde(default)]
    pub sha256: String,
}

impl ConsentText {
    fn hash(&self) -> Hash {
        let p = &self.purposes;
        let canonical = [&self.intro, &p.research, &p.published_maps, &p.public_story, &self.cannot_undo];
        let joined = canonical.map(String::as_str).join("\n\n");
        Sha256::digest(joined.as_bytes()).into()
    }
}

/// The agreement: one version in every language.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Consent {
    /// The version in force.
    pub version: String,
    /// By language.
    pub texts: BTreeMap<&'static str, ConsentText>,
}

impl Consent {
    fn read(json: &str) -> Self {
        let mut file: ConsentFile = serde_json::from_str(json)
            .expect("the consent text shipped with the program is valid; a test reads it");
        let texts = Language::ALL
            .into_iter()
            .map(|language| {
                let mut text = file.texts.remove(language.as_str()).expect("the text is in every language");
                text.sha256 = hex(&text.hash());
                (language.as_str(), text)
            })
            .collect();
        Self { version: file.version, texts }
    }

    /// SHA-256 of the text in a language, as it is kept with every agreement.
    pub fn hash(&self, language: Language) -> Hash {
        self.texts[language.as_str()].hash()
    }
}

/// Somebody to call.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct CrisisContact {
    /// The organisation, in its own language.
    pub name: String,
    /// The number.
    pub phone: String,
    /// What it is for, by language.
    pub note: BTreeMap<String, String>,
    /// When somebody answers, by language; empty where `note` says it.
    pub hours: BTreeMap<String, String>,
    /// Where the number and the hours were read; null for what comes with the program.
    pub source: Option<String>,
}

impl From<&crisis::CrisisContact> for CrisisContact {
    fn from(contact: &crisis::CrisisContact) -> Self {
        let crisis::CrisisContact { name, phone, note, hours, source } = contact.clone();
        Self { name, phone, note, hours, source }
    }
}

/// All texts.
#[derive(Debug, Clone)]
pub struct Texts {
    /// The agreement in force where maps are published with the formal guarantee.
    pub consent: Consent,
    /// The agreement in force of closed groups, which have none.
    closed_consent: Consent,
    crisis_contacts: Vec<(Option<Country>, CrisisContact)>,
}

#[derive(Deserialize)]
struct ConsentFile {
    version: String,
    texts: BTreeMap<String, ConsentText>,
}

#[derive(Deserialize)]
struct ContactsFile {
    contacts: Vec<RawContact>,
}

#[derive(Deserialize)]
struct RawContact {
    country: Option<String>,
    name: String,
    phone: String,
    note: Labels,
}

impl Texts {
    /// Reads the texts that are compiled in.
    pub fn load() -> Self {
        let contacts: ContactsFile = serde_json::from_str(include_str!("../../data/crisis/contacts.json"))
            .expect("the contacts shipped with the program are valid; a test reads them");
        let crisis_contacts = contacts
            .contacts
            .into_iter()
            .map(|c| {
                let country = c.country.map(|country| country.parse().expect("a country's two letters"));
                let note =
                    by_language(&c.note).into_iter().map(|(tag, text)| (tag.to_owned(), text)).collect();
                let (hours, source) = (BTreeMap::new(), None);
                (country, CrisisContact { name: c.name, phone: c.phone, note, hours, source })
            })
            .collect();
        Self {
            consent: Consent::read(include_str!("../../data/consent/2026-3.json")),
            closed_consent: Consent::read(include_str!("../../data/consent/2026-2-closed.json")),
            crisis_contacts,
        }
    }
}

impl Texts {
    /// The agreement in force in a community that publishes so.
    pub fn consent_to(&self, policy: PublicationPolicy) -> &Consent {
        match policy {
            PublicationPolicy::Formal => &self.consent,
            PublicationPolicy::ClosedGroup => &self.closed_consent,
        }
    }

    /// Whom to call in a community: those whom its steward names, or those of its country.
    pub fn contacts_of(&self, community: &Community) -> Vec<CrisisContact> {
        match &community.crisis_contacts {
            Some(named) => named.iter().map(CrisisContact::from).collect(),
            None => self.crisis_contacts(community.country),
        }
    }

    /// Whom to call in a country: the contacts there and those of everywhere. Where nobody knows the country,
    /// all of them.
    pub fn crisis_contacts(&self, country: Option<Country>) -> Vec<CrisisContact> {
        let here = |of: &Option<Country>| of.is_none() || country.is_none() || *of == country;
        self.crisis_contacts.iter().filter(|(of, _)| here(of)).map(|(_, contact)| contact.clone()).collect()
    }
}

/// Labels by language code.
pub fn by_language(labels: &Labels) -> BTreeMap<&'static str, String> {
    [("en", &labels.en), ("et", &labels.et), ("nb", &labels.nb)].map(|(l, text)| (l, text.clone())).into()
}

/// The bytes of hexadecimal digits, `None` for anything else.
pub(crate) fn unhex(text: &str) -> Option<Vec<u8>> {
    data_encoding::HEXLOWER.decode(text.as_bytes()).ok()
}

/// Bytes in lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use engine::privacy::accounting::{DELTA, epsilon};
    use engine::privacy::ledger::{LIFETIME_CAP, RELEASE_CAP, YEAR_CAP};

    use super::*;

    #[test]
    fn the_agreement_is_complete_in_every_language_and_carries_the_hash_of_its_text() {
        let texts = Texts::load();
        let mut hashes = std::collections::BTreeSet::new();
        for (policy, version) in
            [(PublicationPolicy::Formal, "2026-3"), (PublicationPolicy::ClosedGroup, "2026-2-closed")]
        {
            let consent = texts.consent_to(policy);
            assert_eq!(consent.version, version);
            for language in Language::ALL {
                let text = &consent.texts[language.as_str()];
                assert!(!text.intro.is_empty() && !text.cannot_undo.is_empty());
                assert_eq!(text.sha256, hex(&consent.hash(language)));
                hashes.insert(consent.hash(language));
            }
        }
        assert_eq!(hashes.len(), 6, "no two texts are the same");
        let closed =
            |l: &str| &texts.consent_to(PublicationPolicy::ClosedGroup).texts[l].purposes.published_maps;
        for (language, said) in
            [("en", "no formal guarantee"), ("et", "tagatist ei ole"), ("nb", "ingen formell garanti")]
        {
            assert!(closed(language).contains(said), "{language}");
        }
    }

    #[test]
    fn the_agreement_says_in_every_language_what_published_maps_promise_and_what_not() {
        let texts = Texts::load();
        // The factor and ε of a picture, of a year and of the eight of a lifetime, what is weak about it, groups, and
        // that the count of whoever joins again starts at 0 (statistics-and-privacy §2.3, §2.4).
        let said = [
            (
                "en",
                ["8.6", "2.14", "3.13", "6.83", "at most eight", "weak", "couple", "starts at 0"],
                "stay as they are",
            ),
            (
                "et",
                ["8,6", "2,14", "3,13", "6,83", "kõige rohkem kaheksas", "nõrk", "paar", "nullist (0)"],
                "jäävad alles",
            ),
            (
                "nb",
                ["8,6", "2,14", "3,13", "6,83", "høyst åtte", "svakt", "et par", "begynner på 0"],
                "blir stående",
            ),
        ];
        for (language, numbers, stays) in said {
            let text = &texts.consent_to(PublicationPolicy::Formal).texts[language];
            for number in numbers.into_iter().chain([" 23 ", " 930 "]) {
                assert!(text.purposes.published_maps.contains(number), "{language}: {number}");
            }
            assert!(text.cannot_undo.contains(stays), "{language}");
        }
        // What it is not about, and what a home and a clinic are to it.
        for (language, limits) in [
            (
                "en",
                [
                    "searches for support, backups and technical logs",
                    "mark as your home",
                    "cannot always see",
                ],
            ),
            (
                "et",
                [
                    "toe otsingute, varukoopiate ja tehniliste logide",
                    "märgid oma koduks",
                    "ei ole seda alati näha",
                ],
            ),
            (
                "nb",
                [
                    "søk etter støtte, sikkerhetskopier og tekniske logger",
                    "merker som hjemmet",
                    "kan vi ikke alltid se",
                ],
            ),
        ] {
            let maps = &texts.consent_to(PublicationPolicy::Formal).texts[language].purposes.published_maps;
            assert!(limits.iter().all(|limit| maps.contains(limit)), "{language}: {maps}");
        }
        let factor = |rho| epsilon(rho, DELTA).exp();
        assert!(
            factor(RELEASE_CAP) <= 8.6
                && factor(YEAR_CAP) <= 23.0
                && (factor(LIFETIME_CAP) - 930.0).abs() < 15.0
        );
    }

    #[test]
    fn somebody_can_be_called_in_every_country_of_the_pilot_and_112_everywhere() {
        let texts = Texts::load();
        let numbers = |country: Option<&str>| -> Vec<String> {
            let country = country.map(|c| c.parse().unwrap());
            texts.crisis_contacts(country).into_iter().map(|c| c.phone).collect()
        };
        assert_eq!(numbers(Some("EE")), ["112", "116 006", "116 123", "655 8088"]);
        assert_eq!(numbers(Some("NO")), ["112", "116 123", "22 40 00 40"]);
        assert_eq!(numbers(Some("FI")), ["112", "09 2525 0111"]);
        assert_eq!(numbers(Some("SE")), ["112"]);
        assert_eq!(numbers(None).len(), 7);
    }
}
