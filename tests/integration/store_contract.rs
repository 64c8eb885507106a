//! What a store promises, kept by both engines: every test runs on SQLite and on PostgreSQL.

mod access_log;
mod backups;
mod communities;
mod curation;
mod diary;
mod directory;
mod erasure;
mod feed;
mod fixtures;
mod invitations;
mod map_names;
mod opening;
mod participants;
mod photos;
mod places;
mod random_places;
mod releases;
mod schema;
mod staff;
mod stories;
mod studies;
