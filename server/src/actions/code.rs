//! What made a release, for the privacy ledger: the program's version, and a hash of the sources that decide what is
//! released and with which noise.

use sha2::{Digest as _, Sha256};

/// The sources, by name. A test holds the list to the folder.
const SOURCES: &[(&str, &str)] = &[
    ("accounting.rs", include_str!("../../engine/src/privacy/accounting.rs")),
    ("activity.rs", include_str!("../../engine/src/privacy/activity.rs")),
    ("aggregate.rs", include_str!("../../engine/src/privacy/aggregate.rs")),
    ("bound.rs", include_str!("../../engine/src/privacy/bound.rs")),
    ("calendar.rs", include_str!("../../engine/src/privacy/calendar.rs")),
    ("closed_group.rs", include_str!("../../engine/src/privacy/closed_group.rs")),
    ("difference.rs", include_str!("../../engine/src/privacy/difference.rs")),
    ("discrete_gaussian.rs", include_str!("../../engine/src/privacy/discrete_gaussian.rs")),
    ("domain.rs", include_str!("../../engine/src/privacy/domain.rs")),
    ("eligible.rs", include_str!("../../engine/src/privacy/eligible.rs")),
    ("heat.rs", include_str!("../../engine/src/privacy/heat.rs")),
    ("ledger.rs", include_str!("../../engine/src/privacy/ledger.rs")),
    ("legible.rs", include_str!("../../engine/src/privacy/legible.rs")),
    ("measures.rs", include_str!("../../engine/src/privacy/measures.rs")),
    ("mod.rs", include_str!("../../engine/src/privacy/mod.rs")),
    ("picture.rs", include_str!("../../engine/src/privacy/picture.rs")),
    ("profile.rs", include_str!("../../engine/src/privacy/profile.rs")),
    ("profile_diversity.rs", include_str!("../../engine/src/privacy/profile_diversity.rs")),
    ("profile_draws.rs", include_str!("../../engine/src/privacy/profile_draws.rs")),
    ("published.rs", include_str!("../../engine/src/privacy/published.rs")),
    ("release.rs", include_str!("../../engine/src/privacy/release.rs")),
    ("release.rs of the actions", include_str!("release.rs")),
    ("release_ground.rs of the actions", include_str!("release_ground.rs")),
    ("release_ledger.rs of the actions", include_str!("release_ledger.rs")),
    ("snapshot.rs of the actions", include_str!("snapshot.rs")),
];

/// The version and SHA-256 of the sources, as `0.1.0+sha256.…`.
pub(super) fn code() -> String {
    let mut hash = Sha256::new();
    for (name, source) in SOURCES {
        for part in [name, source] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part);
        }
    }
    format!("{}+sha256.{}", env!("CARGO_PKG_VERSION"), crate::texts::hex(&hash.finalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_of_the_privacy_engine_is_part_of_the_hash() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("engine/src/privacy");
        let mut there: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .filter(|name| !name.ends_with("_tests.rs"))
            .collect();
        there.sort();
        let named: Vec<&str> = SOURCES.iter().map(|(name, _)| *name).collect();
        assert_eq!(named[..there.len()], there, "add what is new, so that the ledger can tell it");
        assert_eq!(named.len(), there.len() + 4);
        assert_eq!(code().len(), env!("CARGO_PKG_VERSION").len() + "+sha256.".len() + 64);
    }
}
