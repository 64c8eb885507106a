//! Test inputs that stand beside the checkout, because their licences do not let them be in it.

use std::path::{Path, PathBuf};

/// A path in the checkout.
pub fn checkout(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the checkout").join(path)
}

/// A path in `shared/data`.
pub fn data(path: &str) -> PathBuf {
    beside("data").join(path)
}

/// The folder of a fixture in `shared/stats`.
pub fn stats(case: &str) -> PathBuf {
    beside("stats").join(case)
}

/// A folder of `shared`, which is beside the checkout or beside a folder above it.
fn beside(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|above| above.join("shared").join(folder))
        .find(|found| found.is_dir())
        .unwrap_or_else(|| panic!("these tests read shared/{folder}, which must stand beside the checkout"))
}

/// The text of a file in `shared/data`.
pub fn text(path: &str) -> String {
    let path = data(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
