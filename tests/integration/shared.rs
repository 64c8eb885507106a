//! Test inputs that stand beside the checkout, because their licences do not let them be in it.

use std::path::{Path, PathBuf};

/// A path in the checkout.
pub fn checkout(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests/ is in the checkout").join(path)
}

/// A path in `shared/data`, which is beside the checkout or beside a folder above it.
pub fn data(path: &str) -> PathBuf {
    let found = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join("shared/data"))
        .find(|folder| folder.is_dir());
    let folder = found.expect("these tests read shared/data, which must stand beside the checkout");
    folder.join(path)
}

/// The text of a file in `shared/data`.
pub fn text(path: &str) -> String {
    let path = data(path);
    std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}
