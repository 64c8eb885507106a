//! What a store promises, kept by both engines: every test runs on SQLite and on PostgreSQL.

mod communities;
mod directory;
mod erasure;
mod feed;
mod fixtures;
mod opening;
mod participants;
mod places;
mod random_places;
mod releases;
mod schema;
