//! What can go wrong with a store.

/// A failure of the store. "Not found" is not one.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// A name or key is taken; the text names it.
    #[error("{0} exists already")]
    Exists(String),
    /// Something that the call needs is not there; the text names it.
    #[error("{0} does not exist")]
    Missing(String),
    /// A stored record cannot be read back: the database was changed by other hands or is damaged.
    #[error("a stored {what} cannot be read: {why}")]
    Damaged {
        /// What kind of record.
        what: &'static str,
        /// What about it.
        why: String,
    },
    /// The database's address is wrong or it cannot be opened.
    #[error("cannot open the database: {0}")]
    Open(String),
    /// The database answered with an error or not at all.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date.
    #[error("the database could not be migrated: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

impl StoreError {
    /// What a refused `INSERT` means: a key that `exists` already, or a row that it refers to and that is
    /// `missing`.
    pub(super) fn refused(error: sqlx::Error, exists: &str, missing: &str) -> Self {
        use sqlx::error::ErrorKind;
        match error.as_database_error().map(sqlx::error::DatabaseError::kind) {
            Some(ErrorKind::UniqueViolation) => Self::Exists(exists.to_owned()),
            Some(ErrorKind::ForeignKeyViolation) => Self::Missing(missing.to_owned()),
            _ => Self::Database(error),
        }
    }
}
