//! PostgreSQL, for several server processes on one database.
