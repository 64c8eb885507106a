//! Which database an address means.

use std::path::Path;
use std::sync::Arc;

use super::postgres::PgStore;
use super::sqlite::SqliteStore;
use super::{Result, Store, StoreError};

/// Opens the database of an address, `sqlite:FILE` or `postgres://…`, and brings its schema up to date.
///
/// # Errors
/// [`StoreError::Open`] for any other address (which is not repeated: it may hold a password) and for a
/// database that cannot be reached; [`StoreError::Migrate`] for one of a newer version of Stead.
pub async fn open(url: &str) -> Result<Arc<dyn Store>> {
    match url.split_once(':') {
        Some(("sqlite", file)) => {
            let file = file.strip_prefix("//").unwrap_or(file);
            if file.is_empty() {
                return Err(StoreError::Open("the address names no file: write sqlite:FILE".into()));
            }
            Ok(Arc::new(SqliteStore::open(Path::new(file)).await?))
        }
        Some(("postgres" | "postgresql", _)) => Ok(Arc::new(PgStore::connect(url).await?)),
        _ => Err(StoreError::Open("the address must be sqlite:FILE or postgres://…".into())),
    }
}
